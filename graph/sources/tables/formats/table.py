"""What a table is to its readers, whatever its format: columns, a stream of rows, and the place of each value."""

import hashlib
import io
import os
import stat
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.text import escape_control
from graph.model.sources import CellSelector, PointerSelector

# More is no table that people read; each limit is told by the finding that it makes.
MAX_COLUMNS = 1_000
MAX_CELL = 1_000_000
MAX_LINE = 20_000_000
CHUNK = 1 << 18
# Control characters that no cell has, but for line breaks and tabs.
CONTROL = bytes([*range(9), 11, 12, *range(14, 32)])

Value = str | int | float | bool | date | datetime | time | None | tuple["Value", ...]


class TableOptions(NamedTuple):
    """How to read a table where its file does not tell it; None leaves it to the file.

    ``delimiter`` is a sign, or ``tab``. ``sheet`` is the name of one of a workbook. ``header_row`` is the row that has
    the headings, from 1; 0 where there is none. ``items`` is the pointer to the list of a JSON document whose items are
    the rows: ``/items``, or an empty one for a document that is a list.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    items: str | None = None


class UndecidedError(FindingsError):
    """A file does not tell how it is to be read; ``suggested`` is what is likely, for a person to look at."""

    def __init__(self, finding: Finding, suggested: TableOptions) -> None:
        super().__init__([finding])
        self.suggested = suggested


class Row(NamedTuple):
    """A row of a table: its number, and a value for each column.

    ``problem`` says what is wrong with the row itself (more cells than columns, bytes that are none of the encoding),
    or is None; the values are then what could be read, and claim nothing before somebody looked at them.
    """

    number: int
    values: tuple[Value, ...]
    problem: str | None = None


class Table(ABC):
    """A table in a file. ``rows`` streams, and may be called again; the file is not to change in between.

    ``columns`` are the headings as written. ``notes`` say in English what a person should know of the file. ``name`` is
    how findings call the file, ``source`` the id of the source that selectors name. A table can be pickled.
    """

    media_type: str
    columns: tuple[str, ...] = ()
    # Columns, from 0, that stand in no row themselves; a file has none.
    added: frozenset[int] = frozenset()
    # Of workbooks: by column, from 0, the first and the last row of each cell that is merged over several rows.
    spans: dict[int, list[tuple[int, int]]]

    def __init__(self, file: Path, options: TableOptions, source: str, name: str) -> None:
        self.spans = {}
        self.file, self.options, self.source, self.name = file, options, source, name
        self.notes: list[str] = []
        self._state = file_state(file, name)
        self._sha256: str | None = None

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header. Raise FindingsError where the file cannot be read on, or has changed."""

    def merged_with(self, row: int, column: int) -> int | None:
        """Return the row above with which a cell is merged into one, or None. ``column`` counts from 0."""
        spans = self.spans.get(column, ())
        place = bisect_left(spans, (row, 0)) - 1
        return spans[place][0] if place >= 0 and row <= spans[place][1] else None

    @abstractmethod
    def selector(self, row: int, column: int, *elements: int) -> CellSelector | PointerSelector:
        """Return the place of a value. ``row`` is the number of its row; columns count from 1.

        ``elements`` lead into a value that is a list, from 0.
        """

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes of the file. Raise FindingsError where it changed since it was opened."""
        if self._sha256 is None:
            with opened(self.file, self.name) as raw:
                digest = hashlib.file_digest(raw, "sha256").hexdigest()
            self.check_unchanged(digest)
        assert self._sha256 is not None
        return self._sha256

    @property
    def size(self) -> int:
        """Return how many bytes the file has."""
        return self._state[0]

    def check_unchanged(self, digest: str | None = None) -> None:
        """Raise FindingsError where the file, or the digest of its bytes, is not what it was before."""
        now = file_state(self.file, self.name)
        if now != self._state or (digest and self._sha256 and digest != self._sha256):
            grown = f": it had {self.size:,} bytes, and has {now[0]:,}" if now[0] != self.size else ""
            raise self.error(f"changed while it was read{grown}. Wait until nothing writes to it, and read it again")
        self._sha256 = digest or self._sha256

    def error(self, message: str, row: int | None = None, column: str | None = None) -> FindingsError:
        """Return the error to raise about the file, or about a row or a cell of it."""
        return FindingsError([self.finding(message, row, column)])

    def undecided(self, message: str, row: int | None = None, **suggested: str | int) -> UndecidedError:
        """Return the error to raise where the file does not tell how it is to be read, with what is likely."""
        return UndecidedError(self.finding(message, row), self.options._replace(**suggested))  # type: ignore[arg-type]

    def finding(self, message: str, row: int | None = None, column: str | None = None) -> Finding:
        """Return a finding about the file, or about a row or a cell of it: ``meetings.csv row 7, date: …``."""
        where = "" if row is None else f" row {row}"
        where += "" if column is None else f", {column}"
        return Finding(f"{self.name}{escape_control(where)}", 0, message)

    def position(self, name: str) -> int:
        """Return where the values of a column stand in a row, from 0.

        A column goes by its heading, by its heading without surplus blanks, or by its place: ``column 3``. Raise
        FindingsError where there is none, or several have the heading.
        """
        for same in (str, _fold_blanks):
            places = [place for place, heading in enumerate(self.columns) if same(heading) == same(name)]
            if len(places) == 1:
                return places[0]
            if places:
                named = " or ".join(f'"column {place + 1}"' for place in places)
                raise self.error(f'"{name}" is the heading of several columns; write {named}')
        for place in range(len(self.columns)):
            if name == f"column {place + 1}":
                return place
        listed = ", ".join(heading or '""' for heading in self.columns)
        raise self.error(f'there is no column "{name}".{did_you_mean(name, self.columns)} Columns: {listed}')

    def _check_width(self, width: int) -> None:
        """Raise FindingsError where a table has more columns than people read."""
        if width > MAX_COLUMNS:
            raise self.error(
                f"has {width:,} columns, and a table has {MAX_COLUMNS:,} at most. Is it cut at the right delimiter?"
            )

    def _note_headings(self) -> None:
        """Note which headings are empty, or twice the same."""
        by_heading: dict[str, list[int]] = {}
        for place, heading in enumerate(self.columns, start=1):
            by_heading.setdefault(_fold_blanks(heading), []).append(place)
        for heading, places in by_heading.items():
            listed = ", ".join(map(str, places[:10])) + (" …" if len(places) > 10 else "")
            if len(places) > 1:
                self.notes.append(
                    f'columns {listed} have the same heading "{heading}"; they go by "column {places[0]}" and so on'
                )
            elif not heading:
                self.notes.append(f'column {listed} has no heading; it goes by "" or "column {places[0]}"')


def _fold_blanks(heading: str) -> str:
    return " ".join(heading.split())


def file_state(file: Path, name: str) -> tuple[int, int, int]:
    """Return what tells that a file changed: its size, when it was written, its number on the disk.

    Raise FindingsError where it is no file, is empty, or cannot be read.
    """
    try:
        state = file.stat()
    except OSError as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise FindingsError([Finding(name, 0, reason)]) from error
    if stat.S_ISDIR(state.st_mode):
        raise FindingsError([Finding(name, 0, "is a folder; name the file in it that has the table")])
    if not stat.S_ISREG(state.st_mode):
        raise FindingsError([Finding(name, 0, "is no file, but a pipe or a device; save what it gives as a file")])
    if not state.st_size:
        raise FindingsError([Finding(name, 0, "is empty")])
    return state.st_size, state.st_mtime_ns, state.st_ino


def opened(file: Path, name: str) -> io.BufferedReader:
    """Return a file opened for reading its bytes. Raise FindingsError where that is not allowed."""
    try:
        # A file may be exchanged for a pipe after somebody looked: to open one would wait without end.
        number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        return os.fdopen(number, "rb")
    except OSError as error:
        raise FindingsError([Finding(name, 0, f"cannot be read: {error.strerror}")]) from error


class ObservedFile(io.RawIOBase):
    """The bytes of a file, with their digest, and whether any was a control character.

    ``observe`` is False for encodings in which such bytes are parts of letters. Raise FindingsError where the file
    cannot be read on, and, unless ``limit_lines`` is False, at a line that has no end.
    """

    def __init__(self, file: Path, name: str, observe: bool = True, limit_lines: bool = True) -> None:
        self._file, self._name, self._limit_lines = opened(file, name), name, limit_lines
        self._digest, self._since_break, self.has_control = hashlib.sha256(), 0, not observe

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read bytes into a buffer, and return how many."""
        try:
            count = self._file.readinto(buffer)
        except OSError as error:
            raise FindingsError([Finding(self._name, 0, f"cannot be read on: {error.strerror}")]) from error
        chunk = bytes(buffer[:count])
        self._digest.update(chunk)
        if not self.has_control and len(chunk.translate(None, CONTROL)) != count:
            self.has_control = True
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._since_break = self._since_break + count if last < 0 else count - last
        if self._limit_lines and self._since_break > MAX_LINE:
            message = f"has a line of more than {MAX_LINE // 1_000_000} MB, which no table has. Is it another format?"
            raise FindingsError([Finding(self._name, 0, message)])
        return count

    def hexdigest(self) -> str:
        """Return the digest of what was read so far."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
