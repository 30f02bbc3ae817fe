"""JSON-LD framed: a tree for each event, or for each actor, with parts, claims and quotes in their places.

A tree repeats what it needs, so that each can be read, or stored, by itself. What is in no tree follows after them: the
file has the whole graph, and no statement but those of the graph.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from graph.publish.jsonld import Json, by_subject, document, name_of, node
from graph.rdf.terms import iri

_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_PROOF = ("prov:wasDerivedFrom", "mg:evidence", "mg:keyEvidence")
# What stands at the top of a frame, and which properties lead from there into the tree: forwards, and backwards.
FRAMES = {
    "event": (
        ("schema:Event", "schema:EventSeries"),
        (*_PROOF, "mg:agent", "cv:audience", "schema:location"),
        ("mg:event",),
    ),
    "actor": (
        ("foaf:Person", "org:Organization", "foaf:Group"),
        (*_PROOF, "mg:event", "org:memberDuring"),
        ("mg:agent", "org:member", "schema:author"),
    ),
}
# Claims point to events and actors themselves; they have their places as what proves something.
_NEVER_BACKWARDS = iri("mg:Claim")


def framed(triples: Iterable[Triple], by: str, base: str) -> bytes:
    """The statements, which stand subject by subject, as trees by event or by actor."""
    known = dict(by_subject(triples))
    classes, forwards, backwards = (set(map(iri, names)) for names in FRAMES[by])
    pointing: defaultdict[NamedNode, dict[NamedNode, list[NamedNode]]] = defaultdict(dict)
    types = {subject: {each.object for each in said if each.predicate == _TYPE} for subject, said in known.items()}
    for subject, said in known.items():
        for each in said if _NEVER_BACKWARDS not in types[subject] else ():
            if each.predicate in backwards and isinstance(each.object, NamedNode):
                pointing[each.object].setdefault(each.predicate, []).append(subject)
    told: set[NamedNode] = set()

    def tree(subject: NamedNode, above: frozenset[NamedNode]) -> Json:
        told.add(subject)
        within = above | {subject}

        def refer(predicate: NamedNode, value: NamedNode) -> Json | str:
            if value in within or value not in known:
                return name_of(value, base)
            if predicate in forwards:
                return tree(value, within)
            return named(value)

        found = node(subject, known[subject], base, refer)
        if not above:
            back = {
                name_of(predicate, base): [tree(each, within) for each in subjects]
                for predicate, subjects in pointing.get(subject, {}).items()
            }
            found |= {"@reverse": back} if back else {}
        return found

    def named(thing: NamedNode) -> Json:
        return node(thing, [each for each in known[thing] if each.predicate in (_TYPE, _LABEL)], base)

    tops = [tree(subject, frozenset()) for subject in known if types[subject] & classes]
    rest = [node(subject, said, base) for subject, said in known.items() if subject not in told]
    return document([*tops, *rest], base)
