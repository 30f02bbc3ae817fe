"""Read the vocabulary: the concepts of ``ontology/schemes`` as plain records, for those who read pages."""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.findings import Finding, FindingsError
from graph.model.concepts import Concept, Vocabulary
from graph.rdf.statements import read_turtle
from graph.rdf.terms import compact, iri

_PREFERRED, _HIDDEN = iri("skos:prefLabel"), iri("skos:hiddenLabel")
NAMED = (_PREFERRED, iri("skos:altLabel"), _HIDDEN)
_TYPE, _CONCEPT, _ABOUT, _IMPLIES = map(iri, ("rdf:type", "skos:Concept", "schema:about", "mg:impliesAttendance"))
SCHEMES = ("role", "status", "attendance", "mode", "standing", "kind", "topic", "list", "reading", "basis", "body-type")


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
        # Taken out once: each access makes an object.
        predicate, value = triple.predicate, triple.object
        if predicate in NAMED and isinstance(value, Literal):
            name, word = compact(triple.subject), (value.language or "", value.value)
            if predicate == _PREFERRED:
                labels[name][word[0]] = word[1]
            (hidden if predicate == _HIDDEN else names)[name].append(word)
        elif predicate == _TYPE and value == _CONCEPT:
            concepts.append(compact(triple.subject))
        elif predicate == _ABOUT and isinstance(value, NamedNode):
            about[compact(triple.subject)].append(compact(value))
        elif predicate == _IMPLIES and isinstance(value, Literal) and value.value == "true":
            implies.add(compact(triple.subject))
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
