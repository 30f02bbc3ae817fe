/* The legend: what signs and lines mean. Each is a switch that leaves out what it stands for. */
import * as dom from "./dom.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const SIGNS = [
  { facet: "kind", value: "person" }, { facet: "kind", value: "body" }, { facet: "kind", value: "group", word: "legend_group" },
  { facet: "status", value: "status:held", word: "legend_held" }, { facet: "status", value: "status:planned", word: "legend_planned" },
  { facet: "certainty", value: "certain" }, { facet: "certainty", value: "possible" }, { facet: "certainty", value: "planned" },
  { facet: "certainty", value: "ours" },
];

function picture({ facet, value }) {
  const box = { viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" };
  if (facet === "certainty") {
    const dashes = { certain: "", possible: "6 4", planned: "2 3", ours: "8 3 2 3" }[value];
    return dom.svg("svg", box, dom.svg("line", { x1: 1, x2: 25, y1: 8, y2: 8, stroke: `var(--${value})`, "stroke-width": 2.4, "stroke-dasharray": dashes }));
  }
  if (facet === "status") {
    const held = value === "status:held";
    return dom.svg("svg", box, dom.svg("rect", {
      x: 2, y: 2, width: 22, height: 12, rx: 2, fill: held ? "var(--held)" : "none", stroke: held ? "none" : "var(--planned)", "stroke-width": 1.6, "stroke-dasharray": held ? "" : "4 2",
    }));
  }
  const shape = value === "body"
    ? dom.svg("rect", { x: 7, y: 2, width: 12, height: 12, fill: "var(--body)" })
    : value === "group"
      ? dom.svg("path", { d: "M13 1 L20.5 14 L5.5 14 Z", fill: "var(--group)" })
      : dom.svg("circle", { cx: 13, cy: 8, r: 6.5, fill: "var(--person)" });
  return dom.svg("svg", box, shape);
}

/* A sign with what it means, where it is no switch. */
function meaning({ facet, value, word }) {
  return dom.el("span", { class: "sign" }, picture({ facet, value }), texts.text(word ?? `${facet}_${value}`));
}

/* What the fields of a timeline mean; of some fields only what they have, and of terms of office that they are such. */
function spans(looks = ["", "vague", "planned"], offices = false) {
  const has = (look) => looks.includes(look);
  const field = (look, word) => (has(look) ? dom.el("span", { class: "sign" },
    dom.svg("svg", { class: "time field", viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" }, dom.svg("rect", { class: `span ${look}`, x: 1, y: 2, width: 24, height: 12, rx: 3 })), texts.text(word)) : null);
  if (offices) return [dom.el("span", {}, texts.text("officeCaption"))];
  return [dom.el("span", {}, texts.text("timeCaption")), field("", "span_month"), field("vague", "span_vague"), field("planned", "certainty_planned"), field("possible", "certainty_possible")];
}

/* A sign is on where its facet has no filter, or has it among the chosen. Switching off chooses all the others. */
function show(now) {
  const box = dom.at("legend");
  box.setAttribute("aria-label", texts.text("legend"));
  dom.replace(box, SIGNS.filter((sign) => present(sign, now)).map((sign) => {
    const chosen = now.filters[sign.facet];
    const on = !chosen || chosen.includes(sign.value);
    return dom.el("button", { type: "button", "aria-pressed": String(on), onclick: () => flip(sign, now) }, picture(sign), texts.text(sign.word ?? `${sign.facet}_${sign.value}`));
  }));
}

function values(facet, now) {
  return [...selection.counts(facet, { ...now, filters: {} }).keys()].sort();
}

function present(sign, now) {
  return values(sign.facet, now).includes(sign.value);
}

function flip({ facet, value }, now) {
  const all = values(facet, now);
  const on = new Set(now.filters[facet] ?? all);
  if (!on.delete(value)) on.add(value);
  const filters = { ...now.filters };
  if (on.size === all.length || !on.size) delete filters[facet];
  else filters[facet] = [...on].sort();
  state.set({ filters });
}

export { show, picture, meaning, spans };
