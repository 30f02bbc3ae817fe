/* A copy of this page with something put into it: the same scripts, styles, data and policy, as they came. */
import * as chunks from "./chunks.js";
import * as dom from "./dom.js";
import * as files from "./share_files.js";
import * as link from "./share_link.js";

const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
const RAW = new Set(["script", "style"]);
// Where one's own views stand, before the scripts that read them.
const OWN = "saved-views";
// Where the page lies it knows only when it is opened there. It says so in its head, and so do the copies that are saved of it.
if (link.isPublic() && !document.querySelector("link[rel=canonical]")) {
  document.head.append(dom.el("link", { rel: "canonical", href: location.origin + location.pathname }));
}
// The page as it was before a script changed it, in pieces: strings, and elements whose words are long and stay.
const pieces = [...markup(document.head), ...bodyPieces()];

function escaped(words, more = "") {
  return words.replace(new RegExp(`[&<>\u00a0${more}]`, "g"), (letter) => `&#${letter.codePointAt(0)};`);
}

function startTag(element) {
  const attributes = [...element.attributes].map(({ name, value }) => (value ? ` ${name}="${escaped(value, '"')}"` : ` ${name}`)).join("");
  return `<${element.localName}${attributes}>`;
}

/* An element as strings, with scripts and styles as themselves: their words are asked for when the copy is made. */
function markup(node) {
  if (node.nodeType === Node.TEXT_NODE) return [escaped(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  if (node.id === OWN || isApart(node)) return [];
  if (RAW.has(node.localName)) return [node];
  const start = startTag(node);
  if (VOID.has(node.localName)) return [start];
  return [start, ...[...node.childNodes].flatMap(markup), `</${node.localName}>`];
}

/* Parts are added at the end, whether they have been read or not, and scripts that were unpacked stand in the page packed. */
function isApart(element) {
  return element.matches("script[data-chunk], script[data-unpacked], #columns, #answers");
}

function bodyPieces() {
  return [startTag(document.body), ...[...document.body.childNodes].flatMap(markup)];
}

const whole = (element, words = element.textContent) => [startTag(element), words, `</${element.localName}>`];

/* JSON in a script element: no letter of it ends the element (as in graph/explorer/html.py). */
function asData(value) {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What was put into this page when it was copied; undefined where nothing was. @returns {unknown} */
function own() {
  const element = document.getElementById(OWN);
  if (!element) return undefined;
  try {
    return JSON.parse(element.textContent);
  } catch {
    return undefined;
  }
}

/** The page with this in it. Everything of the graph must have arrived. @param {unknown} value @returns {Blob} */
function copy(value) {
  const parts = ["<!doctype html>\n", startTag(document.documentElement), "\n"];
  for (const piece of pieces) {
    if (typeof piece === "string") {
      parts.push(piece);
      continue;
    }
    if (piece.id === "data") parts.push(`<script type="application/json" id="${OWN}">`, asData(value), `</${piece.localName}>\n`);
    parts.push(...whole(piece));
  }
  for (const { element, content } of chunks.taken) parts.push("\n", ...whole(element, content));
  // What has not been read yet, such as answers that nobody asked for.
  const here = new Set(pieces);
  for (const left of document.querySelectorAll("body script")) if (!here.has(left)) parts.push("\n", ...whole(left));
  parts.push("\n</body>\n</html>\n");
  return new Blob(parts, { type: "text/html;charset=utf-8" });
}

/** Saves the copy. @param {unknown} value @param {string} name */
function save(value, name) {
  files.save(copy(value), "text/html", name);
}

export { own, copy, save };
