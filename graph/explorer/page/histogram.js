/* The histogram: meetings by time. What is certain of a bin is filled, outlined or hatched; how many more can have been in it is
   pale. It is the brush of all views: two thumbs, the keys or a pointer choose a span. */
import * as aggregates from "./aggregates.js";
import * as counts from "./counts.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as figures from "./figures.js";
import { chosen, set } from "./span_choice.js";
import * as state from "./state.js";
import * as texts from "./texts.js";
import * as timeBins from "./time_bins.js";

const { el, svg } = dom;
const { text } = texts;
const ENDS = ["from", "to"];
const LOOKS = ["held", "planned", "possible", "range", "behind"];
const COLUMNS = ["when", "held", "planned", "possible", "highest"];
const [LEFT, RIGHT] = [40, 12]; // room for numbers, and for half a thumb
const AXIS = 26;
const TOP = 16;
// A gesture is followed at once; counts follow at most every so many milliseconds.
const FOLLOW = 120;
// Where there are so many times as many meetings in all, those that pass have a scale of their own.
const OWN_SCALE = 6;
// So many months or years that are equal are named as those of most meetings.
const MOST_EQUAL = 3;

texts.add({
  histogram: ["Møter per {unit}", "Meetings per {unit}"],
  histogramSpan: ["Tidsrom for alle visningene", "Period of all views"],
  histogramMost: ["{all} møter er tidfestet, flest i {when}: {count}.", "{all} meetings are dated, most in {when}: {count}."],
  histogramMostEach: ["{all} møter er tidfestet, flest i {when}: {count} i hver.", "{all} meetings are dated, most in {when}: {count} in each."],
  histogramAll: ["{all} møter er tidfestet.", "{all} meetings are dated."],
  histogramMostOne: ["Ett møte er tidfestet: {when}.", "One meeting is dated: {when}."],
  histogramBeyond: ["Uansett tid: {words}", "Whatever the time: {words}"],
  histogramChosen: ["I tiden som er valgt, flest i {when}: {count}.", "In the time that is chosen, most in {when}: {count}."],
  histogramChosenEach: ["I tiden som er valgt, flest i {when}: {count} i hver.", "In the time that is chosen, most in {when}: {count} in each."],
  histogramVague: ["{count} av dem bare til et lengre tidsrom (blekt: så mange kan det ha vært).", "{count} of them only to a longer time (pale: so many there may have been)."],
  histogramVagueOne: ["Ett av dem bare til et lengre tidsrom (blekt: så mange kan det ha vært).", "One of them only to a longer time (pale: so many there may have been)."],
  histogramUndatedOne: ["Ett har ingen kjent tid.", "One has no known time."],
  histogramOffOne: ["Ett ble avlyst eller utsatt og er ikke talt.", "One was called off or put off, and is not counted."],
  histogramUndated: ["{count} har ingen kjent tid.", "{count} have no known time."],
  histogramOff: ["{count} ble avlyst eller utsatt og er ikke talt.", "{count} were called off or put off, and are not counted."],
  histogramHow: ["Dra over søylene, eller flytt endene med piltastene, for å velge et tidsrom i alle visningene.", "Drag over the bars, or move the ends by arrow keys, to choose a period in all views."],
  histogramScale: ["Skalaen er deres egen og går til {most}; uten filtre er det opptil {all} per {unit}.", "The scale is their own and goes to {most}; without filters there are up to {all} per {unit}."],
  histogramNone: ["Ingen tidfestede møter passer til filtrene.", "No dated meetings fit the filters."],
  histogramBin: ["{when}: {held} holdt, {planned} planlagt{possible}{more}", "{when}: {held} held, {planned} planned{possible}{more}"],
  histogramPossible: [", {count} mulig", ", {count} possible"],
  histogramMore: ["; inntil {count} kan ha vært da", "; up to {count} may have been then"],
  asTable: ["Som tabell", "As a table"],
  look_held: ["holdt", "held"],
  look_planned: ["planlagt", "planned"],
  look_possible: ["mulig del i møtet", "possible part in the meeting"],
  look_range: ["kan ha vært da", "may have been then"],
  look_behind: ["uten filtre", "without filters"],
  column_when: ["Når", "When"],
  column_held: ["Holdt", "Held"],
  column_planned: ["Planlagt", "Planned"],
  column_possible: ["Mulig", "Possible"],
  column_highest: ["Høyst", "At most"],
});

