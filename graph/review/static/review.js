"use strict";
// The review of a page. All words of the page are set as text, never as markup.
const query = new URLSearchParams(location.search);
const lang = query.get("lang") === "en" ? "en" : "nb";
const WORDS = {
  nb: {
    title: "Gjennomgang", text: "Teksten", proposals: "Forslag", none: "Ingenting er foreslått her.", keys: "Taster", other: "English",
    counts: (d, n, left) => `${d} av ${n} setninger, ${left} ikke avgjort`, done: n => `Alle forslag er avgjort. Setninger som ingen påstand viser til: ${n}. motegraf build tar med det som er avgjort.`, nothing: "Det er ingenting å gå gjennom. motegraf propose lager forslag.",
    choose: "Velg en side", left: n => `${n} å avgjøre`, skip: "Til forslagene", loading: "Laster …", event: "arrangement", lost: "Fikk ikke kontakt. Er motegraf review avsluttet?",
    accept: "Godta", reject: "Avvis", all: "Godta alt her", undo: "Angre", skipIt: "Hopp over", noClaim: "Påstår ingenting", add: "Legg til", cancel: "Avbryt",
    name: "Navn", kind: "Hva", person: "person", body: "organisasjon", role: "Rolle", of: "Møte", addHeading: "Legg til en påstand om",
    first: "Avgjør om møtet først.", reason: "Hvorfor? Velg 1–8.", pickRole: "Hvilken rolle? Velg 1–9.", pickEvent: "Hvilket møte? Velg 1–9.",
    help: [["Enter", "godta alt i setningen, og gå videre"], ["j / k", "neste / forrige setning"], ["← →", "velg forslag"], ["a / r", "godta / avvis forslaget"], ["1–9", "en annen rolle"], ["e", "et annet møte"], ["n", "påstår ingenting, så 1–8 for hvorfor"], ["s", "hopp over"], ["u", "angre, så langt du vil"], ["+", "legg til en påstand med de merkede ordene"]],
  },
  en: {
    title: "Review", text: "The text", proposals: "Proposals", none: "Nothing is proposed here.", keys: "Keys", other: "Norsk",
    counts: (d, n, left) => `${d} of ${n} sentences, ${left} undecided`, done: n => `All proposals are decided. Sentences that no claim quotes: ${n}. motegraf build takes in what is decided.`, nothing: "There is nothing to review. motegraf propose makes proposals.",
    choose: "Choose a page", left: n => `${n} to decide`, skip: "To the proposals", loading: "Loading …", event: "event", lost: "No contact. Has motegraf review ended?",
    accept: "Accept", reject: "Reject", all: "Accept all here", undo: "Undo", skipIt: "Skip", noClaim: "Claims nothing", add: "Add", cancel: "Cancel",
    name: "Name", kind: "What", person: "person", body: "body", role: "Role", of: "Event", addHeading: "Add a claim about",
    first: "Decide about the event first.", reason: "Why? Choose 1–8.", pickRole: "Which role? Choose 1–9.", pickEvent: "Which event? Choose 1–9.",
    help: [["Enter", "accept all of the sentence, and go on"], ["j / k", "next / previous sentence"], ["← →", "choose a proposal"], ["a / r", "accept / reject the proposal"], ["1–9", "another role"], ["e", "another event"], ["n", "claims nothing, then 1–8 for why"], ["s", "skip"], ["u", "undo, as far as you like"], ["+", "add a claim with the selected words"]],
  },
};
const words = WORDS[lang];
const $ = id => document.getElementById(id);
const SIGNS = { undecided: "○", accepted: "✓", rejected: "✗", "no claim": "–", empty: "·" };
// What the file said last, of which the screen may be ahead.
let confirmed = null;
let page = null, at = 0, chosen = 0, mode = null, queue = Promise.resolve(), waiting = 0;

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function say(text) { $("message").textContent = text || ""; }
function address(path, parameters) { return `${path}?${new URLSearchParams({ ...parameters, lang })}`; }
async function get(path, parameters = {}) {
  const response = await fetch(address(path, parameters));
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}
// Nothing stands as decided that the file does not have.
function showConfirmed() { page = structuredClone(confirmed); draw(); }
// Decisions are sent one after another, in the order in which they were made; the screen does not wait for them.
function send(asked, path) {
  const sent = { ...asked, page: page.id };
  waiting += 1;
  document.body.dataset.busy = "true";
  queue = queue.then(async () => {
    waiting -= 1;
    try {
      const response = await fetch(address("decide"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
      if (!response.ok) { say((await response.text()).trim()); confirmed = await get("page.json", { page: page.id }); showConfirmed(); }
      const answer = response.ok ? await response.json() : null;
      // What was decided meanwhile is on the screen, and not yet in this answer.
      if (answer) confirmed = answer;
      if (answer && !waiting) showConfirmed();
      if (answer && path && !waiting) { const found = await get("check.json", { page: page.id, path: JSON.stringify(path) }); $("findings").textContent = found.findings.join(" · "); }
    } catch (error) { say(error instanceof TypeError ? words.lost : error.message); showConfirmed(); }
    finally { if (!waiting) document.body.dataset.busy = "false"; }
  });
}
function sentence() { return page.sentences[at]; }
// The place of the first proposal of the sentence that waits, or of the first entry.
function firstOpen() { return Math.max(0, sentence().items.findIndex(item => item.state === "proposed")); }
function open() { return sentence().items.filter(item => item.state === "proposed"); }
function marked(text, spans) {
  const parts = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start < done) continue;
    parts.append(text.slice(done, start), make("mark", text.slice(start, end)));
    done = end;
  }
  parts.append(text.slice(done));
  return parts;
}
function draw() {
  const decided = page.sentences.filter(each => ["accepted", "rejected", "no claim"].includes(each.state)).length;
  const left = page.sentences.filter(each => each.state === "undecided").length;
  $("counts").textContent = words.counts(decided, page.sentences.length, left) + (left ? "" : `. ${words.done(page.sentences.filter(each => each.state === "empty").length)}`);
  const list = $("sentences");
  while (list.children.length < page.sentences.length) {
    const number = list.children.length, item = make("li"), button = make("button", "", { type: "button", lang: page.language });
    button.append(make("span", "", { class: "sign", "aria-hidden": "true" }), make("span", "", { class: "said visually" }), make("bdi", page.sentences[number].words));
    button.addEventListener("click", () => go(number));
    item.append(button);
    list.append(item);
  }
  page.sentences.forEach((each, number) => {
    const button = list.children[number].firstChild;
    if (button.dataset.state !== each.state) {
      button.dataset.state = each.state;
      button.className = each.state === "empty" ? "empty" : "";
      button.firstChild.textContent = SIGNS[each.state];
      button.setAttribute("aria-label", `${each.said}: ${each.words}`);
    }
    const current = number === at ? "true" : "false";
    if (button.getAttribute("aria-current") !== current) button.setAttribute("aria-current", current);
  });
  const now = sentence(), items = now.items;
  chosen = Math.min(chosen, Math.max(0, items.length - 1));
  $("focused").replaceChildren(marked(now.words, items.length ? items[chosen].spans : []));
  $("focused").lang = page.language;
  $("state").textContent = now.reason ? `${now.said}: ${now.reason}` : items.length ? now.said : words.none;
  $("items").replaceChildren(...items.map((item, number) => {
    const row = make("li", "", { "aria-current": number === chosen ? "true" : "false" });
    row.append(make("div", item.words, { class: "words", lang: page.language }));
    const more = [item.elsewhere && `«${item.elsewhere}»`, item.said, item.event && `${words.event} ${item.event}`, item.strength, item.rule].filter(Boolean).join(" · ");
    row.append(make("div", more, { class: `more ${item.state}` }));
    const buttons = make("div");
    for (const [what, label] of [["accept", words.accept], ["reject", words.reject]]) {
      const button = make("button", label, { type: "button", "aria-label": `${label}: ${item.words}` });
      button.addEventListener("click", () => { chosen = number; decide(what); });
      buttons.append(button, " ");
    }
    if (item.state === "proposed") row.append(buttons);
    row.addEventListener("click", () => { if (chosen !== number) { chosen = number; draw(); } });
    return row;
  }));
}
function go(number) {
  at = Math.max(0, Math.min(page.sentences.length - 1, number));
  chosen = firstOpen(); mode = null; say(""); $("findings").textContent = "";
  draw();
  $("sentences").children[at].scrollIntoView({ block: "nearest" });
}
function next() {
  const rest = page.sentences.findIndex((each, number) => number > at && each.state === "undecided");
  const first = page.sentences.findIndex(each => each.state === "undecided");
  if (rest >= 0) go(rest); else if (first >= 0 && first !== at) go(first); else draw();
}
// Whoever says why sentences claim nothing, when all proposals are decided, goes from one that no claim quotes to the next.
function nextSilent() {
  const silent = page.sentences.findIndex((each, number) => number > at && each.state === "empty");
  if (page.sentences.some(each => each.state === "undecided") || silent < 0) next(); else go(silent);
}
// The screen shows a decision before the file has it; where the file says otherwise, it is shown again.
function settle(item, state) { item.state = state; const left = open().length; if (!left) sentence().state = sentence().items.some(each => each.state === "accepted") ? "accepted" : "rejected"; }
function acceptAll() {
  const items = open();
  if (!items.length) { next(); return; }
  const shown = items.map(item => [item.path, item.digest]);
  send({ what: "sentence", number: at, shown }, items[items.length - 1].path);
  items.forEach(item => settle(item, "accepted"));
  next();
}
function decide(what) {
  const item = sentence().items[chosen];
  if (!item || item.state !== "proposed") return;
  send({ what, path: item.path, digest: item.digest }, what === "accept" ? item.path : null);
  settle(item, what === "accept" ? "accepted" : "rejected");
  goOn();
}
// After a decision: the next proposal of the sentence, or the next sentence.
function goOn() {
  if (open().length) { chosen = firstOpen(); draw(); } else next();
}
function pick(digit) {
  const item = sentence().items[chosen];
  if (mode === "reason") {
    const reason = page.reasons[digit - 1];
    if (!reason) return;
    for (const each of open()) { send({ what: "reject", path: each.path, digest: each.digest }); settle(each, "rejected"); }
    send({ what: "no_claim", quote: sentence().words, reason: reason.en });
    sentence().state = "no claim";
    mode = null; say(""); nextSilent();
  } else if (mode === "event") {
    const event = page.events[digit - 1];
    if (!event || !item || !item.event) return;
    send({ what: "event", path: item.path, digest: item.digest, value: event.key });
    settle(item, "rejected"); mode = null; say(""); goOn();
  } else if (item && item.event) {
    const role = page.roles[digit - 1];
    if (!role) return;
    send({ what: "role", path: item.path, digest: item.digest, value: role.id }, item.path);
    settle(item, "accepted"); mode = null; say(""); goOn();
  }
}
function numbered(items, label) { return items.slice(0, 9).map((each, number) => `${number + 1} ${label(each)}`).join(" · "); }
function showAdd() {
  const selected = String(getSelection()).trim();
  $("name").value = selected && selected.length < 200 ? selected : "";
  $("event").replaceChildren(...page.events.map(each => make("option", each.words || each.key, { value: each.key })));
  // The meeting that is spoken of here, or last before here; as what somebody came, a person says.
  const near = page.sentences.slice(0, at + 1).reverse().flatMap(each => each.items).find(item => item.event);
  if (near) $("event").value = near.event;
  $("role").replaceChildren(make("option", "–", { value: "" }), ...page.roles.map(each => make("option", each.words, { value: each.id })));
  $("add").hidden = false;
  $("name").focus();
}
const ACTIONS = {
  Enter: acceptAll, j: () => go(at + 1), ArrowDown: () => go(at + 1), k: () => go(at - 1), ArrowUp: () => go(at - 1),
  ArrowRight: () => { chosen = Math.min(chosen + 1, sentence().items.length - 1); draw(); }, ArrowLeft: () => { chosen = Math.max(0, chosen - 1); draw(); },
  a: () => decide("accept"), r: () => decide("reject"), s: next, u: () => send({ what: "undo" }), "+": showAdd,
  n: () => { mode = "reason"; say(`${words.reason} ${numbered(page.reasons, each => each.words)}`); },
  e: () => { mode = "event"; say(`${words.pickEvent} ${numbered(page.events, each => each.words || each.key)}`); },
  Escape: () => { mode = null; say(""); $("add").hidden = true; },
};
document.addEventListener("keydown", event => {
  if (!page || event.ctrlKey || event.metaKey || event.altKey) return;
  const inside = event.target.closest("input, select, form, summary, a");
  if (inside && event.key !== "Escape") return;
  if (event.key === "Enter" && event.target.closest("#items button, #buttons button")) return;
  if (/^[1-9]$/.test(event.key)) { event.preventDefault(); pick(Number(event.key)); return; }
  const action = ACTIONS[event.key];
  if (action) { event.preventDefault(); action(); }
});
$("add").addEventListener("submit", event => {
  event.preventDefault();
  send({ what: "add", event: $("event").value, name: $("name").value, kind: $("kind").value, role: $("role").value, quote: sentence().words });
  $("add").hidden = true;
});
$("cancel").addEventListener("click", () => { $("add").hidden = true; });
function labelAll() {
  document.documentElement.lang = lang;
  for (const [id, text] of Object.entries({ "text-heading": words.text, "proposals-heading": words.proposals, "keys-heading": words.keys, skip: words.skip, language: words.other, "name-label": words.name, "kind-label": words.kind, "role-label": words.role, "event-label": words.of, "add-button": words.add, cancel: words.cancel, "add-heading": words.addHeading })) $(id).textContent = text;
  $("kind").options[0].textContent = words.person; $("kind").options[1].textContent = words.body;
  const other = new URLSearchParams(location.search); other.set("lang", lang === "nb" ? "en" : "nb"); $("language").href = `?${other}`; $("language").lang = lang === "nb" ? "en" : "nb";
  for (const [key, what] of words.help) { const term = make("dt"); term.append(make("kbd", key)); $("keys").append(term, make("dd", what)); }
  for (const [text, action] of [[`${words.all} (Enter)`, acceptAll], [`${words.noClaim} (n)`, ACTIONS.n], [`${words.skipIt} (s)`, next], [`${words.undo} (u)`, ACTIONS.u], [`${words.add} (+)`, showAdd]]) {
    const button = make("button", text, { type: "button" });
    button.addEventListener("click", action);
    $("buttons").append(button);
  }
}
async function begin() {
  labelAll();
  try {
    const id = query.get("page");
    if (id) {
      confirmed = await get("page.json", { page: id });
      page = structuredClone(confirmed);
      $("title").textContent = page.title; $("title").lang = page.language;
      document.title = `${words.title}: ${page.title} – Møtegraf`;
      $("review").hidden = false;
      const first = page.sentences.findIndex(each => each.state === "undecided");
      go(first >= 0 ? first : 0);
    } else {
      const found = await get("pages.json");
      $("title").textContent = words.choose; document.title = `${words.title} – Møtegraf`;
      if (!found.length) say(words.nothing);
      const list = make("ul");
      for (const each of found) { const row = make("li"); if (each.problem) row.append(`${each.title}: ${each.problem}`); else row.append(make("a", each.title, { href: `?${new URLSearchParams({ page: each.id, lang })}` }), ` – ${words.left(each.undecided)}`); list.append(row); }
      $("list").append(list);
    }
  } catch (error) { say(error instanceof TypeError ? words.lost : error.message); }
}
begin();
