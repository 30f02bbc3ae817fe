/* What stands on the page of a subject: of people and organisations their meetings that pass the filters, with everybody who had a part
   in them; of what else has a page all its connections. Of a comparison that of each. Files of the page have exactly this. */
import * as data from "./data.js";
import * as meetings from "./meetings.js";
import * as subject from "./subject.js";

/** The entities and ties of the page that is open. @param {any} now @returns {{entities: Set<string>, ties: Set<string>}} */
function of(now) {
  const ids = subject.subjects(now);
  const [entities, ties] = [new Set(ids), new Set()];
  const add = (tie) => {
    ties.add(tie.id);
    entities.add(tie.from).add(tie.to);
  };
  for (const id of ids) {
    if (!subject.isAgent(id)) data.tiesOf.get(id).forEach(add);
    else for (const [event, { ties: own }] of meetings.passing(id, now.filters)) [...own, ...meetings.tiesIn(event, now.filters)].forEach(add);
  }
  return { entities, ties };
}

export { of };
