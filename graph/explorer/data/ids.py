"""The ids of the entities of a graph by number, as a file that is read where it is needed.

The file (``explorer.ids`` of a build) has the number of ids (u32), where each begins among their letters, and where the
last ends (u32), all little endian; then the ids as UTF-8, one after another, in the order of their code points. So the
columns of a graph (``columns.py``) can be used without having all ids in memory.
"""

import mmap
import struct
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

_COUNT = struct.Struct("<I")
_PLACE = 4


def encode_ids(ids: Iterable[str]) -> bytes:
    """Return the bytes of the file of these ids, which come in the order of their code points."""
    starts, texts, start = array("I", [0]), list[bytes](), 0
    for id in ids:
        texts.append(id.encode())
        start += len(texts[-1])
        starts.append(start)
    return b"".join((_COUNT.pack(len(texts)), struct.pack(f"<{len(starts)}I", *starts), *texts))


class Ids(Sequence[str]):
    """The ids of a file by number. Of the file only those parts are read that are asked for."""

    def __init__(self, file: Path) -> None:
        """Open the file. Raise OSError where it cannot be read, ValueError where it is cut off."""
        with file.open("rb") as stream:
            self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        (self._count,) = _COUNT.unpack_from(self._bytes)
        self._text = _COUNT.size + _PLACE * (self._count + 1)
        if len(self._bytes) < self._text or len(self._bytes) != self._text + self._start(self._count):
            raise ValueError(f"{file.name} is cut off")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bytes.close()

    def __len__(self) -> int:
        return int(self._count)

    # Slices are not needed.
    def __getitem__(self, number: int) -> str:  # type: ignore[override]
        """Return the id of a number. Raise IndexError where there is none."""
        if not 0 <= number < self._count:
            raise IndexError(number)
        start, end = self._start(number), self._start(number + 1)
        return self._bytes[self._text + start : self._text + end].decode()

    def number(self, id: str) -> int | None:
        """Return the number of an id, None where it has none."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self[middle] < id:
                low = middle + 1
            else:
                high = middle
        return low if low < self._count and self[low] == id else None

    def _start(self, number: int) -> int:
        (start,) = _COUNT.unpack_from(self._bytes, _COUNT.size + _PLACE * number)
        return int(start)
