/* An index of words: each with the records in which it stands, by number. A word is found by its beginning, which is looked up
   in order; by letters nearly the same, and by letters inside of it, where all words are looked at. Postings are typed
   arrays: a graph of 100,000 names has a million of them. */
import * as words from "./search_words.js";

// What a record has a word in, and how well a record matches: the smaller, the better.
const [NAME, ABOUT, TIME] = [0, 1, 2];
const RANK = { exact: 0, beginning: 1, words: 2, loose: 3, near: 4, about: 5, aboutNear: 6, inside: 7, time: 8, none: 255 };
// By what a record has the word in: its beginning as typed, loosely, with errors, and letters inside of it.
const BY_FIELD = [
  [RANK.words, RANK.loose, RANK.near, RANK.inside],
  [RANK.about, RANK.about, RANK.aboutNear, RANK.none],
  [RANK.time, RANK.time, RANK.none, RANK.none],
];
const [STRICT, LOOSE, NEAR, INSIDE] = [0, 1, 2, 3];
// So few that are found by what was typed, and those that are nearly so called are looked for too.
const FEW = 3;
// So many are done before others get their turn.
const SLICE = 2000;

/* Numbers of which nobody knows at first how many there will be. */
function growing() {
  let all = new Int32Array(4096);
  let length = 0;
  return {
    push(number) {
      if (length === all.length) {
        const larger = new Int32Array(length * 2);
        larger.set(all);
        all = larger;
      }
      all[length] = number;
      length += 1;
    },
    get all() { return all.subarray(0, length); },
  };
}

/** An index that is being made. Records are numbered as they come.
 * @returns {{add: (names: string[], about?: string[], times?: string[]) => number, finish: () => Generator<void, object>}} */
function builder() {
  const numbers = new Map(); // words, numbered as they first occur
  const [ofWord, ofRecord] = [growing(), growing()];
  const names = [];

  function post(text, field) {
    for (const word of new Set(text.split(" "))) {
      if (!word) continue;
      if (!numbers.has(word)) numbers.set(word, numbers.size);
      ofWord.push(numbers.get(word));
      ofRecord.push((names.length - 1) * 4 + field);
    }
  }

  function add(namesOf, about = [], times = []) {
    const folded = namesOf.map(words.fold).filter(Boolean);
    // Each between two tabs: so the whole of it and its beginning are found.
    names.push(folded.length ? `\t${folded.join("\t")}\t` : "");
    post(folded.join(" "), NAME);
    if (about.length) post(about.map(words.fold).join(" "), ABOUT);
    if (times.length) post(times.join(" "), TIME);
    return names.length - 1;
  }

  function* finish() {
    const order = yield* inOrder([...numbers.keys()]);
    const place = new Int32Array(order.length); // of each word, by its first number
    for (const [at, { word }] of order.entries()) place[numbers.get(word)] = at;
    yield;
    const [all, records] = [ofWord.all, ofRecord.all];
    const start = new Int32Array(order.length + 1);
    for (let at = 0; at < all.length; at += 1) start[place[all[at]] + 1] += 1;
    for (let at = 0; at < order.length; at += 1) start[at + 1] += start[at];
    yield;
    const next = start.slice();
    const postings = new Int32Array(all.length);
    for (let at = 0; at < all.length; at += 1) {
      postings[next[place[all[at]]]++] = records[at];
      if (at % (SLICE * 50) === 0) yield;
    }
    const mask = Int32Array.from(order, (each) => words.letters(each.loose));
    return { names, strict: order.map(({ word }) => word), loose: order.map((each) => each.loose), mask, start, postings };
  }

  return { add, finish };
}

