/* The renderer of the map: the country, the municipalities where something was, the marks of events, the names of places. */
import * as mapPositions from "./map_positions.js";
import * as outlines from "./outlines.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { MARK } = mapPositions;
const RING = { certain: { dash: [], width: 2.4 }, possible: { dash: [5, 3], width: 2.4 }, planned: { dash: [2, 3], width: 2.4 } };

function trace(ctx, lines, panel, closed) {
  ctx.beginPath();
  for (const line of lines) {
    line.forEach((place, number) => ctx[number ? "lineTo" : "moveTo"](panel.x(place), panel.y(place)));
    if (closed) ctx.closePath();
  }
}

/* The land, with hairlines between municipalities and stronger lines between counties. */
function country(ctx, { all }, palette) {
  ctx.setLineDash([]);
  for (const panel of all) {
    const among = new Set(panel.ids);
    if (panel.frame) {
      ctx.beginPath();
      ctx.roundRect(panel.frame.x + 0.5, panel.frame.y + 0.5, panel.frame.w - 1, panel.frame.h - 1, 3);
      ctx.fillStyle = palette.paper;
      ctx.fill();
      ctx.strokeStyle = palette.line;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
    trace(ctx, outlines.rings(panel.ids), panel, true);
    ctx.fillStyle = palette.land;
    ctx.fill();
    trace(ctx, outlines.borders(among, false), panel, false);
    ctx.strokeStyle = palette.paper;
    ctx.lineWidth = 0.7;
    ctx.stroke();
    trace(ctx, outlines.borders(among, true), panel, false);
    ctx.strokeStyle = palette["strong-line"];
    ctx.lineWidth = 0.7;
    ctx.stroke();
  }
}

const planned = (event) => event.status === "status:planned";
const held = (event) => event.status === "status:held";

/* The municipality of a row: tinted where something was held, else only outlined. */
function ground(ctx, row, palette, faded) {
  trace(ctx, outlines.rings(row.by), row.panel, true);
  ctx.save();
  if (faded) ctx.globalAlpha = 0.35;
  if (row.events.some(held)) {
    const alpha = ctx.globalAlpha;
    ctx.globalAlpha = alpha * 0.28;
    ctx.fillStyle = palette.held;
    ctx.fill();
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = palette.held;
    ctx.lineWidth = 0.9;
  } else {
    ctx.strokeStyle = palette.planned;
    ctx.lineWidth = 1.1;
  }
  ctx.stroke();
  ctx.restore();
}

/* The boxes of the marks in a row, from left to right, row below row. */
function boxes(row) {
  return row.events.map((event, number) => ({
    event, x: row.x + (number % row.across) * row.step, y: row.y + Math.floor(number / row.across) * row.step, w: MARK, h: MARK,
  }));
}

function marks(ctx, row, palette, look) {
  for (const { event, x, y } of boxes(row)) {
    const { faded, selected, tie } = look(event);
    ctx.save();
    if (faded) ctx.globalAlpha = 0.3;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.roundRect(x + 0.8, y + 0.8, MARK - 1.6, MARK - 1.6, 2);
    ctx.fillStyle = held(event) ? palette.held : palette.paper;
    ctx.fill();
    ctx.strokeStyle = held(event) ? palette.paper : palette.planned;
    ctx.lineWidth = held(event) ? 0.8 : 1.7;
    if (planned(event)) ctx.setLineDash([3.2, 2]);
    ctx.stroke();
    ctx.restore();
    if (tie && !faded) ring(ctx, x, y, 3, palette[tie], RING[tie]);
    if (selected) ring(ctx, x, y, tie ? 6 : 3.5, palette.focus, { dash: [], width: 3 });
  }
}

function ring(ctx, x, y, off, colour, { dash, width }) {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x - off, y - off, MARK + 2 * off, MARK + 2 * off, 4);
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.restore();
}

/* A line from a mark that had to move to its municipality, and from a name to its marks. */
function threads(ctx, row, palette) {
  const middle = { x: row.x + row.w / 2, y: row.y + row.h / 2 };
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  if (Math.hypot(middle.x - row.home.x, middle.y - row.home.y) > MARK * 0.6) stroke(ctx, middle, row.home);
  if (!row.label?.far) return;
  const { x, y, w, h, align } = row.label;
  stroke(ctx, middle, { x: { left: x - 2, right: x + w + 2, center: x + w / 2 }[align], y: align === "center" ? (y > middle.y ? y : y + h) : y + h / 2 });
}

function stroke(ctx, from, to) {
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.lineTo(to.x, to.y);
  ctx.stroke();
}

function name(ctx, { label }, palette, strong) {
  if (!label) return;
  let y = label.y;
  for (const line of label.lines) {
    const x = { left: label.x, center: label.x + label.w / 2, right: label.x + label.w }[label.align];
    ctx.font = strong ? textFit.font(line.size, Math.max(line.weight, 500)) : line.font;
    ctx.textAlign = label.align;
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = palette.paper;
    ctx.lineWidth = 3.4;
    ctx.setLineDash([]);
    ctx.strokeText(line.words, x, y + line.leading / 2);
    ctx.fillStyle = palette.ink;
    ctx.fillText(line.words, x, y + line.leading / 2);
    y += line.leading;
  }
}

/* Which year's borders these are and whose: said on the map itself, wherever it goes. */
function source(ctx, { width, height }, palette) {
  ctx.font = textFit.font(11);
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 3.4;
  ctx.strokeText(texts.text("mapSource", { year: outlines.year }), width - 2, height - 9);
  ctx.fillStyle = palette.muted;
  ctx.fillText(texts.text("mapSource", { year: outlines.year }), width - 2, height - 9);
}

/* The names of counties, under all else. */
function countyName(ctx, { words, font, x, y, h }, palette) {
  ctx.font = font;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = palette.muted;
  ctx.fillText(words, x, y + h / 2);
}

/* Everything, in the order in which it lies. `look` says of an event whether it is faded, selected, and how it is tied. */
function draw(ctx, panels, rows, palette, look, counties) {
  country(ctx, panels, palette);
  const faded = (row) => row.events.every((event) => look(event).faded);
  for (const row of rows) ground(ctx, row, palette, faded(row));
  for (const county of counties) countyName(ctx, county, palette);
  for (const row of rows) if (!faded(row)) threads(ctx, row, palette);
  for (const row of rows) marks(ctx, row, palette, look);
  for (const row of rows) name(ctx, row, palette, row.events.some((event) => look(event).selected));
  source(ctx, panels, palette);
}

export { draw, boxes };
