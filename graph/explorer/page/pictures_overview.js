/* The pictures of the overview: the histogram, each list with its bars, and the groups that meet. */
import * as communities from "./communities.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as figures from "./figures.js";
import * as histogram from "./histogram.js";
import * as overview from "./overview.js";
import * as pictures from "./pictures.js";
import * as ranking from "./ranking.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { text } = texts;
// A list has at least so many rows in its picture, where there are as many, and no more than so many.
const [LEAST, MOST] = [30, 100];
const [SIZE, LEADING, BAR] = [13, 16, 14];
// How wide a number is; what is certain, planned and possible has a column of its own.
const NUMBER = 52;
const LOOKS = { certain: "held", planned: "planned", possible: "possible" };

texts.add({
  pictureList: ["De {shown} første av {all}, sortert etter {sort}{words}.", "The first {shown} of {all}, sorted by {sort}{words}."],
  pictureListAll: ["Alle {all}, sortert etter {sort}{words}.", "All {all}, sorted by {sort}{words}."],
  pictureMembers: ["{members} medl.", "{members} members"],
  pictureMeetings: ["{meetings} møter", "{meetings} meetings"],
  pictureGroups: ["{shown} av {all} grupper, de med flest møter.", "{shown} of {all} groups, those of most meetings."],
});

const sentences = (...all) => all.filter(Boolean).join(" ");

/** The sources of all that the filters let through. @returns {any[]} */
function sources() {
  const { columns: { arrays: { sources: each, sourcesStart }, pools }, meets } = counts.index;
  const { entitiesOn } = counts.passing(state.now.filters);
  const named = new Set();
  for (let entity = 0; entity < meets.length; entity += 1) {
    if (meets[entity] && entitiesOn[entity]) for (let at = sourcesStart[entity]; at < sourcesStart[entity + 1]; at += 1) named.add(each[at]);
  }
  return [...named].map((source) => data.sources[pools.sources[source]]).filter(Boolean);
}

/* As high as it likes to be for its width, and no higher than there is room. */
const HISTOGRAM = {
  title: (width) => histogram.title(width),
  fills: true,
  sources,
  extent: (width) => sentences(state.now.filters.span ? overview.sentence(state.now) : "", histogram.pictured(width, 200)?.words),
  key: (width) => (histogram.pictured(width, 200)?.looks ?? []).map((look) => figures.sign(look, text(`look_${look}`))),
  height: (width, most) => Math.min(most, width * 0.75),
  draw(ctx, width, height) {
    const of = histogram.pictured(width, height);
    if (!of) return;
    const palette = renderer.colours();
    figures.draw(ctx, of.figure, palette);
    ctx.fillStyle = palette.paper;
    ctx.globalAlpha = 0.72;
    for (const { x, y, w, h } of of.outside) ctx.fillRect(x, y, w, h);
    ctx.globalAlpha = 1;
  },
};

/* Rows with a name, something beside it and numbers, as many as have room; each as high as its name. */
function rowsIn(rows, width, most, most_rows) {
  const names = width * (width > 520 ? 0.4 : 0.46);
  const result = [];
  let y = 0;
  for (const row of rows.slice(0, most_rows)) {
    const lines = textFit.lines(row.name || "…", textFit.font(SIZE), names - 12, 2);
    const height = lines.length * LEADING + 10;
    if (result.length && y + height > most) break;
    result.push({ row, lines, y, height });
    y += height;
  }
  return { placed: result, names, height: y };
}

