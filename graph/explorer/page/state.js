/* What the reader has chosen, and its form in the address: everything after the #, so that a link shows the same. */
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as values from "./values.js";

const FACETS = ["kind", "role", "status", "certainty", "place", "county", "countyNow", "district", "topic", "month"];
// The filters by values: facets, and those that come from lists of the overview.
const FILTERS = [...FACETS, "actor"];
// What can be drawn with every name needs no points without names.
const VIEWS = ["overview", "network", "timeline", "map", "table", "structure", "questions"].filter((view) => view !== "structure" || (data.total.entities > 300 && !data.served));
// No value is as long as this.
const LONGEST = 200;
const PATH = ["pathFrom", "pathTo", "pathOpen", "pathPossible", "pathRelations"];
// So many entities can be seen at once: of more the overview is the first view.
const IS_SMALL = data.total.entities <= 60;
const listeners = [];
const defined = new Map(); // parameters of single parts of the page
let current = read("");

/* Whatever the address says, this is a state: what does not exist here is left out, and counted. */
function read(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const existing = (id) => (data.entities.has(id) || data.ties.has(id) ? id : null);
  const entity = (id) => (data.entities.has(id) ? id : null);
  const filters = {};
  let ignored = 0;
  for (const facet of FILTERS) {
    const asked = [...new Set(given.getAll(facet))];
    const chosen = asked.filter((value) => value.length < LONGEST && values.exists(facet, value));
    ignored += asked.length - chosen.length;
    if (chosen.length) filters[facet] = chosen.sort();
  }
  // "to" is a day of the range slider or the end of a path, whichever it can be.
  const [first, last] = ["from", "to"].map((name) => given.getAll(name).find(days.valid) ?? "");
  if ((first || last) && !(first && last && first > last)) filters.span = [first, last];
  const known = { view: (name) => VIEWS.includes(name), sel: existing, around: entity, more: entity, path: (id) => !id || entity(id), subject: entity, compare: entity, pick: entity, to: (word) => days.valid(word) || entity(word), from: days.valid };
  for (const [name, isKnown] of Object.entries(known)) ignored += new Set(given.getAll(name).filter((word) => !isKnown(word))).size;
  return {
    view: VIEWS.includes(given.get("view")) ? given.get("view") : firstView(["around", "all", "more", "path"].some((name) => given.has(name))),
    selected: existing(given.get("sel")),
    around: entity(given.get("around")),
    rings: given.get("rings") === "2" ? 2 : 1,
    all: given.get("all") === "yes",
    more: [...new Set(given.getAll("more"))].filter(entity),
    pathFrom: entity(given.get("path")),
    pathTo: given.getAll("to").find(entity) ?? null,
    pathOpen: given.has("path"),
    pathNumber: /^[1-9]\d{0,8}$/.test(given.get("number") ?? "") ? Number(given.get("number")) : 1,
    pathPossible: given.get("possible") === "yes",
    pathRelations: given.get("relations") === "yes",
    question: given.get("question"),
    hide: given.get("others") === "hide",
    language: given.get("lang") === "en" ? "en" : "nb",
    filters,
    ignored,
    ...Object.fromEntries([...defined].map(([name, parameter]) => [name, parameter.read(given)])),
  };
}

/* The view where the address names none: the overview, unless it is small enough to be drawn, or something is asked for that is drawn. */
function firstView(isDrawn) {
  return IS_SMALL || isDrawn ? "network" : "overview";
}

