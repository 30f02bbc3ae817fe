/* The timeline: every event of the scene as a field over the time in which it can have been, under a range slider that chooses a time. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as longList from "./long_list.js";
import * as rangeSlider from "./range_slider.js";
import * as selection from "./selection.js";
import * as spans from "./spans.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// More rows than this cannot be read at once.
const READABLE = 120;
// So wide, in CSS pixels, it is at least.
const NARROWEST = 240;
const opened = new Set(); // groups that somebody opened

texts.add({
  groupedByYear: ["Gruppert etter året tiden begynner i. Velg et år for å se møtene.", "Grouped by the year in which the time begins. Choose a year to see the meetings."],
  groupedByMonth: ["Gruppert etter måneden tiden begynner i. Velg en måned for å se møtene.", "Grouped by the month in which the time begins. Choose a month to see the meetings."],
});

function show(now, chosen) {
  const box = dom.at("view-timeline");
  const events = [...chosen.scene.entities].map((id) => data.entities.get(id)).filter(data.isEvent);
  const on = (event) => chosen.entities.has(event.id);
  const withTime = events.filter((event) => event.earliest && event.latest)
    .sort((first, second) => first.earliest.localeCompare(second.earliest) || first.latest.localeCompare(second.latest) || (first.id < second.id ? -1 : 1));
  const dated = withTime.filter((event) => !now.hide || on(event));
  const undated = events.filter((event) => !withTime.includes(event));
  const line = withTime.length ? spans.lineOf(withTime.map((event) => [event.earliest, event.latest]), Math.max(NARROWEST, box.clientWidth || 720)) : null;
  const focused = document.activeElement?.dataset?.event;
  // The range slider stays where it is: a thumb that is held must not be made anew.
  const drawing = el("div", { class: "drawing" },
    dated.length > READABLE ? grouped(dated, now, on) : dated.length ? fields(dated, line, now, on) : null,
    undated.some(on) ? [el("h2", {}, text("noDate")), longList.list("undated", undated.filter(on), (event) =>
      el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => state.select(event.id) }, data.label(event.id))), { class: "listed" })] : null);
  const above = line ? rangeSlider.render(line, now, undated.length) : null;
  if (above && box.contains(above)) box.lastElementChild.replaceWith(drawing);
  else dom.replace(box, el("p", { class: "signs" }, legend.spans()), above, drawing);
  if (focused) drawing.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function fields(events, line, now, on) {
  return spans.drawn(events.map((event) => rowOf(event, now, on(event))), line, text("timeline"), now.filters.span);
}

/* More events than can be read: by the year in which their time begins, those of one year by the month; each group opens. */
function grouped(events, now, on, within = "") {
  const years = new Set(events.map((event) => event.earliest.slice(0, 4)));
  const [length, key] = years.size > 1 ? [4, "groupedByYear"] : [7, "groupedByMonth"];
  const groups = new Map();
  for (const event of events) {
    const name = event.earliest.slice(0, length);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(event);
  }
  const most = Math.max(...[...groups.values()].map((group) => group.length));
  return [within ? null : el("p", { class: "hint" }, text(key)), el("div", { class: "groups" }, [...groups].map(([name, group]) => groupOf(name, group, most, now, on)))];
}

function groupOf(name, events, most, now, on) {
  const isOpen = opened.has(name);
  const bar = el("span", { class: "bar-of" });
  bar.style.width = `${(events.length / most) * 100}%`;
  const label = name.length === 4 ? name : texts.capital(texts.month(`${name}-01`));
  return el("div", {}, el("button", { type: "button", class: "group-of", id: `group-${name}`, "aria-expanded": String(isOpen), onclick: () => {
    if (!opened.delete(name)) opened.add(name);
    show(state.now, selection.listed(state.now));
    dom.at(`group-${name}`).focus({ preventScroll: true });
  } }, el("span", {}, el("span", { class: "name" }, `${isOpen ? "▾" : "▸"} ${label}`), " ", el("span", { class: "hint" }, texts.count(events.length))), el("span", { "aria-hidden": "true" }, bar)),
  isOpen ? inside(name, events, now, on) : null);
}

function inside(name, events, now, on) {
  if (events.length > READABLE && name.length === 4) return grouped(events, now, on, name);
  const width = Math.max(NARROWEST, dom.at("view-timeline").clientWidth || 720);
  if (events.length <= READABLE) return fields(events, spans.lineOf(events.map((event) => [event.earliest, event.latest]), width), now, on);
  return longList.list(name, events, (event) => el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => state.select(event.id) }, data.label(event.id)),
    el("span", { class: "hint" }, texts.span(event.earliest, event.latest))), { class: "listed" });
}

/* An event as a row of the timeline. */
function rowOf(event, now, on) {
  const { id, earliest, latest, status } = event;
  return {
    id, from: earliest, to: latest, label: data.label(id), faded: !on, current: now.selected === id,
    look: status === "status:planned" ? "planned" : spans.lookOf(earliest, latest),
    description: `${data.label(id)}, ${texts.span(earliest, latest)}, ${status ? data.label(status) : ""}`,
    open: () => state.select(id),
  };
}

window.addEventListener("resize", () => {
  if (state.now.view === "timeline") show(state.now, selection.listed(state.now));
});

export { show, rowOf };
