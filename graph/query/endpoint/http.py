"""An exchange: a query is sent to an endpoint, as often as it must be, until an answer comes.

SPARQLWrapper makes the requests. It would send them by the opener that the whole process shares, which follows a
redirect to any host with query and credentials, opens ``file:`` addresses and waits for ever between two bytes; so they
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

# Servers and proxies must take addresses of 8,000 octets (RFC 9110, section 4.1); some stop at 2,048.
MAX_URL_LENGTH = 2_000
MAX_REDIRECTS, MAX_TRIES, MAX_PAUSE_SECONDS = 5, 4, 60.0
# The three ways to send a query (SPARQL 1.1 Protocol, section 2.1).
GET, FORM, PLAIN = "GET", "urlencoded", "postdirectly"
# What SPARQLWrapper calls every request that changes something.
UPDATE = "INSERT"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask, as whom, how many seconds for each answer, and who is told about pauses."""

    address: EndpointUrl
    credentials: Credentials | None = None
    timeout: float = 60.0
    say: Callable[[str], None] = lambda _: None


def send_query(query: str, form: str, accept: str, endpoint: Endpoint) -> Response:
    """The answer to a query; Unanswered with the reason where there is none. It is sent to this server and no other."""
    address = endpoint.address
    wrapper = _wrapper(query, form, accept, endpoint)
    ways = _ways(wrapper, form)
    redirects, tries, paused = 0, 1, 0.0
    while True:
        until = time.monotonic() + endpoint.timeout
        proxy = _proxy(address)
        with closing(_opened(_request(wrapper, ways[0]), address, proxy, endpoint.timeout)) as response:
            status = response.status
            if status == 200 or (status == 204 and form == UPDATE):
                return read_response(response, address, until, endpoint.timeout)
            said = read_error_text(response, until)
            if status == 401 and response.headers.get("WWW-Authenticate", "").lower().startswith("digest"):
                said = "it wants them by Digest, which is not spoken here"
            location, retry_after = response.headers.get("Location"), response.headers.get("Retry-After")
        if status in (301, 302, 303, 307, 308) and location:
            redirects += 1
            address = _next(address, location, redirects)
            _direct(wrapper, address)
        elif status in (405, 413, 414, 415) and len(ways) > 1:
            ways = ways[1:]
        elif status in (429, 503) and tries < MAX_TRIES:
            pause = _pause(retry_after, tries)
            if paused + pause > MAX_PAUSE_SECONDS:
                raise QueryError(f"{address} asks for a pause of {pause:g} s ({status}), longer than is waited here")
            endpoint.say(f"asking {address} again in {pause:g} s ({status})")
            time.sleep(pause)
            tries, paused = tries + 1, paused + pause
        else:
            raise status_error(status, said, address, endpoint.credentials, proxy)


def send_update(update: str, endpoint: Endpoint) -> None:
    """What the update asks for is done there; Unanswered with the reason where it is not, or where that is unknown."""
    send_query(update, UPDATE, "*/*", endpoint)


def _ways(wrapper: "SPARQLWrapper", form: str) -> list[str]:
    """The ways in which to send, the first that is understood is taken: updates go by POST alone."""
    if form == UPDATE:
        return [PLAIN, FORM]
    fits = len(wrapper.endpoint) + len(_encoded(wrapper)) < MAX_URL_LENGTH
    return [GET, FORM, PLAIN] if fits else [FORM, PLAIN, GET]


def _wrapper(query: str, form: str, accept: str, endpoint: Endpoint) -> "SPARQLWrapper":
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(endpoint.address.url, agent="motegraf")
    _direct(wrapper, endpoint.address)
    # Not by setQuery: it guesses the form by a pattern that takes words of comments and prefixes for it.
    wrapper.queryString, wrapper.queryType = query, form
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    if endpoint.credentials:
        wrapper.addCustomHttpHeader("Authorization", endpoint.credentials.header)
    return wrapper


def _direct(wrapper: "SPARQLWrapper", address: EndpointUrl) -> None:
    """It asks at this address from now on."""
    wrapper.endpoint = wrapper.updateEndpoint = address.url
    wrapper.parameters = {}
    for key, value in address.parameters:
        wrapper.addParameter(key, value)


def _encoded(wrapper: "SPARQLWrapper") -> str:
    return wrapper._getRequestEncodedParameters(("query", wrapper.queryString))


def _request(wrapper: "SPARQLWrapper", way: str) -> urllib.request.Request:
    wrapper.setMethod("GET" if way == GET else "POST")
    wrapper.setRequestMethod(FORM if way == GET else way)
    return wrapper._createRequest()


def _proxy(address: EndpointUrl) -> str | None:
    """Host and port of the proxy that the environment names for this address; none to this machine itself.

    Unanswered where what it names is none.
    """
    named = urllib.request.getproxies().get(address.scheme)
    if not named or is_loopback(address) or urllib.request.proxy_bypass(f"{address.host}:{address.port}"):
        return None
    try:
        split = urlsplit(named if "//" in named else f"//{named}")
        # A number of a port that is none is a ValueError too, a name that is none a UnicodeError, which is one.
        host, port = (split.hostname or "").encode("idna").decode("ascii"), split.port
    except ValueError:
        raise QueryError(NO_PROXY) from None
    if not re.fullmatch(r"[\w.\-]+|[\da-f:.]+", host):
        raise QueryError(NO_PROXY)
    return (f"[{host}]" if ":" in host else host) + ("" if port is None else f":{port}")


def _opened(request: urllib.request.Request, address: EndpointUrl, proxy: str | None, timeout: float) -> HTTPResponse:
    """The server's answer, whatever its status. Nothing but http and https is spoken, and no redirect is followed."""
    opener = urllib.request.OpenerDirector()
    if proxy:
        opener.add_handler(urllib.request.ProxyHandler())
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler())
    try:
        response: HTTPResponse = opener.open(request, timeout=timeout)
    except (OSError, HTTPException, ValueError) as error:
        # Not "from error": what it holds is not for everybody's eyes.
        raise connection_error(error, address, proxy, timeout) from None
    return response


def _next(address: EndpointUrl, location: str, redirects: int) -> EndpointUrl:
    if redirects > MAX_REDIRECTS:
        raise QueryError(f"{address} sends us on and on; nothing answers in the end")
    try:
        new = redirect_target(address, location)
    except ValueError:
        raise QueryError(f"{address} sends us on to an address that is none") from None
    if new is None:
        raise QueryError(
            f"{address} sends us on to {_shown(location)}; no query goes to another server by itself: ask there if you "
            "trust it"
        )
    return new


def _shown(location: str) -> str:
    """An address without user, password and parameters."""
    split = urlsplit(location)
    place = split.netloc.rpartition("@")[2]
    return plain_text(f"{split.scheme}://{place}{split.path}" if place else "another kind of address")


def _pause(retry_after: str | None, tries: int) -> float:
    """Seconds: as many as the server asks for (RFC 9110, section 10.2.3: a number or a date), or 1, 2, 4."""
    if retry_after is None:
        return float(2 ** (tries - 1))
    if re.fullmatch(r"[0-9]+", retry_after.strip()):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return float(2 ** (tries - 1))
