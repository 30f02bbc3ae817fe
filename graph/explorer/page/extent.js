/* The extent: how much of the whole graph is shown, what the view at hand cannot draw, and what is only possibly in the time
   that is asked for. */
import * as around from "./around.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as mapPositions from "./map_positions.js";
import * as network from "./network.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// So many events are listed by name.
const NAMED = 12;

texts.add({
  chosenRings: ["Tegnet er de med flest forbindelser, av like mange de siste i tid.", "Drawn are those of most connections, of equally many the latest."],
  chosenFirst: ["Tegnet er møtene der flest går igjen, og de som var med eller er ventet.", "Drawn are the meetings whose people come back most often, and those who took part or are expected."],
  chosenBest: ["Tegnet er møtene med flest deltakere, og dem som var med.", "Drawn are the meetings of most participants, and those who took part."],
  leftOut: ["Ikke med her: {kinds}.", "Not included here: {kinds}."],
  incomplete: [
    "Filen er ikke hel: {here} av {all} navn er her, og tall kan være for lave. Last den ned på nytt.",
    "The file is not whole: {here} of {all} people and meetings are here, and numbers can be too low. Download it again.",
  ],
  aroundMost: ["Av {all} forbindelser er de første {most} sett på.", "Of {all} connections the first {most} are looked at."],
  downloadAll: ["Last ned alle", "Download all"],
  nothingLeft: ["Ingenting passer til alle filtrene.", "Nothing fits all the filters."],
  withoutFilter: ["Fjern {what} (da passer {count})", "Remove {what} (then {count} fit)"],
  linkUnknown: ["{count} verdier i lenken finnes ikke her og er utelatt.", "{count} values of the link do not exist here and are left out."],
  linkUnknownOne: ["Én verdi i lenken finnes ikke her og er utelatt.", "One value of the link does not exist here and is left out."],
});

function show() {
  const now = state.now;
  const chosen = shown();
  const events = eventsOf(chosen);
  const unnamed = network.unnamedCount();
  dom.at("count").textContent = [
    selection.scopeOf(now).entities.size ? sentence(chosen) : "",
    Object.keys(now.filters).length && !now.pathOpen ? texts.many("countFitting", selection.fitting(now)) : "",
    data.isArriving() ? text("arriving", { part: Math.round(data.arrived() * 100) }) : "",
    elsewhere(events),
  ].filter(Boolean).join(" ");
  dom.at("unnamed").textContent = unnamed ? texts.many("countUnnamed", unnamed) : "";
  dom.replace(line("chosen-by"), chosenBy(now));
  const isAlone = around.isAlone(now);
  const isEmpty = isAlone || (!chosen.entities.size && Object.keys(now.filters).length > 0 && selection.scopeOf(now).entities.size > 0);
  dom.replace(line("nothing"), isAlone ? around.none(now) : isEmpty ? nothing(now) : null);
  line("nothing").hidden = !isEmpty;
  const { ignored } = now;
  line("link-note").textContent = !data.isArriving() && ignored ? texts.many("linkUnknown", ignored) : "";
  onlyPossible(events);
}

/* What stands above all views where the file ends before all of it is there. */
function showIncomplete() {
  const box = dom.at("incomplete");
  box.hidden = !data.isCut();
  box.textContent = data.isCut() ? text("incomplete", { here: texts.count(data.entities.size), all: texts.count(data.total.entities) }) : "";
}

/* A line of the extent, made when it is first needed. */
function line(id) {
  if (!dom.at(id)) dom.at("extent").append(el("p", { id }));
  return dom.at(id);
}

/* What the view at hand shows: the drawing as much as can be read, every other view all that passes. */
function shown() {
  return state.now.view === "network" ? selection.visible(state.now) : selection.listed(state.now);
}

