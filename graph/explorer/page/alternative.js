/* The text alternative of the network: what is drawn, in a sentence, for whoever does not see it; for all where nothing is. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { text } = texts;
const KINDS = ["person", "body", "group", "event"];

texts.add({
  drawn: ["Tegnet: {counts}.", "Drawn: {counts}."],
  drawnMost: ["Flest forbindelser her har {who}: {count}.", "Most connections here: {who}, {count}."],
  drawnNothing: ["Her er det ingenting å tegne.", "There is nothing to draw here."],
  drawn_person: ["personer: {count}", "people: {count}"],
  drawn_body: ["organisasjoner: {count}", "organisations: {count}"],
  drawn_group: ["grupper uten navn: {count}", "unnamed groups: {count}"],
  drawn_event: ["møter: {count}", "meetings: {count}"],
  drawn_other: ["annet: {count}", "others: {count}"],
  drawn_ties: ["forbindelser: {count}", "connections: {count}"],
});

/**
 * What is drawn: how many of each kind, how many ties, and who has most of them.
 * @param {string[]} entities
 * @param {{from: string, to: string}[]} ties
 */
function sentence(entities, ties) {
  if (!entities.length) return text("drawnNothing");
  const kinds = entities.map((id) => data.entities.get(id).kind).map((kind) => (KINDS.includes(kind) ? kind : "other"));
  const counts = [...KINDS, "other"].map((kind) => [kind, kinds.filter((each) => each === kind).length]).filter(([, count]) => count);
  if (ties.length) counts.push(["ties", ties.length]);
  const degrees = new Map();
  for (const { from, to } of ties) for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const [most] = [...degrees].filter(([id]) => data.entities.get(id).kind !== "event").sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return [
    text("drawn", { counts: texts.list(counts.map(([kind, count]) => text(`drawn_${kind}`, { count: texts.count(count) }))) }),
    most ? text("drawnMost", { who: data.label(most[0]), count: texts.count(most[1]) }) : "",
  ].filter(Boolean).join(" ");
}

/* Beside the canvas, which is described by it. */
function show(entities, ties) {
  const canvas = dom.at("canvas");
  let box = dom.at("drawn");
  if (!box) {
    box = dom.el("p", { id: "drawn" });
    canvas.before(box);
    canvas.setAttribute("aria-describedby", "drawn");
  }
  box.className = entities.length ? "unseen" : "";
  box.textContent = sentence(entities, ties);
}

export { sentence, show };
