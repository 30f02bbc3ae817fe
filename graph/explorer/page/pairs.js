/* Pairs: people and organisations with parts in one meeting, counted over all that the filters let through. */
import * as aggregates from "./aggregates.js";
import * as counts from "./counts.js";

// Of a meeting with more agents than this no pairs are made: that two of so many were listed says little of the two.
const MOST_AGENTS = 100;
const GROUP = 3;
const KEPT = 8;
// So many milliseconds are counted before the page may answer somebody.
const SLICE = 12;
const WAIT = 50;
const kept = new Map();
const underWay = []; // what pairs are being counted of, the last that was asked for at the end

/**
 * Resolves with the pairs of what is let through. Rows have the numbers of `one` and `other`, and of the meetings in which both
 * have a part how many are `certain`, `planned` and `possible`: a meeting is what the weaker of the two parts is. `crowds` are the
 * meetings that were left out.
 * @param {Record<string, string[]>} filters
 */
function of(filters) {
  const result = aggregates.overview(filters);
  const { key } = result.passed;
  if (!kept.has(key)) {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
    kept.set(key, made(result));
  }
  return kept.get(key);
}

async function made(result) {
  underWay.push(result);
  try {
    return await counted(result);
  } finally {
    underWay.splice(underWay.indexOf(result), 1);
  }
}

/** What is asked for last goes first: what was asked for before waits until it is there. */
async function breathe(result) {
  do await new Promise((done) => setTimeout(done, underWay.at(-1) === result ? 0 : WAIT));
  while (underWay.at(-1) !== result);
}

async function counted(result) {
  const pairs = store(counts.index.columns.entities);
  let crowds = 0;
  let begun = performance.now();
  for (let event = 0; event < result.strength.length; event += 1) {
    if (!result.strength[event]) continue;
    const parts = partsOf(result, event);
    if (parts.length > MOST_AGENTS) crowds += 1;
    else addAll(pairs, parts);
    if (performance.now() - begun < SLICE) continue;
    await breathe(result);
    begun = performance.now();
  }
  return { ...pairs.table(), crowds };
}

/** The people and organisations with a part in an event, each once. */
function partsOf(result, event) {
  const { columns: { arrays: { kind } }, agent } = counts.index;
  const parts = [];
  aggregates.eachPartIn(result, event, (who, part, tie) => { if (agent[kind[who]] !== GROUP) parts.push([who, part, tie]); });
  return parts;
}

function addAll(pairs, parts) {
  const { alternatives } = counts.index.columns.arrays;
  for (let one = 0; one < parts.length; one += 1) {
    const [first, own, tie] = parts[one];
    for (let two = one + 1; two < parts.length; two += 1) {
      const [second, other, otherTie] = parts[two];
      // Two who may have held the same office are not two who may have met.
      if (alternatives[tie] && alternatives[tie] === alternatives[otherTie]) continue;
      pairs.add(first, second, Math.min(own, other));
    }
  }
}

/** Pairs of numbers with their counts: a table with open addresses, since a Map of a million pairs takes a second. */
function store(entities) {
  let size = 1024;
  let used = 0;
  let keys = new Float64Array(size).fill(-1);
  let values = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  const place = (key) => {
    let at = (Math.imul(key % 4294967291, 2654435761) >>> 0) & (size - 1);
    while (keys[at] >= 0 && keys[at] !== key) at = (at + 1) & (size - 1);
    return at;
  };
  const grow = () => {
    const [oldKeys, oldValues] = [keys, values];
    size *= 2;
    keys = new Float64Array(size).fill(-1);
    values = oldValues.map(() => new Int32Array(size));
    for (let old = 0; old < oldKeys.length; old += 1) {
      if (oldKeys[old] < 0) continue;
      const at = place(oldKeys[old]);
      keys[at] = oldKeys[old];
      for (let strength = 0; strength < 3; strength += 1) values[strength][at] = oldValues[strength][old];
    }
  };
  return {
    add(one, other, strength) {
      const key = one * entities + other;
      const at = place(key);
      if (keys[at] < 0) {
        keys[at] = key;
        used += 1;
      }
      values[strength - 1][at] += 1;
      if (used * 2 > size) grow();
    },
    table() {
      const rows = { one: new Int32Array(used), other: new Int32Array(used), certain: new Int32Array(used), planned: new Int32Array(used), possible: new Int32Array(used), size: used };
      let row = 0;
      for (let at = 0; at < size; at += 1) {
        if (keys[at] < 0) continue;
        rows.one[row] = Math.floor(keys[at] / entities);
        rows.other[row] = keys[at] % entities;
        [rows.possible[row], rows.planned[row], rows.certain[row]] = values.map((value) => value[at]);
        row += 1;
      }
      return rows;
    },
  };
}

export { of, MOST_AGENTS };
