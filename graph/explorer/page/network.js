/* The network: vis-network draws the lines and follows the pointer; signs and names are drawn by the renderer. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as keyboardNav from "./keyboard_nav.js";
import * as labelPlacement from "./label_placement.js";
import * as lines from "./lines.js";
import * as positions from "./positions.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as textFit from "./text_fit.js";

const SAMPLES = 24;
// How wide a sign is, and how wide it is to a finger.
const [SIGN, PRESSED] = [16, 24];
// Below this width nothing can be drawn; the next change of width draws again.
const LEAST = 240;
// Where an event has less room than this, its name is in smaller letters.
const SMALL = 72;
// Where a line meets the box of an event is a node of its own, with nothing drawn.
const PORT = "|port";
const GIVEN = new Map(data.drawing.edges.map((edge) => [edge.id, edge]));
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let palette = null;
let put = null; // where entities stand now
let looks = new Map(); // how each entity is drawn: an event, and what stands inside of rings, as a card
let bends = new Map(); // how each line is bent
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
  network = new vis.Network(box, { nodes, edges }, {
    ...options,
    autoResize: false,
    nodes: { ...options.nodes, shape: "custom", ctxRenderer: nodeRenderer },
    edges: { ...options.edges, chosen: false },
    interaction: { ...options.interaction, selectConnectedEdges: false, hoverConnectedEdges: false },
  });
  network.on("beforeDrawing", (ctx) => drawUnder(ctx, network.getScale()));
  network.on("afterDrawing", (ctx) => drawOver(ctx, network.getScale()));
  network.on("click", ({ nodes: [node], edges: [edge] }) => state.select((looks.has(node) ? node : edge) ?? null));
  network.on("doubleClick", ({ nodes: [node] }) => looks.has(node) && state.set({ around: node, pathOpen: false, more: [], selected: node }));
  network.on("hoverNode", ({ node }) => point(node.replace(PORT, "")));
  network.on("hoverEdge", ({ edge }) => point(edge));
  network.on("blurNode", () => point(null));
  network.on("blurEdge", () => point(null));
  network.on("zoom", zoomed);
  box.addEventListener("keydown", keyed);
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth < LEAST || box.clientWidth === width) return;
    width = box.clientWidth;
    relook();
  }).observe(box);
}

function point(id) {
  over = id;
  dom.at("canvas").style.cursor = id ? "pointer" : "";
  network.redraw();
}

function zoomed() {
  stale = true;
  dom.at("canvas").classList.toggle("zoomed", network.getScale() > 1.02);
}

/* Shows a selection. In the same scene entities stand where they stood, whatever the filters leave of it. */
function show(selection) {
  const again = !put || visible.scene !== selection.scene;
  visible = selection;
  if (again) relook();
  else restyle();
}

/* Everything is placed anew: for another scene, width, language or theme. */
function relook() {
  const box = dom.at("canvas");
  if (!visible || box.clientWidth < LEAST) return;
  put = positions.of(visible.scene, box.clientWidth);
  bends = new Map();
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
  const ties = kept(visible.ties, visible.scene.ties.map((tie) => tie.id)).map((id) => data.ties.get(id));
  const near = lines.near(state.now.selected, visible);
  const isFaded = (kind, id) => !visible[kind].has(id) || (near && !near[kind].has(id));
  faded = {
    entities: new Set(entityIds.filter((id) => isFaded("entities", id))),
    ties: new Set(ties.map((tie) => tie.id).filter((id) => isFaded("ties", id))),
  };
  looks = new Map(entityIds.map((id) => [id, lookOf(id)]));
  const ports = lines.ports(ties, put, looks);
  const standing = entityIds.map((id) => ({ id, x: put.at.get(id).x, y: put.at.get(id).y }));
  update(nodes, [...standing, ...[...ports].map(([id, place]) => ({ id: id + PORT, ...place }))]);
  update(edges, ties.map((tie) => ({
    ...GIVEN.get(tie.id),
    ...lines.drawn(tie, palette, {
      chosen: state.now.selected === tie.id,
      faded: faded.ties.has(tie.id),
      smooth: put.flow === "straight" ? false : put.columns ? lines.across(tie, put) : (bends.get(tie.id) ?? true),
      to: ports.has(tie.id) ? tie.id + PORT : tie.to,
    }),
  })));
  if (put.flow !== "straight" && !put.columns) ties.filter((tie) => !bends.has(tie.id)).forEach(bend);
  stale = true;
  network.redraw();
}

function update(set, items) {
  const ids = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !ids.has(id)));
  set.update(items);
}

function bend(tie) {
  const boxes = [...looks].filter(([id, look]) => look.card && id !== tie.from && id !== tie.to).map(([id]) => boxOf(id, 1));
  bends.set(tie.id, lines.bend(put.flow, boxes, (smooth) => {
    edges.update({ id: tie.id, smooth });
    return points(tie.id);
  }));
}

function lookOf(id) {
  if (data.entities.get(id).kind !== "event" && !put.at.get(id).card) return {};
  const size = put.name === "tall" || put.at.get(id).room < SMALL ? 11.5 : 12;
  const font = textFit.font(size, 600);
  const broken = textFit.lines(data.name(id), font, put.at.get(id).room ?? 96, 6);
  const w = Math.max(...broken.map((line) => textFit.width(line, font))) + 12;
  return { card: { lines: broken, size, weight: 600, leading: size * 1.2, w, h: broken.length * size * 1.2 + 10 } };
}

