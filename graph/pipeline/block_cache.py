"""Blocks in the cache: the text of statements that did not change is not written anew, nor is anything read from it.

Neighbouring small blocks are one record, a bundle: to write and read a file takes as long as to write a small block.
"""

import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from graph.common.compression import pack, unpack
from graph.common.lines import join_lines, split_lines
from graph.common.spool import Spool, Spooled, bytes_of
from graph.explorer.data.queries import Details, details_of_lines, spans_looked_up, spans_of_main
from graph.pipeline.block_records import BUNDLE, BUNDLES, TURTLE, CountedBlock, DescribedBlock, encode
from graph.pipeline.cache import Cache, record_bytes
from graph.pipeline.digests import digest, digest_of_bytes
from graph.pipeline.sorted_lines import merge_lines
from graph.pipeline.workers import IN_PROCESS, Task, Workers
from graph.publish.blocks import (
    TurtleBlock,
    serialize_block,
    serialize_turtle_block,
    split_into_blocks,
)
from graph.publish.light import Choice, Mentions, gather, mentions_in, rows_about
from graph.publish.void import TermCounts, add_counts, count_terms

# A block of so many lines is stored alone: to write its neighbours anew with it would take longer than it saves.
MANY_LINES = 200
# A bundle of small ones ends after one in so many, which its digest picks: it depends on nothing but its blocks.
BLOCKS = 16
# Of so many lines, what has not changed is not merged again.
MOST_LINES = 1_000_000
# So many bundles or blocks are worth the start of processes.
MANY_TASKS = 200


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

    def mentions(self) -> tuple[list[str], dict[str, Mentions]]:
        """Return what its concluded entities mention, and others that can be whole, with what each mentions."""
        mentioned, others = json.loads(unpack(self.described.mentions))
        # The same names come again and again, and so do empty lists.
        return mentioned, {
            sys.intern(name): Mentions(*(tuple(map(sys.intern, several)) for several in values))
            for name, values in others.items()
        }

    def brief(self) -> dict[str, list[str]]:
        """Return what those of its entities mention that can only be brief."""
        brief: dict[str, list[str]] = json.loads(unpack(self.described.brief) or b"{}")
        return brief


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
    in_parts: bool = False


class LightTask(NamedTuple):
    """A block of which the light dump is to be written, with what is chosen of the entities in it."""

    number: int
    base: str
    nquads: bytes
    chosen: Mapping[str, bool]


def merge_into_blocks(
    several: Iterable[Sequence[str]], base: str, cache: Cache, workers: Workers = IN_PROCESS, in_parts: bool = False
) -> Blocks:
    """Return the blocks of sorted lists of N-Quads lines, merged; of many lines, range by range.

    ``in_parts``: pages are given to the interactive page in parts, so that look-ups read less, and no details are kept.
    """
    several = [*several]
    if sum(map(len, several)) <= MOST_LINES:
        return blocks_of(merge_lines(several, cache.folder), base, cache, workers, in_parts)
    # Here, not above: few builds have so many lines.
    from graph.pipeline.ranges import ranges_of

    made_by = digest(*_made_by(base, cache.program, in_parts))

    def stored() -> Iterator[Bundle]:
        for each in ranges_of(several, made_by, cache, BUNDLES):
            keys = cache.find("range", each.key, BUNDLES) or []
            cached = [cache.find("blocks", digest(*of_blocks), BUNDLE) for of_blocks in keys]
            there = [[*blocks] for blocks in cached if blocks is not None]
            if keys and len(there) == len(keys):
                yield from zip(keys, there, strict=True)
                continue
            bundles = [*_bundles(each.rows(), base, cache.program, in_parts)]
            cache.store("range", each.key, [of_blocks for of_blocks, _ in bundles], BUNDLES)
            yield from (_cached_bundle(of_blocks, nquads, cache) for of_blocks, nquads in bundles)

    return _blocks(stored(), base, cache, workers, in_parts)


def blocks_of(
    rows: Iterable[str],
    base: str,
    cache: Cache,
    workers: Workers = IN_PROCESS,
    in_parts: bool = False,
) -> Blocks:
    """Return the blocks of sorted N-Quads lines, written by this program only where they are not in the cache.

    ``in_parts``: pages are given to the interactive page in parts, so that look-ups read less, and no details are kept.
    The texts of many blocks are not in memory, but kept by the spool of the cache.
    """
    bundles = _bundles(rows, base, cache.program, in_parts)
    cached = (_cached_bundle(of_blocks, nquads, cache) for of_blocks, nquads in bundles)
    return _blocks(cached, base, cache, workers, in_parts)


