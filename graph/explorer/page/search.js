/* Search: one field for names, offices, places, topics, time, ready questions and the words of sources. */
import * as chunks from "./chunks.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as searchEntities from "./search_entities.js";
import * as searchList from "./search_list.js";
import * as searchPairs from "./search_pairs.js";
import * as searchSentences from "./search_sentences.js";
import * as searchTerms from "./search_terms.js";
import { fold, query as asQuery } from "./search_words.js";
import * as selection from "./selection.js";
import * as spellings from "./spellings.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { text } = texts;
// So many of each group are listed at first, and so many where one group alone is.
const [FEW, MANY] = [4, 200];
// Where one group alone has hits, so many.
const ALONE = 12;
const RANK_OF_SENTENCES = 9;
let list = null;
let gathering = null; // the words of sources are gathered when somebody searches

texts.add({
  search: ["Søk: navn, sted, tema, tid, ord", "Search: name, place, topic, time, words"],
  searchLabel: ["Søk etter navn, verv, steder, temaer, tid, spørsmål og ord i kildene", "Search names, offices, places, topics, time, questions and words of the sources"],
  search_people: ["Personer", "People"],
  search_organisations: ["Organisasjoner", "Organisations"],
  search_meetings: ["Møter", "Meetings"],
  search_others: ["Annet med navn", "Others with a name"],
  search_places: ["Steder og temaer", "Places and topics"],
  search_times: ["Tid og status", "Time and status"],
  search_questions: ["Spørsmål", "Questions"],
  search_sentences: ["Setninger og rader", "Sentences and rows"],
  searchSoFar: ["Bare navn som er lest inn, er søkt i så langt.", "Only the names that have been read are searched so far."],
  searchOnServer: [
    "Møter i registre finnes ved hvem, hva, hvor og når; radene deres søkes det ikke i her.",
    "Meetings of registers are found by who, what, where and when; their rows are not searched here.",
  ],
  searchWords: ["Ordene i kildene leses inn.", "The words of the sources are being read."],
});

/** Makes the indexes of names and terms before anybody asks; the page answers in between. */
async function prepare() {
  await sliced(searchEntities.prepare());
  await sliced(searchTerms.prepare());
  // Somebody may have come to the field before the names were ready.
  if (selection.LARGE && document.activeElement === dom.at("search")) gather();
  if (list && document.activeElement === dom.at("search") && dom.at("search").value) list.show();
  // Names are compared after that: nobody waits for it who searches.
  await sliced(spellings.prepare());
  state.showAgain();
}

async function sliced(steps) {
  while (!steps.next().done) await chunks.breathe();
}

/* Of a small graph all is made at once, when it is first needed. */
function ready() {
  if (selection.LARGE || searchEntities.isReady()) return;
  for (const steps of [searchEntities.prepare(), searchTerms.prepare(), searchSentences.prepare()]) while (!steps.next().done);
}

async function gather() {
  if (gathering || !searchEntities.isReady() || searchSentences.isReady()) return;
  gathering = sliced(searchSentences.prepare());
  await gathering;
  if (document.activeElement === dom.at("search") && dom.at("search").value) list.show();
}

/* What is found, in groups, those of the best hit first. */
function groups(typed, most, { entitiesOnly = false } = {}) {
  ready();
  const query = asQuery(typed);
  const all = searched(query, typed, most, entitiesOnly, false);
  // Letters inside of words, where nothing else is left.
  return all.length ? all : searched(query, typed, most, entitiesOnly, true);
}

function searched(query, typed, most, entitiesOnly, inside) {
  const entities = searchEntities.find(query, most, inside);
  const others = entitiesOnly ? [] : [
    { key: "pairs", ...searchPairs.find(typed) },
    { key: "places", ...searchTerms.places(query, most, inside) }, { key: "times", ...searchTerms.times(query, typed, most) },
    { key: "questions", ...searchTerms.questions(query, most) }, { key: "sentences", ...searchSentences.find(query, most) },
  ].filter(({ count }) => count);
  const rank = ({ hits }) => hits[0].rank ?? RANK_OF_SENTENCES;
  return [...entities, ...others].sort((one, other) => rank(one) - rank(other));
}

