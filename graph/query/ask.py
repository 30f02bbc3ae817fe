"""Ask a ready question, and get a table of labels with the passages that prove each row.

import graph

for row in graph.ask("who_met_whom", certainty="all"):
    print(row["one"], row["other"], row["event"])
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph import HOME
from graph.model.labels import best_label, interface_language, is_language_tag
from graph.query.lookup import LOOKUPS, lookup_rows
from graph.query.parameters import resolve_all
from graph.query.questions import LANGUAGE, Question, find_question, questions_folder
from graph.query.results import BooleanResult, InvalidQueryError, QueryFn, Table, Term, expect_table
from graph.query.sparql.certain import certain_form, plain_form
from graph.query.sparql.labels import labels_in
from graph.query.sparql.parameters import bind_parameters, parameter_names
from graph.query.stores import connect_build

Value = str | int | None
_HAS_EDGES = LOOKUPS / "has_plain_edges.rq"


def ask(
    question: str,
    *,
    build: Path | str = HOME / "build",
    endpoint: str | None = None,
    home: Path | str | None = None,
    lang: str = "nb",
    **parameters: str,
) -> list[dict[str, Value]]:
    """Return the rows that answer a ready question, each a dict by column name.

    A value is a label, a text, a day (ISO 8601), a whole number, or None where nothing is stated. A column of entities
    has their labels in ``lang`` (a language tag: nb, nn, en, sv, …), each in the best language there is of those in
    ``graph.model.labels.fallback_order``; the column ``<column>_iri`` beside it has their IRIs. ``parameters`` are
    those of the question, as text. ``build`` is the folder of a build; with ``endpoint``, the URL of a SPARQL endpoint,
    the question is sent there instead (see ``graph.query.endpoint.client``). ``home`` is the folder with ``queries/``:
    by default this checkout or, where the package is installed without it, the folder in which the build is.
    ``pandas.DataFrame`` takes the rows as they are.

    Raise InvalidQueryError where the question, a parameter or the language is not understood, QueryError where no
    answer comes, and FindingsError where there is no whole build.
    """
    if not is_language_tag(lang):
        raise InvalidQueryError(f"unknown language {lang!r}; give a language tag (BCP 47), such as nb, nn, en or sv")
    if home is None:
        home = HOME if (HOME / "queries").is_dir() else Path(build).resolve().parent
    ready = find_question(questions_folder(Path(home)), question)
    table = run_question(ready, parameters, connect(build, endpoint), lang, of_build=endpoint is None)
    return [{name: _python_value(term) for name, term in row.items()} for row in named_rows(table)]


def connect(build: Path | str = HOME / "build", endpoint: str | None = None) -> QueryFn:
    """Return a function that sends SPARQL to the build in this folder, or to the endpoint at this URL.

    The function takes a query and returns a Table, a BooleanResult or TriplesResult. It raises InvalidQueryError where
    the query is wrong, and QueryError where no result comes. Raise FindingsError where there is no whole build.
    """
    if endpoint is None:
        return connect_build(Path(build))
    # Imported here: a question to a local build needs none of it.
    from graph.query.endpoint.client import connect_endpoint

    return connect_endpoint(endpoint)


def run_question(
    question: Question, values: Mapping[str, str], run: QueryFn, lang: str = "nb", *, of_build: bool = False
) -> Table:
    """Return the answer to a question, with the best labels there are for that language; ``of_build`` as below."""
    sparql = question_sparql(question, values, run, lang, of_build=of_build)
    return localize(expect_table(run(sparql)), run, lang)


def question_sparql(
    question: Question, values: Mapping[str, str], run: QueryFn, lang: str = "nb", *, of_build: bool = False
) -> str:
    """Return the SPARQL of a question with the values of its parameters put in, its labels and texts in that language.

    Labels are in nb or en, whichever is nearer to ``lang``; ``localize`` gives those of other languages. ``of_build``:
    what is queried is one build, of which a question may be asked in a shorter way (``shortest``).
    """
    terms = resolve_all(question, values, run)
    return bound_sparql(shortest(question, terms, run) if of_build else question, terms, lang)


def shortest(question: Question, terms: Mapping[str, NamedNode | Literal], run: QueryFn) -> Question:
    """Return the question as a build answers it fastest with these terms: to the same rows in the same order.

    Where only what is certain is asked for, that is by plain edges, if the build has them: one of an earlier version
    has none, and an endpoint may hold several builds.
    """
    certainty = terms.get("certainty")
    if certainty is None or certainty.value == "certain":
        query = certain_form(question.query)
        if query != question.query and run(_HAS_EDGES.read_text(encoding="utf-8")) == BooleanResult(True):
            return replace(question, query=query)
    return question


def bound_sparql(question: Question, terms: Mapping[str, NamedNode | Literal], lang: str) -> str:
    """Return the SPARQL of a question with these terms in the place of its parameters, as ``question_sparql`` does."""
    bound = dict(terms)
    if f"_{LANGUAGE}" in question.query and LANGUAGE in parameter_names(question.query):
        # Texts are compared by their language alone: en for en-GB.
        bound[LANGUAGE] = Literal(lang.partition("-")[0].lower())
    return bind_parameters(labels_in(plain_form(question.query), interface_language(lang)), bound)


def localize(table: Table, run: QueryFn, lang: str) -> Table:
    """Return the table with the labels of its entities replaced by the best there are for a reader of ``lang``."""
    # The queries give those for a reader of nb.
    if lang == "nb":
        return table
    pairs = [(table.columns.index(name), number) for number, name in _label_columns(table)]
    labels = display_labels(run, (row[entity] for row in table.rows for entity, _ in pairs), lang)
    rows = []
    for row in table.rows:
        cells = list(row)
        for entity, label in pairs:
            cells[label] = labels.get(row[entity], row[label])
        rows.append(tuple(cells))
    return Table(table.columns, rows)


def _label_columns(table: Table) -> list[tuple[int, str]]:
    """Return the number of each column of labels with the name of the column whose entities it labels."""
    return [
        (number, column.removesuffix("Label"))
        for number, column in enumerate(table.columns)
        if column.endswith("Label") and column.removesuffix("Label") in table.columns
    ]


def display_labels(run: QueryFn, entities: Iterable[Term | None], lang: str) -> dict[Term | None, Literal]:
    """Return the best label there is of each entity for a reader of ``lang``; an entity without any is left out."""
    labels: dict[Term | None, dict[str, Literal]] = defaultdict(dict)
    for entity, label in lookup_rows(entities, LOOKUPS / "labels.rq", run):
        if isinstance(label, Literal):
            tag = (label.language or "").lower()
            labels[entity][tag] = min(label, labels[entity].get(tag, label), key=lambda each: each.value)
    return {entity: best_label(by_language, lang) for entity, by_language in labels.items()}


def named_rows(table: Table) -> list[dict[str, Term | None]]:
    """Return the rows as dicts; a column ``xLabel`` becomes ``x``, and the column that it labels ``x_iri``."""
    labelled = {entity for _, entity in _label_columns(table)}
    names = [f"{name}_iri" if name in labelled else name.removesuffix("Label") for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _python_value(term: Term | None) -> Value:
    if isinstance(term, Literal) and term.datatype.value.endswith("#integer"):
        return int(term.value)
    return None if term is None else term.value
