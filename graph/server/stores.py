"""Ask a store that is open in this process; read no more of a result than an answer may have."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from pyoxigraph import DefaultGraph, QuerySolutions, Store, Triple

from graph.query.results import QueryFn, QueryResult, Table, Term, read_result


def query_fn(store: Store) -> QueryFn:
    """Return the function that asks all graphs of a store as one."""

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run


def bounded_table(store: Store, query: str, max_rows: int, max_bytes: int) -> tuple[Table, str | None]:
    """Return the first rows of a SELECT query over all graphs, and the limit that cut them: rows, bytes or None."""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    rows, limit = truncate((tuple(solution) for solution in solutions), max_rows, max_bytes)
    return Table(tuple(variable.value for variable in solutions.variables), rows), limit


def truncate(results: Iterable[Any], max_rows: int, max_bytes: int) -> tuple[list[Any], str | None]:
    """Return the first results, as many as there may be, and the limit that cut them: rows, bytes or None."""
    first: list[Any] = []
    bytes_left = max_bytes
    for each in islice(results, max_rows + 1):
        if len(first) == max_rows:
            return first, "rows"
        bytes_left -= sum(map(_size, each))
        if bytes_left < 0:
            return first, "bytes"
        first.append(each)
    return first, None


def _size(term: Term | Triple | DefaultGraph | None) -> int:
    if isinstance(term, Triple):
        return sum(map(_size, term))
    if isinstance(term, DefaultGraph):
        return 0
    # With what any format writes around it.
    return 20 + (len(term.value) if term is not None else 0)
