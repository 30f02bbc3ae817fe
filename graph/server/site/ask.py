"""A ready question: its form, its answer with the sentences that prove each row, and the same as data.

The front sends the text of the question along: a worker reads no files but those of the build.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import Store

from graph.common.text import group_thousands
from graph.model.labels import INTERFACE_LANGUAGES, Label, interface_language
from graph.query.ask import bound_sparql, localize, shortest
from graph.query.formats import add_proof_column, serialize_results
from graph.query.parameter_words import CERTAINTY_CHOICES, CERTAINTY_MEANINGS
from graph.query.parameters import resolve_all
from graph.query.passages import Passage
from graph.query.proof import row_passages
from graph.query.questions import TAGS, Question, parse_question, without_header
from graph.query.results import QueryFn, Table
from graph.render.cells import render_table
from graph.render.markup import to_spreadsheet
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, Page, page_of
from graph.server.negotiation import CONTENT_TYPES
from graph.server.parameters import pairs
from graph.server.site.query_comments import commented_sparql
from graph.server.site.question_form import Form, form_of
from graph.server.site.question_words import TEXTS
from graph.server.site.table import MAX_OPEN_QUOTES, TableModel, certainty_words, table_model, with_first_proofs
from graph.server.stores import bounded_table, query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, data_answer, html_answer

PAGE_SIZE = 50
# What the front adds to the parameters of the address: no parameter of a question begins so.
NAME, TEXT, ENDED = "_name", "_text", "_ended"
# Parameters of the address that are none of a question.
OWN = ("start", "format", "output", "results", "as", "lang", "question", "path")


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """The rows of one page of an answer: which they are, how many there are of all, and what they say.

    ``truncated``: there are more than the server gives. ``without_rows`` says why there are none.
    """

    table: TableModel
    first: int
    last: int
    count: str
    truncated: bool
    previous: int | None
    next: int | None
    certainties: tuple[tuple[str, Label], ...]
    has_proof: bool
    without_rows: Label | None
    offers_possible: bool
    sparql: str


@dataclass(frozen=True, slots=True)
class QuestionModel:
    """A question with its form and, where its values are understood, its answer.

    ``unknown`` are parameters of the address that the question does not have; ``ended`` says why there is no answer.
    """

    question: Question
    form: Form
    answer: AnswerModel | None
    unknown: tuple[str, ...]
    ended: str


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of a question with its answer, or the answer in another format."""
    question = _question(task.value(NAME), task.value(TEXT))
    given = _values(task)
    if task.format == "html":
        return _page(task, question, given, store)
    run = query_fn(store)
    terms = resolve_all(question, {name: value for name, value in given.items() if value and name not in OWN}, run)
    if task.format == "rq":
        text = commented_sparql(question, terms, run, interface_language(task.lang))
        return data_answer(text.encode(), CONTENT_TYPES["rq"])
    sparql = bound_sparql(shortest(question, terms, run), terms, task.lang)
    table, limit = bounded_table(store, sparql, task.max_rows, task.max_bytes)
    table = _in_language(table, run, task.lang)
    proofs = row_passages(table, question, run) if question.proof else None
    reply, body = data_answer(_serialized(table, question, proofs, task), CONTENT_TYPES[task.format], len(table.rows))
    return replace(reply, truncated=limit), body


@lru_cache(maxsize=128)
def _question(name: str, text: str) -> Question:
    question = parse_question(name, text)
    # The header is long, and says nothing to the store.
    return replace(question, query=without_header(question.query))


def _values(task: PageTask) -> dict[str, str]:
    """Return the first value of each parameter of the address."""
    values: dict[str, str] = {}
    for name, value in pairs(task.parameters):
        if not name.startswith("_"):
            values.setdefault(name, value.strip())
    return values


def _serialized(table: Table, question: Question, proofs: Sequence[list[Passage]] | None, task: PageTask) -> bytes:
    if task.format == "spreadsheet":
        return to_spreadsheet(render_table(table, question, task.lang, proofs)).encode()
    return serialize_results(add_proof_column(table, proofs, task.lang) if proofs is not None else table, task.format)


def _in_language(table: Table, run: QueryFn, lang: str) -> Table:
    """Return the table with labels for a reader of ``lang``; those in nb and in en the query has itself."""
    return table if lang in INTERFACE_LANGUAGES else localize(table, run, lang)


