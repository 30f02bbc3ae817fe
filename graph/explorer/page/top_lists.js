/* Top lists: who has part in most meetings, who with whom, about what and where, counted over all that the filters let through. */
import * as aggregates from "./aggregates.js";
import * as comparePick from "./compare_pick.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as otherSpellings from "./other_spellings.js";
import * as pairs from "./pairs.js";
import * as ranking from "./ranking.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el, svg } = dom;
const { text } = texts;
const { candidates, comparison, FACET, FIRST, firstOf, KIND, nameOf, NAMES, optionsOf, setOptions } = ranking;
// So many more rows come at once.
const MORE = 50;
// A sparkline has so many bins at most.
const SPARKS = 24;
const SPARK = { width: 72, height: 18 };

texts.add({
  list_people: ["Personer", "People"],
  list_bodies: ["Organisasjoner", "Organisations"],
  list_pairs: ["Hvem med hvem", "Who with whom"],
  list_topics: ["Tema", "Topics"],
  list_places: ["Steder", "Places"],
  listCrowds: ["{count} møter med flere enn {most} er ikke med i parene.", "{count} meetings of more than {most} are not among the pairs."],
  listSort: ["Sorter {what}", "Sort {what}"],
  listFind: ["Søk i {what}", "Search {what}"],
  listSearch: ["Søk", "Find"],
  listLess: ["Vis færre", "Show fewer"],
  listNone: ["Ingen.", "None."],
  listCounting: ["Teller …", "Counting …"],
  listOnServer: ["Disse telles bare der tjeneren er.", "These are counted only where the server is."],
  tagNew: ["ny", "new"],
  tagGone: ["borte", "gone"],
  tagNewRule: ["Ny: hele tiden for det første møtet ligger i det siste året av tidsrommet (fra {day}).", "New: all of the time of the first meeting lies in the last year of the period (from {day})."],
  tagGoneRule: ["Borte: ingen møter etter {day}, da det siste året i dataene begynner.", "Gone: no meeting since {day}, when the last year of the data begins."],
  rowCertain: ["{count} holdt", "{count} held"],
  rowPlanned: ["{count} planlagt", "{count} planned"],
  rowPossible: ["{count} mulig", "{count} possible"],
  pairCompare: ["sammenlign", "compare"],
  onlyThese: ["{what}: vis bare disse møtene", "{what}: show these meetings only"],
});

const built = new Map(); // sections by name, so that what is typed stays

/** Shows a list for this state. @returns {HTMLElement} its block, which stays the same */
function render(name, now, edges) {
  const part = sectionOf(name);
  const { sort, words } = optionsOf(now, name);
  if (document.activeElement !== part.find) part.find.value = words;
  part.sort.value = sort;
  part.filters = now.filters;
  const fill = (table) => { if (part.filters === now.filters) filled(part, name, now, table, edges); };
  // Pairs are counted when the columns are there.
  if (name === "pairs" && !counts.canCount()) {
    dom.replace(part.body, el("tr", {}, el("td", {}, text(location.protocol.startsWith("http") ? "listCounting" : "listOnServer"))));
    for (const button of [part.more, part.less]) button.hidden = true;
  } else if (name === "pairs") {
    if (!part.body.firstChild) dom.replace(part.body, el("tr", {}, el("td", {}, text("listCounting"))));
    ranking.tableOf(name, now.filters).then(fill);
  } else {
    fill(ranking.countedTable(name, now.filters));
  }
  return part.box;
}

function filled(part, name, now, table, edges) {
  const { sort, shown, words } = optionsOf(now, name);
  const all = candidates(name, table, words);
  const most = firstOf(all, comparison(name, table, sort), shown);
  // A preview has the first rows only.
  const count = counts.index.isPreview ? table.total || table.totals[KIND[name]] : all.length;
  const largest = most.reduce((size, row) => Math.max(size, table.certain[row] + table.planned[row] + table.possible[row]), 1);
  const changes = KIND[name] ? aggregates.changes(now.filters) : null;
  part.box.hidden = !all.length && !words;
  dom.replace(part.body, most.map((row) => rowOf(name, table, row, { now, largest, changes, edges })), all.length ? null : el("tr", {}, el("td", {}, text("listNone"))));
  part.shown.textContent = text("listShown", { shown: texts.count(most.length), all: texts.count(count) });
  part.about.textContent = [ranking.about(name), table.crowds ? text("listCrowds", { count: texts.count(table.crowds), most: pairs.MOST_AGENTS }) : ""].filter(Boolean).join(" ");
  const left = count - most.length;
  part.more.hidden = left <= 0;
  part.more.textContent = text("listMore", { count: texts.count(Math.min(MORE, left)) });
  part.less.hidden = shown <= FIRST;
}

