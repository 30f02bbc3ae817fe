/* The map: the events that are shown, in their municipalities, and beside it the same events as a list. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as legend from "./legend.js";
import * as longList from "./long_list.js";
import * as mapCounties from "./map_counties.js";
import * as mapPositions from "./map_positions.js";
import * as mapRenderer from "./map_renderer.js";
import * as mapZoom from "./map_zoom.js";
import * as outlines from "./outlines.js";
import * as renderer from "./renderer.js";
import * as selection from "./selection.js";
import * as state from "./state.js";
import { svgRenderer } from "./svg_renderer.js";
import * as texts from "./texts.js";

const { el, svg } = dom;
const { text } = texts;

texts.add({
  mapCaption: [
    "Et møte er tegnet i kommunen som arrangerte det, eller som kilden navngir. Hvor i kommunen det var, sier merket ingenting om.",
    "A meeting is drawn in the municipality that organised it or that the source names. The mark does not say where in it.",
  ],
  mapLabel: [
    "Kart over Norge. Piltastene går fra møte til møte, Enter åpner belegget, pluss og minus endrer størrelsen, 0 viser hele. De samme møtene står i listen under.",
    "Map of Norway. Arrow keys go from meeting to meeting, Enter opens the proof, plus and minus zoom, 0 shows the whole. The list below has the same meetings.",
  ],
  mapSource: ["Kommuner i {year}. Omriss: Kartverket (CC BY 4.0)", "Municipalities of {year}. Outlines: Kartverket (CC BY 4.0)"],
  mapZoom: ["Kartets størrelse", "Zoom of the map"],
  mapEvents: ["{count} arrangementer", "{count} events"],
  mapTies: ["Ring: {who}", "Ring: {who}"],
  mapList: ["På kartet: {count}", "On the map: {count}"],
  mapOff: ["Ikke på kartet: {count}", "Not on the map: {count}"],
  mapNowhere: ["ingen kilde sier hvor", "no source says where"],
  mapNoOutline: ["stedet har ikke noe omriss her", "the place has no outline here"],
  mapUnnamed: ["{count} stedsnavn fikk ikke plass; gå nærmere for å lese dem.", "{count} names of places found no room; zoom in to read them."],
  mapUnnamedOne: ["Ett stedsnavn fikk ikke plass; gå nærmere for å lese det.", "One name of a place found no room; zoom in to read it."],
  mapBecame: [
    "{what} er vist med omrisset av det kommunen var blitt til i {year}: {which}.",
    "{what} is shown by the outline of what it had become by {year}: {which}.",
  ],
  mapOf: [
    "{what} er vist med omrissene av det kommunen kom av, som i {year} var {which}.",
    "{what} is shown by the outlines of what it came of, which in {year} were {which}.",
  ],
  mapUnmarked: ["{count} møter har ikke sitt eget merke; tallet ved stedet teller alle.", "{count} meetings have no mark of their own; the number at the place counts all."],
});

const STRENGTH = ["certain", "planned", "possible"];
// More events than this in one list cannot be read.
const READABLE = 60;
const opened = new Set(); // places whose lists somebody opened
let drawn = null; // panels, rows, the look of events

function show(now, chosen) {
  const box = dom.at("view-map");
  const events = eventsOf(chosen);
  const on = events.filter((event) => chosen.entities.has(event.id));
  const { off } = mapPositions.placed(on);
  const isOff = new Set(off);
  const ties = tiesOf(now, chosen);
  const listed = document.activeElement?.closest?.("[data-listed]")?.dataset.listed;
  const frame = el("div", { class: "map", id: "map" });
  dom.replace(box, el("p", { class: "hint" }, text("mapCaption")), signs(now, ties), frame,
    el("div", { class: "below" }, el("p", { id: "map-count" }), mapZoom.buttons()),
    on.length > off.length ? el("h2", {}, text("mapList", { count: texts.count(on.length - off.length) })) : null, list(on.filter((event) => !isOff.has(event)), now, ties),
    off.length ? [el("h2", {}, text("mapOff", { count: texts.count(off.length) })), list(off, now, ties, true)] : null, instead(on));
  draw(frame, now.hide ? on : events, now, chosen, ties);
  if (listed) box.querySelector(`[data-listed="${CSS.escape(listed)}"] button`)?.focus({ preventScroll: true });
}

/* The events of a selection, in order of time. */
function eventsOf(chosen) {
  return [...chosen.scene.entities].map((id) => data.entities.get(id)).filter((entity) => entity.kind === "event")
    .sort((one, other) => (one.earliest ?? "~").localeCompare(other.earliest ?? "~") || (one.id < other.id ? -1 : 1));
}

