"""Asking: a ready question or SPARQL of one's own, -> a table.

from graph.query.ask import ask

for row in ask("who_met_whom", certainty="all"):
    print(row["one"], row["other"], row["event"])
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph import HOME
from graph.query.lookup import lookup_rows
from graph.query.parameters import resolve_all
from graph.query.questions import LOOKUPS, Headings, Question, find_question, questions_folder
from graph.query.results import InvalidQueryError, QueryError, QueryFn, Table, Term, expect_table
from graph.query.sparql.parameters import bind_parameters
from graph.query.stores import connect_build

LANGUAGES = ("nb", "en")
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What proves a row: words of a page, their place in it (RFC 5147), the page and its address.

    Where something follows from the registry, ``words`` say what, ``source`` says where it is known from, and there is
    no place.
    """

    words: str
    place: str | None
    source: str
    address: str | None


def ask(
    question: str,
    *,
    build: Path | str = HOME / "build",
    endpoint: str | None = None,
    lang: str = "nb",
    **given: str,
) -> list[dict[str, Value]]:
    """The answer to a ready question as rows by column: labels, words, days and numbers; None where nothing is known.

    A column of things has their labels, and ``<column>_iri`` beside it has what they are. ``given`` are the parameters
    of the question. With ``endpoint`` it is asked there and not of a build here (see ``graph.query.endpoint.client``).
    ``pandas.DataFrame`` takes the rows as they are. Raises ``Unanswered`` with the reason.
    """
    if lang not in LANGUAGES:
        raise InvalidQueryError(f"{lang!r} is none of the languages {', '.join(LANGUAGES)}")
    asked = find_question(questions_folder(HOME), question)
    table = run_question(asked, given, connect(Path(build), endpoint), lang)
    return [_values(row) for row in named_rows(table)]


def connect(build: Path, endpoint: str | None) -> QueryFn:
    """The endpoint at this address, or, where none is named, the build in this folder."""
    if endpoint is None:
        return connect_build(build)
    # Here, not above: what is asked on this machine needs none of it.
    from graph.query.endpoint.client import connect_endpoint

    return connect_endpoint(endpoint)


def run_question(question: Question, given: Mapping[str, str], run: QueryFn, lang: str = "nb") -> Table:
    """The answer to a question where ``run`` asks it; things have labels of that language where they have any."""
    return localize(expect_table(run(question_sparql(question, given, run))), run, lang)


def question_sparql(question: Question, given: Mapping[str, str], run: QueryFn) -> str:
    """The SPARQL of a question as it is sent, its parameters put in."""
    return bind_parameters(question.query, resolve_all(question, given, run))


def localize(table: Table, run: QueryFn, lang: str) -> Table:
    """The same rows with labels of that language, which are in Norwegian; where a thing has none, its label stays."""
    if lang == "nb":
        return table
    pairs = [(table.columns.index(name), number) for number, name in _label_columns(table)]
    called = labels_in(run, (row[thing] for row in table.rows for thing, _ in pairs), lang)
    rows = []
    for row in table.rows:
        cells = list(row)
        for thing, label in pairs:
            cells[label] = called.get(row[thing], row[label])
        rows.append(tuple(cells))
    return Table(table.columns, rows)


def _label_columns(table: Table) -> list[tuple[int, str]]:
    """Which columns are labels, and the columns of the things that they are labels of."""
    return [
        (number, column.removesuffix("Label"))
        for number, column in enumerate(table.columns)
        if column.endswith("Label") and column.removesuffix("Label") in table.columns
    ]


def labels_in(run: QueryFn, things: Iterable[Term | None], lang: str) -> dict[Term | None, Literal]:
    """What things are called in a language, of those that have a label in it."""
    rows = lookup_rows(things, LOOKUPS / "of_labels.rq", run)
    return {thing: label for thing, label in rows if isinstance(label, Literal) and label.language == lang}


def display_labels(run: QueryFn, things: Iterable[Term | None], lang: str) -> dict[Term | None, Literal]:
    """What things are called: in that language, else in Norwegian, of those that have a label in either."""
    found: dict[str | None, dict[Term | None, Literal]] = {"nb": {}, lang: {}}
    for thing, label in lookup_rows(things, LOOKUPS / "of_labels.rq", run):
        if isinstance(label, Literal) and label.language in found:
            found[label.language][thing] = label
    return found["nb"] | found[lang]


def row_passages(table: Table, heads: Headings, run: QueryFn) -> list[list[Passage]]:
    """For each row the passages that prove it, each once, in the order in which they stand in their pages."""
    places = [table.columns.index(name) for name in heads.proof]
    things = [[thing for place in places for thing in entities_in_cell(row[place])] for row in table.rows]
    proven = passages_by_entity((thing for row in things for thing in row), run)
    return [sorted({passage for thing in row for passage in proven.get(thing, ())}, key=_page_order) for row in things]


def passages_by_entity(things: Iterable[Term], run: QueryFn) -> dict[Term | None, list[Passage]]:
    """The passages that prove each of these things, of those that have any."""
    proven: dict[Term | None, list[Passage]] = {}
    for thing, *said in lookup_rows(things, LOOKUPS / "of_proof.rq", run):
        words, place, source, address = (None if term is None else term.value for term in said)
        proven.setdefault(thing, []).append(Passage(words or "", place, source or "", address))
    return proven


def entities_in_cell(cell: Term | None) -> list[NamedNode]:
    """The things of a cell of a proof column: one, or several joined by spaces."""
    if isinstance(cell, NamedNode):
        return [cell]
    try:
        return [NamedNode(address) for address in cell.value.split()] if isinstance(cell, Literal) else []
    except ValueError as error:
        raise QueryError(f"this cannot be proven: {cell} is no address of a thing") from error


def _page_order(passage: Passage) -> tuple[bool, str, int, str]:
    start = (passage.place or "").removeprefix("char=").partition(",")[0]
    return passage.place is None, passage.source, int(start) if start.isdigit() else 0, passage.words


def named_rows(table: Table) -> list[dict[str, Term | None]]:
    """Rows by column; a column ``xLabel`` becomes ``x``, and what it labels ``x_iri``."""
    labelled = {thing for _, thing in _label_columns(table)}
    names = [f"{name}_iri" if name in labelled else name.removesuffix("Label") for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _values(row: dict[str, Term | None]) -> dict[str, Value]:
    return {name: _value(term) for name, term in row.items()}


def _value(term: Term | None) -> Value:
    if isinstance(term, Literal) and term.datatype.value.endswith("#integer"):
        return int(term.value)
    return None if term is None else term.value
