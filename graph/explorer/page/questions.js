/* Ready questions with the answers that the build gave, in the view that each asks for. */
import * as answerRows from "./answer_rows.js";
import * as answerMap from "./answer_map.js";
import * as answerNetwork from "./answer_network.js";
import * as answers from "./answers.js";
import * as answerTime from "./answer_time.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as exports from "./exports.js";
import * as search from "./search.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
const VIEWS = {
  BarChart: bars, Graph: (question) => answerNetwork.drawn(question, width()),
  Map: (question) => answerMap.drawn(question, width()), Timeline: (question) => answerTime.drawn(question, width()),
};

texts.add({
  questionSearch: ["Søk i spørsmålene", "Search the questions"],
  questionCount: ["{count} spørsmål", "{count} questions"],
  questionCountOne: ["ett spørsmål", "one question"],
  questionNone: ["Ingen av spørsmålene har disse ordene.", "None of the questions has these words."],
  answersArriving: ["Svarene hentes fram …", "The answers are being fetched …"],
});

const opened = new Set(); // groups that somebody opened
let typed = "";
let brought = null; // the question last brought into view

function inLanguage(label) {
  return label[texts.language] ?? label.nb;
}

function show(now) {
  const box = dom.at("view-questions");
  if (!answerRows.areHere()) {
    dom.replace(box, el("p", { class: "hint" }, text("answersArriving")));
    answerRows.arrive().then(() => { if (state.now.view === "questions") show(state.now); });
    return;
  }
  const groups = new Map();
  for (const question of data.questions) groups.set(inLanguage(question.group), [...(groups.get(inLanguage(question.group)) ?? []), question]);
  const filled = data.questions.length > 0;
  dom.replace(box, el("p", { class: "hint" }, text(filled || !data.total.entities ? "answersAsOf" : "notAnswered")), filled ? searchBox() : null,
    [...groups].map(([name, questions]) => groupOf(name, questions, now)), el("p", { class: "hint", id: "question-none", hidden: true }, text("questionNone")));
  if (typed) filter();
  bringIntoView(now.question);
}

/* The questions of a group, with how many they are; open where one of them is. */
function groupOf(name, questions, now) {
  if (questions.some((question) => question.name === now.question)) opened.add(name);
  const details = el("details", { class: "question-group", open: opened.has(name), "data-group": name },
    el("summary", {}, el("h2", {}, name), " ", el("span", { class: "hint" }, text(questions.length === 1 ? "questionCountOne" : "questionCount", { count: texts.count(questions.length) }))),
    el("div", { class: "asked" }, questions.map((question) => one(question, now))));
  details.addEventListener("toggle", () => {
    if (typed) return;
    if (details.open) opened.add(name);
    else opened.delete(name);
  });
  return details;
}

/* A box in which words of a question are typed; the others go meanwhile. */
function searchBox() {
  const input = el("input", { type: "search", id: "question-search", autocomplete: "off", spellcheck: "false", oninput: (event) => { typed = event.target.value; filter(); } });
  input.value = typed;
  return el("p", { class: "question-search" }, el("label", { for: "question-search" }, text("questionSearch")), " ", input);
}

function filter() {
  const words = search.fold(typed).split(" ").filter(Boolean);
  let count = 0;
  for (const group of dom.at("view-questions").querySelectorAll(".question-group")) {
    let here = 0;
    for (const details of group.querySelectorAll(".asked > details")) {
      const folded = search.fold(details.dataset.words);
      details.hidden = !words.every((word) => folded.includes(word));
      here += details.hidden ? 0 : 1;
    }
    group.hidden = !here;
    group.open = words.length ? here > 0 : opened.has(group.dataset.group);
    count += here;
  }
  dom.at("question-none").hidden = count > 0;
  if (words.length) dom.announce(texts.many("hits", count));
}

