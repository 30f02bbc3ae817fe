/* YASGUI on the endpoint of this server: ready questions in a menu, and completion by what this graph knows. */
const lang = document.documentElement.lang;
const config = await (await fetch(`config.json?lang=${lang}`)).json();
const endpoint = new URL("../sparql", document.baseURI).href;
const { Yasqe, Yasr } = Yasgui;

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

/* What this server describes is linked to here: other addresses of it need not exist yet. */
const uriLink = Yasr.plugins.table.prototype.getUriLinkFromBinding;
Yasr.plugins.table.prototype.getUriLinkFromBinding = function (binding, prefixes) {
  const markup = uriLink.call(this, binding, prefixes);
  const base = config.bases.find((each) => binding.value.startsWith(each));
  if (!base) return markup;
  const template = document.createElement("template");
  // eslint-disable-next-line no-restricted-properties -- markup of the table's own, in a template that runs nothing
  template.innerHTML = markup;
  const link = template.content.querySelector("a");
  if (!link) return markup;
  const own = new URL("../", document.baseURI);
  const address = new URL(own);
  const [path, fragment] = binding.value.slice(base.length).split("#");
  address.pathname += path;
  address.hash = fragment ?? "";
  if (!address.href.startsWith(own.href)) return markup;
  link.href = address.href;
  // eslint-disable-next-line no-restricted-properties -- the table takes markup
  return template.innerHTML;
};

const yasgui = new Yasgui(document.getElementById("yasgui"), {
  // Whoever opens the page begins at its top.
  autofocus: false,
  contextMenuContainer: document.getElementById("yasgui"),
  requestConfig: { endpoint, acceptHeaderGraph: "text/turtle,*/*;q=0.9" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  persistenceId: `motegraf-${endpoint}`,
});

/* A list of tabs has tabs alone: the button that adds one stands beside it, and new tabs go to its end. */
const { tabElements } = yasgui;
const tabs = document.querySelector("#yasgui [role=tablist]");
const bar = Object.assign(document.createElement("div"), { className: "tab-bar" });
tabs.replaceWith(bar);
bar.append(tabs, tabElements.addTabEl);
tabElements.addTabEl = null;

/* Tab indents in the editor; after Esc it goes on, as in other fields (WCAG 2.1.2). */
let leaving = false;
document.getElementById("yasgui").addEventListener("keydown", (event) => {
  if (event.key === "Tab" && leaving) event.stopPropagation();
  if (event.key !== "Shift") leaving = event.key === "Escape";
}, true);

/* Fields that the editor draws without a name get one, whenever it draws them. */
function nameFields() {
  for (const field of document.querySelectorAll("#yasgui :is(input, textarea, select):not([aria-label])")) {
    const known = Object.entries(config.words.fields).find(([selector]) => field.matches(selector));
    if (!field.labels?.length) field.setAttribute("aria-label", known?.[1] || field.placeholder || config.words.field);
  }
  // A query that is longer than its field can be scrolled by keys, also by those who do not edit it.
  for (const scroll of document.querySelectorAll("#yasgui .CodeMirror-scroll")) {
    const isLonger = scroll.scrollHeight > scroll.clientHeight || scroll.scrollWidth > scroll.clientWidth;
    scroll.tabIndex = isLonger ? 0 : -1;
    for (const [name, value] of [["role", "group"], ["aria-label", config.words.scroll]]) {
      if (isLonger) scroll.setAttribute(name, value);
      else scroll.removeAttribute(name);
    }
  }
  for (const heading of document.querySelectorAll("#yasgui th .dt-column-title:empty")) heading.textContent = "#";
}
new MutationObserver(nameFields).observe(document.getElementById("yasgui"), { childList: true, subtree: true });
nameFields();

const menu = document.getElementById("question");

/* A question in a tab of its own, with values of its parameters; what it asks and takes stands above. */
async function open(question, values = "") {
  const { summary, description, parameters } = config.questions[question];
  const answer = await fetch(`../ask/${question}.rq?${new URLSearchParams([...new URLSearchParams(values), ["lang", lang]])}`);
  if (!answer.ok) return;
  yasgui.addTab(true, { name: summary, yasqe: { value: await answer.text() } });
  const about = document.getElementById("about");
  const [text, list] = [document.createElement("p"), document.createElement("ul")];
  text.textContent = description;
  for (const each of parameters) list.append(Object.assign(document.createElement("li"), { textContent: each }));
  about.replaceChildren(text, ...(parameters.length ? [list] : []));
}

menu.addEventListener("change", () => {
  if (config.questions[menu.value]) open(menu.value);
});
const asked = new URLSearchParams(location.search);
if (config.questions[asked.get("question")]) {
  menu.value = asked.get("question");
  for (const each of ["question", "lang"]) asked.delete(each);
  await open(menu.value, asked);
}
