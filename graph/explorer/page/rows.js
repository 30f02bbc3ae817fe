/* Rows of registers as proof: the cells of a row below their headings, those that prove something marked. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

/* The rows in which these cells stand. `says` prove something, `around` are the cells of each claim about the same
   event. A row that only lends its words to a blank cell of another one is not one of them. */
function of(says, around) {
  const rows = new Map();
  for (const cell of new Map([...around.flat(), ...says].map((each) => [key(each), each])).values()) {
    rows.set(rowOf(cell), [...(rows.get(rowOf(cell)) ?? []), cell]);
  }
  const proving = new Set(says.map(key));
  const lent = new Map(around.flatMap(lentIn));
  const made = [...new Set(says.map(rowOf))].map((name) => ({ name, cells: inColumns(rows.get(name), lent, proving) }));
  const lenders = new Set(says.filter((cell) => lent.has(key(cell))).map((cell) => key(lent.get(key(cell)))));
  const left = made.filter(({ name }) => says.some((cell) => rowOf(cell) === name && !lenders.has(key(cell))));
  return left.length ? left : made;
}

function inColumns(cells, lent, proving) {
  return cells.slice().sort((one, other) => one.end - other.end || (one.heading < other.heading ? -1 : 1))
    .map((cell) => ({ cell, lender: lent.get(key(cell)) }))
    .map(({ cell, lender }) => ({ cell, lender, proves: proving.has(key(cell)) || Boolean(lender && proving.has(key(lender))) }))
    .filter(({ cell, lender, proves }) => proves || (lender ?? cell).words.trim());
}

/* Of the blank cells of a claim those that are filled down into them: the nearest above, in the same column. */
function lentIn(cells) {
  return cells.filter((cell) => !cell.words.trim()).flatMap((blank) => {
    const above = cells.filter((cell) => cell.heading === blank.heading && cell.end === blank.end && cell.start < blank.start && cell.words.trim());
    return above.sort((one, other) => other.start - one.start).slice(0, 1).map((lender) => [key(blank), lender]);
  });
}

function rowOf(cell) {
  return JSON.stringify(cell.place);
}

function key(cell) {
  return `${rowOf(cell)} ${cell.end} ${cell.heading}`;
}

function table(row, source) {
  const place = dom.plain(data.inLanguage(row.cells[0].cell.place));
  return el("table", { class: "row" },
    el("caption", {}, source.file ? `${dom.plain(source.file)}, ${place}` : place),
    el("tbody", {}, row.cells.map((each) => el("tr", {},
      el("th", { scope: "row" }, dom.plain(each.cell.heading) || "…"),
      el("td", { lang: source.language }, words(each))))));
}

/* The words of a cell: whole where they prove something. */
function words({ cell, lender, proves }) {
  const written = (lender ?? cell).words;
  return [
    proves ? el("mark", { class: "says" }, dom.clean(written)) : dom.plain(written),
    lender ? el("span", { class: "hint", lang: texts.language }, ` ${text("filledDown", { row: dom.plain(data.inLanguage(lender.place)) })}`) : null,
  ];
}

export { of, table };
