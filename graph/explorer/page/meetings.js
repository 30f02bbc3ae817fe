/* Meetings of people and organisations: those in which they have a part, each once, by the surest tie. A part is no presence. */
import * as data from "./data.js";
import * as selection from "./selection.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

const SURE = ["certain", "planned", "possible"];
const AHEAD = ["attendance:invited", "attendance:expected"];

texts.add({
  meetingsCertain: ["{count} møter", "{count} meetings"],
  meetingsCertainOne: ["ett møte", "one meeting"],
  meetingsPlanned: ["{count} planlagte", "{count} planned"],
  meetingsPlannedOne: ["ett planlagt", "one planned"],
  meetingsPossible: ["{count} mulige", "{count} possible"],
  meetingsPossibleOne: ["ett mulig", "one possible"],
  meetingsNone: ["ingen møter", "no meetings"],
});

/** How sure a part is: who was asked or expected is planned, whatever the meeting became.
 * @param {any} tie @returns {"certain" | "planned" | "possible"} */
function certaintyOf(tie) {
  if (tie.kind === "possible") return "possible";
  return tie.certainty === "planned" || AHEAD.includes(tie.attendance) ? "planned" : "certain";
}

/** The meetings of an agent: for each the ties, the surest first, and how sure that is.
 * @param {string} id @param {(tie: object) => boolean} [passes] @returns {Map<string, {ties: any[], certainty: string}>} */
function of(id, passes = () => true) {
  const result = new Map();
  for (const tie of data.tiesOf.get(id) ?? []) {
    if (tie.from !== id || !values.isPart(tie) || !passes(tie)) continue;
    const here = result.get(tie.to) ?? { ties: [], certainty: certaintyOf(tie) };
    here.ties.push(tie);
    here.certainty = surer(here.certainty, certaintyOf(tie));
    result.set(tie.to, here);
  }
  for (const { ties } of result.values()) ties.sort((one, other) => SURE.indexOf(certaintyOf(one)) - SURE.indexOf(certaintyOf(other)));
  return result;
}

function surer(one, other) {
  return SURE.indexOf(one) <= SURE.indexOf(other) ? one : other;
}

/** As sure as the weaker of two parts.
 * @param {string} one @param {string} other @returns {string} */
function weaker(one, other) {
  return SURE.indexOf(one) >= SURE.indexOf(other) ? one : other;
}

/** The parts of an agent in meetings that the filters let through, whatever kind is asked for.
 * @param {string} id @param {any} filters @returns {Map<string, {ties: any[], certainty: string}>} */
function passing(id, filters) {
  const passes = new Set(selection.tiesThatPass(id, { ...filters, kind: undefined }));
  return of(id, (tie) => passes.has(tie));
}

/** The parts in a meeting that the filters of ties let through, all of everybody.
 * @param {string} event @param {any} [filters] @returns {any[]} ties */
function tiesIn(event, filters = {}) {
  const passes = (tie, facet) => !filters[facet] || values.OF[facet](tie).some((value) => filters[facet].includes(value));
  return values.partsIn(data.entities.get(event)).filter((tie) => values.OF_TIE.every((facet) => passes(tie, facet)));
}

/** Everybody with a part in a meeting that the filters of ties let through, each with the surest tie.
 * @param {string} event @param {any} [filters] @returns {Map<string, any>} */
function partsIn(event, filters = {}) {
  const result = new Map();
  for (const tie of tiesIn(event, filters)) {
    const before = result.get(tie.from);
    if (!before || SURE.indexOf(certaintyOf(tie)) < SURE.indexOf(certaintyOf(before))) result.set(tie.from, tie);
  }
  return result;
}

/** People and organisations with a part in the same meetings, by how many are certain, planned and possible: as sure as the weaker
 * of the two parts. Two who may have held the same office are not two who met.
 * @param {string} id @param {Map<string, {ties: any[], certainty: string}>} meetings @param {any} [filters]
 * @returns {{id: string, certain: number, planned: number, possible: number}[]} those of most certain meetings first */
function counterparts(id, meetings, filters = {}) {
  const result = new Map();
  for (const [event, { ties: [own], certainty }] of meetings) {
    for (const [other, tie] of partsIn(event, filters)) {
      if (other === id || !["person", "body"].includes(data.entities.get(other).kind) || areAlternatives(own, tie)) continue;
      if (!result.has(other)) result.set(other, { id: other, certain: 0, planned: 0, possible: 0 });
      result.get(other)[weaker(certainty, certaintyOf(tie))] += 1;
    }
  }
  return [...result.values()].sort((one, other) => other.certain - one.certain || other.planned - one.planned || other.possible - one.possible
    || data.label(one.id).localeCompare(data.label(other.id), texts.language) || (one.id < other.id ? -1 : 1));
}

/* Candidates of the registry for one office in the same claims: at most one of them was there. */
function areAlternatives(one, other) {
  // What comes from columns has a number for it; of two of which one does, both do.
  if (one.alternative !== undefined && other.alternative !== undefined) return one.alternative > 0 && one.alternative === other.alternative;
  const office = (tie) => (tie.kind === "possible" && tie.memberships.length ? [...tie.claims, ...(tie.capacity ?? [])].join(" ") : null);
  return office(one) !== null && office(one) === office(other);
}

/** Meetings in order of time, the last first; those of no known time at the end.
 * @param {Iterable<string>} ids @returns {string[]} */
function byTime(ids) {
  const key = (id) => data.entities.get(id).latest || "";
  return [...ids].sort((one, other) => (key(one) > key(other) ? -1 : key(one) < key(other) ? 1 : one < other ? -1 : 1));
}

/** How many meetings there are, by certainty, and the first and last year of those whose time is known.
 * @param {Map<string, {certainty: string}>} meetings @returns {{certain: number, planned: number, possible: number, first: string, last: string}} */
function numbers(meetings) {
  const result = { certain: 0, planned: 0, possible: 0, first: "", last: "" };
  for (const [id, { certainty }] of meetings) {
    result[certainty] += 1;
    const { earliest, latest } = data.entities.get(id);
    if (!earliest || !latest) continue;
    if (!result.first || earliest.slice(0, 4) < result.first) result.first = earliest.slice(0, 4);
    if (latest.slice(0, 4) > result.last) result.last = latest.slice(0, 4);
  }
  return result;
}

/** The numbers in words; certain, planned and possible ones are never added up.
 * @param {{certain: number, planned: number, possible: number}} counted @returns {string} */
function inWords({ certain, planned, possible }) {
  const numbered = [[certain, "meetingsCertainOne", "meetingsCertain"], [planned, "meetingsPlannedOne", "meetingsPlanned"], [possible, "meetingsPossibleOne", "meetingsPossible"]];
  return numbered.filter(([count]) => count).map(([count, one, several]) => texts.text(count === 1 ? one : several, { count: texts.count(count) })).join(", ") || texts.text("meetingsNone");
}

/** Years as people write them: one, or from one to another.
 * @param {string} first @param {string} last @returns {string} */
function years(first, last) {
  return first === last ? first : `${first}–${last}`;
}

export { byTime, certaintyOf, counterparts, inWords, numbers, of, partsIn, passing, tiesIn, weaker, years };