/** By what the drawing is chosen where it is not all that passes; empty where it is. @param {any} now @returns {string} */
function how(now) {
  const drawn = selection.visible(now);
  const all = selection.fitting(now);
  if (now.pathOpen || drawn.entities.size >= all) return "";
  if (data.served && now.around && data.degree(now.around) > selection.AROUND) return `${text("chosenRings")} ${text("aroundMost", { all: texts.count(data.degree(now.around)), most: texts.count(selection.AROUND) })}`;
  if (data.served && !now.around) return text("chosenBest");
  // Of a graph that can be drawn whole the first view leaves out whole kinds; the button above brings them.
  const isListed = selection.listed(now).entities.size >= all;
  if (!isListed) return text("leftOut", { kinds: leftOut(now, drawn) });
  return now.view === "network" ? text({ around: "chosenRings", first: "chosenFirst", all: "chosenBest", more: "chosenRings" }[drawn.scene.kind]) : "";
}

/* The same, and the way to all of it. */
function chosenBy(now) {
  if (now.pathOpen || selection.visible(now).entities.size >= selection.fitting(now)) return null;
  return [`${how(now)} `, el("button", { type: "button", class: "quiet", id: "download-all", onclick: saveAll }, text("downloadAll"))];
}

/* Saves all that passes, whatever the choice below the drawing is. */
function saveAll() {
  dom.at("export-all")?.click();
  dom.at("export-csv").click();
}

/* What is not drawn, by kind, the most first. */
function leftOut(now, drawn) {
  const all = selection.counts("kind", now);
  for (const id of drawn.entities) all.set(data.entities.get(id).kind, all.get(data.entities.get(id).kind) - 1);
  return texts.list([...all].filter(([, count]) => count > 0).sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1))
    .map(([kind, count]) => `${text(`kind_${kind}`).toLocaleLowerCase(texts.language)} (${texts.count(count)})`));
}

/* Nothing is left: which filter can go, the last that was chosen first, and what would pass without it. */
function nothing(now) {
  const facetsOn = Object.keys(now.filters).reverse();
  return [`${text("nothingLeft")} `, facetsOn.map((facet) => {
    const filters = { ...now.filters };
    delete filters[facet];
    const what = facets.inWords(facet, now.filters[facet]);
    return [el("button", { type: "button", class: "button", "data-without": facet, onclick: () => state.set({ filters }) },
      text("withoutFilter", { what, count: texts.count(selection.fitting({ ...now, filters })) })), " "];
  })];
}

/* How much of the whole graph is shown, or is in a file that is saved: there it is all that passes. */
function sentence(visible = selection.listed(state.now)) {
  return text("count", {
    visible: texts.count(visible.entities.size), all: texts.count(data.total.entities), events: texts.count(eventsOf(visible).length), allEvents: texts.count(data.total.events),
    ties: texts.count(visible.ties.size), allTies: texts.count(data.total.ties),
  });
}

function eventsOf(visible) {
  return [...visible.entities].map((id) => data.entities.get(id)).filter((entity) => entity.kind === "event");
}

/* What the view at hand cannot draw of the events. */
function elsewhere(events) {
  const of = (count, key) => (count ? texts.many(key, count) : "");
  if (state.now.view === "timeline") return of(events.filter((event) => !(event.earliest && event.latest)).length, "countUndated");
  return state.now.view === "map" ? of(mapPositions.placed(events).off.length, "countUnmapped") : "";
}

/* Which of the events are only possibly in the time that is asked for: said in every view. */
function onlyPossible(events) {
  const { filters } = state.now;
  const result = events.filter((event) => selection.isOnlyPossible(event, filters));
  const when = facets.timeLabel(filters);
  const box = dom.at("only-possible");
  box.hidden = !result.length;
  box.textContent = result.length > NAMED ? text("onlyPossibleMany", { count: texts.count(result.length), when }) : result.length ? text("onlyPossible", { when, events: texts.list(result.map((event) => data.label(event.id))) }) : "";
}

export { show, sentence, how, showIncomplete };
