/* Routes: where the lines of the network run. Between rows (or columns) of entities a line bends, and through a row it goes
   straight, in a gap between the boxes: so it cannot run through the box of another. Lines within a row run beside it, each in
   a lane of its own. Where entities stand in rings, a line goes the shortest way around the corners of boxes. */
import * as textFit from "./text_fit.js";

// So far from a box a line passes, and so far two lines in a gap stand apart, if there is room.
const [PAD, TIGHT, APART] = [5, 1, 6];
// How much of a bend goes straight on before it turns, and in how many pieces it is drawn.
const [TURN, PIECES] = [0.58, 16];
// From one line to the next on the side of a box, and how far the outermost is from its corner.
const [STEP, CORNER] = [10, 7];
// The first lane beside a row, the step from lane to lane, and how round its corners are.
const [FIRST_LANE, LANE, ROUND] = [16, 6, 12];
// A way through names costs so many pixels, and each line that is one too many for a gap.
const [OVER_NAMES, CROWDED] = [120, 40];
// So far from the boxes lines pass in rings, by turns, so that two around one corner can be told apart.
const PASSING = [5, 8, 11];
// Of more boxes only the nearest are gone around.
const MOST_BLOCKING = 48;

/**
 * The routes of lines, in the coordinates of the drawing.
 * @param {{id: string, from: string, to: string}[]} ties
 * @param {{flow: string, width: number, height: number, boxes: Map<string, object>, cards: Set<string>, names: Map<string, object>, headings: any[], zoom: number}} here
 *   the box of every entity, which of them are cards, where names will probably stand, and where headings do
 * @returns {Map<string, {x: number, y: number}[]>} points of each, from the middle or the edge of one end to that of the other
 */
function of(ties, here) {
  const routes = here.flow === "straight" ? new Map() : inRows(ties, here);
  const left = ties.filter((tie) => !routes.has(tie.id) || isBlocked(tie, routes.get(tie.id), here));
  for (const [id, points] of around(left, here)) routes.set(id, points);
  return routes;
}

function others(tie, { boxes, cards }) {
  return [...cards].filter((id) => id !== tie.from && id !== tie.to).map((id) => boxes.get(id));
}

function isBlocked(tie, points, here) {
  return others(tie, here).some((box) => textFit.crosses(points, box));
}

/* Rows of entities, as `u` along them and `v` from row to row: of a drawing in columns x and y change places. */
function turned({ flow }) {
  const isUpright = flow === "vertical";
  return {
    box: ({ x, y, w, h }) => (isUpright ? { u: x, v: y, du: w, dv: h } : { u: y, v: x, du: h, dv: w }),
    point: (u, v) => (isUpright ? { x: u, y: v } : { x: v, y: u }),
  };
}

function inRows(ties, here) {
  const { box, point } = turned(here);
  const boxes = new Map([...here.boxes].map(([id, each]) => [id, box(each)]));
  const { rows, rowOf } = rowsOf(boxes, here, box);
  const ways = ties.map((tie) => wayOf(tie, boxes, rows, rowOf));
  chooseGaps(ways.filter(({ isWithin }) => !isWithin), rows, here.zoom);
  attach(ways, boxes, here);
  const lanes = lanesOf(ways.filter(({ isWithin }) => isWithin), rows, here.zoom);
  return new Map(ways.map((way) => [way.id, (way.isWithin ? beside(way, lanes.get(way.id), here.zoom) : through(way, rows)).map(([u, v]) => point(u, v))]));
}

/* Rows from top to bottom: what they span, and their gaps, free of boxes, or of names too. */
function rowsOf(boxes, { cards, names, headings, flow, width, height, zoom }, box) {
  const spans = [...boxes].map(([id, { v, dv }]) => ({ id, top: v, bottom: v + dv })).sort((one, other) => one.top - other.top || (one.id < other.id ? -1 : 1));
  const rows = [];
  const rowOf = new Map();
  for (const { id, top, bottom } of spans) {
    if (!rows.length || rows.at(-1).bottom <= top) rows.push({ top, bottom, ids: [] });
    const row = rows.at(-1);
    row.bottom = Math.max(row.bottom, bottom);
    row.ids.push(id);
    rowOf.set(id, rows.length - 1);
  }
  const end = flow === "vertical" ? width : height;
  const spoken = headings.map(box);
  for (const row of rows) {
    const hard = row.ids.filter((id) => cards.has(id)).map((id) => boxes.get(id));
    const soft = row.ids.filter((id) => !cards.has(id)).flatMap((id) => [boxes.get(id), names.has(id) ? box(names.get(id)) : boxes.get(id)])
      .concat(spoken.filter(({ v, dv }) => v < row.bottom && v + dv > row.top));
    const among = (taken) => [PAD, TIGHT].map((pad) => gapsOf(taken, pad / zoom, end)).find((gaps) => gaps.length) ?? [];
    row.gaps = [...among([...hard, ...soft]).map((gap) => ({ ...gap, cost: 0, ways: [] })), ...(soft.length ? among(hard) : []).map((gap) => ({ ...gap, cost: OVER_NAMES / zoom, ways: [] }))];
  }
  return { rows, rowOf };
}

