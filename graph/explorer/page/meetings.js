/* Meetings of people and organisations: those in which they have a part, each once, by the surest tie. A part is no presence. */
import * as data from "./data.js";
import * as texts from "./texts.js";

const SURE = ["certain", "planned", "possible"];
let holdings = null;

texts.add({
  meetingsCertain: ["{count} møter", "{count} meetings"],
  meetingsCertainOne: ["ett møte", "one meeting"],
  meetingsPlanned: ["{count} planlagte", "{count} planned"],
  meetingsPlannedOne: ["ett planlagt", "one planned"],
  meetingsPossible: ["{count} mulige", "{count} possible"],
  meetingsPossibleOne: ["ett mulig", "one possible"],
  meetingsNone: ["ingen møter", "no meetings"],
});

function isPart(tie) {
  return (tie.kind === "part" || tie.kind === "possible") && data.entities.get(tie.to)?.kind === "event";
}

/** The meetings of an agent: for each the ties, the surest first, and how sure that is.
 * @param {string} id @param {(tie: object) => boolean} [passes] @returns {Map<string, {ties: object[], certainty: string}>} */
function of(id, passes = () => true) {
  const result = new Map();
  for (const tie of data.tiesOf.get(id) ?? []) {
    if (tie.from !== id || !isPart(tie) || !passes(tie)) continue;
    const here = result.get(tie.to) ?? { ties: [], certainty: tie.certainty };
    here.ties.push(tie);
    here.certainty = surer(here.certainty, tie.certainty);
    result.set(tie.to, here);
  }
  for (const { ties } of result.values()) ties.sort((one, other) => SURE.indexOf(one.certainty) - SURE.indexOf(other.certainty));
  return result;
}

function surer(one, other) {
  return SURE.indexOf(one) <= SURE.indexOf(other) ? one : other;
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

/** The offices of a person, in the order of their time.
 * @param {string} id @returns {object[]} */
function officesOf(id) {
  // Of a large graph more may have come.
  if (!holdings || holdings.isWhole !== data.isWhole()) {
    const byPerson = new Map();
    for (const holding of Object.values(data.memberships)) byPerson.set(holding.person, [...(byPerson.get(holding.person) ?? []), holding]);
    for (const each of byPerson.values()) each.sort((one, other) => (one.begin[0] || "~").localeCompare(other.begin[0] || "~") || (one.id < other.id ? -1 : 1));
    holdings = { isWhole: data.isWhole(), byPerson };
  }
  return holdings.byPerson.get(id) ?? [];
}

export { inWords, isPart, numbers, of, officesOf, years };
