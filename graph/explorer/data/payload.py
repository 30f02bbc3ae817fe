"""The payload: a build, queried, as the records that the page is given (``records.py``)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from graph.explorer.data.parts import RegisterAgents
from graph.explorer.data.queries import Details, name_of, run_lookup
from graph.explorer.data.records import Entity, Records, Tie, Word
from graph.explorer.data.sources import claims, memberships, sources
from graph.query.results import QueryFn, text_of

_ENTITY_SINGLE: tuple[Literal["status", "earliest", "latest", "asksFor"], ...]
_ENTITY_SINGLE = ("status", "earliest", "latest", "asksFor")
# Of several values sources say different things, and all are shown.
_ENTITY_LISTS: tuple[
    Literal["also", "type", "topics", "topicsAsWritten", "elsewhere", "memberOf"]
    | Literal["places", "placesAsWritten", "venues", "countries", "mode", "begins", "ends", "ofBody", "movedTo"],
    ...,
]
_ENTITY_LISTS = (
    *("also", "type", "topics", "topicsAsWritten", "elsewhere", "memberOf"),
    *("places", "placesAsWritten", "venues", "countries", "mode", "begins", "ends", "ofBody", "movedTo"),
)
_TIE_SINGLE: tuple[Literal["attendance", "atLeast"], ...] = ("attendance", "atLeast")
_TIE_LISTS: tuple[Literal["roles", "plannedRoles", "capacity", "onBehalfOf", "topics"], ...]
_TIE_LISTS = ("roles", "plannedRoles", "capacity", "onBehalfOf", "topics")
# Entities of these kinds are given to the page even where nothing is tied to them.
_ALWAYS = ("event", "named", "series", "letter", "plan")
_WITHOUT_WORDS = ("claim", "evidence", "mg", "graph")
_LANGUAGES: tuple[Literal["nb", "en"], ...] = ("nb", "en")


class Proof(NamedTuple):
    """The names of all claims and of all memberships."""

    claims: Collection[str]
    memberships: Collection[str]

    def of(self, derived_from: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return which of the names are claims, and which are memberships."""
        names = [*derived_from]
        return [name for name in names if name in self.claims], [name for name in names if name in self.memberships]


def build_records(
    run: QueryFn,
    texts: Callable[[str], str | None],
    details: Mapping[str, Details],
    registers: RegisterAgents | None = None,
) -> Records:
    """Return the records of a graph with what proves them.

    An entity to which nothing is tied is left out, unless it is one of which sources tell. Of ``registers``, which
    ``run`` does not query, there are the records of agents.
    """
    kinds = {name_of(entity): text_of(kind) for entity, kind in reversed(run_lookup(run, "entities").rows)}
    if registers is not None:
        kinds |= registers.kinds(kinds)
        details = {**details, **registers.details(details)}
    claims_by_name, memberships_by_name = claims(run, details), memberships(run, details)
    proof = Proof(claims_by_name.keys(), memberships_by_name.keys())
    ties = [*_ties(run, details, kinds, proof)]
    ends = {end for tie in ties for end in (tie["from"], tie["to"])}
    if registers is not None:
        ends.update(registers.ends())
    every = [make_entity(name, kind, details, proof) for name, kind in sorted(kinds.items())]
    entities = [each for each in every if each["id"] in ends or each["kind"] in _ALWAYS]
    return {
        "entities": entities,
        "ties": ties,
        "claims": claims_by_name,
        "sources": sources(run, details, texts),
        "memberships": memberships_by_name,
        "words": _words(details, entities, ties),
    }


