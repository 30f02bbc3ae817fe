"""Endpoints: any SPARQL 1.1 endpoint as a place to ask, like a build on this machine."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache

from pyoxigraph import NamedNode

from graph.query.endpoint.credentials import credentials_for
from graph.query.endpoint.from_clauses import add_from_clauses
from graph.query.endpoint.http import Endpoint, send_query
from graph.query.endpoint.results import ACCEPT_HEADERS, parse_response
from graph.query.endpoint.urls import has_dataset_parameter, parse_endpoint_url
from graph.query.questions import LOOKUPS
from graph.query.results import InvalidQueryError, QueryError, QueryFn, QueryResult, expect_table
from graph.query.sparql.tokens import escape_problem, external_call, has_from_clause, query_form

DEFAULT_TIMEOUT = 60.0
_UNION = ("union-default-graph", "true")


def connect_endpoint(
    url: str,
    *,
    timeout: float = DEFAULT_TIMEOUT,
    insecure: bool = False,
    allow_service: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> QueryFn:
    """The endpoint at this address as a place to ask; nothing is sent before the first query.

    ``timeout`` is in seconds, for each answer as a whole. ``insecure`` lets credentials travel unencrypted,
    ``allow_service`` lets a query call other servers from there. ``say`` is told of pauses that the server asks for.
    Misasked where the address or the query is wrong, Unanswered where no whole answer comes.
    """
    address = parse_endpoint_url(url)
    endpoint = Endpoint(address, credentials_for(address, insecure), timeout, say)

    @cache
    def united() -> tuple[Endpoint, tuple[NamedNode, ...]]:
        return _union_of_graphs(endpoint)

    def run(query: str) -> QueryResult:
        asked = query_form(query)
        if asked not in ACCEPT_HEADERS:
            raise InvalidQueryError(
                f"only {', '.join(ACCEPT_HEADERS)} are sent to an endpoint, and this query is none of them"
            )
        reason = escape_problem(query)
        if reason:
            raise InvalidQueryError(reason)
        elsewhere = external_call(query)
        if elsewhere and not allow_service:
            raise InvalidQueryError(f"{elsewhere} would make the endpoint call another server; --allow-service lets it")
        if has_from_clause(query):
            return query_once(query, asked, endpoint)
        where, graphs = united()
        return query_once(add_from_clauses(query, graphs), asked, where)

    return run


def query_once(query: str, asked: str, endpoint: Endpoint) -> QueryResult:
    """The answer to a query of that form, which is sent as it stands."""
    return parse_response(send_query(query, asked, ACCEPT_HEADERS[asked], endpoint), query, asked, endpoint.address)


def _union_of_graphs(endpoint: Endpoint) -> tuple[Endpoint, tuple[NamedNode, ...]]:
    """How to ask the union of the graphs that hold our data: where, and over which graphs if they must be named.

    A server chooses what its default graph is (SPARQL 1.1, section 13): with some it is the union of all graphs, with
    others it is empty. Oxigraph unites them when it is told to; with the rest they must be named one by one.
    """
    if _has_our_data(endpoint):
        return endpoint, ()
    address = endpoint.address
    if not has_dataset_parameter(address):
        told = replace(endpoint, address=replace(address, parameters=(*address.parameters, _UNION)))
        with suppress(InvalidQueryError):
            if _has_our_data(told):
                return told, ()
        found = expect_table(query_once(_read_lookup("of_endpoint_graphs.rq"), "SELECT", endpoint))
        graphs = sorted({row[0] for row in found.rows if isinstance(row[0], NamedNode)}, key=str)
        if graphs:
            return endpoint, tuple(graphs)
    raise QueryError(f"{address} holds no Møtegraf data in any graph that it shows")


def _has_our_data(endpoint: Endpoint) -> bool:
    return bool(expect_table(query_once(_read_lookup("of_endpoint.rq"), "SELECT", endpoint)).rows)


def _read_lookup(name: str) -> str:
    return (LOOKUPS / name).read_text(encoding="utf-8")
