/* Search: names as people type them. å is aa, æ is ae, ø is o and oe, capitals and accents do not matter. */
import * as chunks from "./chunks.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const MOST = 12;
let index = null;
let last = { words: null, entries: [] };
const plainLetters = new Map(Object.entries({ ...data.plainLetters, å: "aa", æ: "ae", ø: "oe", ö: "oe", ä: "ae" }));
const foldedLetters = new Map(); // those that have occurred

/* As `fold_name` in names.py, but with two letters for å, æ, ø, ö and ä: what is typed in full comes first. */
function fold(words) {
  let result = "";
  for (const letter of words.normalize("NFKC").toLowerCase()) {
    if (!foldedLetters.has(letter)) foldedLetters.set(letter, foldLetter(letter));
    result += foldedLetters.get(letter);
  }
  return result.replace(/ +/gu, " ").trim();
}

function foldLetter(letter) {
  if (plainLetters.has(letter)) return plainLetters.get(letter);
  if (/[\p{Cf}\u0300-\u036f]/u.test(letter)) return "";
  if (!/[\p{L}\p{M}\p{N}]/u.test(letter)) return " ";
  const [base] = letter.normalize("NFD");
  // Marks of Latin and Greek letters are dropped; those of other scripts tell words apart.
  return base < "\u0400" ? plainLetters.get(base) ?? base : letter;
}

/* Without the second letter of aa, ae and oe: "Alesund" finds Ålesund, "Tromso" Tromsø. */
function loose(folded) {
  return folded.replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o");
}

/* The names of an entity, as they are looked for: each word after a space. */
function namesOf(entity) {
  const names = new Set([...Object.values(entity.label ?? {}), ...(entity.also ?? [])]);
  return [...names].map((name) => {
    const folded = fold(name);
    return { entity, name, folded: ` ${folded}`, loose: ` ${loose(folded)}` };
  });
}

/* Every name, before anybody asks; the page answers in between. */
async function prepare() {
  const result = [];
  for (const entity of data.entities.values()) {
    result.push(...namesOf(entity));
    if (result.length % 50 === 0) await chunks.breathe();
  }
  index = result;
  last = { words: null };
}

/* Names in which something can be found. What was found for less of the same words holds what is found for more. */
function entries(typed) {
  if (!data.isWhole()) return [...data.entities.values()].flatMap(namesOf);
  index ??= [...data.entities.values()].flatMap(namesOf);
  return last.words !== null && typed.startsWith(last.words) ? last.entries : index;
}

/* Entities whose names have a word that begins with each word typed; those that begin with it first, at most so many; and
   how many there are. */
function find(typed, most = Infinity) {
  const folded = fold(typed);
  const words = folded.split(" ").filter(Boolean);
  if (!words.length) return { hits: [], count: 0 };
  const sought = words.map((word) => ({ word, begins: ` ${word}`, loosely: ` ${loose(word)}`, within: loose(word) }));
  const best = new Map();
  const passed = [];
  for (const entry of entries(folded)) {
    const rank = ranked(entry, sought, ` ${folded}`);
    if (rank === null) continue;
    passed.push(entry);
    const before = best.get(entry.entity.id);
    if (!before || rank < before.rank) best.set(entry.entity.id, { entry, rank });
  }
  if (data.isWhole()) last = { words: folded, entries: passed };
  // Of many, each rank has its own list, so that no more are put in order than are shown.
  const hits = [];
  for (let rank = 0; rank <= 3 && hits.length < most; rank += 1) {
    const here = [...best.values()].filter((hit) => hit.rank === rank);
    hits.push(...foremost(here, most - hits.length));
  }
  return { hits: hits.map(({ entry }) => entry), count: best.size };
}

/* The first of them in order, found without putting all in order. */
function foremost(hits, most) {
  const before = (one, other) => data.byWeight(one.entry.entity.id, other.entry.entity.id);
  if (hits.length <= most * 4) return hits.sort(before).slice(0, most);
  const kept = [];
  for (const hit of hits) {
    if (kept.length === most && before(hit, kept.at(-1)) > 0) continue;
    kept.push(hit);
    kept.sort(before);
    if (kept.length > most) kept.pop();
  }
  return kept;
}

function ranked({ folded, loose: looser }, sought, whole) {
  if (folded.startsWith(whole)) return 0;
  if (sought.every(({ begins }) => folded.includes(begins))) return 1;
  if (sought.every(({ loosely }) => looser.includes(loosely))) return 2;
  if (sought.every(({ word, within }) => folded.includes(word) || looser.includes(within))) return 3;
  return null;
}

/* Meetings of one name are told apart by their time. */
function when(entity) {
  return entity.earliest && entity.latest && entity.kind === "event" ? ` · ${texts.span(entity.earliest, entity.latest)}` : "";
}

/* What was found is chosen: as an end of a path that is not chosen yet; else where it is, or with those around it where it is not. */
function focusOn(id) {
  const now = state.now;
  if (now.pathOpen && !(now.pathFrom && now.pathTo)) {
    state.set(now.pathFrom ? { pathTo: id } : { pathFrom: id });
    return;
  }
  const here = selection.visible(now).scene.entities.has(id);
  const around = here ? {} : { around: id, rings: 1, pathOpen: false, more: [] };
  state.set({ ...around, view: now.view === "questions" ? "network" : now.view, selected: id });
  if (state.now.view === "network") dom.at("canvas").focus();
  else dom.at("proof").focus();
}

function start() {
  const input = dom.at("search");
  const list = dom.at("results");
  let hits = [];
  let at = -1;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  }

  function mark(next) {
    at = hits.length ? (next + hits.length) % hits.length : -1;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(number) {
    const { entity } = hits[number];
    input.value = "";
    close();
    focusOn(entity.id);
  }

  function show() {
    const all = find(input.value, MOST);
    const hint = (words) => dom.el("li", { class: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words);
    hits = all.hits;
    dom.replace(list, hits.map((hit, number) => {
      const visible = data.label(hit.entity.id);
      const other = dom.plain(hit.name) === visible ? "" : ` (${dom.plain(hit.name)})`;
      const kind = texts.text(`kind_${hit.entity.kind}`).toLocaleLowerCase(texts.language);
      return dom.el("li", {
        role: "option", id: `hit-${number}`, "aria-selected": "false",
        onpointerdown: (event) => { event.preventDefault(); choose(number); },
      }, visible, dom.el("span", { class: "hint" }, `${other} · ${kind}${when(hit.entity)}`));
    }), !hits.length && input.value.trim()
      ? hint(texts.text("nothingFound", { what: input.value }))
      : null, all.count > MOST ? hint(`${MOST} / ${texts.count(all.count)}`) : null);
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (input.value.trim()) dom.announce(texts.text("hits", { count: texts.count(all.count) }));
    mark(hits.length ? 0 : -1);
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea")) {
      event.preventDefault();
      input.focus();
    }
  });
}

function relabel() {
  dom.at("search").setAttribute("placeholder", texts.text("search"));
  dom.at("search").setAttribute("aria-label", texts.text("search"));
}

export { start, find, fold, prepare, relabel };
