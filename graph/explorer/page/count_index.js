/* What counting needs besides the columns, made of them once: which entities are meetings, how strong each tie is as a part
   in one, the ties of each entity, and the values of each facet by number. */
import { NO_DAY } from "./column_store.js";

// How strong a part in a meeting is; 0 is none. A certain part in what is planned is no more than planned.
const POSSIBLE = 1, PLANNED = 2, CERTAIN = 3;
// What a meeting is.
const HELD = 1, AHEAD = 2, OFF = 3;
const STATUS = { "status:held": HELD, "status:planned": AHEAD };
const EVENTS = ["event", "named", "series"];
const AGENTS = ["person", "body", "group"];
// Of what can have been in very many months, so many are asked for.
const MONTHS = 60;
const DAY = 86400000;

/** The month of a day, counted from the year 0. @param {number} day since 1970-01-01 */
function monthOf(day) {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** A month as the address has it: 2014-10. @param {number} month */
function monthName(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

function monthNumber(name) {
  const match = /^(\d{4})-(\d{2})$/.exec(name);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : -1;
}

/** Of every value of an array 1 where it is the number of one of these names. */
function isOneOf(array, names, wanted) {
  const is = Uint8Array.from(names, (name) => (wanted.includes(name) ? 1 : 0));
  const result = new Uint8Array(array.length);
  for (let place = 0; place < result.length; place += 1) result[place] = is[array[place]];
  return result;
}

/** Where the ties of each entity stand: those of entity n in `ties` from start[n] up to start[n + 1]. */
function grouped(ends, entities) {
  const start = new Int32Array(entities + 1);
  for (let tie = 0; tie < ends.length; tie += 1) start[ends[tie] + 1] += 1;
  for (let entity = 0; entity < entities; entity += 1) start[entity + 1] += start[entity];
  const next = start.slice();
  const ties = new Int32Array(ends.length);
  for (let tie = 0; tie < ends.length; tie += 1) {
    ties[next[ends[tie]]] = tie;
    next[ends[tie]] += 1;
  }
  return { start, ties };
}

/**
 * The index of these columns.
 * @param {import("./column_store.js").Columns} columns
 * @param {Record<string, {county: string, countiesNow: string[], district: string}>} areas in which places are
 */
function make(columns, areas) {
  const { arrays, pools, entities } = columns;
  const meets = isOneOf(arrays.kind, pools.kinds, ["event"]);
  const statusOf = Uint8Array.from(pools.statuses, (status) => (status ? STATUS[status] ?? OFF : 0));
  const meeting = new Uint8Array(entities);
  for (let entity = 0; entity < entities; entity += 1) if (meets[entity]) meeting[entity] = statusOf[arrays.status[entity]];
  const from = grouped(arrays.from, entities);
  const index = {
    columns, meets, meeting, isEvent: isOneOf(arrays.kind, pools.kinds, EVENTS),
    // 1 for a person, 2 for an organisation, 3 for a group, 0 for what is no agent.
    agent: Uint8Array.from(pools.kinds, (kind) => AGENTS.indexOf(kind) + 1),
    strength: strengths(columns, meeting), certainty: certainties(columns), certainties: [...pools.certainties, "planned"],
    fromStart: from.start, fromTies: from.ties, toStart: grouped(arrays.to, entities).start,
    ...months(arrays), facets: {}, agentRows: 0,
  };
  index.facets = facetsOf(index, areas);
  // Agents have no higher numbers than these: a table of them need not be longer.
  for (let entity = entities - 1; entity >= 0 && !index.agentRows; entity -= 1) if (index.agent[arrays.kind[entity]]) index.agentRows = entity + 1;
  return index;
}

/** How strong each tie is as a part in a meeting that was not called off. */
function strengths({ arrays, pools, ties }, meeting) {
  const part = pools.tieKinds.indexOf("part");
  const possible = pools.tieKinds.indexOf("possible");
  const [absent, ...asked] = ["absent", "invited", "expected"].map((name) => pools.attendances.indexOf(`attendance:${name}`));
  const result = new Uint8Array(ties);
  for (let tie = 0; tie < ties; tie += 1) {
    const kind = arrays.tieKind[tie];
    const of = meeting[arrays.to[tie]];
    const attendance = arrays.attendance[tie];
    if ((of !== HELD && of !== AHEAD) || attendance === absent) continue;
    if (kind === possible) result[tie] = POSSIBLE;
    else if (kind === part) result[tie] = of === AHEAD || (attendance && asked.includes(attendance)) ? PLANNED : CERTAIN;
  }
  return result;
}

/** The certainty of each tie, with "planned" for a certain one to what is planned. */
function certainties({ arrays, pools, ties }) {
  const certain = pools.certainties.indexOf("certain");
  const planned = pools.statuses.indexOf("status:planned");
  const result = arrays.certainty.slice();
  for (let tie = 0; tie < ties; tie += 1) if (result[tie] === certain && planned > 0 && arrays.status[arrays.to[tie]] === planned) result[tie] = pools.certainties.length;
  return result;
}

/** The first and the last month in which each entity can have been; -1 of what has no known time. */
function months({ earliest, latest }) {
  const first = new Int32Array(earliest.length).fill(-1);
  const last = new Int32Array(earliest.length).fill(-1);
  const bounds = [0, -1];
  const kept = new Map(); // by day, of which there are few
  const month = (day) => kept.get(day) ?? kept.set(day, monthOf(day)).get(day);
  for (let entity = 0; entity < earliest.length; entity += 1) {
    if (earliest[entity] === NO_DAY || latest[entity] === NO_DAY) continue;
    first[entity] = month(earliest[entity]);
    last[entity] = Math.min(latest[entity] === earliest[entity] ? first[entity] : month(latest[entity]), first[entity] + MONTHS - 1);
    if (bounds[1] < 0 || first[entity] < bounds[0]) bounds[0] = first[entity];
    if (last[entity] > bounds[1]) bounds[1] = last[entity];
  }
  return { firstMonth: first, lastMonth: last, monthBounds: bounds };
}

/* A facet: `of` is what has its values: an entity, an event or a tie. Record n has the rows `rows[start[n]]` up to
   `rows[start[n + 1]]`, or the row `rows[n]` where there is no `start`; a row stands for the values `lists[row]`, numbers of `names`. */
function facetsOf({ columns, certainty, certainties: names }, areas) {
  const { arrays, pools } = columns;
  const same = (values) => ({ names: values, lists: values.map((_, number) => [number]) });
  const several = (name) => ({ of: "event", start: arrays[`${name}Start`], rows: arrays[name] });
  const ofArea = (named) => ({ ...several("places"), ...numbered(pools.places.map((place) => (areas[place] ? named(areas[place]) : []))) });
  return {
    kind: { of: "entity", rows: arrays.kind, ...same(pools.kinds) },
    status: { of: "event", rows: arrays.status, ...numbered(pools.statuses.map((status) => [status].filter(Boolean))) },
    certainty: { of: "tie", rows: certainty, ...same(names) },
    role: { of: "tie", rows: arrays.roles, ...numbered(pools.roles) },
    topic: { ...several("topics"), ...same(pools.topics) },
    place: { ...several("places"), ...same(pools.places) },
    source: { ...several("sources"), ...same(pools.sources) },
    county: ofArea((area) => [area.county]),
    countyNow: ofArea((area) => area.countiesNow),
    district: ofArea((area) => [area.district].filter(Boolean)),
  };
}

/** Lists of names as lists of their numbers. */
function numbered(lists) {
  const numbers = new Map();
  const number = (name) => numbers.get(name) ?? numbers.set(name, numbers.size).get(name);
  return { lists: lists.map((list) => list.map(number)), names: [...numbers.keys()] };
}

/** Entities in the order in which they are chosen to be drawn: meetings first, those of most ties first, else as they are numbered. */
function orderOf(index) {
  index.order ??= ordered(index);
  return index.order;
}

function ordered({ columns, meets, fromStart, toStart, strength }) {
  const { entities, arrays } = columns;
  const weight = new Int32Array(entities);
  for (let entity = 0; entity < entities; entity += 1) {
    if (!meets[entity]) {
      weight[entity] = fromStart[entity + 1] - fromStart[entity] + toStart[entity + 1] - toStart[entity];
      continue;
    }
    for (let tie = toStart[entity]; tie < toStart[entity + 1]; tie += 1) if (arrays.roles[tie] || strength[tie]) weight[entity] += 1;
  }
  // Numbers of one sort are sorted at once: what is chosen first in the upper bits, the number of the entity in the lower ones.
  const most = 2 ** 21;
  const keys = Float64Array.from(weight, (many, entity) => (most - Math.min(many, most) + (meets[entity] ? 0 : most)) * 2 ** 31 + entity);
  return Uint32Array.from(keys.sort(), (key) => key % 2 ** 31);
}

export { make, monthName, orderOf, monthNumber, POSSIBLE, PLANNED, CERTAIN, HELD, AHEAD, OFF, AGENTS };
