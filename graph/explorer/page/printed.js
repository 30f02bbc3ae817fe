/* On paper: where the page is from, of which sources, and on which day it was printed. */
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

// So many sources are named.
const NAMED = 4;
// The drawing has so much of the first sheet, in pixels, below headline and key: smaller it stands there, and not alone on the next.
// What would be smaller than this part of its size cannot be read: it runs over several sheets.
const [ROOM, SMALLEST] = [500, 0.6];

texts.add({
  printedOn: ["Skrevet ut {day} fra {address}", "Printed on {day} from {address}"],
  printedSources: ["Kilder: {names}.", "Sources: {names}."],
  printedMore: ["{count} til", "{count} more"],
});

function line() {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const titles = Object.values(data.sources).map((source) => dom.plain(source.title));
  const left = titles.length - NAMED;
  const names = texts.list([...titles.slice(0, NAMED), ...(left > 0 ? [texts.text("printedMore", { count: texts.count(left) })] : [])]);
  // The address alone, as it stands: words in it are not those of the page.
  const address = `${location.href.split("#")[0]}${location.hash}`;
  return [texts.text("printedOn", { day: texts.day(day), address }), titles.length ? texts.text("printedSources", { names }) : ""].filter(Boolean).join(". ");
}

/* How large the drawing is on paper. */
function fit() {
  const canvas = dom.at("canvas");
  const by = ROOM / Math.max(1, canvas.clientHeight);
  canvas.classList.toggle("in-sheets", by < SMALLEST);
  canvas.style.setProperty("--on-paper", String(by < SMALLEST ? 1 : Math.min(1, by)));
}

/* The line is written just before the page is printed, since the address changes. */
function start() {
  const box = dom.el("p", { class: "printed", id: "printed" });
  dom.at("foot").after(box);
  window.addEventListener("beforeprint", () => { box.textContent = line(); fit(); });
}

export { start };
