/* Puts the page together: every change of the state is shown by every part. */
import * as counts from "./counts.js";
import * as alternative from "./alternative.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as exports from "./exports.js";
import * as extent from "./extent.js";
import * as facets from "./facets.js";
import * as headline from "./headline.js";
import * as legend from "./legend.js";
import * as map from "./map.js";
import * as network from "./network.js";
import * as overview from "./overview.js";
import * as printed from "./printed.js";
import * as proof from "./proof.js";
import * as questions from "./questions.js";
import * as scene from "./scene.js";
import * as search from "./search.js";
import * as selection from "./selection.js";
import * as share from "./share.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as subjectPage from "./subject_page.js";
import * as table from "./table.js";
import * as texts from "./texts.js";
import * as timeline from "./timeline.js";
import * as wholeView from "./whole_view.js";

const { text } = texts;
const system = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");
// The views beside the overview and the network, each with `show(now, visible)`.
const VIEWS = { timeline, map, table, structure: wholeView, questions };
let language = null;
let isAway = false; // the server on which the records are
let theme = null; // as it was last shown

function show(now) {
  if (now.language !== language) relabel(now.language);
  if (now.theme !== theme) {
    showTheme();
    network.relook();
  }
  // The page of a person, an organisation or a meeting stands in the place of the views.
  const isSubject = subject.isOpen(now);
  // The overview counts everything and draws nothing: then nothing is chosen to be drawn.
  const isOverview = now.view === "overview" && !isSubject;
  const chosen = isOverview ? null : selection.visible(now);
  for (const view of state.VIEWS) dom.at(`view-${view}`).hidden = isSubject || view !== now.view;
  // Answers are those of the whole graph: filters and downloads are about the selection of the other views.
  const away = isAway ? ["scene", "extent", "exports", "facets", "open-facets"] : isSubject ? ["scene", "extent"] : isOverview ? ["scene", "extent"] : [];
  for (const part of ["facets", "chips", "scene", "extent", "exports", "open-facets"]) dom.at(part).hidden = away.includes(part) || (!isSubject && now.view === "questions");
  for (const tab of dom.at("tabs").children) {
    const on = tab.id === `tab-${now.view}`;
    tab.setAttribute("aria-selected", String(on && !isSubject));
    tab.tabIndex = on ? 0 : -1;
  }
  facets.show(now);
  exports.show(now);
  share.show(now);
  extent.showIncomplete();
  proof.show(now);
  subjectPage.show(now);
  document.documentElement.dataset.view = isSubject ? "subject" : now.view;
  document.documentElement.dataset.ready = "";
  if (isSubject) {
    announce(now);
    return;
  }
  if (isOverview) overview.show(now);
  else scene.show(now, chosen);
  overview.showSmall(now);
  if (now.view === "network") {
    legend.show(now);
    // Empty fields would look like content.
    dom.at("canvas").hidden = !chosen.entities.size && (now.hide || !chosen.scene.entities.size);
    for (const part of ["legend", "zoom"]) dom.at(part).hidden = dom.at("canvas").hidden;
    if (!dom.at("canvas").hidden) network.show(chosen);
    else alternative.show([], []);
    // Where filters leave nothing, the extent says so.
    dom.at("drawn").hidden = dom.at("canvas").hidden && Object.keys(now.filters).length > 0;
    network.bringIntoView(now.selected);
  } else if (!isOverview) {
    VIEWS[now.view].show(now, selection.listed(now));
  }
  if (!isOverview) extent.show();
  announce(now);
}

function announce(now) {
  const entity = data.entities.get(now.selected);
  const tie = data.ties.get(now.selected);
  if (entity) dom.announce(texts.many("stands", data.tiesOf.get(entity.id).length, { what: text(`kind_${entity.kind}`), who: data.label(entity.id) }));
  else if (tie) dom.announce(`${data.label(tie.from)}, ${data.named(tie)}, ${data.label(tie.to)}. ${proof.inWords(tie)}`);
}

/* Everything that does not change but with the language. */
function relabel(chosen) {
  language = chosen;
  texts.use(chosen);
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  headline.show();
  search.relabel();
  dom.at("canvas").setAttribute("aria-label", text("canvas"));
  dom.at("tabs").setAttribute("aria-label", text("views"));
  dom.replace(dom.at("tabs"), state.VIEWS.map((view) => dom.el("button", {
    type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, onclick: () => state.set(subject.toView(view)),
  }, text(view))));
  for (const view of state.VIEWS) dom.at(`view-${view}`).setAttribute("aria-labelledby", `tab-${view}`);
  dom.at("languages").setAttribute("aria-label", text("language"));
  dom.replace(dom.at("languages"), [["nb", "Bokmål"], ["en", "English"]].map(([code, name]) => dom.el("button", {
    type: "button", lang: code, "aria-pressed": String(code === chosen), onclick: () => state.set({ language: code }),
  }, name)));
  dom.replace(dom.at("zoom"), [["nearer", "+", () => network.zoomBy(1.25)], ["farther", "−", () => network.zoomBy(0.8)], ["whole", null, network.whole]]
    .map(([key, sign, act]) => dom.el("button", { type: "button", "aria-label": sign ? text(key) : null, onclick: act }, sign ?? text(key))));
  dom.at("open-facets").textContent = text("filter");
  dom.at("foot").textContent = text(data.served ? "footServed" : "foot");
  if (isAway) sayWhatIsAway();
  showTheme();
  network.relook();
}

