/* Rankings: the rows of a list in its order, counted over all that the filters let through, and what they are called. */
import * as aggregates from "./aggregates.js";
import { NO_DAY } from "./column_store.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as otherSpellings from "./other_spellings.js";
import * as pairs from "./pairs.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { text } = texts;
// So many rows stand there at first.
const FIRST = 8;
const SORTS = ["certain", "possible", "first", "last", "name"];
const NAMES = ["people", "bodies", "pairs", "topics", "places"];
const KIND = { people: 1, bodies: 2 };
const FACET = { topics: "topic", places: "place" };
const folded = new Map(); // names of things as they are searched, by language

texts.add({
  list_about_people: ["Møter de har del i. Del i et møte er ikke alltid oppmøte.", "Meetings in which they have a part. A part is not always attendance."],
  list_about_bodies: ["Møter de har del i.", "Meetings in which they have a part."],
  list_about_pairs: ["Personer og organisasjoner med del i samme møte.", "People and organisations with parts in the same meeting."],
  list_about_topics: ["Møter om hvert tema.", "Meetings about each topic."],
  list_about_places: ["Møter i hver kommune, eller på stedet slik kilden skriver det.", "Meetings in each municipality, or at the place as the source writes it."],
  sort_certain: ["flest sikre", "most certain"],
  sort_possible: ["flest mulige", "most possible"],
  sort_first: ["nye først", "new ones first"],
  sort_last: ["lengst borte først", "longest gone first"],
  sort_name: ["navn", "name"],
  listWith: ["med {words} i navnet", "with {words} in the name"],
  withAnd: ["{one} og {other}", "{one} and {other}"],
});

state.define("lists", {
  read(given) {
    const result = {};
    for (const value of given.getAll("list").filter((each) => each.length < 200)) {
      const [name, sort, shown, ...words] = value.split("~");
      if (NAMES.includes(name) && SORTS.includes(sort) && /^\d{1,6}$/.test(shown)) result[name] = { sort, shown: Math.max(FIRST, Number(shown)), words: words.join("~") };
    }
    return result;
  },
  save(parts, value) {
    for (const name of NAMES) {
      const of = value?.[name];
      if (of && (of.sort !== "certain" || of.shown !== FIRST || of.words)) parts.append("list", [name, of.sort, of.shown, of.words].join("~"));
    }
  },
});

function optionsOf(now, name) {
  return now.lists?.[name] ?? { sort: "certain", shown: FIRST, words: "" };
}

function setOptions(name, changes, again = false) {
  const { lists } = state.now;
  state.set({ lists: { ...lists, [name]: { ...optionsOf(state.now, name), ...changes } } }, { again });
}

/** What a row is called; empty while its record has not arrived. */
function nameOf(name, table, row) {
  const { pools } = counts.index.columns;
  const agent = (number) => (data.idAt(number) === undefined ? "" : data.label(data.idAt(number)));
  if (FACET[name]) return facets.valueLabel(FACET[name], pools[name][row]);
  if (name === "pairs") return text("withAnd", { one: agent(table.one[row]), other: agent(table.other[row]) });
  return agent(row);
}

function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(texts.language);
}

function searched(name, table, row) {
  if (name === "pairs") return fold(nameOf(name, table, row));
  const key = `${name} ${texts.language}`;
  if (!folded.has(key)) folded.set(key, new Map());
  const names = folded.get(key);
  if (!names.has(row)) {
    const words = fold(nameOf(name, table, row));
    if (words) names.set(row, words);
    return words;
  }
  return names.get(row);
}

/** The rows of a table that count anything, of agents those of a kind, and with these words in their names. */
function candidates(name, table, words) {
  const { agent, columns: { arrays: { kind } } } = counts.index;
  const wanted = fold(words.trim());
  const result = [];
  for (let row = 0; row < table.certain.length; row += 1) {
    if (!table.certain[row] && !table.planned[row] && !table.possible[row]) continue;
    if (KIND[name] && agent[kind[row]] !== KIND[name]) continue;
    if (!wanted || searched(name, table, row).includes(wanted)) result.push(row);
  }
  return result;
}

