"""Ask a reconciliation service which of its entities things may be: identifiers to propose, never to join by.

The service is asked by the Reconciliation Service API (0.1 or 0.2): its manifest first, then names in batches. Names
are all that is sent. What it answers is read strictly and within limits, and no other server is asked for it.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request

from graph.identity.things import Thing
from graph.query.endpoint.errors import plain_text, timeout_error
from graph.query.endpoint.http import MAX_PAUSE_SECONDS, MAX_REDIRECTS, MAX_TRIES, open_url, pause_seconds, proxy_of
from graph.query.endpoint.response import read_error_text, read_response
from graph.query.endpoint.urls import EndpointUrl, parse_endpoint_url, redirect_target
from graph.query.results import InvalidQueryError, QueryError

# Of one answer. A batch of names with ten candidates each takes some tens of kilobytes.
MAX_BYTES = 5_000_000
# Names in a request, where the manifest asks for no fewer; OpenRefine sends ten.
BATCH = 10
MAX_BATCH = 50
# Candidates of one name, and letters of what is kept of each.
MAX_CANDIDATES, MAX_ID, MAX_TEXT = 10, 500, 300
MAX_NAME = 500
_VERSIONS = ("0.1", "0.2")
_CALLED = "a reconciliation service (Reconciliation Service API 0.1 or 0.2)"


class ServiceError(QueryError):
    """A reconciliation service gives no answer that can be used; the message says why, and what to do."""


class _TooLargeError(ServiceError):
    """The service takes fewer names at once."""


@dataclass(frozen=True, slots=True)
class ServiceCandidate:
    """An entity of a service that a thing may be: its id and IRI there, its name, and how likely the service holds it.

    ``score`` is the service's own, in its own measure; ``match``: the service holds it for certain. ``iri`` is empty
    where the service does not say how its ids become IRIs.
    """

    id: str
    iri: str
    name: str
    description: str
    score: float
    match: bool


@dataclass(frozen=True, slots=True)
class ServiceProposal:
    """A thing of the graph, the name that was asked for, and its candidates, the best first; none where none fits."""

    thing: Thing
    name: str
    candidates: tuple[ServiceCandidate, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its manifest describes it: where it is, its name, the beginning of its IRIs, names in a request."""

    address: EndpointUrl
    name: str
    identifier_space: str
    batch: int


def candidates_from_service(
    url: str,
    things: Sequence[Thing],
    type_id: str | None = None,
    limit: int = 3,
    timeout: float = 30.0,
    notify: Callable[[str], None] = lambda _: None,
) -> Iterator[ServiceProposal]:
    """Yield each thing that has a name and no identifier of the service yet, with whom the service holds it for.

    ``type_id`` is a type of the service, ``timeout`` the seconds for each answer; ``notify`` is called with a sentence
    about each pause. Raise InvalidQueryError for an address that is none, ServiceError where the service gives no
    answer that can be used.
    """
    service = read_manifest(url, timeout)
    wanted = [thing for thing in things if thing.names and not _has_identifier(thing, service)]
    for start in range(0, len(wanted), service.batch):
        group = wanted[start : start + service.batch]
        yield from _matched(group, service, type_id, min(max(limit, 1), MAX_CANDIDATES), timeout, notify)


def read_manifest(url: str, timeout: float = 30.0) -> Service:
    """Return what a service says of itself. Raise InvalidQueryError or ServiceError where there is none."""
    address = parse_endpoint_url(url)
    if address.user is not None:
        raise InvalidQueryError("no user and password are sent to a reconciliation service; leave them out")
    address, content = _exchange(address, None, timeout)
    manifest = _object(content, address, "its manifest")
    versions = manifest.get("versions", ["0.1"])
    if not isinstance(versions, list) or not set(_VERSIONS) & {each for each in versions if isinstance(each, str)}:
        spoken = plain_text(", ".join(map(str, versions)) if isinstance(versions, list) else str(versions))
        raise ServiceError(f"{address} speaks version {spoken} alone, and not {' or '.join(_VERSIONS)}")
    name, space = manifest.get("name"), manifest.get("identifierSpace")
    if not isinstance(name, str) or not isinstance(space, str):
        raise ServiceError(f"{address} has no manifest of {_CALLED}: its name and identifierSpace are missing")
    size = manifest.get("batchSize", BATCH)
    whole = size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else BATCH
    return Service(
        address,
        plain_text(name)[:MAX_TEXT],
        space if space.startswith(("http://", "https://")) and space.isprintable() and " " not in space else "",
        min(whole, MAX_BATCH),
    )


def _has_identifier(thing: Thing, service: Service) -> bool:
    """Return whether a thing has an identifier of the service already: nothing is to be proposed then."""
    return service.identifier_space.endswith("wikidata.org/entity/") and any(
        scheme == "wikidata" for scheme, _ in thing.identifiers
    )


def _matched(
    things: Sequence[Thing],
    service: Service,
    type_id: str | None,
    limit: int,
    timeout: float,
    notify: Callable[[str], None],
) -> Iterator[ServiceProposal]:
    """Yield the proposals for one batch; where it is too large for the service, for both halves of it."""
    asked = {f"q{number}": thing for number, thing in enumerate(things)}
    queries: dict[str, dict[str, Any]] = {
        key: {"query": thing.name[:MAX_NAME], "limit": limit} for key, thing in asked.items()
    }
    for query in queries.values():
        if type_id:
            query["type"] = type_id
    try:
        _, content = _exchange(service.address, queries, timeout, notify)
    except _TooLargeError:
        if len(things) == 1:
            raise
        half = len(things) // 2
        for part in (things[:half], things[half:]):
            yield from _matched(part, service, type_id, limit, timeout, notify)
        return
    results = _object(content, service.address, "its answer")
    for key, thing in asked.items():
        if key not in results:
            message = plain_text(str(results.get("message") or results.get("error") or "it leaves out a name"))
            raise ServiceError(f"the answer of {service.address} is not one to this batch: {message}")
        found = _candidates(results[key], service)
        yield ServiceProposal(thing, thing.name, tuple(found[:limit]))


