/* Counts over the whole graph: which entities and ties the filters let through, and how many of them have which value. All
   of it is done on arrays of numbers (`column_store.js`), so that a graph whose records are not in the page is counted too. */
import * as columnStore from "./column_store.js";
import { NO_DAY } from "./column_store.js";
import * as countIndex from "./count_index.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as preview from "./preview.js";
import { useValues } from "./values.js";

// Facets of events, beside those by days: what no event of which passes is left out.
const OF_EVENT = ["status", "county", "countyNow", "district", "topic", "place", "source"];
const OF_TIE = ["role", "certainty"];
const BY_DAYS = ["month", "span"];
// So many answers are kept.
const KEPT = 24;

// Until the columns of a graph on a server come, what the page has of the whole.
/** @type {any} */
let index = data.served?.preview.spans ? preview.make(data.served) : null;
let isComplete = false;
const BY_TIME = { month: (passed) => inMonths(passed, false), certainMonth: (passed) => inMonths(passed, true), year: inYears };
const kept = new Map();
useValues((facet) => (canCount() ? index.facets[facet]?.names : null));

/** Gets ready to count; resolves when it is, with false where the page has no columns, or not all of them. */
async function prepare() {
  const columns = await columnStore.load().catch(() => null);
  if (columns && !canCount()) {
    index = countIndex.make(columns, data.areas);
    data.useIndex(index);
  }
  return Boolean(columns);
}

/** Whether the whole graph can be counted. */
function canCount() {
  return index !== null && !index.isPreview;
}

/** Whether the overview can be shown: what passes these filters is counted, or there are none and the page has a preview. */
function canShow(filters) {
  return canCount() || (index !== null && !Object.keys(filters).length);
}

/** Whether it can be counted, and the records of all that is counted are there and can be searched. */
function isReady() {
  return canCount() && isComplete && data.isWhole();
}

/** All records have arrived. */
function complete() {
  isComplete = true;
}

