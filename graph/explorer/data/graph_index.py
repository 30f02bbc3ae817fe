"""The index of a graph that no file can hold: its columns and the rows of its registers, put together of segments.

Entities of the main files and all agents have the first numbers, in the order of their ids; after them come, segment by
segment, those that stay in parts of registers. No more than one segment is in memory at once; what is put together
waits in files. There are no communities and no positions of the whole graph: their arrays are empty.
"""

import tempfile
import zlib
from array import array
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
from graph.explorer.data.index_totals import NumbersOfSegment, Totals
from graph.explorer.data.records import Preview, PreviewedList
from graph.explorer.data.rows_file import file_header
from graph.explorer.data.segments import FIRST_VALUES, Segment, make_tally

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
        entity._replace(sources=joined_sources(entity.sources, totals.sources_of(entity.id))) for entity in entities
    ]
    ids = {entity.id for entity in with_sources}
    further = {tie.start: len(ids) + place for tie, place in totals.elsewhere if place is not None}
    every = {tie.id: tie for tie in (*ties, *(tie for tie, _ in totals.elsewhere))}
    tied = (tie for tie in every.values() if tie.end in ids and (tie.start in ids or tie.start in further))
    head = make_columns(with_sources, tied, further=further)
    totals.add_tally(make_tally(head.arrays, head.pools), head.pools, [*head.numbers])
    return head


class _Writer:
    """Appends segment after segment to the columns of what is in none."""

    def __init__(self, head: Columns, totals: Totals) -> None:
        self.entities, self.ties = head.entities, head.ties
        self.names = [name for name in head.arrays if name not in OF_WHOLE]
        self._head = head
        self._pools: dict[str, dict[Any, int]] = {
            name: {value: place for place, value in enumerate(head.pools.get(name, ()))} for name in _POOL_OF.values()
        }
        for name, value in FIRST_VALUES.items():
            self._pools[name].setdefault(value, 0)
        left_out = {"topics": _rarest(totals.topics), "places": _rarest(totals.places)}
        self.left_out = {name: len(words) for name, words in left_out.items()}
        # By the number in the pools of segments that in the pools of all; of words that are left out -1.
        self._places = {
            name: [
                -1 if value in left_out.get(name, ()) else self._pools[name].setdefault(value, len(self._pools[name]))
                for value in values
            ]
            for name, values in totals.pools.items()
        }
        self._others = [head.numbers.get(other, -1) for other in totals.others]
        self._of_segments = totals.of_segments
        self._lengths: Counter[str] = Counter()
        self._offices = int(max(head.arrays["alternatives"], default=0))

    def write(
        self, arrays: Mapping[str, BinaryIO], sections: BinaryIO, segments: Iterable[Segment]
    ) -> Iterator[tuple[int, int, int]]:
        """Write all arrays and sections; yield the first number, the count of entities and the bytes of each."""
        for name in self.names:
            self._append(arrays, name, self._head.arrays[name])
        for segment, numbers in zip(segments, self._of_segments, strict=True):
            first = self.entities
            for name, values in self._columns_of(segment, numbers).items():
                self._append(arrays, name, values)
            sections.write(segment.rows)
            sections.write(padding(len(segment.rows)))
            yield first, segment.count, len(segment.rows)

    def columns(self) -> list[tuple[str, str, int]]:
        """Return name, type and length of each array; those of a whole graph stay empty."""
        return [(name, values.typecode, self._lengths[name]) for name, values in self._head.arrays.items()]

    def pools(self) -> dict[str, list[Any]]:
        """Return all pools."""
        return {name: [*pool] for name, pool in self._pools.items()} | {"communities": [[]]}

    def _append(self, arrays: Mapping[str, BinaryIO], name: str, values: "array[int] | array[float]") -> None:
        arrays[name].write(little_endian(values))
        self._lengths[name] += len(values)

    def _columns_of(self, segment: Segment, numbers: NumbersOfSegment) -> dict[str, "array[int]"]:
        """Return the columns of a segment with the numbers of the whole."""
        own, result = segment.array, dict[str, "array[int]"]()
        place = {name: [*map(self._places[name].__getitem__, each)] for name, each in numbers.pools.items()}
        for name in ("kind", "status"):
            result[name] = _mapped(own(name), place[_POOL_OF[name]])
        result["earliest"], result["latest"] = own("earliest"), own("latest")
        for name in _LISTS:
            starts, values = own(f"{name}Start"), _mapped(own(name), place[name])
            if -1 in values:
                starts, values = _without_missing(starts, values)
            result[f"{name}Start"] = array("i", map(self._lengths[name].__add__, starts[1:]))
            result[name] = values
        ends = [*map(self._others.__getitem__, numbers.others)]
        ends += range(self.entities, self.entities + segment.count)
        result["from"], result["to"] = _mapped(own("from"), ends), _mapped(own("to"), ends)
        for name in ("tieKind", "certainty", "roles", "attendance"):
            result[name] = _mapped(own(name), place[_POOL_OF[name]])
        offices, alternatives = self._offices, own("alternatives")
        if any(alternatives):
            alternatives = array("i", [each and each + offices for each in alternatives])
            self._offices = max((offices, *alternatives))
        result["alternatives"] = alternatives
        if -1 in result["from"]:
            _leave_out(result, [number for number, start in enumerate(result["from"]) if start >= 0])
        self.entities += segment.count
        self.ties += len(result["from"])
        return result


def _rarest(counted: Mapping[str, Sequence[int]]) -> set[str]:
    """Return the words of sources that are too many to be counted: those of fewest meetings."""
    words = [value for value in counted if value.startswith('"')]
    if len(words) <= MAX_WORDS:
        return set()
    return {*sorted(words, key=lambda word: -sum(counted[word]))[MAX_WORDS:]}


def _mapped(values: "array[int]", places: Sequence[int]) -> "array[int]":
    """Return for each number the number that stands at its place."""
    if values.typecode == "B":
        # There are no more than 256 places, and all are whole in a byte.
        return array("B", values.tobytes().translate(bytes(places).ljust(256, b"\0")))
    return array(values.typecode, map(places.__getitem__, values))


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
