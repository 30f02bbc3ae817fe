/* What the pages of subjects are made of: numbers, years as bars, lists of meetings with their sentences, lists with counts. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as longList from "./long_list.js";
import * as meetings from "./meetings.js";
import * as proof from "./proof.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const CERTAINTIES = ["certain", "planned", "possible"];
// So many years have a bar each; so many names of a meeting are in its row.
const [YEARS, NAMED] = [60, 3];
const HEIGHT = 64; // pixels of the longest bar
const open = new Set(); // the meetings whose proof is open, in the page that is

texts.add({
  subjectBack: ["Tilbake", "Back"],
  subjectPass: ["{passing} av {all} møter passer til filtrene.", "{passing} of {all} meetings fit the filters."],
  subjectAll: ["Vis alle", "Show all"],
  subjectNone: ["Ingen møter passer til filtrene.", "No meetings fit the filters."],
  subjectNever: ["Ingen kilde her sier at {who} hadde del i et møte.", "No source here says that {who} had a part in a meeting."],
  yearsTitle: ["Møter per år", "Meetings per year"],
  yearsVague: ["{count} er bare kjent innenfor flere år og har ingen søyle.", "{count} are only known within several years and have no bar."],
  yearsVagueOne: ["Ett er bare kjent innenfor flere år og har ingen søyle.", "One is only known within several years and has no bar."],
  yearsBefore: ["Før {year} har årene ingen søyle: {count}.", "Years before {year} have no bar: {count}."],
  yearsOf: ["{year}: {count}", "{year}: {count}"],
  numberCertain: ["møter med sikker del", "meetings with a certain part"],
  numberCertainOne: ["møte med sikker del", "meeting with a certain part"],
  numberPlanned: ["planlagt eller ventet", "planned or expected"],
  numberPossible: ["mulige", "possible"],
  numberPossibleOne: ["mulig", "possible"],
  numberPresent: ["Til stede, sier kilden: {count}. Å ha del i et møte er ikke det samme som å være til stede.", "Present, as the source says: {count}. A part in a meeting is not presence."],
  meetingProof: ["Setningen eller raden", "The sentence or row"],
  meetingWith: ["Med: {names}", "With: {names}"],
});

/** The buttons of a page of a subject, the way back first. @param {...any} others @returns {Element} */
function acts(...others) {
  return el("div", { class: "acts" }, el("button", { type: "button", class: "button", id: "subject-back", onclick: subject.close }, `← ${text("subjectBack")}`), others);
}

/** A name that opens its page. @param {string} id @param {string} [label] @returns {Element | string} */
function name(id, label = data.label(id)) {
  if (!data.entities.has(id)) return label;
  return el("button", { type: "button", class: "quiet", onclick: () => subject.open(id) }, label);
}

/** How many meetings pass the filters, where some do not. @param {number} passing @param {number} all @returns {Element | null} */
function pass(passing, all) {
  if (passing === all) return null;
  return el("p", { class: "hint", id: "subject-pass" }, text("subjectPass", { passing: texts.count(passing), all: texts.count(all) }), " ",
    el("button", { type: "button", class: "quiet", id: "subject-all", onclick: () => state.set({ filters: {} }) }, text("subjectAll")));
}

/** The numbers of meetings by certainty, each with what it counts; what is never added up. @param {any} counted @param {number} [present] @returns {any[]} */
function numbers({ certain, planned, possible }, present) {
  const one = (count, words, kind) => (count || kind === "certain" ? el("li", { class: kind }, el("strong", {}, texts.count(count)), " ", text(words)) : null);
  return [
    el("ul", { class: "numbers" }, one(certain, certain === 1 ? "numberCertainOne" : "numberCertain", "certain"), one(planned, "numberPlanned", "planned"), one(possible, possible === 1 ? "numberPossibleOne" : "numberPossible", "possible")),
    present === undefined ? null : el("p", { class: "hint" }, text("numberPresent", { count: texts.count(present) })),
  ];
}

/** By year how many meetings are certain, planned and possible; `vague` are those not known to the year.
 * @param {Map<string, {certainty: string}>} all @returns {{byYear: Map<string, any>, vague: number}} */
