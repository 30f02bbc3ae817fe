/* Where everything stands on the map, in CSS pixels: the two panels of the country, the marks of events, the names of places. */
import * as data from "./data.js";
import * as outlines from "./outlines.js";
import * as renderer from "./renderer.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const NARROW = 600;
const MARK = 13;
const GAP = 3;
const RING = 4;
// So many marks stand side by side at least.
const ACROSS = 8;
// More marks than this at one place are not drawn; its number counts all.
const MARKS = 48;
const SOUTH = outlines.ids.filter((id) => !outlines.northern(id));
const NORTH = outlines.ids.filter(outlines.northern);
let boxes = null; // around the south and around the north, measured once

/* The south as large as it can be, the north in the empty corner above it; near by, one map of all. */
function panels(width, near) {
  const narrow = width < NARROW;
  boxes ??= [outlines.box(SOUTH), outlines.box(NORTH)];
  const [south, north] = boxes;
  const scale = Math.min(0.082, (width - (narrow ? 20 : 250)) / (south.right - south.left));
  const corner = narrow ? width * 0.5 : Math.min(270, width * 0.36);
  const small = corner / (north.right - north.left);
  const lift = narrow ? 70 : 16;
  const height = Math.round((south.top - south.bottom) * scale + lift + 34);
  const left = narrow ? 6 : Math.max(110, (width - (south.right - south.left) * scale) / 2 + 78);
  // On a wide page the corner stays beside the south.
  const side = narrow ? 0 : Math.max(0, left - corner - 12);
  const plain = {
    x: (place) => left + (place[0] - south.left) * scale,
    y: (place) => lift + (south.top - place[1]) * scale,
  };
  const inset = {
    ids: NORTH, x: (place) => side + 8 + (place[0] - north.left) * small, y: (place) => 8 + (north.top - place[1]) * small,
    frame: { x: side, y: 0, w: corner + 16, h: (north.top - north.bottom) * small + 16 },
  };
  if (near.by === 1) return { width, height, narrow, scale, all: [{ ids: SOUTH, ...plain }, inset] };
  const zoomed = {
    ids: outlines.ids,
    x: (place) => width / 2 + (plain.x(place) - near.x) * near.by,
    y: (place) => height / 2 + (plain.y(place) - near.y) * near.by,
  };
  return { width, height, narrow, scale: scale * near.by, all: [zoomed], plain };
}

/* The events of each place, and the events that have none on the map. */
function placed(events) {
  const at = new Map();
  const off = [];
  for (const event of events) {
    const place = (event.places ?? []).find((one) => outlines.of(one).length);
    if (!place) off.push(event);
    else if (at.has(place)) at.get(place).push(event);
    else at.set(place, [event]);
  }
  return { at, off };
}

/* A row of marks for each place, side by side, or of very many a block of rows; what that would cover each other, with the rings around them, are moved apart. */
function rows(at, { all }, ringed, /** @type {(event: any) => number} */ rank = () => 0) {
  const result = [...at].map(([place, here]) => {
    const events = here.length > MARKS ? here.slice().sort((one, other) => rank(one) - rank(other)).slice(0, MARKS) : here;
    const by = outlines.of(place);
    const panel = all.find(({ ids }) => ids.includes(by[0]));
    const { x, y } = outlines.middle(by);
    const home = { x: panel.x([x, y]), y: panel.y([x, y]) };
    const around = events.some(ringed) ? RING : 0;
    const step = MARK + GAP + 1.5 * around;
    const across = Math.min(events.length, Math.max(ACROSS, Math.ceil(1.5 * Math.sqrt(events.length))));
    const w = (across - 1) * step + MARK;
    const h = (Math.ceil(events.length / across) - 1) * step + MARK;
    return { place, events, all: here, label: null, by, panel, home, around, step, across, x: home.x - w / 2, y: home.y - h / 2, w, h };
  });
  for (let round = 0; round < 80; round += 1) {
    for (const [number, one] of result.entries()) {
      for (const other of result.slice(number + 1)) {
        const [dx, dy] = [other.x + other.w / 2 - one.x - one.w / 2, other.y + other.h / 2 - one.y - one.h / 2];
        const apart = GAP + one.around + other.around;
        const [over, under] = [(one.w + other.w) / 2 + apart - Math.abs(dx), (one.h + other.h) / 2 + apart - Math.abs(dy)];
        if (over <= 0.01 || under <= 0.01) continue;
        const [axis, push] = over < under ? ["x", (over / 2) * (dx < 0 ? -1 : 1)] : ["y", (under / 2) * (dy < 0 ? -1 : 1)];
        one[axis] -= push;
        other[axis] += push;
      }
    }
  }
  return result;
}

