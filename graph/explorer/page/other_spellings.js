/* Says where another name may be that of the same organisation, or of the same person: each with its own numbers and a way to it. */
import * as agentNumbers from "./agent_numbers.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as longList from "./long_list.js";
import * as meetings from "./meetings.js";
import * as spellings from "./spellings.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// So many stand in a hit of the search, of so many letters each, and so many in the row of a list.
const [FEW, LONGEST, IN_ROW] = [2, 40, 5];
const open = new Set(); // the rows whose other names are open

texts.add({
  mayBeBody: ["Kan være den samme organisasjonen", "May be the same organisation"],
  mayBePerson: ["Kan være den samme personen", "May be the same person"],
  mayBeHow: ["Ingen har avgjort det. Hvert navn er telt for seg, og tallene er ikke lagt sammen.", "Nobody has decided it. Each name is counted by itself, and the numbers are not added up."],
  mayBeCount: ["{count} til kan være den samme", "{count} more may be the same"],
  mayBeCountOne: ["én til kan være den samme", "one more may be the same"],
  mayBeCrowd: ["mer enn {count} har dette navnet", "more than {count} have this name"],
  mayBeAcronyms: ["forkortelsen {acronyms} passer til så mange navn her at de ikke er listet (mer enn {count} par)", "the acronym {acronyms} fits so many names here that they are not listed (more than {count} pairs)"],
  mayBeWords: ["{count}: {names}", "{count}: {names}"],
  mayBeMore: ["alle {count}", "all {count}"],
  mayBeMoreOf: ["Alle {count} som kan være den samme som {who}", "All {count} that may be the same as {who}"],
  mayBeCounted: ["{count} organisasjoner har navn som kan være det samme som et annet her. Hvert navn er telt for seg.", "{count} organisations have names that may be the same as another one here. Each name is counted by itself."],
  mayBe_name: ["samme navn", "the same name"],
  mayBe_words: ["samme ord i navnet", "the same words in the name"],
  mayBe_acronym: ["kan være forkortelsen", "may be the acronym"],
  mayBe_letter: ["én bokstav i forskjell", "one letter differs"],
  mayBe_unsure: ["noen har sett på det og kunne ikke avgjøre det", "somebody looked at it and could not tell"],
});

/** All of them with their numbers, as a part of the page of somebody; null where there are none.
 * @param {string} id @param {(id: string) => Element | string} name makes a way to one @param {number} [first] so many of them at first @returns {Element | null} */
function part(id, name, first = 6) {
  const all = spellings.of(id);
  const crowd = crowdOf(id);
  if (!all.length && !crowd) return null;
  return el("section", { class: "may-be" }, el("h3", {}, text(data.entities.get(id).kind === "person" ? "mayBePerson" : "mayBeBody")), el("p", { class: "hint" }, text("mayBeHow")),
    crowd ? el("p", { class: "hint" }, `${texts.capital(crowd)}.`) : null,
    all.length === 0 ? null : longList.list(`may be ${id}`, all, ({ id: other, reason }) => el("li", {}, name(other), " ", el("span", { class: "hint" }, `${meetings.inWords(agentNumbers.of(other))} · ${text(`mayBe_${reason}`)}`), " ",
      el("button", { type: "button", class: "quiet compare-pair", "aria-label": text("pickCompare", { who: texts.list(subject.named([id, other])) }), onclick: () => subject.compare([id, other]) }, text("pairCompare"))), { class: "counted", first }));
}

/* That more have this name, or fit its acronym, than are listed; empty where no more do. */
function crowdOf(id) {
  const count = texts.count(spellings.MOST_SHARING);
  const acronyms = spellings.ambiguousAcronyms(id).map((each) => texts.quoted(each.toUpperCase()));
  return [spellings.isCrowded(id) ? text("mayBeCrowd", { count }) : "", acronyms.length ? text("mayBeAcronyms", { acronyms: acronyms.join(", "), count }) : ""].filter(Boolean).join(", ");
}

/** How many there are, for a row of a list: opened, the first of them, each with a way to it.
 * @param {string} id @param {(id: string) => void} go @returns {Element | null} */
function line(id, go) {
  const all = spellings.of(id);
  const crowd = crowdOf(id);
  if (!all.length) return crowd ? el("span", { class: "hint may-be-line" }, crowd) : null;
  const button = (to, words, label = null) => el("button", { type: "button", class: "quiet", "aria-label": label, onclick: () => go(to) }, words);
  const details = el("details", { class: "may-be-line", open: open.has(id) }, el("summary", {}, [texts.many("mayBeCount", all.length), crowd].filter(Boolean).join(", ")),
    el("ul", {}, all.slice(0, IN_ROW).map(({ id: other }) => el("li", {}, button(other, data.label(other)), " ", el("span", { class: "hint" }, meetings.inWords(agentNumbers.of(other))))),
      all.length > IN_ROW ? el("li", {}, button(id, text("mayBeMore", { count: texts.count(all.length) }), text("mayBeMoreOf", { count: texts.count(all.length), who: data.label(id) }))) : null));
  // Lists are made anew at every change: what is open stays open.
  details.addEventListener("toggle", () => { if (details.open) open.add(id); else open.delete(id); });
  return details;
}

/** How many there are and the first that are spelled otherwise, in words; empty where there are none. @param {string} id @returns {string} */
function inWords(id) {
  const all = spellings.of(id);
  const crowd = crowdOf(id);
  if (!all.length) return crowd;
  const own = data.label(id);
  const names = [...new Set(all.map(({ id: other }) => data.label(other)))].filter((name) => name !== own).slice(0, FEW).map((name) => texts.quoted(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name));
  const count = [texts.many("mayBeCount", all.length), crowd].filter(Boolean).join(", ");
  return names.length ? text("mayBeWords", { count, names: names.join(", ") }) : count;
}

/** That there are such in the graph, in words; empty where there are none. @returns {string} */
function note() {
  const count = spellings.count();
  return count ? text("mayBeCounted", { count: texts.count(count) }) : "";
}

export { inWords, line, note, part };
