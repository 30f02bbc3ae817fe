/* The table: all that the filters let through, a row a tie, page by page, and the entities that have none. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as longList from "./long_list.js";
import * as selection from "./selection.js";
import * as records from "./share_records.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const COLUMNS = ["actor", "role", "event", "when", "certainty", "proof"];
// So many rows stand on a page of the table.
const PAGE = 100;
// A name longer than this is cut in its cell, and a proof longer than this in two lines until it is opened.
const [LONGEST, CLAMPED] = [90, 110];
const FIRST_ORDER = { column: "when", up: true };
const opened = new Set(); // ties of which the whole proof is shown
/** @type {{key: string | null, ties: Set<string> | null, result: {length: number, rows: (from: number, to: number) => any[]}}} */
let ordered = { key: null, ties: null, result: { length: 0, rows: () => [] } };

texts.add({
  proofWhole: ["Vis hele", "Show all of it"],
  proofAbove: ["samme belegg som over", "same proof as above"],
  proofLess: ["Vis mindre", "Show less"],
});

state.define("order", {
  read(given) {
    const [, down, column] = /^(-?)(\w+)$/.exec(given.get("sort") ?? "") ?? [];
    return COLUMNS.includes(column) ? { column, up: !down } : FIRST_ORDER;
  },
  save(parts, { column, up }) {
    if (column !== FIRST_ORDER.column || !up) parts.set("sort", `${up ? "" : "-"}${column}`);
  },
});
state.define("page", {
  read: (given) => (/^[1-9]\d{0,6}$/.test(given.get("page") ?? "") ? Number(given.get("page")) : 1),
  save(parts, page) {
    if (page > 1) parts.set("page", String(page));
  },
  // Another choice or order begins at the first page.
  of: ({ filters, around, rings, all, more, order, pathFrom, pathTo, pathOpen, pathNumber }) =>
    JSON.stringify([filters, around, rings, all, more, order, pathFrom, pathTo, pathOpen, pathNumber]),
});

function rowOf(tie) {
  const event = data.entities.get(tie.to);
  return {
    tie, actor: data.label(tie.from), role: data.named(tie), event: data.label(tie.to),
    from: event.earliest ?? "", to: event.latest ?? "",
    when: event.earliest && event.latest ? texts.capital(texts.span(event.earliest, event.latest)) : "", certainty: certaintyOf(tie, event), proof: proofOf(tie),
  };
}

/* How certain a tie is; where the event is only possibly in the time that is asked for, that too. */
function certaintyOf(tie, event) {
  const certainty = text(`certainty_${tie.certainty}`);
  const { filters } = state.now;
  return selection.isOnlyPossible(event, filters) ? text("maybeThen", { certainty, when: facets.timeLabel(filters) }) : certainty;
}

/* The words that prove a tie, and, where they name an office and not who held it, what the registry says. */
function proofOf(tie) {
  return records.proofOf(tie, data.label).join(" … ");
}

function alone(chosen) {
  const tied = new Set([...chosen.ties].flatMap((id) => [data.ties.get(id).from, data.ties.get(id).to]));
  return [...chosen.entities].filter((id) => !tied.has(id)).sort();
}

/* What a tie is sorted by: words are held against each other as the language does, days as they stand. */
const SORTED_BY = {
  actor: (tie) => data.label(tie.from), role: (tie) => data.named(tie), event: (tie) => data.label(tie.to),
  certainty: (tie) => certaintyOf(tie, data.entities.get(tie.to)), proof: proofOf,
};

/* The ties in order, as many of them as somebody looks at: those that are equal in the column are put in order when one of them is
   asked for, so that a long table costs no more than its page. */
function inOrder(chosen, { column, up }) {
  const key = `${column} ${up} ${texts.language}`;
  if (ordered.key === key && ordered.ties === chosen.ties) return ordered.result;
  const ties = [...chosen.ties].map((id) => data.ties.get(id));
  const words = ties.map(SORTED_BY[column] ?? ((tie) => data.entities.get(tie.to).earliest ?? ""));
  const ranks = rankOf(words, SORTED_BY[column] ? new Intl.Collator(texts.language).compare : undefined);
  const places = ties.map((_, number) => number).sort((one, other) => (up ? 1 : -1) * (ranks[one] - ranks[other]));
  const result = { length: ties.length, rows: (from, to) => rowsBetween(ties, ranks, places, from, Math.min(to, ties.length)) };
  ordered = { key, ties: chosen.ties, result };
  return result;
}

/* The place of each word among all of them; as the language has it, or as they stand. */
function rankOf(words, compare) {
  const place = new Map([...new Set(words)].sort(compare).map((each, number) => [each, number]));
  return words.map((each) => place.get(each));
}

