/* The view of the whole graph: every entity as a point, every tie as a line, communities as circles with names. It shows structure;
   what is chosen in it opens its proof, as everywhere. */
import * as columnStore from "./column_store.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";
import { drawShapes } from "./whole_canvas.js";
import { glRenderer } from "./whole_gl.js";
import * as wholeScene from "./whole_scene.js";

texts.add({
  structure: ["Struktur", "Structure"],
  wholeLabel: [
    "Hele grafen som punkter. Piltastene flytter, pluss og minus endrer størrelsen, Enter åpner det som er nærmest midten.",
    "The whole graph as points. Arrow keys move, plus and minus zoom, Enter opens what is nearest to the middle.",
  ],
  wholeCaption: [
    "Hvert punkt er en person, en organisasjon eller et møte. De som møtes oftere enn andre, står i samme ring; ellers sier verken avstand eller retning noe. Størrelsen følger antallet forbindelser.",
    "Each point is a person, an organisation or a meeting. Those who meet more often than others stand in one circle; apart from that neither distance nor direction says anything. Size follows the number of connections.",
  ],
  wholeExtent: [
    "Her er {visible} av {all} punkter og {ties} av {allTies} forbindelser: alt som passer til filtrene.",
    "Here are {visible} of {all} points and {ties} of {allTies} connections: all that fits the filters.",
  ],
  wholeWheel: ["Ctrl og musehjulet forstørrer. Dra for å flytte.", "Ctrl and the wheel zoom. Drag to move."],
  wholeArriving: ["Grafen leses …", "The graph is being read …"],
  wholeNear: ["Nærmest midten: {what}", "Nearest to the middle: {what}"],
  wholeHere: ["Hele grafen", "All of it"],
});

const { text } = texts;
// How near to a point one may press, in pixels; and how far a press may move without being a drag.
const [REACH, STILL] = [14, 4];
const [NEAREST, FARTHEST] = [400, 0.6];
// Points are drawn no smaller and no larger than so many times their radius.
const [LEAST_SCALE, LARGEST_SCALE] = [0.3, 2];
const HOME = [0, 0, 1];
const FADED = 26;

/** Where one looks, in the address: the place in the middle and how much it is enlarged. */
state.define("camera", {
  read(given) {
    const numbers = (given.get("camera") ?? "").split(",").map(Number);
    const [x, y, zoom] = numbers;
    return numbers.length === 3 && numbers.every(Number.isFinite) && Math.abs(x) <= 2 && Math.abs(y) <= 2 && zoom >= FARTHEST && zoom <= NEAREST ? numbers : HOME;
  },
  save(parts, camera, { view }) {
    if (view === "structure" && camera && camera.some((each, place) => each !== HOME[place])) parts.set("camera", camera.map((each) => String(Math.round(each * 1e4) / 1e4)).join(","));
  },
});

let parts = null; // the elements, once
let gl = null;
let camera = HOME;
let drag = null;
let over = null; // the number of what the pointer is on
let shapes = null;
let shapesKey = null;
let frame = 0;

function show(now) {
  const box = dom.at("view-structure");
  if (!parts) start(box);
  relabel();
  camera = now.camera ?? HOME;
  update(now);
  draw();
  if (!shapes) columnStore.load().then((columns) => { if (columns && state.now.view === "structure") show(state.now); });
}

function start(box) {
  const points = dom.el("canvas", { "aria-hidden": "true" });
  const labels = dom.el("canvas", { tabindex: "0", role: "application", id: "whole-canvas", "aria-describedby": "whole-caption" });
  const tools = dom.el("div", { class: "zoom", role: "group" });
  const caption = dom.el("p", { class: "hint", id: "whole-caption" });
  const extent = dom.el("p", { class: "extent", id: "whole-extent" });
  parts = { points, labels, tools, caption, extent, frame: dom.el("div", { class: "whole" }, points, labels) };
  dom.replace(box, caption, parts.frame, dom.el("div", { class: "below" }, extent, tools));
  gl = glRenderer(points);
  labels.addEventListener("pointerdown", pressed);
  labels.addEventListener("pointermove", moved);
  labels.addEventListener("pointerup", released);
  labels.addEventListener("pointercancel", () => { drag = null; });
  labels.addEventListener("pointerleave", () => point(null));
  labels.addEventListener("wheel", wheeled, { passive: false });
  labels.addEventListener("keydown", keyed);
  labels.addEventListener("focus", draw);
  labels.addEventListener("blur", draw);
  points.addEventListener("webglcontextlost", () => { gl = null; draw(); });
  new ResizeObserver(draw).observe(parts.frame);
}

