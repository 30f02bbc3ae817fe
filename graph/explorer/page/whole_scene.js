/* The whole graph as points: where they stand, how large they are, who is near a place, and which names have room. Everything is
   taken from the columns; places are those that the build gave, between -1 and 1 with y upwards. */
import * as columnStore from "./column_store.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as textFit from "./text_fit.js";

const AGENTS = ["person", "body", "group"];
// Radii of points in CSS pixels: of events, and of agents from the fewest ties to the most.
const [EVENT, LEAST, LARGEST] = [1.4, 2.2, 13];
// So many cells the plane has in each direction, to look for what is near.
const CELLS = 128;
// So many names are written at most, and so many communities named.
const [NAMES, COMMUNITIES] = [60, 14];

/**
 * The geometry of a graph, made once.
 * @typedef {{columns: any, x: Float32Array, y: Float32Array, radius: Float32Array, degree: Int32Array, isAgent: Uint8Array,
 *   order: Int32Array, cells: Int32Array[], circles: {number: number, x: number, y: number, r: number, size: number}[]}} Geometry
 */
/** @type {Geometry | null} */
let made = null;

/**
 * The geometry, or null until the columns have been read.
 * @returns {Geometry | null}
 */
function geometry() {
  const columns = columnStore.columns();
  if (columns && !made) made = make(columns);
  return made;
}

function make(columns) {
  const { arrays, entities, ties, pools } = columns;
  const kinds = pools.kinds.map((kind) => AGENTS.includes(kind));
  const isAgent = Uint8Array.from(arrays.kind, (kind) => (kinds[kind] ? 1 : 0));
  const degree = new Int32Array(entities);
  for (let tie = 0; tie < ties; tie += 1) {
    degree[arrays.from[tie]] += 1;
    degree[arrays.to[tie]] += 1;
  }
  let most = 1;
  for (let entity = 0; entity < entities; entity += 1) if (isAgent[entity] && degree[entity] > most) most = degree[entity];
  // Areas, not radii, stand for numbers.
  const radius = Float32Array.from(degree, (count, entity) => (isAgent[entity] ? LEAST + (LARGEST - LEAST) * Math.sqrt(count / most) : EVENT));
  const agents = [...degree.keys()].filter((entity) => isAgent[entity]).sort((one, other) => degree[other] - degree[one] || one - other);
  return { columns, x: arrays.x, y: arrays.y, radius, degree, isAgent, order: Int32Array.from(agents), cells: gridOf(arrays), circles: circlesOf(columns, isAgent) };
}

function cellOf(x, y) {
  const at = (value) => Math.min(CELLS - 1, Math.max(0, Math.floor(((value + 1) / 2) * CELLS)));
  return at(y) * CELLS + at(x);
}

function gridOf({ x, y }) {
  const cells = Array.from({ length: CELLS * CELLS }, () => []);
  for (let entity = 0; entity < x.length; entity += 1) cells[cellOf(x[entity], y[entity])].push(entity);
  return cells.map((each) => Int32Array.from(each));
}

/** The circles around the agents of each community, the largest first. */
function circlesOf({ arrays, pools }, isAgent) {
  const circles = pools.communities.map((_, number) => ({ number, x: 0, y: 0, r: 0, size: 0 }));
  const eachAgent = (act) => { for (let entity = 0; entity < isAgent.length; entity += 1) if (isAgent[entity] && arrays.community[entity]) act(circles[arrays.community[entity]], entity); };
  eachAgent((circle, entity) => { circle.x += arrays.x[entity]; circle.y += arrays.y[entity]; circle.size += 1; });
  for (const circle of circles) { circle.x /= circle.size || 1; circle.y /= circle.size || 1; }
  eachAgent((circle, entity) => { circle.r = Math.max(circle.r, Math.hypot(arrays.x[entity] - circle.x, arrays.y[entity] - circle.y)); });
  return circles.filter(({ size }) => size > 2).sort((one, other) => other.size - one.size || one.number - other.number);
}

/**
 * What is nearest to a place of the drawing, of what passes; null where nothing is near enough.
 * @param {Geometry} of
 * @param {{x: number, y: number}} place in the plane
 * @param {number} reach in the plane
 * @param {Uint8Array | null} on
 * @returns {number | null}
 */
function nearest(of, { x, y }, reach, on) {
  let [best, least] = [null, reach];
  const step = 2 / CELLS;
  for (let up = y - reach - step; up <= y + reach + step; up += step) {
    for (let across = x - reach - step; across <= x + reach + step; across += step) {
      if (Math.abs(up) > 1 + step || Math.abs(across) > 1 + step) continue;
      for (const entity of of.cells[cellOf(across, up)]) {
        if (on && !on[entity]) continue;
        // Of an agent and an event that are as near the agent is meant.
        const far = Math.hypot(of.x[entity] - x, of.y[entity] - y) * (of.isAgent[entity] ? 0.8 : 1);
        if (far < least) [best, least] = [entity, far];
      }
    }
  }
  return best;
}

/**
 * Names for which there is room, those of most ties first: number, words and where they stand in pixels.
 * @param {Geometry} of
 * @param {(entity: number) => {x: number, y: number}} onScreen
 * @param {{width: number, height: number}} size
 * @param {Uint8Array | null} on
 * @param {number} scale pixels of a point for one in the list of radii
 */
function names(of, onScreen, { width, height }, on, scale) {
  const taken = [];
  const result = [];
  for (const entity of of.order) {
    if (result.length >= NAMES) break;
    if (on && !on[entity]) continue;
    const { x, y } = onScreen(entity);
    if (x < 4 || y < 10 || x > width - 4 || y > height - 10) continue;
    const id = data.idAt(entity);
    if (id === undefined || !data.entities.has(id)) continue;
    const size = 11 + Math.min(4, (of.radius[entity] * scale) / 5);
    const font = textFit.font(size, 600);
    const [words] = textFit.lines(data.name(id), font, 170, 1);
    const w = textFit.width(words, font);
    const left = x + of.radius[entity] * scale + 4;
    const box = { x: left + w > width - 4 ? x - of.radius[entity] * scale - 4 - w : left, y: y - size / 2 - 1, w, h: size + 3 };
    if (box.x < 2 || taken.some((other) => textFit.overlap(box, other))) continue;
    taken.push(box);
    result.push({ entity, words, size, box });
  }
  return result;
}

/** What a community is called: its members with the most meetings. @returns {string[]} */
function communityNames({ number }) {
  return made.columns.pools.communities[number].filter((id) => data.entities.has(id)).map(data.name);
}

/** What the filters let through, or null where everything is. */
function passing(filters) {
  return Object.keys(filters).length && counts.canCount?.() ? counts.passing(filters) : null;
}

export { COMMUNITIES, communityNames, geometry, names, nearest, passing };
