/* What the view is about, in words: for the title of the document, of pictures, and for names of files. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as headline from "./headline.js";
import * as state from "./state.js";
import * as pages from "./subject.js";
import * as texts from "./texts.js";

const { text } = texts;
// So long a name of a file may be, without its ending.
const LONGEST = 80;
// So many values of a filter are named.
const NAMED = 4;

texts.add({
  pathBetween: ["Veien mellom {from} og {to}", "The path between {from} and {to}"],
  since: ["fra {day}", "from {day}"],
  until: ["til og med {day}", "until {day}"],
  andOthers: ["og {count} til", "and {count} more"],
});

/** Whom or what the view is about; empty for the overview. @returns {string} */
function subject(now = state.now) {
  if (now.subject) return data.label(now.subject);
  if (now.compare.length) return texts.list(pages.named(now.compare));
  if (now.pathOpen && now.pathFrom && now.pathTo) return text("pathBetween", { from: data.label(now.pathFrom), to: data.label(now.pathTo) });
  if (now.pathOpen) return text("pathTitle");
  if (now.around) return text("aroundTitle", { who: data.label(now.around) });
  return "";
}

/* A period as people say it: a year, a month, from day to day. */
function period([from, to]) {
  if (from && to) return from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31` ? from.slice(0, 4) : texts.span(from, to);
  return from ? text("since", { day: texts.day(from) }) : text("until", { day: texts.day(to) });
}

/** The filters in words, each of them one. @returns {string[]} */
function filters(now = state.now) {
  const named = state.FILTERS.filter((facet) => now.filters[facet]).map((facet) => {
    const values = now.filters[facet].map((value) => facets.valueLabel(facet, value));
    const left = values.length - NAMED;
    return [...values.slice(0, NAMED), ...(left > 0 ? [text("andOthers", { count: left })] : [])].join(", ");
  });
  return [...(now.filters.span ? [period(now.filters.span)] : []), ...named];
}

/** The title of what is seen: subject, filters; of the whole the headline. @returns {string} */
function title(now = state.now) {
  const of = filters(now);
  const about = subject(now);
  if (!about && !of.length) return headline.text();
  return [about || text("allOfIt"), ...of].join(" · ");
}

/* The title of the document: what the view is about, and which view it is. */
function show(now) {
  const selected = now.selected && now.view !== "questions" ? data.label(data.ties.get(now.selected)?.from ?? now.selected) : "";
  if (now.subject || now.compare.length) {
    document.title = `${title(now)} – Møtegraf`;
    return;
  }
  const plain = now.view === "network" && !subject(now) && !filters(now).length && !selected;
  document.title = `${plain ? title(now) : [selected, title(now), text(now.view)].filter(Boolean).join(" – ")} – Møtegraf`;
}

/** Words as a part of the name of a file: a to z, figures and hyphens. @returns {string} */
function slug(words) {
  const letters = dom.clean(words).toLowerCase().replace(/\p{L}/gu, (letter) => data.plainLetters[letter] ?? letter);
  return letters.normalize("NFD").replace(/[^a-z0-9]+/g, (left) => (/^\p{M}+$/u.test(left) ? "" : "-")).replace(/^-+|-+$/g, "");
}

/** The name of a file of the view: whom it is about, the filters. @param {string} extension @param {string} [of] which picture or how much it is. @returns {string} */
function fileName(extension, of = "") {
  const now = state.now;
  const about = now.subject || now.compare.length ? [subject(now)] : now.pathOpen ? [now.pathFrom, now.pathTo].filter(Boolean).map(data.label) : now.around ? [data.label(now.around)] : [];
  const parts = ["motegraf", ...about, ...filters(now), of].map(slug).filter(Boolean).join("-");
  return `${parts.slice(0, LONGEST).replace(/-+$/, "")}.${extension}`;
}

texts.add({
  allOfIt: ["Alle møtene", "All meetings"],
});

export { subject, filters, title, show, slug, fileName };