let parts = null;
let shown = null; // what is drawn: bins, counts, size
let held = null; // what the pointer holds: which end, and from which bin a new span begins
let told = 0;
let binsKept = null;

/** The bins of the whole graph: they stay the same whatever is filtered. */
function binsFor(width) {
  const key = `${width} ${texts.language}`;
  if (binsKept?.key !== key || binsKept.index !== counts.index) binsKept = { key, index: counts.index, bins: timeBins.choose(aggregates.overview({}), width) };
  return binsKept.bins;
}

/** What passes all filters but those of time, by bins, and behind it what there is without any. */
function model(now, width) {
  const bins = binsFor(width);
  if (!bins) return null;
  const rest = Object.fromEntries(Object.entries(now.filters).filter(([facet]) => !counts.BY_DAYS.includes(facet)));
  const of = aggregates.overview(rest);
  const counted = aggregates.histogram(of, bins.edges);
  const all = Object.keys(rest).length ? aggregates.histogram(aggregates.overview({}), bins.edges) : null;
  // On the scale of all meetings those of one organisation would be lines that nobody can tell apart.
  const isOwn = all !== null && highestOf(counted) * OWN_SCALE < highestOf(all);
  return { bins, of, counted, behind: isOwn ? null : all, beyond: isOwn ? highestOf(all) : 0 };
}

/** Return the count of the highest column: what can have been in a bin is at least what was. */
function highestOf(counted) {
  return counted.highest.reduce((most, count) => Math.max(most, count), 0);
}

/** How high the columns are. */
function highest({ counted, behind }) {
  return Math.max(1, highestOf(counted), behind ? highestOf(behind) : 0);
}

/** Where a day is, in pixels. */
function placeOf(day, { edges }, width) {
  return LEFT + ((day - edges[0]) / (edges.at(-1) - edges[0])) * (width - LEFT - RIGHT);
}

/** @returns {import("./figures.js").Figure} */
function figure(of, width, height) {
  const { bins, counted, behind } = of;
  const x = (day) => placeOf(day, bins, width);
  const floor = height - AXIS;
  const unit = (floor - TOP) / highest(of);
  const boxes = [];
  for (let bin = 0; bin < counted.highest.length; bin += 1) {
    const [left, right] = [x(bins.edges[bin]), x(bins.edges[bin + 1])];
    const gap = right - left > 4 ? 1 : 0;
    const box = (look, from, count) => { if (count) boxes.push({ look, x: left + gap / 2, w: right - left - gap, y: floor - (from + count) * unit, h: count * unit }); };
    if (behind) box("behind", 0, behind.highest[bin]);
    const [sure, planned, possible] = [counted.held[bin], counted.planned[bin], counted.possible[bin]];
    box("held", 0, sure);
    box("planned", sure, planned);
    box("possible", sure + planned, possible);
    box("range", sure + planned + possible, counted.highest[bin] - sure - planned - possible);
  }
  const across = width - LEFT - RIGHT;
  boxes.push({ look: "axis", x: LEFT, y: floor, w: across, h: 1 });
  const ticks = timeBins.ticks(bins, across).map(({ at, words }) => ({ x: LEFT + at * across, y: height - 5, words }));
  for (const tick of ticks) boxes.push({ look: "axis", x: tick.x, y: floor, w: 1, h: 5 });
  const lines = gridOf(highest(of), floor - TOP).map((count) => ({ y: floor - count * unit, words: texts.count(count) }));
  const words = [...ticks.filter((tick) => tick.x < width - 30), ...lines.map(({ y, words: number }) => ({ x: LEFT - 5, y: y + 4, words: number, anchor: "end" }))];
  return { width, height, boxes: [...lines.map(({ y }) => ({ look: "grid", x: LEFT, y, w: across, h: 1 })), ...boxes], words };
}

/** At which counts lines run across: round ones, so many as have room. */
function gridOf(most, height) {
  const steps = Math.max(1, Math.min(4, Math.floor(height / 34)));
  const rough = Math.max(1, most / steps);
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough);
  return Array.from({ length: Math.floor(most / step) }, (_, number) => (number + 1) * step);
}

