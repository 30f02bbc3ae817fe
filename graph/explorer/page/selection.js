/* What is shown: the entities and ties of the scene that the filters let through. Every view shows this and no more. */
import * as graphCounts from "./counts.js";
import * as data from "./data.js";
import * as paths from "./paths.js";

const FIRST = new Set(data.drawing.nodes.map((node) => node.id));
const OF_EVENT = ["status", "county", "countyNow", "district", "topic", "month", "span"];
const OF_TIE = ["role", "certainty"];
// More than this cannot be read, whatever was asked; in rings, more than this.
const MOST = 300;
const IN_RINGS = 48;

const FACETS = { ofEvent: OF_EVENT, ofTie: OF_TIE, overlaps };
const LARGE = data.total.entities > MOST;
let kept = { key: null, scene: null };
let everything = null;

/* The entities of the scene, the ties between them, and, of a path, its steps. The same scene again is the same object. */
function scene(state) {
  const filters = ofAll(state) ? state.filters : null;
  // The overview is there from the first and stays the same while the rest arrives.
  const overview = !state.pathOpen && !state.around && !state.all && !state.more.length && !filters;
  const key = overview ? "overview" : JSON.stringify([
    state.pathOpen && [state.pathFrom, state.pathTo, state.pathPossible, state.pathRelations, state.pathNumber],
    state.around, state.rings, state.all, state.more, filters, data.isWhole(),
  ]);
  if (kept.key !== key) kept = { key, scene: widened(begun(state), state.more) };
  return kept.scene;
}

/* Filters choose from all there is, not from what is drawn: so it is in the overview of a graph that is never drawn whole. */
function ofAll(state) {
  return LARGE && graphCounts.isReady() && !state.pathOpen && !state.around && (state.all || Object.keys(state.filters).length > 0);
}

function begun(state) {
  if (state.pathOpen) {
    const allowed = { possible: state.pathPossible, relations: state.pathRelations };
    const both = state.pathFrom && state.pathTo && state.pathFrom !== state.pathTo;
    const result = both ? paths.shortest(state.pathFrom, state.pathTo, allowed, state.pathNumber) : null;
    const steps = result?.steps ?? null;
    const ids = steps ? [state.pathFrom, ...steps.map((step) => step.to)] : [state.pathFrom, state.pathTo].filter(Boolean);
    return { kind: "path", entities: new Set(ids), ties: (steps ?? []).map((step) => step.tie), steps, result, bothChosen: both };
  }
  if (state.around) {
    const { rings, left } = paths.rings(state.around, state.rings, IN_RINGS);
    const entities = new Set(rings.flat());
    return { kind: "around", entities, rings, left, ties: between(entities) };
  }
  if (ofAll(state)) {
    const result = graphCounts.passing(state.filters, FACETS);
    const entities = graphCounts.best(result, MOST);
    return { kind: "all", entities, ties: between(entities), fitting: result.count };
  }
  if (state.all && !LARGE) {
    const entities = new Set(data.entities.keys());
    return { kind: "all", entities, ties: between(entities) };
  }
  return { kind: "first", entities: FIRST, ties: between(FIRST).filter((tie) => tie.roles) };
}

/* The scene with the others of these entities, as many as there is room for: those of most ties first. */
function widened(of, expanded) {
  if (!expanded.length || of.kind === "path") return of;
  const entities = new Set(of.entities);
  for (const id of expanded) if (entities.has(id)) for (const other of others(id, entities).slice(0, MOST - entities.size)) entities.add(other);
  return { ...of, kind: "more", entities, ties: between(entities) };
}

/* Who is tied to an entity and not among these. */
function others(id, entities) {
  return [...new Set(data.tiesOf.get(id).map((tie) => data.other(tie, id)))].filter((other) => !entities.has(other)).sort(data.byWeight);
}

/* How many others of an entity would come to the scene if they were asked for, of how many. */
function more(id, of) {
  const left = others(id, of.entities).length;
  return { left, room: Math.min(left, MOST - of.entities.size) };
}

function between(entities) {
  const result = [];
  for (const id of entities) {
    for (const tie of data.tiesOf.get(id)) if (tie.from === id && entities.has(tie.to)) result.push(tie);
  }
  return result;
}

/* The values that something has in a facet. */
const VALUES = {
  kind: (entity) => [entity.kind],
  status: (event) => (event.status ? [event.status] : []),
  topic: (event) => event.topics ?? [],
  county: (event) => areas(event).map((area) => area.county),
  countyNow: (event) => areas(event).flatMap((area) => area.countiesNow),
  district: (event) => areas(event).map((area) => area.district).filter(Boolean),
  month: (event) => monthsOf(event),
  certainMonth: (event) => (monthsOf(event).length === 1 ? monthsOf(event) : []),
  role: (tie) => tie.roles ?? [],
  certainty: (tie) => [tie.certainty],
};

