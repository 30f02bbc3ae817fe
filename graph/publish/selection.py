"""A selection: some things of a graph with all that is needed to read, prove and ask them elsewhere.

A thing that is selected stands there with all that the graph says of it. So does what proves it, down to the words of
the page, and an event stands there whole: with everybody's part in it, the claims about it, its place and its time. All
else that is named has its types and labels, so that no name leads nowhere.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pyoxigraph import Literal, NamedNode, Store

from graph.query.ask import entities_in_cell
from graph.query.results import QueryError, Table, Term
from graph.rdf.terms import iri

# From a thing that is described to those without which it cannot be read or proven.
_LEADS_TO = frozenset(
    map(
        iri,
        (
            *("prov:wasDerivedFrom", "prov:hadPrimarySource", "prov:wasQuotedFrom", "mg:evidence", "mg:keyEvidence"),
            *("mg:event", "mg:agent", "mg:oneOf", "mg:candidate", "mg:inCapacity", "cv:audience"),
            *("mg:topic", "dct:subject"),
            *("mg:time", "time:hasTime", "org:memberDuring", "schema:location", "schema:containedInPlace"),
            *("mg:currentArea", "mg:currentBody", "mg:policeDistrict", "org:changedBy", "org:resultedFrom"),
        ),
    )
)
# Literals that are several IRIs with spaces between, as proofs are written.
_THINGS = re.compile(r"https?://\S+(?: https?://\S+)*")
# To a thing that is described from what is part of it: who had which part in an event; what sources of it dispute.
_LEADS_BACK_TO = (iri("mg:event"), iri("mg:concerns"))
_NAMES = (iri("rdf:type"), iri("rdfs:label"), iri("skos:prefLabel"), iri("skos:inScheme"))


def select(store: Store, things: Iterable[NamedNode], around: Iterable[NamedNode] = ()) -> list[str]:
    """What the graph says of these things, as sorted N-Quads lines; of those ``around``, also what points to them."""
    centres = list(around)
    near = [each for thing in centres for each in _subjects_of(store, thing)]
    described = _closure(store, [*things, *centres, *near])
    quads = {quad for thing in described for quad in store.quads_for_pattern(thing, None, None)}
    # What is said names things, and the names of concepts name their schemes.
    for _ in range(2):
        named = {quad.object for quad in quads if isinstance(quad.object, NamedNode)} - described
        quads |= {quad for thing in named for name in _NAMES for quad in store.quads_for_pattern(thing, name, None)}
    return sorted(f"{quad} ." for quad in quads)


def entities_in_table(table: Table, given: Iterable[Term] = ()) -> set[NamedNode]:
    """All things that an answer names, those in its columns of proof too, and those that it was asked about."""
    found: set[NamedNode] = set()
    for cell in (*given, *(cell for row in table.rows for cell in row)):
        if isinstance(cell, NamedNode) or (isinstance(cell, Literal) and _THINGS.fullmatch(cell.value)):
            # Words that look like addresses, and are none, name nothing.
            with suppress(QueryError):
                found.update(entities_in_cell(cell))
    return found


def _subjects_of(store: Store, thing: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, None, thing):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _closure(store: Store, things: Iterable[NamedNode]) -> set[NamedNode]:
    """The things and all that they lead to."""
    found: set[NamedNode] = set()
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if thing in found:
            continue
        found.add(thing)
        waiting += _linked(store, thing)
    return found


def _linked(store: Store, thing: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(thing, None, None):
        if quad.predicate in _LEADS_TO and isinstance(quad.object, NamedNode):
            yield quad.object
    for predicate in _LEADS_BACK_TO:
        for quad in store.quads_for_pattern(None, predicate, thing):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
