/* Names taken apart to be compared: the words that tell one from another, without brackets, legal forms, articles and prepositions;
   and acronyms. The lists of words are those by which the rest of the project compares names. */
import * as data from "./data.js";
import { fold, loose } from "./search_words.js";

// "T&E", "CEPI", "UNI-Europa": half of its letters at least are capitals.
const ACRONYM = /^[\p{L}\p{N}&.+/-]{2,12}$/u;
const BRACKETS = /[([]([^()[\]]*)[)\]]?/gu;
// What stands between an acronym and the name that it is short for.
const EXPLAINED = /\s+[-–—]+\s*|\s*[-–—]+\s+|\s*:\s+/u;
const DOTTED = /(?<!\p{L})(?:\p{L}\.){2,}/gu;
// More letters of a name are not compared.
const LONGEST = 400;
const legalForms = runs(data.nameWords.legalForms).sort((one, other) => other.length - one.length);
const functionWords = new Set(data.nameWords.function.map(plain));

/** Words in plain small letters: as `search_words.js` folds them, with ä, ö, ü, å however they are spelled. */
function plain(words) {
  return loose(fold(words)).replaceAll("ue", "u");
}

function runs(list) {
  return list.map((each) => plain(each).split(" "));
}

function split(words) {
  return plain(words).split(" ").filter(Boolean);
}

/** Whether a text is an acronym by its letters. @param {string} words @returns {boolean} */
function isAcronym(words) {
  const letters = [...words].filter((letter) => /\p{L}/u.test(letter));
  return ACRONYM.test(words) && letters.length > 1 && 2 * letters.filter((letter) => /\p{Lu}/u.test(letter)).length >= letters.length;
}

/* Whether an acronym can be of these words: its letters stand in them in their order, and it begins as they do. */
function canBeShortFor(acronym, words) {
  const [letters, full] = [short(acronym), words.join("")];
  if (words.length < 2 || letters[0] !== full[0]) return false;
  let at = 0;
  for (const letter of full) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

function withoutForms(words) {
  let rest = words;
  for (;;) {
    const form = legalForms.find((each) => each.length < rest.length && each.every((word, at) => word === rest[rest.length - each.length + at]));
    if (!form) return rest;
    rest = rest.slice(0, -form.length);
  }
}

function telling(words) {
  const result = words.filter((word) => !functionWords.has(word));
  return result.length ? result : words;
}

/** A name of an organisation, taken apart: its words in order, its acronyms, and what else stands in its brackets.
 * @param {string} name @returns {{words: string[], acronyms: string[], qualifier: string}} */
function ofBody(name) {
  const text = name.slice(0, LONGEST).replace(DOTTED, (letters) => letters.replaceAll(".", ""));
  const inside = [...text.matchAll(BRACKETS)].map(([, words]) => words.trim()).filter(Boolean);
  const acronyms = inside.filter(isAcronym);
  const others = inside.filter((each) => !isAcronym(each)).join(" ");
  const pieces = text.replace(BRACKETS, " ").split(EXPLAINED).map((each) => each.trim()).filter((each) => plain(each));
  const full = pieces.filter((each) => !isAcronym(each));
  if (full.length) acronyms.push(...pieces.filter(isAcronym));
  const [main] = full.length || !pieces.length ? [full.join(" ")] : pieces;
  const explained = telling(split(others));
  if (!plain(main)) return { words: telling(withoutForms(split(others))), acronyms: acronyms.map(short), qualifier: "" };
  // "CEPI (Confederation of European Paper Industries)": what stands in brackets is the name.
  if (isAcronym(main) && canBeShortFor(main, explained)) return { words: telling(withoutForms(split(others))), acronyms: [...acronyms, main].map(short), qualifier: "" };
  return { words: telling(withoutForms(split(main))), acronyms: acronyms.map(short), qualifier: explained.join(" ") };
}

function short(acronym) {
  return plain(acronym).replaceAll(" ", "");
}

/** The words of the name of a person, without what stands in brackets; "Vik, Kari" has those of "Kari Vik".
 * @param {string} name @returns {string[]} */
function ofPerson(name) {
  return split(name.slice(0, LONGEST).replace(BRACKETS, " "));
}

export { ofBody, ofPerson };