# The keys of a bundle, and its blocks as the cache has them, or the N-Quads of each.
Bundle = tuple[Sequence[str], "list[CountedBlock] | tuple[bytes, ...]"]


def _cached_bundle(of_blocks: Sequence[str], nquads: tuple[bytes, ...], cache: Cache) -> Bundle:
    cached = cache.find("blocks", digest(*of_blocks), BUNDLE)
    return of_blocks, nquads if cached is None else [*cached]


def _blocks(bundles: Iterable[Bundle], base: str, cache: Cache, workers: Workers, in_parts: bool) -> Blocks:
    """Return the blocks of these bundles, made where there is only the N-Quads of them."""
    keys: list[Sequence[str]] = []
    made: dict[int, list[DescribedBlock]] = {}
    counted = _Sum(cache.spool)

    def missing() -> Iterator[BlocksTask]:
        for number, (of_blocks, there) in enumerate(bundles):
            keys.append(of_blocks)
            if isinstance(there, tuple):
                yield BlocksTask(number, base, there, in_parts)
            else:
                made[number] = counted.add(there)

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

    def __init__(self, spool: Spool) -> None:
        self._counts: list[TermCounts] = []
        self._spool = spool

    def add(self, blocks: Iterable[CountedBlock]) -> list[DescribedBlock]:
        """Add the counts of these blocks, and return the blocks without them."""
        blocks = [*blocks]
        self._counts += (block.counts for block in blocks)
        if len(self._counts) > MANY_TASKS:
            self._counts = [self.total()]
        return [_spooled(block.described, self._spool) for block in blocks]

    def total(self) -> TermCounts:
        """Return the counts of all."""
        return add_counts(self._counts)


def _spooled(described: DescribedBlock, spool: Spool) -> DescribedBlock:
    """Return a block whose texts are kept by the spool."""

    def kept(text: bytes | Spooled) -> bytes | Spooled:
        return spool.keep(text) if isinstance(text, bytes) else text

    block = described.block
    return described._replace(
        block=block._replace(turtle=kept(block.turtle), trig=kept(block.trig), jsonld=kept(block.jsonld)),
        nquads=kept(described.nquads),
        details=kept(described.details),
        mentions=kept(described.mentions),
        brief=kept(described.brief),
    )


def _run(
    function: Callable[[Task], tuple[int, bytes]], tasks: Iterator[Task], workers: Workers
) -> Iterator[tuple[int, bytes]]:
    """Yield what a function makes of tasks, in any order: workers run it where there are many."""
    first = [*islice(tasks, MANY_TASKS)] if workers.jobs > 1 else []
    if workers.jobs > 1 and len(first) == MANY_TASKS:
        return workers.map(function, chain(first, tasks))
    return IN_PROCESS.map(function, chain(first, tasks))


def _bundles(
    rows: Iterable[str], base: str, program: str, in_parts: bool
) -> Iterator[tuple[tuple[str, ...], tuple[bytes, ...]]]:
    """Yield blocks that are stored together: their keys, and the N-Quads of each."""
    keys: tuple[str, ...] = ()
    several: tuple[bytes, ...] = ()
    made_by = _made_by(base, program, in_parts)
    for lines in split_into_blocks(rows):
        nquads = join_lines(lines)
        key = digest(*made_by, digest_of_bytes(nquads))
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


def _made_by(base: str, program: str, in_parts: bool) -> tuple[str, ...]:
    return program, base, *(["in parts"] if in_parts else [])


def light_blocks(
    blocks: Sequence[KeyedBlock],
    base: str,
    cache: Cache,
    workers: Workers = IN_PROCESS,
) -> list[TurtleBlock]:
    """Return the light dump of these blocks, written only where a block or what is chosen of it changed.

    Of a block that stands there whole nothing is written: it is the same in the whole dump.
    """
    of_blocks, choice = _choose(blocks)
    light = _LightDump(choice, base, cache)
    for number, data in _run(create_light, light.missing(blocks, of_blocks), workers):
        light.receive(number, data)
    return light.blocks()


