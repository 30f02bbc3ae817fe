/* Text fitting: how wide words are, how they break into lines, and where a name has room. Sizes in CSS pixels. */
const FAMILY = '"Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans Condensed", sans-serif';
// A single word may be so much wider than its line before it is cut.
const UNCUT = 1.18;
// And a short word with the next one so much wider.
const GLUED = 1.15;
const renderer = document.createElement("canvas").getContext("2d");
const widths = new Map();

function font(size, weight = 400) {
  return `${weight} ${size}px ${FAMILY}`;
}

function width(words, of) {
  const key = `${of}|${words}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    renderer.font = of;
    widths.set(key, renderer.measureText(words).width);
  }
  return widths.get(key);
}

/* As many letters of a word as have room. */
function cut(word, of, most) {
  let end = Math.min(word.length, 60);
  while (end > 1 && width(word.slice(0, end), of) > most) end -= 1;
  return word.slice(0, end);
}

/* Words, each with the short one before it: no line ends in "i", if there is room. */
function glued(words, of, most, more) {
  const result = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const before = result.at(-1);
    if (before && /(^|\u00a0)\p{L}{1,2}$/u.test(before) && width(`${before} ${word}`, of) <= most * more) result[result.length - 1] = `${before}\u00a0${word}`;
    else result.push(word);
  }
  return result;
}

/* Words in lines no wider than `most`, at most so many; what is left out is shown as an ellipsis. A single word may be so much
   wider, unless the lines stand in a box. */
function lines(words, of, most, count, uncut = UNCUT) {
  return broken(words, of, most, count, uncut).map((line) => line.replaceAll("\u00a0", " "));
}

function broken(words, of, most, count, uncut) {
  const result = [];
  let line = "";
  for (const word of glued(words, of, most, Math.min(uncut, GLUED)).slice(0, 40)) {
    const longer = line ? `${line} ${word}` : word;
    if (width(longer, of) <= most) {
      line = longer;
      continue;
    }
    if (line) result.push(line);
    line = width(word, of) > most * uncut ? `${cut(word, of, most * uncut - width("…", of))}…` : word;
    if (result.length === count) break;
  }
  if (line) result.push(line);
  if (result.length <= count) return result;
  const kept = result.slice(0, count);
  let last = kept[count - 1];
  while (last && width(`${last}…`, of) > most) last = last.slice(0, -1);
  kept[count - 1] = `${last.trimEnd()}…`;
  return kept;
}

/* A box with so much more on every side. */
function grown({ x, y, w, h }, by) {
  return { x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by };
}

function overlap(one, other, apart = 0) {
  return one.x < other.x + other.w + apart && other.x < one.x + one.w + apart &&
    one.y < other.y + other.h + apart && other.y < one.y + one.h + apart;
}

/* Whether a line of points runs through a box. */
function crosses(points, box) {
  for (let number = 1; number < points.length; number += 1) {
    if (segmentMeets(points[number - 1], points[number], box)) return true;
  }
  return false;
}

function segmentMeets(from, to, { x, y, w, h }) {
  let enter = 0;
  let leave = 1;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  for (const [step, room] of [[-dx, from.x - x], [dx, x + w - from.x], [-dy, from.y - y], [dy, y + h - from.y]]) {
    if (step === 0) {
      if (room < 0) return false;
    } else {
      const at = room / step;
      if (step < 0) enter = Math.max(enter, at);
      else leave = Math.min(leave, at);
      if (enter > leave) return false;
    }
  }
  return true;
}

export { UNCUT, font, width, lines, grown, overlap, crosses };
