"""An excerpt of a graph: the records of some entities and of ties between some, from a store that may be very large.

What the records need is copied into a small store, which the look-ups of the page are asked of as they are of a whole
graph: so the records are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from graph.explorer.data.payload import build_records
from graph.explorer.data.queries import details_of
from graph.explorer.data.records import Records
from graph.query.stores import connect_store
from graph.rdf.terms import iri, short_name

Pair = tuple[NamedNode, NamedNode]
_TYPE, _LABEL, _EVENT, _SUBJECT = map(iri, ("rdf:type", "rdfs:label", "mg:event", "mg:subject"))
_PARTS = {*map(iri, ("mg:Participation", "mg:PossibleParticipation"))}
_AGENTS = {*map(iri, ("mg:agent", "mg:candidate"))}
# What leads from a record to what proves it, from that to its sources, and to what a claim is about: by the names of
# these one sees what its words leave to their context.
_FOLLOWED = {
    *map(iri, ("mg:concludedFrom", "mg:evidence", "prov:hadPrimarySource", "mg:table", "org:memberDuring")),
    *map(iri, ("mg:event", "mg:agent", "mg:candidate", "mg:holderOf", "mg:candidateHolderOf", "mg:audience")),
    *map(iri, ("mg:author", "mg:sender", "mg:recipient", "mg:issuer", "mg:subject", "mg:object")),
}


def excerpt(
    store: Store, entities: Iterable[NamedNode], pairs: Iterable[Pair], texts: Callable[[str], str | None]
) -> Records:
    """Return the records of entities, and of the ties between pairs of them, with what proves them.

    A pair is tied from its first to its second; both are among the entities. ``texts`` gives the text of a source by
    its id, or None.
    """
    copied, wanted = _Copied(store), [*entities]
    for subject in (*wanted, *_ties(store, pairs)):
        copied.add(subject)
    copied.follow()
    run = connect_store(copied.store)
    return build_records(run, texts, details_of(run), {*map(short_name, wanted)})


class _Copied:
    """Statements copied from a large store; each subject once."""

    def __init__(self, store: Store) -> None:
        self.store = Store()
        self._added: set[NamedNode] = set()
        self._from = store
        self._waiting: list[NamedNode] = []

    def add(self, subject: NamedNode) -> None:
        """Copy all that is stated of a subject."""
        if subject in self._added:
            return
        self._added.add(subject)
        for quad in self._from.quads_for_pattern(subject, None, None):
            self.store.add(quad)
            if isinstance(quad.object, NamedNode) and quad.predicate in _FOLLOWED:
                self._waiting.append(quad.object)

    def follow(self) -> None:
        """Copy what proves the subjects, and the names of all that is mentioned."""
        while self._waiting:
            self.add(self._waiting.pop())
        mentioned = {quad.object for quad in self.store if isinstance(quad.object, NamedNode)}
        for thing in mentioned - self._added:
            self.store.extend(self._from.quads_for_pattern(thing, _LABEL, None))


def _ties(store: Store, pairs: Iterable[Pair]) -> Iterator[NamedNode]:
    """Yield the parts of the first of each pair in the second, and the claims that they stand in another relation."""
    agents_of: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for agent, event in pairs:
        agents_of[event].add(agent)
        for quad in store.quads_for_pattern(None, _SUBJECT, agent):
            if isinstance(quad.subject, NamedNode) and next(store.quads_for_pattern(quad.subject, None, event), None):
                yield quad.subject
    for event, agents in agents_of.items():
        for part in {quad.subject for quad in store.quads_for_pattern(None, _EVENT, event)}:
            if isinstance(part, NamedNode) and _is_part_of(store.quads_for_pattern(part, None, None), agents):
                yield part


def _is_part_of(quads: Iterable[Quad], agents: set[NamedNode]) -> bool:
    is_part = is_theirs = False
    for quad in quads:
        is_part = is_part or (quad.predicate == _TYPE and quad.object in _PARTS)
        is_theirs = is_theirs or (quad.predicate in _AGENTS and quad.object in agents)
    return is_part and is_theirs
