/* Figures: shapes with a look, which are drawn as SVG in the page and on a canvas for pictures. */
import * as dom from "./dom.js";

const { svg } = dom;
// How a look is painted: colours are names of custom properties of the page.
const PAINT = {
  held: { fill: "--held" }, planned: { stroke: "--planned", dash: [3, 2] }, possible: { stroke: "--possible", hatch: "--possible" },
  range: { fill: "--frame", stroke: "--line" }, behind: { fill: "--line" }, axis: { stroke: "--strong-line" }, grid: { stroke: "--line" },
};

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

/** Draws a figure on a canvas, in the colours that the page has. @param {CanvasRenderingContext2D} ctx @param {Figure} figure */
function draw(ctx, { boxes, words }) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  for (const { look, x, y, w, h } of boxes) paint(ctx, PAINT[look] ?? {}, [x, y, Math.max(0, w), Math.max(0, h)], colour);
  ctx.textBaseline = "alphabetic";
  for (const { x, y, words: letters, anchor, look } of words) {
    ctx.fillStyle = colour(look ? "--ink" : "--muted");
    ctx.font = `${look === "title" ? "600 " : ""}${look ? 13 : 12}px "Source Sans 3", "Segoe UI", Arial, sans-serif`;
    ctx.textAlign = { middle: "center", end: "right" }[anchor] ?? "left";
    ctx.fillText(letters, x, y);
  }
}

function paint(ctx, { fill, stroke, dash, hatch: lines }, [x, y, w, h], colour) {
  if (fill) {
    ctx.fillStyle = colour(fill);
    ctx.fillRect(x, y, w, h);
  }
  if (lines && w && h) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, y, w, h);
    ctx.clip();
    ctx.strokeStyle = colour(lines);
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    for (let at = -h; at < w; at += 6) {
      ctx.moveTo(x + at, y + h);
      ctx.lineTo(x + at + h, y);
    }
    ctx.stroke();
    ctx.restore();
  }
  if (stroke && w && h) {
    ctx.strokeStyle = colour(stroke);
    ctx.lineWidth = 1.2;
    ctx.setLineDash(dash ?? []);
    ctx.strokeRect(x + 0.5, y + 0.5, Math.max(0.5, w - 1), Math.max(0.5, h - 1));
    ctx.setLineDash([]);
  }
}

export { draw, elements, hatch };
