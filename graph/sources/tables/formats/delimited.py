"""Tables of text with delimiters (CSV): read as a stream, strictly, with the row of every mistake."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from graph.common.findings import FindingsError
from graph.common.text import NOT_IN_XML
from graph.model.sources import CellSelector
from graph.sources.tables.formats import encoding as encodings
from graph.sources.tables.formats.headings import refuse_title, with_row_above
from graph.sources.tables.formats.quotes import opening_quote
from graph.sources.tables.formats.table import CHUNK, MAX_CELL, ObservedFile, Row, Table, TableOptions

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
# A record of more lines is one whose quotation mark was never closed.
MAX_LINES = 1_000
_TRIED = 100


class DelimitedTable(Table):
    """A table of text. Every value is a string; a row is a record, whatever lines it has (RFC 7111)."""

    media_type = "text/csv"

    def __init__(self, file: Path, options: TableOptions, source: str, name: str, head: bytes) -> None:
        super().__init__(file, options, source, name)
        self.encoding = self._find_encoding(head)
        self.delimiter, directive = self._find_delimiter(head)
        self.header_row = (1 + directive) if options.header_row is None else options.header_row
        self._mixed: bool | None = None
        self.columns = self._find_columns()
        self._note_headings()
        if not options.encoding and not encodings.is_utf8(head):
            # The finding has the row of the first byte that is not UTF-8.
            for _ in self.rows():
                if self._mixed:
                    break

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; a row that cannot be understood has its problem."""
        before, width = encodings.undecodable_count(), len(self.columns)
        with self._opened() as (raw, text):
            reader = self._reader(text)
            number = line = 0
            while True:
                try:
                    for cells in reader:
                        number += 1
                        lines, line = reader.line_num - line, reader.line_num
                        if number <= self.header_row:
                            continue
                        problem = None
                        if len(cells) != width or lines > MAX_LINES:
                            if lines > MAX_LINES:
                                raise self._unclosed(number, line - lines, f"goes on for {lines:,} lines")
                            cells, problem = self._fitted(cells)
                        if raw.has_control or encodings.undecodable_count() != before:
                            problem = self._unreadable(number, cells) or problem
                        yield Row(number, tuple(cells), problem)
                    break
                except csv.Error as error:
                    number += 1
                    problem = self._broken(number, line, reader.line_num, str(error))
                    line = reader.line_num
                    if number > self.header_row:
                        yield Row(number, ("",) * width, problem)
            self.check_unchanged(raw.hexdigest())

    def selector(self, row: int, column: int, *elements: int) -> CellSelector:
        """Return the cell of a row and a column, both from 1."""
        return CellSelector(self.source, row, column)

    def _opened(self) -> "_Opened":
        return _Opened(self.file, self.name, self.encoding)

    def _reader(self, text: TextIO) -> "CsvReader":
        csv.field_size_limit(MAX_CELL)
        return csv.reader(text, delimiter=self.delimiter, strict=True)

    def _find_encoding(self, head: bytes) -> str:
        """Return the name of the codec. Raise FindingsError where the file tells of another than its reader does."""
        told = self.options.encoding
        wide = encodings.wide_encoding(head)
        if told is None:
            if wide:
                raise self.undecided(f"is {wide.upper()}, not UTF-8. Write encoding: {wide}", encoding=wide)
            return "utf-8-sig"
        codec = encodings.codec_name(told)
        if codec is None:
            raise self.error(f'there is no encoding "{told}". Write one such as utf-8, windows-1252 or utf-16')
        if encodings.lacks_mark(codec, head):
            raise self.error(f"does not begin with the mark of {told}. Write the encoding that it is in, as {told}-le")
        if codec != "utf-8-sig" and not head.isascii() and encodings.is_utf8(head) and not wide:
            raise self.error(f"is UTF-8, not {told}: its letters beyond ASCII say so. Write encoding: utf-8")
        return codec

    def _find_delimiter(self, head: bytes) -> tuple[str, bool]:
        """Return the delimiter, and whether the first line says so to a spreadsheet (``sep=;``)."""
        text = head.decode(self.encoding, "ignore").removeprefix("\ufeff")
        directive = re.match(r'"?sep=([^\r\n"])"?[^\S\r\n]*[\r\n]', text)
        told = self.options.delimiter
        if told is not None:
            sign = _WORDS.get(told, told)
            if len(sign) != 1 or sign in '"\r\n\ufeff':
                raise self.error(f'the delimiter "{told}" is no single sign. Write one such as , or ; or tab')
            return sign, bool(directive)
        if directive:
            return directive[1], True
        widths = {sign: self._widths(text, sign) for sign in DELIMITERS}
        likely = [sign for sign, counts in widths.items() if counts and counts[0] > 1]
        # Notes below a table, and blank rows, have fewer cells.
        even = [sign for sign in likely if 10 * widths[sign].count(widths[sign][0]) >= 9 * len(widths[sign])]
        widest = max((widths[sign][0] for sign in even or likely), default=1)
        best = [sign for sign in even or likely if widths[sign][0] == widest]
        if len(best) > 1:
            listed = " or ".join(f"{DELIMITERS[sign]} ({widths[sign][0]} columns)" for sign in likely)
            raise self.error(f"the delimiter may be {listed}. Write delimiter: and the sign")
        return (best or [","])[0], False

    def _widths(self, text: str, sign: str) -> list[int]:
        """Return how many cells the header and the first rows have if a sign is the delimiter, without blank lines."""
        widths: list[int] = []
        # The last line may be cut off.
        lines = text[: text.rfind("\n") + 1] or text
        skipped = max((self.options.header_row or 1) - 1, 0)
        try:
            for cells in csv.reader(io.StringIO(lines, newline=""), delimiter=sign):
                if cells:
                    widths.append(len(cells))
                if len(widths) > _TRIED + skipped:
                    break
        except csv.Error:
            pass
        return widths[skipped:]

    def _find_columns(self) -> tuple[str, ...]:
        """Return the headings, or names by place where there is no header. Raise FindingsError for none."""
        before = encodings.undecodable_count()
        with self._opened() as (raw, text):
            reader = self._reader(text)
            number = line = 0
            cells: list[str] = []
            wanted = max(self.header_row, 1)
            above: list[str] = []
            while number < wanted:
                above = cells
                line = reader.line_num
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    raise self.error(f"has {number - 1} rows; the header is to be row {wanted}") from None
                except csv.Error as error:
                    problem = self._broken(number, line, reader.line_num, str(error))
                    if number == wanted:
                        raise self.error(problem, number) from error
            if self.options.header_row:
                cells = ["" if cell is None else str(cell) for cell in with_row_above(tuple(cells), tuple(above))]
            following = _first_records(reader, number) if self.options.header_row is None else []
            self._check_width(len(cells))
            if raw.has_control or encodings.undecodable_count() != before:
                unreadable = self._unreadable(number, cells)
                if unreadable:
                    raise self.error(unreadable, number)
        if not self.header_row:
            return tuple(f"column {place}" for place in range(1, len(cells) + 1))
        if not any(cell.strip() for cell in cells):
            raise self.error("has no heading. Write header_row: and the row that has the headings", self.header_row)
        if self.options.header_row is None:
            refuse_title(self, [(number, cells), *following])
        return tuple(cells)

    def _fitted(self, cells: list[str]) -> tuple[list[str], str | None]:
        """Return as many cells as there are columns, and what is wrong with the row."""
        width = len(self.columns)
        problem = None
        if len(cells) < width and any(map(str.strip, cells)):
            problem = f"it has {len(cells)} cells, and the header has {width}"
        elif any(map(str.strip, cells[width:])):
            problem = f"it has {len(cells)} cells, and the header has {width}"
            if any(cell.startswith(' "') for cell in cells):
                problem += "; a quotation mark after a blank quotes nothing"
        return [*cells[:width], *[""] * (width - len(cells))], problem

    def _unreadable(self, number: int, cells: list[str]) -> str | None:
        """Return what is wrong with the letters of a row, or None. Raise FindingsError where the whole file is so."""
        for place, cell in enumerate(cells):
            if (byte := encodings.unread_byte(cell)) is not None:
                return self._not_of_encoding(number, self._heading(place), byte)
            if match := NOT_IN_XML.search(cell):
                sign = "a NUL byte" if match[0] == "\0" else f"the control character U+{ord(match[0]):04X}"
                return f"{self._heading(place)}: has {sign}, which no text has"
        return None

    def _heading(self, place: int) -> str:
        heading = self.columns[place] if place < len(self.columns) else ""
        return heading or f"column {place + 1}"

    def _not_of_encoding(self, number: int, heading: str, byte: int) -> str:
        """Return what a byte would be elsewhere. Raise FindingsError where nothing says that the file is UTF-8."""
        message = encodings.unread_message(byte, self.options.encoding)
        if self.encoding != "utf-8-sig":
            return f"{heading}: {message}"
        if self._mixed is None:
            self._mixed = encodings.is_mostly_utf8(self.file)
        if not self._mixed:
            raise self.undecided(message, number, encoding=encodings.likely_encoding(self.file))
        message = message.partition(";")[0]
        return f"{heading}: {message}, but other rows are UTF-8: the file is of two encodings; mend the row"

    def _broken(self, number: int, line: int, last: int, reason: str) -> str:
        """Return what is wrong with a record that ends on the line ``last`` and began after ``line``.

        Raise FindingsError where it has several lines: nobody knows which rows it swallowed.
        """
        if "end of data" in reason:
            raise self._unclosed(number, line, "has no end: the file ends in it, or is cut off")
        if last - line > 1:
            raise self._unclosed(number, line, f"goes on to line {last:,}")
        if "field limit" in reason:
            return f"it has a cell of more than {MAX_CELL:,} characters"
        return 'a quotation mark stands in a cell in quotation marks; write "" for it'

    def _unclosed(self, number: int, line: int, what: str) -> FindingsError:
        """Return the error of a record whose quotation mark is not closed, with the place of the mark."""
        with self._opened() as (_, text):
            begins, place = opening_quote(text, line, self.delimiter, MAX_LINES)
        heading = self._heading(place) if self.columns else f"column {place + 1}"
        return self.error(
            f'the cell "{heading}" that begins with a quotation mark on line {begins:,} {what}. Is its closing '
            'quotation mark missing? Within a cell, write "" for a quotation mark',
            number,
        )


def _first_records(reader: "CsvReader", number: int) -> list[tuple[int, list[str]]]:
    """Return the records behind the header that help to tell whether it is one, with their numbers."""
    records = []
    try:
        for cells in islice(reader, _TRIED):
            number += 1
            if any(map(str.strip, cells)):
                records.append((number, cells))
    except csv.Error:
        # It is found again, with its row, when the rows are read.
        pass
    return records


class _Opened:
    """A file as a stream of text, line ends untouched, and as the bytes that it comes from."""

    def __init__(self, file: Path, name: str, encoding: str) -> None:
        self._raw = ObservedFile(file, name, encodings.is_single_byte(encoding))
        self._text = io.TextIOWrapper(
            io.BufferedReader(self._raw, CHUNK), encoding, errors=encodings.KEEP_BYTES, newline=""
        )

    def __enter__(self) -> tuple[ObservedFile, TextIO]:
        return self._raw, self._text

    def __exit__(self, *_: object) -> None:
        self._text.close()
