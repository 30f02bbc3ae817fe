"""A sheet as text for a terminal: columns where they fit into its width, else a record a row."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from graph.query.ask import Passage
from graph.render.cells import TableView, passage_source, passage_text

# A column is at least as wide as its longest word, if that is not longer than the first of these that lets all in.
MOST_WORD = (40, 25, 20)
GAP = 2
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def to_terminal(sheet: TableView, width: int, colour: bool = False) -> Iterator[str]:
    """The lines of a sheet, none of them but for an address wider than ``width`` columns of a terminal."""
    if not sheet.rows:
        return
    texts = [[cell.text for cell in row] for row in sheet.rows]
    widths = _widths([list(column) for column in zip(sheet.headings, *texts, strict=True)], width)
    rows = [_side_by_side(row, widths) if widths else _record(sheet.headings, row, width, colour) for row in texts]
    if widths:
        yield from (_style(_BOLD, line, colour) for line in _side_by_side(sheet.headings, widths))
        yield "─" * (sum(widths) + GAP * (len(widths) - 1))
    apart = not widths or bool(sheet.proofs) or any(len(lines) > 1 for lines in rows)
    for number, lines in enumerate(rows):
        if number and apart:
            yield ""
        yield from lines
        proof = _proof(sheet.proofs[number], sheet.lang, width) if sheet.proofs else ()
        yield from (_style(_DIM, line, colour) for line in proof)


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is, or nothing where they cannot stand beside each other in this width."""
    room = width - GAP * (len(columns) - 1)
    natural = [max(1, *map(display_width, column)) for column in columns]
    words = [max((display_width(word) for text in column for word in text.split()), default=1) for column in columns]
    narrow = ([min(word, most) for word in words] for most in MOST_WORD)
    widths = natural if sum(natural) <= room else next((each for each in narrow if sum(each) <= room), [])
    while widths and sum(widths) < room:
        # The next column of the terminal goes where the most text waits.
        waiting = max(range(len(widths)), key=lambda number: natural[number] / widths[number])
        if natural[waiting] <= widths[waiting]:
            break
        widths[waiting] += 1
    return widths


def _side_by_side(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of a row whose texts are wrapped, each into its column."""
    cells = [wrap_text(text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for number in range(max(map(len, cells))):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        filled = (part + " " * (width - display_width(part)) for part, width in zip(parts, widths, strict=True))
        lines.append((" " * GAP).join(filled).rstrip())
    return lines


def _record(headings: Sequence[str], texts: Sequence[str], width: int, colour: bool) -> list[str]:
    """The lines of a row as a record: a heading and a text a line; what is not known is left out."""
    margin = min(max(map(display_width, headings), default=0), width // 3)
    lines = []
    for heading, text in zip(headings, texts, strict=True):
        named, said = wrap_text(heading, margin), wrap_text(text, width - margin - GAP)
        for number in range(max(len(named), len(said)) if text else 0):
            name = named[number] if number < len(named) else ""
            part = said[number] if number < len(said) else ""
            space = " " * (margin - display_width(name) + GAP)
            lines.append(f"{_style(_BOLD, name, colour)}{space}{part}".rstrip())
    return lines


def _proof(passages: Sequence[Passage], lang: str, width: int) -> Iterator[str]:
    """The words under a row, page by page, each with its place; the address of a page is not broken."""
    for (source, address), of_page in groupby(passages, key=lambda each: (passage_source(each, lang), each.address)):
        for passage in of_page:
            yield from (f"  {line}" for line in wrap_text(passage_text(passage, lang), width - 2))
        said = wrap_text(source, width - 2)
        yield from (f"  {line}" for line in said)
        if address:
            yield f"  {address}"


def wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most that many columns of a terminal; a longer word is broken."""
    lines, line = [], ""
    for part in (part for word in text.split() for part in _split_word(word, width)):
        longer = f"{line} {part}" if line else part
        if line and display_width(longer) > width:
            lines.append(line)
            longer = part
        line = longer
    return [*lines, line]


def _split_word(word: str, width: int) -> Iterator[str]:
    """The word, or where it is wider than that its parts."""
    part = ""
    for letter in word if display_width(word) > width else ():
        if part and display_width(part + letter) > width:
            yield part
            part = ""
        part += letter
    yield part or word


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: letters of East Asia take two, combining ones none."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    # Imported where it is needed: most answers are in Latin letters.
    from wcwidth import wcswidth

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def _style(style: str, text: str, colour: bool) -> str:
    return f"{style}{text}{_PLAIN}" if colour and text else text
