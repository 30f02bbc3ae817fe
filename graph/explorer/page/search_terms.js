/* Search for what filters choose: places, counties, topics, years, months, status; and for ready questions. */
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as searchEntities from "./search_entities.js";
import * as searchIndex from "./search_index.js";
import * as words from "./search_words.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

const { RANK } = searchIndex;
const FACETS = ["place", "county", "countyNow", "district", "topic", "status"];
let index = null;
let calendar = { of: null, years: new Map(), months: new Map() };

/* How many meetings can have been in each month and year. The columns have it before all the names have come. */
function allTimes() {
  if (counts.canCount() && calendar.of !== counts.index) {
    const whole = counts.passing({});
    calendar = { of: counts.index, years: counts.counts("year", whole), months: counts.counts("month", whole) };
  }
  return calendar.of ? calendar : index;
}

texts.add({
  searchMeetings: ["{count} møter", "{count} meetings"],
  searchMeetingsOne: ["ett møte", "one meeting"],
  searchAsWritten: ["som kilden skriver det", "as the source writes it"],
});

/** Makes the index of what the meetings have in common, step by step.
 * @returns {Generator<void, void>} */
function* prepare() {
  const { found, years, months } = data.served ? fromColumns() : yield* fromRecords();
  const builder = searchIndex.builder();
  const terms = [...found].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([key, count]) => {
    const facet = key.slice(0, key.indexOf(" "));
    return { facet, value: key.slice(facet.length + 1), count };
  });
  for (const [number, { value }] of terms.entries()) {
    builder.add(value.startsWith('"') ? [value.slice(1)] : searchEntities.allLabels(value));
    if (number % 200 === 0) yield;
  }
  index = { ...(yield* builder.finish()), terms, statuses: terms.filter(({ facet }) => facet === "status"), years, months };
}

/* How many meetings have each value, where their records are on a server. */
function fromColumns() {
  const whole = counts.passing({});
  return { found: new Map(FACETS.flatMap((facet) => [...counts.counts(facet, whole)].map(([value, count]) => [`${facet} ${value}`, count]))), ...allTimes() };
}

/** @returns {Generator<void, {found: Map<string, number>, years: Map<string, number>, months: Map<string, number>}>} */
function* fromRecords() {
  const found = new Map();
  const [years, months] = [new Map(), new Map()];
  const more = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  let at = 0;
  for (const event of data.entities.values()) {
    at += 1;
    if (at % 200 === 0) yield;
    if (event.kind !== "event") continue;
    for (const facet of FACETS) for (const value of new Set(values.OF[facet](event))) more(found, `${facet} ${value}`);
    for (const month of values.monthsOf(event)) more(months, month);
    for (const year of new Set(values.monthsOf(event).map((month) => month.slice(0, 4)))) more(years, year);
  }
  return { found, years, months };
}

function inMeetings(count) {
  return texts.text(count === 1 ? "searchMeetingsOne" : "searchMeetings", { count: texts.count(count) });
}

/** The places, counties, districts and topics that are found.
 * @param {any} query @param {number} most @param {boolean} inside @returns {{hits: any[], count: number}} */
function places(query, most, inside) {
  if (!index || !query.sought.length) return { hits: [], count: 0 };
  const ranks = searchIndex.lookup(index, query, inside);
  const found = [];
  // A register has tens of thousands of them: nothing is made of those that are not found.
  for (let at = 0; at < ranks.length; at += 1) if (ranks[at] !== RANK.none && index.terms[at].facet !== "status") found.push({ ...index.terms[at], at, rank: ranks[at] });
  // Today's county of the same name as the one of the time is the same to who types it.
  const once = found.filter((term) => term.facet !== "countyNow" || !found.some((other) => other.facet === "county" && data.label(other.value) === data.label(term.value)));
  once.sort((one, other) => one.rank - other.rank || one.at - other.at);
  return { hits: once.slice(0, most).map(termHit), count: once.length };
}

function termHit({ facet, value, count, rank }) {
  const written = value.startsWith('"');
  return {
    group: "places", kind: facet, id: value, rank: Math.max(rank, RANK.loose), filters: { [facet]: [value] },
    label: written ? texts.quoted(dom.plain(value.slice(1))) : texts.capital(data.label(value)),
    get detail() { return [texts.text(`facet_${facet}`), written ? texts.text("searchAsWritten") : "", inMeetings(count)].filter(Boolean).join(" · "); },
  };
}

/* Which month a word may be the beginning of, in both languages; 0 to 11. */
function monthsNamed(word) {
  if (word.length < 3) return [];
  return searchEntities.MONTH_WORDS.flatMap((named, month) => (named.some((each) => each.startsWith(word)) ? [month] : []));
}

