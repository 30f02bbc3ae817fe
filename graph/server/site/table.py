"""A table of results as pages show it: words in the place of terms, links to pages, the sentences under each row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from graph.common.text import group_thousands
from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.query.passages import Passage
from graph.query.questions import Headings
from graph.query.results import QueryFn, Table, Term
from graph.rdf.terms import iri, short_name
from graph.render.cells import CERTAINTY_LABELS
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.records import Name, names_of

# So many sentences stand open under a row; more are folded. Of no more claims than these are sentences shown.
MAX_OPEN_QUOTES, MAX_PROOFS = 2, 20
_BOOLEANS = {"true": Label("ja", "yes"), "false": Label("nei", "no")}
_DAYS = frozenset(iri(f"xsd:{name}") for name in ("date", "gYear", "gYearMonth"))
_NUMBERS = frozenset(iri(f"xsd:{name}") for name in ("integer", "decimal", "double", "float"))
_BOOLEAN = iri("xsd:boolean")
# Columns whose values are words of the house.
_CERTAINTY_COLUMNS = ("certainty", "order")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``kind`` is entity, certainty, day, number, link, text or empty; ``lang`` is the tag of its words.

    ``value`` is what a program reads: a day (ISO 8601), an address, a certainty.
    """

    kind: str
    text: str = ""
    lang: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the sentences that prove it; ``left_out`` counts the claims whose sentences are not shown."""

    cells: tuple[Cell, ...]
    quotes: tuple[Quote, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class TableModel:
    """A table: its headings, its rows, and the certainties that occur in it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    certainties: tuple[str, ...]


def table_model(
    table: Table,
    headings: Headings | None,
    run: QueryFn | None,
    lang: str,
    labels: str,
    proofs: Sequence[Sequence[Passage]] = (),
    left_out: Sequence[int] = (),
) -> TableModel:
    """Return a table for a page: the columns that have headings, or all columns of a user's own query.

    ``lang`` is nb or en, ``labels`` the language of names, which ``run`` finds for entities without labels of a
    question. ``proofs`` has the passages of each row, ``left_out`` how many claims of each have theirs not there.
    """
    columns = [name for name in table.columns if not (name.endswith("Label") and name[:-5] in table.columns)]
    if headings:
        columns = [name for name in columns if name in headings.columns]
    numbers = {name: number for number, name in enumerate(table.columns)}
    pairs = [(name, numbers[name], numbers.get(f"{name}Label")) for name in columns]
    nameless = (row[entity] for row in table.rows for _, entity, label in pairs if label is None or row[label] is None)
    names = names_of(nameless, run, labels) if headings and run else {}
    rows = []
    for place, row in enumerate(table.rows):
        cells = tuple(
            _cell(row[entity], None if label is None else row[label], name, names, lang)
            for name, entity, label in pairs
        )
        quotes = tuple(quote_of(each, lang) for each in proofs[place]) if proofs else ()
        rows.append(Row(cells, quotes, left_out[place] if left_out else 0))
    words = headings.columns if headings else {}
    return TableModel(
        tuple(_capital(getattr(words[name], lang)) if name in words else name for name in columns),
        tuple(rows),
        tuple(dict.fromkeys(cell.value for row in rows for cell in row.cells if cell.kind == "certainty")),
    )


def with_first_proofs(table: Table, headings: Headings) -> tuple[Table, list[int]]:
    """Return the table with at most MAX_PROOFS entities in a cell of proof, and how many each row has lost.

    A row that counts meetings can rest on thousands of claims.
    """
    numbers = [table.columns.index(name) for name in headings.proof]
    rows, lost = [], []
    for row in table.rows:
        cells, left_out = list(row), 0
        for number in numbers:
            cell = cells[number]
            if isinstance(cell, Literal) and len(proving := cell.value.split()) > MAX_PROOFS:
                cells[number] = Literal(" ".join(proving[:MAX_PROOFS]))
                left_out += len(proving) - MAX_PROOFS
        rows.append(tuple(cells))
        lost.append(left_out)
    return Table(table.columns, rows), lost


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(
    term: Term | Triple | None, label: Term | None, column: str, names: Mapping[Term | None, Name], lang: str
) -> Cell:
    if isinstance(term, NamedNode):
        if isinstance(label, Literal):
            return Cell("entity", label.value, label.language or "", term.value)
        name = names.get(term)
        return Cell("entity", name.text if name else short_name(term), name.lang if name else "", term.value)
    if label is not None:
        term = label
    if not isinstance(term, Literal):
        return Cell("empty") if term is None else Cell("text", str(term))
    if column in _CERTAINTY_COLUMNS and term.value in CERTAINTY_LABELS:
        return Cell("certainty", CERTAINTY_LABELS[term.value][lang], "", term.value)
    return _literal(term, lang)


def _literal(term: Literal, lang: str) -> Cell:
    text, datatype = term.value, term.datatype
    if datatype in _DAYS:
        return Cell("day", getattr(date_in_words(text), lang), "", text)
    if datatype in _NUMBERS:
        return Cell("number", _number(text, lang), "", text)
    if datatype == _BOOLEAN and text in _BOOLEANS:
        return Cell("text", getattr(_BOOLEANS[text], lang))
    if text.startswith(("http://", "https://")) and len(text.split()) == 1:
        return Cell("link", text, "", text)
    return Cell("text", text, term.language or "")


def _number(text: str, lang: str) -> str:
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return group_thousands(int(text), lang)
    return text.replace(".", ",") if lang == "nb" else text


def certainty_words(certainties: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """Return the words for certainties, with their values, in the order in which people expect them."""
    return [(value, labels[lang]) for value, labels in CERTAINTY_LABELS.items() if value in {*certainties}]
