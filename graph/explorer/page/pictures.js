/* Pictures of the views, to be printed and sent on: each with its title, the key of its signs, how much it shows, its sources, and the
   day on which it was saved. On light paper, whatever the page has.

   A view registers what it draws: `pictures.register(name, { title, draw(ctx, width, most), height(width, most), key, extent, claims, ... })`.
   Widths and heights are in CSS pixels. A view that can be cut (`cut: true`: rows) draws no more than `most` pixels of height; one that
   `fills` the room it is given is drawn at its width; others are laid out at the width at which they are largest in the picture.
   `key(width)` gives elements of an SVG and words each, `extent(width)` a sentence, `claims()` the claims whose sources are named, or
   `sources()` these themselves. What a view has to wait for, `prepare()` gets before anything is drawn: drawn is at once, so that the
   page keeps its own colours in between. A picture of a block names the view that it stands `within`, and says whether it `isThere`. */
import * as dom from "./dom.js";
import * as svgPictures from "./pictures_svg.js";
import * as proof from "./proof.js";
import * as renderer from "./renderer.js";
import * as link from "./share_link.js";
import * as records from "./share_records.js";
import * as title from "./share_title.js";
import { svgRenderer } from "./svg_renderer.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { text } = texts;
const SERIF = 'Georgia, "Source Serif 4", "Times New Roman", "DejaVu Serif", serif';
// Pixels of the file, and how many of them a CSS pixel takes. Without a height it is as high as it must be, up to `most`.
const SIZES = {
  wide: { width: 1200, height: 675, scale: 1.25 },
  tall: { width: 1080, height: 1350, scale: 1.5 },
  print: { width: 2400, most: 4200, scale: 2.5 },
};
const MARGIN = 26;
// Nothing is drawn larger than so many times its size on the screen.
const LARGEST = 1.5;
// In a wide picture the words stand beside a drawing, in a column of this width.
const COLUMN = 236;
const GAP = 22;
// Rows may be so much smaller if then all of them have room.
const SMALLER = [1, 0.9, 0.8];
const WIDTHS = [300, 340, 380, 430, 480, 540, 600, 680, 760, 850, 950, 1060, 1180, 1300, 1450];
// So many claims are asked for their sources.
const ASKED = 3000;
const registered = new Map();

texts.add({
  pictureSources: ["Kilde: {sources}", "Source: {sources}"],
  pictureMoreSources: ["og {count} kilder til", "and {count} more sources"],
  pictureManySources: ["og flere kilder", "and more sources"],
  pictureSaved: ["Møtegraf, lagret {day}", "Møtegraf, saved {day}"],
});

/** Lets a view be saved as a picture. @param {string} name of the view @param {any} view see above */
function register(name, view) {
  registered.set(name, view);
}

/** The pictures of a view: its own, or those of its blocks. @param {string} view @returns {{name: string, title: string}[]} */
function of(view) {
  return [...registered].filter(([name, each]) => (each.within ?? name) === view && (each.isThere?.() ?? true)).map(([name, { title: words }]) => ({ name, title: words() }));
}

/* Does something with the colours of paper. */
function onPaper(act) {
  const root = document.documentElement;
  const before = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    return act();
  } finally {
    if (before === undefined) delete root.dataset.theme;
    else root.dataset.theme = before;
  }
}

/* Lines of words in a picture: letters, colour and the room they take. */
function paragraph(words, width, { size, weight = 400, family = "", colour = "ink", most = 2, after = 0 }) {
  const font = family ? `${weight} ${size}px ${family}` : textFit.font(size, weight);
  const lines = words ? textFit.lines(words, font, width, most) : [];
  return { lines, font, colour, size, leading: size * 1.3, height: lines.length * size * 1.3 + after };
}

function write(ctx, { lines, font, colour, size, leading }, x, y, palette) {
  ctx.font = font;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = palette[colour];
  lines.forEach((line, number) => ctx.fillText(line, x, y + size + number * leading));
}

