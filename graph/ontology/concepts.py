"""Read the vocabulary: the concepts of ``ontology/schemes`` as plain records, for those who read pages."""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.findings import Finding, FindingsError
from graph.model.concepts import Concept, Vocabulary
from graph.rdf.statements import read_turtle
from graph.rdf.terms import compact, iri

NAMED = (iri("skos:prefLabel"), iri("skos:altLabel"), iri("skos:hiddenLabel"))
SCHEMES = ("role", "status", "attendance", "kind", "topic", "list", "reading", "basis", "body-type")


def read_vocabulary(folder: Path) -> Vocabulary:
    """Return the concepts by scheme and name, ``vocabulary["role"]["opener"]``.

    Raise FindingsError where a scheme is empty.
    """
    vocabulary: Vocabulary = {scheme: {} for scheme in SCHEMES}
    for file in sorted(folder.glob("*.ttl")):
        for concept in _concepts(file):
            scheme, _, name = concept.id.partition(":")
            vocabulary.setdefault(scheme, {})[name] = concept
    empty = [scheme for scheme in SCHEMES if not vocabulary[scheme]]
    if empty:
        raise FindingsError(
            Finding("ontology/schemes", 0, f"there is no concept of the scheme {name}") for name in empty
        )
    return vocabulary


def _concepts(file: Path) -> list[Concept]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    hidden: dict[str, list[tuple[str, str]]] = defaultdict(list)
    about: dict[str, list[str]] = defaultdict(list)
    implies, concepts = set(), []
    for triple in read_turtle(file, f"ontology/schemes/{file.name}"):
        assert isinstance(triple.subject, NamedNode)
        name, value = compact(triple.subject), triple.object
        if triple.predicate == iri("rdf:type") and value == iri("skos:Concept"):
            concepts.append(name)
        elif isinstance(value, NamedNode) and triple.predicate == iri("schema:about"):
            about[name].append(compact(value))
        elif isinstance(value, Literal) and triple.predicate in NAMED:
            if triple.predicate == iri("skos:prefLabel"):
                labels[name][value.language or ""] = value.value
            kept = hidden if triple.predicate == iri("skos:hiddenLabel") else names
            kept[name].append((value.language or "", value.value))
        elif isinstance(value, Literal) and triple.predicate == iri("mg:impliesAttendance") and value.value == "true":
            implies.add(name)
    return [
        Concept(
            name,
            labels[name],
            name in implies,
            tuple(about[name]),
            tuple(sorted(names[name])),
            tuple(sorted(hidden[name])),
        )
        for name in sorted(concepts)
    ]
