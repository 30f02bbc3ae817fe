"""URLs of endpoints, taken apart so that secrets in them stay apart from what is printed."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from graph.common.text import is_valid_unicode
from graph.query.results import InvalidQueryError

PORTS = {"http": 80, "https": 443}
# What the SPARQL protocol (section 2.1) calls its own parameters.
_QUERY = ("query", "update")
DATASET = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class EndpointUrl:
    """The parts of an endpoint's URL. ``url`` has no user, password, parameters or fragment: it can be printed.

    ``parameters`` are sent with every query, ``user`` is a name with a password; both may be secrets, and are never
    printed.
    """

    url: str
    scheme: str
    host: str
    port: int
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    user: tuple[str, str] | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.url


def parse_endpoint_url(text: str) -> EndpointUrl:
    """Return the parts of a URL that a user gave.

    Raise InvalidQueryError, without repeating it, where it is malformed.
    """
    if not text.strip().lower().startswith(("http://", "https://")):
        raise InvalidQueryError("the address of an endpoint begins with http:// or https://")
    try:
        split = urlsplit(text.strip())
        host, port = split.hostname, split.port
        name = "" if host is None else host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        raise InvalidQueryError("the address of this endpoint is no address: look at its host and port") from None
    if (
        not name
        or not is_valid_unicode(text)
        or any(letter <= " " or letter in '<>"\\^`{|}\x7f' for letter in text.strip())
    ):
        raise InvalidQueryError(
            "the address of this endpoint is no address: look for a missing host, spaces and quotation marks"
        )
    parameters = tuple(parse_qsl(split.query, keep_blank_values=True))
    if any(key in _QUERY for key, _ in parameters):
        raise InvalidQueryError("the address of this endpoint has a query in it; give what stands before ?query=")
    authority = (f"[{name}]" if ":" in name else name) + ("" if port is None else f":{port}")
    path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._")
    user = None if split.username is None else (unquote(split.username), unquote(split.password or ""))
    return EndpointUrl(
        url=f"{split.scheme}://{authority}{path}",
        scheme=split.scheme,
        host=name,
        port=PORTS[split.scheme] if port is None else port,
        parameters=parameters,
        user=user,
    )


def has_dataset_parameter(address: EndpointUrl) -> bool:
    """Return whether the URL itself says which graphs are queried."""
    return any(key in DATASET for key, _ in address.parameters)


def is_loopback(address: EndpointUrl) -> bool:
    """Return whether the URL is one of this machine."""
    try:
        return ip_address(address.host).is_loopback
    except ValueError:
        return address.host == "localhost"


def redirect_target(address: EndpointUrl, location: str) -> EndpointUrl | None:
    """Return the URL that a server redirects to; None where that is another server.

    The same host over https is the same server. Parts of the query that the server repeats are dropped.
    """
    target = urlsplit(urljoin(address.url, location))
    parameters = "&".join(part for part in target.query.split("&") if part.partition("=")[0] not in (*_QUERY, *DATASET))
    try:
        url = parse_endpoint_url(target._replace(query=parameters, fragment="").geturl())
    except InvalidQueryError:
        return None
    upgraded = (address.scheme, url.scheme) == ("http", "https") and (address.port, url.port) == (80, 443)
    if url.host != address.host or not (upgraded or (url.scheme, url.port) == (address.scheme, address.port)):
        return None
    original = [pair for pair in address.parameters if pair not in url.parameters]
    return EndpointUrl(url.url, url.scheme, url.host, url.port, (*original, *url.parameters), address.user)
