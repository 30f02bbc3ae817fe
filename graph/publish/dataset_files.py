"""Serialize the dataset: Turtle, TriG, JSON-LD, and the areas as Turtle."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph.builds.folder import Data
from graph.model.iris import prefixes_under
from graph.publish.blocks import Block, GraphText, TurtleBlock, jsonld_begin
from graph.rdf.serialize import prefix_lines
from graph.rdf.statements import Statement
from graph.rdf.turtle import serialize_turtle


def dataset_files(blocks: Sequence[Block], areas: Iterable[Statement], base: str) -> dict[str, Callable[[], Data]]:
    """Return each file of the dataset of these blocks but its N-Quads, as a function that gives its bytes in pieces."""
    ordered = sorted(blocks, key=lambda block: block.rank)
    return {
        "motegraf.ttl": lambda: turtle_file(ordered, base),
        "motegraf.trig": lambda: _trig(ordered, base),
        "motegraf.jsonld": lambda: _jsonld(ordered),
        "areas.ttl": lambda: [serialize_turtle(areas, prefixes_under(base))],
    }


def turtle_file(blocks: Sequence[Block | TurtleBlock], base: str) -> list[bytes]:
    """Return the Turtle of these blocks, which are in the order of reading."""
    used = set().union(*(block.turtle_prefixes for block in blocks))
    bodies = (piece for block in blocks for piece in (b"\n", block.turtle))
    return [prefix_lines(used, prefixes_under(base)), *bodies]


def _trig(blocks: Sequence[Block], base: str) -> list[bytes]:
    used = set().union(*(block.trig_prefixes for block in blocks))
    pieces = [prefix_lines(used, prefixes_under(base))]
    for texts in _by_graph(blocks).values():
        pieces += [f"\n{texts[0].name} {{\n".encode(), *(text.trig for text in texts), b"}\n"]
    return pieces


def _jsonld(blocks: Sequence[Block]) -> list[bytes]:
    pieces = [b"["]
    for graph, texts in _by_graph(blocks).items():
        between = b"," if len(pieces) > 1 else b""
        pieces += [between + jsonld_begin(graph[1:-1])]
        pieces += [piece for text in texts for piece in (b",", text.jsonld)][1:]
        pieces += [b"]}"]
    return [*pieces, b"]\n"]


def _by_graph(blocks: Sequence[Block]) -> dict[str, list[GraphText]]:
    """Return the texts of each graph in the order of the blocks, graph by graph in order of their IRIs."""
    by_graph: defaultdict[str, list[GraphText]] = defaultdict(list)
    for block in blocks:
        for graph, text in block.graphs.items():
            by_graph[graph].append(text)
    return dict(sorted(by_graph.items()))
