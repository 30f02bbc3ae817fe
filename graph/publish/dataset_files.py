"""Serialize the dataset: Turtle, TriG, JSON-LD, and the areas as Turtle."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from graph.builds.folder import Data
from graph.common.compression import unpack
from graph.model.iris import prefixes_under
from graph.publish.blocks import Block, TurtleBlock, jsonld_begin
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


def turtle_file(blocks: Sequence[Block | TurtleBlock], base: str) -> Iterator[bytes]:
    """Yield the Turtle of these blocks, which are in the order of reading, in pieces."""
    used = set().union(*(block.turtle_prefixes for block in blocks))
    yield prefix_lines(used, prefixes_under(base))
    for block in blocks:
        yield b"\n"
        yield unpack(block.turtle)


def _trig(blocks: Sequence[Block], base: str) -> Iterator[bytes]:
    used = set().union(*(block.trig_prefixes for block in blocks))
    yield prefix_lines(used, prefixes_under(base))
    for graph, several in _by_graph(blocks).items():
        yield f"\n{several[0].graphs[graph].name} {{\n".encode()
        yield from (block.trig_of(graph) for block in several)
        yield b"}\n"


def _jsonld(blocks: Sequence[Block]) -> Iterator[bytes]:
    yield b"["
    between = b""
    for graph, several in _by_graph(blocks).items():
        yield between + jsonld_begin(graph[1:-1])
        for number, block in enumerate(several):
            yield (b"," if number else b"") + block.jsonld_of(graph)
        yield b"]}"
        between = b","
    yield b"]\n"


def _by_graph(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Return the blocks that have something of each graph, in their order, graph by graph in order of their IRIs."""
    by_graph: defaultdict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        for graph in block.graphs:
            by_graph[graph].append(block)
    return dict(sorted(by_graph.items()))
