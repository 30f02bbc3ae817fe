/* In a very low window, as at 400 %, the panel with the proof stands below the view instead of over it: whoever presses something gets
   there, whoever walks through a drawing gets a line at the foot of the window that says what is chosen and leads there. */
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// As in proof.css.
const low = matchMedia("(max-width: 1099px) and (max-height: 320px)");

texts.add({
  toProof: ["Belegget for {what}", "The proof of {what}"],
});

/** The line at the foot, which is seen where the panel is not. @param {string} what is chosen @returns {Element} */
function line(what) {
  return el("div", { class: "to-proof" }, el("button", { type: "button", id: "to-proof", onclick: go }, `${text("toProof", { what })} ↓`));
}

function go() {
  const panel = dom.at("proof");
  panel.scrollIntoView({ block: "start" });
  panel.focus({ preventScroll: true });
}

/** What was pressed has chosen something else: the panel comes into view. A drawing keeps those who walk through it. */
function follow() {
  const { activeElement } = document;
  // All is drawn anew before anybody moves.
  if (low.matches && activeElement?.closest("button, a, summary, tr") && !activeElement.closest("#proof, [role=application]")) Promise.resolve().then(go);
}

/** The focus is back where the panel was opened from: that comes into view again. */
function back() {
  if (low.matches) document.activeElement?.scrollIntoView({ block: "center" });
}

/* Watches whether the panel is in view: then nothing needs to lead there. */
function start() {
  const panel = dom.at("proof");
  new IntersectionObserver(([{ isIntersecting }]) => panel.classList.toggle("in-view", isIntersecting)).observe(panel);
}

export { back, follow, line, start };
