"""Tables of a page: rows of cells between signs, below a row that says what each column is."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.sources.proposals.lines import Kind, Line
from graph.sources.text.intervals import Span

_CROSSES = frozenset(["x", "✓", "✔", "ja"])


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line, and its cells by the words of the head of their column, in small letters; "" has no head."""

    line: Line
    cells: list[tuple[str, Span]]

    def cell(self, heads: tuple[str, ...]) -> Span | None:
        """Return the cell of the first column whose head is one of these."""
        return next((span for head, span in self.cells if head in heads), None)


def tables_of(text: str, lines: list[Line]) -> Iterator[tuple[Line, list[Row]]]:
    """Yield each table of a text: the line of its head, and its rows."""
    at = 0
    while at < len(lines):
        if lines[at].kind is not Kind.ROW:
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].kind is Kind.ROW:
            end += 1
        heads = [text[slice(*span)].casefold() for span in _cells(text, lines[at])]
        rows = []
        for line in lines[at + 1 : end]:
            cells = _cells(text, line)
            rows.append(Row(line, [(heads[n] if n < len(heads) else "", span) for n, span in enumerate(cells)]))
        if rows:
            yield lines[at], rows
        at = end


def is_crossed(text: str) -> bool:
    """Return whether a cell has a cross: yes."""
    return text.strip().casefold() in _CROSSES


def _cells(text: str, line: Line) -> list[Span]:
    spans = []
    start = line.start
    for part in text[line.start : line.end].split("|"):
        first = start + len(part) - len(part.lstrip())
        spans.append((first, first + len(part.strip())))
        start += len(part) + 1
    return spans
