/* The subject: a person, an organisation or a meeting that has the page, or two or three that are compared, each with an address. */
import * as data from "./data.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

texts.add({
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

/** Whether a page is open. @param {any} now @returns {boolean} */
function isOpen(now) {
  return Boolean(now.subject) || now.compare.length > 1;
}

export { close, CLOSED, compare, isAgent, isOpen, MOST, open };