function relabel() {
  parts.labels.setAttribute("aria-label", text("wholeLabel"));
  parts.caption.textContent = `${text("wholeCaption")} ${text("wholeWheel")}`;
  dom.replace(parts.tools, [["nearer", "+", () => zoomBy(1.5)], ["farther", "−", () => zoomBy(1 / 1.5)], ["wholeHere", null, () => look(HOME)]]
    .map(([key, sign, act]) => dom.el("button", { type: "button", id: `whole-${key}`, "aria-label": sign ? text(key) : null, onclick: act }, sign ?? text(key))));
}

/** Colours and lines for what passes; made anew where filters, theme or what has arrived are others. */
function update(now) {
  const geometry = wholeScene.geometry();
  if (!geometry) return;
  const passed = wholeScene.passing(now.filters);
  const key = JSON.stringify([now.filters, now.hide, document.documentElement.dataset.theme, texts.language]);
  if (shapesKey === key) return;
  shapesKey = key;
  shapes = shapesOf(geometry, passed, now.hide);
  if (gl) gl.set(shapes);
  const { columns: { entities, ties } } = geometry;
  const count = (on, all) => texts.count(on ? on.reduce((sum, each) => sum + each, 0) : all);
  parts.extent.textContent = text("wholeExtent", {
    visible: count(passed?.entitiesOn, entities), all: texts.count(entities), ties: count(passed?.tiesOn, ties), allTies: texts.count(ties),
  });
}

function shapesOf({ columns: { arrays, pools, entities }, x, y, radius, isAgent }, passed, hide) {
  const palette = renderer.colours();
  const byKind = pools.kinds.map((kind) => rgb(kind === "event" ? palette.held : renderer.colourOf({ kind }, palette)));
  const squares = pools.kinds.map((kind) => Number(kind === "body"));
  // Those of most ties are drawn last, over all others.
  const order = [...arrays.kind.keys()].filter((entity) => !(hide && passed && !passed.entitiesOn[entity]))
    .sort((one, other) => isAgent[one] - isAgent[other] || radius[one] - radius[other] || one - other);
  const result = {
    places: new Float32Array(order.length * 2), radii: new Float32Array(order.length), colours: new Uint8Array(order.length * 4), corners: new Float32Array(order.length),
    on: passed?.entitiesOn ?? null, ends: linesOf(arrays, x, y, passed?.tiesOn), entities,
  };
  order.forEach((entity, place) => {
    const kind = arrays.kind[entity];
    result.places.set([x[entity], y[entity]], place * 2);
    result.radii[place] = radius[entity];
    result.corners[place] = squares[kind];
    result.colours.set([...byKind[kind], passed && !passed.entitiesOn[entity] ? FADED : isAgent[entity] ? 235 : 120], place * 4);
  });
  return result;
}

function linesOf({ from, to }, x, y, on) {
  const ends = [];
  for (let tie = 0; tie < from.length; tie += 1) {
    if (!on || on[tie]) ends.push(x[from[tie]], y[from[tie]], x[to[tie]], y[to[tie]]);
  }
  return Float32Array.from(ends);
}

/** A colour of the styles as three bytes. */
function rgb(colour) {
  const hex = colour.replace("#", "");
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function size() {
  const { clientWidth: width, clientHeight: height } = parts.frame;
  return { width, height };
}

/** Pixels for one unit of the plane. */
function unit() {
  const { width, height } = size();
  return (Math.min(width, height) / 2 - 12) * camera[2];
}

/** Where a place of the plane is in pixels. @param {number} x @param {number} y @returns {[number, number]} */
function toScreen(x, y) {
  const { width, height } = size();
  return [width / 2 + (x - camera[0]) * unit(), height / 2 - (y - camera[1]) * unit()];
}

function toPlane(across, down) {
  const { width, height } = size();
  return { x: camera[0] + (across - width / 2) / unit(), y: camera[1] - (down - height / 2) / unit() };
}

/** How large points are drawn, as a part of their radius: so small that those of a circle do not cover one another. */
function pointScale() {
  const [circle] = wholeScene.geometry()?.circles ?? [];
  const apart = circle ? (circle.r * unit()) / Math.sqrt(circle.size) : Infinity;
  return Math.min(LARGEST_SCALE, Math.max(LEAST_SCALE, apart * 0.28));
}

function lineColour() {
  const alpha = Math.min(0.5, 0.1 * Math.sqrt(camera[2]) * Math.min(1, 4000 / Math.max(1, shapes.ends.length / 4)) + 0.03);
  return [...rgb(renderer.colours().certain).map((part) => part / 255), alpha];
}

function draw() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(drawNow);
}

