/* The network: vis-network follows the pointer, moves and scales; lines, signs and names are drawn by the renderer. */
import * as alternative from "./alternative.js";
import * as cards from "./cards.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as keyboardNav from "./keyboard_nav.js";
import * as labelPlacement from "./label_placement.js";
import * as lines from "./lines.js";
import * as positions from "./positions.js";
import * as renderer from "./renderer.js";
import * as routes from "./routes.js";
import * as state from "./state.js";

// So near to a line, in pixels, it is pointed at.
const NEAR = 7;
// How wide a sign is, and how wide it is to a finger.
const [SIGN, PRESSED] = [16, 24];
// Below this width nothing can be drawn; the next change of width draws again.
const LEAST = 240;
const nodes = new vis.DataSet();
let network = null;
let palette = null;
let put = null; // where entities stand now
let looks = new Map(); // how each entity is drawn: an event, and what stands inside of rings, as a card
let frames = []; // the fields of all events of the scene
let ties = []; // the ties that are drawn
let routed = new Map(); // the points of each line
let names = { names: new Map(), unnamed: new Map(), headings: [], roles: [] };
let faded = { entities: new Set(), ties: new Set() };
let over = null; // what the pointer is on
let stale = true; // names must find their room again
let visible = null;
let brought = null; // what was last brought into view
const listeners = [];

function start() {
  const box = dom.at("canvas");
  const { options } = data.drawing;
  network = new vis.Network(box, { nodes, edges: new vis.DataSet() }, {
    ...options,
    autoResize: false,
    nodes: { ...options.nodes, shape: "custom", ctxRenderer: nodeRenderer },
  });
  // It has the keys and the name of the canvas, and is no stop of its own.
  box.querySelector(".vis-network").removeAttribute("tabindex");
  network.on("beforeDrawing", (ctx) => drawUnder(ctx, network.getScale()));
  network.on("afterDrawing", (ctx) => drawOver(ctx, network.getScale()));
  network.on("click", ({ nodes: [node], pointer }) => state.select(node ?? lineAt(pointer.canvas)));
  network.on("doubleClick", ({ nodes: [node] }) => node && state.set({ around: node, pathOpen: false, more: [], selected: node }));
  network.on("hoverNode", ({ node }) => point(node));
  network.on("blurNode", () => point(null));
  box.addEventListener("mousemove", ({ offsetX, offsetY, buttons, target }) => {
    if (!buttons && target.tagName === "CANVAS" && !looks.has(over)) point(lineAt(network.DOMtoCanvas({ x: offsetX, y: offsetY })));
  });
  box.addEventListener("mouseleave", () => point(null));
  network.on("zoom", () => { zoomed(); keepView(); });
  network.on("dragEnd", keepView);
  box.addEventListener("keydown", keyed);
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth < LEAST || box.clientWidth === width) return;
    width = box.clientWidth;
    relook();
  }).observe(box);
}

function point(id) {
  if (over === id) return;
  over = id;
  dom.at("canvas").style.cursor = id ? "pointer" : "";
  network.redraw();
}

/* The line at a point of the drawing; null if there is none. */
function lineAt(place) {
  const [nearest] = [...routed].map(([id, course]) => ({ id, far: lines.distance(place, course) })).sort((one, other) => one.far - other.far || (one.id < other.id ? -1 : 1));
  return nearest && nearest.far <= NEAR / network.getScale() ? nearest.id : null;
}

function zoomed() {
  stale = true;
  dom.at("canvas").classList.toggle("zoomed", network.getScale() > 1.02);
}

state.define("zoom", {
  read(given) {
    const [scale, x, y] = (given.get("zoom") ?? "").split(",").map(Number);
    return scale >= 0.3 && scale <= 8 && x >= -1 && x <= 2 && y >= -1 && y <= 2 ? [scale, x, y].map((each) => Number(each.toFixed(3))) : null;
  },
  save(parts, zoom) {
    if (zoom) parts.set("zoom", zoom.join(","));
  },
  // Another scene begins whole.
  of: ({ view, around, rings, all, more, pathFrom, pathTo, pathOpen }) => JSON.stringify([view, around, rings, all, more, pathFrom, pathTo, pathOpen]),
});
let keeping = 0;

