"""Paths: from one actor to another through events at which each was present with the next, the best paths first.

A path is the better the less of it is only possible, hop by hop and order by order; then, the shorter it is. No actor
and no event comes twice. A group that nobody named begins or ends a path and is not passed through. Series and
organisers join nothing.

A path *in time* is one that news can have taken: no event before the one ahead of it. That an event was before the next
is certain where its last possible day is before the next one's first. It is possible where days can be chosen for all
events of the path, each within its bounds, that never go back. Which of two came first on the same day is not known.

The best path is found by ``hops``, the next ones by Yen's algorithm (Management Science 17, 1971): each leaves a path
that was found before at some actor, otherwise than all found before, and is the best that does.
"""

import heapq
from collections.abc import Iterator
from itertools import islice

from graph.model.labels import CERTAIN, POSSIBLE
from graph.network.hops import Passed, Rules, Way, arrived, passed, uncertainty, ways
from graph.network.presence import Network


def paths(
    graph: Network, start: str, goal: str, *, most: int = 3, certainty: str = CERTAIN, in_time: bool = False
) -> list[Way]:
    """The best paths, ``most`` of them if there are as many; none from somebody to themselves.

    ``certainty`` is certain (all of a path is), possible (something in it is only that), or all.
    """
    if start == goal or start not in graph or goal not in graph:
        return []
    found = _best_first(graph, start, goal, Rules(certainty == CERTAIN, in_time))
    return list(islice((way for way in found if certainty != POSSIBLE or uncertainty(way)), most))


def reachable(graph: Network, start: str, *, certainty: str = CERTAIN, in_time: bool = False) -> set[str]:
    """All others to whom some path leads."""
    if start not in graph:
        return set()
    found = ways(graph, arrived(graph, start, ()), Rules(certainty == CERTAIN, in_time))
    return {label.actor for label in found} - {start}


def _best_first(graph: Network, start: str, goal: str, rules: Rules) -> Iterator[Way]:
    """All paths, the best first; equally good ones by the IRIs of what they pass."""
    found: list[Way] = []
    waiting: list[tuple[int, int, Passed, Way]] = []
    known: set[Passed] = set()
    branches = _branches(graph, (), start, goal, rules, found)
    while True:
        for way in branches:
            if passed(way) not in known:
                known.add(passed(way))
                heapq.heappush(waiting, (uncertainty(way), len(way), passed(way), way))
        if not waiting:
            return
        best = heapq.heappop(waiting)[-1]
        found.append(best)
        yield best
        branches = (
            branch
            for length, hop in enumerate(best)
            for branch in _branches(graph, best[:length], hop.one, goal, rules, found)
        )


def _branches(graph: Network, root: Way, actor: str, goal: str, rules: Rules, found: list[Way]) -> Iterator[Way]:
    """The best path, if there is one, that begins like this and goes on otherwise than all that were found."""
    used = {node for hop in root for node in (hop.one, hop.event)}
    taken = {(way[len(root)].event, way[len(root)].other) for way in found if way[: len(root)] == root}
    ends = ways(graph, arrived(graph, actor, root), rules, used, taken)
    yield from islice((label.way for label in ends if label.actor == goal), 1)
