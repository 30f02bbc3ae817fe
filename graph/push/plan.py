"""What a push has to do: the graphs of a build against those that a store says it has."""

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
    """A graph of a build: its N-Triples lines, sorted, and their digest; ``new`` is where it is put together there."""

    name: NamedNode
    statements: tuple[str, ...]
    digest: str
    new: NamedNode


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent, what is there as it should be, what goes; ``replaced`` are graphs that hold something now.

    ``begun`` says how many statements of a graph that is to be sent a broken-off push has left there, ``left`` which
    graphs one has begun that is not wanted any more.
    """

    sent: tuple[Graph, ...]
    kept: tuple[Graph, ...]
    gone: tuple[NamedNode, ...]
    replaced: tuple[NamedNode, ...]
    begun: Mapping[NamedNode, int]
    left: tuple[NamedNode, ...]
    state: NamedNode


def split_graphs(rows: Iterable[str], base: str) -> list[Graph]:
    """The graphs of sorted N-Quads lines, by name."""
    found: dict[str, list[str]] = {}
    for row in rows:
        triple, name, _ = row.rsplit(" ", 2)
        found.setdefault(name, []).append(f"{triple} .")
    return [_graph(NamedNode(name[1:-1]), found[name], base) for name in sorted(found)]


def _graph(name: NamedNode, statements: list[str], base: str) -> Graph:
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    local = name.value.removeprefix(f"{base}graph/")
    return Graph(name, tuple(statements), digest, NamedNode(f"{base}graph/new.{digest[:16]}.{local}"))


def update_url(endpoint: str) -> str:
    """Where a store that is asked at this address takes updates, as it is with Oxigraph, Fuseki, GraphDB and RDF4J.

    With others, such as Virtuoso and Neptune, it is the same address.
    """
    before, mark, parameters = endpoint.strip().partition("?")
    address = before.rstrip("/")
    if address.endswith("/query"):
        address = f"{address.removesuffix('/query')}/update"
    elif re.search(r"/repositories/[^/]+$", address):
        address = f"{address}/statements"
    return f"{address}{mark}{parameters}"


def make_plan(graphs: list[Graph], base: str, there: Endpoint) -> Plan:
    """What is to be done at this store; Unanswered where it cannot be asked."""
    state = NamedNode(f"{base}graph/pushed")
    pushed, written = _read_state(state, there)
    # Whatever stands there, a push of ours can have begun only these.
    begun = {graph for graph in written if graph.value.startswith(f"{base}graph/new.")}
    counted = count_statements(there, [place for each in graphs for place in (each.name, each.new)])
    whole = [each for each in graphs if pushed.get(each.name) == each.digest and _is_complete(each, counted)]
    sent = [each for each in graphs if each not in whole]
    names = {each.name for each in graphs}
    return Plan(
        sent=tuple(sent),
        kept=tuple(whole),
        gone=tuple(sorted(pushed.keys() - names, key=str)),
        replaced=tuple(each.name for each in sent if counted.get(each.name)),
        begun={each.name: counted.get(each.new, 0) for each in sent},
        left=tuple(sorted(begun - {each.new for each in sent}, key=str)),
        state=state,
    )


def _is_complete(graph: Graph, counted: Mapping[NamedNode, int]) -> bool:
    return counted.get(graph.name) == len(graph.statements)


def count_statements(there: Endpoint, graphs: Iterable[NamedNode]) -> dict[NamedNode, int]:
    """How many statements stand in each of these graphs; one that is not there is not here either."""
    query = fill_values((LOOKUPS / "counts.rq").read_text(encoding="utf-8"), "graph", list(graphs))
    rows = expect_table(query_once(query, "SELECT", there)).rows
    return {
        graph: int(count.value) for graph, count in rows if isinstance(graph, NamedNode) and isinstance(count, Literal)
    }


def _read_state(state: NamedNode, there: Endpoint) -> tuple[dict[NamedNode, str], set[NamedNode]]:
    """By graph, the digest of what was pushed whole; and the graphs in which something was begun."""
    query = fill_values((LOOKUPS / "written_down.rq").read_text(encoding="utf-8"), "state", [state])
    pushed: dict[NamedNode, str] = {}
    begun: set[NamedNode] = set()
    for graph, digest in expect_table(query_once(query, "SELECT", there)).rows:
        if isinstance(graph, NamedNode):
            begun.add(graph) if digest is None else pushed.setdefault(graph, digest.value)
    return pushed, begun
