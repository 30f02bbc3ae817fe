/* The preview: of a graph whose columns are on a server, what the overview shows of the whole before they have come, as counting
   would give it. The build counted it (`data/graph_index.py`); there is nothing to filter in it. */
import { NO_DAY } from "./column_store.js";

// What a meeting is, as `count_index.js` has it.
const CERTAIN = 3, PLANNED = 2;

/* Counts by row, all of them 0 but those that are given. */
function table(size, rows, total) {
  const column = () => new Int32Array(size);
  const result = { certain: column(), planned: column(), possible: column(), undated: column(), first: column(), last: column().fill(NO_DAY), total };
  for (const [row, certain, planned, possible = 0, undated = 0, first = 0, last = NO_DAY] of rows) {
    for (const [name, value] of Object.entries({ certain, planned, possible, undated, first, last })) result[name][row] = value;
  }
  return result;
}

/**
 * An index as `count_index.js` makes it, as far as the overview of the whole reads it.
 * @param {any} served what the page says of its server
 */
function make({ entities, preview }) {
  const { spans, person, body, topics, places } = preview;
  const kind = new Uint8Array(entities);
  for (const [number, list] of [[1, person], [2, body]]) for (const [agent] of list.rows) kind[agent] = number;
  const meetings = { held: 0, planned: 0, possible: 0, off: 0, undated: 0 };
  const [all, held] = [bounds(), bounds()];
  for (const [first, last, strength, count] of spans) {
    meetings[{ [CERTAIN]: "held", [PLANNED]: "planned" }[strength] ?? "off"] += count;
    const isDated = first !== NO_DAY && last !== NO_DAY;
    if (strength === CERTAIN && first !== NO_DAY) held.widen(first, first);
    if (!strength) continue;
    if (isDated) all.widen(first, last);
    else meetings.undated += count;
  }
  const listed = (list) => table(list.rows.length, list.rows.map((row, place) => [place, ...row.slice(1)]), list.count);
  return {
    isPreview: true, agent: Uint8Array.of(0, 1, 2), heldSpan: { first: held.first, last: held.last },
    columns: { entities, arrays: { kind }, pools: { topics: topics.rows.map(([value]) => value), places: places.rows.map(([value]) => value) } },
    overview: {
      passed: { key: "" }, strength: new Uint8Array(0), spans, meetings, first: all.first, last: all.last, sizes: { people: person.count, bodies: body.count, groups: 0 },
      agents: { ...table(entities, [...person.rows, ...body.rows], 0), totals: [0, person.count, body.count] }, topics: listed(topics), places: listed(places),
    },
  };
}

/* From when to when days are. */
function bounds() {
  return {
    first: NO_DAY, last: NO_DAY,
    widen(from, to) {
      if (this.first === NO_DAY || from < this.first) this.first = from;
      if (to > this.last) this.last = to;
    },
  };
}

export { make };
