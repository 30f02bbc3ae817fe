/* What the build told the page, with what belongs to what. Of a large graph the first view is there at once, and `whole`
   says when all of it is; what has come changes no more. */
motegraf.data = (() => {
  const { unpacking } = motegraf;
  const told = JSON.parse(document.getElementById("data").textContent);
  const things = new Map();
  const ties = new Map();
  const tiesOf = new Map();
  const order = []; // the things as the parts number them
  const packedClaims = []; // claims by their number, as a row of a part, until somebody asks for them
  const arrived = { done: 0, of: 1 };
  for (const thing of told.things) addThing(thing);
  for (const tie of told.ties) addTie(tie);

  function addThing(thing) {
    if (things.has(thing.id)) return;
    things.set(thing.id, thing);
    tiesOf.set(thing.id, []);
  }

  function addTie(tie) {
    if (ties.has(tie.id)) return;
    ties.set(tie.id, tie);
    tiesOf.get(tie.from)?.push(tie);
    tiesOf.get(tie.to)?.push(tie);
    // A part in what is planned is planned, however certainly the page says so.
    if (tie.certainty === "certain" && things.get(tie.to)?.status === "status:planned") tie.certainty = "planned";
  }

  const ADDING = {
    things: (thing) => {
      addThing(completed(thing));
      order.push(thing.id);
    },
    ties: (tie) => {
      [tie.from, tie.to] = [order[tie.from], order[tie.to]];
      tie.id ??= `${tie.from} ${tie.kind} ${tie.to}`;
      addTie(tie.kind === "part" || tie.kind === "possible" ? completed(tie) : { claims: [], memberships: [], ...tie });
    },
    pages: (page) => { told.pages[page.id] ??= { iri: startOf(page.id), text: null, ...page }; },
    memberships: (holding) => { told.memberships[holding.id] ??= holding; },
    words: (word) => { told.words[word.id] ??= { ...word, iri: word.iri ?? startOf(word.id) }; },
  };

  /* With what a part leaves out. */
  function completed(record) {
    return { claims: [], memberships: [], ...record, iri: record.iri ?? startOf(record.id) };
  }

  function startOf(id) {
    const colon = id.indexOf(":");
    return (told.starts[id.slice(0, colon)] ?? "") + id.slice(colon + 1);
  }

  /* Every part, in order; `step` is told after each. */
  async function arrive(step) {
    await unpacking.read();
    const parts = unpacking.elements();
    arrived.of = parts.length + 1;
    for (const element of parts) {
      const { table, rows, columns } = await unpacking.inflated(element);
      for (let row = 0; row < rows; row += 1) {
        if (table === "claims") packedClaims.push([columns, row]);
        else ADDING[table](unpacking.record(columns, row));
        if (row % 100 === 0) await unpacking.breathe();
      }
      arrived.done += 1;
      step(arrived.done / arrived.of);
    }
  }

  /* A claim by its name, or of a large graph by its number. */
  function claim(id) {
    if (Object.hasOwn(told.claims, id)) return told.claims[id];
    const [columns, row] = packedClaims[id] ?? [];
    if (!columns) return undefined;
    const { iri, page, says, leansOn, ...rest } = unpacking.record(columns, row);
    const passages = (places) => (places ?? []).map(([start, end, words]) => ({ start, end, words: words ?? passage(page, start, end) }));
    return { iri: iri ?? startOf(rest.id), page, says: passages(says), leansOn: passages(leansOn) };
  }

  /* Words of a page. Places count characters, not the units that a string is made of here. */
  function passage(page, start, end) {
    const text = told.pages[page]?.text ?? "";
    return /[\ud800-\udbff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
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

  /* Those of most ties first, and always in the same order. */
  function byWeight(first, second) {
    return tiesOf.get(second).length - tiesOf.get(first).length || (first < second ? -1 : 1);
  }

  return {
    ...told, things, ties, tiesOf, wholeLabel, label, name, labels, other, named, isEvent, byWeight, arrive,
    claims: new Proxy({}, { get: (_, id) => claim(id) }),
    total: { things: told.facts.things, ties: told.facts.ties },
    isWhole: () => things.size === told.facts.things && ties.size === told.facts.ties && arrived.done >= arrived.of - 1,
    arrived: () => arrived.done / arrived.of,
  };
})();
