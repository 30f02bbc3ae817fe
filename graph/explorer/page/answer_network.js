/* An answer as a network: people to the left of the events, bodies and groups to the right; or, of entities of one kind, arcs
   from name to name. */
import * as answers from "./answers.js";
import * as controls from "./controls.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as lines from "./lines.js";
import * as positions from "./positions.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import { svgRenderer } from "./svg_renderer.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { svg } = dom;
const NARROW = 600;
// More than this cannot be read at once; the table has them all.
const MOST = 60;
const GAP = 12;

function drawn(question, width) {
  const pairs = answers.pairsOf(question);
  const ids = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))].slice(0, MOST);
  const visible = pairs.filter(({ from, to }) => ids.includes(from) && ids.includes(to));
  const rows = new Set(visible.map(({ row }) => row));
  for (const { row } of pairs.filter((pair) => !visible.includes(pair))) rows.delete(row);
  const note = answers.drawnOf(rows.size, question, new Set(pairs.map(({ row }) => row)).size === question.rows.length ? "answerTooMany" : "answerNoThing");
  if (!visible.length) return { note };
  const tied = question.columns.some(({ name }) => name === "event");
  const here = tied ? columns(visible, width) : arcs(visible, width);
  const sheet = svgRenderer(width, here.height, renderer.NAMED.paper);
  here.draw(sheet);
  return {
    note, signs: here.signs,
    drawing: svg("svg", { class: "sheet", viewBox: `0 0 ${width} ${here.height}`, width, height: here.height, role: "group", "aria-label": question.summary[texts.language] },
      svg("g", { "aria-hidden": "true" }, sheet.elements()), here.fields),
  };
}

function columns(pairs, width) {
  const narrow = width < NARROW;
  const size = narrow ? 11.5 : 12.5;
  const events = [...new Set(pairs.map(({ to }) => to))].sort((one, other) =>
    (data.entities.get(one)?.earliest ?? "~").localeCompare(data.entities.get(other)?.earliest ?? "~") || (one < other ? -1 : 1));
  const room = narrow ? width * 0.27 : Math.min(230, width * 0.27);
  /** @type {any[]} */
  const boxed = events.map((id, number) => {
    const font = textFit.font(size, 600);
    const words = textFit.lines(data.name(id), font, narrow ? 84 : 130, 4);
    const w = Math.max(...words.map((line) => textFit.width(line, font))) + 14;
    return { id, wish: number, x: width / 2, w, h: words.length * size * 1.2 + 12, card: { lines: words, size, weight: 600, leading: size * 1.2, w, h: words.length * size * 1.2 + 10 } };
  });
  /** @type {any[]} */
  const beside = [...new Set(pairs.map(({ from }) => from))].map((id) => {
    const person = data.entities.get(id).kind === "person";
    const style = { size, weight: person ? 600 : 400, leading: size * 1.15 };
    const words = textFit.lines(data.name(id), textFit.font(size, style.weight), room / 1.15, 8);
    return { id, person, words, style, x: person ? room + 8 : width - room - 8, h: Math.max(18, words.length * style.leading), events: pairs.filter(({ from }) => from === id).map(({ to }) => to) };
  });
  // The longest column decides how far apart the events stand.
  const tallest = Math.max(...[true, false].map((side) => beside.filter(({ person }) => person === side).reduce((sum, { h }) => sum + h + GAP, 0)));
  const each = Math.max(64, tallest / events.length);
  for (const event of boxed) event.wish = (event.wish + 0.5) * each;
  const stand = (items) => positions.stacked(items.map((item) => ({ ...item, item })), ({ item, y }) => { item.y = y; }, GAP);
  const heights = [stand(boxed)];
  const at = new Map(boxed.map((event) => [event.id, event]));
  for (const item of beside) item.wish = item.events.reduce((sum, id) => sum + at.get(id).y, 0) / item.events.length;
  for (const side of [true, false]) heights.push(stand(beside.filter(({ person }) => person === side)));
  for (const item of beside) at.set(item.id, item);
  const ties = [...new Map(pairs.map((pair) => [`${pair.from} ${pair.to}`, pair])).values()].map((pair) => {
    const tie = answers.tieOf(pair.from, pair.to);
    // No line is surer than its row or than the tie that it stands for.
    return { ...pair, tie, certainty: pair.certainty === "certain" ? (tie?.certainty ?? "certain") : pair.certainty };
  });
  const look = (id) => ({ faded: false, selected: state.now.selected === id });
  return {
    height: Math.ceil(Math.max(...heights) + 8),
    signs: [
      ...["person", "body", "group"].filter((kind) => beside.some(({ id }) => data.entities.get(id).kind === kind)).map((kind) => legend.meaning({ facet: "kind", value: kind, word: kind === "group" ? "legend_group" : undefined })),
      ...["certain", "planned", "possible"].filter((certainty) => ties.some((tie) => tie.certainty === certainty)).map((certainty) => legend.meaning({ facet: "certainty", value: certainty })),
    ],
    fields: [
      ...ties.filter(({ tie }) => tie).map(({ tie }) => controls.thread(tie.id, `${data.label(tie.from)}, ${data.named(tie)}, ${data.label(tie.to)}`, curve(at.get(tie.from), at.get(tie.to)))),
      ...[...boxed, ...beside].sort((one, other) => one.y - other.y || one.x - other.x)
        .map(({ id, x, y, w, h, person, card }) => controls.field(id, data.label(id), card ? { x: x - w / 2, y: y - h / 2, w, h } : { x: person ? 0 : x - 10, y: y - h / 2, w: person ? x + 10 : width - x + 10, h })),
    ],
    draw(ctx) {
      for (const { tie, from, to, certainty } of ties) lines.trace(ctx, { ...tie, certainty }, curve(at.get(from), at.get(to)), renderer.NAMED, false);
      for (const { id, x, y, card } of boxed) renderer.entity(ctx, id, { x, y }, { card }, renderer.NAMED, 1, look(id));
      for (const { id, x, y, h, words, style, person } of beside) {
        renderer.entity(ctx, id, { x, y }, {}, renderer.NAMED, 1, look(id));
        const box = person ? { x: 0, y: y - h / 2, w: x - 13, h } : { x: x + 13, y: y - h / 2, w: width - x - 13, h };
        renderer.name(ctx, { ...style, box, lines: words, align: person ? "right" : "left" }, renderer.NAMED, 1, look(id));
      }
    },
  };
}

