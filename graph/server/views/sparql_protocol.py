"""The query operation of the SPARQL 1.1 Protocol: from a request to its query and graphs.

Updates are refused in every form of request: this server only reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from graph.server.errors import RequestError
from graph.server.limits import MAX_PARAMETERS

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# The longest form whose parameters are cached: each of the ready questions is shorter.
_MAX_CACHED_BYTES = 8_192
_ONCE = ("query", "update", "lang", "timeout")
_READ_ONLY = "this server is read-only: it takes no updates"


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, its default and named graphs (None if the request names neither), and the language that it asks for."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    lang: str | None


def parse_request(method: str, query_string: bytes, headers: Mapping[str, str], body: bytes) -> QueryRequest | None:
    """Return the query of a request, or None where it has none. Raise RequestError where it breaks the protocol."""
    parameters = _parse_form(query_string)
    query = None
    if method == "POST":
        media_type, _, charset = (part.strip() for part in headers.get("content-type", "").partition(";"))
        if media_type.lower() == UPDATE:
            raise RequestError(403, _READ_ONLY)
        if media_type.lower() not in (FORM, QUERY):
            raise RequestError(415, f"POST has a body of the type {FORM} or {QUERY}")
        if "charset" in charset.lower() and charset.lower().replace(" ", "").replace('"', "") != "charset=utf-8":
            raise RequestError(415, "a body is in UTF-8")
        if media_type.lower() == QUERY:
            query = _decode(body)
            if any(name in ("query", "update") for name, _ in parameters):
                raise RequestError(400, "there is a query in the body and another in the address; send one")
        else:
            parameters += _parse_form(body)
    return _query_request(query, parameters)


def _query_request(query: str | None, parameters: tuple[tuple[str, str], ...]) -> QueryRequest | None:
    for name in _ONCE:
        if sum(each == name for each, _ in parameters) > 1:
            raise RequestError(400, f"{name} is given more than once")
    given = dict(parameters)
    if "update" in given or any(name.startswith("using-") for name in given):
        raise RequestError(403, _READ_ONLY)
    query = given.get("query") if query is None else query
    defaults = tuple(value for name, value in parameters if name == "default-graph-uri")
    named = tuple(value for name, value in parameters if name == "named-graph-uri")
    for graph in (*defaults, *named):
        _check_iri(graph)
    if query is None:
        if defaults or named:
            raise RequestError(400, "graphs are named, and nothing is asked of them; give query=")
        return None
    if not defaults and not named:
        return QueryRequest(query, None, None, given.get("lang"))
    return QueryRequest(query, defaults, named, given.get("lang"))


def _check_iri(graph: str) -> None:
    """Raise RequestError where a graph is not named by an absolute IRI. None is fetched: an unknown one is empty."""
    try:
        NamedNode(graph)
    except ValueError as error:
        raise RequestError(400, "a graph is named by an absolute IRI") from error


def _parse_form(data: bytes) -> tuple[tuple[str, str], ...]:
    # The same questions are asked often, and parsing a form takes as long as sending its answer.
    return _parse_form_cached(data) if len(data) <= _MAX_CACHED_BYTES else _parse_form_uncached(data)


def _parse_form_uncached(data: bytes) -> tuple[tuple[str, str], ...]:
    try:
        pairs = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise RequestError(400, "what is sent is not UTF-8") from error
    except ValueError as error:
        raise RequestError(413, f"a request has more than {MAX_PARAMETERS} parameters") from error
    return tuple(pairs)


_parse_form_cached = lru_cache(maxsize=64)(_parse_form_uncached)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the query is not UTF-8") from error


def graph_parameter(query_string: bytes) -> str | None:
    """Return the graph that a request of the Graph Store Protocol names (section 4.2); None for the default graph."""
    parameters = _parse_form(query_string)
    names = [name for name, _ in parameters]
    if sorted(names) not in (["default"], ["graph"]):
        raise RequestError(400, "one graph is named: ?graph=IRI, or ?default for all that there is")
    if names == ["default"]:
        return None
    _check_iri(parameters[0][1])
    return parameters[0][1]
