/* Outlines of records: what the columns have of an entity or a tie whose record is still on the server. Counting and choosing need
   no more. What only the record has is undefined, and asked for as soon as something reads it: so what is shown is fetched. */
import * as columnStore from "./column_store.js";
import * as days from "./days.js";

// The name of what has no other yet: its number, that of a tie behind a "t".
const NAME = /^~(t?)(\d+)$/;

/** The number in the name of an outline. @param {unknown} id @param {"" | "t"} [of] @returns {number | undefined} */
function numberIn(id, of = "") {
  if (typeof id !== "string" || id[0] !== "~") return undefined;
  const match = NAME.exec(id);
  return match && match[1] === of ? Number(match[2]) : undefined;
}

/** @param {unknown} id @returns {boolean} */
function isName(id) {
  return typeof id === "string" && id[0] === "~";
}

function values(name, number) {
  const { arrays, pools } = columnStore.columns();
  const start = arrays[`${name}Start`];
  return Array.from(arrays[name].subarray(start[number], start[number + 1]), (place) => pools[name][place]);
}

const some = (several) => (several.length ? several : undefined);
const day = (number) => (number === columnStore.NO_DAY ? undefined : days.iso(number));
const concepts = (name, number) => some(values(name, number).filter((value) => !value.startsWith('"')));
const asWritten = (name, number) => some(values(name, number).filter((value) => value.startsWith('"')).map((value) => value.slice(1)));

/** An entity of a number; `want` is called with it when more than the columns have is read. */
class EntityOutline {
  #want;

  constructor(number, want) {
    const { arrays, pools } = columnStore.columns();
    this.#want = () => { want(number); };
    this.number = number;
    this.id = `~${number}`;
    this.kind = pools.kinds[arrays.kind[number]];
    this.status = pools.statuses[arrays.status[number]] || undefined;
    this.earliest = day(arrays.earliest[number]);
    this.latest = day(arrays.latest[number]);
    this.memberships = [];
  }

  get topics() { return concepts("topics", this.number); }
  get topicsAsWritten() { return asWritten("topics", this.number); }
  get places() { return concepts("places", this.number); }
  get placesAsWritten() { return asWritten("places", this.number); }
  get label() { return this.#want(); }
  get type() { return this.#want(); }
  get iri() { return this.#want(); }
  get claims() { return this.#want() ?? []; }
}

/** A tie of a number; its record comes with that of the end that is on the server. */
class TieOutline {
  #want;
  #idAt;

  constructor(number, idAt, want) {
    const { arrays, pools } = columnStore.columns();
    const [from, event] = [arrays.from[number], arrays.to[number]];
    this.#want = () => { for (const end of [from, event]) want(end); };
    this.#idAt = idAt;
    this.number = number;
    this.id = `~t${number}`;
    this.kind = pools.tieKinds[arrays.tieKind[number]];
    const certainty = pools.certainties[arrays.certainty[number]];
    this.certainty = certainty === "certain" && pools.statuses[arrays.status[event]] === "status:planned" ? "planned" : certainty;
    this.roles = some(pools.roles[arrays.roles[number]]);
    this.attendance = pools.attendances[arrays.attendance[number]] || undefined;
    // Two of the same number may have held one office.
    this.alternative = arrays.alternatives[number];
    this.memberships = [];
  }

  get from() { return this.#idAt(columnStore.columns().arrays.from[this.number]); }
  get to() { return this.#idAt(columnStore.columns().arrays.to[this.number]); }
  get claims() { return this.#want() ?? []; }
  get iri() { return this.#want(); }
  get capacity() { return this.#want(); }
}

export { EntityOutline, isName, numberIn, TieOutline };
