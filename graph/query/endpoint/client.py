"""Endpoints: any SPARQL 1.1 endpoint as a place to ask, like a build on this machine."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache

from pyoxigraph import NamedNode

from graph.query.endpoint.credentials import credentials_for
from graph.query.endpoint.from_clauses import over_graphs
from graph.query.endpoint.http import Endpoint, received
from graph.query.endpoint.results import ACCEPTED, answer_in
from graph.query.endpoint.urls import address_of, names_its_dataset
from graph.query.questions import LOOKUPS
from graph.query.results import Answer, Misasked, Run, Unanswered, table_of
from graph.query.sparql.tokens import calls_elsewhere, form, read_in_two_ways, says_its_graphs

TIMEOUT = 60.0
_UNION = ("union-default-graph", "true")


def remote(
    url: str,
    *,
    timeout: float = TIMEOUT,
    insecure: bool = False,
    allow_service: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Run:
    """The endpoint at this address as a place to ask; nothing is sent before the first query.

    ``timeout`` is in seconds, for each answer as a whole. ``insecure`` lets credentials travel unencrypted,
    ``allow_service`` lets a query call other servers from there. ``say`` is told of pauses that the server asks for.
    Misasked where the address or the query is wrong, Unanswered where no whole answer comes.
    """
    address = address_of(url)
    endpoint = Endpoint(address, credentials_for(address, insecure), timeout, say)

    @cache
    def united() -> tuple[Endpoint, tuple[NamedNode, ...]]:
        return _united(endpoint)

    def run(query: str) -> Answer:
        asked = form(query)
        if asked not in ACCEPTED:
            raise Misasked(f"only {', '.join(ACCEPTED)} are sent to an endpoint, and this query is none of them")
        reason = read_in_two_ways(query)
        if reason:
            raise Misasked(reason)
        elsewhere = calls_elsewhere(query)
        if elsewhere and not allow_service:
            raise Misasked(f"{elsewhere} would make the endpoint call another server; --allow-service lets it")
        if says_its_graphs(query):
            return asked_there(query, asked, endpoint)
        where, graphs = united()
        return asked_there(over_graphs(query, graphs), asked, where)

    return run


def asked_there(query: str, asked: str, endpoint: Endpoint) -> Answer:
    """The answer to a query of that form, which is sent as it stands."""
    return answer_in(received(query, asked, ACCEPTED[asked], endpoint), query, asked, endpoint.address)


def _united(endpoint: Endpoint) -> tuple[Endpoint, tuple[NamedNode, ...]]:
    """How to ask the union of the graphs that hold our data: where, and over which graphs if they must be named.

    A server chooses what its default graph is (SPARQL 1.1, section 13): with some it is the union of all graphs, with
    others it is empty. Oxigraph unites them when it is told to; with the rest they must be named one by one.
    """
    if _has_our_data(endpoint):
        return endpoint, ()
    address = endpoint.address
    if not names_its_dataset(address):
        told = replace(endpoint, address=replace(address, parameters=(*address.parameters, _UNION)))
        with suppress(Misasked):
            if _has_our_data(told):
                return told, ()
        found = table_of(asked_there(_look_up("of_endpoint_graphs.rq"), "SELECT", endpoint))
        graphs = sorted({row[0] for row in found.rows if isinstance(row[0], NamedNode)}, key=str)
        if graphs:
            return endpoint, tuple(graphs)
    raise Unanswered(f"{address} holds no Møtegraf data in any graph that it shows")


def _has_our_data(endpoint: Endpoint) -> bool:
    return bool(table_of(asked_there(_look_up("of_endpoint.rq"), "SELECT", endpoint)).rows)


def _look_up(name: str) -> str:
    return (LOOKUPS / name).read_text(encoding="utf-8")
