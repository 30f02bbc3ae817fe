/* The table: exactly what is shown, a row a tie, and the entities that have none. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const COLUMNS = ["actor", "role", "event", "when", "certainty", "proof"];
const EXPORTED = ["actor", "role", "event", "from", "to", "certainty", "proof"];
// So many rows stand on a page of the table.
const PAGE = 100;
let sorted = { column: "when", up: true };
let turned = { scene: null, page: 0 };

/* The rows, with entities as `called`: as they are shown, or whole. */
function rows(chosen, called = data.label) {
  return [...chosen.ties].map((id) => {
    const tie = data.ties.get(id);
    const event = data.entities.get(tie.to);
    return {
      tie, actor: called(tie.from), role: data.named(tie), event: called(tie.to),
      from: event.earliest ?? "", to: event.latest ?? "",
      when: event.earliest && event.latest ? texts.capital(texts.span(event.earliest, event.latest)) : "", certainty: certaintyOf(tie, event), proof: proofOf(tie),
    };
  });
}

/* How certain a tie is; where the event is only possibly in the time that is asked for, that too. */
function certaintyOf(tie, event) {
  const certainty = text(`certainty_${tie.certainty}`);
  const { filters } = state.now;
  return selection.isOnlyPossible(event, filters) ? text("maybeThen", { certainty, when: facets.timeLabel(filters) }) : certainty;
}

/* The words that prove a tie, and, where they name an office and not who held it, what the registry says. */
function proofOf(tie) {
  const words = tie.claims.flatMap((claim) => data.claims[claim]?.keyEvidence ?? []).map((passage) => texts.withContext(passage, dom.clean(passage.words)));
  const held = tie.memberships.map((id) => text("byRegistry", { what: data.label(id) }));
  return [...new Set([...words, ...held])].join(" … ");
}

function alone(chosen) {
  const tied = new Set([...chosen.ties].flatMap((id) => [data.ties.get(id).from, data.ties.get(id).to]));
  return [...chosen.entities].filter((id) => !tied.has(id)).sort();
}

function inOrder(all) {
  const { up } = sorted;
  const column = sorted.column === "when" ? "from" : sorted.column;
  return all.sort((one, other) => (up ? 1 : -1) * one[column].localeCompare(other[column], texts.language) ||
    one.event.localeCompare(other.event, texts.language) || (one.tie.id < other.tie.id ? -1 : 1));
}

function show(now, chosen) {
  const left = alone(chosen);
  const head = COLUMNS.map((column) => el("th", { scope: "col", role: "columnheader", "aria-sort": sorted.column === column ? (sorted.up ? "ascending" : "descending") : "none" },
    el("button", { type: "button", id: `sort-${column}`, title: text("sortBy", { what: text(column) }), onclick: () => sort(column, now, chosen) },
      `${text(column)}${sorted.column === column ? (sorted.up ? " ↑" : " ↓") : ""}`)));
  if (turned.scene !== chosen.scene) turned = { scene: chosen.scene, page: 0 };
  const all = inOrder(rows(chosen));
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  turned.page = Math.min(turned.page, pages - 1);
  const body = all.slice(turned.page * PAGE, (turned.page + 1) * PAGE).map((row) => el("tr", { role: "row", "aria-current": now.selected === row.tie.id ? "true" : null, "data-tie": row.tie.id },
    cell(row.actor, row.tie.from), cell(row.role, row.tie.id), cell(row.event, row.tie.to), el("td", { role: "cell" }, row.when), el("td", { role: "cell" }, row.certainty), el("td", { role: "cell", class: "words" }, row.proof)));
  dom.replace(dom.at("view-table"),
    el("h2", { id: "table-title" }, text("tableCaption")),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "table-title" }, el("table", { role: "table" }, el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)), el("tbody", { role: "rowgroup" }, body))),
    pages > 1 ? turner(all.length, pages, now, chosen) : null,
    left.length ? [el("h2", {}, text("tableAlone")), el("ul", {}, left.map((id) => el("li", { "data-alone": id },
      el("button", { type: "button", class: "quiet", onclick: () => state.select(id) }, data.label(id)))))] : null);
}

/* Which rows these are of how many, and the way to those before and after. */
function turner(all, pages, now, chosen) {
  const { page } = turned;
  const turn = (step, key) => el("button", { type: "button", class: "button", id: `rows-${key}`, disabled: page + step < 0 || page + step >= pages, onclick: () => {
    turned.page += step;
    show(now, chosen);
    (dom.at(`rows-${key}`).disabled ? dom.at("rows-shown") : dom.at(`rows-${key}`)).focus();
  } }, text(key === "before" ? "rowsBefore" : "rowsAfter"));
  return el("p", { class: "turner" }, turn(-1, "before"), el("span", { id: "rows-shown", tabindex: "-1" },
    text("rowsShown", { first: texts.count(page * PAGE + 1), last: texts.count(Math.min(all, (page + 1) * PAGE)), all: texts.count(all) })), turn(1, "after"));
}

function cell(words, id) {
  return el("td", { role: "cell" }, el("button", { type: "button", onclick: () => state.select(id) }, words));
}

function sort(column, now, chosen) {
  sorted = { column, up: sorted.column === column ? !sorted.up : true };
  show(now, chosen);
  dom.at(`sort-${column}`).focus();
}

export { show, rows, EXPORTED };
