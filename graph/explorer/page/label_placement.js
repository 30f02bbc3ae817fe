/* Placement of labels: every name finds room where it lies on no other name or sign, and, where it can, on no line; roles find theirs after the names. */
import * as columnLayout from "./columns.js";
import * as data from "./data.js";
import * as renderer from "./renderer.js";
import * as textFit from "./text_fit.js";

const CORNERS = ["right-below", "right-above", "left-below", "left-above"];
// So far from the edge a name stands, in the whole drawing.
const EDGE = { tall: 6, wide: 1 };
// Of more lines than the last of these, none is interrupted by a name.
const [BAND, MOST_ROLES, MOST_LINES] = [40, 80, 80];
// So often names that found no room are placed first.
const RETRIES = 3;
// The row in which the time of a frame stands, how far from its ends, and by what steps a place is tried.
const [ROW, INSET, STEP] = [22, 6, 6];
// From the middle of a sign to its name; of one that is selected, past its ring.
const [GAP, RINGED] = [11, 19];
const PARTS = [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78];

/* `here` is what is drawn: put, looks, signs (boxes), lines (points), zoom, width, selected, and `at` on a line. Where names find
   no room, those are placed first in another try. */
function named(here) {
  const passing = banded(here.lines);
  const headings = here.put.frames.map((frame) => heading(frame, here, passing));
  let best = placed(inOrder(here), here, passing);
  for (let number = 0; number < RETRIES && best.unnamed.size && here.lines.size <= MOST_LINES; number += 1) {
    const first = new Set(best.unnamed.keys());
    const again = placed([...first, ...best.order.filter((id) => !first.has(id))], here, passing);
    if (again.unnamed.size < best.unnamed.size) best = again;
    else break;
  }
  return { names: best.names, unnamed: best.unnamed, headings, roles: roles(best.taken, here, passing) };
}

/* Names in this order, each at the best place that those before it left; and the room that is taken then. */
function placed(order, here, passing) {
  const taken = here.put.frames.map(({ x, y, w }) => ({ x, y, w, h: ROW }));
  const names = new Map();
  const unnamed = new Map();
  for (const id of order) {
    const tried = candidates(id, here);
    const fit = tried.find(({ box, within }) => within && isFree(box, id, taken, here, passing));
    if (fit) {
      names.set(id, fit);
      taken.push(fit.box);
    } else {
      unnamed.set(id, tried[0]);
    }
  }
  if (here.lines.size <= MOST_LINES) overLines(names, unnamed, taken, here, passing);
  return { names, unnamed, taken, order };
}

/* Names that find no room beside lines stand on paper of their own over as few lines as can be, but on nothing else. */
function overLines(names, unnamed, taken, here, passing) {
  for (const id of [...unnamed.keys()]) {
    const free = candidates(id, here).filter(({ box, within }) => within && isBeside(box, id, taken, here));
    const [fit] = free.map((each) => ({ ...each, ground: true, crossed: crossings(each.box, passing) })).sort((one, other) => one.crossed - other.crossed);
    if (!fit) continue;
    names.set(id, fit);
    unnamed.delete(id);
    taken.push(fit.box);
  }
}

/* The selected first, then those of most ties. */
function inOrder({ looks, selected }) {
  return [...looks.keys()].filter((id) => !looks.get(id).card).sort((one, other) =>
    Number(other === selected) - Number(one === selected) ||
    data.tiesOf.get(other).length - data.tiesOf.get(one).length || (one < other ? -1 : 1));
}

/* The pieces of lines by the bands of height that they pass: what stands elsewhere need not be looked at. */
function banded(lines) {
  const bands = new Map();
  for (const [id, points] of lines) {
    for (let number = 1; number < points.length; number += 1) {
      const ends = [points[number - 1], points[number]];
      for (const band of bandsOf(Math.min(ends[0].y, ends[1].y), Math.max(ends[0].y, ends[1].y))) {
        if (!bands.has(band)) bands.set(band, []);
        bands.get(band).push({ id, ends });
      }
    }
  }
  return bands;
}

function bandsOf(top, bottom) {
  const [first, last] = [Math.floor(top / BAND), Math.floor(bottom / BAND)];
  return Array.from({ length: last - first + 1 }, (_, number) => first + number);
}

/* Whether a line runs through a box, but for one of them. */
function isCrossed(box, passing, but) {
  return bandsOf(box.y, box.y + box.h).some((band) => passing.get(band)?.some(({ id, ends }) => id !== but && textFit.crosses(ends, box)));
}

function isFree(box, id, taken, here, passing) {
  return isBeside(box, id, taken, here) && !isCrossed(box, passing);
}

/* Whether a name would lie on no other name, and on no other sign. */
function isBeside(box, id, taken, { signs, zoom }) {
  return !taken.some((other) => textFit.overlap(box, other, 3 / zoom)) &&
    ![...signs].some(([other, sign]) => other !== id && textFit.overlap(box, sign, 1 / zoom));
}

/* Roles on lines that stand in the foreground. Equal lines are all labelled or none, for a part of them would look like a
   difference. Of very many lines only those of what is selected say their roles. */
function roles(taken, here, passing) {
  const { lines, selected, faded } = here;
  const result = [];
  const labelled = [...lines.keys()].filter((id) => !faded.has(id));
  const asked = labelled.length <= MOST_ROLES ? labelled : labelled.filter((id) => [id, data.ties.get(id).from, data.ties.get(id).to].includes(selected)).slice(0, MOST_ROLES);
  for (const bundle of bundles(asked)) {
    const labels = [];
    for (const id of bundle) {
      const fit = roleBeside(id, [...taken, ...labels.map(({ box }) => box)], here, passing);
      if (!fit) break;
      labels.push(fit);
    }
    if (labels.length < bundle.length) continue;
    result.push(...labels);
    taken.push(...labels.map(({ box }) => box));
  }
  return result;
}

