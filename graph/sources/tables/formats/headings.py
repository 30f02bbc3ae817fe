"""Which row of a table has the headings: the first, unless it is a title above them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import zip_longest

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
        cells = with_row_above(cells, next((above for at, above in rows if at == told - 1), ()))
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells = cells[:-1]
    return number, tuple("" if cell is None else words(cell) for cell in cells)


def with_row_above(cells: tuple[Value, ...], above: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return headings of which the blank ones stand in the row above, over merged cells; a title there has no more.

    A heading that spans several columns is none of those below it.
    """
    if _count(above) < 2 or 2 * _count(above) < _count(cells):
        return cells
    padded = (*cells, *(None,) * (len(above) - len(cells)))
    return tuple(
        above[place] if is_blank((cell,)) and place < len(above) else cell for place, cell in enumerate(padded)
    )


def _header(filled: Sequence[tuple[int, Sequence[Value]]], place: int) -> tuple[int, str]:
    """Return the row that is likely to have the headings, and those in words: a row, or the second of two."""
    number, cells = filled[place]
    if place + 1 < len(filled) and filled[place + 1][0] == number + 1 and _is_second(cells, filled[place + 1][1]):
        number, cells = number + 1, with_row_above(tuple(filled[place + 1][1]), tuple(cells))
    return number, ", ".join(words(cell)[:40] for cell in cells if not is_blank((cell,)))[:200]


def _is_second(first: Sequence[Value], second: Sequence[Value]) -> bool:
    """Return whether a row of texts fills all gaps between the headings above it: a header of two rows."""
    gaps = [below for above, below in zip_longest(first, second) if is_blank((above,))]
    while gaps and is_blank(gaps[-1:]):
        gaps.pop()
    texts = [cell for cell in second if not is_blank((cell,))]
    # A row of data below a column without a heading fills the other columns too.
    leaves_some = any(not is_blank((above,)) and is_blank((below,)) for above, below in zip_longest(first, second))
    return (
        len(gaps) > (0 if leaves_some else 1)
        and not any(is_blank((each,)) for each in gaps)
        and all(isinstance(each, str) and not any(sign.isdigit() for sign in each) for each in texts)
    )


def refuse_title(table: Table, filled: Sequence[tuple[int, Sequence[Value]]]) -> None:
    """Raise UndecidedError where the first of the first rows is a title above the headings, or no header.

    A title fills less than half of the cells that a later row fills.
    """
    (number, first), widest = filled[0], max(_count(cells) for _, cells in filled)
    if 2 * _count(first) < widest:
        header, headings = _header(filled, next(at for at, each in enumerate(filled) if 2 * _count(each[1]) >= widest))
        title = words(next(cell for cell in first if not is_blank((cell,))))[:60]
        raise table.undecided(
            f'row {number} looks like a title: "{title}". Write header_row: {header} if the headings are {headings}',
            header_row=header,
        )
    header, headings = _header(filled, 0)
    if header != number:
        raise table.undecided(
            f"rows {number} and {header} look like a header of two rows. Write header_row: {header} if the headings "
            f"are {headings}",
            header_row=header,
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
