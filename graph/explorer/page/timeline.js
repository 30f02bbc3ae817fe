/* The timeline: every event that is shown as a field over the time in which it can have been. */
motegraf.timeline = (() => {
  const { data, dom, lettering, state, texts } = motegraf;
  const { el, svg } = dom;
  const { text } = texts;
  const ROW = 34;
  const MONTH = 31;

  function show(now, selection) {
    const box = dom.at("view-timeline");
    const events = [...selection.things].map((id) => data.things.get(id)).filter(data.isEvent);
    const dated = events.filter((event) => event.earliest && event.latest)
      .sort((first, second) => first.earliest.localeCompare(second.earliest) || first.latest.localeCompare(second.latest) || (first.id < second.id ? -1 : 1));
    const width = Math.max(320, box.clientWidth || 720);
    dom.replace(box,
      el("p", { class: "hint" }, text("timeCaption")),
      dated.length ? drawn(dated, width, now) : null,
      events.length > dated.length ? [el("h2", {}, text("noDate")), el("ul", {}, events.filter((event) => !event.earliest).map((event) =>
        el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => state.select(event.id) }, data.label(event.id)))))] : null);
  }

  function days(iso) {
    return Date.parse(`${iso}T00:00:00Z`) / 86400000;
  }

  function drawn(events, width, now) {
    const first = days(`${events[0].earliest.slice(0, 7)}-01`);
    const latest = events.map((event) => event.latest).sort().at(-1);
    const end = Date.UTC(Number(latest.slice(0, 4)), Number(latest.slice(5, 7)), 1) / 86400000;
    const narrow = width < 560;
    const names = narrow ? 0 : Math.min(280, width * 0.36);
    const row = narrow ? ROW + 16 : ROW;
    const height = 30 + events.length * row;
    const x = (day) => names + ((day - first) / (end - first)) * (width - names - 4);
    return svg("svg", { class: "time", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": text("timeline") },
      ticks(first, end, x, height, width),
      events.map((event, number) => one(event, 30 + number * row, { x, names, narrow, row }, now)));
  }

  function ticks(first, end, x, height, width) {
    const found = [];
    const at = new Date(first * 86400000);
    for (let count = 0; count < 600 && at.getTime() / 86400000 < end; count += 1) {
      found.push(at.toISOString().slice(0, 10));
      at.setUTCMonth(at.getUTCMonth() + 1);
    }
    const step = Math.ceil(found.length / Math.max(1, Math.floor(width / 84)));
    return found.filter((_, number) => number % step === 0).map((day, number) => svg("g", {},
      svg("line", { class: "grid", x1: x(days(day)), x2: x(days(day)), y1: 4, y2: height }),
      svg("text", { class: "tick", x: x(days(day)) + 4, y: 15 }, texts.month(day, { short: true, year: number === 0 || day.slice(5, 7) === "01" }))));
  }

  function one(event, y, { x, names, narrow, row }, now) {
    const [from, to] = [x(days(event.earliest)), x(days(event.latest) + 1)];
    const vague = days(event.latest) - days(event.earliest) >= MONTH;
    const planned = event.status === "status:planned";
    const label = data.label(event.id);
    const open = () => state.select(event.id);
    return svg("g", {
      class: "one", tabindex: "0", role: "button", "aria-current": now.selected === event.id ? "true" : null,
      "aria-label": `${label}, ${texts.span(event.earliest, event.latest)}, ${event.status ? data.label(event.status) : ""}`,
      onclick: open, onkeydown: (key) => { if (key.key === "Enter" || key.key === " ") { key.preventDefault(); open(); } },
    },
    svg("rect", { x: 0, y, width: names + 2000, height: row, fill: "transparent" }),
    narrow ? svg("text", { x: 2, y: y + 13 }, label) : words(label, names - 12, y + row / 2),
    svg("rect", { class: `span ${vague ? "vague" : ""} ${planned ? "planned" : ""}`, x: from + 1, y: narrow ? y + 20 : y + 7, width: Math.max(5, to - from - 2), height: row - (narrow ? 28 : 14), rx: 3 }));
  }

  /* A name in two lines at most, around a middle. */
  function words(label, width, middle) {
    const broken = lettering.lines(label, lettering.font(13), width, 2);
    return svg("text", {}, broken.map((line, number) =>
      svg("tspan", { x: 0, y: middle + 5 + (number - (broken.length - 1) / 2) * 15 }, `${line} `)));
  }

  return { show };
})();
