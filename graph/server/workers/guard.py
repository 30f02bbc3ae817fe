"""The query guard: which queries the engine is given: none that could end its process by its form, or calls elsewhere.

The limits of a worker hold without it; but a query that is refused here ends no worker. The front checks the length
alone; the rest is checked in a worker, so that a client whose queries take long to check waits in its own queue.
"""

from collections.abc import Mapping
from functools import lru_cache

from graph.query.guard import Violation, violations
from graph.query.sparql.tokens import QUERY_FORMS
from graph.server.errors import RequestError

# The status of each violation, and what is added to its reason.
_STATUSES: Mapping[Violation, tuple[int, str]] = {
    "quotes": (400, ""),
    "size": (413, ""),
    "escape": (400, ""),
    "change": (403, f"; this server only answers ({', '.join(QUERY_FORMS)})"),
    "elsewhere": (403, "; this one calls nobody"),
}


def check_length(query: str, limit: int) -> None:
    """Raise RequestError where a query has more bytes than the limit."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > limit:
        raise RequestError(413, f"the query has {size:,} bytes; more than {limit:,} are not asked")


def validate(query: str) -> None:
    """Raise RequestError where a query does more than ask, or is more than an engine bears."""
    violation = _first_violation(query)
    if violation:
        kind, reason = violation
        status, addition = _STATUSES[kind]
        raise RequestError(status, reason + addition)


# The same questions are asked often.
@lru_cache(maxsize=64)
def _first_violation(query: str) -> tuple[Violation, str] | None:
    return next(violations(query), None)
