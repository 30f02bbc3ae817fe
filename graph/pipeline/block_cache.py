"""Blocks in the cache: the text of statements that did not change is not written anew, nor is anything read from it.

Neighbouring small blocks are one record, a bundle: to write and read a file takes as long as to write a small block.
"""

import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import Any, NamedTuple

from graph.common.compression import pack, unpack
from graph.common.lines import join_lines, split_lines
from graph.explorer.data.queries import Details, details_of_lines, spans_looked_up
from graph.pipeline.cache import Cache, Codec, Stored, record_bytes
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
from graph.publish.void import TermCounts, add_counts, count_terms

# A block of so many lines is stored alone: to write its neighbours anew with it would take longer than it saves.
MANY_LINES = 200
# A bundle of small ones ends after one in so many, which its digest picks: it depends on nothing but its blocks.
BLOCKS = 16
# So many bundles or blocks are worth the start of processes.
MANY_TASKS = 200


class DescribedBlock(NamedTuple):
    """A block with its lines as N-Quads, and what is to be told of it; its texts are compressed.

    ``details`` are what the interactive page tells of the entities in it, ``mentions`` what they mention in the light
    dump, both as JSON. ``looked_up`` are the spans of its N-Quads that the look-ups of the interactive page can read:
    first byte and end of each in turn.
    """

    block: Block
    nquads: bytes
    statements: int
    details: bytes
    mentions: bytes
    looked_up: Sequence[int]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the spans that look-ups can read."""
        return zip(self.looked_up[::2], self.looked_up[1::2], strict=True)


class CountedBlock(NamedTuple):
    """A described block, and the counts of its terms."""

    described: DescribedBlock
    counts: TermCounts


class KeyedBlock(NamedTuple):
    """A described block, and the digest of everything that it is made from."""

    key: str
    described: DescribedBlock

    @property
    def nquads(self) -> bytes:
        """Return its lines as N-Quads."""
        return unpack(self.described.nquads)

    @property
    def lines(self) -> list[str]:
        """Return its lines."""
        return split_lines(self.nquads)

    def details(self) -> dict[str, Details]:
        """Return what the interactive page tells of the entities in it."""
        return {name: Details(*values) for name, *values in json.loads(unpack(self.described.details))}

    def mentions(self) -> dict[str, Mentions]:
        """Return what its entities mention."""
        mentions = json.loads(unpack(self.described.mentions))
        return {name: Mentions(*values) for name, values in mentions.items()}


class Blocks(NamedTuple):
    """The blocks of a dataset in the order of its lines, how many statements it has, and the counts of its terms."""

    blocks: list[KeyedBlock]
    statements: int
    counts: TermCounts


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


def blocks_of(rows: Iterable[str], base: str, cache: Cache, workers: Workers = IN_PROCESS) -> Blocks:
    """Return the blocks of sorted N-Quads lines, written by this program only where they are not in the cache."""
    keys: list[Sequence[str]] = []
    made: dict[int, list[DescribedBlock]] = {}
    counted = _Sum()

    def missing() -> Iterator[BlocksTask]:
        for number, (of_blocks, nquads) in enumerate(_bundles(rows, base, cache.program)):
            keys.append(of_blocks)
            found = cache.find("blocks", digest(*of_blocks), BUNDLE)
            if found is None:
                yield BlocksTask(number, base, nquads)
            else:
                made[number] = counted.add(found)

    for number, data in _run(describe_blocks, missing(), workers):
        made[number] = counted.add(cache.receive("blocks", digest(*keys[number]), data, BUNDLE))
    blocks = [
        KeyedBlock(key, described)
        for number, of_blocks in enumerate(keys)
        for key, described in zip(of_blocks, made[number], strict=True)
    ]
    return Blocks(blocks, sum(block.described.statements for block in blocks), counted.total())


class _Sum:
    """The counts of blocks, added some hundred at a time: those of all would need much memory."""

    def __init__(self) -> None:
        self._counts: list[TermCounts] = []

    def add(self, blocks: Iterable[CountedBlock]) -> list[DescribedBlock]:
        """Add the counts of these blocks, and return the blocks without them."""
        blocks = [*blocks]
        self._counts += (block.counts for block in blocks)
        if len(self._counts) > MANY_TASKS:
            self._counts = [self.total()]
        return [block.described for block in blocks]

    def total(self) -> TermCounts:
        """Return the counts of all."""
        return add_counts(self._counts)


def _run(
    function: Callable[[Task], tuple[int, bytes]], tasks: Iterator[Task], workers: Workers
) -> Iterator[tuple[int, bytes]]:
    """Yield what a function makes of tasks, in any order: workers run it where there are many."""
    first = [*islice(tasks, MANY_TASKS)] if workers.jobs > 1 else []
    if workers.jobs > 1 and len(first) == MANY_TASKS:
        return workers.map(function, chain(first, tasks))
    return IN_PROCESS.map(function, chain(first, tasks))


def _bundles(rows: Iterable[str], base: str, program: str) -> Iterator[tuple[tuple[str, ...], tuple[bytes, ...]]]:
    """Yield blocks that are stored together: their keys, and the N-Quads of each."""
    keys: tuple[str, ...] = ()
    several: tuple[bytes, ...] = ()
    for lines in split_into_blocks(rows):
        nquads = join_lines(lines)
        key = digest(program, base, digest_of_bytes(nquads))
        alone = len(lines) >= MANY_LINES
        if alone and keys:
            yield keys, several
            keys, several = (), ()
        keys, several = (*keys, key), (*several, nquads)
        if alone or int(key[:8], 16) % BLOCKS == 0:
            yield keys, several
            keys, several = (), ()
    if keys:
        yield keys, several


def light_blocks(
    blocks: Sequence[KeyedBlock], base: str, cache: Cache, workers: Workers = IN_PROCESS
) -> list[TurtleBlock]:
    """Return the light dump of these blocks, written only where a block or what is chosen of it changed."""
    chosen = choose_entities(mentions_of(blocks))
    keys: list[str] = []
    made: dict[int, TurtleBlock] = {}

    def missing() -> Iterator[LightTask]:
        for block in blocks:
            of_block = {name: chosen.get(name) for name in block.mentions()}
            there = {name: each for name, each in of_block.items() if each is not None}
            if there:
                number = len(keys)
                keys.append(digest("light", block.key, json.dumps([*of_block.values()])))
                found = cache.find("light", keys[number], TURTLE)
                if found is None:
                    yield LightTask(number, base, block.nquads, there)
                else:
                    made[number] = found

    for number, data in _run(create_light, missing(), workers):
        made[number] = cache.receive("light", keys[number], data, TURTLE)
    return [made[number] for number in range(len(keys))]


def mentions_of(blocks: Iterable[KeyedBlock]) -> dict[str, Mentions]:
    """Return what the entities of these blocks mention."""
    return {name: each for block in blocks for name, each in block.mentions().items()}


def describe_blocks(task: BlocksTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its blocks; workers run it."""
    return task.number, record_bytes(encode(describe(split_lines(nquads), task.base) for nquads in task.blocks))


