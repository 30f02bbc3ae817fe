/* Claims: by their names where the page has them as they are; of a large graph by their numbers, as rows of its parts or as rows of a
   register, until somebody asks for one. */
import * as chunks from "./chunks.js";
import { payload, startOf } from "./payload.js";
import * as registerRows from "./register_rows.js";

const encoded = []; // by their number, as a row of a part
// Rows of registers in parts: of each its template, its values, and the number of its first claim.
const rows = [];
const firsts = [];
let ofRows = 0;

/** A claim that is a row of a part. @param {any} columns @param {number} row */
function add(columns, row) {
  encoded.push([columns, row]);
}

/** The claims of a row of a register. @param {any} template @param {any[]} values @returns {number} the number of its first claim */
function addRow(template, values) {
  const first = payload.claimsOfMain + ofRows;
  rows.push([template, values]);
  firsts.push(first);
  ofRows += template.claims.length;
  return first;
}

/* The claim of a number that is one of rows; the row is the last of those that do not begin after it. */
function claimOfRow(number) {
  let [low, high] = [0, firsts.length - 1];
  if (high < 0 || number < firsts[0]) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (firsts[middle] <= number) low = middle;
    else high = middle - 1;
  }
  const [template, values] = rows[low];
  if (number - firsts[low] >= template.claims.length) return undefined;
  const { id, ...rest } = registerRows.claim(template, values, number - firsts[low], decoded);
  return { iri: startOf(id), ...rest };
}

/** A claim by its name, or of a large graph by its number. @param {string | number} id @returns {any} */
function of(id) {
  if (Object.hasOwn(payload.claims, id)) return payload.claims[id];
  if (id >= payload.claimsOfMain) return claimOfRow(Number(id));
  const [columns, row] = encoded[id] ?? [];
  if (!columns) return undefined;
  const { iri, source, keyEvidence, context, ...rest } = /** @type {any} */ (chunks.record(columns, row));
  return { iri: iri ?? startOf(rest.id), source, keyEvidence: decoded(keyEvidence ?? [], source), context: decoded(context ?? [], source) };
}

/* Passages of a source as chunks have them: where the words are, and the words themselves only where its text does not have them. */
function decoded(passages, source) {
  return passages.map(([start, end, words, place, unnamed, heading]) => ({ start, end, words: words ?? passage(source, start, end), ...(place && { place }), ...(unnamed && { unnamed }), ...(typeof heading === "string" && { heading }) }));
}

/* Words of a source. Places count characters, not the units that a string is made of here. */
function passage(source, start, end) {
  const text = payload.sources[source]?.text ?? "";
  return /[\ud800-\udbff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

export { add, addRow, of };
