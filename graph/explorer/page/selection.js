/* What is shown: the entities and ties that the filters let through. First they choose, from all that a view is about; the
   drawing is cut afterwards, and every other view has all of it. */
import * as graphCounts from "./counts.js";
import * as data from "./data.js";
import * as paths from "./paths.js";
import * as values from "./values.js";

const FIRST = new Set(data.drawing.nodes.map((node) => node.id));
const { OF_EVENT, OF_TIE, monthsOf } = values;
// More than this cannot be read, whatever was asked; in rings, more than this.
const MOST = 300;
const IN_RINGS = 48;

// Of a graph whose records are on a server so many are drawn at first, and no more around somebody are looked at.
const DRAWN = 28;
const AROUND = 2000;

const LARGE = Boolean(data.served) || data.total.entities > MOST;
let kept = { key: null, scene: null };
const keptScopes = new Map();
let keptList = { passes: null, drawn: null, list: null };
let wholeScene = null;
let firstScene = null;
const passes = new WeakMap(); // of a scene or scope what each choice of filters lets through

/* The entities of the scene, the ties between them, and, of a path, its steps. The same scene again is the same object. */
function scene(state) {
  const filters = isChosenByFilters(state) ? state.filters : null;
  // The overview is there from the first and stays the same while the rest arrives.
  const overview = !state.pathOpen && !state.around && !state.all && !state.more.length && !filters;
  const key = overview ? "overview" : JSON.stringify([
    state.pathOpen && [state.pathFrom, state.pathTo, state.pathPossible, state.pathRelations, state.pathNumber],
    state.around, state.rings, state.all, state.more, filters, data.isWhole(), data.version(),
  ]);
  if (kept.key !== key) kept = { key, scene: widened(begun(state), state.more) };
  return kept.scene;
}

/* Whether the filters decide what is drawn, and not only how: where there is more than can be drawn, and where nothing of
   the first view passes and something else does. */
function isChosenByFilters(state) {
  if (state.pathOpen) return false;
  if (state.around) return scopeOf(state).entities.size > IN_RINGS;
  return ofAll(state) || isBeyondFirst(state);
}

function isBeyondFirst(state) {
  if (LARGE || state.all || !Object.keys(state.filters).length) return false;
  return !passed(first(), state.filters).entities.size && passed(whole(), state.filters).entities.size > 0;
}

/**
 * All that the scene is about, drawn or not: the same path, everybody around somebody, else everything there is.
 * @param {any} state
 * @returns {{entities: Set<string>, ties: any[]}}
 */
function scopeOf(state) {
  if (state.around && !state.pathOpen) {
    const key = JSON.stringify([state.around, state.rings, state.more, data.entities.size, data.ties.size, data.version()]);
    if (!keptScopes.has(key)) {
      if (keptScopes.size > 3) keptScopes.clear();
      keptScopes.set(key, around(state));
    }
    return keptScopes.get(key);
  }
  return countsAll(state) ? whole() : scene(state);
}

/* The rings around somebody, whole, and the others of those that were asked for more. */
function around({ around: center, rings: depth, more: expanded }) {
  // On a server there may be very many: the rest is counted, and not looked at.
  const rings = data.served ? paths.rings(center, depth, AROUND) : paths.rings(center, depth);
  const entities = new Set(rings.flat());
  for (const id of expanded) if (entities.has(id)) for (const other of others(id, entities)) entities.add(other);
  return { rings, entities, ties: between(entities) };
}

/* Filters choose from all there is, not from what is drawn: so it is in the overview of a graph that is never drawn whole. */
function ofAll(state) {
  return LARGE && graphCounts.isReady() && !state.pathOpen && !state.around && (Boolean(data.served) || state.all || Object.keys(state.filters).length > 0);
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
  if (state.around) return cut(scopeOf({ ...state, more: [] }), state);
  if (ofAll(state)) {
    const result = graphCounts.passing(state.filters);
    const entities = graphCounts.best(result, data.served && !state.all ? DRAWN : MOST);
    return { kind: "all", entities, ties: between(entities), fitting: result.count };
  }
  if ((state.all && !LARGE) || isBeyondFirst(state)) {
    const entities = new Set(data.entities.keys());
    return { kind: "all", entities, ties: between(entities) };
  }
  return first();
}

function first() {
  firstScene ??= { kind: "first", entities: FIRST, ties: between(FIRST).filter((tie) => tie.roles) };
  return firstScene;
}

/* Rings as many as can be read: of what passes the filters those of most ties, of equally many the latest. */
function cut(scope, { filters }) {
  if (scope.entities.size <= IN_RINGS) return { kind: "around", ...scope, left: 0 };
  const [[center]] = scope.rings;
  const on = passed(scope, filters).entities;
  const entities = new Set([center]);
  const rings = [[center]];
  for (const ring of scope.rings.slice(1)) {
    const within = rings.at(-1);
    const near = new Set(within.flatMap((id) => data.tiesOf.get(id).map((tie) => data.other(tie, id))));
    // Where none of the ring between them passes, those of the next are around without it.
    const isNear = (id) => near.has(id) || (rings.length === 1 && ring !== scope.rings[1]);
    const next = ring.filter((id) => on.has(id) && isNear(id)).sort(foremost).slice(0, IN_RINGS - entities.size);
    for (const id of next) entities.add(id);
    if (next.length) rings.push(next.sort());
  }
  return { kind: "around", entities, rings, passing: on, left: on.size - [...entities].filter((id) => on.has(id)).length, ties: between(entities) };
}