/* What words say of time and status: the beginning of a year, a month, a status; null where one of them says something else. */
function timesIn(sought) {
  const result = { year: "", months: null, status: null };
  for (const { word, loose } of sought) {
    const named = monthsNamed(word);
    if (/^[12]\d{0,3}$/.test(word) && word.length > 1 && !result.year) result.year = word;
    else if (named.length && !result.months) result.months = named;
    else if (!result.status && loose.length > 3) {
      const status = (index?.statuses ?? []).filter(({ value }) => searchEntities.allLabels(value).some((label) => words.loose(words.fold(label)).startsWith(loose)));
      if (!status.length) return null;
      result.status = status[0];
    } else return null;
  }
  return result;
}

/** The years, months and days that are found, and what is planned or held.
 * @param {any} query @param {string} typed @param {number} most @returns {{hits: any[], count: number}} */
function times({ sought }, typed, most) {
  if (!allTimes() || !sought.length) return { hits: [], count: 0 };
  const day = [days.typed(typed, false), days.typed(typed, true)];
  if (day[0] && day[1] && /\D/.test(typed.trim())) {
    const hit = timeHit(day[0], day[1], null);
    return hit.count ? { hits: [hit], count: 1 } : { hits: [], count: 0 };
  }
  const asked = timesIn(sought);
  if (!asked) return { hits: [], count: 0 };
  const hits = spansOf(asked).map(([first, last]) => timeHit(first, last, asked.status)).filter(({ count }) => count);
  return { hits: hits.slice(0, most), count: hits.length };
}

/* The spans that words may mean: years that begin so, months of each year that there is, or all the time. */
function spansOf({ year, months, status }) {
  if (months) {
    return [...allTimes().months.keys()].filter((key) => key.startsWith(year) && months.includes(Number(key.slice(5)) - 1)).sort()
      .map((key) => [days.typed(key, false), days.typed(key, true)]);
  }
  if (year) return [...allTimes().years.keys()].filter((key) => key.startsWith(year)).sort().map((key) => [`${key}-01-01`, `${key}-12-31`]);
  return status ? [["", ""]] : [];
}

function timeHit(first, last, status) {
  const isYear = first.endsWith("-01-01") && last.endsWith("-12-31");
  const when = first ? (isYear ? first.slice(0, 4) : texts.span(first, last)) : "";
  return {
    group: "times", kind: "time", id: [first, last, status?.value ?? ""].join(" "), rank: RANK.exact,
    label: texts.capital([status ? data.label(status.value) : "", when].filter(Boolean).join(", ")),
    filters: { ...(first && { span: [first, last] }), ...(status && { status: [status.value] }) },
    count: countOf(first, last, isYear, status),
    get detail() { return inMeetings(this.count); },
  };
}

function countOf(first, last, isYear, status) {
  if (status && !first) return status.count;
  if (!status && isYear) return allTimes().years.get(first.slice(0, 4)) ?? 0;
  if (!status && first.slice(0, 7) === last.slice(0, 7) && first !== last) return allTimes().months.get(first.slice(0, 7)) ?? 0;
  if (data.served) return counts.meetingCount({ span: [first, last], ...(status && { status: [status.value] }) });
  let result = 0;
  for (const event of data.entities.values()) {
    if (event.kind === "event" && event.earliest && event.latest && event.earliest <= last && event.latest >= first && (!status || event.status === status.value)) result += 1;
  }
  return result;
}

/** The ready questions: those that have all words, or, where a question is typed, those that have most of them.
 * @param {any} query @param {number} most @returns {{hits: any[], count: number}} */
function questions({ all, sought, asks }, most) {
  const found = data.questions.map((question) => {
    const text = ` ${Object.values(question.summary).map((label) => words.loose(words.fold(label))).join(" ")}`;
    const has = (word) => text.includes(` ${words.loose(word)}`);
    const telling = sought.filter(({ word }) => has(word)).length;
    return { question, isWhole: telling === sought.length && sought.length > 0, has: all.filter(has).length };
  }).filter(({ isWhole, has }) => (all.join("").length > 2 && isWhole) || (asks && all.length > 2 && has > 1));
  found.sort((one, other) => Number(other.isWhole) - Number(one.isWhole) || other.has - one.has);
  const hits = found.slice(0, most).map(({ question, isWhole }) => ({
    group: "questions", kind: "question", id: question.name, rank: isWhole && asks ? RANK.beginning : RANK.aboutNear,
    label: question.summary[texts.language] ?? question.summary.nb, detail: question.group[texts.language] ?? question.group.nb,
  }));
  return { hits, count: found.length };
}

export { places, prepare, questions, times };
