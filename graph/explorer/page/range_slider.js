/* The range slider over the timeline: from which day to which, by two thumbs or in words. Every view follows it. */
import * as days from "./days.js";
import * as dom from "./dom.js";
import { chosen, set } from "./span_choice.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const ENDS = ["from", "to"];
let parts = null; // the elements, made anew for another language
let line = null; // the days at the ends of the line, and where they stand
let held = null; // which end the pointer holds
let wanted = null; // what the pointer asks for, until the next frame

/* The same within the line, as numbers: an open end is the end of the line. */
function numbers() {
  const within = (day, open) => (day ? Math.min(line.max, Math.max(line.min, days.number(day))) : open);
  const [from, to] = chosen();
  return [within(from, line.min), within(to, line.max)];
}

function move(end, to) {
  const [from, until] = numbers();
  const [low, high] = end === "from" ? [line.min, until] : [from, line.max];
  const at = Math.min(high, Math.max(low, to));
  const open = end === "from" ? at <= line.min : at >= line.max;
  const [first, last] = chosen();
  const day = open ? "" : days.iso(at);
  if (end === "from") set(day, last);
  else set(first, day);
}

function pressed(event, end) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const [from, to] = numbers();
  const at = end === "from" ? from : to;
  const last = end === "to";
  const steps = {
    ArrowRight: () => at + 1, ArrowUp: () => at + 1, ArrowLeft: () => at - 1, ArrowDown: () => at - 1,
    PageUp: () => days.monthStep(at, 1, last), PageDown: () => days.monthStep(at, -1, last),
    Home: () => (last ? from : line.min), End: () => (last ? line.max : to),
  };
  if (!Object.hasOwn(steps, event.key)) return;
  event.preventDefault();
  move(end, steps[event.key]());
}

/* The day under a pointer, for an end: the last day of a choice ends where the next begins. */
function dayAt(event, end) {
  const { left } = parts.track.getBoundingClientRect();
  const share = (event.clientX - left - line.left) / (line.right - line.left);
  return line.min + Math.round(share * (line.max + 1 - line.min)) - (end === "to" ? 1 : 0);
}

function grasp(event) {
  if (event.button) return;
  const [from, to] = numbers();
  const at = dayAt(event, "from");
  const thumb = ENDS.find((end) => parts[end].contains(event.target));
  held = thumb ?? (Math.abs(at - from) < Math.abs(at - 1 - to) ? "from" : "to");
  parts.track.setPointerCapture(event.pointerId);
  event.preventDefault();
  parts[held].focus();
  if (!thumb) move(held, dayAt(event, held));
}

function drag(event) {
  if (!held) return;
  if (wanted === null) requestAnimationFrame(() => { if (held) move(held, wanted); wanted = null; });
  wanted = dayAt(event, held);
}

function drop(event) {
  if (held && event.type === "pointerup" && wanted !== null) move(held, wanted);
  held = null;
}

/* A day as it stands in the fields, in the manner of the language. */
function inField(day) {
  if (!day || texts.language === "en") return day;
  const [year, month, of] = day.split("-").map(Number);
  return `${of}.${month}.${year}`;
}

/* What was typed is taken, or said to be wrong; then nothing else changes. */
function typed(end) {
  const field = parts[`${end}Field`];
  const words = field.value.trim();
  const day = words ? days.typed(words, end === "to") : "";
  const [from, to] = end === "from" ? [day, chosen()[1]] : [chosen()[0], day];
  if (day === undefined) return wrong(field, text("spanUnread", { what: dom.plain(words) }));
  if (day === null) return wrong(field, text("spanNoDay", { what: dom.plain(words) }));
  if (from && to && from > to) return wrong(field, text(end === "from" ? "spanAfter" : "spanBefore", { day: texts.day(end === "from" ? to : from) }));
  right();
  field.value = inField(day);
  return set(from, to);
}

function wrong(field, why) {
  right();
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "span-error");
  parts.error.textContent = why;
}

function right() {
  parts.error.textContent = "";
  for (const end of ENDS) {
    parts[`${end}Field`].removeAttribute("aria-invalid");
    parts[`${end}Field`].setAttribute("aria-describedby", "span-how");
  }
}

function made() {
  const thumb = (end) => el("div", { class: "thumb", id: `span-${end}`, role: "slider", tabindex: "0", "aria-orientation": "horizontal", "aria-label": text(end === "from" ? "spanFrom" : "spanTo"), onkeydown: (event) => pressed(event, end) });
  const field = (end) => el("input", {
    type: "text", id: `span-${end}-field`, autocomplete: "off", spellcheck: "false", "aria-describedby": "span-how", onchange: () => typed(end),
  });
  const result = { language: texts.language, from: thumb("from"), to: thumb("to"), fromField: field("from"), toField: field("to"), rail: el("div", { class: "rail" }), shade: el("div", { class: "shade" }) };
  result.error = el("p", { class: "error", id: "span-error", role: "alert" });
  result.open = el("button", { type: "button", class: "quiet", id: "span-open", onclick: () => { right(); set("", ""); result.from.focus(); } }, text("spanOpen"));
  result.undated = el("span", {});
  result.track = el("div", { class: "track", onpointerdown: grasp, onpointermove: drag, onpointerup: drop, onpointercancel: drop },
    result.rail, result.shade, result.from, result.to);
  result.box = el("div", { class: "range-slider", role: "group", "aria-label": text("spanLabel") },
    el("div", { class: "fields" },
      ENDS.map((end) => el("label", {}, el("span", {}, text(end === "from" ? "spanFrom" : "spanTo")), result[`${end}Field`])), result.open),
    result.error,
    el("p", { class: "hint", id: "span-how" }, text("spanHow"), " ", result.undated),
    result.track);
  return result;
}

/* The range slider for a line of time: `left` and `right` are where its first day begins and its last one ends, in CSS pixels. */
function render(of, now, undated) {
  line = of;
  if (parts?.language !== texts.language) parts = made();
  const [from, to] = numbers();
  const x = (day) => line.left + ((day - line.min) / (line.max + 1 - line.min)) * (line.right - line.left);
  const at = { from: x(from), to: x(to + 1) };
  const limits = { from: [line.min, to, from], to: [from, line.max, to] };
  for (const end of ENDS) {
    const [least, most, value] = limits[end];
    const day = chosen(now)[ENDS.indexOf(end)];
    const values = { "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": value, "aria-valuetext": texts.day(day || days.iso(value)) };
    for (const [name, of_] of Object.entries(values)) parts[end].setAttribute(name, String(of_));
    parts[end].style.left = `${at[end]}px`;
    const field = parts[`${end}Field`];
    field.placeholder = inField(days.iso(end === "from" ? line.min : line.max));
    if (field.getAttribute("aria-invalid") !== "true") field.value = inField(day);
  }
  parts.rail.style.left = `${line.left}px`;
  parts.rail.style.width = `${line.right - line.left}px`;
  parts.shade.style.left = `${at.from}px`;
  parts.shade.style.width = `${at.to - at.from}px`;
  parts.open.hidden = !now.filters.span;
  parts.undated.textContent = now.filters.span && undated ? texts.many("spanUndated", undated) : "";
  return parts.box;
}

/* The choice in words, for its chip. */
function inWords([from, to]) {
  if (from && to) return texts.capital(texts.span(from, to));
  return from ? text("spanSince", { day: texts.day(from) }) : text("spanUntil", { day: texts.day(to) });
}

function reset() {
  set("", "");
}

export { render, inWords, reset as open };
