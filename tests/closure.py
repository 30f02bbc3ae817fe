"""All that follows from a graph by the axioms in it: RDFS, or OWL 2 RL, by owlrl.

owlrl takes literals for one another whose values it deems equal, such as 1 and true, or "KS"@nb and "KS". So literals
stand as nodes of their own while it works, each of the type of its datatype; whatever else they are said to be clashes.

owlrl compares all properties of a key but the last (release 7.6.2, rule prp-key): by a key of one property, as that of
ORG for organisations, everything is one. So that rule stands here as OWL 2 has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import owlrl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib import OWL, RDF, RDFS, XSD, URIRef

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
LITERAL = "urn:literal:"
LANG_STRING, PLAIN = str(RDF.langString), str(RDF.PlainLiteral)
# What a literal of a datatype is besides.
WIDER = {
    str(XSD.integer): {str(XSD.decimal)},
    str(XSD.string): {PLAIN},
    LANG_STRING: {PLAIN},
}


class OwlRl(owlrl.OWLRL_Semantics):  # type: ignore[misc]
    """The rules of OWL 2 RL, with that of keys corrected."""

    def _properties(self, triple: tuple[Any, Any, Any], cycle_num: int) -> None:
        subject, predicate, value = triple
        if predicate == OWL.hasKey:
            self._key(subject, list(self.graph.items(value)))
        else:
            super()._properties(triple, cycle_num)

    def _key(self, kind: Any, properties: list[Any]) -> None:
        """Rule prp-key: things of a class that share a value of each property of its key are the same."""
        for one in self.graph.subjects(RDF.type, kind):
            alike = [
                {other for value in self.graph.objects(one, each) for other in self.graph.subjects(each, value)}
                for each in properties
            ]
            for other in set.intersection(*alike):
                if other != one and (other, RDF.type, kind) in self.graph:
                    self.store_triple((one, OWL.sameAs, other))


DATATYPES = (str(XSD), LANG_STRING, PLAIN, "http://id.loc.gov/datatypes/edtf/")
SEMANTICS: dict[str, Any] = {"RDFS": owlrl.RDFS_Semantics, "OWL 2 RL": OwlRl}


@dataclass(frozen=True)
class Closure:
    """What follows, without statements about literals, and what contradicts itself."""

    triples: frozenset[Triple]
    clashes: tuple[str, ...]

    def store(self) -> Store:
        store = Store()
        store.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in self.triples)
        return store


def closure_of(triples: Iterable[Triple], semantics: str) -> Closure:
    """Return all that follows from these statements by "RDFS" or "OWL 2 RL"."""
    graph, literals = rdflib.Graph(), dict[Literal, URIRef]()
    for each in triples:
        value = each.object
        if isinstance(value, Literal):
            if value not in literals:
                literals[value] = URIRef(f"{LITERAL}{len(literals)}")
                graph.add((literals[value], RDF.type, URIRef(datatype(value))))
            graph.add((_term(each.subject), URIRef(each.predicate.value), literals[value]))
        else:
            graph.add((_term(each.subject), URIRef(each.predicate.value), _term(value)))
    # Of literals it knows only their types. Its own conversions of values would stay rdflib's for all other tests.
    owlrl.DeductiveClosure(SEMANTICS[semantics], improved_datatypes=False).expand(graph)
    back = {str(node): value for value, node in literals.items()}
    clashes = [str(error) for error in graph.objects(None, ERROR)]
    clashes += [clash for value, node in literals.items() for clash in _clashes(value, graph.objects(node, RDF.type))]
    return Closure(frozenset(_triples(graph, back)), tuple(sorted(clashes)))


def datatype(value: Literal) -> str:
    return LANG_STRING if value.language else value.datatype.value


def _term(node: object) -> URIRef | rdflib.BNode:
    assert isinstance(node, NamedNode | BlankNode)
    return URIRef(node.value) if isinstance(node, NamedNode) else rdflib.BNode(node.value)


def _clashes(value: Literal, types: Iterable[Any]) -> list[str]:
    own = datatype(value)
    fits = {own, *WIDER.get(own, ())}
    others = sorted(str(each) for each in types if str(each).startswith(DATATYPES) and str(each) not in fits)
    return [f"{value} is no {other}" for other in others]


def _triples(graph: rdflib.Graph, literals: dict[str, Literal]) -> Iterable[Triple]:
    for subject, predicate, value in graph:
        if isinstance(subject, rdflib.Literal) or str(subject) in literals or not isinstance(predicate, URIRef):
            continue
        yield Triple(_back(subject), NamedNode(str(predicate)), literals.get(str(value)) or _back(value))


def _back(node: object) -> NamedNode | BlankNode | Literal:
    if isinstance(node, rdflib.Literal):
        return Literal(str(node))
    return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))


def types_of(triples: Iterable[Triple]) -> set[tuple[str, str]]:
    """Return who is of which class, without the classes that everything is of."""
    everything = {str(RDFS.Resource), str(OWL.Thing)}
    return {
        (each.subject.value, each.object.value)
        for each in triples
        if each.predicate.value == str(RDF.type)
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, NamedNode)
        and each.object.value not in everything
    }