function comparison(name, table, sort) {
  const most = (one, other) => table.certain[other] - table.certain[one] || table.planned[other] - table.planned[one] || table.possible[other] - table.possible[one] || one - other;
  if (sort === "possible") return (one, other) => table.possible[other] - table.possible[one] || most(one, other);
  if (sort === "name") {
    const collator = new Intl.Collator(texts.language);
    return (one, other) => collator.compare(nameOf(name, table, one), nameOf(name, table, other)) || most(one, other);
  }
  const known = (row) => (table.last && table.last[row] !== NO_DAY ? 1 : 0);
  if (sort === "first") return (one, other) => known(other) - known(one) || (table.first ? table.first[other] - table.first[one] : 0) || most(one, other);
  if (sort === "last") return (one, other) => known(other) - known(one) || (table.last ? table.last[one] - table.last[other] : 0) || most(one, other);
  return most;
}

/** The first of these rows in order: all of them are sorted only where many are asked for. */
function firstOf(rows, compare, most) {
  if (rows.length <= most || most > 2 * FIRST) return rows.sort(compare).slice(0, most);
  const best = [];
  for (const row of rows) {
    if (best.length === most && compare(row, best.at(-1)) >= 0) continue;
    let at = best.length;
    while (at > 0 && compare(row, best[at - 1]) < 0) at -= 1;
    best.splice(at, 0, row);
    if (best.length > most) best.pop();
  }
  return best;
}

/** The table of a list: its counts by row. Topics and places are counted as if none of them were chosen, so that others can be. */
async function tableOf(name, filters) {
  return name === "pairs" ? pairs.of(filters) : countedTable(name, filters);
}

function countedTable(name, filters) {
  if (KIND[name]) return aggregates.overview(filters).agents;
  return aggregates.overview(Object.fromEntries(Object.entries(filters).filter(([facet]) => facet !== FACET[name])))[name];
}

/** What a list counts, in words; of organisations also that spellings are counted apart. @param {string} name @returns {string} */
function about(name) {
  return [text(`list_about_${name}`), name === "bodies" || name === "pairs" ? otherSpellings.note() : ""].filter(Boolean).join(" ");
}

/** How a list is sorted and searched, and what it counts, in words: for pictures. @returns {{about: string, sort: string, words: string, shown: number}} */
function described(name, now) {
  const { sort, words, shown } = optionsOf(now, name);
  return { about: about(name), sort: text(`sort_${sort}`), words: words.trim() ? text("listWith", { words: texts.quoted(dom.plain(words.trim())) }) : "", shown };
}

/** All rows of a list in its order: for files and pictures. */
async function allRows(name, now) {
  const table = await tableOf(name, now.filters);
  const { sort, words } = optionsOf(now, name);
  const day = (number) => (number === NO_DAY || number === 2 ** 31 - 1 ? "" : days.iso(number));
  return candidates(name, table, words).sort(comparison(name, table, sort)).map((row) => ({
    name: nameOf(name, table, row), ...(KIND[name] ? { id: data.idAt(row) } : {}), ...(FACET[name] ? { id: counts.index.columns.pools[name][row] } : {}),
    ...(name === "pairs" ? { id: data.idAt(table.one[row]), other: data.idAt(table.other[row]) } : {}),
    certain: table.certain[row], planned: table.planned[row], possible: table.possible[row],
    ...(table.first && table.last[row] !== NO_DAY ? { first: day(table.first[row]), last: day(table.last[row]) } : {}),
  }));
}

export { about, allRows, candidates, comparison, countedTable, described, FACET, FIRST, firstOf, KIND, nameOf, NAMES, optionsOf, setOptions, SORTS, tableOf };
