"""An independent engine, Virtuoso, gives the same answers. Optional: runs where Debian has virtuoso-opensource."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from equivalence import QUESTIONS, assert_same_results, variants
from servers import VIRTUOSO, virtuoso

from graph.__main__ import motegraf
from graph.query.endpoint.client import connect_endpoint
from graph.query.results import BooleanResult, QueryFn, TriplesResult
from graph.query.stores import connect_build

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        not all(VIRTUOSO.values()), reason="Virtuoso is not installed (Debian: apt-get install virtuoso-opensource)"
    ),
]


@pytest.fixture(scope="module")
def places(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[QueryFn, QueryFn]]:
    """The build of the first page here, and in a Virtuoso of its own."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), built / "motegraf.nq") as server:
        yield connect_build(built), connect_endpoint(server.url)


def test_the_graphs_can_be_pushed_there_and_need_not_be_pushed_twice(built: Path, tmp_path: Path) -> None:
    with virtuoso(tmp_path, updates=True) as server:
        first, second = (
            CliRunner().invoke(motegraf, ["push", server.url, "--build", str(built), "--yes"]) for _ in range(2)
        )
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert f"6 graphs there, {len(QUESTIONS)} questions with the same answers" in first.stderr
    assert "0 graphs with 0 statements to send, 6 graphs unchanged" in second.stderr


@pytest.mark.parametrize(("name", "given"), variants(), ids=str)
def test_every_question_has_the_same_answer_there(
    name: str, given: dict[str, str], places: tuple[QueryFn, QueryFn]
) -> None:
    assert_same_results(name, given, *places)


def test_other_forms_of_query_are_answered_too(places: tuple[QueryFn, QueryFn]) -> None:
    here, there = places
    claims = "{ ?claim a <https://w3id.org/motegraf/ontology#EventClaim> }"
    assert there(f"ASK {claims}") == here(f"ASK {claims}") == BooleanResult(True)
    assert there("ASK { <https://example.org/a> ?p ?o }") == BooleanResult(False)
    found, expected = (run(f"CONSTRUCT {claims} WHERE {claims}") for run in (there, here))
    assert isinstance(found, TriplesResult)
    assert isinstance(expected, TriplesResult)
    assert expected.triples
    assert set(found.triples) == set(expected.triples)
