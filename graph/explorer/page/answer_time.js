/* An answer as a timeline: a row of the drawing for each row of the answer that says when. */
import * as answers from "./answers.js";
import * as data from "./data.js";
import * as legend from "./legend.js";
import * as spans from "./spans.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

// More than this cannot be read at once; the table has them all.
const MOST = 60;

function drawn(question, width) {
  const dated = question.rows.map((row, number) => ({ row, number, time: answers.timeOf(question, row) })).filter(({ time }) => time)
    .sort((one, other) => one.time.from.localeCompare(other.time.from) || one.time.to.localeCompare(other.time.to) || one.number - other.number);
  const visible = dated.slice(0, MOST);
  const note = answers.drawnOf(visible.length, question, dated.length > MOST ? "answerTooMany" : "answerNoTime");
  if (!visible.length) return { note };
  const line = spans.lineOf(visible.map(({ time }) => [time.from, time.to]), width);
  const rows = visible.map(({ row, number, time }) => rowOf(question, row, number, time));
  return { note, signs: legend.spans(rows.map(({ look }) => look), question.columns.every(({ name }) => name !== "event")), drawing: spans.drawn(rows, line, texts.text("timeline")) };
}

function rowOf(question, row, number, { from, to, sure }) {
  const event = answers.cellOf(question, row, "event");
  const who = answers.whoOf(question, row);
  const tie = answers.tieOf(who, event);
  const certainty = answers.certaintyOf(question, row);
  const named = (name) => row[question.columns.findIndex((column) => column.name === name)];
  const [label, second] = [who ? data.label(who) : "", event ? data.label(event) : answers.words(named("office") ?? row[0])].filter(Boolean);
  const opens = [tie?.id, event, who].find((id) => data.ties.has(id) || data.entities.has(id));
  return {
    id: `${number}`, from, to, label, second, sure,
    look: certainty !== "certain" ? certainty : sure ? "vague" : spans.lookOf(from, to),
    current: Boolean(opens) && state.now.selected === opens,
    description: [label, second, texts.span(from, to), certainty === "certain" ? "" : texts.text(`certainty_${certainty}`)].filter(Boolean).join(", "),
    open: () => { if (opens) state.select(opens); },
  };
}

export { drawn };
