/* The proof panel: of an entity or a tie what is claimed, how certain it is, and the sentence that says so. */
import * as around from "./around.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as facets from "./facets.js";
import * as offices from "./offices.js";
import * as otherSpellings from "./other_spellings.js";
import * as proofBelow from "./proof_below.js";
import * as proofTies from "./proof_ties.js";
import * as readingHelp from "./reading_help.js";
import * as registerRows from "./rows.js";
import * as selection from "./selection.js";
import * as files from "./share_files.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// So many sources are listed.
const SOURCES = 6;
// So many other names that may be the same.
const SPELLINGS = 3;
let opener = null; // where the focus was when the panel was opened
let previous = null;
const MODES = { "schema:OnlineEventAttendanceMode": "online", "schema:MixedEventAttendanceMode": "hybrid" };

function show(now) {
  const panel = dom.at("proof");
  panel.setAttribute("aria-label", text("open"));
  panel.classList.toggle("open", Boolean(now.selected));
  const entity = data.entities.get(now.selected);
  const tie = data.ties.get(now.selected);
  const inside = panel.contains(document.activeElement);
  const isNew = Boolean(now.selected) && now.selected !== previous;
  if (isNew && !inside) opener = dom.focusPlace();
  previous = now.selected;
  dom.replace(panel, entity ? ofThing(entity) : tie ? ofTie(tie) : intro());
  // Whoever reads the panel by keyboard stays in it when it tells of something else.
  if (inside && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
  panel.scrollTop = 0;
  if (isNew) proofBelow.follow();
  const mark = panel.querySelector(".page-text mark.says");
  if (mark) mark.closest(".page-text").scrollTop = Math.max(0, mark.offsetTop - mark.closest(".page-text").offsetTop - 40);
}

/* Closes the panel; the focus goes back to where it was when the panel was opened. */
function close() {
  const place = opener;
  const inside = dom.at("proof").contains(document.activeElement);
  state.select(null);
  if (!inside) return;
  dom.returnFocus(place ?? { active: null, was: {}, within: [] });
  proofBelow.back();
}

function listen() {
  proofBelow.start();
  dom.at("proof").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.now.selected) return;
    event.preventDefault();
    close();
  });
}

function intro() {
  const help = readingHelp.words(state.now, selection.visible(state.now).scene);
  return [
    el("h2", { class: "title" }, text("howTo")),
    el("p", {}, text("howToText")),
    help ? [el("h3", {}, text("howToRead")), el("p", { id: "how-to-read" }, help)] : null,
    Object.keys(data.sources).length ? el("h3", {}, text("theSource")) : null,
    Object.values(data.sources).slice(0, SOURCES).map((source) => [el("p", {}, dom.link(source.address, source.title), el("br"), el("span", { class: "hint" }, dated(source))), basis(source)]),
    moreSources(Object.keys(data.sources).length - SOURCES),
  ];
}

function moreSources(count) {
  return count > 0 ? el("p", { class: "hint" }, text(count === 1 ? "moreOneSource" : "moreSources", { count: texts.count(count) })) : null;
}

function closer() {
  return el("button", { type: "button", class: "quiet closer", id: "close-proof", onclick: close }, text("close"));
}

function row(name, ...values) {
  const visible = values.flat(2).filter(Boolean);
  if (!visible.length) return null;
  return [el("dt", {}, text(name)), el("dd", {}, visible.map((value, number) => [number ? el("br") : null, value]))];
}

function goTo(id) {
  if (!data.entities.has(id) && !data.ties.has(id)) return data.label(id);
  return el("button", { type: "button", class: "quiet", onclick: () => state.select(id) }, data.label(id));
}

function when(entity) {
  return entity.earliest && entity.latest ? texts.capital(texts.span(entity.earliest, entity.latest)) : null;
}

/* Words of sources, as they stand there. */
function quoted(words) {
  return (words ?? []).map((each) => texts.quoted(dom.plain(each)));
}

/* When an event begins and ends; where sources give several times, all of them. */
function timesOfDay({ begins = [], ends = [] }) {
  if (begins.length === 1 && ends.length === 1) return [text("clockSpan", { begins: texts.clock(begins[0]), ends: texts.clock(ends[0]) })];
  return [...begins.map((each) => text("clockFrom", { begins: texts.clock(each) })), ...ends.map((each) => text("clockTo", { ends: texts.clock(each) }))];
}

