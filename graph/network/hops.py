"""Hops: two actors at one event, one after another, and the best way to go on from somebody by them.

Dijkstra's algorithm over labels: what is uncertain so far, the hops, and, in time, the earliest day that it can be and
the day by which the last event was over. Of two labels at the same place one is dropped where it is in nothing better.

No actor and no event comes twice. A best way comes nowhere twice by itself, except that it may have to leave an event
to somebody to whom it must not go straight (``barred``): such a label takes the place of none that has not been there.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import count

from graph.model.labels import CERTAIN, POSSIBLE
from graph.network.presence import OPEN, Network
from graph.network.ties import PERHAPS_TOGETHER, TOGETHER, tied_by


@dataclass(frozen=True, slots=True)
class Hop:
    """Two actors at an event; ``order`` is how certain it is that the event was not before the one of the hop ahead.

    It is None in the first hop, and where time was not asked for.
    """

    one: str
    event: str
    other: str
    certainty: str
    order: str | None = None


Way = tuple[Hop, ...]
Passed = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which hops may be made: those alone that are certain; only forward in time."""

    certain_only: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The end of a way: an actor, or an event that the actor has entered (``order`` is that of entering it)."""

    way: Way
    uncertain: int
    actor: str
    day: str
    until: str
    barred: frozenset[str] = frozenset()
    event: str = ""
    order: str | None = None


def uncertainty(way: Way) -> int:
    """How much of a way is only possible: hops, and orders."""
    return sum((hop.certainty == POSSIBLE) + (hop.order == POSSIBLE) for hop in way)


def passed(way: Way) -> Passed:
    """By which events to whom."""
    return tuple((hop.event, hop.other) for hop in way)


def arrived(graph: Network, actor: str, way: Way) -> Label:
    """The label of the actor at whom a way ends; of the first actor where it is empty."""
    bounds = [graph.nodes[hop.event] for hop in way]
    day = max((each["earliest"] for each in bounds), default="")
    return Label(way, uncertainty(way), actor, day, (bounds[-1]["latest"] or OPEN) if bounds else "")


def ways(
    graph: Network, start: Label, rules: Rules, used: Set[str] = frozenset(), taken: Set[tuple[str, str]] = frozenset()
) -> Iterator[Label]:
    """The actors that can be reached, the best ways first, nothing used being passed, and no way beginning as taken."""
    settled: defaultdict[tuple[object, ...], list[Label]] = defaultdict(list)
    numbers = count()
    heap = [(start.uncertain, len(start.way), passed(start.way), 0, start)]
    while heap:
        *_, label = heapq.heappop(heap)
        place = _place(graph, label, start)
        if any(_no_worse(other, label, rules) for other in settled[place]):
            continue
        settled[place].append(label)
        if label.event:
            further = _leaving(graph, label, rules, taken if label.way == start.way else frozenset())
        else:
            yield label
            # Under the same words it need not be the same people at the next event.
            if graph.nodes[label.actor]["kind"] == "group" and label is not start:
                continue
            further = _entering(graph, label, rules, {event for event, _ in taken} if label is start else frozenset())
        for new in further:
            if (new.event or new.actor) not in used and _is_new(new):
                entry = (new.uncertain, len(new.way), (*passed(new.way), (new.event, "")), next(numbers), new)
                heapq.heappush(heap, entry)


def _place(graph: Network, label: Label, start: Label) -> tuple[object, ...]:
    if not label.event:
        return (label.actor,)
    edge = graph[label.actor][label.event]
    return label.event, edge["holder_of"], edge["certainty"], label.way == start.way


def _no_worse(one: Label, other: Label, rules: Rules) -> bool:
    """The one, which came first, does whatever the other does."""
    in_time = not rules.in_time or (one.day <= other.day and one.until <= other.until)
    return in_time and one.barred <= other.barred


def _is_new(label: Label) -> bool:
    """The event or the actor has not been passed before."""
    if label.event:
        return all(hop.event != label.event for hop in label.way)
    return all(hop.one != label.actor for hop in label.way)


def _entering(graph: Network, label: Label, rules: Rules, partly_taken: Set[str]) -> Iterator[Label]:
    for event, edge in graph[label.actor].items():
        bounds = graph.nodes[event]
        earliest, latest = bounds["earliest"], bounds["latest"] or OPEN
        day = max(label.day, earliest)
        order = None
        if rules.in_time and label.way:
            if day > latest:
                continue
            order = CERTAIN if label.until < earliest else POSSIBLE
        if not edge["present"] or (rules.certain_only and POSSIBLE in (order, edge["certainty"])):
            continue
        uncertain = label.uncertain + (order == POSSIBLE) + (edge["certainty"] == POSSIBLE)
        barred = {event} if edge["holder_of"] or event in partly_taken else set()
        yield Label(label.way, uncertain, label.actor, day, latest, label.barred | barred, event, order)


def _leaving(graph: Network, label: Label, rules: Rules, taken: Set[tuple[str, str]]) -> Iterator[Label]:
    mine = graph[label.actor][label.event]
    entered = mine["certainty"] == POSSIBLE
    for other, theirs in graph[label.event].items():
        how = tied_by(mine, theirs) if other != label.actor else None
        if how not in (TOGETHER, PERHAPS_TOGETHER) or (label.event, other) in taken:
            continue
        if how == PERHAPS_TOGETHER and rules.certain_only:
            continue
        certainty = CERTAIN if how == TOGETHER else POSSIBLE
        hop = Hop(label.actor, label.event, other, certainty, label.order)
        uncertain = label.uncertain + (certainty == POSSIBLE and not entered)
        yield Label((*label.way, hop), uncertain, other, label.day, label.until, label.barred)
