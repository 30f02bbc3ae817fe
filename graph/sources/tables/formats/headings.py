"""Which row of a table has the headings: the first, unless it is a title above them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from graph.sources.tables.formats.table import Table, Value

_DAY = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[T ].*)?", re.ASCII)


def find_header(
    table: Table, rows: Sequence[tuple[int, tuple[Value, ...]]], told: int | None
) -> tuple[int, tuple[str, ...]]:
    """Return the number of the row with the headings, and the headings; 0, and names by place, for no header.

    ``rows`` are the first rows with their numbers. Without a number that is told it is the first row that is not blank.
    Raise FindingsError where that is a title, or has no text.
    """
    filled = [(number, cells) for number, cells in rows if not is_blank(cells)]
    if not filled:
        raise table.error("has no values")
    if told == 0:
        width = max(len(cells) for _, cells in filled)
        return 0, tuple(f"column {place}" for place in range(1, width + 1))
    if told is None:
        number, cells = filled[0]
        refuse_title(table, filled)
    else:
        number, cells = told, next((cells for number, cells in rows if number == told), ())
        if is_blank(cells):
            raise table.error(f"row {told} is to have the headings, and is blank")
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells = cells[:-1]
    return number, tuple("" if cell is None else words(cell) for cell in cells)


def refuse_title(table: Table, filled: Sequence[tuple[int, Sequence[Value]]]) -> None:
    """Raise UndecidedError where the first of the first rows is a title above the headings, or no header.

    A title fills less than half of the cells that a later row fills.
    """
    (number, first), widest = filled[0], max(_count(cells) for _, cells in filled)
    if 2 * _count(first) < widest:
        header = next((number, cells) for number, cells in filled if 2 * _count(cells) >= widest)
        listed = ", ".join(words(cell)[:40] for cell in header[1] if not is_blank((cell,)))[:200]
        title = words(next(cell for cell in first if not is_blank((cell,))))[:60]
        raise table.undecided(
            f'row {number} looks like a title: "{title}". Write header_row: {header[0]} if the headings are {listed}',
            header_row=header[0],
        )
    value = next((words(cell) for cell in first if isinstance(cell, date) or _DAY.fullmatch(words(cell).strip())), None)
    if value is None and not any(isinstance(cell, str) for cell in first):
        value = next(words(cell) for cell in first if not is_blank((cell,)))
    if value is not None:
        raise table.undecided(
            f'row {number} has "{value}", so it looks like no header. Write header_row: 0 if the table has none, or '
            f"header_row: {number} if these are the headings",
            header_row=0,
        )


def is_blank(cells: Sequence[Value]) -> bool:
    """Return whether no cell has more than blanks."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def words(value: Value) -> str:
    """Return a value as a person would write it."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)


def _count(cells: Sequence[Value]) -> int:
    return sum(not is_blank((cell,)) for cell in cells)
