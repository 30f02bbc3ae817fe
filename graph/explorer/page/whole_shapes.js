/* Points and lines of the whole graph as arrays, in the colours of the page, as `whole_gl.js` and `whole_canvas.js` draw them. */
import * as renderer from "./renderer.js";

// How much of its colour a point keeps that does not fit.
const FADED = 26;

/**
 * Points and lines of what passes; of what does not the points, faded, unless they are hidden.
 * @param {import("./whole_scene.js").Geometry} geometry
 * @param {{entitiesOn: Uint8Array, tiesOn: Uint8Array} | null} passed
 * @param {boolean} hide
 */
function of({ columns: { arrays, pools, entities }, x, y, radius, isAgent }, passed, hide) {
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

/** The colour of lines: the more there are of them, the paler. @param {ReturnType<typeof of>} shapes @param {import("./whole_camera.js").Sight} sight */
function lineColour(shapes, { camera: [, , zoom] }) {
  const alpha = Math.min(0.5, 0.1 * Math.sqrt(zoom) * Math.min(1, 4000 / Math.max(1, shapes.ends.length / 4)) + 0.03);
  return [...rgb(renderer.colours().certain).map((part) => part / 255), alpha];
}

export { lineColour, of };
