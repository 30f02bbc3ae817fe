"""Stores: a build is queried as it was written, or rejected; a large one has an index that is whole or absent."""

import os
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal

from graph.builds.manifest import DATASET, manifest_digest
from graph.common.findings import FindingsError
from graph.query import stores
from graph.query.results import BooleanResult, InvalidQueryError, QueryError, Table, TriplesResult
from graph.query.stores import connect_build, open_store, opens_without_indexing

pytestmark = pytest.mark.unit

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture
def mine(built: Path, tmp_path: Path) -> Path:
    """A copy of the build, which a test may change."""
    return Path(shutil.copytree(built, tmp_path / "build"))


@pytest.fixture
def large(mine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build that counts as large."""
    monkeypatch.setattr(stores, "MAX_BYTES_IN_MEMORY", 1000)
    return mine


def index(build: Path) -> Path:
    return build / f".store-{manifest_digest(build, DATASET)[:24]}"


def test_byte_order_mark_before_a_query_is_ignored(built: Path) -> None:
    assert connect_build(built)("\ufeffASK { ?s ?p ?o }") == BooleanResult(True)


def test_every_query_form_has_its_result_type(built: Path) -> None:
    run = connect_build(built)
    assert run("ASK { ?s ?p ?o }") == BooleanResult(True)
    assert run("ASK { ?s ?p <http://example.org/none> }") == BooleanResult(False)
    assert run("SELECT ?a ?b WHERE { VALUES (?a ?b) { ('æ'@nb UNDEF) (1 2) } }") == Table(
        ("a", "b"), [(Literal("æ", language="nb"), None), (Literal(1), Literal(2))]
    )
    answer = run("CONSTRUCT { <a:a> <a:b> ?x } WHERE { VALUES ?x { 1 } }")
    assert isinstance(answer, TriplesResult)
    assert [str(triple) for triple in answer.triples] == [f"<a:a> <a:b> {Literal(1)}"]


def test_queries_run_over_the_union_of_graphs(built: Path) -> None:
    in_all = "ASK { ?claim a mg:Claim . ?person a foaf:Person }"
    prefixes = "PREFIX mg: <https://w3id.org/motegraf/ontology#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
    assert connect_build(built)(prefixes + in_all) == BooleanResult(True)


@pytest.mark.parametrize(
    "query",
    ["SELECT", "INSERT DATA { <a:a> <a:b> 1 }", "SELECT (TRIPLE(<a:a>, <a:b>, 1) AS ?t) WHERE { }", "DROP ALL", ""],
)
def test_updates_and_nonsense_are_rejected(built: Path, query: str) -> None:
    run = connect_build(built)
    before = run(COUNT)
    with pytest.raises(InvalidQueryError):
        run(query)
    assert run(COUNT) == before


def test_failing_service_is_a_query_error(built: Path) -> None:
    with pytest.raises(QueryError, match="a server that the query calls"):
        connect_build(built)("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_missing_build_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match="holds no whole build; make one with: motegraf build --out"):
        connect_build(tmp_path / "nothing")


def test_build_with_missing_file_is_rejected(mine: Path) -> None:
    (mine / DATASET).unlink()
    with pytest.raises(FindingsError, match=r"a file of this build is missing \(motegraf\.nq\); renew it with"):
        connect_build(mine)


@pytest.mark.parametrize("change", ["cut", "more"])
def test_mixed_build_is_rejected(mine: Path, change: str) -> None:
    file = mine / DATASET
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2] if change == "cut" else text + text[:10], encoding="utf-8")
    with pytest.raises(FindingsError, match="files of two builds are mixed here"):
        connect_build(mine)


def test_small_build_gets_no_index(mine: Path) -> None:
    connect_build(mine)
    assert not list(mine.glob(".*"))
    assert opens_without_indexing(mine)


@pytest.mark.slow
def test_large_build_gets_an_index_with_the_same_results(
    large: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not opens_without_indexing(large)
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    answers = [connect_build(large)(query) for _ in range(2)]
    assert [entry.name for entry in large.glob(".*")] == [index(large).name]
    assert opens_without_indexing(large)
    monkeypatch.undo()
    assert answers == [connect_build(built)(query)] * 2


def test_stale_index_is_not_used_and_removed(large: Path) -> None:
    other = large / ".store-000000000000000000000000"
    other.mkdir()
    open_store(large)
    assert [entry.name for entry in large.glob(".*")] == [index(large).name]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_index_is_built_atomically(large: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FindingsError if isinstance(error, OSError) else KeyboardInterrupt):
        open_store(large)
    assert not list(large.glob(".*"))


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_index_in_read_only_folder_is_an_error(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ordinary size it is asked all the same; a large one cannot get its index, and that is said."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Whoever runs as root may write anywhere: the refusal of the system is played.
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(FindingsError, match="an index cannot be made: Permission denied"):
        open_store(large)
    monkeypatch.setattr(stores, "MAX_BYTES_IN_MEMORY", 30_000_000)
    assert isinstance(connect_build(large)(COUNT), Table)


def test_index_opens_without_the_dataset_file(large: Path) -> None:
    before = connect_build(large)(COUNT)
    (large / DATASET).unlink()
    assert connect_build(large)(COUNT) == before
