"""Serialize statements that stand in named graphs: TriG and N-Quads say in which, JSON-LD has short keys."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple

from graph.model.iris import prefixes_under
from graph.publish.jsonld import document_file, group_by_subject, node
from graph.query.formats import serialize_triples
from graph.query.results import TriplesResult
from graph.rdf.serialize import graph_key, serialize_pretty

# The formats that say in which graph a statement stands.
QUAD_FORMATS = ("trig", "nquads")


def quads_of(triples: Iterable[Triple], store: Store) -> Iterator[Quad]:
    """Yield these statements of a store, each once for every graph that has it."""
    for triple in set(triples):
        assert not isinstance(triple.subject, Triple)
        yield from store.quads_for_pattern(triple.subject, triple.predicate, triple.object)


def serialize_quads(quads: Iterable[Quad], format: str, base: str) -> bytes:
    """Return quads as TriG or N-Quads, each once, sorted, so that equal sets give equal bytes."""
    ordered = sorted(set(quads), key=lambda quad: (graph_key(quad), str(quad)))
    if format == "nquads":
        return "".join(sorted(f"{quad} .\n" for quad in ordered)).encode()
    return serialize_pretty(ordered, RdfFormat.TRIG, prefixes_under(base))


def serialize_document(triples: Iterable[Triple], format: str, base: str, about: NamedNode | None = None) -> bytes:
    """Return triples in a format without graphs; in JSON-LD with the terms of the published context, ``about`` first.

    Blank nodes, which no build of ours has, and statements about statements have no short form in JSON-LD.
    """
    triples = list(triples)
    if format != "jsonld" or any(_has_no_short_form(triple) for triple in triples):
        return serialize_triples(TriplesResult(triples), format, prefixes_under(base))
    ordered = sorted(set(triples), key=lambda triple: (triple.subject != about, str(triple)))
    return document_file([node(subject, own, base) for subject, own in group_by_subject(ordered)], base, only_used=True)


def _has_no_short_form(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode | Triple) or isinstance(triple.object, BlankNode | Triple)
