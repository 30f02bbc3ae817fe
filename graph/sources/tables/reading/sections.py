"""Rows that are headings of the rows below them: each kind of them is a column more, filled down into those rows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.model.sources import CellSelector, PointerSelector
from graph.sources.tables.form.values import SectionForm
from graph.sources.tables.formats import Row, Table
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.conditions import Condition, compile_condition


class Section(NamedTuple):
    """A kind of such rows: the name of its column, the column of the table that has its words, which rows they are."""

    name: str
    column: int
    condition: Condition
    because: str


def read_sections(forms: Sequence[SectionForm], index: ColumnIndex) -> tuple[Section, ...]:
    """Return the sections of a mapping, compiled for a file; what is wrong with them is noted."""
    sections: list[Section] = []
    for number, form in enumerate(forms):
        path: Path = ("sections", number)
        condition = compile_condition(form, index, path)
        column = index.one(form.column or "", (*path, "column"))
        if form.as_ in index.headings or form.as_ in [each.name for each in sections]:
            index.problem((*path, "as"), f"there is a column {form.as_!r} already; call these rows otherwise")
        elif column is not None:
            sections.append(Section(form.as_, column, condition, form.because))
    return tuple(sections)


class SectionedTable(Table):
    """A table with a column more for each kind of section; in the rows themselves these columns are blank."""

    def __init__(self, table: Table, sections: tuple[Section, ...]) -> None:
        """Take the table, whose own columns stay where they are."""
        self.__dict__ |= vars(table)
        self.table, self.sections, self.width = table, sections, len(table.columns)
        self.columns = (*table.columns, *(each.name for each in sections))
        self.added = frozenset(range(self.width, len(self.columns)))

    def rows(self) -> Iterator[Row]:
        """Yield the rows, with blank cells in the columns of sections."""
        blank = (None,) * len(self.sections)
        for row in self.table.rows():
            yield row._replace(values=row.values + blank)

    def selector(self, row: int, column: int, *elements: int) -> CellSelector | PointerSelector:
        """Return the place of a value; what a section says stands in its own row, in the column that has its words."""
        if column > self.width:
            column = self.sections[column - self.width - 1].column + 1
        return self.table.selector(row, column, *elements)
