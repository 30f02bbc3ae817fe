"""SPARQL of one's own: refused where it would do more than ask, and shown where it is wrong."""

from collections.abc import Iterator, Mapping
from typing import Literal

from graph.query.diagnostics import mark_position
from graph.query.results import InvalidQueryError
from graph.query.sparql.limits import MAX_CHARACTERS, limit_problem
from graph.query.sparql.tokens import QUERY_FORMS, escape_problem, external_call, query_form, unclosed_quote

# What a query can be refused for: open quotation marks, its size, an escape, that it would change something, or call
# another server.
Violation = Literal["quotes", "size", "escape", "change", "elsewhere"]
_ADVICE: Mapping[Violation, str] = {
    "change": f"; a graph is only asked ({', '.join(QUERY_FORMS)})",
    "elsewhere": "; --allow-service lets it",
}


def validate_query(query: str, allow_service: bool = False) -> None:
    """Misasked where a query changes something, calls another server without leave, or could end the process."""
    for objection, reason in violations(query):
        if objection == "quotes":
            raise InvalidQueryError(mark_position(query, unclosed_quote(query) or 0, reason))
        if objection != "elsewhere" or not allow_service:
            raise InvalidQueryError(reason + _ADVICE.get(objection, ""))
    if not query.strip():
        raise InvalidQueryError("there is no query")


def violations(query: str) -> Iterator[tuple[Violation, str]]:
    """What speaks against asking a query, and why, the worst first; the next is looked for when it is asked for."""
    if len(query) <= MAX_CHARACTERS and unclosed_quote(query) is not None:
        yield "quotes", "these quotation marks are not closed"
    reason = limit_problem(query)
    if reason:
        yield "size", reason
    reason = escape_problem(query)
    if reason:
        yield "escape", reason
    asked = query_form(query)
    if asked is not None and asked not in QUERY_FORMS:
        yield "change", f"{asked} would change something"
    elsewhere = external_call(query)
    if elsewhere:
        yield "elsewhere", f"{elsewhere} would call another server"