/** What the histogram says, in sentences. */
function sentences(whole, now) {
  const { bins, beyond, counted } = whole;
  const most = highestOf(counted);
  const scale = beyond && most ? text("histogramScale", { most: texts.count(most), all: texts.count(beyond), unit: timeBins.unitWords(bins) }) : "";
  return [numbersOf(whole, now), scale].filter(Boolean).join(" ");
}

function numbersOf({ bins, of, counted }, now) {
  const dated = of.meetings.held + of.meetings.planned + of.meetings.possible - of.meetings.undated;
  const all = fullest({ bins, counted }, [0, counted.highest.length]);
  const words = [
    !dated ? text("histogramNone") : dated === 1 ? text("histogramMostOne", { when: timeBins.label(bins, counted.highest.findIndex(Boolean)) })
      : text(!all ? "histogramAll" : all.several ? "histogramMostEach" : "histogramMost", { all: texts.count(dated), ...all }),
    several("histogramVague", counted.vague),
    several("histogramUndated", counted.undated),
    several("histogramOff", of.meetings.off),
  ].filter(Boolean).join(" ");
  // The columns are those of all time, of which a part is chosen.
  if (!chosen(now).some(Boolean)) return words;
  const part = fullest({ bins, counted }, range(now, bins));
  return [part ? text(part.several ? "histogramChosenEach" : "histogramChosen", part) : "", text("histogramBeyond", { words })].filter(Boolean).join(" ");
}

/* In which of some bins most are known to have been: one, or a few of which each has as many. */
function fullest({ bins, counted }, among) {
  const [first, end] = among;
  const inEach = Array.from({ length: end - first }, (_, number) => known(counted, first + number));
  const most = inEach.reduce((one, other) => Math.max(one, other), 0);
  const equal = inEach.flatMap((count, number) => (count === most ? [first + number] : []));
  if (!most || equal.length > MOST_EQUAL) return null;
  return { when: texts.list(equal.map((bin) => timeBins.label(bins, bin))), count: texts.count(most), several: equal.length > 1 };
}

/* A sentence on none, one or several. */
function several(key, count) {
  return count ? text(count === 1 ? `${key}One` : key, { count: texts.count(count) }) : "";
}

function known(counted, bin) {
  return counted.held[bin] + counted.planned[bin] + counted.possible[bin];
}

function inWords({ bins, counted }, bin) {
  const more = counted.highest[bin] - known(counted, bin);
  return text("histogramBin", {
    when: texts.capital(timeBins.label(bins, bin)), held: texts.count(counted.held[bin]), planned: texts.count(counted.planned[bin]),
    possible: counted.possible[bin] ? text("histogramPossible", { count: texts.count(counted.possible[bin]) }) : "",
    more: more ? text("histogramMore", { count: texts.count(counted.highest[bin]) }) : "",
  });
}

/** The bins that are chosen: the first, and the one after the last; all of them where no span is. */
function range(now, { edges }) {
  const [from, to] = chosen(now);
  const bin = (day) => edges.findLastIndex((edge) => edge <= day);
  const last = edges.length - 1;
  const first = from ? Math.min(last - 1, Math.max(0, bin(days.number(from)))) : 0;
  const end = to ? Math.max(first + 1, Math.min(last, bin(days.number(to)) + 1)) : last;
  return [first, end];
}

/** Chooses bins; all of them is no choice. */
function choose([first, end]) {
  const { edges } = shown.of.bins;
  const last = edges.length - 1;
  set(first <= 0 ? "" : days.iso(edges[first]), end >= last ? "" : days.iso(edges[end] - 1));
}

function move(end, step) {
  const last = shown.of.bins.edges.length - 1;
  const [from, to] = range(state.now, shown.of.bins);
  choose(end === "from" ? [Math.min(to - 1, Math.max(0, step(from, last))), to] : [from, Math.max(from + 1, Math.min(last, step(to, last)))]);
}

function pressed(event, end) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const far = Math.max(2, Math.round((shown.of.bins.edges.length - 1) / 10));
  const steps = {
    ArrowRight: (at) => at + 1, ArrowUp: (at) => at + 1, ArrowLeft: (at) => at - 1, ArrowDown: (at) => at - 1,
    PageUp: (at) => at + far, PageDown: (at) => at - far, Home: () => 0, End: (_, last) => last,
  };
  if (!Object.hasOwn(steps, event.key)) return;
  event.preventDefault();
  move(end, steps[event.key]);
}

