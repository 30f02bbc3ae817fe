/* The overview: everything that the filters let through, counted: by time, by who, who with whom, about what, where. Of a small graph
   its first two blocks stand over the network. */
import * as aggregates from "./aggregates.js";
import * as communities from "./communities.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as comparePick from "./compare_pick.js";
import * as histogram from "./histogram.js";
import * as ranking from "./ranking.js";
import * as state from "./state.js";
import * as texts from "./texts.js";
import * as timeBins from "./time_bins.js";
import * as topLists from "./top_lists.js";

const { el } = dom;
const { text } = texts;
/* The blocks that there can be: of each its name, its title and its rows (records of a table). */
const BLOCKS = [
  { name: "histogram", title: () => histogram.title(), rows: async () => histogram.tableRows() },
  ...topLists.NAMES.map((name) => ({ name, title: () => text(`list_${name}`), rows: () => ranking.allRows(name, state.now) })),
  { name: "communities", title: () => text("communities"), rows: async () => communities.tableRows(state.now) },
];
const NAMES = BLOCKS.map(({ name }) => name);
// So wide a histogram is at least.
const NARROWEST = 300;

texts.add({
  overview: ["Oversikt", "Overview"],
  overviewAll: ["{meetings}{possible}.", "{meetings}{possible}."],
  overviewFiltered: ["Det som passer til filtrene: {meetings}{possible}.", "What fits the filters: {meetings}{possible}."],
  overviewHeld: ["{count} møter holdt", "{count} meetings held"],
  overviewHeldOne: ["1 møte holdt", "1 meeting held"],
  overviewPlanned: ["{count} planlagt", "{count} planned"],
  overviewParts: ["{who} har del i {what}.", "{who} have parts in {what}."],
  overviewPartsOne: ["{who} har del i {what}.", "{who} has a part in {what}."],
  overviewNone: ["Ingen møter.", "No meetings."],
  overviewThere: ["I grafen står {who}.", "{who} are in the graph."],
  overviewThereOne: ["I grafen står {who}.", "{who} is in the graph."],
  overviewUndated: ["Når de var, er ikke kjent.", "When they were is not known."],
  overviewUndatedOne: ["Når det var, er ikke kjent.", "When it was is not known."],
  overviewThem: ["dem", "them"],
  overviewIt: ["det", "it"],
  overviewPossible: [" (og {count} der det er mulig)", " (and {count} where that is possible)"],
  overviewPeople: ["{count} personer", "{count} people"],
  overviewBodies: ["{count} organisasjoner", "{count} organisations"],
  overviewPeopleOne: ["én person", "one person"],
  overviewBodiesOne: ["én organisasjon", "one organisation"],
  mostPresent: ["Flest møter", "Most meetings"],
});

let box = null;
let edgesKept = null;

/* Edges of bins for the small pictures of rows: those of the whole graph. */
function edges() {
  if (edgesKept?.index !== counts.index) edgesKept = { index: counts.index, bins: timeBins.choose(aggregates.overview({}), 720) };
  return edgesKept.bins?.edges;
}

/** How many people and organisations have a part in what passes, or, with ``all``, are there. */
function sizes(of, all = false) {
  if (of.sizes) return of.sizes;
  const { agent, columns: { arrays: { kind } } } = counts.index;
  const result = [0, 0, 0, 0];
  for (let row = 0; row < of.agents.certain.length; row += 1) if (all || of.agents.certain[row] || of.agents.planned[row] || of.agents.possible[row]) result[agent[kind[row]]] += 1;
  return { people: result[1], bodies: result[2], groups: result[3] };
}

/** So many people and organisations, in words; nothing where there are none. */
function whoWords({ people, bodies }) {
  return texts.list([
    people ? texts.many("overviewPeople", people) : "",
    bodies ? texts.many("overviewBodies", bodies) : "",
  ].filter(Boolean));
}

