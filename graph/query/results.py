"""Results of a query, the same whether a build on this machine or an endpoint gave them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from graph.common.errors import MotegrafError

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Table:
    """The result of a SELECT query. A row has a term for each column, or None where the variable is unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


@dataclass(frozen=True, slots=True)
class BooleanResult:
    """The result of an ASK query."""

    value: bool


@dataclass(frozen=True, slots=True)
class TriplesResult:
    """The result of a CONSTRUCT or DESCRIBE query."""

    triples: list[Triple]


QueryResult = Table | BooleanResult | TriplesResult

# What sends a query to a build or an endpoint, and returns its result.
QueryFn = Callable[[str], QueryResult]


class QueryError(MotegrafError):
    """No result came: the message says why, for the person who asked."""


class InvalidQueryError(QueryError):
    """The query, or a name or value in it, is wrong; the message says what to change."""


def read_result(results: QuerySolutions | QueryBoolean | QueryTriples) -> QueryResult:
    """Return what pyoxigraph gives, read to its end. Raise InvalidQueryError where a cell is a triple (RDF 1.2)."""
    if isinstance(results, QueryBoolean):
        return BooleanResult(bool(results))
    if isinstance(results, QueryTriples):
        return TriplesResult(list(results))
    columns = tuple(variable.value for variable in results.variables)
    rows = [tuple(row) for row in results]
    if Triple in map(type, chain.from_iterable(rows)):
        raise InvalidQueryError("a cell of the answer is a whole statement (RDF 1.2); ask for its parts")
    return Table(columns, rows)


def text_of(term: Term | None) -> str:
    """Return a literal's words or an IRI as text, "" for no term."""
    return "" if term is None else term.value


def expect_table(result: QueryResult) -> Table:
    """Return the result of a SELECT query as the table that it is."""
    assert isinstance(result, Table)
    return result
