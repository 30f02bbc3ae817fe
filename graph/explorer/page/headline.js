/* The headline: what one sees, counted from the graph and true of it. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

// More than this is never drawn at once (as in `selection.js`).
const MANY = 300;

function season({ first, last }) {
  if (!first) return "";
  const year = first.slice(0, 4);
  const nb = texts.language === "nb";
  if (year !== last.slice(0, 4)) return nb ? `fra ${texts.month(first)} til ${texts.month(last)}` : `from ${texts.month(first)} to ${texts.month(last)}`;
  if (first.slice(5, 7) >= "08") return nb ? `høsten ${year}` : `in autumn ${year}`;
  return nb ? `i ${year}` : `in ${year}`;
}

function headline() {
  const { held, planned } = data.summary;
  const nb = texts.language === "nb";
  const meetings = (count) => (nb ? (count === 1 ? "møte" : "møter") : count === 1 ? "meeting" : "meetings");
  const parts = [];
  if (held.count) parts.push(`${number(held, nb)} ${meetings(held.count)} ${nb ? "holdt" : "held"} ${season(held)}`);
  if (planned.count) {
    const noun = held.count ? "" : ` ${meetings(planned.count)}`;
    parts.push(`${number(planned, nb, held.count && !held.open)}${noun} ${nb ? "planlagt" : "planned"} ${season(planned).replace(/^in /, "for ")}`);
  }
  const sentence = parts.join(", ");
  return sentence ? `${texts.capital(sentence)}` : texts.text("title");
}

/* How many are named. Where a source speaks of more than it names, there were at least so many. */
function number({ count, open }, nb, alreadyNamed = false) {
  if (alreadyNamed && !open) return texts.number(count);
  return open ? `${nb ? "minst" : "at least"} ${texts.number(count)}` : `${texts.number(count)} ${nb ? (count === 1 ? "navngitt" : "navngitte") : "named"}`;
}

/* Who was at most meetings for certain, and where they may have been besides. */
function deck() {
  const nb = texts.language === "nb";
  const proven = nb ? "Hver strek viser til det som beviser den." : "Every line leads to what proves it.";
  return [mostPresent(nb), search(), proven].filter(Boolean).join(" ");
}

function mostPresent(nb) {
  if (!data.summary.most) return "";
  const { id, certain, possible } = data.summary.most;
  // Of a single meeting there are no others.
  const of = data.summary.held.count === 1 && certain === 1 ? (nb ? "på det" : "at it") : nb ? `på ${texts.number(certain)} av dem` : `at ${texts.number(certain)} of them`;
  return nb
    ? `${data.label(id)} var beviselig til stede ${of}${possible ? ` og kan ha vært på ${texts.number(possible)} til` : ""}.`
    : `${data.label(id)} was demonstrably present ${of}${possible ? ` and may have been at ${texts.number(possible)} more` : ""}.`;
}

/* Where not all is drawn the search leads to the rest. What is drawn stands above the drawing. */
function search() {
  return data.drawing.nodes.length < data.total.entities && data.total.entities > MANY ? texts.text("deckSearch", { all: texts.count(data.total.entities) }) : "";
}

function show() {
  dom.at("headline").textContent = headline();
  dom.at("deck").textContent = deck();
  document.title = `${headline()} – Møtegraf`;
}

export { show, headline as text };
