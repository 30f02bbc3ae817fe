/* Elements: every text is a text node, every link is to http, https or mailto. */
const SAFE = new Set(["http:", "https:", "mailto:"]);
// Letters that are not seen: they turn or hide others, so that one name looks like another, or no file may hold them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cf}\ufdd0-\ufdef\ufffe\uffff]/gu;
const BREAKS = /[\p{Zl}\p{Zp}]/gu;
const LONGEST = 400;
// Words of these letters alone, as most are, have none to look for: most of Latin, Greek, Cyrillic, Armenian and Hebrew.
const ORDINARY = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff]*$/;

// Between letters of these scripts a joiner changes how they are written, as in Persian; between pictures it makes one of them.
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const [BEFORE_JOINER, PICTURE] = [/[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u, /\p{Extended_Pictographic}/u];

/* Words as they may be shown: without letters that are not seen, but with the joiners that a word or a picture is written with. */
function clean(words) {
  const given = String(words ?? "");
  if (ORDINARY.test(given)) return given;
  return given.replace(BREAKS, " ").replace(HIDDEN, (letter, place, all) => (isJoiner(letter, place, all) ? letter : ""));
}

function isJoiner(letter, place, all) {
  if (letter !== "\u200c" && letter !== "\u200d") return false;
  const before = all.slice(Math.max(0, place - 2), place);
  const [last] = [...before].slice(-1);
  const next = String.fromCodePoint(all.codePointAt(place + 1) ?? 0);
  if (last === undefined) return false;
  return (JOINED.test(last) && JOINED.test(next)) || (letter === "\u200d" && BEFORE_JOINER.test(last) && PICTURE.test(next));
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

/**
 * A new element of HTML with properties and children; what begins with "on" is listened to.
 * @returns {any}
 */
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

const FOCUSABLE = "button, a[href], input, select, textarea, summary, [tabindex]";

/* Whether one element stands for another that was there before: by its id, else by what it is and says. */
function standsFor(one, { tag, id, words }) {
  return id ? one.id === id : one.tagName === tag && !one.id && one.textContent === words;
}

/* What can have the focus in a part of the page, and is seen. */
function focusables(parent) {
  return [...parent.querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
}

/* Where the focus is in a part of the page, so that it can be found again when that part is made anew. */
function focused(parent) {
  const active = document.activeElement;
  if (!active || active === parent || !parent.contains(active)) return null;
  const was = { tag: active.tagName, id: active.id, words: active.textContent };
  return { was, number: [...parent.querySelectorAll(active.tagName)].filter((one) => standsFor(one, was)).indexOf(active) };
}

/* New children for a part of the page. The focus stays on what is there again. */
function replace(parent, ...children) {
  const before = focused(parent);
  parent.replaceChildren();
  filled(parent, {}, children);
  if (before) [...parent.querySelectorAll("*")].filter((one) => standsFor(one, before.was))[before.number]?.focus({ preventScroll: true });
  return parent;
}

/**
 * Where the focus is: the element, and which one it is of those in each part of the page that it stands in.
 * @returns {{active: Element, was: any, within: {id: string, number: number}[]} | null}
 */
function focusPlace() {
  const active = document.activeElement;
  if (!active || active === document.body) return null;
  const within = [];
  for (let part = active.parentElement; part; part = part.parentElement) if (part.id) within.push({ id: part.id, number: focusables(part).indexOf(active) });
  return { active, was: { tag: active.tagName, id: active.id, words: active.textContent }, within };
}

/**
 * Gives the focus back where it was: to the element, to what stands for it, or else to what is nearest, never to nothing.
 * @param {ReturnType<typeof focusPlace>} place
 */
function returnFocus(place) {
  if (!place) return;
  const isSeen = (one) => one?.isConnected && one.getClientRects().length > 0;
  if (isSeen(place.active)) {
    place.active.focus({ preventScroll: true });
    return;
  }
  for (const { id, number } of place.within) {
    const part = at(id);
    if (!isSeen(part)) continue;
    const all = focusables(part);
    const next = all.find((one) => standsFor(one, place.was)) ?? (id === "main" ? part : all[Math.min(Math.max(0, number), all.length - 1)]);
    if (!next) continue;
    next.focus({ preventScroll: true });
    if (document.activeElement === next) return;
  }
  at("main").focus({ preventScroll: true });
}

/* Whether nobody has the focus, or what is not seen. */
function isFocusLost() {
  const active = document.activeElement;
  return !active || active === document.body || !active.isConnected || !active.getClientRects().length;
}

/* Says it to those who do not see the page. */
function announce(words) {
  at("status").textContent = words;
}

/** The element of an id. @param {string} id @returns {any} */
function at(id) {
  return document.getElementById(id);
}

export { announce, el, svg, link, clean, plain, replace, focusPlace, returnFocus, isFocusLost, at };
