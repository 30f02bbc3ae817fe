"""A row of a register as pages show it: headings and cells, those that prove something marked."""

from dataclasses import dataclass

from graph.model.labels import interface_language
from graph.query.passages import Passage, TableRow
from graph.query.row_words import cell_origin, heading_of, row_title


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: the heading above it, its words, whether it proves something, and where its words stand if elsewhere."""

    heading: str
    words: str
    proves: bool
    origin: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: which one it is, its cells, the language of their words, and the path of the row in its source here."""

    title: str
    cells: tuple[CellView, ...]
    lang: str
    anchor: str


def row_view(passage: Passage, lang: str) -> RowView | None:
    """Return the row of a passage; None of one that is a sentence."""
    row = passage.row
    if row is None:
        return None
    interface = interface_language(lang)
    cells = (CellView(heading_of(cell), cell.words, cell.proves, cell_origin(cell, interface)) for cell in row.cells)
    return RowView(row_title(row, interface), tuple(cells), passage.language or "", row_anchor(row))


def row_anchor(row: TableRow) -> str:
    """Return the id of a row on the page of its source: ``row-7``, with the sheet or list in which it is, if any."""
    where, number, _ = row.order
    letters = "".join(sign if sign.isalnum() else "-" for sign in where).strip("-")
    return f"row-{letters}-{number}" if letters else f"row-{number}"
