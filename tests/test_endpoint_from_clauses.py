"""FROM clauses stand where the grammar wants them, for any query, and mean the union of the graphs."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from graph.query.endpoint.from_clauses import add_from_clauses
from graph.query.results import read_result
from graph.query.sparql.tokens import has_from_clause

pytestmark = pytest.mark.unit

GRAPHS = [NamedNode("https://example.org/a"), NamedNode("https://example.org/b")]
FROM = " FROM <https://example.org/a> FROM <https://example.org/b> "


@pytest.fixture
def store() -> Store:
    """One statement in each of two graphs, another in a third, and one in none."""
    one, says = NamedNode("https://example.org/1"), NamedNode("https://example.org/says")
    graphs = [*GRAPHS, NamedNode("https://example.org/c"), DefaultGraph()]
    made = Store()
    made.extend(Quad(one, says, Literal(str(number)), graph) for number, graph in enumerate(graphs))
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", f"SELECT * {FROM}WHERE {{ ?s ?p ?o }}"),
        ("select distinct ?o{?s ?p ?o}", f"select distinct ?o{FROM}{{?s ?p ?o}}"),
        (
            "SELECT (COUNT(*) AS ?n) (EXISTS { ?a ?b ?c } AS ?e) { ?s ?p ?o }",
            f"SELECT (COUNT(*) AS ?n) (EXISTS {{ ?a ?b ?c }} AS ?e) {FROM}{{ ?s ?p ?o }}",
        ),
        ("# SELECT {\nPREFIX ask: <http://x/select> ASK { ?s ?p ?o }", None),
        (
            "PREFIX ask: <http://select/> ASK { ?s ?p 'WHERE {' }",
            f"PREFIX ask: <http://select/> ASK {FROM}{{ ?s ?p 'WHERE {{' }}",
        ),
        (
            "CONSTRUCT { ?s ?p [ ?q ?o ] } WHERE { ?s ?q ?o }",
            f"CONSTRUCT {{ ?s ?p [ ?q ?o ] }} {FROM}WHERE {{ ?s ?q ?o }}",
        ),
        ("CONSTRUCT{?s ?p ?o}{?s ?p ?o}", f"CONSTRUCT{{?s ?p ?o}}{FROM}{{?s ?p ?o}}"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", f"CONSTRUCT {FROM}WHERE {{ ?s ?p ?o }}"),
        ("DESCRIBE <http://x/where>", f"DESCRIBE <http://x/where>{FROM}"),
        ("DESCRIBE ?s # of it", None),
        ("DESCRIBE ?s { ?s ?p ?o } LIMIT 1", f"DESCRIBE ?s {FROM}{{ ?s ?p ?o }} LIMIT 1"),
        ("DESCRIBE <http://x/s> LIMIT 1", f"DESCRIBE <http://x/s> {FROM}LIMIT 1"),
        ("SELECT ?s\n# where {\nWHERE { ?s ?p ?o }", f"SELECT ?s\n# where {{\n{FROM}WHERE {{ ?s ?p ?o }}"),
        (
            "SELECT ?s { { SELECT ?s WHERE { ?s ?p ?o } } }",
            f"SELECT ?s {FROM}{{ {{ SELECT ?s WHERE {{ ?s ?p ?o }} }} }}",
        ),
    ],
)
def test_from_clauses_stand_before_where(query: str, expected: str | None, store: Store) -> None:
    actual = add_from_clauses(query, GRAPHS)
    if expected is not None:
        assert actual == expected
    assert actual.count("FROM <") == 2
    assert add_from_clauses(query, []) == query
    read_result(store.query(actual))  # it is SPARQL


def test_from_clauses_mean_the_union(store: Store) -> None:
    actual = store.query(add_from_clauses("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o", GRAPHS))
    assert isinstance(actual, QuerySolutions)
    assert [row["o"].value for row in actual] == ["0", "1"]


def test_graph_queries_get_from_named_too(store: Store) -> None:
    actual = store.query(add_from_clauses("SELECT ?g ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o", GRAPHS))
    assert isinstance(actual, QuerySolutions)
    assert [row["g"] for row in actual] == GRAPHS


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?s FROM <http://x/> { ?s ?p ?o }", True),
        ("SELECT ?s from named <http://x/> { ?s ?p ?o }", True),
        ("SELECT ?s { ?s ?p 'FROM' } # FROM", False),
        ("PREFIX from: <http://x/> SELECT ?from { ?from from:x <http://x/FROM> }", False),
    ],
)
def test_own_from_clauses_are_detected(query: str, says: bool) -> None:
    assert has_from_clause(query) is says
