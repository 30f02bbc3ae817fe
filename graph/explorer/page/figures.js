/* Figures: shapes with a look, which are drawn as SVG in the page and with any renderer for pictures. */
import * as dom from "./dom.js";
import * as textFit from "./text_fit.js";

const { svg } = dom;
// How a look is painted: colours are names of custom properties of the page.
const PAINT = {
  held: { fill: "held" }, planned: { stroke: "planned", dash: [3, 2] }, possible: { stroke: "possible", hatch: "possible" },
  range: { fill: "frame", stroke: "line" }, behind: { fill: "line" }, axis: { stroke: "strong-line" }, grid: { fill: "line" },
};
const HATCH = 6;

/**
 * @typedef {{look: string, x: number, y: number, w: number, h: number}} Box
 * @typedef {{x: number, y: number, words: string, anchor?: string, look?: string}} Words
 * @typedef {{width: number, height: number, boxes: Box[], words: Words[]}} Figure
 */

/** @param {Figure} figure @returns {Node[]} what belongs into an SVG element of that size */
function elements({ boxes, words }) {
  return [
    ...boxes.map(({ look, x, y, w, h }) => svg("rect", { class: `look-${look}`, x: x.toFixed(1), y: y.toFixed(1), width: Math.max(0, w).toFixed(1), height: Math.max(0, h).toFixed(1) })),
    ...words.map(({ x, y, words: letters, anchor, look }) => svg("text", { class: look ?? "tick", x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor ?? "start" }, letters)),
  ];
}

/** The pattern of what is only possible. */
function hatch(id) {
  return svg("defs", {}, svg("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { class: "hatch-paper", width: 5, height: 5 }), svg("rect", { class: "hatch-line", width: 2, height: 5 })));
}

/** The lines across a box of what is only possible, each with its two ends. @returns {[number, number, number, number][]} */
function hatchLines(x, y, w, h) {
  const result = [];
  for (let at = HATCH - h; at < w; at += HATCH) {
    const [from, to] = [Math.max(0, -at), Math.min(h, w - at)];
    if (to > from) result.push([x + at + from, y + h - from, x + at + to, y + h - to]);
  }
  return result;
}

/** Draws a figure. @param {any} ctx a canvas, or a renderer of the same strokes @param {Figure} figure @param {Record<string, string>} palette colours by name */
function draw(ctx, { boxes, words }, palette) {
  for (const { look, x, y, w, h } of boxes) paint(ctx, PAINT[look] ?? {}, [x, y, Math.max(0, w), Math.max(0, h)], palette);
  ctx.textBaseline = "alphabetic";
  for (const { x, y, words: letters, anchor, look } of words) {
    ctx.fillStyle = palette[look && look !== "muted" ? "ink" : "muted"];
    ctx.font = textFit.font(look ? 13 : 12, look === "title" ? 600 : 400);
    ctx.textAlign = { middle: "center", end: "right" }[anchor] ?? "left";
    ctx.fillText(letters, x, y);
  }
}

function paint(ctx, { fill, stroke, dash = [], hatch: lines }, [x, y, w, h], palette) {
  if (fill) {
    ctx.fillStyle = palette[fill];
    ctx.fillRect(x, y, w, h);
  }
  if (lines && w && h) {
    ctx.strokeStyle = palette[lines];
    ctx.lineWidth = 1.5;
    ctx.setLineDash([]);
    ctx.beginPath();
    for (const [left, bottom, right, top] of hatchLines(x, y, w, h)) {
      ctx.moveTo(left, bottom);
      ctx.lineTo(right, top);
    }
    ctx.stroke();
  }
  if (!stroke || !w || !h) return;
  ctx.strokeStyle = palette[stroke];
  ctx.lineWidth = 1.2;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.rect(x + 0.5, y + 0.5, Math.max(0.5, w - 1), Math.max(0.5, h - 1));
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The sign of a look with what it means, for keys of pictures: lines and no pattern, which stands in the page alone. @param {string} look @param {string} words @returns {Element} */
function sign(look, words) {
  const { fill, stroke, dash, hatch: lines } = PAINT[look];
  const colour = (name) => (name ? `var(--${name})` : "none");
  return dom.el("span", { class: "sign" }, svg("svg", { viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" },
    svg("rect", { x: 2, y: 2, width: 22, height: 12, fill: colour(fill), stroke: colour(stroke), "stroke-width": 1.2, "stroke-dasharray": dash?.join(" ") ?? null }),
    lines ? hatchLines(2, 2, 22, 12).map(([x1, y1, x2, y2]) => svg("line", { x1, y1, x2, y2, stroke: colour(lines), "stroke-width": 1.5 })) : null), words);
}

export { draw, elements, hatch, sign };
