/* Search in the words of sources: sentences and rows that prove something, and the rest of the texts. All of them, folded, are one
   text after another in a few long strings: to look through 20 million letters takes less than to keep an index of them. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as words from "./search_words.js";
import * as texts from "./texts.js";

// So many letters a string has: no longer one is put together at once.
const LENGTH = 500000;
// Of a sentence so many letters before and after what is found are listed.
const AROUND = 70;
let made = null;

texts.add({
  searchRow: ["rad i {source}", "row of {source}"],
  searchProvesMore: ["{what} (og {count} til)", "{what} (and {count} more)"],
  searchBeside: ["i teksten, ikke belegg for noe her", "in the text, proves nothing here"],
});

/** Gathers the words of all claims, and of texts what no claim rests on, step by step.
 * @returns {Generator<void, void>} */
function* prepare() {
  const haystack = growing();
  const spans = new Map(); // by source, where its sentences stand that prove something, each once
  let at = 0;
  for (const entity of data.entities.values()) {
    at += 1;
    if (at % 20 === 0) yield;
    const rows = new Set();
    for (const record of [entity, ...data.tiesTo(entity.id)]) {
      for (const claim of record.claims) add(haystack, spans, rows, record.id, claim);
    }
  }
  for (const [source, places] of spans) yield* rest(haystack, source, [...places.values()]);
  made = haystack.finished();
}

/* The sentences of a claim, each once however many claims it has; its cells as a row, once for each meeting. */
function add(haystack, spans, rows, record, number) {
  const claim = data.claims[number];
  const passages = claim?.keyEvidence ?? [];
  if (passages.some(({ heading }) => heading !== undefined)) {
    const row = passages.map((passage) => passage.words).join(" · ");
    if (rows.has(row)) return;
    rows.add(row);
    haystack.add(row, { record, claim: number, more: 0 });
    return;
  }
  if (!spans.has(claim?.source)) spans.set(claim?.source, new Map());
  const places = spans.get(claim?.source);
  for (const [each, { start, end, words: sentence, place }] of passages.entries()) {
    const key = `${start} ${end} ${place ? JSON.stringify(place) : ""}`;
    if (places.has(key)) haystack.records[places.get(key).number].more += haystack.records[places.get(key).number].record === record ? 0 : 1;
    else places.set(key, { start, end, number: haystack.add(sentence, { record, claim: number, passage: each, more: 0 }) });
  }
}

/* Of the text of a source the sentences that prove nothing: each leads to what is nearest to it. */
function* rest(haystack, source, places) {
  const text = data.sources[source]?.text;
  if (!text || !places.length) return;
  places.sort((one, other) => one.start - other.start);
  let next = 0;
  for (const { 0: sentence, index: start } of text.matchAll(/[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?]*/g)) {
    const end = start + sentence.length;
    while (next < places.length - 1 && places[next].end <= start) next += 1;
    const overlaps = places[next].start < end && places[next].end > start;
    if (!overlaps && sentence.trim()) haystack.add(sentence, { record: haystack.records[places[next].number].record, source, start, end, more: 0 });
    yield;
  }
}

/* Texts that are put one after another, each with the record that it leads to. */
function growing() {
  const records = [];
  const strings = [];
  let [parts, length] = [[], 0];
  const starts = []; // of each text, in its string
  const firsts = [0]; // of each string, the number of its first text
  const close = () => {
    strings.push(parts.join(""));
    [parts, length] = [[], 0];
    firsts.push(records.length);
  };
  return {
    records,
    add(text, record) {
      const folded = `\n ${words.loose(words.fold(text))}`;
      starts.push(length);
      parts.push(folded);
      length += folded.length;
      records.push(record);
      if (length > LENGTH) close();
      return records.length - 1;
    },
    finished() {
      close();
      return { records, strings, starts: Int32Array.from(starts), firsts };
    },
  };
}

/** Whether the words of sources can be searched yet.
 * @returns {boolean} */
function isReady() {
  return made !== null;
}

/** The sentences and rows that have all words, those that prove something first, and how many there are.
 * @param {any} query @param {number} most @returns {{hits: any[], count: number}} */
function find({ sought }, most) {
  if (!made || !sought.length || sought.every(({ word }) => word.length < 3)) return { hits: [], count: 0 };
  const longest = sought.slice().sort((one, other) => other.loose.length - one.loose.length);
  const found = [];
  for (const [number, string] of made.strings.entries()) look(string, number, longest, found);
  const hits = [...found.filter((at) => !made.records[at].source), ...found.filter((at) => made.records[at].source)];
  return { hits: hits.slice(0, most).map((at) => hitOf(made.records[at], at, sought)), count: found.length };
}

function look(string, number, [first, ...others], found) {
  const [begin, end] = [made.firsts[number], made.firsts[number + 1]];
  let text = begin;
  for (let at = string.indexOf(first.loose); at >= 0; at = string.indexOf(first.loose, at + 1)) {
    if (string.charCodeAt(at - 1) !== 32) continue;
    while (text + 1 < end && made.starts[text + 1] <= at) text += 1;
    const until = text + 1 < end ? made.starts[text + 1] : string.length;
    if (!others.length || others.every(({ loose }) => isIn(string, loose, made.starts[text], until))) found.push(text);
    at = until - 1;
  }
}

function isIn(string, word, from, until) {
  const at = string.indexOf(` ${word}`, from);
  return at >= 0 && at < until;
}

function hitOf({ record, claim, passage, source, start, end, more }, at, sought) {
  const id = claim === undefined ? source : data.claims[claim].source;
  const evidence = claim === undefined ? [{ words: data.sources[source].text.slice(start, end).trim() }] : data.claims[claim].keyEvidence;
  const isRow = claim !== undefined && passage === undefined;
  return {
    group: "sentences", kind: "sentence", id: record, key: at,
    label: texts.quoted(cut(dom.clean((isRow ? evidence : [evidence[passage ?? 0]]).map((each) => each.words).join(" · ")), sought)),
    get detail() {
      const title = dom.plain(data.sources[id]?.title ?? "");
      return [about(record, more), isRow ? texts.text("searchRow", { source: title }) : title, claim === undefined ? texts.text("searchBeside") : ""].filter(Boolean).join(" · ");
    },
  };
}

/* What a sentence is about: the meeting, or who in it; and how much else it proves. */
function about(id, more) {
  const tie = data.ties.get(id);
  const what = tie ? `${data.label(tie.from)}, ${data.label(tie.to)}` : data.label(id);
  return more ? texts.text("searchProvesMore", { what, count: texts.count(more) }) : what;
}

/* Of long words those around what is found. */
function cut(whole, sought) {
  if (whole.length <= AROUND * 2 + 20) return whole;
  let place = 0;
  for (const { 0: word, index } of whole.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const folded = words.loose(words.fold(word));
    if (sought.some(({ loose }) => folded.startsWith(loose))) { place = index; break; }
  }
  const start = place <= AROUND ? 0 : whole.lastIndexOf(" ", place - AROUND + 20) + 1;
  const end = Math.min(whole.length, start + AROUND * 2);
  return `${start ? "… " : ""}${whole.slice(start, end)}${end < whole.length ? " …" : ""}`;
}

export { find, isReady, prepare };
