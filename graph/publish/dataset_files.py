"""Serialize the dataset: N-Quads, Turtle, TriG, JSON-LD, and the areas as Turtle."""

from collections.abc import Callable, Iterable

from pyoxigraph import RdfFormat

from graph.model.iris import prefixes_under
from graph.rdf.serialize import (
    graph_key,
    in_reading_order,
    merge_graphs,
    rebase_nquads,
    rebase_quads,
    serialize_pretty,
    serialize_rdf,
)
from graph.rdf.statements import Statement, parse_nquads
from graph.rdf.turtle import serialize_turtle


def dataset_files(rows: list[str], areas: Iterable[Statement], base: str) -> dict[str, Callable[[], bytes]]:
    """Return every file of the dataset by name, each made when it is called for. ``rows`` are sorted N-Quads lines."""
    quads = list(rebase_quads(in_reading_order(parse_nquads(rows)), base))
    by_graph = sorted(quads, key=graph_key)
    prefixes = prefixes_under(base)
    return {
        "motegraf.nq": lambda: _joined(rebase_nquads(rows, base)),
        "motegraf.ttl": lambda: serialize_pretty(merge_graphs(quads), RdfFormat.TURTLE, prefixes),
        "motegraf.trig": lambda: serialize_pretty(by_graph, RdfFormat.TRIG, prefixes),
        "motegraf.jsonld": lambda: serialize_rdf(by_graph, RdfFormat.JSON_LD) + b"\n",
        "areas.ttl": lambda: serialize_turtle(areas, prefixes),
    }


def _joined(rows: list[str]) -> bytes:
    return "\n".join([*rows, ""]).encode()
