"""Send a query to an endpoint over HTTP, again where the server asks for it, until an answer comes.

SPARQLWrapper builds the requests. It would send them by the opener that the whole process shares, which follows a
redirect to any host with query and credentials, opens ``file:`` URLs and waits without limit between two bytes; so they
are sent here.
"""

import re
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.query.endpoint.credentials import Credentials
from graph.query.endpoint.errors import NO_PROXY, connection_error, plain_text, status_error
from graph.query.endpoint.response import Response, read_error_text, read_response
from graph.query.endpoint.urls import EndpointUrl, is_loopback, redirect_target
from graph.query.results import QueryError

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

# Servers and proxies must accept URLs of 8,000 octets (RFC 9110, section 4.1); some stop at 2,048.
MAX_URL_LENGTH = 2_000
MAX_REDIRECTS, MAX_TRIES, MAX_PAUSE_SECONDS = 5, 4, 60.0
# The three ways to send a query (SPARQL 1.1 Protocol, section 2.1).
GET, FORM, PLAIN = "GET", "urlencoded", "postdirectly"
# What SPARQLWrapper calls every request that changes something.
UPDATE = "INSERT"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to send queries, with which credentials, and the limit of seconds for each answer.

    ``notify`` is called with a sentence about each pause.
    """

    address: EndpointUrl
    credentials: Credentials | None = None
    timeout: float = 60.0
    notify: Callable[[str], None] = lambda _: None


def send_query(query: str, form: str, accept: str, endpoint: Endpoint) -> Response:
    """Return the response to a query, from this server and no other. Raise QueryError where none comes."""
    address = endpoint.address
    wrapper = _wrapper(query, form, accept, endpoint)
    methods = _methods(wrapper, form)
    redirects, tries, paused = 0, 1, 0.0
    while True:
        deadline = time.monotonic() + endpoint.timeout
        proxy = proxy_of(address)
        with closing(open_url(_request(wrapper, methods[0]), address, proxy, endpoint.timeout)) as response:
            status = response.status
            if status == 200 or (status == 204 and form == UPDATE):
                return read_response(response, address, deadline, endpoint.timeout)
            detail = read_error_text(response, deadline)
            if status == 401 and response.headers.get("WWW-Authenticate", "").lower().startswith("digest"):
                detail = "it requires Digest authentication, which is not supported"
            location, retry_after = response.headers.get("Location"), response.headers.get("Retry-After")
        if status in (301, 302, 303, 307, 308) and location:
            redirects += 1
            address = _follow_redirect(address, location, redirects)
            _set_url(wrapper, address)
        elif status in (405, 413, 414, 415) and len(methods) > 1:
            methods = methods[1:]
        elif status in (429, 503) and tries < MAX_TRIES:
            pause = pause_seconds(retry_after, tries)
            if paused + pause > MAX_PAUSE_SECONDS:
                raise QueryError(f"{address} asks for a pause of {pause:g} s ({status}), longer than is waited here")
            endpoint.notify(f"asking {address} again in {pause:g} s ({status})")
            time.sleep(pause)
            tries, paused = tries + 1, paused + pause
        else:
            raise status_error(status, detail, address, endpoint.credentials, proxy)


def send_update(update: str, endpoint: Endpoint) -> None:
    """Have the endpoint execute an update. Raise QueryError where it fails or its outcome is unknown."""
    send_query(update, UPDATE, "*/*", endpoint)


def _methods(wrapper: "SPARQLWrapper", form: str) -> list[str]:
    """Return the methods by which to send, in order of preference; updates go by POST alone."""
    if form == UPDATE:
        return [PLAIN, FORM]
    fits = len(wrapper.endpoint) + len(_encoded(wrapper)) < MAX_URL_LENGTH
    return [GET, FORM, PLAIN] if fits else [FORM, PLAIN, GET]


def _wrapper(query: str, form: str, accept: str, endpoint: Endpoint) -> "SPARQLWrapper":
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(endpoint.address.url, agent="motegraf")
    _set_url(wrapper, endpoint.address)
    # Not by setQuery: it guesses the form by a pattern that also matches words in comments and prefixes.
    wrapper.queryString, wrapper.queryType = query, form
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    if endpoint.credentials:
        wrapper.addCustomHttpHeader("Authorization", endpoint.credentials.header)
    return wrapper


def _set_url(wrapper: "SPARQLWrapper", address: EndpointUrl) -> None:
    """Point the wrapper to this URL."""
    wrapper.endpoint = wrapper.updateEndpoint = address.url
    wrapper.parameters = {}
    for key, value in address.parameters:
        wrapper.addParameter(key, value)


def _encoded(wrapper: "SPARQLWrapper") -> str:
    return wrapper._getRequestEncodedParameters(("query", wrapper.queryString))


def _request(wrapper: "SPARQLWrapper", method: str) -> urllib.request.Request:
    wrapper.setMethod("GET" if method == GET else "POST")
    wrapper.setRequestMethod(FORM if method == GET else method)
    return wrapper._createRequest()


def proxy_of(address: EndpointUrl) -> str | None:
    """Return host and port of the proxy that the environment names for this URL; None for this machine itself.

    Raise QueryError where the proxy's address is malformed.
    """
    proxy = urllib.request.getproxies().get(address.scheme)
    if not proxy or is_loopback(address) or urllib.request.proxy_bypass(f"{address.host}:{address.port}"):
        return None
    try:
        split = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        # A malformed port is a ValueError, a malformed name a UnicodeError, which is one too.
        host, port = (split.hostname or "").encode("idna").decode("ascii"), split.port
    except ValueError:
        raise QueryError(NO_PROXY) from None
    if not re.fullmatch(r"[\w.\-]+|[\da-f:.]+", host):
        raise QueryError(NO_PROXY)
    return (f"[{host}]" if ":" in host else host) + ("" if port is None else f":{port}")


def open_url(request: urllib.request.Request, address: EndpointUrl, proxy: str | None, timeout: float) -> HTTPResponse:
    """Return the server's response, whatever its status. Only http and https are spoken; no redirect is followed."""
    opener = urllib.request.OpenerDirector()
    if proxy:
        opener.add_handler(urllib.request.ProxyHandler())
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler())
    try:
        response: HTTPResponse = opener.open(request, timeout=timeout)
    except (OSError, HTTPException, ValueError) as error:
        # Not "from error": it can hold credentials.
        raise connection_error(error, address, proxy, timeout) from None
    return response


def _follow_redirect(address: EndpointUrl, location: str, redirects: int) -> EndpointUrl:
    if redirects > MAX_REDIRECTS:
        raise QueryError(f"{address} redirects more than {MAX_REDIRECTS} times; no answer comes")
    try:
        target = redirect_target(address, location)
    except ValueError:
        raise QueryError(f"{address} redirects to a malformed address") from None
    if target is None:
        raise QueryError(
            f"{address} redirects to {_redacted(location)}, which is another server; no query goes there by itself: "
            "ask there if you trust it"
        )
    return target


def _redacted(location: str) -> str:
    """Return a URL without user, password and parameters."""
    split = urlsplit(location)
    authority = split.netloc.rpartition("@")[2]
    return plain_text(f"{split.scheme}://{authority}{split.path}" if authority else "another kind of address")


def pause_seconds(retry_after: str | None, tries: int) -> float:
    """Return seconds to wait: those the server asks for (RFC 9110, section 10.2.3: a number or a date), or 1, 2, 4."""
    if retry_after is None:
        return float(2 ** (tries - 1))
    if re.fullmatch(r"[0-9]+", retry_after.strip()):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return float(2 ** (tries - 1))
