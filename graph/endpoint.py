"""Endpoints: any SPARQL 1.1 endpoint as a place to ask, like a build on this machine."""

from collections.abc import Callable
from functools import cache

from pyoxigraph import NamedNode

from graph.addresses import address_of, names_its_dataset
from graph.answers import Answer, Misasked, Run, Table, Unanswered, table_of
from graph.credentials import credentials_for
from graph.exchange import Endpoint, received
from graph.from_clauses import over_graphs, says_its_graphs
from graph.questions import LOOKUPS
from graph.remote_answers import ACCEPTED, answer_in
from graph.sparql_text import calls_elsewhere, form

TIMEOUT = 60.0


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
    def graphs() -> tuple[NamedNode, ...]:
        return _graphs_of(lambda query: _asked(query, "SELECT", endpoint), endpoint)

    def run(query: str) -> Answer:
        asked = form(query)
        if asked not in ACCEPTED:
            raise Misasked(f"only {', '.join(ACCEPTED)} are sent to an endpoint, and this query is none of them")
        elsewhere = calls_elsewhere(query)
        if elsewhere and not allow_service:
            raise Misasked(f"{elsewhere} would make the endpoint call another server; --allow-service lets it")
        return _asked(query if says_its_graphs(query) else over_graphs(query, graphs()), asked, endpoint)

    return run


def _asked(query: str, asked: str, endpoint: Endpoint) -> Answer:
    return answer_in(received(query, asked, ACCEPTED[asked], endpoint), query, asked, endpoint.address)


def _graphs_of(run: Run, endpoint: Endpoint) -> tuple[NamedNode, ...]:
    """The graphs of our data, if they must be named: none where the default graph holds them all, or the address says.

    SPARQL lets a server choose (1.1, section 13): with some the default graph is empty, with others the union of all.
    """
    probe, look = ((LOOKUPS / name).read_text(encoding="utf-8") for name in ("of_endpoint.rq", "of_endpoint_graphs.rq"))
    if table_of(run(probe)).rows:
        return ()
    found: Table = Table((), []) if names_its_dataset(endpoint.address) else table_of(run(look))
    graphs = sorted({row[0] for row in found.rows if isinstance(row[0], NamedNode)}, key=str)
    if not graphs:
        raise Unanswered(f"{endpoint.address} holds no Møtegraf data in any graph that it shows")
    return tuple(graphs)
