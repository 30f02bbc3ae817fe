/* A renderer that draws SVG: it takes the strokes that a drawing makes on a canvas, those that drawings use and no others.
   It gives the drawing as a text, for a file, or as elements, for the page. */
import * as dom from "./dom.js";

function svgRenderer(width, height, paper) {
  const parts = [];
  const stack = [];
  let look = { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", textAlign: "left", textBaseline: "alphabetic", dash: [] };
  let path = "";
  const round = (number) => Math.round(number * 100) / 100;
  const escaped = (words) => String(words).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

  function add(tag, of, words) {
    parts.push({ tag, of: { ...of, opacity: look.globalAlpha }, words });
  }

  function line() {
    return { stroke: look.strokeStyle, "stroke-width": round(look.lineWidth), "stroke-dasharray": look.dash.join(" ") || "none" };
  }

  function lettered(x, y) {
    const [, weight, size, family] = /^(\d+) ([\d.]+)px (.*)$/.exec(look.font);
    return {
      x: round(x), y: round(y), "font-family": family, "font-size": size, "font-weight": weight,
      "text-anchor": { left: "start", center: "middle", right: "end" }[look.textAlign],
      "dominant-baseline": look.textBaseline === "middle" ? "central" : "alphabetic",
    };
  }

  function serialise({ tag, of, words, view }) {
    if (view === "end") return "</svg>";
    const attributes = Object.entries(of).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    if (view === "begin") return `<svg${attributes}>`;
    return words === undefined ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${escaped(words)}</${tag}>`;
  }

  function ellipse(x, y, rx, ry) {
    path += `M${round(x - rx)} ${round(y)}a${round(rx)} ${round(ry)} 0 1 0 ${round(2 * rx)} 0a${round(rx)} ${round(ry)} 0 1 0 ${round(-2 * rx)} 0Z`;
  }

  function roundRect(x, y, w, h, r = 0) {
    path += `M${round(x + r)} ${round(y)}h${round(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${round(h - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${r}h${round(2 * r - w)}a${r} ${r} 0 0 1 ${-r} ${-r}v${round(2 * r - h)}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
  }

  const strokes = {
    save: () => { stack.push({ ...look, dash: [...look.dash] }); },
    restore: () => { look = stack.pop() ?? look; },
    beginPath: () => { path = ""; },
    closePath: () => { path += "Z"; },
    moveTo: (x, y) => { path += `M${round(x)} ${round(y)}`; },
    lineTo: (x, y) => { path += `L${round(x)} ${round(y)}`; },
    arc: (x, y, r) => ellipse(x, y, r, r),
    ellipse: (x, y, rx, ry) => ellipse(x, y, rx, ry),
    rect: (x, y, w, h) => roundRect(x, y, w, h),
    roundRect,
    setLineDash: (dash) => { look.dash = dash; },
    fill: () => { add("path", { d: path, fill: look.fillStyle }); },
    stroke: () => { add("path", { d: path, fill: "none", ...line() }); },
    fillRect: (x, y, w, h) => { add("rect", { x: round(x), y: round(y), width: round(w), height: round(h), fill: look.fillStyle }); },
    fillText: (words, x, y) => { add("text", { ...lettered(x, y), fill: look.fillStyle }, words); },
    strokeText: (words, x, y) => { add("text", { ...lettered(x, y), fill: "none", ...line(), "stroke-linejoin": look.lineJoin ?? "miter" }, words); },
    fillPath: (d) => { add("path", { d, fill: look.fillStyle }); },
    strokePath: (d) => { add("path", { d, fill: "none", ...line() }); },
    drawImage: (canvas, x, y, w, h) => { add("image", { x: round(x), y: round(y), width: round(w), height: round(h), href: canvas.toDataURL("image/png") }); },
    // What follows is of another size, within a box, and cut off at its edges.
    beginView: ({ x, y, w, h }, size) => {
      parts.push({ view: "begin", of: { x: round(x), y: round(y), width: round(w), height: round(h), viewBox: `0 0 ${round(size.width)} ${round(size.height)}`, preserveAspectRatio: "none" } });
    },
    endView: () => { parts.push({ view: "end", of: {} }); },
    text: ({ width: across = width, height: down = height, title = "", description = "", language = "" } = {}) => `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${width} ${height}"${language ? ` lang="${language}" role="img"` : ""}>${title ? `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>` : ""}<rect width="${width}" height="${height}" fill="${escaped(paper)}"/>${parts.map(serialise).join("")}</svg>\n`,
    elements: () => parts.map(({ tag, of, words }) => dom.svg(tag, of, words)),
  };
  return new Proxy(strokes, {
    get: (target, name) => (name in target ? target[name] : look[name]),
    set: (target, name, value) => { look[name] = value; return true; },
  });
}

export { svgRenderer };
