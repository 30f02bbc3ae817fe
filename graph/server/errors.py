"""Errors that a request is answered with: a status, a message that names the limit or the mistake, and headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.common.errors import MotegrafError


# Not frozen: raising it sets its traceback.
@dataclass
class RequestError(MotegrafError):
    """A request that is answered with an error."""

    status: int
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)


class NotAcceptableError(RequestError):
    """None of the media types that are offered is acceptable to the client."""

    def __init__(self, offered: Mapping[str, str]) -> None:
        super().__init__(406, f"this is available as {', '.join(offered)}")


class WorkerEndedError(RequestError):
    """The process that ran the query has ended, and no limit is known to be the reason."""

    def __init__(self) -> None:
        message = "the process that ran the query ended before it had an answer; ask again, or something simpler"
        super().__init__(503, message)


def timeout_exceeded(seconds: float) -> RequestError:
    """Return the error of a query that has run as long as one may."""
    return RequestError(408, f"the query was ended: it took more than the {seconds:g} s that one query may")


def memory_exceeded(megabytes: int) -> RequestError:
    """Return the error of a query that has used as much memory as one may."""
    message = f"the query was ended: it took more than the {megabytes:,} MB of memory that one query may"
    return RequestError(503, message)


def queue_timeout(seconds: float) -> RequestError:
    """Return the error of a query for which no worker was free in time."""
    message = f"no worker was free within {seconds:g} s; the server is busy with queries"
    return RequestError(503, message, {"Retry-After": "2"})


def too_many_queries(limit: int) -> RequestError:
    """Return the error of a client that has as many queries running or waiting as one may."""
    message = f"you have {limit:,} queries running or waiting, as many as one client may"
    return RequestError(429, message, {"Retry-After": "1"})


def too_many_unread_bytes(limit: int) -> RequestError:
    """Return the error of a client that has not read its earlier answers."""
    message = f"you have {limit:,} bytes of answers still to read, as many as one client may"
    return RequestError(429, message, {"Retry-After": "2"})


def storage_full() -> RequestError:
    """Return the error of a query whose answer cannot be stored, since others have not read theirs."""
    return RequestError(503, "the server has as many answers under way as it holds", {"Retry-After": "2"})


def build_loading() -> RequestError:
    """Return the error of a request that comes before the build is loaded."""
    return RequestError(503, "the server is loading its build; try again in a moment", {"Retry-After": "1"})


def shutting_down() -> RequestError:
    """Return the error of a query that is ended because the server is."""
    return RequestError(503, "the query was ended: the server is about to stop", {"Retry-After": "5"})
