/* The headline: what one sees, counted from the graph and true of it. */
motegraf.headline = (() => {
  const { data, dom, texts } = motegraf;

  function season({ first, last }) {
    if (!first) return "";
    const year = first.slice(0, 4);
    const nb = texts.language === "nb";
    if (year !== last.slice(0, 4)) return nb ? `fra ${texts.month(first)} til ${texts.month(last)}` : `from ${texts.month(first)} to ${texts.month(last)}`;
    if (first.slice(5, 7) >= "08") return nb ? `høsten ${year}` : `in autumn ${year}`;
    return nb ? `i ${year}` : `in ${year}`;
  }

  function headline() {
    const { held, planned } = data.summary;
    const nb = texts.language === "nb";
    const meetings = (count) => (nb ? (count === 1 ? "møte" : "møter") : count === 1 ? "meeting" : "meetings");
    const parts = [];
    if (held.count) parts.push(`${texts.number(held.count)} ${meetings(held.count)} ${nb ? "holdt" : "held"} ${season(held)}`);
    if (planned.count) {
      const noun = held.count ? "" : ` ${meetings(planned.count)}`;
      parts.push(`${texts.number(planned.count)}${noun} ${nb ? "planlagt" : "planned"} ${season(planned).replace(/^in /, "for ")}`);
    }
    const said = parts.join(", ");
    return said ? `${texts.capital(said)}` : texts.text("title");
  }

  /* Who was at most meetings for certain, and where they may have been besides; of a large graph also what is drawn of it. */
  function deck() {
    const nb = texts.language === "nb";
    const proven = nb ? "Hver strek viser til setningen som sier det." : "Every line leads to the sentence that says so.";
    return [mostPresent(nb), motegraf.selection.LARGE ? chosen() : "", proven].filter(Boolean).join(" ");
  }

  function mostPresent(nb) {
    if (!data.summary.most) return "";
    const { id, sure, possible } = data.summary.most;
    return nb
      ? `${data.label(id)} var sikkert med på ${texts.number(sure)} av dem${possible ? ` og kan ha vært med på ${texts.number(possible)} til` : ""}.`
      : `${data.label(id)} certainly took part in ${texts.number(sure)} of them${possible ? ` and may have taken part in ${texts.number(possible)} more` : ""}.`;
  }

  function chosen() {
    const drawn = data.drawing.nodes.map((node) => data.entities.get(node.id));
    const events = drawn.filter((entity) => entity.kind === "event").length;
    return texts.text("chosenFirst", { events: texts.number(events), others: texts.number(drawn.length - events), all: texts.count(data.total.entities) });
  }

  function show() {
    dom.at("headline").textContent = headline();
    dom.at("deck").textContent = deck();
    document.title = `${headline()} – Møtegraf`;
  }

  return { show };
})();
