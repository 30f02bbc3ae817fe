/* An answer as a map: the events of the rows that say where, each once, in their municipalities. */
import * as answers from "./answers.js";
import * as controls from "./controls.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as mapCounties from "./map_counties.js";
import * as mapPositions from "./map_positions.js";
import * as mapRenderer from "./map_renderer.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import { svgRenderer } from "./svg_renderer.js";
import * as texts from "./texts.js";

const { svg } = dom;
const { text } = texts;

function drawn(question, width) {
  const events = new Map();
  for (const row of question.rows) {
    const id = answers.cellOf(question, row, "event");
    if (!data.entities.has(id)) continue;
    const place = answers.cellOf(question, row, "place");
    const before = events.get(id) ?? { ...data.entities.get(id), rows: 0, places: place ? [place] : data.entities.get(id).places, uncertain: true };
    // One row that is certain makes the event so; the others are ways in which it is possible too.
    events.set(id, { ...before, rows: before.rows + 1, uncertain: before.uncertain && answers.certaintyOf(question, row) === "possible" });
  }
  const { at, off } = mapPositions.placed([...events.values()]);
  const there = [...at.values()].flat();
  const note = answers.drawnOf(there.reduce((sum, event) => sum + event.rows, 0), question, "answerNoPlace");
  if (!there.length) return { note };
  return { note, signs: signs(there), off, drawing: map(at, Math.max(280, width), question) };
}

function signs(events) {
  return [
    ...["held", "planned"].filter((status) => events.some((event) => event.status === `status:${status}`))
      .map((status) => legend.meaning({ facet: "status", value: `status:${status}`, word: `legend_${status}` })),
    events.some((event) => event.uncertain) ? legend.meaning({ facet: "certainty", value: "possible" }) : null,
  ];
}

function map(at, width, question) {
  const panels = mapPositions.panels(width, { by: 1, x: 0, y: 0 });
  const look = (event) => ({ faded: false, selected: event.id === state.now.selected, tie: event.uncertain ? "possible" : null });
  const rows = mapPositions.rows(at, panels, (event) => event.uncertain || look(event).selected);
  mapPositions.named(rows, panels, () => 1);
  const sheet = svgRenderer(width, panels.height, renderer.NAMED.paper);
  mapRenderer.draw(sheet, panels, rows, renderer.NAMED, look, mapCounties.named(panels, rows));
  return svg("svg", { class: "sheet", viewBox: `0 0 ${width} ${panels.height}`, width, height: panels.height, role: "group", "aria-label": question.summary[texts.language] },
    svg("g", { "aria-hidden": "true" }, sheet.elements()), rows.flatMap(mapRenderer.boxes).map((box) => controls.field(box.event.id, spoken(box.event), widened(box))));
}

function widened({ x, y, w, h }) {
  return { x: x - 2, y: y - 7, w: w + 4, h: h + 14 };
}

function spoken(event) {
  return [data.label(event.id), ...(event.places ?? []).map(data.label), event.status ? data.label(event.status) : "", event.uncertain ? text("certainty_possible") : ""].filter(Boolean).join(", ");
}

export { drawn };
