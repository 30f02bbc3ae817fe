"""Guard a page that is served to a browser on this machine: an access key, a strict policy, our own scripts alone."""

import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.common.text import NOT_IN_XML
from graph.review.claims_file import ReviewError

STATIC = Path(__file__).parent / "static"
COOKIE = "motegraf-review"
MAX_BODY = 20_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Access:
    """The access key of a page, and the hosts that it answers to; an application has it as ``state.access``."""

    key: str
    hosts: frozenset[str]


def new_key() -> str:
    """Return an access key that nobody can guess."""
    return secrets.token_urlsafe(24)


class OwnHeaders:
    """Middleware: every answer has our headers, that of an address which nothing is served at too."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application whose answers get the headers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def guarded(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint that answers only this machine's names, and only who has the access key."""

    async def checked(request: Request) -> Response:
        access: Access = request.app.state.access
        if request.headers.get("host", "").lower() not in access.hosts:
            return _refused("this address is not served here", 421)
        origin = request.headers.get("origin")
        if origin and origin.lower() not in {f"http://{host}" for host in access.hosts}:
            return _refused("another site may not ask this", 403)
        given = request.query_params.get("key") or request.cookies.get(_cookie(request), "")
        if not hmac.compare_digest(given.encode(), access.key.encode()):
            return _refused("open the address that motegraf review printed; it has the key", 403)
        return await endpoint(request)

    return checked


def _cookie(request: Request) -> str:
    """Return the name of the cookie: browsers send one to every port of a host, and two reviews may run at once."""
    return f"{COOKIE}-{request.headers.get('host', '').rpartition(':')[2]}"


def _refused(message: str, status: int) -> Response:
    return PlainTextResponse(f"{message}\n", status)


def start_page(request: Request, file: str) -> Response:
    """Return a page; the key in its address becomes a cookie, so that it stands in no history."""
    if "key" in request.query_params:
        rest = "&".join(f"{name}={value}" for name, value in request.query_params.items() if name in ("page", "lang"))
        response = RedirectResponse(f"/?{rest}" if rest else "/", 303)
        response.set_cookie(_cookie(request), request.app.state.access.key, httponly=True, samesite="strict")
        return response
    return static_file(file)


def static_file(name: str) -> Response:
    """Return a script, a style or a page of ours."""
    return Response(_file(name), media_type=f"{_TYPES[Path(name).suffix]}; charset=utf-8")


@cache
def _file(name: str) -> bytes:
    return (STATIC / name).read_bytes()


async def read_decision(request: Request) -> dict[str, Any] | Response:
    """Return what a request asks for, an object in JSON; or an answer that refuses it. Raise ReviewError."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return PlainTextResponse("a decision is sent as application/json\n", 415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return PlainTextResponse(f"a decision has {MAX_BODY:,} bytes at most\n", 413)
    asked = parse_json(body)
    if not isinstance(asked, dict):
        raise ReviewError("a decision is an object")
    return asked


def parse_json(text: bytes | str) -> Any:
    """Return JSON as a value. Raise ReviewError where it is none, or has characters that no file of ours may have."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReviewError("this is no JSON") from error
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | dict):
            waiting += each if isinstance(each, list) else each.values()
        elif isinstance(each, str) and (match := NOT_IN_XML.search(each)):
            raise ReviewError(f"the character U+{ord(match[0]):04X} cannot stand in a claim")
    return value


def request_language(request: Request) -> str:
    """Return the language of the interface that a request asks for, nb or en."""
    return "en" if request.query_params.get("lang") == "en" else "nb"


def internal_error(request: Request, error: Exception) -> Response:
    """Return the answer to a fault of ours; it is made outside of the middleware, when all else has failed."""
    return PlainTextResponse("the review failed here; the terminal says where\n", 500, _HEADERS)
