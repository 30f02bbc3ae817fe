/* Points and lines of the whole graph on a canvas of two dimensions: where there is no WebGL, and for pictures. */

// More lines than these take too long at each step of a drag; the longest are left out first.
const MOST_LINES = 30000;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{places: Float32Array, radii: Float32Array, colours: Uint8Array, corners: Float32Array, ends: Float32Array}} shapes
 * @param {{toScreen: (x: number, y: number) => [number, number], line: number[], pixels: number}} view
 */
function drawShapes(ctx, { places, radii, colours, corners, ends }, { toScreen, line, pixels }) {
  ctx.strokeStyle = hex(line.slice(0, 3).map((part) => Math.round(part * 255)));
  ctx.globalAlpha = line[3];
  ctx.lineWidth = 1;
  ctx.beginPath();
  const step = Math.max(1, Math.ceil(ends.length / 4 / MOST_LINES));
  for (let at = 0; at < ends.length; at += 4 * step) {
    ctx.moveTo(...toScreen(ends[at], ends[at + 1]));
    ctx.lineTo(...toScreen(ends[at + 2], ends[at + 3]));
  }
  ctx.stroke();
  for (let at = 0; at < radii.length; at += 1) {
    const [x, y] = toScreen(places[2 * at], places[2 * at + 1]);
    const r = radii[at] * pixels;
    ctx.fillStyle = hex(colours.subarray(4 * at, 4 * at + 3));
    ctx.globalAlpha = Math.round((colours[4 * at + 3] / 255) * 100) / 100;
    if (corners[at] || r < 1.5) {
      ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
    } else {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
}

/* Three bytes as programs for drawings read colours, too. */
function hex(bytes) {
  return `#${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export { drawShapes };