function sectionOf(name) {
  const key = `${name} ${texts.language}`;
  if (built.has(key)) return built.get(key);
  const what = text(`list_${name}`).toLocaleLowerCase(texts.language);
  const part = { body: el("tbody"), shown: el("span", { class: "hint", role: "status" }), about: el("p", { class: "hint" }) };
  part.find = el("input", { type: "search", id: `find-${name}`, placeholder: text("listSearch"), "aria-label": text("listFind", { what }), autocomplete: "off", spellcheck: "false", oninput: () => setOptions(name, { words: part.find.value }, true) });
  const sorts = ranking.SORTS.filter((sort) => KIND[name] || FACET[name] || !["first", "last"].includes(sort));
  part.sort = el("select", { id: `sort-list-${name}`, "aria-label": text("listSort", { what }), onchange: () => setOptions(name, { sort: part.sort.value }) }, sorts.map((sort) => el("option", { value: sort }, text(`sort_${sort}`))));
  part.more = el("button", { type: "button", class: "button", id: `more-${name}`, onclick: () => {
    const { shown } = optionsOf(state.now, name);
    setOptions(name, { shown: shown + MORE });
    part.body.rows[shown]?.querySelector("button")?.focus({ preventScroll: true });
  } });
  part.less = el("button", { type: "button", class: "quiet", onclick: () => { setOptions(name, { shown: FIRST }); part.find.focus({ preventScroll: true }); } }, text("listLess"));
  part.box = el("section", { class: "block top-list", id: `block-${name}`, "aria-labelledby": `title-${name}` },
    el("div", { class: "block-head" }, el("h2", { id: `title-${name}` }, text(`list_${name}`)), part.find, part.sort), part.about,
    el("table", { class: "ranked", "aria-labelledby": `title-${name}` }, head(Boolean(KIND[name])), part.body), el("p", { class: "turner" }, part.more, part.less, part.shown));
  built.set(key, part);
  return part;
}

function rowOf(name, table, row, { now, largest, changes, edges }) {
  const label = nameOf(name, table, row) || "…";
  const isChosen = FACET[name] ? (now.filters[FACET[name]] ?? []).includes(counts.index.columns.pools[name][row]) : now.selected !== null && data.idAt(row) === now.selected && Boolean(KIND[name]);
  return el("tr", { "aria-current": isChosen ? "true" : null },
    el("th", { scope: "row" }, pickOf(name, row, now), nameButtons(name, table, row, label), tagOf(changes, row), KIND[name] && data.idAt(row) !== undefined ? otherSpellings.line(data.idAt(row), subject.open) : null),
    el("td", { class: "bar-cell" }, bar(table, row, largest, () => act(name, table, row))),
    numbers(table, row, (count) => el("button", { type: "button", title: text("onlyThese", { what: label }), "aria-label": text("onlyThese", { what: `${label}, ${inWords(table, row)}` }), onclick: () => only(name, table, row) }, count)),
    KIND[name] && edges ? el("td", { class: "spark-cell" }, spark(now, row, edges)) : null);
}

/** A row of a few, without small pictures. */
function shortRow(table, row, largest) {
  // Beside a drawing, as in it: the proof opens, and the drawing stays.
  const select = () => state.select(data.idAt(row));
  return el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "name-of", onclick: select }, nameOf("people", table, row))),
    el("td", { class: "bar-cell" }, bar(table, row, largest, select)),
    numbers(table, row, (count) => count));
}

/** Cells with what is certain, planned and possible: never one number for all. */
function numbers(table, row, wrap) {
  return [["held", table.certain], ["planned", table.planned], ["possible", table.possible]].map(([look, column]) =>
    el("td", { class: `number ${look}` }, look === "held" ? wrap(texts.count(column[row])) : column[row] ? texts.count(column[row]) : el("span", { class: "hint", "aria-hidden": "true" }, "·")));
}

/** The head of a list: the signs of its numbers. */
function head(isTimed) {
  const of = (look) => el("th", { scope: "col", class: `number ${look}` }, el("span", { class: `piece ${look}`, "aria-hidden": "true" }), el("span", { class: "unseen" }, text(`look_${look}`)));
  return el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "unseen" }, text("sort_name"))), el("td", { class: "bar-cell" }), ["held", "planned", "possible"].map(of), isTimed ? el("td", { class: "spark-cell" }) : null));
}