/** What is found for what somebody typed: the best hits of all kinds, at most so many, and how many there are. A hit has `kind` (of
 * an entity its own; place, county, countyNow, district, topic, time, question or sentence), `id`, `label`, and `detail`, which
 * tells it from others of its name. `entitiesOnly` leaves out all that is no entity.
 * @param {string} typed @param {number} [most] @param {{entitiesOnly?: boolean}} [options] @returns {{hits: any[], count: number}} */
function find(typed, most = Infinity, options = {}) {
  const all = groups(typed, most, options);
  const rank = (hit) => hit.rank ?? RANK_OF_SENTENCES;
  const hits = all.flatMap((group) => group.hits).sort((one, other) => rank(one) - rank(other) || (one.place ?? 0) - (other.place ?? 0));
  return { hits: hits.slice(0, most), count: all.reduce((sum, { count }) => sum + count, 0) };
}

/* What the list shows: of each group a few, of one alone many. */
function listed(typed, alone) {
  if (selection.LARGE) gather();
  const found = groups(typed, alone ? MANY : ALONE).filter(({ key }) => !alone || key === alone);
  const few = found.length > 1 ? FEW : alone ? MANY : ALONE;
  return found.map((group) => ({ ...group, label: text(`search_${group.key}`), hits: group.hits.slice(0, few) }));
}

function hint() {
  if (selection.LARGE && !searchEntities.isReady()) return text("searchSoFar");
  return searchSentences.isReady() ? (data.served ? text("searchOnServer") : "") : text("searchWords");
}

/* What was found is chosen: a filter is set, a question opened, the words of a source shown as the proof that they are. */
function choose(hit) {
  if (hit.filters) {
    const now = state.now;
    state.set({ filters: { ...now.filters, ...hit.filters }, view: now.view === "questions" ? "network" : now.view });
    dom.at("main").focus();
  } else if (hit.kind === "compare") {
    subject.compare(hit.ids);
  } else if (hit.kind === "path") {
    state.set({ ...subject.CLOSED, pathOpen: true, pathFrom: hit.ids[0], pathTo: hit.ids[1], around: null, more: [], view: "network", selected: null });
    dom.at("main").focus();
  } else if (hit.kind === "question") {
    state.set({ view: "questions", question: hit.id });
    dom.at(`question-${hit.id}`)?.querySelector("summary").focus({ preventScroll: true });
  } else if (hit.kind === "sentence") {
    show(hit.id);
    dom.at("proof").focus();
  } else focusOn(hit.id);
}

/* An entity is chosen: as an end of a path that is not chosen yet, else to be shown. */
function focusOn(id) {
  const now = state.now;
  if (now.pathOpen && !(now.pathFrom && now.pathTo)) {
    state.set(now.pathFrom ? { pathTo: id } : { pathFrom: id });
    return;
  }
  // Where not all can be drawn its page says more than a part of the drawing.
  if (selection.LARGE || subject.isOpen(now)) {
    subject.open(id);
    return;
  }
  show(id);
  if (state.now.view === "network") dom.at("canvas").focus();
  else dom.at("proof").focus();
}

/* Shows an entity or a tie where it is, or with those around it where it is not. */
function show(id) {
  const now = state.now;
  const center = data.ties.get(id)?.to ?? id;
  const here = selection.visible(now).scene.entities.has(center);
  const around = here ? {} : { around: center, rings: 1, pathOpen: false, more: [] };
  state.set({ ...subject.CLOSED, ...around, view: now.view === "questions" ? "network" : now.view, selected: id });
}

function start() {
  const input = dom.at("search");
  list = searchList.attach(input, dom.at("results"), { find: listed, choose, hint });
  input.addEventListener("focus", () => { if (selection.LARGE) gather(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("select, textarea, input:not([type=checkbox], [type=radio], [type=range], [type=button])");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      input.focus();
    }
  });
}

function relabel() {
  dom.at("search").setAttribute("placeholder", text("search"));
  dom.at("search").setAttribute("aria-label", text("searchLabel"));
  dom.at("results").setAttribute("aria-label", text("searchLabel"));
}

export { start, find, fold, prepare, relabel };
