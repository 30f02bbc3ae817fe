"""Write a table for a terminal: as columns where they fit into its width, else as a record for each row."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.query.row_words import row_pairs, row_title
from graph.render.cells import TableView, passage_source, passage_text

if TYPE_CHECKING:
    from graph.query.passages import Passage, TableRow

# A column is at least as wide as its longest word, up to the first of these limits with which all columns fit.
MAX_WORD_WIDTHS = (40, 25, 20)
GAP = 2
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def to_terminal(view: TableView, width: int, colour: bool = False) -> Iterator[str]:
    """Yield the lines of a table. Only the URL of a page can be wider than ``width`` columns of the terminal.

    A column without any text is left out, as an empty cell is from a record: there is no room for what nobody states.
    """
    if not view.rows:
        return
    columns = [[heading, *(row[number].text for row in view.rows)] for number, heading in enumerate(view.headings)]
    columns = [column for column in columns if any(column[1:])] or columns
    widths = _widths(columns, width)
    headings, *texts = zip(*columns, strict=True)
    rows = [_side_by_side(row, widths) if widths else _record(headings, row, width, colour) for row in texts]
    if widths:
        yield from (_style(_BOLD, line, colour) for line in _side_by_side(headings, widths))
        yield "─" * (sum(widths) + GAP * (len(widths) - 1))
    blank_lines = not widths or bool(view.proofs) or any(len(lines) > 1 for lines in rows)
    for number, lines in enumerate(rows):
        if number and blank_lines:
            yield ""
        yield from lines
        proof = _proof(view.proofs[number], view.lang, width) if view.proofs else ()
        yield from (_style(_DIM, line, colour) for line in proof)
    if view.note:
        yield ""
        yield from wrap_text(view.note, width)


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column, or nothing where the columns do not fit side by side."""
    available = width - GAP * (len(columns) - 1)
    natural = [max(1, *map(display_width, column)) for column in columns]
    words = [max((display_width(word) for text in column for word in text.split()), default=1) for column in columns]
    narrow = ([min(word, limit) for word in words] for limit in MAX_WORD_WIDTHS)
    widths = natural if sum(natural) <= available else next((each for each in narrow if sum(each) <= available), [])
    while widths and sum(widths) < available:
        # The next free column goes to the text that is cut the most.
        widest = max(range(len(widths)), key=lambda number: natural[number] / widths[number])
        if natural[widest] <= widths[widest]:
            break
        widths[widest] += 1
    return widths


def _side_by_side(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return the lines of a row, each text wrapped into its column."""
    cells = [wrap_text(text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for number in range(max(map(len, cells))):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        filled = (part + " " * (width - display_width(part)) for part, width in zip(parts, widths, strict=True))
        lines.append((" " * GAP).join(filled).rstrip())
    return lines


def _record(headings: Sequence[str], texts: Sequence[str], width: int, colour: bool) -> list[str]:
    """Return the lines of a row as a record: a heading and a text on each line; empty cells are left out."""
    margin = min(max(map(display_width, headings), default=0), width // 3)
    lines = []
    for heading, text in zip(headings, texts, strict=True):
        names, parts = wrap_text(heading, margin), wrap_text(text, width - margin - GAP)
        for number in range(max(len(names), len(parts)) if text else 0):
            name = names[number] if number < len(names) else ""
            part = parts[number] if number < len(parts) else ""
            space = " " * (margin - display_width(name) + GAP)
            lines.append(f"{_style(_BOLD, name, colour)}{space}{part}".rstrip())
    return lines


def _proof(passages: "Sequence[Passage]", lang: str, width: int) -> Iterator[str]:
    """Yield the lines under a row: passages page by page, each with its position; the URL of a page is not broken."""
    for (source, url), of_page in groupby(passages, key=lambda each: (passage_source(each, lang), each.url)):
        for passage in of_page:
            if passage.row:
                yield from _row(passage.row, lang, width - 2)
            else:
                yield from (f"  {line}" for line in wrap_text(passage_text(passage, lang), width - 2))
        lines = wrap_text(source, width - 2)
        yield from (f"  {line}" for line in lines)
        if url:
            yield f"  {url}"


def _row(row: "TableRow", lang: str, width: int) -> Iterator[str]:
    """Yield the lines of a row of a register: which row it is, and below that a heading and its cell on each line."""
    yield from (f"  {line}" for line in wrap_text(f"{row_title(row, lang)}:", width))
    pairs = row_pairs(row, lang)
    lines = _record([heading for heading, _ in pairs], [text for _, text in pairs], width - 2, colour=False)
    yield from (f"    {line}" for line in lines)


def wrap_text(text: str, width: int) -> list[str]:
    """Return the text in lines of at most ``width`` columns of a terminal; a longer word is split."""
    lines, line = [], ""
    for part in (part for word in text.split() for part in _split_word(word, width)):
        longer = f"{line} {part}" if line else part
        if line and display_width(longer) > width:
            lines.append(line)
            longer = part
        line = longer
    return [*lines, line]


def _split_word(word: str, width: int) -> Iterator[str]:
    """Yield the word or, where it is wider than ``width``, its parts."""
    part = ""
    for letter in word if display_width(word) > width else ():
        if part and display_width(part + letter) > width:
            yield part
            part = ""
        part += letter
    yield part or word


def display_width(text: str) -> int:
    """Return the number of columns that a text takes: letters of East Asia take two, combining ones none."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    # Imported where it is needed: most answers are in Latin letters.
    from wcwidth import wcswidth

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def _style(style: str, text: str, colour: bool) -> str:
    return f"{style}{text}{_PLAIN}" if colour and text else text
