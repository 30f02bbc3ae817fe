"""Candidates of large builds, where names have no index of their own: found by the words of names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import load_store

from graph.model.iris import BASE
from graph.server.reconcile import names
from graph.server.reconcile.candidates import Graph, candidates_of
from graph.server.reconcile.names import is_abbreviation
from graph.server.reconcile.request import read_batch

pytestmark = pytest.mark.slow


@pytest.fixture
def graph_of_many(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """Return the build of the first page, as if it had too many entities."""
    monkeypatch.setattr(names, "MAX_INDEXED", 10)
    names.name_index.cache_clear()
    yield Graph(load_store(built / "motegraf.nq"), built, BASE)
    names.name_index.cache_clear()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Bokhari, Laila", "person/laila-bokhari"),
        ("Laila Bokari", "person/laila-bokhari"),
        ("Statsministerens kontor", "organisation/statsministerens-kontor"),
        ("0301", "area/no/kommune/0301"),
    ],
)
def test_names_are_found_without_their_own_index(graph_of_many: Graph, name: str, id: str) -> None:
    assert graph_of_many.names.things == []
    [query] = read_batch(f'{{"q0": {{"query": "{name}"}}}}').values()
    assert candidates_of(query, graph_of_many)[0].entry.iri == f"{BASE}{id}"


def test_abbreviations_are_told_from_names() -> None:
    given = ("SMK", "NATO", "ØK", "Os", "Oslo kommune", "OSLO KOMMUNE", "")
    assert [name for name in given if is_abbreviation(name)] == ["SMK", "NATO", "ØK"]
