/* Aggregates of what the filters let through: meetings by time, by agent, topic and place, and who is new or gone. A meeting is
   counted once, whoever speaks of it, and of an agent once, by the strongest of its ties that pass. */
import { NO_DAY } from "./column_store.js";
import * as countIndex from "./count_index.js";
import * as counts from "./counts.js";
import * as days from "./days.js";

const { PLANNED, CERTAIN, HELD, AHEAD, OFF } = countIndex;
const YEAR = 365;
const KEPT = 24;
// Of a longer time days are not counted one by one.
const MOST_DAYS = 200000;
const kept = new Map();

/** An empty table: for each thing how many meetings are certain, planned and possible, and from when to when they can have been. */
function table(size) {
  return {
    certain: new Int32Array(size), planned: new Int32Array(size), possible: new Int32Array(size), undated: new Int32Array(size),
    first: new Int32Array(size).fill(2 ** 31 - 1), last: new Int32Array(size).fill(NO_DAY),
  };
}

/** Counts a meeting of these days in a row of a table. */
function add(into, row, strength, from, to) {
  if (strength === CERTAIN) into.certain[row] += 1;
  else if (strength === PLANNED) into.planned[row] += 1;
  else into.possible[row] += 1;
  if (from === NO_DAY || to === NO_DAY) {
    into.undated[row] += 1;
    return;
  }
  if (from < into.first[row]) into.first[row] = from;
  if (to > into.last[row]) into.last[row] = to;
}

/**
 * What the filters let through, counted. Of a meeting `strength` is 3 where it was held, 2 where it is planned; where agents are
 * chosen (`filters.actor`), at most that of the weakest of their parts: 1 is a meeting in which they possibly had a part.
 * `agents` has a row for each entity, `topics` and `places` one for each value of their pools.
 * @param {Record<string, string[]>} filters
 */
function overview(filters) {
  if (counts.index.isPreview) return counts.index.overview;
  const passed = counts.passing(filters);
  if (!kept.has(passed.key)) {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
    kept.set(passed.key, counted(passed, filters));
  }
  return kept.get(passed.key);
}

function counted(passed, filters) {
  const { columns: { arrays, pools, entities } } = counts.index;
  const strength = strengthOfMeetings(passed, filters);
  const result = {
    passed, strength, meetings: { held: 0, planned: 0, possible: 0, off: 0, undated: 0 }, first: NO_DAY, last: NO_DAY,
    agents: table(counts.index.agentRows), topics: table(pools.topics.length), places: table(pools.places.length),
  };
  const { meeting } = counts.index;
  const { earliest, latest } = arrays;
  const lists = ["topics", "places"].map((name) => [result[name], arrays[`${name}Start`], arrays[name]]);
  const byStrength = [0, 0, 0, 0];
  let [event, from, to] = [0, 0, 0];
  const count = (agent, part) => add(result.agents, agent, part, from, to);
  for (event = 0; event < entities; event += 1) {
    if (!passed.entitiesOn[event] || !meeting[event]) continue;
    if (meeting[event] === OFF) {
      result.meetings.off += 1;
      continue;
    }
    byStrength[strength[event]] += 1;
    from = earliest[event];
    to = latest[event];
    if (from === NO_DAY || to === NO_DAY) result.meetings.undated += 1;
    else {
      if (result.first === NO_DAY || from < result.first) result.first = from;
      if (to > result.last) result.last = to;
    }
    for (const [into, start, values] of lists) for (let at = start[event]; at < start[event + 1]; at += 1) add(into, values[at], strength[event], from, to);
    eachPartIn(result, event, count);
  }
  [, result.meetings.possible, result.meetings.planned, result.meetings.held] = byStrength;
  return result;
}

/** How strong each meeting that is let through is; 0 of what is no meeting, or was called off. */
function strengthOfMeetings(passed, filters) {
  const { meeting } = counts.index;
  const result = new Uint8Array(meeting.length);
  for (let event = 0; event < result.length; event += 1) {
    if (passed.entitiesOn[event]) result[event] = meeting[event] === HELD ? CERTAIN : meeting[event] === AHEAD ? PLANNED : 0;
  }
  if (!filters.actor) return result;
  const chosen = counts.strengthOf(filters.actor, counts.tieFilter(filters));
  return result.map((value, event) => Math.min(value, chosen[event]));
}

/** Calls `visit(agent, strength, tie)` once for each agent with a part in an event. Ties of one agent to it stand together. */
function eachPartIn({ passed, strength }, event, visit) {
  const { columns: { arrays: { from, kind } }, agent, strength: of, toStart } = counts.index;
  const end = toStart[event + 1];
  for (let tie = toStart[event]; tie < end;) {
    const one = from[tie];
    let [strongest, by] = [0, tie];
    for (; tie < end && from[tie] === one; tie += 1) if (passed.tiesOn[tie] && of[tie] > strongest) [strongest, by] = [of[tie], tie];
    if (strongest && agent[kind[one]]) visit(one, Math.min(strongest, strength[event]), by);
  }
}

/**
 * Meetings by bins of time: `lowest` are those of which all days lie in a bin, by strength; `highest` those that can have been in it.
 * @param {ReturnType<typeof overview>} of @param {number[]} edges days on which the bins begin, and the day after the last
 */
function histogram(of, edges) {
  if (of.spans) return spansInBins(edges, of.spans);
  of.histograms ??= new Map();
  if (!of.histograms.has(edges)) of.histograms.set(edges, allInBins(of.strength, edges));
  return of.histograms.get(edges);
}

