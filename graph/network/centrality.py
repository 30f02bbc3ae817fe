"""Centrality: who has met the most others, who stands between most of them, and who belongs together.

On *actors* two are joined where they were present at the same event; an event of n makes n(n-1)/2 such lines, so that
betweenness and communities leave out events above a stated size, and these are named. On *actors and events* an actor
is joined to events: nothing is left out, and events have figures too. How many others somebody was with is exact.

Betweenness is the share of the shortest ways between all others that go through somebody (0 to 1, by Brandes).
In a large network the ways from a sample of all nodes stand for all, the same sample every time. Communities are found
by Louvain's method with a fixed seed. Nodes are numbered in the order of their IRIs, so that no set of text decides.
"""

import random
from dataclasses import dataclass
from itertools import combinations

import networkx

from graph.common.progress import Progress, no_progress
from graph.model.labels import CERTAIN
from graph.network.presence import Network, events_of
from graph.network.ties import MOST_ACTORS, PERHAPS_TOGETHER, TOGETHER, tied_by

ON = ("actors", "actors-and-events")
BY = ("degree", "events", "betweenness")
# Above so many nodes the ways from a sample of so many are followed. 500 of 5,000 take a tenth of the time.
MOST_NODES, SAMPLE = 1000, 500
SEED = 2014
# Ways are followed from so many nodes between two strokes of the progress bar.
_STROKE = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How central somebody is, or an event: ``degree`` is how many others, of an event how many were there."""

    node: str
    degree: int
    events: int | None
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class Standings:
    """The most central first: ``shown`` of ``found``; how many nodes stand for all; events left out, of ``events``."""

    shown: list[Standing]
    found: int
    sample: int | None
    left_out: list[str]
    events: int


def central(
    graph: Network,
    *,
    on: str = ON[0],
    by: str = BY[0],
    certainty: str = CERTAIN,
    top: int | None = None,
    most_actors: int = MOST_ACTORS,
    most_nodes: int = MOST_NODES,
    progress: Progress = no_progress,
) -> Standings:
    """Figures of everybody who was present somewhere; with ``certainty`` all, of candidates too."""
    present = _present(graph, certainty)
    events = events_of(present)
    left_out = [event for event in events if on == ON[0] and present.degree(event) > most_actors]
    lines = _between_actors(present, set(left_out), progress) if on == ON[0] else present
    numbered = _numbered(lines)
    sample = min(SAMPLE, len(numbered)) if len(numbered) > most_nodes else None
    betweenness = _betweenness(numbered, sample, progress)
    community = _communities(numbered)
    standings = [
        Standing(node, len(_others(present, node)), _events(present, node), betweenness[number], community[number])
        for number, node in enumerate(progress("counting others", sorted(lines)))
    ]
    standings.sort(key=lambda each: (-(getattr(each, by) or 0), *_by_name(graph, each)))
    return Standings(standings[:top], len(standings), sample, left_out, len(events))


def _present(graph: Network, certainty: str) -> Network:
    """Who was where, and, unless only what is certain counts, who may have been."""
    kept = networkx.Graph()
    for node, about in graph.nodes(data=True):
        edges = [
            (node, other, edge)
            for other, edge in graph[node].items()
            if edge["present"] and (certainty != CERTAIN or edge["certainty"] == CERTAIN)
        ]
        if edges:
            kept.add_node(node, **about)
            kept.add_edges_from(edges)
    return kept


def _between_actors(present: Network, left_out: set[str], progress: Progress) -> Network:
    """Lines between those who were at the same event, ``weight`` the number of these; who has none stands alone."""
    lines = networkx.Graph()
    lines.add_nodes_from(node for node, kind in present.nodes(data="kind") if kind != "event")
    for event in progress("joining actors", [event for event in events_of(present) if event not in left_out]):
        for (one, this), (other, that) in combinations(sorted(present[event].items()), 2):
            if tied_by(this, that) in (TOGETHER, PERHAPS_TOGETHER):
                before = lines[one][other]["weight"] if lines.has_edge(one, other) else 0
                lines.add_edge(one, other, weight=before + 1)
    return lines


def _numbered(lines: Network) -> Network:
    """The same lines between numbers, which stand for the nodes in the order of their IRIs."""
    number = {node: place for place, node in enumerate(sorted(lines))}
    numbered = networkx.Graph()
    numbered.add_nodes_from(range(len(number)))
    ends = (
        [*sorted((number[one], number[other])), weight] for one, other, weight in lines.edges(data="weight", default=1)
    )
    numbered.add_weighted_edges_from(sorted(ends))
    return numbered


def _betweenness(numbered: Network, sample: int | None, progress: Progress) -> list[float]:
    """The betweenness of each node, to six places: what is beyond them depends on the order of adding."""
    size = len(numbered)
    sources = list(numbered) if sample is None else sorted(random.Random(SEED).sample(range(size), sample))
    strokes = [sources[start : start + _STROKE] for start in range(0, len(sources), _STROKE)]
    total = [0.0] * size
    for stroke in progress("following ways", strokes):
        found = networkx.betweenness_centrality_subset(numbered, sources=stroke, targets=list(numbered))
        total = [before + found[node] for node, before in enumerate(total)]
    # Every way was followed from both its ends, and networkx has halved what it found.
    pairs = max(len(sources) * (size - 1) * (size - 2) / size / 2, 1) if size else 1
    return [round(each / pairs, 6) for each in total]


def _communities(numbered: Network) -> list[int]:
    """Which community each node is in; 1 is the largest."""
    if not len(numbered):
        return []
    found = networkx.community.louvain_communities(numbered, weight="weight", seed=SEED)
    ranked = sorted(found, key=lambda each: (-len(each), min(each)))
    return [place for _, place in sorted((node, place) for place, each in enumerate(ranked, 1) for node in each)]


def _others(present: Network, node: str) -> set[str]:
    """With whom somebody was at an event; of an event, who was there."""
    if present.nodes[node]["kind"] == "event":
        return set(present[node])
    found: set[str] = set()
    for event, edge in present[node].items():
        same_guest = edge["holder_of"]
        found.update(other for other, its in present[event].items() if not same_guest or its["holder_of"] != same_guest)
    return found - {node}


def _events(present: Network, node: str) -> int | None:
    return None if present.nodes[node]["kind"] == "event" else present.degree(node)


def _by_name(graph: Network, standing: Standing) -> tuple[float, int, str, str]:
    """What sorts the more central first where they are equal in what was asked for, and then by name."""
    return -standing.degree, -(standing.events or 0), graph.nodes[standing.node]["label"], standing.node
