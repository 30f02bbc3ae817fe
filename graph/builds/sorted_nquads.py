"""Sorted N-Quads: the lines of a file in the order of their bytes, one after another, or those about one subject."""

import mmap
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self


class SortedNQuads(AbstractContextManager["SortedNQuads"]):
    """The lines of a file of N-Quads, sorted by their bytes and each there once. Little of it is in memory at a time.

    Lines come without their line feed. What is about one subject is found by halving the file, without an index.
    """

    def __init__(self, file: Path) -> None:
        """Open the file. Raise OSError where it cannot be read."""
        self._file, self._stream = file, file.open("rb")
        # No system maps a file of no bytes.
        empty = file.stat().st_size == 0
        self._data = b"" if empty else mmap.mmap(self._stream.fileno(), 0, access=mmap.ACCESS_READ)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if isinstance(self._data, mmap.mmap):
            self._data.close()
        self._stream.close()

    def __iter__(self) -> Iterator[bytes]:
        with self._file.open("rb") as stream:
            for line in stream:
                yield line[:-1] if line.endswith(b"\n") else line

    def about(self, subject: str) -> list[str]:
        """Return the lines about a subject, given by its IRI."""
        start = f"<{subject}> ".encode()
        place, lines = self._first_from(start), []
        while self._data[place : place + len(start)] == start:
            end = self._end_of_line(place)
            lines.append(self._data[place:end].decode())
            place = end + 1
        return lines

    def _first_from(self, start: bytes) -> int:
        """Return where the first line begins that is not before ``start`` in the order of bytes."""
        low, high = 0, len(self._data)
        while low < high:
            line = self._data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._end_of_line(line)
            if self._data[line : line + len(start)] < start:
                low = end + 1
            else:
                high = line
        return low

    def _end_of_line(self, place: int) -> int:
        end = self._data.find(b"\n", place)
        return len(self._data) if end < 0 else end