/* Names with room for them: beside the marks, else farther off with a line to them; the first found is the place. */
function named(result, { width, height, narrow, all }, important) {
  const taken = result.map((row) => textFit.grown(row, row.around + 2));
  const fixed = [];
  if (all.length > 1) fixed.push({ panel: all[0], box: all[1].frame });
  // No name goes through the frame of the corner.
  const corner = all.length > 1 ? all[1].frame : null;
  const crosses = (box) => corner && textFit.overlap(box, corner, 0) &&
    !(box.x > corner.x && box.y > corner.y && box.x + box.w < corner.x + corner.w && box.y + box.h < corner.y + corner.h);
  const unnamed = [];
  const order = [...result].sort((one, other) => important(other) - important(one) || one.y - other.y || one.x - other.x);
  for (const row of order) {
    row.label = null;
    if (!important(row)) continue;
    const wording = wordsOf(row, narrow);
    const w = Math.max(...wording.map((line) => line.width));
    const h = wording.reduce((sum, line) => sum + line.leading, 0);
    for (const spot of spots(textFit.grown(row, row.around), w, h)) {
      const box = { x: spot.x, y: spot.y, w, h };
      const inside = box.x >= 0 && box.y >= 0 && box.x + w <= width && box.y + h <= height - 20;
      const blocked = taken.some((other) => textFit.overlap(box, other, 1)) ||
        fixed.some(({ panel, box: other }) => row.panel === panel && textFit.overlap(box, other, 2));
      if (!inside || blocked || crosses(box)) continue;
      row.label = { ...box, align: spot.align, lines: wording, far: spot.far };
      taken.push({ x: box.x - 1, y: box.y - 1, w: w + 2, h: h + 2 });
      break;
    }
    if (!row.label && row.home.x > 0 && row.home.x < width && row.home.y > 0 && row.home.y < height) unnamed.push(row.place);
  }
  return unnamed;
}

function wordsOf({ place, all: events }, narrow) {
  const line = (words, size, weight, leading) => {
    const font = textFit.font(size, weight);
    return { words, size, weight, leading, font, width: Math.ceil(textFit.width(words, font)) + 2 };
  };
  const wording = [line(data.label(place), 13, 600, 16)];
  if (narrow && events.length <= MARKS) return wording;
  const [{ earliest, latest }] = events;
  if (events.length > 1) wording.push(line(texts.text("mapEvents", { count: texts.count(events.length) }), 11.5, 400, 14));
  else if (earliest && latest) wording.push(line(renderer.shortSpan([earliest, latest]), 11.5, 400, 14));
  return wording;
}

/* Where a name can stand, the best first. */
function spots({ x, y, w: wide, h: high }, w, h) {
  const [middle, right] = [x + wide / 2, x + wide];
  const beside = y + high / 2 - h / 2;
  const near = [
    { x: right + 5, y: beside, align: "left" }, { x: x - 5 - w, y: beside, align: "right" },
    { x: middle - w / 2, y: y - h - 3, align: "center" }, { x: middle - w / 2, y: y + high + 3, align: "center" },
    { x: right + 4, y: y - h + 4, align: "left" }, { x: right + 4, y: y + high - 4, align: "left" },
    { x: x - 4 - w, y: y - h + 4, align: "right" }, { x: x - 4 - w, y: y + high - 4, align: "right" },
  ];
  const far = [24, 40, 58].flatMap((off) => [0, 1, 7, 2, 6, 4, 3, 5].map((turn) => {
    const angle = (turn * Math.PI) / 4;
    const [cx, cy] = [middle + Math.cos(angle) * (off + wide / 2), y + high / 2 + Math.sin(angle) * off];
    const side = Math.cos(angle);
    const align = side > 0.1 ? "left" : side < -0.1 ? "right" : "center";
    return { x: { left: cx, right: cx - w, center: cx - w / 2 }[align], y: cy - h / 2, align, far: true };
  }));
  return [...near, ...far];
}

export { panels, placed, rows, named, MARK };
