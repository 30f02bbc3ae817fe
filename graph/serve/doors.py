"""Doors: which queries are let through to a worker: none that could end its process by its form, or calls elsewhere.

The limits of a worker hold without this; but a query that is refused here costs nobody a worker.
"""

from functools import lru_cache

from graph.own_sparql import FORMS
from graph.serve.limits import Limits
from graph.serve.refusals import Refused
from graph.sparql_text import ambiguous_escape, calls_elsewhere, form, too_much


def let_through(query: str, limits: Limits) -> None:
    """Refused where a query is too large, or would do more than ask."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > limits.letters:
        raise Refused(413, f"the query has {size:,} bytes; more than {limits.letters:,} are not asked")
    if limits.guarded:
        _harmless(query)


@lru_cache(maxsize=256)
def _harmless(query: str) -> None:
    """Refused where it is not. What was let through is not looked at again: the same questions are asked often."""
    reason = too_much(query)
    if reason:
        raise Refused(413, reason)
    escape = ambiguous_escape(query)
    if escape:
        raise Refused(400, f"the escape {escape} can be read in two ways; write the letter itself")
    asked = form(query)
    if asked is not None and asked not in FORMS:
        raise Refused(403, f"{asked} would change something; this server only answers ({', '.join(FORMS)})")
    elsewhere = calls_elsewhere(query)
    if elsewhere:
        raise Refused(403, f"{elsewhere} would call another server; this one calls nobody")
