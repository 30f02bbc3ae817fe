/* Files of the selection: all that passes the filters, or what is drawn of it, as CSV, JSON, GEXF and Turtle; pictures of the view. */
import * as answers from "./answers.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as pictures from "./pictures.js";
import * as overviewPictures from "./pictures_overview.js";
import * as structurePicture from "./pictures_structure.js";
import * as subjectPicture from "./pictures_subject.js";
import * as pictureViews from "./pictures_views.js";
import * as selection from "./selection.js";
import * as shareCsv from "./share_csv.js";
import * as files from "./share_files.js";
import * as shareGexf from "./share_gexf.js";
import * as shareJson from "./share_json.js";
import * as records from "./share_records.js";
import * as title from "./share_title.js";
import * as shareTurtle from "./share_turtle.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as subjectContent from "./subject_content.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// So many connections are fetched from a server for a file.
const MOST_FETCHED = 20000;
let which = "all";
let size = "wide";
let block = "histogram"; // of which a picture is made
let busy = false;
let counted = { key: null, size: null };

texts.add({
  exportData: ["Last ned", "Download"],
  exportAll: ["alt som passer: {entities} navn, {ties} forbindelser", "all that fits: {entities} people and meetings, {ties} connections"],
  exportAllLater: ["alt som passer (leses inn)", "all that fits (being read)"],
  exportPage: ["det som står på siden: {entities} navn, {ties} forbindelser", "what is on the page: {entities} people and meetings, {ties} connections"],
  exportDrawn: ["det som er tegnet: {entities} navn, {ties} forbindelser", "what is drawn: {entities} people and meetings, {ties} connections"],
  fileOfAll: ["Alt som passer: {title}. {entities} av {allEntities} navn, {events} av {allEvents} arrangementer, {ties} av {allTies} forbindelser.", "All that fits: {title}. {entities} of {allEntities} people and meetings, {events} of {allEvents} events, {ties} of {allTies} connections."],
  fileOfDrawn: ["Det som er tegnet: {title}. {entities} av {allEntities} navn, {events} av {allEvents} arrangementer, {ties} av {allTies} forbindelser.", "What is drawn: {title}. {entities} of {allEntities} people and meetings, {events} of {allEvents} events, {ties} of {allTies} connections."],
  fileOfPage: ["Det som står på siden om {title}. {entities} av {allEntities} navn, {events} av {allEvents} arrangementer, {ties} av {allTies} forbindelser.", "What is on the page about {title}. {entities} of {allEntities} people and meetings, {events} of {allEvents} events, {ties} of {allTies} connections."],
  waitingForRest: ["Venter på resten av grafen: {part} %", "Waiting for the rest of the graph: {part} %"],
  writing: ["Skriver filen: {part} %", "Writing the file: {part} %"],
  picture: ["Bilde", "Picture"],
  pictureOf: ["Bilde av", "Picture of"],
  pictureSize: ["Størrelse på bildet", "Size of the picture"],
  picture_wide: ["bredt, 1200 × 675", "wide, 1200 × 675"],
  picture_tall: ["stående, 1080 × 1350", "portrait, 1080 × 1350"],
  picture_print: ["til trykk, 2400 bredt", "for print, 2400 wide"],
  drawnPart: ["tegnet", "drawn"],
  savedAs: ["Lagret som {name}", "Saved as {name}"],
  tooManyForFile: [
    "Det er {count} forbindelser, flere enn de {most} som siden henter til en fil. Velg færre med filtre, eller hent alle på tjeneren: dumps/ har hele grafen, motegraf export har utvalg.",
    "There are {count} connections, more than the {most} that the page fetches for a file. Choose fewer by filters, or take all of them from the server: dumps/ has the whole graph, motegraf export has selections.",
  ],
  fetchFailed: ["Tjeneren svarer ikke, så filen ble ikke laget.", "The server does not answer, so the file was not made."],
  neverCame: ["Resten av grafen er ikke i denne filen, så den kan ikke lagre alt. Bygg siden på nytt, eller hent motegraf.ttl.", "The rest of the graph is not in this file, so it cannot save all of it. Build the page again, or take motegraf.ttl."],
});

pictureViews.start();
overviewPictures.start();
structurePicture.start();
subjectPicture.start();

/* What can be saved of the view. */
function show(now) {
  const box = dom.at("exports");
  box.setAttribute("aria-label", text("exports"));
  const button = (name, act) => el("button", { type: "button", class: "quiet", id: `export-${name.toLowerCase()}`, onclick: act }, name);
  dom.replace(box, el("span", {}, text("exportData")), choice(now),
    button("CSV", () => download("csv")), button("JSON", () => download("json")), button("GEXF", () => download("gexf")), button("Turtle", () => download("turtle")),
    pictureChoice(now), el("span", { id: "export-status" }));
}

const figures = ({ entities, ties }) => ({ entities: texts.count(entities), ties: texts.count(ties) });

/* Of the page of a subject it is what stands on it. */
function onPage(now) {
  const { entities, ties } = subjectContent.of(now);
  return el("span", { class: "which", id: "export-page" }, text("exportPage", figures({ entities: entities.size, ties: ties.size })));
}

