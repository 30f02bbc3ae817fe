"""Summary: true figures of what was built, counted in the statements themselves."""

from collections import Counter
from collections.abc import Iterator, Sized
from typing import NamedTuple

from graph.query.counts import PREDICATES, count_entities
from graph.query.stores import connect_lines
from graph.rdf.terms import iri

_TYPE, _COUNTED = f" {iri('rdf:type')} ", tuple(f" {iri(name)} " for name in PREDICATES)


class Summary(NamedTuple):
    """How much there is of what. ``pages_known`` of ``pages`` went in: those published by the day asked for."""

    pages: int
    pages_known: int
    sentences: int
    events: int
    series: int
    certain: int
    expected: int
    possible: int
    people: int
    bodies: int
    claims: int
    quotes: int
    statements: int

    def __str__(self) -> str:
        pages = f"{self.pages}" if self.pages == self.pages_known else f"{self.pages_known} of {self.pages}"
        rows = (
            ("pages", f"{pages}, every one of {self.sentences} sentences covered"),
            ("claims", f"{self.claims}, proven by {self.quotes} quotes"),
            ("events", f"{self.events}, and {self.series} series of events"),
            ("participations", f"{self.certain} certain, {self.expected} expected, {self.possible} possible"),
            ("people and bodies", f"{self.people} and {self.bodies}, with what bodies became"),
            ("statements", f"{self.statements}"),
        )
        return "\n".join(f"{name:<18} {figures}" for name, figures in rows)


def summary(pages: int, known: Sized, rows: list[str]) -> Summary:
    """The figures of a build from the pages that went in and its N-Quads lines."""
    types = Counter(kind for _, kind in {_typed(row) for row in rows if _TYPE in row})
    counts = count_entities(connect_lines(row for row in rows if any(predicate in row for predicate in _COUNTED)))
    return Summary(
        pages=pages,
        pages_known=len(known),
        sentences=sum(int(value.split('"')[1]) for value in _values(rows, "mg:sentences")),
        events=counts.events,
        series=counts.series,
        certain=counts.certain,
        expected=counts.expected,
        possible=counts.possible,
        people=counts.people,
        bodies=counts.bodies,
        claims=types[str(iri("mg:Claim"))],
        # Those that prove something: a passage that claims nothing is no proof.
        quotes=len(set(_values(rows, "mg:evidence"))),
        statements=len(rows),
    )


def _typed(row: str) -> tuple[str, str]:
    """The subject and the type of an ``rdf:type`` line, without its graph: a thing typed twice is one thing."""
    subject, _, kind, *_ = row.split(" ", 3)
    return subject, kind


def _values(rows: list[str], predicate: str) -> Iterator[str]:
    """What stands in the lines of a predicate after it."""
    term = f" {iri(predicate)} "
    found = (row.split(" ", 2) for row in rows if term in row)
    return (rest.rpartition(" <")[0] for _, said, rest in found if f" {said} " == term)
