/* Facets with counts at the left, and a chip for each filter that is on. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as rangeSlider from "./range_slider.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

texts.add({
  withoutWords: ["(uten ord)", "(without words)"],
  withPart: ["Med {who}", "With {who}"],
  countAround: ["Tallene gjelder alle {visible} navn rundt {who}, også dem som ikke er tegnet.", "The numbers are of all {visible} names around {who}, drawn or not."],
});

const OPEN = new Set(["kind", "role", "certainty"]);
const opened = new Map();

function valueLabel(facet, value) {
  if (facet === "kind" || facet === "certainty") return texts.text(`${facet}_${value}`);
  if (facet === "month") return /^\d{4}-\d{2}$/.test(value) ? texts.capital(texts.month(`${value}-01`, { short: true })) : dom.plain(value);
  if (facet === "actor") return texts.text("withPart", { who: data.label(value) });
  // Words of a source stand after a quotation mark.
  if (!value.startsWith('"')) return texts.capital(data.label(value));
  const words = dom.plain(value.slice(1));
  return words.trim() ? texts.quoted(words) : texts.text("withoutWords");
}

function inOrder(facet, result) {
  const named = [...result].map(([value, count]) => ({ value, count, label: valueLabel(facet, value) }));
  if (facet === "month") return named.sort((one, other) => (one.value < other.value ? -1 : 1));
  return named.sort((one, other) => other.count - one.count || one.label.localeCompare(other.label, texts.language));
}

function show(now) {
  const box = dom.at("facets");
  const active = document.activeElement?.id;
  if (!selection.scopeOf(now).entities.size) {
    dom.replace(box);
    chips(now);
    return;
  }
  dom.replace(box, dom.el("h2", {}, texts.text("filters")), scope(now), how(now), state.FACETS.map((facet) => group(facet, now)));
  if (active && box.contains(document.getElementById(active))) document.getElementById(active).focus();
  chips(now);
}

/* What the numbers beside the filters count. */
function scope(now) {
  const { entities } = selection.scopeOf(now);
  const whole = selection.numbersAreOfAll(now) || entities.size >= data.total.entities;
  const values = { visible: texts.count(entities.size), all: texts.count(data.total.entities), who: now.around ? data.label(now.around) : "" };
  return dom.el("p", { class: "hint", id: "scope" }, texts.text(whole ? "countAll" : entities.size > selection.visible(now).scene.entities.size ? "countAround" : "countHere", values));
}

function how(now) {
  return dom.el("fieldset", { class: "how" }, dom.el("legend", { class: "hint" }, texts.text("others")), [false, true].map((hide) =>
    dom.el("label", {}, dom.el("input", { type: "radio", name: "others", id: `others-${hide}`, checked: now.hide === hide, onchange: () => state.set({ hide }) }),
      texts.text(hide ? "hide" : "fade"))));
}

function group(facet, now) {
  const result = inOrder(facet, selection.counts(facet, now));
  if (!result.length) return null;
  const chosen = now.filters[facet] ?? [];
  const open = opened.get(facet) ?? (OPEN.has(facet) || chosen.length > 0);
  const certain = facet === "month" ? selection.certainCounts(now) : null;
  const numbers = (value, count) => {
    const [sure, possible] = [certain?.get(value) ?? 0, count - (certain?.get(value) ?? 0)];
    if (!certain) return dom.el("span", { class: "number" }, texts.count(count));
    return dom.el("span", { class: "number" }, texts.count(sure), possible ? dom.el("span", { class: "hint" }, ` ${texts.text(possible === 1 ? "countPossibleOne" : "countPossible", { count: texts.count(possible) })}`) : null);
  };
  const items = result.map(({ value, count, label }, number) => dom.el("li", {}, dom.el("label", { class: count ? null : "none" },
    dom.el("input", { type: "checkbox", id: `facet-${facet}-${number}`, checked: chosen.includes(value), onchange: () => state.toggle(facet, value) }),
    dom.el("span", {}, label), numbers(value, count))));
  const details = dom.el("details", { open }, dom.el("summary", { id: `facet-${facet}` }, texts.text(`facet_${facet}`)), dom.el("ul", {}, items));
  details.addEventListener("toggle", () => opened.set(facet, details.open));
  return details;
}

function chips(now) {
  const on = state.FILTERS.flatMap((facet) => (now.filters[facet] ?? []).map((value) => ({ facet, value })));
  const { span } = now.filters;
  const period = span ? rangeSlider.inWords(span) : null;
  dom.replace(dom.at("chips"), span ? dom.el("button", { type: "button", "aria-label": texts.text("remove", { what: period }), onclick: rangeSlider.open }, `${period} ×`) : null, on.map(({ facet, value }) => {
    const label = valueLabel(facet, value);
    return dom.el("button", { type: "button", "aria-label": texts.text("remove", { what: label }), onclick: () => state.toggle(facet, value) }, `${label} ×`);
  }), toSubject(now), span || on.length ? dom.el("button", { type: "button", class: "quiet", onclick: () => state.set({ filters: {} }) }, texts.text("clearAll")) : null);
}

/* From those whom the meetings are filtered by to their page, or their comparison. */
function toSubject({ filters: { actor } }) {
  if (!actor || actor.length > subject.MOST) return null;
  return dom.el("button", { type: "button", class: "quiet", id: "to-subject-of-filter", onclick: () => subject.openAll(actor) }, texts.text("toSubject", { who: texts.list(subject.named(actor)) }));
}

/* What a filter lets through, in words. */
function inWords(facet, chosen) {
  if (facet === "span") return texts.quoted(rangeSlider.inWords(chosen));
  return texts.list(chosen.map((value) => texts.quoted(valueLabel(facet, value))));
}

/* The time that is asked for, in words. */
function timeLabel({ month, span }) {
  if (month && !span) return texts.list(month.map((value) => (/^\d{4}-\d{2}$/.test(value) ? texts.month(`${value}-01`) : dom.plain(value))));
  return texts.text("thePeriod");
}

export { show, timeLabel, inWords, valueLabel };
