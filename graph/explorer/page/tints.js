/* Tints: how something looks that stays in the background. Colours are mixed with the paper, not made transparent, so that
   nothing shines through, and words only as far as they can still be read (4.5 to 1, as WCAG asks). */
const [READABLE, VISIBLE] = [4.6, 2];
// How much of the paper is in a faded box, and in a faded line.
const [BOX, LINE] = [0.84, 0.72];
const WORDS = ["certain", "possible", "planned", "ours"];
const SIGNS = ["person", "body", "group", "other"];
const memory = new WeakMap();

function parts(colour) {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

/**
 * One colour with a part of another in it.
 * @param {string} colour as #rrggbb
 * @param {string} other as #rrggbb
 * @param {number} part between 0 and 1
 */
function mix(colour, other, part) {
  const [one, two] = [parts(colour), parts(other)];
  return `#${one.map((each, number) => Math.round(each + (two[number] - each) * part).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(colour) {
  const [red, green, blue] = parts(colour).map((each) => each / 255).map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, as WCAG 2.1 defines it. */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

/* A colour as near to its ground as keeps this contrast; itself where it has not even that. */
function faint(colour, ground, least) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 10; step += 1) {
    const part = (low + high) / 2;
    if (contrast(mix(colour, ground, part), ground) >= least) low = part;
    else high = part;
  }
  return mix(colour, ground, low);
}

/**
 * The palette of what is faded: `entities` for signs, boxes, names and roles, `lines` for lines.
 * @param {Record<string, string>} palette colours by name; of one that is no #rrggbb nothing is known, and it stays
 */
function faded(palette) {
  if (!Object.values(palette).every((colour) => /^#[0-9a-f]{6}$/i.test(colour))) return { entities: palette, lines: palette };
  if (!memory.has(palette)) {
    const { paper, frame, ink, held } = palette;
    const made = (names, how) => Object.fromEntries(names.map((name) => [name, how(palette[name])]));
    const box = mix(held, paper, BOX);
    memory.set(palette, {
      entities: {
        ...palette, held: box, "on-held": faint(ink, box, READABLE),
        // Names may stand on the ground of a frame, which is nearer to them than paper is.
        ink: faint(ink, frame, READABLE), ...made(WORDS, (colour) => faint(colour, paper, READABLE)), ...made(SIGNS, (colour) => faint(colour, paper, VISIBLE)),
      },
      lines: { ...palette, ...made(WORDS, (colour) => mix(colour, paper, LINE)) },
    });
  }
  return memory.get(palette);
}

export { contrast, faded };
