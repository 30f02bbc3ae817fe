"""Addresses: of endpoints, taken apart, so that what must not be seen stays apart from what is shown."""

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
    """Where to ask. ``url`` has no user, password, parameters or fragment: it can be shown to anybody.

    ``parameters`` are sent with every query, and ``user`` says who asks; both may be secrets, and are never shown.
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
    """The address that somebody typed; Misasked where nothing can be asked at it. The message never repeats it."""
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
    place = (f"[{name}]" if ":" in name else name) + ("" if port is None else f":{port}")
    path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._")
    user = None if split.username is None else (unquote(split.username), unquote(split.password or ""))
    return EndpointUrl(
        url=f"{split.scheme}://{place}{path}",
        scheme=split.scheme,
        host=name,
        port=PORTS[split.scheme] if port is None else port,
        parameters=parameters,
        user=user,
    )


def has_dataset_parameter(address: EndpointUrl) -> bool:
    """The address itself says which graphs are asked."""
    return any(key in DATASET for key, _ in address.parameters)


def is_loopback(address: EndpointUrl) -> bool:
    """What is sent there does not leave this machine."""
    try:
        return ip_address(address.host).is_loopback
    except ValueError:
        return address.host == "localhost"


def redirect_target(address: EndpointUrl, location: str) -> EndpointUrl | None:
    """Where a server sends us on to; None where that is another server, which nobody has chosen to ask.

    The same host over https is the same server. What the server repeats of the query is not kept.
    """
    target = urlsplit(urljoin(address.url, location))
    kept = "&".join(part for part in target.query.split("&") if part.partition("=")[0] not in (*_QUERY, *DATASET))
    try:
        new = parse_endpoint_url(target._replace(query=kept, fragment="").geturl())
    except InvalidQueryError:
        return None
    upgraded = (address.scheme, new.scheme) == ("http", "https") and (address.port, new.port) == (80, 443)
    if new.host != address.host or not (upgraded or (new.scheme, new.port) == (address.scheme, address.port)):
        return None
    own = [pair for pair in address.parameters if pair not in new.parameters]
    return EndpointUrl(new.url, new.scheme, new.host, new.port, (*own, *new.parameters), address.user)
