/* Words as people type them, and as names and texts have them: å is aa, æ is ae, ø is o and oe, capitals and accents do not
   matter. Small words and question words say nothing about who is meant; one or two letters may be wrong. */
import * as data from "./data.js";

const plainLetters = new Map(Object.entries({ ...data.plainLetters, å: "aa", æ: "ae", ø: "oe", ö: "oe", ä: "ae" }));
const foldedLetters = new Map(); // those that have occurred
const ASKING = new Set(folded("hvem hva hvor når hvilke hvilken hvilket hvordan hvorfor who whom what where when which how why"));
const SMALL = new Set([...ASKING, ...folded(
  "i på av til fra med om og eller for hos ved er var har hadde det den de en et ei som ble in on at of to from with about and or by is was were has have had the a an did does do",
)]);
// Endings of words in bokmål and of the genitive: what is typed with one may be written without it, "statsministeren".
const ENDINGS = ["ene", "ens", "ets", "en", "et", "er", "ne", "s"];
const SHORTEST_STEM = 5;
// No name is so long, and nobody means so many words.
const [MOST_LETTERS, MOST_WORDS] = [200, 10];

/** Folds words as `fold_name` in names.py does, but with two letters for å, æ, ø, ö and ä: what is typed in full comes first.
 * @param {string} words @returns {string} */
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

function folded(words) {
  return fold(words).split(" ").filter(Boolean);
}

/** Without the second letter of aa, ae and oe: "Alesund" finds Ålesund, "Tromso" Tromsø.
 * @param {string} word @returns {string} */
function loose(word) {
  return word.replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o");
}

/** What was typed: the whole of it, folded, all of its words, and those that are sought: all but the small ones, unless there are
 * no others.
 * @param {string} typed @returns {{whole: string, all: string[], sought: {word: string, loose: string, stems: string[]}[], asks: boolean}} */
function query(typed) {
  const whole = fold(typed.slice(0, MOST_LETTERS));
  const all = whole.split(" ").filter(Boolean).slice(0, MOST_WORDS);
  const telling = all.filter((word) => !SMALL.has(word));
  const sought = (telling.length ? telling : all).map((word) => ({ word, loose: loose(word), stems: stems(loose(word)) }));
  return { whole, all, sought, asks: all.some((word) => ASKING.has(word)) };
}

function stems(word) {
  return ENDINGS.filter((ending) => word.endsWith(ending) && word.length >= SHORTEST_STEM + ending.length).map((ending) => word.slice(0, -ending.length));
}

/** Whether some words of a text begin with each word that is sought, or are one of them without its ending.
 * @param {string} text @param {{loose: string, stems: string[]}[]} sought @returns {boolean} */
function has(text, sought) {
  const within = ` ${loose(fold(text))} `;
  return sought.every((each) => within.includes(` ${each.loose}`) || each.stems.some((stem) => within.includes(` ${stem} `)));
}

/** How many letters of a word may be wrong, missing, too many, or in the wrong order. None of a number.
 * @param {string} word @returns {number} */
function errors(word) {
  if (word.length < 4 || /\p{N}/u.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/** The letters of a word as a set of 32 bits: what is missing in it is seen at once.
 * @param {string} word @returns {number} */
function letters(word) {
  let result = 0;
  for (let at = 0; at < word.length; at += 1) result |= 1 << (word.charCodeAt(at) & 31);
  return result;
}

const rows = [new Uint8Array(72), new Uint8Array(72), new Uint8Array(72)];

/** Whether two words differ by at most so many letters: one that is wrong, missing, too many, or changes places with the next one.
 * Of a long one that is typed the beginning is enough.
 * @param {string} typed @param {string} word @param {number} most @returns {boolean} */
function isNear(typed, word, most) {
  const long = Math.min(word.length, typed.length + most);
  if (typed.length > 64 || long < typed.length - most || (typed.length < 6 && word.length > long)) return false;
  let [before, above, here] = rows;
  for (let at = 0; at <= long; at += 1) above[at] = at;
  for (let down = 1; down <= typed.length; down += 1) {
    here[0] = down;
    let least = down;
    for (let at = 1; at <= long; at += 1) {
      const same = typed.charCodeAt(down - 1) === word.charCodeAt(at - 1);
      let cost = Math.min(above[at] + 1, here[at - 1] + 1, above[at - 1] + (same ? 0 : 1));
      const turned = down > 1 && at > 1 && typed.charCodeAt(down - 1) === word.charCodeAt(at - 2) && typed.charCodeAt(down - 2) === word.charCodeAt(at - 1);
      if (turned) cost = Math.min(cost, before[at - 2] + 1);
      here[at] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return false;
    [before, above, here] = [above, here, before];
  }
  if (typed.length < 6) return above[word.length] <= most;
  for (let at = Math.max(1, typed.length - most); at <= long; at += 1) if (above[at] <= most) return true;
  return false;
}

export { errors, fold, folded, has, isNear, letters, loose, query };
