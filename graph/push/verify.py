"""Whether a store answers as the build does: each ready question, asked in both places."""

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal

from graph.common.progress import Progress
from graph.query.ask import run_question
from graph.query.questions import Question
from graph.query.results import QueryFn, Table


def differing_questions(questions: Sequence[Question], here: QueryFn, there: QueryFn, progress: Progress) -> list[str]:
    """The names of the questions to which the two places give different rows."""
    asked: Iterable[Question] = progress("asking", questions)
    return [each.name for each in asked if _answer(each, here) != _answer(each, there)]


def _answer(question: Question, run: QueryFn) -> Table:
    return normalize_proofs(run_question(question, {}, run), question)


def normalize_proofs(table: Table, question: Question) -> Table:
    """The table with the things of each proof in one order: SPARQL leaves that of GROUP_CONCAT to the engine."""
    proofs = {table.columns.index(name) for name in question.proof}
    rows = [
        tuple(
            Literal(" ".join(sorted(cell.value.split()))) if place in proofs and isinstance(cell, Literal) else cell
            for place, cell in enumerate(row)
        )
        for row in table.rows
    ]
    return Table(table.columns, rows)
