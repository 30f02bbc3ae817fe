/* The server of a page whose registers no file can hold: it gives the columns, which count everything, and the rows that are shown.
   A page of any other graph asks nobody. */

// So many entities are asked for at once.
const MOST = 350;
let build = null;

/** What the page says of its server; nothing where it has none. @param {{build: string} | undefined} served */
function start(served) {
  build = served?.build ?? null;
}

/** Whether the page needs a server. @returns {boolean} */
function isNeeded() {
  return build !== null;
}

/* Addresses are those beside the page, wherever the server is. A file that was opened from disk has nobody to ask. */
async function asked(address) {
  if (!location.protocol.startsWith("http")) throw new Error("opened from a file");
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

/** The bytes of the columns, not deflated any more. @returns {Promise<ArrayBuffer>} */
async function columns() {
  const response = await asked(`explorer/columns?build=${build}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

/**
 * The rows in which entities are, by their numbers or ids; at most MOST of either.
 * @param {number[]} numbers
 * @param {string[]} [ids]
 * @returns {Promise<{templates: any[], rows: [number[], number, any[]][], numbers: Record<string, number>}>}
 */
async function rows(numbers, ids = []) {
  const parameters = new URLSearchParams({ build });
  if (numbers.length) parameters.set("entities", numbers.join("."));
  for (const id of ids) parameters.append("id", id);
  return (await asked(`explorer/records?${parameters}`)).json();
}

export { columns, isNeeded, MOST, rows, start };
