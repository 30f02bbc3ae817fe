/* The views that somebody keeps, each with a name and a note: in the browser, in a small file, or in a copy of the page. */
import * as dom from "./dom.js";
import * as dialogs from "./share_dialog.js";
import * as files from "./share_files.js";
import * as page from "./share_page.js";
import * as records from "./share_records.js";
import * as title from "./share_title.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const KIND = "motegraf-views";
const KEY = `${KIND} ${location.pathname}`;
const [MOST, NAME, NOTE, ADDRESS, FILE] = [200, 200, 10000, 8000, 4000000];
let views = [];
let isStored = true;

texts.add({
  savedViews: ["Lagrede visninger ({count})", "Saved views ({count})"],
  savedTitle: ["Lagrede visninger", "Saved views"],
  saveView: ["Lagre denne visningen", "Save this view"],
  viewName: ["Navn", "Name"],
  viewNote: ["Notat", "Note"],
  viewUp: ["Flytt opp: {name}", "Move up: {name}"],
  viewDown: ["Flytt ned: {name}", "Move down: {name}"],
  viewDelete: ["Slett: {name}", "Delete: {name}"],
  viewsNone: ["Ingen visninger er lagret ennå.", "No view is saved yet."],
  viewsExport: ["Last ned listen (JSON)", "Download the list (JSON)"],
  viewsImport: ["Hent inn en liste (JSON)", "Bring in a list (JSON)"],
  viewsPage: ["Last ned siden med visningene", "Download the page with the views"],
  viewsNotStored: ["Nettleseren lar ikke siden lagre noe. Visningene blir borte når siden lukkes; last dem ned.", "The browser lets the page store nothing. The views are gone when the page is closed; download them."],
  viewsFull: ["Listen har {count} visninger, og flere er det ikke plass til.", "The list has {count} views, and there is no room for more."],
  viewsImported: ["{count} visninger er hentet inn.", "{count} views were brought in."],
  viewsTooLarge: ["Filen er for stor til å være en liste av visninger.", "The file is too large to be a list of views."],
  viewsNoJson: ["Filen er ikke JSON.", "The file is not JSON."],
  viewsOther: ["Filen er ingen liste av visninger fra Møtegraf.", "The file is no list of views of Møtegraf."],
  viewsUnknownKey: ["Filen har noe som ikke hører til i en liste av visninger: {key}", "The file has something that does not belong in a list of views: {key}"],
  viewsWrong: ["Visning {number} mangler navn, notat eller adresse, eller de er for lange.", "View {number} lacks its name, note or address, or they are too long."],
  viewsForeign: ["Visning {number} fører ut av denne siden: en adresse må begynne med #.", "View {number} leads out of this page: an address must begin with #."],
});

class ViewsError extends Error {}

/** The views of a list, checked: it may hold nothing else. @param {any} list @returns {{name: string, note: string, address: string}[]} */
function checked(list) {
  if (!list || typeof list !== "object" || Array.isArray(list) || list.kind !== KIND || list.version !== 1 || !Array.isArray(list.views)) throw new ViewsError(text("viewsOther"));
  known(list, ["kind", "version", "views"]);
  if (list.views.length > MOST) throw new ViewsError(text("viewsFull", { count: MOST }));
  return list.views.map((view, at) => {
    const number = at + 1;
    if (!view || typeof view !== "object") throw new ViewsError(text("viewsWrong", { number }));
    known(view, ["name", "note", "address"]);
    const { name, note, address } = view;
    const isText = (words, most) => typeof words === "string" && words.length <= most;
    if (!isText(name, NAME) || !isText(note, NOTE) || !isText(address, ADDRESS) || !name.trim()) throw new ViewsError(text("viewsWrong", { number }));
    if (!address.startsWith("#")) throw new ViewsError(text("viewsForeign", { number }));
    return { name, note, address };
  });
}

function known(record, keys) {
  const unknown = Object.keys(record).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new ViewsError(text("viewsUnknownKey", { key: dom.plain(unknown) }));
}

const listOf = () => ({ kind: KIND, version: 1, views });

/* Those of the browser, else those that came with the page. */
function read() {
  for (const source of [stored, page.own]) {
    try {
      const list = source();
      if (list) return checked(list);
    } catch {
      // What cannot be read is no list of ours; the next may be.
    }
  }
  return [];
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch (error) {
    if (!(error instanceof SyntaxError)) isStored = false;
    return null;
  }
}

/* The list as it is now: other windows of the page may have saved meanwhile. */
function latest() {
  return isStored ? read() : views;
}

function keep(change) {
  views = change(latest());
  try {
    localStorage.setItem(KEY, JSON.stringify(listOf()));
    isStored = true;
  } catch {
    isStored = false;
  }
  sayCount();
}

function sayCount() {
  const opener = dom.at("share-views");
  if (opener) opener.textContent = text("savedViews", { count: views.length });
}

