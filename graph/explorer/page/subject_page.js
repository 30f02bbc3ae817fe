/* Shows the page of a subject in the place of the views, and leads the focus to it and back. */
import * as actor from "./actor.js";
import * as compare from "./compare.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as eventPage from "./event_page.js";
import * as spellings from "./spellings.js";
import * as subject from "./subject.js";
import * as parts from "./subject_parts.js";
import * as texts from "./texts.js";

let drawn = null; // what the page is of, and how it was drawn
let opener = null; // where the focus was when it was opened
let hasBegun = false;

/** Shows the page that is open; whether one is. @param {any} now @returns {boolean} */
function show(now) {
  const box = dom.at("view-subject");
  const isOpen = subject.isOpen(now);
  const of = isOpen ? JSON.stringify([now.subject, now.compare]) : null;
  const before = drawn?.of ?? null;
  box.hidden = !isOpen;
  if (before === null && isOpen && hasBegun) opener = dom.focusPlace();
  hasBegun = true;
  if (!isOpen) {
    drawn = null;
    if (before !== null && opener) Promise.resolve().then(back);
    return false;
  }
  const key = JSON.stringify([of, now.filters, now.language, data.isWhole(), data.isCut(), data.version(), spellings.isReady()]);
  if (drawn?.key === key) return true;
  if (of !== before) parts.reset();
  drawn = { of, key };
  // Of a large graph that is still read the numbers are of what has come.
  const arriving = data.isArriving() ? dom.el("p", { class: "hint", id: "subject-arriving" }, texts.text("arriving", { part: Math.round(data.arrived() * 100) })) : null;
  dom.replace(box, arriving, now.subject ? (subject.isAgent(now.subject) ? actor.render(now.subject, now) : eventPage.render(now.subject, now)) : compare.render(now.compare, now));
  parts.showMarks(box);
  // In somebody else's page the focus stays where its reader is.
  if (of !== before && !now.embed) Promise.resolve().then(toTitle);
  return true;
}

/* After all is drawn: others look after the focus too. */
function toTitle() {
  dom.at("view-subject").scrollIntoView({ block: "nearest" });
  dom.at("subject-title")?.focus({ preventScroll: true });
  const top = dom.at("subject-title")?.getBoundingClientRect().top;
  if (top < 0 || top > window.innerHeight * 0.6) dom.at("view-subject").scrollIntoView({ block: "start" });
}

function back() {
  const place = opener;
  opener = null;
  if (place && dom.isFocusLost()) dom.returnFocus(place);
}

export { show };