function perYear(all) {
  const byYear = new Map();
  let vague = 0;
  for (const [id, { certainty }] of all) {
    const { earliest, latest } = data.entities.get(id);
    if (!earliest || !latest || earliest.slice(0, 4) !== latest.slice(0, 4)) {
      vague += 1;
      continue;
    }
    const year = earliest.slice(0, 4);
    if (!byYear.has(year)) byYear.set(year, { certain: 0, planned: 0, possible: 0 });
    byYear.get(year)[certainty] += 1;
  }
  return { byYear, vague };
}

const sum = (counted) => counted.certain + counted.planned + counted.possible;

/** The years that have bars, one after another: from the first to the last, of more than have room the last. `most` is how many
 * meetings the highest bar has; null where nothing is known to the year.
 * @param {{byYear: Map<string, any>}[]} groups @returns {{axis: string[], most: number} | null} */
function yearAxis(groups) {
  const named = new Set(groups.flatMap(({ byYear }) => [...byYear.keys()].map(Number)));
  if (!named.size) return null;
  const last = Math.max(...named);
  const first = Math.max(Math.min(...named), last - YEARS + 1);
  const axis = Array.from({ length: last - first + 1 }, (_, at) => String(first + at).padStart(4, "0"));
  return { axis, most: Math.max(...groups.flatMap(({ byYear }) => axis.filter((year) => byYear.has(year)).map((year) => sum(byYear.get(year))))) };
}

/** What has no bar beside an axis, in sentences: the years before it, and what is not known to the year.
 * @param {{byYear: Map<string, any>, vague: number}} group @param {string[]} axis @returns {string[]} */
function withoutBar({ byYear, vague }, [first]) {
  const before = { certain: 0, planned: 0, possible: 0 };
  for (const [year, counted] of byYear) if (year < first) for (const each of CERTAINTIES) before[each] += counted[each];
  return [sum(before) ? text("yearsBefore", { year: first, count: meetings.inWords(before) }) : "", vague ? texts.many("yearsVague", vague) : ""].filter(Boolean);
}

/** Bars of the years of several groups of meetings, all on one scale; a bar chooses its year.
 * @param {{label: string, meetings: Map<string, {certainty: string}>}[]} groups @returns {Element | null} */
function years(groups) {
  const counted = groups.map((group) => ({ ...group, ...perYear(group.meetings) }));
  const all = yearAxis(counted);
  if (!all) return null;
  const { axis, most } = all;
  const every = Math.ceil(axis.length / 12);
  return el("div", { class: "multiples" }, counted.map((group) => el("section", { class: "multiple" },
    el("h4", {}, group.label),
    el("ul", { class: "years" }, axis.map((year, at) => bar(year, group.byYear.get(year), most, at % every === 0))),
    withoutBar(group, axis).map((words) => el("p", { class: "hint" }, words)))));
}

function bar(year, counted, most, isLabelled) {
  const pieces = counted ? CERTAINTIES.filter((each) => counted[each]).map((each) => {
    const piece = el("span", { class: `piece ${each}` });
    piece.style.height = `${Math.max(3, (counted[each] / most) * HEIGHT)}px`;
    return piece;
  }) : [];
  const words = text("yearsOf", { year, count: meetings.inWords(counted ?? { certain: 0, planned: 0, possible: 0 }) });
  const inside = [el("span", { class: "stack", "aria-hidden": "true" }, pieces.reverse()), el("span", { class: "year", "aria-hidden": "true" }, isLabelled ? year : "")];
  const span = [`${year}-01-01`, `${year}-12-31`];
  return el("li", {}, counted ? el("button", { type: "button", "aria-label": words, title: words, onclick: () => state.set({ filters: { ...state.now.filters, span } }) }, inside)
    : el("span", { class: "no-bar" }, inside, el("span", { class: "unseen" }, words)));
}

/** A section with a heading, where it has something. @param {string} heading @param {...any} content @returns {Element | null} */
function section(heading, ...content) {
  if (!content.flat(Infinity).some(Boolean)) return null;
  return el("section", {}, el("h3", {}, heading), content);
}

