/* The renderer: draws frames, entities and names on a canvas, or on anything that takes the same strokes.
   All sizes are in CSS pixels; `zoom` keeps them so when the canvas is scaled. */
import * as data from "./data.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";
import * as tints from "./tints.js";

const RADIUS = { person: 7, body: 6.5, group: 7.5, series: 8, audience: 7.5, letter: 7, plan: 7, named: 7 };
const OTHER = new Set(["series", "audience", "letter", "plan", "named"]);

texts.add({
  noBounds: ["tidsrommet er ikke kjent", "period not known"],
  undated: ["uten tid", "undated"],
});

const NAMES = [
  "paper", "ink", "muted", "line", "strong-line", "frame", "land", "certain", "possible", "planned", "ours", "held", "on-held",
  "person", "body", "group", "other", "accent", "focus",
];
// Colours by name, for drawings that follow light, dark and paper without being drawn again.
const NAMED = Object.fromEntries(NAMES.map((colour) => [colour, `var(--${colour})`]));

/* The colours as they are now. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((colour) => [colour, style.getPropertyValue(`--${colour}`).trim()]));
}

function colourOf({ kind }, palette) {
  return OTHER.has(kind) ? palette.other : palette[kind];
}

/* Bounds of events: filled, an outline where planned, nothing but a hairline where they are not known. */
function frames(ctx, placed, palette, zoom) {
  for (const frame of placed.frames) {
    const planned = isPlanned(frame);
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(frame.x + 1, frame.y, frame.w - 2, frame.h, 4 / zoom);
    if (isGround(frame)) {
      ctx.fillStyle = palette.frame;
      ctx.fill();
    } else {
      ctx.setLineDash(planned ? [5 / zoom, 4 / zoom] : []);
      ctx.lineWidth = 1 / zoom;
      ctx.globalAlpha = 0.7;
      ctx.strokeStyle = palette["strong-line"];
      ctx.stroke();
    }
    ctx.restore();
  }
}

function isPlanned({ events }) {
  return events.length > 0 && events.every((id) => data.entities.get(id)?.status === "status:planned");
}

/* Whether a frame has a ground of its own: it does where something is known to have been in that time. */
function isGround(frame) {
  return Boolean(frame.bounds[0]) && !isPlanned(frame);
}

/* What the time of a frame may be called, best first. Of more than a month it says, where there is room, that an event
   was once in it. */
function headingsOf({ bounds, words: given }) {
  if (given) return given;
  const [earliest, latest] = bounds;
  if (!earliest) return [texts.text("noBounds"), texts.text("undated")];
  const span = shortSpan(bounds);
  if (earliest === latest) return [span, texts.day(earliest, { short: true })];
  return earliest.slice(0, 7) === latest.slice(0, 7) ? [span] : [texts.text("sometime", { when: span }), span];
}

/* The time of a frame, on its ground: a line that must pass there passes behind it. */
function heading(ctx, { frame, words: label, size, box }, palette, zoom) {
  ctx.fillStyle = isGround(frame) ? palette.frame : palette.paper;
  ctx.fillRect(box.x - 2 / zoom, box.y, box.w + 4 / zoom, box.h);
  ctx.font = textFit.font(size / zoom, 400);
  ctx.fillStyle = palette.muted;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(label, box.x, box.y + box.h / 2);
}

function shortSpan([earliest, latest]) {
  const year = latest.slice(0, 4);
  const last = texts.month(latest, { short: true, year: false });
  if (earliest === latest) return texts.day(latest);
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return `${last} ${year}`;
  return `${texts.month(earliest, { short: true, year: false })}–${last} ${year}`;
}

function circles(ctx, placed, palette, zoom) {
  for (const { x, y, rx, ry } of placed.circles ?? []) {
    ctx.strokeStyle = palette.line;
    ctx.lineWidth = 1 / zoom;
    ctx.beginPath();
    ctx.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    ctx.stroke();
  }
}

/* An entity: an event is a box with its name in it, all others a sign with the name beside it. */
function entity(ctx, id, { x, y }, look, palette, zoom, state) {
  const of = data.entities.get(id);
  const colours = state.faded ? tints.faded(palette).entities : palette;
  ctx.save();
  if (look.card) card(ctx, of, x, y, look, colours, zoom, state);
  else sign(ctx, of, x, y, colours, zoom, state);
  ctx.restore();
}

