"""Responses of endpoints: read to their end, in pieces and within limits, or refused."""

import time
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from graph.query.endpoint.errors import plain_text, timeout_error
from graph.query.endpoint.urls import EndpointUrl
from graph.query.results import QueryError

MAX_BYTES = 1_000_000_000
MAX_ERROR_BYTES = 64_000
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response. ``max_rows`` is the number of rows at which the server says that it truncates tables."""

    media_type: str
    body: bytes
    max_rows: int | None = None


def read_response(
    response: HTTPResponse, address: EndpointUrl, deadline: float, timeout: float, max_bytes: int | None = None
) -> Response:
    """Return the response, read to its end. Raise QueryError where it is truncated, too large or too late."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding.strip().lower() not in ("", "identity"):
        raise QueryError(f"{address} sends a compressed response ({plain_text(encoding)}), which was not requested")
    max_bytes, expected = max_bytes or MAX_BYTES, response.length
    body = bytearray()
    try:
        while (expected or 0) <= max_bytes and (piece := response.read1(_CHUNK_BYTES)):
            body += piece
            if len(body) > max_bytes:
                break
            if time.monotonic() > deadline:
                raise TimeoutError
    except TimeoutError:
        raise timeout_error(address, timeout) from None
    except (OSError, HTTPException):
        raise truncated_error(address, len(body)) from None
    if max(expected or 0, len(body)) > max_bytes:
        raise QueryError(f"the answer of {address} is larger than {max_bytes:,} bytes; ask for less of it")
    if expected is not None and len(body) < expected:
        raise truncated_error(address, len(body))
    media_type = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    max_rows = response.headers.get("X-SPARQL-MaxRows", "")
    return Response(media_type, bytes(body), int(max_rows) if max_rows.isdecimal() and len(max_rows) < 16 else None)


def read_error_text(response: HTTPResponse, deadline: float) -> str:
    """Return the server's text about an error, as far as it comes in time."""
    body = bytearray()
    try:
        while len(body) < MAX_ERROR_BYTES and time.monotonic() < deadline and (piece := response.read1(_CHUNK_BYTES)):
            body += piece
    except (OSError, HTTPException):
        pass
    return plain_text(body.decode("utf-8", errors="replace"))


def truncated_error(address: EndpointUrl, length: int) -> QueryError:
    """Return the error of a response that ended early."""
    return QueryError(f"the answer of {address} breaks off after {length:,} bytes; nothing of it is used")
