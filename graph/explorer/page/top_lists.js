/* Top lists: who has part in most meetings, who with whom, about what and where, counted over all that the filters let through. */
import * as aggregates from "./aggregates.js";
import { NO_DAY } from "./column_store.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as pairs from "./pairs.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el, svg } = dom;
const { text } = texts;
// So many rows stand there at first, and so many more come at once.
const FIRST = 8;
const MORE = 50;
const SORTS = ["certain", "possible", "first", "last", "name"];
const NAMES = ["people", "bodies", "pairs", "topics", "places"];
const KIND = { people: 1, bodies: 2 };
const FACET = { topics: "topic", places: "place" };
// A sparkline has so many bins at most.
const SPARKS = 24;
const SPARK = { width: 72, height: 18 };

texts.add({
  list_people: ["Personer", "People"],
  list_bodies: ["Organisasjoner", "Organisations"],
  list_pairs: ["Hvem med hvem", "Who with whom"],
  list_topics: ["Tema", "Topics"],
  list_places: ["Steder", "Places"],
  list_about_people: ["Møter de har del i. Del i et møte er ikke alltid oppmøte.", "Meetings in which they have a part. A part is not always attendance."],
  list_about_bodies: ["Møter de har del i.", "Meetings in which they have a part."],
  list_about_pairs: ["Personer og organisasjoner med del i samme møte.", "People and organisations with parts in the same meeting."],
  list_about_topics: ["Møter om hvert tema.", "Meetings about each topic."],
  list_about_places: ["Møter i hver kommune, eller på stedet slik kilden skriver det.", "Meetings in each municipality, or at the place as the source writes it."],
  listCrowds: ["{count} møter med flere enn {most} er ikke med i parene.", "{count} meetings of more than {most} are not among the pairs."],
  sort_certain: ["flest sikre", "most certain"],
  sort_possible: ["flest mulige", "most possible"],
  sort_first: ["nye først", "new ones first"],
  sort_last: ["lengst borte først", "longest gone first"],
  sort_name: ["navn", "name"],
  listSort: ["Sorter {what}", "Sort {what}"],
  listFind: ["Søk i {what}", "Search {what}"],
  listSearch: ["Søk", "Search"],
  listShow: ["Vis {count} til av {all}", "Show {count} more of {all}"],
  listLess: ["Vis færre", "Show fewer"],
  listShown: ["{shown} av {all}", "{shown} of {all}"],
  listNone: ["Ingen.", "None."],
  listWith: ["med {words} i navnet", "with {words} in the name"],
  listCounting: ["Teller …", "Counting …"],
  tagNew: ["ny", "new"],
  tagGone: ["borte", "gone"],
  tagNewRule: ["Ny: hele tiden for det første møtet ligger i det siste året av tidsrommet (fra {day}).", "New: all of the time of the first meeting lies in the last year of the period (from {day})."],
  tagGoneRule: ["Borte: ingen møter etter {day}, da det siste året i dataene begynner.", "Gone: no meeting since {day}, when the last year of the data begins."],
  numberCertain: ["{count} holdt", "{count} held"],
  numberPlanned: ["{count} planlagt", "{count} planned"],
  numberPossible: ["{count} mulig", "{count} possible"],
  onlyThese: ["{what}: vis bare disse møtene", "{what}: show these meetings only"],
  withAnd: ["{one} og {other}", "{one} and {other}"],
});

state.define("lists", {
  read(given) {
    const result = {};
    for (const value of given.getAll("list").filter((each) => each.length < 200)) {
      const [name, sort, shown, ...words] = value.split("~");
      if (NAMES.includes(name) && SORTS.includes(sort) && /^\d{1,6}$/.test(shown)) result[name] = { sort, shown: Math.max(FIRST, Number(shown)), words: words.join("~") };
    }
    return result;
  },
  save(parts, value) {
    for (const name of NAMES) {
      const of = value?.[name];
      if (of && (of.sort !== "certain" || of.shown !== FIRST || of.words)) parts.append("list", [name, of.sort, of.shown, of.words].join("~"));
    }
  },
});

const built = new Map(); // sections by name, so that what is typed stays
const folded = new Map(); // names of things as they are searched, by language
let picker = null;

function optionsOf(now, name) {
  return now.lists?.[name] ?? { sort: "certain", shown: FIRST, words: "" };
}

function setOptions(name, changes, again = false) {
  const { lists } = state.now;
  state.set({ lists: { ...lists, [name]: { ...optionsOf(state.now, name), ...changes } } }, { again });
}

/** Adds a checkbox to each row of an agent. @param {{label: (id: string) => string, isPicked: (id: string) => boolean, pick: (id: string) => void}} how */
function onPick(how) {
  picker = how;
}

/* What a value of a pool is called: words of a source stand behind a quote sign. */
function valueName(value) {
  return value.startsWith('"') ? texts.quoted(dom.plain(value.slice(1))) : texts.capital(data.label(value));
}

