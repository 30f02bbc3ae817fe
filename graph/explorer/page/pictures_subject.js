/* The picture of a page of a subject, and of a comparison: years as bars, with whom, and the meetings or parts, as many as have room. */
import * as compare from "./compare.js";
import * as data from "./data.js";
import * as figures from "./figures.js";
import * as meetings from "./meetings.js";
import * as otherSpellings from "./other_spellings.js";
import * as pictures from "./pictures.js";
import * as renderer from "./renderer.js";
import * as state from "./state.js";
import * as subject from "./subject.js";
import * as subjectContent from "./subject_content.js";
import * as parts from "./subject_parts.js";
import * as textFit from "./text_fit.js";
import * as texts from "./texts.js";

const { text } = texts;
const LOOKS = { certain: "held", planned: "planned", possible: "possible" };
const CERTAINTIES = Object.keys(LOOKS);
const [SIZE, LEADING, BARS, NUMBER, GAP] = [13, 16, 70, 46, 24];
// What a heading takes, what stands between two blocks, and what a list needs to have rows below another block.
const [HEADING, APART, LEAST] = [24, 14, 60];
// So many of a list are there before others have room, and no more than so many at all.
const [FEW, MOST] = [6, 60];

texts.add({
  pictureSome: ["{heading} ({visible} av {all})", "{heading} ({visible} of {all})"],
  pictureNoRoom: ["{heading}: ikke plass her", "{heading}: no room here"],
  pictureWhole: ["{heading} ({all})", "{heading} ({all})"],
});

/** What the picture has: blocks, of which one of rows is as long as there is room. @returns {any[]} */
function blocks(now) {
  const ids = subject.subjects(now);
  if (now.compare.length > 1) return ofComparison(ids, now);
  return subject.isAgent(ids[0]) ? ofAgent(ids[0], now) : ofEvent(ids[0]);
}

const counted = (other) => ({ name: data.label(other.id), ...other });

function ofAgent(id, now) {
  const passing = meetings.passing(id, now.filters);
  return [
    { kind: "years", groups: [{ label: "", meetings: passing }] },
    { kind: "rows", heading: text("actorCounterpartsAll"), rows: meetings.counterparts(id, passing, now.filters).map(counted), most: FEW },
    { kind: "rows", heading: text("actorMeetings"), rows: meetings.byTime(passing.keys()).map((event) => meetingRow(event, passing.get(event).certainty)) },
  ];
}

function ofComparison(ids, now) {
  const own = ids.map((id) => meetings.passing(id, now.filters));
  const groups = compare.groupsOf(ids, own);
  return [
    { kind: "rows", heading: text("actorMeetings"), rows: groups.map(({ label, meetings: of }) => ({ name: label, ...meetings.numbers(of) })), most: MOST, isWhole: true },
    { kind: "years", groups: [...ids.map((id, at) => ({ label: subject.named(ids)[at], meetings: own[at] })), { label: groups[0].label, meetings: groups[0].meetings }] },
    { kind: "rows", heading: groups[0].label, rows: meetings.byTime(groups[0].meetings.keys()).map((event) => meetingRow(event, groups[0].meetings.get(event).certainty)) },
  ];
}

function ofEvent(id) {
  const of = [...meetings.partsIn(id).values()];
  const sorted = of.map((tie) => ({ name: data.label(tie.from), sign: meetings.certaintyOf(tie), beside: data.named(tie) }))
    .sort((one, other) => CERTAINTIES.indexOf(one.sign) - CERTAINTIES.indexOf(other.sign) || one.name.localeCompare(other.name, texts.language));
  const isPart = new Set(of.map((tie) => tie.id));
  const others = data.tiesOf.get(id).filter((tie) => !isPart.has(tie.id)).map((tie) => ({ name: data.label(data.other(tie, id)), beside: data.named(tie) }));
  return [{ kind: "rows", heading: text("pictureParts"), rows: sorted, most: others.length ? MOST : undefined }, { kind: "rows", heading: text("eventOthers"), rows: others }];
}

texts.add({
  actorCounterpartsAll: ["Med del i samme møte", "With parts in the same meeting"],
  pictureParts: ["Hvem som hadde eller kan ha hatt del", "Who had or may have had a part"],
});

