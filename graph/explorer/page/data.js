/* What the build told the page, with what belongs to what. Nothing in it changes. */
motegraf.data = (() => {
  const told = JSON.parse(document.getElementById("data").textContent);
  const things = new Map(told.things.map((thing) => [thing.id, thing]));
  const ties = new Map(told.ties.map((tie) => [tie.id, tie]));
  const tiesOf = new Map(told.things.map((thing) => [thing.id, []]));
  for (const tie of told.ties) {
    tiesOf.get(tie.from)?.push(tie);
    tiesOf.get(tie.to)?.push(tie);
    // A part in what is planned is planned, however certainly the page says so.
    if (tie.certainty === "certain" && things.get(tie.to)?.status === "status:planned") tie.certainty = "planned";
  }

  /* What something is called in the language of the page, else in the other, else by its name; whole, however long. */
  function wholeLabel(id) {
    const said = things.get(id)?.label ?? told.words[id] ?? told.memberships[id]?.label ?? {};
    return motegraf.dom.clean(said[motegraf.texts.language] ?? said.nb ?? said.en ?? id);
  }

  /* The same as it is shown. */
  function label(id) {
    return motegraf.dom.plain(wholeLabel(id));
  }

  /* What a thing is called where it is drawn: a body by its letters, where its name has them. */
  function name(id) {
    const whole = label(id);
    const words = whole.split(/[\s()]+/);
    const letters = (things.get(id)?.also ?? []).filter((also) => /^\p{Lu}{2,6}$/u.test(also) && words.includes(also)).sort();
    return letters[0] ?? whole;
  }

  function labels(ids) {
    return (ids ?? []).map(label);
  }

  function other(tie, id) {
    return tie.from === id ? tie.to : tie.from;
  }

  /* What a tie is, in a word or two: its roles, never without saying that they are only possible or expected. */
  function named(tie) {
    if (!tie.roles?.length) return motegraf.texts.text(`tie_${tie.kind}`);
    const what = labels(tie.roles).join(", ");
    if (tie.kind === "possible") return motegraf.texts.text("possibly", { what });
    return tie.attendance === "attendance:expected" ? motegraf.texts.text("expected", { what }) : what;
  }

  function isEvent(thing) {
    return thing.kind === "event" || thing.kind === "series";
  }

  return { ...told, things, ties, tiesOf, wholeLabel, label, name, labels, other, named, isEvent };
})();