/* How near the network is, and its middle as parts of its width and height, go to the address when the hand has come to rest. */
function keepView() {
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    const [scale, { x, y }] = [network.getScale(), network.getViewPosition()];
    const [width, height] = [dom.at("canvas").clientWidth, put?.height];
    if (state.now.view !== "network" || !width || !height) return;
    const isWhole = Math.abs(scale - 1) < 0.005 && Math.abs(x - width / 2) < 2 && Math.abs(y - height / 2) < 2;
    state.keep({ zoom: isWhole ? null : [scale, x / width, y / height].map((each) => Number(each.toFixed(3))) });
  }, 250);
}

/* As near as the address says. */
function applyView() {
  const { zoom } = state.now;
  const width = dom.at("canvas").clientWidth;
  if (!put || width < LEAST) return;
  if (!zoom) {
    if (Math.abs(network.getScale() - 1) > 0.005) whole();
    return;
  }
  const [scale, x, y] = zoom;
  const middle = network.getViewPosition();
  if (Math.abs(network.getScale() - scale) < 0.002 && Math.hypot(middle.x / width - x, middle.y / put.height - y) < 0.002) return;
  network.moveTo({ scale, position: { x: x * width, y: y * put.height }, animation: false });
  zoomed();
  network.redraw();
}

/* Shows a selection. In the same scene entities stand where they stood, whatever the filters leave of it. */
function show(selection) {
  const again = !put || visible.scene !== selection.scene;
  visible = selection;
  if (again) relook();
  else restyle();
  clearTimeout(keeping);
  applyView();
}

/* Everything is placed anew: for another scene, width, language or theme. */
function relook() {
  const box = dom.at("canvas");
  if (!visible || box.clientWidth < LEAST) return;
  put = positions.of(visible.scene, box.clientWidth);
  frames = put.frames ?? [];
  box.style.height = `${put.height}px`;
  restyle();
  network.setSize("100%", `${put.height}px`);
  network.redraw();
  whole();
}

function restyle() {
  palette = renderer.colours();
  const kept = (of, all) => all.filter((id) => !state.now.hide || of.has(id));
  const entityIds = kept(visible.entities, [...visible.scene.entities]).filter((id) => put.at.has(id));
  ties = kept(visible.ties, visible.scene.ties.map((tie) => tie.id)).map((id) => data.ties.get(id)).filter((tie) => put.at.has(tie.from) && put.at.has(tie.to));
  const near = lines.near(state.now.selected, visible);
  const isFaded = (kind, id) => !visible[kind].has(id) || (near && !near[kind].has(id));
  faded = {
    entities: new Set(entityIds.filter((id) => isFaded("entities", id))),
    ties: new Set(ties.map((tie) => tie.id).filter((id) => isFaded("ties", id))),
  };
  looks = cards.looksOf(entityIds, put, frames);
  // A field goes with its meetings.
  put.frames = frames.filter(({ events }) => !events.length || events.some((id) => looks.has(id)));
  alternative.show(entityIds, ties);
  stale = true;
  update(nodes, entityIds.map((id) => ({ id, x: put.at.get(id).x, y: put.at.get(id).y })));
  network.redraw();
}

function update(set, items) {
  const ids = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !ids.has(id)));
  set.update(items);
}

/* What vis-network asks for: how to draw an entity, and how much room it takes. */
function nodeRenderer({ ctx, id, x, y }) {
  const zoom = network?.getScale() ?? 1;
  const look = looks.get(id) ?? {};
  const side = (renderer.RADIUS[data.entities.get(id).kind] ?? 7) * 2 + 6;
  return {
    drawNode: () => renderer.entity(ctx, id, { x, y }, look, palette, zoom, stateOf(id)),
    nodeDimensions: { width: (look.card?.w ?? side) / zoom, height: (look.card?.h ?? side) / zoom },
  };
}

function stateOf(id) {
  return { faded: faded.entities.has(id), selected: state.now.selected === id };
}

function drawUnder(ctx, zoom) {
  if (!put) return;
  if (stale) {
    stale = false;
    route(zoom);
    names = labelPlacement.named(here(zoom));
    for (const listener of listeners) listener();
  }
  renderer.frames(ctx, put, palette, zoom);
  renderer.circles(ctx, put, palette, zoom);
  // What is selected lies over what is not.
  const order = [...ties].sort((one, other) => Number(faded.ties.has(other.id)) - Number(faded.ties.has(one.id)));
  for (const tie of order) lines.trace(ctx, tie, routed.get(tie.id), palette, faded.ties.has(tie.id), { chosen: state.now.selected === tie.id, zoom });
}

