"use strict";
// The review of pairs that may be one and the same. All words of sources are set as text, never as markup.
const query = new URLSearchParams(location.search);
const lang = query.get("lang") === "en" ? "en" : "nb";
const WORDS = {
  nb: {
    title: "Én og samme?", skip: "Til avgjørelsen", keys: "Taster", other: "English", lost: "Fikk ikke kontakt. Er motegraf review avsluttet?",
    counts: c => `${c.decided} av ${c.all} par avgjort, ${c.open} igjen${c.later ? `, ${c.later} til senere` : ""}`,
    for: "Taler for", against: "Taler mot", nothing: "ingenting", score: (value, proof) => proof ? "Samme identifikator" : `Likhet ${value}. Det er et anslag for rekkefølgen, ingen sannsynlighet.`,
    kept: "Denne id-en beholdes", already: id => `Leder alt til ${id}, som beholdes`, leads: "Denne id-en leder dit", why: "Begrunnelse (r)", others: w => `Uendret skrives ved d: «${w.different}» og ved u: «${w.unsure}»`, who: who => `Avgjøres av ${who}`,
    same: "Samme", different: "Ulike", unsure: "Usikkert", later: "Senere", undo: "Angre", retry: "Prøv igjen", swap: "Behold den andre id-en",
    cluster: "I samme gruppe", clusterWords: (things, pairs) => pairs === 1 ? "Bare dette paret." : `${things} som kan være én. Hvert av de ${pairs} parene avgjøres for seg.`, more: n => `… og ${n} par til`, versus: "og",
    doubt: "Tidligere usikkert: ", moreSources: n => `… og ${n} kilder til`, moreWords: n => `… og ${n} utsagn til`, noSource: "Ingen kilde i bygget nevner dette selv.", sources: "Kildene sier",
    done: c => c.all ? "Alle par er avgjort. motegraf build tar med det som er avgjort." : "Ingen par er foreslått.", doneLater: n => `Resten (${n}) er satt til senere.`, recall: "Vis dem som er satt til senere",
    decided: (verdict, a, b) => `${verdict}: ${a} – ${b}.`, next: (a, b) => `Neste: ${a} – ${b}`, undone: (a, b) => `Angret: ${a} – ${b}`, isDecided: verdict => `Dette paret er avgjort: ${verdict}.`, keysOn: "Bruk enkelttaster",
    help: [["s", "de er én og samme"], ["d", "de er ulike"], ["u", "usikkert: det lar seg ikke avgjøre"], ["l", "senere"], ["z", "angre, så langt du vil"], ["x", "behold den andre id-en"], ["r", "skriv en begrunnelse; Enter eller Esc går ut av feltet"], ["← →", "se på forrige / neste par"], ["?", "vis tastene"]],
  },
  en: {
    title: "One and the same?", skip: "To the decision", keys: "Keys", other: "Norsk", lost: "No contact. Has motegraf review ended?",
    counts: c => `${c.decided} of ${c.all} pairs decided, ${c.open} left${c.later ? `, ${c.later} for later` : ""}`,
    for: "Speaks for", against: "Speaks against", nothing: "nothing", score: (value, proof) => proof ? "The same identifier" : `Likeness ${value}. It is a judgement for the order, no probability.`,
    kept: "This id is kept", already: id => `Leads to ${id} already, which is kept`, leads: "This id leads there", why: "Reason (r)", others: w => `If unchanged, d writes “${w.different}” and u writes “${w.unsure}”`, who: who => `Decided by ${who}`,
    same: "Same", different: "Different", unsure: "Unsure", later: "Later", undo: "Undo", retry: "Try again", swap: "Keep the other id",
    cluster: "In the same cluster", clusterWords: (things, pairs) => pairs === 1 ? "This pair alone." : `${things} that may be one. Each of the ${pairs} pairs is decided by itself.`, more: n => `… and ${n} more pairs`, versus: "and",
    doubt: "Unsure before: ", moreSources: n => `… and ${n} more sources`, moreWords: n => `… and ${n} more statements`, noSource: "No source of the build names this itself.", sources: "What sources say",
    done: c => c.all ? "All pairs are decided. motegraf build takes in what is decided." : "No pair is proposed.", doneLater: n => `The rest (${n}) are left for later.`, recall: "Show those left for later",
    decided: (verdict, a, b) => `${verdict}: ${a} – ${b}.`, next: (a, b) => `Next: ${a} – ${b}`, undone: (a, b) => `Undone: ${a} – ${b}`, isDecided: verdict => `This pair is decided: ${verdict}.`, keysOn: "Use single keys",
    help: [["s", "they are one and the same"], ["d", "they are different"], ["u", "unsure: nobody can tell"], ["l", "later"], ["z", "undo, as far as you like"], ["x", "keep the other id"], ["r", "write a reason; Enter or Esc leaves the field"], ["← →", "look at the previous / next pair"], ["?", "show the keys"]],
  },
};
const words = WORDS[lang];
const $ = id => document.getElementById(id);
const SIGNS = { open: "○", same: "=", different: "≠", unsure: "?", later: "…" };
// What is on the screen, and the pairs that come next; the screen may be ahead of the file.
// Where it would be too far ahead, nothing is decided until an answer brings the next pair.
let pair = null, isBehind = false, ahead = [], counts = null, queue = Promise.resolve(), waiting = 0;

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function say(text) { $("message").textContent = text || ""; }
function names(of) { return of.sides.map(side => side.name); }
async function asked(path, parameters, body) {
  const options = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  const response = await fetch(`${path}?${new URLSearchParams({ ...parameters, lang })}`, options);
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}
// Requests go one after another, in the order in which they were made; the screen does not wait for those of decisions.
function send(request, failed) {
  waiting += 1;
  document.body.dataset.busy = "true";
  queue = queue.then(async () => {
    try {
      const answer = await request();
      waiting -= 1;
      // What was decided meanwhile is on the screen, and not yet in this answer.
      if (!waiting) show(answer);
    } catch (error) {
      waiting -= 1;
      say(error instanceof TypeError ? words.lost : failed ? `${failed}: ${error.message}` : error.message);
      $("retry").hidden = Boolean(pair);
      // Nothing stands as decided that the file does not have.
      if (!waiting && !(error instanceof TypeError)) await showAgain();
    } finally { if (!waiting) document.body.dataset.busy = "false"; }
  });
}
// The pair of the last decision that was refused.
let refused = null;
async function showAgain() {
  const again = refused || pair;
  refused = null;
  try { show(await asked("screen.json", again ? { number: again.number } : {})); } catch { isBehind = false; if (again) { pair = again; draw(); } }
}
function show(screen) {
  isBehind = false;
  $("decide").setAttribute("aria-busy", "false");
  $("retry").hidden = true;
  counts = screen.counts;
  ahead = screen.next;
  $("who").textContent = words.who(screen.who);
  const same = pair && screen.pair && pair.number === screen.pair.number && pair.state === screen.pair.state;
  if (same) {
    // The same pair stays as it is, with what is typed; only the states around it are new.
    pair.cluster = screen.pair.cluster;
    drawCluster();
  } else { pair = screen.pair; draw(); }
  drawCounts();
}
function drawCounts() { $("counts").textContent = words.counts(counts); }
function draw() {
  $("same").hidden = !pair;
  $("done").hidden = Boolean(pair);
  if (!pair) {
    if (counts) $("done-words").textContent = counts.later ? words.doneLater(counts.later) : words.done(counts);
    $("recall").hidden = !(counts && counts.later);
    return;
  }
  $("judgement").textContent = words.score(pair.score, pair.proof) + (SIGNS[pair.state] && !["open", "later"].includes(pair.state) ? ` ${words.isDecided(words[pair.state].toLowerCase())}` : "");
  for (const side of ["for", "against"]) $(side).replaceChildren(...(pair[side].length ? pair[side] : [words.nothing]).map(each => make("li", each, { dir: "auto" })));
  $("doubts").replaceChildren(...pair.doubts.map(each => make("li", words.doubt + each)));
  const both = new Set(values(pair.sides[0]).filter(each => new Set(values(pair.sides[1])).has(each)));
  ["first", "second"].forEach((place, number) => drawSide(place, pair.sides[number], both));
  const [first] = pair.sides;
  $("first-kept").textContent = first.canonical === first.id ? words.kept : words.already(first.canonical); $("second-kept").textContent = words.leads;
  $("why").value = pair.why.same;
  $("why-others").textContent = words.others(pair.why);
  drawCluster();
}
function values(side) { return side.facts.flatMap(fact => fact.values.map(value => `${fact.key} ${value}`)); }
function drawSide(place, side, both) {
  $(`${place}-name`).textContent = side.name;
  const box = make("div"), facts = make("dl", "", { class: "facts" });
  box.append(make("p", `${side.kind} · ${side.id}`, { class: "id" }));
  for (const fact of side.facts) {
    const list = make("dd");
    fact.values.forEach((value, number) => {
      if (number) list.append(" · ");
      list.append(make("bdi", value, both.has(`${fact.key} ${value}`) ? { class: "shared" } : {}));
    });
    facts.append(make("dt", fact.heading), list);
  }
  box.append(facts);
  if (!side.sources.some(source => source.words.length)) box.append(make("p", words.noSource, { class: "more" }));
  for (const source of side.sources) box.append(...drawSource(source));
  if (side.more_sources) box.append(make("p", words.moreSources(side.more_sources), { class: "more" }));
  $(place).replaceChildren(box);
}
function drawSource(source) {
  const heading = make("h3");
  heading.append(source.url ? make("a", source.title, { href: source.url, rel: "noreferrer noopener", target: "_blank" }) : source.title);
  const parts = [heading];
  for (const each of source.words) {
    if (!each.cells.length) { parts.push(make("blockquote", each.text, each.lang ? { lang: each.lang, dir: "auto" } : { dir: "auto" })); continue; }
    const table = make("table", "", { class: "row" });
    for (const [head, text] of each.cells) { const row = make("tr"); row.append(make("th", head, { scope: "row" }), make("td", text, { dir: "auto" })); table.append(row); }
    parts.push(table);
  }
  if (source.more) parts.push(make("p", words.moreWords(source.more), { class: "more" }));
  return parts;
}
function drawCluster() {
  const { things, pairs, more } = pair.cluster;
  $("cluster-words").textContent = words.clusterWords(things, pairs.length + more);
  $("cluster").replaceChildren(...pairs.map(each => {
    const current = each.number === pair.number, button = make("button", "", { type: "button", "aria-current": current ? "true" : "false" });
    button.append(make("bdi", each.names[0]), ` ${words.versus} `, make("bdi", each.names[1]), make("span", [`${SIGNS[each.state]} ${each.words}`, ...each.ids].join(" · "), { class: "state" }));
    button.addEventListener("click", () => go(each.number));
    const row = make("li");
    row.append(button);
    return row;
  }));
  $("cluster-more").textContent = more ? words.more(more) : "";
}
// Shows the pair that comes next at once; what the file says of it comes after.
function goOn(text) {
  const next = ahead.shift() || null;
  $("status").textContent = next ? `${text} ${words.next(...names(next))}` : text;
  if (next) { pair = next; draw(); scrollUp(); } else { isBehind = true; $("decide").setAttribute("aria-busy", "true"); }
}
function scrollUp() { if ($("title").getBoundingClientRect().top < 0) $("title").scrollIntoView({ block: "start" }); }
function decide(verdict) {
  if (!pair || isBehind) return;
  say("");
  const decided = pair, [first, second] = names(pair), number = pair.number, kept = pair.sides[0].id, typed = $("why").value.trim();
  // A reason that nobody changed is that for "same"; the others have reasons of their own.
  const why = typed === pair.why.same ? "" : typed;
  const body = verdict === "later" ? { what: verdict, number } : { what: verdict, number, kept, why };
  // Where the next pair is not here yet, the answer brings it.
  send(() => asked("decide", {}, body).catch(error => { refused = decided; throw error; }), `${first} – ${second}`);
  goOn(words.decided(words[verdict], first, second));
}
function undo() {
  say("");
  send(async () => {
    const answer = await asked("decide", {}, { what: "undo" });
    $("status").textContent = words.undone(...names(answer.pair));
    return answer;
  });
}
function go(number) { say(""); send(() => asked("screen.json", { number })); }
function step(by) { if (pair) { const number = pair.number + by; if (number >= 0 && number < counts.all) go(number); } }
function swap() {
  if (!pair) return;
  const typed = $("why").value;
  pair.sides.reverse();
  draw();
  $("why").value = typed;
}
const ACTIONS = {
  s: () => decide("same"), d: () => decide("different"), u: () => decide("unsure"), l: () => decide("later"), z: undo, x: swap, r: () => { $("why").focus(); $("why").select(); },
  ArrowRight: () => step(1), ArrowLeft: () => step(-1), "?": () => { const details = $("keys").parentElement; details.open = !details.open; if (details.open) details.scrollIntoView({ block: "nearest" }); },
};
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === $("why")) {
    if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) { event.preventDefault(); $("why").blur(); }
    return;
  }
  const action = $("keys-on").checked ? ACTIONS[event.key] : null;
  if (action) { event.preventDefault(); action(); }
});
$("decide").addEventListener("submit", event => event.preventDefault());
$("recall").addEventListener("click", () => send(() => asked("decide", {}, { what: "recall" })));
$("done-undo").addEventListener("click", undo);
function labelAll() {
  document.documentElement.lang = lang;
  document.title = `${words.title} – Møtegraf`;
  for (const [id, text] of Object.entries({ title: words.title, skip: words.skip, language: words.other, "for-heading": words.for, "against-heading": words.against, "why-label": words.why, "cluster-heading": words.cluster, "keys-heading": words.keys, "keys-on-label": words.keysOn, recall: words.recall, "done-undo": words.undo, retry: words.retry })) $(id).textContent = text;
  $("language").href = `?${new URLSearchParams({ lang: lang === "nb" ? "en" : "nb" })}`; $("language").lang = lang === "nb" ? "en" : "nb";
  for (const [key, what] of words.help) { const term = make("dt"); term.append(make("kbd", key)); $("keys").append(term, make("dd", what)); }
  for (const [key, text] of [["s", words.same], ["d", words.different], ["u", words.unsure], ["l", words.later], ["z", words.undo], ["x", words.swap]]) {
    const button = make("button", `${text} (${key})`, { type: "button", class: "sdu".includes(key) ? "main" : "" });
    button.addEventListener("click", ACTIONS[key]);
    $("buttons").append(button);
  }
}
$("retry").addEventListener("click", () => { say(""); send(() => asked("screen.json", {})); });
labelAll();
send(() => asked("screen.json", {}));
