"""A row as its readers see it: its values with what was filled down, its cells, and what is wrong with them."""

from collections.abc import Iterable
from copy import copy
from typing import NamedTuple

from graph.common.errors import MotegrafError
from graph.model.acts import Cell
from graph.sources.tables.formats import Table, Value
from graph.sources.tables.reading.text import text_of


class Problem(NamedTuple):
    """What is wrong with a value, or why a person has to decide about it (``review``)."""

    column: str
    why: str
    value: str
    review: bool = False


class CellError(MotegrafError):
    """A value is not understood, or waits for a person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.why)
        self.problem = problem


class KeyedRow(NamedTuple):
    """A row of a register, with all that other rows lend to it, so that it can be read anywhere.

    ``number`` is unique in the register: that of the row in its file, and for the files after the first plus
    ``FILE_STEP`` a file. ``key`` is that of its event; a row that claims nothing has one of its own, which begins with
    a line break. ``fills`` are column (from 0), row and value of what was filled down. ``skip`` says why the row claims
    nothing. ``repeats`` is the number of an equal earlier row, and ``repeats_key`` its key. ``shared``: other rows have
    the key of this one.
    """

    number: int
    values: tuple[Value, ...]
    key: str
    fills: tuple[tuple[int, int, Value], ...] = ()
    skip: str | None = None
    problems: tuple[Problem, ...] = ()
    repeats: int | None = None
    shared: bool = False
    repeats_key: str | None = None


FILE_STEP = 1 << 40


class View:
    """A row while it is read. ``values`` have what was filled down.

    ``elements`` are columns of which this is one element of a list (or of a list in a list), with its place in it.
    """

    __slots__ = ("elements", "filled", "number", "sources", "table", "values")

    def __init__(self, row: KeyedRow, table: Table) -> None:
        self.number, self.table = row.number % FILE_STEP, table
        self.values = row.values
        # The rows that lend their words to this one, by column; and the columns of which this row has a blank cell.
        self.sources: dict[int, int] = {}
        self.filled: frozenset[int] = frozenset()
        self.elements: dict[int, tuple[int, ...]] = {}
        if row.fills:
            values = list(row.values)
            for column, source, value in row.fills:
                values[column] = value
                self.sources[column] = source % FILE_STEP
            self.values = tuple(values)
            # What a section says stands in a row of its own, and no cell of this row is blank for it.
            self.filled = frozenset(self.sources) - table.added

    def text(self, column: int) -> str:
        """Return the words of a cell, folded."""
        value = self.values[column]
        if type(value) is str:
            return " ".join(value.split()) if value.isascii() else text_of(value)
        return text_of(value)

    def cell(self, column: int, *elements: int) -> Cell:
        """Return a cell; where it was filled down, the one above that has the words."""
        value = self.values[column]
        row = self.sources.get(column, self.number) if self.sources else self.number
        for element in elements:
            value = value[element] if isinstance(value, tuple) and element < len(value) else None
        if self.elements:
            elements = (*self.elements.get(column, ()), *elements)
        words = value if type(value) is str else text_of(value)
        return Cell(self.table.selector(row, column + 1, *elements), self.table.columns[column], words)

    def element(self, number: int, columns: Iterable[int]) -> "View":
        """Return the row as one element of its lists has it: these columns have the value of that element alone."""
        view = copy(self)
        values, view.elements = list(self.values), dict(self.elements)
        for column in columns:
            value = values[column]
            if isinstance(value, tuple):
                values[column] = value[number] if number < len(value) else None
                view.elements[column] = (*view.elements.get(column, ()), number)
        view.values = tuple(values)
        return view

    def own_cells(self, columns: tuple[int, ...]) -> tuple[Cell, ...]:
        """Return the blank cells of this row that were filled down, of some columns."""
        return tuple(
            Cell(self.table.selector(self.number, column + 1), self.table.columns[column], "")
            for column in columns
            if column in self.filled
        )
