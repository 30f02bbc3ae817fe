/* Above the network: which scene it is, and what can be chosen in it. The overview, the rings around one, a path. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as entityPicker from "./entity_picker.js";
import * as paths from "./paths.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// Among so many people two are looked for between whom there is a way.
const TRIED = 6;
const OVERVIEW = { around: null, pathOpen: false, pathFrom: null, pathTo: null, all: false, more: [] };

let tried = null;

texts.add({
  pathEmpty: [
    "Velg to navn, så står kjeden av møter mellom dem her, ledd for ledd med setningen som beviser hvert. Søket øverst fyller også inn navnene.",
    "Choose two names, and the chain of meetings between them stands here, step by step with the sentence that proves each. The search box at the top fills in the names too.",
  ],
  pathOneMore: ["Velg også det andre navnet.", "Choose the other name too."],
  pathTry: ["Prøv: {from} – {to}", "Try: {from} – {to}"],
});

function show(now, chosen) {
  const box = dom.at("scene");
  const back = el("button", { type: "button", class: "button", id: "back", onclick: () => state.set(OVERVIEW) }, text("back"));
  if (now.pathOpen) dom.replace(box, el("h2", {}, text("pathTitle")), back, pickers(now), steps(chosen.scene));
  else if (now.around) dom.replace(box, el("h2", {}, text("aroundTitle", { who: data.label(now.around) })), now.more.length ? null : rings(now), ofSubject(now), back, leftOut(now, chosen.scene));
  else dom.replace(box, overview(now, back));
  dom.at("open-path").hidden = now.pathOpen || now.view === "questions";
}

/* From the overview to all there is, or to as much as can be read, and back. */
function overview(now, back) {
  if (now.all || now.more.length) return back;
  // Of a large graph the other views have all of it.
  if (selection.LARGE && now.view !== "network") return null;
  const most = Math.min(selection.MOST, data.total.entities);
  if (!data.isWhole() || most <= data.drawing.nodes.length) return null;
  return el("button", { type: "button", class: "button", id: "show-all", onclick: () => state.set({ all: true }) },
    text(selection.LARGE ? "showMost" : "showAll", { count: texts.count(most), all: texts.count(data.total.entities) }));
}

/* The way to the page of whoever is in the middle: from there to here, and back. */
function ofSubject({ around }) {
  return el("button", { type: "button", class: "button", id: "to-subject", onclick: () => subject.open(around) }, text("toSubject", { who: data.label(around) }));
}

/* What found no place in the rings, and a way to it. */
function leftOut(now, { left }) {
  if (!left || now.more.includes(now.around)) return null;
  return el("p", { class: "hint" }, texts.many("ringsLeft", left));
}

function rings(now) {
  return el("button", { type: "button", class: "button", id: "rings-shown", onclick: () => state.set({ rings: now.rings === 1 ? 2 : 1 }) },
    text(now.rings === 1 ? "twoRings" : "oneRing"));
}

function pickers(now) {
  const pick = (key, id) => entityPicker.render(id, text(key), now[key], (entity) => {
    state.set({ [key]: entity });
    // The other end is next.
    const next = entity && key === "pathFrom" && !state.now.pathTo ? "path-to" : id;
    if (entity) dom.at(next)?.focus();
  });
  const tick = (key, name) => el("label", {}, el("input", { type: "checkbox", id: `tick-${key}`, checked: now[key], onchange: () => state.set({ [key]: !now[key] }) }), ` ${text(name)}`);
  return [el("div", { class: "pickers" }, pick("pathFrom", "path-from"), pick("pathTo", "path-to")), tick("pathPossible", "pathPossible"), tick("pathRelations", "pathRelations")];
}

/* What to do where an end is missing, with two names to try it. */
function empty(now) {
  const pair = now.pathFrom || now.pathTo ? null : tryPair();
  return el("div", { class: "path-empty" }, el("p", {}, text(now.pathFrom || now.pathTo ? "pathOneMore" : "pathEmpty")),
    pair ? el("p", {}, el("button", { type: "button", class: "button", id: "path-try", onclick: () => state.set({ pathFrom: pair[0], pathTo: pair[1] }) },
      text("pathTry", { from: data.label(pair[0]), to: data.label(pair[1]) }))) : null);
}

/* Two people of the first view between whom there is a way that is not one meeting, else any way. */
function tryPair() {
  if (tried) return tried.pair;
  const people = data.drawing.nodes.map(({ id }) => id).filter((id) => data.entities.get(id).kind === "person").sort(data.byWeight).slice(0, TRIED);
  const pairs = people.flatMap((from, number) => people.slice(number + 1).map((to) => [from, to]));
  const lengths = pairs.map(([from, to]) => paths.shortest(from, to, { possible: false, relations: false })?.steps.length ?? 0);
  const best = Math.max(0, ...lengths);
  tried = { pair: best ? pairs[lengths.indexOf(best)] : null };
  return tried.pair;
}

/* The path as sentences, each with the words that prove it. */
function steps({ result, bothChosen }) {
  if (!bothChosen) return empty(state.now);
  if (!result) return el("p", { role: "status" }, text("pathNone"));
  return [
    which(result),
    el("p", { class: "hint" }, text("pathSteps", { count: result.steps.length })),
    el("ol", {}, result.steps.map(({ tie }) => el("li", {},
      el("button", { type: "button", class: "quiet", onclick: () => state.select(tie.id) }, sentenceOf(tie)),
      words(tie)))),
  ];
}

/* Of several equally short paths: which this is, and the way to the others, from the last to the first too. */
function which({ at, count }) {
  if (count === 1) return null;
  const go = (key, to) => el("button", { type: "button", class: "button", id: key, onclick: () => state.set({ pathNumber: ((to + count - 1) % count) + 1 }) }, text(key));
  return el("div", { class: "which", role: "group", "aria-label": text("pathWhich") },
    el("span", { role: "status" }, text("pathNumber", { at, count })), go("pathBefore", at - 1), go("pathAfter", at + 1));
}

function sentenceOf(tie) {
  const event = data.entities.get(tie.to);
  const time = event.earliest ? `, ${texts.span(event.earliest, event.latest)}` : "";
  return tie.roles ? `${data.label(tie.from)}: ${data.named(tie)}, ${data.label(tie.to)}${time} (${text(`certainty_${tie.certainty}`).toLocaleLowerCase(texts.language)})`
    : `${data.label(tie.from)} ${data.named(tie)} ${data.label(tie.to)}`;
}

function words(tie) {
  const passages = tie.claims.flatMap((claim) => data.claims[claim]?.keyEvidence ?? []);
  return passages.slice(0, 1).map((passage) => el("div", { class: "hint" }, texts.withContext(passage, texts.quoted(dom.plain(passage.words)))));
}

export { show };
