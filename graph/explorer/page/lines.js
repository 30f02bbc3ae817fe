/* The lines of the network: how each looks, where it meets the box of an event, and how far it bends. */
import * as data from "./data.js";
import * as textFit from "./text_fit.js";

const STYLE = {
  certain: { width: 2, dashes: false },
  possible: { width: 1.8, dashes: [7, 5] },
  planned: { width: 1.8, dashes: [1.5, 4] },
  ours: { width: 1.2, dashes: [9, 3, 2, 3] },
};
const BENDS = [0.58, 0.66, 0.74, 0.82, 0.9];
const FAINT = 0.18;

/* Where lines meet the boxes of events: on the side that faces the actor, side by side in the order of the actors. */
function ports(ties, put, looks) {
  const ends = new Map();
  if (put.flow === "straight") return ends;
  const [along, over] = put.flow === "vertical" ? ["x", "y"] : ["y", "x"];
  const sides = new Map();
  for (const tie of ties) {
    if (!looks.get(tie.to)?.card) continue;
    const side = put.at.get(tie.from)[over] < put.at.get(tie.to)[over] ? -1 : 1;
    const key = `${tie.to} ${side}`;
    sides.set(key, [...(sides.get(key) ?? []), { tie, side }]);
  }
  const place = ({ tie }) => put.at.get(tie.from)[along];
  for (const here of sides.values()) {
    here.sort((one, other) => place(one) - place(other) || (one.tie.id < other.tie.id ? -1 : 1));
    const { card } = looks.get(here[0].tie.to);
    const [length, depth] = along === "x" ? [card.w, card.h] : [card.h, card.w];
    const step = Math.min(10, (length - 14) / Math.max(1, here.length - 1));
    here.forEach(({ tie, side }, number) => {
      const middle = put.at.get(tie.to);
      ends.set(tie.id, {
        [along]: middle[along] + (number - (here.length - 1) / 2) * step,
        [over]: middle[over] + (side * depth) / 2,
      });
    });
  }
  return ends;
}

/* The bend of a line that passes beside the boxes of other events, as little as can be; `bent` gives its points. */
function bend(flow, boxes, bent) {
  let smooth;
  for (const roundness of BENDS) {
    smooth = { enabled: true, type: "cubicBezier", forceDirection: flow, roundness };
    const points = bent(smooth);
    if (!boxes.some((box) => textFit.crosses(points, textFit.grown(box, 3)))) break;
  }
  return smooth;
}

/* The bend of a line between columns, or of one within a column, which bulges past what stands between. */
function across(tie, put) {
  const [from, to] = [put.at.get(tie.from), put.at.get(tie.to)];
  if (from.x !== to.x) return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
  const toLeft = from.side === "right";
  // Between cards it stays before the names beside them.
  const [far, down] = [from.side === "inside" ? Math.min(130, put.columns.apart * 1.2) : 40, from.y < to.y];
  return { enabled: true, type: toLeft === down ? "curvedCCW" : "curvedCW", roundness: Math.min(0.9, far / Math.abs(from.y - to.y || 1)) };
}

/* A tie as vis-network draws it. */
function drawn(tie, palette, { chosen, faded, smooth, to }) {
  const { width, dashes } = STYLE[tie.certainty];
  const colour = palette[tie.certainty];
  return {
    id: tie.id, from: tie.from, to, dashes, smooth, width: chosen ? width + 2 : width,
    color: { color: colour, hover: colour, highlight: colour, opacity: faded ? FAINT : 1 },
  };
}

/* The same, along its points, with a renderer. */
function trace(ctx, tie, points, palette, faded) {
  ctx.save();
  ctx.globalAlpha = faded ? FAINT : 1;
  ctx.strokeStyle = palette[tie.certainty];
  ctx.lineWidth = STYLE[tie.certainty].width;
  ctx.setLineDash(STYLE[tie.certainty].dashes || []);
  ctx.beginPath();
  points.forEach(({ x, y }, number) => ctx[number ? "lineTo" : "moveTo"](x, y));
  ctx.stroke();
  ctx.restore();
}

/* What stays in the foreground when something is selected: itself, its ties and their other ends; null if nothing is. */
function near(selected, selection) {
  const tie = data.ties.get(selected);
  if (tie && selection.ties.has(selected)) return { entities: new Set([tie.from, tie.to]), ties: new Set([selected]) };
  if (!selection.entities.has(selected)) return null;
  const ties = data.tiesOf.get(selected).filter((each) => selection.ties.has(each.id));
  return {
    entities: new Set([selected, ...ties.map((each) => data.other(each, selected))]),
    ties: new Set(ties.map((each) => each.id)),
  };
}

export { ports, bend, across, drawn, trace, near };
