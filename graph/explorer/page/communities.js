/* Communities: agents who meet one another more than others, as the build found them, counted over what the filters let through. */
import * as aggregates from "./aggregates.js";
import { CERTAIN } from "./count_index.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as dom from "./dom.js";
import * as subject from "./subject.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;
// So many communities stand there, of which each has at least so many members; so many bridges are named.
const MOST = 12;
const SMALLEST = 3;
const BRIDGES = 4;

texts.add({
  communities: ["Grupper som møtes", "Groups that meet"],
  communitiesAbout: [
    "Regnet ut av hvem som har del i samme holdte møter (Leiden). Ingen kilde sier at dette er grupper; navnet er medlemmene med flest møter.",
    "Computed from who has parts in the same held meetings (Leiden). No source says that these are groups; the name is the members with most meetings.",
  ],
  communityMembers: ["{members} medlemmer: {meetings}", "{members} members: {meetings}"],
  communityMeetings: ["{count} holdte møter", "{count} held meetings"],
  communityMeetingsOne: ["ett holdt møte", "one held meeting"],
  communityMeetingsNone: ["ingen holdte møter som passer", "no held meetings that fit"],
  communityBridges: ["Broer til andre grupper: {who}", "Bridges to other groups: {who}"],
  communitiesNot: [
    "Grupper som møtes, og hele grafen som struktur, regnes ikke ut for så mange møter.",
    "Groups that meet, and the structure of the whole, are not computed of so many meetings.",
  ],
  communityOthers: ["og {count} til", "and {count} more"],
});

/** The communities of what passes: their members in order, and in how many held meetings any of them certainly has a part. */
function found(filters) {
  const of = aggregates.overview(filters);
  of.communities ??= counted(of);
  return of.communities;
}

function counted(of) {
  const { columns: { arrays: { community, bridge }, pools: { communities } }, agent, columns: { arrays: { kind } } } = counts.index;
  const all = communities.map((_, number) => ({ number, members: [], bridges: [], meetings: 0, last: -1 }));
  const weight = (row) => of.agents.certain[row] + of.agents.planned[row] + of.agents.possible[row];
  for (let row = 0; row < Math.min(community.length, of.agents.certain.length); row += 1) {
    if (!community[row] || !agent[kind[row]] || !weight(row)) continue;
    all[community[row]].members.push(row);
    if (bridge[row]) all[community[row]].bridges.push(row);
  }
  for (let event = 0; event < of.strength.length; event += 1) {
    if (of.strength[event] !== CERTAIN) continue;
    aggregates.eachPartIn(of, event, (who, strength) => {
      const own = all[community[who]];
      if (!community[who] || strength !== CERTAIN || own.last === event) return;
      own.last = event;
      own.meetings += 1;
    });
  }
  const most = (one, other) => of.agents.certain[other] - of.agents.certain[one] || weight(other) - weight(one) || one - other;
  for (const each of all) {
    each.members.sort(most);
    each.bridges.sort(most);
  }
  return all.filter(({ members }) => members.length >= SMALLEST).sort((one, other) => other.meetings - one.meetings || one.number - other.number);
}

function agentButton(row) {
  const id = data.idAt(row);
  return el("button", { type: "button", class: "name-of", onclick: () => { if (id !== undefined) subject.open(id); } }, id === undefined ? "…" : data.name(id));
}

function between(rows, separator) {
  return rows.flatMap((row, number) => [number ? separator : null, agentButton(row)]);
}

/** The block of communities; hidden where there are fewer than two. */
function render(now) {
  if (data.served) return el("p", { class: "hint" }, text("communitiesNot"));
  const all = found(now.filters);
  const box = el("section", { class: "block communities", id: "block-communities", "aria-labelledby": "title-communities", hidden: all.length < 2 },
    el("h2", { id: "title-communities" }, text("communities")), el("p", { class: "hint" }, text("communitiesAbout")),
    el("ul", {}, all.slice(0, MOST).map(({ members, bridges, meetings }) => el("li", {},
      el("h3", {}, between(members.slice(0, 3), ", "), members.length > 3 ? ` ${text("communityOthers", { count: texts.count(members.length - 3) })}` : null),
      el("p", {}, text("communityMembers", { members: texts.count(members.length), meetings: meetings ? texts.many("communityMeetings", meetings) : text("communityMeetingsNone") })),
      bridges.length ? el("p", { class: "hint" }, text("communityBridges", { who: "" }), between(bridges.slice(0, BRIDGES), ", "), bridges.length > BRIDGES ? ` ${text("communityOthers", { count: texts.count(bridges.length - BRIDGES) })}` : null) : null))));
  return box;
}

/** The communities as rows of a table. */
function tableRows(now) {
  const labels = (rows) => rows.map((row) => data.label(data.idAt(row)));
  return found(now.filters).map(({ members, bridges, meetings }) => ({ name: labels(members.slice(0, 3)).join(", "), members: members.length, meetings, bridges: labels(bridges).join("; ") }));
}

export { found, render, tableRows };