/** The bin under a pointer. */
function binAt(event) {
  const { left } = parts.stage.getBoundingClientRect();
  const { edges } = shown.of.bins;
  const share = (event.clientX - left - LEFT) / (shown.width - LEFT - RIGHT);
  const day = edges[0] + share * (edges.at(-1) - edges[0]);
  return Math.min(edges.length - 2, Math.max(0, edges.findLastIndex((edge) => edge <= day)));
}

function grasp(event) {
  if (event.button || !shown) return;
  const thumb = ENDS.find((end) => parts[end].contains(event.target));
  const bin = binAt(event);
  held = { thumb, start: bin, bins: range(state.now, shown.of.bins), moved: false };
  parts.stage.setPointerCapture(event.pointerId);
  event.preventDefault();
  if (thumb) parts[thumb].focus();
}

function drag(event) {
  if (!shown) return;
  const bin = binAt(event);
  parts.readout.textContent = inWords(shown.of, bin);
  if (!held) return;
  held.moved ||= bin !== held.start;
  if (!held.moved) return;
  const [from, to] = held.bins;
  held.wanted = held.thumb === "from" ? [Math.min(bin, to - 1), to] : held.thumb === "to" ? [from, Math.max(bin + 1, from + 1)]
    : [Math.min(bin, held.start), Math.max(bin, held.start) + 1];
  shade(held.wanted);
  if (performance.now() - told < FOLLOW) return;
  told = performance.now();
  choose(held.wanted);
}

function drop(event) {
  const { thumb, moved, wanted, bins, start } = held ?? {};
  const was = held;
  held = null;
  if (!was || event.type !== "pointerup") return;
  if (moved && wanted) choose(wanted);
  // A press on a bin chooses it; on the only one that is chosen it takes the choice back.
  else if (!thumb) choose(bins[0] === start && bins[1] === start + 1 ? [0, shown.of.bins.edges.length - 1] : [start, start + 1]);
}

/** Shows which bins are chosen, without counting anything. */
function shade([first, end]) {
  const { edges } = shown.of.bins;
  const x = (day) => placeOf(day, shown.of.bins, shown.width);
  const at = { from: x(edges[first]), to: x(edges[end]) };
  parts.before.style.left = `${LEFT}px`;
  parts.before.style.width = `${at.from - LEFT}px`;
  parts.after.style.left = `${at.to}px`;
  for (const part of [parts.before, parts.after]) part.style.height = `${shown.height - AXIS}px`;
  const last = edges.length - 1;
  const limits = { from: [0, end - 1, first, edges[first]], to: [first + 1, last, end, edges[end] - 1] };
  for (const name of ENDS) {
    const [least, most, value, day] = limits[name];
    const values = { "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": value, "aria-valuetext": texts.day(days.iso(day)) };
    for (const [key, of] of Object.entries(values)) parts[name].setAttribute(key, String(of));
    parts[name].style.left = `${at[name]}px`;
  }
}

function made(small) {
  const thumb = (end) => el("div", { class: "thumb", id: `histogram-${end}`, role: "slider", tabindex: "0", "aria-orientation": "horizontal", "aria-label": text(end === "from" ? "spanFrom" : "spanTo"), onkeydown: (event) => pressed(event, end) });
  const result = { language: texts.language, small, from: thumb("from"), to: thumb("to"), before: el("div", { class: "outside" }), after: el("div", { class: "outside after" }) };
  result.picture = svg("svg", { role: "img" });
  result.stage = el("div", { class: "stage", onpointerdown: grasp, onpointermove: drag, onpointerup: drop, onpointercancel: drop, onpointerleave: () => { if (!held) parts.readout.textContent = ""; } },
    result.picture, result.before, result.after, result.from, result.to);
  result.title = el("h2", { id: "histogram-title" });
  result.summary = el("p", { class: "hint" });
  result.readout = el("p", { class: "readout", "aria-hidden": "true" });
  result.signs = el("p", { class: "signs" });
  result.rows = el("div", { class: "scroll" });
  result.table = el("details", { class: "as-table", ontoggle: () => { if (result.table.open) tabulate(); } }, el("summary", {}, text("asTable")), result.rows);
  result.box = el("section", { class: small ? "block histogram small" : "block histogram", id: "block-histogram", "aria-labelledby": "histogram-title" },
    el("div", { class: "block-head" }, result.title, result.readout),
    el("div", { role: "group", "aria-label": text("histogramSpan") }, result.stage), result.signs, result.summary,
    small ? null : el("p", { class: "hint how-to" }, text("histogramHow")), small ? null : result.table);
  return result;
}

