/* What the build gives the page, with what belongs to what. Of a large graph the first view is there at once, and `whole`
   says when all of it is; what has come changes no more. */
import * as chunks from "./chunks.js";
import * as claimRecords from "./claim_records.js";
import * as columnStore from "./column_store.js";
import * as dom from "./dom.js";
import * as outlineRecords from "./outline_records.js";
import { payload, startOf } from "./payload.js";
import * as registerRows from "./register_rows.js";
import * as server from "./server.js";
import * as texts from "./texts.js";

let index = null; // what counting made of the columns, where records are on a server

/* Records by id. Of a graph whose registers are on a server those that have not come are outlines; only what has come is listed. */
class Entities extends Map {
  get(id) { return super.get(id) ?? entityOutline(id); }
  has(id) { return super.has(id) || entityOutline(id) !== undefined; }
}
class Ties extends Map {
  get(id) { return super.get(id) ?? tieAt(outlineRecords.numberIn(id, "t")); }
  has(id) { return super.has(id) || tieAt(outlineRecords.numberIn(id, "t")) !== undefined; }
}
class TiesOf extends Map {
  get(id) { return index && numberOf(id) !== undefined ? tiesAt(numberOf(id)) : super.get(id); }
}

server.start(payload.served);
const entities = new Entities();
const ties = new Ties();
const tiesOf = new TiesOf();
const order = []; // the entities as the parts number them
const numbers = new Map(); // by id the number that an entity has in the columns
const ids = []; // the other way
let eventsOfRows = 0;
const arrived = { done: 0, of: 1 };
let cutOff = false;
// What the server is asked for: outlines and ties by their numbers, what is to be asked, and what it does not have.
const entityOutlines = new Map();
const tieRecords = new Map();
const keptTies = new Map();
const wanted = new Set();
const missing = new Set();
const listeners = [];
let isAsking = false;
let hasArrived = false;
let versions = 0;
payload.entities.forEach((entity, place) => {
  addEntity(entity);
  addNumber(entity.id, payload.numbers?.[place] ?? place);
});
for (const tie of payload.ties) addTie(tie);

function addEntity(entity) {
  if (entities.has(entity.id)) return;
  entities.set(entity.id, entity);
  tiesOf.set(entity.id, []);
}

function addNumber(id, number) {
  numbers.set(id, number);
  ids[number] = id;
}

/* The number that an entity has in the columns (`column_store.js`); undefined where it has not arrived. */
function numberOf(id) {
  return numbers.get(id) ?? outlineRecords.numberIn(id);
}

/* The id of the entity of a number; of one whose record is on the server and has not come, the name of its outline. */
function idAt(number) {
  return ids[number] ?? (isOnServer(number) ? `~${number}` : undefined);
}

/* Whether the record of an entity is on the server: those of the main files and of all agents are in the page. */
function isOnServer(number) {
  return index !== null && number >= payload.served.entities && number < index.columns.entities;
}

function addTie(tie) {
  if (ties.has(tie.id)) return;
  ties.set(tie.id, tie);
  for (const end of [tie.from, tie.to]) Map.prototype.get.call(tiesOf, end)?.push(tie);
  if (index) linkTie(tie);
  // A part in what is planned is planned, however certainly the page says so.
  if (tie.certainty === "certain" && entities.get(tie.to)?.status === "status:planned") tie.certainty = "planned";
}

const ADDING = {
  entities: (entity) => {
    const { number, ...record } = entity;
    addEntity(completed(record));
    addNumber(record.id, number ?? order.length);
    order.push(record.id);
  },
  ties: (tie) => {
    [tie.from, tie.to] = [order[tie.from], order[tie.to]];
    tie.id ??= `${tie.from} ${tie.kind} ${tie.to}`;
    addTie(tie.kind === "part" || tie.kind === "possible" ? completed(tie) : { claims: [], memberships: [], ...tie });
  },
  sources: (source) => { payload.sources[source.id] ??= { iri: startOf(source.id), text: null, ...source }; },
  memberships: (holding) => { payload.memberships[holding.id] ??= holding; },
  words: (word) => { payload.words[word.id] ??= { ...word, iri: word.iri ?? startOf(word.id) }; },
};

