/* Puts the page together: every change of the state is shown by every part. */
(() => {
  const { data, dom, network, selection, state, texts } = motegraf;
  const { text } = texts;
  const system = matchMedia("(prefers-color-scheme: dark)");
  // So many events are listed by name.
  const NAMED = 12;
  let language = null;
  let theme = null;

  motegraf.announce = (words) => {
    dom.at("status").textContent = words;
  };

  /* From search: an end of a path that is not chosen yet; else an entity where it is, or those around it where it is not. */
  motegraf.focusOn = (id) => {
    const now = state.now;
    if (now.pathOpen && !(now.pathFrom && now.pathTo)) {
      state.set(now.pathFrom ? { pathTo: id } : { pathFrom: id });
      return;
    }
    const here = selection.visible(now).scene.entities.has(id);
    const around = here ? {} : { around: id, rings: 1, pathOpen: false, more: [] };
    state.set({ ...around, view: now.view === "questions" ? "network" : now.view, selected: id });
    if (state.now.view === "network") dom.at("canvas").focus();
    else dom.at("proof").focus();
  };

  motegraf.counted = () => {
    const visible = selection.visible(state.now);
    const events = eventsOf(visible);
    const unnamed = network.unnamedCount();
    const fitting = selection.fitting(state.now);
    dom.at("count").textContent = [
      motegraf.extent(),
      fitting === undefined ? "" : text("countFitting", { fitting: texts.count(fitting) }),
      data.isWhole() ? "" : text("arriving", { part: Math.round(data.arrived() * 100) }),
      elsewhere(events),
    ].filter(Boolean).join(" ");
    dom.at("unnamed").textContent = unnamed ? text("countUnnamed", { count: unnamed }) : "";
    onlyPossible(events);
  };

  /* How much of the whole graph is shown; files that are saved say it too. */
  motegraf.extent = () => {
    const visible = selection.visible(state.now);
    return text("count", {
      visible: texts.count(visible.entities.size), all: texts.count(data.total.entities), events: texts.count(eventsOf(visible).length), allEvents: texts.count(data.total.events),
      ties: texts.count(visible.ties.size), allTies: texts.count(data.total.ties),
    });
  };

  function eventsOf(visible) {
    return [...visible.entities].map((id) => data.entities.get(id)).filter((entity) => entity.kind === "event");
  }

  /* What the view at hand cannot draw of the events. */
  function elsewhere(events) {
    const of = (count, key) => (count ? text(key, { count: texts.count(count) }) : "");
    if (state.now.view === "timeline") return of(events.filter((event) => !(event.earliest && event.latest)).length, "countUndated");
    return state.now.view === "map" ? of(motegraf.mapPositions.placed(events).off.length, "countUnmapped") : "";
  }

  /* Which of the events are only possibly in the time that is asked for: said in every view. */
  function onlyPossible(events) {
    const { filters } = state.now;
    const result = events.filter((event) => selection.isOnlyPossible(event, filters));
    const when = motegraf.facets.timeLabel(filters);
    const box = dom.at("only-possible");
    box.hidden = !result.length;
    box.textContent = result.length > NAMED ? text("onlyPossibleMany", { count: texts.count(result.length), when }) : result.length ? text("onlyPossible", { when, events: texts.list(result.map((event) => data.label(event.id))) }) : "";
  }

  function show(now) {
    if (now.language !== language) relabel(now.language);
    const chosen = selection.visible(now);
    for (const view of state.VIEWS) dom.at(`view-${view}`).hidden = view !== now.view;
    // Answers are those of the whole graph: filters and downloads are about the selection of the other views.
    for (const part of ["facets", "chips", "scene", "extent", "exports", "open-facets"]) dom.at(part).hidden = now.view === "questions";
    for (const tab of dom.at("tabs").children) {
      const on = tab.id === `tab-${now.view}`;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    motegraf.facets.show(now);
    motegraf.exports.show(now);
    motegraf.proof.show(now);
    motegraf.scene.show(now, chosen);
    if (now.view === "network") {
      motegraf.legend.show(now);
      network.show(chosen);
      network.bringIntoView(now.selected);
    } else {
      motegraf[now.view].show(now, chosen);
    }
    motegraf.counted();
    announce(now);
  }

  function announce(now) {
    const entity = data.entities.get(now.selected);
    const tie = data.ties.get(now.selected);
    if (entity) motegraf.announce(text("stands", { what: text(`kind_${entity.kind}`), who: data.label(entity.id), count: data.tiesOf.get(entity.id).length }));
    else if (tie) motegraf.announce(`${data.label(tie.from)}, ${data.named(tie)}, ${data.label(tie.to)}. ${motegraf.proof.inWords(tie)}`);
  }

  /* Everything that does not change but with the language. */
  function relabel(chosen) {
    language = chosen;
    texts.use(chosen);
    document.documentElement.lang = chosen;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
    motegraf.headline.show();
    motegraf.search.relabel();
    dom.at("canvas").setAttribute("aria-label", text("canvas"));
    dom.at("tabs").setAttribute("aria-label", text("views"));
    dom.replace(dom.at("tabs"), state.VIEWS.map((view) => dom.el("button", {
      type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, onclick: () => state.set({ view }),
    }, text(view))));
    for (const view of state.VIEWS) dom.at(`view-${view}`).setAttribute("aria-labelledby", `tab-${view}`);
    dom.at("languages").setAttribute("aria-label", text("language"));
    dom.replace(dom.at("languages"), [["nb", "Bokmål"], ["en", "English"]].map(([code, name]) => dom.el("button", {
      type: "button", lang: code, "aria-pressed": String(code === chosen), onclick: () => state.set({ language: code }),
    }, name)));
    dom.replace(dom.at("zoom"), [["nearer", "+", () => network.zoomBy(1.25)], ["farther", "−", () => network.zoomBy(0.8)], ["whole", null, network.whole]]
      .map(([key, sign, act]) => dom.el("button", { type: "button", "aria-label": sign ? text(key) : null, onclick: act }, sign ?? text(key))));
    dom.at("open-facets").textContent = text("filter");
    dom.at("foot").textContent = text("foot");
    showTheme();
    network.relook();
  }

  /* The theme that the reader chose, else that of the system. */
  function dark() {
    return theme ? theme === "dark" : system.matches;
  }

  function showTheme() {
    document.documentElement.dataset.theme = dark() ? "dark" : "light";
    dom.at("theme").textContent = text(dark() ? "toLight" : "toDark");
  }

  /* Of a large graph the rest comes, and is counted, after the first view is drawn. What the address names may be in it. */
  async function arrive() {
    if (!selection.LARGE) return;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    let reported = 0;
    await data.arrive((part) => {
      // Every tenth of it is said, not every step: saying it takes time too.
      if (part - reported < 0.1) return;
      reported = part;
      motegraf.counted();
    });
    await motegraf.search.prepare();
    await selection.countAll();
    state.reread();
  }

  network.start();
  motegraf.search.start();
  motegraf.map.start();
  dom.at("theme").addEventListener("click", () => {
    theme = dark() ? "light" : "dark";
    showTheme();
    network.relook();
  });
  system.addEventListener("change", () => { showTheme(); network.relook(); });
  matchMedia("print").addEventListener("change", network.relook);
  dom.at("open-facets").addEventListener("click", (event) => {
    const open = dom.at("facets").classList.toggle("open");
    event.target.setAttribute("aria-expanded", String(open));
  });
  dom.at("open-path").addEventListener("click", () => state.set({ pathOpen: true, around: null, more: [], view: "network" }));
  dom.at("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = state.VIEWS[(state.VIEWS.indexOf(state.now.view) + step + state.VIEWS.length) % state.VIEWS.length];
    state.set({ view: next });
    dom.at(`tab-${next}`).focus();
  });
  document.querySelector("[data-skip]").addEventListener("click", (event) => { event.preventDefault(); dom.at("main").focus(); });
  document.querySelector("[data-home]").addEventListener("click", (event) => {
    event.preventDefault();
    state.set({ view: "network", selected: null, around: null, pathOpen: false, pathFrom: null, pathTo: null, all: false, more: [], question: null, filters: {} });
  });
  // The server has it among its other pages; a file of one's own has none beside it.
  dom.at("site").hidden = !(location.protocol.startsWith("http") && location.pathname.endsWith("/explorer"));
  state.onChange(show);
  state.start();
  arrive();
})();
