/* The statements as Turtle, as the build has them; a part in an event names the claims that it follows from. */
import * as data from "./data.js";
import * as records from "./share_records.js";

const CLASS = { event: "schema:Event", named: "schema:Event", series: "schema:EventSeries", person: "foaf:Person", body: "org:Organization", group: "foaf:Group", audience: "schema:Audience", letter: "schema:Message", plan: "prov:Plan" };
const RELATION = {
  series: "schema:superEvent", extends: "mg:extends", "influenced-by": "mg:influencedBy", "scheduled-before": "mg:scheduledBefore", references: "dct:references", sender: "schema:sender",
  recipient: "schema:recipient", issuer: "schema:creator", coordinator: "mg:coordinator", audience: "schema:audience", "drawn-from": "mg:drawnFrom", "some-of": "mg:someOf",
};
const PREFIXES = {
  cv: "http://data.europa.eu/m8g/", dct: "http://purl.org/dc/terms/", foaf: "http://xmlns.com/foaf/0.1/", mg: "https://w3id.org/motegraf/ontology#", org: "http://www.w3.org/ns/org#",
  prov: "http://www.w3.org/ns/prov#", rdfs: "http://www.w3.org/2000/01/rdf-schema#", schema: "https://schema.org/", xsd: "http://www.w3.org/2001/XMLSchema#",
};

const iri = (address) => `<${String(address).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>`;
// What JSON escapes, Turtle escapes alike.
const literal = (words, language) => `${JSON.stringify(words)}${language ? `@${language}` : ""}`;
const typed = (words, type) => (words ? `${JSON.stringify(words)}^^xsd:${type}` : "");
const iriOf = (id) => data.entities.get(id)?.iri ?? data.words[id]?.iri ?? data.claims[id]?.iri;
const all = (ids) => (ids ?? []).map(iriOf).filter(Boolean).map(iri).join(" , ");

function block(subject, type, pairs) {
  return `${iri(subject)} a ${type}${pairs.filter(([, value]) => value).map(([term, value]) => ` ;\n\t${term} ${value}`).join("")} .`;
}

function ofEntity(id, relations) {
  const entity = data.entities.get(id);
  return block(entity.iri, CLASS[entity.kind], [
    ["rdfs:label", Object.entries(entity.label ?? {}).map(([language, words]) => literal(words, language)).join(" , ")],
    ["mg:eventStatus", entity.status ? all([entity.status]) : ""], ["mg:earliest", typed(entity.earliest, "date")], ["mg:latest", typed(entity.latest, "date")],
    ["dct:subject", all(entity.topics)],
    ...relations.map((tie) => [RELATION[tie.kind], all([tie.to])]),
  ]);
}

function ofTie(tie) {
  const possible = tie.kind === "possible";
  const planned = new Set(tie.plannedRoles);
  const had = (tie.roles ?? []).filter((role) => !planned.has(role));
  return block(tie.iri, possible ? "mg:PossibleParticipation" : "mg:Participation", [
    [possible ? "mg:candidate" : "mg:agent", all([tie.from])], ["mg:event", all([tie.to])],
    [possible ? "mg:possibleRole" : "cv:role", all(had)], ["mg:plannedRole", all(tie.plannedRoles)], ["mg:attendance", tie.attendance ? all([tie.attendance]) : ""],
    ["mg:inCapacity", all(tie.capacity)], ["mg:onBehalfOf", all(tie.onBehalfOf)], ["mg:atLeast", typed(tie.atLeast, "integer")], ["dct:subject", all(tie.topics)],
    ["mg:concludedFrom", all(tie.claims)],
  ]);
}

/** All of it as Turtle. @param {{entities: Set<string>, ties: Set<string>}} chosen @param {string} description @param {(part: number) => void} [step] @returns {Promise<string>} */
async function make({ entities, ties }, description, step = () => {}) {
  const relations = new Map();
  const sorted = [...ties].sort().map((id) => data.ties.get(id));
  for (const tie of [...ties].map((id) => data.ties.get(id))) if (RELATION[tie.kind]) relations.set(tie.from, [...(relations.get(tie.from) ?? []), tie]);
  const blocks = [
    ...await records.each([...entities].sort(), (id) => ofEntity(id, relations.get(id) ?? []), (part) => step(part / 2)),
    ...await records.each(sorted.filter((tie) => tie.iri), ofTie, (part) => step((1 + part) / 2)),
  ];
  const heading = description.split("\n").map((line) => `# ${line}\n`).join("");
  return `${heading}${Object.entries(PREFIXES).map(([name, address]) => `@prefix ${name}: <${address}> .`).join("\n")}\n\n${blocks.join("\n\n")}\n`;
}

export { make };
