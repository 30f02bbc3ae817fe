/* The names of counties on the map, where there is room for them: within the county, and under no mark and no other name. */
import * as data from "./data.js";
import * as outlines from "./outlines.js";
import * as textFit from "./text_fit.js";

const FONT_SIZE = 11.5;
const [HEIGHT, APART] = [14, 3];
// So many lines across each county are looked at.
const LINES = 28;
// A name is at most so much wider than the county.
const NARROW = 0.7;
const kept = new Map();

/* Where a county is wide: of lines across it, from south to north, the parts within it, in the units of the outlines. */
function partsOf(county) {
  if (!kept.has(county)) kept.set(county, measured(outlines.ids.filter((id) => outlines.countyOf(id) === county)));
  return kept.get(county);
}

function measured(ids) {
  const rings = outlines.rings(ids);
  const { bottom, top } = outlines.box(ids);
  const result = [];
  for (let line = 1; line < LINES; line += 1) {
    const y = bottom + ((top - bottom) * line) / LINES;
    // Borders between municipalities of the county are crossed twice, and so add nothing.
    const crossings = rings.flatMap((ring) => ring.flatMap(([x, at], number) => {
      const [next, nextAt] = ring[(number + 1) % ring.length];
      return (at > y) === (nextAt > y) ? [] : [x + ((y - at) / (nextAt - at)) * (next - x)];
    })).sort((one, other) => one - other);
    for (let part = 0; part + 1 < crossings.length; part += 2) joined(result, { y, from: crossings[part], to: crossings[part + 1] });
  }
  const all = result.reduce((sum, { from, to }) => sum + to - from, 0) || 1;
  const middle = result.reduce((sum, { y, from, to }) => sum + y * (to - from), 0) / all;
  return { parts: result, middle };
}

/* Parts of one line that meet are one. */
function joined(parts, next) {
  const last = parts.at(-1);
  if (last?.y === next.y && next.from - last.to < 1) last.to = next.to;
  else parts.push(next);
}

/**
 * The names that have room, each with its box in pixels.
 * @param {any} panels of the map @param {any[]} rows of marks, with their names: what may not be covered
 * @returns {{words: string, font: string, x: number, y: number, w: number, h: number}[]}
 */
function named({ all, width, height }, rows) {
  const taken = rows.flatMap((row) => [textFit.grown(row, row.around + 2), ...(row.label ? [row.label] : [])]);
  const names = rows.filter(({ label }) => label).map(({ place }) => data.label(place));
  const result = [];
  const font = textFit.font(FONT_SIZE);
  for (const panel of all) {
    // The corner of the north lies over the south.
    const over = all.filter((other) => other !== panel && other.frame && !panel.frame).map(({ frame }) => frame);
    for (const county of new Set(panel.ids.map(outlines.countyOf))) {
      const words = outlines.counties[county];
      // Oslo is a municipality and a county.
      if (!words || names.includes(words)) continue;
      const w = textFit.width(words, font);
      const within = panel.frame ?? { x: 0, y: 0, w: width, h: height - 20 };
      const fits = (spot) => spot.x >= within.x + 2 && spot.y >= within.y + 2 && spot.x + w <= within.x + within.w - 2 && spot.y + HEIGHT <= within.y + within.h - 2 &&
        ![...taken, ...over, ...result].some((other) => textFit.overlap(spot, other, APART));
      // Of a narrow county the ends of the name stand outside, where they cannot otherwise.
      const box = spots(partsOf(county), panel, w, w + 8).find(fits) ?? spots(partsOf(county), panel, w, w * NARROW).find(fits);
      if (box) result.push({ ...box, words, font });
    }
  }
  return result;
}

/* Where a name of that width can stand: those near the middle of the county first. */
function spots({ parts, middle }, panel, w, least) {
  const result = [];
  for (const { y, from, to } of parts) {
    const [left, right] = [panel.x([from, y]), panel.x([to, y])];
    if (right - left < least) continue;
    for (const share of right - left < w + 8 ? [0.5] : [0.5, 0.25, 0.75]) {
      const x = left + 4 + (right - left - w - 8) * share;
      result.push({ x, y: panel.y([from, y]) - HEIGHT / 2, w, h: HEIGHT, far: Math.abs(y - middle) / (to - from) + Math.abs(share - 0.5) / 2 });
    }
  }
  return result.sort((one, other) => one.far - other.far);
}

export { named };