/* The theme that the reader chose, else that of the system. Where the system says which colours the page has, that of what is drawn
   has to go with them. */
function dark() {
  return state.now.theme && !forced.matches ? state.now.theme === "dark" : system.matches;
}

function showTheme() {
  theme = state.now.theme;
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  dom.at("theme").textContent = text(dark() ? "toLight" : "toDark");
  dom.at("theme").hidden = forced.matches;
}

texts.add({
  serverNeeded: [
    "{count} møter er flere enn en fil kan romme. Her er oversikten over alle; filtre, møter og radene som beviser dem, spør siden en tjener om. Den startes med: motegraf serve",
    "{count} meetings are more than a file can hold. Here is the overview of all of them; for filters, meetings and the rows that prove them the page asks a server. It is started by: motegraf serve",
  ],
  serverAway: ["Tjeneren svarer ikke, eller har en nyere utgave av grafen. Last siden på nytt.", "The server does not answer, or has a newer build of the graph. Load the page again."],
});

/* Says what is not here where the records are on a server and it cannot be asked. */
function sayWhatIsAway() {
  const isFile = !location.protocol.startsWith("http");
  const note = dom.at("server-note") ?? dom.el("p", { id: "server-note", role: "status" });
  note.textContent = text(isFile ? "serverNeeded" : "serverAway", { count: texts.count(data.total.events) });
  dom.at("main").prepend(note);
  // What it says of search and proof holds where the server answers.
  dom.at("deck").hidden = true;
}

/* What the address names and is on the server is asked for. */
async function fetchAddressed() {
  const ids = data.served ? state.absent() : [];
  if (ids.length) await data.need([], ids.slice(0, 20)).catch(() => {});
  return ids.length > 0;
}

/* Of a large graph the rest comes after the first view is drawn, what is counted first. What the address names may be in it. */
async function arrive() {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const isCounted = await selection.countAll();
  if (data.served && !isCounted) {
    isAway = true;
    sayWhatIsAway();
    state.showAgain();
    await data.sourcesArrive();
    state.showAgain();
    return;
  }
  if (!selection.LARGE) counts.complete();
  if (isCounted) state.showAgain();
  else if (state.now.view === "overview") state.set({ view: "network" }, { again: true });
  if (!selection.LARGE) return;
  let reported = 0;
  await data.arrive((part) => {
    // Every tenth of it is said, not every step: saying it takes time too.
    if (part - reported < 0.1) return;
    reported = part;
    if (state.now.view === "overview") overview.show(state.now);
    else extent.show();
  });
  counts.complete();
  await fetchAddressed();
  delete document.documentElement.dataset.arriving;
  state.reread();
  await search.prepare();
}

if (selection.LARGE) Object.assign(document.documentElement.dataset, { large: "", arriving: "" });
// It says why nothing else is there, where no script may run.
dom.at("without-scripts").remove();
network.start();
network.onNamed(() => { if (state.now.view !== "overview") extent.show(); });
search.start();
map.start();
proof.start();
printed.start();
dom.at("theme").addEventListener("click", () => {
  state.set({ theme: dark() ? "light" : "dark" }, { again: true });
});
for (const colours of [system, forced]) colours.addEventListener("change", () => { showTheme(); network.relook(); });
matchMedia("print").addEventListener("change", network.relook);
dom.at("open-facets").addEventListener("click", (event) => {
  const open = dom.at("facets").classList.toggle("open");
  event.target.setAttribute("aria-expanded", String(open));
});
dom.at("open-path").addEventListener("click", () => {
  state.set({ pathOpen: true, around: null, more: [], view: "network" });
  dom.at("path-from").focus();
});
dom.at("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = state.VIEWS[(state.VIEWS.indexOf(state.now.view) + step + state.VIEWS.length) % state.VIEWS.length];
  state.set(subject.toView(next));
  dom.at(`tab-${next}`).focus();
});
// What is chosen is let go from everywhere; fields, lists and dialogs have a use of their own for the key.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !state.now.selected || document.querySelector("dialog[open]")) return;
  if (/** @type {Element} */ (event.target).closest("input, select, textarea")) return;
  state.select(null);
});
document.querySelector("[data-skip]").addEventListener("click", (event) => { event.preventDefault(); dom.at("main").focus(); });
document.querySelector("[data-home]").addEventListener("click", (event) => {
  event.preventDefault();
  state.set({ ...state.read(""), language: state.now.language, hide: state.now.hide, theme: state.now.theme });
});
// The server has it among its other pages; a file of one's own has none beside it.
dom.at("site").hidden = !(location.protocol.startsWith("http") && location.pathname.endsWith("/explorer"));
/* Of a file that ends before all of it is there, that is said above everything, and what has come is shown. */
function endEarly() {
  data.cut();
  state.reread();
  dom.announce(dom.at("incomplete").textContent);
}

state.onChange(show);
state.start();
data.onRecords(state.showAgain);
window.addEventListener("hashchange", () => { fetchAddressed().then((isMore) => { if (isMore) state.reread(); }); });
arrive().then(() => {
  if (!data.isWhole() && !isAway) endEarly();
}, endEarly).finally(() => { delete document.documentElement.dataset.arriving; });
