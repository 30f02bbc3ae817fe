"""Centrality: who met the most others, who stands between most of them, and who belongs together.

On *actors* two are joined where they were present at the same event. An event of n actors makes n(n-1)/2 such lines, so
betweenness and communities leave out events above a stated size, and list them. On *actors and events* an actor is
joined to events: nothing is left out, and events are ranked too. The number of others is always exact.

Betweenness is the share of the shortest paths between all others that go through a node (0 to 1, by Brandes). In a
large network the paths from a sample of nodes stand for all; the sample is the same every time. Communities are found
by Louvain's method with a fixed seed. Nodes are numbered in the order of their IRIs, so that the order of a set decides
nothing.
"""

import random
from dataclasses import dataclass
from itertools import combinations

import networkx

from graph.common.progress import Progress, no_progress
from graph.model.labels import CERTAIN
from graph.network.presence import Network, events_of
from graph.network.ties import MAX_ACTORS, POSSIBLY_TOGETHER, TOGETHER, tie_kind

ON = ("actors", "actors-and-events")
BY = ("degree", "events", "betweenness")
# In networks above MAX_NODES, paths are followed from SAMPLE nodes: 500 of 5,000 take a tenth of the time.
MAX_NODES, SAMPLE = 1000, 500
SEED = 2014
# Nodes from which paths are followed between two steps of the progress bar.
_BATCH = 20


@dataclass(frozen=True, slots=True)
class Centrality:
    """The centrality of a node: ``degree`` is the number of other actors, of an event the number of its actors."""

    node: str
    degree: int
    events: int | None
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most central nodes first: ``rows``, of ``total`` nodes.

    ``sample`` is the number of nodes that stand for all, or None; ``left_out`` are the IRIs of events left out, of
    ``events`` events.
    """

    rows: list[Centrality]
    total: int
    sample: int | None
    left_out: list[str]
    events: int


def rank(
    graph: Network,
    *,
    on: str = ON[0],
    by: str = BY[0],
    certainty: str = CERTAIN,
    top: int | None = None,
    max_actors: int = MAX_ACTORS,
    max_nodes: int = MAX_NODES,
    progress: Progress = no_progress,
) -> Ranking:
    """Return the centrality of all who were present somewhere; with ``certainty`` all, of candidates too."""
    presences = _presences(graph, certainty)
    events = events_of(presences)
    left_out = [event for event in events if on == ON[0] and presences.degree(event) > max_actors]
    lines = _project_to_actors(presences, set(left_out), progress) if on == ON[0] else presences
    numbered = _relabel(lines)
    sample = min(SAMPLE, len(numbered)) if len(numbered) > max_nodes else None
    betweenness = _betweenness(numbered, sample, progress)
    community = _communities(numbered)
    ranking = [
        Centrality(
            node, len(_others(presences, node)), _events(presences, node), betweenness[number], community[number]
        )
        for number, node in enumerate(progress("counting others", sorted(lines)))
    ]
    ranking.sort(key=lambda each: (-(getattr(each, by) or 0), *_tie_break(graph, each)))
    return Ranking(ranking[:top], len(ranking), sample, left_out, len(events))


def _presences(graph: Network, certainty: str) -> Network:
    """Return the network of who was present and, unless only certain presence counts, who may have been."""
    network = networkx.Graph()
    for node, attributes in graph.nodes(data=True):
        edges = [
            (node, other, edge)
            for other, edge in graph[node].items()
            if edge["present"] and (certainty != CERTAIN or edge["certainty"] == CERTAIN)
        ]
        if edges:
            network.add_node(node, **attributes)
            network.add_edges_from(edges)
    return network


def _project_to_actors(present: Network, left_out: set[str], progress: Progress) -> Network:
    """Return lines between actors at the same event, ``weight`` being the number of events."""
    lines = networkx.Graph()
    lines.add_nodes_from(node for node, kind in present.nodes(data="kind") if kind != "event")
    for event in progress("joining actors", [event for event in events_of(present) if event not in left_out]):
        for (one, this), (other, that) in combinations(sorted(present[event].items()), 2):
            if tie_kind(this, that) in (TOGETHER, POSSIBLY_TOGETHER):
                before = lines[one][other]["weight"] if lines.has_edge(one, other) else 0
                lines.add_edge(one, other, weight=before + 1)
    return lines


def _relabel(lines: Network) -> Network:
    """Return the same lines between numbers, which are those of the nodes in the order of their IRIs."""
    number = {node: position for position, node in enumerate(sorted(lines))}
    numbered = networkx.Graph()
    numbered.add_nodes_from(range(len(number)))
    ends = (
        [*sorted((number[one], number[other])), weight] for one, other, weight in lines.edges(data="weight", default=1)
    )
    numbered.add_weighted_edges_from(sorted(ends))
    return numbered


def _betweenness(numbered: Network, sample: int | None, progress: Progress) -> list[float]:
    """Return the betweenness of each node, to six places: further places depend on the order of adding."""
    size = len(numbered)
    sources = list(numbered) if sample is None else sorted(random.Random(SEED).sample(range(size), sample))
    batches = [sources[start : start + _BATCH] for start in range(0, len(sources), _BATCH)]
    total = [0.0] * size
    for batch in progress("following paths", batches):
        partial = networkx.betweenness_centrality_subset(numbered, sources=batch, targets=list(numbered))
        total = [before + partial[node] for node, before in enumerate(total)]
    # Every path was followed from both ends, and networkx halves the sum.
    pairs = max(len(sources) * (size - 1) * (size - 2) / size / 2, 1) if size else 1
    return [round(each / pairs, 6) for each in total]


def _communities(numbered: Network) -> list[int]:
    """Return the number of each node's community; 1 is the largest."""
    if not len(numbered):
        return []
    communities = networkx.community.louvain_communities(numbered, weight="weight", seed=SEED)
    ranked = sorted(communities, key=lambda each: (-len(each), min(each)))
    return [
        position for _, position in sorted((node, position) for position, each in enumerate(ranked, 1) for node in each)
    ]


def _others(present: Network, node: str) -> set[str]:
    """Return with whom an actor was at an event; of an event, who was there."""
    if present.nodes[node]["kind"] == "event":
        return set(present[node])
    others: set[str] = set()
    for event, edge in present[node].items():
        same_guest = edge["holder_of"]
        others.update(
            other for other, its in present[event].items() if not same_guest or its["holder_of"] != same_guest
        )
    return others - {node}


def _events(present: Network, node: str) -> int | None:
    return None if present.nodes[node]["kind"] == "event" else present.degree(node)


def _tie_break(graph: Network, node: Centrality) -> tuple[float, int, str, str]:
    """Return a key that sorts the more central first among equals, then by name."""
    return -node.degree, -(node.events or 0), graph.nodes[node.node]["label"], node.node
