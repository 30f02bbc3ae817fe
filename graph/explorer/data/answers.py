"""Answer the ready questions when the page is built."""

from dataclasses import replace

from pyoxigraph import NamedNode

from graph.explorer.data.queries import name_of
from graph.explorer.data.records import Answer
from graph.explorer.data.records import Label as Words
from graph.model.labels import Label
from graph.query.ask import run_question
from graph.query.questions import TAGS, Question, without_header
from graph.query.results import QueryFn, Term, text_of

# The most rows of an answer that the page holds; the command line gives all.
ROWS = 200


def precomputed_answer(question: Question, run: QueryFn) -> Answer:
    """Return a ready question with its answer as of the build: how many rows, and the first of them."""
    # The header is long, and says nothing to the store.
    table = run_question(replace(question, query=without_header(question.query)), {}, run, of_build=True)
    with_headings = [
        (number, name) for number, name in enumerate(table.columns) if name.removesuffix("Label") in question.columns
    ]
    entities = {name: number for number, name in enumerate(table.columns)}
    columns = [(number, name) for number, name in with_headings if f"{name}Label" not in entities]
    answer: Answer = {
        "name": question.name,
        "summary": _both(question.summary),
        "description": _both(question.description),
        "group": _both(TAGS[question.tags[0]]),
        "view": question.view,
        "columns": [
            {"name": name.removesuffix("Label")} | _both(question.columns[name.removesuffix("Label")])
            for _, name in columns
        ],
        "rows": [
            [_cell(row[number], row[entities.get(name.removesuffix("Label"), number)]) for number, name in columns]
            for row in table.rows[:ROWS]
        ],
        "count": len(table.rows),
    }
    if question.definition:
        answer["definition"] = _both(question.definition)
    return answer


def _both(label: Label) -> Words:
    return {"nb": label.nb} | ({"en": label.en} if label.en is not None else {})


def _cell(words: Term | None, entity: Term | None) -> str | list[str]:
    return [text_of(words), name_of(entity)] if isinstance(entity, NamedNode) else text_of(words)
