/* What the page itself says, in Norwegian and English, and how it writes numbers and days. */
import * as dom from "./dom.js";

const both = {
  site: ["Alle sidene", "All pages"],
  skip: ["Hopp til innholdet", "Skip to content"],
  title: ["Møtegraf: hvem møtte hvem, og setningen som sier det", "Møtegraf: who met whom, and the sentence that says so"],
  language: ["Språk", "Language"],
  toLight: ["Lyst", "Light"],
  toDark: ["Mørkt", "Dark"],
  views: ["Visninger av det samme", "Views of the same"],
  network: ["Nettverk", "Network"],
  timeline: ["Tidslinje", "Timeline"],
  map: ["Kart", "Map"],
  table: ["Tabell", "Table"],
  questions: ["Spørsmål", "Questions"],
  filters: ["Filtre", "Filters"],
  filter: ["Filtrer", "Filter"],
  fade: ["Tone ned", "Dim"],
  hide: ["Skjul", "Hide"],
  others: ["Resten", "The rest"],
  clearAll: ["Fjern alle", "Clear all"],
  remove: ["Fjern filteret {what}", "Remove the filter {what}"],
  facet_kind: ["Hva", "What"],
  facet_role: ["Rolle", "Role"],
  facet_status: ["Status", "Status"],
  facet_certainty: ["Sikkerhet", "Certainty"],
  facet_place: ["Sted", "Place"],
  facet_county: ["Fylke, den gang", "County, then"],
  facet_countyNow: ["Fylke, i dag", "County, now"],
  facet_district: ["Politidistrikt", "Police district"],
  facet_topic: ["Tema", "Topic"],
  facet_month: ["Måned", "Month"],
  kind_event: ["Arrangement", "Event"],
  kind_named: ["Bare nevnt", "Only named"],
  kind_person: ["Person", "Person"],
  kind_body: ["Organisasjon", "Organisation"],
  kind_group: ["Gruppe uten navn", "Unnamed group"],
  kind_series: ["Møterekke", "Series of events"],
  kind_audience: ["Målgruppe", "Target audience"],
  kind_letter: ["Brev", "Letter"],
  kind_plan: ["Plan", "Plan"],
  certainty_certain: ["Sikker", "Certain"],
  certainty_possible: ["Mulig", "Possible"],
  certainty_planned: ["Planlagt", "Planned"],
  certainty_ours: ["Avgjort av oss", "Decided by us"],
  legend: ["Tegnforklaring. Hvert tegn kan slås av og på.", "Legend. Each sign can be switched off and on."],
  legend_group: ["Gruppe", "Group"],
  legend_held: ["Holdt", "Held"],
  legend_planned: ["Planlagt", "Planned"],
  tie_series: ["hører til rekken", "belongs to the series"],
  tie_extends: ["utvider", "extends"],
  "tie_influenced-by": ["etter oppfordring i", "influenced by"],
  "tie_scheduled-before": ["berammet før", "scheduled before"],
  tie_references: ["viser til", "refers to"],
  tie_sender: ["sendt av", "sent by"],
  tie_recipient: ["sendt til", "sent to"],
  tie_issuer: ["gitt ut av", "issued by"],
  tie_coordinator: ["koordineres av", "coordinated by"],
  tie_audience: ["rettet mot", "aimed at"],
  "tie_drawn-from": ["hentet fra", "drawn from"],
  "tie_some-of": ["noen av", "some of"],
  part: ["Del i arrangementet", "Part in the event"],
  relation: ["Forbindelse", "Relation"],
  sure_present: ["Sikker: kilden sier at {who} var til stede.", "Certain: the source says that {who} was present."],
  sure_organiser: [
    "Sikker: kilden sier at {who} var arrangør. Den sier ikke hvem som var til stede derfra.",
    "Certain: the source says that {who} organised it. It does not say who was present from there.",
  ],
  sure_part: ["Sikker: kilden sier det.", "Certain: the source says so."],
  sure_registry: [
    "Kilden nevner vervet, ikke navnet. At {who} hadde vervet, er kjent fra registeret.",
    "The source names the office, not the person. That {who} held it is known from the registry.",
  ],
  planned_expected: ["Planlagt: kilden venter {who}. Den sier ikke om det ble slik.", "Planned: the source expects {who}. It does not say whether it came about."],
  planned_part: ["Planlagt: kilden sier ikke om det ble slik.", "Planned: the source does not say whether it came about."],
  possible_part: [
    "Mulig: minst {least} av {candidates} var til stede. Kilden sier ikke hvem.",
    "Possible: at least {least} of {candidates} was present. The source does not say who.",
  ],
  ours: ["Avgjort av oss som har lest kilden, ikke påstått av kilden.", "Decided by us who read the source; not claimed by the source."],
  who: ["Hvem", "Who"],
  what: ["Hva", "What"],
  role: ["Rolle", "Role"],
  capacity: ["I egenskap av", "In the capacity of"],
  onBehalfOf: ["På vegne av", "On behalf of"],
  attendance: ["Frammøte", "Attendance"],
  about: ["Om", "About"],
  when: ["Når", "When"],
  filtered: ["I filteret", "In the filter"],
  saidWhen: ["I kilden", "In the source"],
  timeOfDay: ["Klokka", "Time of day"],
  clockSpan: ["{begins}–{ends}", "{begins}–{ends}"],
  clockFrom: ["fra {begins}", "from {begins}"],
  clockTo: ["til {ends}", "until {ends}"],
  movedFrom: ["Flyttet fra", "Moved from"],
  movedTo: ["Flyttet til", "Moved to"],
  where: ["Hvor", "Where"],
  venue: ["Lokale", "Venue"],
  mode: ["Møteform", "Mode"],
  online: ["på nett", "online"],
  hybrid: ["på nett og på stedet", "online and on site"],
  ofBody: ["Møte i", "Meeting of"],
  county: ["Fylke", "County"],
  district: ["Politidistrikt", "Police district"],
  status: ["Status", "Status"],
  topics: ["Tema", "Topics"],
  amongOthers: ["(blant annet)", "(among others)"],
  openList: ["Ikke helt navngitt", "Not all named"],
  openEvents: ["ett av flere møter; kilden navngir ikke alle", "one of several meetings; the source does not name all"],
  openOthers: ["{list}: blant andre; kilden navngir ikke alle", "{list}: among others; the source does not name all"],
  also: ["Også kalt", "Also called"],
  party: ["Parti", "Party"],
  partyUndated: ["{party} (tiden er ikke kjent)", "{party} (time not known)"],
  offices: ["Verv", "Offices"],
  years: ["{from} – {to}", "{from} – {to}"],
  betweenYears: ["mellom {first} og {last}", "between {first} and {last}"],
  unknownTime: ["tiden er ikke kjent", "time not known"],
  became: ["Ble til", "Became"],
  asksFor: ["Ber om", "Asks for"],
  elsewhere: ["Andre steder", "Elsewhere"],
  saysSo: ["Setningen som sier det", "The sentence that says so"],
  rowSaysSo: ["Raden som sier det", "The row that says so"],
  rowsSaySo: ["Radene som sier det", "The rows that say so"],
  filledDown: ["(fylt ned fra {row})", "(filled down from {row})"],
  inThePage: ["I kildens tekst", "In the text of the source"],
  fromContext: ["fra sammenhengen: {what}", "from the context: {what}"],
  unnamed_who: ["hvem", "who"],
  unnamed_event: ["hvilket møte", "which meeting"],
  unnamed_what: ["hva", "what"],
  leansOn: ["Understreket: ord som setningen støtter seg på.", "Underlined: words that the sentence leans on."],
  published: ["publisert mellom {first} og {last}", "published between {first} and {last}"],
  publishedBasis: ["Hvordan tiden er kjent", "How the time is known"],
  retrieved: ["hentet tidligst {day}", "retrieved {day} at the earliest"],
  registrySays: ["Registeret sier", "The registry says"],
  sources: ["Kilde: {what}", "Source: {what}"],
  tiesOf: ["Forbindelser ({count})", "Connections ({count})"],
  address: ["Adresse (IRI)", "Address (IRI)"],
  copy: ["Kopier", "Copy"],
  copied: ["Adressen er kopiert", "The address is copied"],
  close: ["Lukk", "Close"],
  aroundTitle: ["Rundt {who}", "Around {who}"],
  rings: ["Ringer", "Rings"],
  oneRing: ["Vis én ring", "Show one ring"],
  twoRings: ["Vis to ringer", "Show two rings"],
  pathTitle: ["Veien mellom to", "The path between two"],
  pathFrom: ["Fra", "From"],
  pathTo: ["Til", "To"],
  pathHere: ["Finn veien herfra", "Find the path from here"],
  pathNone: ["Ingen vei mellom dem.", "There is no path between them."],
  pathSteps: ["{count} ledd. Hvert ledd viser til setningen sin.", "{count} steps. Each leads to its sentence."],
  pathWhich: ["Like korte veier", "Equally short paths"],
  pathNumber: ["Vei {at} av {count} som er like korte", "Path {at} of {count} that are equally short"],
  pathBefore: ["Forrige vei", "Previous path"],
  pathAfter: ["Neste vei", "Next path"],
  pathPossible: ["Ta med mulige ledd", "Include possible steps"],
  pathRelations: ["Ta med brev, planer og målgrupper", "Include letters, plans and audiences"],
  pathTool: ["Finn veien mellom to", "Find the path between two"],
  back: ["Tilbake til oversikten", "Back to the overview"],
  count: [
    "Her er {visible} av {all} navn, {events} av {allEvents} arrangementer og {ties} av {allTies} forbindelser.",
    "Here are {visible} of {all} people and meetings, {events} of {allEvents} events and {ties} of {allTies} connections.",
  ],
  countUndated: ["{count} av arrangementene har ikke kjent tid; de står under tegningen.", "{count} of the events have no known time; they stand under the drawing."],
  countUndatedOne: ["Ett av arrangementene har ikke kjent tid; det står under tegningen.", "One of the events has no known time; it stands under the drawing."],
  countUnmapped: ["{count} av arrangementene har ikke noe sted på kartet; de står under det.", "{count} of the events have no place on the map; they stand under it."],
  countUnmappedOne: ["Ett av arrangementene har ikke noe sted på kartet; det står under det.", "One of the events has no place on the map; it stands under it."],
  countAll: ["Tallene i filtrene gjelder hele grafen.", "The numbers in the filters are of the whole graph."],
  countHere: ["Tallene gjelder de {visible} navnene som er tegnet, av {all}.", "The numbers are of the {visible} people and meetings that are drawn, of {all}."],
  onlyPossible: ["Bare mulig i {when}: {events}.", "Only possibly in {when}: {events}."],
  onlyPossibleMany: ["{count} arrangementer er bare mulig i {when}.", "{count} events are only possibly in {when}."],
  maybeThen: ["{certainty}, men bare mulig i {when}", "{certainty}, but only possibly in {when}"],
  thePeriod: ["tidsrommet", "the period"],
  countPossible: ["+ {count} mulige", "+ {count} possible"],
  countPossibleOne: ["+ 1 mulig", "+ 1 possible"],
  countUnnamed: ["{count} navn fikk ikke plass; pek på tegnet for å lese dem.", "{count} labels found no room; point at the sign to read them."],
  countUnnamedOne: ["Ett navn fikk ikke plass; pek på tegnet for å lese det.", "One label found no room; point at the sign to read it."],
  countFitting: ["{count} passer til filtrene.", "{count} fit the filters."],
  countFittingOne: ["Én passer til filtrene.", "One fits the filters."],
  showAll: ["Vis alle {count} navn", "Show all {count} people and meetings"],
  showMost: ["Vis {count} av {all} navn", "Show {count} of {all} people and meetings"],
  moreAll: ["Vis {left} til i tegningen", "Show {left} more in the drawing"],
  moreOne: ["Vis én til i tegningen", "Show one more in the drawing"],
  moreSome: ["Vis {room} til i tegningen ({left} er ikke der)", "Show {room} more in the drawing ({left} are not there)"],
  moreFull: [
    "{left} andre er ikke tegnet: flere enn {most} navn på en gang kan ikke leses.",
    "{left} more are not drawn: more than {most} signs at once cannot be read.",
  ],
  less: ["Skjul de andre igjen", "Hide the others again"],
  ringsLeft: ["{count} til er ikke tegnet.", "{count} more are not drawn."],
  ringsLeftOne: ["Én til er ikke tegnet.", "One more is not drawn."],
  moreSources: ["og {count} kilder til", "and {count} more sources"],
  moreOneSource: ["og én kilde til", "and one more source"],
  arriving: ["Resten leses inn: {part} %.", "The rest is being read: {part} %."],
  deckSearch: ["Søket finner alle {all} navn.", "The search finds all {all} people, organisations and meetings."],
  rowsShown: ["Rad {first}–{last} av {all}", "Rows {first}–{last} of {all}"],
  rowsBefore: ["Forrige", "Previous"],
  rowsAfter: ["Neste", "Next"],
  notAnswered: [
    "Svarene på spørsmålene er ikke med i siden for en så stor graf. Spør med: motegraf ask",
    "The answers to the questions are not part of the page of so large a graph. Ask with: motegraf ask",
  ],
  nearer: ["Større", "Zoom in"],
  farther: ["Mindre", "Zoom out"],
  whole: ["Hele", "Whole"],
  canvas: [
    "Nettverk. Piltastene går fra nabo til nabo, Enter åpner belegget, pluss og minus endrer størrelsen. Det samme står i tabellen.",
    "Network. Arrow keys go from neighbour to neighbour, Enter opens the proof, plus and minus zoom. The table has the same.",
  ],
  stands: ["{what}: {who}, {count} forbindelser", "{what}: {who}, {count} connections"],
  standsOne: ["{what}: {who}, én forbindelse", "{what}: {who}, one connection"],
  open: ["Belegg", "Proof"],
  howTo: ["Velg et navn eller en strek", "Choose a name or a line"],
  howToText: [
    "Da står det her hva som er påstått, hvor sikkert det er, og setningen i kilden som sier det.",
    "Then this shows what is claimed, how certain it is, and the sentence of the source that says so.",
  ],
  howToRead: ["Slik leser du tegningen", "How to read the drawing"],
  theSource: ["Kilder", "Sources"],
  tableCaption: ["Forbindelsene som vises", "The connections that are shown"],
  tableAlone: ["Vises uten forbindelser", "Shown without connections"],
  possibly: ["mulig {what}", "possible {what}"],
  asPlanned: ["{what} (planlagt)", "{what} (planned)"],
  sometime: ["en gang i {when}", "some time in {when}"],
  byRegistry: ["Registeret sier: {what}", "The registry says: {what}"],
  expected: ["ventet {what}", "expected {what}"],
  actor: ["Hvem", "Who"],
  event: ["Arrangement", "Event"],
  certainty: ["Sikkerhet", "Certainty"],
  from: ["Tidligst", "Earliest"],
  to: ["Senest", "Latest"],
  proof: ["Belegg", "Proof"],
  sortBy: ["Sorter etter {what}", "Sort by {what}"],
  exports: ["Last ned det som vises:", "Download what is shown:"],
  answersAsOf: ["Svarene er regnet ut da siden ble bygget.", "The answers were found when the page was built."],
  rows: ["{count} rader", "{count} rows"],
  rowsOf: ["de {visible} første av {all} rader", "the first {visible} of {all} rows"],
  oneRow: ["én rad", "one row"],
  noRows: ["Ingen svar i denne grafen.", "No answer in this graph."],
  noDate: ["Uten kjent tid", "Without a known time"],
  timeCaption: ["Et felt viser tiden et møte kan ha vært i:", "A field shows the time in which a meeting can have been:"],
  officeCaption: ["Et felt viser hvor lenge noen hadde stillingen. Lyst i endene: dagen er bare kjent innenfor tidsrommet.", "A field shows how long somebody held the office. Light at the ends: the day is only known within the span."],
  span_month: ["Kjent på måneden eller bedre", "Known to the month or closer"],
  span_vague: ["Bare kjent innenfor tidsrommet", "Only known within the span"],
  view_Table: ["tabell", "table"],
  view_BarChart: ["søyler", "bars"],
  view_Graph: ["nettverk", "network"],
  view_Timeline: ["tidslinje", "timeline"],
  view_Map: ["kart", "map"],
  answerDrawn: ["{drawn} av {all} rader er tegnet.", "{drawn} of {all} rows are drawn."],
  answerDrawnAll: ["Tegningen viser alle radene ({all}).", "The drawing shows all rows ({all})."],
  answerNoTime: ["Resten har ikke kjent begynnelse og slutt; tabellen har alle.", "Of the rest a beginning and an end are not known; the table has all."],
  answerNoPlace: ["Resten har ikke noe kjent sted på kartet; tabellen har alle.", "The rest have no known place on the map; the table has all."],
  answerNoThing: ["Resten nevner ikke to som kan tegnes; tabellen har alle.", "The rest do not name two that can be drawn; the table has all."],
  answerTooMany: ["Flere kan ikke leses på én gang; tabellen har alle.", "More cannot be read at once; the table has all."],
  answerTopic: ["Vis møtene om {what}", "Show the meetings about {what}"],
  answerTable: ["Svaret som tabell", "The answer as a table"],
  answerCsv: ["Last ned svaret som CSV", "Download the answer as CSV"],
  spanLabel: ["Tidsrom", "Period"],
  spanFrom: ["Fra", "From"],
  spanTo: ["Til", "To"],
  spanHow: [
    "Med er alt som kan ha vært i tidsrommet. Skriv en dag, en måned eller et år (1.10.2014, 10.2014, 2014), eller flytt endene: piltaster en dag, Page Up og Page Down en måned.",
    "Included is all that can have been in the period. Type a day, a month or a year (2014-10-01, 2014-10, 2014), or move the ends: arrow keys a day, Page Up and Page Down a month.",
  ],
  spanOpen: ["Hele tiden", "All the time"],
  spanSince: ["Fra {day}", "From {day}"],
  spanUntil: ["Til og med {day}", "Until {day}"],
  spanUndated: ["{count} uten kjent tid er ikke med.", "{count} without a known time are left out."],
  spanUndatedOne: ["Ett uten kjent tid er ikke med.", "One without a known time is left out."],
  spanUnread: [
    "«{what}» er ikke forstått. Skriv en dag, en måned eller et år, som 1.10.2014, 10.2014 eller 2014.",
    "“{what}” is not understood. Type a day, a month or a year, as 2014-10-01, 2014-10 or 2014.",
  ],
  spanNoDay: ["Det finnes ingen dag som «{what}».", "There is no such day as “{what}”."],
  spanAfter: ["Fra kan ikke være etter til, som er {day}.", "From cannot be after to, which is {day}."],
  spanBefore: ["Til kan ikke være før fra, som er {day}.", "To cannot be before from, which is {day}."],
  footServed: ["Laget av Møtegraf. Siden spør bare tjeneren som ga den, og henter ingenting annet fra nettet.", "Made by Møtegraf. The page asks the server that gave it, and fetches nothing else from the network."],
  foot: [
    "Laget av Møtegraf. Siden er én fil og henter ingenting fra nettet.",
    "Made by Møtegraf. The page is one file and fetches nothing from the network.",
  ],
};
const numbers = {
  nb: ["ingen", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
  en: ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
};
const months = {
  nb: ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};
let language = "nb";

function text(key, values = {}) {
  const result = both[key];
  if (!result) return key;
  return result[language === "nb" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Words about so many: those of one where it is one and there are such.
 * @param {string} key
 * @param {number} count
 * @param {any} values
 * @returns {string}
 */
function many(key, count, values = {}) {
  return text(count === 1 && both[`${key}One`] ? `${key}One` : key, { count: figure(count), ...values });
}

function number(count) {
  return numbers[language][count] ?? figure(count);
}

/* A count in figures, thousands apart. */
function figure(count) {
  return new Intl.NumberFormat(language === "nb" ? "nb-NO" : "en-GB").format(count);
}

/* How many people or bodies: in Norwegian one of them is "én", one meeting "ett". */
function persons(count) {
  return language === "nb" && count === 1 ? "én" : number(count);
}

function quoted(words) {
  return language === "nb" ? `«${words}»` : `“${words}”`;
}

/* What words that prove something leave to the sentences around them: "from the context: which meeting". */
function fromContext({ unnamed }) {
  return text("fromContext", { what: unnamed.map((end) => text(`unnamed_${end}`)).join(", ") });
}

/* Words of a passage, and what they leave to their context. */
function withContext(passage, words) {
  return passage.unnamed ? `${words} (${fromContext(passage)})` : words;
}

function capital(words) {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

function day(iso, { short = false } = {}) {
  const [inYear, , of] = iso.split("-").map(Number);
  const named = month(iso, { short, year: false });
  return language === "nb" ? `${of}. ${named} ${inYear}` : `${of} ${named} ${inYear}`;
}

function month(iso, { short = false, year = true } = {}) {
  const [inYear, inMonth] = iso.split("-").map(Number);
  const named = months[language][inMonth - 1];
  const visible = short && named.length > 4 ? `${named.slice(0, 3)}${language === "nb" ? "." : ""}` : named;
  return year ? `${visible} ${inYear}` : visible;
}

/* Bounds as people say them: a day, a month, or from month to month; whole months only where they are whole. */
function span(earliest, latest) {
  if (earliest === latest) return day(earliest);
  const last = new Date(Date.UTC(Number(latest.slice(0, 4)), Number(latest.slice(5, 7)), 0)).getUTCDate();
  if (!earliest.endsWith("-01") || Number(latest.slice(8)) !== last) return `${day(earliest)} – ${day(latest)}`;
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return month(earliest);
  const same = earliest.slice(0, 4) === latest.slice(0, 4);
  return `${month(earliest, { year: !same })}–${month(latest)}`;
}

/* A time of the day, to the minute. */
function clock(time) {
  return time.slice(0, 5).replace(":", language === "nb" ? "." : ":");
}

/* The name of a country by its code. */
function country(code) {
  return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(language, { type: "region" }).of(code) : dom.plain(code);
}

/* Gives a part of the page its own words: for each key those in bokmål and in English. */
function add(words) {
  Object.assign(both, words);
}

function use(chosen) {
  language = chosen === "en" ? "en" : "nb";
}

function list(words) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

export {
  language, text, many, number, figure as count, persons, quoted, fromContext, withContext, capital, day, month, span, clock, country, add, use, list,
};