/* Those of most ties first, of equally many the latest, and always in the same order. */
function foremost(one, other) {
  const [day, otherDay] = [one, other].map((id) => data.entities.get(id).latest ?? "");
  return data.degree(other) - data.degree(one) || (day < otherDay ? 1 : day > otherDay ? -1 : 0) || (one < other ? -1 : 1);
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
  // Those of whoever has very many are found from their other ends.
  for (const id of entities) for (const tie of data.served ? data.tiesTo(id) : data.tiesOf.get(id)) if (entities.has(tie.from) && entities.has(tie.to) && (data.served || tie.from === id)) result.push(tie);
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
  // All of the agents that are chosen have a part in it, each by a tie that passes.
  if (chosen && facet === "actor") {
    const parts = values.partsIn(record).filter((tie) => OF_TIE.every((each) => fits(each, tie, filters)));
    return chosen.every((id) => parts.some((tie) => tie.from === id));
  }
  return !chosen || values.OF[facet](record).some((value) => chosen.includes(value));
}

/* The entities and ties of a scene that all filters let through. An actor stays as long as a tie of it does. */
function passed(of, filters) {
  if (!passes.has(of)) passes.set(of, new Map());
  const key = JSON.stringify(filters);
  if (!passes.get(of).has(key)) {
    if (passes.get(of).size > 16) passes.get(of).clear();
    passes.get(of).set(key, filtered(of, filters));
  }
  return passes.get(of).get(key);
}

function filtered(of, filters) {
  const ofEvent = OF_EVENT.filter((facet) => filters[facet]);
  const ofTie = OF_TIE.filter((facet) => filters[facet]);
  const live = new Set();
  for (const id of of.entities) {
    const entity = data.entities.get(id);
    if (fits("kind", entity, filters) && (!data.isEvent(entity) || ofEvent.every((facet) => fits(facet, entity, filters)))) live.add(id);
  }
  const isEvent = (id) => data.isEvent(data.entities.get(id));
  const ties = new Set();
  const tied = new Set();
  for (const tie of of.ties) {
    if (!live.has(tie.from) || !live.has(tie.to) || !ofTie.every((facet) => fits(facet, tie, filters))) continue;
    if (ofEvent.length && !isEvent(tie.from) && !isEvent(tie.to)) continue;
    ties.add(tie.id);
    tied.add(tie.from).add(tie.to);
  }
  const entities = new Set();
  for (const id of live) {
    if (ofTie.length || (ofEvent.length && !isEvent(id)) ? tied.has(id) : true) entities.add(id);
  }
  return { entities, ties };
}

/**
 * All that the filters let through of all that the scene is about, drawn or not: what files have. Of a small graph it is more than
 * `listed`: the whole graph, and not the first view of it.
 * @param {any} state
 * @returns {{entities: Set<string>, ties: Set<string>}}
 */
function everything(state) {
  if (data.served && countsAll(state)) return listedNumbers(graphCounts.passing(state.filters));
  return passed(scopeOf(state), state.filters);
}

/**
 * The numbers of the entities that the filters let through of all that the scene is about.
 * @param {any} state
 * @returns {number[]}
 */
function numbersOf(state) {
  if (!countsAll(state)) return [...everything(state).entities].map(data.numberOf);
  const { entitiesOn } = graphCounts.passing(state.filters);
  return Array.from(entitiesOn.keys()).filter((number) => entitiesOn[number]);
}

function listedNumbers({ entitiesOn, tiesOn }) {
  const [entities, ties] = [new Set(), new Set()];
  for (let number = 0; number < entitiesOn.length; number += 1) if (entitiesOn[number]) entities.add(data.idAt(number));
  for (let number = 0; number < tiesOn.length; number += 1) if (tiesOn[number]) ties.add(data.tieAt(number).id);
  return { entities, ties };
}

/**
 * How many entities and ties that is; of a large graph they are counted in arrays and not listed.
 * @param {any} state
 * @returns {{entities: number, ties: number}}
 */
function everythingCount(state) {
  if (LARGE && countsAll(state)) {
    const { count, tiesOn } = graphCounts.passing(state.filters);
    return { entities: count, ties: tiesOn.reduce((sum, on) => sum + on, 0) };
  }
  const { entities, ties } = everything(state);
  return { entities: entities.size, ties: ties.size };
}

/**
 * What is drawn: the entities and ties of the scene that the filters let through.
 * @param {any} state
 * @returns {{entities: Set<string>, ties: Set<string>, scene: any}}
 */
function visible(state) {
  const of = scene(state);
  return { ...passed(of, state.filters), scene: of };
}

