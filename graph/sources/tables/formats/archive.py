"""Workbooks are archives of XML: their parts, read only where they unpack to what a workbook of people has."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from graph.common.archives import DAMAGED_ARCHIVE
from graph.common.errors import MotegrafError

# Of all parts together, and of one in proportion to what it is when packed.
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 500
_FREE = 10_000_000
_SMALL = 20_000_000
_CHUNK = 1 << 16
Attributes = dict[str, str]


class WorkbookError(MotegrafError):
    """A workbook cannot be read; the message says why, and what to do."""


class Archive:
    """An archive with XML in it. Raise WorkbookError where it is damaged, encrypted, or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED_ARCHIVE as error:
            raise WorkbookError("is a damaged workbook, or cut off: get it again, or open it and save it") from error
        infos = self._zip.infolist()
        self.names = {info.filename for info in infos}
        if any(info.flag_bits & 1 for info in infos):
            raise WorkbookError("is encrypted; save it without a password")
        unpacked = sum(info.file_size for info in infos)
        if len(self.names) < len(infos):
            raise WorkbookError("has two parts of one name; open it in a spreadsheet, and save it")
        worst = max(infos, key=lambda info: info.file_size / (info.compress_size + 1), default=None)
        if unpacked > MAX_UNPACKED:
            raise WorkbookError(
                f"unpacks to {unpacked:,} bytes; {MAX_UNPACKED:,} is the most. Save the table alone as CSV"
            )
        if worst and worst.file_size > _FREE + MAX_RATIO * worst.compress_size:
            raise WorkbookError(
                f"{worst.filename} in it unpacks to {worst.file_size:,} bytes out of {worst.compress_size:,}, "
                "which no workbook of people does. Open it in a spreadsheet, if you trust it, and save the table as CSV"
            )

    def open(self, name: str) -> IO[bytes]:
        """Return a part as a stream."""
        try:
            return self._zip.open(name)
        except KeyError as error:
            raise WorkbookError(f"is a damaged workbook: it has no {name}") from error
        except DAMAGED_ARCHIVE as error:
            raise WorkbookError(f"is a damaged workbook: {name} in it cannot be read") from error

    def read(self, name: str) -> bytes:
        """Return a small part."""
        with self.open(name) as part:
            data = _read(part, name, _SMALL + 1)
        if len(data) > _SMALL:
            raise WorkbookError(f"{name} in it has more than {_SMALL:,} bytes, which no workbook of people has")
        return data

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], object],
        end: Callable[[str], object] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> None:
        """Call ``start``, ``end`` and ``text`` for the elements of a part, with their names without prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        if end:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text:
            parser.CharacterDataHandler = text
        read = 0
        try:
            with self.open(name) as part:
                while chunk := _read(part, name, _CHUNK):
                    # The size that an archive states is not always that of what is in it.
                    read += len(chunk)
                    if read > MAX_UNPACKED:
                        raise WorkbookError(f"{name} in it unpacks to more than {MAX_UNPACKED:,} bytes")
                    parser.Parse(chunk)
                parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise WorkbookError(f"is a damaged workbook: {name} in it is not XML ({error})") from error


def _refuse_declarations(*_: object) -> None:
    raise WorkbookError("declares a document type or entities, which no spreadsheet does")


def _read(part: IO[bytes], name: str, size: int) -> bytes:
    try:
        return part.read(size)
    except DAMAGED_ARCHIVE as error:
        raise WorkbookError(f"is a damaged workbook, or cut off: {name} in it cannot be read to its end") from error


def cell_place(reference: str) -> tuple[int, int] | None:
    """Return the row and the column, from 1, of a reference such as B7, or None where it is none."""
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", reference, re.ASCII)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


def column_letters(column: int) -> str:
    """Return the letters by which spreadsheets call a column that counts from 1: ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
