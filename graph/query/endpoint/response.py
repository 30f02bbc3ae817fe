"""Responses: what a server sends is read to its end, in pieces and in time, or it is refused."""

import time
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from graph.query.endpoint.errors import waited_in_vain, words_of
from graph.query.endpoint.urls import Address
from graph.query.results import Unanswered

MOST_BYTES = 1_000_000_000
MOST_BYTES_OF_AN_ERROR = 64_000
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Received:
    """A whole answer. ``most_rows`` is where the server says that it cuts tables off."""

    media_type: str
    body: bytes
    most_rows: int | None = None


def whole(response: HTTPResponse, address: Address, until: float, timeout: float) -> Received:
    """The answer, read to its end; Unanswered where the end is missing, too far off or too late."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding.strip().lower() not in ("", "identity"):
        raise Unanswered(f"{address} answers packed ({words_of(encoding)}), which it was not asked for")
    expected = response.length
    body = bytearray()
    try:
        while (expected or 0) <= MOST_BYTES and (piece := response.read1(_PIECE)):
            body += piece
            if len(body) > MOST_BYTES:
                break
            if time.monotonic() > until:
                raise TimeoutError
    except TimeoutError:
        raise waited_in_vain(address, timeout) from None
    except (OSError, HTTPException):
        raise broken_off(address, len(body)) from None
    if max(expected or 0, len(body)) > MOST_BYTES:
        raise Unanswered(f"the answer of {address} is larger than {MOST_BYTES:,} bytes; ask for less of it")
    if expected is not None and len(body) < expected:
        raise broken_off(address, len(body))
    media_type = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    most_rows = response.headers.get("X-SPARQL-MaxRows", "")
    return Received(media_type, bytes(body), int(most_rows) if most_rows.isdecimal() and len(most_rows) < 16 else None)


def words_in(response: HTTPResponse, until: float) -> str:
    """What the server says of an error, as far as it says it in time."""
    body = bytearray()
    try:
        while len(body) < MOST_BYTES_OF_AN_ERROR and time.monotonic() < until and (piece := response.read1(_PIECE)):
            body += piece
    except (OSError, HTTPException):
        pass
    return words_of(body.decode("utf-8", errors="replace"))


def broken_off(address: Address, length: int) -> Unanswered:
    """There was more to come."""
    return Unanswered(f"the answer of {address} breaks off after {length:,} bytes; nothing of it is used")
