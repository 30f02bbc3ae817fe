"""The evidence of things: the sentence or row of a source that names each."""

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from graph.identity.things import LOOKUPS, Thing
from graph.query.lookup import lookup_rows
from graph.query.passages import Passage
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, text_of
from graph.rdf.terms import short_name

# More of one thing are not shown.
MAX_PASSAGES = 2


def evidence_of(things: Iterable[Thing], run: QueryFn, prefixes: Mapping[str, str]) -> dict[str, list[Passage]]:
    """Return a passage or two that name each thing, by its id; of a thing that no source names there are none."""
    nodes = [NamedNode(full_iri(thing.id, prefixes)) for thing in things]
    claims: dict[str, list[NamedNode]] = {}
    for thing, *found in lookup_rows(nodes, LOOKUPS / "claims.rq", run):
        if isinstance(thing, NamedNode):
            claims[short_name(thing)] = [NamedNode(each) for each in dict.fromkeys(map(text_of, found)) if each]
    passages = passages_by_entity((claim for several in claims.values() for claim in several), run)
    return {
        id: list(dict.fromkeys(passages[claim][0] for claim in several if passages.get(claim)))[:MAX_PASSAGES]
        for id, several in claims.items()
    }


def full_iri(id: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of an id under the base of a graph; an id that has no prefix of ours is one itself."""
    prefix, _, local = id.partition(":")
    return f"{prefixes[prefix]}{local}" if prefix in prefixes else id