/** Meetings, the last first, each with its time, who else had a part, and its proof.
 * @param {string} key @param {Map<string, {ties: any[], certainty: string}>} all @param {string[]} subjects whose parts these are @returns {Element} */
function list(key, all, subjects) {
  return longList.list(key, meetings.byTime(all.keys()), (id) => meeting(id, all.get(id), subjects), { class: "meetings", first: 30 });
}

function meeting(id, { ties, certainty }, subjects) {
  const event = data.entities.get(id);
  const key = `${subjects.join(" ")} ${id}`;
  const details = el("details", { open: open.has(key) }, el("summary", {}, text("meetingProof"), " ", firstWords(ties[0])));
  const fill = () => { if (details.children.length === 1) details.append(el("div", { class: "evidence" }, ties.map((tie) => proof.proofs(tie)))); };
  if (open.has(key)) fill();
  details.addEventListener("toggle", () => {
    if (details.open) open.add(key);
    else open.delete(key);
    if (!details.open) return;
    fill();
    showMarks(details);
  });
  const what = ties.map((tie) => (subjects.length > 1 ? `${data.label(tie.from)}: ${data.named(tie)}` : data.named(tie)));
  return el("li", { class: certainty },
    el("p", { class: "when" }, event.earliest && event.latest ? texts.capital(texts.span(event.earliest, event.latest)) : text("noDate")),
    el("p", { class: "which" }, name(id), " ", el("span", { class: "hint" }, [...new Set(what), certainty === "possible" ? "" : text(`certainty_${certainty}`).toLocaleLowerCase(texts.language)].filter(Boolean).join(" · "))),
    company(id, subjects), details);
}

/** Scrolls each text of a source to the words that prove something. @param {Element} box */
function showMarks(box) {
  for (const whole of box.querySelectorAll(".page-text")) {
    const mark = whole.querySelector("mark.says");
    if (mark) whole.scrollTop = Math.max(0, mark.offsetTop - whole.offsetTop - 40);
  }
}

/* Who else had a part that passes the filters, the surest first, of these people before organisations and groups. */
function company(id, subjects) {
  const others = [...meetings.partsIn(id, state.now.filters).values()].filter((tie) => !subjects.includes(tie.from))
    .sort((one, other) => CERTAINTIES.indexOf(meetings.certaintyOf(one)) - CERTAINTIES.indexOf(meetings.certaintyOf(other)) || rankOf(one) - rankOf(other) || data.byWeight(one.from, other.from));
  if (!others.length) return null;
  const names = others.slice(0, NAMED).map((tie) => {
    const certainty = meetings.certaintyOf(tie);
    return `${data.label(tie.from)}${certainty === "certain" ? "" : ` (${text(`certainty_${certainty}`).toLocaleLowerCase(texts.language)})`}`;
  });
  const left = others.length - names.length;
  return el("p", { class: "hint" }, text("meetingWith", { names: left ? text("withMore", { names: names.join(", "), count: texts.count(left) }) : texts.list(names) }));
}

function rankOf(tie) {
  return ["person", "body", "group"].indexOf(data.entities.get(tie.from).kind);
}

/* The words that prove it, as far as they go in a line. */
function firstWords(tie) {
  const passage = tie.claims.flatMap((claim) => data.claims[claim]?.keyEvidence ?? [])[0];
  return passage ? el("span", { class: "hint first-words" }, ` ${texts.quoted(dom.plain(passage.words))}`) : null;
}

/** A list of what is counted, each with its numbers: `label`, `counts` and `act`, which leads to what they count.
 * @param {string} key @param {any[]} rows @returns {Element | null} */
function countList(key, rows) {
  if (!rows.length) return null;
  return longList.list(key, rows, ({ label, words, act }) => el("li", {}, label, " ",
    act ? el("button", { type: "button", class: "quiet", onclick: act }, words) : el("span", { class: "hint" }, words)), { class: "counted", first: 10 });
}

/** Another page is open: no proof is. */
function reset() {
  open.clear();
}

export { acts, countList, list, name, numbers, pass, perYear, reset, section, showMarks, sum, withoutBar, yearAxis, years };
