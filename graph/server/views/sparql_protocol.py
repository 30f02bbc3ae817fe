"""The query operation of the SPARQL 1.1 Protocol: from a request to its query and graphs.

Updates are refused in every form of request: this server only reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from graph.server.errors import RequestError
from graph.server.formats import PARAMETERS, format_parameter
from graph.server.limits import MAX_PARAMETERS

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# The longest form whose parameters are cached: each of the ready questions is shorter.
_MAX_CACHED_BYTES = 8_192
_ONCE = ("query", "update", "lang", "timeout")
_BOM = "\ufeff"
_READ_ONLY = "this server is read-only: it takes no updates"


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, its default and named graphs (None if the request names neither), and the language that it asks for.

    ``format`` is the value of ``format=``; None where Accept decides.
    """

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    lang: str | None
    format: str | None = None


def parse_request(method: str, query_string: bytes, headers: Mapping[str, str], body: bytes) -> QueryRequest | None:
    """Return the query of a request, or None where it has none. Raise RequestError where it breaks the protocol."""
    parameters = parse_form(query_string)
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
            parameters += parse_form(body)
    # A long one, which may be refused, is not held.
    length = len(query or "") + sum(len(name) + len(value) for name, value in parameters)
    read = _cached_query_request if length <= _MAX_CACHED_BYTES else _query_request
    return read(query, parameters)


def _query_request(query: str | None, parameters: tuple[tuple[str, str], ...]) -> QueryRequest | None:
    for name in _ONCE:
        if sum(each == name for each, _ in parameters) > 1:
            raise RequestError(400, f"{name} is given more than once")
    given = dict(parameters)
    if "update" in given or any(name.startswith("using-") for name in given):
        raise RequestError(403, _READ_ONLY)
    query = given.get("query") if query is None else query
    # Forms send fields that nobody has filled in: an empty one names no graph.
    defaults = tuple(value for name, value in parameters if name == "default-graph-uri" and value)
    named = tuple(value for name, value in parameters if name == "named-graph-uri" and value)
    for graph in (*defaults, *named):
        _check_iri(graph)
    format = format_parameter(parameters)
    if query is None:
        if defaults or named:
            raise RequestError(400, "graphs are named, and nothing is asked of them; give query=")
        return None
    # Some editors put a byte order mark before what they save.
    query = query.removeprefix(_BOM)
    if not defaults and not named:
        return QueryRequest(query, None, None, given.get("lang"), format)
    return QueryRequest(query, defaults, named, given.get("lang"), format)


# The same queries are asked often.
_cached_query_request = lru_cache(maxsize=64)(_query_request)


def _check_iri(graph: str) -> None:
    """Raise RequestError where a graph is not named by an absolute IRI. None is fetched: an unknown one is empty."""
    try:
        NamedNode(graph)
    except ValueError as error:
        raise RequestError(400, "a graph is named by an absolute IRI") from error


def parse_form(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a form in their order. Raise RequestError where it is none, or has too many."""
    # The same questions are asked often, and parsing a form takes as long as sending its answer.
    return _cached_form(data) if len(data) <= _MAX_CACHED_BYTES else _uncached_form(data)


def _uncached_form(data: bytes) -> tuple[tuple[str, str], ...]:
    data = data.removeprefix(_BOM.encode())
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
    return tuple((name.removeprefix(_BOM), value) for name, value in pairs)


_cached_form = lru_cache(maxsize=64)(_uncached_form)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the query is not UTF-8") from error


def graph_parameters(query_string: bytes) -> tuple[str | None, str | None]:
    """Return the graph that a request of the Graph Store Protocol names (section 4.2), and the format that it names.

    The graph is None for the default graph, the format where Accept decides.
    """
    parameters = parse_form(query_string)
    format = format_parameter(parameters)
    graphs = [(name, value) for name, value in parameters if name not in PARAMETERS]
    if [name for name, _ in graphs] not in (["default"], ["graph"]):
        raise RequestError(400, "one graph is named: ?graph=IRI, or ?default for all that there is")
    (name, graph), *_ = graphs
    if name == "default":
        return None, format
    _check_iri(graph)
    return graph, format


def requested_format(query_string: bytes) -> str | None:
    """Return the format that the address of a request names; None where Accept decides."""
    return format_parameter(parse_form(query_string))