/** The overview in a sentence. */
function sentence(now) {
  const of = aggregates.overview(now.filters);
  const { held, planned, possible } = of.meetings;
  const isFiltered = Object.keys(now.filters).length > 0;
  const off = of.meetings.off ?? 0;
  if (!isFiltered && !(held + planned + possible + off)) return withoutMeetings(sizes(of, true));
  const isOne = held + planned + possible === 1;
  const { people, bodies } = sizes(of);
  const meetings = [texts.many("overviewHeld", held), planned ? text("overviewPlanned", { count: texts.count(planned) }) : ""].filter(Boolean);
  const counted = text(isFiltered ? "overviewFiltered" : "overviewAll", { meetings: texts.list(meetings), possible: possible ? text("overviewPossible", { count: texts.count(possible) }) : "" });
  const who = whoWords({ people, bodies });
  const parts = who && texts.capital(texts.many("overviewParts", people + bodies, { who, what: text(isOne ? "overviewIt" : "overviewThem") }));
  // Where no meeting at all has a time there is no histogram that could say this and what was called off.
  const undated = held + planned + possible && !edges() ? texts.many("overviewUndated", held + planned + possible) : "";
  const calledOff = off && !edges() ? texts.many("histogramOff", off) : "";
  return [counted, parts, undated, calledOff].filter(Boolean).join(" ");
}

/** What a graph without meetings has. */
function withoutMeetings({ people, bodies }) {
  const who = whoWords({ people, bodies });
  const there = who && texts.capital(texts.many("overviewThere", people + bodies, { who }));
  return [text("overviewNone"), there].filter(Boolean).join(" ");
}

/** Shows the overview in its view. @param {any} now the state */
function show(now) {
  const view = dom.at("view-overview");
  if (!counts.canShow(now.filters)) return;
  if (box?.language !== texts.language || !view.contains(box.lists)) {
    box = { language: texts.language, sentence: el("p", { class: "lead", role: "status" }), time: el("div", { class: "time-block" }), lists: el("div", { class: "lists" }), groups: el("div"), picked: el("div", { class: "picked", role: "group", "aria-label": text("pickGo") }) };
    view.replaceChildren(box.sentence, box.time, box.lists, box.groups, box.picked);
  }
  const unknown = !data.isArriving() && now.ignored ? texts.many("linkUnknown", now.ignored) : "";
  box.sentence.textContent = [sentence(now), unknown].filter(Boolean).join(" ");
  place(box.time, histogram.render(now, Math.max(NARROWEST, Math.floor(view.clientWidth) || 720)));
  topLists.NAMES.forEach((name, number) => place(box.lists, topLists.render(name, now, edges()), number));
  if (counts.canCount()) dom.replace(box.groups, communities.render(now));
  box.picked.hidden = !now.picked.length;
  dom.replace(box.picked, comparePick.bar(now));
}

/* A block at its place: one that is there already is not moved, since it would lose the focus. */
function place(parent, block, number = 0) {
  if (parent.children[number] !== block) parent.insertBefore(block, parent.children[number] ?? null);
}

/** Over the network of a small graph: a low histogram and who has part in most meetings. @param {any} now the state */
function showSmall(now) {
  const strip = dom.at("overview-small");
  strip.hidden = !state.IS_SMALL || now.view !== "network" || now.pathOpen || Boolean(now.around);
  if (strip.hidden || !counts.canCount()) return;
  const width = strip.clientWidth;
  const wide = width > 620;
  const time = histogram.render(now, Math.max(NARROWEST, wide ? Math.floor(width * 0.58) : width), true);
  place(strip, time);
  const of = aggregates.overview(now.filters);
  const rows = ranking.firstOf(ranking.candidates("people", of.agents, ""), ranking.comparison("people", of.agents, "certain"), 3);
  const largest = rows.reduce((size, row) => Math.max(size, of.agents.certain[row] + of.agents.planned[row] + of.agents.possible[row]), 1);
  const list = el("section", { class: "block most-present", id: "block-most", "aria-labelledby": "title-most" }, el("h2", { id: "title-most" }, text("mostPresent")),
    el("table", { class: "ranked" }, topLists.head(false), el("tbody", {}, rows.map((row) => topLists.shortRow(of.agents, row, largest)))));
  const before = strip.querySelector("#block-most");
  if (before) dom.replace(before, [...list.childNodes]);
  else strip.append(list);
}

/**
 * The blocks of the overview: for each its name, title and element, and its rows (records of a table).
 * @returns {{name: string, title: string, element: HTMLElement | null, rows: () => Promise<object[]>}[]}
 */
function blocks() {
  return BLOCKS.map(({ name, title, rows }) => ({ name, title: title(), element: dom.at(`block-${name}`), rows }));
}

let resized = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(resized);
  resized = requestAnimationFrame(() => {
    if (state.now.view === "overview") show(state.now);
    else showSmall(state.now);
  });
});

export { NAMES, blocks, edges, sentence, show, showSmall };
