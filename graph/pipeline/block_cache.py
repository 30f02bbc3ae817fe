"""Blocks in the cache: the text of statements that did not change is not written anew, nor is anything read from it.

Neighbouring small blocks are one record, a bundle: to write and read a file takes as long as to write a small block.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from graph.explorer.data.queries import Details, details_of_lines, spans_looked_up
from graph.pipeline.cache import Cache, Codec, Record, Stored, record_bytes
from graph.pipeline.digests import digest, digest_of_bytes
from graph.pipeline.workers import IN_PROCESS, Task, Workers
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

# A block of so many lines is stored alone: to write its neighbours anew with it would take longer than it saves.
MANY_LINES = 200
# A bundle of small ones ends after one in so many, which its digest picks: it depends on nothing but its blocks.
BLOCKS = 16
# So many bundles or blocks are worth the start of processes.
MANY_TASKS = 200


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


class BlocksTask(NamedTuple):
    """Blocks to be described, as N-Quads, with their entities under a base IRI; ``number`` is that of the bundle."""

    number: int
    base: str
    blocks: tuple[bytes, ...]


class LightTask(NamedTuple):
    """A block of which the light dump is to be written, with what is chosen of the entities in it."""

    number: int
    base: str
    nquads: bytes
    chosen: Mapping[str, bool]


def blocks_of(rows: Sequence[str], base: str, cache: Cache, workers: Workers = IN_PROCESS) -> Iterator[KeyedBlock]:
    """Yield the blocks of sorted N-Quads lines, written by this program only where they are not in the cache."""
    bundles = [tuple(zip(*bundle, strict=True)) for bundle in _bundles(rows, base, cache.program)]
    tasks = (BlocksTask(number, base, nquads) for number, (_, nquads) in enumerate(bundles))
    keys = [digest(*keys) for keys, _ in bundles]
    for (of_blocks, nquads), described in zip(
        bundles, _create("blocks", keys, tasks, describe_blocks, BUNDLE, cache, workers), strict=True
    ):
        yield from map(KeyedBlock, of_blocks, nquads, described)


def _create(
    name: str,
    keys: Sequence[str],
    tasks: Iterable[Task],
    function: Callable[[Task], tuple[int, bytes]],
    codec: Codec[Record],
    cache: Cache,
    workers: Workers,
) -> list[Record]:
    """Return the records of these keys; those that the cache lacks are made of their tasks, by workers if many are."""
    found = [cache.find(name, key, codec) for key in keys]
    missing = [task for task, record in zip(tasks, found, strict=True) if record is None]
    for number, data in (workers if len(missing) >= MANY_TASKS else IN_PROCESS).map(function, missing):
        found[number] = cache.receive(name, keys[number], data, codec)
    return [record for record in found if record is not None]


def _bundles(rows: Sequence[str], base: str, program: str) -> Iterator[list[tuple[str, bytes]]]:
    """Yield blocks that are stored together: each with its key and its N-Quads."""
    bundle: list[tuple[str, bytes]] = []
    for lines in split_into_blocks(rows):
        nquads = "\n".join([*lines, ""]).encode()
        key = digest(program, base, digest_of_bytes(nquads))
        alone = len(lines) >= MANY_LINES
        if alone and bundle:
            yield bundle
            bundle = []
        bundle.append((key, nquads))
        if alone or int(key[:8], 16) % BLOCKS == 0:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def light_blocks(
    blocks: Sequence[KeyedBlock], base: str, cache: Cache, workers: Workers = IN_PROCESS
) -> list[TurtleBlock]:
    """Return the light dump of these blocks, written only where a block or what is chosen of it changed."""
    chosen = choose_entities(mentions_of(blocks))
    keys: list[str] = []
    tasks: list[LightTask] = []
    for block in blocks:
        of_block = {name: chosen.get(name) for name in block.described.mentions}
        if any(each is not None for each in of_block.values()):
            keys.append(digest("light", block.key, json.dumps([*of_block.values()])))
            there = {name: each for name, each in of_block.items() if each is not None}
            tasks.append(LightTask(len(tasks), base, block.nquads, there))
    return _create("light", keys, tasks, create_light, TURTLE, cache, workers)


def mentions_of(blocks: Iterable[KeyedBlock]) -> dict[str, Mentions]:
    """Return what the entities of these blocks mention."""
    return {name: each for block in blocks for name, each in block.described.mentions.items()}


def describe_blocks(task: BlocksTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its blocks; workers run it."""
    return task.number, record_bytes(encode([describe(_lines(nquads), task.base) for nquads in task.blocks]))


def create_light(task: LightTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its block in the light dump; workers run it."""
    block = serialize_turtle_block([*rows_about(_lines(task.nquads), task.chosen)], task.base)
    return task.number, record_bytes(TURTLE.encode(block))


def _lines(nquads: bytes) -> list[str]:
    # Only a line feed ends a line: other line separators may be part of a literal.
    return nquads.decode().split("\n")[:-1]


def describe(lines: Sequence[str], base: str) -> DescribedBlock:
    """Return the block of these sorted lines, with its entities under a base IRI."""
    return DescribedBlock(
        serialize_block(lines, base), details_of_lines(lines, base), read_mentions(lines), spans_looked_up(lines)
    )


def encode(bundle: Iterable[DescribedBlock]) -> Stored:
    """Return the blocks as they are stored, one after another, and their lengths."""
    blocks = [*map(_encode, bundle)]
    return Stored({"blocks": [[len(body), header] for header, body in blocks]}, b"".join(body for _, body in blocks))


def decode(stored: Stored) -> list[DescribedBlock]:
    """Return the stored blocks. Raise LookupError, TypeError or ValueError where they are none."""
    lengths, headers = zip(*stored.header["blocks"], strict=True)
    spans = pairwise(accumulate(lengths, initial=0))
    return [_decode(header, stored.body, *span) for header, span in zip(headers, spans, strict=True)]


def _encode(described: DescribedBlock) -> Stored:
    """Return a block as it is stored: its texts one after another, and their lengths; the rest comes last."""
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


def _decode(header: Mapping[str, Any], body: bytes, begin: int, end: int) -> DescribedBlock:
    """Return a stored block, which is that part of the body."""
    graphs, start = {}, begin + header["turtle"]
    turtle = body[begin:start]
    for graph, name, trig, jsonld in header["graphs"]:
        middle, after = start + trig, start + trig + jsonld
        graphs[graph] = GraphText(name, body[start:middle], body[middle:after])
        start = after
    counts = header["counts"]
    links = {(predicate, target): count for predicate, target, count in counts["links"]}
    block = Block(
        rank=header["rank"],
        turtle=turtle,
        graphs=graphs,
        turtle_prefixes=frozenset(header["turtle_prefixes"]),
        trig_prefixes=frozenset(header["trig_prefixes"]),
        counts=TermCounts(**(counts | {"links": links})),
    )
    details, mentions, looked_up = json.loads(body[start:end])
    return DescribedBlock(
        block,
        {name: Details(*values) for name, *values in details},
        {name: Mentions(*values) for name, values in mentions.items()},
        [(first, last) for first, last in looked_up],
    )


BUNDLE: Codec[list[DescribedBlock]] = Codec(encode, decode)
TURTLE: Codec[TurtleBlock] = Codec(
    lambda block: Stored({"rank": block.rank, "prefixes": sorted(block.turtle_prefixes)}, block.turtle),
    lambda stored: TurtleBlock(stored.header["rank"], stored.body, frozenset(stored.header["prefixes"])),
)
