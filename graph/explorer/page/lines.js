/* The lines of the network: how each looks, and what is on it or near it. */
import * as data from "./data.js";
import * as tints from "./tints.js";

const STYLE = {
  certain: { width: 2, dashes: false },
  possible: { width: 1.8, dashes: [7, 5] },
  planned: { width: 1.8, dashes: [2, 3] },
  ours: { width: 1.2, dashes: [9, 3, 2, 3] },
};
/* A line along its points, with a renderer. */
function trace(ctx, tie, points, palette, faded, { chosen = false, zoom = 1 } = {}) {
  const { width, dashes } = STYLE[tie.certainty];
  ctx.save();
  ctx.strokeStyle = (faded ? tints.faded(palette).lines : palette)[tie.certainty];
  ctx.lineWidth = (chosen ? width + 2 : width) / zoom;
  ctx.setLineDash((dashes || []).map((length) => length / zoom));
  ctx.beginPath();
  points.forEach(({ x, y }, number) => ctx[number ? "lineTo" : "moveTo"](x, y));
  ctx.stroke();
  ctx.restore();
}

/* The point that part of the way along points. */
function at(points, part) {
  const lengths = points.slice(1).map((point, number) => Math.hypot(point.x - points[number].x, point.y - points[number].y));
  let left = part * lengths.reduce((sum, length) => sum + length, 0);
  for (const [number, length] of lengths.entries()) {
    if (left <= length && length) {
      const [from, to] = [points[number], points[number + 1]];
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    }
    left -= length;
  }
  return { ...points.at(-1) };
}

/* Points from where they leave a box; the first one lies on its edge. */
function outside(points, { x, y, w, h }) {
  const isInside = (point) => point.x > x && point.x < x + w && point.y > y && point.y < y + h;
  const first = points.findIndex((point) => !isInside(point));
  if (first <= 0) return first ? [] : [...points];
  const [from, to] = [points[first - 1], points[first]];
  const parts = [[to.x - from.x, x, w, from.x], [to.y - from.y, y, h, from.y]].map(([step, low, size, start]) => (step ? ((step > 0 ? low + size : low) - start) / step : Infinity));
  const part = Math.min(...parts);
  return [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }, ...points.slice(first)];
}

/* How far a point is from a line of points. */
function distance({ x, y }, points) {
  let least = Infinity;
  for (let number = 1; number < points.length; number += 1) {
    const [from, to] = [points[number - 1], points[number]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const part = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(from.x + part * dx - x, from.y + part * dy - y));
  }
  return least;
}

/* What stays in the foreground when something is selected: itself, its ties and their other ends; null if nothing is, or what
   all that is drawn is about. */
function near(selected, selection) {
  if (selection.scene.kind === "around" && selection.scene.rings[0][0] === selected) return null;
  const tie = data.ties.get(selected);
  if (tie && selection.ties.has(selected)) return { entities: new Set([tie.from, tie.to]), ties: new Set([selected]) };
  if (!selection.entities.has(selected)) return null;
  const ties = data.tiesOf.get(selected).filter((each) => selection.ties.has(each.id));
  return {
    entities: new Set([selected, ...ties.map((each) => data.other(each, selected))]),
    ties: new Set(ties.map((each) => each.id)),
  };
}

export { STYLE, trace, at, distance, near, outside };
