/* The timeline: every event of the scene as a field over the time in which it can have been, under a range slider that chooses a time. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as rangeSlider from "./range_slider.js";
import * as selection from "./selection.js";
import * as spans from "./spans.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

function show(now, chosen) {
  const box = dom.at("view-timeline");
  const events = [...chosen.scene.entities].map((id) => data.entities.get(id)).filter(data.isEvent);
  const on = (event) => chosen.entities.has(event.id);
  const withTime = events.filter((event) => event.earliest && event.latest)
    .sort((first, second) => first.earliest.localeCompare(second.earliest) || first.latest.localeCompare(second.latest) || (first.id < second.id ? -1 : 1));
  const dated = withTime.filter((event) => !now.hide || on(event));
  const undated = events.filter((event) => !withTime.includes(event));
  const line = withTime.length ? spans.lineOf(withTime.map((event) => [event.earliest, event.latest]), Math.max(320, box.clientWidth || 720)) : null;
  const focused = document.activeElement?.dataset?.event;
  // The range slider stays where it is: a thumb that is held must not be made anew.
  const drawing = el("div", { class: "drawing" },
    dated.length ? spans.drawn(dated.map((event) => rowOf(event, now, on(event))), line, text("timeline"), now.filters.span) : null,
    undated.some(on) ? [el("h2", {}, text("noDate")), el("ul", { class: "listed" }, undated.filter(on).map((event) =>
      el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => state.select(event.id) }, data.label(event.id)))))] : null);
  const above = line ? rangeSlider.render(line, now, undated.length) : null;
  if (above && box.contains(above)) box.lastElementChild.replaceWith(drawing);
  else dom.replace(box, el("p", { class: "signs" }, legend.spans()), above, drawing);
  if (focused) drawing.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
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
  if (state.now.view === "timeline") show(state.now, selection.visible(state.now));
});

export { show };