function meetingRow(id, certainty) {
  const { earliest, latest } = data.entities.get(id);
  return { name: data.label(id), sign: certainty, before: earliest && latest ? texts.span(earliest, latest) : text("noDate") };
}

/* All of it laid out in a width, no higher than there is room. */
function laidOut(now, width, most) {
  const figure = { width, height: 0, boxes: [], words: [] };
  let y = 0;
  let looks = new Set();
  const all = blocks(now).map((block) => (block.kind === "years" ? barsOf(block) : block)).filter((block) => block && block.rows?.length !== 0);
  for (const [at, block] of all.entries()) {
    if (y) y += APART;
    // Each of those below has room for its heading at least.
    const left = most - y - (all.length - at - 1) * (APART + HEADING);
    const made = block.kind === "years" ? years(block, width, y, left) : rows(block, width, y, left);
    figure.boxes.push(...made.boxes);
    figure.words.push(...made.words);
    looks = looks.union?.(made.looks) ?? new Set([...looks, ...made.looks]);
    y = made.y;
  }
  return { figure: { ...figure, height: y }, looks };
}

/* The groups of a block of years with what their bars are; null where there are no bars. */
function barsOf({ kind, groups }) {
  const all = groups.map((group) => ({ ...group, ...parts.perYear(group.meetings) })).filter(({ byYear, vague }) => byYear.size || vague);
  const bars = parts.yearAxis(all);
  return bars && { kind, all, ...bars };
}

/* Bars of the years, one group beside another, all on one scale; where they find no room the heading says so. */
function years({ all, axis, most }, width, top, room) {
  const made = { boxes: [], words: [], looks: new Set(), y: top };
  const hasRoom = room >= BARS + 90;
  heading(made, hasRoom ? text("yearsTitle") : text("pictureNoRoom", { heading: text("yearsTitle") }));
  if (!hasRoom) return made;
  const wide = (width - GAP * (all.length - 1)) / all.length;
  const isNamed = all.some(({ label }) => label);
  const bottoms = all.map((group, at) => multiple(made, { ...group, axis, most, isNamed }, at * (wide + GAP), wide));
  made.y = Math.max(...bottoms);
  return made;
}

/* The bars of one group from a place on; how far down it goes. */
function multiple(made, { label, byYear, vague, axis, most, isNamed }, left, wide) {
  const put = (x, y, words, more) => made.words.push({ x: left + x, y, words, ...more });
  const [name] = label ? textFit.lines(label, textFit.font(SIZE), wide, 1) : [];
  if (name) put(0, made.y + SIZE, name, { look: "name" });
  const base = made.y + (isNamed ? LEADING : 0) + BARS + 18;
  const step = Math.min(64, wide / axis.length);
  const every = Math.ceil(44 / step);
  axis.forEach((year, at) => {
    const of = byYear.get(year);
    const middle = at * step + (step - 3) / 2;
    let y = base;
    for (const each of CERTAINTIES.filter((certainty) => of?.[certainty])) {
      const h = Math.max(2, (of[each] / most) * BARS);
      y -= h;
      made.boxes.push({ look: LOOKS[each], x: left + at * step, y, w: Math.max(1, step - 3), h });
      made.looks.add(each);
    }
    // Certain, planned and possible ones are no one number: above a bar of several kinds stands each of them.
    if (of && step > 22) put(middle, y - 4, CERTAINTIES.filter((each) => of[each]).map((each) => texts.count(of[each])).join(" + "), { anchor: "middle", look: "muted" });
    if (at % every === 0) put(middle, base + 14, year, { anchor: "middle", look: "muted" });
  });
  made.boxes.push({ look: "behind", x: left, y: base, w: axis.length * step, h: 1 });
  const lines = parts.withoutBar({ byYear, vague }, axis).flatMap((sentence) => textFit.lines(sentence, textFit.font(SIZE), wide, 3));
  lines.forEach((line, number) => put(0, base + 18 + LEADING * (number + 1), line, { look: "muted" }));
  return base + 20 + lines.length * LEADING;
}

function heading(made, words) {
  made.words.push({ x: 0, y: made.y + SIZE + 2, words, look: "title" });
  made.y += HEADING;
}

