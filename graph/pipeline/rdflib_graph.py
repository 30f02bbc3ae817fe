"""Statements as an rdflib graph that is only read, for pySHACL: two indexes, and no contexts.

Filling rdflib's own memory store, and asking it of every triple in which graphs it stands, takes half the time of a
check of a page. rdflib takes long to import, so this module is imported when something is checked.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import RDF, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.store import Store

if TYPE_CHECKING:
    from rdflib.graph import _ContextType, _TriplePatternType, _TripleType
    from rdflib.term import Node

_STRING = "http://www.w3.org/2001/XMLSchema#string"
# rdflib's terms by ours. Graphs that share them compare their terms by identity, and not letter by letter.
Terms = MutableMapping[Any, Any]


class IndexStore(Store):
    """Triples of one graph, by subject and by predicate; nothing is removed from it."""

    # pySHACL takes no other stores. The only graph that there is has all triples.
    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._spo: dict[Any, dict[Any, dict[Any, _TripleType]]] = {}
        self._pos: dict[Any, dict[Any, dict[Any, _TripleType]]] = {}
        self._length = 0

    def add(self, triple: "_TripleType", context: "_ContextType | None" = None, quoted: bool = False) -> None:
        """Add a triple."""
        subject, predicate, value = triple
        values = self._spo.setdefault(subject, {}).setdefault(predicate, {})
        if value not in values:
            values[value] = triple
            self._pos.setdefault(predicate, {}).setdefault(value, {})[subject] = triple
            self._length += 1

    def triples(
        self, triple_pattern: "_TriplePatternType", context: "_ContextType | None" = None
    ) -> Iterator[tuple["_TripleType", Iterator["_ContextType | None"]]]:
        """Yield the triples of a pattern, with the graphs in which they stand left out."""
        for triple in self._matches(triple_pattern):
            yield triple, iter(())

    def _matches(self, pattern: "_TriplePatternType") -> Sequence["_TripleType"]:
        subject, predicate, value = pattern
        if predicate is None:
            index = self._spo.values() if subject is None else (self._spo.get(subject, {}),)
            every = (triple for of_one in index for triples in of_one.values() for triple in triples.values())
            return [triple for triple in every if value is None or triple[2] == value]
        if subject is None:
            values = self._pos.get(predicate, {})
            if value is not None:
                return [*values.get(value, {}).values()]
            return [triple for triples in values.values() for triple in triples.values()]
        triples = self._spo.get(subject, {}).get(predicate, {})
        if value is None:
            return [*triples.values()]
        return [triples[value]] if value in triples else []

    def __len__(self, context: "_ContextType | None" = None) -> int:
        """Return the number of triples."""
        return self._length

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: there is one graph."""


def rdflib_graph(statements: Iterable[Quad | Triple], terms: Terms | None = None) -> Graph:
    """Return the same statements in rdflib, their graphs made one. ``terms`` are those of graphs made before."""
    terms = shared_terms() if terms is None else terms
    store = IndexStore()
    graph = Graph(store=store)
    for statement in statements:
        # A term is copied once, and taken out of its statement once: each access makes an object of it.
        triple = statement.subject, statement.predicate, statement.object
        subject, predicate, value = (terms.get(term) or terms.setdefault(term, _term(term)) for term in triple)
        store.add((subject, predicate, value))
    return graph


def shared_terms() -> Terms:
    """Return the terms by which pySHACL itself asks: those of SHACL and RDF."""
    from pyshacl import consts

    asked = [each for each in vars(consts).values() if isinstance(each, URIRef)]
    return {NamedNode(str(each)): each for each in (*asked, RDF.type, RDF.first, RDF.rest, RDF.nil)}


def _term(term: object) -> "Node":
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            return RdflibLiteral(term.value, lang=term.language)
        datatype = term.datatype.value
        return RdflibLiteral(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
    assert isinstance(term, BlankNode)
    return BNode(term.value)
