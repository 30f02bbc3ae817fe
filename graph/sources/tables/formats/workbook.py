"""Tables in workbooks: XLSX, XLS and ODS, by calamine, with what it does not tell read from the file beforehand."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from graph.common.findings import did_you_mean
from graph.model.sources import CellSelector
from graph.sources.tables.formats.archive import Archive, WorkbookError
from graph.sources.tables.formats.headings import find_header
from graph.sources.tables.formats.ods_facts import is_encrypted, ods_facts
from graph.sources.tables.formats.sheet_facts import SheetFacts
from graph.sources.tables.formats.table import MAX_CELL, Row, Table, TableOptions, Value, opened
from graph.sources.tables.formats.xls_facts import xls_facts
from graph.sources.tables.formats.xlsx_facts import xlsx_facts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
MAX_BYTES = 200_000_000
# Above it, not every whole number is one of its own.
_EXACT = 1 << 53
_ODS_DURATION = re.compile(r"PT(\d+)H(\d\d)M(\d\d)S")


class WorkbookTable(Table):
    """A sheet of a workbook. Values have the types that their cells have; an empty cell is None.

    The workbook is loaded whole, as calamine does: some 32 bytes for each cell of the sheet besides its words. Only its
    rows are made one by one.
    """

    def __init__(self, file: Path, options: TableOptions, source: str, name: str, media_type: str) -> None:
        super().__init__(file, options, source, name)
        self.media_type = media_type
        self.sheet, self._facts = "", SheetFacts()
        self._check_size()
        with self._loaded() as workbook:
            sheet = workbook.get_sheet_by_name(self.sheet)
            self._first_column = (sheet.start or (0, 0))[1] + 1
            rows = ((number, row.values) for number, row in islice(enumerate(self._cells(sheet), start=1), 60))
            self.header_row, self.columns = find_header(self, [*rows], options.header_row)
        self._check_width(len(self.columns))
        self._note_headings()
        self.notes += self._facts.notes()
        for (first, column), (last, _) in sorted(self._facts.merged):
            if last > first:
                self.spans.setdefault(column - self._first_column, []).append((first, last))
        if note := self._facts.date_note():
            self.notes.append(note)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; a row with a cell that has no value, but an error, has its problem."""
        width = len(self.columns)
        with self._loaded() as workbook:
            for row in islice(self._cells(workbook.get_sheet_by_name(self.sheet)), self.header_row, None):
                values = row.values[:width]
                problem = row.problem
                if any(value is not None for value in row.values[width:]):
                    problem = f"it has {len(row.values)} cells, and the header has {width}"
                yield Row(row.number, values + (None,) * (width - len(values)), problem)
            self.check_unchanged()

    def selector(self, row: int, column: int, *elements: int) -> CellSelector:
        """Return the cell of a row of the sheet, and of a column of the table, both from 1."""
        return CellSelector(self.source, row, self._first_column + column - 1, self.sheet)

    @contextmanager
    def _loaded(self) -> Iterator["CalamineWorkbook"]:
        """Give the workbook; the first time, choose its sheet. Raise FindingsError where it cannot be loaded."""
        # Imported here: most tables are text.
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        with opened(self.file, self.name) as raw:
            data = raw.read()
        self.check_unchanged(sha256(data).hexdigest())
        try:
            archive = None if self.media_type == XLS else Archive(data)
            if archive and is_encrypted(archive):
                raise WorkbookError("is encrypted; save it without a password")
            # Before the cells are loaded: a small file may have a sheet of any size. XLSX is loaded sheet by sheet.
            facts = {} if self.sheet or self.media_type == XLSX else self._read_facts(archive, data)
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            if not self.sheet:
                self.sheet = self._choose_sheet(workbook)
                if archive and self.media_type == XLSX:
                    facts[self.sheet] = xlsx_facts(archive, self.sheet)
                self._facts = facts.get(self.sheet, self._facts)
            del data
            yield workbook
        except WorkbookError as error:
            raise self.error(str(error)) from error
        except PasswordError as error:
            raise self.error("is encrypted; save it without a password") from error
        except (CalamineError, OSError, ValueError) as error:
            raise self.error(f"is a damaged workbook ({error}); open it in a spreadsheet, and save it") from error
        except BaseException as error:
            # What the library did not expect ends in an exception of no other class.
            if type(error).__name__ != "PanicException":
                raise
            raise self.error("is a damaged workbook; open it in a spreadsheet, and save it") from error

    def _choose_sheet(self, workbook: "CalamineWorkbook") -> str:
        """Return the sheet to read: the one that is told, or the only one that has values."""
        from python_calamine import SheetVisibleEnum

        hidden = {each.name for each in workbook.sheets_metadata if each.visible != SheetVisibleEnum.Visible}
        names, told = workbook.sheet_names, self.options.sheet
        listed = ", ".join(f"{name} (hidden)" if name in hidden else name for name in names)
        if told is not None:
            if told not in names:
                raise self.error(f'there is no sheet "{told}".{did_you_mean(told, names)} Sheets: {listed}')
            if told in hidden:
                self.notes.append(f'the sheet "{told}" is hidden')
            return told
        if len(names) > 1:
            raise self.error(f"no sheet is named; it has {listed}. Name the one to read")
        if not names:
            raise self.error("has no sheet")
        return names[0]

    def _read_facts(self, archive: Archive | None, data: bytes) -> dict[str, SheetFacts]:
        """Return what the sheets of ODS or XLS have beside values."""
        return ods_facts(archive) if archive else xls_facts(data)

    def _check_size(self) -> None:
        if self.size > MAX_BYTES:
            raise self.error(f"has {self.size:,} bytes; a workbook may have {MAX_BYTES:,}. Save the table as CSV")

    def _cells(self, sheet: "CalamineSheet") -> Iterator[Row]:
        """Yield the rows of a sheet from row 1, and from its first column with values."""
        problems: dict[int, list[str]] = {}
        for (number, column), what in self._facts.problems.items():
            problems.setdefault(number, []).append(f"{self._heading(column)}: {what}")
        shown_days = self._facts.months or self._facts.years
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            values = tuple(map(_value, cells))
            if shown_days:
                values = tuple(self._as_shown(number, place, value) for place, value in enumerate(values))
            problem: str | None = next(iter(problems.get(number, ())), None)
            if any(isinstance(value, str) and len(value) > MAX_CELL for value in values):
                problem = f"it has a cell of more than {MAX_CELL:,} characters"
            yield Row(number, values, problem)

    def _as_shown(self, number: int, place: int, value: Value) -> Value:
        """Return a day as what its cell shows: the first of a month may stand for the month."""
        if not isinstance(value, date):
            return value
        cell, day = (number, place + self._first_column), value.date() if isinstance(value, datetime) else value
        if cell in self._facts.months and day.day == 1:
            return f"{day:%Y-%m}"
        return f"{day:%Y}" if cell in self._facts.years and (day.month, day.day) == (1, 1) else value

    def _heading(self, column: int) -> str:
        place = column - self._first_column
        heading = self.columns[place] if 0 <= place < len(self.columns) else ""
        return heading or f"column {place + 1}"


def _value(value: object) -> Value:
    """Return the value of a cell: None for an empty one, whole numbers as such, durations as hours:minutes:seconds."""
    if value == "":
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, str) and value.startswith("PT") and (match := _ODS_DURATION.fullmatch(value)):
        return f"{int(match[1])}:{match[2]}:{match[3]}"
    return value  # type: ignore[return-value]
