/* Columns: where many entities stand, so that every name can be read. Events in order of time in the middle, people and bodies
   who are tied to them to the left, groups, letters and all else to the right, each as near to its events as the others let it. Names
   stand outside, where no line goes. */
import * as data from "./data.js";
import * as textFit from "./text_fit.js";

const SIZE = 11.5;
const LEADING = SIZE * 1.2;
const [GAP, EDGE, HEAD] = [12, 8, 24];
// From the middle of a sign to its name, and from the name to the edge (as in `labelPlacement.js`).
const [SIGN, MARGIN] = [11, 7];
const NAMED = ["person", "body"];

function of(scene, width) {
  const card = Math.min(190, Math.max(96, width * 0.25));
  const room = card - 10;
  const beside = (width - card) / 2;
  const sign = Math.min(90, Math.max(24, beside * 0.22));
  const x = { left: beside - sign, middle: width / 2, right: width - beside + sign };
  const at = new Map();
  const frames = [];
  const entities = [...scene.entities].map((id) => data.entities.get(id));
  let y = EDGE;
  for (const [bounds, events] of framed(entities)) {
    const top = y;
    y += HEAD;
    for (const id of events) {
      const high = textFit.lines(data.name(id), textFit.font(SIZE, 600), room, 6, 1).length * LEADING + 10 + GAP;
      at.set(id, { x: x.middle, y: y + high / 2, side: "inside", room });
      y += high;
    }
    frames.push({ bounds: bounds ? bounds.split(" ") : ["", ""], events, x: x.middle - card / 2 - 4, y: top, w: card + 8, h: y - top });
    y += GAP;
  }
  const met = new Set(scene.ties.flatMap((tie) => (at.has(tie.to) ? [tie.from] : at.has(tie.from) ? [tie.to] : [])));
  const isLeft = ({ id, kind }) => NAMED.includes(kind) && met.has(id);
  const ends = [
    column(at, entities.filter(isLeft), scene.ties, x.left, y, "left", roomBeside(x.left)),
    column(at, entities.filter((entity) => entity.kind !== "event" && !isLeft(entity)), scene.ties, x.right, y, "right", roomBeside(width - x.right)),
  ];
  return { at, frames, height: Math.max(y, ...ends) + EDGE, flow: "horizontal", name: "tall", columns: { apart: x.right - x.middle } };
}

/* How wide a name may be where so much is from the middle of its sign to the edge, for words that are a little too
   long may stand out (see `textFit.js`). */
function roomBeside(space) {
  return (space - SIGN - MARGIN) / textFit.UNCUT;
}

/* Events by their bounds, in order of time; those without known bounds last. */
function framed(entities) {
  const result = new Map();
  const boundsKey = ({ earliest, latest }) => (earliest && latest ? `${earliest} ${latest}` : "");
  const order = (event) => boundsKey(event) || "~";
  const events = entities.filter(({ kind }) => kind === "event").sort((one, other) => (order(one) < order(other) ? -1 : order(one) > order(other) ? 1 : one.id < other.id ? -1 : 1));
  for (const event of events) result.set(boundsKey(event), [...(result.get(boundsKey(event)) ?? []), event.id]);
  return result;
}

/* A column of names; where the last of them ends. */
function column(at, entities, ties, x, y, side, most) {
  const beside = new Map(entities.map(({ id }) => [id, []]));
  for (const tie of ties) {
    for (const [one, other] of [[tie.from, tie.to], [tie.to, tie.from]]) if (beside.has(one) && data.entities.get(other).kind === "event") beside.get(one).push(at.get(other).y);
  }
  // Who is at no event that is drawn stands with those it is tied to, else at the end.
  const wish = (id) => mean(beside.get(id)) ?? mean(ties.filter((tie) => tie.from === id || tie.to === id).flatMap((tie) => beside.get(data.other(tie, id)) ?? [])) ?? y;
  const rows = entities.map(({ id, kind }) => {
    const font = textFit.font(SIZE, kind === "person" ? 600 : 400);
    return { id, wish: wish(id), high: textFit.lines(data.name(id), font, most, 9).length * LEADING + 8 };
  }).sort((one, other) => one.wish - other.wish || (one.id < other.id ? -1 : 1));
  if (!rows.length) return 0;
  const room = rows.map(({ high }, number) => (number ? (rows[number - 1].high + high) / 2 : 0));
  const whole = rows.reduce((sum, { high }) => sum + high, 0);
  const [first, last] = [rows[0].high / 2 + EDGE, Math.max(y - EDGE, whole + EDGE) - rows.at(-1).high / 2];
  spread(rows.map((row) => row.wish), room, first, last).forEach((down, number) => at.set(rows[number].id, { x, y: down, side }));
  return at.get(rows.at(-1).id).y + rows.at(-1).high / 2;
}

function mean(numbers) {
  return numbers?.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : null;
}

/* Places in the same order, each with its room, between first and last, as near as can be to the wishes (as in
   `layout/initial.py`). */
function spread(wishes, room, first, last) {
  const offsets = [];
  for (const [number, each] of room.entries()) offsets.push(number ? offsets[number - 1] + each : 0);
  const blocks = [];
  for (const [number, wish] of wishes.entries()) {
    let block = { mean: wish - offsets[number], count: 1 };
    while (blocks.length && blocks.at(-1).mean > block.mean) {
      const other = blocks.pop();
      const count = block.count + other.count;
      block = { mean: (block.mean * block.count + other.mean * other.count) / count, count };
    }
    blocks.push(block);
  }
  const free = blocks.flatMap(({ mean: at, count }) => Array(count).fill(at));
  const most = Math.max(first, last - offsets.at(-1));
  return free.map((wish, number) => Math.min(Math.max(wish, first), most) + offsets[number]);
}

export { of, spread, roomBeside };