function gapsOf(taken, pad, end) {
  const result = [];
  let from = 0;
  for (const { u, du } of [...taken].sort((one, other) => one.u - other.u)) {
    if (u - pad >= from) result.push({ from, to: u - pad });
    from = Math.max(from, u + du + pad);
  }
  if (end >= from) result.push({ from, to: end });
  return result;
}

function wayOf({ id, from, to }, boxes, rows, rowOf) {
  const ends = [from, to].map((end) => ({ id: end, box: boxes.get(end), row: rowOf.get(end) }));
  const isDown = ends[0].row <= ends[1].row;
  const [first, last] = isDown ? ends : [ends[1], ends[0]];
  // Names stand outside: lines within the last row run before it, all others after it.
  const side = first.row === rows.length - 1 && rows.length > 1 ? -1 : 1;
  return { id, from, to, isDown, first, last, isWithin: first.row === last.row, side, gaps: [] };
}

function middle({ u, du }) {
  return u + du / 2;
}

/* The gap in every row that a line passes, and where in it: as near to the straight line as the others let it. */
function chooseGaps(ways, rows, zoom) {
  for (const way of ways) {
    const [start, end] = [middle(way.first.box), middle(way.last.box)];
    let at = start;
    for (let row = way.first.row + 1; row < way.last.row; row += 1) {
      const wish = start + ((end - start) * (row - way.first.row)) / (way.last.row - way.first.row);
      const tried = rows[row].gaps.map((gap) => {
        const u = Math.min(Math.max(wish, gap.from), gap.to);
        const crowd = Math.max(0, gap.ways.length - (gap.to - gap.from) / (APART / zoom));
        return { gap, u, cost: Math.abs(u - at) + Math.abs(u - end) + Math.abs(u - wish) / 4 + gap.cost + (crowd * CROWDED) / zoom };
      }).sort((one, other) => one.cost - other.cost);
      if (!tried.length) continue;
      const [{ gap, u }] = tried;
      at = u;
      const pass = { row, gap, u };
      way.gaps.push(pass);
      gap.ways.push({ way, pass });
    }
  }
  for (const row of rows) for (const gap of row.gaps) spreadIn(gap, zoom);
}

/* Lines in a gap side by side, in the order in which they come and go. */
function spreadIn({ from, to, ways }, zoom) {
  const key = ({ way, pass }) => pass.u * 1000 + middle(way.first.box) + middle(way.last.box);
  ways.sort((one, other) => key(one) - key(other) || (one.way.id < other.way.id ? -1 : 1));
  const step = Math.min(APART / zoom, (to - from) / Math.max(1, ways.length - 1));
  const mean = ways.reduce((sum, { pass }) => sum + pass.u, 0) / (ways.length || 1);
  const width = step * (ways.length - 1);
  const left = Math.min(Math.max(mean - width / 2, from), Math.max(from, to - width));
  ways.forEach(({ pass }, number) => { pass.u = left + number * step; });
}

/* Where lines meet boxes: on the side that faces the way, side by side in the order of where they lead. */
function attach(ways, boxes, { cards, zoom }) {
  const sides = new Map();
  const add = (way, end, side, toward) => {
    const key = `${end.id} ${side}`;
    if (!sides.has(key)) sides.set(key, []);
    sides.get(key).push({ way, end, side, toward });
  };
  for (const way of ways) {
    const [down, up] = way.isWithin ? [way.side, way.side] : [1, -1];
    add(way, way.first, down, way.gaps[0]?.u ?? middle(way.last.box));
    add(way, way.last, up, way.gaps.at(-1)?.u ?? middle(way.first.box));
  }
  for (const here of sides.values()) {
    const { end: { id, box: { du } } } = here[0];
    here.sort((one, other) => one.toward - other.toward || (one.way.id < other.way.id ? -1 : 1));
    const step = cards.has(id) ? Math.min(STEP / zoom, Math.max(0, du - (2 * CORNER) / zoom) / Math.max(1, here.length - 1)) : 0;
    here.forEach(({ end, side }, number) => {
      const { u, v, dv } = end.box;
      end.u = u + du / 2 + (number - (here.length - 1) / 2) * step;
      // A sign is drawn over its lines, a box is not seen through: a line ends at its edge.
      end.v = cards.has(id) ? (side > 0 ? v + dv : v) : v + dv / 2;
      end.isCard = cards.has(id);
    });
  }
}

