// Where the preview of a graph on a server differs from what is counted when its columns have come.
() => {
  const { aggregates, data, preview, ranking } = motegraf;
  const made = preview.make(data.served).overview;
  const of = aggregates.overview({});
  const edges = Array.from({ length: 100 }, (_, year) => Date.UTC(1970 + year, 0, 1) / 86400000);
  const plain = (value) => JSON.stringify(value, (_, each) => (ArrayBuffer.isView(each) ? [...each] : each));
  const differ = [];
  const same = (what, one, other) => {
    if (plain(one) !== plain(other)) differ.push([what, plain(one), plain(other)]);
  };
  same("meetings", made.meetings, of.meetings);
  same("days", [made.first, made.last], [of.first, of.last]);
  same("bins", aggregates.histogram(made, edges), aggregates.histogram(of, edges));
  const inOrder = (name, table) => ranking.candidates(name, table, "").sort(ranking.comparison(name, table, "certain"));
  const columns = ["certain", "planned", "possible", "undated"];
  for (const [name, kind] of [["people", 1], ["bodies", 2]]) {
    const rows = inOrder(name, of.agents);
    same(`${name} in all`, made.agents.totals[kind], rows.length);
    for (const row of rows.slice(0, 8)) {
      const numbers = (table) => columns.map((each) => table[each][row]);
      same(`${name} ${row}`, numbers(made.agents), numbers(of.agents));
    }
  }
  for (const name of ["topics", "places"]) {
    const numbers = (table, row) => [table.certain[row], table.planned[row], table.possible[row]];
    const rows = inOrder(name, of[name]);
    const previewed = Array.from(made[name].certain, (_, row) => numbers(made[name], row));
    same(name, previewed, rows.slice(0, 8).map((row) => numbers(of[name], row)));
    same(`${name} in all`, made[name].total, rows.length);
  }
  return differ;
}
