/* The subject: a person, an organisation or a meeting that has the page, or two or three that are compared, each with an address. */
import * as data from "./data.js";
import * as state from "./state.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

texts.add({
  toSubject: ["Til siden om {who}", "To the page about {who}"],
  openSubject: ["Åpne som egen side", "Open as a page of its own"],
});

// More than these side by side cannot be read.
const MOST = 3;
const CLOSED = { subject: null, compare: [] };
// What is asked for in a view closes the page of a subject.
const view = (now) => JSON.stringify([now.view, now.around, now.pathOpen, now.question]);

state.define("subject", {
  read: (given) => given.getAll("subject").find((id) => data.entities.has(id)) ?? null,
  save: (parts, id) => { if (id) parts.set("subject", id); },
  of: view,
});
state.define("compare", {
  read: (given) => {
    const ids = [...new Set(given.getAll("compare"))].filter(isAgent).slice(0, MOST);
    return ids.length > 1 ? ids : [];
  },
  save: (parts, ids) => { for (const id of ids) parts.append("compare", id); },
  of: view,
});

/** Whether somebody can have a part in a meeting.
 * @param {string} id @returns {boolean} */
function isAgent(id) {
  return ["person", "body", "group"].includes(data.entities.get(id)?.kind);
}

/** Opens the page of an entity. @param {string} id */
function open(id) {
  state.set({ ...CLOSED, subject: id, selected: null });
}

/** Opens the comparison of two or three. @param {string[]} ids */
function compare(ids) {
  state.set({ ...CLOSED, compare: [...new Set(ids)].slice(0, MOST), selected: null });
}

/** Back to the views. */
function close() {
  state.set({ ...CLOSED, selected: null });
}

/**
 * What a view is opened with: whoever has the page, or stands in the middle of the rings, stays what the view is about, as the middle
 * of rings, or where a view counts everything as a filter. A question asks the whole graph.
 * @param {string} name
 * @returns {Record<string, any>}
 */
function toView(name) {
  const { now } = state;
  const ids = isOpen(now) ? subjects(now) : now.around && !now.pathOpen ? [now.around] : [];
  if (!ids.length || name === "questions") return { ...CLOSED, view: name };
  const alone = { ...CLOSED, view: name, around: null, more: [], pathOpen: false };
  if (name === "structure") return { ...alone, selected: ids[0] };
  if (ids.length > 1 || name === "overview") return ids.every((id) => isAgent(id) && values.exists("actor", id)) ? { ...alone, selected: null, filters: { ...now.filters, actor: ids.toSorted() } } : { ...alone, selected: ids[0] };
  return isOpen(now) ? { ...alone, around: ids[0], rings: 1 } : { ...CLOSED, view: name };
}

/** Whom the page is of. @param {any} now @returns {string[]} */
function subjects(now) {
  return now.subject ? [now.subject] : now.compare;
}

/** What several are called beside one another: those of one name with what their ids end in. @param {string[]} ids @returns {string[]} */
function named(ids) {
  const labels = ids.map(data.label);
  return labels.map((label, at) => (labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${ids[at].slice(ids[at].indexOf(":") + 1)})`));
}

/** Opens the page of whoever a view is about: of one, or of two or three that are compared. @param {string[]} ids */
function openAll(ids) {
  if (ids.length > 1) compare(ids);
  else open(ids[0]);
}

/** Whether a page is open. @param {any} now @returns {boolean} */
function isOpen(now) {
  return Boolean(now.subject) || now.compare.length > 1;
}

export { close, CLOSED, compare, isAgent, isOpen, MOST, named, open, openAll, subjects, toView };
