/* Years: where the meetings around one stand that are too many for a ring. The one they are about at the top, below it a field
   for each year, which says how many of its meetings are drawn; and at the foot what is no meeting. */
import * as data from "./data.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

texts.add({
  yearShown: ["{year}: {visible} av {all}", "{year}: {visible} of {all}"],
  yearUnknown: ["Uten tid", "Undated"],
});

const SIZE = 11.5;
const LEADING = SIZE * 1.2;
// The middle of the first, where the fields begin, what their heads take, and what rows and fields stand apart.
const [TOP, BEGIN, HEAD, GAP, APART] = [30, 92, 24, 14, 12];
// How wide a meeting is with the lines beside it, the room of a line, and of a sign with its name.
const [SLOT, LINE, SIGN] = [185, 6.4, 124];

/**
 * Positions of the rings around one, of which the first has very many meetings.
 * @param {{rings: string[][], passing?: Set<string>}} scene `passing` are all that the filters let through, drawn or not
 * @param {number} width of the canvas, in CSS pixels
 */
function of({ rings: [[center], inner], passing = new Set(inner) }, width) {
  /** @type {Map<string, any>} */
  const at = new Map([[center, { x: width / 2, y: TOP, side: "inside", card: true, room: Math.min(220, width - 40) }]]);
  const frames = [];
  const events = inner.filter((id) => data.entities.get(id).kind === "event").sort(byTime);
  const across = Math.max(2, Math.round(width / SLOT));
  // Lines to the last field pass beside the boxes of the first.
  const room = (width - Math.min(width * 0.42, LINE * events.length)) / across - 10;
  const totals = byYear([...passing].filter((id) => data.entities.get(id)?.kind === "event" && id !== center));
  let y = BEGIN;
  const drawn = byYear(events);
  for (const { years, all } of runs(totals, drawn)) {
    const top = y;
    y += HEAD;
    const ids = drawn.get(years[0]) ?? [];
    for (let row = 0; row < ids.length; row += across) {
      const here = ids.slice(row, row + across);
      const high = Math.max(...here.map((id) => textFit.lines(data.name(id), textFit.font(SIZE, 600), room, 6, 1).length)) * LEADING + 10;
      here.forEach((id, number) => at.set(id, { x: ((number + 0.5) * width) / across, y: y + high / 2, side: "inside", room }));
      y += high + GAP;
    }
    const year = years[0] ? [...new Set([years[0], years.at(-1)])].join("–") : texts.text("yearUnknown");
    const words = [texts.text("yearShown", { year, visible: texts.count(ids.length), all: texts.count(all) })];
    frames.push({ bounds: years[0] ? [`${years[0]}-01-01`, `${years.at(-1)}-12-31`] : ["", ""], words, events: ids, x: 4, y: top, w: width - 8, h: y - top - (ids.length ? GAP / 2 : 0) });
    y += APART;
  }
  const others = inner.filter((id) => !at.has(id));
  const beside = Math.max(1, Math.floor(width / SIGN));
  others.forEach((id, number) => at.set(id, { x: (((number % beside) + 0.5) * width) / beside, y: y + 30 + Math.floor(number / beside) * 84, side: "below" }));
  return { at, frames, height: y + (others.length ? Math.ceil(others.length / beside) * 84 + 20 : 0), flow: "vertical", name: "wide" };
}

/* Years in order, each with how many meetings it has; those of which nothing is drawn stand together where they follow each other. */
function runs(totals, drawn) {
  const result = [];
  for (const [year, { length }] of totals) {
    const last = result.at(-1);
    const joins = last && year && !drawn.has(year) && last.years[0] && !drawn.has(last.years[0]);
    if (joins) {
      last.years.push(year);
      last.all += length;
    } else {
      result.push({ years: [year], all: length });
    }
  }
  return result;
}

function byTime(one, other) {
  const key = (id) => data.entities.get(id).earliest ?? "~";
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : one < other ? -1 : 1;
}

/* Events by the year in which they began at the earliest, in order; those of which that is not known last, under no year. */
function byYear(ids) {
  const result = new Map();
  for (const id of [...ids].sort(byTime)) {
    const year = data.entities.get(id).earliest?.slice(0, 4) ?? "";
    if (!result.has(year)) result.set(year, []);
    result.get(year).push(id);
  }
  return result;
}

export { of };