/* With what a part leaves out. */
function completed(record) {
  return { claims: [], memberships: [], ...record, iri: record.iri ?? startOf(record.id) };
}

async function addRecords({ table, rows: count, columns }) {
  for (let row = 0; row < count; row += 1) {
    if (table === "claims") claimRecords.add(columns, row);
    else ADDING[table](chunks.record(columns, row));
    if (row % 100 === 0) await chunks.breathe();
  }
}

/* Rows of a register, which come after all agents. What they are numbered by, the columns say. */
async function addRows({ templates, rows: several }) {
  const { arrival } = (await columnStore.load()).arrays;
  for (const [place, [number, ...values]] of several.entries()) {
    const { length } = templates[number].entities;
    addRow(templates[number], values, arrival.subarray(eventsOfRows, eventsOfRows + length));
    eventsOfRows += length;
    if (place % 50 === 0) await chunks.breathe();
  }
}

/* A row, whose entities have these numbers. */
function addRow(template, values, places) {
  const { entities: events, more, ties: ofEvents } = registerRows.records(template, values, claimRecords.addRow(template, values));
  for (const [place, event] of events.entries()) {
    addEntity(completed(event));
    addNumber(event.id, places[place]);
    entityOutlines.delete(places[place]);
  }
  for (const { id, claims: further } of more) entities.get(id)?.claims.push(...further);
  for (const tie of ofEvents) {
    const isPart = tie.kind === "part" || tie.kind === "possible";
    if (entities.has(tie.from) && entities.has(tie.to)) addTie(isPart ? completed(tie) : tie);
  }
}

/* What counting made of the columns is here: from now on whatever is on the server has outlines. */
function useIndex(made) {
  if (!payload.served) return;
  index = made;
  for (const tie of ties.values()) linkTie(tie);
  versions += 1;
}

function entityOutline(id) {
  const number = outlineRecords.numberIn(id);
  if (number === undefined || !isOnServer(number)) return undefined;
  if (ids[number] !== undefined) return entities.get(ids[number]);
  if (!entityOutlines.has(number)) entityOutlines.set(number, new outlineRecords.EntityOutline(number, want));
  return entityOutlines.get(number);
}

/* The tie of a number in the columns: its record, else an outline. */
function tieAt(number) {
  if (number === undefined || index === null || number >= index.columns.ties) return undefined;
  return tieRecords.get(number) ?? new outlineRecords.TieOutline(number, idAt, want);
}

/* The ties of an entity of a number: those to it, then those from it. */
function tiesAt(number) {
  if (!keptTies.has(number)) {
    const { toStart, fromStart, fromTies } = index;
    const result = [];
    for (let tie = toStart[number]; tie < toStart[number + 1]; tie += 1) result.push(tieAt(tie));
    for (let at = fromStart[number]; at < fromStart[number + 1]; at += 1) result.push(tieAt(fromTies[at]));
    keptTies.set(number, result);
  }
  return keptTies.get(number);
}

/* The ties to an entity, which are few, where those from it may be very many. */
function tiesTo(id) {
  if (!index) return tiesOf.get(id).filter((tie) => tie.to === id);
  const number = numberOf(id);
  return Array.from({ length: index.toStart[number + 1] - index.toStart[number] }, (_, at) => tieAt(index.toStart[number] + at));
}

/* How many ties an entity has. */
function degree(id) {
  if (!index) return tiesOf.get(id).length;
  const number = numberOf(id);
  return index.toStart[number + 1] - index.toStart[number] + index.fromStart[number + 1] - index.fromStart[number];
}

