/* Search for two: "one and another" finds the comparison of both and the path between them. */
import * as data from "./data.js";
import * as searchEntities from "./search_entities.js";
import { RANK } from "./search_index.js";
import { query } from "./search_words.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { text } = texts;
// What people write between two names.
const BETWEEN = /^(.{2,100}?)\s+(?:og|and|til|to|med|with|[-–—+&])\s+(.{2,100})$/iu;

texts.add({
  search_pairs: ["To sammen", "Two together"],
  searchCompare: ["Sammenlign {one} og {other}", "Compare {one} and {other}"],
  searchCompareAbout: ["felles møter, og hvem begge har møtt", "shared meetings, and whom both have met"],
  searchPathAbout: ["ledd for ledd, med belegg", "step by step, with proof"],
});

/** What two names lead to. @param {string} typed @returns {{hits: any[], count: number}} */
function find(typed) {
  const [, ...sides] = BETWEEN.exec(typed.trim()) ?? [];
  const ids = sides.map(best);
  if (ids.length < 2 || ids.includes(undefined) || ids[0] === ids[1]) return { hits: [], count: 0 };
  const [one, other] = ids.map(data.label);
  const hit = (kind, label, detail) => ({ group: "pairs", kind, id: ids.join(" "), ids, rank: RANK.loose, label, detail });
  const hits = [
    hit("compare", text("searchCompare", { one, other }), text("searchCompareAbout")),
    hit("path", text("pathBetween", { from: one, to: other }), text("searchPathAbout")),
  ];
  return { hits, count: hits.length };
}

/* Who is meant best by a name: a person, an organisation or a group. */
function best(name) {
  const hits = searchEntities.find(query(name), 1, false).flatMap((group) => group.hits).filter(({ id, rank }) => subject.isAgent(id) && rank <= RANK.near);
  return hits.sort((first, second) => first.rank - second.rank || first.place - second.place)[0]?.id;
}

export { find };
