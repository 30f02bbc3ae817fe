"""Ranges of a graph: its sorted lines, range by range, of which few are merged anew where little has changed.

A range ends with a subject after which a block ends (``publish/blocks.py``), so that blocks are the same whatever the
ranges are. What a part has in each range is known by a digest, which is kept by the digest of the part: where the same
slices come together again, nothing of the range is read. Only where something has changed are the parts read that have
something in that range. A range that has come to have too many lines is divided.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

from graph.common.compression import pack, unpack
from graph.common.lines import join_lines, split_lines
from graph.common.spool import Spooled, bytes_of
from graph.pipeline.cache import Cache, Codec, Stored
from graph.pipeline.digests import digest, digest_of_bytes
from graph.pipeline.sorted_lines import PackedLines
from graph.publish.blocks import ends_block

# So many lines are a range: few enough that one is merged in a moment, and many enough that there are not many.
LINES = 20_000
# A range is divided where it has so many times as many.
TOO_LONG = 4
# Of so many parts it is worked out where ranges end.
SAMPLED = 64
# What is kept is of no use any more where there are so many times as many lines.
GROWTH = 2
# So many digits of a digest tell slices apart.
_DIGITS = 32


class Slices(NamedTuple):
    """In which ranges a part has lines, and the digest of what it has in each."""

    numbers: list[int]
    digests: list[str]


class Kept(NamedTuple):
    """The last subject of each range but the last, of how many lines these were chosen, and the slices of each part."""

    ends: list[str]
    lines: int
    slices: Mapping[str, Slices]


class Range(NamedTuple):
    """A range: the digest of what is in it, and a function that returns its sorted lines, each once."""

    key: str
    rows: Callable[[], list[str]]


def ranges_of(several: Iterable[Sequence[str]], made_by: str, cache: Cache, codec: Codec[Any]) -> list[Range]:
    """Return the ranges of a graph of which these are the sorted lists of lines, in order.

    The key of a range is the digest of ``made_by`` and of what is in it. Parts are read at once for ranges of which the
    cache has no record by ``codec``; for others only where somebody asks for their lines.
    """
    parts = [PackedLines.of(each) for each in several]
    lines = sum(map(len, parts))
    kept = cache.find("ranges", _key(cache), KEPT)
    may_be_too_long = kept is not None
    if kept is None or lines > GROWTH * kept.lines:
        kept, may_be_too_long = Kept(_choose_ends(parts), lines, {}), False
    while True:
        sliced = _Sliced(parts, kept, made_by, cache, codec)
        # A subject has gone with which a range ended: the block at its end goes on.
        ends = {*kept.ends} - sliced.gone
        if may_be_too_long and not sliced.gone:
            ends |= sliced.more_ends()
            may_be_too_long = False
        if ends == {*kept.ends}:
            break
        kept = Kept(sorted(ends), kept.lines, {})
    cache.store("ranges", _key(cache), Kept(kept.ends, kept.lines, sliced.slices), KEPT)
    return sliced.ranges


class _Sliced:
    """The parts of a graph, sliced: the slices of each, the ranges, and which ends are of no range any more."""

    def __init__(self, parts: Sequence[PackedLines], kept: Kept, made_by: str, cache: Cache, codec: Codec[Any]) -> None:
        self._parts, self._ends, self._cache = parts, kept.ends, cache
        self._last = [False] * len(kept.ends)
        self._texts: dict[tuple[int, str], bytes | Spooled] = {}
        # Ranges of which much is said several times: to merge one takes long, and it is asked for twice.
        self._merged: dict[int, bytes | Spooled] = {}
        self._names = [part.digest for part in parts]
        self.slices: dict[str, Slices] = {}
        for name, part in zip(self._names, parts, strict=True):
            self.slices[name] = kept.slices.get(name) or self._read(part, None)
        self._digests: list[set[str]] = [set() for _ in range(len(kept.ends) + 1)]
        for each in self.slices.values():
            for number, text in zip(each.numbers, each.digests, strict=True):
                self._digests[number].add(text)
        keys = [digest(made_by, *sorted(several)) for several in self._digests]
        needed = self._needed = {number for number, key in enumerate(keys) if cache.find("range", key, codec) is None}
        self._load(needed)
        self.gone = {kept.ends[number] for number in needed if number < len(kept.ends) and not self._has_end(number)}
        for number in range(len(keys)):
            if number not in needed or self.gone:
                cache.keep("slices", self._place(number))
            else:
                texts = {text: bytes_of(self._texts[number, text]) for text in self._digests[number]}
                cache.store("slices", self._place(number), texts, TEXTS)
        self.ranges = [Range(key, partial(self._rows, number)) for number, key in enumerate(keys)]

    def more_ends(self) -> set[str]:
        """Return the ends that divide ranges which have too many lines. Only ranges without a record are looked at."""
        ends = set[str]()
        for number in self._needed:
            counts = (unpack(text).count(b"\n") for text in self._slices_in(number))
            # Parts may say the same: only then is it worth while to merge them.
            if sum(counts) > TOO_LONG * LINES:
                rows = self._rows(number)
                self._merged[number] = self._cache.spool.keep(pack(join_lines(rows)))
                if len(rows) > TOO_LONG * LINES:
                    ends.update(_choose_ends([rows]))
        return ends

    def _read(self, part: PackedLines, needed: Collection[int] | None) -> Slices:
        """Return the slices of a part, and keep the texts of those that are needed, or of all."""
        pieces = []
        for number, lines in _slice(part, self._ends):
            if needed is None or number in needed:
                pieces.append((number, join_lines(lines)))
                if number < len(self._ends) and lines[-1].startswith(self._ends[number]):
                    self._last[number] = True
        # Only now, when the lines are gone: what is kept between them would hold their memory.
        slices = Slices([], [])
        for number, data in pieces:
            text = digest_of_bytes(data)[:_DIGITS]
            slices.numbers.append(number)
            slices.digests.append(text)
            if (number, text) not in self._texts:
                self._texts[number, text] = self._cache.spool.keep(pack(data))
        return slices

    def _load(self, needed: Collection[int]) -> None:
        """Have the texts of these ranges: from the cache, and from the parts that have something else in them."""
        for number in needed:
            if any((number, text) not in self._texts for text in self._digests[number]):
                stored = self._cache.find("slices", self._place(number), TEXTS) or {}
                for text in self._digests[number] & stored.keys():
                    self._texts.setdefault((number, text), self._cache.spool.keep(stored[text]))
        for name, part in zip(self._names, self._parts, strict=True):
            pairs = zip(self.slices[name].numbers, self.slices[name].digests, strict=True)
            if any(number in needed and (number, text) not in self._texts for number, text in pairs):
                self._read(part, needed)

    def _has_end(self, number: int) -> bool:
        """Return whether the subject is there with which a range ends."""
        end = self._ends[number]
        return self._last[number] or any(
            split_lines(unpack(text))[-1].startswith(end) for text in self._slices_in(number)
        )

    def _place(self, number: int) -> str:
        """Return the key under which the texts of a range are kept, whatever they are."""
        return digest(self._cache.program, "slices", *self._ends[number : number + 1])

    def _rows(self, number: int) -> list[str]:
        """Return the sorted lines of a range, each once."""
        if number in self._merged:
            return split_lines(unpack(self._merged[number]))
        # As bytes, which are in the same order: of what most parts say, few lines are made texts.
        lines = set[bytes]()
        for text in self._slices_in(number):
            lines.update(unpack(text).split(b"\n"))
        lines.discard(b"")
        return b"\n".join(sorted(lines)).decode().split("\n") if lines else []

    def _slices_in(self, number: int) -> list[bytes | Spooled]:
        self._load({number})
        return [self._texts[number, text] for text in sorted(self._digests[number])]


def _key(cache: Cache) -> str:
    return digest(cache.program, "ranges")


def _choose_ends(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return subjects with which ranges can end, so that there are not too many lines in any."""
    sample = parts[:: max(1, len(parts) // SAMPLED)]
    counts: dict[str, tuple[int, int]] = {}
    for part in sample:
        for subject, about in groupby(part, key=_subject):
            times, most = counts.get(subject, (0, 0))
            counts[subject] = times + 1, max(most, sum(1 for _ in about))
    ends, before = list[str](), 0
    for subject, (times, most) in sorted(counts.items()):
        # What one part alone tells of is told alike by others that are not looked at.
        before += most * (len(parts) // len(sample) if times == 1 else 1)
        if before >= LINES and ends_block(subject):
            ends.append(subject)
            before = 0
    return ends


def _subject(line: str) -> str:
    return line[: line.index(" ") + 1]


def _slice(part: Iterable[str], ends: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a part in each range in which it has some."""
    lines = [*part]
    # A subject has a space behind it, after which nothing else of it can come.
    places = [0, *(bisect_left(lines, f"{end[:-1]}!") for end in ends), len(lines)]
    for number, (begin, end) in enumerate(pairwise(places)):
        if begin < end:
            yield number, lines[begin:end]


KEPT: Codec[Kept] = Codec(
    lambda kept: Stored(
        {"ends": kept.ends, "lines": kept.lines, "slices": {name: [*each] for name, each in kept.slices.items()}}, b""
    ),
    lambda stored: Kept(
        stored.header["ends"],
        stored.header["lines"],
        {name: Slices(*each) for name, each in stored.header["slices"].items()},
    ),
)
# By their digests the texts of a range, each compressed.
TEXTS: Codec[dict[str, bytes]] = Codec(
    lambda texts: Stored({"names": [*texts], "lengths": [*map(len, texts.values())]}, b"".join(texts.values())),
    lambda stored: {
        name: stored.body[begin:end]
        for name, (begin, end) in zip(
            stored.header["names"], pairwise(accumulate(stored.header["lengths"], initial=0)), strict=True
        )
    },
)