function drawNow() {
  const { width, height } = size();
  if (state.now.view !== "structure" || !width || !height) return;
  const pixels = Math.min(2, window.devicePixelRatio || 1);
  for (const canvas of [parts.points, parts.labels]) {
    if (canvas.width !== Math.round(width * pixels)) canvas.width = Math.round(width * pixels);
    if (canvas.height !== Math.round(height * pixels)) canvas.height = Math.round(height * pixels);
  }
  const ctx = parts.labels.getContext("2d");
  ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const geometry = wholeScene.geometry();
  if (!geometry || !shapes) {
    ctx.font = textFit.font(14);
    ctx.fillStyle = renderer.colours().muted;
    ctx.fillText(text("wholeArriving"), 16, 28);
    return;
  }
  const line = lineColour();
  if (gl) gl.draw({ middle: [camera[0], camera[1]], scale: [(2 * unit()) / width, (2 * unit()) / height], line, pixels: pointScale() * pixels });
  else drawShapes(ctx, shapes, { toScreen, line, pixels: pointScale() });
  drawOver(ctx, geometry);
}

/** Communities, names, what is chosen, and the middle where one is by keyboard. */
function drawOver(ctx, geometry) {
  const palette = renderer.colours();
  const { width, height } = size();
  const onScreen = (entity) => { const [x, y] = toScreen(geometry.x[entity], geometry.y[entity]); return { x, y }; };
  const far = camera[2] < 3;
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette["strong-line"];
  for (const circle of geometry.circles) {
    ctx.beginPath();
    ctx.arc(...toScreen(circle.x, circle.y), circle.r * unit() + 6, 0, 2 * Math.PI);
    ctx.globalAlpha = 0.5;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  drawChosen(ctx, geometry, palette, onScreen);
  if (far) {
    const taken = [];
    for (const circle of geometry.circles.slice(0, wholeScene.COMMUNITIES)) communityLabel(ctx, circle, palette, taken, width);
  } else {
    for (const { words, size: letters, box } of wholeScene.names(geometry, onScreen, { width, height }, shapes.on, pointScale())) written(ctx, words, letters, box, palette);
  }
  if (over !== null) pointed(ctx, geometry, palette, onScreen(over));
  if (document.activeElement === parts.labels) {
    ctx.strokeStyle = palette.focus;
    ctx.lineWidth = 2;
    for (const [dx, dy] of [[8, 0], [0, 8]]) {
      ctx.beginPath();
      ctx.moveTo(width / 2 - dx, height / 2 - dy);
      ctx.lineTo(width / 2 + dx, height / 2 + dy);
      ctx.stroke();
    }
  }
}

function communityLabel(ctx, circle, palette, taken, width) {
  const [x, y] = toScreen(circle.x, circle.y);
  const font = textFit.font(12, 600);
  const lines = textFit.lines(wholeScene.communityName(circle), font, Math.max(90, circle.r * unit() * 1.6), 3).filter(Boolean);
  if (!lines.length) return;
  const w = Math.max(...lines.map((each) => textFit.width(each, font)));
  const box = { x: Math.min(Math.max(4, x - w / 2), width - w - 4), y: y - lines.length * 7.5, w, h: lines.length * 15 };
  if (taken.some((other) => textFit.overlap(box, other))) return;
  taken.push(box);
  lines.forEach((words, number) => {
    const own = textFit.width(words, font);
    written(ctx, words, 12, { x: box.x + (w - own) / 2, y: box.y + number * 15, w: own, h: 15 }, palette);
  });
}

/** Words with a rim of the colour of the paper, so that they are read over whatever is there. */
function written(ctx, words, letters, box, palette) {
  ctx.font = textFit.font(letters, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette.paper;
  ctx.strokeText(words, box.x, box.y + box.h / 2);
  ctx.fillStyle = palette.ink;
  ctx.fillText(words, box.x, box.y + box.h / 2);
}

/** What is chosen with its lines, each as certain as it is. */
function drawChosen(ctx, geometry, palette, onScreen) {
  const tie = data.ties.get(state.now.selected);
  const number = data.numberOf(tie?.to ?? state.now.selected);
  if (number === undefined) return;
  const { arrays, pools } = geometry.columns;
  const dashes = { possible: [6, 4], ours: [8, 3, 2, 3] };
  for (let each = 0; each < arrays.from.length; each += 1) {
    if (arrays.from[each] !== number && arrays.to[each] !== number) continue;
    if (shapes.on && !(shapes.on[arrays.from[each]] && shapes.on[arrays.to[each]])) continue;
    const certainty = pools.certainties[arrays.certainty[each]];
    const [from, to] = [onScreen(arrays.from[each]), onScreen(arrays.to[each])];
    ctx.setLineDash(dashes[certainty] ?? []);
    ctx.strokeStyle = palette[certainty] ?? palette.certain;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ring(ctx, geometry, palette, number, onScreen(number));
}

function ring(ctx, geometry, palette, number, { x, y }) {
  ctx.strokeStyle = palette.focus;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.arc(x, y, geometry.radius[number] * pointScale() + 4, 0, 2 * Math.PI);
  ctx.stroke();
}

function pointed(ctx, geometry, palette, { x, y }) {
  ring(ctx, geometry, palette, over, { x, y });
  const words = nameOf(over);
  if (!words) return;
  const font = textFit.font(13, 600);
  const [line] = textFit.lines(words, font, 280, 1);
  const w = textFit.width(line, font);
  const left = Math.min(Math.max(4, x + 12), size().width - w - 8);
  ctx.fillStyle = palette.raised ?? palette.paper;
  ctx.fillRect(left - 4, y - 26, w + 8, 20);
  written(ctx, line, 13, { x: left, y: y - 26, w, h: 20 }, palette);
}

function nameOf(number) {
  const id = data.idAt(number);
  return id !== undefined && data.entities.has(id) ? data.label(id) : "";
}

function look(to) {
  const [x, y, zoom] = to;
  camera = [Math.min(1.2, Math.max(-1.2, x)), Math.min(1.2, Math.max(-1.2, y)), Math.min(NEAREST, Math.max(FARTHEST, zoom))];
  // Where one looks is no step of its own in the history.
  state.set({ camera }, { again: true });
  draw();
}

function zoomBy(factor, at = null) {
  const [x, y, zoom] = camera;
  const next = Math.min(NEAREST, Math.max(FARTHEST, zoom * factor));
  if (!at) return look([x, y, next]);
  // The place under the pointer stays under it.
  const part = zoom / next;
  return look([at.x + (x - at.x) * part, at.y + (y - at.y) * part, next]);
}

function pointerAt(event) {
  const box = parts.labels.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function pressed(event) {
  parts.labels.setPointerCapture(event.pointerId);
  drag = { from: pointerAt(event), camera, far: false };
}

function moved(event) {
  const [x, y] = pointerAt(event);
  if (!drag) return point(found(x, y));
  const [dx, dy] = [x - drag.from[0], y - drag.from[1]];
  drag.far ||= Math.hypot(dx, dy) > STILL;
  if (drag.far) {
    camera = [drag.camera[0] - dx / unit(), drag.camera[1] + dy / unit(), camera[2]];
    draw();
  }
  return undefined;
}

function released(event) {
  const was = drag;
  drag = null;
  if (was?.far) look(camera);
  else if (was) open(found(...pointerAt(event)));
}

function found(x, y) {
  const geometry = wholeScene.geometry();
  return geometry && shapes ? wholeScene.nearest(geometry, toPlane(x, y), REACH / unit(), shapes.on) : null;
}

function point(number) {
  if (over === number) return;
  over = number;
  parts.labels.style.cursor = number === null ? "grab" : "pointer";
  draw();
}

/** Opens the proof of what was pressed. */
function open(number) {
  const id = number === null ? undefined : data.idAt(number);
  state.select(id !== undefined && data.entities.has(id) ? id : null);
}

function wheeled(event) {
  // Without Ctrl the page scrolls, as it does everywhere else.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomBy(Math.exp(-event.deltaY / 300), toPlane(...pointerAt(event)));
}

function keyed(event) {
  const step = 60 / unit();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (moves[event.key]) {
    look([camera[0] + moves[event.key][0], camera[1] + moves[event.key][1], camera[2]]);
    sayNearest();
  } else if (event.key === "+") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") look(HOME);
  else if (event.key === "Enter") {
    open(middle());
    if (state.now.selected) dom.at("proof").focus();
  } else if (event.key === "Escape") state.select(null);
  else return;
  event.preventDefault();
}

function middle() {
  const { width, height } = size();
  const geometry = wholeScene.geometry();
  return geometry && shapes ? wholeScene.nearest(geometry, toPlane(width / 2, height / 2), 80 / unit(), shapes.on) : null;
}

function sayNearest() {
  const number = middle();
  const what = number === null ? "" : nameOf(number);
  if (what) dom.announce(text("wholeNear", { what }));
}

/** What is drawn, so that it can be measured and saved: how it is drawn, and where an entity stands in pixels. */
function drawn() {
  const geometry = wholeScene.geometry();
  const at = (id) => {
    const number = data.numberOf(id);
    return number === undefined ? null : toScreen(geometry.x[number], geometry.y[number]);
  };
  return { by: gl ? "webgl" : "canvas", points: shapes?.radii.length ?? 0, lines: shapes ? shapes.ends.length / 4 : 0, camera, at };
}

export { drawn, show };
