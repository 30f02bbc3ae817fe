/* Draws an SVG element of the page with a renderer, as the page shows it: its styles are read where it stands. */

const SHAPES = {
  rect: (ctx, of) => ctx.roundRect(of("x"), of("y"), of("width"), of("height"), of("rx")),
  circle: (ctx, of) => ctx.arc(of("cx"), of("cy"), of("r"), 0, 2 * Math.PI),
  ellipse: (ctx, of) => ctx.ellipse(of("cx"), of("cy"), of("rx"), of("ry"), 0, 0, 2 * Math.PI),
  line: (ctx, of) => { ctx.moveTo(of("x1"), of("y1")); ctx.lineTo(of("x2"), of("y2")); },
};

const isPainted = (colour) => colour && colour !== "none" && colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour);

/** Draws an element and what is in it. @param {any} ctx a canvas, or a renderer of the same strokes @param {Element} element in the page @param {number} [alpha] of what it stands in */
function trace(ctx, element, alpha = 1) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  const within = alpha * Number(style.opacity);
  const tag = element.tagName;
  if (SHAPES[tag] || tag === "path") shape(ctx, element, style, within);
  else if (tag === "text") words(ctx, element, style, within);
  else if (tag === "g" || tag === "svg") for (const child of element.children) trace(ctx, child, within);
}

function shape(ctx, element, style, alpha) {
  const of = (name) => Number.parseFloat(element.getAttribute(name) ?? 0) || 0;
  ctx.save();
  ctx.globalAlpha = alpha;
  const d = element.getAttribute("d");
  if (!d) {
    ctx.beginPath();
    SHAPES[element.tagName](ctx, of);
  }
  if (isPainted(style.fill) && element.tagName !== "line") {
    ctx.fillStyle = style.fill;
    if (d) fillPath(ctx, d);
    else ctx.fill();
  }
  if (isPainted(style.stroke)) {
    ctx.strokeStyle = style.stroke;
    ctx.lineWidth = Number.parseFloat(style.strokeWidth) || 1;
    ctx.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[,\s]+/).map(Number.parseFloat));
    if (d) strokePath(ctx, d);
    else ctx.stroke();
  }
  ctx.restore();
}

function fillPath(ctx, d) {
  if (ctx.fillPath) ctx.fillPath(d);
  else ctx.fill(new Path2D(d));
}

function strokePath(ctx, d) {
  if (ctx.strokePath) ctx.strokePath(d);
  else ctx.stroke(new Path2D(d));
}

/* A text, or each of its lines. */
function words(ctx, element, style, alpha) {
  const lines = [...element.children].filter((child) => child.tagName === "tspan");
  if (lines.length) {
    for (const line of lines) letters(ctx, line, getComputedStyle(line), alpha);
    return;
  }
  letters(ctx, element, style, alpha);
}

function letters(ctx, element, style, alpha) {
  if (!isPainted(style.fill)) return;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.font = `${style.fontWeight} ${Number.parseFloat(style.fontSize)}px ${style.fontFamily}`;
  ctx.textAlign = { start: "left", middle: "center", end: "right" }[style.textAnchor] ?? "left";
  ctx.textBaseline = ["central", "middle"].includes(style.dominantBaseline) ? "middle" : "alphabetic";
  ctx.fillStyle = style.fill;
  ctx.fillText(element.textContent.trimEnd(), Number(element.getAttribute("x") ?? 0), Number(element.getAttribute("y") ?? 0));
  ctx.restore();
}

export { trace };
