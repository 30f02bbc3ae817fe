/* The legend: what signs and lines mean, each drawn as it occurs. Each is a switch that leaves out what it stands for. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as lines from "./lines.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

texts.add({
  keyWho: ["Hvem", "Who"],
  keyMeetings: ["Møter", "Meetings"],
  keyLines: ["Var med", "Took part"],
  keyTime: ["Når", "When"],
  key_held: ["Holdt", "Held"],
  key_planned: ["Bare planlagt", "Only planned"],
  key_lineCertain: ["Sikkert", "Certainly"],
  key_linePossible: ["Kanskje: en av flere", "Perhaps: one of several"],
  key_linePlanned: ["Ventet", "Expected"],
  key_lineOurs: ["Avgjort av oss", "Decided by us"],
  key_field: ["En gang i tidsrommet", "Some time in the period"],
});

// The groups of the key. What stands in a group is a switch, but for fields of time.
const GROUPS = [
  { title: "keyWho", signs: [{ facet: "kind", value: "person" }, { facet: "kind", value: "body" }, { facet: "kind", value: "group", word: "legend_group" }] },
  { title: "keyMeetings", signs: [{ facet: "status", value: "status:held", word: "key_held" }, { facet: "status", value: "status:planned", word: "key_planned" }] },
  { title: "keyLines", signs: [
    { facet: "certainty", value: "certain", word: "key_lineCertain" }, { facet: "certainty", value: "possible", word: "key_linePossible" },
    { facet: "certainty", value: "planned", word: "key_linePlanned" }, { facet: "certainty", value: "ours", word: "key_lineOurs" },
  ] },
];

function picture({ facet, value }) {
  const box = { viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" };
  if (facet === "certainty") {
    return dom.svg("svg", box, stroke(value, [1, 8], [25, 8]));
  }
  if (facet === "status") {
    return dom.svg("svg", box, meeting(value, 2));
  }
  return dom.svg("svg", box, symbol(value, 13, 8));
}

/* A line of the drawing, in its dashes. */
function stroke(certainty, [x1, y1], [x2, y2]) {
  const { width, dashes } = lines.STYLE[certainty];
  return dom.svg("line", { x1, y1, x2, y2, stroke: `var(--${certainty})`, "stroke-width": width + 0.4, "stroke-dasharray": dashes ? dashes.join(" ") : null });
}

/* The box of a meeting, from its left edge. */
function meeting(status, x) {
  const held = status === "status:held";
  return dom.svg("rect", {
    x, y: 2, width: 22, height: 12, rx: 2, fill: held ? "var(--held)" : "var(--paper)", stroke: held ? "none" : "var(--planned)", "stroke-width": 1.6, "stroke-dasharray": held ? null : "4 2",
  });
}

/* The sign of an actor around a point. */
function symbol(kind, x, y, size = 6.5) {
  if (kind === "body") return dom.svg("rect", { x: x - size + 0.5, y: y - size + 0.5, width: 2 * size - 1, height: 2 * size - 1, fill: "var(--body)" });
  if (kind === "group") return dom.svg("path", { d: `M${x} ${y - size - 0.5} l${size + 1} ${2 * size} h${-2 * size - 2} Z`, fill: "var(--group)" });
  return dom.svg("circle", { cx: x, cy: y, r: size, fill: kind === "person" ? "var(--person)" : "var(--other)" });
}

/* A line as it occurs in this drawing: from the kind of actor that most often has it to the kind of meeting that it most often
   leads to. What is possible leads from two, of whom one was there. */