/** A sign with what it means. */
function sign(look) {
  return el("span", { class: "sign" }, svg("svg", { class: "figure", viewBox: "0 0 20 14", width: 20, height: 14, "aria-hidden": "true" }, svg("rect", { class: `look-${look}`, x: 1, y: 1, width: 18, height: 12 })), text(`look_${look}`));
}

function tabulate() {
  const all = rows(shown.of);
  dom.replace(parts.rows, el("table", {}, el("thead", {}, el("tr", {}, COLUMNS.map((name) => el("th", { scope: "col" }, text(`column_${name}`))))),
    el("tbody", {}, all.map((row) => el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "quiet", onclick: () => choose([row.bin, row.bin + 1]) }, row.when)), COLUMNS.slice(1).map((name) => el("td", { class: "number" }, texts.count(row[name]))))))));
}

/** The bins that have something as rows. */
function rows({ bins, counted }) {
  return bins.edges.slice(0, -1).map((from, bin) => ({
    bin, when: texts.capital(timeBins.label(bins, bin)), from: days.iso(from), to: days.iso(bins.edges[bin + 1] - 1),
    held: counted.held[bin], planned: counted.planned[bin], possible: counted.possible[bin], highest: counted.highest[bin],
  })).filter((row) => row.highest);
}

/**
 * The histogram for a width in pixels. The element stays the same, so that a thumb that is held is not made anew.
 * @param {any} now the state @param {number} width @param {boolean} [small] a low one without table
 */
function render(now, width, small = false) {
  if (parts?.language !== texts.language || parts.small !== small) {
    // There is one histogram in the page at a time.
    parts?.box.remove();
    parts = made(small);
  }
  const height = small ? 88 : 196;
  const of = model(now, width);
  parts.box.hidden = !of;
  if (!of) {
    shown = null;
    return parts.box;
  }
  shown = { of, width, height };
  const visible = figure(of, width, height);
  parts.title.textContent = text("histogram", { unit: timeBins.unitWords(of.bins) });
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height, class: "figure", "aria-label": sentences(of, now) })) parts.picture.setAttribute(name, value);
  parts.picture.replaceChildren(figures.hatch("hatch"), ...figures.elements(visible));
  parts.summary.textContent = sentences(of, now);
  dom.replace(parts.signs, looksOf(visible).map(sign));
  if (!held) shade(/** @type {[number, number]} */ (range(now, of.bins)));
  if (parts.table.open) tabulate();
  return parts.box;
}

/**
 * The histogram at another size, for pictures: the figure, what it says in sentences, which looks it has, and the boxes of what lies
 * outside of the chosen time.
 * @returns {{figure: import("./figures.js").Figure, words: string, looks: string[], outside: {x: number, y: number, w: number, h: number}[]} | null}
 */
function pictured(width, height) {
  const of = model(state.now, width);
  if (!of) return null;
  const drawn = figure(of, width, height);
  const [from, to] = range(state.now, of.bins).map((bin) => placeOf(of.bins.edges[bin], of.bins, width));
  const outside = [[LEFT, from], [to, width - RIGHT]].filter(([left, right]) => right - left > 1).map(([left, right]) => ({ x: left, y: 0, w: right - left, h: height - AXIS }));
  return { figure: drawn, words: sentences(of, state.now), looks: looksOf(drawn), outside };
}

/** What the histogram is called: its bins follow from its width. @param {number} [width] CSS pixels */
function title(width = shown?.width ?? 720) {
  const bins = counts.canCount() ? binsFor(width) : null;
  return bins ? text("histogram", { unit: timeBins.unitWords(bins) }) : "";
}

function looksOf({ boxes }) {
  const looks = new Set(boxes.map(({ look }) => look));
  return LOOKS.filter((look) => looks.has(look));
}

/** What is drawn, as rows of a table. */
function tableRows() {
  return shown ? rows(shown.of) : [];
}

export { pictured, render, tableRows, title };