def make_entity(name: str, kind: str, details: Mapping[str, Details], proof: Proof) -> Entity:
    """Return the record of an entity, of which the look-up gives this kind."""
    facts = details.get(name) or Details()
    # Where an event has no status, sources only name it: it is not listed among the events.
    kind = "named" if kind == "event" and "status" not in facts.single else kind
    claim_ids, membership_ids = proof.of(facts.derived_from)
    entity: Entity = {
        "id": name,
        "kind": kind,
        "iri": facts.iri,
        "claims": claim_ids,
        "memberships": membership_ids,
    }
    if facts.label:
        entity["label"] = facts.label
    for single in _ENTITY_SINGLE:
        if single in facts.single:
            entity[single] = facts.single[single]
    for several in _ENTITY_LISTS:
        if several in facts.lists:
            entity[several] = facts.lists[several]
    if times := _of_claims(facts, "saidWhen", details):
        entity["saidWhen"] = times
    if lists := _of_claims(facts, "openLists", details):
        entity["openLists"] = lists
    return entity


def _of_claims(facts: Details, key: str, details: Mapping[str, Details]) -> list[str]:
    """Return what the claims of an entity have in a list."""
    claimed = (details[claim] for claim in facts.derived_from if claim in details)
    return sorted({value for claim in claimed for value in claim.lists.get(key, ())})


def _ties(run: QueryFn, details: Mapping[str, Details], kinds: Mapping[str, str], proof: Proof) -> Iterable[Tie]:
    """Yield participations, certain and possible, and what else joins two entities that can be drawn."""
    claimed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for claim, *triple in run_lookup(run, "relations_claimed").rows:
        subject, relation, object_ = map(text_of, triple)
        claimed[subject, relation, object_].append(name_of(claim))
    of_relations = {claim for several in claimed.values() for claim in several}
    for tie, kind, start, term, end in run_lookup(run, "ties").rows:
        first, last = name_of(start), name_of(end)
        if first not in kinds or last not in kinds:
            continue
        if tie is not None:
            facts = details.get(name_of(tie)) or Details()
            yield make_participation(name_of(tie), text_of(kind), (first, last), facts, proof)
            continue
        proving = claimed.get((text_of(start), text_of(term), text_of(end)))
        if proving is None and text_of(kind) != "series":
            teller = details.get(last if text_of(kind) == "audience" else first) or Details()
            proving = [claim for claim in teller.derived_from if claim not in of_relations]
        yield make_relation(text_of(kind), (first, last), proving or [], proof)


def make_relation(kind: str, ends: tuple[str, str], derived_from: list[str], proof: Proof) -> Tie:
    """Return the record of a plain statement that joins two entities."""
    # That an event belongs to a series is decided by those who read the source, and no claim of the source.
    certainty = "ours" if kind == "series" else "certain"
    first, last = ends
    claim_ids, membership_ids = proof.of(derived_from)
    name = f"{first} {kind} {last}"
    record: Tie = {
        "id": name,
        "kind": kind,
        "certainty": certainty,
        "from": first,
        "to": last,
        "claims": claim_ids,
        "memberships": membership_ids,
    }
    return record


def make_participation(name: str, kind: str, ends: tuple[str, str], facts: Details, proof: Proof) -> Tie:
    """Return the record of a part in an event, certain or possible."""
    claim_ids, membership_ids = proof.of(facts.derived_from)
    tie: Tie = {
        "id": name,
        "kind": kind,
        "certainty": "possible" if kind == "possible" else "certain",
        "from": ends[0],
        "to": ends[1],
        "iri": facts.iri,
        "claims": claim_ids,
        "memberships": membership_ids,
    }
    for single in _TIE_SINGLE:
        if single in facts.single:
            tie[single] = facts.single[single]
    for several in _TIE_LISTS:
        if several in facts.lists:
            tie[several] = facts.lists[several]
    return tie


def _words(details: Mapping[str, Details], entities: Sequence[Entity], ties: Sequence[Tie]) -> dict[str, Word]:
    """Return the labels of what the page names and does not draw: kinds, roles, topics, places, offices."""
    drawn = {record["id"] for record in (*entities, *ties)}
    result: dict[str, Word] = {}
    for name, facts in sorted(details.items()):
        if not facts.label or name in drawn or name.partition(":")[0] in _WITHOUT_WORDS:
            continue
        result[name] = {"iri": facts.iri, "label": facts.label}
    return result
