"""Remote answers: what an endpoint sent -> the answer that a store here would give, columns as they were asked for."""

import re

from pyoxigraph import (
    Literal,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

from graph.query.endpoint.errors import plain_text
from graph.query.endpoint.response import Response, truncated_error
from graph.query.endpoint.urls import EndpointUrl
from graph.query.results import BooleanResult, QueryError, QueryResult, Table, TriplesResult, read_result
from graph.query.sparql.tokens import projected_variables

ACCEPT_HEADERS = {
    "SELECT": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "ASK": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "CONSTRUCT": "application/n-triples, text/turtle;q=0.8",
    "DESCRIBE": "application/n-triples, text/turtle;q=0.8",
}
_RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_STATEMENTS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
# The parsers call themselves for what is nested: an answer that is nested without end would end this process.
_MAX_DEPTH = 64
_NOT_BRACES = bytes(set(range(256)) - set(b'{}[]"'))


def parse_response(received: Response, query: str, form: str, address: EndpointUrl) -> QueryResult:
    """The answer to a query of that form; Unanswered where what came is none, or is only a part of one."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return _statements(received, address)
    format = _RESULTS.get(received.media_type) or _sniff_format(received.body)
    if format is None:
        raise _unreadable_error(received, address)
    answer = _read(received, format, address)
    if form == "ASK":
        return _boolean(answer, address)
    if not isinstance(answer, Table):
        raise QueryError(f"{address} answers yes or no to a question for a table")
    if received.most_rows is not None and len(answer.rows) >= received.most_rows:
        raise QueryError(f"{address} cuts every table off at {received.most_rows:,} rows; ask for less of it")
    return _select_columns(answer, projected_variables(query), address)


def _sniff_format(body: bytes) -> QueryResultsFormat | None:
    """The format of an answer that is called something else."""
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return QueryResultsFormat.JSON
    return QueryResultsFormat.XML if b"http://www.w3.org/2005/sparql-results#" in start else None


def _read(received: Response, format: QueryResultsFormat, address: EndpointUrl) -> QueryResult:
    body = received.body
    unclosed = _unclosed_braces(body) if format == QueryResultsFormat.JSON else b""
    if len(unclosed) > _MAX_DEPTH:
        raise QueryError(f"the answer of {address} is nested more deeply than any table")
    whole = not unclosed if format == QueryResultsFormat.JSON else re.search(rb"</(\w+:)?sparql\s*>\s*$", body[-200:])
    try:
        answer = read_result(parse_query_results(body, format=format))
    except SyntaxError as error:
        if whole or body.lstrip()[:1] not in (b"{", b"<") or _is_html(body):
            raise _unreadable_error(received, address, str(error)) from None
    if not whole:
        raise truncated_error(address, len(body))
    return answer


def _unclosed_braces(body: bytes) -> bytes:
    """The braces of JSON that nothing closes, or that stand in more braces than a table has; strings apart.

    Quotation marks in strings go first. Of those left, two side by side have no brace between them, and taking both
    away leaves every brace within a string or outside of one, as it was.
    """
    marks = body.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NOT_BRACES).replace(b'""', b"")
    braces = re.sub(rb'"[^"]*"', b"", marks).replace(b'"', b"")
    for _ in range(_MAX_DEPTH):
        braces = braces.replace(b"{}", b"").replace(b"[]", b"")
    return braces


def _boolean(answer: QueryResult, address: EndpointUrl) -> BooleanResult:
    """Of an ASK query; Virtuoso 7.2 answers yes by a table of one cell, and no by a table of none."""
    if isinstance(answer, BooleanResult):
        return answer
    if answer == Table(("__ASK_RETVAL",), []):
        return BooleanResult(False)
    if isinstance(answer, Table) and len(answer.rows) == 1 and len(answer.rows[0]) == 1:
        cell = answer.rows[0][0]
        if isinstance(cell, Literal) and cell.value in ("0", "1", "true", "false"):
            return BooleanResult(cell.value in ("1", "true"))
    raise QueryError(f"{address} answers by a table to a question for yes or no")


def _select_columns(table: Table, columns: list[str], address: EndpointUrl) -> Table:
    """The table with the columns that the query names, in their order."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise QueryError(f"the answer of {address} has no column {missing[0]!r}")
    if not columns or tuple(columns) == table.columns:
        return table
    places = [table.columns.index(name) for name in columns]
    return Table(tuple(columns), [tuple(row[place] for place in places) for row in table.rows])


def _statements(received: Response, address: EndpointUrl) -> TriplesResult:
    format = _STATEMENTS.get(received.media_type)
    if format is None or _is_html(received.body):
        raise _unreadable_error(received, address)
    if received.body.count(b"<<") > _MAX_DEPTH:
        raise QueryError(f"the answer of {address} has statements about statements, which are not read")
    try:
        return TriplesResult([quad.triple for quad in parse(received.body, format=format)])
    except SyntaxError as error:
        raise _unreadable_error(received, address, str(error)) from None


def _unreadable_error(received: Response, address: EndpointUrl, reason: str = "") -> QueryError:
    """What came is something else."""
    if _is_html(received.body):
        return QueryError(
            f"{address} is a web page, no endpoint; the address for queries often ends in /sparql or /query"
        )
    kind = plain_text(received.media_type) or "something without a name"
    why = f": {plain_text(reason)}" if reason else ""
    return QueryError(f"{address} answers with {kind}, and it is no answer to SPARQL{why}")


def _is_html(body: bytes) -> bool:
    return bool(
        re.match(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", body, re.I | re.S)
    )