def _candidates(result: object, service: Service) -> list[ServiceCandidate]:
    candidates = result.get("result") if isinstance(result, dict) else None
    if not isinstance(candidates, list):
        raise ServiceError(f"the answer of {service.address} has no list of candidates where one belongs")
    read = [_candidate(each, service) for each in candidates[:MAX_CANDIDATES]]
    return sorted(read, key=lambda each: -each.score)


def _candidate(given: object, service: Service) -> ServiceCandidate:
    values = given if isinstance(given, dict) else {}
    id, name, score = (values.get(field) for field in ("id", "name", "score"))
    if not isinstance(id, str) or not id or len(id) > MAX_ID or not id.isprintable():
        raise ServiceError(f"the answer of {service.address} has a candidate without an id that can be read")
    if not isinstance(name, str) or isinstance(score, bool) or not isinstance(score, int | float):
        raise ServiceError(f"the answer of {service.address} has a candidate without a name or without a score")
    if not math.isfinite(score):
        raise ServiceError(f"the answer of {service.address} has a candidate whose score is no number")
    description = values.get("description")
    return ServiceCandidate(
        id=id,
        iri=_iri(id, service.identifier_space),
        name=plain_text(name)[:MAX_TEXT],
        description=plain_text(description)[:MAX_TEXT] if isinstance(description, str) else "",
        score=float(score),
        match=values.get("match") is True,
    )


def _iri(id: str, space: str) -> str:
    """Return the IRI of an entity of a service; empty where its parts make none."""
    iri = id if id.startswith(("http://", "https://")) else f"{space}{id}" if space else ""
    return "" if any(letter <= " " or letter in '<>"\\^`{|}' for letter in iri) else iri


def _exchange(
    address: EndpointUrl,
    queries: dict[str, dict[str, Any]] | None,
    timeout: float,
    notify: Callable[[str], None] = lambda _: None,
) -> tuple[EndpointUrl, object]:
    """Return the JSON that a service answers with, and the address at which it does, after redirects within it."""
    redirects, tries, paused = 0, 1, 0.0
    while True:
        deadline, proxy = time.monotonic() + timeout, proxy_of(address)
        with closing(open_url(_request(address, queries), address, proxy, timeout)) as response:
            status = response.status
            if status == 200:
                return address, _json(read_response(response, address, deadline, timeout, MAX_BYTES).body, address)
            detail = read_error_text(response, deadline)
            location, retry_after = response.headers.get("Location"), response.headers.get("Retry-After")
        if time.monotonic() > deadline:
            raise timeout_error(address, timeout)
        if status in (301, 302, 303, 307, 308) and location:
            redirects += 1
            address = _follow(address, location, redirects)
        elif status in (413, 414):
            raise _TooLargeError(f"{address} takes no name of that length ({status}): {detail}")
        elif status in (429, 503) and tries < MAX_TRIES:
            pause = pause_seconds(retry_after, tries)
            if paused + pause > MAX_PAUSE_SECONDS:
                raise ServiceError(f"{address} asks for a pause of {pause:g} s ({status}); ask again later")
            notify(f"asking {address} again in {pause:g} s ({status})")
            time.sleep(pause)
            tries, paused = tries + 1, paused + pause
        else:
            raise _status_error(status, detail, address)


def _request(address: EndpointUrl, queries: dict[str, dict[str, Any]] | None) -> Request:
    own = f"?{urlencode(address.parameters)}" if address.parameters else ""
    headers = {"Accept": "application/json", "User-Agent": "motegraf"}
    if queries is None:
        return Request(f"{address.url}{own}", headers=headers)
    form = urlencode({"queries": json.dumps(queries, ensure_ascii=False)}, errors="replace").encode("ascii")
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return Request(f"{address.url}{own}", form, headers, method="POST")


def _follow(address: EndpointUrl, location: str, redirects: int) -> EndpointUrl:
    """Return the address that a service redirects to. Raise ServiceError where it is another server's."""
    try:
        target = redirect_target(address, location) if redirects <= MAX_REDIRECTS else None
    except ValueError:
        target = None
    if target is None:
        raise ServiceError(
            f"{address} redirects to another server, or again and again: {plain_text(location)}; names are not sent "
            "there by themselves. Give its own address if you trust it"
        )
    return target


def _status_error(status: int, detail: str, address: EndpointUrl) -> ServiceError:
    suffix = f": {detail}" if detail else ""
    match status:
        case 400:
            return ServiceError(f"{address} does not understand the names that are sent{suffix}")
        case 401 | 403 | 407:
            return ServiceError(f"{address} asks for a login ({status}), and none is sent to services{suffix}")
        case 404 | 405 | 410:
            return ServiceError(f"{address} is no address of {_CALLED} ({status}); give the one that its manifest has")
    return ServiceError(f"{address} answers with status {status}{suffix}; ask again later, or ask its owner")


def _json(body: bytes, address: EndpointUrl) -> object:
    try:
        content: object = json.loads(body)
    except (ValueError, RecursionError):
        raise ServiceError(f"{address} answers with no JSON; is it {_CALLED}?") from None
    return content


def _object(content: object, address: EndpointUrl, what: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ServiceError(f"{what} is no JSON object: {address} is none of {_CALLED}")
    return content