/** Most meetings are on one day: those of a day are counted, and put into their bin together. */
function allInBins(strength, edges) {
  const { earliest, latest } = counts.index.columns.arrays;
  const result = noBins(edges);
  const [begin, length] = [edges[0], Math.min(edges.at(-1) - edges[0], MOST_DAYS)];
  const onDay = [1, 2, 3].map(() => new Int32Array(length));
  for (let event = 0; event < strength.length; event += 1) {
    if (!strength[event]) continue;
    const day = earliest[event] - begin;
    if (earliest[event] === latest[event] && day >= 0 && day < length) onDay[strength[event] - 1][day] += 1;
    else put(result, strength[event], earliest[event], latest[event], 1);
  }
  for (const [place, column] of onDay.entries()) for (let day = 0; day < length; day += 1) if (column[day]) put(result, place + 1, begin + day, begin + day, column[day]);
  return result;
}

/** The same of the meetings of one agent. @param {number} agent */
function histogramOf(of, edges, agent) {
  // Of a preview the meetings of one are not there.
  if (of.spans) return spansInBins(edges, []);
  const { columns: { arrays: { to } }, fromStart, fromTies, strength } = counts.index;
  const own = new Map();
  for (let at = fromStart[agent]; at < fromStart[agent + 1]; at += 1) {
    const tie = fromTies[at];
    const part = of.passed.tiesOn[tie] ? Math.min(strength[tie], of.strength[to[tie]]) : 0;
    if (part > (own.get(to[tie]) ?? 0)) own.set(to[tie], part);
  }
  return inBins(edges, own);
}

/** Meetings, given with their strength, by bins. */
function inBins(edges, meetings) {
  const { earliest, latest } = counts.index.columns.arrays;
  const result = noBins(edges);
  for (const [event, strength] of meetings) if (strength) put(result, strength, earliest[event], latest[event], 1);
  return result;
}

/** The same of spans, each with how strong its meetings are and how many. */
function spansInBins(edges, spans) {
  const result = noBins(edges);
  for (const [first, last, strength, count] of spans) if (strength) put(result, strength, first, last, count);
  return result;
}

function noBins(edges) {
  const bins = edges.length - 1;
  return { edges, held: new Int32Array(bins), planned: new Int32Array(bins), possible: new Int32Array(bins), highest: new Int32Array(bins), undated: 0, outside: 0, vague: 0 };
}

function put(result, strength, from, to, count) {
  const { edges, highest } = result;
  if (from === NO_DAY || to === NO_DAY) {
    result.undated += count;
    return;
  }
  if (to < edges[0] || from >= edges.at(-1)) {
    result.outside += count;
    return;
  }
  const [first, last] = [binOf(edges, from), binOf(edges, to)];
  const isKnown = first === last && from >= edges[0] && to < edges.at(-1);
  if (!isKnown) result.vague += count;
  else if (strength === CERTAIN) result.held[first] += count;
  else if (strength === PLANNED) result.planned[first] += count;
  else result.possible[first] += count;
  for (let bin = first; bin <= last; bin += 1) highest[bin] += count;
}

/** The bin of a day; of one outside that at the end. */
function binOf(edges, day) {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Who is new and who is gone, whatever time is chosen. New: no meeting can have been before the last year of the period that is
 * shown. Gone: no meeting can have been in the last year of the data. The data ends with the last held meeting; where it, or the
 * period, has less than two years, nobody is either, and nobody of whom a meeting has no known time.
 * @returns {{isNew: (agent: number) => boolean, isGone: (agent: number) => boolean, newFrom: number | null, goneBefore: number | null}}
 */
function changes(filters) {
  const { span } = filters;
  const rest = Object.fromEntries(Object.entries(filters).filter(([facet]) => !counts.BY_DAYS.includes(facet)));
  const whole = overview(rest);
  const { first, last } = heldSpan();
  const { agents } = whole;
  const until = span?.[1] ? Math.min(last, days.number(span[1])) : last;
  const newFrom = first !== NO_DAY && until - first >= 2 * YEAR ? until - YEAR + 1 : null;
  const goneBefore = first !== NO_DAY && last - first >= 2 * YEAR ? last - YEAR + 1 : null;
  const dated = (agent) => !agents.undated[agent] && agents.last[agent] !== NO_DAY;
  return {
    newFrom, goneBefore,
    isNew: (agent) => newFrom !== null && dated(agent) && agents.first[agent] >= newFrom && agents.first[agent] <= until,
    isGone: (agent) => goneBefore !== null && dated(agent) && agents.last[agent] < goneBefore,
  };
}

/** From when to when meetings were held, whatever passes: each on the first day on which it can have been. */
function heldSpan() {
  const { index } = counts;
  if (!index.heldSpan) {
    const { earliest } = index.columns.arrays;
    const result = { first: NO_DAY, last: NO_DAY };
    for (let event = 0; event < earliest.length; event += 1) {
      if (index.meeting[event] !== HELD || earliest[event] === NO_DAY) continue;
      if (result.first === NO_DAY || earliest[event] < result.first) result.first = earliest[event];
      if (earliest[event] > result.last) result.last = earliest[event];
    }
    index.heldSpan = result;
  }
  return index.heldSpan;
}

export { overview, eachPartIn, histogram, histogramOf, changes, heldSpan };
