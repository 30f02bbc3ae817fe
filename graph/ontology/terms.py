"""What the page says of each term: its texts, what it is in RDF, and which terms, rules and questions use it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.iris import BASE
from graph.model.labels import Label
from graph.rdf.statements import read_ontology
from graph.rdf.terms import compact, iri

ONTOLOGY = NamedNode(f"{BASE}ontology")
CLASS, OBJECT, DATATYPE, SCHEME = "class", "object", "datatype", "scheme"
_KINDS = {
    iri("owl:Class"): CLASS,
    iri("owl:ObjectProperty"): OBJECT,
    iri("owl:DatatypeProperty"): DATATYPE,
    iri("skos:ConceptScheme"): SCHEME,
}
# What is shown of a term besides its texts, in this order: forwards, and backwards from those that point to it.
_FACTS = {
    "rdfs:subClassOf": Label("underklasse av", "subclass of"),
    "rdfs:subPropertyOf": Label("underegenskap av", "subproperty of"),
    "owl:disjointWith": Label("utelukker", "disjoint with"),
    "rdfs:domain": Label("brukes om", "domain"),
    "rdfs:range": Label("verdier", "range"),
    "mg:comesAfter": Label("kommer etter", "comes after"),
    "mg:impliesAttendance": Label("innebærer oppmøte", "implies attendance"),
    "skos:broader": Label("overordnet", "broader"),
    "schema:about": Label("handler om", "about"),
    "skos:closeMatch": Label("nær", "close match"),
    "rdfs:seeAlso": Label("se også", "see also"),
}
_BACK = {
    "rdfs:subClassOf": Label("underklasser", "subclasses"),
    "rdfs:domain": Label("egenskaper", "properties"),
    "rdfs:range": Label("er verdi av", "is a value of"),
    "skos:broader": Label("underordnede", "narrower"),
}
RULES = Label("brukt i regler", "used by rules")
QUESTIONS = Label("brukt i spørsmål", "used by questions")

Value = NamedNode | Literal
Said = dict[NamedNode, list[Value]]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or scheme of ours, or a concept of a scheme; ``facts`` are heading and values."""

    node: NamedNode
    kind: str
    label: Label
    definition: Label
    examples: tuple[Label, ...]
    facts: tuple[tuple[Label, tuple[Value, ...]], ...]
    uses: tuple[tuple[Label, tuple[str, ...]], ...]
    concepts: tuple["Term", ...] = ()


def header(folder: Path) -> Said:
    """What the ontology says of itself."""
    return _by_subject(read_ontology(folder))[ONTOLOGY]


def terms(home: Path) -> list[Term]:
    """All terms of ours: classes and properties by name, schemes with their concepts."""
    known = _by_subject(read_ontology(home / "ontology"))
    back: defaultdict[NamedNode, Said] = defaultdict(lambda: defaultdict(list))
    for subject in sorted(known, key=str):
        for predicate, values in known[subject].items():
            for value in values:
                if isinstance(value, NamedNode):
                    back[value][predicate].append(subject)
    texts = {
        heading: {file.stem: file.read_text(encoding="utf-8") for file in sorted(home.glob(pattern))}
        for heading, pattern in ((RULES, "ontology/rules/*.rq"), (QUESTIONS, "queries/*.rq"))
    }

    def mutual(node: NamedNode, name: str) -> list[Value]:
        """What excludes another is excluded by it, whichever of the two says so."""
        return back[node].get(iri(name), []) if name == "owl:disjointWith" else []

    def term(node: NamedNode, kind: str, concepts: tuple[Term, ...] = ()) -> Term:
        said = known[node]
        facts = [(label, [*said.get(iri(name), ()), *mutual(node, name)]) for name, label in _FACTS.items()]
        facts += [(label, back[node].get(iri(name), [])) for name, label in _BACK.items()]
        name = re.compile(rf"(?<![\w:-]){re.escape(compact(node))}(?![\w-])")
        used = ((label, [stem for stem, text in files.items() if name.search(text)]) for label, files in texts.items())
        return Term(
            node=node,
            kind=kind,
            label=_label(said, "rdfs:label"),
            definition=_label(said, "skos:definition" if iri("skos:definition") in said else "dct:description"),
            examples=tuple(Label("", str(each.value)) for each in said.get(iri("skos:example"), ())),
            facts=tuple((label, tuple(values)) for label, values in facts if values),
            uses=tuple((label, tuple(names)) for label, names in used if names),
            concepts=concepts,
        )

    found = []
    for node in sorted(known, key=str):
        types = [each for each in known[node].get(iri("rdf:type"), ()) if isinstance(each, NamedNode)]
        inside = [each for each in back[node].get(iri("skos:inScheme"), ()) if isinstance(each, NamedNode)]
        concepts = tuple(term(each, "concept") for each in sorted(inside, key=str))
        found += [term(node, _KINDS[each], concepts) for each in types if each in _KINDS]
    return found


def _by_subject(quads: list[Quad]) -> dict[NamedNode, Said]:
    found: defaultdict[NamedNode, Said] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            found[quad.subject][quad.predicate].append(quad.object)
    return found


def _label(said: Said, name: str) -> Label:
    texts = {each.language: each.value for each in said.get(iri(name), ()) if isinstance(each, Literal)}
    return Label(texts.get("nb", ""), texts.get("en"))
