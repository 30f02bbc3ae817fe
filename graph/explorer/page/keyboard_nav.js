/* Keyboard navigation: where an arrow key leads. Of what lies straight in that direction to the neighbour, or to what stands much nearer;
   else of what lies more in that direction than in any other. */
const TURNS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 };
// So far off the direction something may lie, in radians, first and then.
const STRAIGHT = Math.PI / 4;
const ASIDE = Math.PI / 2 - 0.05;
// So many pixels of distance weigh as much as one radian off the direction.
const PER_RADIAN = 200;
// A neighbour is passed over for what is so many times nearer.
const NEARER = 2.2;

function next(key, from, neighbours, all, at) {
  const turn = TURNS[key];
  if (!from) return [...all].sort((one, other) => at(one).y - at(other).y || at(one).x - at(other).x)[0];
  const others = all.filter((id) => id !== from);
  return [STRAIGHT, ASIDE].map((most) => either(nearest(turn, from, neighbours, at, most), nearest(turn, from, others, at, most))).find(Boolean)?.id;
}

/* The neighbour, unless something else stands much nearer: what is passed over on the way could never be reached. */
function either(neighbour, other) {
  return neighbour && neighbour.cost <= other.cost * NEARER ? neighbour : other;
}

function nearest(turn, from, ids, at, most) {
  const here = at(from);
  const seen = ids.map((id) => {
    const [dx, dy] = [at(id).x - here.x, at(id).y - here.y];
    const off = Math.abs(wrapped(Math.atan2(dy, dx) - turn));
    return { id, off, cost: off * PER_RADIAN + Math.hypot(dx, dy) };
  });
  return seen.filter(({ off }) => off < most)
    .sort((one, other) => one.cost - other.cost || (one.id < other.id ? -1 : 1))[0];
}

/* An angle between minus and plus half a turn. */
function wrapped(angle) {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

function leads(key) {
  return key in TURNS;
}

export { next, leads };
