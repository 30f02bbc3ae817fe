"""Select entities of a graph with all that is needed to read, prove and query them elsewhere.

A selected entity has all its statements. So has what proves it, down to the words of the page, and an event is whole:
with all participations, the claims about it, its place and its time. Every other entity that is named has its types and
labels, so that no IRI is without a name, and an event its status, bounds and place.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pyoxigraph import Literal, NamedNode, Store

from graph.query.proof import entities_in_cell
from graph.query.results import QueryError, Table, Term
from graph.rdf.terms import iri

# Properties that lead to entities without which an entity cannot be read or proven.
_OUTGOING = frozenset(
    map(
        iri,
        (
            *("mg:concludedFrom", "prov:wasDerivedFrom", "prov:hadPrimarySource", "prov:wasQuotedFrom"),
            *("mg:evidence", "mg:keyEvidence", "dct:source", "dct:rights"),
            *("mg:event", "mg:agent", "mg:oneOf", "mg:candidate", "mg:inCapacity", "org:postIn", "schema:audience"),
            *("mg:topic", "dct:subject"),
            *("mg:time", "time:hasTime", "time:hasBeginning", "time:hasEnd", "org:memberDuring"),
            *("schema:location", "schema:containedInPlace"),
            *("mg:currentArea", "mg:currentBody", "mg:policeDistrict", "org:changedBy", "org:resultedFrom"),
        ),
    )
)
# Literals of several IRIs separated by spaces, as proofs are.
_IRI_LIST = re.compile(r"https?://\S+(?: https?://\S+)*")
# Properties by which parts point to their whole: parts in an event, events of a series, disputes about a claim.
_INCOMING = (iri("mg:event"), iri("schema:superEvent"), iri("mg:concerns"))
# What stands of an entity that is only named. Of an event it is also whether, when and where it was: formats that write
# such an event would else say that its time and place are not known.
_NAMING = tuple(
    map(
        iri,
        (
            *("rdf:type", "rdfs:label", "skos:prefLabel", "skos:inScheme"),
            *("mg:eventStatus", "mg:earliest", "mg:latest", "schema:location"),
            # By these one sees in a sentence that it is about them.
            *("schema:alternateName", "mg:asWritten", "dct:type", "skos:altLabel", "skos:hiddenLabel"),
        ),
    )
)


def select(store: Store, entities: Iterable[NamedNode], around: Iterable[NamedNode] = ()) -> list[str]:
    """Return the statements about these entities as sorted N-Quads lines.

    Of those ``around``, also the entities that refer to them are selected.
    """
    centres = list(around)
    near = [each for entity in centres for each in _subjects_of(store, entity)]
    described = _closure(store, [*entities, *centres, *near])
    quads = {quad for entity in described for quad in store.quads_for_pattern(entity, None, None)}
    # Statements name entities, an event that is only named its status, and the names of concepts their schemes.
    for _ in range(3):
        mentioned = {quad.object for quad in quads if isinstance(quad.object, NamedNode)} - described
        quads |= {
            quad for entity in mentioned for name in _NAMING for quad in store.quads_for_pattern(entity, name, None)
        }
    return sorted(f"{quad} ." for quad in quads)


def entities_in_table(table: Table, parameters: Iterable[Term] = ()) -> set[NamedNode]:
    """Return all entities that a result names, also in its columns of proof, and those that it was asked about."""
    entities: set[NamedNode] = set()
    for cell in (*parameters, *(cell for row in table.rows for cell in row)):
        if isinstance(cell, NamedNode) or (isinstance(cell, Literal) and _IRI_LIST.fullmatch(cell.value)):
            # Text that looks like IRIs and is none names nothing.
            with suppress(QueryError):
                entities.update(entities_in_cell(cell))
    return entities


def _subjects_of(store: Store, entity: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, None, entity):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _closure(store: Store, entities: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the entities and all that they lead to."""
    closure: set[NamedNode] = set()
    waiting = list(entities)
    while waiting:
        entity = waiting.pop()
        if entity in closure:
            continue
        closure.add(entity)
        waiting += _linked(store, entity)
    return closure


def _linked(store: Store, entity: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(entity, None, None):
        if quad.predicate in _OUTGOING and isinstance(quad.object, NamedNode):
            yield quad.object
    for predicate in _INCOMING:
        for quad in store.quads_for_pattern(None, predicate, entity):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