def _choose(blocks: Sequence[KeyedBlock]) -> tuple[list[list[str]], Choice]:
    """Return the entities of each block that can be whole and are not concluded, and which stand in the light dump."""
    choice = Choice()
    # Mentions are read once: it is half of what the light dump takes where little has changed.
    of_blocks: list[list[str]] = []
    for block in blocks:
        mentioned, others = block.mentions()
        of_blocks.append([*others])
        choice.add(mentioned, others)
    choice.close(lambda: (block.brief() for block in blocks if block.described.brief))
    return of_blocks, choice


class _LightDump:
    """The blocks of a light dump: what is chosen of all entities, what is made, and in which order."""

    def __init__(self, choice: Choice, base: str, cache: Cache) -> None:
        self._choice, self._base, self._cache = choice, base, cache
        self._keys: list[str] = []
        self._made: dict[int, TurtleBlock] = {}
        # Blocks that are whole, and for others the number of what is made, in their order.
        self._in_order: list[TurtleBlock | int] = []

    def missing(self, blocks: Iterable[KeyedBlock], of_blocks: Iterable[Iterable[str]]) -> Iterator[LightTask]:
        """Add these blocks with their entities that can be whole, and yield what the cache has not."""
        for block, others in zip(blocks, of_blocks, strict=True):
            names = [*others, *block.brief()]
            there = self._choice.of(names)
            if not there and not block.described.concluded:
                continue
            if block.described.stands_whole and len(there) == len(names) and all(there.values()):
                text = block.described.block
                self._in_order.append(TurtleBlock(text.rank, text.turtle, text.turtle_prefixes))
                continue
            number = len(self._keys)
            self._in_order.append(number)
            self._keys.append(digest("light", block.key, json.dumps([*map(there.get, names)])))
            cached = self._cache.find("light", self._keys[number], TURTLE)
            if cached is None:
                yield LightTask(number, self._base, block.nquads, there)
            else:
                self._keep(number, cached)

    def receive(self, number: int, data: bytes) -> None:
        """Add what was made of a task, as the bytes of its record."""
        self._keep(number, self._cache.receive("light", self._keys[number], data, TURTLE))

    def blocks(self) -> list[TurtleBlock]:
        """Return all blocks in their order."""
        return [self._made[each] if isinstance(each, int) else each for each in self._in_order]

    def _keep(self, number: int, block: TurtleBlock) -> None:
        self._made[number] = block._replace(turtle=self._cache.spool.keep(bytes_of(block.turtle)))


def choose_of(blocks: Sequence[KeyedBlock]) -> dict[str, bool]:
    """Return which entities of these blocks stand in the light dump, but for concluded ones: whether each is whole."""
    of_blocks, choice = _choose(blocks)
    names = (name for block, others in zip(blocks, of_blocks, strict=True) for name in (*others, *block.brief()))
    return choice.of(names)


def describe_blocks(task: BlocksTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its blocks; workers run it."""
    return task.number, record_bytes(
        encode(describe(split_lines(nquads), task.base, task.in_parts) for nquads in task.blocks)
    )


def create_light(task: LightTask) -> tuple[int, bytes]:
    """Return the number of a task, and the record of its block in the light dump; workers run it."""
    block = serialize_turtle_block([*rows_about(split_lines(task.nquads), task.chosen)], task.base)
    return task.number, record_bytes(TURTLE.encode(block))


def describe(lines: Sequence[str], base: str, in_parts: bool = False) -> CountedBlock:
    """Return the block of these sorted lines, with its entities under a base IRI."""
    by_name = {} if in_parts else details_of_lines(lines, base)
    details = [[name, each.iri, each.label, each.single, each.lists] for name, each in by_name.items()]
    mentions, stands_whole = mentions_in(lines)
    gathered = gather(mentions)
    described = DescribedBlock(
        serialize_block(lines, base),
        pack(join_lines(lines)),
        len(lines),
        _packed_json(details),
        gathered.concluded,
        _packed_json([gathered.mentioned, gathered.others]),
        _packed_json(gathered.brief) if gathered.brief else b"",
        stands_whole,
        array("I", chain.from_iterable(spans_of_main(lines) if in_parts else spans_looked_up(lines))),
    )
    return CountedBlock(described, count_terms(lines))


def _packed_json(value: object) -> bytes:
    return pack(json.dumps(value, ensure_ascii=False).encode())
