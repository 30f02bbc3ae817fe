"""Blocks in the cache: the text of statements that did not change is not written anew."""

from collections.abc import Iterator, Sequence
from functools import partial

from graph.pipeline.cache import Cache, Codec, Stored
from graph.pipeline.digests import digest
from graph.publish.blocks import Block, GraphText, serialize_block, split_into_blocks
from graph.publish.void import TermCounts


def blocks_of(rows: Sequence[str], base: str, program: str, cache: Cache) -> Iterator[Block]:
    """Yield the blocks of sorted N-Quads lines, written by this program only where they are not in the cache."""
    for lines in split_into_blocks(rows):
        yield cache.get_or_create("block", digest(program, base, *lines), partial(serialize_block, lines, base), BLOCK)


def encode(block: Block) -> Stored:
    """Return the block as it is stored: its texts one after another, and their lengths."""
    counts = block.counts._asdict() | {"links": [[*link, count] for link, count in block.counts.links.items()]}
    header = {
        "rank": block.rank,
        "turtle": len(block.turtle),
        "graphs": [[graph, text.name, len(text.trig), len(text.jsonld)] for graph, text in block.graphs.items()],
        "turtle_prefixes": sorted(block.turtle_prefixes),
        "trig_prefixes": sorted(block.trig_prefixes),
        "counts": counts,
    }
    return Stored(header, b"".join((block.turtle, *(text.trig + text.jsonld for text in block.graphs.values()))))


def decode(stored: Stored) -> Block:
    """Return the stored block. Raise LookupError, TypeError or ValueError where it is none."""
    header, body = stored
    graphs, start = {}, header["turtle"]
    for graph, name, trig, jsonld in header["graphs"]:
        middle, end = start + trig, start + trig + jsonld
        graphs[graph] = GraphText(name, body[start:middle], body[middle:end])
        start = end
    counts = header["counts"]
    links = {(predicate, target): count for predicate, target, count in counts["links"]}
    return Block(
        rank=header["rank"],
        turtle=body[: header["turtle"]],
        graphs=graphs,
        turtle_prefixes=frozenset(header["turtle_prefixes"]),
        trig_prefixes=frozenset(header["trig_prefixes"]),
        counts=TermCounts(**(counts | {"links": links})),
    )


BLOCK: Codec[Block] = Codec(encode, decode)
