/* The view of the whole graph: every entity as a point, every tie as a line, communities as circles with names. It shows structure;
   what is chosen in it opens its proof, as everywhere. */
import * as columnStore from "./column_store.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";
import * as wholeCamera from "./whole_camera.js";
import { drawShapes } from "./whole_canvas.js";
import { glRenderer } from "./whole_gl.js";
import * as wholeLabels from "./whole_labels.js";
import * as wholeScene from "./whole_scene.js";
import * as wholeShapes from "./whole_shapes.js";

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
const { HOME } = wholeCamera;
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
  shapes = wholeShapes.of(geometry, passed, now.hide);
  if (gl) gl.set(shapes);
  parts.extent.textContent = extentOf(now);
}

/** How much of the graph the view has, in words. @param {any} now the state @returns {string} */
function extentOf(now) {
  const passed = wholeScene.passing(now.filters);
  const { columns: { entities, ties } } = wholeScene.geometry();
  const count = (on, all) => texts.count(on ? on.reduce((sum, each) => sum + each, 0) : all);
  return text("wholeExtent", {
    visible: count(passed?.entitiesOn, entities), all: texts.count(entities), ties: count(passed?.tiesOn, ties), allTies: texts.count(ties),
  });
}

function size() {
  const { clientWidth: width, clientHeight: height } = parts.frame;
  return { width, height };
}

/** What is seen now. */
function sight() {
  return wholeCamera.sight(size(), camera);
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
  const seen = sight();
  const line = wholeShapes.lineColour(shapes, seen);
  if (gl) gl.draw({ middle: [camera[0], camera[1]], scale: [(2 * seen.unit) / width, (2 * seen.unit) / height], line, pixels: seen.pointScale * pixels });
  else drawShapes(ctx, shapes, { toScreen: seen.toScreen, line, pixels: seen.pointScale });
  wholeLabels.draw(ctx, geometry, shapes, seen);
  if (over !== null) wholeLabels.pointed(ctx, geometry, seen, over);
  if (document.activeElement === parts.labels) drawMiddle(ctx, seen);
}

/** The middle, where one is by keyboard. */
function drawMiddle(ctx, { width, height }) {
  ctx.strokeStyle = renderer.colours().focus;
  ctx.lineWidth = 2;
  for (const [dx, dy] of [[8, 0], [0, 8]]) {
    ctx.beginPath();
    ctx.moveTo(width / 2 - dx, height / 2 - dy);
    ctx.lineTo(width / 2 + dx, height / 2 + dy);
    ctx.stroke();
  }
}

function look(to) {
  camera = wholeCamera.bounded(to);
  // Where one looks is no step of its own in the history.
  state.set({ camera }, { again: true });
  draw();
}

/* Nearer or farther; the place under the pointer stays under it. */
function zoomBy(factor, at = null) {
  look(wholeCamera.zoomed(camera, factor, at));
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
    const { unit } = sight();
    camera = [drag.camera[0] - dx / unit, drag.camera[1] + dy / unit, camera[2]];
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
  return geometry && shapes ? nearest(geometry, x, y, REACH) : null;
}

function nearest(geometry, x, y, reach) {
  const { toPlane, unit } = sight();
  return wholeScene.nearest(geometry, toPlane(x, y), reach / unit, shapes.on);
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
  const [x, y] = pointerAt(event);
  zoomBy(Math.exp(-event.deltaY / 300), sight().toPlane(x, y));
}

function keyed(event) {
  const step = 60 / sight().unit;
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
  return geometry && shapes ? nearest(geometry, width / 2, height / 2, 80) : null;
}

function sayNearest() {
  const number = middle();
  const what = number === null ? "" : wholeLabels.nameOf(number);
  if (what) dom.announce(text("wholeNear", { what }));
}

/** What is drawn, so that it can be measured and saved: how it is drawn, and where an entity stands in pixels. */
function drawn() {
  const geometry = wholeScene.geometry();
  const at = (id) => {
    const number = data.numberOf(id);
    return number === undefined ? null : sight().toScreen(geometry.x[number], geometry.y[number]);
  };
  return { by: gl ? "webgl" : "canvas", points: shapes?.radii.length ?? 0, lines: shapes ? shapes.ends.length / 4 : 0, camera, at };
}

export { drawn, extentOf as extent, show };
