/* What leaves the page: all that passes the filters, or what is drawn of it, and each connection as a record with the
   identifiers, times, places and words that prove it. */
import * as chunks from "./chunks.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as subjectContent from "./subject_content.js";
import * as texts from "./texts.js";

// So long, in milliseconds, the page waits for the rest of a large graph when nothing more of it arrives.
const PATIENCE = 20000;
const LOOK = 100;

/** Whether all that passes can be counted now. @returns {boolean} */
function isReady() {
  return data.isWhole() && (!selection.LARGE || counts.isReady());
}

/** Waits until all of the graph is in the page. @param {(part: number) => void} step is told which part has arrived, 0 to 1. @returns {Promise<boolean>} whether it came. */
async function arrival(step) {
  let [before, quiet] = [-1, 0];
  while (!isReady()) {
    if (data.isCut()) return false;
    const part = data.arrived();
    quiet = part === before ? quiet + LOOK : 0;
    if (quiet > PATIENCE) return false;
    before = part;
    step(part);
    await new Promise((done) => setTimeout(done, LOOK));
  }
  return true;
}

/** What is chosen; where the page of a subject is open, what stands on it. @param {string} which @returns {{entities: Set<string>, ties: Set<string>}} */
function chosen(which) {
  if (subject.isOpen(state.now)) return subjectContent.of(state.now);
  return which === "drawn" ? selection.visible(state.now) : selection.everything(state.now);
}

/** How much it is. @returns {{entities: number, events: number, ties: number}} */
function sizeOf({ entities, ties }) {
  let events = 0;
  for (const id of entities) if (data.entities.get(id).kind === "event") events += 1;
  return { entities: entities.size, events, ties: ties.size };
}

/* Rows in order of time, then by id; what has no time comes last. */
function inOrder(records, key) {
  return records.map((record) => [key(record), record]).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, record]) => record);
}

/** Which ties, and which entities without one, in order of time. @returns {{tie?: any, alone?: any}[]} */
function rows({ entities, ties }) {
  const tied = new Set();
  const result = [];
  for (const id of ties) {
    const tie = data.ties.get(id);
    tied.add(tie.from).add(tie.to);
    result.push({ tie });
  }
  for (const id of entities) if (!tied.has(id)) result.push({ alone: data.entities.get(id) });
  const time = (event) => event?.earliest || "~";
  return inOrder(result, ({ tie, alone }) => (tie ? `${time(data.entities.get(tie.to))} ${tie.id}` : `${time(alone)} ${alone.id}`));
}

/** The sources of claims. @param {(string|number)[]} claims @returns {any[]} each once. */
function sourcesOf(claims) {
  return [...new Set(claims.map((claim) => data.claims[claim]?.source))].filter(Boolean).map((id) => data.sources[id]).filter(Boolean);
}

/** The words that prove something, and what a registry says besides, of entities as they are `called`. @returns {string[]} */
function proofOf({ claims, memberships }, called = data.wholeLabel) {
  const words = claims.flatMap((claim) => data.claims[claim]?.keyEvidence ?? []).map((passage) => texts.withContext(passage, dom.clean(passage.words)));
  return [...new Set([...words, ...memberships.map((id) => texts.text("byRegistry", { what: called(id) }))])];
}

/** Where an event was: municipalities by name, else the words of its source. @returns {string[]} */
function placesOf(event) {
  return [...new Set([...(event.places ?? []).map(data.wholeLabel), ...(event.placesAsWritten ?? []).map(dom.clean)])];
}

/** What comes of each item, one after another, while the page answers in between. */
async function each(items, make, /** @type {(part: number) => void} */ step = () => {}) {
  const result = [];
  for (const [number, item] of items.entries()) {
    result.push(make(item));
    if (number % 200 === 199) {
      await chunks.breathe();
      step((number + 1) / items.length);
    }
  }
  return result;
}

export { isReady, arrival, chosen, sizeOf, rows, sourcesOf, proofOf, placesOf, each };
