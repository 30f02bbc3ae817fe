/* Spans: rows of fields over a line of months, each as long as the time in which something can have been. */
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { svg } = dom;
const ROW = 34;
const HEAD = 30;
const MONTH = 31;
const DAY = 86400000;
// Months from one tick to the next, and how much room a tick takes.
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 3000, 6000, 12000];
const TICK = 68;

/* The time that is drawn: whole months around all that is known, and where they stand. */
function lineOf(bounds, width) {
  const earliest = bounds.map(([from]) => from).sort()[0];
  const latest = bounds.map(([, to]) => to).sort().at(-1);
  const narrow = width < 560;
  const names = narrow ? 0 : Math.min(280, width * 0.36);
  const line = {
    min: days.number(`${earliest.slice(0, 7)}-01`), max: Date.UTC(Number(latest.slice(0, 4)), Number(latest.slice(5, 7)), 1) / DAY - 1,
    width, narrow, names, left: names + (narrow ? 14 : 0), right: width - 14, row: narrow ? ROW + 16 : ROW,
  };
  return { ...line, x: (day) => line.left + ((day - line.min) / (line.max + 1 - line.min)) * (line.right - line.left) };
}

/* How a field of these bounds looks: filled where they are known to the month. */
function lookOf(from, to) {
  return days.number(to) - days.number(from) >= MONTH ? "vague" : "";
}

/* Rows under a line. A row: `id`, `label` and perhaps a `second` line, `from` and `to`, perhaps a `sure` part of them, how
   it `looks`, whether it is `faded` or `current`, its `description`, and how to `open` it. */
function drawn(rows, line, label, chosen) {
  const height = HEAD + rows.length * line.row;
  return svg("svg", { class: "time", viewBox: `0 0 ${line.width} ${height}`, role: "group", "aria-label": label },
    chosen ? period(line, height, chosen) : null, ticks(line, height),
    rows.map((row, number) => one(row, HEAD + number * line.row, line)));
}

/* What the range slider has chosen, behind the rows. */
function period({ min, max, x }, height, chosen) {
  const [from, to] = chosen.map((day, end) => (day ? Math.min(max + 1, Math.max(min, days.number(day) + end)) : end ? max + 1 : min));
  return svg("rect", { class: "period", x: x(from), width: Math.max(1, x(to) - x(from)), y: 0, height });
}

/* As many months as have room, the same of every year. The year stands at each where they span more than one, else at the first and at January; alone where there are no other months. */
function ticks({ min, max, x, left, right }, height) {
  const [first, last] = [min, max].map((day) => new Date(day * DAY)).map((at) => at.getUTCFullYear() * 12 + at.getUTCMonth());
  const most = Math.max(1, Math.floor((right - left) / TICK));
  const step = STEPS.find((each) => (last - first + 1) / each <= most) ?? STEPS.at(-1);
  const result = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) result.push(month);
  return result.map((month, number) => {
    const day = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).toISOString().slice(0, 10);
    const at = x(days.number(day));
    const words = step >= 12 ? day.slice(0, 4) : texts.month(day, { short: true, year: number === 0 || month % 12 === 0 || last - first >= 12 });
    return svg("g", {},
      svg("line", { class: "grid", x1: at, x2: at, y1: 4, y2: height }),
      at + 30 < right + 14 ? svg("text", { class: "tick", x: at + 4, y: 15 }, words) : null);
  });
}

function one(row, y, line) {
  const { id, from, to, sure, look, faded, current, description, open } = row;
  const attributes = {
    class: faded ? "one faded" : "one", tabindex: "0", role: "button", "data-event": id, "aria-current": current ? "true" : null, "aria-label": description,
    onclick: open, onkeydown: (key) => { if (key.key === "Enter" || key.key === " ") { key.preventDefault(); open(); } },
  };
  return svg("g", attributes,
    svg("rect", { x: 0, y, width: line.width, height: line.row, fill: "transparent" }),
    lettered(row, y, line), field([from, to], look, y, line), sure ? field(sure, "", y, line) : null);
}

function field([from, to], look, y, { x, narrow, row }) {
  const [left, right] = [x(days.number(from)), x(days.number(to) + 1)];
  return svg("rect", { class: `span ${look}`, x: left + 1, y: narrow ? y + 20 : y + 7, width: Math.max(5, right - left - 2), height: row - (narrow ? 28 : 14), rx: 3 });
}

/* A name in two lines at most, around the middle of its row; on a narrow screen in one line over its field. */
function lettered({ label, second }, y, { names, narrow, row, width }) {
  const font = textFit.font(13);
  if (narrow) {
    const words = second ? `${label} · ${second}` : label;
    return svg("text", { x: 2, y: y + 13 }, textFit.lines(words, font, width - 8, 1)[0]);
  }
  const broken = second ? [label, second].map((words) => textFit.lines(words, font, names - 12, 1)[0]) : textFit.lines(label, font, names - 12, 2);
  return svg("text", {}, broken.map((line, number) => svg("tspan", {
    x: 0, y: y + row / 2 + 5 + (number - (broken.length - 1) / 2) * 15, class: second && number ? "second" : null,
  }, `${line} `)));
}

export { lineOf, lookOf, drawn, HEAD };
