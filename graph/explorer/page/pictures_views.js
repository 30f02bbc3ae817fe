/* The pictures of network, timeline, map and table: what each draws, and which signs its key explains. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as extent from "./extent.js";
import * as legend from "./legend.js";
import * as map from "./map.js";
import * as network from "./network.js";
import * as pictures from "./pictures.js";
import * as svgPictures from "./pictures_svg.js";
import * as renderer from "./renderer.js";
import * as selection from "./selection.js";
import * as spans from "./spans.js";
import * as state from "./state.js";
import * as table from "./table.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";
import * as timeline from "./timeline.js";

const { text } = texts;
const CERTAINTIES = ["certain", "possible", "planned", "ours"];
const OTHER = ["series", "audience", "letter", "plan", "named"];
// The columns of the table, each with its part of the width.
/** @type {[string, number][]} */
const COLUMNS = [["actor", 0.17], ["role", 0.12], ["event", 0.18], ["when", 0.14], ["certainty", 0.12], ["proof", 0.27]];
const RINGS = [620, 700, 800, 920, 1060, 1220, 1400];
const [SIZE, LEADING, PAD, MOST_LINES] = [12, 15, 6, 4];

texts.add({
  keyHeld: ["møte som er holdt", "meeting that was held"],
  keyPlanned: ["møte som er planlagt", "meeting that is planned"],
  keyOther: ["brev, plan, møterekke", "letter, plan, series"],
  keyTie_certain: ["sikker", "certain"],
  keyTie_possible: ["mulig: én av flere", "possible: one of several"],
  keyTie_planned: ["planlagt", "planned"],
  keyTie_ours: ["avgjort av oss", "decided by us"],
  pictureRows: ["De {shown} første av {all} møter med kjent tid, i tidens orden.", "The first {shown} of {all} meetings with a known time, in order of time."],
  pictureAllRows: ["{all} møter med kjent tid.", "{all} meetings with a known time."],
  pictureTies: ["De {shown} første av {all} forbindelser.", "The first {shown} of {all} connections."],
  pictureAllTies: ["{all} forbindelser.", "{all} connections."],
});

const sign = (facet, value, word) => legend.meaning({ facet, value, word });
const statusSigns = (events) => [
  events.some(({ status }) => status === "status:held") ? sign("status", "status:held", "keyHeld") : null,
  events.some(({ status }) => status === "status:planned") ? sign("status", "status:planned", "keyPlanned") : null,
].filter(Boolean);
const tieSigns = (certainties) => CERTAINTIES.filter((each) => certainties.has(each)).map((each) => sign("certainty", each, `keyTie_${each}`));
const entitiesOf = ({ entities }) => [...entities].map((id) => data.entities.get(id));
const tiesOf = ({ ties }) => [...ties].map((id) => data.ties.get(id));
/* The claims behind what is drawn: of its ties, else of its entities. */
const claimsOf = (chosen) => [...tiesOf(chosen), ...entitiesOf(chosen)].flatMap(({ claims }) => claims);
/* Which of the events are only possibly in the time that is asked for, as the page says it. */
const onlyPossible = () => (dom.at("only-possible").hidden ? "" : dom.at("only-possible").textContent);
const sentences = (...all) => all.filter(Boolean).join(" ");

const NETWORK = {
  title: () => text("network"),
  extent: () => sentences(extent.sentence(selection.visible(state.now)), extent.how(state.now), onlyPossible()),
  claims: () => claimsOf(selection.visible(state.now)),
  key() {
    const chosen = selection.visible(state.now);
    const entities = entitiesOf(chosen);
    const kinds = new Set(entities.map(({ kind }) => kind));
    return [
      ...["person", "body", "group"].filter((kind) => kinds.has(kind)).map((kind) => sign("kind", kind, `kind_${kind}`)),
      ...(OTHER.some((kind) => kinds.has(kind)) ? [otherSign()] : []),
      ...statusSigns(entities), ...tieSigns(new Set(tiesOf(chosen).map(({ certainty }) => certainty))),
    ];
  },
  // Rings are round where they have this much width; narrower, their boxes lie over one another.
  widths: () => (["around", "more"].includes(selection.visible(state.now).scene.kind) ? RINGS : undefined),
  height: (width) => network.heightAt(width),
  draw: (ctx, width) => network.atWidth(width, () => network.drawWith(ctx)),
};

/* What is neither a person nor a body nor a group has other signs, in one colour. */
function otherSign() {
  const box = { viewBox: "0 0 26 16", width: 26, height: 16 };
  return dom.el("span", { class: "sign" }, dom.svg("svg", box, dom.svg("rect", { x: 4, y: 4, width: 18, height: 9, fill: "var(--other)" })), text("keyOther"));
}

function dated() {
  const now = state.now;
  const chosen = selection.listed(now);
  return entitiesOf(chosen).filter((entity) => data.isEvent(entity) && entity.earliest && entity.latest)
    .sort((one, other) => (one.earliest < other.earliest ? -1 : one.earliest > other.earliest ? 1 : one.latest < other.latest ? -1 : one.latest > other.latest ? 1 : one.id < other.id ? -1 : 1));
}