/** What a row is called; empty while its record has not arrived. */
function nameOf(name, table, row) {
  const { pools } = counts.index.columns;
  const agent = (number) => (data.idAt(number) === undefined ? "" : data.label(data.idAt(number)));
  if (FACET[name]) return valueName(pools[name][row]);
  if (name === "pairs") return text("withAnd", { one: agent(table.one[row]), other: agent(table.other[row]) });
  return agent(row);
}

function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(texts.language);
}

function searched(name, table, row) {
  if (name === "pairs") return fold(nameOf(name, table, row));
  const key = `${name} ${texts.language}`;
  if (!folded.has(key)) folded.set(key, new Map());
  const names = folded.get(key);
  if (!names.has(row)) {
    const words = fold(nameOf(name, table, row));
    if (words) names.set(row, words);
    return words;
  }
  return names.get(row);
}

/** The rows of a table that count anything, of agents those of a kind, and with these words in their names. */
function candidates(name, table, words) {
  const { agent, columns: { arrays: { kind } } } = counts.index;
  const wanted = fold(words.trim());
  const result = [];
  for (let row = 0; row < table.certain.length; row += 1) {
    if (!table.certain[row] && !table.planned[row] && !table.possible[row]) continue;
    if (KIND[name] && agent[kind[row]] !== KIND[name]) continue;
    if (!wanted || searched(name, table, row).includes(wanted)) result.push(row);
  }
  return result;
}

function comparison(name, table, sort) {
  const most = (one, other) => table.certain[other] - table.certain[one] || table.planned[other] - table.planned[one] || table.possible[other] - table.possible[one] || one - other;
  if (sort === "possible") return (one, other) => table.possible[other] - table.possible[one] || most(one, other);
  if (sort === "name") {
    const collator = new Intl.Collator(texts.language);
    return (one, other) => collator.compare(nameOf(name, table, one), nameOf(name, table, other)) || most(one, other);
  }
  const known = (row) => (table.last && table.last[row] !== NO_DAY ? 1 : 0);
  if (sort === "first") return (one, other) => known(other) - known(one) || (table.first ? table.first[other] - table.first[one] : 0) || most(one, other);
  if (sort === "last") return (one, other) => known(other) - known(one) || (table.last ? table.last[one] - table.last[other] : 0) || most(one, other);
  return most;
}

/** The first of these rows in order: all of them are sorted only where many are asked for. */
function firstOf(rows, compare, most) {
  if (rows.length <= most || most > 2 * FIRST) return rows.sort(compare).slice(0, most);
  const best = [];
  for (const row of rows) {
    if (best.length === most && compare(row, best.at(-1)) >= 0) continue;
    let at = best.length;
    while (at > 0 && compare(row, best[at - 1]) < 0) at -= 1;
    best.splice(at, 0, row);
    if (best.length > most) best.pop();
  }
  return best;
}

/** The table of a list: its counts by row. Topics and places are counted as if none of them were chosen, so that others can be. */
async function tableOf(name, filters) {
  return name === "pairs" ? pairs.of(filters) : countedTable(name, filters);
}

function countedTable(name, filters) {
  if (KIND[name]) return aggregates.overview(filters).agents;
  return aggregates.overview(Object.fromEntries(Object.entries(filters).filter(([facet]) => facet !== FACET[name])))[name];
}

/** Shows a list for this state. @returns {HTMLElement} its block, which stays the same */
function render(name, now, edges) {
  const part = sectionOf(name);
  const { sort, words } = optionsOf(now, name);
  if (document.activeElement !== part.find) part.find.value = words;
  part.sort.value = sort;
  part.filters = now.filters;
  const fill = (table) => { if (part.filters === now.filters) filled(part, name, now, table, edges); };
  if (name === "pairs") {
    if (!part.body.firstChild) dom.replace(part.body, el("tr", {}, el("td", {}, text("listCounting"))));
    tableOf(name, now.filters).then(fill);
  } else {
    fill(countedTable(name, now.filters));
  }
  return part.box;
}

function filled(part, name, now, table, edges) {
  const { sort, shown, words } = optionsOf(now, name);
  const all = candidates(name, table, words);
  const most = firstOf(all, comparison(name, table, sort), shown);
  const largest = most.reduce((size, row) => Math.max(size, table.certain[row] + table.planned[row] + table.possible[row]), 1);
  const changes = KIND[name] ? aggregates.changes(now.filters) : null;
  part.box.hidden = !all.length && !words;
  dom.replace(part.body, most.map((row) => rowOf(name, table, row, { now, largest, changes, edges })), all.length ? null : el("tr", {}, el("td", {}, text("listNone"))));
  part.shown.textContent = text("listShown", { shown: texts.count(most.length), all: texts.count(all.length) });
  part.about.textContent = [text(`list_about_${name}`), table.crowds ? text("listCrowds", { count: texts.count(table.crowds), most: pairs.MOST_AGENTS }) : ""].filter(Boolean).join(" ");
  const left = all.length - most.length;
  part.more.hidden = left <= 0;
  part.more.textContent = text("listShow", { count: texts.count(Math.min(MORE, left)), all: texts.count(all.length) });
  part.less.hidden = shown <= FIRST;
}

