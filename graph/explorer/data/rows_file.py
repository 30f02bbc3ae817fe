"""The rows of registers by the number of an entity: a file that the server reads for the page of a very large graph.

The file (``explorer.rows`` of a build) begins with the length of its header (u32) and the header: JSON with the
``segments``, each with the number of its ``first`` entity, their ``count``, and ``at`` which byte it begins. A segment
is a part of a register. It has a header of its own, arrays (i32), the ids of its entities, its templates and its rows:

- ``ids``: where the id of each entity begins, and where the last ends; ids are in the order of their code points;
- ``rowOf``: the row of each entity;
- ``rowStart`` and ``order``: the numbers of the entities of row n, as its template has them, counted in the segment,
  are ``order[rowStart[n]]`` up to ``order[rowStart[n + 1]]``;
- ``rowBlock`` and ``rowPlace``: the block of each row, and which of its rows it is;
- ``blocks``: where each block begins, and where the last ends; a block has up to ``BLOCK`` rows, deflated JSON (zlib);
- ``templates``: the first template of each block, from which its rows count theirs.

Templates are deflated JSON, a list. Templates and rows are those of ``part_records.py``.
"""

import json
import mmap
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from graph.explorer.data.columns import little_endian, with_length
from graph.explorer.data.part_records import PartRecords

# So many rows are a block: enough to be compressed well, few enough to be read for one of them.
BLOCK = 32
LEVEL = 3
_ROWS, _TEMPLATES = '{"rows":[', '"templates":'
_U32 = struct.Struct("<I")
# So many blocks are kept in memory.
_KEPT = 64


class Row(NamedTuple):
    """A row of a register: the numbers of its entities, its template, and its values."""

    entities: tuple[int, ...]
    template: dict[str, Any]
    values: list[Any]


