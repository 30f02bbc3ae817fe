"""Answers: what a query gives, the same whether it was asked here or at an endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from graph.common.errors import MotegrafError

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Table:
    """Of a SELECT query: a row has a term for each column, or None where a cell is unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


@dataclass(frozen=True, slots=True)
class BooleanResult:
    """Of an ASK query."""

    value: bool


@dataclass(frozen=True, slots=True)
class TriplesResult:
    """Of a CONSTRUCT or DESCRIBE query."""

    triples: list[Triple]


QueryResult = Table | BooleanResult | TriplesResult

# A place to ask: a query goes in, its answer comes out.
QueryFn = Callable[[str], QueryResult]


class QueryError(MotegrafError):
    """A question has no answer; the message says why, in a sentence for whoever asked it."""


class InvalidQueryError(QueryError):
    """A question cannot be asked like this: a name, a value or the query itself is wrong."""


def read_result(results: QuerySolutions | QueryBoolean | QueryTriples) -> QueryResult:
    """What pyoxigraph gives, read to its end; Misasked where it is no table of terms."""
    if isinstance(results, QueryBoolean):
        return BooleanResult(bool(results))
    if isinstance(results, QueryTriples):
        return TriplesResult(list(results))
    columns = tuple(variable.value for variable in results.variables)
    rows = [tuple(row) for row in results]
    if any(isinstance(cell, Triple) for row in rows for cell in row):
        raise InvalidQueryError("a cell of the answer is a whole statement (RDF 1.2); ask for its parts")
    return Table(columns, rows)


def expect_table(answer: QueryResult) -> Table:
    """The answer of a query that is known to be a SELECT."""
    assert isinstance(answer, Table)
    return answer
