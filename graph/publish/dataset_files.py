"""The dataset as files: N-Quads, Turtle, TriG, JSON-LD, and the areas as Turtle."""

from collections.abc import Callable, Iterable

from pyoxigraph import RdfFormat

from graph.model.iris import prefixes_under
from graph.rdf.serialize import graph_of, in_reading_order, merged_graphs, pretty, rebase, rebased_quads, serialized
from graph.rdf.statements import Statement, from_lines
from graph.rdf.turtle import turtle


def files(rows: list[str], areas: Iterable[Statement], base: str) -> dict[str, Callable[[], bytes]]:
    """Every file of a build by name, made when asked for. Lines are sorted N-Quads."""
    quads = list(rebased_quads(in_reading_order(from_lines(rows)), base))
    by_graph = sorted(quads, key=graph_of)
    prefixes = prefixes_under(base)
    return {
        "motegraf.nq": lambda: _joined(rebase(rows, base)),
        "motegraf.ttl": lambda: pretty(merged_graphs(quads), RdfFormat.TURTLE, prefixes),
        "motegraf.trig": lambda: pretty(by_graph, RdfFormat.TRIG, prefixes),
        "motegraf.jsonld": lambda: serialized(by_graph, RdfFormat.JSON_LD) + b"\n",
        "areas.ttl": lambda: turtle(areas, prefixes),
    }


def _joined(rows: list[str]) -> bytes:
    return "\n".join([*rows, ""]).encode()
