/* Where one looks in the view of the whole graph: in the address the place in the middle and how much it is enlarged; and what
   that makes of places of the plane in a box of so many pixels. */
import * as state from "./state.js";
import * as wholeScene from "./whole_scene.js";

const [NEAREST, FARTHEST] = [400, 0.6];
// Points are drawn no smaller and no larger than so many times their radius.
const [LEAST_SCALE, LARGEST_SCALE] = [0.3, 2];
const HOME = [0, 0, 1];

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

/** A camera within its bounds. @param {number[]} camera @returns {number[]} */
function bounded([x, y, zoom]) {
  return [Math.min(1.2, Math.max(-1.2, x)), Math.min(1.2, Math.max(-1.2, y)), Math.min(NEAREST, Math.max(FARTHEST, zoom))];
}

/** A camera that is so much nearer; a place of the plane stays where it is seen. @param {number[]} camera @param {number} factor @param {{x: number, y: number} | null} at */
function zoomed([x, y, zoom], factor, at = null) {
  const [, , next] = bounded([x, y, zoom * factor]);
  const part = zoom / next;
  return at ? [at.x + (x - at.x) * part, at.y + (y - at.y) * part, next] : [x, y, next];
}

/**
 * What a camera shows in a box of pixels: `unit` are the pixels of one unit of the plane, `pointScale` those of a point for one in the
 * list of radii: so few that the points of a circle do not cover one another.
 * @typedef {{width: number, height: number, camera: number[], unit: number, pointScale: number,
 *   toScreen: (x: number, y: number) => [number, number], toPlane: (across: number, down: number) => {x: number, y: number}}} Sight
 * @param {{width: number, height: number}} box @param {number[]} camera @returns {Sight}
 */
function sight({ width, height }, camera) {
  const [x, y, zoom] = camera;
  const unit = (Math.min(width, height) / 2 - 12) * zoom;
  const [circle] = wholeScene.geometry()?.circles ?? [];
  const apart = circle ? (circle.r * unit) / Math.sqrt(circle.size) : Infinity;
  return {
    width, height, camera, unit, pointScale: Math.min(LARGEST_SCALE, Math.max(LEAST_SCALE, apart * 0.28)),
    toScreen: (across, up) => [width / 2 + (across - x) * unit, height / 2 - (up - y) * unit],
    toPlane: (across, down) => ({ x: x + (across - width / 2) / unit, y: y - (down - height / 2) / unit }),
  };
}

export { HOME, bounded, sight, zoomed };
