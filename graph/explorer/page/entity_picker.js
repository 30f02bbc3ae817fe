/* Entity picker: a search box that chooses one name, with suggestions while one types. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as search from "./search.js";
import * as texts from "./texts.js";

const { el } = dom;
const MOST = 8;
// The detail of a hit of another kind begins with it.
const MAIN = ["person", "body", "event"];
const typed = new Map(); // by the id of a box what stands in it and is not chosen

texts.add({
  pickHint: ["Skriv et navn", "Type a name"],
  pickOf: ["{shown} av {count} treff. Skriv mer for å finne flere.", "{shown} of {count} found. Type more to find others."],
});

/**
 * A box in which a name is chosen.
 * @param {string} id
 * @param {string} label What is chosen in it.
 * @param {string | null} chosen The id of the entity that is chosen.
 * @param {(id: string | null) => void} choose
 * @returns {Element}
 */
function render(id, label, chosen, choose) {
  const name = chosen ? data.label(chosen) : "";
  const list = el("ul", { class: "suggestions", role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const input = el("input", {
    type: "text", id, role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", placeholder: texts.text("pickHint"),
  });
  input.value = typed.get(id) ?? name;
  let hits = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (entity) => {
    typed.delete(id);
    close();
    input.value = entity ? data.label(entity) : "";
    choose(entity);
  };
  const mark = (next) => {
    at = hits.length ? (next + hits.length) % hits.length : -1;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const suggest = () => {
    typed.set(id, input.value);
    const found = search.find(input.value, MOST, { entitiesOnly: true });
    hits = found.hits;
    const hint = (words) => el("li", { class: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words);
    dom.replace(list, hits.map((hit, number) => el("li", {
      role: "option", id: `${id}-${number}`, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); take(hit.id); },
    }, hit.label, el("span", { class: "hint" }, ` · ${[MAIN.includes(hit.kind) ? texts.text(`kind_${hit.kind}`).toLocaleLowerCase(texts.language) : "", hit.detail].filter(Boolean).join(" · ")}`))),
    !hits.length && input.value.trim() ? hint(texts.text("nothingFound", { what: dom.plain(input.value) })) : null,
    found.count > hits.length && hits.length ? hint(texts.text("pickOf", { shown: texts.count(hits.length), count: texts.count(found.count) })) : null);
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (input.value.trim()) dom.announce(texts.text("hits", { count: texts.count(found.count) }));
    mark(hits.length ? 0 : -1);
  };

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    close();
    if (!typed.has(id)) return;
    typed.delete(id);
    // What was wiped is chosen no more; half a name chooses nothing.
    if (!input.value.trim() && chosen) choose(null);
    else input.value = name;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && at >= 0) take(hits[at].id);
      else if (!input.value.trim() && chosen) take(null);
    } else if (event.key === "Escape") {
      typed.delete(id);
      input.value = name;
      close();
    }
  });
  return el("span", { class: "picker" }, el("label", { for: id }, label), el("span", { class: "picker-box" }, input, list));
}

export { render };
