/* The ties of an entity in the proof panel: those that the filters let through, by kind and certainty, in order of time, each
   with its day and who else was there. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as longList from "./long_list.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const CERTAINTIES = ["certain", "planned", "possible", "ours"];
// Meetings and who was there stand before letters and all else.
const KINDS = ["event", "named", "person", "body", "group", "audience", "series", "letter", "plan"];
// So many others of a meeting are named in its row.
const NAMED = 3;
const FIRST = 15;
const whole = new Set(); // entities of which somebody asked for all ties

texts.add({
  tiesPass: ["{passing} av {all} forbindelser passer til filtrene.", "{passing} of {all} connections fit the filters."],
  tiesAll: ["Vis alle {all}", "Show all {all}"],
  tiesPassing: ["Vis bare dem som passer", "Show only those that fit"],
  group_event: ["Møter", "Meetings"],
  group_named: ["Bare nevnt", "Only named"],
  group_person: ["Personer", "People"],
  group_body: ["Organisasjoner", "Organisations"],
  group_group: ["Grupper uten navn", "Unnamed groups"],
  group_audience: ["Målgrupper", "Target audiences"],
  group_series: ["Møterekker", "Series of events"],
  group_letter: ["Brev", "Letters"],
  group_plan: ["Planer", "Plans"],
  group_certain: ["sikre", "certain"],
  group_planned: ["planlagte", "planned"],
  group_possible: ["mulige", "possible"],
  group_ours: ["avgjort av oss", "decided by us"],
  groupOf: ["{kind}, {certainty} ({count})", "{kind}, {certainty} ({count})"],
  groupPlain: ["{kind} ({count})", "{kind} ({count})"],
  withOthers: ["Med i samme møte: {names}", "In the same meeting: {names}"],
  withMore: ["{names} og {count} til", "{names} and {count} more"],
});

/**
 * The ties of an entity as parts of the panel.
 * @param {{id: string}} entity
 * @returns {any[] | null}
 */
function render({ id }) {
  const all = data.tiesOf.get(id);
  if (!all.length) return null;
  const passing = selection.tiesThatPass(id, state.now.filters);
  const isWhole = passing.length === all.length || whole.has(id);
  const groups = new Map();
  for (const tie of (isWhole ? all : passing).slice().sort(byTime(id))) {
    const key = keyOf(tie, id);
    groups.set(key, [...(groups.get(key) ?? []), tie]);
  }
  const order = [...groups].sort(([one], [other]) => rank(one) - rank(other));
  return [
    el("h3", {}, text("tiesOf", { count: texts.count(all.length) })),
    passing.length === all.length ? null : el("p", { class: "hint", id: "ties-pass" }, `${text("tiesPass", { passing: texts.count(passing.length), all: texts.count(all.length) })} `,
      el("button", { type: "button", class: "quiet", id: "ties-all", onclick: () => toggle(id) }, text(isWhole ? "tiesPassing" : "tiesAll", { all: texts.count(all.length) }))),
    order.map(([key, ties]) => [el("h4", {}, heading(key, ties.length)), longList.list(`${id} ${key}`, ties, (tie) => el("li", {}, row(tie, id)), { first: FIRST })]),
  ];
}

function toggle(id) {
  if (!whole.delete(id)) whole.add(id);
  state.showAgain();
}

/* What a tie stands under: the kind of the other end and, of a part in a meeting, how certain it is. */
function keyOf(tie, id) {
  const { kind } = data.entities.get(data.other(tie, id));
  return tie.roles ? `${kind} ${tie.certainty}` : kind;
}

function rank(key) {
  const [kind, certainty] = key.split(" ");
  return (certainty ? 0 : 1000) + KINDS.indexOf(kind) + 20 * Math.max(0, CERTAINTIES.indexOf(certainty));
}

function heading(key, count) {
  const [kind, certainty] = key.split(" ");
  const values = { kind: text(`group_${kind}`), count: texts.count(count) };
  return certainty ? text("groupOf", { ...values, certainty: text(`group_${certainty}`) }) : text("groupPlain", values);
}

/* Earlier before later, what has no known time at the end. */
function byTime(id) {
  const key = (tie) => {
    const { earliest, latest } = data.entities.get(data.other(tie, id));
    return earliest && latest ? `${earliest} ${latest}` : "~";
  };
  const keys = new Map(data.tiesOf.get(id).map((tie) => [tie, key(tie)]));
  const name = (tie) => data.sortLabel(data.other(tie, id));
  return (one, other) => {
    const [first, second] = [keys.get(one), keys.get(other)];
    return first < second ? -1 : first > second ? 1 : name(one).localeCompare(name(other), texts.language) || (one.id < other.id ? -1 : 1);
  };
}

function row(tie, from) {
  const other = data.entities.get(data.other(tie, from));
  const isEvent = data.isEvent(other);
  const time = other.earliest && other.latest && (isEvent || other.kind === "letter") ? texts.capital(texts.span(other.earliest, other.latest)) : null;
  return el("button", { type: "button", class: "tie", onclick: () => state.select(tie.id) },
    time ? [el("span", { class: "hint" }, time), el("br")] : null,
    el("span", { class: "who" }, data.label(other.id)), " ",
    el("span", { class: "hint" }, [data.named(tie), ...data.labels(tie.capacity)].filter(Boolean).join(" · ")),
    other.kind === "event" && tie.roles ? company(tie, from) : null);
}

/* Who else had a part in a meeting, the surest first, of these people before bodies and groups. */
function company(tie, from) {
  const others = new Map();
  for (const each of data.tiesOf.get(tie.to)) {
    if (!each.roles || each.from === from) continue;
    const before = others.get(each.from);
    if (!before || CERTAINTIES.indexOf(each.certainty) < CERTAINTIES.indexOf(before.certainty)) others.set(each.from, each);
  }
  if (!others.size) return null;
  const order = ({ certainty, from: who }) => CERTAINTIES.indexOf(certainty) * KINDS.length + KINDS.indexOf(data.entities.get(who).kind);
  const sorted = [...others.values()].sort((one, other) => order(one) - order(other) || (one.from < other.from ? -1 : 1));
  const names = sorted.slice(0, NAMED).map((each) => `${data.label(each.from)}${each.certainty === "certain" ? "" : ` (${text(`certainty_${each.certainty}`).toLocaleLowerCase(texts.language)})`}`);
  const left = sorted.length - names.length;
  const list = left ? text("withMore", { names: names.join(", "), count: texts.count(left) }) : texts.list(names);
  return [el("br"), el("span", { class: "hint" }, text("withOthers", { names: list }))];
}

export { render };
