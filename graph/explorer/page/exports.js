/* Export of exactly what is shown: CSV, PNG, SVG, GEXF, Turtle. */
import * as answers from "./answers.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as extent from "./extent.js";
import * as map from "./map.js";
import * as network from "./network.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import { svgRenderer } from "./svg_renderer.js";
import * as table from "./table.js";
import * as texts from "./texts.js";

/* Timeline and table are no pictures: from there the network is drawn, and the button says so. */
function show({ view }) {
  const drawing = (name) => (["timeline", "table"].includes(view) ? texts.text("ofNetwork", { format: name }) : name);
  const kinds = [["CSV", csv], ["PNG", png], ["SVG", svgFile], ["GEXF", gexf], ["Turtle", turtle]];
  const box = dom.at("exports");
  const focused = box.contains(document.activeElement) ? document.activeElement.id : null;
  box.setAttribute("aria-label", texts.text("exports"));
  dom.replace(box, texts.text("exports"), kinds.map(([name, make]) => dom.el("button", { type: "button", class: "quiet", id: `export-${name.toLowerCase()}`, onclick: make }, make === png || make === svgFile ? drawing(name) : name)));
  if (focused) dom.at(focused).focus();
}

function save(content, type, extension) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
  const link = dom.el("a", { href: address, download: `motegraf.${extension}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function now() {
  return selection.listed(state.now);
}

/* Rows as CSV, with the separator that spreadsheets in the language of the page expect (as in graph/render/markup.py). A cell that a spreadsheet would take for a formula is led by an apostrophe. */
function csvOf(rows) {
  const separator = texts.language === "nb" ? ";" : ",";
  const cell = (words) => {
    const safe = /^\s*[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map((words) => cell(String(words))).join(separator)).join("\r\n") + "\r\n";
}

function csvText() {
  const columns = table.EXPORTED;
  const rows = table.rows(now(), data.wholeLabel).sort((one, other) => (one.tie.id < other.tie.id ? -1 : 1));
  return csvOf([columns.map(texts.text), ...rows.map((row) => columns.map((column) => row[column]))]);
}

/* The answer to a ready question, as its table has it. */
function answer(question) {
  const head = question.columns.map((column) => column[texts.language] ?? column.nb);
  save(`\ufeff${csvOf([head, ...question.rows.map((row) => row.map(answers.words))])}`, "text/csv", "csv");
}

function csv() {
  save(`\ufeff${csvText()}`, "text/csv", "csv");
}

/* The picture is that of the map where one looks at the map, else that of the network. */
function picture() {
  return state.now.view === "map" ? map : network;
}

function withPicture(make) {
  if (state.now.view === "map") return make();
  if (state.now.view !== "network") state.set({ view: "network" });
  return requestAnimationFrame(() => { network.whole(); make(); });
}

function png() {
  withPicture(() => {
    const { width, height, paper } = picture().size();
    const canvas = dom.el("canvas", { width: width * 2, height: height * 2 });
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    ctx.fillStyle = paper;
    ctx.fillRect(0, 0, width, height);
    picture().drawWith(ctx);
    canvas.toBlob((blob) => save(blob, "image/png", "png"));
  });
}

function svgText() {
  const { width, height, paper } = picture().size();
  const ctx = svgRenderer(width, height, paper);
  picture().drawWith(ctx);
  return ctx.text();
}

function svgFile() {
  withPicture(() => save(svgText(), "image/svg+xml", "svg"));
}

function escaped(words) {
  return dom.clean(words).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/* GEXF 1.3, with what tells nodes and edges apart as attributes. */
function gexfText() {
  const { entities, ties } = now();
  const value = (number, words) => (words ? `<attvalue for="${number}" value="${escaped(words)}"/>` : "");
  const nodes = [...entities].sort().map((id) => {
    const entity = data.entities.get(id);
    return `<node id="${escaped(entity.iri)}" label="${escaped(data.wholeLabel(id))}"><attvalues>${value("0", entity.kind)}${value("1", entity.status)}${value("2", entity.earliest)}${value("3", entity.latest)}</attvalues></node>`;
  });
  const edges = [...ties].sort().map((id) => {
    const tie = data.ties.get(id);
    const [from, to] = [data.entities.get(tie.from).iri, data.entities.get(tie.to).iri];
    return `<edge id="${escaped(id)}" source="${escaped(from)}" target="${escaped(to)}" label="${escaped(data.named(tie))}"><attvalues>${value("0", tie.kind)}${value("1", tie.certainty)}</attvalues></edge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Møtegraf</creator><description>${escaped(extent.sentence())}</description></meta>
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="kind" type="string"/><attribute id="1" title="status" type="string"/><attribute id="2" title="earliest" type="string"/><attribute id="3" title="latest" type="string"/></attributes>
<attributes class="edge"><attribute id="0" title="kind" type="string"/><attribute id="1" title="certainty" type="string"/></attributes>
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

function gexf() {
  save(gexfText(), "application/gexf+xml", "gexf");
}

/* The statements about what is shown, as the build has them; a part in an event names the claims that it follows from. */
function turtleText() {
  const { entities, ties } = now();
  const iri = (address) => `<${String(address).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>`;
  // What JSON escapes, Turtle escapes alike.
  const literal = (words, language) => `${JSON.stringify(words)}${language ? `@${language}` : ""}`;
  const typed = (words, type) => (words ? `${JSON.stringify(words)}^^xsd:${type}` : "");
  const iriOf = (id) => data.entities.get(id)?.iri ?? data.words[id]?.iri ?? data.claims[id]?.iri;
  const blocks = [];
  const block = (subject, type, pairs) => blocks.push(`${iri(subject)} a ${type}${pairs.filter(([, value]) => value).map(([term, value]) => ` ;\n\t${term} ${value}`).join("")} .`);
  const all = (ids) => (ids ?? []).map(iriOf).filter(Boolean).map(iri).join(" , ");
  const day = (iso) => typed(iso, "date");
  const CLASS = { event: "schema:Event", named: "schema:Event", series: "schema:EventSeries", person: "foaf:Person", body: "org:Organization", group: "foaf:Group", audience: "schema:Audience", letter: "schema:Message", plan: "prov:Plan" };
  const RELATION = { series: "schema:superEvent", extends: "mg:extends", "influenced-by": "mg:influencedBy", "scheduled-before": "mg:scheduledBefore", references: "dct:references", sender: "schema:sender", recipient: "schema:recipient", issuer: "schema:creator", coordinator: "mg:coordinator", audience: "schema:audience", "drawn-from": "mg:drawnFrom", "some-of": "mg:someOf" };
  const relations = [...ties].map((id) => data.ties.get(id)).filter((tie) => RELATION[tie.kind]);
  for (const id of [...entities].sort()) {
    const entity = data.entities.get(id);
    block(entity.iri, CLASS[entity.kind], [
      ["rdfs:label", Object.entries(entity.label ?? {}).map(([language, words]) => literal(words, language)).join(" , ")],
      ["mg:eventStatus", entity.status ? all([entity.status]) : ""], ["mg:earliest", day(entity.earliest)], ["mg:latest", day(entity.latest)],
      ["dct:subject", all(entity.topics)],
      ...relations.filter((tie) => tie.from === id).map((tie) => [RELATION[tie.kind], all([tie.to])]),
    ]);
  }
  for (const id of [...ties].sort()) {
    const tie = data.ties.get(id);
    if (!tie.iri) continue;
    const possible = tie.kind === "possible";
    const planned = new Set(tie.plannedRoles);
    const had = (tie.roles ?? []).filter((role) => !planned.has(role));
    block(tie.iri, possible ? "mg:PossibleParticipation" : "mg:Participation", [
      [possible ? "mg:candidate" : "mg:agent", all([tie.from])], ["mg:event", all([tie.to])],
      [possible ? "mg:possibleRole" : "cv:role", all(had)], ["mg:plannedRole", all(tie.plannedRoles)], ["mg:attendance", tie.attendance ? all([tie.attendance]) : ""],
      ["mg:inCapacity", all(tie.capacity)], ["mg:onBehalfOf", all(tie.onBehalfOf)], ["mg:atLeast", typed(tie.atLeast, "integer")], ["dct:subject", all(tie.topics)],
      ["mg:concludedFrom", all(tie.claims)],
    ]);
  }
  const prefixes = {
    cv: "http://data.europa.eu/m8g/", dct: "http://purl.org/dc/terms/", foaf: "http://xmlns.com/foaf/0.1/", mg: "https://w3id.org/motegraf/ontology#", org: "http://www.w3.org/ns/org#",
    prov: "http://www.w3.org/ns/prov#", rdfs: "http://www.w3.org/2000/01/rdf-schema#", schema: "https://schema.org/", xsd: "http://www.w3.org/2001/XMLSchema#",
  };
  return `# ${extent.sentence()}\n${Object.entries(prefixes).map(([name, address]) => `@prefix ${name}: <${address}> .`).join("\n")}\n\n${blocks.join("\n\n")}\n`;
}

function turtle() {
  save(turtleText(), "text/turtle", "ttl");
}

export { show, answer, csvText, gexfText, turtleText, svgText };