/* All that passes, or what is drawn of it: a choice where they are not the same, each with its numbers. */
function choice(now) {
  if (subject.isOpen(now)) return onPage(now);
  const drawn = selection.visible(now);
  const key = JSON.stringify([now.filters, now.around, now.rings, now.pathOpen && state.serialise(now), records.isReady()]);
  if (counted.key !== key) counted = { key, size: records.isReady() ? selection.everythingCount(now) : null };
  const whole = counted.size;
  if (whole?.entities === drawn.entities.size && whole.ties === drawn.ties.size) return null;
  const all = whole ? text("exportAll", figures(whole)) : text("exportAllLater");
  const part = text("exportDrawn", figures({ entities: drawn.entities.size, ties: drawn.ties.size }));
  return el("span", { class: "which", role: "radiogroup", "aria-label": text("exportData") }, [["all", all], ["drawn", part]].map(([value, words]) =>
    el("label", {}, el("input", { type: "radio", name: "which", id: `export-${value}`, checked: which === value, onchange: () => { which = value; } }), ` ${words}`)));
}

/* What a file holds, in a sentence, for those who find it later. */
function description(chosen, of) {
  const amounts = Object.entries({ ...records.sizeOf(chosen), allEntities: data.total.entities, allEvents: data.total.events, allTies: data.total.ties }).map(([name, count]) => [name, texts.count(count)]);
  return text(subject.isOpen(state.now) ? "fileOfPage" : of === "all" ? "fileOfAll" : "fileOfDrawn", { title: title.title(), ...Object.fromEntries(amounts) });
}

const KINDS = {
  csv: { type: "text/csv", extension: "csv", make: async (chosen, of, step) => `\ufeff${await shareCsv.make(chosen, step)}` },
  json: { type: "application/json", extension: "json", make: (chosen, of, step) => shareJson.make(chosen, of, step) },
  gexf: { type: "application/gexf+xml", extension: "gexf", make: (chosen, of, step) => shareGexf.make(chosen, description(chosen, of), step) },
  turtle: { type: "text/turtle", extension: "ttl", make: (chosen, of, step) => shareTurtle.make(chosen, description(chosen, of), step) },
};

/* Saves one kind of file. Where the rest of the graph still arrives it waits for it, and says so. */
async function download(kind) {
  if (busy) return;
  busy = true;
  try {
    const isWhole = which === "all" || subject.isOpen(state.now);
    if (isWhole && !(await records.arrival((part) => report(text("waitingForRest", { part: Math.floor(part * 100) }))))) {
      report(text("neverCame"), true);
      return;
    }
    if (data.served && isWhole && !(await fetchAll())) return;
    const { type, extension, make } = KINDS[kind];
    const content = await make(records.chosen(which), which, (part) => report(text("writing", { part: Math.floor(part * 100) })));
    const name = title.fileName(extension, which === "drawn" && !subject.isOpen(state.now) ? text("drawnPart") : "");
    files.save(content, type, name);
    report(text("savedAs", { name }), true);
  } finally {
    busy = false;
  }
}

/* Fetches the records of all that passes from the server, unless they are too many; whether they are there. */
async function fetchAll() {
  const page = subject.isOpen(state.now) ? subjectContent.of(state.now) : null;
  const ties = page ? page.ties.size : selection.everythingCount(state.now).ties;
  if (ties > MOST_FETCHED) {
    report(text("tooManyForFile", { count: texts.count(ties), most: texts.count(MOST_FETCHED) }), true);
    return false;
  }
  try {
    await data.need(page ? [...page.entities].map(data.numberOf) : selection.numbersOf(state.now), [], (part) => report(text("waitingForRest", { part: Math.floor(part * 100) })));
    return true;
  } catch {
    report(text("fetchFailed"), true);
    return false;
  }
}

/* Says how far it has come: to the eye at every step, aloud at the end. */
function report(words, aloud = false) {
  dom.at("export-status").textContent = words;
  if (aloud) dom.announce(words);
}

const textOf = (kind) => async (of = "all") => KINDS[kind].make(records.chosen(of), of, () => {});

/* The answer to a ready question, as its table has it. */
function answer(question) {
  const head = question.columns.map((column) => column[texts.language] ?? column.nb);
  const name = `motegraf-${title.slug(question.name)}.csv`;
  files.save(`\ufeff${shareCsv.format([head, ...question.rows.map((row) => row.map(answers.words))])}`, "text/csv", name);
}

/* Saves the view, or one of its blocks, as a picture of the chosen size. */
async function picture(format, of) {
  const { width, height } = pictures.SIZES[size];
  const name = title.fileName(format, `${of.title} ${height ? `${width}x${height}` : `${width}px`}`);
  if (format === "svg") files.save(await pictures.svgText(of.name, size), "image/svg+xml", name);
  else files.save(await pictures.png(of.name, size), "image/png", name);
  report(text("savedAs", { name }), true);
}

/* Of which block a picture is made, how large, and in which format. */
function pictureChoice(now) {
  const all = pictures.of(subject.isOpen(now) ? "subject" : now.view);
  if (!all.length) return null;
  const chosen = () => all.find(({ name }) => name === block) ?? all[0];
  const blocks = all.length > 1 ? el("select", { id: "picture-block", "aria-label": text("pictureOf"), onchange: (event) => { block = event.target.value; } }, all.map(({ name, title: words }) => el("option", { value: name, selected: name === chosen().name }, words))) : null;
  const option = (value) => el("option", { value, selected: value === size }, text(`picture_${value}`));
  return el("span", { class: "picture-choice" }, el("span", {}, text("picture")), blocks,
    el("select", { id: "picture-size", "aria-label": text("pictureSize"), onchange: (event) => { size = event.target.value; } }, Object.keys(pictures.SIZES).map(option)),
    ["PNG", "SVG"].map((format) => el("button", { type: "button", class: "quiet", id: `export-${format.toLowerCase()}`, onclick: () => picture(format.toLowerCase(), chosen()) }, format)));
}

const [csvText, jsonText, gexfText, turtleText] = ["csv", "json", "gexf", "turtle"].map(textOf);

export { show, answer, csvText, jsonText, gexfText, turtleText };