def encode_segment(part: PartRecords, ids: Sequence[str]) -> bytes:
    """Return the segment of a part, whose entities are numbered as ``ids`` stand."""
    number = {id: place for place, id in enumerate(ids)}
    arrays = {name: array("i", [0]) for name in ("ids", "rowStart", "blocks")}
    arrays |= {name: array("i") for name in ("order", "rowBlock", "rowPlace", "templates")}
    arrays["rowOf"] = array("i", bytes(4 * len(ids)))
    templates, blocks = list[str](), list[bytes]()
    entities = iter(part.entities)
    for chunk in part.chunks:
        texts, used, of_chunk = _rows_of(zlib.decompress(chunk).decode())
        counts = [len(json.loads(each)["entities"]) for each in of_chunk]
        for place, template in enumerate(used):
            row = len(arrays["rowBlock"])
            for _ in range(counts[template]):
                arrays["order"].append(number[next(entities).id])
                arrays["rowOf"][arrays["order"][-1]] = row
            arrays["rowStart"].append(len(arrays["order"]))
            arrays["rowBlock"].append(len(blocks) + place // BLOCK)
            arrays["rowPlace"].append(place % BLOCK)
        for at in range(0, len(texts), BLOCK):
            blocks.append(zlib.compress(f"[{','.join(texts[at : at + BLOCK])}]".encode(), LEVEL))
            arrays["blocks"].append(arrays["blocks"][-1] + len(blocks[-1]))
            arrays["templates"].append(len(templates))
        templates += of_chunk
    names = [id.encode() for id in ids]
    for name in names:
        arrays["ids"].append(arrays["ids"][-1] + len(name))
    of_templates = zlib.compress(f"[{','.join(templates)}]".encode(), LEVEL)
    header = {"arrays": {name: len(each) for name, each in arrays.items()}, "templates": len(of_templates)}
    return b"".join((with_length(_json(header)), *map(little_endian, arrays.values()), *names, of_templates, *blocks))


def _rows_of(chunk: str) -> tuple[list[str], list[int], list[str]]:
    """Return the rows of a chunk as they stand in it, the template of each, and the templates."""
    # What the rows say is not made anew, but taken as it is written.
    scan, texts, used, at = json.JSONDecoder().raw_decode, list[str](), list[int](), len(_ROWS)
    while chunk[at] != "]":
        row, end = scan(chunk, at)
        texts.append(chunk[at:end])
        used.append(row[0])
        at = end + (chunk[end] == ",")
    templates, at = list[str](), chunk.index(_TEMPLATES, at) + len(_TEMPLATES) + 1
    while chunk[at] != "]":
        _, end = scan(chunk, at)
        templates.append(chunk[at:end])
        at = end + (chunk[end] == ",")
    return texts, used, templates


def file_header(segments: Iterable[tuple[int, int, int]]) -> bytes:
    """Return the beginning of the file of these segments: of each its first number, its count, and its size in bytes.

    The segments follow it, each padded (``columns.padding``) to a multiple of four bytes.
    """
    # Where segments begin is counted from the end of the header, so that its length does not depend on itself.
    listed, at = [], 0
    for first, count, size in segments:
        listed.append({"first": first, "count": count, "at": at})
        at += size + -size % 4
    return with_length(_json({"segments": listed}))


class RowsFile:
    """The rows of a file by the numbers of entities. Of the file only those parts are read that are asked for."""

    def __init__(self, file: Path) -> None:
        """Open the file. Raise OSError where it cannot be read, ValueError where it is none."""
        with file.open("rb") as stream:
            self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        header, start = _header(self._bytes, 0)
        self._segments = [_Segment(self._bytes, start + each["at"], each["first"]) for each in header["segments"]]
        self._firsts = [each["first"] for each in header["segments"]]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bytes.close()

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """Yield the rows of these entities, each row once; a number that is none of an entity in rows has none."""
        seen = set[tuple[int, int]]()
        for number in sorted({*numbers}):
            place = bisect_right(self._firsts, number) - 1
            if place < 0 or number - self._firsts[place] >= self._segments[place].count:
                continue
            segment = self._segments[place]
            row = segment.row_of(number - segment.first)
            if (place, row) not in seen:
                seen.add((place, row))
                yield segment.row(row)

    def number(self, id: str) -> int | None:
        """Return the number of an entity in rows by its id, None where there is no such."""
        for segment in self._segments:
            if (number := segment.number(id)) is not None:
                return segment.first + number
        return None


class _Segment:
    """A segment, from where it begins in the file; ``first`` is the number of its first entity."""

    def __init__(self, data: mmap.mmap, start: int, first: int) -> None:
        self._bytes, self.first = data, first
        header, at = _header(data, start)
        self._at: dict[str, int] = {}
        for name, length in header["arrays"].items():
            self._at[name] = at
            at += 4 * length
        self.count = header["arrays"]["rowOf"]
        self._ids = at
        self._templates_at = at + self._number("ids", self.count)
        self._blocks = self._templates_at + header["templates"]
        self._templates: list[dict[str, Any]] | None = None
        self._block = lru_cache(maxsize=_KEPT)(self._read_block)

    def row_of(self, entity: int) -> int:
        return self._number("rowOf", entity)

    def row(self, row: int) -> Row:
        if self._templates is None:
            self._templates = json.loads(zlib.decompress(self._bytes[self._templates_at : self._blocks]))
        block = self._number("rowBlock", row)
        template, *values = self._block(block)[self._number("rowPlace", row)]
        template += self._number("templates", block)
        places = range(self._number("rowStart", row), self._number("rowStart", row + 1))
        return Row(tuple(self.first + self._number("order", at) for at in places), self._templates[template], values)

    def number(self, id: str) -> int | None:
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self._id(middle) < id:
                low = middle + 1
            else:
                high = middle
        return low if low < self.count and self._id(low) == id else None

    def _id(self, entity: int) -> str:
        start, end = self._number("ids", entity), self._number("ids", entity + 1)
        return self._bytes[self._ids + start : self._ids + end].decode()

    def _read_block(self, block: int) -> list[list[Any]]:
        start, end = self._number("blocks", block), self._number("blocks", block + 1)
        rows: list[list[Any]] = json.loads(zlib.decompress(self._bytes[self._blocks + start : self._blocks + end]))
        return rows

    def _number(self, name: str, place: int) -> int:
        (number,) = _U32.unpack_from(self._bytes, self._at[name] + 4 * place)
        return int(number)


def _header(data: mmap.mmap, start: int) -> tuple[dict[str, Any], int]:
    """Return the header that begins at a byte, and where it ends."""
    (length,) = _U32.unpack_from(data, start)
    end = start + _U32.size + length
    header: dict[str, Any] = json.loads(data[start + _U32.size : end])
    return header, end


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
