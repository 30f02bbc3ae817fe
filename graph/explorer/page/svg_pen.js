/* A pen that writes SVG: it takes the strokes that the drawing makes on a canvas, those that it uses and no others. */
motegraf.svgPen = (width, height, paper) => {
  const parts = [];
  const stack = [];
  let look = { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", textAlign: "left", textBaseline: "alphabetic", dash: [] };
  let path = "";
  const round = (number) => Math.round(number * 100) / 100;
  const escaped = (words) => String(words).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

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
    fill: () => { parts.push(`<path d="${path}" fill="${escaped(look.fillStyle)}" opacity="${look.globalAlpha}"/>`); },
    stroke: () => {
      parts.push(`<path d="${path}" fill="none" stroke="${escaped(look.strokeStyle)}" stroke-width="${round(look.lineWidth)}" stroke-dasharray="${look.dash.join(" ") || "none"}" opacity="${look.globalAlpha}"/>`);
    },
    fillRect: (x, y, w, h) => { parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${escaped(look.fillStyle)}" opacity="${look.globalAlpha}"/>`); },
    fillText: (words, x, y) => {
      const [, weight, size, family] = /^(\d+) ([\d.]+)px (.*)$/.exec(look.font);
      const anchor = { left: "start", center: "middle", right: "end" }[look.textAlign];
      const base = look.textBaseline === "middle" ? "central" : "alphabetic";
      parts.push(`<text x="${round(x)}" y="${round(y)}" font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" dominant-baseline="${base}" fill="${escaped(look.fillStyle)}" opacity="${look.globalAlpha}">${escaped(words)}</text>`);
    },
    text: () => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${escaped(paper)}"/>${parts.join("")}</svg>\n`,
  };
  return new Proxy(strokes, {
    get: (target, name) => (name in target ? target[name] : look[name]),
    set: (target, name, value) => { look[name] = value; return true; },
  });
};
