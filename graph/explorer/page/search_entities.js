/* Search for people, organisations, meetings and the rest of what has a name: by its names, and by what it has to do with: offices
   and parties of people, places, topics and time of meetings. */
import * as agentNumbers from "./agent_numbers.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as meetings from "./meetings.js";
import * as offices from "./offices.js";
import * as otherSpellings from "./other_spellings.js";
import * as searchIndex from "./search_index.js";
import * as searchNamesakes from "./search_namesakes.js";
import * as words from "./search_words.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

const { RANK } = searchIndex;
const GROUPS = ["people", "organisations", "meetings", "others"];
const GROUP_OF = { person: 0, body: 1, event: 2, named: 2, series: 2 };
// So many months of an event whose time is vague are found, and so many years.
const [MONTHS, YEARS] = [24, 100];
// So long, in milliseconds, names that have just come are read when somebody types.
const PATIENCE = 20;
// The months in both languages.
const MONTH_WORDS = Array.from({ length: 12 }, (_, month) => ["nb", "en"].map((language) => words.fold(new Date(Date.UTC(2000, month, 1)).toLocaleString(language, { month: "long", timeZone: "UTC" }))));
let index = null;
const arrived = []; // names of what has come so far, as long as there is no index

texts.add({
  searchNear: ["lignende navn", "similar name"],
  searchAboutNear: ["lignende ord", "similar word"],
});

function allLabels(id) {
  return Object.values(data.words[id]?.label ?? data.entities.get(id)?.label ?? {});
}

function namesOf(entity) {
  return [...new Set([...Object.values(entity.label ?? {}), ...(entity.also ?? [])])];
}

/* The places, counties and police districts of an event, as their ids. */
function areasOf(event) {
  const areas = (event.places ?? []).map((place) => data.areas[place]).filter(Boolean);
  return [...(event.places ?? []), ...areas.flatMap((area) => [area.county, ...area.countiesNow, area.district]).filter(Boolean)];
}

function aboutOf(entity) {
  if (entity.kind === "person") return [...offices.of(entity.id).map(({ post }) => post), ...(entity.memberOf ?? [])].flatMap(allLabels);
  if (!data.isEvent(entity)) return (entity.type ?? []).flatMap(allLabels);
  const ids = [...areasOf(entity), ...(entity.topics ?? []), ...(entity.ofBody ?? [])];
  return [...ids.flatMap(allLabels), ...(entity.placesAsWritten ?? []), ...(entity.venues ?? []), ...(entity.topicsAsWritten ?? [])];
}

/* Years and months in which an event can have been. */
function timesOf({ earliest, latest }) {
  if (!earliest || !latest) return [];
  const [first, last] = [earliest, latest].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1);
  const result = [];
  for (let year = Math.floor(first / 12); year <= Math.min(Math.floor(last / 12), Math.floor(first / 12) + YEARS); year += 1) result.push(String(year));
  for (let month = first; month <= Math.min(last, first + MONTHS); month += 1) result.push(...MONTH_WORDS[month % 12]);
  return result;
}

function weightOf(entity) {
  if (data.isEvent(entity)) return data.tiesOf.get(entity.id).length;
  const events = new Set();
  if (data.served) return data.degree(entity.id);
  for (const tie of data.tiesOf.get(entity.id)) if (values.isPart(tie)) events.add(tie.to);
  return events.size;
}

/** Makes the index, step by step: what calls it may do other things in between.
 * @returns {Generator<void, void>} */
function* prepare() {
  const builder = searchIndex.builder();
  const entities = [...data.entities.values()];
  const group = new Uint8Array(entities.length);
  const keys = new Float64Array(entities.length); // by weight, then as they come, in one number
  for (const [at, entity] of entities.entries()) {
    builder.add(namesOf(entity), aboutOf(entity), data.isEvent(entity) ? timesOf(entity) : []);
    group[at] = GROUP_OF[entity.kind] ?? 3;
    keys[at] = (1e6 - weightOf(entity)) * 1e7 + at;
    if (at % 50 === 0) yield;
  }
  keys.sort();
  index = { ...(yield* builder.finish()), entities, group, order: Int32Array.from(keys, (key) => key % 1e7) };
  arrived.length = 0;
}

/** Whether everything is found: it is not while the rest of a large graph is read.
 * @returns {boolean} */
function isReady() {
  return index !== null;
}

/** What is found of each group, the best first, at most so many of each, and how many there are.
 * @param {any} query @param {number} most @param {boolean} inside @returns {{key: string, hits: any[], count: number}[]} */
