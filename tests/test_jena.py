"""Jena's engine and store, of which Fuseki is the server. Optional: runs where Debian has libapache-jena-java."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from equivalence import QUESTIONS, assert_same_results, variants
from servers import JENA, Server, jena

from graph.__main__ import motegraf
from graph.query.endpoint.client import connect_endpoint
from graph.query.stores import connect_build

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        not all(JENA.values()), reason="Jena is not installed (Debian: apt-get install libapache-jena-java default-jdk)"
    ),
]


VERIFIED = f"{len(QUESTIONS)} questions with the same answers"


def pushed(server: Server, build: Path, *options: str) -> str:
    done = CliRunner().invoke(motegraf, ["push", server.url, "--build", str(build), "--yes", *options])
    assert done.exit_code == 0, done.output
    return done.stderr


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server into which the build was pushed; its default graph is empty, as Fuseki has it unless told otherwise."""
    with jena(tmp_path_factory.mktemp("jena")) as running:
        assert f"6 graphs there, {VERIFIED}" in pushed(running, built)
        yield running


def test_the_graphs_can_be_pushed_where_the_default_graph_is_the_union(built_home: Path, tmp_path: Path) -> None:
    """The graphs of a small page, twice: every push asks all questions, which takes long of many statements."""
    with jena(tmp_path, "union") as server:
        assert f"6 graphs there, {VERIFIED}" in pushed(server, built_home / "out")
        again = pushed(server, built_home / "out")
    assert "0 graphs with 0 statements to send, 6 graphs unchanged" in again
    assert f"6 graphs there, {VERIFIED}" in again


def test_what_was_pushed_need_not_be_pushed_twice(server: Server, built: Path) -> None:
    assert "0 graphs with 0 statements to send, 6 graphs unchanged" in pushed(server, built, "--dry-run")


@pytest.mark.parametrize(("name", "given"), variants(), ids=str)
def test_every_question_has_the_same_answer_there(
    name: str, given: dict[str, str], server: Server, built: Path
) -> None:
    assert_same_results(name, given, connect_build(built), connect_endpoint(server.url))
