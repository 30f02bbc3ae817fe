"""An endpoint gives the same results as a local build, row for row, whatever its default graph is."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import load_store
from equivalence import QUESTIONS, assert_same_results, variants
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
)
from servers import JSON, Request, Response, Server, oxigraph, stub_server

from build_graph import build
from graph.push.verify import normalize_proofs
from graph.query.ask import ask, display_labels, run_question
from graph.query.endpoint.client import connect_endpoint
from graph.query.lookup import ENTITY_KINDS, LOOKUPS
from graph.query.questions import read_question
from graph.query.results import BooleanResult, QueryError, QueryFn, Table, expect_table
from graph.query.stores import connect_build

pytestmark = pytest.mark.server

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BASE = "https://example.org/meetings/"


@pytest.fixture(scope="module")
def based(first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the first page under another base."""
    out = tmp_path_factory.mktemp("based")
    build(first_page, out, BASE)
    return out


@pytest.fixture(scope="module", params=["ours", "another base"])
def places(
    request: pytest.FixtureRequest, built: Path, based: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[QueryFn, QueryFn]]:
    """A build, here and at an endpoint whose default graph is empty."""
    folder = built if request.param == "ours" else based
    with oxigraph(folder / "motegraf.nq", tmp_path_factory.mktemp("store") / "store") as server:
        yield connect_build(folder), connect_endpoint(server.url)


@pytest.mark.parametrize(("name", "given"), variants(), ids=str)
def test_every_question_has_the_same_result_at_an_endpoint(
    name: str, given: dict[str, str], places: tuple[QueryFn, QueryFn]
) -> None:
    assert_same_results(name, given, *places)


@pytest.mark.parametrize("file", sorted(ENTITY_KINDS.glob("*.rq")), ids=lambda file: file.stem)
def test_entity_names_are_the_same_at_an_endpoint(file: Path, places: tuple[QueryFn, QueryFn]) -> None:
    answers = [run(file.read_text(encoding="utf-8")) for run in places]
    assert [type(answer) for answer in answers] == [Table, Table]
    here, there = (sorted(answer.rows, key=str) for answer in answers if isinstance(answer, Table))
    assert here
    assert there == here


def test_ask_and_construct_work_at_an_endpoint(places: tuple[QueryFn, QueryFn]) -> None:
    about = "<http://data.europa.eu/m8g/hasParticipation>"
    for query in (f"ASK {{ ?event {about} ?part }}", f"ASK {{ ?event {about} 1 }}"):
        here, there = (run(query) for run in places)
        assert isinstance(here, BooleanResult)
        assert there == here
    here, there = (run(f"CONSTRUCT {{ ?part {about} ?event }} WHERE {{ ?event {about} ?part }}") for run in places)
    assert set(there.triples) == set(here.triples)
    assert here.triples


def test_graphs_can_be_asked_by_name(places: tuple[QueryFn, QueryFn]) -> None:
    query = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"
    here, there = (run(query) for run in places)
    assert there == here
    assert len(here.rows) > 4


def test_own_from_clause_is_kept(built: Path, places: tuple[QueryFn, QueryFn]) -> None:
    _, there = places
    assert there("SELECT ?s FROM <https://example.org/nothing> WHERE { ?s ?p ?o }") == Table(("s",), [])