/* The key: a sign and its words after another, in as many lines as they take. */
function keyOf(signs, width) {
  const font = textFit.font(12);
  let [x, row] = [0, 0];
  const items = signs.map((element) => {
    const svg = element.querySelector("svg");
    const words = element.textContent;
    const wide = 26 + 6 + textFit.width(words, font) + 18;
    if (x && x + wide - 18 > width) [x, row] = [0, row + 1];
    const item = { svg, words, x, y: row * 21 };
    x += wide;
    return item;
  });
  return { items, font, height: items.length ? (row + 1) * 21 : 0 };
}

/* Draws the key; its signs stand in the page for as long as their styles are read. */
function drawKey(ctx, { items, font }, x, y, palette) {
  const shelf = dom.el("div", { class: "unseen", "aria-hidden": "true" }, items.map(({ svg }) => svg));
  document.body.append(shelf);
  for (const item of items) {
    within(ctx, { x: x + item.x, y: y + item.y, w: 26, h: 16 }, { width: 26, height: 16 }, () => svgPictures.trace(ctx, item.svg));
    ctx.font = font;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = palette.ink;
    ctx.fillText(item.words, x + item.x + 32, y + item.y + 8.5);
  }
  shelf.remove();
}

/* Draws something of its own size within a box of the picture; what is outside is cut off. */
function within(ctx, box, size, act) {
  if (ctx.beginView) {
    ctx.beginView(box, size);
    act();
    ctx.endView();
    return;
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.w, box.h);
  ctx.clip();
  ctx.translate(box.x, box.y);
  ctx.scale(box.w / size.width, box.h / size.height);
  act();
  ctx.restore();
}

/* The sources of what is drawn, with their days. */
function sourcesOf(view) {
  const claims = view.sources ? [] : view.claims?.() ?? [];
  const sources = view.sources?.() ?? records.sourcesOf(claims.slice(0, ASKED));
  if (!sources.length) return "";
  const named = sources.slice(0, 2).map((source) => {
    const when = proof.dated(source);
    const where = hostOf(source.address);
    return [dom.plain(source.title), [where, when].filter(Boolean).join(", ")].filter(Boolean).join(" – ");
  });
  const left = sources.length - named.length;
  const more = claims.length > ASKED ? [text("pictureManySources")] : left > 0 ? [text("pictureMoreSources", { count: texts.count(left) })] : [];
  return text("pictureSources", { sources: [...named, ...more].join("; ") });
}

function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

/** The address of this very view, where others can open it; empty for a file on somebody's disk. @returns {string} */
function publicAddress() {
  const published = link.published();
  return link.isPublic() ? location.href : link.isOnWeb() || !published ? "" : published + location.hash;
}

/* The words and the key of a picture, measured: above and below the drawing, or, where it is so `high`, beside it. */
function frameOf(view, width, high = 0) {
  const beside = high > 0;
  const room = beside ? COLUMN : width - 2 * MARGIN;
  const wide = beside ? width - 2 * MARGIN - COLUMN - GAP : room;
  const saved = text("pictureSaved", { day: texts.day(new Date().toISOString().slice(0, 10)) });
  const [heading, ...under] = view.within ? [view.title(wide), title.title(), view.extent?.(wide)] : [title.title(), view.title(wide), view.extent?.(wide)];
  const above = [
    paragraph(heading, room, { size: 23, weight: 700, family: SERIF, most: beside ? 6 : 2, after: 4 }),
    paragraph(under.filter(Boolean).join(". "), room, { size: 13, colour: "muted", most: beside ? 11 : 3 }),
  ];
  const key = keyOf(view.key?.(wide) ?? [], room);
  const sum = (all) => all.reduce((height, { height: each }) => height + each, 0);
  const top = MARGIN + sum(above) + 10 + (key.height ? key.height + 6 : 0);
  // Sources have the lines that are left.
  const lines = beside ? Math.max(3, Math.floor((high - top - MARGIN - 60) / (11 * 1.3))) : 3;
  const below = [
    paragraph(sourcesOf(view), room, { size: 11, colour: "muted", most: lines }),
    paragraph([saved, publicAddress()].filter(Boolean).join(" · "), room, { size: 11, colour: "muted", most: 2 }),
  ];
  const foot = sum(below) + 12 + MARGIN;
  if (!beside) return { room, above, below, key, foot, drawing: { x: MARGIN, y: top, w: wide, foot } };
  return { room, above, below, key, foot, drawing: { x: MARGIN + COLUMN + GAP, y: MARGIN * 0.6, w: wide, foot: MARGIN * 0.6 } };
}

