/* The extent: how much of the whole graph is shown, what the view at hand cannot draw, and what is only possibly in the time
   that is asked for. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as mapPositions from "./map_positions.js";
import * as network from "./network.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { text } = texts;
// So many events are listed by name.
const NAMED = 12;

function show() {
  const visible = selection.visible(state.now);
  const events = eventsOf(visible);
  const unnamed = network.unnamedCount();
  const fitting = selection.fitting(state.now);
  dom.at("count").textContent = [
    sentence(),
    fitting === undefined ? "" : text("countFitting", { fitting: texts.count(fitting) }),
    data.isWhole() ? "" : text("arriving", { part: Math.round(data.arrived() * 100) }),
    elsewhere(events),
  ].filter(Boolean).join(" ");
  dom.at("unnamed").textContent = unnamed ? text("countUnnamed", { count: unnamed }) : "";
  onlyPossible(events);
}

/* How much of the whole graph is shown; files that are saved say it too. */
function sentence() {
  const visible = selection.visible(state.now);
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
  const of = (count, key) => (count ? text(key, { count: texts.count(count) }) : "");
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

export { show, sentence };
