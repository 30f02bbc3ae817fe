/* The network: vis-network draws the lines and follows the pointer; signs and names are drawn by the pen. */
motegraf.network = (() => {
  const { data, dom, lettering, pen, places, state, texts } = motegraf;
  const LINE = { certain: { width: 2, dashes: false }, possible: { width: 1.8, dashes: [7, 5] }, planned: { width: 1.8, dashes: [1.5, 4] } };
  const SAMPLES = 24;
  const BENDS = [0.58, 0.66, 0.74, 0.82, 0.9];
  const CORNERS = ["right-below", "right-above", "left-below", "left-above"];
  // Where a line meets the box of an event is a node of its own, with nothing drawn.
  const PORT = "|port";
  const GIVEN = new Map(data.drawing.edges.map((edge) => [edge.id, edge]));
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  let network = null;
  let palette = null;
  let put = null; // where things stand now
  let looks = new Map(); // how a thing is drawn: of an event its card
  let names = new Map(); // the names that have room, and their boxes
  let unnamed = new Map(); // the names that have none
  let roles = []; // the roles that have room on their lines
  let faded = { things: new Set(), ties: new Set() };
  let over = null; // what the pointer is on
  let stale = true; // names must find their room again
  let bends = new Map(); // how each line is bent, where things stand now
  let shownNow = null;

  function start() {
    const box = dom.at("canvas");
    network = new vis.Network(box, { nodes, edges }, {
      ...data.drawing.options,
      autoResize: false,
      nodes: { ...data.drawing.options.nodes, shape: "custom", ctxRenderer: renderer },
      edges: { ...data.drawing.options.edges, chosen: false },
      interaction: { ...data.drawing.options.interaction, selectConnectedEdges: false, hoverConnectedEdges: false },
    });
    network.on("beforeDrawing", (ctx) => drawUnder(ctx, network.getScale()));
    network.on("afterDrawing", (ctx) => drawOver(ctx, network.getScale()));
    network.on("click", ({ nodes: [node], edges: [edge] }) => state.select((looks.has(node) ? node : edge) ?? null));
    network.on("doubleClick", ({ nodes: [node] }) => looks.has(node) && state.set({ around: node, pathOpen: false, selected: node }));
    for (const [event, key] of [["hoverNode", "node"], ["hoverEdge", "edge"]]) {
      network.on(event, (what) => point(String(what[key]).replace(PORT, "")));
    }
    for (const event of ["blurNode", "blurEdge"]) network.on(event, () => point(null));
    network.on("zoom", zoomed);
    box.addEventListener("keydown", keyed);
    new ResizeObserver(resized).observe(box);
    let width = box.clientWidth;
    function resized() {
      if (box.clientWidth && box.clientWidth !== width) {
        width = box.clientWidth;
        if (shownNow) lay(shownNow);
      }
    }
  }

  function point(id) {
    over = id;
    dom.at("canvas").style.cursor = id ? "pointer" : "";
    network.redraw();
  }

  function zoomed() {
    stale = true;
    dom.at("canvas").classList.toggle("zoomed", network.getScale() > 1.02);
  }

  /* Shows a selection. Things stand where their scene puts them, whatever the filters leave of it. */
  function show(selection) {
    const again = shownNow?.scene.kind !== "first" || selection.scene.kind !== "first" || !put;
    shownNow = selection;
    if (again) lay(selection);
    else restyle(selection);
  }

  function lay(selection) {
    const box = dom.at("canvas");
    const width = box.clientWidth;
    if (!width) return;
    palette = pen.colours();
    put = places.of(selection.scene, width);
    bends = new Map();
    box.style.height = `${put.height}px`;
    restyle(selection);
    network.setSize("100%", `${put.height}px`);
    network.redraw();
    whole();
  }

  function restyle(selection) {
    palette = pen.colours();
    const { scene } = selection;
    const kept = (of, all) => [...all].filter((id) => !state.now.hide || of.has(id));
    const thingIds = kept(selection.things, scene.things).filter((id) => put.at.has(id));
    const tieIds = kept(selection.ties, scene.ties.map((tie) => tie.id));
    const near = nearSelected(selection);
    faded = {
      things: new Set(thingIds.filter((id) => !selection.things.has(id) || (near && !near.things.has(id)))),
      ties: new Set(tieIds.filter((id) => !selection.ties.has(id) || (near && !near.ties.has(id)))),
    };
    looks = new Map(thingIds.map((id) => [id, lookOf(id)]));
    const ends = ports(tieIds.map((id) => data.ties.get(id)));
    const standing = thingIds.map((id) => ({ id, x: put.at.get(id).x, y: put.at.get(id).y }));
    update(nodes, [...standing, ...[...ends].map(([id, at]) => ({ id: id + PORT, ...at }))]);
    update(edges, tieIds.map((id) => line(data.ties.get(id), ends.has(id))));
    bend(tieIds.filter((id) => !bends.has(id)));
    stale = true;
    network.redraw();
  }

  /* Where lines meet the boxes of events: on the side that faces the actor, side by side in the order of the actors. */
  function ports(ties) {
    const ends = new Map();
    if (put.flow === "straight") return ends;
    const [along, across] = put.flow === "vertical" ? ["x", "y"] : ["y", "x"];
    const sides = new Map();
    for (const tie of ties) {
      if (!looks.get(tie.to)?.card) continue;
      const side = put.at.get(tie.from)[across] < put.at.get(tie.to)[across] ? -1 : 1;
      const key = `${tie.to} ${side}`;
      sides.set(key, [...(sides.get(key) ?? []), { tie, side }]);
    }
    for (const here of sides.values()) {
      here.sort((one, other) => put.at.get(one.tie.from)[along] - put.at.get(other.tie.from)[along] || (one.tie.id < other.tie.id ? -1 : 1));
      const { card } = looks.get(here[0].tie.to);
      const [length, depth] = along === "x" ? [card.w, card.h] : [card.h, card.w];
      const step = Math.min(10, (length - 14) / Math.max(1, here.length - 1));
      here.forEach(({ tie, side }, number) => {
        const middle = put.at.get(tie.to);
        ends.set(tie.id, { [along]: middle[along] + (number - (here.length - 1) / 2) * step, [across]: middle[across] + (side * depth) / 2 });
      });
    }
    return ends;
  }

  function update(set, items) {
    const ids = new Set(items.map((item) => item.id));
    set.remove(set.getIds().filter((id) => !ids.has(id)));
    set.update(items);
  }

  /* What stays in the foreground when something is selected: itself, its ties and their other ends. */
  function nearSelected(selection) {
    const id = state.now.selected;
    const tie = data.ties.get(id);
    if (tie && selection.ties.has(id)) return { things: new Set([tie.from, tie.to]), ties: new Set([id]) };
    if (!selection.things.has(id) || !put.at.has(id)) return null;
    const ties = data.tiesOf.get(id).filter((each) => selection.ties.has(each.id));
    return { things: new Set([id, ...ties.map((each) => data.other(each, id))]), ties: new Set(ties.map((each) => each.id)) };
  }

  /* A line bends as much as it must to pass beside the boxes of other events, and no more. */
  function bend(tieIds) {
    if (put.flow === "straight") return;
    const boxes = [...looks].filter(([, look]) => look.card).map(([id]) => ({ id, box: boxOf(id, 1) }));
    for (const id of tieIds) {
      const tie = data.ties.get(id);
      for (const roundness of BENDS) {
        bends.set(id, { enabled: true, type: "cubicBezier", forceDirection: put.flow, roundness });
        edges.update({ id, smooth: bends.get(id) });
        const line_ = points(id);
        if (!boxes.some(({ id: event, box }) => event !== tie.from && event !== tie.to && lettering.crosses(line_, grown(box, 3)))) break;
      }
    }
  }

  function grown({ x, y, w, h }, by) {
    return { x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by };
  }

  function line(tie, ported) {
    const style = LINE[tie.certainty];
    const chosen = state.now.selected === tie.id;
    return {
      ...GIVEN.get(tie.id), id: tie.id, from: tie.from, to: ported ? tie.id + PORT : tie.to, dashes: style.dashes, width: chosen ? style.width + 2 : style.width,
      color: { color: palette[tie.certainty], hover: palette[tie.certainty], highlight: palette[tie.certainty], opacity: faded.ties.has(tie.id) ? 0.18 : 1 },
      smooth: put.flow === "straight" ? false : (bends.get(tie.id) ?? true),
    };
  }

  function lookOf(id) {
    const thing = data.things.get(id);
    const centre = shownNow.scene.kind === "around" && id === state.now.around;
    if (thing.kind !== "event" && !centre) return {};
    const size = put.name === "tall" ? 11.5 : 12;
    const font = lettering.font(size, 600);
    const lines = lettering.lines(data.name(id), font, put.at.get(id).room ?? 96, 6);
    const w = Math.max(...lines.map((each) => lettering.width(each, font))) + 12;
    return { card: { lines, size, weight: 600, leading: size * 1.2, w, h: lines.length * size * 1.2 + 10 } };
  }

  /* What vis-network asks for: how to draw a thing, and how much room it takes. */
  function renderer({ ctx, id, x, y }) {
    const zoom = network?.getScale() ?? 1;
    if (id.endsWith(PORT)) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
    const look = looks.get(id) ?? {};
    const half = pen.RADIUS[data.things.get(id).kind] ?? 7;
    return {
      drawNode() {
        pen.thing(ctx, id, { x, y }, look, palette, zoom, { faded: faded.things.has(id), selected: state.now.selected === id });
      },
      nodeDimensions: { width: (look.card?.w ?? half * 2 + 6) / zoom, height: (look.card?.h ?? half * 2 + 6) / zoom },
    };
  }

  function drawUnder(ctx, zoom) {
    if (!put) return;
    if (stale) {
      letter(zoom);
      stale = false;
    }
    pen.months(ctx, put, palette, zoom);
    pen.frames(ctx, put, palette, zoom);
    pen.circles(ctx, put, palette, zoom);
  }

  function drawOver(ctx, zoom) {
    if (!put) return;
    for (const role of roles) pen.role(ctx, role, palette, zoom, faded.ties.has(role.id));
    for (const [id, label] of names) {
      pen.name(ctx, label, palette, zoom, { faded: faded.things.has(id), selected: state.now.selected === id });
    }
    for (const id of [state.now.selected, over]) {
      if (unnamed.has(id)) pen.name(ctx, unnamed.get(id), palette, zoom, { over: true });
      if (data.ties.has(id) && !roles.some((role) => role.id === id)) {
        const role = roleOf(data.ties.get(id), 0.5, zoom);
        if (role) pen.role(ctx, role, palette, zoom, false);
      }
    }
  }

  /* Points on a line, where it is seen: not under the things that it ties. */
  function points(id) {
    const type = network.body.edges[id]?.edgeType;
    if (!type) return [];
    const tie = data.ties.get(id);
    const ends = [tie.from, tie.to].map((end) => boxOf(end, network.getScale()));
    const found = [];
    for (let number = 0; number <= SAMPLES; number += 1) {
      const { x, y } = type.getPoint(number / SAMPLES);
      if (!ends.some((box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h)) found.push({ x, y });
    }
    return found;
  }

  function boxOf(id, zoom) {
    const { x, y } = put.at.get(id);
    const card = looks.get(id)?.card;
    const [w, h] = card ? [card.w / zoom, card.h / zoom] : [16 / zoom, 16 / zoom];
    return { x: x - w / 2, y: y - h / 2, w, h };
  }

  /* The months on top and the times of frames, which nothing may cover. */
  function headings(zoom) {
    const months = put.months.length ? [{ x: 0, y: 0, w: dom.at("canvas").clientWidth, h: 20 / zoom }] : [];
    return put.name === "tall" ? put.frames.map(({ x, y, w }) => ({ x, y, w, h: 22 })) : months;
  }

  /* Every name finds room where it lies on no other name, sign or line; roles find theirs after the names. */
  function letter(zoom) {
    const lines = new Map(edges.getIds().map((id) => [id, points(id)]));
    const signs = new Map([...looks.keys()].map((id) => [id, boxOf(id, zoom)]));
    const taken = headings(zoom);
    names = new Map();
    unnamed = new Map();
    const inOrder = [...looks.keys()].filter((id) => !looks.get(id).card)
      .sort((one, other) => (other === state.now.selected) - (one === state.now.selected) ||
        data.tiesOf.get(other).length - data.tiesOf.get(one).length || (one < other ? -1 : 1));
    for (const id of inOrder) {
      const tried = candidates(id, zoom);
      const fit = tried.find(({ box }) =>
        !taken.some((other) => lettering.overlap(box, other, 3 / zoom)) &&
        ![...signs].some(([other, sign]) => other !== id && lettering.overlap(box, sign, 1 / zoom)) &&
        ![...lines.values()].some((line_) => lettering.crosses(line_, box)));
      if (fit) {
        names.set(id, fit);
        taken.push(fit.box);
      } else {
        unnamed.set(id, tried[0]);
      }
    }
    roles = [];
    for (const [id] of lines) {
      const tie = data.ties.get(id);
      const fit = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map((part) => roleOf(tie, part, zoom)).find((role) =>
        role && !taken.some((other) => lettering.overlap(role.box, other, 2 / zoom)) &&
        ![...signs.values()].some((sign) => lettering.overlap(role.box, sign, 1 / zoom)) &&
        ![...lines].some(([other, line_]) => other !== id && lettering.crosses(line_, role.box)) &&
        role.box.x >= 0 && role.box.x + role.box.w <= dom.at("canvas").clientWidth);
      if (fit) {
        roles.push(fit);
        taken.push(fit.box);
      }
    }
    motegraf.counted?.();
  }

  function roleOf(tie, part, zoom) {
    const type = network.body.edges[tie.id]?.edgeType;
    if (!type) return null;
    const size = 11;
    const words = data.named(tie);
    const { x, y } = type.getPoint(part);
    const [w, h] = [(lettering.width(words, lettering.font(size)) + 6) / zoom, (size + 3) / zoom];
    return { id: tie.id, words, size, certainty: tie.certainty, box: { x: x - w / 2, y: y - h / 2, w, h } };
  }

  /* The places where a name may stand, best first. */
  function candidates(id, zoom) {
    const { x, y, side } = put.at.get(id);
    const tall = put.name === "tall";
    const size = tall ? 11.5 : 12.5;
    const weight = data.things.get(id).kind === "person" ? 600 : 400;
    const font = lettering.font(size, weight);
    const leading = size * 1.15;
    const gap = state.now.selected === id ? 14 : 11;
    const width = dom.at("canvas").clientWidth;
    const found = [];
    for (const at of new Set([side, "right", "left", "below", "above", ...CORNERS])) {
      const beside = at.startsWith("right") || at.startsWith("left");
      const room = !beside ? 98 : tall ? (at.startsWith("right") ? width - x - gap - 2 : x - gap - 2) : 112;
      const twoLines = (most) => lettering.lines(data.name(id), font, most, 3).length <= 2;
      for (const most of beside || tall ? [room] : [70, room, 130].filter((each) => each !== 70 || twoLines(each))) {
        const lines = lettering.lines(data.name(id), font, most, 7);
        const w = Math.max(...lines.map((each) => lettering.width(each, font))) / zoom;
        const h = (lines.length * leading) / zoom;
        const far = (CORNERS.includes(at) ? gap * 0.7 : gap) / zoom;
        const left = at.startsWith("right") ? x + far : at.startsWith("left") ? x - far - w : x - w / 2;
        const top = at.endsWith("below") ? y + far : at.endsWith("above") ? y - far - h : y - h / 2;
        const align = at.startsWith("right") ? "left" : at.startsWith("left") ? "right" : "center";
        const box = { x: left, y: top, w, h };
        const within = zoom !== 1 || (left >= 0 && left + w <= width && top >= 0 && top + h <= put.height);
        if (within || !found.length) found.push({ box, lines, size, weight, leading, align });
      }
    }
    return found;
  }

  function whole() {
    network.moveTo({ position: { x: dom.at("canvas").clientWidth / 2, y: put.height / 2 }, scale: 1, animation: false });
    zoomed();
    network.redraw();
  }

  function zoomBy(factor) {
    const scale = Math.min(8, Math.max(0.3, network.getScale() * factor));
    network.moveTo({ scale, animation: false });
    zoomed();
    network.redraw();
  }

  /* Arrow keys go to the neighbour that lies most in that direction; where none does, to the nearest thing there. */
  function keyed(event) {
    const turn = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (turn !== undefined) {
      event.preventDefault();
      go(turn);
    } else if (event.key === "Enter" && state.now.selected) {
      event.preventDefault();
      dom.at("proof").focus();
    } else if (event.key === "Escape") {
      state.select(null);
    } else if (event.key === "+" || event.key === "-") {
      zoomBy(event.key === "+" ? 1.25 : 0.8);
    } else if (event.key === "0") {
      whole();
    }
  }

  function go(turn) {
    const from = put.at.has(state.now.selected) ? state.now.selected : null;
    const there = [...looks.keys()].filter((id) => !faded.things.has(id) || from);
    if (!from) {
      const first = there.sort((one, other) => put.at.get(one).y - put.at.get(other).y || put.at.get(one).x - put.at.get(other).x)[0];
      if (first) state.select(first);
      return;
    }
    const neighbours = new Set(data.tiesOf.get(from).filter((tie) => edges.get(tie.id)).map((tie) => data.other(tie, from)));
    const best = (ids) => ids.map((id) => {
      const [dx, dy] = [put.at.get(id).x - put.at.get(from).x, put.at.get(id).y - put.at.get(from).y];
      const off = Math.abs(Math.atan2(Math.sin(Math.atan2(dy, dx) - turn), Math.cos(Math.atan2(dy, dx) - turn)));
      return { id, off, cost: off * 200 + Math.hypot(dx, dy) };
    }).filter(({ off }) => off < Math.PI / 2 - 0.05).sort((one, other) => one.cost - other.cost || (one.id < other.id ? -1 : 1))[0];
    const next = best([...neighbours].filter((id) => looks.has(id))) ?? best([...looks.keys()].filter((id) => id !== from));
    if (next) state.select(next.id);
  }

  function bringIntoView(id) {
    const at = put?.at.get(id);
    if (!at || network.getScale() <= 1.02) return;
    network.moveTo({ position: at, animation: false });
    stale = true;
  }

  /* What is drawn, in CSS pixels of the canvas, so that it can be measured: names, roles, cards and lines. */
  function drawn() {
    const zoom = network.getScale();
    const corner = ({ x, y, w, h }) => {
      const at = network.canvasToDOM({ x, y });
      return { x: at.x, y: at.y, w: w * zoom, h: h * zoom };
    };
    return {
      things: [...looks.keys()],
      ties: edges.getIds(),
      cards: [...looks].filter(([, look]) => look.card).map(([id, look]) => ({ id, size: look.card.size, words: look.card.lines, ...corner(boxOf(id, zoom)) })),
      signs: [...looks].filter(([, look]) => !look.card).map(([id]) => ({ id, ...corner(boxOf(id, zoom)) })),
      names: [...names].map(([id, label]) => ({ id, size: label.size, words: label.lines, ...corner(label.box) })),
      unnamed: [...unnamed.keys()],
      roles: roles.map((role) => ({ id: role.id, size: role.size, words: role.words, ...corner(role.box) })),
      lines: edges.getIds().map((id) => ({ id, points: points(id).map((point_) => network.canvasToDOM(point_)) })),
    };
  }

  /* Draws everything anew with another pen, for export. */
  function drawWith(ctx) {
    const zoom = 1;
    drawUnder(ctx, zoom);
    for (const id of edges.getIds()) {
      const tie = data.ties.get(id);
      ctx.save();
      ctx.globalAlpha = faded.ties.has(id) ? 0.18 : 1;
      ctx.strokeStyle = palette[tie.certainty];
      ctx.lineWidth = LINE[tie.certainty].width;
      ctx.setLineDash(LINE[tie.certainty].dashes || []);
      ctx.beginPath();
      points(id).forEach(({ x, y }, number) => ctx[number ? "lineTo" : "moveTo"](x, y));
      ctx.stroke();
      ctx.restore();
    }
    for (const id of looks.keys()) pen.thing(ctx, id, put.at.get(id), looks.get(id), palette, zoom, { faded: faded.things.has(id), selected: state.now.selected === id });
    drawOver(ctx, zoom);
  }

  return {
    start, show, whole, zoomBy, bringIntoView, drawn, drawWith,
    relook() { if (shownNow && put) { lay(shownNow); } },
    unnamedCount: () => unnamed.size,
    size: () => ({ width: dom.at("canvas").clientWidth, height: put?.height ?? 0, paper: palette?.paper }),
  };
})();