/* How the events are tied to who is selected, or else to whom the scene is about: of several ties the surest. */
function tiesOf(now, chosen) {
  const result = new Map();
  const whom = now.selected ?? now.around;
  const tie = data.ties.get(now.selected);
  if (data.entities.get(whom)?.kind === "event") return result;
  for (const one of tie ? [tie] : data.tiesOf.get(whom) ?? []) {
    if (!one.roles || !chosen.ties.has(one.id)) continue;
    const before = result.get(one.to);
    if (!before || STRENGTH.indexOf(one.certainty) < STRENGTH.indexOf(before)) result.set(one.to, one.certainty);
  }
  return result;
}

/* Whom the rings are about. */
function who(now) {
  return data.label(data.ties.get(now.selected)?.from ?? now.selected ?? now.around);
}

function signs(now, ties) {
  const sign = legend.meaning;
  return el("p", { class: "signs" }, sign({ facet: "status", value: "status:held", word: "legend_held" }), sign({ facet: "status", value: "status:planned", word: "legend_planned" }),
    ties.size ? [el("span", {}, text("mapTies", { who: who(now) })),
      STRENGTH.filter((certainty) => [...ties.values()].includes(certainty)).map((certainty) => sign({ facet: "certainty", value: certainty }))] : null);
}

/* What is drawn at a width: the panels of the map, the rows of marks, the look of events, the places without room for a name. */
function layout(width, events, now, chosen, ties) {
  const panels = mapPositions.panels(width, mapZoom.near(width));
  const look = (event) => ({ faded: !chosen.entities.has(event.id), selected: event.id === now.selected, tie: ties.get(event.id) });
  const rank = (event) => (look(event).selected ? 0 : look(event).faded ? 3 : look(event).tie ? 1 : 2);
  const rows = mapPositions.rows(mapPositions.placed(events).at, panels, (event) => rank(event) < 2, rank);
  const important = (row) => row.events.reduce((most, event) => Math.max(most, look(event).faded ? 0 : look(event).selected ? 3 : ties.has(event.id) ? 2 : 1), 0);
  const unnamed = mapPositions.named(rows, panels, important);
  return { panels, rows, look, unnamed, counties: mapCounties.named(panels, rows), events };
}

function draw(frame, events, now, chosen, ties) {
  const width = Math.max(280, frame.clientWidth);
  drawn = layout(width, events, now, chosen, ties);
  const { panels, rows, look, unnamed, counties } = drawn;
  const active = document.activeElement?.dataset?.event;
  const sheet = svgRenderer(width, panels.height, renderer.NAMED.paper);
  mapRenderer.draw(sheet, panels, rows, renderer.NAMED, look, counties);
  dom.replace(frame, svg("svg", { viewBox: `0 0 ${width} ${panels.height}`, width, height: panels.height, role: "group", "aria-label": text("mapLabel") },
    svg("g", { "aria-hidden": "true" }, sheet.elements()), controls(rows, now, ties)));
  frame.classList.toggle("near", mapZoom.isNear());
  const unmarked = rows.reduce((sum, row) => sum + row.all.length - row.events.length, 0);
  dom.at("map-count").textContent = [unmarked ? text("mapUnmarked", { count: texts.count(unmarked) }) : "", unnamed.length ? texts.many("mapUnnamed", unnamed.length) : ""].filter(Boolean).join(" ");
  if (active) frame.querySelector(`[data-event="${CSS.escape(active)}"]`)?.focus({ preventScroll: true });
}