function rowsBetween(ties, ranks, places, from, to) {
  const equal = (one, other) => ranks[places[one]] === ranks[places[other]];
  let [first, last] = [from, to];
  while (first > 0 && first < places.length && equal(first, first - 1)) first -= 1;
  while (last > 0 && last < places.length && equal(last, last - 1)) last += 1;
  const here = places.slice(first, last);
  const labels = rankOf(here.map((number) => data.label(ties[number].to)), new Intl.Collator(texts.language).compare);
  const second = new Map(here.map((number, at) => [number, labels[at]]));
  // Those of one rank stay together, whichever way the column is read.
  const group = new Map();
  for (const number of here) if (!group.has(ranks[number])) group.set(ranks[number], group.size);
  here.sort((one, other) => group.get(ranks[one]) - group.get(ranks[other]) || second.get(one) - second.get(other) || (ties[one].id < ties[other].id ? -1 : 1));
  return here.slice(from - first, to - first).map((number) => ties[number]);
}

function show(now, chosen) {
  const left = alone(chosen);
  const { column: by, up } = now.order;
  const head = COLUMNS.map((column) => el("th", { scope: "col", role: "columnheader", "aria-sort": by === column ? (up ? "ascending" : "descending") : "none" },
    el("button", { type: "button", id: `sort-${column}`, title: text("sortBy", { what: text(column) }), onclick: () => state.set({ order: { column, up: by === column ? !up : true } }) },
      `${text(column)}${by === column ? (up ? " ↑" : " ↓") : ""}`)));
  const all = inOrder(chosen, now.order);
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const page = Math.min(now.page, pages) - 1;
  const rows = all.rows(page * PAGE, (page + 1) * PAGE).map((tie) => rowOf(tie));
  const body = rows.map((row, number) => el("tr", { role: "row", "aria-current": now.selected === row.tie.id ? "true" : null, "data-tie": row.tie.id },
    cell(row.actor, row.tie.from), cell(row.role, row.tie.id), cell(row.event, row.tie.to), el("td", { role: "cell" }, row.when), el("td", { role: "cell" }, row.certainty), proofCell(row, rows[number - 1])));
  dom.replace(dom.at("view-table"),
    all.length ? el("h2", { id: "table-title" }, text("tableCaption")) : null,
    all.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "table-title" }, el("table", { role: "table" }, el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)), el("tbody", { role: "rowgroup" }, body))) : null,
    pages > 1 ? turner(all.length, pages, page) : null,
    left.length ? [el("h2", {}, text("tableAlone")), longList.list("alone", left, (id) => el("li", { "data-alone": id },
      el("button", { type: "button", class: "quiet", onclick: () => state.select(id) }, data.label(id))), { first: PAGE })] : null);
}

/* Which rows these are of how many, and the way to those before and after. */
function turner(all, pages, page) {
  const turn = (step, key) => el("button", { type: "button", class: "button", id: `rows-${key}`, disabled: page + step < 0 || page + step >= pages, onclick: () => {
    state.set({ page: page + step + 1 }, { again: true });
    (dom.at(`rows-${key}`).disabled ? dom.at("rows-shown") : dom.at(`rows-${key}`)).focus();
  } }, text(key === "before" ? "rowsBefore" : "rowsAfter"));
  return el("p", { class: "turner" }, turn(-1, "before"), el("span", { id: "rows-shown", tabindex: "-1" },
    text("rowsShown", { first: texts.count(page * PAGE + 1), last: texts.count(Math.min(all, (page + 1) * PAGE)), all: texts.count(all) })), turn(1, "after"));
}

/* A cell that opens what it names; a very long name is cut, and whole in the title. */
function cell(words, id) {
  const cut = words.length > LONGEST;
  return el("td", { role: "cell" }, el("button", { type: "button", title: cut ? words : null, onclick: () => state.select(id) }, cut ? `${words.slice(0, LONGEST)}…` : words));
}

/* The proof in two lines, and the whole of it on demand; of rows below one another that one sentence proves it stands in the first. */
function proofCell({ tie, proof }, above) {
  if (proof && above?.proof === proof) return el("td", { role: "cell", class: "words hint" }, text("proofAbove"));
  const words = el("span", { class: "proof-words" }, proof);
  const box = el("td", { role: "cell", class: "words" }, words);
  if (proof.length <= CLAMPED) return box;
  const button = el("button", { type: "button", class: "quiet", "data-proof": tie.id });
  const fill = () => {
    const isOpen = opened.has(tie.id);
    words.classList.toggle("clamped", !isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = text(isOpen ? "proofLess" : "proofWhole");
  };
  button.addEventListener("click", () => {
    if (!opened.delete(tie.id)) opened.add(tie.id);
    fill();
  });
  fill();
  box.append(button);
  return box;
}

export { show, inOrder, rowOf };
