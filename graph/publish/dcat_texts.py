"""Words of the catalogue: titles, descriptions and keywords of its datasets, its service and its files."""

from graph.builds.manifest import PARTS
from graph.model.labels import Label

CATALOGUE, SERVICE = "catalogue:motegraf", "catalogue:sparql"
MEETINGS, AREAS, QUESTIONS, VOCABULARY, SOURCES = (
    f"catalogue:{name}" for name in ("meetings", "areas", "questions", "vocabulary", "sources")
)
LIGHT = "motegraf-light.ttl"
TITLES = {
    CATALOGUE: Label("Møtegraf", "Møtegraf"),
    SERVICE: Label("Møtegraf: SPARQL-endepunkt", "Møtegraf: SPARQL endpoint"),
    MEETINGS: Label("Møtegraf: offentlige møter", "Møtegraf: public meetings"),
    AREAS: Label("Møtegraf: norske kommuner og fylker", "Møtegraf: Norwegian municipalities and counties"),
    QUESTIONS: Label("Møtegraf: ferdige spørsmål", "Møtegraf: ready questions"),
    VOCABULARY: Label("Møtegraf: ontologi og former", "Møtegraf: ontology and shapes"),
    SOURCES: Label("Møtegraf: tekstene til kildene", "Møtegraf: texts of the sources"),
}
DESCRIPTIONS = {
    CATALOGUE: Label(
        "Åpne data om offentlige møter, med belegg for hvert utsagn.",
        "Open data about public meetings, with proof of every statement.",
    ),
    SERVICE: Label(
        "Svarer på spørsmål i SPARQL 1.1 om alle grafene samlet, også med navngitte grafer; bare lesing.",
        "Answers queries in SPARQL 1.1 over all graphs together, named graphs too; read-only.",
    ),
    MEETINGS: Label(
        "Hvem som møtte hvem, hvor, når og om hva, og setningen som sier det. Sikkert og mulig holdes atskilt. "
        "Sitatene er fra sidene de viser til, på disse sidenes vilkår.",
        "Who met whom, where, when and about what, and the sentence that says so. What is certain and what is merely "
        "possible are kept apart. The quotes are from the pages they lead to, on the terms of those pages.",
    ),
    AREAS: Label(
        "Kommunene, fylkene og politidistriktene fra 2014, og hva som ble av dem frem til 2024.",
        "The municipalities, counties and police districts of 2014, and what became of them up to 2024.",
    ),
    QUESTIONS: Label(
        "Spørsmål til grafen i SPARQL, med norsk og engelsk tekst.",
        "Questions to the graph in SPARQL, with Norwegian and English texts.",
    ),
    VOCABULARY: Label(
        "Ordene som dataene er skrevet med, det som må gjelde for dem (SHACL), og konteksten for JSON-LD.",
        "The terms that the data are written in, what must hold of them (SHACL), and the context for JSON-LD.",
    ),
    SOURCES: Label(
        "Tekstene som belegg teller tegn i, slik at hvem som helst kan finne dem igjen. Hver tekst er på vilkårene til "
        "den som utga den.",
        "The texts in whose characters evidence counts, so that anybody can find it again. Each text is on the terms "
        "of its publisher.",
    ),
}
KEYWORDS = {
    MEETINGS: (
        Label("møter", "meetings"),
        Label("offentlig forvaltning", "public administration"),
        Label("åpenhet", "transparency"),
    ),
    AREAS: (
        Label("fylker", "counties"),
        Label("kommuner", "municipalities"),
        Label("politidistrikter", "police districts"),
    ),
    QUESTIONS: (Label("SPARQL", "SPARQL"),),
    VOCABULARY: (Label("ontologi", "ontology"), Label("SHACL", "SHACL")),
    SOURCES: (Label("kilder", "sources"), Label("sitater", "quotes")),
    SERVICE: (Label("SPARQL", "SPARQL"),),
}
# The files of each dataset, each with what it is.
FILES = {
    MEETINGS: {
        "motegraf.nq": Label(
            "Alt, som sorterte N-Quads: en graf for hver kilde.",
            "Everything, as sorted N-Quads: a graph for each source.",
        ),
        "motegraf.ttl": Label(
            "De samme utsagnene som Turtle, for å leses ovenfra.",
            "The same statements as Turtle, to be read from the top.",
        ),
        "motegraf.trig": Label("Det samme som TriG.", "The same as TriG."),
        "motegraf.jsonld": Label("Det samme som JSON-LD.", "The same as JSON-LD."),
        LIGHT: Label(
            "En lett del: det som er sluttet om møter, med navnene på alt som nevnes, og setningen bak hvert belegg; "
            "uten ontologien, detaljene i belegg og det i registeret som ingen side nevner.",
            "A light part: what is concluded of meetings, with the names of all that is mentioned and the sentence of "
            "each proof; without the ontology, details of proofs, and what no page mentions of the registry.",
        ),
    },
    AREAS: {"areas.ttl": Label("Alle områdene som Turtle.", "All areas as Turtle.")},
    QUESTIONS: {"queries.ttl": Label("Spørsmålene som RDF, etter SHACL.", "The questions as RDF, by SHACL.")},
    VOCABULARY: {
        "shapes.ttl": Label("Formene, i SHACL.", "The shapes, in SHACL."),
        "context.jsonld": Label("Konteksten for JSON-LD.", "The context for JSON-LD."),
        "ontology.html": Label("Hvert ord i ontologien, for mennesker.", "Every word of the ontology, for people."),
    },
    SOURCES: {"sources.zip": Label("En tekstfil for hver kilde.", "A text file for each source.")},
}
# What is said of the files of a build whose large registers are in parts.
FILES_WITH_PARTS = {
    "motegraf.nq": Label(
        "Alt unntatt store registre, som sorterte N-Quads: en graf for hver kilde.",
        "Everything but large registers, as sorted N-Quads: a graph for each source.",
    ),
    PARTS: Label(
        "Listen over delene som de store registrene er i: komprimerte N-Quads, hver fil med størrelse og kontrollsum.",
        "The list of the parts that the large registers are in: compressed N-Quads, each file with size and checksum.",
    ),
}
QUOTES_TERMS = Label(
    "Sitater og tekster er på vilkårene til dem som utga dem, og omfattes ikke av lisensen for dataene.",
    "Quotes and texts are on the terms of their publishers, and are not covered by the licence of the data.",
)