/* From a sign to the near side of a box, level at both ends. */
function curve(from, to) {
  const end = { x: to.x + ((from.x < to.x ? -1 : 1) * to.w) / 2, y: to.y };
  const middle = (from.x + end.x) / 2;
  return Array.from({ length: 25 }, (_, number) => {
    const t = number / 24;
    const part = (a, b, c, d) => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;
    return { x: part(from.x, middle, middle, end.x), y: part(from.y, from.y, end.y, end.y) };
  });
}

/* Names one under the other, and an arc from name to name: the more there is between the two, the broader. */
function arcs(pairs, width) {
  const size = width < NARROW ? 12 : 13;
  const room = Math.min(340, width * 0.56);
  let y = 0;
  const items = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))].map((id) => {
    const words = textFit.lines(data.label(id), textFit.font(size), room / 1.15, 4);
    const h = Math.max(26, words.length * size * 1.2) + GAP;
    y += h;
    return { id, words, x: room + 12, y: y - h / 2, h: h - GAP };
  });
  const at = new Map(items.map((item) => [item.id, item]));
  const longest = Math.max(...pairs.map(({ from, to }) => Math.abs(at.get(from).y - at.get(to).y)));
  // Half a circle where there is room for it.
  const widest = Math.min(width - room - 40, longest / 2);
  const reach = (one, other) => (widest * Math.abs(one.y - other.y)) / longest;
  return {
    height: Math.ceil(y),
    signs: [],
    fields: items.filter(({ id }) => id.startsWith("topic:")).map(({ id, x, y: middle, h }) =>
      controls.field(id, texts.text("answerTopic", { what: data.label(id) }), { x: 0, y: middle - h / 2, w: x + 8, h }, () => state.set({ view: "network", filters: { topic: [id] } }))),
    draw(ctx) {
      for (const { from, to, weight } of pairs) {
        const [one, other] = [at.get(from), at.get(to)];
        const [middle, high] = [(one.y + other.y) / 2, Math.abs(one.y - other.y) / 2];
        ctx.strokeStyle = renderer.NAMED.certain;
        ctx.lineWidth = Math.min(8, 1 + weight * 0.8);
        ctx.setLineDash([]);
        ctx.beginPath();
        for (let step = 0; step <= 32; step += 1) {
          const angle = -Math.PI / 2 + (step / 32) * Math.PI;
          ctx[step ? "lineTo" : "moveTo"](one.x + Math.cos(angle) * reach(one, other), middle + Math.sin(angle) * high);
        }
        ctx.stroke();
      }
      for (const { x, y: middle, h, words } of items) {
        ctx.beginPath();
        ctx.arc(x, middle, 5.5, 0, 2 * Math.PI);
        ctx.fillStyle = renderer.NAMED.other;
        ctx.fill();
        renderer.name(ctx, { size, weight: 400, leading: size * 1.2, lines: words, align: "right", box: { x: 0, y: middle - h / 2, w: x - 12, h } }, renderer.NAMED, 1, {});
      }
    },
  };
}

export { drawn };
