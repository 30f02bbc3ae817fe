"""Sheets: an answer as people read it: headings in their language, a cell for a thing and its label, and its proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import escape_control
from graph.query.ask import Passage
from graph.query.questions import Headings
from graph.query.results import Table, Term
from graph.rdf.terms import short_name

# What the values of the columns ``certainty`` and ``order`` are called.
_CERTAINTY_LABELS = {"certain": {"nb": "sikker", "en": "certain"}, "possible": {"nb": "mulig", "en": "possible"}}
FROM_REGISTRY = {"nb": "fra registeret, kilde", "en": "from the registry, source"}
_QUOTED = {"nb": "«{}»", "en": "“{}”"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell and, where that is a thing, its IRI."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class TableView:
    """An answer for people. ``proofs`` has the passages of each row, and nothing where nobody asked for them."""

    title: str
    lang: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    proofs: list[list[Passage]]


def render_table(
    table: Table, heads: Headings | None, lang: str, proofs: Sequence[list[Passage]] | None = None
) -> TableView:
    """The columns that have headings, or all those of a query of one's own."""
    shown = [name for name in table.columns if not (name.endswith("Label") and name[:-5] in table.columns)]
    if heads:
        shown = [name for name in shown if name in heads.columns]
    places = {name: number for number, name in enumerate(table.columns)}
    pairs = [(places[name], places.get(f"{name}Label"), name) for name in shown]
    rows = [
        tuple(_cell(row[thing], None if label is None else row[label], lang if name in ("certainty", "order") else "")
        for thing, label, name in pairs)
        for row in table.rows
    ]  # fmt: skip
    said = heads.columns if heads else {}
    headings = tuple(getattr(said[name], lang) if name in said else name for name in shown)
    return TableView(
        title=getattr(heads.summary, lang) if heads else "SPARQL",
        lang=lang,
        headings=headings,
        rows=rows,
        proofs=[[_escape_passage(each) for each in passages] for passages in proofs or []],
    )


def _cell(term: Term | None, label: Term | None, lang: str) -> Cell:
    address = term.value if isinstance(term, NamedNode) else None
    if label is not None:
        return Cell(escape_control(label.value), address)
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        return Cell(escape_control(short_name(term)), address)
    text = term.value
    return Cell(_CERTAINTY_LABELS.get(text, {}).get(lang) or escape_control(text))


def _escape_passage(passage: Passage) -> Passage:
    place, address = (None if part is None else escape_control(part) for part in (passage.place, passage.address))
    return Passage(escape_control(passage.words), place, escape_control(passage.source), address)


def passage_text(passage: Passage, lang: str) -> str:
    """The words of a page in quotation marks and their place in it (RFC 5147); what a registry knows, as it is."""
    return f"{_QUOTED[lang].format(passage.words)} ({passage.place})" if passage.place else passage.words


def passage_source(passage: Passage, lang: str) -> str:
    """The page, or that the registry says so, and where it is known from."""
    return passage.source if passage.place else f"{FROM_REGISTRY[lang]}: {passage.source}"
