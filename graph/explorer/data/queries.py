"""Run the queries of ``lookups/`` on a build, and collect what they give of each entity."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache as once
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.explorer.data.records import Label
from graph.identity.decided import LOOKUP as DECIDED
from graph.model.iris import BASE, ENTITIES
from graph.query.counts import LOOKUP as COUNTS
from graph.query.results import QueryFn, Table, Term, expect_table, text_of
from graph.query.sparql.parameters import fill_values
from graph.query.sparql.tokens import significant_tokens
from graph.rdf.serialize import rebase_quads
from graph.rdf.statements import parse_nquads, predicate_of
from graph.rdf.terms import iri, short_name

LOOKUPS = Path(__file__).parent / "lookups"
# What is told of things, ties and words: each predicate, and the names of the details that its objects are.
DETAILS = {
    "rdfs:label": ("label",),
    "schema:alternateName": ("also",),
    "schema:name": ("also",),
    "mg:asWritten": ("also",),
    "dct:type": ("type",),
    "org:classification": ("type",),
    "mg:eventStatus": ("status",),
    "mg:earliest": ("earliest",),
    "mg:latest": ("latest",),
    "dct:subject": ("topics",),
    "schema:keywords": ("topicsAsWritten",),
    "schema:location": ("places",),
    "dct:spatial": ("places",),
    "cv:role": ("roles",),
    "mg:plannedRole": ("roles", "plannedRoles"),
    "mg:possibleRole": ("roles",),
    "mg:attendance": ("attendance",),
    "mg:inCapacity": ("capacity",),
    "mg:onBehalfOf": ("onBehalfOf",),
    "mg:atLeast": ("atLeast",),
    "mg:asksFor": ("asksFor",),
    "org:memberOf": ("memberOf",),
    "schema:sameAs": ("elsewhere",),
    "skos:closeMatch": ("elsewhere",),
    "mg:concludedFrom": ("from",),
    "mg:timeAsWritten": ("saidWhen",),
    "mg:openList": ("openLists",),
    "mg:venueAsWritten": ("venues",),
    "mg:placeAsWritten": ("placesAsWritten",),
    "mg:country": ("countries",),
    "mg:startTime": ("begins",),
    "mg:endTime": ("ends",),
    "schema:eventAttendanceMode": ("mode",),
    "mg:ofBody": ("ofBody",),
    "mg:movedTo": ("movedTo",),
}
_TYPE = str(iri("rdf:type"))
_DETAILS_OF = {str(iri(name)): details for name, details in DETAILS.items()}
# Details of which an entity has one; of all others it has a list.
SINGLE = ("status", "earliest", "latest", "attendance", "atLeast", "asksFor")

# Prefixes of what pages of one component alone tell of: its events, what proves them, and who is met at them.
OF_COMPONENTS = frozenset(
    (
        *("claim", "evidence", "selector", "participation", "possible"),
        *("event", "series", "group", "audience", "letter", "plan"),
    )
)
_STARTS_OF_COMPONENTS = tuple(f"<{BASE}{ENTITIES[prefix]}" for prefix in sorted(OF_COMPONENTS))
# When events are is told by intervals too, of which none is that of a membership.
_INTERVAL, _IN_CONCLUDED = f"<{BASE}{ENTITIES['interval']}", f"{iri('graph:concluded')} ."


@dataclass(slots=True)
class Details:
    """What is told of one entity: single values and lists, by the names in ``DETAILS``."""

    iri: str = ""
    label: Label = field(default_factory=dict)
    single: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def with_others(self, others: "Details | None") -> "Details":
        """Return these details and others of the same entity."""
        if others is None:
            return self
        lists = {
            detail: sorted({*self.lists.get(detail, ()), *others.lists.get(detail, ())})
            for detail in (self.lists | others.lists)
        }
        labels = self.label | others.label
        # A label in no language repeats one that is in one.
        labels = {tag: label for tag, label in labels.items() if tag} or labels
        return Details(self.iri, labels, self.single | others.single, lists)

    @property
    def derived_from(self) -> list[str]:
        """Return the names of the claims and memberships that the entity follows from."""
        return self.lists.get("from", [])


def run_lookup(run: QueryFn, lookup: str) -> Table:
    """Return the answer to one of the look-ups."""
    return expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8")))


def lookup_names() -> dict[str, set[str]]:
    """Return the text of each look-up, those of counts and decisions included, with all IRIs that it names.

    They are as in N-Quads, and the predicates that it reads are among them. The look-up of details is left out: its
    predicates are filled in.
    """
    files = [*(file for file in LOOKUPS.glob("*.rq") if file.stem != "details"), COUNTS, DECIDED]
    return {text: _names_in(text) for text in (file.read_text(encoding="utf-8") for file in files)}


@once
def kinds_of_classes() -> dict[str, str]:
    """Return the kind of entity for each class that can stand in the network, as N-Quads writes it, the first first."""
    return _pairs_in("entities")


@once
def kinds_of_ties() -> dict[str, str]:
    """Return the kind of tie for each class of parts and each relation that is one, as N-Quads writes them."""
    return _pairs_in("ties")


def _pairs_in(lookup: str) -> dict[str, str]:
    text = (LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8")
    return {str(iri(name)): kind for name, kind in re.findall(r'\(([\w-]+:[\w-]+) "([\w-]+)"\)', text)}


@once
def _names_looked_up() -> frozenset[str]:
    """Return all IRIs that look-ups name."""
    return frozenset().union(*lookup_names().values())


def spans_looked_up(rows: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the lines are that look-ups can read, of N-Quads lines as a file has them: first byte and end.

    Neighbouring lines are in one span. Types are left out that no look-up names.
    """
    return _spans(rows, is_looked_up)


