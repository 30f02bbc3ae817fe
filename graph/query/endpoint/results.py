"""Results of endpoints: what a server sent becomes the result that a local store would give, in the query's columns."""

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
from graph.query.sparql.tokens import is_distinct, projected_variables

ACCEPT_HEADERS = {
    "SELECT": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "ASK": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "CONSTRUCT": "application/n-triples, text/turtle;q=0.8",
    "DESCRIBE": "application/n-triples, text/turtle;q=0.8",
}
_RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_TRIPLE_FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
# The parsers are recursive: a response that is nested without end would end this process.
_MAX_DEPTH = 64
_NOT_BRACES = bytes(set(range(256)) - set(b'{}[]"'))


def parse_response(response: Response, query: str, form: str, address: EndpointUrl) -> QueryResult:
    """Return the result of a query of that form. Raise QueryError where the response is none, or is truncated."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return _triples(response, address)
    format = _RESULT_FORMATS.get(response.media_type) or _sniff_format(response.body)
    if format is None:
        raise _unreadable_error(response, address)
    result = _read(response, format, address)
    if form == "ASK":
        return _boolean(result, address)
    if not isinstance(result, Table):
        raise QueryError(f"{address} answers true or false to a query for a table")
    if response.max_rows is not None and len(result.rows) >= response.max_rows:
        raise QueryError(f"{address} cuts every table off at {response.max_rows:,} rows; ask for less of it")
    table = _select_columns(result, projected_variables(query), address)
    # Virtuoso 7.2 repeats rows of SELECT DISTINCT (openlink/virtuoso-opensource#568).
    return Table(table.columns, list(dict.fromkeys(table.rows))) if is_distinct(query) else table


def _sniff_format(body: bytes) -> QueryResultsFormat | None:
    """Return the format of a result whose media type is something else, or None."""
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return QueryResultsFormat.JSON
    return QueryResultsFormat.XML if b"http://www.w3.org/2005/sparql-results#" in start else None


def _read(response: Response, format: QueryResultsFormat, address: EndpointUrl) -> QueryResult:
    body = response.body
    unclosed = _unclosed_braces(body) if format == QueryResultsFormat.JSON else b""
    if len(unclosed) > _MAX_DEPTH:
        raise QueryError(f"the answer of {address} is nested more deeply than any table")
    complete = (
        not unclosed if format == QueryResultsFormat.JSON else re.search(rb"</(\w+:)?sparql\s*>\s*$", body[-200:])
    )
    try:
        result = read_result(parse_query_results(body, format=format))
    except SyntaxError as error:
        if complete or body.lstrip()[:1] not in (b"{", b"<") or _is_html(body):
            raise _unreadable_error(response, address, str(error)) from None
    if not complete:
        raise truncated_error(address, len(body))
    return result


def _unclosed_braces(body: bytes) -> bytes:
    """Return the braces of JSON that nothing closes, or that are nested more deeply than a table; strings apart.

    Quotation marks in strings go first. Of those left, two side by side have no brace between them; removing both
    leaves every brace inside or outside of a string as it was.
    """
    marks = body.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NOT_BRACES).replace(b'""', b"")
    braces = re.sub(rb'"[^"]*"', b"", marks).replace(b'"', b"")
    for _ in range(_MAX_DEPTH):
        braces = braces.replace(b"{}", b"").replace(b"[]", b"")
    return braces


def _boolean(result: QueryResult, address: EndpointUrl) -> BooleanResult:
    """Return the result of an ASK query; Virtuoso 7.2 sends a table of one cell for true and an empty one for false."""
    if isinstance(result, BooleanResult):
        return result
    if result == Table(("__ASK_RETVAL",), []):
        return BooleanResult(False)
    if isinstance(result, Table) and len(result.rows) == 1 and len(result.rows[0]) == 1:
        cell = result.rows[0][0]
        if isinstance(cell, Literal) and cell.value in ("0", "1", "true", "false"):
            return BooleanResult(cell.value in ("1", "true"))
    raise QueryError(f"{address} answers with a table to a query for true or false")


def _select_columns(table: Table, columns: list[str], address: EndpointUrl) -> Table:
    """Return the table with the columns that the query names, in their order."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise QueryError(f"the answer of {address} has no column {missing[0]!r}")
    if not columns or tuple(columns) == table.columns:
        return table
    numbers = [table.columns.index(name) for name in columns]
    return Table(tuple(columns), [tuple(row[number] for number in numbers) for row in table.rows])


def _triples(response: Response, address: EndpointUrl) -> TriplesResult:
    format = _TRIPLE_FORMATS.get(response.media_type)
    if format is None or _is_html(response.body):
        raise _unreadable_error(response, address)
    if response.body.count(b"<<") > _MAX_DEPTH:
        raise QueryError(f"the answer of {address} has statements about statements, which are not read")
    try:
        return TriplesResult([quad.triple for quad in parse(response.body, format=format)])
    except SyntaxError as error:
        raise _unreadable_error(response, address, str(error)) from None


def _unreadable_error(response: Response, address: EndpointUrl, reason: str = "") -> QueryError:
    """Return the error of a response that is something else."""
    if _is_html(response.body):
        return QueryError(
            f"{address} is a web page, no endpoint; the address for queries often ends in /sparql or /query"
        )
    kind = plain_text(response.media_type) or "something without a name"
    suffix = f": {plain_text(reason)}" if reason else ""
    return QueryError(f"{address} answers with {kind}, and it is no answer to SPARQL{suffix}")


def _is_html(body: bytes) -> bool:
    return bool(
        re.match(
            rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(?>(?><!--.*?-->\s*)*)<(!doctype\s+html|html)\b", body, re.I | re.S
        )
    )