function sectionOf(name) {
  const key = `${name} ${texts.language}`;
  if (built.has(key)) return built.get(key);
  const what = text(`list_${name}`).toLocaleLowerCase(texts.language);
  const part = { body: el("tbody"), shown: el("span", { class: "hint", role: "status" }), about: el("p", { class: "hint" }) };
  part.find = el("input", { type: "search", id: `find-${name}`, placeholder: text("listSearch"), "aria-label": text("listFind", { what }), autocomplete: "off", spellcheck: "false", oninput: () => setOptions(name, { words: part.find.value }, true) });
  const sorts = SORTS.filter((sort) => KIND[name] || FACET[name] || !["first", "last"].includes(sort));
  part.sort = el("select", { id: `sort-list-${name}`, "aria-label": text("listSort", { what }), onchange: () => setOptions(name, { sort: part.sort.value }) }, sorts.map((sort) => el("option", { value: sort }, text(`sort_${sort}`))));
  part.more = el("button", { type: "button", class: "button", id: `more-${name}`, onclick: () => {
    const { shown } = optionsOf(state.now, name);
    setOptions(name, { shown: shown === FIRST ? MORE : shown + MORE });
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
    el("th", { scope: "row" }, pickOf(name, row), nameButtons(name, table, row, label), tagOf(changes, row)),
    el("td", { class: "bar-cell" }, bar(table, row, largest, () => act(name, table, row))),
    numbers(table, row, (count) => el("button", { type: "button", title: text("onlyThese", { what: label }), "aria-label": text("onlyThese", { what: `${label}, ${inWords(table, row)}` }), onclick: () => only(name, table, row) }, count)),
    KIND[name] && edges ? el("td", { class: "spark-cell" }, spark(now, row, edges)) : null);
}

/** A row of a few, without small pictures. */
function shortRow(table, row, largest) {
  return el("tr", {}, el("th", { scope: "row" }, nameButtons("people", table, row, nameOf("people", table, row))),
    el("td", { class: "bar-cell" }, bar(table, row, largest, () => act("people", table, row))),
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
  const agent = (number) => { const id = data.idAt(number); return el("button", { type: "button", class: "name-of", onclick: () => state.select(id) }, id === undefined ? "…" : data.label(id)); };
  if (name === "pairs") return [agent(table.one[row]), el("span", { class: "and" }, " + "), agent(table.other[row])];
  if (FACET[name]) return el("button", { type: "button", class: "name-of", onclick: () => only(name, table, row) }, label);
  return agent(row);
}

function pickOf(name, row) {
  const id = KIND[name] ? data.idAt(row) : undefined;
  return picker && id !== undefined ? el("input", { type: "checkbox", class: "pick", checked: picker.isPicked(id), "aria-label": picker.label(id), onchange: () => picker.pick(id) }) : null;
}

function tagOf(changes, row) {
  if (changes?.isNew(row)) return el("span", { class: "tag new", title: text("tagNewRule", { day: texts.day(days.iso(changes.newFrom)) }) }, text("tagNew"));
  if (changes?.isGone(row)) return el("span", { class: "tag", title: text("tagGoneRule", { day: texts.day(days.iso(changes.goneBefore)) }) }, text("tagGone"));
  return null;
}

/** A press on the bar of an agent opens its proof; others choose their meetings. */
function act(name, table, row) {
  if (KIND[name]) state.select(data.idAt(row));
  else only(name, table, row);
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
  return [["numberCertain", table.certain], ["numberPlanned", table.planned], ["numberPossible", table.possible]].filter(([key, column]) => column[row] || key === "numberCertain")
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

/** How a list is sorted and searched, and what it counts, in words: for pictures. @returns {{about: string, sort: string, words: string, shown: number}} */
function described(name, now) {
  const { sort, words, shown } = optionsOf(now, name);
  return { about: text(`list_about_${name}`), sort: text(`sort_${sort}`), words: words.trim() ? text("listWith", { words: texts.quoted(dom.plain(words.trim())) }) : "", shown };
}

/** All rows of a list in its order: for files and pictures. */
async function allRows(name, now) {
  const table = await tableOf(name, now.filters);
  const { sort, words } = optionsOf(now, name);
  const day = (number) => (number === NO_DAY || number === 2 ** 31 - 1 ? "" : days.iso(number));
  return candidates(name, table, words).sort(comparison(name, table, sort)).map((row) => ({
    name: nameOf(name, table, row), ...(KIND[name] ? { id: data.idAt(row) } : {}), ...(FACET[name] ? { id: counts.index.columns.pools[name][row] } : {}),
    ...(name === "pairs" ? { id: data.idAt(table.one[row]), other: data.idAt(table.other[row]) } : {}),
    certain: table.certain[row], planned: table.planned[row], possible: table.possible[row],
    ...(table.first && table.last[row] !== NO_DAY ? { first: day(table.first[row]), last: day(table.last[row]) } : {}),
  }));
}

export { NAMES, described, render, onPick, allRows, tableOf, candidates, comparison, firstOf, head, shortRow };