/* Words in order, as they are looked up; put in order by their first letters, so that no step takes long. */
function* inOrder(all) {
  const heaps = new Map();
  for (const [at, word] of all.entries()) {
    const each = { word, loose: words.loose(word) };
    const head = each.loose.slice(0, 2);
    if (!heaps.has(head)) heaps.set(head, []);
    heaps.get(head).push(each);
    if (at % SLICE === 0) yield;
  }
  const result = [];
  for (const head of [...heaps.keys()].sort()) {
    const heap = heaps.get(head).sort((one, other) => (one.loose < other.loose ? -1 : one.loose > other.loose ? 1 : one.word < other.word ? -1 : 1));
    for (const each of heap) result.push(each);
    yield;
  }
  return result;
}

function visit({ start, postings }, at, quality, here) {
  for (let number = start[at]; number < start[at + 1]; number += 1) {
    const rank = BY_FIELD[postings[number] & 3][quality];
    const record = postings[number] >> 2;
    if (rank < here[record]) here[record] = rank;
  }
}

function firstAtLeast(all, word) {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byBeginning(index, sought, here) {
  for (let at = firstAtLeast(index.loose, sought.loose); at < index.loose.length && index.loose[at].startsWith(sought.loose); at += 1) {
    visit(index, at, index.strict[at].startsWith(sought.word) ? STRICT : LOOSE, here);
  }
  for (const stem of sought.stems) for (let at = firstAtLeast(index.loose, stem); index.loose[at] === stem; at += 1) visit(index, at, LOOSE, here);
}

function byErrors(index, sought, here) {
  const most = words.errors(sought.word);
  if (!most) return;
  const mask = words.letters(sought.loose);
  for (let at = 0; at < index.loose.length; at += 1) {
    // Each letter that is missing is an error of its own.
    let missing = mask & ~index.mask[at];
    let count = 0;
    for (; missing && count <= most; count += 1) missing &= missing - 1;
    if (count <= most && words.isNear(sought.loose, index.loose[at], most)) visit(index, at, NEAR, here);
  }
}

function byLetters(index, sought, here) {
  for (let at = 0; at < index.loose.length; at += 1) if (index.loose[at].includes(sought.loose)) visit(index, at, INSIDE, here);
}

/* The rank of each record that has all words, by the worst of them; words of its time alone are not enough. */
function ranked(index, sought, ways) {
  const size = index.names.length;
  const [result, best, here] = [new Uint8Array(size), new Uint8Array(size).fill(RANK.none), new Uint8Array(size)];
  for (const each of sought) {
    here.fill(RANK.none);
    for (const way of ways) way(index, each, here);
    for (let at = 0; at < size; at += 1) {
      if (here[at] > result[at]) result[at] = here[at];
      if (here[at] < best[at]) best[at] = here[at];
    }
  }
  for (let at = 0; at < size; at += 1) if (result[at] === RANK.time) result[at] = best[at] === RANK.time ? RANK.none : RANK.about;
  return result;
}

/** The rank of each record of an index for a query of `search_words.js`; RANK.none where it does not match. Letters inside of words
 * say little: they are looked for alone, where there is nothing else.
 * @param {any} index @param {{whole: string, sought: any[]}} query @param {boolean} [inside] @returns {Uint8Array} */
function lookup(index, { whole, sought }, inside = false) {
  if (!sought.length) return new Uint8Array(index.names.length).fill(RANK.none);
  if (inside) return ranked(index, sought, [byBeginning, byLetters]);
  const result = ranked(index, sought, [byBeginning]);
  let strong = 0;
  for (let at = 0; at < result.length; at += 1) {
    if (result[at] > RANK.loose) continue;
    strong += 1;
    if (index.names[at].includes(`\t${whole}`)) result[at] = index.names[at].includes(`\t${whole}\t`) ? RANK.exact : RANK.beginning;
  }
  if (strong >= FEW || !sought.some(({ word }) => words.errors(word))) return result;
  const near = ranked(index, sought, [byBeginning, byErrors]);
  for (let at = 0; at < result.length; at += 1) if (near[at] < result[at]) result[at] = near[at];
  return result;
}

export { builder, lookup, RANK };
