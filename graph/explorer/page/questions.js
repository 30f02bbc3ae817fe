/* Ready questions with the answers that the build gave, in the view that each asks for. */
motegraf.questions = (() => {
  const { data, dom, state, texts } = motegraf;
  const { el } = dom;
  const { text } = texts;

  function said(label) {
    return label[texts.language] ?? label.nb;
  }

  function show(now) {
    const box = dom.at("view-questions");
    const groups = new Map();
    for (const question of data.questions) groups.set(said(question.group), [...(groups.get(said(question.group)) ?? []), question]);
    dom.replace(box, el("p", { class: "hint" }, text(data.questions.length || !data.total.things ? "answersAsOf" : "notAnswered")), [...groups].map(([name, questions]) =>
      [el("h2", {}, name), el("div", { class: "asked" }, questions.map((question) => one(question, now)))]));
  }

  function one(question, now) {
    const [first, all] = [question.rows.length, texts.count(question.count)];
    const count = question.count > first ? text("rowsOf", { shown: first, all }) : first === 1 ? text("oneRow") : text("rows", { count: all });
    const open = now.asked === question.name;
    const details = el("details", { open, id: `question-${question.name}` },
      el("summary", {}, said(question.summary), " ", el("span", { class: "hint" }, `(${count})`)),
      el("p", {}, said(question.description)));
    const fill = () => details.append(answer(question));
    if (open) fill();
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 2) fill();
      if (details.open && state.now.asked !== question.name) state.set({ asked: question.name });
      else if (!details.open && state.now.asked === question.name) state.set({ asked: null });
    });
    return details;
  }

  function answer(question) {
    if (!question.rows.length) return el("p", {}, text("noRows"));
    if (question.view === "BarChart" && question.columns.length >= 2) return [bars(question), table(question)].reduce((box, each) => { box.append(each); return box; }, el("div"));
    return table(question);
  }

  /* As bars: the last column is the length, the first the name. */
  function bars(question) {
    const numbers = question.rows.map((row) => Number(wordsOf(row.at(-1))));
    if (numbers.some((number) => !Number.isFinite(number))) return el("div");
    const most = Math.max(...numbers, 1);
    return el("div", { class: "bars", "aria-hidden": "true" }, question.rows.map((row, number) => {
      const bar = el("span", { class: "bar-of" });
      bar.style.width = `${(numbers[number] / most) * 90}%`;
      return [el("span", {}, wordsOf(row[0])), bar];
    }));
  }

  function table(question) {
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": said(question.summary) }, el("table", {},
      el("thead", {}, el("tr", {}, question.columns.map((column) => el("th", { scope: "col" }, said(column))))),
      el("tbody", {}, question.rows.map((row) => el("tr", {}, row.map((cell, number) =>
        el("td", { class: /^\d/.test(String(cell)) ? "number" : null }, shown(cell, question.columns[number].name))))))));
  }

  function wordsOf(cell) {
    return Array.isArray(cell) ? data.label(cell[1]) === cell[1] ? cell[0] : data.label(cell[1]) : cell;
  }

  function shown(cell, column) {
    if (column === "certainty" && ["certain", "possible"].includes(cell)) return text(`certainty_${cell}`).toLocaleLowerCase(texts.language);
    const words = dom.plain(wordsOf(cell));
    if (Array.isArray(cell) && (data.things.has(cell[1]) || data.ties.has(cell[1]))) {
      return el("button", { type: "button", onclick: () => state.select(cell[1]) }, words);
    }
    return /^https?:/.test(words) ? dom.link(words) : words;
  }

  return { show };
})();
