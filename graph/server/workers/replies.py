"""Replies of a worker: pages, data, errors."""

from graph.server.negotiation import CONTENT_TYPES
from graph.server.policy import PAGE_POLICY
from graph.server.workers.ipc import Reply

Answer = tuple[Reply, bytes]


def html_answer(body: bytes, status: int = 200, describes: str | None = None, policy: str = PAGE_POLICY) -> Answer:
    """Return the reply that is a page."""
    return Reply(status=status, media_type=CONTENT_TYPES["html"], rows=1, describes=describes, policy=policy), body


def data_answer(body: bytes, media_type: str, rows: int = 1) -> Answer:
    """Return the reply that is no page: CSV, JSON, Atom and the like."""
    return Reply(status=200, media_type=media_type, rows=rows), body


def error_answer(status: int, message: str) -> Answer:
    """Return the reply that is an error; the front makes a page of it where one is wanted."""
    return Reply(status=status, message=message), b""
