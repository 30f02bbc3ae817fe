/* A field with suggestions below it: a combobox whose list has groups, each with a heading and a way to the rest of it. */
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

texts.add({
  nothingFound: ["Ingen treff på «{what}»", "Nothing found for “{what}”"],
  hits: ["{count} treff", "{count} found"],
  hitsOne: ["ett treff", "one found"],
  searchMore: ["{count} til", "{count} more"],
  searchTooMany: ["De første {visible} av {all}. Skriv mer for å finne færre.", "The first {visible} of {all}. Type more to find fewer."],
  searchBack: ["Alle treff", "All that is found"],
});

/** Makes a field a combobox. `find(typed, group)` gives the groups, `{key, label, hits, count}`, each hit with `label` and `detail`;
 * of one group more, where it alone is asked for. `choose(hit)` is called with what is chosen, `hint()` says what is not there yet.
 * @param {HTMLInputElement} input @param {HTMLElement} list @param {{find: Function, choose: Function, hint?: Function}} does */
function attach(input, list, { find, choose, hint = () => "" }) {
  let options = []; // what can be chosen, each with `act`
  let at = -1;
  let alone = null; // the group of which the whole list is open

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  }

  function mark(next) {
    const before = options[at]?.element;
    at = options.length ? (next + options.length) % options.length : -1;
    before?.setAttribute("aria-selected", "false");
    if (at < 0) return;
    options[at].element.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[at].element.id);
    // The first is seen with the heading of its group.
    if (at === 0) list.scrollTop = 0;
    else options[at].element.scrollIntoView({ block: "nearest" });
  }

  function option(act, ...children) {
    const number = options.length;
    const element = el("li", {
      role: "option", id: `${list.id}-${number}`, "aria-selected": "false",
      onpointerdown: (event) => event.preventDefault(), onclick: () => act(),
    }, children);
    options.push({ act, element });
    return element;
  }

  function optionOf(hit) {
    const act = () => { input.value = ""; alone = null; close(); choose(hit); };
    return option(act, el("span", { class: "hit" }, hit.label), hit.detail ? el("span", { class: "hint" }, ` · ${hit.detail}`) : null);
  }

  function group({ key, label, hits, count }) {
    const more = count - hits.length;
    const heading = `${list.id}-of-${key}`;
    const all = () => { alone = key; show(); };
    return el("li", { role: "presentation" }, el("ul", { role: "group", "aria-labelledby": heading },
      el("li", { role: "presentation", class: "group", id: heading }, label),
      hits.map(optionOf),
      more > 0 && alone !== key ? option(all, el("span", { class: "more" }, text("searchMore", { count: texts.count(more) }))) : null),
      more > 0 && alone === key ? el("p", { class: "hint" }, text("searchTooMany", { visible: texts.count(hits.length), all: texts.count(count) })) : null);
  }

  function show() {
    const typed = input.value.trim();
    const groups = typed ? find(input.value, alone) : [];
    const count = groups.reduce((sum, each) => sum + each.count, 0);
    const waiting = typed ? hint() : "";
    options = [];
    const back = alone ? [el("li", { role: "presentation" }, el("ul", { role: "group", "aria-label": text("searchBack") }, option(() => { alone = null; show(); }, el("span", { class: "more" }, text("searchBack")))))] : [];
    const made = groups.map(group);
    dom.replace(list, made, typed && !count ? el("li", { class: "hint", role: "presentation" }, text("nothingFound", { what: dom.plain(input.value) })) : null,
      waiting ? el("li", { class: "hint", role: "presentation" }, waiting) : null, back);
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (typed) dom.announce([text(count === 1 ? "hitsOne" : "hits", { count: texts.count(count) }), waiting].filter(Boolean).join(". "));
    at = -1;
    mark(options.length && count ? 0 : -1);
  }

  input.addEventListener("input", () => { alone = null; show(); });
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      options[at].act();
    } else if (event.key === "Escape") {
      if (alone) { alone = null; show(); return; }
      if (list.hidden) input.value = "";
      close();
    }
  });
  return { show, close };
}

export { attach };
