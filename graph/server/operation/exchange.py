"""A request and its answer, as log and metrics see it: which view, how long, how much; nothing about who asked."""

import re
from dataclasses import dataclass

from starlette.types import Scope

from graph.model.iris import BASE
from graph.server.urls import resolve

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# What is no view: a request that went no further than the middleware.
NO_VIEW = "-"
# Paths of ours are of these characters.
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._~/-]{0,200}")


@dataclass(slots=True)
class Exchange:
    """``status`` is None where the client has left before the answer; ``size`` is in bytes of the body as sent."""

    scope: Scope
    request_id: str
    status: int | None = None
    size: int = 0
    seconds: float = 0.0

    @property
    def method(self) -> str:
        """Return the method, or ``other``: clients can invent methods."""
        method: str = self.scope["method"]
        return method if method in METHODS else "other"

    @property
    def view(self) -> str:
        """Return the name of the view; there are no more of them than routes."""
        return getattr(self.scope.get("endpoint"), "__name__", NO_VIEW)

    @property
    def route(self) -> str:
        """Return the pattern of the paths of the view, such as ``/dumps/{name}``."""
        return getattr(self.scope.get("route"), "path", NO_VIEW)

    @property
    def path(self) -> str | None:
        """Return the path where it names something that the server has or could have, which is public; else None.

        Other paths are what somebody has typed.
        """
        path: str = self.scope["path"]
        if not _PLAIN_PATH.fullmatch(path):
            return None
        if self.status and self.status < 400:
            return path
        address = resolve(path.removeprefix("/").removeprefix("about/"), BASE)
        return path if address and (address.entity or address.document_of) else None

    @property
    def query(self) -> str | None:
        """Return the query that the request asks, which can be personal data; None where it asks none."""
        query: str | None = self.scope.get("state", {}).get("query")
        return query