def _page(task: PageTask, question: Question, given: Mapping[str, str], store: Store) -> Answer:
    form = form_of(question, given, store, task.lang)
    ended = task.value(ENDED)
    start = _start(given.get("start", ""))
    kept = form.permalink + ((("start", str(start)),) if start else ())
    page = _described_page(task, question, form, kept)
    shown = None if ended or not form.is_valid else _answer(task, question, form, start, store, page)
    unknown = tuple(name for name in given if name not in question.parameters and name not in OWN)
    model = QuestionModel(question, form, shown, unknown, ended)
    body = render_page("question.html", model, page, texts=TEXTS, max_open=MAX_OPEN_QUOTES, choices=CERTAINTY_CHOICES)
    reply, body = html_answer(body, 200 if form.is_valid or _is_choice(form) else 400)
    return replace(reply, truncated="rows" if shown and shown.truncated else None), body


def _is_choice(form: Form) -> bool:
    """Return whether the page asks which of several entities is meant: then nothing is wrong."""
    return all(field.problem is None or field.problem.candidates for field in form.fields)


def _start(value: str) -> int:
    """Return the number of the first row that is shown, from 0; what is no number counts as 0."""
    return int(value) // PAGE_SIZE * PAGE_SIZE if value.isascii() and value.isdecimal() and len(value) < 8 else 0


def _described_page(task: PageTask, question: Question, form: Form, kept: tuple[tuple[str, str], ...]) -> Page:
    lang = interface_language(task.lang)
    summary = getattr(question.summary, lang)
    values = ", ".join(f"{getattr(label, lang)}: {name.text}" for label, name in form.selected)
    group = question.tags[0]
    return page_of(
        task,
        f"{summary} – {values}" if values else summary,
        path=f"ask/{question.name}",
        description=getattr(question.description, lang),
        section="ask/",
        breadcrumbs=(
            Crumb(getattr(TEXTS["front"], lang), ""),
            Crumb(getattr(TEXTS["questions"], lang), "ask/"),
            Crumb(getattr(TAGS[group], lang), f"ask/#{group}"),
            Crumb(summary),
        ),
        parameters=kept,
        alternates=_alternates(task, question, form),
    )


def _alternates(task: PageTask, question: Question, form: Form) -> tuple[Alternate, ...]:
    """Return the addresses of the answer as data: each ends as a file does."""
    lang = [("lang", task.lang)] if task.lang_chosen else []
    formats = (("spreadsheet", "csv"), ("csv", "csv"), ("json", "json"))
    return tuple(
        Alternate(
            f"ask/{question.name}.{ending}{_encoded([*form.permalink, *more, *lang])}",
            CONTENT_TYPES[format].partition(";")[0],
            getattr(TEXTS[format], interface_language(task.lang)),
        )
        for format, ending in formats
        for more in [[("format", format)] if format == "spreadsheet" else []]
    )


def _encoded(parameters: Sequence[tuple[str, str]]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""


def _answer(task: PageTask, question: Question, form: Form, start: int, store: Store, page: Page) -> AnswerModel:
    run = query_fn(store)
    sparql = bound_sparql(shortest(question, form.terms, run), form.terms, task.lang)
    table, limit = bounded_table(store, sparql, task.max_rows, task.max_bytes)
    count = len(table.rows)
    start = start if start < count else 0
    shown = _in_language(Table(table.columns, table.rows[start : start + PAGE_SIZE]), run, task.lang)
    shown, left_out = with_first_proofs(shown, question)
    proofs = row_passages(shown, question, run) if question.proof else []
    model = table_model(shown, question, run, page.lang, task.lang, proofs, left_out)
    last = start + len(shown.rows)
    meanings = [(word, CERTAINTY_MEANINGS[value]) for value, word in certainty_words(model.certainties, page.lang)]
    asks_possible = "certainty" in question.parameters and "certainty" not in form.terms
    return AnswerModel(
        table=model,
        first=start + 1,
        last=last,
        count=group_thousands(count, page.lang),
        truncated=limit is not None,
        previous=max(0, start - PAGE_SIZE) if start else None,
        next=last if last < count else None,
        certainties=tuple(meanings),
        has_proof=any(row.quotes for row in model.rows),
        without_rows=None if count else _without_rows(question, form, asks_possible),
        offers_possible=asks_possible,
        sparql=commented_sparql(question, form.terms, run, page.lang),
    )


def _without_rows(question: Question, form: Form, asks_possible: bool) -> Label:
    """Return why there are no rows."""
    if question.without_rows and not form.permalink:
        return question.without_rows
    return TEXTS["nothing_certain"] if asks_possible else TEXTS["nothing"]
