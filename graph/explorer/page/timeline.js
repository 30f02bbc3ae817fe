/* The timeline: every event of the scene as a field over the time in which it can have been, under a brush that chooses a time. */
motegraf.timeline = (() => {
  const { brush, data, days, dom, lettering, selection, state, texts } = motegraf;
  const { el, svg } = dom;
  const { text } = texts;
  const ROW = 34;
  const MONTH = 31;
  const HEAD = 30;

  function show(now, chosen) {
    const box = dom.at("view-timeline");
    const events = [...chosen.scene.things].map((id) => data.things.get(id)).filter(data.isEvent);
    const on = (event) => chosen.things.has(event.id);
    const known = events.filter((event) => event.earliest && event.latest)
      .sort((first, second) => first.earliest.localeCompare(second.earliest) || first.latest.localeCompare(second.latest) || (first.id < second.id ? -1 : 1));
    const dated = known.filter((event) => !now.hide || on(event));
    const undated = events.filter((event) => !known.includes(event));
    const line = known.length ? lineOf(known, Math.max(320, box.clientWidth || 720)) : null;
    const focused = document.activeElement?.dataset?.event;
    // The brush stays where it is: a thumb that is held must not be made anew.
    const drawing = el("div", { class: "drawing" },
      dated.length ? drawn(dated, line, now, on) : null,
      undated.some(on) ? [el("h2", {}, text("noDate")), el("ul", {}, undated.filter(on).map((event) =>
        el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => state.select(event.id) }, data.label(event.id)))))] : null);
    const above = line ? brush.shown(line, now, undated.length) : null;
    if (above && box.contains(above)) box.lastElementChild.replaceWith(drawing);
    else dom.replace(box, el("p", { class: "hint" }, text("timeCaption")), above, drawing);
    if (focused) drawing.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /* The time that is drawn: whole months around all that is known, and where they stand. */
  function lineOf(events, width) {
    const latest = events.map((event) => event.latest).sort().at(-1);
    const narrow = width < 560;
    const names = narrow ? 0 : Math.min(280, width * 0.36);
    const line = {
      min: days.number(`${events[0].earliest.slice(0, 7)}-01`), max: Date.UTC(Number(latest.slice(0, 4)), Number(latest.slice(5, 7)), 1) / 86400000 - 1,
      width, narrow, names, left: names + (narrow ? 14 : 0), right: width - 14, row: narrow ? ROW + 16 : ROW,
    };
    return { ...line, x: (day) => line.left + ((day - line.min) / (line.max + 1 - line.min)) * (line.right - line.left) };
  }

  function drawn(events, line, now, on) {
    const height = HEAD + events.length * line.row;
    return svg("svg", { class: "time", viewBox: `0 0 ${line.width} ${height}`, role: "group", "aria-label": text("timeline") },
      period(line, height, now), ticks(line, height),
      events.map((event, number) => one(event, HEAD + number * line.row, line, now, on(event))));
  }

  /* What the brush has chosen, behind the events. */
  function period({ min, max, x }, height, now) {
    if (!now.filters.span) return null;
    const [from, to] = now.filters.span.map((day, end) => (day ? Math.min(max + 1, Math.max(min, days.number(day) + end)) : end ? max + 1 : min));
    return svg("rect", { class: "period", x: x(from), width: Math.max(1, x(to) - x(from)), y: 0, height });
  }

  function ticks({ min, max, x, width }, height) {
    const found = [];
    const at = new Date(min * 86400000);
    for (let count = 0; count < 600 && at.getTime() / 86400000 <= max; count += 1) {
      found.push(at.toISOString().slice(0, 10));
      at.setUTCMonth(at.getUTCMonth() + 1);
    }
    const step = Math.ceil(found.length / Math.max(1, Math.floor(width / 84)));
    return found.filter((_, number) => number % step === 0).map((day, number) => svg("g", {},
      svg("line", { class: "grid", x1: x(days.number(day)), x2: x(days.number(day)), y1: 4, y2: height }),
      svg("text", { class: "tick", x: x(days.number(day)) + 4, y: 15 }, texts.month(day, { short: true, year: number === 0 || day.slice(5, 7) === "01" }))));
  }

  function one(event, y, { x, names, narrow, row, width }, now, on) {
    const [from, to] = [x(days.number(event.earliest)), x(days.number(event.latest) + 1)];
    const vague = days.number(event.latest) - days.number(event.earliest) >= MONTH;
    const planned = event.status === "status:planned";
    const label = data.label(event.id);
    const open = () => state.select(event.id);
    return svg("g", {
      class: on ? "one" : "one faded", tabindex: "0", role: "button", "data-event": event.id, "aria-current": now.selected === event.id ? "true" : null,
      "aria-label": `${label}, ${texts.span(event.earliest, event.latest)}, ${event.status ? data.label(event.status) : ""}`,
      onclick: open, onkeydown: (key) => { if (key.key === "Enter" || key.key === " ") { key.preventDefault(); open(); } },
    },
    svg("rect", { x: 0, y, width: names + 2000, height: row, fill: "transparent" }),
    narrow ? svg("text", { x: 2, y: y + 13 }, lettering.lines(label, lettering.font(13), width - 4, 1)[0]) : words(label, names - 12, y + row / 2),
    svg("rect", { class: `span ${vague ? "vague" : ""} ${planned ? "planned" : ""}`, x: from + 1, y: narrow ? y + 20 : y + 7, width: Math.max(5, to - from - 2), height: row - (narrow ? 28 : 14), rx: 3 }));
  }

  /* A name in two lines at most, around a middle. */
  function words(label, width, middle) {
    const broken = lettering.lines(label, lettering.font(13), width, 2);
    return svg("text", {}, broken.map((line, number) =>
      svg("tspan", { x: 0, y: middle + 5 + (number - (broken.length - 1) / 2) * 15 }, `${line} `)));
  }

  window.addEventListener("resize", () => {
    if (state.now.view === "timeline") show(state.now, selection.shown(state.now));
  });

  return { show };
})();
