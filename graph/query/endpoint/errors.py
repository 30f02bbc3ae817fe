"""Errors of endpoints, in a sentence for the person who asked: what happened, and what to do."""

import html
import re
import socket
import ssl
from http.client import HTTPException
from urllib.error import URLError

from graph.query.endpoint.credentials import Credentials, searched_sources
from graph.query.endpoint.urls import EndpointUrl
from graph.query.results import InvalidQueryError, QueryError

# The longest part of a server's own text that is printed.
MAX_SERVER_TEXT = 400
# What begins markup: of the elements and comments whose words nobody sees, and of tags.
_BEGINS = re.compile(r"<(?:((?:script|style|head)\b|!--)|[a-z/!?])", re.IGNORECASE | re.ASCII)
_TAG = re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE | re.ASCII)
_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE | re.ASCII) for name in ("script", "style", "head")}
_ENDS["!--"] = re.compile("-->")
# Python reads no number of so many figures, and no character has one.
_HUGE_REFERENCE = re.compile(r"&#[0-9]{8,};?")
NO_PROXY = "the proxy that the environment names is no address; look at http_proxy and https_proxy"
# By OpenSSL's number of the fault.
_UNKNOWN = "its certificate is signed by somebody unknown here; if you trust them, name theirs in SSL_CERT_FILE"
_CERTIFICATES = {
    10: "its certificate has expired",
    18: "its certificate is signed by itself and by nobody else; if you trust it, name its file in SSL_CERT_FILE",
    19: _UNKNOWN,
    20: _UNKNOWN,
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}


def connection_error(error: Exception, address: EndpointUrl, proxy: str | None, timeout: float) -> QueryError:
    """Return the error of a server that could not be reached, or that broke off."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    way = f" through the proxy {proxy}" if proxy else ""
    match reason:
        case TimeoutError():
            return timeout_error(address, timeout)
        case socket.gaierror():
            name = f"the proxy {proxy}" if proxy else address.host
            return QueryError(f"no address is known for {name}; is it spelt right, and is this machine on the net?")
        case ConnectionRefusedError():
            return QueryError(f"nothing listens at {address.host}, port {address.port}{way}; is the server running?")
        case ssl.SSLCertVerificationError():
            what = _CERTIFICATES.get(reason.verify_code, f"its certificate is not accepted: {reason.verify_message}")
            return QueryError(f"{address.host} cannot be trusted: {what}")
        case ssl.SSLError():
            return QueryError(
                f"no secure connection to {address.host}, port {address.port}: {reason.reason or 'it broke off'}; "
                "does the server speak http:// there?"
            )
        case ConnectionError():
            return QueryError(f"{address} broke off before it answered{way}")
        case ValueError():
            return QueryError(NO_PROXY)
        case HTTPException():
            return QueryError(f"{address} answers{way}, but not as a web server does; is host and port right?")
        case OSError() if proxy:
            return QueryError(f"the proxy {proxy} does not let us through to {address.host}: {plain_text(str(reason))}")
    return QueryError(f"{address} cannot be reached: {plain_text(str(reason))}")


def timeout_error(address: EndpointUrl, timeout: float) -> QueryError:
    """Return the error of an answer that took longer than the limit."""
    return QueryError(f"no whole answer from {address} within {timeout:g} s; --timeout waits longer")


def status_error(
    status: int, detail: str, address: EndpointUrl, credentials: Credentials | None, proxy: str | None
) -> QueryError:
    """Return the error of an HTTP status other than 200. ``detail`` is the server's own text."""
    suffix = f": {detail}" if detail else ""
    match status:
        case 400:
            return InvalidQueryError(f"{address} does not understand the query{suffix}")
        case 401 | 403 if credentials:
            return QueryError(f"{address} does not accept the credentials of {credentials.source} ({status}){suffix}")
        case 401:
            return QueryError(
                f"{address} requires credentials (401), and none were found: looked in "
                f"{searched_sources(address)}{suffix}"
            )
        case 403:
            return QueryError(
                f"{address} does not let this be done (403){suffix}; no credentials were sent: looked in "
                f"{searched_sources(address)}"
            )
        case 404 | 410:
            return QueryError(
                f"there is nothing at {address} ({status}); is this the address for queries? It often ends in /sparql "
                "or /query"
            )
        case 407:
            return QueryError(f"the proxy {proxy or 'in between'} requires credentials (407){suffix}")
        case 429:
            return QueryError(f"{address} has had too many questions (429), and asks for a longer pause{suffix}")
        case 502 | 503 | 504:
            where = f"{address} or the proxy {proxy}" if proxy else f"{address}"
            return QueryError(f"{where} cannot answer at present ({status}){suffix}")
    return QueryError(f"{address} answered with status {status}{suffix}")


def plain_text(text: str) -> str:
    """Return somebody else's text on one line, shortened, without markup, colours and control characters."""
    text = re.sub(r"\x1b(\[[0-9:;<=>?]*[ -/]*[@-~])?", "", text)
    plain = _HUGE_REFERENCE.sub(" ", _without_markup(text))
    plain = "".join(letter if letter.isprintable() else " " for letter in html.unescape(plain))
    folded = " ".join(plain.split())
    return folded if len(folded) <= MAX_SERVER_TEXT else f"{folded[: MAX_SERVER_TEXT - 1].rstrip()}…"


def _without_markup(text: str) -> str:
    """Return a text without tags, comments, scripts and styles, in time that grows with its length alone."""
    parts: list[str] = []
    # Of what has no end after one place, none is looked for after a later one.
    endless: set[str] = set()
    position = 0
    while match := _BEGINS.search(text, position):
        kind = (match[1] or "").lower()
        end = _ENDS[kind].search(text, match.end()) if kind and kind not in endless else None
        if kind and end is None:
            endless.add(kind)
        end = end or _TAG.match(text, match.start())
        parts += (text[position : match.start()], " " if end else match[0])
        position = (end or match).end()
    return "".join((*parts, text[position:]))
