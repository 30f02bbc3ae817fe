"""The index of a graph that no file can hold: its columns and the rows of its registers, put together of segments.

Entities of the main files and all agents have the first numbers, in the order of their ids; after them come, segment by
segment, those that stay in parts of registers. No more than one segment is in memory at once; what is put together
waits in files. There are no communities and no positions of the whole graph: their arrays are empty.
"""

import json
import tempfile
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from graph.explorer.data.columns import (
    OF_WHOLE,
    Columns,
    CountedEntity,
    CountedTie,
    columns_header,
    joined_sources,
    little_endian,
    make_columns,
    padding,
)
from graph.explorer.data.records import Preview, PreviewedList
from graph.explorer.data.rows_file import file_header
from graph.explorer.data.segments import FIRST_VALUES, Segment, Tally, make_tally

# Of topics and places as sources write them those of most meetings are counted: of words that stand in one row each
# there may be as many as rows, more than a page can hold.
MAX_WORDS = 50_000
# Deflated at this level 100 MB take 2 s; at 6, two times as long for a tenth less.
LEVEL = 4
_PIECE = 1 << 20
_POOL_OF = {
    "kind": "kinds",
    "status": "statuses",
    "topics": "topics",
    "places": "places",
    "sources": "sources",
    "tieKind": "tieKinds",
    "certainty": "certainties",
    "roles": "roles",
    "attendance": "attendances",
}
_LISTS = ("topics", "places", "sources")


class Totals(NamedTuple):
    """What all segments come to: how many entities and ties, whom they name, and what is counted of all of them.

    ``agents`` and ``open`` are as in ``part_records.py``; ``ends`` are all who have ties to what is in segments, each
    with the sources of these. ``elsewhere`` are ties to what is in none, each with the place among all entities of
    segments of what it is a tie of, None where that is in none either. ``spans``, ``counted``, ``topics`` and
    ``places`` are tallies (``segments.py``), those of agents and words by id and word.
    """

    entities: int
    ties: int
    agents: dict[str, dict[tuple[str, str], None]]
    ends: dict[str, tuple[str, ...]]
    elsewhere: list[tuple[CountedTie, int | None]]
    open: set[str]
    spans: Counter[tuple[int, int, int]]
    counted: dict[str, list[int]]
    topics: dict[str, list[int]]
    places: dict[str, list[int]]


def add_up(segments: Iterable[Segment]) -> Totals:
    """Return what these segments come to."""
    totals = Totals(0, 0, defaultdict(dict), {}, [], set(), Counter(), {}, {}, {})
    seen = set[tuple[str, str]]()
    for segment in segments:
        for agent, facts in segment.agents.items():
            # Partitions name the same agents, and mostly say the same of them.
            if (agent, facts) not in seen:
                seen.add((agent, facts))
                totals.agents[agent].update(dict.fromkeys((detail, text) for detail, text in json.loads(facts)))
        for other, sources in zip(segment.others, _sources_of_others(segment), strict=True):
            before = totals.ends.get(other)
            totals.ends[other] = sources if before is None else joined_sources(before, sources)
        for tie in segment.elsewhere:
            place = bisect_left(segment.ids, tie.start)
            is_own = place < len(segment.ids) and segment.ids[place] == tie.start
            totals.elsewhere.append((tie, totals.entities + place if is_own else None))
        totals.open.update(segment.open)
        add_tally(totals, segment.tally, segment.pools, segment.others)
        totals = totals._replace(
            entities=totals.entities + len(segment.ids), ties=totals.ties + len(segment.arrays["from"])
        )
    return totals


def add_tally(totals: Totals, tally: Tally, pools: Mapping[str, Sequence[Any]], agents: Sequence[str]) -> None:
    """Add a tally, by the names of values and of agents."""
    for first, last, strength, count in tally.spans:
        totals.spans[first, last, strength] += count
    for number, own in tally.agents.items():
        _add(totals.counted, agents[number], own)
    for counted, of_tally, pool in (
        (totals.topics, tally.topics, pools["topics"]),
        (totals.places, tally.places, pools["places"]),
    ):
        for number, own in of_tally.items():
            before = counted.get(pool[number])
            counted[pool[number]] = own if before is None else [before[0] + own[0], before[1] + own[1]]


def _sources_of_others(segment: Segment) -> Iterator[tuple[str, ...]]:
    pool, starts = segment.pools["sources"], segment.arrays["sourcesOfOthersStart"]
    values = segment.arrays["sourcesOfOthers"]
    for number in range(len(segment.others)):
        yield tuple([pool[value] for value in values[starts[number] : starts[number + 1]]])


def _add(counted: dict[str, list[int]], agent: str, own: Sequence[int]) -> None:
    before = counted.get(agent)
    if before is None:
        counted[agent] = [*own]
        return
    for place in (0, 1, 2, 3, 6):
        before[place] += own[place]
    before[4], before[5] = min(before[4], own[4]), max(before[5], own[5])