/**
 * All that the filters let through, drawn or not: what lists, tables and files have. Of a graph that can be drawn whole it
 * is what is drawn.
 * @param {any} state
 * @returns {{entities: Set<string>, ties: Set<string>, scene: any}}
 */
function listed(state) {
  const drawn = visible(state);
  if (state.pathOpen || !(state.around || (LARGE && countsAll(state)))) return drawn;
  if (data.served && !state.around) return fromServer(state);
  const scope = scopeOf(state);
  if (scope.entities.size <= drawn.scene.entities.size) return drawn;
  const all = passed(scope, state.filters);
  if (keptList.passes !== all || keptList.drawn !== drawn.scene) {
    keptList = { passes: all, drawn: drawn.scene, list: { ...all, scene: { kind: drawn.scene.kind, entities: all.entities } } };
  }
  return keptList.list;
}

/* As many as the server gives for a list, of all that passes: the meetings of most parts, and who had these. */
function fromServer(state) {
  const key = JSON.stringify([state.filters, data.version()]);
  if (keptList.passes !== key) {
    const entities = graphCounts.best(graphCounts.passing(state.filters), MOST);
    const list = { kind: "all", entities, ties: between(entities) };
    keptList = { passes: key, drawn: null, list: { ...passed(list, state.filters), scene: list } };
  }
  return keptList.list;
}

/**
 * The ties of an entity that the filters let through, whatever is drawn. Of the entity itself no kind is asked for.
 * @param {string} id
 * @param {any} filters
 * @returns {any[]}
 */
function tiesThatPass(id, filters) {
  const ofEvent = OF_EVENT.filter((facet) => filters[facet]);
  const ofTie = OF_TIE.filter((facet) => filters[facet]);
  return data.tiesOf.get(id).filter((tie) => {
    const events = [tie.from, tie.to].map((end) => data.entities.get(end)).filter(data.isEvent);
    return ofTie.every((facet) => fits(facet, tie, filters)) && fits("kind", data.entities.get(data.other(tie, id)), filters) &&
      (!ofEvent.length || (events.length > 0 && events.every((event) => ofEvent.every((facet) => fits(facet, event, filters)))));
  });
}

/* Everything there is, of a graph that can be drawn whole. */
function whole() {
  // Of records on a server nobody has a list: everything there is counted.
  if (data.served) return { entities: { size: data.total.entities, has: () => true }, ties: [] };
  if (wholeScene?.entities.size !== data.entities.size || wholeScene.ties.length !== data.ties.size) {
    wholeScene = { entities: new Set(data.entities.keys()), ties: [...data.ties.values()] };
  }
  return wholeScene;
}

/* For each value of a facet, how many entities or ties would be there if it alone were chosen in it, among all that the
   scene is about. Facets of events count events, and no series of them. */
function counts(facet, state) {
  const rest = { ...state.filters };
  delete rest[facet];
  const result = countsOf(facet, state, rest);
  for (const value of state.filters[facet] ?? []) if (!result.has(value)) result.set(value, 0);
  return result;
}

/* Whether the facets count the whole graph. */
function countsAll(state) {
  return numbersAreOfAll(state) && (!LARGE || graphCounts.isReady());
}

/* Whether the numbers beside the filters are of the whole graph: its columns have come, whatever of its records has. */
function numbersAreOfAll(state) {
  return (!LARGE || graphCounts.canCount()) && !state.pathOpen && !state.around;
}

/**
 * How many entities the filters let through of all that the scene is about, drawn or not.
 * @param {any} state
 * @returns {number}
 */
function fitting(state) {
  if (LARGE && numbersAreOfAll(state)) return graphCounts.passing(state.filters).count;
  return passed(scopeOf(state), state.filters).entities.size;
}

/* How many events are in each month for certain: those of which all days lie in it. */
function certainCounts(state) {
  const rest = { ...state.filters };
  delete rest.month;
  return countsOf("certainMonth", state, rest);
}

function countsOf(facet, state, filters) {
  if (LARGE && numbersAreOfAll(state)) return withoutWords(graphCounts.counts(facet, graphCounts.passing(filters)));
  const left = passed(scopeOf(state), filters);
  const records = OF_TIE.includes(facet)
    ? [...left.ties].map((id) => data.ties.get(id))
    : [...left.entities].map((id) => data.entities.get(id)).filter((entity) => facet === "kind" || entity.kind === "event");
  const result = new Map();
  for (const record of records) for (const value of new Set(values.OF[facet](record))) result.set(value, (result.get(value) ?? 0) + 1);
  return withoutWords(result);
}

/* Words of sources, behind a quote sign, are no topics to choose from: a register has thousands of them. */
function withoutWords(numbers) {
  return new Map([...numbers].filter(([value]) => !value.startsWith('"')));
}

function countAll() {
  return graphCounts.prepare();
}

export { visible, listed, everything, everythingCount, numbersOf, scopeOf, counts, fitting, certainCounts, isOnlyPossible, monthsOf, more, numbersAreOfAll, AROUND, MOST, LARGE, countAll, tiesThatPass };
