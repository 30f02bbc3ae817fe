"""Errors as pages where a browser asks, in its language; as a line of text for all others."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.model.labels import Label
from graph.server.errors import RequestError
from graph.server.html.layout import render_page
from graph.server.html.page import page_of
from graph.server.negotiation import negotiate
from graph.server.policy import PAGE_POLICY
from graph.server.views.pages import page_request

# A client that accepts anything gets text: it is a program.
_OFFERED = {"text/plain": "text", "text/html": "html"}
_TITLES = {
    400: Label("Forespørselen kunne ikke leses", "The request cannot be read"),
    403: Label("Dette gjør serveren ikke", "The server does not do this"),
    404: Label("Fant ikke siden", "This page was not found"),
    405: Label("Adressen tar ikke imot dette", "This address takes no such request"),
    406: Label("Finnes ikke i dette formatet", "Not available in this format"),
    408: Label("Det tok for lang tid", "It took too long"),
    413: Label("Forespørselen er for stor", "The request is too large"),
    415: Label("Formatet kan ikke leses", "The format cannot be read"),
    429: Label("For mange forespørsler på en gang", "Too many requests at once"),
    503: Label("Serveren er opptatt", "The server is busy"),
}
_TEXTS = {
    "other": Label("Dette gikk ikke", "This did not work"),
    "message": Label("Serveren sier (på engelsk):", "The server says:"),
    "ways": Label("Veier videre", "Ways on"),
    "front": Label("Forsiden", "Front page"),
    "query": Label("Spør i SPARQL", "Ask in SPARQL"),
    "ask": Label("Ferdige spørsmål", "Ready questions"),
    "contact": Label("Meld feil", "Report an error"),
}
# What is longer is not shown on a page.
_MAX_LETTERS = 2_000


def request_error(request: Request, error: Exception) -> Response:
    """Return the answer to a request that cannot be answered otherwise."""
    assert isinstance(error, RequestError)
    return _response(request, error.status, error.message, {"Cache-Control": "no-store", **error.headers})


def http_error(request: Request, error: Exception) -> Response:
    """Return the answer where the router finds no route, or one that does not take the method."""
    assert isinstance(error, HTTPException)
    message = error.detail
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = "this address takes no such request; the server is read-only"
        message += "; queries are sent to /sparql" if request.method == "POST" else ""
    return _response(request, error.status_code, message, dict(error.headers or {}))


def _response(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    """Return an error as text, in which nothing is markup, or as a page."""
    headers["Vary"] = "Accept, Accept-Language"
    accept = request.headers.get("accept")
    is_loaded = getattr(request.app.state, "current", None) is not None
    if accept is None or not is_loaded or negotiate(accept, _OFFERED) != "html":
        return PlainTextResponse(f"{message}\n", status, headers)
    asked = page_request(request)
    page = page_of(asked, "", indexed=False)
    page = page.titled(page.text(_TITLES.get(status, _TEXTS["other"])))
    body = render_page("error.html", message[:_MAX_LETTERS], page, texts=_TEXTS, status=status)
    own = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": PAGE_POLICY}
    return Response(body, status, headers | own)