/* A question that somebody was led to stands where it is seen. */
function bringIntoView(question) {
  const place = question && question !== brought ? dom.at(`question-${question}`)?.getBoundingClientRect() : null;
  if (place && (place.top < 0 || place.top > window.innerHeight * 0.7)) dom.at(`question-${question}`).scrollIntoView({ block: "start" });
  brought = question;
}

function one(question, now) {
  const [first, all] = [question.rows.length, texts.count(question.count)];
  const count = question.count > first ? text("rowsOf", { visible: first, all }) : first === 1 ? text("oneRow") : text("rows", { count: all });
  const open = now.question === question.name;
  const details = el("details", { open, id: `question-${question.name}`, "data-words": `${inLanguage(question.summary)} ${inLanguage(question.description)}` },
    el("summary", {}, inLanguage(question.summary), " ", el("span", { class: "hint" }, `(${count}${question.rows.length ? `, ${text(`view_${question.view}`)}` : ""})`)),
    el("p", {}, inLanguage(question.description)));
  const fill = () => details.append(answer(question));
  if (open) fill();
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 2) fill();
    if (details.open && state.now.question !== question.name) state.set({ question: question.name });
    else if (!details.open && state.now.question === question.name) state.set({ question: null });
  });
  return details;
}

/* The answer in the view that the question asks for, with what of it is drawn; always as a table too. */
function answer(question) {
  if (!question.rows.length) return el("p", {}, text("noRows"));
  const { note, signs, drawing } = VIEWS[question.view]?.(question) ?? {};
  const save = el("p", {}, el("button", { type: "button", class: "quiet", onclick: () => exports.answer(question) }, text("answerCsv")));
  const meaning = question.definition ? el("p", { class: "definition" }, inLanguage(question.definition)) : null;
  if (!note) return el("div", {}, table(question), meaning, save);
  return el("div", {}, signs?.length ? el("p", { class: "signs" }, signs) : null, drawing, el("p", { class: "hint drawn" }, note), table(question), meaning, save);
}

function width() {
  return Math.max(280, dom.at("view-questions").clientWidth);
}

/* As bars: the last column is the length, all others are what it is called. */
function bars(question) {
  const numbers = question.rows.map((row) => Number(answers.words(row.at(-1))));
  if (question.columns.length < 2 || numbers.some((number) => !Number.isFinite(number))) return {};
  const most = Math.max(...numbers, 1);
  const drawing = el("div", { class: "bars", "aria-hidden": "true" }, question.rows.map((row, number) => {
    const certainty = answers.certaintyOf(question, row);
    const bar = el("span", { class: `bar-of ${certainty === "certain" && answers.isInterval(question, row) ? "vague" : certainty}` });
    bar.style.width = `${(numbers[number] / most) * 90}%`;
    return [el("span", {}, answers.named(question, row).filter(Boolean).join(" · ")), el("span", { class: "length" }, bar, el("span", { class: "number" }, texts.count(numbers[number])))];
  }));
  return { drawing, note: answers.drawnOf(question.rows.length, question) };
}

function table(question) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": text("answerTable") }, el("table", {},
    el("thead", {}, el("tr", {}, question.columns.map((column) => el("th", { scope: "col" }, inLanguage(column))))),
    el("tbody", {}, question.rows.map((row) => el("tr", {}, row.map((cell, number) =>
      el("td", { class: /^\d/.test(String(cell)) ? "number" : null }, visible(cell, question.columns[number].name))))))));
}

function visible(cell, column) {
  if (column === "certainty" && ["certain", "planned", "possible"].includes(cell)) return text(`certainty_${cell}`).toLocaleLowerCase(texts.language);
  const words = answers.words(cell);
  if (Array.isArray(cell) && (data.entities.has(cell[1]) || data.ties.has(cell[1]))) {
    return el("button", { type: "button", onclick: () => state.select(cell[1]) }, words);
  }
  if (/^https?:/.test(words)) return dom.link(words);
  return answers.dated(words) === words ? words : el("time", { datetime: words }, answers.dated(words));
}

window.addEventListener("resize", () => {
  if (state.now.view === "questions") show(state.now);
});

export { show };
