/* Ways through the graph: who is around somebody, ring by ring, and the shortest paths between two. */
import * as data from "./data.js";

const SURE = ["certain", "planned", "possible", "ours"];

/**
 * The rings around an entity: itself, its neighbours, theirs, all of them by name.
 * @param {string} center
 * @param {number} depth How many rings.
 * @param {number} [most] So many entities in all are looked at.
 * @returns {string[][]}
 */
function rings(center, depth, most = Infinity) {
  const result = [[center]];
  const seen = new Set([center]);
  for (let ring = 1; ring <= depth; ring += 1) {
    const next = new Set();
    for (const id of result[ring - 1]) {
      for (const tie of data.tiesOf.get(id)) {
        const neighbour = data.other(tie, id);
        if (!seen.has(neighbour) && seen.size + next.size < most) next.add(neighbour);
      }
    }
    for (const id of next) seen.add(id);
    result.push([...next].sort());
  }
  return result.filter((ring) => ring.length);
}

function passable(tie, { possible, relations }) {
  if (tie.kind === "possible") return possible;
  return tie.kind === "part" || relations;
}

/* From one entity to the next a path takes the surest tie, and of these the first by name. */
function surest(ties) {
  return ties.sort((one, other) => SURE.indexOf(one.certainty) - SURE.indexOf(other.certainty) || (one.id < other.id ? -1 : 1))[0];
}

/* The neighbours of an entity over ties that are allowed, by name, each with the tie that leads there. */
function onward(id, allowed) {
  const ties = new Map();
  for (const tie of data.tiesOf.get(id)) {
    if (!passable(tie, allowed)) continue;
    const neighbour = data.other(tie, id);
    ties.set(neighbour, [...(ties.get(neighbour) ?? []), tie]);
  }
  return [...ties].map(([to, several]) => ({ to, tie: surest(several) })).sort((one, other) => (one.to < other.to ? -1 : 1));
}

/* How far everything is from the end, as far as the start; and how many shortest paths lead from there to the end. */
function reach(from, to, allowed) {
  const far = new Map([[to, 0]]);
  const ways = new Map([[to, 1]]);
  let edge = [to];
  while (edge.length && !far.has(from)) {
    const next = new Set();
    for (const id of edge) {
      const beside = new Set(data.tiesOf.get(id).filter((tie) => passable(tie, allowed)).map((tie) => data.other(tie, id)));
      for (const neighbour of beside) {
        if (far.has(neighbour) && far.get(neighbour) <= far.get(id)) continue;
        far.set(neighbour, far.get(id) + 1);
        ways.set(neighbour, (ways.get(neighbour) ?? 0) + ways.get(id));
        next.add(neighbour);
      }
    }
    edge = [...next];
  }
  return { far, ways };
}

/* The ties of a shortest path, in order, and how many there are; null where there is none. Of several the first by the
   names along it is number 1, and so on: the same number gives the same path. */
function shortest(from, to, allowed, number = 1) {
  const { far, ways } = reach(from, to, allowed);
  if (!far.has(from)) return null;
  const count = ways.get(from);
  const at = Math.min(Math.max(1, number), count);
  const steps = [];
  let before = at - 1; // paths that come before the one that is asked for
  for (let here = from; here !== to;) {
    for (const { to: next, tie } of onward(here, allowed)) {
      if (far.get(next) !== far.get(here) - 1) continue;
      if (before < ways.get(next)) {
        steps.push({ tie, from: here, to: next });
        here = next;
        break;
      }
      before -= ways.get(next);
    }
  }
  return { steps, count, at };
}

export { rings, shortest };