def create_light(task: LightTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its block in the light dump; workers run it."""
    block = serialize_turtle_block([*rows_about(split_lines(task.nquads), task.chosen)], task.base)
    return task.number, record_bytes(TURTLE.encode(block))


def describe(lines: Sequence[str], base: str) -> CountedBlock:
    """Return the block of these sorted lines, with its entities under a base IRI."""
    found = details_of_lines(lines, base).items()
    details = [[name, each.iri, each.label, each.single, each.lists] for name, each in found]
    described = DescribedBlock(
        serialize_block(lines, base),
        pack(join_lines(lines)),
        len(lines),
        _packed_json(details),
        _packed_json(read_mentions(lines)),
        array("I", chain.from_iterable(spans_looked_up(lines))),
    )
    return CountedBlock(described, count_terms(lines))


def _packed_json(value: object) -> bytes:
    return pack(json.dumps(value, ensure_ascii=False).encode())


def encode(bundle: Iterable[CountedBlock]) -> Stored:
    """Return the blocks as they are stored, one after another, and their lengths."""
    headers, bodies = zip(*map(_encode, bundle), strict=True)
    return Stored({"blocks": headers}, b"".join(bodies))


def decode(stored: Stored) -> list[CountedBlock]:
    """Return the stored blocks. Raise LookupError, TypeError or ValueError where they are none."""
    begin, blocks = 0, []
    for header in stored.header["blocks"]:
        texts = [stored.body[first:end] for first, end in pairwise(accumulate(header["lengths"], initial=begin))]
        begin += sum(header["lengths"])
        blocks.append(_decode(header, *texts))
    return blocks


def _encode(counted: CountedBlock) -> tuple[Mapping[str, Any], bytes]:
    """Return a block as it is stored: its texts one after another, with their lengths and the rest as a header."""
    described, counts = counted
    block = described.block
    texts = (block.turtle, block.trig, block.jsonld, described.nquads, described.details, described.mentions)
    header = {
        "rank": block.rank,
        "graphs": [[graph, *text] for graph, text in block.graphs.items()],
        "turtle_prefixes": sorted(block.turtle_prefixes),
        "trig_prefixes": sorted(block.trig_prefixes),
        "counts": counts._asdict() | {"links": [[*link, count] for link, count in counts.links.items()]},
        "statements": described.statements,
        "looked_up": [*described.looked_up],
        "lengths": [*map(len, texts)],
    }
    return header, b"".join(texts)


def _decode(
    header: Mapping[str, Any], turtle: bytes, trig: bytes, jsonld: bytes, nquads: bytes, details: bytes, mentions: bytes
) -> CountedBlock:
    counts = header["counts"]
    links = {(predicate, target): count for predicate, target, count in counts["links"]}
    block = Block(
        rank=header["rank"],
        turtle=turtle,
        trig=trig,
        jsonld=jsonld,
        graphs={
            sys.intern(graph): GraphText(sys.intern(name), tuple(in_trig), tuple(in_jsonld))
            for graph, name, in_trig, in_jsonld in header["graphs"]
        },
        turtle_prefixes=_same(frozenset(header["turtle_prefixes"])),
        trig_prefixes=_same(frozenset(header["trig_prefixes"])),
    )
    looked_up = array("I", header["looked_up"])
    described = DescribedBlock(block, nquads, header["statements"], details, mentions, looked_up)
    return CountedBlock(described, TermCounts(**(counts | {"links": links})))


@lru_cache(maxsize=10_000)
def _same(prefixes: frozenset[str]) -> frozenset[str]:
    """Return the first set that was equal to this one: blocks are alike."""
    return prefixes


BUNDLE: Codec[Iterable[CountedBlock]] = Codec(encode, decode)
TURTLE: Codec[TurtleBlock] = Codec(
    lambda block: Stored({"rank": block.rank, "prefixes": sorted(block.turtle_prefixes)}, block.turtle),
    lambda stored: TurtleBlock(stored.header["rank"], stored.body, frozenset(stored.header["prefixes"])),
)
