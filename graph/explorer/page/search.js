/* Search: names as people type them. å is aa, æ is ae, ø is o and oe, capitals and accents do not matter. */
motegraf.search = (() => {
  const { data, dom, texts } = motegraf;
  const MOST = 12;
  let index = null;

  function fold(words) {
    return words.normalize("NFC").toLocaleLowerCase("nb")
      .replaceAll("å", "aa").replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("ö", "oe").replaceAll("ä", "ae")
      .normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  /* Without the second letter of aa, ae and oe: "Alesund" finds Ålesund, "Tromso" Tromsø. */
  function loose(folded) {
    return folded.replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o");
  }

  function entries() {
    index ??= [...data.things.values()].flatMap((thing) => {
      const names = new Set([...Object.values(thing.label ?? {}), ...(thing.also ?? [])]);
      return [...names].map((name) => ({ thing, name, folded: fold(name), loose: loose(fold(name)) }));
    });
    return index;
  }

  /* Things whose names have a word that begins with each word typed; those that begin with it first. */
  function find(typed) {
    const words = fold(typed).split(" ").filter(Boolean);
    if (!words.length) return [];
    const best = new Map();
    for (const entry of entries()) {
      const rank = ranked(entry, words);
      const known = best.get(entry.thing.id);
      if (rank !== null && (!known || rank < known.rank)) best.set(entry.thing.id, { ...entry, rank });
    }
    return [...best.values()].sort((one, two) =>
      one.rank - two.rank || data.tiesOf.get(two.thing.id).length - data.tiesOf.get(one.thing.id).length || (one.thing.id < two.thing.id ? -1 : 1));
  }

  function ranked({ folded, loose: looser }, words) {
    const starts = (text, word) => ` ${text}`.includes(` ${word}`);
    if (folded.startsWith(words.join(" "))) return 0;
    if (words.every((word) => starts(folded, word))) return 1;
    if (words.every((word) => starts(looser, loose(word)))) return 2;
    if (words.every((word) => folded.includes(word) || looser.includes(loose(word)))) return 3;
    return null;
  }

  function start() {
    const input = dom.at("search");
    const list = dom.at("found");
    let hits = [];
    let at = -1;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      at = -1;
    }

    function mark(next) {
      at = hits.length ? (next + hits.length) % hits.length : -1;
      [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", `hit-${at}`);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    }

    function choose(number) {
      const { thing } = hits[number];
      input.value = "";
      close();
      motegraf.focusOn(thing.id);
    }

    function show() {
      const all = find(input.value);
      hits = all.slice(0, MOST);
      dom.replace(list, hits.map((hit, number) => {
        const shown = data.label(hit.thing.id);
        const other = dom.plain(hit.name) === shown ? "" : ` (${dom.plain(hit.name)})`;
        const kind = texts.text(`kind_${hit.thing.kind}`).toLocaleLowerCase(texts.language);
        return dom.el("li", {
          role: "option", id: `hit-${number}`, "aria-selected": "false",
          onpointerdown: (event) => { event.preventDefault(); choose(number); },
        }, shown, dom.el("span", { class: "hint" }, `${other} · ${kind}`));
      }), !hits.length && input.value.trim()
        ? dom.el("li", { class: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, texts.text("nothingFound", { what: input.value }))
        : null, all.length > MOST ? dom.el("li", { class: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, `${MOST} / ${all.length}`) : null);
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (input.value.trim()) motegraf.tell(texts.text("hits", { count: all.length }));
      mark(hits.length ? 0 : -1);
    }

    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value && show());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) show();
        else mark(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        choose(at);
      } else if (event.key === "Escape") {
        if (list.hidden) input.value = "";
        close();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !event.target.closest("input, select, textarea")) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  function relabel() {
    dom.at("search").setAttribute("placeholder", texts.text("search"));
    dom.at("search").setAttribute("aria-label", texts.text("search"));
  }

  return { start, find, fold, relabel };
})();
