/* YASGUI on the endpoint of this server: ready questions in a menu, and completion by what this graph knows. */
const config = await (await fetch(`config.json?lang=${document.documentElement.lang}`)).json();
const endpoint = new URL("../sparql", document.baseURI).href;
const { Yasqe } = Yasgui;

/* The terms of the graph's own ontology that are of one of these kinds. */
async function terms(...kinds) {
  const query = `SELECT DISTINCT ?term { VALUES ?kind { ${kinds.join(" ")} } ?term a ?kind FILTER(isIRI(?term)) }`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
    body: query,
  });
  return answer.ok ? (await answer.json()).results.bindings.map((row) => row.term.value) : [];
}

/* A completer that asks this server once, and no other, as those that come with the editor do. */
function completing(kind, get) {
  const name = `own-${kind}`;
  Yasqe.forkAutocompleter(kind, { name, get, bulk: true, persistenceId: () => `${kind}-${config.build}` });
  return name;
}

Yasqe.defaults.autocompleters = [
  "variables",
  completing("prefixes", () => Object.entries(config.prefixes).map(([name, iri]) => `${name}: <${iri}>`)),
  completing("property", () => terms("owl:ObjectProperty", "owl:DatatypeProperty")),
  completing("class", () => terms("owl:Class")),
];
Yasqe.defaults.value = config.example;

const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, acceptHeaderGraph: "text/turtle,*/*;q=0.9" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  persistenceId: `motegraf-${endpoint}`,
});

const menu = document.getElementById("question");
menu.addEventListener("change", () => {
  const question = config.questions[menu.value];
  if (question) yasgui.addTab(true, { name: question.name, yasqe: { value: question.query } });
  menu.value = "";
});