function say(words) {
  dom.at("views-status").textContent = words;
}

/* The list, drawn anew; the focus stays by what was pressed. */
function fill(focus) {
  dom.replace(dom.at("views-list"), views.length ? el("ol", {}, views.map(item)) : el("p", { class: "hint" }, text("viewsNone")));
  dom.at("views-stored").textContent = isStored ? "" : text("viewsNotStored");
  if (focus) (dom.at(focus) && !dom.at(focus).disabled ? dom.at(focus) : dom.at("view-name")).focus();
}

function item(view, at) {
  const name = dom.plain(view.name);
  const act = (id, sign, key, next, disabled = false) => el("button", { type: "button", class: "button", id: `view-${id}-${at}`, disabled, "aria-label": text(key, { name }), onclick: () => { keep(next); fill(`view-${id}-${Math.max(0, at + { up: -1, down: 1, delete: 0 }[id])}`); } }, sign);
  const isThis = (other) => JSON.stringify(view) === JSON.stringify(other);
  const moved = (step) => (all) => {
    const place = all.findIndex(isThis);
    const next = [...all];
    if (place >= 0 && next[place + step]) [next[place], next[place + step]] = [next[place + step], next[place]];
    return next;
  };
  const without = (all) => {
    const place = all.findIndex(isThis);
    return all.filter((_, number) => number !== place);
  };
  return el("li", {}, el("button", { type: "button", class: "quiet", dir: "auto", onclick: () => open(view) }, name),
    view.note ? el("p", { class: "note", dir: "auto", tabindex: "0" }, dom.clean(view.note)) : null,
    el("span", { class: "row" }, act("up", "↑", "viewUp", moved(-1), at === 0), act("down", "↓", "viewDown", moved(1), at === views.length - 1),
      act("delete", "×", "viewDelete", without)));
}

function open(view) {
  dom.at("views-dialog").close();
  location.hash = view.address;
}

function add(event) {
  event.preventDefault();
  const name = dom.at("view-name").value.trim() || title.title();
  if (latest().length >= MOST) {
    say(text("viewsFull", { count: MOST }));
    return;
  }
  keep((all) => [...all, { name: name.slice(0, NAME), note: dom.at("view-note").value.slice(0, NOTE), address: state.serialise(state.now) }]);
  dom.at("view-note").value = "";
  fill();
}

/** Brings a list in, after the views that are there. @param {Blob} file */
async function bringIn(file) {
  try {
    if (file.size > FILE) throw new ViewsError(text("viewsTooLarge"));
    let list;
    try {
      list = JSON.parse(await file.text());
    } catch {
      throw new ViewsError(text("viewsNoJson"));
    }
    const more = checked(list);
    if (latest().length + more.length > MOST) throw new ViewsError(text("viewsFull", { count: MOST }));
    keep((all) => [...all, ...more]);
    fill();
    say(text("viewsImported", { count: more.length }));
  } catch (error) {
    if (!(error instanceof ViewsError)) throw error;
    say(error.message);
  }
}

async function savePage() {
  if (await records.arrival((part) => say(text("arriving", { part: Math.round(part * 100) })))) page.save(listOf(), title.fileName("html"));
  else say(text("neverCame"));
}

/* The dialog with the list. */
function show() {
  views = latest();
  sayCount();
  const name = el("input", { type: "text", id: "view-name", maxlength: NAME });
  name.value = title.title().slice(0, NAME);
  const choose = el("input", { type: "file", id: "views-file", accept: ".json,application/json", onchange: (event) => { if (event.target.files[0]) bringIn(event.target.files[0]); event.target.value = ""; } });
  dialogs.open("views-dialog", text("savedTitle"),
    el("form", { onsubmit: add }, el("label", { for: "view-name" }, text("viewName")), name, el("label", { for: "view-note" }, text("viewNote")),
      el("textarea", { id: "view-note", rows: 3, maxlength: NOTE }), el("p", {}, el("button", { type: "submit", class: "button", id: "view-save" }, text("saveView")))),
    el("p", { id: "views-stored", class: "hint" }), el("div", { id: "views-list" }), el("p", { id: "views-status", role: "status" }),
    el("div", { class: "row" }, el("button", { type: "button", class: "button", id: "views-export", onclick: () => files.save(JSON.stringify(listOf(), null, 1), "application/json", "motegraf-visninger.json") }, text("viewsExport")),
      el("button", { type: "button", class: "button", id: "views-page", onclick: savePage }, text("viewsPage"))),
    el("label", { for: "views-file" }, text("viewsImport")), choose);
  fill();
}

/** How many views are kept. @returns {number} */
function count() {
  return views.length;
}

/* Another window of the page saved something. */
function follow(event) {
  if (event.key !== KEY) return;
  views = latest();
  sayCount();
  if (dom.at("views-list")) fill();
}

views = read();
addEventListener("storage", follow);

export { show, count, checked };
