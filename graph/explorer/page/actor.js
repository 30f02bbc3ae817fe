/* The page of a person, an organisation or a group: numbers, years, offices, with whom, topics, places, and all meetings. */
import * as around from "./around.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as entityPicker from "./entity_picker.js";
import * as facets from "./facets.js";
import * as meetings from "./meetings.js";
import * as otherSpellings from "./other_spellings.js";
import * as proof from "./proof.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as parts from "./subject_parts.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

const { el } = dom;
const { text } = texts;
// Facets of the meetings that are listed with their counts.
const LISTED = ["topic", "place"];

texts.add({
  actorCounterparts: ["Sikker del i samme møte", "Certain part in the same meeting"],
  actorPossibly: ["Mulig eller planlagt del i samme møte", "Possible or planned part in the same meeting"],
  actorMeetings: ["Møtene", "The meetings"],
  actorProof: ["Belegg for {who}", "Proof of {who}"],
  actorCompare: ["Sammenlign med", "Compare with"],
  topicsOf: ["Temaer", "Topics"],
  placesOf: ["Steder", "Places"],
});

/** The page of an agent as elements. @param {string} id @param {any} now @returns {any[]} */
function render(id, now) {
  const entity = data.entities.get(id);
  const all = meetings.of(id);
  const passing = meetings.passing(id, now.filters);
  const present = [...passing.values()].filter(({ ties }) => ties.some((tie) => tie.attendance === "attendance:present")).length;
  return [
    parts.acts(
      around.button(id, now),
      el("button", { type: "button", class: "button", onclick: () => state.set({ ...subject.CLOSED, pathOpen: true, pathFrom: id, pathTo: null, around: null, more: [], view: "network", selected: null }) }, text("pathHere"))),
    el("p", { class: "kind" }, texts.capital(entity.type ? data.labels(entity.type).join(", ") : text(`kind_${entity.kind}`))),
    el("h2", { id: "subject-title", tabindex: "-1" }, data.label(id)),
    all.size ? parts.numbers(meetings.numbers(passing), present) : el("p", {}, text("subjectNever", { who: data.label(id) })),
    parts.pass(passing.size, all.size),
    otherSpellings.part(id, parts.name),
    proof.facts(entity),
    parts.section(text("yearsTitle"), parts.years([{ label: "", meetings: passing }])),
    counterparts(id, passing, now),
    el("div", { class: "columns" }, LISTED.map((facet) => facetList(facet, id, passing))),
    parts.section(text("actorMeetings"), passing.size ? parts.list(`meetings of ${id}`, passing, [id]) : all.size ? el("p", {}, text("subjectNone")) : null),
    entity.claims.length ? parts.section(text("actorProof", { who: data.label(id) }), proof.proofs(entity)) : null,
    proof.address(entity.iri),
  ];
}

/* Those who had a part in the same meetings: certain and possible ones apart, the numbers lead to the meetings of both. */
function counterparts(id, passing, now) {
  const all = meetings.counterparts(id, passing, now.filters);
  const row = (other) => ({ label: parts.name(other.id), words: meetings.inWords(other), act: () => subject.compare([id, other.id]) });
  const [sure, others] = [all.filter(({ certain }) => certain), all.filter(({ certain }) => !certain)];
  const picker = el("div", { class: "compare-with" }, entityPicker.render("compare-with", text("actorCompare"), null, (other) => {
    if (other && other !== id && subject.isAgent(other)) subject.compare([id, other]);
  }));
  return el("div", { class: "columns" }, parts.section(text("actorCounterparts"), parts.countList(`certain with ${id}`, sure.map(row))),
    parts.section(text("actorPossibly"), parts.countList(`possible with ${id}`, others.map(row))), picker);
}

/* The topics or places of the meetings, by how many; a number chooses its meetings. */
function facetList(facet, id, passing) {
  const counts = new Map();
  for (const [event, { certainty }] of passing) {
    for (const value of new Set(values.OF[facet](data.entities.get(event)))) {
      if (!counts.has(value)) counts.set(value, { certain: 0, planned: 0, possible: 0 });
      counts.get(value)[certainty] += 1;
    }
  }
  const sum = (counted) => counted.certain * 1e6 + counted.planned * 1e3 + counted.possible;
  const rows = [...counts].sort(([one, first], [other, second]) => sum(second) - sum(first) || (one < other ? -1 : 1)).map(([value, counted]) => ({
    label: facets.valueLabel(facet, value), words: meetings.inWords(counted), act: () => state.set({ filters: { ...state.now.filters, [facet]: [value] } }),
  }));
  return parts.section(text(facet === "topic" ? "topicsOf" : "placesOf"), parts.countList(`${facet} of ${id}`, rows));
}

export { render };
