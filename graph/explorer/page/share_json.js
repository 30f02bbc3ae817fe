/* The same records as JSON: what passes, with the filters it passes, how many there are, and of which sources. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as records from "./share_records.js";
import * as title from "./share_title.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const iri = (id) => data.entities.get(id)?.iri ?? data.words[id]?.iri ?? id;
const label = (id) => data.entities.get(id)?.label ?? data.words[id]?.label ?? data.memberships[id]?.label ?? {};
const term = (id) => ({ id, iri: iri(id), label: label(id) });
const terms = (ids) => (ids?.length ? ids.map(term) : undefined);

function ofEntity(id) {
  const entity = data.entities.get(id);
  return {
    iri: entity.iri, id, kind: entity.kind, label: entity.label, also: entity.also, earliest: entity.earliest, latest: entity.latest,
    status: entity.status && term(entity.status), places: terms(entity.places), placesAsWritten: entity.placesAsWritten, venues: entity.venues, topics: terms(entity.topics),
    openLists: entity.openLists, sameAs: entity.elsewhere, proof: proof(entity),
  };
}

function ofTie(id) {
  const tie = data.ties.get(id);
  return {
    iri: tie.iri, id, kind: tie.kind, certainty: tie.certainty, from: iri(tie.from), to: iri(tie.to), roles: terms(tie.roles), plannedRoles: terms(tie.plannedRoles),
    attendance: tie.attendance && term(tie.attendance), capacity: terms(tie.capacity), onBehalfOf: terms(tie.onBehalfOf), atLeast: tie.atLeast, topics: terms(tie.topics), proof: proof(tie),
  };
}

/* Words with the source that has them, and what the registry says. */
function proof({ claims, memberships }) {
  const said = claims.map((id) => data.claims[id]).filter(Boolean).map((claim) => ({
    claim: claim.iri, source: data.sources[claim.source]?.iri, words: claim.keyEvidence.map((passage) => dom.clean(passage.words)),
  }));
  return [...said, ...memberships.map((id) => ({ membership: id, label: label(id) }))];
}

function ofSource({ iri: source, title: named, address, published, retrieved, language }) {
  return { iri: source, title: named, address, published, retrieved, language };
}

/** All of it as JSON. @param {{entities: Set<string>, ties: Set<string>}} chosen @param {string} which @param {(part: number) => void} [step] @returns {Promise<string>} */
async function make(chosen, which, step = () => {}) {
  const [entities, ties] = [[...chosen.entities].sort(), [...chosen.ties].sort()];
  const claims = new Set([...ties.map((id) => data.ties.get(id)), ...entities.map((id) => data.entities.get(id))].flatMap((record) => record.claims));
  const head = {
    generator: "Møtegraf", saved: new Date().toISOString(), title: title.title(), language: texts.language, state: state.serialise(state.now),
    chosen: subject.isOpen(state.now) ? "what is on the page" : which === "all" ? "all that passes the filters" : "what is drawn", filters: state.now.filters,
    counts: { ...records.sizeOf(chosen), of: data.total }, sources: records.sourcesOf([...claims]).map(ofSource),
  };
  const lines = (made) => made.map((record) => JSON.stringify(record)).join(",\n");
  const made = [await records.each(entities, ofEntity, (part) => step(part / 3)), await records.each(ties, ofTie, (part) => step((1 + 2 * part) / 3))];
  return `${JSON.stringify(head, null, 1).replace(/\n\}$/, "")},\n "entities": [\n${lines(made[0])}\n],\n "ties": [\n${lines(made[1])}\n]\n}\n`;
}

export { make };