/* Where lines run: anew at every zoom, because boxes keep their size. */
function route(zoom) {
  const boxes = new Map([...looks.keys()].map((id) => [id, boxOf(id, zoom)]));
  const boxed = new Set([...looks].filter(([, look]) => look.card).map(([id]) => id));
  const width = dom.at("canvas").clientWidth;
  const naming = { put, zoom, width, selected: null };
  const signs = [...boxes.keys()].filter((id) => !boxed.has(id));
  /** @type {[string, any][]} */
  const probable = put.flow === "vertical" ? signs.map((id) => [id, labelPlacement.probable(id, naming)]) : [];
  // In columns the time of a frame stands at its top; in rows it goes where no line is.
  const headings = put.flow === "vertical" ? [] : put.frames.map(({ x, y, w }) => ({ x, y, w, h: labelPlacement.ROW }));
  routed = routes.of(ties, { flow: put.flow, width, height: put.height, boxes, cards: boxed, names: new Map(probable), headings, zoom });
}

/* Where an entity can be pressed: vis-network keeps the room that each took before it was drawn at this zoom. */
function pressable(zoom) {
  for (const [id, { shape }] of Object.entries(network.body.nodes)) {
    if (!looks.has(id)) continue;
    const { x, y, w, h } = boxOf(id, zoom);
    const more = looks.get(id).card ? 0 : (PRESSED - SIGN) / zoom;
    Object.assign(shape, { left: x - more / 2, top: y - more / 2, width: w + more, height: h + more });
  }
}

function drawOver(ctx, zoom) {
  if (!put) return;
  pressable(zoom);
  for (const heading of names.headings) renderer.heading(ctx, heading, palette, zoom);
  for (const role of names.roles) renderer.role(ctx, role, palette, zoom);
  for (const [id, label] of names.names) renderer.name(ctx, label, palette, zoom, stateOf(id));
  for (const id of new Set([state.now.selected, over])) {
    if (names.unnamed.has(id)) renderer.name(ctx, names.unnamed.get(id), palette, zoom, { over: true });
    const role = data.ties.has(id) && !names.roles.some((each) => each.id === id) && labelPlacement.role(data.ties.get(id), 0.5, { at, zoom });
    if (role) renderer.role(ctx, role, palette, zoom);
  }
}

/* What is drawn now, as labelPlacement needs it. */
function here(zoom) {
  return {
    put, looks, zoom, at,
    width: dom.at("canvas").clientWidth,
    selected: state.now.selected,
    faded: faded.ties,
    signs: new Map([...looks.keys()].map((id) => [id, boxOf(id, zoom)])),
    lines: new Map(ties.map(({ id }) => [id, points(id, zoom)])),
  };
}

/* A point that part of the way along a line. */
function at(id, part) {
  return routed.has(id) ? lines.at(routed.get(id), part) : null;
}

/* The points of a line, where it is seen: not under the entities that it ties. */
function points(id, zoom) {
  const { from, to } = data.ties.get(id);
  const [first, last] = [from, to].map((end) => boxOf(end, zoom));
  return lines.outside(lines.outside(routed.get(id), first).reverse(), last).reverse();
}

function boxOf(id, zoom) {
  const { x, y } = put.at.get(id);
  const card = looks.get(id)?.card;
  const [w, h] = card ? [card.w / zoom, card.h / zoom] : [SIGN / zoom, SIGN / zoom];
  return { x: x - w / 2, y: y - h / 2, w, h };
}

function whole() {
  network.moveTo({ position: { x: dom.at("canvas").clientWidth / 2, y: put.height / 2 }, scale: 1, animation: false });
  zoomed();
  network.redraw();
}

/* The whole again, which the address follows. */
function showWhole() {
  whole();
  keepView();
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(8, Math.max(0.3, network.getScale() * factor)), animation: false });
  zoomed();
  network.redraw();
  keepView();
}