/* What can be pressed: a field over each mark. One of them is in the order of Tab, arrows lead to the others. */
function controls(rows, now, ties) {
  const all = rows.flatMap(mapRenderer.boxes);
  const first = all.find(({ event }) => event.id === now.selected) ?? all[0];
  return all.map(({ event, x, y, w, h }) => svg("g", {
    class: "control", role: "button", "data-event": event.id, tabindex: event === first?.event ? "0" : "-1",
    "aria-pressed": String(event.id === now.selected), "aria-label": describe(event, ties),
    onclick: () => state.select(event.id), onkeydown: (key) => pressed(key, event.id),
  }, svg("title", {}, describe(event, ties)), svg("rect", { x: x - 2, y: y - 7, width: w + 4, height: h + 14, fill: "transparent" })));
}

function describe(event, ties) {
  const tie = ties.get(event.id);
  return [data.label(event.id), ...(event.places ?? []).map(data.label), event.earliest && event.latest ? texts.span(event.earliest, event.latest) : "",
    event.status ? data.label(event.status) : "", tie ? text(`certainty_${tie}`) : ""].filter(Boolean).join(", ");
}

function pressed(key, id) {
  const turn = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }[key.key];
  if (key.altKey || key.ctrlKey || key.metaKey) return;
  if (key.key === "Enter" || key.key === " ") {
    state.select(id);
    if (key.key === "Enter") dom.at("proof").focus();
  } else if (key.key === "Escape") state.select(null);
  else if (key.key === "+" || key.key === "-") mapZoom.zoomBy(key.key === "+" ? 1.5 : 1 / 1.5);
  else if (key.key === "0") mapZoom.whole();
  else if (turn === undefined) return;
  else focus(beside(id, turn));
  key.preventDefault();
}

/* The mark that one comes to in a direction: near, and not far off it. */
function beside(id, turn) {
  const all = drawn.rows.flatMap(mapRenderer.boxes);
  const from = all.find(({ event }) => event.id === id);
  return all.filter(({ event }) => event.id !== id).map((box) => {
    const [dx, dy] = [box.x - from.x, box.y - from.y];
    const off = Math.abs(Math.atan2(Math.sin(Math.atan2(dy, dx) - turn), Math.cos(Math.atan2(dy, dx) - turn)));
    return { id: box.event.id, off, cost: Math.hypot(dx, dy) * (1 + off * 1.2) };
  }).filter(({ off }) => off < 1).sort((one, other) => one.cost - other.cost || (one.id < other.id ? -1 : 1))[0]?.id ?? id;
}

function focus(id) {
  mapZoom.bringIntoView(id);
  const knob = dom.at("map").querySelector(`[data-event="${CSS.escape(id)}"]`);
  for (const other of dom.at("map").querySelectorAll(".control")) other.setAttribute("tabindex", other === knob ? "0" : "-1");
  knob?.focus({ preventScroll: true });
}

/* The events as a list; where it is longer than can be read, by place, and each place opens. */
function list(events, now, ties, off = false) {
  const render = (event) => item(event, now, ties, off);
  const key = off ? "map off" : "map on";
  if (events.length <= READABLE || off) return longList.list(key, events, render, { class: off ? "listed off" : "listed", first: READABLE });
  const places = new Map();
  for (const event of events) {
    const place = event.places.find((each) => outlines.of(each).length);
    places.set(place, [...(places.get(place) ?? []), event]);
  }
  const ordered = [...places].sort(([one, first], [other, second]) => second.length - first.length || (one < other ? -1 : 1));
  return longList.list(key, ordered, ([place, here]) => {
    const details = el("details", { id: `place-${place}`, open: opened.has(place) }, el("summary", {}, withCounty(place), " ", el("span", { class: "hint" }, texts.count(here.length))));
    const fill = () => details.append(longList.list(`map ${place}`, here, render, { class: "listed" }));
    if (details.open) fill();
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) fill();
      if (details.open) opened.add(place);
      else opened.delete(place);
    });
    return el("li", {}, details);
  }, { class: "places" });
}

