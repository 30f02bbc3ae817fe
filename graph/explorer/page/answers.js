/* Answers to ready questions, read row by row: which entities a row names, when, how certain, and which tie it tells of. */
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

// Columns that say who something is about.
const WHO = ["who", "one", "actor"];

/* What stands in a column of a row: the short name of an entity, or words; nothing where there is no such column. */
function cellOf(question, row, name) {
  const cell = row[question.columns.findIndex((column) => column.name === name)];
  return Array.isArray(cell) ? cell[1] : (cell ?? "");
}

/* A cell as people read it, in the language of the page. */
function words(cell) {
  if (!Array.isArray(cell)) return dom.plain(cell);
  const label = data.label(cell[1]);
  return dom.plain(label === cell[1] ? cell[0] : label);
}

/* A day or a month as the page writes them; other words as they are. */
function dated(cell) {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(cell)) return texts.month(`${cell}-01`);
  return days.valid(cell) ? texts.day(cell) : cell;
}

/* Whether a row counts what was at some time from one month to another, and not in one of them. */
function isInterval(question, row) {
  const [first, last] = [cellOf(question, row, "firstMonth"), cellOf(question, row, "lastMonth")];
  return Boolean(first && last && first !== last);
}

/* What a row is about, without its last column: from one month to another is one time. */
function named(question, row) {
  const [first, last] = ["firstMonth", "lastMonth"].map((name) => cellOf(question, row, name));
  return question.columns.slice(0, -1).map(({ name }, place) => {
    if (name === "lastMonth" && first) return "";
    if (name !== "firstMonth" || first === last || !last) return dated(words(row[place]));
    const [year, month] = last.split("-").map(Number);
    return texts.text("sometime", { when: texts.span(`${first}-01`, `${last}-${days.monthEnd(year, month)}`) });
  });
}

function whoOf(question, row) {
  return WHO.map((name) => cellOf(question, row, name)).find(Boolean) ?? "";
}

/* The tie of an actor and an event, the surest where there are several; nothing where the graph has none. */
function tieOf(actor, event) {
  const result = (data.tiesOf.get(actor) ?? []).filter((tie) => tie.roles && tie.to === event);
  return result.sort((one, other) => Number(one.kind === "possible") - Number(other.kind === "possible") || (one.id < other.id ? -1 : 1))[0];
}

/* How certain a row is: never more than it says itself, nor than what it tells of. */
function certaintyOf(question, row) {
  if (cellOf(question, row, "certainty") === "possible") return "possible";
  const event = data.entities.get(cellOf(question, row, "event"));
  return (cellOf(question, row, "status") || event?.status) === "status:planned" ? "planned" : "certain";
}

/* The time of a row: its bounds, and of a term of office the part of which it is sure; nothing where an end is not known. */
function timeOf(question, row) {
  const [from, to] = ["earliest", "latest"].map((name) => cellOf(question, row, name));
  if (from && to) return { from, to };
  const [first, begun, ended, last] = ["beganEarliest", "beganLatest", "endedEarliest", "endedLatest"].map((name) => cellOf(question, row, name));
  if (!first || !last) return null;
  return { from: first, to: last, sure: begun && ended && begun <= ended ? [begun, ended] : null };
}

/* What the rows of a question are drawn by: the events and the actors at them, or else pairs of the first two entities. */
function pairsOf(question) {
  const names = question.columns.map((column) => column.name);
  if (names.includes("event")) {
    return question.rows.flatMap((row, number) => ["one", "other", "who", "actor"].map((name) => cellOf(question, row, name)).filter((id) => data.entities.has(id))
      .map((id) => ({ row: number, from: id, to: cellOf(question, row, "event"), certainty: certaintyOf(question, row) })));
  }
  return question.rows.flatMap((row, number) => {
    const [from, to] = row.filter(Array.isArray).map(([, id]) => id);
    return from && to ? [{ row: number, from, to, certainty: certaintyOf(question, row), weight: Number(cellOf(question, row, "number")) || 1 }] : [];
  });
}

/* How many rows a drawing has, and why not all. */
function drawnOf(count, question, why) {
  // Of a very long answer the page may hold the first rows only.
  const all = question.count ?? question.rows.length;
  return count === all ? texts.text("answerDrawnAll", { all }) : `${texts.text("answerDrawn", { drawn: count, all })} ${texts.text(all > question.rows.length ? "answerTooMany" : why)}`;
}

export { cellOf, words, dated, isInterval, named, whoOf, tieOf, certaintyOf, timeOf, pairsOf, drawnOf };
