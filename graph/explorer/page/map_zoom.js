/* How near the map is, and where: by buttons, keys, the wheel and fingers; in the address as parts of the width and height of the whole
   map, so that it is the same place in every window. */
import * as dom from "./dom.js";
import * as mapPositions from "./map_positions.js";
import * as outlines from "./outlines.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const NEAREST = 12;
const WHOLE = { by: 1, x: 0, y: 0 };
// So long, in milliseconds, a hand rests before the address follows.
const REST = 250;
// From where to where a place can be, as a part of the whole map: the north lies above the south, which has the room.
const [FIRST, LAST] = [-2, 3];
let map = null; // what is drawn, and how it is drawn again
let hand = null; // the pointers that drag or pinch
let resting = 0;

state.define("mapZoom", {
  read(given) {
    const [by, x, y] = (given.get("mapzoom") ?? "").split(",").map(Number);
    return by > 1.01 && by <= NEAREST && [x, y].every((each) => each >= FIRST && each <= LAST) ? { by, x, y } : null;
  },
  save(parts, zoom, { view }) {
    if (zoom && view === "map") parts.set("mapzoom", [zoom.by, zoom.x, zoom.y].map((each) => Number(each.toFixed(3))).join(","));
  },
});

/** The map as a whole at a width: its panels. @param {number} width CSS pixels */
function plainPanels(width) {
  return mapPositions.panels(width, WHOLE);
}

/** How near the map is at a width, and which place of the whole map is in the middle. @param {number} width CSS pixels */
function near(width) {
  const { mapZoom } = state.now;
  return mapZoom ? { by: mapZoom.by, x: mapZoom.x * width, y: mapZoom.y * plainPanels(width).height } : WHOLE;
}

/** Whether it is nearer than whole. @returns {boolean} */
function isNear() {
  return Boolean(state.now.mapZoom);
}

/* The map is drawn at once, and the address follows when the hand has come to rest. */
function look(to) {
  const { width, height } = map.drawn().panels;
  const within = (value) => Math.min(LAST, Math.max(FIRST, value));
  state.keep({ mapZoom: to.by <= 1.01 ? null : { by: to.by, x: within(to.x / width), y: within(to.y / height) } }, { later: true });
  map.again();
  clearTimeout(resting);
  resting = setTimeout(() => state.keep({}), REST);
}

/* The plain place, that of the whole map, under a point of the frame. */
function under(x, y) {
  const { panels } = map.drawn();
  const now = near(panels.width);
  return now.by === 1 ? { x, y } : { x: now.x + (x - panels.width / 2) / now.by, y: now.y + (y - panels.height / 2) / now.by };
}

/** Nearer or farther; what is under the point stays there. Without a point it is the selected event, or the middle of the events. */
function zoomBy(factor, point) {
  const { panels: { width, height }, rows } = map.drawn();
  const now = near(width);
  const next = Math.min(NEAREST, Math.max(1, now.by * factor));
  if (next <= 1.01) return whole();
  if (point) {
    const at = under(point.x, point.y);
    return look({ by: next, x: at.x - (point.x - width / 2) / next, y: at.y - (point.y - height / 2) / next });
  }
  const row = rows.find(({ events }) => events.some(({ id }) => id === state.now.selected));
  return look({ ...(row ? plain(row) : now.by === 1 ? under(width / 2, height / 2) : now), by: next });
}

function whole() {
  look(WHOLE);
}

/* Where a row stands on the map of all, also where the whole map shows it in the corner. */
function plain(row) {
  const { x, y } = outlines.middle(row.by);
  const { all } = plainPanels(map.drawn().panels.width);
  return { x: all[0].x([x, y]), y: all[0].y([x, y]) };
}

/** Brings an event into the middle of a map that is near. @param {string} id */
function bringIntoView(id) {
  const row = map.drawn()?.rows.find(({ events }) => events.some((event) => event.id === id));
  if (row && isNear()) look({ ...plain(row), by: state.now.mapZoom.by });
}

/** The buttons under the map. @returns {Element} */
function buttons() {
  return el("div", { class: "zoom", role: "group", "aria-label": text("mapZoom") }, [["nearer", "+", () => zoomBy(1.5)], ["farther", "−", () => zoomBy(1 / 1.5)], ["whole", null, whole]]
    .map(([key, sign, act]) => el("button", { type: "button", id: `map-${key}`, "aria-label": sign ? text(key) : null, onclick: act }, sign ?? text(key))));
}

/** Follows the hand: dragging with one pointer once the map is nearer than whole, pinching with two, which begins it. @param {{drawn: () => any, again: () => void}} of */
function start(of) {
  map = of;
  const box = dom.at("view-map");
  const at = (event) => {
    const { left, top } = dom.at("map").getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const on = (event) => event.target.closest?.("#map");
  box.addEventListener("wheel", (event) => {
    if (!on(event) || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, at(event));
  }, { passive: false });
  box.addEventListener("pointerdown", (event) => {
    if (!on(event)) return;
    hand ??= new Map();
    hand.set(event.pointerId, at(event));
  });
  box.addEventListener("pointermove", (event) => {
    if (!hand?.has(event.pointerId)) return;
    const before = [...hand.values()];
    const was = hand.get(event.pointerId);
    hand.set(event.pointerId, at(event));
    moved(before, [...hand.values()], was, hand.get(event.pointerId));
  });
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => { hand?.delete(event.pointerId); });
}

function moved(before, here, was, is) {
  if (here.length === 2) {
    const apart = (/** @type {any[]} */ [one, other]) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
    zoomBy(apart(here) / apart(before), { x: (here[0].x + here[1].x) / 2, y: (here[0].y + here[1].y) / 2 });
  } else if (isNear()) {
    const now = near(map.drawn().panels.width);
    look({ by: now.by, x: now.x - (is.x - was.x) / now.by, y: now.y - (is.y - was.y) / now.by });
  }
}

export { bringIntoView, buttons, isNear, near, plainPanels, start, whole, zoomBy };
