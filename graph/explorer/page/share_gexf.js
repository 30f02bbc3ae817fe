/* The graph as GEXF 1.3, for Gephi and its kin, with what tells nodes and edges apart as attributes. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as records from "./share_records.js";

const NODE = ["kind", "status", "earliest", "latest", "places", "iri"];
const EDGE = ["kind", "certainty", "roles", "attendance", "earliest", "latest", "sources", "iri"];

function escaped(words) {
  return dom.clean(words).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

function values(names, of) {
  return names.map((name, number) => (of[name] ? `<attvalue for="${number}" value="${escaped(of[name])}"/>` : "")).join("");
}

function declared(names) {
  return names.map((name, number) => `<attribute id="${number}" title="${name}" type="string"/>`).join("");
}

function node(id) {
  const entity = data.entities.get(id);
  const of = { ...entity, places: records.placesOf(entity).join("; ") };
  return `<node id="${escaped(entity.iri)}" label="${escaped(data.wholeLabel(id))}"><attvalues>${values(NODE, of)}</attvalues></node>`;
}

function edge(id) {
  const tie = data.ties.get(id);
  const [from, to] = [data.entities.get(tie.from), data.entities.get(tie.to)];
  const of = { ...tie, roles: data.labels(tie.roles).join("; "), earliest: to.earliest, latest: to.latest, sources: records.sourcesOf(tie.claims).map(({ address, iri }) => address || iri).join(" ") };
  return `<edge id="${escaped(tie.iri ?? id)}" source="${escaped(from.iri)}" target="${escaped(to.iri)}" label="${escaped(data.named(tie))}"><attvalues>${values(EDGE, of)}</attvalues></edge>`;
}

/** All of it as GEXF. @param {{entities: Set<string>, ties: Set<string>}} chosen @param {string} description @param {(part: number) => void} [step] @returns {Promise<string>} */
async function make({ entities, ties }, description, step = () => {}) {
  const nodes = await records.each([...entities].sort(), node, (part) => step(part / 2));
  const edges = await records.each([...ties].sort(), edge, (part) => step((1 + part) / 2));
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta lastmodifieddate="${new Date().toISOString().slice(0, 10)}"><creator>Møtegraf</creator><description>${escaped(description)}</description></meta>
<graph defaultedgetype="directed">
<attributes class="node">${declared(NODE)}</attributes>
<attributes class="edge">${declared(EDGE)}</attributes>
<nodes>
${nodes.join("\n")}
</nodes>
<edges>
${edges.join("\n")}
</edges>
</graph>
</gexf>
`;
}

export { make };
