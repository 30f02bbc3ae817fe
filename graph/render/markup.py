"""Write a table as Markdown, as HTML, and as CSV for spreadsheets."""

import csv
import io
import re
from pathlib import Path

from graph.common.text import escape_control
from graph.query.passages import Passage, TableRow
from graph.query.row_words import cell_origin, cell_text, heading_of, row_title
from graph.render.cells import Cell, TableView, passage_notes, passage_source, passage_text

TEMPLATE = Path(__file__).parent / "templates/table.html"
# What separates cells in the spreadsheets of those who read a language.
SEPARATORS = {"nb": ";", "en": ","}
_PROOF = {"nb": "belegg", "en": "proof"}
# What Markdown would read as markup: these characters, and the start of a reference such as "&lt;".
_MARKDOWN_CHARACTERS = re.compile(r"[\\`*_\[\]<>|~#]|&(?=#?\w+;)")
# URLs in which nothing is markup between < and >.
_PLAIN_URL = re.compile(r"https?://(?:[^\s\\`<>|&]|&(?!#?\w+;))+")
# Text that starts like this is a formula to a spreadsheet (as in ``exports.js`` of the interactive page).
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def to_markdown(view: TableView) -> str:
    """Return a Markdown table; proofs are its last column, and the note is a paragraph under it."""
    headings = [*view.headings, *([_PROOF[view.lang]] if view.proofs else [])]
    lines = [[_escape_markdown(heading) for heading in headings], ["---"] * len(headings)]
    for number, row in enumerate(view.rows):
        proofs = view.proofs[number] if view.proofs else []
        proof = "<br>".join(_markdown_passage(passage, view.lang) for passage in proofs)
        lines.append([*(_escape_markdown(cell.text) for cell in row), *([proof] if view.proofs else [])])
    note = f"\n{_escape_markdown(view.note)}\n" if view.note else ""
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + note


def to_spreadsheet(view: TableView, separator: str | None = None) -> str:
    """Return CSV for spreadsheets: with headings, in UTF-8 with a byte order mark, and without formulas.

    Without a separator it has the one that a spreadsheet in the language of the view expects: a semicolon where the
    decimal sign is a comma (Norwegian), else a comma. Decimal numbers have the decimal sign that goes with it. A cell
    that would be a formula has ' before it (OWASP, CSV Injection).
    """
    between = separator or SEPARATORS[view.lang]
    comma = between == ";" or (between == "\t" and view.lang == "nb")
    text = io.StringIO()
    rows = csv.writer(text, delimiter=between)
    proof = [_PROOF[view.lang]] if view.proofs else []
    rows.writerow([_escape_formula(heading) for heading in [*view.headings, *proof]])
    for number, row in enumerate(view.rows):
        passages = view.proofs[number] if view.proofs else []
        proof = ["\n".join(", ".join(_parts(each, view.lang)) for each in passages)] if view.proofs else []
        cells = [cell.text.replace(".", ",") if cell.is_decimal and comma else cell.text for cell in row]
        rows.writerow([_escape_formula(text) for text in [*cells, *proof]])
    return f"\ufeff{text.getvalue()}"


def to_html(view: TableView) -> str:
    """Return a whole HTML document that has no script and can be read without its styles."""
    from string import Template

    headings = "".join(f'<th scope="col">{escape_html(heading)}</th>' for heading in view.headings)
    rows = []
    for number, row in enumerate(view.rows):
        rows.append(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>")
        if view.proofs and view.proofs[number]:
            proofs = "".join(_blockquote(passage, view.lang) for passage in view.proofs[number])
            rows.append(f'<tr><td colspan="{len(row)}">{proofs}</td></tr>')
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        lang=view.lang,
        title=escape_html(view.title),
        headings=headings,
        rows="\n".join(rows),
        note=f"<p>{escape_html(view.note)}</p>\n" if view.note else "",
    )


def _parts(passage: Passage, lang: str) -> list[str]:
    return [*filter(None, (passage_text(passage, lang), passage_source(passage, lang), passage.url))]


def _markdown_passage(passage: Passage, lang: str) -> str:
    """Return a passage in one line; of a row of a register a line for each cell, those that prove it in bold."""
    if passage.row is None:
        return ", ".join(map(_escape_markdown, _parts(passage, lang)))
    lines = []
    for cell in passage.row.cells:
        text = _escape_markdown(cell_text(cell, lang))
        lines.append(f"{_escape_markdown(heading_of(cell))}: {f'**{text}**' if cell.proves else text}")
    place = [row_title(passage.row, lang), *filter(None, (passage.source, passage.url))]
    return "<br>".join([*lines, ", ".join(map(_escape_markdown, place))])


def _escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is; a URL becomes a link, so that no mark becomes a part of it."""
    return f"<{text}>" if _PLAIN_URL.fullmatch(text) else _MARKDOWN_CHARACTERS.sub(r"\\\g<0>", text)


def _escape_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(cell: Cell) -> str:
    return link(cell.url, cell.text)


def _blockquote(passage: Passage, lang: str) -> str:
    source = link(passage.url, passage_source(passage, lang))
    if not passage.position:
        return f"<p>{escape_html(passage.text)}<cite>{source}</cite></p>"
    if passage.row:
        return f"{_row_table(passage.row, lang)}<p><cite>{source}</cite></p>"
    notes = ", ".join(map(escape_html, passage_notes(passage, lang)))
    return f"<blockquote>{escape_html(passage.text)}<cite>{source}, {notes}</cite></blockquote>"


def _row_table(row: TableRow, lang: str) -> str:
    """Return a row of a register as a table of headings and cells, those that prove something marked."""
    lines = []
    for cell in row.cells:
        words, origin = escape_html(escape_control(cell.words)), cell_origin(cell, lang)
        marked = f"<mark>{words}</mark>" if cell.proves else words
        note = f" ({escape_html(origin)})" if origin else ""
        lines.append(f'<tr><th scope="row">{escape_html(heading_of(cell))}</th><td>{marked}{note}</td></tr>')
    return f"<table><caption>{escape_html(row_title(row, lang))}</caption>{''.join(lines)}</table>"


def link(url: str | None, text: str) -> str:
    """Return a link where the URL is one of the web; other schemes can do harm when they are followed."""
    if url and url.startswith(("http://", "https://")):
        return f'<a href="{escape_html(url)}">{escape_html(text)}</a>'
    return escape_html(text)


def escape_html(text: str) -> str:
    """Return the text with characters of markup as references."""
    from html import escape

    return escape(text)
