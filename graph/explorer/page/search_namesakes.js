/* What tells those of one name apart, where office, numbers and years are not enough to know who is meant: the source that names
   each, whom each met most, and at last what its address ends in. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as meetings from "./meetings.js";
import * as texts from "./texts.js";

// Whom somebody met most: so many are named, of so many meetings.
const [NAMED, LOOKED_AT] = [2, 400];
const met = new Map(); // whom somebody met, in words, by language: every letter that is typed asks again

/** What to say of one of several that are called the same, besides what is said of everybody.
 * @param {string} id @param {string[]} namesakes the ids of all of that name @returns {string[]} */
function distinguishing(id, namesakes) {
  const details = [];
  for (const ways of [sourceOf, company, ending]) {
    const each = namesakes.map(ways);
    if (new Set(each).size === 1) continue;
    details.push(ways(id));
    // Where each is different now, no more is needed.
    if (ways !== sourceOf && new Set(each).size === namesakes.length) break;
  }
  return details.filter(Boolean);
}

/* The title of a source that names it. */
function sourceOf(id) {
  const claims = [data.entities.get(id), ...(data.served ? [] : data.tiesOf.get(id))].flatMap((record) => record.claims);
  const source = data.sources[data.claims[claims[0]]?.source];
  return source ? dom.plain(source.title) : "";
}

/* Whom it met most; of records on a server that is asked only where its page is open. */
function company(id) {
  if (data.served || data.isEvent(data.entities.get(id))) return "";
  const key = `${texts.language} ${data.ties.size} ${id}`;
  if (!met.has(key)) met.set(key, whomInWords(id));
  return met.get(key);
}

function whomInWords(id) {
  const own = new Map([...meetings.of(id)].slice(0, LOOKED_AT));
  const names = meetings.counterparts(id, own).slice(0, NAMED).map((other) => data.label(other.id));
  return names.length ? texts.text("meetingWith", { names: texts.list(names) }) : "";
}

function ending(id) {
  return dom.plain(id.slice(id.indexOf(":") + 1));
}

export { distinguishing };
