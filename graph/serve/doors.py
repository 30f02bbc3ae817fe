"""Doors: which queries are let through to a worker: none that could end its process by its form, or calls elsewhere.

The limits of a worker hold without this; but a query that is refused here costs nobody a worker.
"""

from collections.abc import Mapping
from functools import lru_cache

from graph.own_sparql import Objection, objections
from graph.serve.limits import Limits
from graph.serve.refusals import Refused
from graph.sparql_text import FORMS

# With which status each is refused, and what is said besides.
_REFUSED: Mapping[Objection, tuple[int, str]] = {
    "quotes": (400, ""),
    "size": (413, ""),
    "escape": (400, ""),
    "change": (403, f"; this server only answers ({', '.join(FORMS)})"),
    "elsewhere": (403, "; this one calls nobody"),
}


def let_through(query: str, limits: Limits) -> None:
    """Refused where a query is too large, or would do more than ask."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > limits.query_bytes:
        raise Refused(413, f"the query has {size:,} bytes; more than {limits.query_bytes:,} are not asked")
    if limits.guarded:
        _harmless(query)


@lru_cache(maxsize=256)
def _harmless(query: str) -> None:
    """Refused where it is not. What was let through is not looked at again: the same questions are asked often."""
    for objection, reason in objections(query):
        status, besides = _REFUSED[objection]
        raise Refused(status, reason + besides)
