"""Hops: two actors at one event, one after another, and the best way to continue from an actor by them.

Dijkstra's algorithm over labels: what is uncertain so far, the number of hops and, in time, the earliest day that it
can be and the day by which the last event was over. Of two labels in the same state, one is dropped where it is better
in nothing.

No actor and no event comes twice. A best path repeats nothing by itself, except that it may have to leave an event to
an actor to whom it must not go directly (``barred``): such a label replaces none that has not been there.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import count

from graph.model.labels import CERTAIN, POSSIBLE
from graph.network.presence import NO_END, Network
from graph.network.ties import POSSIBLY_TOGETHER, TOGETHER, tie_kind


@dataclass(frozen=True, slots=True)
class Hop:
    """Two actors at an event. ``order`` is how certain it is that the event was not before the event of the hop ahead.

    It is None in the first hop, and where time does not count.
    """

    one: str
    event: str
    other: str
    certainty: str
    order: str | None = None


ActorPath = tuple[Hop, ...]
Steps = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which hops are allowed: certain ones only; forward in time only."""

    certain_only: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The end of a path: an actor, or an event that the actor has entered (``order`` is that of entering it)."""

    path: ActorPath
    uncertain: int
    actor: str
    day: str
    until: str
    barred: frozenset[str] = frozenset()
    event: str = ""
    order: str | None = None


def uncertainty(path: ActorPath) -> int:
    """Return how much of a path is merely possible: hops, and orders."""
    return sum((hop.certainty == POSSIBLE) + (hop.order == POSSIBLE) for hop in path)


def steps(path: ActorPath) -> Steps:
    """Return the events of a path, each with the actor that it leads to."""
    return tuple((hop.event, hop.other) for hop in path)


def start_label(graph: Network, actor: str, path: ActorPath) -> Label:
    """Return the label of the actor at whom a path ends; of the first actor where it is empty."""
    bounds = [graph.nodes[hop.event] for hop in path]
    day = max((each["earliest"] for each in bounds), default="")
    return Label(path, uncertainty(path), actor, day, (bounds[-1]["latest"] or NO_END) if bounds else "")


def best_labels(
    graph: Network,
    start: Label,
    rules: Rules,
    passed: Set[str] = frozenset(),
    excluded: Set[tuple[str, str]] = frozenset(),
) -> Iterator[Label]:
    """Yield the actors that can be reached, the best paths first.

    A path goes through no node in ``passed``, and begins with no step in ``excluded``.
    """
    settled: defaultdict[tuple[object, ...], list[Label]] = defaultdict(list)
    numbers = count()
    heap = [(start.uncertain, len(start.path), steps(start.path), 0, start)]
    while heap:
        *_, label = heapq.heappop(heap)
        state = _state(graph, label, start)
        if any(_dominates(other, label, rules) for other in settled[state]):
            continue
        settled[state].append(label)
        if label.event:
            next_labels = _leave_event(graph, label, rules, excluded if label.path == start.path else frozenset())
        else:
            yield label
            # A group under the same words need not be the same people at the next event.
            if graph.nodes[label.actor]["kind"] == "group" and label is not start:
                continue
            next_labels = _enter_events(
                graph, label, rules, {event for event, _ in excluded} if label is start else frozenset()
            )
        for new in next_labels:
            if (new.event or new.actor) not in passed and _is_unvisited(new):
                entry = (new.uncertain, len(new.path), (*steps(new.path), (new.event, "")), next(numbers), new)
                heapq.heappush(heap, entry)


def _state(graph: Network, label: Label, start: Label) -> tuple[object, ...]:
    if not label.event:
        return (label.actor,)
    edge = graph[label.actor][label.event]
    return label.event, edge["holder_of"], edge["certainty"], label.path == start.path


def _dominates(one: Label, other: Label, rules: Rules) -> bool:
    """Return whether the one label, which came first, is at least as good as the other in everything."""
    in_time = not rules.in_time or (one.day <= other.day and one.until <= other.until)
    return in_time and one.barred <= other.barred


def _is_unvisited(label: Label) -> bool:
    """Return whether the path has not passed the event or the actor before."""
    if label.event:
        return all(hop.event != label.event for hop in label.path)
    return all(hop.one != label.actor for hop in label.path)


def _enter_events(graph: Network, label: Label, rules: Rules, partly_excluded: Set[str]) -> Iterator[Label]:
    for event, edge in graph[label.actor].items():
        bounds = graph.nodes[event]
        earliest, latest = bounds["earliest"], bounds["latest"] or NO_END
        day = max(label.day, earliest)
        order = None
        if rules.in_time and label.path:
            if day > latest:
                continue
            order = CERTAIN if label.until < earliest else POSSIBLE
        if not edge["present"] or (rules.certain_only and POSSIBLE in (order, edge["certainty"])):
            continue
        uncertain = label.uncertain + (order == POSSIBLE) + (edge["certainty"] == POSSIBLE)
        barred = {event} if edge["holder_of"] or event in partly_excluded else set()
        yield Label(label.path, uncertain, label.actor, day, latest, label.barred | barred, event, order)


def _leave_event(graph: Network, label: Label, rules: Rules, excluded: Set[tuple[str, str]]) -> Iterator[Label]:
    own = graph[label.actor][label.event]
    entered = own["certainty"] == POSSIBLE
    for other, theirs in graph[label.event].items():
        kind = tie_kind(own, theirs) if other != label.actor else None
        if kind not in (TOGETHER, POSSIBLY_TOGETHER) or (label.event, other) in excluded:
            continue
        if kind == POSSIBLY_TOGETHER and rules.certain_only:
            continue
        certainty = CERTAIN if kind == TOGETHER else POSSIBLE
        hop = Hop(label.actor, label.event, other, certainty, label.order)
        uncertain = label.uncertain + (certainty == POSSIBLE and not entered)
        yield Label((*label.path, hop), uncertain, other, label.day, label.until, label.barred)
