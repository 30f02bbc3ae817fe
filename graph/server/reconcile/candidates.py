"""Candidates for a row of a table: who may be meant, how likely, and whether anybody is meant for sure.

A match is stated only where an identifier proves it for one candidate alone, or where one alone bears the whole name
and nothing else is near: never of a person, nor of a body that one source alone names, and of an event only on its day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.common.names import fold_name
from graph.identity.candidates import NameIndex
from graph.model.iris import ENTITIES, prefixes_under
from graph.query.entries import Entry
from graph.query.names_index import Index
from graph.query.search import Rank
from graph.rdf.terms import iri as iri_of
from graph.rdf.terms import iri_problem
from graph.server.reconcile.facts import Facts, agrees, day_bounds, facts_of, known_bounds
from graph.server.reconcile.identifiers import SCHEMES, WITHOUT_VETO, Identifiers, identifiers, normal_values
from graph.server.reconcile.names import (
    is_abbreviation,
    name_index,
    name_score,
    nearest,
    thing_of,
    without_identifiers,
)
from graph.server.reconcile.request import MatchQuery
from graph.server.reconcile.vocabulary import KINDS, PROPERTIES, TYPES, types_of
from graph.server.stores import query_fn
from graph.server.urls import path_of
from graph.server.workers.entry_index import search_index
from graph.server.workers.published import published_store

# What leads from an id that is not kept to the one that is.
_KEPT_AS = iri_of("mg:keptAs")
# The scheme of ids of the service itself.
_ID = "id"
# Scores go from 0 to 100. What is less like the query is no candidate.
MIN_SCORE = 55.0
# So much of its score a candidate keeps where a property contradicts it.
_CONTRADICTED = 0.6
# A candidate within so many points of another is near it.
NEAR = 10.0
# Its number, or another id that is no proof by itself, was given in the place of a name.
_NAMED_BY_ID = 90.0
# All words of the row stand in a name: one of them may be enough, but is no more than that.
_PART_OF_A_NAME = MIN_SCORE
# So many more than are wanted are scored: what is found first need not be the best.
_LOOKED_AT = 4


@dataclass(slots=True)
class Candidate:
    """An entity that a row may mean: its score, what speaks for and against it, and whether it is meant for sure.

    ``proven``: an identifier of the row is its own; ``contested``: another one is not.
    """

    entry: Entry
    name_score: float
    full_name: bool
    proven: bool
    contested: bool
    features: dict[str, bool | float] = field(default_factory=dict)
    score: float = 0.0
    match: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """The build of a worker: its store and files, the index of its names, its identifiers."""

    store: Store
    folder: Path
    base: str

    @property
    def index(self) -> Index:
        """Return the index of the names of all entities."""
        return search_index(self.store, self.folder, self.base)

    @property
    def identifiers(self) -> Identifiers:
        """Return the identifiers of all entities."""
        return identifiers(self.store, self.folder, self.base)

    @property
    def names(self) -> NameIndex:
        """Return the index of names that are like others; an empty one for a large build."""
        return name_index(self.store, self.folder, self.base)

    def facts(self, iris: Iterable[str]) -> Mapping[str, Facts]:
        """Return what the graph has of entities, by IRI and property."""
        runs = (query_fn(self.store), query_fn(published_store(self.folder, self.base)))
        return facts_of(dict.fromkeys(iris), runs)

    def entry(self, id: str) -> Entry | None:
        """Return the entity with an id of the service, a compact name or an IRI; None where there is none.

        Of an id that people decided to be another entity's, it is that entity.
        """
        for iri in _iris(id, self.base):
            entry = self.index.by_iri.get(iri) or self._kept_as(iri)
            if entry and entry.kind in KINDS:
                return entry
        return None

    def _kept_as(self, iri: str) -> Entry | None:
        if iri_problem(iri) is not None:
            return None
        quads = self.store.quads_for_pattern(NamedNode(iri), _KEPT_AS, None)
        kept = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
        return self.index.by_iri.get(next(kept, ""))


def entity_id(entry: Entry, base: str) -> str:
    """Return the id of an entity in the service: the path of its IRI below the base."""
    return path_of(NamedNode(entry.iri), base) or entry.iri


def _iris(id: str, base: str) -> Iterator[str]:
    """Yield the IRIs that an id can stand for."""
    text = id.strip().removeprefix("<").removesuffix(">")
    if "//" in text:
        yield text
    elif "/" in text:
        yield f"{base}{text}"
    elif text.partition(":")[0] in ENTITIES and ":" in text:
        prefix, _, local = text.partition(":")
        yield f"{prefixes_under(base)[prefix]}{local}"


def candidates_of(query: MatchQuery, graph: Graph) -> list[Candidate]:
    """Return the candidates for a row, the best first."""
    found = list(_scored(query, graph))
    facts = graph.facts(each.entry.iri for each in found) if _compares(query) else {}
    for candidate in found:
        _compare(candidate, query, facts.get(candidate.entry.iri, {}), graph)
    kept = [each for each in found if each.score >= MIN_SCORE]
    kept.sort(key=lambda each: (-each.score, -each.entry.meetings, each.entry.iri))
    _decide(kept, query, facts)
    return kept[: query.limit]


def _compares(query: MatchQuery) -> bool:
    return any(PROPERTIES[each.property].role in ("narrowing", "hint") for each in query.properties)


def _scored(query: MatchQuery, graph: Graph) -> Iterator[Candidate]:
    """Yield whoever has an identifier of the row, or a name like its, and is of its types; vetoes leave some out."""
    name, given = _identified(query)
    owners = _owners(query, given, graph)
    named = _named(name, query, graph) if fold_name(name) else {}
    for iri in dict.fromkeys(chain(*owners.values(), named)):
        entry = graph.index.by_iri[iri]
        proven, vetoed = any(iri in each for each in owners.values()), _vetoed(iri, given, owners, graph.identifiers)
        if not _has_type(entry, query) or (vetoed and not proven):
            continue
        value = name_score(name, thing_of(entry, graph.identifiers)) if name else 0.0
        if name.casefold() in map(str.casefold, entry.ids):
            value = max(value, _NAMED_BY_ID)
        value = round(max(value, named.get(iri, 0.0)), 1)
        yield Candidate(
            entry=entry,
            name_score=value,
            full_name=_has_name(entry, name),
            proven=proven,
            contested=vetoed,
            features={"name": value} | ({"identifier": True} if proven else {}),
        )


def _identified(query: MatchQuery) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return the name of a row, and its identifiers by property: those of the properties, and those in its name."""
    name, within = without_identifiers(query.name)
    given: dict[str, tuple[str, ...]] = {}
    for each in query.properties:
        if each.property in SCHEMES:
            given[each.property] = given.get(each.property, ()) + normal_values(each.property, each.values)
    for property, value in within:
        given[property] = (*given.get(property, ()), value)
    return name, given