/* At which width the drawing is laid out, and how large it is in the picture. */
function fitted(view, room, high) {
  const at = (width, by, most = high / by) => ({ width, height: view.height(width, most), by });
  if (view.fills) return at(room, 1);
  if (view.cut) {
    const whole = SMALLER.find((by) => view.height(room / by, 2 * high) <= high / by);
    return at(room / (whole ?? 1), whole ?? 1);
  }
  return (view.widths?.() ?? WIDTHS).map((width) => at(width, 1, high)).map((each) => ({ ...each, by: Math.min(LARGEST, room / each.width, high / each.height) }))
    .reduce((best, each) => (each.by > best.by * 1.001 ? each : best));
}

/** A picture, measured: what `paint` draws on a renderer. @param {string} name @param {string} size @returns {any} */
function composed(name, size) {
  const view = registered.get(name);
  const { width: across, height: down, most, scale } = SIZES[size];
  const width = across / scale;
  const once = () => {
    const frame = frameOf(view, width, size === "wide" && !view.cut ? down / scale : 0);
    return { frame, drawing: layout(view, frame.drawing, (down ?? most) / scale, Boolean(down)) };
  };
  // Of rows it is certain how many are drawn only when they have been laid out, and the frame says it.
  if (view.cut) once();
  const { frame, drawing } = once();
  const high = down ? down / scale : Math.ceil((frame.drawing.y + drawing.height * drawing.by + frame.drawing.foot) * scale) / scale;
  return { view, frame, drawing, width, height: high, scale, pixels: { width: across, height: Math.round(high * scale) } };
}

/* The drawing in its room: fitted into it, or of its own size where the picture is as high as it must be. */
function layout(view, { y, w, foot }, most, isFixed) {
  const high = most - y - foot;
  if (isFixed) return fitted(view, w, high);
  const own = (view.cut ? undefined : view.widths?.()?.find((width) => width >= w)) ?? w;
  const height = view.height(own, high);
  return { width: own, height, by: Math.min(w / own, high / height) };
}

function paint(ctx, { view, frame, drawing, height }) {
  const palette = renderer.colours();
  let y = MARGIN;
  for (const each of frame.above) {
    write(ctx, each, MARGIN, y, palette);
    y += each.height;
  }
  if (frame.key.height) drawKey(ctx, frame.key, MARGIN, y + 10, palette);
  const { x, y: top, w: room, foot } = frame.drawing;
  const [w, h] = [drawing.width * drawing.by, drawing.height * drawing.by];
  const box = { x: x + (room - w) / 2, y: top + (view.cut ? 0 : Math.max(0, (height - top - foot - h) / 2)), w, h };
  within(ctx, box, drawing, () => view.draw(ctx, drawing.width, drawing.height));
  y = height - frame.foot + 12;
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.line;
  ctx.fillRect(MARGIN, y - 7, frame.room, 1);
  for (const each of frame.below) {
    write(ctx, each, MARGIN, y, palette);
    y += each.height;
  }
}

/** A view as SVG. @param {string} name @param {string} size @returns {Promise<string>} */
async function svgText(name, size) {
  await registered.get(name).prepare?.();
  return onPaper(() => {
    const picture = composed(name, size);
    const ctx = svgRenderer(picture.width, picture.height, renderer.colours().paper);
    paint(ctx, picture);
    return ctx.text({ ...picture.pixels, title: picture.view.within ? `${picture.view.title(picture.drawing.width)} – ${title.title()}` : title.title(), description: [...picture.frame.above, ...picture.frame.below].flatMap(({ lines }) => lines).join(" "), language: texts.language });
  });
}

/** A view as PNG. @param {string} name @param {string} size @returns {Promise<Blob>} */
async function png(name, size) {
  await registered.get(name).prepare?.();
  return onPaper(() => {
    const picture = composed(name, size);
    const canvas = /** @type {HTMLCanvasElement} */ (dom.el("canvas", picture.pixels));
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = renderer.colours().paper;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.scale(picture.scale, picture.scale);
    paint(ctx, picture);
    return new Promise((done) => canvas.toBlob(done));
  });
}

export { register, of, svgText, png, publicAddress, SIZES };
