"""Read what the documentation tells about each term: its texts, its axioms, and the rules and questions that use it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from graph import HOME
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
# A compact name, or the IRI of a scheme, which its prefix ends with a slash.
_NAME = re.compile(r"(?<![\w:-])[\w-]+:(?://[\w./-]*[\w-]|[\w-]+)")
# Facts about a term besides its texts, in this order: its own properties, then those that point to it.
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
Properties = dict[NamedNode, list[Value]]


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


def read_documented(home: Path) -> tuple[Properties, list[Term]]:
    """Return the properties of the ontology itself, and all terms of ours by name, schemes with their concepts."""
    properties = _by_subject(read_ontology(home / "ontology"))
    return properties[ONTOLOGY], _terms(properties, home)


def _terms(properties: dict[NamedNode, Properties], home: Path) -> list[Term]:
    back: defaultdict[NamedNode, Properties] = defaultdict(lambda: defaultdict(list))
    for subject in sorted(properties, key=str):
        for predicate, values in properties[subject].items():
            for value in values:
                if isinstance(value, NamedNode):
                    back[value][predicate].append(subject)
    # A home without questions of its own has those of this checkout.
    asking = home if (home / "queries").is_dir() else HOME
    users = {
        heading: _users_by_name(sorted(folder.glob(pattern)))
        for heading, folder, pattern in ((RULES, home, "ontology/rules/*.rq"), (QUESTIONS, asking, "queries/*.rq"))
    }

    def mutual(node: NamedNode, name: str) -> list[Value]:
        """Return the values of a symmetric property in the other direction."""
        return back[node].get(iri(name), []) if name == "owl:disjointWith" else []

    def term(node: NamedNode, kind: str, concepts: tuple[Term, ...] = ()) -> Term:
        own = properties[node]
        facts = [(label, [*own.get(iri(name), ()), *mutual(node, name)]) for name, label in _FACTS.items()]
        facts += [(label, back[node].get(iri(name), [])) for name, label in _BACK.items()]
        return Term(
            node=node,
            kind=kind,
            label=_label(own, "rdfs:label"),
            definition=_label(own, "skos:definition" if iri("skos:definition") in own else "dct:description"),
            examples=tuple(Label("", str(each.value)) for each in own.get(iri("skos:example"), ())),
            facts=tuple((label, tuple(values)) for label, values in facts if values),
            uses=tuple(
                (heading, tuple(names)) for heading, by_name in users.items() if (names := by_name[compact(node)])
            ),
            concepts=concepts,
        )

    result = []
    for node in sorted(properties, key=str):
        types = [each for each in properties[node].get(iri("rdf:type"), ()) if isinstance(each, NamedNode)]
        inside = [each for each in back[node].get(iri("skos:inScheme"), ()) if isinstance(each, NamedNode)]
        concepts = tuple(term(each, "concept") for each in sorted(inside, key=str))
        result += [term(node, _KINDS[each], concepts) for each in types if each in _KINDS]
    return result


def _users_by_name(files: Iterable[Path]) -> defaultdict[str, list[str]]:
    """Return by name which of these files of SPARQL, named without their endings, use the term."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for name in {*_NAME.findall(file.read_text(encoding="utf-8"))}:
            users[name].append(file.stem)
    return users


def _by_subject(quads: list[Quad]) -> dict[NamedNode, Properties]:
    by_subject: defaultdict[NamedNode, Properties] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            by_subject[quad.subject][quad.predicate].append(quad.object)
    return by_subject


def _label(properties: Properties, name: str) -> Label:
    texts = {each.language: each.value for each in properties.get(iri(name), ()) if isinstance(each, Literal)}
    return Label(texts.get("nb", ""), texts.get("en"))
