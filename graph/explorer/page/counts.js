/* Counts over the whole graph: which entities and ties pass the filters, in typed arrays, since a large graph has
   a hundred thousand of them. `selection.js` says the same of the few that are drawn. */
import * as chunks from "./chunks.js";
import * as data from "./data.js";

let all = null;

/* Entities and ties by number, the numbers of their values in each facet, and the order in which they are chosen. */
async function prepare(values, ofTie) {
  const entities = [...data.entities.values()];
  const ties = [...data.ties.values()];
  const number = new Map(entities.map((entity, place) => [entity.id, place]));
  await chunks.breathe();
  const ends = [new Int32Array(ties.length), new Int32Array(ties.length)];
  for (const [place, tie] of ties.entries()) {
    ends[0][place] = number.get(tie.from);
    ends[1][place] = number.get(tie.to);
    if (place % 1000 === 0) await chunks.breathe();
  }
  const isEvent = Uint8Array.from(entities, data.isEvent);
  const facets = {};
  for (const [facet, valuesOf] of Object.entries(values)) {
    const records = ofTie.includes(facet) ? ties : entities;
    facets[facet] = await numbered(records, (record) => (ofTie.includes(facet) || facet === "kind" || data.isEvent(record) ? valuesOf(record) : []));
  }
  const meets = Uint8Array.from(entities, (entity) => entity.kind === "event");
  const weight = new Int32Array(entities.length);
  const rows = new Map(); // entities of the same kind and weight, which alone are held against each other
  for (const [place, entity] of entities.entries()) {
    weight[place] = data.tiesOf.get(entity.id).filter((tie) => tie.roles || entity.kind !== "event").length;
    const row = meets[place] * 1e9 + weight[place];
    if (!rows.has(row)) rows.set(row, []);
    rows.get(row).push(place);
    if (place % 500 === 0) await chunks.breathe();
  }
  const order = [];
  for (const row of [...rows.keys()].sort((one, other) => other - one)) {
    // The entities of a build come sorted; only those of the first view stand before them.
    for (const place of rows.get(row).sort((one, other) => (entities[one].id < entities[other].id ? -1 : 1))) order.push(place);
    await chunks.breathe();
  }
  all = { entities, ties, number, ends, isEvent, meets, facets, order, place: new Map(ties.map((tie, place) => [tie.id, place])), passes: new Map() };
}

/* Values as numbers: those of record n stand in `of` from start[n] to start[n + 1]. */
async function numbered(records, valuesOf) {
  const numbers = new Map();
  const start = new Int32Array(records.length + 1);
  const of = [];
  for (const [place, record] of records.entries()) {
    for (const value of new Set(valuesOf(record))) {
      if (!numbers.has(value)) numbers.set(value, numbers.size);
      of.push(numbers.get(value));
    }
    start[place + 1] = of.length;
    if (place % 500 === 0) await chunks.breathe();
  }
  return { names: [...numbers.keys()], numbers, start, of: Int32Array.from(of) };
}

/* Of each record 1 where it has none of the chosen values. */
function failing({ numbers, start, of }, chosen) {
  const wanted = new Set(chosen.map((value) => numbers.get(value)));
  const result = new Uint8Array(start.length - 1).fill(1);
  for (let place = 0; place < result.length; place += 1) {
    for (let at = start[place]; result[place] && at < start[place + 1]; at += 1) if (wanted.has(of[at])) result[place] = 0;
  }
  return result;
}

/* What all filters let through; an actor stays as long as a tie of it does. Kept, since facets ask for the same. */
function passing(filters, { ofEvent, ofTie, overlaps }) {
  const key = JSON.stringify(filters);
  if (all.passes.has(key)) return all.passes.get(key);
  const { entities, ties, ends: [from, to], isEvent, facets } = all;
  const out = filters.kind ? failing(facets.kind, filters.kind) : new Uint8Array(entities.length);
  const eventsAsked = ofEvent.some((facet) => filters[facet]);
  for (const facet of ofEvent.filter((each) => filters[each])) {
    const fails = facet === "span" ? Uint8Array.from(entities, (entity) => !overlaps(entity, filters.span)) : failing(facets[facet], filters[facet]);
    for (let place = 0; place < out.length; place += 1) if (isEvent[place] && fails[place]) out[place] = 1;
  }
  const tiesAsked = ofTie.filter((facet) => filters[facet]);
  const off = tiesAsked.map((facet) => failing(facets[facet], filters[facet]));
  const [entitiesOn, tiesOn, tied] = [new Uint8Array(entities.length), new Uint8Array(ties.length), new Uint8Array(entities.length)];
  for (let place = 0; place < ties.length; place += 1) {
    const [one, other] = [from[place], to[place]];
    if (out[one] || out[other] || off.some((fails) => fails[place]) || (eventsAsked && !isEvent[one] && !isEvent[other])) continue;
    tiesOn[place] = tied[one] = tied[other] = 1;
  }
  let count = 0;
  for (let place = 0; place < entities.length; place += 1) {
    entitiesOn[place] = !out[place] && (tiesAsked.length ? tied[place] : isEvent[place] || !eventsAsked || tied[place]) ? 1 : 0;
    count += entitiesOn[place];
  }
  const result = { entitiesOn, tiesOn, count, counts: new Map() };
  if (all.passes.size > 24) all.passes.clear();
  all.passes.set(key, result);
  return result;
}

/* How many of what is let through have each value of a facet. */
function counts(facet, passed, ofTie) {
  if (!passed.counts.has(facet)) passed.counts.set(facet, counted(facet, passed, ofTie));
  return new Map(passed.counts.get(facet));
}

function counted(facet, { entitiesOn, tiesOn }, ofTie) {
  const { names, start, of } = all.facets[facet];
  const on = ofTie.includes(facet) ? tiesOn : entitiesOn;
  const isCounted = (place) => on[place] && (ofTie.includes(facet) || facet === "kind" || all.meets[place]);
  const result = new Int32Array(names.length);
  for (let place = 0; place < on.length; place += 1) {
    if (isCounted(place)) for (let at = start[place]; at < start[place + 1]; at += 1) result[of[at]] += 1;
  }
  return new Map(names.map((name, place) => [name, result[place]]).filter(([, count]) => count));
}

/* The names of at most so many of what is let through: the events of most ties with all who are tied to them, then others. */
function best({ entitiesOn, tiesOn }, most) {
  const chosen = new Set();
  for (const place of all.order) {
    if (chosen.size >= most) break;
    if (!entitiesOn[place]) continue;
    const { id } = all.entities[place];
    chosen.add(id);
    if (all.entities[place].kind !== "event") continue;
    for (const tie of data.tiesOf.get(id)) {
      const neighbour = data.other(tie, id);
      if (chosen.size < most && tiesOn[all.place.get(tie.id)] && entitiesOn[all.number.get(neighbour)] && data.entities.get(neighbour).kind !== "event") chosen.add(neighbour);
    }
  }
  return chosen;
}

/* Whether the whole graph can be counted. */
function isReady() {
  return all !== null;
}

export { prepare, passing, counts, best, isReady };