def _has_name(entry: Entry, name: str) -> bool:
    """Return whether the name is a whole name of an entity, and no abbreviation."""
    folded = fold_name(name)
    names = (each for each in entry.all_names if not is_abbreviation(each))
    return bool(folded) and folded in map(fold_name, names)


def _owners(query: MatchQuery, given: Mapping[str, Sequence[str]], graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return the entities that have an identifier of a row, by its scheme; an id in the place of the name is one."""
    own = graph.entry(query.name)
    owners: dict[str, tuple[str, ...]] = {_ID: (own.iri,)} if own else {}
    for scheme, values in given.items():
        found = chain.from_iterable(graph.identifiers.owners.get((scheme, value), ()) for value in values)
        entries = (graph.index.by_iri.get(iri) for iri in found)
        owners[scheme] = tuple(dict.fromkeys(entry.iri for entry in entries if entry and entry.kind in KINDS))
    return owners


def _vetoed(
    iri: str, given: Mapping[str, Sequence[str]], owners: Mapping[str, Sequence[str]], known: Identifiers
) -> bool:
    """Return whether an entity has another identifier than the row, or the row that of another entity."""
    for scheme, others in owners.items():
        if scheme not in WITHOUT_VETO and iri not in others:
            own = known.of(iri, scheme)
            if others or (own and given[scheme] and not set(given[scheme]) & set(own)):
                return True
    return False


def _named(name: str, query: MatchQuery, graph: Graph) -> dict[str, float]:
    """Return the entities of the kinds that are wanted whose names are somehow like a name, with the least score."""
    most = _LOOKED_AT * query.limit
    kinds = _kinds(query)
    found = dict.fromkeys(nearest(name, kinds, graph.names, most), 0.0)
    found |= {entry.iri: 0.0 for entry in graph.index.sharing_words(name, kinds, most)}
    # Looking for one kind at a time costs as much for each as for all.
    matches = graph.index.search(name, kinds[0] if len(kinds) == 1 else None, most=most).matches
    for match in (match for kind in kinds for match in matches.get(kind, ())):
        is_part = match.rank <= Rank.WORDS
        found[match.entry.iri] = _PART_OF_A_NAME if is_part else found.get(match.entry.iri, 0.0)
    return found


def _kinds(query: MatchQuery) -> tuple[str, ...]:
    if not query.types:
        return KINDS
    return tuple(dict.fromkeys(kind for id in query.types for kind in TYPES[id].kinds))


def _has_type(entry: Entry, query: MatchQuery) -> bool:
    own = {each.id for each in types_of(entry)}
    if not query.types:
        return bool(own)
    return own.issuperset(query.types) if query.all_types else not own.isdisjoint(query.types)


def _compare(candidate: Candidate, query: MatchQuery, facts: Facts, graph: Graph) -> None:
    """Score a candidate, with what each property of the row says of it."""
    contradicted = False
    for each in query.properties:
        if each.property not in SCHEMES:
            agreed = agrees(each.property, each.values, facts, graph.index, graph.base)
            if agreed is not None:
                candidate.features[each.property] = agreed
                contradicted = contradicted or not agreed
    score = 100.0 if candidate.proven else candidate.name_score
    candidate.score = round(score * (_CONTRADICTED if contradicted else 1), 1)


def _decide(candidates: Sequence[Candidate], query: MatchQuery, facts: Mapping[str, Facts]) -> None:
    """Mark the candidate that is meant for sure, if one is."""
    proven = [each for each in candidates if each.proven]
    if proven:
        if len(proven) == 1 and not proven[0].contested and not _contradicted(proven[0]):
            proven[0].match = True
        return
    full = [each for each in candidates if each.full_name and not _contradicted(each)]
    if len(full) != 1 or not _name_proves(full[0], query, facts):
        return
    others = (each for each in candidates if each is not full[0])
    if all(other.score < full[0].score - NEAR for other in others):
        full[0].match = True


def _contradicted(candidate: Candidate) -> bool:
    return any(value is False for value in candidate.features.values())


def _name_proves(candidate: Candidate, query: MatchQuery, facts: Mapping[str, Facts]) -> bool:
    """Return whether the whole name tells an entity from all others: a person's never does."""
    entry = candidate.entry
    if entry.kind in ("event", "series"):
        return _same_day(query, facts.get(entry.iri, {}))
    # What one source alone names, a page or a register, is only as unlike others as its words are.
    return entry.kind == "area" or (entry.kind == "organisation" and _is_registered(entry.iri))


def _is_registered(iri: str) -> bool:
    """Return whether a body stands in the registry: ids there have no dot, those of pages and registers have one."""
    _, body, local = iri.rpartition(f"/{ENTITIES['organisation']}")
    return bool(body) and "." not in local


def _same_day(query: MatchQuery, facts: Facts) -> bool:
    """Return whether row and graph name the same day, and no longer time."""
    known = known_bounds(facts)
    texts = [text for each in query.properties if each.property == "day" for text in each.values]
    spans = [span for text in texts if (span := day_bounds(text))]
    if known is None or known.earliest is None or known.earliest != known.latest:
        return False
    return any(span == known for span in spans)
