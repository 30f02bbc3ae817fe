"""A sheet as Markdown, as HTML, and as CSV for spreadsheets."""

import csv
import io
import re
from pathlib import Path

from graph.query.ask import Passage
from graph.render.cells import Cell, TableView, passage_source, passage_text

PAGE = Path(__file__).parent / "templates/table.html"
_PROOF = {"nb": "belegg", "en": "proof"}
# What Markdown would read as marks: these letters, and the beginning of a reference such as "&lt;".
_MARKS = re.compile(r"[\\`*_\[\]<>|~#]|&(?=#?\w+;)")
# Addresses in which nothing is a mark between < and >.
_ADDRESS = re.compile(r"https?://(?:[^\s\\`<>|&]|&(?!#?\w+;))+")
# What begins like this becomes a formula in a cell of a spreadsheet (as in ``exports.js`` of the interactive page).
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def to_markdown(sheet: TableView) -> str:
    """A table; where there are proofs, they are its last column."""
    headings = [*sheet.headings, *([_PROOF[sheet.lang]] if sheet.proofs else [])]
    lines = [[_escape_markdown(heading) for heading in headings], ["---"] * len(headings)]
    for number, row in enumerate(sheet.rows):
        proofs = sheet.proofs[number] if sheet.proofs else []
        proof = "<br>".join(", ".join(map(_escape_markdown, _parts(passage, sheet.lang))) for passage in proofs)
        lines.append([*(_escape_markdown(cell.text) for cell in row), *([proof] if sheet.proofs else [])])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def to_spreadsheet(sheet: TableView) -> str:
    """CSV that a spreadsheet opens as it is meant: with its headings, in UTF-8 that it recognises, and no formulas.

    A cell that would be a formula has ' before it (OWASP, CSV Injection).
    """
    text = io.StringIO()
    rows = csv.writer(text)
    proof = [_PROOF[sheet.lang]] if sheet.proofs else []
    rows.writerow([_escape_formula(heading) for heading in [*sheet.headings, *proof]])
    for number, row in enumerate(sheet.rows):
        passages = sheet.proofs[number] if sheet.proofs else []
        proof = ["\n".join(", ".join(_parts(each, sheet.lang)) for each in passages)] if sheet.proofs else []
        rows.writerow([_escape_formula(text) for text in [*(cell.text for cell in row), *proof]])
    return f"\ufeff{text.getvalue()}"


def to_html(sheet: TableView) -> str:
    """A whole document that can be read without its styles, and has no script."""
    from string import Template

    headings = "".join(f'<th scope="col">{escape_html(heading)}</th>' for heading in sheet.headings)
    rows = []
    for number, row in enumerate(sheet.rows):
        rows.append(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>")
        if sheet.proofs and sheet.proofs[number]:
            proofs = "".join(_blockquote(passage, sheet.lang) for passage in sheet.proofs[number])
            rows.append(f'<tr><td colspan="{len(row)}">{proofs}</td></tr>')
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        lang=sheet.lang, title=escape_html(sheet.title), headings=headings, rows="\n".join(rows)
    )


def _parts(passage: Passage, lang: str) -> list[str]:
    return [*filter(None, (passage_text(passage, lang), passage_source(passage, lang), passage.address))]


def _escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is; a mark within an address would become a part of it, so that is a link."""
    return f"<{text}>" if _ADDRESS.fullmatch(text) else _MARKS.sub(r"\\\g<0>", text)


def _escape_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(cell: Cell) -> str:
    return link(cell.address, cell.text)


def _blockquote(passage: Passage, lang: str) -> str:
    source = link(passage.address, passage_source(passage, lang))
    if not passage.place:
        return f"<p>{escape_html(passage.words)}<cite>{source}</cite></p>"
    return f"<blockquote>{escape_html(passage.words)}<cite>{source}, {escape_html(passage.place)}</cite></blockquote>"


def link(address: str | None, text: str) -> str:
    """A link where the address is one of the web: others can do things when they are followed."""
    if address and address.startswith(("http://", "https://")):
        return f'<a href="{escape_html(address)}">{escape_html(text)}</a>'
    return escape_html(text)


def escape_html(text: str) -> str:
    from html import escape

    return escape(text)
