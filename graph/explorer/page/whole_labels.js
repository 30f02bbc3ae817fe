/* What is written and drawn over the points of the whole graph: circles and names of communities, names of points, what is chosen
   with its lines, and what is pointed at. */
import * as data from "./data.js";
import * as lines from "./lines.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as textFit from "./text_fit.js";
import * as wholeScene from "./whole_scene.js";

// From so near names of points stand there, and farther those of communities.
const NEAR = 3;
const [SIZE, LEADING] = [12, 14];

/**
 * Draws it.
 * @param {any} ctx a canvas, or a renderer of the same strokes
 * @param {import("./whole_scene.js").Geometry} geometry
 * @param {{on: Uint8Array | null}} shapes
 * @param {import("./whole_camera.js").Sight} sight
 */
function draw(ctx, geometry, shapes, sight) {
  const palette = renderer.colours();
  circles(ctx, geometry, sight, palette);
  chosen(ctx, geometry, shapes, sight, palette);
  if (sight.camera[2] < NEAR) {
    const taken = [];
    for (const circle of geometry.circles.slice(0, wholeScene.COMMUNITIES)) communityLabel(ctx, circle, sight, taken, palette);
  } else {
    const onScreen = (entity) => screenOf(geometry, sight, entity);
    for (const { words, size, box } of wholeScene.names(geometry, onScreen, sight, shapes.on, sight.pointScale)) written(ctx, words, size, box, palette);
  }
}

function screenOf({ x, y }, { toScreen }, entity) {
  const [across, down] = toScreen(x[entity], y[entity]);
  return { x: across, y: down };
}

function circles(ctx, geometry, { toScreen, unit }, palette) {
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette["strong-line"];
  ctx.globalAlpha = 0.5;
  for (const circle of geometry.circles) {
    ctx.beginPath();
    ctx.arc(...toScreen(circle.x, circle.y), circle.r * unit + 6, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

function communityLabel(ctx, circle, { toScreen, unit, width }, taken, palette) {
  const [x, y] = toScreen(circle.x, circle.y);
  const font = textFit.font(SIZE, 600);
  const [first = "", ...others] = wholeScene.communityNames(circle);
  const most = Math.max(100, circle.r * unit * 2);
  // A member a line where the circle has room for it, else the first of them.
  const members = [first, ...others].slice(0, Math.max(1, Math.floor((circle.r * unit) / LEADING) - 1));
  const isRoomy = members.every((name) => textFit.width(name, font) <= most);
  const broken = (isRoomy ? members : textFit.lines(first, font, most, 2)).filter(Boolean);
  if (!broken.length) return;
  const w = Math.max(...broken.map((each) => textFit.width(each, font)));
  const box = { x: Math.min(Math.max(4, x - w / 2), width - w - 4), y: y - (broken.length * LEADING) / 2, w, h: broken.length * LEADING };
  if (taken.some((other) => textFit.overlap(box, other))) return;
  taken.push(box);
  broken.forEach((words, number) => {
    const own = textFit.width(words, font);
    written(ctx, words, SIZE, { x: box.x + (w - own) / 2, y: box.y + number * LEADING, w: own, h: LEADING }, palette);
  });
}

/** Words with a rim of the colour of the paper, so that they are read over whatever is there. */
function written(ctx, words, letters, box, palette) {
  ctx.font = textFit.font(letters, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette.paper;
  ctx.strokeText(words, box.x, box.y + box.h / 2);
  ctx.fillStyle = palette.ink;
  ctx.fillText(words, box.x, box.y + box.h / 2);
}

/** What is chosen with its lines, each as certain as it is. */
function chosen(ctx, geometry, shapes, sight, palette) {
  const tie = data.ties.get(state.now.selected);
  const number = data.numberOf(tie?.to ?? state.now.selected);
  if (number === undefined) return;
  const { arrays } = geometry.columns;
  for (let each = 0; each < arrays.from.length; each += 1) {
    if (arrays.from[each] !== number && arrays.to[each] !== number) continue;
    if (shapes.on && !(shapes.on[arrays.from[each]] && shapes.on[arrays.to[each]])) continue;
    const certainty = certaintyOf(geometry.columns, each);
    const [from, to] = [arrays.from[each], arrays.to[each]].map((end) => screenOf(geometry, sight, end));
    ctx.setLineDash(lines.STYLE[certainty].dashes || []);
    ctx.strokeStyle = palette[certainty];
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ring(ctx, geometry, sight, number, palette);
}

/* A certain part in what is planned is planned. */
function certaintyOf({ arrays, pools }, tie) {
  const certainty = pools.certainties[arrays.certainty[tie]];
  const isPlanned = pools.statuses[arrays.status[arrays.to[tie]]] === "status:planned";
  return certainty === "certain" && isPlanned ? "planned" : certainty;
}

function ring(ctx, geometry, sight, number, palette) {
  const { x, y } = screenOf(geometry, sight, number);
  ctx.strokeStyle = palette.focus;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.arc(x, y, geometry.radius[number] * sight.pointScale + 4, 0, 2 * Math.PI);
  ctx.stroke();
}

/** A ring around what the pointer is on, and its name. @param {number} number of the entity */
function pointed(ctx, geometry, sight, number) {
  const palette = renderer.colours();
  const { x, y } = screenOf(geometry, sight, number);
  ring(ctx, geometry, sight, number, palette);
  const words = nameOf(number);
  if (!words) return;
  const font = textFit.font(13, 600);
  const [line] = textFit.lines(words, font, 280, 1);
  const w = textFit.width(line, font);
  const left = Math.min(Math.max(4, x + 12), sight.width - w - 8);
  ctx.fillStyle = palette.raised ?? palette.paper;
  ctx.fillRect(left - 4, y - 26, w + 8, 20);
  written(ctx, line, 13, { x: left, y: y - 26, w, h: 20 }, palette);
}

/** What an entity is called; empty while its record has not arrived. @param {number} number */
function nameOf(number) {
  const id = data.idAt(number);
  return id !== undefined && data.entities.has(id) ? data.label(id) : "";
}

export { draw, nameOf, pointed };