function nameButtons(name, table, row, label) {
  const agent = (number) => { const id = data.idAt(number); return el("button", { type: "button", class: "name-of", onclick: () => open(number) }, id === undefined ? "…" : data.label(id)); };
  if (name === "pairs") {
    return [agent(table.one[row]), el("span", { class: "and" }, " + "), agent(table.other[row]), " ",
      el("button", { type: "button", class: "quiet compare-pair", "aria-label": text("pickCompare", { who: label }), onclick: () => compareWith(table, row) }, text("pairCompare"))];
  }
  if (FACET[name]) return el("button", { type: "button", class: "name-of", onclick: () => only(name, table, row) }, label);
  return agent(row);
}

function pickOf(name, row, now) {
  const id = KIND[name] ? data.idAt(row) : undefined;
  return id !== undefined ? comparePick.box(name, id, now) : null;
}

function tagOf(changes, row) {
  if (changes?.isNew(row)) return el("span", { class: "tag new", title: text("tagNewRule", { day: texts.day(days.iso(changes.newFrom)) }) }, text("tagNew"));
  if (changes?.isGone(row)) return el("span", { class: "tag", title: text("tagGoneRule", { day: texts.day(days.iso(changes.goneBefore)) }) }, text("tagGone"));
  return null;
}

/** A press on a bar opens the page of the agent, or the comparison of the pair; others choose their meetings. */
function act(name, table, row) {
  if (FACET[name]) only(name, table, row);
  else if (name === "pairs") compareWith(table, row);
  else open(row);
}

/** Opens the page of an agent, if its record has arrived. */
function open(row) {
  const id = data.idAt(row);
  if (id !== undefined) subject.open(id);
}

function compareWith(table, row) {
  const ids = [table.one[row], table.other[row]].map(data.idAt);
  if (!ids.includes(undefined)) subject.compare(ids);
}

/** Leaves the meetings that a row counts: a second press takes that back. */
function only(name, table, row) {
  if (FACET[name]) {
    state.toggle(FACET[name], counts.index.columns.pools[name][row]);
    return;
  }
  const chosen = (name === "pairs" ? [table.one[row], table.other[row]] : [row]).map(data.idAt).sort();
  const filters = { ...state.now.filters };
  if (filters.actor && String(filters.actor) === String(chosen)) delete filters.actor;
  else filters.actor = chosen;
  state.set({ filters });
}

function bar(table, row, largest, press) {
  const piece = (look, count) => {
    if (!count) return null;
    const result = el("span", { class: `piece ${look}` });
    result.style.width = `${(count / largest) * 100}%`;
    return result;
  };
  return el("span", { class: "bar-line", "aria-hidden": "true", onclick: press }, piece("held", table.certain[row]), piece("planned", table.planned[row]), piece("possible", table.possible[row]));
}

function inWords(table, row) {
  return [["rowCertain", table.certain], ["rowPlanned", table.planned], ["rowPossible", table.possible]].filter(([key, column]) => column[row] || key === "rowCertain")
    .map(([key, column]) => text(key, { count: texts.count(column[row]) })).join(", ");
}

/** Meetings of an agent over time: filled what is known to a bin, pale what can have been in it. */
function spark(now, agent, edges) {
  const step = Math.ceil((edges.length - 1) / SPARKS);
  const coarse = edges.filter((_, number) => number % step === 0);
  if (coarse.at(-1) !== edges.at(-1)) coarse.push(edges.at(-1));
  const { held, planned, possible, highest } = aggregates.histogramOf(aggregates.overview(now.filters), coarse, agent);
  const most = highest.reduce((size, count) => Math.max(size, count), 1);
  const wide = SPARK.width / held.length;
  const columns = (heights) => [...heights].map((count, bin) => (count ? `M${(bin * wide).toFixed(1)} ${SPARK.height}v${(-count / most * SPARK.height).toFixed(1)}h${(wide * 0.86).toFixed(1)}V${SPARK.height}z` : "")).join("");
  return svg("svg", { class: "spark", viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, width: SPARK.width, height: SPARK.height, "aria-hidden": "true" },
    svg("path", { class: "high", d: columns(highest) }), svg("path", { class: "low", d: columns(held.map((count, bin) => count + planned[bin] + possible[bin])) }));
}

export { NAMES, render, head, shortRow };
