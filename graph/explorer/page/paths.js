/* Ways through the graph: who is around somebody, ring by ring, and the shortest path between two. */
motegraf.paths = (() => {
  const { data } = motegraf;

  /* The rings around a thing: itself, its neighbours, theirs. */
  function rings(center, depth) {
    const found = [[center]];
    const seen = new Set([center]);
    for (let ring = 1; ring <= depth; ring += 1) {
      const next = new Set();
      for (const id of found[ring - 1]) {
        for (const tie of data.tiesOf.get(id)) {
          const neighbour = data.other(tie, id);
          if (!seen.has(neighbour)) next.add(neighbour);
        }
      }
      for (const id of next) seen.add(id);
      found.push([...next].sort());
    }
    return found;
  }

  function passable(tie, { possible, relations }) {
    if (tie.kind === "possible") return possible;
    return tie.kind === "part" || relations;
  }

  /* The ties of a shortest path, in order; null where there is none. Of several the first by name, always the same. */
  function path(from, to, allowed) {
    const cameBy = new Map([[from, null]]);
    let edge = [from];
    while (edge.length && !cameBy.has(to)) {
      const next = [];
      for (const id of edge) {
        const ties = [...data.tiesOf.get(id)].sort((one, two) => (one.id < two.id ? -1 : 1));
        for (const tie of ties) {
          const neighbour = data.other(tie, id);
          if (passable(tie, allowed) && !cameBy.has(neighbour)) {
            cameBy.set(neighbour, { tie, from: id });
            next.push(neighbour);
          }
        }
      }
      edge = next;
    }
    if (!cameBy.has(to)) return null;
    const steps = [];
    for (let at = to; cameBy.get(at); at = cameBy.get(at).from) steps.unshift({ ...cameBy.get(at), to: at });
    return steps;
  }

  return { rings, path };
})();
