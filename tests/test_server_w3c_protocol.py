"""The cases of the W3C's test suite for the SPARQL 1.1 Protocol, one by one, under the names that they have there.

The suite (w3c/rdf-tests, ``sparql/sparql11/protocol/manifest.ttl``, 34 cases) asks of three graphs that it has loaded
first; here these are three of the served build. The cases that update a graph are what they must be at an endpoint that
is only read: refused, and nothing has changed. The suites for service descriptions (3 cases) and for the Graph Store
Protocol (those that read) are in ``test_server_protocol.py``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import RunningServer, serving

pytestmark = pytest.mark.server

FORM, QUERY, UPDATE = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
FIRST, SECOND, THIRD = (f"https://w3id.org/motegraf/graph/{name}" for name in ("sources", "concluded", "ontology"))
# What stands in one of these graphs alone.
IN_FIRST, IN_SECOND, IN_THIRD = (
    "?page a <https://schema.org/WebPage> .",
    "?event a <https://schema.org/Event> .",
    "?class a <http://www.w3.org/2002/07/owl#Class> .",
)
BOTH = f"ASK {{ {IN_FIRST} {IN_SECOND} }}"
BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ {IN_FIRST} }} GRAPH ?g2 {{ {IN_SECOND} }} }}"
FULL = f"ASK {{ {IN_THIRD} GRAPH ?g1 {{ {IN_FIRST} }} GRAPH ?g2 {{ {IN_SECOND} }} }}"
# The query names other graphs, and those of the request go before them.
MULTIPLE = f"ASK FROM <{THIRD}> {{ {IN_FIRST} {IN_SECOND} }}"
DEFAULTS = [("default-graph-uri", FIRST), ("default-graph-uri", SECOND)]
NAMED = [("named-graph-uri", FIRST), ("named-graph-uri", SECOND)]
USING, USING_NAMED = ([(f"using-{kind}graph-uri", FIRST)] for kind in ("", "named-"))
INSERT = "INSERT { GRAPH <http://example.org/g> { ?s a ?type } } WHERE { ?s a ?type }"
WITH = "WITH <http://example.org/g> DELETE { ?s ?p 'Bill' } INSERT { ?s ?p 'William' } WHERE { ?s ?p 'Bill' }"
STATEMENTS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")


@dataclass(frozen=True)
class Case:
    """A request: parameters of its address, and a body of that type, where it has one."""

    parameters: list[tuple[str, str]] = field(default_factory=list)
    body: str | bytes | None = None
    type: str | None = None
    method: str = "POST"


def get(*parameters: tuple[str, str]) -> Case:
    return Case([*parameters], method="GET")


TRUE = {
    "query_post_form": Case([("default-graph-uri", FIRST)], "query=ASK%20%7B%7D", FORM),
    "query_dataset_default_graphs_get": get(("query", BOTH), *DEFAULTS),
    "query_dataset_default_graphs_post": Case(DEFAULTS, BOTH, QUERY),
    "query_dataset_named_graphs_post": Case(NAMED, BOTH_NAMED, QUERY),
    "query_dataset_named_graphs_get": get(("query", BOTH_NAMED), *NAMED),
    "query_dataset_full": Case([("default-graph-uri", THIRD), *NAMED], FULL, QUERY),
    "query_multiple_dataset": Case(DEFAULTS, MULTIPLE, QUERY),
    "query_get": get(("query", "ASK {}")),
    "query_post_direct": Case([], "ASK {}", QUERY),
}
CONTENT_TYPES = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", RESULTS),
    "query_content_type_ask": ("ASK {}", RESULTS[:2]),
    "query_content_type_describe": ("DESCRIBE <https://w3id.org/motegraf/source/dialogmoter-hosten-2014>", GRAPHS),
    "query_content_type_construct": ("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS),
}
BAD_QUERIES = {
    "bad_query_method": Case([("query", "ASK {}")], method="PUT"),
    "bad_multiple_queries": get(("query", "ASK {}"), ("query", "SELECT * {}")),
    "bad_query_wrong_media_type": Case([], "ASK {}", "text/plain"),
    "bad_query_missing_form_type": Case([], "query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Case([], "ASK {}"),
    "bad_query_non_utf8": Case([], "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    "bad_query_syntax": get(("query", "ASK {")),
}
UPDATES = {
    "update_dataset_default_graph": Case(USING, INSERT, UPDATE),
    "update_dataset_default_graphs": Case([*USING, ("using-graph-uri", SECOND)], INSERT, UPDATE),
    "update_dataset_named_graphs": Case(USING_NAMED, INSERT, UPDATE),
    "update_dataset_full": Case([*USING, *USING_NAMED], INSERT, UPDATE),
    "update_post_form": Case([], "update=CLEAR%20ALL", FORM),
    "update_post_direct": Case([], "CLEAR ALL", UPDATE),
    "update_base_uri": Case([], "CLEAR GRAPH <g> ; INSERT DATA { GRAPH <g> { <s> <p> <o> } }", UPDATE),
    "bad_update_get": get(("update", "CLEAR ALL")),
    "bad_multiple_updates": Case([], "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": Case([], "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Case([], "update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Case([], "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": Case([], "update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": Case(USING_NAMED, WITH, UPDATE),
}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page."""
    with serving(built, tmp_path_factory.mktemp("served") / "log") as running:
        yield running


def answer(server: RunningServer, case: Case) -> tuple[int, bytes]:
    path = f"/sparql?{urlencode(case.parameters)}" if case.parameters else "/sparql"
    headers = {"Content_Type": case.type} if case.type else {}
    result = server.ask(case.method, path, case.body, **headers)
    return result.status, result.body


def test_every_case_of_the_suite_is_here() -> None:
    assert len(TRUE | CONTENT_TYPES | BAD_QUERIES | UPDATES) == 34


@pytest.mark.parametrize("name", TRUE)
def test_query(server: RunningServer, name: str) -> None:
    status, body = answer(server, TRUE[name])
    assert (status, json.loads(body)["boolean"]) == (200, True)


@pytest.mark.parametrize("name", [name for name, case in TRUE.items() if len(case.parameters) > 1])
def test_query_of_other_graphs_finds_nothing(server: RunningServer, name: str) -> None:
    """The graphs of the request decide: with one of them twice, what stands in the other is not there."""
    case = TRUE[name]
    others = [(key, FIRST if value == SECOND else value) for key, value in case.parameters]
    status, body = answer(server, replace(case, parameters=others))
    assert (status, json.loads(body)["boolean"]) == (200, False)


@pytest.mark.parametrize(
    ("name", "media"), [(name, media) for name, (_, types) in CONTENT_TYPES.items() for media in types]
)
def test_content_type(server: RunningServer, name: str, media: str) -> None:
    query, _ = CONTENT_TYPES[name]
    result = server.get(query, Accept=media)
    assert (result.status, result.headers["content-type"].partition(";")[0]) == (200, media)
    assert result.body


@pytest.mark.parametrize("name", BAD_QUERIES)
def test_bad_query(server: RunningServer, name: str) -> None:
    status, _ = answer(server, BAD_QUERIES[name])
    assert 400 <= status < 500


@pytest.mark.parametrize("name", UPDATES)
def test_update_is_refused_and_changes_nothing(server: RunningServer, name: str) -> None:
    before = server.get(STATEMENTS).body
    status, _ = answer(server, UPDATES[name])
    assert 400 <= status < 500
    assert server.get(STATEMENTS).body == before
