"""Doors: which queries the engine is asked: none that could end its process by its form, or calls elsewhere.

The limits of a worker hold without this; but a query that is refused here ends no worker. The front looks at its length
alone; the rest is looked at in a worker, so that whoever sends what takes long to look at waits for turns of their own.
"""

from collections.abc import Mapping
from functools import lru_cache

from graph.query.guard import Violation, violations
from graph.query.sparql.tokens import QUERY_FORMS
from graph.server.errors import Refused

# With which status each is refused, and what is said besides.
_REFUSED: Mapping[Violation, tuple[int, str]] = {
    "quotes": (400, ""),
    "size": (413, ""),
    "escape": (400, ""),
    "change": (403, f"; this server only answers ({', '.join(QUERY_FORMS)})"),
    "elsewhere": (403, "; this one calls nobody"),
}


def short_enough(query: str, most: int) -> None:
    """Refused where a query has more bytes than it may."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > most:
        raise Refused(413, f"the query has {size:,} bytes; more than {most:,} are not asked")


def let_through(query: str) -> None:
    """Refused where a query would do more than ask, or more of it than an engine bears."""
    objection = _objection(query)
    if objection:
        kind, reason = objection
        status, besides = _REFUSED[kind]
        raise Refused(status, reason + besides)


# The same questions are asked often.
@lru_cache(maxsize=64)
def _objection(query: str) -> tuple[Violation, str] | None:
    return next(violations(query), None)