class IndexFiles(NamedTuple):
    """The two files of an index, how many entities and ties it has, and how many topics and places as written it lacks.

    There were too many of these to be counted.
    """

    columns: Path
    rows: Path
    left_out: Mapping[str, int]
    entities: int
    ties: int


def write_index(
    folder: Path,
    segments: Sequence[Callable[[], Segment]],
    totals: Totals,
    head: Columns,
) -> IndexFiles:
    """Write the files of an index into a folder, ``head`` before all segments.

    Of whoever has ties to what is in a segment, and is not in the head, these ties are left out. Raise OSError where
    there is no room.
    """
    writer = _Writer(head, totals)
    with tempfile.TemporaryDirectory(dir=folder, prefix="columns-") as spool:
        arrays = {name: (Path(spool) / name).open("w+b") for name in writer.names}
        try:
            with (folder / "sections").open("wb") as sections:
                sizes = [*writer.write(arrays, sections, (make() for make in segments))]
            _write_columns(folder / "columns", writer, arrays)
        finally:
            for stream in arrays.values():
                stream.close()
    with (folder / "rows").open("wb") as rows, (folder / "sections").open("rb") as sections:
        rows.write(file_header(sizes))
        for piece in pieces_of(sections):
            rows.write(piece)
    (folder / "sections").unlink()
    return IndexFiles(folder / "columns", folder / "rows", writer.left_out, writer.entities, writer.ties)


def make_head(totals: Totals, entities: Iterable[CountedEntity], ties: Iterable[CountedTie]) -> Columns:
    """Return the columns of what is in no segment, without communities; it has the sources of its ties in segments.

    What is counted of it is added to the totals.
    """
    with_sources = [
        entity._replace(sources=joined_sources(entity.sources, totals.ends.get(entity.id, ()))) for entity in entities
    ]
    ids = {entity.id for entity in with_sources}
    further = {tie.start: len(ids) + place for tie, place in totals.elsewhere if place is not None}
    every = {tie.id: tie for tie in (*ties, *(tie for tie, _ in totals.elsewhere))}
    tied = (tie for tie in every.values() if tie.end in ids and (tie.start in ids or tie.start in further))
    head = make_columns(with_sources, tied, further=further)
    add_tally(totals, make_tally(head.arrays, head.pools), head.pools, [*head.numbers])
    return head


class _Writer:
    """Appends segment after segment to the columns of what is in none."""

    def __init__(self, head: Columns, totals: Totals) -> None:
        self.entities, self.ties = head.entities, head.ties
        self.names = [name for name in head.arrays if name not in OF_WHOLE]
        self._head = head
        self._numbers = head.numbers
        self._pools: dict[str, dict[Any, int]] = {
            name: {value: place for place, value in enumerate(head.pools.get(name, ()))} for name in _POOL_OF.values()
        }
        for name, value in FIRST_VALUES.items():
            self._pools[name].setdefault(value, 0)
        self._left_out = {"topics": _rarest(totals.topics), "places": _rarest(totals.places)}
        self.left_out = {name: len(words) for name, words in self._left_out.items()}
        self._lengths: Counter[str] = Counter()
        self._offices = int(max(head.arrays["alternatives"], default=0))

    def write(
        self, arrays: Mapping[str, BinaryIO], sections: BinaryIO, segments: Iterable[Segment]
    ) -> Iterator[tuple[int, int, int]]:
        """Write all arrays and sections; yield the first number, the count of entities and the bytes of each."""
        for name in self.names:
            self._append(arrays, name, self._head.arrays[name])
        for segment in segments:
            first = self.entities
            for name, values in self._columns_of(segment).items():
                self._append(arrays, name, values)
            sections.write(segment.rows + padding(len(segment.rows)))
            yield first, len(segment.ids), len(segment.rows)

    def columns(self) -> list[tuple[str, str, int]]:
        """Return name, type and length of each array; those of a whole graph stay empty."""
        return [(name, values.typecode, self._lengths[name]) for name, values in self._head.arrays.items()]

    def pools(self) -> dict[str, list[Any]]:
        """Return all pools."""
        return {name: [*pool] for name, pool in self._pools.items()} | {"communities": [[]]}

    def _append(self, arrays: Mapping[str, BinaryIO], name: str, values: "array[int] | array[float]") -> None:
        arrays[name].write(little_endian(values))
        self._lengths[name] += len(values)

    def _columns_of(self, segment: Segment) -> dict[str, "array[int]"]:
        """Return the columns of a segment with the numbers of the whole."""
        own, result = segment.arrays, dict[str, "array[int]"]()
        place = {name: self._mapping(name, segment.pools.get(name, [])) for name in self._pools}
        for name in ("kind", "status"):
            result[name] = _mapped(own[name], place[_POOL_OF[name]])
        result["earliest"], result["latest"] = own["earliest"], own["latest"]
        for name in _LISTS:
            starts, values = own[f"{name}Start"], _mapped(own[name], place[name], "i")
            if -1 in values:
                starts, values = _without_missing(starts, values)
            before = self._lengths[name]
            result[f"{name}Start"] = array("i", [before + start for start in starts[1:]])
            result[name] = values
        ends = [self._numbers.get(other, -1) for other in segment.others]
        ends += range(self.entities, self.entities + len(segment.ids))
        result["from"], result["to"] = _mapped(own["from"], ends), _mapped(own["to"], ends)
        for name in ("tieKind", "certainty", "roles", "attendance"):
            result[name] = _mapped(own[name], place[_POOL_OF[name]])
        offices = self._offices
        result["alternatives"] = array("i", [each and each + offices for each in own["alternatives"]])
        self._offices = max((offices, *result["alternatives"]))
        if -1 in result["from"]:
            _leave_out(result, [number for number, start in enumerate(result["from"]) if start >= 0])
        self.entities += len(segment.ids)
        self.ties += len(result["from"])
        return result

    def _mapping(self, name: str, values: Iterable[Any]) -> list[int]:
        """Return the number of each value of a pool of a segment in the pool of all; -1 of words that are left out."""
        pool, left_out = self._pools[name], self._left_out.get(name, ())
        return [-1 if value in left_out else pool.setdefault(value, len(pool)) for value in values]


