"""Counts: how many events, series, people, bodies and participations a graph has. Every surface takes them from here.

What counts as an event is decided in ``lookups/counts.rq`` and nowhere else.
"""

from typing import NamedTuple

from graph.query.lookup import LOOKUPS
from graph.query.results import QueryFn, expect_table

LOOKUP = LOOKUPS / "counts.rq"
# The predicates that the look-up reads, as prefixed names: of the lines of a dataset all others may be left out.
PREDICATES = ("rdf:type", "mg:eventStatus", "org:classification", "cv:role", "mg:attendance", "mg:event")


class Counts(NamedTuple):
    """Numbers of distinct entities. ``events`` are meetings, those ``held`` and ``planned`` among them.

    Meetings that are only ``named``, of which no page says whether they were held, are none of these.

    Participations are ``certain`` (a role came about), ``expected`` (a planned role alone), ``absent`` (one who did not
    come, or whose event was called off) or ``possible`` (a candidate).
    """

    events: int = 0
    held: int = 0
    planned: int = 0
    named: int = 0
    series: int = 0
    people: int = 0
    bodies: int = 0
    certain: int = 0
    expected: int = 0
    possible: int = 0
    absent: int = 0


def add_entities(*several: Counts) -> Counts:
    """Return the counts of a graph from those of its pieces, where no entity is in two of them."""
    return Counts(*map(sum, zip(*several, strict=True)))


def count_entities(run: QueryFn) -> Counts:
    """Return how many there are of what in the graph that ``run`` queries."""
    rows = expect_table(run(LOOKUP.read_text(encoding="utf-8"))).rows
    return Counts(**{what.value: int(number.value) for what, number in rows if what is not None and number is not None})