/* The events that were moved to this one. */
function movedHere(id) {
  return [...data.entities.values()].filter((other) => other.movedTo?.includes(id)).map((other) => other.id);
}

function ofThing(entity) {
  return [
    proofBelow.line(data.label(entity.id)),
    closer(),
    el("p", { class: "kind" }, texts.capital(entity.type ? data.labels(entity.type).join(", ") : text(`kind_${entity.kind}`))),
    el("h2", { class: "title" }, data.label(entity.id)),
    data.isEvent(entity) && entity.status
      ? el("p", { class: `certainty ${entity.status === "status:planned" ? "planned" : ""}` }, texts.capital(data.label(entity.status)))
      : null,
    facts(entity),
    otherSpellings.part(entity.id, goTo, SPELLINGS),
    acts(entity),
    proofTies.render(entity),
    proofs(entity),
    data.isWhole() ? null : el("p", { class: "hint" }, text("arriving", { part: Math.round(data.arrived() * 100) })),
    address(entity.iri),
  ];
}

/* What is known of an entity, as a list. */
function facts(entity) {
  const areas = (entity.places ?? []).map((place) => data.areas[place]).filter(Boolean);
  return el("dl", {},
    row("when", data.isEvent(entity) ? when(entity) : null),
    row("filtered", selection.isOnlyPossible(entity, state.now.filters) ? text("onlyPossible", { when: facets.timeLabel(state.now.filters), events: data.label(entity.id) }) : null),
    row("saidWhen", quoted(entity.saidWhen)),
    row("timeOfDay", timesOfDay(entity)),
    row("movedFrom", data.isEvent(entity) ? movedHere(entity.id).map(goTo) : null),
    row("movedTo", (entity.movedTo ?? []).map(goTo)),
    row("where", data.isEvent(entity) ? [...data.labels(entity.places), ...quoted(entity.placesAsWritten), ...(entity.countries ?? []).map(texts.country)] : null),
    row("venue", quoted(entity.venues)),
    row("mode", (entity.mode ?? []).map((mode) => text(MODES[mode]))),
    row("ofBody", (entity.ofBody ?? []).map(goTo)),
    row("county", [...new Set(areas.map(countyThenAndNow))]),
    row("district", districts(areas)),
    row("topics", openly(entity, "list:topics", data.labels(entity.topics))),
    row("openList", openLists(entity)),
    row("asksFor", entity.asksFor ? dom.plain(entity.asksFor) : null),
    row("also", also(entity)),
    row("party", data.labels(entity.memberOf).map((party) => text("partyUndated", { party }))),
    row("offices", offices.of(entity.id).map(offices.inWords)),
    row("became", (data.successors[entity.id] ?? []).map(({ on, is }) => `${data.label(is)} (${texts.day(on)})`)),
    row("elsewhere", (entity.elsewhere ?? []).map((iri) => dom.link(iri, iri.includes("wikidata") ? `Wikidata ${iri.split("/").at(-1)}` : iri))));
}

function districts(areas) {
  const possible = areas.flatMap((area) => area.possibleDistricts).map((id) => text("possibly", { what: data.label(id) }));
  return [...new Set([...areas.map((area) => area.district).filter(Boolean).map(data.label), ...possible])];
}

function countyThenAndNow(area) {
  const then = data.label(area.county);
  const now = data.labels(area.countiesNow).filter((name) => name !== then);
  return now.length ? `${then} → ${now.join(", ")}` : then;
}

function also(entity) {
  const visible = new Set(Object.values(entity.label ?? {}));
  return (entity.also ?? []).filter((name) => !visible.has(name)).map(dom.plain);
}

/* Words of a list; where the source leaves it open, the last of them says so. */
function openly(entity, list, words) {
  return words.length && entity.openLists?.includes(list) ? [...words.slice(0, -1), `${words.at(-1)} ${text("amongOthers")}`] : words;
}

/* What else the source leaves open: its list of organisers, participants or events. */
function openLists(entity) {
  return (entity.openLists ?? []).filter((list) => !(list === "list:topics" && entity.topics?.length))
    .map((list) => (list === "list:events" ? text("openEvents") : text("openOthers", { list: data.label(list) })));
}

function acts(entity) {
  return el("div", { class: "acts" }, more(entity.id),
    state.now.subject === entity.id ? null : el("button", { type: "button", class: "button", id: "open-subject", onclick: () => subject.open(entity.id) }, text("openSubject")),
    state.now.around === entity.id && !state.now.pathOpen && state.now.view === "network" ? null
      : around.button(entity.id, state.now, { id: "show-around" }),
    el("button", { type: "button", class: "button", id: "path-here", onclick: () => state.set({ pathOpen: true, pathFrom: entity.id, pathTo: null, around: null, more: [], view: "network" }) }, text("pathHere")));
}

