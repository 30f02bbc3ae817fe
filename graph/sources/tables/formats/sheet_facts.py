"""What a sheet of a workbook has beside the values of its cells: what is hidden, merged, wrong, or shown as a month."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.common.text import pluralize
from graph.sources.tables.formats.archive import WorkbookError, column_letters

# A sheet is kept whole in memory: from its first cell with a value to its last, some 32 bytes for each, and its words.
MAX_CELLS = 30_000_000
MAX_LETTERS = 1_000_000_000
MAX_ROWS = 1_048_576
MAX_WIDTH = 16_384
# Of each kind of odd cells, so many are kept; a sheet with more has another fault than single cells.
_MAX_ODD = 1_000_000
Place = tuple[int, int]


@dataclass
class SheetFacts:
    """What a sheet has beside values; rows and columns count from 1.

    ``problems`` are cells whose value nobody can know: errors, and formulas without a value. ``months`` are days whose
    cells show only month and year, ``years`` those that show only the year.
    """

    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    problems: dict[Place, str] = field(default_factory=dict)
    months: set[Place] = field(default_factory=set)
    years: set[Place] = field(default_factory=set)
    first: Place | None = None
    last: Place = (0, 0)
    letters: int = 0

    def add_cell(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Count a cell that has a value, and is repeated. Raise WorkbookError where the sheet grows too large."""
        first = self.first or (row, column)
        self.first = (min(first[0], row), min(first[1], column))
        self.last = (max(self.last[0], row + rows - 1), max(self.last[1], column + columns - 1))
        height, width = self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1
        if self.last[0] > MAX_ROWS or self.last[1] > MAX_WIDTH or height * width > MAX_CELLS:
            raise WorkbookError(
                f"has a sheet of {height:,} rows and {width:,} columns, up to cell {column_letters(self.last[1])}"
                f"{self.last[0]}; more than {MAX_CELLS:,} cells are not read. Save the table alone as CSV"
            )

    @property
    def cells(self) -> int:
        """Return how many cells the sheet has, from its first with a value to its last."""
        first = self.first or (1, 1)
        return (self.last[0] - first[0] + 1) * (self.last[1] - first[1] + 1) if self.first else 0

    def add_letters(self, count: int) -> None:
        """Count the letters of a cell. Raise WorkbookError where they are more than any table has."""
        self.letters += count
        if self.letters > MAX_LETTERS:
            raise WorkbookError(f"has a sheet of more than {MAX_LETTERS:,} letters. Save the table as CSV")

    def add_problem(self, place: Place, problem: str) -> None:
        """Keep what is wrong with a cell."""
        if len(self.problems) < _MAX_ODD:
            self.problems[place] = problem

    def add_date(self, place: Place, shown: str | None) -> None:
        """Keep that the day of a cell is not shown: ``shown`` is ``month``, ``year`` or None."""
        kept = self.months if shown == "month" else self.years if shown == "year" else None
        if kept is not None:
            if len(kept) >= _MAX_ODD:
                raise WorkbookError(f"has more than {_MAX_ODD:,} days that show their month alone. Save it as CSV")
            kept.add(place)

    def notes(self) -> list[str]:
        """Return in English what of these a person should know."""
        notes = []
        if self.hidden_rows:
            listed, are = _ranges([_span(*each) for each in self.hidden_rows]), _is_or_are(self.hidden_rows)
            notes.append(f"hidden {are} row {listed}; hidden rows are read like the others")
        if self.hidden_columns:
            spans = [_span(*map(column_letters, each)) for each in self.hidden_columns]
            notes.append(f"hidden {_is_or_are(spans)} column {_ranges(spans)}; hidden columns are read like the others")
        if self.merged:
            spans = [_span(_cell(first), _cell(last)) for first, last in self.merged]
            notes.append(f"merged are {_ranges(spans)}: the value stands in the first cell, and the others are empty")
        return notes

    def date_note(self) -> str | None:
        """Return in English that days are read as months or years, or None."""
        count = len(self.months) + len(self.years)
        if not count:
            return None
        return (
            f"{pluralize(count, 'cell')} with a day shown by month or year alone: where it is the first, the value is "
            "2010-11 or 2010, since nobody wrote the day"
        )


def check_together(facts: Iterable[SheetFacts]) -> None:
    """Raise WorkbookError where sheets that are loaded together have more cells than are read."""
    cells = sum(each.cells for each in facts)
    if cells > MAX_CELLS:
        raise WorkbookError(f"has sheets of {cells:,} cells; {MAX_CELLS:,} are read. Save the table alone as CSV")


def add_span(spans: list[tuple[int, int]], first: int, last: int) -> None:
    """Add the rows or columns from a first to a last, joined to those right before them."""
    if spans and spans[-1][1] == first - 1:
        spans[-1] = spans[-1][0], last
    else:
        spans.append((first, last))


def _cell(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _span(first: object, last: object) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def _ranges(spans: list[str]) -> str:
    return ", ".join(spans[:10]) + (f" and {len(spans) - 10:,} more" if len(spans) > 10 else "")


def _is_or_are(items: list[object] | list[str] | list[tuple[int, int]]) -> str:
    return "is" if len(items) == 1 else "are"


def shown_of(code: str) -> str | None:
    """Return whether a format code of a spreadsheet shows of a date only its ``month`` or ``year``, or None.

    What stands in quotation marks, in brackets or behind a backslash is no code; m is a minute beside hours or seconds.
    """
    letters, position = "", 0
    while position < len(code):
        sign = code[position]
        closing = {'"': '"', "[": "]"}.get(sign)
        if sign in "\\_*":
            position += 1
        elif closing:
            end = code.find(closing, position + 1)
            position = len(code) if end < 0 else end
        elif sign == ";":
            break
        else:
            letters += sign.lower()
        position += 1
    if "general" in letters or any(letter in letters for letter in "dhs0#?@ae"):
        return None
    return "month" if "m" in letters else "year" if "y" in letters else None
