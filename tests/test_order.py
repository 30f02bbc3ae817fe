"""Rows that are ordered here are in the order in which the engine puts them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from graph import HOME
from graph.builds.manifest import DATASET
from graph.query.questions import read_questions
from graph.query.results import Table, Term, expect_table, read_result
from graph.query.sparql.order import without_order
from graph.query.stores import connect_store, open_dataset

pytestmark = pytest.mark.slow
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIX = f"PREFIX xsd: <{XSD}>\n"
QUESTIONS = {question.name: question.query for question in read_questions(HOME / "queries")}


@pytest.fixture(scope="module")
def graph(eleven_pages: Path) -> Store:
    return open_dataset(eleven_pages / DATASET)


def by_engine(store: Store, query: str) -> Table:
    return expect_table(read_result(store.query(query, use_default_graph_as_union=True)))


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_are_in_the_order_of_their_question(name: str, graph: Store) -> None:
    here = without_order(QUESTIONS[name])
    assert here is not None, "each ready question can be ordered without the engine"
    assert "ORDER BY" not in here.query.upper().rpartition("}")[2]
    rows, others = here.ordered(by_engine(graph, here.query)), by_engine(graph, QUESTIONS[name])
    assert rows is not None
    assert rows.columns == others.columns
    assert [*map(cells, rows.rows)] == [*map(cells, others.rows)]


def cells(row: tuple[Term | None, ...]) -> list[list[str]]:
    """Return the words of each cell, sorted: several proofs in one cell are in any order.

    Marks around a text are words of their own: with them the first and the last proof would be others than in between.
    """
    return [sorted(str(cell).replace('"', ' " ').split()) for cell in row]


TERMS = st.one_of(
    st.none(),
    st.integers(-20, 200).map(Literal),
    st.sampled_from(["2014-06-30", "2014-10-01", "2015-02-31", "1999-12-31"]).map(
        lambda day: Literal(day, datatype=NamedNode(f"{XSD}date"))
    ),
    st.text(st.sampled_from("aåZ&=1ø𝔸 9\n"), max_size=6).map(Literal),
    st.builds(Literal, st.sampled_from(["møte", "Vedtak", ""]), language=st.sampled_from(["nb", "en"])),
    st.sampled_from(["https://example.org/a", "https://example.org/B"]).map(NamedNode),
    st.sampled_from(["1.5", "x"]).map(lambda text: Literal(text, datatype=NamedNode(f"{XSD}decimal"))),
)
SAME = st.sampled_from(
    [
        st.one_of(st.none(), st.integers(-20, 200).map(Literal)),
        st.one_of(st.none(), st.text(st.sampled_from("aåZ&=1ø𝔸 9"), max_size=6).map(Literal)),
        st.one_of(
            st.none(), st.text(st.sampled_from("aåZ&1ø𝔸"), max_size=6).map(lambda text: Literal(text, language="nb"))
        ),
    ]
)
ORDERS = (
    "?a ?b",
    "DESC(?a) ?b",
    "STR(?a) DESC(STR(?b))",
    'COALESCE(STR(?a), "") ASC(?b)',
    'STRBEFORE(?a, "&") STRLEN(?a) ?a ?b',
    'xsd:integer(REPLACE(?a, "^.*=([0-9]+).*$", "$1")) STR(?a) STR(?b)',
    "xsd:integer(?a) STR(?a) STR(?b)",
)


def table_query(rows: list[tuple[Term | None, Term | None]], order: str) -> str:
    values = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    return f"{PREFIX}SELECT ?a ?b WHERE {{ VALUES (?a ?b) {{ {values} }} }} ORDER BY {order}"


def check(rows: list[tuple[Term | None, Term | None]], order: str) -> bool:
    """Compare both orders, and return whether the rows were ordered here."""
    query = table_query(rows, order)
    here = without_order(query)
    assert here is not None
    store = Store()
    ordered = here.ordered(by_engine(store, here.query))
    if ordered is not None:
        assert [*map(here.keys, ordered.rows)] == [*map(here.keys, by_engine(store, query).rows)]
        assert sorted(map(str, ordered.rows)) == sorted(map(str, by_engine(store, query).rows))
    assert sorted(map(str, expect_table(connect_store(store, orders=True)(query)).rows)) == sorted(map(str, rows))
    return ordered is not None


@given(st.lists(st.tuples(TERMS, TERMS), max_size=8), st.sampled_from(ORDERS))
def test_any_terms_are_in_the_order_of_the_engine_or_left_to_it(
    rows: list[tuple[Term | None, Term | None]], order: str
) -> None:
    check(rows, order)


@given(st.data(), st.sampled_from(ORDERS[:4]))
def test_terms_of_one_kind_are_ordered_here(data: st.DataObject, order: str) -> None:
    first, second = data.draw(SAME), data.draw(SAME)
    assert check(data.draw(st.lists(st.tuples(first, second), max_size=8)), order)


def test_no_column_is_lost_where_an_expression_has_a_pattern(graph: Store) -> None:
    query = "SELECT ?s (EXISTS { ?s a ?c } AS ?typed) WHERE { ?s ?p ?o FILTER(?p = <urn:p>) } ORDER BY STR(?s)"
    here = without_order(query)
    assert here is not None
    assert by_engine(graph, here.query).columns == by_engine(graph, query).columns == ("s", "typed")
    assert here.columns == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s WHERE { ?s ?p ?o }",
        "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s",
        "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 3",
        "SELECT ?s WHERE { ?s ?p ?o } ORDER BY RAND()",
        "SELECT ?s WHERE { ?s ?p ?o } ORDER BY LCASE(STR(?s))",
        "SELECT DISTINCT ?s WHERE { ?s ?p ?o } ORDER BY ?o",
        "SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s ORDER BY ?other",
        "SELECT ?s WHERE { ?s ?p ?o } # ORDER BY ?s",
        "SELECT ?s WHERE { { SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s } }",
        'SELECT ?s WHERE { ?s ?p ?o } ORDER BY REPLACE(?s, "(a*)*b", "")',
        'SELECT ?s WHERE { ?s ?p ?o } ORDER BY REPLACE(?s, ?s, "")',
        "PREFIX xsd: <https://example.org/> SELECT ?s WHERE { ?s ?p ?o } ORDER BY xsd:integer(?s)",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s",
    ],
)
def test_what_the_engine_must_order_is_left_to_it(query: str) -> None:
    assert without_order(query) is None


def test_a_variable_in_no_column_orders_all_the_same(graph: Store) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f"SELECT ?name WHERE {{ ?thing {label} ?name }} ORDER BY STR(?thing) STR(?name)"
    here = without_order(query)
    assert here is not None
    rows = here.ordered(by_engine(graph, here.query))
    assert rows is not None
    assert rows.columns == ("name",)
    assert [name.value for (name,) in rows.rows] == [name.value for (name,) in by_engine(graph, query).rows]
