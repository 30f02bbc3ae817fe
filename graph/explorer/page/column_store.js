/* The columns of the graph: what counting needs of every entity and tie, as typed arrays. `data/columns.py` says how they are
   made and numbered; `data.numberOf` and `data.idAt` lead from records to numbers and back. */
import * as chunks from "./chunks.js";
import * as server from "./server.js";

/**
 * Of each pool its values; a number in an array is a place in one. `statuses` and `attendances` begin with "" and `roles` with
 * none; `topics` and `places` are short names, or words of a source behind a quote sign (`"Energy`). `communities` are the ids
 * of up to three members with the most meetings; the first stands for no community and has none.
 * @typedef {{kinds: string[], statuses: string[], topics: string[], places: string[], sources: string[], tieKinds: string[],
 *   certainties: string[], roles: string[][], attendances: string[], communities: string[][]}} Pools
 */
/**
 * Of entities `kind`, `status`, `earliest` and `latest` (days since 1970-01-01, NO_DAY for none), `community`, `bridge` (1 for a
 * bridge), `x` and `y` (-1 to 1). The topics of entity n are `topics[topicsStart[n]]` up to `topics[topicsStart[n + 1]]`; so are
 * places, and sources. Of ties `from` and `to` (numbers of entities), `tieKind`, `certainty`, `roles`, `attendance`; ties to
 * one entity stand together, since `to` never falls. Two ties of the same number in `alternatives`, other than 0, are two who may
 * have held one office at one event. `arrival` are the numbers of the events in rows of registers (data.js).
 * @typedef {{kind: Uint8Array, status: Uint8Array, earliest: Int32Array, latest: Int32Array,
 *   topicsStart: Int32Array, topics: Int32Array, placesStart: Int32Array, places: Int32Array, sourcesStart: Int32Array, sources: Int32Array,
 *   community: Uint16Array, bridge: Uint8Array, x: Float32Array, y: Float32Array, from: Int32Array, to: Int32Array,
 *   tieKind: Uint8Array, certainty: Uint8Array, roles: Uint16Array, attendance: Uint8Array, alternatives: Int32Array, arrival: Int32Array}} Arrays
 */
/** @typedef {{entities: number, ties: number, modularity: number | null, pools: Pools, arrays: Arrays}} Columns */

const NO_DAY = -(2 ** 31);
const TYPES = { i32: Int32Array, u16: Uint16Array, u8: Uint8Array, f32: Float32Array };
/** @type {Promise<Columns | null> | null} */
let loading = null;
/** @type {Columns | null} */
let loaded = null;

/**
 * Resolves with the columns of the page once they are read, with null where it has none.
 * @returns {Promise<Columns | null>}
 */
function load() {
  loading ??= read();
  return loading;
}

async function read() {
  if (server.isNeeded()) {
    loaded = decode(await server.columns());
    return loaded;
  }
  await chunks.read();
  const element = document.getElementById("columns");
  if (element) loaded = decode(await chunks.inflatedBytes(element));
  return loaded;
}

/**
 * The columns if they have been read, else null.
 * @returns {Columns | null}
 */
function columns() {
  return loaded;
}

/**
 * The columns in the bytes of a block that is not deflated any more: the length of the header, the header, the arrays.
 * @param {ArrayBuffer} buffer
 * @returns {Columns}
 */
function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = {};
  let at = 4 + length;
  for (const [name, type, count] of header.arrays) {
    // Every machine that has a browser today has its numbers little endian, as the block has them.
    arrays[name] = new TYPES[type](buffer, at, count);
    at += Math.ceil(arrays[name].byteLength / 4) * 4;
  }
  return { entities: header.entities, ties: header.ties, modularity: header.modularity, pools: header.pools, arrays: /** @type {Arrays} */ (arrays) };
}

export { NO_DAY, columns, decode, load };
