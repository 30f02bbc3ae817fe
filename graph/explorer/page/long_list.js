/* Long lists: the first of them, and more when somebody asks. All lists of the page say it so: how many more come, and of all how many
   are there. */
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;
const FIRST = 60;
const asked = new Map(); // how many of a list somebody asked for

texts.add({
  listMore: ["Vis {count} til", "Show {count} more"],
  listShown: ["{shown} av {all}", "{shown} of {all}"],
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
    } }, texts.text("listMore", { count: texts.count(next) })) : null;
    const shown = more ? el("p", { class: "turner" }, more, el("span", { class: "hint" }, texts.text("listShown", { shown: texts.count(most), all: texts.count(items.length) }))) : null;
    box.replaceChildren(...[ul, shown].filter(Boolean));
    if (focusAt !== undefined) (ul.children[focusAt]?.querySelector("button, summary, a") ?? more)?.focus({ preventScroll: true });
  };
  fill();
  return box;
}

export { list };