function card(ctx, of, x, y, look, palette, zoom, state) {
  const [w, h] = [look.card.w / zoom, look.card.h / zoom];
  const planned = of.status === "status:planned";
  const held = of.kind === "event" && of.status === "status:held";
  const actor = of.kind !== "event";
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - h / 2, w, h, 3 / zoom);
  ctx.fillStyle = held ? palette.held : palette.paper;
  ctx.fill();
  if (!held) {
    ctx.setLineDash(planned ? [4 / zoom, 3 / zoom] : []);
    ctx.lineWidth = 1.6 / zoom;
    ctx.strokeStyle = actor ? colourOf(of, palette) : palette.planned;
    ctx.stroke();
    ctx.setLineDash([]);
  }
  if (state.selected) ring(ctx, () => ctx.roundRect(x - w / 2 - 4 / zoom, y - h / 2 - 4 / zoom, w + 8 / zoom, h + 8 / zoom, 5 / zoom), palette, zoom);
  words(ctx, look.card.lines, x, y, look.card, held ? palette["on-held"] : palette.ink, zoom, "center");
}

function sign(ctx, of, x, y, palette, zoom, state) {
  const r = RADIUS[of.kind] / zoom;
  ctx.beginPath();
  outline(ctx, of.kind, x, y, r);
  ctx.fillStyle = colourOf(of, palette);
  ctx.fill();
  ctx.lineWidth = 2 / zoom;
  ctx.strokeStyle = palette.paper;
  ctx.stroke();
  if (state.selected) ring(ctx, () => ctx.arc(x, y, r + 5 / zoom, 0, 2 * Math.PI), palette, zoom);
}

function outline(ctx, kind, x, y, r) {
  if (kind === "body") ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (kind === "group" || kind === "audience") polygon(ctx, x, y + r * 0.2, r * 1.15, 3, -Math.PI / 2);
  else if (kind === "series") polygon(ctx, x, y, r * 1.1, 4, 0);
  else if (kind === "letter") ctx.rect(x - r * 1.3, y - r * 0.8, 2.6 * r, 1.6 * r);
  else if (kind === "plan") polygon(ctx, x, y, r * 1.1, 6, 0);
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function polygon(ctx, x, y, r, corners, turned) {
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turned + (corner / corners) * 2 * Math.PI;
    ctx[corner ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
}

function ring(ctx, path, palette, zoom) {
  ctx.beginPath();
  path();
  ctx.lineWidth = 3 / zoom;
  ctx.strokeStyle = palette.focus;
  ctx.stroke();
}

/* Lines of words around a middle; `align` says which end of them stands at x. */
function words(ctx, lines, x, y, { size, weight, leading }, colour, zoom, align) {
  ctx.font = textFit.font(size / zoom, weight);
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour;
  lines.forEach((line, number) => {
    ctx.fillText(line, x, y + ((number - (lines.length - 1) / 2) * leading) / zoom);
  });
}

/* The name beside a sign, in its box. On paper, so that it can be read over whatever it must cover when pointed at. */
function name(ctx, label, palette, zoom, state) {
  const { box } = label;
  ctx.save();
  if (state.over || label.ground) {
    ctx.fillStyle = palette.paper;
    ctx.fillRect(box.x - 3 / zoom, box.y - 1 / zoom, box.w + 6 / zoom, box.h + 2 / zoom);
  }
  const x = { left: box.x, center: box.x + box.w / 2, right: box.x + box.w }[label.align];
  words(ctx, label.lines, x, box.y + box.h / 2, label, (state.faded ? tints.faded(palette).entities : palette).ink, zoom, label.align);
  ctx.restore();
}

function role(ctx, { box, words: label, size, certainty }, palette, zoom) {
  ctx.save();
  ctx.fillStyle = palette.paper;
  ctx.fillRect(box.x, box.y, box.w, box.h);
  ctx.font = textFit.font(size / zoom);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = palette[certainty];
  ctx.fillText(label, box.x + box.w / 2, box.y + box.h / 2);
  ctx.restore();
}

export { NAMED, readColours as colours, shortSpan, headingsOf, frames, heading, circles, entity, name, role, outline, RADIUS, colourOf };
