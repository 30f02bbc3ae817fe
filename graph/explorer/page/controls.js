/* Controls: transparent boxes and lines over a picture, by which what is drawn there is opened. */
import * as dom from "./dom.js";
import * as state from "./state.js";

/* A field over something that is drawn, by which it is opened: with the pointer, or with Enter and the space bar. */
function field(id, words, { x, y, w, h }, act = () => state.select(id)) {
  return dom.svg("g", { class: "control", ...pressed(id, words, act) }, dom.svg("title", {}, words), dom.svg("rect", { x, y, width: w, height: h, fill: "transparent" }));
}

/* The same over a line. It has no place in the order of Tab: its ends have, and their proof leads to it. */
function thread(id, words, points) {
  const path = points.map((point, number) => `${number ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join("");
  return dom.svg("g", { class: "control", "data-tie": id, onclick: () => state.select(id) }, dom.svg("title", {}, words),
    dom.svg("path", { d: path, fill: "none", stroke: "transparent", "stroke-width": 12 }));
}

function pressed(id, words, act) {
  return {
    role: "button", tabindex: "0", "data-event": id, "aria-label": words, "aria-pressed": String(state.now.selected === id), onclick: act,
    onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } },
  };
}

export { field, thread };
