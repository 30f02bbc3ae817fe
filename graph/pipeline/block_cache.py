"""Blocks in the cache: the text of statements that did not change is not written anew, nor are details read from it."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from graph.explorer.data.queries import Details, details_of_lines
from graph.pipeline.cache import Cache, Codec, Stored
from graph.pipeline.digests import digest
from graph.publish.blocks import (
    Block,
    GraphText,
    TurtleBlock,
    serialize_block,
    serialize_turtle_block,
    split_into_blocks,
)
from graph.publish.void import TermCounts


class DescribedBlock(NamedTuple):
    """A block, and what the interactive page tells of the entities in it."""

    block: Block
    details: dict[str, Details]


def blocks_of(rows: Sequence[str], base: str, cache: Cache) -> Iterator[DescribedBlock]:
    """Yield the blocks of sorted N-Quads lines, written by this program only where they are not in the cache."""
    for lines in split_into_blocks(rows):
        yield cache.get_or_create("block", digest(cache.program, base, *lines), partial(_create, lines, base), BLOCK)


def turtle_blocks_of(rows: Sequence[str], base: str, cache: Cache) -> Iterator[TurtleBlock]:
    """Yield the blocks of sorted N-Quads lines in Turtle, written only where they are not in the cache."""
    for lines in split_into_blocks(rows):
        key = digest(cache.program, base, *lines)
        yield cache.get_or_create("turtle", key, partial(serialize_turtle_block, lines, base), TURTLE)


def _create(lines: Sequence[str], base: str) -> DescribedBlock:
    return DescribedBlock(serialize_block(lines, base), details_of_lines(lines, base))


def encode(described: DescribedBlock) -> Stored:
    """Return the block as it is stored: its texts one after another, and their lengths; details come last."""
    block = described.block
    counts = block.counts._asdict() | {"links": [[*link, count] for link, count in block.counts.links.items()]}
    header = {
        "rank": block.rank,
        "turtle": len(block.turtle),
        "graphs": [[graph, text.name, len(text.trig), len(text.jsonld)] for graph, text in block.graphs.items()],
        "turtle_prefixes": sorted(block.turtle_prefixes),
        "trig_prefixes": sorted(block.trig_prefixes),
        "counts": counts,
    }
    details = [[name, each.iri, each.label, each.single, each.lists] for name, each in described.details.items()]
    texts = (text.trig + text.jsonld for text in block.graphs.values())
    return Stored(header, b"".join((block.turtle, *texts, json.dumps(details, ensure_ascii=False).encode())))


def decode(stored: Stored) -> DescribedBlock:
    """Return the stored block. Raise LookupError, TypeError or ValueError where it is none."""
    header, body = stored
    graphs, start = {}, header["turtle"]
    for graph, name, trig, jsonld in header["graphs"]:
        middle, end = start + trig, start + trig + jsonld
        graphs[graph] = GraphText(name, body[start:middle], body[middle:end])
        start = end
    counts = header["counts"]
    links = {(predicate, target): count for predicate, target, count in counts["links"]}
    block = Block(
        rank=header["rank"],
        turtle=body[: header["turtle"]],
        graphs=graphs,
        turtle_prefixes=frozenset(header["turtle_prefixes"]),
        trig_prefixes=frozenset(header["trig_prefixes"]),
        counts=TermCounts(**(counts | {"links": links})),
    )
    return DescribedBlock(block, {name: Details(*told) for name, *told in json.loads(body[start:])})


BLOCK: Codec[DescribedBlock] = Codec(encode, decode)
TURTLE: Codec[TurtleBlock] = Codec(
    lambda block: Stored({"rank": block.rank, "prefixes": sorted(block.turtle_prefixes)}, block.turtle),
    lambda stored: TurtleBlock(stored.header["rank"], stored.body, frozenset(stored.header["prefixes"])),
)
