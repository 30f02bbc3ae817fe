/* Ticks in the lists of the overview: two or three who are ticked can be compared. Who is ticked is in the address. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

texts.add({
  pickCompare: ["Sammenlign {who}", "Compare {who}"],
  pickTitle: ["Sammenlign:", "Compare:"],
  pickOneMore: ["Kryss av én eller to til.", "Tick one or two more."],
  pickGo: ["Sammenlign", "Compare"],
  pickNone: ["Ta bort alle kryss", "Untick all"],
  pickMost: ["Tre kan sammenlignes på én gang.", "Three can be compared at once."],
});

state.define("picked", {
  read: (given) => [...new Set(given.getAll("pick"))].filter(subject.isAgent).slice(0, subject.MOST),
  save(parts, ids, { view, compare }) {
    if (view === "overview" && !compare?.length) for (const id of ids ?? []) parts.append("pick", id);
  },
});

/** Ticks somebody, or takes the tick away. @param {string} id */
function toggle(id) {
  const { picked } = state.now;
  state.set({ picked: picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id].slice(0, subject.MOST) }, { again: true });
}

/** The box to tick in a row. @param {string} list @param {string} id @param {any} now the state @returns {Element} */
function box(list, id, now) {
  const isFull = now.picked.length >= subject.MOST && !now.picked.includes(id);
  return el("input", {
    type: "checkbox", class: "pick", id: `pick-${list}-${id}`, checked: now.picked.includes(id), disabled: isFull,
    title: isFull ? text("pickMost") : text("pickGo"), "aria-label": text("pickCompare", { who: data.label(id) }), onchange: () => toggle(id),
  });
}

/** Who is ticked, and the way to the comparison; empty where nobody is. @param {any} now the state @returns {any} */
function bar(now) {
  if (!now.picked.length) return null;
  return [
    el("span", { class: "hint" }, text("pickTitle")),
    now.picked.map((id) => el("button", { type: "button", class: "button", id: `unpick-${id}`, "aria-label": text("compareLeave", { who: data.label(id) }), onclick: () => toggle(id) }, data.label(id), el("span", { "aria-hidden": "true" }, " ×"))),
    now.picked.length < 2 ? el("span", { class: "hint" }, text("pickOneMore"))
      : el("button", { type: "button", class: "button main-act", id: "compare-picked", onclick: () => subject.compare(now.picked) }, text("pickGo")),
    el("button", { type: "button", class: "quiet", id: "unpick-all", onclick: () => state.set({ picked: [] }, { again: true }) }, text("pickNone")),
  ];
}

export { bar, box };
