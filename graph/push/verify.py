"""Compare a store with a build: ask both each ready question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import Literal

from graph.common.progress import Progress
from graph.query.ask import run_question
from graph.query.questions import Question, sparql_text
from graph.query.results import QueryFn, Table


def differing_questions(
    questions: Sequence[Question], local: QueryFn, remote: QueryFn, progress: Progress
) -> list[str]:
    """Return the names of the questions to which the two give different rows."""
    tracked: Iterable[Question] = progress("asking", questions)
    return [each.name for each in tracked if _answer(each, local) != _answer(each, remote)]


def _answer(question: Question, run: QueryFn) -> Table:
    # The header is long, and says nothing to the store.
    return normalize_proofs(run_question(replace(question, query=sparql_text(question)), {}, run), question)


def normalize_proofs(table: Table, question: Question) -> Table:
    """Return the table with the IRIs of each proof sorted: SPARQL leaves the order of GROUP_CONCAT to the engine."""
    proofs = {table.columns.index(name) for name in question.proof}
    rows = [
        tuple(
            Literal(" ".join(sorted(cell.value.split()))) if number in proofs and isinstance(cell, Literal) else cell
            for number, cell in enumerate(row)
        )
        for row in table.rows
    ]
    return Table(table.columns, rows)
