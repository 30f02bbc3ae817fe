/* Comparison of two or three: the meetings that they share, those that one alone has, by year, and whom they share. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as entityPicker from "./entity_picker.js";
import * as meetings from "./meetings.js";
import * as otherSpellings from "./other_spellings.js";
import * as subject from "./subject.js";
import * as parts from "./subject_parts.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

texts.add({
  compareKind: ["Sammenligning", "Comparison"],
  compareShared: ["Møter der alle har del", "Meetings in which all have a part"],
  compareBoth: ["Møter der begge har del", "Meetings in which both have a part"],
  comparePair: ["Møter der {who} har del", "Meetings in which {who} have a part"],
  compareOnly: ["Bare {who}", "{who} only"],
  compareWith: ["Har begge hatt del i møte med", "Both had a part in a meeting with"],
  compareWithAll: ["Har alle hatt del i møte med", "All had a part in a meeting with"],
  compareNone: ["Ingen", "None"],
  compareAdd: ["Legg til", "Add"],
  compareLeave: ["Ta bort {who}", "Take away {who}"],
  compareEach: ["{who}: {count}", "{who}: {count}"],
});

/** The comparison as elements. @param {string[]} ids @param {any} now @returns {any[]} */
function render(ids, now) {
  const own = ids.map((id) => meetings.passing(id, now.filters));
  const all = new Set(ids.flatMap((id) => [...meetings.of(id).keys()]));
  const passing = new Set(own.flatMap((each) => [...each.keys()]));
  const groups = groupsOf(ids, own);
  return [
    parts.acts(),
    el("p", { class: "kind" }, text("compareKind")),
    el("h2", { id: "subject-title", tabindex: "-1" }, texts.list(subject.named(ids))),
    parts.pass(passing.size, all.size),
    table(groups),
    who(ids),
    ids.map((id, at) => spellingsOf(id, subject.named(ids)[at])),
    parts.section(text("yearsTitle"), parts.years([...ids.map((id, at) => ({ label: subject.named(ids)[at], meetings: own[at] })), { label: groups[0].label, meetings: groups[0].meetings }])),
    counterparts(ids, own, now),
    groups.map(({ key, label, subjects, meetings: each }) => el("section", { id: `group-${key}`, tabindex: "-1" }, el("h3", {}, `${label}: ${meetings.inWords(meetings.numbers(each))}`),
      each.size ? parts.list(`${key} of ${ids.join(" ")}`, each, subjects) : el("p", {}, text("compareNone")))),
  ];
}

/* The meetings of all, of each pair of three, and of one alone; a shared one is as sure as the weakest of the parts. */
function groupsOf(ids, own) {
  const labels = subject.named(ids);
  const sets = ids.length === 2 ? [[0, 1], [0], [1]] : [[0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2]];
  return sets.map((set) => {
    const result = new Map();
    for (const event of own[set[0]].keys()) {
      const having = own.flatMap((each, at) => (each.has(event) ? [at] : []));
      if (having.length !== set.length || having.some((at) => !set.includes(at))) continue;
      const each = set.map((at) => own[at].get(event));
      result.set(event, { ties: each.flatMap(({ ties }) => ties), certainty: each.map(({ certainty }) => certainty).reduce(meetings.weaker) });
    }
    return { key: set.join("-"), subjects: set.map((at) => ids[at]), label: labelOf(set.map((at) => labels[at]), ids.length), meetings: result };
  });
}

function labelOf(labels, count) {
  if (labels.length === 1) return text("compareOnly", { who: labels[0] });
  if (labels.length === count) return text(count === 2 ? "compareBoth" : "compareShared");
  return text("comparePair", { who: texts.list(labels) });
}

/* The numbers, each of which leads to its meetings. */
function table(groups) {
  const numbers = groups.map((group) => ({ ...group, counted: meetings.numbers(group.meetings) }));
  const go = (key) => () => {
    dom.at(`group-${key}`).scrollIntoView({ block: "start" });
    dom.at(`group-${key}`).focus({ preventScroll: true });
  };
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": text("compareKind") }, el("table", { class: "compared" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text("actorMeetings")), ["certain", "planned", "possible"].map((each) => el("th", { scope: "col", class: "number" }, text(`certainty_${each}`))))),
    el("tbody", {}, numbers.map(({ key, label, counted }) => el("tr", {}, el("th", { scope: "row" }, label),
      ["certain", "planned", "possible"].map((each) => el("td", { class: "number" },
        counted[each] ? el("button", { type: "button", class: "quiet", "aria-label": `${label}, ${text(`certainty_${each}`)}: ${counted[each]}`, onclick: go(key) }, texts.count(counted[each])) : "0")))))));
}

/* Who is compared: a way to the page of each, away from the comparison, and to one more. */
function who(ids) {
  return el("div", { class: "acts" }, ids.map((id, at) => el("span", { class: "one-of" }, parts.name(id, subject.named(ids)[at]),
    ids.length > 2 ? el("button", { type: "button", class: "quiet", "aria-label": text("compareLeave", { who: subject.named(ids)[at] }), onclick: () => subject.compare(ids.filter((other) => other !== id)) }, "×") : null)),
  ids.length < subject.MOST ? entityPicker.render("compare-with", text("compareAdd"), null, (id) => { if (id && subject.isAgent(id)) subject.compare([...ids, id]); }) : null);
}

/* Other names that may be those of one of them: their meetings are in none of the numbers. */
function spellingsOf(id, label) {
  const words = otherSpellings.line(id, subject.open);
  return words ? el("div", { class: "hint" }, `${label}: `, words) : null;
}

function counterparts(ids, own, now) {
  const each = ids.map((id, at) => new Map(meetings.counterparts(id, own[at], now.filters).map((other) => [other.id, other])));
  const shared = [...each[0].keys()].filter((id) => !ids.includes(id) && each.every((others) => others.has(id)));
  // First those whom the one with fewer has met most, then by all of them.
  const certain = (id) => each.map((others) => others.get(id).certain);
  const sum = (id) => certain(id).reduce((one, other) => one + other, 0);
  shared.sort((one, other) => Math.min(...certain(other)) - Math.min(...certain(one)) || sum(other) - sum(one) || data.byWeight(one, other));
  const rows = shared.map((id) => ({ label: parts.name(id), words: ids.map((_, at) => text("compareEach", { who: subject.named(ids)[at], count: meetings.inWords(each[at].get(id)) })).join(" · ") }));
  return parts.section(text(ids.length === 2 ? "compareWith" : "compareWithAll"), parts.countList(`shared by ${ids.join(" ")}`, rows) ?? el("p", {}, text("compareNone")));
}

export { groupsOf, render };
