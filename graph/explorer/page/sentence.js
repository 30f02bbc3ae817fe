/* The sentence on top: what one sees, counted from the graph and true of it. */
motegraf.sentence = (() => {
  const { data, dom, texts } = motegraf;

  function season(events) {
    const days = events.flatMap((event) => (event.earliest ? [event.earliest, event.latest] : [])).sort();
    if (!days.length) return "";
    const [first, last] = [days[0], days.at(-1)];
    const year = first.slice(0, 4);
    const nb = texts.language === "nb";
    if (year !== last.slice(0, 4)) return nb ? `fra ${texts.month(first)} til ${texts.month(last)}` : `from ${texts.month(first)} to ${texts.month(last)}`;
    if (first.slice(5, 7) >= "08") return nb ? `høsten ${year}` : `in autumn ${year}`;
    return nb ? `i ${year}` : `in ${year}`;
  }

  function headline() {
    const events = [...data.things.values()].filter((thing) => thing.kind === "event");
    const held = events.filter((event) => event.status === "status:held");
    const planned = events.filter((event) => event.status === "status:planned");
    const nb = texts.language === "nb";
    const meetings = (count) => (nb ? (count === 1 ? "møte" : "møter") : count === 1 ? "meeting" : "meetings");
    const parts = [];
    if (held.length) parts.push(`${texts.number(held.length)} ${meetings(held.length)} ${nb ? "holdt" : "held"} ${season(held)}`);
    if (planned.length) {
      const noun = held.length ? "" : ` ${meetings(planned.length)}`;
      parts.push(`${texts.number(planned.length)}${noun} ${nb ? "planlagt" : "planned"} ${season(planned).replace(/^in /, "for ")}`);
    }
    const said = parts.join(", ");
    return said ? `${texts.capital(said)}` : texts.text("title");
  }

  /* Who was at most meetings for certain, and where they may have been besides. */
  function deck() {
    const nb = texts.language === "nb";
    const of = (kind, test) => {
      const found = new Map();
      for (const tie of data.ties.values()) {
        if (data.things.get(tie.from).kind !== "person" || tie.kind !== kind || !test(tie)) continue;
        found.set(tie.from, (found.get(tie.from) ?? new Set()).add(tie.to));
      }
      return found;
    };
    const sure = of("part", (tie) => tie.attendance === "attendance:present" && data.things.get(tie.to).kind === "event" && tie.certainty === "certain");
    const possible = of("possible", () => true);
    const most = [...sure].sort(([one, a], [other, b]) => b.size - a.size || (one < other ? -1 : 1))[0];
    if (!most) return nb ? "Hver strek viser til setningen som sier det." : "Every line leads to the sentence that says so.";
    const [id, events] = most;
    const maybe = possible.get(id)?.size ?? 0;
    const first = nb
      ? `${data.label(id)} var sikkert med på ${texts.number(events.size)} av dem${maybe ? ` og kan ha vært med på ${texts.number(maybe)} til` : ""}.`
      : `${data.label(id)} certainly took part in ${texts.number(events.size)} of them${maybe ? ` and may have taken part in ${texts.number(maybe)} more` : ""}.`;
    return `${first} ${nb ? "Hver strek viser til setningen som sier det." : "Every line leads to the sentence that says so."}`;
  }

  function show() {
    dom.at("headline").textContent = headline();
    dom.at("deck").textContent = deck();
    document.title = `${headline()} – Møtegraf`;
  }

  return { show };
})();
