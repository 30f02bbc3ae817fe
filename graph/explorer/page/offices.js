/* Offices: who held which, from when to when, and which of them on the day of a meeting. */
import * as data from "./data.js";
import * as texts from "./texts.js";

const { text } = texts;

texts.add({
  officeThen: ["Verv da", "Office then"],
  officeEarlier: ["Verv før", "Office earlier"],
  officeLater: ["Verv senere", "Office later"],
});

let holdings = { isWhole: null, byPerson: new Map() };

/* The offices of a person in order of time. Of a large graph more may have come. */
function of(person) {
  if (holdings.isWhole !== data.isWhole()) {
    holdings = { isWhole: data.isWhole(), byPerson: new Map() };
    for (const holding of Object.values(data.memberships)) holdings.byPerson.set(holding.person, [...(holdings.byPerson.get(holding.person) ?? []), holding]);
    for (const each of holdings.byPerson.values()) each.sort(byTime);
  }
  return holdings.byPerson.get(person) ?? [];
}

function byTime(one, other) {
  return (one.begin[0] || "~").localeCompare(other.begin[0] || "~") || (one.id < other.id ? -1 : 1);
}

/* An office with its years, as far as they are known. */
function inWords({ post, begin, end }) {
  const [from, to] = [years(begin), years(end)];
  return `${data.label(post)} (${from || to ? text("years", { from: from || "?", to: to || "?" }) : text("unknownTime")})`;
}

/* The year of a day that is known between two; an empty word where it is not known at all. */
function years([earliest, latest]) {
  const [first, last] = [earliest.slice(0, 4), latest.slice(0, 4)];
  return first && last && first !== last ? text("betweenYears", { first, last }) : first || last;
}

/**
 * The offices of who had a part in a meeting, as rows of the panel: those that can have been held on its day, then earlier
 * and later ones. Nothing where a time is not known.
 * @param {string} person
 * @param {{earliest?: string, latest?: string}} event
 * @returns {[string, string[]][]}
 */
function rows(person, { earliest, latest }) {
  if (!earliest || !latest) return [];
  const [then, earlier, later] = ["officeThen", "officeEarlier", "officeLater"];
  const result = { [then]: [], [earlier]: [], [later]: [] };
  for (const holding of of(person)) {
    const [begins, ends] = [holding.begin[0], holding.end[1]];
    if (!begins && !ends) continue;
    if (begins && begins > latest) result[later].push(inWords(holding));
    else if (ends && ends < earliest) result[earlier].push(inWords(holding));
    else result[then].push(inWords(holding));
  }
  return Object.entries(result).filter(([, words]) => words.length);
}

export { of, inWords, rows };
