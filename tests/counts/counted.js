// What the page counts of some filters, and in which bins of time.
async ({ filters, edges }) => {
  const { aggregates, counts, data, pairs } = motegraf;
  const passed = counts.passing(filters);
  const of = aggregates.overview(filters);
  const found = await pairs.of(filters);
  const bins = aggregates.histogram(of, edges);
  const { pools } = counts.index.columns;
  const rows = ({ certain, planned, possible }, name) => {
    const all = Array.from(certain, (_, row) => [name(row), [certain[row], planned[row], possible[row]]]);
    return Object.fromEntries(all.filter(([, cells]) => cells.some(Boolean)));
  };
  return {
    meetings: of.meetings,
    agents: rows(of.agents, data.idAt),
    topics: rows(of.topics, (row) => pools.topics[row]),
    places: rows(of.places, (row) => pools.places[row]),
    pairs: rows(found, (row) => `${data.idAt(found.one[row])} ${data.idAt(found.other[row])}`),
    bins: {
      held: [...bins.held], planned: [...bins.planned], possible: [...bins.possible],
      highest: [...bins.highest], undated: bins.undated,
    },
    ties: passed.tiesOn.reduce((sum, on) => sum + on, 0),
    entities: passed.count,
  };
}