/* Finds the number of a tie whose record has come. */
function linkTie(tie) {
  const { toStart, columns: { arrays, pools } } = index;
  const [from, to] = [numberOf(tie.from), numberOf(tie.to)];
  for (let number = toStart[to]; number < toStart[to + 1]; number += 1) {
    if (arrays.from[number] === from && pools.tieKinds[arrays.tieKind[number]] === tie.kind) tieRecords.set(number, tie);
  }
}

/* The record of an entity is to be shown: it is asked for together with all that are at the same time. */
function want(number) {
  if (!isOnServer(number) || ids[number] !== undefined || missing.has(number)) return;
  wanted.add(number);
  if (isAsking) return;
  isAsking = true;
  setTimeout(ask);
}

async function ask() {
  // What does not fit is wanted again when what has come is shown.
  const several = [...wanted].filter((number) => ids[number] === undefined && !missing.has(number)).slice(0, server.MOST);
  wanted.clear();
  if (several.length) await need(several).catch(() => several.forEach((number) => missing.add(number)));
  isAsking = false;
  if (!several.length) return;
  for (const number of several) if (ids[number] === undefined) missing.add(number);
  for (const listener of listeners) listener();
}

/**
 * Resolves when the records of entities are here, which of all graphs but those on a server is at once. Rejects where nobody answers.
 * @param {number[]} several
 * @param {string[]} [names]
 * @param {(part: number) => void} [step] is told how much has come, 0 to 1
 */
async function need(several, names = [], step = () => {}) {
  if (!payload.served) return;
  const left = several.filter((number) => isOnServer(number) && ids[number] === undefined);
  for (let at = 0; at < Math.max(left.length, 1); at += server.MOST) {
    if (!left.length && !names.length) break;
    const { templates, rows: answered } = await server.rows(left.slice(at, at + server.MOST), at ? [] : names);
    for (const [places, template, values] of answered) if (places.some((place) => ids[place] === undefined)) addRow(templates[template], values, places);
    step(Math.min(1, (at + server.MOST) / left.length));
    await chunks.breathe();
  }
  keptTies.clear();
  versions += 1;
}

/** The id of the record of what may be an outline; null where none has come. @param {string} id @returns {Promise<string | null>} */
async function resolved(id) {
  const tie = outlineRecords.numberIn(id, "t");
  const number = outlineRecords.numberIn(id);
  if (tie === undefined && number === undefined) return id;
  const { from, to } = index.columns.arrays;
  await need(tie === undefined ? [number] : [from[tie], to[tie]]);
  const found = tie === undefined ? idAt(number) : tieAt(tie)?.id;
  return found === undefined || outlineRecords.isName(found) ? null : found;
}

/* Somebody is told when records have come that were to be shown. */
function onRecords(listener) {
  listeners.push(listener);
}

/* Which of what the page has is here; another number where it is more. */
function version() {
  return versions;
}

/* Every part, in order; `step` is called after each. */
async function arrive(step) {
  await chunks.read();
  const parts = chunks.elements();
  arrived.of = parts.length + 1;
  for (const element of parts) {
    const chunk = await chunks.inflated(element);
    if (chunk.table === "events") await addRows(chunk);
    else await addRecords(chunk);
    arrived.done += 1;
    step(arrived.done / arrived.of);
  }
  hasArrived = true;
}

/* The sources alone, of which some of the last parts tell: where the server is not, nothing else of the parts can be shown. */
async function sourcesArrive() {
  await chunks.read();
  let isFound = false;
  for (const element of chunks.elements().reverse()) {
    const chunk = await chunks.peeked(element);
    if (isFound && chunk.table !== "sources") return;
    if (chunk.table !== "sources") continue;
    isFound = true;
    await addRecords(chunk);
  }
}

/* Of words by language those for the language of the page: in it, or in the next best that there is. */
function inLanguage(words) {
  const found = bestOf(words, Object.keys(words).sort());
  // Words of which nothing is seen are none.
  return found === undefined || dom.clean(found).trim() ? found : bestOf(words, Object.keys(words).filter((tag) => dom.clean(words[tag]).trim()).sort());
}

