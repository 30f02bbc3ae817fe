/* Walking: where an arrow key leads. To the neighbour that lies most in that direction, else to the nearest thing there. */
motegraf.walking = (() => {
  const TURNS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 };
  // So many pixels of distance weigh as much as one radian off the direction.
  const PER_RADIAN = 200;

  function next(key, from, neighbours, all, at) {
    const turn = TURNS[key];
    if (!from) return [...all].sort((one, other) => at(one).y - at(other).y || at(one).x - at(other).x)[0];
    return nearest(turn, from, neighbours, at) ?? nearest(turn, from, all.filter((id) => id !== from), at);
  }

  function nearest(turn, from, ids, at) {
    const here = at(from);
    const seen = ids.map((id) => {
      const [dx, dy] = [at(id).x - here.x, at(id).y - here.y];
      const off = Math.abs(wrapped(Math.atan2(dy, dx) - turn));
      return { id, off, cost: off * PER_RADIAN + Math.hypot(dx, dy) };
    });
    return seen.filter(({ off }) => off < Math.PI / 2 - 0.05)
      .sort((one, other) => one.cost - other.cost || (one.id < other.id ? -1 : 1))[0]?.id;
  }

  /* An angle between minus and plus half a turn. */
  function wrapped(angle) {
    return Math.atan2(Math.sin(angle), Math.cos(angle));
  }

  return { next, leads: (key) => key in TURNS };
})();
