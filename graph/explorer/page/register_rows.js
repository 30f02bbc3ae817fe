/* Rows of parts: the records of an event of a register, made of a template that many events have alike and of the values of its
   own row; or those of pages, whose templates have no slots. `data/part_records.py` says how both are made. */

// How a slot stands in a text of a template, and the number of a row in the words for its place.
const MARK = /\u0001(\d+)\u0002/g;
const ROW = "\u0003";

function byCodePoint(one, other) {
  const [first, second] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < first.length && at < second.length; at += 1) {
    if (first[at] !== second[at]) return first[at].codePointAt(0) - second[at].codePointAt(0);
  }
  return first.length - second.length;
}

function fillText(text, values) {
  return text.includes("\u0001") ? text.replace(MARK, (_, slot) => values[slot]) : text;
}

/* A part of a record with the values of slots in it; a list with slots is sorted, as all lists are. */
function fill(value, values) {
  if (!values.length) return value; // nothing in it is a mark
  if (typeof value === "string") return fillText(value, values);
  if (Array.isArray(value)) {
    const filled = value.map((each) => fill(each, values));
    return filled.some((each, place) => each !== value[place]) && filled.every((each) => typeof each === "string") ? filled.sort(byCodePoint) : filled;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, values)]));
}

/* The records of a row but for its claims, which are numbered from `first`: entities, claims of agents, and ties. */
function records(template, values, first) {
  const names = template.claims.map((each) => fillText(each.id, values));
  const numbered = (claims) => claims.slice().sort((one, other) => byCodePoint(names[one], names[other])).map((place) => first + place);
  const of = (several) => several.map((record) => ({ ...fill(record, values), claims: numbered(record.claims) }));
  return { entities: of(template.entities), more: of(template.more), ties: of(template.ties) };
}

/* A claim of a row by its place: its id and source, and the cells that prove it or that it leans on. Of pages it has passages, `decoded`. */
function claim(template, values, place, decoded) {
  const { id, source, ...sides } = template.claims[place];
  if (!template.cells.length) return { id, source, keyEvidence: decoded(sides.keyEvidence, source), context: decoded(sides.context, source) };
  const words = template.slots + template.rows;
  const passage = (number) => {
    const [row, end, where, heading] = template.cells[number];
    const start = values[template.slots + row];
    const labels = Object.entries(template.places[where]).map(([tag, label]) => [tag, label.replaceAll(ROW, start)]);
    return { start, end, words: values[words + number], place: Object.fromEntries(labels), heading };
  };
  const passages = (numbers) => numbers.map(passage).sort((one, other) => one.start - other.start || one.end - other.end);
  return { id: fillText(id, values), source, keyEvidence: passages(sides.keyEvidence), context: passages(sides.context) };
}

export { claim, records };