/** The same filters in the same order, whoever asks. */
function keyOf(filters) {
  return JSON.stringify(Object.entries(filters).filter(([, values]) => values).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * What all filters let through: of each entity and tie 1 where it passes, and how many entities do. An actor stays as long as
 * a tie of it does; of an event the facets of events decide, and, where it is asked for ties, that one of its own passes.
 * Filters are those of the state, `place` and `source`, and `actor`: ids of agents who all have a part in an event.
 * @param {Record<string, string[]>} filters
 */
function passing(filters) {
  const key = keyOf(filters);
  if (kept.has(key)) return kept.get(key);
  const { columns: { arrays, entities, ties } } = index;
  const tiesOff = tieFilter(filters);
  const eventsOff = eventFilter(filters, tiesOff);
  const out = eventsOff ?? new Uint8Array(entities);
  if (filters.kind) {
    const fails = failing("kind", filters.kind);
    for (let entity = 0; entity < entities; entity += 1) if (fails[entity]) out[entity] = 1;
  }
  const result = { filters, key, entitiesOn: new Uint8Array(entities), tiesOn: new Uint8Array(ties), count: 0, counts: new Map() };
  const tied = new Uint8Array(entities);
  const { isEvent } = index;
  for (let tie = 0; tie < ties; tie += 1) {
    const one = arrays.from[tie];
    const other = arrays.to[tie];
    if (out[one] || out[other] || tiesOff?.[tie] || (eventsOff && !isEvent[one] && !isEvent[other])) continue;
    result.tiesOn[tie] = tied[one] = tied[other] = 1;
  }
  for (let entity = 0; entity < entities; entity += 1) {
    if (out[entity] || !(tied[entity] || (!tiesOff && (isEvent[entity] || !eventsOff)))) continue;
    result.entitiesOn[entity] = 1;
    result.count += 1;
  }
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
  kept.set(key, result);
  return result;
}

/** Of each tie 1 where it is filtered out; null where no filter asks for ties. */
function tieFilter(filters) {
  return OF_TIE.filter((facet) => filters[facet]).map((facet) => failing(facet, filters[facet])).reduce(either, null);
}

/** Of each entity 1 where it is an event that is filtered out; null where no filter asks for events. */
function eventFilter(filters, tiesOff) {
  const asked = OF_EVENT.filter((facet) => filters[facet]).map((facet) => failing(facet, filters[facet]));
  if (filters.month) asked.push(outsideMonths(filters.month));
  if (filters.span) asked.push(outsideSpan(filters.span));
  if (filters.actor) asked.push(withoutActors(filters.actor, tiesOff));
  const result = asked.reduce(either, null);
  if (result) for (let entity = 0; entity < result.length; entity += 1) result[entity] &= index.isEvent[entity];
  return result;
}

function either(one, other) {
  if (!one) return other;
  for (let place = 0; place < one.length; place += 1) one[place] |= other[place];
  return one;
}

/** Of each record of a facet 1 where it has none of the chosen values. */
function failing(facet, chosen) {
  const { rows, start, names, lists } = index.facets[facet];
  const numbers = new Set(chosen.map((value) => names.indexOf(value)));
  const wanted = Uint8Array.from(lists, (list) => (list.some((value) => numbers.has(value)) ? 1 : 0));
  if (!start) {
    // A loop takes a tenth of what an array makes of a function for each of a million.
    const fails = new Uint8Array(rows.length);
    for (let record = 0; record < fails.length; record += 1) fails[record] = 1 - wanted[rows[record]];
    return fails;
  }
  const result = new Uint8Array(start.length - 1).fill(1);
  for (let record = 0; record < result.length; record += 1) {
    for (let at = start[record]; at < start[record + 1]; at += 1) if (wanted[rows[at]]) result[record] = 0;
  }
  return result;
}

function outsideMonths(chosen) {
  const { firstMonth, lastMonth } = index;
  const wanted = chosen.map(countIndex.monthNumber).filter((month) => month >= 0);
  const result = new Uint8Array(firstMonth.length).fill(1);
  for (let entity = 0; entity < result.length; entity += 1) {
    if (firstMonth[entity] < 0) continue;
    for (const month of wanted) if (month >= firstMonth[entity] && month <= lastMonth[entity]) result[entity] = 0;
  }
  return result;
}

/** Of one without a known time nothing says that it was in a span. */
function outsideSpan([from, to]) {
  const { earliest, latest } = index.columns.arrays;
  // Whole numbers are compared, a million times, and no names of another module are looked up.
  const first = from ? days.number(from) : NO_DAY;
  const last = to ? days.number(to) : 2 ** 31 - 1;
  const result = new Uint8Array(earliest.length);
  for (let entity = 0; entity < result.length; entity += 1) {
    const known = earliest[entity] !== NO_DAY && latest[entity] !== NO_DAY;
    result[entity] = known && latest[entity] >= first && earliest[entity] <= last ? 0 : 1;
  }
  return result;
}

/** Of each entity 0 where all of these agents have a part in it by ties that are let through. */
function withoutActors(ids, tiesOff) {
  const weakest = strengthOf(ids, tiesOff);
  return weakest.map((strength) => (strength ? 0 : 1));
}

/** How strong a part of all of these agents is in each meeting: that of the weakest, each by its strongest tie. */
function strengthOf(ids, tiesOff) {
  const { columns: { arrays, entities }, fromStart, fromTies, strength } = index;
  let result = null;
  for (const id of ids) {
    const own = new Uint8Array(entities);
    const agent = data.numberOf(id);
    for (let at = agent === undefined ? 0 : fromStart[agent]; agent !== undefined && at < fromStart[agent + 1]; at += 1) {
      const tie = fromTies[at];
      const event = arrays.to[tie];
      if (!tiesOff?.[tie] && strength[tie] > own[event]) own[event] = strength[tie];
    }
    result = result ? result.map((value, entity) => Math.min(value, own[entity])) : own;
  }
  return result;
}

/**
 * How many of what is let through have each value of a facet: events for facets of events, ties for those of ties.
 * @returns {Map<string, number>} without values that nothing has
 */
function counts(facet, passed) {
  if (!passed.counts.has(facet)) passed.counts.set(facet, BY_TIME[facet] ? BY_TIME[facet](passed) : inFacet(facet, passed));
  return new Map(passed.counts.get(facet));
}

function inFacet(facet, { entitiesOn, tiesOn }) {
  const { of, rows, start, names, lists } = index.facets[facet];
  if (!names.length) return new Map();
  const on = of === "tie" ? tiesOn : entitiesOn;
  const result = new Int32Array(names.length);
  // Most records have one row: rows are counted, and what they stand for afterwards.
  const inRows = new Int32Array(lists.length);
  const last = new Int32Array(names.length).fill(-1); // the last record of several rows that was counted for a value
  const { meets } = index;
  for (let record = 0; record < on.length; record += 1) {
    if (!on[record] || (of === "event" && !meets[record])) continue;
    const from = start ? start[record] : record;
    const to = start ? start[record + 1] : record + 1;
    if (to - from === 1) {
      inRows[rows[from]] += 1;
      continue;
    }
    for (let at = from; at < to; at += 1) {
      for (const value of lists[rows[at]]) {
        if (last[value] === record) continue;
        last[value] = record;
        result[value] += 1;
      }
    }
  }
  for (let row = 0; row < inRows.length; row += 1) if (inRows[row]) for (const value of new Set(lists[row])) result[value] += inRows[row];
  return new Map(names.map((name, value) => [name, result[value]]).filter(([, count]) => count));
}

/** Meetings by every year in which they can have been. */
function inYears({ entitiesOn }) {
  const { firstMonth, lastMonth, meets } = index;
  const result = new Map();
  for (let event = 0; event < meets.length; event += 1) {
    if (!meets[event] || !entitiesOn[event] || firstMonth[event] < 0) continue;
    const last = Math.floor(lastMonth[event] / 12);
    for (let year = Math.floor(firstMonth[event] / 12); year <= last; year += 1) result.set(year, (result.get(year) ?? 0) + 1);
  }
  return new Map([...result].map(([year, count]) => [String(year).padStart(4, "0"), count]));
}

/** How many meetings the filters let through. */
function meetingCount(filters) {
  const { entitiesOn } = passing(filters);
  let result = 0;
  for (let event = 0; event < entitiesOn.length; event += 1) result += entitiesOn[event] & index.meets[event];
  return result;
}

/** Meetings by every month in which they can have been, or by the one in which they were. */
function inMonths({ entitiesOn }, certain) {
  const { firstMonth, lastMonth, monthBounds: [first, last], meets } = index;
  const result = new Int32Array(Math.max(0, last - first + 1));
  for (let event = 0; event < meets.length; event += 1) {
    if (!meets[event] || !entitiesOn[event] || firstMonth[event] < 0 || (certain && firstMonth[event] !== lastMonth[event])) continue;
    for (let month = firstMonth[event]; month <= lastMonth[event]; month += 1) result[month - first] += 1;
  }
  const named = new Map();
  for (let month = 0; month < result.length; month += 1) if (result[month]) named.set(countIndex.monthName(first + month), result[month]);
  return named;
}

/** The ids of at most so many of what is let through: the meetings of most ties with all who are tied to them, then others. */
function best({ entitiesOn, tiesOn }, most) {
  const { columns: { arrays: { from, to } }, meets, fromStart, fromTies, toStart } = index;
  const chosen = new Set();
  const add = (tie, neighbour) => { if (chosen.size < most && tiesOn[tie] && entitiesOn[neighbour] && !meets[neighbour]) chosen.add(neighbour); };
  for (const entity of countIndex.orderOf(index)) {
    if (chosen.size >= most) break;
    if (!entitiesOn[entity]) continue;
    chosen.add(entity);
    if (!meets[entity]) continue;
    for (let tie = toStart[entity]; tie < toStart[entity + 1]; tie += 1) add(tie, from[tie]);
    for (let at = fromStart[entity]; at < fromStart[entity + 1]; at += 1) add(fromTies[at], to[fromTies[at]]);
  }
  return new Set([...chosen].map(data.idAt).filter((id) => id !== undefined));
}

export { complete, prepare, passing, counts, best, canCount, canShow, isReady, meetingCount, strengthOf, tieFilter, keyOf, BY_DAYS, index };
