"""Ties: who was present at the same event as whom, how often, and how certain that is.

Two actors are tied *for certain* by an event at which both were present for certain, and *possibly* where one of them
or both are only candidates: two of a set of which at least one was there may have been there together. Two who come in
question only as the holder of one and the same office are no tie: one guest is meant.

Who organised an event is tied to those who were there in another way, counted apart: that they met is not said.

Pairs are counted in Python from who was where. The ties of one actor take as long as its events are large; all ties of
an event of n actors are n(n-1)/2 pairs, so that events above a stated size are left out of those, and named.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.common.progress import Progress, no_progress
from graph.model.labels import CERTAIN
from graph.network.presence import OPEN, Network, events_of

# An event of 200 makes 19,900 pairs.
MOST_ACTORS = 200
# How two actors are tied by an event, the strongest first.
TOGETHER, PERHAPS_TOGETHER, ORGANISED, PERHAPS_ORGANISED = range(4)
Edge = Mapping[str, Any]  # the attributes of an edge of the network


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors and the events that tie them: where both were, or may have been; what one of them organised and where
    the other was, or may have been, which is empty unless asked for."""

    one: str
    other: str
    certain: list[str]
    possible: list[str]
    organised: list[str]
    perhaps_organised: list[str]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How many events of each kind, the strongest kind first."""
        return len(self.certain), len(self.possible), len(self.organised), len(self.perhaps_organised)


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties, the strongest first: ``shown`` of ``found``, and the events that were too large to count, of ``events``."""

    shown: list[Tie]
    found: int
    left_out: list[str]
    events: int


def ties_of(graph: Network, actor: str, *, organisers: bool = False, top: int | None = None) -> Ties:
    """All ties of one actor; those as organiser only where asked for."""
    events = list(graph[actor]) if actor in graph else []
    others = {other for event in events for other in graph[event]} - {actor}
    ties = [_tie(graph, actor, other, organisers) for other in others]
    found = sorted((tie for tie in ties if any(tie.counts)), key=lambda tie: _weakness(graph, tie.counts, tie.other))
    return Ties(found[:top], len(found), [], len(events))


def all_ties(
    graph: Network,
    *,
    organisers: bool = False,
    top: int | None = None,
    most_actors: int = MOST_ACTORS,
    progress: Progress = no_progress,
) -> Ties:
    """The ties of everybody with everybody; events of more than ``most_actors`` are left out, and named."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    events = events_of(graph)
    left_out = [event for event in events if graph.degree(event) > most_actors]
    for event in progress("counting pairs", [event for event in events if graph.degree(event) <= most_actors]):
        for (one, this), (other, that) in combinations(sorted(graph[event].items()), 2):
            how = tied_by(this, that)
            if how is not None and (organisers or how < ORGANISED):
                counts[one, other][how] += 1
    most = len(counts) if top is None else top
    strongest = heapq.nsmallest(most, counts, key=lambda pair: _weakness(graph, counts[pair], *pair))
    shown = [_tie(graph, *pair, organisers, set(left_out)) for pair in strongest]
    return Ties(shown, len(counts), left_out, len(events))


def tied_by(this: Edge, that: Edge) -> int | None:
    """How two actors are tied by an event to which they have these edges, or None where they are not.

    They are not where both only organised it, and where both are one and the same guest.
    """
    certain = this["certainty"] == that["certainty"] == CERTAIN
    if this["present"] and that["present"]:
        if this["holder_of"] and this["holder_of"] == that["holder_of"]:
            return None
        return TOGETHER if certain else PERHAPS_TOGETHER
    if (this["present"] and that["organised"]) or (that["present"] and this["organised"]):
        return ORGANISED if certain else PERHAPS_ORGANISED
    return None


def in_time(graph: Network, events: Iterable[str]) -> list[str]:
    """Events in the order of their first possible days, then of their last, then by name."""
    names = graph.nodes
    return sorted(
        events, key=lambda each: (names[each]["earliest"], names[each]["latest"] or OPEN, names[each]["label"], each)
    )


def _tie(graph: Network, one: str, other: str, organisers: bool, without: Set[str] = frozenset()) -> Tie:
    by_how: tuple[list[str], ...] = ([], [], [], [])
    for event in in_time(graph, (graph[one].keys() & graph[other].keys()) - without):
        how = tied_by(graph[event][one], graph[event][other])
        if how is not None and (organisers or how < ORGANISED):
            by_how[how].append(event)
    return Tie(one, other, *by_how)


def _weakness(graph: Network, counts: Iterable[int], *actors: str) -> tuple[list[int], list[str], tuple[str, ...]]:
    """What sorts the strongest ties first, and equal ones by name."""
    return [-count for count in counts], [graph.nodes[actor]["label"] for actor in actors], actors
