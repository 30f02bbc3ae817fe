"""Ties: who was present at the same event as whom, how often, and how certain that is.

Two actors are tied *for certain* by an event at which both were present for certain, and *possibly* where one of them
or both are only candidates: two of a set of which at least one was there may have been there together. Two who are
candidates only as the holder of one and the same office have no tie: one guest is meant.

Who organised an event is tied to those who were there in another way, counted apart: the page does not say that they
met.

Pairs are counted in Python. The ties of one actor take time in proportion to the size of its events. All ties of an
event of n actors are n(n-1)/2 pairs, so that events above a stated size are left out of those, and listed.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.common.progress import Progress, no_progress
from graph.model.labels import CERTAIN
from graph.network.presence import NO_END, Network, events_of

# An event of 200 makes 19,900 pairs.
MAX_ACTORS = 200
# How two actors are tied by an event, the strongest first.
TOGETHER, POSSIBLY_TOGETHER, ORGANISED, POSSIBLY_ORGANISED = range(4)
Edge = Mapping[str, Any]  # the attributes of an edge of the network


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors and the events that tie them: where both were, or may have been.

    What one of them organised and where the other was, or may have been, is empty unless asked for.
    """

    one: str
    other: str
    certain: list[str]
    possible: list[str]
    organised: list[str]
    possibly_organised: list[str]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The number of events of each kind, the strongest kind first."""
        return len(self.certain), len(self.possible), len(self.organised), len(self.possibly_organised)


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties, the strongest first: ``rows``, of ``total`` ties.

    ``left_out`` are the IRIs of events that were too large to count, of ``events`` events.
    """

    rows: list[Tie]
    total: int
    left_out: list[str]
    events: int


def ties_of(graph: Network, actor: str, *, organisers: bool = False, top: int | None = None) -> Ties:
    """Return the ties of one actor; as organiser only with ``organisers``."""
    events = list(graph[actor]) if actor in graph else []
    others = {other for event in events for other in graph[event]} - {actor}
    ties = [_tie(graph, actor, other, organisers) for other in others]
    ranked = sorted((tie for tie in ties if any(tie.counts)), key=lambda tie: _sort_key(graph, tie.counts, tie.other))
    return Ties(ranked[:top], len(ranked), [], len(events))


def all_ties(
    graph: Network,
    *,
    organisers: bool = False,
    top: int | None = None,
    max_actors: int = MAX_ACTORS,
    progress: Progress = no_progress,
) -> Ties:
    """Return the ties between all actors; events of more than ``max_actors`` are left out, and listed."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    events = events_of(graph)
    left_out = [event for event in events if graph.degree(event) > max_actors]
    for event in progress("counting pairs", [event for event in events if graph.degree(event) <= max_actors]):
        for (one, this), (other, that) in combinations(sorted(graph[event].items()), 2):
            kind = tie_kind(this, that)
            if kind is not None and (organisers or kind < ORGANISED):
                counts[one, other][kind] += 1
    most = len(counts) if top is None else top
    strongest = heapq.nsmallest(most, counts, key=lambda pair: _sort_key(graph, counts[pair], *pair))
    rows = [_tie(graph, *pair, organisers, set(left_out)) for pair in strongest]
    return Ties(rows, len(counts), left_out, len(events))


def tie_kind(this: Edge, that: Edge) -> int | None:
    """Return how two actors with these edges to an event are tied by it, or None where they are not.

    They are not where both only organised it, and where both are one and the same guest.
    """
    certain = this["certainty"] == that["certainty"] == CERTAIN
    if this["present"] and that["present"]:
        if this["holder_of"] and this["holder_of"] == that["holder_of"]:
            return None
        return TOGETHER if certain else POSSIBLY_TOGETHER
    if (this["present"] and that["organised"]) or (that["present"] and this["organised"]):
        return ORGANISED if certain else POSSIBLY_ORGANISED
    return None


def by_time(graph: Network, events: Iterable[str]) -> list[str]:
    """Return events in the order of their first possible days, then of their last, then by name."""
    names = graph.nodes
    return sorted(
        events, key=lambda each: (names[each]["earliest"], names[each]["latest"] or NO_END, names[each]["label"], each)
    )


def _tie(graph: Network, one: str, other: str, organisers: bool, excluded: Set[str] = frozenset()) -> Tie:
    by_kind: tuple[list[str], ...] = ([], [], [], [])
    for event in by_time(graph, (graph[one].keys() & graph[other].keys()) - excluded):
        kind = tie_kind(graph[event][one], graph[event][other])
        if kind is not None and (organisers or kind < ORGANISED):
            by_kind[kind].append(event)
    return Tie(one, other, *by_kind)


def _sort_key(graph: Network, counts: Iterable[int], *actors: str) -> tuple[list[int], list[str], tuple[str, ...]]:
    """Return a key that sorts the strongest ties first, and equal ones by name."""
    return [-count for count in counts], [graph.nodes[actor]["label"] for actor in actors], actors