function example(certainty, ties) {
  const most = (each) => [...each.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map())].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))[0]?.[0];
  const actor = most(ties.map((tie) => data.entities.get(tie.from).kind)) ?? "person";
  const events = ties.map((tie) => data.entities.get(tie.to)).filter(({ kind }) => kind === "event");
  const status = most(events.map((event) => event.status ?? "status:held")) ?? "status:held";
  const starts = certainty === "possible" ? [4, 12] : [8];
  const size = certainty === "possible" ? 3.6 : 5;
  // Not what leads to no meeting, such as a series.
  const end = events.length || !ties.length ? dom.svg("g", { transform: "translate(36 0)" }, meeting(status, 0)) : dom.svg("path", { d: "M48 2 l6 6 l-6 6 l-6 -6 Z", fill: "var(--other)" });
  const from = actor === "event" ? () => dom.svg("g", { transform: "translate(-2 3) scale(.6)" }, meeting(most(ties.map((tie) => data.entities.get(tie.from).status)), 0)) : (y) => symbol(actor, 7, y, size);
  return dom.svg("svg", { viewBox: "0 0 60 16", width: 60, height: 16, "aria-hidden": "true" }, starts.map((y) => stroke(certainty, [7, y], [38, 8])), end, starts.map(from));
}

/* A sign with what it means, where it is no switch. */
function meaning({ facet, value, word = undefined }) {
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

/* The key of the drawing, in groups. A sign is on where its facet has no filter, or has it among the chosen. Switching off
   chooses all the others. */
function show(now) {
  const box = dom.at("legend");
  const { scene } = selection.visible(now);
  box.setAttribute("aria-label", texts.text("legend"));
  const groups = GROUPS.map(({ title, signs }) => ({ title, made: signs.filter((sign) => occurs(sign, scene) || isOff(sign, now)).map((sign) => toggle(sign, now, scene)) }));
  groups.push({ title: "keyTime", made: fields(scene) });
  dom.replace(box, groups.filter(({ made }) => made.length).map(({ title, made }) =>
    dom.el("div", { class: "key", role: "group", "aria-label": texts.text(title) }, dom.el("span", { class: "title", "aria-hidden": "true" }, texts.text(title)), made)));
}

function toggle(sign, now, scene) {
  const on = !isOff(sign, now);
  const drawn = sign.facet === "certainty" ? example(sign.value, scene.ties.filter((tie) => tie.certainty === sign.value)) : picture(sign);
  return dom.el("button", { type: "button", "aria-pressed": String(on), onclick: () => flip(sign, now) },
    dom.el("span", { class: "box", "aria-hidden": "true" }), drawn, texts.text(sign.word ?? `${sign.facet}_${sign.value}`));
}

/* The fields in which meetings stand, where they say more than a month. */
function fields(scene) {
  if (!["first", "all", "more"].includes(scene.kind)) return [];
  const vague = [...scene.entities].map((id) => data.entities.get(id)).filter(({ kind, earliest, latest }) => kind === "event" && earliest && latest && spansOver(earliest, latest));
  if (!vague.length) return [];
  const planned = vague.every((event) => event.status === "status:planned");
  return [dom.el("span", { class: "sign" }, dom.svg("svg", { viewBox: "0 0 46 20", width: 46, height: 20, "aria-hidden": "true" },
    dom.svg("rect", { x: 1, y: 1, width: 44, height: 18, rx: 3, fill: planned ? "none" : "var(--frame)", stroke: planned ? "var(--strong-line)" : "none", "stroke-dasharray": planned ? "5 4" : null }),
    dom.svg("g", { transform: "translate(12 2)" }, meeting(planned ? "status:planned" : "status:held", 0))),
  texts.text("key_field"))];
}

/* Whether these days are not all of one month. */
function spansOver(earliest, latest) {
  return earliest.slice(0, 7) !== latest.slice(0, 7);
}

function values(facet, now) {
  return [...selection.counts(facet, { ...now, filters: {} }).keys()].sort();
}

/* Whether something of this kind stands in the drawing. */
function occurs({ facet, value }, { entities, ties }) {
  if (facet === "certainty") return ties.some((tie) => tie.certainty === value);
  return [...entities].some((id) => data.entities.get(id)[facet] === value);
}

function isOff({ facet, value }, now) {
  return Boolean(now.filters[facet]) && !now.filters[facet].includes(value) && values(facet, now).includes(value);
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