/* Lines that look alike and say the same of the same kind of actor. */
function bundles(ids) {
  const result = new Map();
  for (const id of ids) {
    const tie = data.ties.get(id);
    const key = [data.named(tie), tie.certainty, data.entities.get(tie.from).kind].join("|");
    if (!result.has(key)) result.set(key, []);
    result.get(key).push(id);
  }
  return result.values();
}

/* A role where it lies on nothing but its own line. */
function roleBeside(id, taken, here, passing) {
  const { signs, zoom, width } = here;
  return PARTS.map((part) => role(data.ties.get(id), part, here)).find((each) =>
    each && each.box.x >= 0 && each.box.x + each.box.w <= width &&
    !taken.some((other) => textFit.overlap(each.box, other, 2 / zoom)) &&
    ![...signs.values()].some((sign) => textFit.overlap(each.box, sign, 1 / zoom)) &&
    !isCrossed(each.box, passing, id));
}

/* A role on its line, that part of the way along it. */
function role(tie, part, { at, zoom }) {
  const middle = at(tie.id, part);
  if (!middle) return null;
  const size = 11;
  const words = data.named(tie);
  const [w, h] = [(textFit.width(words, textFit.font(size)) + 6) / zoom, (size + 3) / zoom];
  return { id: tie.id, words, size, certainty: tie.certainty, box: { x: middle.x - w / 2, y: middle.y - h / 2, w, h } };
}

/* The time of a frame in the row at its top, which nothing else may cover: where no line passes, else where the fewest do. */
function heading(frame, { zoom }, passing) {
  const size = 11;
  const tried = renderer.headingsOf(frame).flatMap((words) => {
    const w = textFit.width(words, textFit.font(size)) / zoom;
    const room = frame.w - 2 * INSET - w;
    const steps = Array.from({ length: Math.max(1, Math.floor(room / STEP) + 1) }, (_, number) => number * STEP);
    return steps.map((step) => ({ frame, words, size, fits: room >= 0, box: { x: frame.x + INSET + step, y: frame.y + 3, w, h: ROW - 6 } }));
  });
  const fitting = tried.filter(({ fits }) => fits);
  return fitting.find(({ box }) => !isCrossed(textFit.grown(box, 2), passing)) ??
    fitting.sort((one, other) => crossings(one.box, passing) - crossings(other.box, passing))[0] ?? tried.at(-1);
}

function crossings(box, passing) {
  const pieces = bandsOf(box.y, box.y + box.h).flatMap((band) => passing.get(band) ?? []);
  return new Set(pieces.filter(({ ends }) => textFit.crosses(ends, box)).map(({ id }) => id)).size;
}

/* The places where a name may stand, best first. */
function candidates(id, here) {
  const { put, zoom, width, selected } = here;
  const { x, y, side } = put.at.get(id);
  const tall = put.name === "tall";
  const size = tall ? 11.5 : 12.5;
  const style = { size, weight: selected === id ? 700 : data.entities.get(id).kind === "person" ? 600 : 400, leading: size * 1.15 };
  const font = textFit.font(size, style.weight);
  const gap = selected === id ? RINGED : GAP;
  const result = [];
  const clear = zoom === 1 ? EDGE[put.name] ?? EDGE.wide : 0;
  for (const at of new Set([side, "right", "left", "below", "above", ...CORNERS])) {
    for (const most of rooms(at, put, at.startsWith("right") ? width - x : x, gap + clear, data.name(id), font)) {
      const lines = textFit.lines(data.name(id), font, most, tall ? 9 : 7);
      const w = Math.max(...lines.map((line) => textFit.width(line, font))) / zoom;
      const h = (lines.length * style.leading) / zoom;
      const far = (CORNERS.includes(at) ? gap * 0.7 : gap) / zoom;
      const left = at.startsWith("right") ? x + far : at.startsWith("left") ? x - far - w : x - w / 2;
      const top = at.endsWith("below") ? y + far : at.endsWith("above") ? y - far - h : y - h / 2;
      const align = at.startsWith("right") ? "left" : at.startsWith("left") ? "right" : "center";
      const within = zoom !== 1 || (left >= clear && left + w <= width - clear && top >= 0 && top + h <= put.height);
      result.push({ ...style, box: { x: left, y: top, w, h }, lines, align, within });
    }
  }
  return result;
}

/* How wide a name may be on a side, where so much is from the sign to the edge and so much of it is kept clear: two short
   lines above or below where two do, else longer ones. */
function rooms(at, { name, columns }, space, clear, words, font) {
  const tall = name === "tall";
  if (at.startsWith("right") || at.startsWith("left")) {
    if (columns) return [columnLayout.roomBeside(space)];
    const beside = space - clear;
    // A short word may stay with the next one and make a line longer than asked.
    return tall ? [beside, beside / 1.15] : [112, Math.max(60, Math.min(112, beside / 1.15))];
  }
  if (tall) return [98];
  return textFit.lines(words, font, 70, 3).length <= 2 ? [70, 98, 130] : [98, 130];
}

/* Where the name of an entity will stand, if nothing is in its way. */
function probable(id, here) {
  return candidates(id, here)[0].box;
}

export { ROW, named, role, probable };
