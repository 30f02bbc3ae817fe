/* What is shown: the things and ties of the scene that the filters let through. Every view shows this and no more. */
motegraf.selection = (() => {
  const { data } = motegraf;
  const FIRST = new Set(data.drawing.nodes.map((node) => node.id));
  const OF_EVENT = ["status", "county", "countyNow", "district", "topic", "month", "span"];
  const OF_TIE = ["role", "certainty"];
  // More than this cannot be read, whatever was asked.
  const MOST = 300;

  /* The things of the scene, the ties between them, and, of a path, its steps. */
  function scene(state) {
    if (state.pathOpen) {
      const allowed = { possible: state.pathPossible, relations: state.pathRelations };
      const both = state.pathFrom && state.pathTo && state.pathFrom !== state.pathTo;
      const found = both ? motegraf.paths.shortest(state.pathFrom, state.pathTo, allowed, state.pathNumber) : null;
      const steps = found?.steps ?? null;
      const ids = steps ? [state.pathFrom, ...steps.map((step) => step.to)] : [state.pathFrom, state.pathTo].filter(Boolean);
      return { kind: "path", things: new Set(ids), ties: (steps ?? []).map((step) => step.tie), steps, found, asked: both };
    }
    if (state.around) {
      const rings = motegraf.paths.rings(state.around, state.rings);
      const things = new Set(rings.flat().slice(0, MOST));
      return { kind: "around", things, rings, ties: between(things) };
    }
    return { kind: "first", things: FIRST, ties: between(FIRST).filter((tie) => tie.roles) };
  }

  function between(things) {
    const found = [];
    for (const id of things) {
      for (const tie of data.tiesOf.get(id)) if (tie.from === id && things.has(tie.to)) found.push(tie);
    }
    return found;
  }

  /* The values that something has in a facet. */
  const VALUES = {
    kind: (thing) => [thing.kind],
    status: (event) => (event.status ? [event.status] : []),
    topic: (event) => event.topics ?? [],
    county: (event) => areas(event).map((area) => area.county),
    countyNow: (event) => areas(event).flatMap((area) => area.countiesNow),
    district: (event) => areas(event).map((area) => area.district).filter(Boolean),
    month: (event) => monthsOf(event),
    role: (tie) => tie.roles ?? [],
    certainty: (tie) => [tie.certainty],
  };

  function areas(event) {
    return (event.places ?? []).map((place) => data.areas[place]).filter(Boolean);
  }

  /* Every month in which an event can have been. */
  function monthsOf(event) {
    if (!event.earliest || !event.latest) return [];
    const found = [];
    let [year, month] = event.earliest.split("-").map(Number);
    const last = event.latest.slice(0, 7);
    while (found.length < 60) {
      const name = `${year}-${String(month).padStart(2, "0")}`;
      found.push(name);
      if (name >= last) break;
      [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    }
    return found;
  }

  /* Whether an event can have been between two days. Of one without a known time nothing says that it was. */
  function overlaps(event, [from, to]) {
    return Boolean(event.earliest && event.latest) && (!from || event.latest >= from) && (!to || event.earliest <= to);
  }

  function fits(facet, record, filters) {
    const chosen = filters[facet];
    if (chosen && facet === "span") return overlaps(record, chosen);
    return !chosen || VALUES[facet](record).some((value) => chosen.includes(value));
  }

  /* The things and ties of a scene that all filters let through. An actor stays as long as a tie of it does. */
  function passed(of, filters) {
    const eventsAsked = OF_EVENT.some((facet) => filters[facet]);
    const tiesAsked = OF_TIE.some((facet) => filters[facet]);
    const all = [...of.things].map((id) => data.things.get(id));
    const kinds = new Set(all.filter((thing) => fits("kind", thing, filters)).map((thing) => thing.id));
    const events = new Set(
      all.filter((thing) => data.isEvent(thing) && OF_EVENT.every((facet) => fits(facet, thing, filters))).map((thing) => thing.id),
    );
    const live = (id) => kinds.has(id) && (!data.isEvent(data.things.get(id)) || events.has(id));
    const ties = of.ties.filter(
      (tie) =>
        live(tie.from) && live(tie.to) && OF_TIE.every((facet) => fits(facet, tie, filters)) &&
        (!eventsAsked || events.has(tie.from) || events.has(tie.to)),
    );
    const tied = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
    const things = all.filter((thing) => {
      if (!live(thing.id)) return false;
      if (tiesAsked) return tied.has(thing.id);
      return data.isEvent(thing) || !eventsAsked || tied.has(thing.id);
    });
    return { things: new Set(things.map((thing) => thing.id)), ties: new Set(ties.map((tie) => tie.id)) };
  }

  function shown(state) {
    const of = scene(state);
    return { ...passed(of, state.filters), scene: of };
  }

  /* For each value of a facet, how many things or ties would be shown if it alone were chosen in it. */
  function counts(facet, state) {
    const of = scene(state);
    const others = { ...state.filters };
    delete others[facet];
    const left = passed(of, others);
    const records = OF_TIE.includes(facet)
      ? [...left.ties].map((id) => data.ties.get(id))
      : [...left.things].map((id) => data.things.get(id)).filter((thing) => facet === "kind" || data.isEvent(thing));
    const found = new Map();
    for (const value of state.filters[facet] ?? []) found.set(value, 0);
    for (const record of records) for (const value of new Set(VALUES[facet](record))) found.set(value, (found.get(value) ?? 0) + 1);
    return found;
  }

  return { shown, counts, monthsOf };
})();
