/* Names that may spell one and the same: of organisations those of the same words, or of all but a letter, and acronyms with what they
   are short for; of people equal names. Nothing is joined or added up: each stands beside the others, and who looks decides. What
   people decided to be different is left out. That A may be B, and B may be C, says nothing of A and C. */
import * as data from "./data.js";
import * as nameWords from "./name_words.js";
import * as selection from "./selection.js";

// An error may be in a word of so many letters, in a name of so many.
const [SHORTEST_WORD, SHORTEST_NAME] = [5, 8];
// Where more names share something, it tells none of them from others.
const MOST_SHARING = 60;
// So many names are read before others get their turn.
const SLICE = 100;
const REASONS = ["name", "words", "acronym", "letter", "unsure"];
let others = null; // by id, with the reason by id of the other
let crowded = new Set(); // those whose name more have than are set beside each other
let ambiguous = new Map(); // by id, acronyms that fit more names than are set beside each other
let bodies = 0; // how many organisations are among both

/* What an entity is found by: keys, each with what it says of the two that share it. */
function* keysOf(entity) {
  for (const name of namesOf(entity)) {
    if (entity.kind === "person") {
      const words = nameWords.ofPerson(name);
      if (words.length > 1) yield ["p", words.toSorted().join(" "), { id: entity.id, words, qualifier: "" }];
      continue;
    }
    const { words, acronyms, qualifier } = nameWords.ofBody(name);
    if (!words.length) continue;
    const read = { id: entity.id, words, qualifier };
    yield ["w", words.toSorted().join(" "), read];
    const joined = words.join("");
    if (joined.length >= SHORTEST_NAME) yield ["j", joined, read];
    for (const each of acronyms) yield ["of", each, read];
    if (words.length === 1) yield ["is", words[0], read];
    yield* halves(joined, read);
  }
}

/* Two names of which one letter differs have the first half in common, or the last one. */
function* halves(joined, read) {
  if (joined.length < SHORTEST_NAME) return;
  for (const size of new Set([joined.length >> 1, (joined.length - 1) >> 1])) {
    yield ["h", `${joined.slice(0, size)}-`, read];
    yield ["h", `-${joined.slice(-size)}`, read];
  }
}

function namesOf(entity) {
  return new Set([...Object.values(entity.label ?? {}), ...(entity.also ?? [])]);
}

/** Compares all names, step by step: what calls it may do other things in between.
 * @returns {Generator<void, void>} */
function* prepare() {
  const blocks = new Map([["p", new Map()], ["w", new Map()], ["j", new Map()], ["of", new Map()], ["is", new Map()], ["h", new Map()]]);
  let done = 0;
  for (const entity of data.entities.values()) {
    if (entity.kind !== "body" && entity.kind !== "person") continue;
    for (const [kind, key, read] of keysOf(entity)) {
      const block = blocks.get(kind);
      if (block.has(key)) block.get(key).push(read);
      else block.set(key, [read]);
    }
    done += 1;
    if (done % SLICE === 0) yield;
  }
  const [result, many, unclear] = [new Map(), new Set(), new Map()];
  const apart = new Set(pairsOf("different"));
  const join = (one, other, reason) => { if (mayBeOne(one, other, apart)) add(result, one.id, other.id, reason); };
  for (const [kind, reason] of [["p", "name"], ["w", "words"], ["j", "words"]]) yield* within(blocks.get(kind), (one, other) => join(one, other, reason), (block) => { for (const { id } of block) many.add(id); });
  done = 0;
  for (const [acronym, full] of blocks.get("of")) {
    done += 1;
    if (done % SLICE === 0) yield;
    const alone = blocks.get("is").get(acronym) ?? [];
    if (full.length * alone.length > MOST_SHARING) {
      for (const { id } of [...full, ...alone]) unclear.set(id, (unclear.get(id) ?? new Set()).add(acronym));
      continue;
    }
    for (const one of full) for (const other of alone) join(one, other, "acronym");
  }
  yield* within(blocks.get("h"), (one, other) => { if (isOneLetterOff(one.words, other.words)) join(one, other, "letter"); });
  for (const pair of pairsOf("unsure")) {
    const [one, other] = pair.split(" ");
    if (data.entities.has(one) && data.entities.has(other)) add(result, one, other, "unsure");
  }
  others = result;
  crowded = many;
  ambiguous = unclear;
  bodies = 0;
  for (const id of new Set([...result.keys(), ...many, ...unclear.keys()])) if (data.entities.get(id).kind === "body") bodies += 1;
}