function serialise(state) {
  const parts = new URLSearchParams();
  if (state.view !== firstView(Boolean(state.around || state.all || state.more.length || state.pathOpen))) parts.set("view", state.view);
  if (state.around) parts.set("around", state.around);
  if (state.around && state.rings === 2) parts.set("rings", "2");
  if (state.all) parts.set("all", "yes");
  for (const id of state.more) parts.append("more", id);
  if (state.pathOpen) parts.set("path", state.pathFrom ?? "");
  if (state.pathOpen && state.pathTo) parts.set("to", state.pathTo);
  if (state.pathOpen && state.pathNumber > 1) parts.set("number", state.pathNumber);
  if (state.pathOpen && state.pathPossible) parts.set("possible", "yes");
  if (state.pathOpen && state.pathRelations) parts.set("relations", "yes");
  if (state.question) parts.set("question", state.question);
  for (const facet of FILTERS) for (const value of state.filters[facet] ?? []) parts.append(facet, value);
  for (const [end, name] of ["from", "to"].entries()) if (state.filters.span?.[end]) parts.append(name, state.filters.span[end]);
  if (state.hide) parts.set("others", "hide");
  if (state.selected) parts.set("sel", state.selected);
  for (const [name, parameter] of defined) parameter.save(parts, state[name], state);
  if (state.language !== "nb") parts.set("lang", state.language);
  return `#${parts.toString().replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
}

/* Adds what one part of the page keeps in the address: `read` gives its value from URLSearchParams, and `save` adds it to
   them, both whatever else the state is. Where what it belongs to, `of` a state, changes, it is as at first. */
function define(name, parameter) {
  defined.set(name, parameter);
}

/* Everything is shown anew. Whoever pressed something that is gone stays where it was. */
function tell() {
  const place = dom.focusPlace();
  for (const listener of listeners) listener(current);
  if (place && dom.isFocusLost()) dom.returnFocus(place);
}

function isOutline(value) {
  return typeof value === "string" && value.startsWith("~");
}

/* The state with these changes; a new entry in the history, so that "back" undoes it, or the same entry `again`. */
function set(changes, { again = false } = {}) {
  // What is on the server has an id when its record has come.
  const names = Object.keys(changes).filter((key) => [changes[key], ...(key === "filters" ? changes.filters.actor ?? [] : [])].flat().some(isOutline));
  if (names.length) {
    resolved(changes).then((own) => set(own, { again }), () => {});
    return;
  }
  const next = { ...current, ignored: 0, ...changes };
  // Another path is asked for: its first is shown.
  if (PATH.some((key) => next[key] !== current[key]) && !("pathNumber" in changes)) next.pathNumber = 1;
  for (const [name, parameter] of defined) {
    if (parameter.of && !(name in changes) && parameter.of(next) !== parameter.of(current)) next[name] = parameter.read(new URLSearchParams());
  }
  const hash = serialise(next);
  if (hash === serialise(current)) return;
  current = next;
  if (again) history.replaceState(null, "", hash);
  else if (hash === "#") history.pushState(null, "", location.pathname + location.search + "#");
  else location.hash = hash;
  tell();
}

async function resolved(changes) {
  const of = async (value) => (Array.isArray(value) ? (await Promise.all(value.map(of))).filter((each) => each !== null) : isOutline(value) ? data.resolved(value) : value);
  return Object.fromEntries(await Promise.all(Object.entries(changes).map(async ([key, value]) => [key, key === "filters" && value.actor ? { ...value, actor: await of(value.actor) } : await of(value)])));
}

/** Ids in the address of which nothing is here. @returns {string[]} */
function absent() {
  const given = new URLSearchParams(location.hash.replace(/^#/, ""));
  const ids = ["sel", "around", "more", "path", "to", "subject", "compare", "actor"].flatMap((name) => given.getAll(name));
  return [...new Set(ids)].filter((id) => /^[a-z-]+:[\w.-]+$/.test(id) && id.length < LONGEST && !data.entities.has(id) && !data.ties.has(id));
}

/** The state with what a part of the page shows already: the address follows, or follows later, and nothing is drawn anew. @param {any} changes */
function keep(changes, { later = false } = {}) {
  current = { ...current, ...changes };
  if (!later) history.replaceState(null, "", serialise(current));
}

/* Shows the same state again, after something beside it has changed. */
function showAgain() {
  tell();
}

/* Reads the address again: what it names may have come meanwhile. */
function reread() {
  current = read(location.hash);
  tell();
}

function start() {
  current = read(location.hash);
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);
  tell();
}

function follow() {
  const next = read(location.hash);
  if (serialise(next) === serialise(current) && next.ignored === current.ignored) return;
  current = next;
  tell();
}

function select(id) {
  set({ selected: id });
}

/* Selects the next one of a walk by keys. The whole walk is one entry in the history, not one a step. */
function walk(id) {
  set({ selected: id }, { again: current.selected !== null });
}

function toggle(facet, value) {
  const on = new Set(current.filters[facet] ?? []);
  if (!on.delete(value)) on.add(value);
  const filters = { ...current.filters };
  if (on.size) filters[facet] = [...on].sort();
  else delete filters[facet];
  set({ filters });
}

function onChange(listener) {
  listeners.push(listener);
}

export { absent, define, keep, FACETS, FILTERS, IS_SMALL, VIEWS, read, serialise, set, start, showAgain, reread, current as now, select, walk, toggle, onChange };