/* The others of an entity that is drawn: how many there are, and how many of them there is room for. */
function more(id) {
  const now = state.now;
  const { scene } = selection.visible(now);
  if (now.pathOpen || !scene.entities.has(id) || !data.isWhole()) return null;
  if (now.more.includes(id)) return el("button", { type: "button", class: "button", id: "less", onclick: () => state.set({ more: now.more.filter((other) => other !== id) }) }, text("less"));
  const { left, room } = selection.more(id, scene);
  if (!left) return null;
  if (!room) return el("p", { class: "hint", id: "more-full" }, text("moreFull", { left: texts.count(left), most: selection.MOST }));
  return el("button", { type: "button", class: "button", id: "more", onclick: () => state.set({ more: [...now.more, id], view: "network" }) },
    text(left === 1 ? "moreOne" : room < left ? "moreSome" : "moreAll", { room: texts.count(room), left: texts.count(left) }));
}

function ofTie(tie) {
  const part = tie.kind === "part" || tie.kind === "possible";
  const event = data.entities.get(tie.to);
  return [
    proofBelow.line(part ? `${data.label(tie.from)}, ${data.named(tie)}` : `${data.label(tie.from)} ${data.named(tie)} ${data.label(tie.to)}`),
    closer(),
    el("p", { class: "kind" }, part ? text("part") : text("relation")),
    el("h2", { class: "title" }, part ? `${data.label(tie.from)}, ${data.named(tie)}` : `${data.label(tie.from)} ${data.named(tie)} ${data.label(tie.to)}`),
    el("p", { class: `certainty ${tie.certainty}` }, inWords(tie)),
    el("dl", {},
      row("who", goTo(tie.from)),
      row(part ? "event" : "what", goTo(tie.to)),
      row("when", part ? when(event) : null),
      row("filtered", part && selection.isOnlyPossible(event, state.now.filters) ? text("onlyPossible", { when: facets.timeLabel(state.now.filters), events: data.label(event.id) }) : null),
      row("role", part ? data.named(tie) : null),
      row("capacity", data.labels(tie.capacity)),
      part ? offices.rows(tie.from, event).map(([name, words]) => row(name, words)) : null,
      row("onBehalfOf", data.labels(tie.onBehalfOf)),
      row("attendance", tie.attendance ? data.label(tie.attendance) : null),
      row("about", data.labels(tie.topics))),
    proofs(tie),
    address(tie.iri),
  ];
}

/* How certain, in a sentence. */
function inWords(tie) {
  const who = data.label(tie.from);
  if (tie.kind === "possible") return text("possible_part", { least: texts.persons(Number(tie.atLeast ?? 1)), candidates: texts.list(candidatesOf(tie)) });
  if (tie.kind === "series") return text("ours");
  const registryNote = tie.memberships.length ? ` ${text("sure_registry", { who })}` : "";
  if (tie.certainty === "planned") return (tie.attendance === "attendance:expected" ? text("planned_expected", { who }) : text("planned_part")) + registryNote;
  if (tie.attendance === "attendance:present") return text("sure_present", { who }) + registryNote;
  if (tie.roles?.includes("role:organiser")) return text("sure_organiser", { who });
  return text("sure_part") + registryNote;
}

function candidatesOf(tie) {
  return data.tiesOf.get(tie.to).filter((other) => other.kind === "possible" && other.claims.some((claim) => tie.claims.includes(claim)))
    .map((other) => data.label(other.from));
}

/* The sentences, each with its source's text around it and what the registry adds. */
function proofs(record) {
  const cellsOf = cellsAround(record);
  const claims = record.claims.map((id) => data.claims[id]);
  const sources = [...new Set(claims.map((claim) => claim.source))];
  const holdings = record.memberships.map((id) => data.memberships[id]);
  return [
    sources.map((source) => ofSource(source, claims.filter((claim) => claim.source === source), cellsOf.get(source) ?? [])),
    holdings.length ? [el("h3", {}, text("registrySays")), holdings.map((holding) => [
      el("p", {}, data.label(holding.id)),
      holding.sources.map((source) => el("p", { class: "source" }, text("sources", { what: dom.plain(source) }))),
    ])] : null,
  ];
}

