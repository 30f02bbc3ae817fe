/* One block of the page in somebody else's page: `#embed=network` shows it alone, with title, credit and a way to the whole, and tells the
   page around it how high it is: a number, and nothing else. */
import * as dom from "./dom.js";
import * as extent from "./extent.js";
import * as overview from "./overview.js";
import * as dialogs from "./share_dialog.js";
import * as link from "./share_link.js";
import * as title from "./share_title.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const BLOCK = "block-";
const PAGE = "subject";
// So often, and so far apart in milliseconds, a block that is not there yet is looked for.
const [TRIES, APART] = [20, 250];
let watcher = null;
let tries = 0;

texts.add({
  embed: ["Bygg inn", "Embed"],
  embedHow: ["Lim dette inn i siden din. Bare blokken vises der, med kilde og lenke hit.", "Paste this into your page. Only the block is shown there, with its source and a link to here."],
  embedFile: ["Denne siden er åpnet fra en fil. Legg filen på nettet først, og skriv adressen dens i stedet for {address}.", "This page was opened from a file. Put the file on the web first, and write its address instead of {address}."],
  embedBlock: ["Blokk", "Block"],
  embedCode: ["Kode", "Code"],
  embedWhole: ["Hele siden, med belegg", "The whole page, with proofs"],
  embedCredit: ["Laget av Møtegraf.", "Made by Møtegraf."],
  embedUnknown: ["Blokken som adressen ber om, finnes ikke her. Disse finnes: {blocks}.", "The block that the address asks for does not exist here. There are: {blocks}."],
});

state.define("embed", {
  read: (given) => (given.get("embed") || "").slice(0, 60) || null,
  save(parts, block) {
    if (block) parts.set("embed", block);
  },
});

/* The blocks that there are: views that draw, and the blocks within them; where somebody has the page, that page. */
function names() {
  if (subject.isOpen(state.now)) return [PAGE];
  const views = state.VIEWS.filter((view) => view !== "questions");
  return [...views, ...[...document.querySelectorAll(`[id^="${BLOCK}"]`)].map(({ id }) => id.slice(BLOCK.length))];
}

function targetOf(block) {
  if (block === PAGE) return subject.isOpen(state.now) ? dom.at("view-subject") : null;
  return state.VIEWS.includes(block) && block !== "questions" ? dom.at(`view-${block}`) : dom.at(BLOCK + block);
}

/* Shows one block alone, or everything again. */
function apply() {
  const { embed, view } = state.now;
  // The page of somebody stands in the place of every view.
  const block = embed && subject.isOpen(state.now) ? PAGE : embed;
  document.documentElement.classList.toggle("embedding", Boolean(block));
  for (const hidden of document.querySelectorAll(".not-embedded")) hidden.classList.remove("not-embedded");
  for (const id of ["embed-head", "embed-foot"]) dom.at(id)?.remove();
  if (!block) return;
  const isView = state.VIEWS.includes(block);
  const wanted = isView ? block : state.VIEWS.includes("overview") ? "overview" : view;
  if (block !== PAGE && wanted !== view && block !== "questions") {
    state.set({ view: wanted }, { again: true });
    return;
  }
  const target = targetOf(block);
  if (!target && overview.NAMES.includes(block) && state.VIEWS.includes("overview") && tries < TRIES) {
    tries += 1;
    setTimeout(apply, APART);
    // Until it comes, the view that it is to stand in, and nothing that would stand beside it.
    alone(dom.at(`view-${wanted}`), false);
    return;
  }
  alone(target ?? dom.at("main").firstElementChild, !target);
  const head = el("div", { id: "embed-head" }, target ? el("h1", {}, title.title()) : el("p", { role: "alert" }, text("embedUnknown", { blocks: names().join(", ") })));
  const foot = el("p", { id: "embed-foot", class: "hint" }, target && block !== PAGE ? `${extent.sentence()} ` : null, `${text("embedCredit")} `, el("a", { href: wholeAddress(), target: "_blank", rel: "noopener" }, text("embedWhole")));
  dom.at("main").prepend(head);
  dom.at("main").append(foot);
  watch();
}

/* Takes from sight all that stands beside an element, and the element too where it is only a place. */
function alone(target, isPlace) {
  if (isPlace) target.classList.add("not-embedded");
  for (let node = target; node !== document.body; node = node.parentElement) {
    for (const beside of node.parentElement.children) if (beside !== node && !["SCRIPT", "STYLE", "DIALOG"].includes(beside.tagName) && beside.id !== "status") beside.classList.add("not-embedded");
  }
}

function wholeAddress() {
  return location.href.split("#")[0] + state.serialise({ ...state.now, embed: null });
}

/* Tells the page around this one how high it is, whenever that changes. */
function watch() {
  if (watcher || window.parent === window) return;
  watcher = new ResizeObserver(() => window.parent.postMessage(Math.ceil(document.body.getBoundingClientRect().height), "*"));
  watcher.observe(document.body);
}

/** The code to paste. @param {string} block @returns {string} */
function snippet(block) {
  const quoted = (words) => dom.plain(words).replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
  const address = (link.published() || text("embedAddress")) + state.serialise({ ...state.now, embed: block, selected: null });
  const start = `<${"iframe"} src="${quoted(address)}" title="${quoted(title.title())}"`;
  return `${start} loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" width="100%" height="640" style="border: 0"></${"iframe"}>`;
}

/* The dialog with the code. */
function show() {
  const all = names();
  const now = all.includes(state.now.view) ? state.now.view : all[0];
  const named = (block) => block === PAGE ? title.title() : dom.at(BLOCK + block)?.querySelector("h2, h3")?.textContent ?? text(block);
  const select = el("select", { id: "embed-block", onchange: (event) => { dom.at("embed-code").value = snippet(event.target.value); } }, all.map((block) => el("option", { value: block, selected: block === now }, named(block))));
  dialogs.open("embed-dialog", text("embed"), el("p", {}, text("embedHow")), link.published() ? null : el("p", { class: "hint" }, text("embedFile", { address: text("embedAddress") })),
    el("label", {}, `${text("embedBlock")} `, select), dialogs.copied("embed-code", text("embedCode"), snippet(now), () => link.copyWords(dom.at("embed-code").value)));
}

texts.add({
  embedAddress: ["https://ADRESSEN/explorer.html", "https://ADDRESS/explorer.html"],
});

// After every part has shown the state.
state.onChange(() => { tries = 0; queueMicrotask(apply); });

export { show, snippet, names };
