/* Values: what entities and ties have in each facet. */
import * as data from "./data.js";

const OF_EVENT = ["status", "place", "county", "countyNow", "district", "topic", "month", "span", "actor"];
const OF_TIE = ["role", "certainty"];
// Meetings that were called off are not counted.
const COUNTED = ["status:held", "status:planned"];
/** @type {(facet: string) => string[] | null} */
let valuesOf = () => null; // the values of a facet in the columns, once they have come
let known = { size: -1, facets: new Map() };

const OF = {
  kind: (entity) => [entity.kind],
  status: (event) => (event.status ? [event.status] : []),
  topic: (event) => [...(event.topics ?? []), ...(event.topicsAsWritten ?? []).map(asWritten)],
  place: (event) => [...(event.places ?? []), ...(event.placesAsWritten ?? []).map(asWritten)],
  county: (event) => areas(event).map((area) => area.county),
  countyNow: (event) => areas(event).flatMap((area) => area.countiesNow),
  district: (event) => areas(event).map((area) => area.district).filter(Boolean),
  month: (event) => monthsOf(event),
  certainMonth: (event) => (monthsOf(event).length === 1 ? monthsOf(event) : []),
  actor: (event) => partsIn(event).map((tie) => tie.from),
  role: (tie) => tie.roles ?? [],
  certainty: (tie) => [tie.certainty],
};

/* Words of a source that are no concept and no place of ours: a quotation mark stands before them. */
function asWritten(words) {
  return `"${words}`;
}

function areas(event) {
  return (event.places ?? []).map((place) => data.areas[place]).filter(Boolean);
}

/**
 * Whether a tie is a part in a meeting that was not called off, certain or possible: that of one who was absent is none.
 * @param {any} tie
 * @returns {boolean}
 */
function isPart(tie) {
  const event = data.entities.get(tie.to);
  return (tie.kind === "part" || tie.kind === "possible") && event?.kind === "event" && COUNTED.includes(event.status) && tie.attendance !== "attendance:absent";
}

/* The parts in an event. */
function partsIn(event) {
  return data.tiesTo(event.id).filter(isPart);
}

/* Every month in which an event can have been. Of one that can have been in very many, the first. */
function monthsOf(event) {
  if (!event.earliest || !event.latest) return [];
  const result = [];
  let [year, month] = event.earliest.split("-").map(Number);
  const last = event.latest.slice(0, 7);
  while (result.length < 60) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    result.push(name);
    if (name >= last) break;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return result;
}

/**
 * Whether anything in the graph has a value in a facet: of a graph that is still arriving, anything that has come.
 * @param {string} facet
 * @param {string} value
 * @returns {boolean}
 */
function exists(facet, value) {
  // Of records on a server those that have come say nothing of the others: the columns do.
  if (data.served) return facet === "actor" ? data.entities.has(value) : facet === "month" ? /^\d{4}-\d{2}$/.test(value) : (valuesOf(facet)?.includes(value) ?? true);
  const size = data.entities.size + data.ties.size;
  if (known.size !== size) known = { size, facets: new Map() };
  if (!known.facets.has(facet)) known.facets.set(facet, all(facet));
  return known.facets.get(facet).has(value);
}

/** @param {(facet: string) => string[] | null} of gives the values of a facet in the columns, null before they have come. */
function useValues(of) {
  valuesOf = of;
}

function all(facet) {
  const result = new Set();
  const records = OF_TIE.includes(facet) ? data.ties.values() : data.entities.values();
  for (const record of records) {
    if (facet === "kind" || OF_TIE.includes(facet) || data.isEvent(record)) for (const value of OF[facet](record)) result.add(value);
  }
  return result;
}

export { OF, OF_EVENT, OF_TIE, isPart, monthsOf, partsIn, exists, useValues };
