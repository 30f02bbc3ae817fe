/* The headline: what one sees, counted from the graph and true of it. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

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

/* Who was at most meetings for certain, and where they may have been besides, and what is drawn of the meetings where it is not all. */
function deck() {
  const nb = texts.language === "nb";
  const proven = nb ? "Hver strek viser til det som beviser den." : "Every line leads to what proves it.";
  return [mostPresent(nb), chosen(), proven].filter(Boolean).join(" ");
}

function mostPresent(nb) {
  if (!data.summary.most) return "";
  const { id, certain, possible } = data.summary.most;
  return nb
    ? `${data.label(id)} var beviselig til stede på ${texts.number(certain)} av dem${possible ? ` og kan ha vært på ${texts.number(possible)} til` : ""}.`
    : `${data.label(id)} was demonstrably present at ${texts.number(certain)} of them${possible ? ` and may have been at ${texts.number(possible)} more` : ""}.`;
}

function chosen() {
  const drawn = data.drawing.nodes.map((node) => data.entities.get(node.id));
  const events = drawn.filter((entity) => entity.kind === "event").length;
  if (events >= data.total.events) return "";
  return texts.capital(texts.text("deckChosen", { events: texts.number(events), others: texts.number(drawn.length - events), all: texts.count(data.total.entities) }));
}

function show() {
  dom.at("headline").textContent = headline();
  dom.at("deck").textContent = deck();
  document.title = `${headline()} – Møtegraf`;
}

export { show, headline as text };