def spans_of_main(rows: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans of what is looked up where pages are in parts: not what only parts tell of, but all details."""
    return _spans(rows, _is_of_main)


def is_looked_up(row: str) -> bool:
    """Return whether look-ups can read a line of N-Quads."""
    names = _names_looked_up()
    subject = row.index(" ") + 1
    verb = row.index(" ", subject)
    predicate = row[subject:verb]
    return predicate in names and (predicate != _TYPE or row[verb + 1 : row.index(" ", verb + 1)] in names)


def is_of_component(name: str) -> bool:
    """Return whether pages of one component alone tell of a thing with this short name."""
    return name.partition(":")[0] in OF_COMPONENTS


def _is_of_main(row: str) -> bool:
    if row.startswith(_STARTS_OF_COMPONENTS) or (row.startswith(_INTERVAL) and row.endswith(_IN_CONCLUDED)):
        return False
    return predicate_of(row) in _DETAILS_OF or is_looked_up(row)


def _spans(rows: Iterable[str], is_read: Callable[[str], bool]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = end = 0
    for row in rows:
        start, end = end, end + 1 + (len(row) if row.isascii() else len(row.encode()))
        if is_read(row):
            continue
        if begin < start:
            spans.append((begin, start))
        begin = end
    return [*spans, (begin, end)] if begin < end else spans


def _names_in(query: str) -> set[str]:
    names = (text for kind, text in significant_tokens(query) if kind == "prefixed" and not text.endswith(":"))
    return {str(iri(name)) for name in ("rdf:type", *names)}


def name_of(term: Term | None) -> str:
    """Return the short name of an entity of ours, the IRI of any other, the words of a literal, "" for no term."""
    if isinstance(term, NamedNode):
        return short_name(term)
    return text_of(term)


def details_of(run: QueryFn) -> dict[str, Details]:
    """Return the details of every entity, by short name."""
    query = (LOOKUPS / "details.rq").read_text(encoding="utf-8")
    return _collect(expect_table(run(fill_values(query, "term", map(iri, DETAILS)))).rows)


def details_of_lines(rows: Iterable[str], base: str) -> dict[str, Details]:
    """Return the details of the entities of these sorted N-Quads lines under a base IRI, by short name.

    All lines of an entity must be among them.
    """
    quads = parse_nquads(row for row in rows if predicate_of(row) in _DETAILS_OF)
    return _collect((quad.subject, quad.predicate, quad.object) for quad in rebase_quads(quads, base))


def details_of_values(address: str, values: Iterable[tuple[str, Term | None]]) -> Details:
    """Return the details of an entity from pairs of a detail and a value, in whatever order these come."""
    by_detail: defaultdict[str, list[Term | None]] = defaultdict(list)
    for detail, value in values:
        by_detail[detail].append(value)
    return _details(address, by_detail)


def _collect(rows: Iterable[Sequence[Any]]) -> dict[str, Details]:
    """Return the details that rows of entity, predicate and value tell of, in whatever order these come."""
    # Sorted here: where nearly every list has one value, a store takes longer to sort all rows than to find them.
    entities: dict[str, Term | None] = {}
    by_entity: defaultdict[str, defaultdict[str, list[Term | None]]] = defaultdict(lambda: defaultdict(list))
    for entity, predicate, value in rows:
        address = text_of(entity)
        entities[address] = entity
        for detail in _DETAILS_OF[str(predicate)]:
            by_entity[address][detail].append(value)
    return {name_of(entities[address]): _details(address, values) for address, values in by_entity.items()}


def _details(address: str, values_of: Mapping[str, Sequence[Term | None]]) -> Details:
    """Return the details of one entity from all values of each; of several where one can be, the last."""
    facts = Details(address)
    for detail, several in values_of.items():
        values = several if len(several) == 1 else sorted({*several}, key=_sparql_order)
        if detail == "label":
            # A label in no language repeats one that is in one.
            labels = {value.language or "": value.value for value in values if isinstance(value, Literal)}
            facts.label = {tag: label for tag, label in labels.items() if tag} or labels
        elif detail in SINGLE:
            facts.single[detail] = name_of(values[-1])
        else:
            facts.lists[detail] = [name_of(value) for value in values]
    return facts


def _sparql_order(term: Term | None) -> tuple[bool, int, str, str]:
    """Return the key by which IRIs and literals are sorted as ORDER BY sorts them: IRIs first, numbers by value."""
    if not isinstance(term, Literal):
        return False, 0, text_of(term), ""
    number = int(term.value) if term.datatype.value.endswith("#integer") else 0
    return True, number, term.value, term.language or ""


def label_in(details: Mapping[str, Details], name: str) -> Label:
    """Return what an entity is called, by language."""
    return details[name].label if name in details else {}
