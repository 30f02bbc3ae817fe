"""Prepare a result for people: headings in their language, one cell for an entity and its label, and proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from graph.common.text import escape_control
from graph.model.labels import interface_language
from graph.query.questions import Headings
from graph.query.results import Table, Term
from graph.query.row_words import QUOTED, row_line, row_title
from graph.rdf.terms import iri, short_name

if TYPE_CHECKING:
    from graph.query.passages import Passage

# Labels of the values in the columns ``certainty`` and ``order``.
CERTAINTY_LABELS = {
    "certain": {"nb": "sikker", "en": "certain"},
    "planned": {"nb": "planlagt", "en": "planned"},
    "possible": {"nb": "mulig", "en": "possible"},
}
_DECIMAL_TYPES = frozenset(iri(f"xsd:{name}") for name in ("decimal", "double", "float"))
FROM_REGISTRY = {"nb": "fra registeret, kilde", "en": "from the registry, source"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, the IRI of its entity where it is one, and whether it is a number with a decimal point."""

    text: str
    url: str | None = None
    is_decimal: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A result for people. ``proofs`` has the passages of each row, or is empty where no proof was asked for.

    ``note`` stands under the table: what a word of the question means, or nothing.
    """

    title: str
    lang: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    proofs: "list[list[Passage]]"
    note: str = ""


def render_table(
    table: Table, headings: Headings | None, lang: str, proofs: "Sequence[list[Passage]] | None" = None
) -> TableView:
    """Return a result for people: the columns that have headings, or all columns of a user's own query.

    Headings and words of ours are in nb or en, whichever is nearer to ``lang``.
    """
    lang = interface_language(lang)
    columns = [name for name in table.columns if not (name.endswith("Label") and name[:-5] in table.columns)]
    if headings:
        columns = [name for name in columns if name in headings.columns]
    numbers = {name: number for number, name in enumerate(table.columns)}
    pairs = [(numbers[name], numbers.get(f"{name}Label"), name) for name in columns]
    rows = [
        tuple(_cell(row[entity], None if label is None else row[label], lang if name in ("certainty", "order") else "")
        for entity, label, name in pairs)
        for row in table.rows
    ]  # fmt: skip
    labels = headings.columns if headings else {}
    titles = tuple(getattr(labels[name], lang) if name in labels else name for name in columns)
    return TableView(
        title=getattr(headings.summary, lang) if headings else "SPARQL",
        lang=lang,
        headings=titles,
        rows=rows,
        proofs=[[_escape_passage(each) for each in passages] for passages in proofs or []],
        note=getattr(headings.definition, lang) if headings and headings.definition else "",
    )


def _cell(term: Term | None, label: Term | None, lang: str) -> Cell:
    url = term.value if isinstance(term, NamedNode) else None
    if label is not None:
        return Cell(escape_control(label.value), url)
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        return Cell(escape_control(short_name(term)), url)
    text = term.value
    is_decimal = isinstance(term, Literal) and term.datatype in _DECIMAL_TYPES and "." in text
    return Cell(CERTAINTY_LABELS.get(text, {}).get(lang) or escape_control(text), is_decimal=is_decimal)


def _escape_passage(passage: "Passage") -> "Passage":
    position, url = (None if part is None else escape_control(part) for part in (passage.position, passage.url))
    return replace(
        passage, text=escape_control(passage.text), position=position, source=escape_control(passage.source), url=url
    )


def passage_text(passage: "Passage", lang: str) -> str:
    """Return the words of a page in quotation marks, with their position (RFC 5147) and what they leave to the context.

    Of a register, return a row with its headings, in one line; of a registry, its text.
    """
    if passage.row:
        return f"{row_line(passage.row, lang)} ({row_title(passage.row, lang)})"
    if not passage.position:
        return passage.text
    return f"{QUOTED[lang].format(passage.text)} ({'; '.join(passage_notes(passage, lang))})"


def passage_notes(passage: "Passage", lang: str) -> list[str]:
    """Return the position of words of a page, and what they leave to the context, if anything."""
    # Imported here: most answers are shown without their proof.
    from graph.query.passages import context_words

    return [each for each in (passage.position, context_words(passage, lang)) if each]


def passage_source(passage: "Passage", lang: str) -> str:
    """Return the title of the page; of a registry, that it is one and its source."""
    return passage.source if passage.position else f"{FROM_REGISTRY[lang]}: {passage.source}"