function areas(event) {
  return (event.places ?? []).map((place) => data.areas[place]).filter(Boolean);
}

/* Every month in which an event can have been. Of one that can have been in very many, the first. */
function monthsOf(event) {
  if (!event.earliest || !event.latest) return [];
  const result = [];
  let [year, month] = event.earliest.split("-").map(Number);
  const last = event.latest.slice(0, 7);
  while (result.length < 60) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    result.push(name);
    if (name >= last) break;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return result;
}

/* Whether an event can have been between two days. Of one without a known time nothing says that it was. */
function overlaps(event, [from, to]) {
  return Boolean(event.earliest && event.latest) && (!from || event.latest >= from) && (!to || event.earliest <= to);
}

/* Whether an event is only possibly in the time that is asked for: not all of its days lie in it. */
function isOnlyPossible(event, { month, span }) {
  if (!event || !(month || span) || !(event.earliest && event.latest)) return false;
  const within = ([from, to]) => (!from || event.earliest >= from) && (!to || event.latest <= to);
  return Boolean((month && !monthsOf(event).every((each) => month.includes(each))) || (span && !within(span)));
}

function fits(facet, record, filters) {
  const chosen = filters[facet];
  if (chosen && facet === "span") return overlaps(record, chosen);
  return !chosen || VALUES[facet](record).some((value) => chosen.includes(value));
}

/* The entities and ties of a scene that all filters let through. An actor stays as long as a tie of it does. */
function passed(of, filters) {
  const eventsAsked = OF_EVENT.some((facet) => filters[facet]);
  const tiesAsked = OF_TIE.some((facet) => filters[facet]);
  const all = [...of.entities].map((id) => data.entities.get(id));
  const kinds = new Set(all.filter((entity) => fits("kind", entity, filters)).map((entity) => entity.id));
  const events = new Set(
    all.filter((entity) => data.isEvent(entity) && OF_EVENT.every((facet) => fits(facet, entity, filters))).map((entity) => entity.id),
  );
  const live = (id) => kinds.has(id) && (!data.isEvent(data.entities.get(id)) || events.has(id));
  const ties = of.ties.filter(
    (tie) =>
      live(tie.from) && live(tie.to) && OF_TIE.every((facet) => fits(facet, tie, filters)) &&
      (!eventsAsked || events.has(tie.from) || events.has(tie.to)),
  );
  const tied = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  const entities = all.filter((entity) => {
    if (!live(entity.id)) return false;
    if (tiesAsked) return tied.has(entity.id);
    return data.isEvent(entity) || !eventsAsked || tied.has(entity.id);
  });
  return { entities: new Set(entities.map((entity) => entity.id)), ties: new Set(ties.map((tie) => tie.id)) };
}

function visible(state) {
  const of = scene(state);
  return { ...passed(of, state.filters), scene: of };
}

/* Everything there is, of a graph that can be drawn whole. */
function whole() {
  everything ??= { entities: new Set(data.entities.keys()), ties: [...data.ties.values()] };
  return everything;
}

/* For each value of a facet, how many entities or ties would be there if it alone were chosen in it: of a path and of
   rings in the scene, else among all there are. Facets of events count events, and no series of them. */
function counts(facet, state) {
  const rest = { ...state.filters };
  delete rest[facet];
  const result = countsOf(facet, state, rest);
  for (const value of state.filters[facet] ?? []) if (!result.has(value)) result.set(value, 0);
  return result;
}

/* Whether the facets count the whole graph. */
function countsAll(state) {
  return (!LARGE || graphCounts.isReady()) && !state.pathOpen && !state.around;
}

/* How many entities of the whole graph the filters let through; undefined where none is on, or where they choose from less. */
function fitting(state) {
  if (!countsAll(state) || !Object.keys(state.filters).length) return undefined;
  return LARGE ? scene(state).fitting : passed(whole(), state.filters).entities.size;
}

/* How many events are in each month for certain: those of which all days lie in it. */
function certainCounts(state) {
  const rest = { ...state.filters };
  delete rest.month;
  return countsOf("certainMonth", state, rest);
}

function countsOf(facet, state, filters) {
  if (LARGE && countsAll(state)) return graphCounts.counts(facet, graphCounts.passing(filters, FACETS), OF_TIE);
  const left = passed(countsAll(state) ? whole() : scene(state), filters);
  const records = OF_TIE.includes(facet)
    ? [...left.ties].map((id) => data.ties.get(id))
    : [...left.entities].map((id) => data.entities.get(id)).filter((entity) => facet === "kind" || entity.kind === "event");
  const result = new Map();
  for (const record of records) for (const value of new Set(VALUES[facet](record))) result.set(value, (result.get(value) ?? 0) + 1);
  return result;
}

function countAll() {
  return graphCounts.prepare(VALUES, OF_TIE);
}

export { visible, counts, countsAll, fitting, certainCounts, isOnlyPossible, monthsOf, more, MOST, LARGE, countAll };
