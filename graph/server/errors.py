"""Refusals: why a request is not answered: a status, words that name the limit or the mistake, and headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


# Not frozen: what is raised is given its traceback.
@dataclass
class Refused(Exception):  # noqa: N818 - it says what happened
    """A request is not answered."""

    status: int
    words: str
    headers: Mapping[str, str] = field(default_factory=dict)


def too_slow(seconds: float) -> Refused:
    """The query has taken all the time that one may."""
    return Refused(408, f"the query was ended: it took more than the {seconds:g} s that one query may")


def too_hungry(megabytes: int) -> Refused:
    """The query has taken all the memory that one may."""
    return Refused(503, f"the query was ended: it took more than the {megabytes:,} MB of memory that one query may")


def no_turn(seconds: float) -> Refused:
    """No worker was free while the request waited."""
    words = f"no worker was free within {seconds:g} s; the server is busy with queries"
    return Refused(503, words, {"Retry-After": "2"})


def too_many(most: int) -> Refused:
    """The client has as many queries under way as one may."""
    words = f"you have {most:,} queries running or waiting, as many as one client may"
    return Refused(429, words, {"Retry-After": "1"})


def unread_answers(most: int) -> Refused:
    """The client has not taken what it was answered."""
    words = f"you have {most:,} bytes of answers still to read, as many as one client may"
    return Refused(429, words, {"Retry-After": "2"})


def ending() -> Refused:
    """Somebody has ended the server."""
    return Refused(503, "the query was ended: the server is about to stop", {"Retry-After": "5"})


def full() -> Refused:
    """Clients have not taken what they were answered."""
    return Refused(503, "the server has as many answers under way as it holds", {"Retry-After": "2"})


class Ended(Refused):
    """The process that ran the query has ended, and no limit is known to be why."""

    def __init__(self) -> None:
        super().__init__(
            503, "the process that ran the query ended before it had an answer; ask again, or something simpler"
        )