/* Rows, each with bars and numbers, or with a sign; as many as there is room for, and how many of how many that is. */
function rows({ heading: words, rows: all, most = Infinity, isWhole = false }, width, top, room) {
  const made = { boxes: [], words: [], looks: new Set(), y: top + HEADING };
  const isCounted = all[0].certain !== undefined;
  const counts = isCounted ? CERTAINTIES.filter((each) => all.slice(0, most).some((row) => row[each])) : [];
  const largest = isCounted ? Math.max(...all.map(parts.sum)) : 0;
  const names = isCounted ? width * 0.46 : width;
  let drawn = 0;
  for (const row of all.slice(0, top && room < LEAST ? 0 : Math.min(most, MOST))) {
    const indent = row.sign ? 20 : 0;
    const lines = textFit.lines([row.before, row.name, row.beside].filter(Boolean).join(" · "), textFit.font(SIZE), names - indent - 10, 2);
    const high = lines.length * LEADING + 6;
    if (drawn && made.y + high > top + room) break;
    lines.forEach((line, number) => made.words.push({ x: indent, y: made.y + SIZE + 2 + number * LEADING, words: line, look: "name" }));
    if (row.sign) {
      made.boxes.push({ look: LOOKS[row.sign], x: 0, y: made.y + 4, w: 12, h: 11 });
      made.looks.add(row.sign);
    }
    let x = names;
    for (const each of counts) {
      const w = (row[each] / Math.max(1, largest)) * (width - names - counts.length * NUMBER - 6);
      if (w) made.boxes.push({ look: LOOKS[each], x, y: made.y + 4, w, h: 12 });
      if (row[each]) made.looks.add(each);
      x += w;
    }
    counts.forEach((each, at) => made.words.push({ x: width - (counts.length - 1 - at) * NUMBER, y: made.y + SIZE + 2, words: row[each] ? texts.count(row[each]) : "·", anchor: "end", look: each === "certain" ? "name" : "muted" }));
    made.y += high;
    made.boxes.push({ look: "behind", x: 0, y: made.y - 3, w: width, h: 1 });
    drawn += 1;
  }
  made.words.push({ x: 0, y: top + SIZE + 2, words: isWhole && drawn === all.length ? words : text(drawn < all.length ? "pictureSome" : "pictureWhole", { heading: words, visible: texts.count(drawn), all: texts.count(all.length) }), look: "title" });
  return made;
}

/* The numbers in a sentence; what may be the same is counted by itself, and said so. */
function extent() {
  const now = state.now;
  const own = subject.subjects(now).filter(subject.isAgent);
  const labels = subject.named(own);
  const each = own.map((id, at) => {
    const of = meetings.inWords(meetings.numbers(meetings.passing(id, now.filters)));
    return [own.length > 1 ? text("compareEach", { who: labels[at], count: of }) : of, otherSpellings.inWords(id)].filter(Boolean).join(". ");
  });
  const [id] = subject.subjects(now);
  const { earliest, latest, status, places } = data.entities.get(id);
  const about = own.length ? [] : [earliest && latest ? texts.capital(texts.span(earliest, latest)) : text("noDate"), data.labels(places).join(", "), status ? data.label(status) : ""];
  return [...about, ...each.map(texts.capital)].filter(Boolean).join(". ");
}

const PICTURE = {
  title() {
    if (state.now.compare.length > 1) return text("compareKind");
    const { kind, type } = data.entities.get(state.now.subject);
    return texts.capital(type ? data.labels(type).join(", ") : text(`kind_${kind}`));
  },
  cut: true,
  extent,
  claims: () => { const { entities, ties } = subjectContent.of(state.now); return [...[...ties].map((id) => data.ties.get(id)), ...[...entities].map((id) => data.entities.get(id))].flatMap(({ claims }) => claims); },
  key: (width) => [...laidOut(state.now, width, Infinity).looks].sort((one, other) => CERTAINTIES.indexOf(one) - CERTAINTIES.indexOf(other)).map((each) => figures.sign(LOOKS[each], text(`certainty_${each}`))),
  height: (width, most) => Math.max(20, laidOut(state.now, width, most).figure.height),
  draw: (ctx, width, most) => figures.draw(ctx, laidOut(state.now, width, most + 1).figure, renderer.colours()),
};

/* Registers it: one picture, of whatever page is open. */
function start() {
  pictures.register("subject", PICTURE);
}

export { start };