/* Each two that share something meet; where too many do, `refuse` is told. */
function* within(blocks, meet, refuse = null) {
  let done = 0;
  for (const block of blocks.values()) {
    // One entity may have several names that read alike.
    if (block.length > MOST_SHARING && new Set(block.map(({ id }) => id)).size > MOST_SHARING) {
      refuse?.(block);
      continue;
    }
    for (let at = 1; at < block.length; at += 1) for (let before = 0; before < at; before += 1) meet(block[before], block[at]);
    done += 1;
    if (done % (SLICE * 20) === 0) yield;
  }
}

function pairsOf(verdict) {
  return (data.decided[verdict] ?? []).map((pair) => pair.toSorted().join(" "));
}

/* Those of the registry were told apart by its editors, words in brackets that differ may be two places. */
function mayBeOne(one, other, apart) {
  if (one.id === other.id || (isOfRegistry(one.id) && isOfRegistry(other.id))) return false;
  if (one.qualifier && other.qualifier && one.qualifier !== other.qualifier) return false;
  return !apart.has([one.id, other.id].sort().join(" "));
}

/* Ids of a register begin with "actor:", those of a page have the page's name and a dot first; in the registry a dot says nothing. */
function isOfRegistry(id) {
  const [kind, ...locals] = id.split(":");
  const parts = locals.join(":").split(".");
  return kind !== "actor" && !parts.some((_, at) => at && data.sources[`source:${parts.slice(0, at).join(".")}`]);
}

/* What is the surest of several reasons counts. */
function add(result, one, other, reason) {
  for (const [first, second] of [[one, other], [other, one]]) {
    if (!result.has(first)) result.set(first, new Map());
    const before = result.get(first).get(second);
    if (before === undefined || REASONS.indexOf(reason) < REASONS.indexOf(before) || reason === "unsure") result.get(first).set(second, reason);
  }
}

/** Whether two lists of words differ in one long word, and there by one letter that is wrong, missing, or in the wrong order.
 * @param {string[]} one @param {string[]} other @returns {boolean} */
function isOneLetterOff(one, other) {
  if (one.length !== other.length) return false;
  const differing = one.flatMap((word, at) => (word === other[at] ? [] : [at]));
  if (differing.length !== 1) return false;
  const [first, second] = [one[differing[0]], other[differing[0]]];
  if (Math.min(first.length, second.length) < SHORTEST_WORD || first[0] !== second[0] || /\p{N}/u.test(first + second)) return false;
  let begin = 0;
  while (begin < first.length && first[begin] === second[begin]) begin += 1;
  const rest = (word, from) => word.slice(from);
  if (first.length === second.length) {
    const isTurned = first[begin] === second[begin + 1] && first[begin + 1] === second[begin];
    return rest(first, begin + 1) === rest(second, begin + 1) || (isTurned && rest(first, begin + 2) === rest(second, begin + 2));
  }
  const [longer, shorter] = first.length > second.length ? [first, second] : [second, first];
  return rest(longer, begin + 1) === rest(shorter, begin);
}

/* Of a small graph the names are compared when that is first needed. */
function compared() {
  if (!others && !selection.LARGE) for (const steps = prepare(); !steps.next().done;);
  return others;
}

/** Whether the names have been compared. @returns {boolean} */
function isReady() {
  return others !== null;
}

/** Others that may be the same as somebody, those of most connections first, each with why.
 * @param {string} id @returns {{id: string, reason: string}[]} */
function of(id) {
  const found = compared()?.get(id);
  return found ? [...found].map(([other, reason]) => ({ id: other, reason })).sort((one, other) => data.byWeight(one.id, other.id)) : [];
}

/** Whether more than `MOST_SHARING` have the name of somebody, which are not set beside each other.
 * @param {string} id @returns {boolean} */
function isCrowded(id) {
  return compared() !== null && crowded.has(id);
}

/** Acronyms of somebody that fit more pairs of names than `MOST_SHARING`, which are not set beside each other.
 * @param {string} id @returns {string[]} */
function ambiguousAcronyms(id) {
  return compared() ? [...(ambiguous.get(id) ?? [])] : [];
}

/** How many organisations have others that may be the same. @returns {number} */
function count() {
  return compared() ? bodies : 0;
}

export { ambiguousAcronyms, count, isCrowded, isOneLetterOff, isReady, MOST_SHARING, of, prepare };