/* What vis-network asks for: how to draw an entity, and how much room it takes. */
function nodeRenderer({ ctx, id, x, y }) {
  if (id.endsWith(PORT)) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
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
    names = labelPlacement.named(here(zoom));
    for (const listener of listeners) listener();
  }
  renderer.frames(ctx, put, palette, zoom);
  renderer.circles(ctx, put, palette, zoom);
}

/* Where an entity can be pressed, and that the end of a line cannot: vis-network keeps the room that each took before it
   was drawn at this zoom, or has one of its own for what has none. */
function pressable(zoom) {
  for (const [id, { shape }] of Object.entries(network.body.nodes)) {
    if (looks.has(id)) {
      const { x, y, w, h } = boxOf(id, zoom);
      const more = looks.get(id).card ? 0 : (PRESSED - SIGN) / zoom;
      Object.assign(shape, { left: x - more / 2, top: y - more / 2, width: w + more, height: h + more });
    } else {
      Object.assign(shape, { width: 0, height: 0 });
    }
  }
}

function drawOver(ctx, zoom) {
  if (!put) return;
  pressable(zoom);
  for (const heading of names.headings) renderer.heading(ctx, heading, palette, zoom);
  for (const role of names.roles) renderer.role(ctx, role, palette, zoom, faded.ties.has(role.id));
  for (const [id, label] of names.names) renderer.name(ctx, label, palette, zoom, stateOf(id));
  for (const id of new Set([state.now.selected, over])) {
    if (names.unnamed.has(id)) renderer.name(ctx, names.unnamed.get(id), palette, zoom, { over: true });
    const role = data.ties.has(id) && !names.roles.some((each) => each.id === id) && labelPlacement.role(data.ties.get(id), 0.5, { at, zoom });
    if (role) renderer.role(ctx, role, palette, zoom, false);
  }
}

/* What is drawn now, as labelPlacement needs it. */
function here(zoom) {
  return {
    put, looks, zoom, at,
    width: dom.at("canvas").clientWidth,
    selected: state.now.selected,
    signs: new Map([...looks.keys()].map((id) => [id, boxOf(id, zoom)])),
    lines: new Map(edges.getIds().map((id) => [id, points(id)])),
  };
}

/* A point that part of the way along a line; null where the line is not drawn. */
function at(id, part) {
  return network.body.edges[id]?.edgeType?.getPoint(part) ?? null;
}

/* Points on a line, where it is seen: not under the entities that it ties. */
function points(id) {
  const tie = data.ties.get(id);
  const ends = [tie.from, tie.to].map((end) => boxOf(end, network.getScale()));
  const inside = ({ x, y }) => ends.some((box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h);
  const all = Array.from({ length: SAMPLES + 1 }, (_, number) => at(id, number / SAMPLES));
  return all.filter((each) => each && !inside(each)).map(({ x, y }) => ({ x, y }));
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

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(8, Math.max(0.3, network.getScale() * factor)), animation: false });
  zoomed();
  network.redraw();
}

function keyed(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (keyboardNav.leads(event.key)) walk(event.key);
  else if (event.key === "Enter" && state.now.selected) dom.at("proof").focus();
  else if (event.key === "Escape") state.select(null);
  else if (event.key === "+") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") whole();
  else return;
  event.preventDefault();
}

function walk(key) {
  const from = looks.has(state.now.selected) ? state.now.selected : null;
  const ties = from ? data.tiesOf.get(from).filter((tie) => edges.get(tie.id)) : [];
  const neighbours = [...new Set(ties.map((tie) => data.other(tie, from)))];
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
  const cards = [...looks].filter(([, look]) => look.card);
  const signs = [...looks].filter(([, look]) => !look.card);
  return {
    entities: [...looks.keys()],
    ties: edges.getIds(),
    cards: cards.map(([id, { card }]) => ({ id, size: card.size, words: card.lines, ...onScreen(boxOf(id, zoom)) })),
    signs: signs.map(([id]) => ({ id, ...onScreen(boxOf(id, zoom)) })),
    names: [...names.names].map(([id, label]) => ({ id, size: label.size, words: label.lines, ...onScreen(label.box) })),
    unnamed: [...names.unnamed.keys()],
    roles: names.roles.map(({ id, size, words, box }) => ({ id, size, words, ...onScreen(box) })),
    headings: names.headings.map(({ words, box }) => ({ words, ...onScreen(box) })),
    lines: edges.getIds().map((id) => ({ id, points: points(id).map((each) => network.canvasToDOM(each)) })),
  };
}

/* Draws everything anew with another renderer, for export. */
function drawWith(ctx) {
  drawUnder(ctx, 1);
  for (const id of edges.getIds()) lines.trace(ctx, data.ties.get(id), points(id), palette, faded.ties.has(id));
  for (const [id, look] of looks) renderer.entity(ctx, id, put.at.get(id), look, palette, 1, stateOf(id));
  drawOver(ctx, 1);
}

/* Calls the listener whenever names have been given their places. */
function onNamed(listener) {
  listeners.push(listener);
}

function unnamedCount() {
  return names.unnamed.size;
}

function extentOf() {
  return { width: dom.at("canvas").clientWidth, height: put?.height ?? 0, paper: palette?.paper };
}

export { start, show, relook, whole, zoomBy, bringIntoView, drawn, drawWith, unnamedCount, extentOf as size, onNamed };
