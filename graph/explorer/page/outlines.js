/* The outlines of the municipalities, as the build gave them: lines and boxes in units of 100 metres, y to the north. */
import * as data from "./data.js";

const { arcs: steps, counties = {}, municipalities, substitutes, year } = data.outlines;
// The counties of the north, by the numbers of that year: Nordland, Troms, Finnmark. They are drawn in a corner of their own.
const NORTH = new Set(["18", "19", "20"]);
const ids = Object.keys(municipalities).sort();
let arcs = null;
let sides = null;

const countyOf = (id) => id.split(":")[1].slice(0, 2);
const northern = (id) => NORTH.has(countyOf(id));

/* The lines, and of each the municipalities on its sides: one at the coast and the border of the country, else two. */
function unfold() {
  if (arcs) return;
  arcs = steps.map((line) => {
    let [x, y] = [0, 0];
    return line.map(([dx, dy]) => { x += dx; y += dy; return [x, y]; });
  });
  sides = arcs.map(() => []);
  for (const id of ids) for (const number of municipalities[id].flat(2)) sides[number < 0 ? ~number : number].push(id);
}

/* The rings of some municipalities, each a list of places. */
function rings(among) {
  unfold();
  return among.flatMap((id) => (municipalities[id] ?? []).flatMap((polygon) => polygon.map((ring) =>
    ring.flatMap((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number])))));
}

/* The lines between two municipalities, or between two counties, where both are among these. */
function borders(among, betweenCounties) {
  unfold();
  return arcs.filter((_, number) => {
    const [one, other] = sides[number];
    return other && among.has(one) && among.has(other) && (countyOf(one) !== countyOf(other)) === betweenCounties;
  });
}

function box(among) {
  const all = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const ring of rings(among)) {
    for (const [x, y] of ring) {
      all.left = Math.min(all.left, x); all.right = Math.max(all.right, x);
      all.bottom = Math.min(all.bottom, y); all.top = Math.max(all.top, y);
    }
  }
  return all;
}

/* The middle of the largest part. It says which municipality, no more: nothing is known to have been just there. */
function middle(among) {
  let best = { size: -1, x: 0, y: 0 };
  for (const ring of rings(among)) {
    let [size, x, y] = [0, 0, 0];
    ring.forEach(([ax, ay], number) => {
      const [bx, by] = ring[(number + 1) % ring.length];
      const part = ax * by - bx * ay;
      size += part; x += (ax + bx) * part; y += (ay + by) * part;
    });
    if (size && Math.abs(size) > best.size) best = { size: Math.abs(size), x: x / (3 * size), y: y / (3 * size) };
  }
  return best;
}

/* The outlines that show a place: its own, or those of what it became or came of; none where the registry knows none. */
function of(place) {
  return Object.hasOwn(municipalities, place) ? [place] : Object.hasOwn(substitutes, place) ? substitutes[place].by : [];
}

/* How a place is shown that has no outline of its own. */
function instead(place) {
  return Object.hasOwn(substitutes, place) ? substitutes[place] : null;
}

export { counties, countyOf, year, ids, northern, rings, borders, box, middle, of, instead };
