"""Answers: what a query gives, the same whether it was asked here or at an endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Table:
    """Of a SELECT query: a row has a term for each column, or None where a cell is unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


@dataclass(frozen=True, slots=True)
class Truth:
    """Of an ASK query."""

    value: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """Of a CONSTRUCT or DESCRIBE query."""

    triples: list[Triple]


Answer = Table | Truth | Statements

# A place to ask: a query goes in, its answer comes out.
Run = Callable[[str], Answer]


class Unanswered(Exception):  # noqa: N818 - it says what happened
    """A question has no answer; the message says why, in a sentence for whoever asked it."""


class Misasked(Unanswered):
    """A question cannot be asked like this: a name, a value or the query itself is wrong."""


def answer_of(results: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    """What pyoxigraph gives, read to its end; Misasked where it is no table of terms."""
    if isinstance(results, QueryBoolean):
        return Truth(bool(results))
    if isinstance(results, QueryTriples):
        return Statements(list(results))
    columns = tuple(variable.value for variable in results.variables)
    rows = [tuple(row) for row in results]
    if any(isinstance(cell, Triple) for row in rows for cell in row):
        raise Misasked("a cell of the answer is a whole statement (RDF 1.2); ask for its parts")
    return Table(columns, rows)


def table_of(answer: Answer) -> Table:
    """The answer of a query that is known to be a SELECT."""
    assert isinstance(answer, Table)
    return answer
