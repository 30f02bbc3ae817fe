/* Who is around somebody: the way there, with how many pass the filters, and what is said where nobody is. */
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

texts.add({
  around: ["Vis hvem som er rundt ({count})", "Show who is around ({count})"],
  aroundUncounted: ["Vis hvem som er rundt", "Show who is around"],
  aroundPart: ["{passing} av {all}", "{passing} of {all}"],
  aroundAlone: ["{who} har ingen forbindelser til andre her.", "{who} has no connections to others here."],
  aroundNone: ["Ingen av de {count} rundt {who} passer til filtrene.", "None of the {count} around {who} fit the filters."],
  aroundNoneOne: ["Den ene rundt {who} passer ikke til filtrene.", "The one around {who} does not fit the filters."],
  aroundWithout: ["Fjern {what} (da er {count} rundt)", "Remove {what} (then {count} are around)"],
  aroundAll: ["Fjern alle filtre (da er {count} rundt)", "Remove all filters (then {count} are around)"],
  aroundTwo: ["Vis to ringer (da passer {count})", "Show two rings (then {count} fit)"],
});

/* How many are at the other ends of the ties of somebody, each once: of records on a server the columns say it. */
function othersCount(id) {
  if (!data.served || !data.isWhole()) return new Set(data.tiesOf.get(id).map((tie) => data.other(tie, id))).size;
  const { toStart, fromStart, fromTies, columns: { arrays: { from, to } } } = counts.index;
  const number = data.numberOf(id);
  const others = new Set(from.subarray(toStart[number], toStart[number + 1]));
  for (let at = fromStart[number]; at < fromStart[number + 1]; at += 1) others.add(to[fromTies[at]]);
  return others.size;
}

/** How many are tied to somebody, and how many of them pass the filters. @param {string} id @param {any} filters @returns {{all: number, passing: number}} */
function near(id, filters) {
  const all = othersCount(id);
  if (!Object.keys(filters).length) return { all, passing: all };
  return { all, passing: new Set(selection.tiesThatPass(id, filters).map((tie) => data.other(tie, id))).size };
}

/** A button that shows who is around; where nobody is, words that say so. @param {string} id @param {any} now @param {Record<string, string>} [attributes] @returns {Element} */
function button(id, now, attributes = {}) {
  const act = (words) => el("button", { type: "button", class: "button", ...attributes, onclick: () => state.set({ ...subject.CLOSED, pathOpen: false, more: [], around: id, rings: 1, view: "network", selected: id }) }, words);
  if (data.isArriving()) return act(text("aroundUncounted"));
  const { all, passing } = near(id, now.filters);
  if (!all) return el("p", { class: "hint around-alone" }, text("aroundAlone", { who: data.label(id) }));
  const count = passing === all ? texts.count(all) : text("aroundPart", { passing: texts.count(passing), all: texts.count(all) });
  return act(text("around", { count }));
}

/* How many are listed beside the one in the middle. */
function listedBeside(now) {
  const { entities } = selection.listed(now);
  return entities.size - Number(entities.has(now.around));
}

/** Whether somebody is in the middle and nobody else passes, of all that there is. @param {any} now @returns {boolean} */
function isAlone(now) {
  return Boolean(now.around) && !now.pathOpen && !data.isArriving() && listedBeside(now) === 0;
}

/** What is said then: what leaves the others out, and what brings them. @param {any} now @returns {any[]} */
function none(now) {
  const who = data.label(now.around);
  const { all } = near(now.around, {});
  if (!all) return [text("aroundAlone", { who })];
  const offer = (key, changes, attributes, what = "") => {
    const count = listedBeside({ ...now, ...changes });
    return count ? [el("button", { type: "button", class: "button", ...attributes, onclick: () => state.set(changes) }, text(key, { what, count: texts.count(count) })), " "] : null;
  };
  const without = Object.keys(now.filters).reverse().map((facet) => {
    const filters = { ...now.filters };
    delete filters[facet];
    return offer("aroundWithout", { filters }, { "data-without": facet }, facets.inWords(facet, now.filters[facet]));
  });
  // Where no filter alone is to blame, all of them are.
  const everything = without.some(Boolean) ? null : offer("aroundAll", { filters: {} }, { "data-without": "all" });
  return [`${texts.many("aroundNone", all, { who })} `, without, everything, now.rings === 1 && now.filters.kind ? offer("aroundTwo", { rings: 2 }, { "data-rings": "2" }) : null];
}

export { button, isAlone, none };
