"""Paths: from one actor to another through events at which each was present with the next, the best paths first.

A path is the better the less of it is merely possible, hop by hop and order by order; then, the shorter it is. No actor
and no event comes twice. A group that nobody named begins or ends a path and is not passed through. Series and
organisers join nothing.

A path *in time* is one by which news can have travelled: no event is before the one ahead of it. That an event was
before the next is certain where its last possible day is before the first possible day of the next. It is possible
where days can be chosen for all events of the path, each within its bounds, that never go back. Of two on the same day
the order is not known.

The best path is found by ``hops``, the next ones by Yen's algorithm (Management Science 17, 1971): each leaves a path
that was found before at some actor, otherwise than all found before, and is the best that does.
"""

import heapq
from collections.abc import Iterator
from itertools import islice

from graph.model.labels import CERTAIN, POSSIBLE
from graph.network.hops import ActorPath, Rules, Steps, best_labels, start_label, steps, uncertainty
from graph.network.presence import Network


def paths(
    graph: Network, start: str, goal: str, *, limit: int = 3, certainty: str = CERTAIN, in_time: bool = False
) -> list[ActorPath]:
    """Return the best paths, at most ``limit``; none from an actor to itself.

    ``certainty`` is certain (all of a path is), possible (some of it is only that), or all.
    """
    if start == goal or start not in graph or goal not in graph:
        return []
    candidates = _best_first(graph, start, goal, Rules(certainty == CERTAIN, in_time))
    return list(islice((path for path in candidates if certainty != POSSIBLE or uncertainty(path)), limit))


def reachable(graph: Network, start: str, *, certainty: str = CERTAIN, in_time: bool = False) -> set[str]:
    """Return all other actors to whom a path leads."""
    if start not in graph:
        return set()
    labels = best_labels(graph, start_label(graph, start, ()), Rules(certainty == CERTAIN, in_time))
    return {label.actor for label in labels} - {start}


def _best_first(graph: Network, start: str, goal: str, rules: Rules) -> Iterator[ActorPath]:
    """Yield all paths, the best first; equally good ones in the order of the IRIs that they pass."""
    earlier: list[ActorPath] = []
    waiting: list[tuple[int, int, Steps, ActorPath]] = []
    seen: set[Steps] = set()
    branches = _branches(graph, (), start, goal, rules, earlier)
    while True:
        for path in branches:
            if steps(path) not in seen:
                seen.add(steps(path))
                heapq.heappush(waiting, (uncertainty(path), len(path), steps(path), path))
        if not waiting:
            return
        best = heapq.heappop(waiting)[-1]
        earlier.append(best)
        yield best
        branches = (
            branch
            for length, hop in enumerate(best)
            for branch in _branches(graph, best[:length], hop.one, goal, rules, earlier)
        )


def _branches(
    graph: Network, root: ActorPath, actor: str, goal: str, rules: Rules, earlier: list[ActorPath]
) -> Iterator[ActorPath]:
    """Yield the best path, if there is one, that begins with ``root`` and continues otherwise than all ``earlier``."""
    passed = {node for hop in root for node in (hop.one, hop.event)}
    excluded = {(path[len(root)].event, path[len(root)].other) for path in earlier if path[: len(root)] == root}
    ends = best_labels(graph, start_label(graph, actor, root), rules, passed, excluded)
    yield from islice((label.path for label in ends if label.actor == goal), 1)