/* A line from row to row. */
function through({ isDown, first, last, gaps }, rows) {
  const result = [[first.u, first.v]];
  const straight = (/** @type {number} */ u, /** @type {number} */ v) => result.push([u, v]);
  const bend = (u, v) => result.push(...curve(result.at(-1), [u, v]));
  // Of a row of signs too: a line that bends beside them would run through those that it passes.
  straight(first.u, rows[first.row].bottom);
  for (const { row, u } of gaps) {
    bend(u, rows[row].top);
    straight(u, rows[row].bottom);
  }
  bend(last.u, rows[last.row].top);
  straight(last.u, last.v);
  return isDown ? result : result.reverse();
}

/* A bend that leaves and arrives in the direction of `v`; it stays between its ends. */
function curve(/** @type {number[]} */ [u, v], /** @type {number[]} */ [toU, toV]) {
  const turn = (toV - v) * TURN;
  return Array.from({ length: PIECES }, (_, number) => {
    const part = (number + 1) / PIECES;
    const rest = 1 - part;
    const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * part, 3 * rest * part ** 2, part ** 3];
    return [(a + b) * u + (c + d) * toU, a * v + b * (v + turn) + c * (toV - turn) + d * toV];
  });
}

/* Lanes beside a row: the shortest lines nearest to it, and none over another. Where each line runs. */
function lanesOf(ways, rows, zoom) {
  const laneOf = new Map();
  const lanes = new Map();
  const span = ({ first, last }) => [Math.min(first.u, last.u), Math.max(first.u, last.u)];
  const length = (way) => span(way)[1] - span(way)[0];
  for (const way of [...ways].sort((one, other) => length(one) - length(other) || (one.id < other.id ? -1 : 1))) {
    const [from, to] = span(way);
    if (!lanes.has(way.first.row)) lanes.set(way.first.row, []);
    const here = lanes.get(way.first.row);
    let lane = here.findIndex((each) => each.every(([start, end]) => to < start - 4 / zoom || from > end + 4 / zoom));
    if (lane < 0) lane = here.push([]) - 1;
    here[lane].push([from, to]);
    laneOf.set(way.id, lane);
  }
  return new Map(ways.map((way) => {
    const { row } = way.first;
    const [edge, next] = way.side > 0 ? [rows[row].bottom, rows[row + 1]?.top] : [rows[row].top, rows[row - 1].bottom];
    // Where columns are near to each other, lanes are narrower: they stay between them.
    const space = next === undefined ? Infinity : Math.abs(next - edge);
    const start = Math.min(FIRST_LANE / zoom, space / 4);
    const step = Math.min(LANE / zoom, (space - start - TIGHT / zoom) / (lanes.get(row).length + 1));
    return [way.id, { at: edge + way.side * (start + step * laneOf.get(way.id)) }];
  }));
}

/* A line within a row: out of it, along its lane, and back. */
function beside({ isDown, side, first, last }, { at }, zoom) {
  const along = Math.sign(last.u - first.u) || 1;
  const round = Math.min(ROUND / zoom, Math.abs(last.u - first.u) / 2, Math.abs(at - first.v), Math.abs(at - last.v));
  const corner = (from, turn, to) => Array.from({ length: 5 }, (_, number) => bow(from, turn, to, number / 4));
  const out = corner([first.u, at - side * round], [first.u, at], [first.u + along * round, at]);
  const back = corner([last.u - along * round, at], [last.u, at], [last.u, at - side * round]);
  const result = [[first.u, first.v], ...out, ...back, [last.u, last.v]];
  return isDown ? result : result.reverse();
}

/* A point of a bow that leaves toward a corner and arrives from it. */
function bow(/** @type {number[]} */ [u, v], /** @type {number[]} */ [cu, cv], /** @type {number[]} */ [toU, toV], part) {
  const rest = 1 - part;
  return [rest ** 2 * u + 2 * rest * part * cu + part ** 2 * toU, rest ** 2 * v + 2 * rest * part * cv + part ** 2 * toV];
}

