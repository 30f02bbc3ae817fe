"""Plan a push: compare the graphs of a build with those that a store has."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.query.endpoint.client import query_once
from graph.query.endpoint.http import Endpoint
from graph.query.results import expect_table
from graph.query.sparql.parameters import fill_values

LOOKUPS = Path(__file__).parent / "lookups"


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of a build: its N-Triples lines, sorted, and their digest.

    ``staging`` is the graph that it is uploaded to.
    """

    name: NamedNode
    statements: tuple[str, ...]
    digest: str
    staging: NamedNode


@dataclass(frozen=True, slots=True)
class Plan:
    """What to upload, what is unchanged, and what to remove; ``replaced`` are graphs that hold something now.

    ``uploaded`` says how many triples of a graph an interrupted push has left in its staging graph; ``abandoned`` are
    staging graphs that are no longer wanted.
    """

    to_upload: tuple[Graph, ...]
    unchanged: tuple[Graph, ...]
    to_remove: tuple[NamedNode, ...]
    replaced: tuple[NamedNode, ...]
    uploaded: Mapping[NamedNode, int]
    abandoned: tuple[NamedNode, ...]
    state: NamedNode


def split_graphs(rows: Iterable[str], base: str) -> list[Graph]:
    """Return the graphs of sorted N-Quads lines, by name."""
    triples: dict[str, list[str]] = {}
    for row in rows:
        triple, name, _ = row.rsplit(" ", 2)
        triples.setdefault(name, []).append(f"{triple} .")
    return [_graph(NamedNode(name[1:-1]), triples[name], base) for name in sorted(triples)]


def _graph(name: NamedNode, statements: list[str], base: str) -> Graph:
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    local = name.value.removeprefix(f"{base}graph/")
    return Graph(name, tuple(statements), digest, NamedNode(f"{base}graph/new.{digest[:16]}.{local}"))


def update_url(endpoint: str) -> str:
    """Return the URL for updates of a store with this query URL, as it is with Oxigraph, Fuseki, GraphDB and RDF4J.

    With others, such as Virtuoso and Neptune, both are the same.
    """
    before, mark, parameters = endpoint.strip().partition("?")
    address = before.rstrip("/")
    if address.endswith("/query"):
        address = f"{address.removesuffix('/query')}/update"
    elif re.search(r"/repositories/[^/]+$", address):
        address = f"{address}/statements"
    return f"{address}{mark}{parameters}"


def make_plan(graphs: list[Graph], base: str, endpoint: Endpoint) -> Plan:
    """Return what to do at this store. Raise QueryError where it cannot be queried."""
    state = NamedNode(f"{base}graph/pushed")
    pushed, begun_graphs = _read_state(state, endpoint)
    # Whatever the store lists, a push of ours can have begun only these.
    begun = {graph for graph in begun_graphs if graph.value.startswith(f"{base}graph/new.")}
    counts = count_triples(endpoint, [name for each in graphs for name in (each.name, each.staging)])
    unchanged = [each for each in graphs if pushed.get(each.name) == each.digest and _is_complete(each, counts)]
    to_upload = [each for each in graphs if each not in unchanged]
    names = {each.name for each in graphs}
    return Plan(
        to_upload=tuple(to_upload),
        unchanged=tuple(unchanged),
        to_remove=tuple(sorted(pushed.keys() - names, key=str)),
        replaced=tuple(each.name for each in to_upload if counts.get(each.name)),
        uploaded={each.name: counts.get(each.staging, 0) for each in to_upload},
        abandoned=tuple(sorted(begun - {each.staging for each in to_upload}, key=str)),
        state=state,
    )


def _is_complete(graph: Graph, counts: Mapping[NamedNode, int]) -> bool:
    return counts.get(graph.name) == len(graph.statements)


def count_triples(endpoint: Endpoint, graphs: Iterable[NamedNode]) -> dict[NamedNode, int]:
    """Return the number of triples in each of these graphs; a graph that does not exist is left out."""
    query = fill_values((LOOKUPS / "counts.rq").read_text(encoding="utf-8"), "graph", list(graphs))
    rows = expect_table(query_once(query, "SELECT", endpoint)).rows
    return {
        graph: int(count.value) for graph, count in rows if isinstance(graph, NamedNode) and isinstance(count, Literal)
    }


def _read_state(state: NamedNode, endpoint: Endpoint) -> tuple[dict[NamedNode, str], set[NamedNode]]:
    """Return the digest of each graph that was pushed whole, and the staging graphs in which something was begun."""
    query = fill_values((LOOKUPS / "written_down.rq").read_text(encoding="utf-8"), "state", [state])
    pushed: dict[NamedNode, str] = {}
    begun: set[NamedNode] = set()
    for graph, digest in expect_table(query_once(query, "SELECT", endpoint)).rows:
        if isinstance(graph, NamedNode):
            begun.add(graph) if digest is None else pushed.setdefault(graph, digest.value)
    return pushed, begun
