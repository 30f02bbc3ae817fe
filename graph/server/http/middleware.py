"""Middleware: what holds for every request and every answer: hosts, methods, headers, unread bodies, who observes it.

Each request has an id, which its answer names: whoever reports an error can be helped by it, and it says nothing of
him. A trusted proxy may have given it one already.
"""

import asyncio
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.server.http.connection import STATE_KEY, LimitedConnection, client_of
from graph.server.http.rounds import Rounds
from graph.server.limits import MAX_HEADER_LINE, MAX_PARAMETERS
from graph.server.operation.exchange import METHODS, Exchange
from graph.server.operation.proxy import TrustedProxies

# These paths take queries in the address.
_QUERY_PATHS = ("/sparql", "/sparql/", "/graphs", "/graphs/", "/search", "/search/", "/reconcile", "/reconcile/")
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
    "Access-Control-Expose-Headers": "ETag, Link, X-SPARQL-MaxRows, X-Motegraf-Cut, Retry-After, X-Request-ID",
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
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOGGER = logging.getLogger(__name__)


def with_middleware(
    app: ASGIApp,
    hosts: frozenset[str],
    max_header_bytes: int,
    observers: Sequence[Callable[[Exchange], None]] = (),
    proxies: TrustedProxies | None = None,
) -> ASGIApp:
    """Return the application behind the middleware.

    ``hosts`` are the names that it answers to; all where empty. ``observers`` are told of every request when it is
    answered. What ``proxies`` say about their clients is believed.
    """
    hosts = frozenset(map(_normalize_host, hosts))
    proxies, rounds = proxies or TrustedProxies(), Rounds()

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        connection: LimitedConnection = scope["state"][STATE_KEY]
        start, exchange = time.monotonic(), Exchange(scope, _request_id(scope, proxies))
        _set_client(scope, proxies)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if connection.body_missing():
                    await _drain(receive, connection)
                exchange.status = message["status"]
                connection.start_response()
                own = {name for name, _ in message["headers"]}
                own |= {b"x-frame-options"} if _may_be_framed(message["headers"]) else set()
                message["headers"] += [header for header in _DEFAULT_HEADERS if header[0] not in own]
                message["headers"].append((b"x-request-id", exchange.request_id.encode()))
                if connection.body_missing() and b"connection" not in own:
                    message["headers"].append((b"connection", b"close"))
                connection.hold()
                await send(message)
            else:
                exchange.size += len(message.get("body", b""))
                await send(message)
                connection.send_held()

        connection.begin()
        try:
            await rounds.wait(client_of(scope["client"]))
            await (_check(scope, hosts, max_header_bytes) or app)(scope, receive, send_with_headers)
        except Exception as error:
            # The position, and not the words, which may be of the request.
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
            _LOGGER.error("%s at %s (request %s)", type(error).__name__, ", ".join(frames), exchange.request_id)
            if exchange.status:
                raise
            response = PlainTextResponse("something is wrong with this server\n", 500)
            await response(scope, receive, send_with_headers)
        finally:
            connection.end()
            exchange.seconds = time.monotonic() - start
            for observe in observers:
                observe(exchange)

    return handle


def _request_id(scope: Scope, proxies: TrustedProxies) -> str:
    """Return the id that a trusted proxy has given to a request, or a new one."""
    if scope["client"] and proxies.trusts(scope["client"][0]):
        given = Headers(scope=scope).get("x-request-id", "")
        if _REQUEST_ID.fullmatch(given):
            return given
    return secrets.token_hex(8)


def _set_client(scope: Scope, proxies: TrustedProxies) -> None:
    """Let the client be the one for whom a trusted proxy asks: limits of clients hold for it, not for the proxy."""
    client = proxies.client(scope)
    if client is not None:
        scope["client"] = (client, 0)


def _may_be_framed(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Return whether the policy of an answer lets other sites frame it; the older header cannot say so."""
    return any(name == b"content-security-policy" and value.endswith(b"frame-ancestors *") for name, value in headers)


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
        return PlainTextResponse("this server does not answer to that name; --name adds one\n", 421)
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