/* One list. Its rows are asked for before it is drawn: pairs are counted in steps. */
function listPicture(name) {
  let [rows, shown] = [[], 0];
  const asked = () => Math.min(MOST, Math.max(LEAST, ranking.described(name, state.now).shown));
  return {
    title: () => text(`list_${name}`),
    cut: true,
    sources,
    prepare: async () => { rows = await ranking.allRows(name, state.now); },
    extent() {
      const { about, sort, words } = ranking.described(name, state.now);
      const values = { shown: texts.count(shown), all: texts.count(rows.length), sort, words: words ? `, ${words}` : "" };
      return sentences(about, text(shown < rows.length ? "pictureList" : "pictureListAll", values));
    },
    key: () => Object.entries(LOOKS).filter(([count]) => rows.slice(0, asked()).some((row) => row[count])).map(([, look]) => figures.sign(look, text(`look_${look}`))),
    height(width, most) {
      const { placed, height } = rowsIn(rows, width, most, asked());
      shown = placed.length;
      return Math.max(20, height);
    },
    draw(ctx, width, most) {
      const { placed, names } = rowsIn(rows, width, most + 1, asked());
      const palette = renderer.colours();
      const counted = Object.keys(LOOKS).filter((count) => placed.some(({ row }) => row[count]));
      const largest = placed.reduce((size, { row }) => Math.max(size, row.certain + row.planned + row.possible), 1);
      const room = width - names - counted.length * NUMBER - 6;
      const figure = { width, height: most, boxes: [], words: [] };
      for (const { row, lines, y, height } of placed) {
        lines.forEach((words, number) => figure.words.push({ x: 0, y: y + 5 + SIZE + number * LEADING, words, look: "name" }));
        let x = names;
        for (const [count, look] of Object.entries(LOOKS)) {
          const w = (row[count] / largest) * room;
          if (w) figure.boxes.push({ look, x, y: y + 6, w, h: BAR });
          x += w;
        }
        counted.forEach((count, number) => figure.words.push({ x: width - (counted.length - 1 - number) * NUMBER, y: y + 5 + SIZE, words: row[count] ? texts.count(row[count]) : "·", anchor: "end", look: count === "certain" ? "name" : "muted" }));
        figure.boxes.push({ look: "behind", x: 0, y: y + height - 1, w: width, h: 1 });
      }
      figures.draw(ctx, figure, palette);
    },
  };
}

let groups = { rows: [], shown: 0 };
const COMMUNITIES = {
  title: () => text("communities"),
  cut: true,
  sources,
  prepare: async () => { groups = { rows: communities.tableRows(state.now), shown: 0 }; },
  extent: () => sentences(text("communitiesAbout"), text("pictureGroups", { shown: texts.count(groups.shown), all: texts.count(groups.rows.length) })),
  height(width, most) {
    const { placed, height } = rowsIn(groups.rows, width * 1.5, most, MOST);
    groups.shown = placed.length;
    return Math.max(20, height);
  },
  draw(ctx, width, most) {
    // The name of a group is those of three members, and has more room than one.
    const { placed } = rowsIn(groups.rows, width * 1.5, most + 1, MOST);
    const figure = { width, height: most, boxes: [], words: [] };
    for (const { row, lines, y, height } of placed) {
      lines.forEach((words, number) => figure.words.push({ x: 0, y: y + 5 + SIZE + number * LEADING, words, look: "name" }));
      figure.words.push({ x: width - 92, y: y + 5 + SIZE, words: text("pictureMembers", { members: texts.count(row.members) }), anchor: "end", look: "muted" });
      figure.words.push({ x: width, y: y + 5 + SIZE, words: text("pictureMeetings", { meetings: texts.count(row.meetings) }), anchor: "end", look: "name" });
      figure.boxes.push({ look: "behind", x: 0, y: y + height - 1, w: width, h: 1 });
    }
    figures.draw(ctx, figure, renderer.colours());
  },
};

/* Registers them, each for as long as its block is there. */
function start() {
  const isThere = (name) => () => { const block = dom.at(`block-${name}`); return counts.canCount() && Boolean(block) && !block.hidden; };
  const add = (name, of) => pictures.register(name, { ...of, within: "overview", isThere: isThere(name) });
  add("histogram", HISTOGRAM);
  for (const name of ranking.NAMES) add(name, listPicture(name));
  add("communities", COMMUNITIES);
}

export { sources, start };
