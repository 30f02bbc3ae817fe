"""The SPARQL 1.1 Protocol, its query operation: a request -> what is asked, of which graphs, or why it is refused.

Updates are refused by every way in: there is nobody here who could write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from graph.server.errors import Refused
from graph.server.limits import MOST_PARAMETERS

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# Of a form that was read, as bytes, what is kept: each of the ready questions is shorter.
_MOST_KEPT = 8_192
_ONCE = ("query", "update", "lang", "timeout")
_READ_ONLY = "this server is read-only: it takes no updates"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the default and the named graphs that the request names, or None where it names none, and the language
    that it wants, where it says so in its parameters."""

    query: str
    graphs: tuple[list[str], list[str]] | None
    lang: str | None


def asked_of(method: str, address: bytes, headers: Mapping[str, str], body: bytes) -> Asked | None:
    """What a request asks, or None where it has no query. ``address`` is what stands after ``?``."""
    parameters = _pairs(address)
    query = None
    if method == "POST":
        kind, _, said = (part.strip() for part in headers.get("content-type", "").partition(";"))
        if kind.lower() == UPDATE:
            raise Refused(403, _READ_ONLY)
        if kind.lower() not in (FORM, QUERY):
            raise Refused(415, f"POST has a body of the type {FORM} or {QUERY}")
        if "charset" in said.lower() and said.lower().replace(" ", "").replace('"', "") != "charset=utf-8":
            raise Refused(415, "a body is in UTF-8")
        if kind.lower() == QUERY:
            query = _text(body)
            if any(name in ("query", "update") for name, _ in parameters):
                raise Refused(400, "there is a query in the body and another in the address; send one")
        else:
            parameters += _pairs(body)
    return _asked(query, parameters)


def _asked(query: str | None, parameters: tuple[tuple[str, str], ...]) -> Asked | None:
    for name in _ONCE:
        if sum(each == name for each, _ in parameters) > 1:
            raise Refused(400, f"{name} is given more than once")
    given = dict(parameters)
    if "update" in given or any(name.startswith("using-") for name in given):
        raise Refused(403, _READ_ONLY)
    query = given.get("query") if query is None else query
    defaults = [value for name, value in parameters if name == "default-graph-uri"]
    named = [value for name, value in parameters if name == "named-graph-uri"]
    for graph in (*defaults, *named):
        _known_as_address(graph)
    if query is None:
        if defaults or named:
            raise Refused(400, "graphs are named, and nothing is asked of them; give query=")
        return None
    return Asked(query, (defaults, named) if defaults or named else None, given.get("lang"))


def _known_as_address(graph: str) -> None:
    """A graph is named by an absolute IRI. It is never fetched: what is none of ours is empty."""
    try:
        NamedNode(graph)
    except ValueError as error:
        raise Refused(400, "a graph is named by an absolute IRI") from error


def _pairs(data: bytes) -> tuple[tuple[str, str], ...]:
    # The same questions are asked often, and reading a form takes as long as sending its answer.
    return _pairs_once(data) if len(data) <= _MOST_KEPT else _pairs_each_time(data)


def _pairs_each_time(data: bytes) -> tuple[tuple[str, str], ...]:
    try:
        pairs = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise Refused(400, "what is sent is not UTF-8") from error
    except ValueError as error:
        raise Refused(413, f"a request has more than {MOST_PARAMETERS} parameters") from error
    return tuple(pairs)


_pairs_once = lru_cache(maxsize=64)(_pairs_each_time)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "the query is not UTF-8") from error


def graph_named(address: bytes) -> str | None:
    """The graph that a request of the Graph Store Protocol names (section 4.2), or None for the default graph."""
    parameters = _pairs(address)
    names = [name for name, _ in parameters]
    if sorted(names) not in (["default"], ["graph"]):
        raise Refused(400, "one graph is named: ?graph=IRI, or ?default for all that there is")
    if names == ["default"]:
        return None
    _known_as_address(parameters[0][1])
    return parameters[0][1]
