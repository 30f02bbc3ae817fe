/* Where entities stand, in CSS pixels. The first view was placed by the build; rings and paths are placed here, always alike. */
import * as columns from "./columns.js";
import * as data from "./data.js";
import * as textFit from "./text_fit.js";
import * as years from "./years.js";

const NARROW = 700;
// So many names have room in the first ring, and twice as many in the second; more stand in columns.
const IN_RING = 14;
// What a box takes beside its words, and the gap to the next.
const AROUND = 12;
const KINDS = ["event", "named", "series", "person", "body", "group", "audience", "letter", "plan"];

/* Positions in a scene on a canvas of this width: where each entity stands, on which side its name, and how high it is. */
function of(scene, width) {
  if (scene.kind === "around" && scene.rings.every((ring, number) => ring.length <= IN_RING * number || !number)) return around(scene, width);
  if (isOfYears(scene)) return years.of(scene, width);
  if (scene.kind === "path") return along(scene, width);
  return scene.kind === "first" ? first(width) : columns.of(scene, width);
}

/* Whether meetings around one are too many for a ring. */
function isOfYears({ kind, rings }) {
  return kind === "around" && rings.length === 2 && rings[1].filter(isCard).length > IN_RING && !isCard(rings[0][0]);
}

function first(width) {
  const name = width < NARROW ? "tall" : "wide";
  const view = data.drawing.views[name];
  const stretch = width / view.size[0];
  const at = new Map();
  for (const node of data.drawing.nodes) {
    const [x, y, side] = node.positions[name];
    at.set(node.id, { x: x * stretch, y, side });
  }
  const frames = view.frames.map(({ bounds, events, box: [x, y, w, h] }) => ({
    bounds, events, x: x * stretch, y, w: w * stretch, h,
  }));
  // A box stays within its frame, however long its longest word is.
  for (const { events, rooms } of view.frames) events.forEach((id, number) => { at.get(id).room = Math.min(172, rooms[number] * stretch - AROUND); });
  return { at, frames, height: view.size[1], flow: name === "tall" ? "horizontal" : "vertical", name };
}

function around({ rings }, width) {
  const narrow = width < NARROW;
  if (narrow && rings.length > 2) return downwards(rings, width);
  const height = narrow ? 540 : 560;
  const middle = { x: width / 2, y: height / 2 };
  const at = new Map([[rings[0][0], { ...middle, side: "inside", card: true }]]);
  const reach = rings.length > 2 ? [0, 0.52, 1] : [0, 0.92];
  const wide = narrow ? width / 2 - 62 : Math.min(width / 2 - 118, 330);
  const high = height / 2 - 64;
  const angles = new Map();
  for (let ring = 1; ring < rings.length; ring += 1) {
    const placed = rings[ring].slice().sort(ring === 1 ? byKindAndTime : byParents(angles));
    placed.forEach((id, number) => {
      const angle = -Math.PI / 2 + ((number + (ring === 1 ? 0.5 : 0.25)) / placed.length) * 2 * Math.PI;
      angles.set(id, angle);
      const x = middle.x + Math.cos(angle) * wide * reach[ring];
      const y = middle.y + Math.sin(angle) * high * reach[ring];
      const beside = Math.cos(angle) > 0 ? "right" : "left";
      const upright = Math.sin(angle) > 0 ? "below" : "above";
      // With a ring around them, names would find no room between the lines: they stand in boxes.
      at.set(id, { x, y, card: ring === 1 && rings.length > 2, side: narrow || Math.abs(Math.cos(angle)) < 0.3 ? upright : beside });
    });
  }
  const circles = reach.slice(1, rings.length).map((part) => ({ ...middle, rx: wide * part, ry: high * part }));
  return { at, frames: [], circles, height, flow: "straight", name: "around" };
}

function isCard(id) {
  return data.entities.get(id).kind === "event";
}

/* Two rings where there is no room for rings: from left to right the one they are about, those around, and those around them. */
function downwards(rings, width) {
  const [center, inner, far] = [rings[0][0], [...rings[1]].sort(byKindAndTime), rings[2]];
  const at = new Map();
  const wishes = new Map();
  const height = Math.max(
    stacked(inner.map((id, number) => ({ id, wish: number, h: heightOf(id, true) })), ({ id, y }) => { wishes.set(id, y); at.set(id, { x: width * 0.47, y, card: true, room: 84 }); }),
    stacked(far.map((id) => ({ id, wish: near(id, wishes), h: heightOf(id, isCard(id), width * 0.3 - 17) })), ({ id, y }) => at.set(id, { x: isCard(id) ? width - 58 : width * 0.7, y, side: "right", room: 84 })),
  ) + 12;
  at.set(center, { x: width * 0.15, y: near(center, wishes) || height / 2, card: true, room: 72 });
  return { at, frames: [], height: Math.max(240, height), flow: "horizontal", name: "tall" };
}

/* How high an entity is with its name, in a card or beside its sign. */
function heightOf(id, card, room = 84) {
  const words = textFit.lines(data.name(id), textFit.font(11.5, card ? 600 : 400), card ? room : room / 1.15, card ? 6 : 9);
  return words.length * 13.8 + (card ? 12 : 2);
}

/* The mean height of those by which something is reached. */
function near(id, heights) {
  const values = data.tiesOf.get(id).map((tie) => heights.get(data.other(tie, id))).filter((y) => y !== undefined);
  return values.length ? values.reduce((sum, y) => sum + y, 0) / values.length : 0;
}

/* Entities one under the other, each as near to its wish as those above it let it; gives how far down they reach. */
function stacked(items, put, gap = 12) {
  let top = 8;
  for (const item of items.sort((one, other) => one.wish - other.wish || (one.id < other.id ? -1 : 1))) {
    const y = Math.max(item.wish, top + item.h / 2);
    top = y + item.h / 2 + gap;
    put({ ...item, y });
  }
  return top - gap;
}

function byKindAndTime(one, other) {
  const [a, b] = [data.entities.get(one), data.entities.get(other)];
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    (a.earliest ?? "~").localeCompare(b.earliest ?? "~") || (one < other ? -1 : 1);
}

/* Near those in the ring inside by which one is reached. */
function byParents(angles) {
  const at = (id) => {
    const values = data.tiesOf.get(id).map((tie) => angles.get(data.other(tie, id))).filter((angle) => angle !== undefined);
    return values.length ? values.reduce((sum, angle) => sum + angle, 0) / values.length : 0;
  };
  return (one, other) => at(one) - at(other) || (one < other ? -1 : 1);
}

function along(scene, width) {
  const ids = [...scene.entities];
  const upright = width / Math.max(1, ids.length) < 120;
  const height = upright ? Math.max(240, ids.length * 92) : 170;
  const at = new Map(ids.map((id, number) => [
    id,
    upright
      ? { x: width / 2, y: 46 + number * 92, side: "right" }
      : { x: (width * (number + 0.5)) / ids.length, y: 66, side: "below" },
  ]));
  return { at, frames: [], height, flow: "straight", name: "path" };
}

export { of, stacked };
