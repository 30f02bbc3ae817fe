// What views and facets show of the same filters: how much, and in which facets they count otherwise.
({ filters }) => {
  const { counts, selection, shareRecords, state } = motegraf;
  state.set({ all: true, filters });
  const shown = selection.listed(state.now);
  const cells = (count) => JSON.stringify([...count].filter(([value, number]) => number && !value.startsWith('"')).sort());
  const without = (facet) => Object.fromEntries(Object.entries(filters).filter(([name]) => name !== facet));
  const facets = ["kind", "role", "status", "certainty", "county", "countyNow", "district", "topic", "month"];
  const differ = facets
    .map((facet) => [facet, cells(selection.counts(facet, state.now)), cells(counts.counts(facet, counts.passing(without(facet))))])
    .filter(([, views, whole]) => views !== whole);
  const saved = shareRecords.rows(selection.everything(state.now)).filter(({ tie }) => tie);
  return { entities: shown.entities.size, ties: shown.ties.size, saved: saved.length, differ };
}
