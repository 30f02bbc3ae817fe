/* Chunks: the parts of a large graph, which follow the scripts of the page, each deflated JSON in base64. They are read
   one after another so that the page answers in between. `data/chunks.py` says how a chunk is made. */
// So long, in milliseconds, work goes on before the page may answer somebody.
const BREATH = 8;
// So long after somebody pressed something nothing is unencoded: the answer comes first.
const PAUSE = 400;
let begun = 0;
const taken = []; // the elements that went from the page, with what they held, for a copy of it
let pressed = -PAUSE;
for (const kind of ["pointerdown", "pointerup", "keydown"]) addEventListener(kind, () => { pressed = performance.now(); }, { capture: true });

/* Lets the page answer, if it has not for a while. */
async function breathe() {
  if (performance.now() - begun < BREATH) return;
  do await new Promise((done) => setTimeout(done, Math.max(0, pressed + PAUSE - performance.now())));
  while (performance.now() - pressed < PAUSE);
  begun = performance.now();
}

/* The whole page, with all of its parts, has been read. */
function read() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

function elements() {
  return [...document.querySelectorAll("script[data-chunk]")];
}

async function inflated(element) {
  const text = await response(element).then((each) => each.text());
  await breathe();
  return JSON.parse(text);
}

/* The bytes of an element, which goes from the page; of large ones it is read once. */
async function inflatedBytes(element) {
  return (await response(element)).arrayBuffer();
}

/* What an element holds, which stays in the page. */
async function peeked(element) {
  return JSON.parse(await deflated(element.textContent).text());
}

function deflated(encoded) {
  return new Response(new Blob([unencoded(encoded)]).stream().pipeThrough(new DecompressionStream("deflate")));
}

async function response(element) {
  const encoded = element.textContent;
  // The browser keeps it, not the heap of the page.
  taken.push({ element: element.cloneNode(false), content: new Blob([encoded]) });
  element.remove();
  await breathe();
  return deflated(encoded);
}

/* The bytes of base64. Not every browser has a function of its own for it. */
function unencoded(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/* The value of a column in a row; undefined where it has none. */
function value(column, row) {
  if (Array.isArray(column)) return column[row] ?? undefined;
  return column.at[row] < 0 ? undefined : column.pool[column.at[row]];
}

function record(columns, row) {
  const result = {};
  for (const name in columns) {
    const cell = value(columns[name], row);
    if (cell !== undefined) result[name] = cell;
  }
  return result;
}

export { breathe, read, elements, inflated, inflatedBytes, peeked, value, record, taken };