function bestOf(words, tags) {
  for (const language of payload.languages[texts.language]) {
    const tag = tags.find((each) => each === language || each.startsWith(`${language}-`));
    if (tag !== undefined) return words[tag];
  }
  return words[tags[0]];
}

/* What something is called, else its name; whole, however long. */
function wholeLabel(id) {
  return dom.clean(inLanguage(entities.get(id)?.label ?? payload.words[id]?.label ?? payload.memberships[id]?.label ?? {}) ?? (outlineRecords.isName(id) ? "…" : id));
}

/* What something is called, to sort by: nothing of what has not come, which is not asked for. */
function sortLabel(id) {
  return outlineRecords.isName(id) ? "" : label(id);
}

/* The same as it is shown. */
function label(id) {
  return dom.plain(wholeLabel(id));
}

/* What an entity is called where it is drawn: a body by its letters, where its name has them. */
function name(id) {
  const whole = label(id);
  const words = whole.split(/[\s()]+/);
  const letters = (entities.get(id)?.also ?? []).filter((also) => /^\p{Lu}{2,6}$/u.test(also) && words.includes(also)).sort();
  return letters[0] ?? whole;
}

function labels(all) {
  return (all ?? []).map(label);
}

function other(tie, id) {
  return tie.from === id ? tie.to : tie.from;
}

/* What a tie is, in a word or two: its roles, never without saying that they are only possible or expected. */
function named(tie) {
  if (!tie.roles?.length) return texts.text(`tie_${tie.kind}`);
  const what = labels(tie.roles).join(", ");
  if (tie.kind === "possible") return texts.text("possibly", { what });
  if (tie.attendance === "attendance:expected") return texts.text("expected", { what });
  return tie.certainty === "planned" ? texts.text("asPlanned", { what }) : what;
}

function isEvent(entity) {
  return entity.kind === "event" || entity.kind === "named" || entity.kind === "series";
}

/* Those of most ties first, and always in the same order. */
function byWeight(first, second) {
  return degree(second) - degree(first) || (first < second ? -1 : 1);
}

const total = { entities: payload.summary.entities, ties: payload.summary.ties, events: payload.summary.events };
const claims = new Proxy({}, { get: (_, id) => claimRecords.of(String(id)) });
const { areas, drawing, languages, memberships, outlines, plainLetters, questions, sources, successors, summary, words } = payload;

/* Whether the page holds the records of all that it counts; of too large a graph it does not. */
const isComplete = payload.isComplete !== false;
/* What the page says of its server; null where it needs none. */
const served = payload.served ?? null;
/* Pairs by what people decided of them, and words that do not tell names apart. */
const decided = payload.decided ?? {};
const nameWords = payload.nameWords;

/* Whether all that the page holds has arrived. */
function isWhole() {
  if (served) return index !== null && hasArrived;
  return !isComplete || entities.size === payload.summary.entities && ties.size === payload.summary.ties && arrived.done >= arrived.of - 1;
}

/* Whether the file ends before all of it is there. */
function isCut() {
  return cutOff;
}

/* Whether more may come: of what is still being read nobody can say that it is all. */
function isArriving() {
  return !isWhole() && !isCut();
}

function cut() {
  cutOff = true;
}

/* Which part of it has, between 0 and 1. */
function arrivedPart() {
  return arrived.done / arrived.of;
}

export {
  areas, claims, decided, drawing, entities, languages, memberships, nameWords, outlines, plainLetters, questions, served, sources, successors, summary, ties, tiesOf, total, words,
  arrive, arrivedPart as arrived, byWeight, degree, cut, idAt, inLanguage, isArriving, isComplete, isCut, isEvent, isWhole, label, labels, name, named, need, numberOf, onRecords, other,
  resolved, sortLabel, sourcesArrive, tieAt, tiesTo, useIndex, version, wholeLabel,
};