def _rarest(counted: Mapping[str, Sequence[int]]) -> set[str]:
    """Return the words of sources that are too many to be counted: those of fewest meetings."""
    words = [value for value in counted if value.startswith('"')]
    if len(words) <= MAX_WORDS:
        return set()
    return {*sorted(words, key=lambda word: -sum(counted[word]))[MAX_WORDS:]}


def _mapped(values: "array[int]", places: Sequence[int], kind: str = "") -> "array[int]":
    return array(kind or values.typecode, map(places.__getitem__, values))


def _without_missing(starts: "array[int]", values: "array[int]") -> tuple["array[int]", "array[int]"]:
    kept_starts, kept = array("i", [0]), array("i")
    for start, end in pairwise(starts):
        kept.extend(value for value in values[start:end] if value >= 0)
        kept_starts.append(len(kept))
    return kept_starts, kept


def _leave_out(columns: dict[str, "array[int]"], kept: Sequence[int]) -> None:
    for name in ("from", "to", "tieKind", "certainty", "roles", "attendance", "alternatives"):
        columns[name] = _mapped_places(columns[name], kept)


def _mapped_places(values: "array[int]", places: Sequence[int]) -> "array[int]":
    return array(values.typecode, [values[place] for place in places])


def _write_columns(file: Path, writer: _Writer, arrays: Mapping[str, BinaryIO]) -> None:
    """Write the block of columns, deflated, piece by piece."""
    compressor = zlib.compressobj(LEVEL)
    with file.open("wb") as stream:

        def write(data: bytes) -> None:
            stream.write(compressor.compress(data))

        write(columns_header(writer.entities, writer.ties, None, writer.pools(), writer.columns()))
        for name in writer.names:
            size = arrays[name].tell()
            arrays[name].seek(0)
            for piece in pieces_of(arrays[name]):
                write(piece)
            write(padding(size))
        stream.write(compressor.flush())


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield all that a stream has, piece by piece."""
    while piece := stream.read(_PIECE):
        yield piece


def preview(
    totals: Totals, kinds: Mapping[str, str], numbers: Mapping[str, int], rows: int, most_spans: int = 20_000
) -> Preview:
    """Return what the overview shows of the whole graph before its columns are there (``page/preview.js``).

    ``kinds`` and ``numbers`` are those of agents; of each list the first ``rows`` are given. Where times differ too
    much for a page there are no ``spans``.
    """
    of_kind: defaultdict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for agent, counted in totals.counted.items():
        if agent in numbers:
            of_kind[kinds[agent]].append((agent, counted))

    def agents(kind: str) -> PreviewedList:
        several = sorted(of_kind[kind], key=lambda pair: (*(-each for each in pair[1][:3]), numbers[pair[0]]))
        return {"count": len(several), "rows": [[numbers[id], *own[:6]] for id, own in several[:rows]]}

    def values(counted: Mapping[str, list[int]]) -> PreviewedList:
        best = sorted(counted.items(), key=lambda pair: (-pair[1][0], -pair[1][1]))
        return {"count": len(counted) - len(_rarest(counted)), "rows": [[value, *own] for value, own in best[:rows]]}

    spans = [[*span, count] for span, count in sorted(totals.spans.items())]
    return {
        "person": agents("person"),
        "body": agents("body"),
        "topics": values(totals.topics),
        "places": values(totals.places),
        "spans": spans if len(spans) <= most_spans else None,
    }


def most_of_kind(totals: Totals, kinds: Mapping[str, str], most: int) -> list[str]:
    """Return of each kind the agents with the most held meetings, as the first names of a page."""
    of_kind: defaultdict[str, list[str]] = defaultdict(list)
    for agent in totals.counted:
        if agent in kinds:
            of_kind[kinds[agent]].append(agent)
    return [
        agent
        for several in of_kind.values()
        for agent in sorted(several, key=lambda name: (*(-each for each in totals.counted[name][:3]), name))[:most]
    ]
