"""Manners: what holds for every request and every answer: hosts, methods, headers, one line of log.

A line says when, what was done, with which status, how much and how long. It has no address of a client, no path, whose
words may be a person's, and no query unless somebody has asked for queries.
"""

import sys
import time
import traceback
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.server.limits import MOST_OF_HEADER, MOST_PARAMETERS

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# What takes queries in its address.
_ASKED = ("/sparql", "/graphs")
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Anybody may read, from any page; nobody is known here by a cookie.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-SPARQL-MaxRows, X-Motegraf-Cut, Retry-After",
}
_UNLESS_SAID = [
    (name.lower().encode(), value.encode()) for name, value in (_HEADERS | {"Content-Security-Policy": CLOSED}).items()
]
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}


def with_manners(app: ASGIApp, names: frozenset[str], most: int, log_queries: bool) -> ASGIApp:
    """The application behind all that; ``names`` are the hosts that it answers to, or none where it answers to all, and
    ``most`` are the bytes that may stand before a body."""

    async def polite(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        start, sent = time.monotonic(), {"status": 0, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                own = {name for name, _ in message["headers"]}
                message["headers"] += [header for header in _UNLESS_SAID if header[0] not in own]
            else:
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        refused = _refused(scope, names, most)
        try:
            await (refused or app)(scope, receive, sending)
        except Exception as error:
            # The place, and not the words, which may be of the request.
            places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
            print(f"{type(error).__name__} at {', '.join(places)}", file=sys.stderr, flush=True)
            if sent["status"]:
                raise
            await PlainTextResponse("something is wrong with this server\n", 500)(scope, receive, sending)
        finally:
            _log(scope, sent, time.monotonic() - start, log_queries)

    return polite


def _refused(scope: Scope, names: frozenset[str], most: int) -> Response | None:
    """The answer to what goes no further, or None."""
    size = len(scope["raw_path"]) + len(scope["query_string"])
    if size + sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > most:
        return PlainTextResponse(f"the first line and the headers of a request have no more than {most:,} bytes\n", 431)
    if any(len(value) > MOST_OF_HEADER for _, value in scope["headers"]):
        return PlainTextResponse(f"a header has no more than {MOST_OF_HEADER:,} bytes\n", 431)
    if len(scope["raw_path"]) > MOST_OF_HEADER or (scope["path"] not in _ASKED and size > MOST_OF_HEADER):
        return PlainTextResponse(f"an address without a query has no more than {MOST_OF_HEADER:,} bytes\n", 414)
    if scope["query_string"].count(b"&") >= MOST_PARAMETERS:
        return PlainTextResponse(f"a request has no more than {MOST_PARAMETERS} parameters\n", 413)
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers and "content-length" in headers:
        # A server before this one may have read another body.
        words = "a body has a length, or is in chunks\n"
        return PlainTextResponse(words, 400, {"Connection": "close"})
    if names and _host(headers.get("host", "")) not in names:
        return PlainTextResponse("this server does not go by that name\n", 421)
    if scope["method"] not in METHODS:
        return PlainTextResponse("this server is read-only\n", 405, {"Allow": ", ".join(METHODS)})
    if headers.get("content-encoding", "identity").lower() != "identity":
        return PlainTextResponse("a body is sent as it is, not compressed\n", 415, {"Accept-Encoding": "identity"})
    return Response(status_code=204, headers=_PREFLIGHT) if scope["method"] == "OPTIONS" else None


def _host(header: str) -> str | None:
    """The name in a Host header, without its port; None where it is none."""
    try:
        split = urlsplit(f"//{header}")
        _ = split.port
    except ValueError:
        return None
    return split.hostname if split.netloc == header and not split.username and not split.path else None


def _log(scope: Scope, sent: dict[str, int], seconds: float, log_queries: bool) -> None:
    method = scope["method"] if scope["method"] in METHODS else "other"
    route = scope.get("endpoint")
    did = getattr(route, "__name__", "-")
    state = scope.get("state", {})
    query = f" {state['query']!r}" if log_queries and "query" in state else ""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    line = f"{at} {method} {did} {sent['status'] or 'left'} {sent['bytes']} B {seconds * 1000:.0f} ms{query}"
    print(line, file=sys.stderr, flush=True)