/* As many rows as have room, and the line of time over all of them. */
function timelineAt(width, most) {
  const all = dated();
  if (!all.length) return { all, events: all };
  const line = spans.lineOf(all.map((event) => [event.earliest, event.latest]), width);
  const room = Math.max(1, Math.floor((most - spans.HEAD) / line.row));
  return { all, line, events: all.slice(0, room) };
}

// How many rows were drawn of how many, for the sentence above them.
const shownRows = { timeline: null, table: null };

const TIMELINE = {
  title: () => text("timeline"),
  cut: true,
  extent: () => sentences(rowsInWords("timeline", "pictureRows", "pictureAllRows"), onlyPossible()),
  claims: () => claimsOf(selection.listed(state.now)),
  key: () => legend.spans().filter((each) => each?.querySelector("svg")),
  height(width, most) {
    const { all, line, events } = timelineAt(width, most);
    shownRows.timeline = [events.length, all.length];
    return line ? spans.HEAD + events.length * line.row : 20;
  },
  draw(ctx, width, most) {
    const { line, events } = timelineAt(width, most + 1);
    if (!line) return;
    const drawing = spans.drawn(events.map((event) => timeline.rowOf(event, state.now, true)), line, text("timeline"), state.now.filters.span);
    const shelf = dom.el("div", { class: "unseen", "aria-hidden": "true", inert: true }, drawing);
    document.body.append(shelf);
    svgPictures.trace(ctx, drawing);
    shelf.remove();
  },
};

function rowsInWords(of, some, whole) {
  const [shown, all] = shownRows[of] ?? [0, 0];
  return text(shown < all ? some : whole, { shown: texts.count(shown), all: texts.count(all) });
}

const MAP = {
  title: () => text("map"),
  extent: () => sentences(extent.sentence(), map.rings().size ? `${text("mapTies", { who: map.who(state.now) })}.` : "", onlyPossible()),
  claims: () => claimsOf(selection.listed(state.now)),
  key: () => [...statusSigns(entitiesOf(selection.listed(state.now)).filter(({ kind }) => kind === "event")), ...tieSigns(map.rings())],
  widths: () => (map.ownWidth() ? [map.ownWidth()] : undefined),
  height: (width) => map.heightAt(width),
  draw: (ctx, width) => map.drawWith(ctx, width),
};

/* The first rows of the table, in its order, each with its cells in lines. */
function tableAt(width, most) {
  const ties = table.inOrder(selection.listed(state.now), state.now.order);
  // No row is lower than one line.
  const first = ties.rows(0, Math.ceil(most / (LEADING + 2 * PAD)) + 1);
  const font = textFit.font(SIZE);
  const rows = [];
  let above = null;
  let y = LEADING + 2 * PAD;
  for (const tie of first) {
    const row = { ...table.rowOf(tie) };
    // As in the page: one sentence stands once, over the rows that it proves.
    const { proof } = row;
    if (proof && proof === above) row.proof = text("proofAbove");
    above = proof;
    const cells = COLUMNS.map(([column, part]) => textFit.lines(row[column].replaceAll("–", "– "), font, part * width - 10, MOST_LINES));
    const height = Math.max(...cells.map((lines) => lines.length)) * LEADING + 2 * PAD;
    if (rows.length && y + height > most) break;
    rows.push({ y, height, cells, certainty: tie.certainty });
    y += height;
  }
  return { rows, all: ties.length, height: y };
}

const TABLE = {
  title: () => text("table"),
  cut: true,
  extent: () => sentences(rowsInWords("table", "pictureTies", "pictureAllTies"), onlyPossible()),
  claims: () => claimsOf(selection.listed(state.now)),
  height(width, most) {
    const { rows, all, height } = tableAt(width, most);
    shownRows.table = [rows.length, all];
    return height;
  },
  draw(ctx, width, most) {
    const palette = renderer.colours();
    ctx.setLineDash([]);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const cells = (lines, y, font, colour) => {
      ctx.font = font;
      let x = 0;
      COLUMNS.forEach(([column, part], number) => {
        ctx.fillStyle = colour(column);
        lines[number].forEach((words, row) => ctx.fillText(words, x, y + PAD + LEADING * (row + 0.5)));
        x += part * width;
      });
    };
    cells(COLUMNS.map(([column]) => [text(column)]), 0, textFit.font(SIZE, 600), () => palette.ink);
    ctx.fillStyle = palette.ink;
    ctx.fillRect(0, LEADING + 2 * PAD - 1.5, width, 1.5);
    for (const row of tableAt(width, most).rows) {
      cells(row.cells, row.y, textFit.font(SIZE), (column) => (column === "certainty" ? palette[row.certainty] : palette.ink));
      ctx.fillStyle = palette.line;
      ctx.fillRect(0, row.y + row.height - 1, width, 1);
    }
  },
};

/* Registers them. */
function start() {
  for (const [name, of] of Object.entries({ network: NETWORK, timeline: TIMELINE, map: MAP, table: TABLE })) pictures.register(name, of);
}

export { start };