/* Lines the shortest way around the corners of boxes; straight where nothing stands between. */
function around(ties, here) {
  const result = new Map();
  const maps = new Map();
  ties.forEach((tie, number) => {
    const [start, end] = [tie.from, tie.to].map((id) => center(here.boxes.get(id)));
    const blocking = near(others(tie, here), start, end);
    if (isFree(start, end, blocking, (PASSING[0] - 1) / here.zoom)) return result.set(tie.id, [start, end]);
    const own = new Set([here.boxes.get(tie.from), here.boxes.get(tie.to)]);
    for (const pad of [PASSING[number % PASSING.length], TIGHT * 2]) {
      const isWhole = here.cards.size <= MOST_BLOCKING;
      const key = isWhole ? pad : tie.id + pad;
      if (!maps.has(key)) maps.set(key, cornersOf(isWhole ? [...here.cards].map((id) => here.boxes.get(id)) : blocking, pad / here.zoom));
      const way = shortest(start, end, blocking, maps.get(key), own, pad / here.zoom);
      if (way) return result.set(tie.id, rounded(way, pad / here.zoom, here.zoom));
    }
    return result.set(tie.id, [start, end]);
  });
  return result;
}

function center({ x, y, w, h }) {
  return { x: x + w / 2, y: y + h / 2 };
}

function isFree(from, to, boxes, pad) {
  return !boxes.some((box) => textFit.crosses([from, to], textFit.grown(box, pad)));
}

/* Of very many boxes those that are nearest to the straight line. */
function near(boxes, start, end) {
  if (boxes.length <= MOST_BLOCKING) return boxes;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const off = (box) => {
    const { x, y } = center(box);
    const part = Math.min(1, Math.max(0, ((x - start.x) * dx + (y - start.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(start.x + part * dx - x, start.y + part * dy - y);
  };
  return [...boxes].sort((one, other) => off(one) - off(other)).slice(0, MOST_BLOCKING);
}

/* The corners around which lines can go, and which of them see each other. */
function cornersOf(boxes, pad) {
  const corners = boxes.flatMap((box) => {
    const { x, y, w, h } = textFit.grown(box, pad);
    return [[x, y], [x + w, y], [x, y + h], [x + w, y + h]].map(([cx, cy]) => ({ x: cx, y: cy, box }));
  }).filter((corner) => !boxes.some((box) => box !== corner.box && textFit.crosses([corner, corner], textFit.grown(box, pad * 0.9))));
  const sees = corners.map((one, number) => corners.map((other, place) => place > number && isFree(one, other, boxes, pad * 0.9)));
  return { corners, sees: (one, other) => sees[Math.min(one, other)][Math.max(one, other)] };
}

/* The shortest way by corners (Dijkstra); null if there is none. */
function shortest(start, end, blocking, { corners, sees }, own, pad) {
  const usable = corners.map((_, number) => number).filter((number) => !own.has(corners[number].box));
  const before = new Map();
  const cost = new Map();
  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  for (const number of usable) if (isFree(start, corners[number], blocking, pad * 0.9)) cost.set(number, apart(start, corners[number]));
  const done = new Set();
  let best = { cost: Infinity, last: null };
  for (;;) {
    const [next] = [...cost].filter(([number]) => !done.has(number)).sort((one, other) => one[1] - other[1] || one[0] - other[0]);
    if (!next || next[1] >= best.cost) break;
    const [number, soFar] = next;
    done.add(number);
    if (isFree(corners[number], end, blocking, pad * 0.9)) {
      const whole = soFar + apart(corners[number], end);
      if (whole < best.cost) best = { cost: whole, last: number };
    }
    for (const other of usable) {
      if (done.has(other) || other === number || !sees(number, other)) continue;
      const passing = soFar + apart(corners[number], corners[other]);
      if (passing < (cost.get(other) ?? Infinity)) {
        cost.set(other, passing);
        before.set(other, number);
      }
    }
  }
  if (best.last === null) return null;
  const result = [end];
  for (let number = best.last; number !== undefined; number = before.get(number)) result.unshift(corners[number]);
  return [start, ...result];
}

/* The same with round corners, which stay outside of the boxes. */
function rounded(points, pad, zoom) {
  const result = [points[0]];
  for (let number = 1; number < points.length - 1; number += 1) {
    const [before, corner, after] = points.slice(number - 1, number + 2);
    const [one, other] = [before, after].map((end) => ({ dx: end.x - corner.x, dy: end.y - corner.y, far: Math.hypot(end.x - corner.x, end.y - corner.y) }));
    const turn = Math.PI - Math.acos(Math.min(1, Math.max(-1, (one.dx * other.dx + one.dy * other.dy) / (one.far * other.far || 1))));
    const reach = Math.min(24 / zoom, one.far / 2, other.far / 2, pad / Math.max(0.05, Math.sin(turn / 2)));
    const [from, to] = [one, other].map(({ dx, dy, far }) => [corner.x + (dx / (far || 1)) * reach, corner.y + (dy / (far || 1)) * reach]);
    for (let step = 0; step <= 6; step += 1) {
      const [x, y] = bow(from, [corner.x, corner.y], to, step / 6);
      result.push({ x, y });
    }
  }
  return [...result, points.at(-1)];
}

export { of };
