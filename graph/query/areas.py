"""Areas change over time: choose, of several areas of one name, those of the time that a query asks about."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode

from graph.query.lookup import LOOKUPS, describe_candidates, lookup_rows
from graph.query.results import QueryFn, Term, expect_table
from graph.query.sparql.parameters import bind_parameters

# A query about areas of today asks for the successor of the area of an event.
_OF_TODAY = re.compile(r"mg:currentArea(/\S+)? \?_area\b")


class AreasInForce(NamedTuple):
    """The areas that a query can be about; where there are none, why, and the areas to give instead."""

    areas: list[NamedNode]
    problem: str = ""
    instead: tuple[NamedNode, ...] = ()


def areas_in_force(areas: list[NamedNode], query: str, run: QueryFn) -> AreasInForce:
    """Return the areas of several that the query can be about, or which to give instead.

    A query about areas of today takes those of today; a query about what became of areas takes all; any other query
    takes areas of the time of events.
    """
    if _OF_TODAY.search(query):
        current = _without_successor(areas, run)
        return AreasInForce(current) if current else _successors_instead(areas, run)
    if "mg:currentArea" in query:
        return AreasInForce(areas)
    in_time = _of_the_time_of_events(areas, run)
    return AreasInForce(in_time) if in_time else _predecessors_instead(areas, run)


def _without_successor(areas: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    replaced = {area for area, _ in lookup_rows(areas, LOOKUPS / "successors.rq", run)}
    return [area for area in areas if area not in replaced]


def _successors_instead(areas: list[NamedNode], run: QueryFn) -> AreasInForce:
    successors = _sorted(after for _, after in lookup_rows(areas, LOOKUPS / "successors.rq", run))
    return AreasInForce([], f"is no area of today: give {describe_candidates(successors, run)}", tuple(successors))


def _of_the_time_of_events(areas: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    later = {area for area, _ in lookup_rows(areas, LOOKUPS / "predecessors.rq", run)}
    return [area for area in areas if area not in later or _has_events(area, run)]


def _predecessors_instead(areas: list[NamedNode], run: QueryFn) -> AreasInForce:
    # The predecessors of an area of today are those that its own municipalities came from; of a former area, all.
    before = lookup_rows(areas, LOOKUPS / "former_areas.rq", run) or lookup_rows(
        areas, LOOKUPS / "predecessors.rq", run
    )
    older = [was for was in _sorted(was for _, was in before) if _has_events(was, run)]
    instead = f"give {describe_candidates(older, run)}" if older else "none lies in what was there before it"
    problem = (
        f"is an area of a later time, and events lie in those of their own time: {instead}; of counties of today asks "
        "which_events_are_in_which_county_of_today"
    )
    return AreasInForce([], problem, tuple(older))


def _sorted(areas: Iterable[Term | None]) -> list[NamedNode]:
    return sorted({area for area in areas if isinstance(area, NamedNode)}, key=str)


def _has_events(area: NamedNode, run: QueryFn) -> bool:
    query = (LOOKUPS / "event_in_area.rq").read_text(encoding="utf-8")
    return bool(expect_table(run(bind_parameters(query, {"area": area}))).rows)
