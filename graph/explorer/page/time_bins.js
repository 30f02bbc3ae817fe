/* Bins of time: days, weeks, months, quarters, years and more, of which the one is chosen that suits what is known. */
import { NO_DAY } from "./column_store.js";
import * as counts from "./counts.js";
import * as days from "./days.js";
import * as texts from "./texts.js";

const UNITS = [
  { name: "day", days: 1 }, { name: "week", days: 7 }, { name: "month", months: 1 }, { name: "quarter", months: 3 }, { name: "year", months: 12 },
  { name: "years", months: 60 }, { name: "years", months: 120 }, { name: "years", months: 240 }, { name: "years", months: 1200 }, { name: "years", months: 12000 },
];
// No more bins than this, and none narrower than so many pixels.
const MOST = 120;
const NARROWEST = 5;
// Months from one tick to the next, and how much room the words of one take.
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];
const TICK = 62;
const MONDAY = 4; // 1970-01-05

texts.add({
  bin_day: ["dag", "day"],
  bin_week: ["uke", "week"],
  bin_month: ["måned", "month"],
  bin_quarter: ["kvartal", "quarter"],
  bin_year: ["år", "year"],
  bin_years: ["{count} år", "{count} years"],
});

/** What one bin is: a month, a year, so many years. @param {{unit: {name: string, months?: number}}} bins */
function unitWords({ unit }) {
  return texts.text(`bin_${unit.name}`, { count: texts.count((unit.months ?? 0) / 12) });
}

function monthStart(month) {
  // Before the year 100 Date.UTC would mean the 1900s.
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return Math.round(date.getTime() / 86400000);
}

function monthOf(day) {
  const date = new Date(day * 86400000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The days on which bins of a unit begin, from the one that holds the first day, and the day after the last bin. */
function edgesOf(unit, first, last) {
  const edges = [];
  if (unit.days) {
    const start = unit.days === 7 ? first - ((((first - MONDAY) % 7) + 7) % 7) : first;
    for (let day = start; day <= last + unit.days - 1 || edges.length < 2; day += unit.days) edges.push(day);
    if (edges.at(-1) <= last) edges.push(edges.at(-1) + unit.days);
    return edges;
  }
  let month = Math.floor(monthOf(first) / unit.months) * unit.months;
  for (edges.push(monthStart(month)); edges.at(-1) <= last; edges.push(monthStart(month))) month += unit.months;
  return edges;
}

/** How many of the dated meetings lie in one bin with all their days. */
function knownIn(edges, of) {
  let [known, dated] = [0, 0];
  if (of.spans) {
    for (const [first, last, strength, count] of of.spans) {
      if (!strength || first === NO_DAY || last === NO_DAY) continue;
      dated += count;
      if (last < edges[edges.findLastIndex((edge) => edge <= first) + 1]) known += count;
    }
    return dated ? known / dated : 1;
  }
  const { earliest, latest } = counts.index.columns.arrays;
  for (let event = 0; event < of.strength.length; event += 1) {
    if (!of.strength[event] || earliest[event] === NO_DAY || latest[event] === NO_DAY) continue;
    dated += 1;
    let [low, high] = [0, edges.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (edges[middle] <= earliest[event]) low = middle;
      else high = middle - 1;
    }
    if (latest[event] < edges[low + 1]) known += 1;
  }
  return dated ? known / dated : 1;
}

/**
 * The bins for a width in pixels: as short as have room and as most of the meetings are known. Null where no meeting has a time.
 * @param {{first: number, last: number, strength: Uint8Array}} of what `aggregates.overview` counted
 * @returns {{unit: {name: string, days?: number, months?: number}, edges: number[]} | null}
 */
function choose(of, width) {
  if (of.first === NO_DAY) return null;
  const most = Math.max(12, Math.min(MOST, Math.floor(width / NARROWEST)));
  const span = of.last - of.first + 1;
  const withRoom = UNITS.filter((unit) => span / (unit.days ?? unit.months * 30.44) <= most - 1);
  for (const unit of withRoom.length ? withRoom : UNITS.slice(-1)) {
    const edges = edgesOf(unit, of.first, of.last);
    // Coarser bins than these would be hardly more than one.
    if (edges.length < 14 || knownIn(edges, of) > 0.5) return { unit, edges };
  }
  const unit = UNITS.at(-1);
  return { unit, edges: edgesOf(unit, of.first, of.last) };
}

/** A bin in words: a day, a month, a year, from one to another. */
function label({ unit, edges }, bin) {
  const [from, to] = [edges[bin], edges[bin + 1] - 1].map(days.iso);
  if (unit.name === "year") return from.slice(0, 4);
  if (unit.name === "years") return `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  return texts.span(from, to);
}

/** Where ticks stand: `at` a share of the width between 0 and 1, with words. */
function ticks({ unit, edges }, width) {
  const [first, last] = [edges[0], edges.at(-1)];
  const share = (day) => (day - first) / (last - first);
  if (unit.days && last - first < 62) {
    const step = Math.max(1, Math.ceil((edges.length - 1) / (width / TICK)));
    return edges.slice(0, -1).map((day, number) => ({ at: share(day), day, number })).filter(({ number }) => number % step === 0)
      .map(({ at, day, number }) => ({ at, words: texts.day(days.iso(day), { short: true }).replace(/ \d{4}$/, number ? "" : "$&") }));
  }
  const [from, to] = [monthOf(first), monthOf(last - 1)];
  const step = STEPS.find((each) => each >= (unit.months ?? 1) && ((to - from + 1) / each) * TICK <= width) ?? STEPS.at(-1);
  const result = [];
  for (let month = Math.ceil(from / step) * step; month <= to; month += step) {
    const day = days.iso(monthStart(month));
    const words = step >= 12 ? day.slice(0, 4) : texts.month(day, { short: true, year: month % 12 === 0 || result.length === 0 });
    if (monthStart(month) >= first) result.push({ at: share(monthStart(month)), words });
  }
  return result;
}

export { choose, label, ticks, unitWords };