function item(event, now, ties, off) {
  const places = (event.places ?? []).map(withCounty);
  const why = off ? text(places.length ? "mapNoOutline" : "mapNowhere") : "";
  const tie = ties.get(event.id);
  return el("li", { "data-listed": event.id, "aria-current": event.id === now.selected ? "true" : null },
    el("button", { type: "button", class: "quiet", onclick: () => { mapZoom.bringIntoView(event.id); state.select(event.id); } }, data.label(event.id)),
    el("span", { class: "hint" }, [places.join("; "), why, event.earliest && event.latest ? texts.span(event.earliest, event.latest) : text("noDate").toLocaleLowerCase(texts.language),
      event.status ? data.label(event.status) : "", tie ? `${who(now)}: ${text(`certainty_${tie}`).toLocaleLowerCase(texts.language)}` : ""].filter(Boolean).join(" · ")));
}

/* A municipality and its county of the day, once where both are called the same. */
function withCounty(place) {
  const county = data.areas[place]?.county;
  return [...new Set([data.label(place), ...(county ? [data.label(county)] : [])])].join(", ");
}

/* Which places are shown by the outline of another year's area, and which. */
function instead(events) {
  const places = [...new Set(events.flatMap((event) => event.places ?? []))].filter(outlines.instead).sort();
  return places.map((place) => {
    const { by, how, names } = outlines.instead(place);
    const which = texts.list(names.map((name, number) => `${name} (${by[number].split(":")[1]})`));
    return el("p", { class: "hint", "data-instead": place }, text(how === "became" ? "mapBecame" : "mapOf", { what: `${data.label(place)} (${place.split(":")[1]})`, which, year: outlines.year }));
  });
}

function again() {
  const now = state.now;
  if (now.view !== "map" || !dom.at("map")) return;
  const chosen = selection.listed(now);
  const events = drawn.rows.flatMap((row) => row.all);
  draw(dom.at("map"), events, now, chosen, tiesOf(now, chosen));
}

function start() {
  mapZoom.start({ drawn: () => drawn, again });
  window.addEventListener("resize", again);
}

/* What is drawn, in CSS pixels of the frame, so that it can be measured. */
function measured() {
  const { rows, look, unnamed, panels, counties } = drawn;
  return {
    marks: rows.flatMap(mapRenderer.boxes).map(({ event, ...box }) => ({ id: event.id, status: event.status, ...look(event), ...box })),
    names: rows.filter(({ label }) => label).map(({ place, label: { x, y, w, h, lines } }) => ({ place, x, y, w, h, lines: lines.map(({ words, size }) => ({ words, size })) })),
    counties: counties.map(({ words, x, y, w, h }) => ({ words, x, y, w, h })), unnamed, width: panels.width, height: panels.height, near: mapZoom.near(panels.width).by,
  };
}

/** How high the map is at a width. @param {number} width @returns {number} CSS pixels */
function heightAt(width) {
  return mapZoom.plainPanels(width).height;
}

/** At which width it is drawn, where it is nearer than whole; else any will do. @returns {number | null} */
function ownWidth() {
  return mapZoom.isNear() ? drawn.panels.width : null;
}

/** Draws what is shown with another renderer. @param {any} ctx @param {number} width CSS pixels */
function drawWith(ctx, width) {
  const now = state.now;
  const chosen = selection.listed(now);
  const { panels, rows, look, counties } = layout(width, drawn?.events ?? eventsOf(chosen), now, chosen, tiesOf(now, chosen));
  mapRenderer.draw(ctx, panels, rows, renderer.colours(), look, counties);
}

/** How the events are tied to who is selected. @returns {Set<string>} certainties */
function rings() {
  return new Set(tiesOf(state.now, selection.listed(state.now)).values());
}

export { show, start, measured as drawn, drawWith, heightAt, ownWidth, rings, who };
