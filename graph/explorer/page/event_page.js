/* The page of a meeting, or of what else is no agent: time, place, who had a part, and the sentences and rows that say so. */
import * as around from "./around.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as longList from "./long_list.js";
import * as meetings from "./meetings.js";
import * as proof from "./proof.js";
import * as state from "./state.js";
import * as parts from "./subject_parts.js";
import * as texts from "./texts.js";
import * as values from "./values.js";

const { el } = dom;
const { text } = texts;
const CERTAINTIES = ["certain", "planned", "possible"];

texts.add({
  eventCertain: ["Hadde del i møtet", "Had a part in the meeting"],
  eventPlanned: ["Planlagt, ventet eller invitert", "Planned, expected or invited"],
  eventPossible: ["Kan ha hatt del i møtet", "May have had a part in the meeting"],
  eventOthers: ["Andre forbindelser", "Other connections"],
});
const HEADINGS = { certain: "eventCertain", planned: "eventPlanned", possible: "eventPossible" };

/** The page of an event as elements. @param {string} id @param {any} now @returns {any[]} */
function render(id, now) {
  const entity = data.entities.get(id);
  const inMeeting = [...meetings.partsIn(id).values()];
  const others = data.tiesOf.get(id).filter((tie) => !values.isPart(tie) || tie.to !== id);
  return [
    parts.acts(around.button(id, now)),
    el("p", { class: "kind" }, texts.capital(entity.type ? data.labels(entity.type).join(", ") : text(`kind_${entity.kind}`))),
    el("h2", { id: "subject-title", tabindex: "-1" }, data.label(id)),
    entity.status ? el("p", { class: `certainty ${entity.status === "status:planned" ? "planned" : ""}` }, texts.capital(data.label(entity.status))) : null,
    proof.facts(entity),
    CERTAINTIES.map((certainty) => ties(`${certainty} in ${id}`, text(HEADINGS[certainty]), inMeeting.filter((tie) => meetings.certaintyOf(tie) === certainty), id)),
    ties(`others of ${id}`, text("eventOthers"), others, id),
    proof.proofs(entity),
    proof.address(entity.iri),
  ];
}

/* Ties, each with what it is and a way to its proof. */
function ties(key, heading, all, id) {
  if (!all.length) return null;
  const name = (tie) => data.label(data.other(tie, id));
  const sortName = (tie) => data.sortLabel(data.other(tie, id));
  const sorted = all.slice().sort((one, other) => sortName(one).localeCompare(sortName(other), texts.language) || (one.id < other.id ? -1 : 1));
  return parts.section(`${heading} (${texts.count(all.length)})`, longList.list(key, sorted, (tie) => el("li", {}, parts.name(data.other(tie, id)), " ",
    el("span", { class: "hint" }, [data.named(tie), ...data.labels(tie.capacity), tie.attendance ? data.label(tie.attendance) : ""].filter(Boolean).join(" · ")), " ",
    el("button", { type: "button", class: "quiet", "aria-label": `${text("proof")}: ${name(tie)}`, onclick: () => state.select(tie.id) }, text("proof"))), { class: "counted", first: 30 }));
}

export { render };