/* By source the cells of registers of each claim about the same event or letter. */
function cellsAround(record) {
  const cells = new Map();
  const things = data.ties.has(record.id) ? [record.from, record.to] : [record.id];
  for (const thing of things.map((id) => data.entities.get(id)).filter((each) => data.isEvent(each) || each.kind === "letter")) {
    const claims = [thing, ...data.tiesOf.get(thing.id)].flatMap((each) => each.claims);
    // Of a large graph those that have arrived.
    for (const claim of [...new Set(claims)].map((id) => data.claims[id]).filter(Boolean)) {
      const cited = [...claim.context, ...claim.keyEvidence].filter(({ heading }) => heading !== undefined);
      if (cited.length) cells.set(claim.source, [...(cells.get(claim.source) ?? []), cited]);
    }
  }
  return cells;
}

function ofSource(id, claims, cells) {
  const source = data.sources[id];
  const says = once(claims.flatMap((claim) => claim.keyEvidence));
  const leans = once(claims.flatMap((claim) => claim.context)).filter((passage) => !says.some((other) => standsAt(other) === standsAt(passage) && other.end === passage.end));
  if (!source) return null;
  const isCell = ({ heading }) => heading !== undefined;
  const rows = registerRows.of(says.filter(isCell), cells);
  const sentences = says.filter((passage) => !isCell(passage));
  return [
    el("h3", {}, text(rows.length > 1 ? "rowsSaySo" : rows.length ? "rowSaysSo" : "saysSo")),
    rows.map((each) => registerRows.table(each, source)),
    sentences.map((passage) => [
      el("blockquote", { lang: source.language }, texts.quoted(dom.clean(passage.words))),
      passage.place ? el("p", { class: "hint" }, dom.plain(data.inLanguage(passage.place))) : null,
      passage.unnamed ? el("p", { class: "hint" }, texts.fromContext(passage)) : null,
    ]),
    el("p", { class: "source" }, dom.link(source.address, source.title), dated(source) ? `, ${dated(source)}` : ""),
    basis(source),
    source.text ? [
      el("details", { open: true }, el("summary", {}, text("inThePage")),
        el("div", { class: "page-text", tabindex: "0", lang: source.language, role: "group", "aria-label": text("inThePage") }, marked(source.text, says, leans)),
        leans.length ? el("p", { class: "hint" }, text("leansOn")) : null),
    ] : null,
  ];
}

/* How the time of publication is known, where the source does not state it. */
function basis(source) {
  const words = data.inLanguage(source.basis);
  return words ? el("details", { class: "hint" }, el("summary", {}, text("publishedBasis")), el("p", {}, dom.plain(words))) : null;
}

/* Where a passage begins in its text, or its place in another kind of source. */
function standsAt({ start, place, heading }) {
  return place ? JSON.stringify([place, heading]) : start;
}

function once(passages) {
  const result = new Map(passages.map((passage) => [`${standsAt(passage)},${passage.end}`, passage]));
  return [...result.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}

/* The text of a source with marks. Places count characters, not the units that a string is made of here. */
function marked(whole, says, leans) {
  const letters = Array.from(whole);
  const kinds = new Uint8Array(letters.length);
  for (const { start, end } of leans.filter(({ place }) => !place)) kinds.fill(1, start, end);
  for (const { start, end } of says.filter(({ place }) => !place)) kinds.fill(2, start, end);
  const pieces = [];
  for (let start = 0; start < letters.length;) {
    let end = start;
    while (end < letters.length && kinds[end] === kinds[start]) end += 1;
    const words = dom.clean(letters.slice(start, end).join(""));
    pieces.push(kinds[start] ? el("mark", { class: kinds[start] === 2 ? "says" : "leans" }, words) : words);
    start = end;
  }
  return pieces;
}

function dated(source) {
  const [first, last] = source.published;
  return [
    first ? (first === last ? texts.day(first) : text("published", { first: texts.day(first), last: texts.day(last) })) : null,
    source.retrieved ? text("retrieved", { day: texts.day(source.retrieved) }) : null,
  ].filter(Boolean).join(", ");
}

function address(iri) {
  if (!iri) return null;
  return el("div", { class: "iri" }, el("code", { title: text("address") }, dom.plain(iri)),
    el("button", { type: "button", class: "button", onclick: () => copy(iri) }, text("copy")));
}

async function copy(iri) {
  await files.copy(iri);
  dom.announce(text("copied"));
}

export { show, listen as start, inWords, dated, facts, proofs, address };
