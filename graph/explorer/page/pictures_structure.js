/* The picture of the whole graph. Points and lines are drawn as shapes where an SVG of them can be worked with, and else as one
   image within it; circles, names and all other words are shapes and words of the picture in either case. */
import * as columnStore from "./column_store.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as pictures from "./pictures.js";
import * as overviewPictures from "./pictures_overview.js";
import * as counts from "./counts.js";
import * as state from "./state.js";
import * as texts from "./texts.js";
import * as wholeCamera from "./whole_camera.js";
import { drawShapes } from "./whole_canvas.js";
import { glRenderer } from "./whole_gl.js";
import * as wholeLabels from "./whole_labels.js";
import * as wholeScene from "./whole_scene.js";
import * as wholeShapes from "./whole_shapes.js";
import * as wholeView from "./whole_view.js";

const { text } = texts;
// More points and lines than these are an image in an SVG.
const MOST_SHAPES = 5000;
// Pixels of that image for one of the picture, and how many it has at most in a direction.
const [DENSITY, LARGEST] = [2.5, 4096];

texts.add({
  keyPoint: ["møte", "meeting"],
  keyCommunity: ["møtes oftere enn andre", "meet more often than others"],
  pictureSizes: ["Størrelsen følger antallet forbindelser; avstand og retning sier ingenting utenom ringene.", "Size follows the number of connections; apart from the circles neither distance nor direction says anything."],
});

const box = { viewBox: "0 0 26 16", width: 26, height: 16 };
const sign = (shape, word) => dom.el("span", { class: "sign" }, dom.svg("svg", box, shape), text(word));

/* An image of points and lines; by WebGL, where it can be had, since there what lies over one another adds up. */
function imageOf(shapes, seen, scale) {
  const pixels = Math.min(scale, LARGEST / Math.max(seen.width, seen.height));
  const canvas = /** @type {HTMLCanvasElement} */ (dom.el("canvas", { width: Math.round(seen.width * pixels), height: Math.round(seen.height * pixels) }));
  const gl = glRenderer(canvas);
  const line = wholeShapes.lineColour(shapes, seen);
  if (gl) {
    gl.set(shapes);
    gl.draw({ middle: seen.camera.slice(0, 2), scale: [(2 * seen.unit) / seen.width, (2 * seen.unit) / seen.height], line, pixels: seen.pointScale * pixels });
    return canvas;
  }
  const flat = /** @type {HTMLCanvasElement} */ (dom.el("canvas", { width: canvas.width, height: canvas.height }));
  const ctx = flat.getContext("2d");
  ctx.scale(pixels, pixels);
  drawShapes(ctx, shapes, { toScreen: seen.toScreen, line, pixels: seen.pointScale });
  return flat;
}

const STRUCTURE = {
  title: () => text("structure"),
  fills: true,
  prepare: async () => { await columnStore.load(); },
  sources: () => (counts.canCount() ? overviewPictures.sources() : []),
  extent: () => `${wholeView.extent(state.now)} ${text("pictureSizes")}`,
  key() {
    const kinds = new Set([...data.entities.values()].map(({ kind }) => kind));
    return [
      ...["person", "body", "group"].filter((kind) => kinds.has(kind)).map((kind) => legend.meaning({ facet: "kind", value: kind, word: `kind_${kind}` })),
      sign(dom.svg("circle", { cx: 13, cy: 8, r: 2, fill: "var(--held)" }), "keyPoint"),
      ...(wholeScene.geometry().circles.length ? [sign(dom.svg("circle", { cx: 13, cy: 8, r: 7, fill: "none", stroke: "var(--strong-line)" }), "keyCommunity")] : []),
    ];
  },
  height: (width, most) => Math.min(most, width),
  draw(ctx, width, height) {
    const geometry = wholeScene.geometry();
    const seen = wholeCamera.sight({ width, height }, state.now.camera ?? wholeCamera.HOME);
    const shapes = wholeShapes.of(geometry, wholeScene.passing(state.now.filters), state.now.hide);
    const isVector = ctx.beginView && shapes.radii.length + shapes.ends.length / 4 <= MOST_SHAPES;
    if (isVector) drawShapes(ctx, shapes, { toScreen: seen.toScreen, line: wholeShapes.lineColour(shapes, seen), pixels: seen.pointScale });
    else ctx.drawImage(imageOf(shapes, seen, DENSITY), 0, 0, width, height);
    wholeLabels.draw(ctx, geometry, shapes, seen);
  },
};

/* Registers it. */
function start() {
  pictures.register("structure", STRUCTURE);
}

export { start };
