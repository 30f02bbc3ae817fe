/* Cards: the boxes with the names of events, and of what stands inside of rings; in letters as large as have room. */
import * as data from "./data.js";
import * as textFit from "./text_fit.js";

// Where an event has less room than this, its name is in smaller letters.
const SMALL = 72;
const SIZES = [12, 11.5, 11];

/* How one is drawn: an event, and what stands inside of rings, as a card. */
function lookOf(id, put, frames) {
  if (data.entities.get(id).kind !== "event" && !put.at.get(id).card) return {};
  // The largest letters in which no word is cut, and no line is made for a word alone that has room beside others.
  const tried = (put.name === "tall" || put.at.get(id).room < SMALL ? SIZES.slice(1) : SIZES).map((size) => cardOf(id, size, put, frames));
  const uncut = tried.filter((card) => !card.lines.some((line) => line.endsWith("…")));
  const fewest = Math.min(...uncut.map((card) => card.lines.length));
  return { card: uncut.find((card) => card.lines.length === fewest) ?? tried[0] };
}

function cardOf(id, size, put, frames) {
  const font = textFit.font(size, 600);
  const broken = textFit.lines(data.name(id), font, put.at.get(id).room ?? 96, 6, frames.length ? 1 : undefined);
  return { lines: broken, size, weight: 600, leading: size * 1.2, w: Math.max(...broken.map((line) => textFit.width(line, font))) + 10, h: broken.length * size * 1.2 + 10 };
}

/** The looks of entities where they are `put`; those of one frame in letters of one size.
 * @param {string[]} ids @param {any} put @param {any[]} frames @returns {Map<string, any>} */
function looksOf(ids, put, frames) {
  const result = new Map(ids.map((id) => [id, lookOf(id, put, frames)]));
  for (const { events } of frames) {
    const within = events.filter((id) => result.has(id));
    if (!within.length) continue;
    const size = Math.min(...within.map((id) => result.get(id).card.size));
    for (const id of within) if (result.get(id).card.size !== size) result.set(id, { card: cardOf(id, size, put, frames) });
  }
  return result;
}

export { looksOf };
