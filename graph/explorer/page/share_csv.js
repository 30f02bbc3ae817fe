/* The connections as CSV: a row each, in order of time, with identifiers, pages and the words that prove it. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as selection from "./selection.js";
import * as records from "./share_records.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { text } = texts;
const COLUMNS = ["from", "to", "actor", "role", "event", "certainty", "attendance", "capacity", "onBehalfOf", "status", "where", "topics", "proof", "source", "sourceAddress", "actorIri", "eventIri", "tieIri"];

texts.add({
  source: ["Kilde", "Source"],
  sourceAddress: ["Kildens adresse", "Address of the source"],
  actorIri: ["Hvem (IRI)", "Who (IRI)"],
  eventIri: ["Arrangement (IRI)", "Event (IRI)"],
  tieIri: ["Forbindelse (IRI)", "Connection (IRI)"],
  onlyPossibly: ["Bare mulig i tidsrommet", "Only possibly in the period"],
  yes: ["ja", "yes"],
  no: ["nei", "no"],
});

/** Rows as CSV, with the separator that spreadsheets in the language of the page expect (as in graph/render/markup.py). A cell that a
 * spreadsheet would take for a formula is led by an apostrophe. @param {unknown[][]} rows @returns {string} */
function format(rows) {
  const separator = texts.language === "nb" ? ";" : ",";
  const cell = (words) => {
    const safe = /^\s*[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map((words) => cell(String(words ?? ""))).join(separator)).join("\r\n") + "\r\n";
}

const several = (words) => [...new Set(words)].join("; ");
const labels = (ids) => (ids ?? []).map(data.wholeLabel);

/* What is the same of a tie and of an entity that stands alone: its event. */
function ofEvent(event) {
  if (!event || !data.isEvent(event)) return { from: event?.earliest, to: event?.latest };
  return {
    event: data.wholeLabel(event.id), eventIri: event.iri, from: event.earliest, to: event.latest,
    status: event.status ? data.wholeLabel(event.status) : "", where: several(records.placesOf(event)), topics: several(labels(event.topics)),
    onlyPossibly: text(selection.isOnlyPossible(event, state.now.filters) ? "yes" : "no"),
  };
}

function ofSources(record) {
  const sources = records.sourcesOf(record.claims);
  return { source: several(sources.map(({ title }) => dom.clean(title))), sourceAddress: several(sources.map(({ address, iri }) => dom.clean(address || iri))), proof: records.proofOf(record).join(" … ") };
}

function ofTie(tie) {
  const to = data.entities.get(tie.to);
  return {
    actor: data.wholeLabel(tie.from), actorIri: data.entities.get(tie.from).iri, event: data.wholeLabel(tie.to), eventIri: to.iri, ...ofEvent(to), role: data.named(tie),
    certainty: text(`certainty_${tie.certainty}`), attendance: tie.attendance ? data.wholeLabel(tie.attendance) : "", capacity: several(labels(tie.capacity)), onBehalfOf: several(labels(tie.onBehalfOf)),
    ...(tie.topics?.length && { topics: several(labels(tie.topics)) }), tieIri: tie.iri, ...ofSources(tie),
  };
}

function ofAlone(entity) {
  return { ...(data.isEvent(entity) ? {} : { actor: data.wholeLabel(entity.id), actorIri: entity.iri }), ...ofEvent(entity), ...ofSources(entity) };
}

/** All of it as CSV. @param {{entities: Set<string>, ties: Set<string>}} chosen @param {(part: number) => void} [step] @returns {Promise<string>} */
async function make(chosen, step) {
  const { month, span } = state.now.filters;
  const columns = month || span ? [...COLUMNS.slice(0, 2), "onlyPossibly", ...COLUMNS.slice(2)] : COLUMNS;
  const row = ({ tie, alone }) => {
    const cells = tie ? ofTie(tie) : ofAlone(alone);
    return columns.map((column) => cells[column]);
  };
  return format([columns.map((column) => text(column)), ...await records.each(records.rows(chosen), row, step)]);
}

export { format, make };