function find(query, most, inside) {
  if (!query.sought.length) return [];
  const { ranks, entities, group, order } = index ? { ...index, ranks: searchIndex.lookup(index, query, inside) } : soFar(query);
  const hits = GROUPS.map(() => Array.from({ length: RANK.inside + 1 }, () => []));
  const counts = GROUPS.map(() => 0);
  for (let place = 0; place < order.length; place += 1) {
    const rank = ranks[order[place]];
    if (rank === RANK.none) continue;
    const of = group[order[place]];
    counts[of] += 1;
    if (hits[of][rank].length < most) hits[of][rank].push({ at: order[place], rank, place });
  }
  return GROUPS.map((key, of) => {
    const best = hits[of].flat().slice(0, most).map(({ at, rank, place }) => hitOf(entities[at], rank, place, query));
    const labels = new Map();
    for (const hit of best) labels.set(hit.label, [...(labels.get(hit.label) ?? []), hit.id]);
    for (const hit of best) hit.namesakes = labels.get(hit.label);
    return { key, hits: best, count: counts[of] };
  }).filter(({ count }) => count);
}

/* Of a graph that is still read, the names that have come, without their meetings. */
function soFar({ whole, sought }) {
  const until = performance.now() + PATIENCE;
  let at = 0;
  for (const entity of data.entities.values()) {
    at += 1;
    if (at <= arrived.length) continue;
    arrived.push({ entity, names: namesOf(entity).map((name) => { const folded = words.fold(name); return `\t ${folded}\t ${words.loose(folded)}`; }).join("") });
    if (at % 100 === 0 && performance.now() > until) break;
  }
  const ranks = Uint8Array.from(arrived, ({ names }) => {
    if (!sought.every(({ loose }) => names.includes(` ${loose}`))) return RANK.none;
    return names.includes(`\t ${whole}`) ? RANK.beginning : RANK.words;
  });
  return { ranks, entities: arrived.map(({ entity }) => entity), group: Uint8Array.from(arrived, ({ entity }) => GROUP_OF[entity.kind] ?? 3), order: Int32Array.from(arrived, (_, each) => each) };
}

function hitOf(entity, rank, place, query) {
  return {
    group: GROUPS[GROUP_OF[entity.kind] ?? 3], kind: entity.kind, id: entity.id, label: data.label(entity.id), rank, place, namesakes: [],
    get detail() { return detail(entity, this, query); },
  };
}

/* What tells an entity from others of its name: another name by which it was found, office or party, meetings, their years. */
function detail(entity, hit, query) {
  const near = { [RANK.near]: "searchNear", [RANK.aboutNear]: "searchAboutNear" }[hit.rank];
  const parts = [otherName(entity, hit, query), near ? texts.text(near) : "", GROUP_OF[entity.kind] === undefined ? texts.text(`kind_${entity.kind}`).toLocaleLowerCase(texts.language) : ""];
  if (data.isEvent(entity)) parts.push(...ofEvent(entity));
  else parts.push(...ofActor(entity, query));
  if (hit.namesakes.length > 1) parts.push(...searchNamesakes.distinguishing(entity.id, hit.namesakes));
  return parts.filter(Boolean).join(" · ");
}

/* The name that has what was typed, where the one that is shown has not. */
function otherName(entity, hit, { sought }) {
  if (hit.rank > RANK.loose) return "";
  return words.has(hit.label, sought) ? "" : dom.plain(namesOf(entity).find((name) => words.has(name, sought)) ?? "");
}

function ofEvent(entity) {
  const where = [...data.labels(entity.places), ...(entity.placesAsWritten ?? []).map(dom.plain)];
  return [
    entity.kind === "event" ? "" : texts.text(`kind_${entity.kind}`).toLocaleLowerCase(texts.language),
    entity.earliest && entity.latest ? texts.span(entity.earliest, entity.latest) : "", where.slice(0, 2).join(", "),
    entity.status === "status:planned" ? data.label(entity.status) : "",
  ];
}

function ofActor(entity, { sought }) {
  const counted = agentNumbers.of(entity.id);
  const all = offices.of(entity.id);
  const asked = all.filter(({ post }) => sought.some((each) => words.has(allLabels(post).join(" "), [each])));
  const office = (asked.length ? asked : all).at(-1);
  const count = counted.certain + counted.planned + counted.possible;
  return [
    office ? offices.inWords(office) : data.labels(entity.memberOf)[0] ?? "",
    count || entity.kind === "person" || entity.kind === "body" ? meetings.inWords(counted) : "",
    counted.first ? meetings.years(counted.first, counted.last) : "",
    otherSpellings.inWords(entity.id),
  ];
}

export { allLabels, find, isReady, MONTH_WORDS, prepare };