function keyed(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (keyboardNav.leads(event.key)) walk(event.key);
  else if (event.key === "Enter" && state.now.selected) dom.at("proof").focus();
  else if (event.key === "Escape") state.select(null);
  else if (event.key === "+") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") showWhole();
  else return;
  event.preventDefault();
}

function walk(key) {
  const from = looks.has(state.now.selected) ? state.now.selected : null;
  const neighbours = [...new Set(ties.filter((tie) => tie.from === from || tie.to === from).map((tie) => data.other(tie, from)))];
  const next = keyboardNav.next(key, from, neighbours, [...looks.keys()], (id) => put.at.get(id));
  if (next) state.walk(next);
}

/* Brings what is selected into view: in a drawing made larger, and where the proof lies over the foot of the window. */
function bringIntoView(id) {
  const place = put?.at.get(data.ties.get(id)?.to ?? id);
  if (place && id !== brought) uncover(place);
  brought = id;
  if (!place || network.getScale() <= 1.02) return;
  network.moveTo({ position: place, animation: false });
  stale = true;
}

function uncover(place) {
  const proof = dom.at("proof").getBoundingClientRect();
  if (getComputedStyle(dom.at("proof")).position !== "fixed") return;
  const y = dom.at("canvas").getBoundingClientRect().top + network.canvasToDOM(place).y;
  if (y < 40 || y > proof.top - 40) window.scrollBy(0, y - proof.top / 2);
}

/* What is drawn, in CSS pixels of the canvas, so that it can be measured: names, roles, cards and lines. */
function drawn() {
  const zoom = network.getScale();
  const onScreen = ({ x, y, w, h }) => ({ ...network.canvasToDOM({ x, y }), w: w * zoom, h: h * zoom });
  const boxed = [...looks].filter(([, look]) => look.card);
  const signs = [...looks].filter(([, look]) => !look.card);
  return {
    entities: [...looks.keys()],
    ties: ties.map(({ id }) => id),
    faded: { entities: [...faded.entities], ties: [...faded.ties] },
    cards: boxed.map(([id, { card }]) => ({ id, size: card.size, words: card.lines, ...onScreen(boxOf(id, zoom)) })),
    signs: signs.map(([id]) => ({ id, ...onScreen(boxOf(id, zoom)) })),
    names: [...names.names].map(([id, label]) => ({ id, size: label.size, words: label.lines, ...onScreen(label.box) })),
    unnamed: [...names.unnamed.keys()],
    roles: names.roles.map(({ id, size, words, box }) => ({ id, size, words, ...onScreen(box) })),
    frames: (put?.frames ?? []).map(({ events, x, y, w, h }) => ({ events, ...onScreen({ x, y, w, h }) })),
    headings: names.headings.map(({ words, box }) => ({ words, ...onScreen(box) })),
    lines: ties.map(({ id, from, to }) => ({ id, from, to, points: points(id, zoom).map((each) => network.canvasToDOM(each)) })),
  };
}

/* Draws everything anew with another renderer, for export. */
function drawWith(ctx) {
  drawUnder(ctx, 1);
  for (const [id, look] of looks) renderer.entity(ctx, id, put.at.get(id), look, palette, 1, stateOf(id));
  drawOver(ctx, 1);
}

/**
 * Lays the network out at another width for as long as something is done with it, a picture of it; then it is as it was.
 * @template T
 * @param {number} width CSS pixels
 * @param {() => T} act
 * @returns {T}
 */
function atWidth(width, act) {
  const box = dom.at("canvas");
  const [position, scale] = [network.getViewPosition(), network.getScale()];
  box.style.width = `${width}px`;
  relook();
  try {
    return act();
  } finally {
    box.style.width = "";
    relook();
    network.moveTo({ position, scale, animation: false });
    zoomed();
    network.redraw();
  }
}

/** How high the network is at a width. @param {number} width @returns {number} CSS pixels */
function heightAt(width) {
  return visible ? positions.of(visible.scene, width).height : 0;
}

/* Calls the listener whenever names have been given their places. */
function onNamed(listener) {
  listeners.push(listener);
}

function unnamedCount() {
  return names.unnamed.size;
}

export { start, show, relook, showWhole as whole, zoomBy, bringIntoView, drawn, drawWith, atWidth, heightAt, unnamedCount, onNamed };
