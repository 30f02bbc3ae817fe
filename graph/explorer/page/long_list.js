/* Long lists: the first of them, and more when somebody asks. */
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;
const FIRST = 60;
const asked = new Map(); // how many of a list somebody asked for

texts.add({
  listMore: ["Vis {count} til av {left}", "Show {count} more of {left}"],
  listAll: ["Vis alle {left} andre", "Show all {left} others"],
});

/**
 * A list of which the first are there, with a button for more of them.
 * @param {string} key What the list is of: the same key remembers how much of it was asked for.
 * @param {any[]} items
 * @param {(item: any) => Element} render
 * @param {{first?: number, class?: string}} how
 * @returns {Element}
 */
function list(key, items, render, { first = FIRST, ...attributes } = {}) {
  const box = el("div", { class: "long-list" });
  const fill = (focusAt) => {
    const most = asked.get(key) ?? first;
    const ul = el("ul", attributes, items.slice(0, most).map(render));
    const left = items.length - most;
    const next = Math.min(left, Math.max(first, most));
    const more = left > 0 ? el("button", { type: "button", class: "button more-of", onclick: () => {
      asked.set(key, most + next);
      fill(most);
    } }, texts.text(next === left ? "listAll" : "listMore", { count: texts.count(next), left: texts.count(left) })) : null;
    box.replaceChildren(...[ul, more].filter(Boolean));
    if (focusAt !== undefined) (ul.children[focusAt]?.querySelector("button, summary, a") ?? more)?.focus({ preventScroll: true });
  };
  fill();
  return box;
}

export { list };
