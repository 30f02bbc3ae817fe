/* How the view at hand is read, in a few sentences: each view, and each way the network is laid out, has its own. */
import * as answerRows from "./answer_rows.js";
import * as dom from "./dom.js";
import * as texts from "./texts.js";

// Below this width the first view runs downwards (as in `positions.js`).
const NARROW = 700;

texts.add({
  readFirst: [
    "Et møte står i feltet for tiden vi kjenner, og over feltet står hvilken: en måned, eller et lengre tidsrom når kilden ikke sier mer. Hvor i feltet det står, sier ikke når det var.",
    "A meeting stands in the field of the time that is known, and the field says which: a month, or longer where the source says no more. Where in the field it stands does not say when it was.",
  ],
  readAcross: ["Feltene følger hverandre fra venstre mot høyre.", "The fields follow each other from left to right."],
  readDown: ["Feltene følger hverandre nedover.", "The fields follow each other downwards."],
  readSigns: [
    "Fylte bokser er holdt, omriss er planlagt. Personer og organisasjoner hører ikke til noe tidspunkt.",
    "Filled boxes were held, outlines were planned. People and organisations belong to no time.",
  ],
  readColumns: [
    "Møtene står i midten, de tidligste øverst. De som var med eller er ventet, står til venstre, grupper, brev og annet til høyre.",
    "Meetings stand in the middle, the earliest at the top. Those who took part or are expected stand to the left, groups, letters and others to the right.",
  ],
  readAround: [
    "I midten står den det gjelder, i ringen alt som er knyttet til den. Avstand og plass i ringen sier ingenting; streken sier hvor sikkert det er.",
    "In the middle stands whom it is about, in the ring all that is tied to it. Distance and place in the ring say nothing; the line says how certain it is.",
  ],
  readPath: [
    "Veien går fra den ene til den andre, ledd for ledd. Setningen til hvert ledd står over tegningen.",
    "The path leads from one to the other, step by step. The sentence of each step stands above the drawing.",
  ],
  readTimeline: [
    "Hver rad er et møte, og feltet viser tiden det kan ha vært i. Tiden går fra venstre mot høyre. Flytt endene av linjen for å velge et tidsrom i alle visninger.",
    "Each row is a meeting, and the field shows the time in which it can have been. Time runs from left to right. Move the ends of the line to choose a period in all views.",
  ],
  readMap: [
    "Et merke er et møte, i kommunen der det var. Fylte merker er holdt, omriss er planlagt. Tiden er ikke tegnet; den står i listen under.",
    "A mark is a meeting, in the municipality where it was. Filled marks were held, outlines were planned. Time is not drawn; it stands in the list below.",
  ],
  readTable: [
    "Hver rad er en forbindelse mellom noen og et møte, med setningen eller raden som sier det. Velg en overskrift for å sortere.",
    "Each row is a connection between somebody and a meeting, with the sentence or row that says so. Choose a heading to sort.",
  ],
  readQuestionsOnly: [
    "Spørsmålene står her, svarene ikke: for en så stor graf får en dem fra kommandoen eller fra tjeneren.",
    "The questions stand here, their answers do not: of so large a graph the command or the server gives them.",
  ],
  readQuestions: [
    "Hvert spørsmål har svaret som siden ble bygget med, for hele grafen: filtrene gjelder ikke her. Navnene i svaret åpner belegget.",
    "Each question has the answer with which the page was built, of the whole graph: filters do not apply here. The names in it open their proof.",
  ],
});

const OF_VIEW = { timeline: ["readTimeline"], map: ["readMap"], table: ["readTable"], questions: ["readQuestions"] };
const OF_SCENE = { around: ["readAround", "readSigns"], path: ["readPath"], all: ["readColumns", "readSigns"], more: ["readColumns", "readSigns"] };

/**
 * The sentences for what is on the screen; nothing for a view that explains itself.
 * @param {{view: string}} now
 * @param {{kind: string, rings?: string[][]}} scene
 * @returns {string}
 */
function words(now, scene) {
  if (now.view === "questions" && !answerRows.areHere()) return texts.text("readQuestionsOnly");
  if (now.view !== "network") return (OF_VIEW[now.view] ?? []).map((key) => texts.text(key)).join(" ");
  const isNarrow = dom.at("canvas").clientWidth > 0 && dom.at("canvas").clientWidth < NARROW;
  const keys = OF_SCENE[scene.kind] ?? ["readFirst", isNarrow ? "readDown" : "readAcross", "readSigns"];
  return keys.map((key) => texts.text(key)).join(" ");
}

export { words };
