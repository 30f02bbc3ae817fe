"""The query guard: what a query must not do before it reaches an engine.

A query may only read (SELECT, ASK, CONSTRUCT, DESCRIBE), from the graph that is asked and from no other server, within
limits of size, and without text that engines read in two ways.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from graph.query.results import InvalidQueryError
from graph.query.sparql.limits import MAX_CHARACTERS, limit_problem
from graph.query.sparql.tokens import QUERY_FORMS, escape_problem, external_call, query_form, unclosed_quote

# Open quotation marks; its size; an ambiguous escape; it would change the graph; it would call another server.
Violation = Literal["quotes", "size", "escape", "change", "elsewhere"]
_ADVICE: Mapping[Violation, str] = {
    "change": f"; only queries are allowed ({', '.join(QUERY_FORMS)})",
    "elsewhere": "; --allow-service lets it",
}


def validate_query(query: str, allow_service: bool = False) -> None:
    """Raise InvalidQueryError where a query is empty, or has one of the violations.

    ``allow_service`` lets it call other servers.
    """
    for violation, reason in violations(query):
        if violation == "quotes":
            # Imported here: most queries have no violation.
            from graph.query.diagnostics import mark_position

            raise InvalidQueryError(mark_position(query, unclosed_quote(query) or 0, reason))
        if violation != "elsewhere" or not allow_service:
            raise InvalidQueryError(reason + _ADVICE.get(violation, ""))
    if not query.strip():
        raise InvalidQueryError("there is no query")


def violations(query: str) -> Iterator[tuple[Violation, str]]:
    """Yield what forbids a query and why, the gravest first; each is looked for only when it is asked for."""
    if len(query) <= MAX_CHARACTERS and unclosed_quote(query) is not None:
        yield "quotes", "these quotation marks are not closed"
    reason = limit_problem(query)
    if reason:
        yield "size", reason
    reason = escape_problem(query)
    if reason:
        yield "escape", reason
    form = query_form(query)
    if form is not None and form not in QUERY_FORMS:
        yield "change", f"{form} would change something"
    keyword = external_call(query)
    if keyword:
        yield "elsewhere", f"{keyword} would call another server"
