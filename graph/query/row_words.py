"""Rows of registers in words: the headings, what stands below each, and which cells prove something."""

from typing import TYPE_CHECKING

from graph.common.text import escape_control
from graph.model.labels import Label

if TYPE_CHECKING:
    from graph.query.passages import RowCell, TableRow

QUOTED = {"nb": "«{}»", "en": "“{}”"}
# What the words of a cell have beside them where they stand in another row.
_FROM = Label("fylt ned fra {}", "filled down from {}")


def row_title(row: "TableRow", lang: str) -> str:
    """Return which row it is, in nb or en: "meetings.csv, row 7"."""
    return ", ".join(filter(None, (escape_control(row.file), getattr(row.label, lang))))


def row_place(row: "TableRow") -> str:
    """Return where a row is, for programs: "meetings.csv#row=7", "meetings.json#/items/6"."""
    position = row.position if row.position.startswith("#") or not row.file else f"#{row.position}"
    return f"{escape_control(row.file)}{position}"


def heading_of(cell: "RowCell") -> str:
    """Return the heading above a cell; "…" where the column has none."""
    return escape_control(cell.heading.strip()) or "…"


def cell_text(cell: "RowCell", lang: str) -> str:
    """Return what a cell says, in one line: in quotation marks if it proves something, with the row it is from."""
    words = escape_control(" ".join(cell.words.split()))
    origin = cell_origin(cell, lang)
    return f"{QUOTED[lang].format(words) if cell.proves else words}{f' ({origin})' if origin else ''}"


def cell_origin(cell: "RowCell", lang: str) -> str:
    """Return from which row the words of a cell are filled down, in nb or en; "" where they stand in it."""
    return getattr(_FROM, lang).format(getattr(cell.origin, lang)) if cell.origin else ""


def row_pairs(row: "TableRow", lang: str) -> list[tuple[str, str]]:
    """Return the cells of a row, each with the heading above it."""
    return [(heading_of(cell), cell_text(cell, lang)) for cell in row.cells]


def row_line(row: "TableRow", lang: str) -> str:
    """Return a row in one line: each heading, and what stands below it."""
    return "; ".join(f"{heading}: {text}" for heading, text in row_pairs(row, lang))
