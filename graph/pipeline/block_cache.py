"""Blocks in the cache: the text of statements that did not change is not written anew, nor is anything read from it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from graph.explorer.data.queries import Details, details_of_lines, spans_looked_up
from graph.pipeline.cache import Cache, Codec, Stored
from graph.pipeline.digests import digest, digest_of_bytes
from graph.publish.blocks import (
    Block,
    GraphText,
    TurtleBlock,
    serialize_block,
    serialize_turtle_block,
    split_into_blocks,
)
from graph.publish.light import Mentions, choose_entities, read_mentions, rows_about
from graph.publish.void import TermCounts


class DescribedBlock(NamedTuple):
    """A block, what the interactive page tells of the entities in it, and what they mention in the light dump.

    ``looked_up`` are the spans of its N-Quads that the look-ups of the interactive page can read.
    """

    block: Block
    details: dict[str, Details]
    mentions: dict[str, Mentions]
    looked_up: list[tuple[int, int]]


class KeyedBlock(NamedTuple):
    """A described block with its lines as N-Quads, and the digest of everything that it is made from."""

    key: str
    nquads: bytes
    described: DescribedBlock


def blocks_of(rows: Sequence[str], base: str, cache: Cache) -> Iterator[KeyedBlock]:
    """Yield the blocks of sorted N-Quads lines, written by this program only where they are not in the cache."""
    for lines in split_into_blocks(rows):
        nquads = "\n".join([*lines, ""]).encode()
        key = digest(cache.program, base, digest_of_bytes(nquads))
        yield KeyedBlock(key, nquads, cache.get_or_create("block", key, partial(describe, lines, base), BLOCK))


def light_blocks(blocks: Sequence[KeyedBlock], base: str, cache: Cache) -> Iterator[TurtleBlock]:
    """Yield the light dump of a dataset of these blocks, written only where a block or what is chosen of it changed."""
    chosen = choose_entities({name: each for block in blocks for name, each in block.described.mentions.items()})
    for block in blocks:
        of_block = [chosen.get(name) for name in block.described.mentions]
        if any(each is not None for each in of_block):
            key = digest("light", block.key, json.dumps(of_block))
            yield cache.get_or_create("light", key, partial(_create_light, block.nquads, chosen, base), TURTLE)


def describe(lines: Sequence[str], base: str) -> DescribedBlock:
    """Return the block of these sorted lines, with its entities under a base IRI."""
    return DescribedBlock(
        serialize_block(lines, base), details_of_lines(lines, base), read_mentions(lines), spans_looked_up(lines)
    )


def _create_light(nquads: bytes, chosen: Mapping[str, bool], base: str) -> TurtleBlock:
    # Only a line feed ends a line: other line separators may be part of a literal.
    return serialize_turtle_block([*rows_about(nquads.decode().split("\n")[:-1], chosen)], base)


def encode(described: DescribedBlock) -> Stored:
    """Return the block as it is stored: its texts one after another, and their lengths; the rest comes last."""
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
    rest = json.dumps([details, described.mentions, described.looked_up], ensure_ascii=False).encode()
    texts = (text.trig + text.jsonld for text in block.graphs.values())
    return Stored(header, b"".join((block.turtle, *texts, rest)))


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
    details, mentions, looked_up = json.loads(body[start:])
    return DescribedBlock(
        block,
        {name: Details(*values) for name, *values in details},
        {name: Mentions(*values) for name, values in mentions.items()},
        [(begin, end) for begin, end in looked_up],
    )


BLOCK: Codec[DescribedBlock] = Codec(encode, decode)
TURTLE: Codec[TurtleBlock] = Codec(
    lambda block: Stored({"rank": block.rank, "prefixes": sorted(block.turtle_prefixes)}, block.turtle),
    lambda stored: TurtleBlock(stored.header["rank"], stored.body, frozenset(stored.header["prefixes"])),
)
