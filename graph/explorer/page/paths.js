/* Ways through the graph: who is around somebody, ring by ring, and the shortest path between two. */
motegraf.paths = (() => {
  const { data } = motegraf;
  const ordered = new Map();

  /* The rings around a thing: itself, its neighbours, theirs, at most so many in all; of more those of most ties, and how
     many are left out. */
  function rings(center, depth, most) {
    const found = [[center]];
    const seen = new Set([center]);
    let [room, left] = [most - 1, 0];
    for (let ring = 1; ring <= depth; ring += 1) {
      const next = new Set();
      for (const id of found[ring - 1]) {
        for (const tie of data.tiesOf.get(id)) {
          const neighbour = data.other(tie, id);
          if (!seen.has(neighbour)) next.add(neighbour);
        }
      }
      const kept = next.size > room ? [...next].sort(data.byWeight).slice(0, room) : [...next];
      for (const id of next) seen.add(id);
      room -= kept.length;
      left += next.size - kept.length;
      found.push(kept.sort());
    }
    return { rings: found.filter((ring) => ring.length), left };
  }

  function passable(tie, { possible, relations }) {
    if (tie.kind === "possible") return possible;
    return tie.kind === "part" || relations;
  }

  /* The ties of a thing by name, put in order when somebody comes by the first time. */
  function inOrder(id) {
    const ties = data.tiesOf.get(id);
    const known = ordered.get(id);
    if (known?.length === ties.length) return known;
    const sorted = [...ties].sort((one, two) => (one.id < two.id ? -1 : 1));
    ordered.set(id, sorted);
    return sorted;
  }

  /* The ties of a shortest path, in order; null where there is none. Of several the first by name, always the same. */
  function path(from, to, allowed) {
    const cameBy = new Map([[from, null]]);
    let edge = [from];
    while (edge.length && !cameBy.has(to)) {
      const next = [];
      for (const id of edge) {
        for (const tie of inOrder(id)) {
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
