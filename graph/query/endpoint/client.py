"""Query any SPARQL 1.1 endpoint like a build on this machine."""

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
from graph.query.lookup import LOOKUPS
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
    notify: Callable[[str], None] = lambda _: None,
) -> QueryFn:
    """Return a function that queries the endpoint at this URL. Nothing is sent before the first query.

    ``timeout`` is in seconds, for each answer as a whole. ``insecure`` allows credentials to travel unencrypted,
    ``allow_service`` allows a query to call other servers from there. ``notify`` is called with a sentence about each
    pause that the server asks for.

    The function raises InvalidQueryError where the query is wrong, and QueryError where no whole answer comes. Raise
    InvalidQueryError where the URL is wrong.
    """
    address = parse_endpoint_url(url)
    endpoint = Endpoint(address, credentials_for(address, insecure), timeout, notify)

    @cache
    def union() -> tuple[Endpoint, tuple[NamedNode, ...]]:
        return _union_of_graphs(endpoint)

    def run(query: str) -> QueryResult:
        # Some editors put a byte order mark before what they save, and not every server takes it.
        query = query.removeprefix("\ufeff")
        form = query_form(query)
        if form not in ACCEPT_HEADERS:
            raise InvalidQueryError(
                f"only {', '.join(ACCEPT_HEADERS)} are sent to an endpoint, and this query is none of them"
            )
        reason = escape_problem(query)
        if reason:
            raise InvalidQueryError(reason)
        keyword = external_call(query)
        if keyword and not allow_service:
            raise InvalidQueryError(f"{keyword} would make the endpoint call another server; --allow-service lets it")
        if has_from_clause(query):
            return query_once(query, form, endpoint)
        target, graphs = union()
        return query_once(add_from_clauses(query, graphs), form, target)

    return run


def query_once(query: str, form: str, endpoint: Endpoint) -> QueryResult:
    """Return the result of a query of that form, sent as it is to the endpoint's own default graph."""
    return parse_response(send_query(query, form, ACCEPT_HEADERS[form], endpoint), query, form, endpoint.address)


def _union_of_graphs(endpoint: Endpoint) -> tuple[Endpoint, tuple[NamedNode, ...]]:
    """Return how to query the union of the graphs with our data: the endpoint, and graphs where they must be named.

    A server chooses what its default graph is (SPARQL 1.1, section 13): for some it is the union of all graphs, for
    others it is empty. Oxigraph takes a parameter for the union; for all others the graphs are named one by one.
    """
    if _has_our_data(endpoint):
        return endpoint, ()
    address = endpoint.address
    if not has_dataset_parameter(address):
        with_union = replace(endpoint, address=replace(address, parameters=(*address.parameters, _UNION)))
        with suppress(InvalidQueryError):
            if _has_our_data(with_union):
                return with_union, ()
        table = expect_table(query_once(_read_lookup("data_graphs.rq"), "SELECT", endpoint))
        graphs = sorted({row[0] for row in table.rows if isinstance(row[0], NamedNode)}, key=str)
        if graphs:
            return endpoint, tuple(graphs)
    raise QueryError(f"{address} holds no Møtegraf data in any graph that it lists")


def _has_our_data(endpoint: Endpoint) -> bool:
    return bool(expect_table(query_once(_read_lookup("derived_claim.rq"), "SELECT", endpoint)).rows)


def _read_lookup(name: str) -> str:
    return (LOOKUPS / name).read_text(encoding="utf-8")
