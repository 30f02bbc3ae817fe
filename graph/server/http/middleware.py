"""Middleware: what holds for every request and every answer: hosts, methods, headers, unread bodies, the log.

A line of the log says when, which view, with which status, how much and how long. It has no address of a client, no
path, whose words may name a person, and no query unless somebody has asked for queries.
"""

import asyncio
import sys
import time
import traceback
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.server.http.connection import STATE_KEY, LimitedConnection
from graph.server.limits import MAX_HEADER_LINE, MAX_PARAMETERS

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# These paths take queries in the address.
_QUERY_PATHS = ("/sparql", "/sparql/", "/graphs", "/graphs/")
_QUERY_PATHS_WITH_ENDING = "/sparql."
CLOSED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Anybody may read, from any page; nobody is known here by a cookie.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-SPARQL-MaxRows, X-Motegraf-Cut, Retry-After",
}
_DEFAULT_HEADERS = [
    (name.lower().encode(), value.encode())
    for name, value in (_HEADERS | {"Content-Security-Policy": CLOSED_POLICY}).items()
]
# What clients in browsers send, some of them always. Credentials are allowed, and not read.
_CLIENT_HEADERS = (
    *("Accept", "Accept-Language", "Authorization", "Cache-Control", "Content-Language", "Content-Type"),
    *("If-Modified-Since", "If-None-Match", "If-Range", "Pragma", "Range", "X-Requested-With"),
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": ", ".join(_CLIENT_HEADERS),
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}
# Of a body that nobody has read when its answer is ready: how many bytes are still read, and how long.
_MAX_DRAINED_BYTES, _SECONDS_TO_DRAIN = 1_000_000, 0.5


def with_middleware(app: ASGIApp, hosts: frozenset[str], max_header_bytes: int, log_queries: bool) -> ASGIApp:
    """Return the application behind the middleware. ``hosts`` are the names that it answers to; all where empty."""
    hosts = frozenset(map(_normalize_host, hosts))

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        connection: LimitedConnection = scope["state"][STATE_KEY]
        start, sent = time.monotonic(), {"status": 0, "bytes": 0}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if connection.body_missing():
                    await _drain(receive, connection)
                sent["status"] = message["status"]
                connection.start_response()
                own = {name for name, _ in message["headers"]}
                message["headers"] += [header for header in _DEFAULT_HEADERS if header[0] not in own]
                if connection.body_missing() and b"connection" not in own:
                    message["headers"].append((b"connection", b"close"))
            else:
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        connection.begin()
        try:
            await (_check(scope, hosts, max_header_bytes) or app)(scope, receive, send_with_headers)
        except Exception as error:
            # The position, and not the words, which may be of the request.
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
            print(f"{type(error).__name__} at {', '.join(frames)}", file=sys.stderr, flush=True)
            if sent["status"]:
                raise
            response = PlainTextResponse("something is wrong with this server\n", 500)
            await response(scope, receive, send_with_headers)
        finally:
            connection.end()
            _log(scope, sent, time.monotonic() - start, log_queries)

    return handle


async def _drain(receive: Receive, connection: LimitedConnection) -> None:
    """Read and drop some of a body that is still arriving, or its sender would not see why it is refused."""
    drained = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_TO_DRAIN):
            while drained < _MAX_DRAINED_BYTES and connection.body_missing():
                message = await receive()
                drained += len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _check(scope: Scope, hosts: frozenset[str], max_header_bytes: int) -> Response | None:
    """Return the answer to a request that goes no further, or None."""
    size = len(scope["raw_path"]) + len(scope["query_string"])
    if size + sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > max_header_bytes:
        message = f"the first line and the headers of a request have no more than {max_header_bytes:,} bytes\n"
        return PlainTextResponse(message, 431)
    if any(len(value) > MAX_HEADER_LINE for _, value in scope["headers"]):
        return PlainTextResponse(f"a header has no more than {MAX_HEADER_LINE:,} bytes\n", 431)
    has_query = scope["path"] in _QUERY_PATHS or scope["path"].startswith(_QUERY_PATHS_WITH_ENDING)
    if len(scope["raw_path"]) > MAX_HEADER_LINE or (size > MAX_HEADER_LINE and not has_query):
        return PlainTextResponse(f"an address without a query has no more than {MAX_HEADER_LINE:,} bytes\n", 414)
    if scope["query_string"].count(b"&") >= MAX_PARAMETERS:
        return PlainTextResponse(f"a request has no more than {MAX_PARAMETERS} parameters\n", 413)
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers and "content-length" in headers:
        # A server before this one may have read another body.
        return PlainTextResponse("a body has a length, or is in chunks\n", 400, {"Connection": "close"})
    # A request of HTTP/1.0 may name no host: plain health checks do, and no browser does.
    nameless = scope["http_version"] == "1.0" and "host" not in headers
    if hosts and not nameless and _hostname(headers.get("host", "")) not in hosts:
        return PlainTextResponse("this server does not go by that name\n", 421)
    if scope["method"] not in METHODS:
        return PlainTextResponse("this server is read-only\n", 405, {"Allow": ", ".join(METHODS)})
    if headers.get("content-encoding", "identity").lower() != "identity":
        return PlainTextResponse("a body is sent as it is, not compressed\n", 415, {"Accept-Encoding": "identity"})
    return Response(status_code=204, headers=_PREFLIGHT) if scope["method"] == "OPTIONS" else None


def _hostname(header: str) -> str | None:
    """Return the name in a Host header, without its port and the dot that may end it; None where it is none."""
    try:
        split = urlsplit(f"//{header}")
        _ = split.port
    except ValueError:
        return None
    if split.netloc != header or split.username or split.path or not split.hostname:
        return None
    return _normalize_host(split.hostname)


def _normalize_host(name: str) -> str:
    """Return a host name in lower case, without the dot that may end it, its letters as browsers send them."""
    name = name.lower().removesuffix(".")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _log(scope: Scope, sent: dict[str, int], seconds: float, log_queries: bool) -> None:
    method = scope["method"] if scope["method"] in METHODS else "other"
    view = getattr(scope.get("endpoint"), "__name__", "-")
    state = scope.get("state", {})
    query = f" {state['query']!r}" if log_queries and "query" in state else ""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    line = f"{at} {method} {view} {sent['status'] or 'left'} {sent['bytes']} B {seconds * 1000:.0f} ms{query}"
    print(line, file=sys.stderr, flush=True)
