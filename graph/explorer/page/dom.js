/* Elements: every text is a text node, every link is to http, https or mailto. */
const SAFE = new Set(["http:", "https:", "mailto:"]);
// Letters that are not seen: they turn or hide others, so that one name looks like another, or no file may hold them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cf}\ufdd0-\ufdef\ufffe\uffff]/gu;
const BREAKS = /[\p{Zl}\p{Zp}]/gu;
const LONGEST = 400;

/* Words as they may be shown: without letters that are not seen. */
function clean(words) {
  return String(words ?? "").replace(BREAKS, " ").replace(HIDDEN, "");
}

/* The same, cut where a name is longer than anybody reads. */
function plain(words) {
  const whole = clean(words);
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

function el(tag, properties, ...children) {
  return filled(document.createElement(tag), properties, children);
}

function svg(tag, properties, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

/* A link where the address may be followed, else its words alone. */
function link(address, words) {
  let safe = false;
  try {
    safe = SAFE.has(new URL(address).protocol);
  } catch {
    safe = false;
  }
  const visible = plain(words ?? address);
  return safe ? el("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, visible) : el("span", {}, visible);
}

/* Where the focus is in a part of the page, so that it can be found again when that part is made anew. */
function focused(parent) {
  const active = document.activeElement;
  if (!active || active === parent || !parent.contains(active)) return null;
  const alike = (one) => one.tagName === active.tagName && one.id === active.id && one.textContent === active.textContent;
  return { alike, number: [...parent.querySelectorAll(active.tagName)].filter(alike).indexOf(active) };
}

/* New children for a part of the page. The focus stays on what is there again. */
function replace(parent, ...children) {
  const before = focused(parent);
  parent.replaceChildren();
  filled(parent, {}, children);
  if (before) [...parent.querySelectorAll("*")].filter(before.alike)[before.number]?.focus({ preventScroll: true });
  return parent;
}

/* Says it to those who do not see the page. */
function announce(words) {
  at("status").textContent = words;
}

function at(id) {
  return document.getElementById(id);
}

export { announce, el, svg, link, clean, plain, replace, at };
