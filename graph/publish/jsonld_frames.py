"""Framed JSON-LD: a tree for each event, or for each actor, with its participations, claims and quotes.

A tree repeats what it needs, so that each can be read, or stored, by itself. Entities in no tree follow after them: the
file has the whole graph, and no statement besides.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from graph.publish.jsonld import Json, compact_iri, document_file, group_by_subject, node
from graph.rdf.terms import iri

_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_PROOF = ("mg:concludedFrom", "mg:evidence", "mg:keyEvidence")
# The classes at the top of a frame, and the properties that lead from there into the tree, forwards and backwards.
FRAMES = {
    "event": (
        ("schema:Event", "schema:EventSeries"),
        (*_PROOF, "mg:agent", "mg:candidate", "schema:audience", "schema:location"),
        ("mg:event",),
    ),
    "actor": (
        ("foaf:Person", "org:Organization", "foaf:Group"),
        (*_PROOF, "mg:event", "org:memberDuring"),
        ("mg:agent", "mg:candidate", "org:member", "schema:author"),
    ),
}
# Claims point to events and actors; they stand in the tree as proof instead.
_NEVER_BACKWARDS = iri("mg:Claim")


def frame(triples: Iterable[Triple], by: str, base: str) -> bytes:
    """Return the statements, which stand subject by subject, as trees by event or by actor."""
    statements = dict(group_by_subject(triples))
    classes, forwards, backwards = (set(map(iri, names)) for names in FRAMES[by])
    incoming: defaultdict[NamedNode, dict[NamedNode, list[NamedNode]]] = defaultdict(dict)
    types = {subject: {each.object for each in own if each.predicate == _TYPE} for subject, own in statements.items()}
    for subject, own in statements.items():
        for each in own if _NEVER_BACKWARDS not in types[subject] else ():
            if each.predicate in backwards and isinstance(each.object, NamedNode):
                incoming[each.object].setdefault(each.predicate, []).append(subject)
    placed: set[NamedNode] = set()

    def tree(subject: NamedNode, above: frozenset[NamedNode]) -> Json:
        placed.add(subject)
        ancestors = above | {subject}

        def refer(predicate: NamedNode, value: NamedNode) -> Json | str:
            if value in ancestors or value not in statements:
                return compact_iri(value, base)
            if predicate in forwards:
                return tree(value, ancestors)
            return named(value)

        json = node(subject, statements[subject], base, refer)
        if not above:
            back = {
                compact_iri(predicate, base): [tree(each, ancestors) for each in subjects]
                for predicate, subjects in incoming.get(subject, {}).items()
            }
            json |= {"@reverse": back} if back else {}
        return json

    def named(entity: NamedNode) -> Json:
        return node(entity, [each for each in statements[entity] if each.predicate in (_TYPE, _LABEL)], base)

    tops = [tree(subject, frozenset()) for subject in statements if types[subject] & classes]
    rest = [node(subject, own, base) for subject, own in statements.items() if subject not in placed]
    return document_file([*tops, *rest], base)