@pytest.fixture(scope="module")
def plain(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An endpoint with plain Turtle in its default graph."""
    with oxigraph(built / "motegraf.ttl", tmp_path_factory.mktemp("plain") / "store") as server:
        yield server


def test_default_graph_with_our_data_is_queried_directly(built: Path, plain: Server) -> None:
    for question in map(read_question, QUESTIONS):
        here, there = (run_question(question, {}, run) for run in (connect_build(built), connect_endpoint(plain.url)))
        assert normalize_proofs(there, question) == normalize_proofs(here, question)


def test_python_ask_queries_the_endpoint(built: Path, plain: Server) -> None:
    with (Path(__file__).parent / "answers" / "who_met_whom.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) > 1
    assert ask("who_met_whom", endpoint=plain.url) == ask("who_met_whom", build=built)


def test_endpoint_without_our_data_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "other.nq").write_text("<a:a> <a:b> <a:c> <a:g> .\n", encoding="utf-8")
    with oxigraph(tmp_path / "other.nq", tmp_path / "store") as server:
        with pytest.raises(QueryError) as raised:
            ask("who_met_whom", endpoint=server.url)
        assert str(raised.value) == f"{server.url} holds no Møtegraf data in any graph that it lists"


def of_store(store: Store) -> Callable[[Request], Response]:
    """An engine that keeps its default graph apart, and knows of no way to unite graphs but FROM."""

    def answer(request: Request) -> Response:
        results = store.query(request.query)
        assert isinstance(results, QuerySolutions)
        return 200, JSON, results.serialize(format=QueryResultsFormat.JSON)

    return answer


def test_graphs_are_listed_where_no_union_parameter_exists(built: Path) -> None:
    with stub_server(of_store(load_store(built / "motegraf.nq"))) as server:
        there = connect_endpoint(server.url)
        for question in map(read_question, QUESTIONS):
            here = run_question(question, {}, connect_build(built))
            assert normalize_proofs(run_question(question, {}, there), question) == normalize_proofs(here, question)
        clauses = {clause for request in server.requests for clause in re.findall("FROM <[^>]*>", request.query)}
    names = ("concluded", "curated", "ontology", "registry", "source.dialogmoter-hosten-2014", "sources")
    assert clauses == {f"FROM <https://w3id.org/motegraf/graph/{name}>" for name in names}


def test_graphs_are_looked_up_once(built: Path) -> None:
    with stub_server(of_store(load_store(built / "motegraf.nq"))) as server:
        there = connect_endpoint(server.url)
        assert not server.requests
        there("SELECT ?s WHERE { ?s ?p 1 }")
        there("SELECT ?s WHERE { ?s ?p 2 }")
        lookups = [LOOKUPS / "derived_claim.rq", LOOKUPS / "derived_claim.rq", LOOKUPS / "data_graphs.rq"]
        assert [each.query for each in server.requests[:3]] == [file.read_text(encoding="utf-8") for file in lookups]
        assert len(server.requests) == 5


def test_many_entities_are_looked_up_in_batches(built: Path) -> None:
    """Engines refuse a list of some thousands."""
    things = [NamedNode(f"https://example.org/{number:04}") for number in range(1001)]
    labelled = NamedNode("https://w3id.org/motegraf/event/haugesund-2014-12")
    queries: list[str] = []

    def run(query: str) -> Table:
        queries.append(query)
        return expect_table(connect_build(built)(query))

    assert display_labels(run, [*things, labelled, None], "en") == {
        labelled: Literal("Dialogue meeting in Haugesund", language="en")
    }
    assert [query.count("<https://example.org/") for query in queries] == [200] * 5 + [1]


def test_thousands_of_graphs_can_be_listed(built: Path) -> None:
    store = load_store(built / "motegraf.nq")
    a, claim = (NamedNode(name) for name in (f"{RDF}type", "https://w3id.org/motegraf/ontology#Claim"))
    quote = NamedNode("https://w3id.org/motegraf/ontology#keyEvidence")
    for number in range(3000):
        graph, one = (NamedNode(f"https://w3id.org/motegraf/{kind}/page.p{number}") for kind in ("graph", "claim"))
        store.extend([Quad(one, a, claim, graph), Quad(one, quote, one, graph)])
    with stub_server(of_store(store)) as server:
        table = connect_endpoint(server.url)(
            "PREFIX mg: <https://w3id.org/motegraf/ontology#> SELECT ?claim { ?claim a mg:Claim }"
        )
        assert isinstance(table, Table)
        assert {NamedNode(f"https://w3id.org/motegraf/claim/page.p{n}") for n in range(3000)} < {
            r[0] for r in table.rows
        }
        assert (server.requests[-1].method, server.requests[-1].query.count(" FROM <")) == ("POST", 3006)


def test_url_with_dataset_parameters_is_used_unchanged(built: Path) -> None:
    with stub_server(of_store(Store())) as server:
        with pytest.raises(QueryError, match="holds no Møtegraf data"):
            connect_endpoint(f"{server.url}?default-graph-uri=https://example.org/g&key=1")("ASK { ?s ?p ?o }")
        assert [request.parameters[:2] for request in server.requests] == [
            [("default-graph-uri", "https://example.org/g"), ("key", "1")]
        ]
