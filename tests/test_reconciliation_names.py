"""Candidates of large builds, where names have no index of their own: found by the words of names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import add_page, load_store
from test_identity_builds import EVENTS, NEWS, NEWS_CLAIMS, PLAN, PLAN_CLAIMS, decide

from build_graph import build
from graph.model.iris import BASE
from graph.server.reconcile import names
from graph.server.reconcile.candidates import Graph, candidates_of
from graph.server.reconcile.names import is_abbreviation
from graph.server.reconcile.request import read_batch

pytestmark = pytest.mark.slow


@pytest.fixture
def graph_of_many(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """Return the build of the first page, as if it had too many entities."""
    monkeypatch.setattr(names, "MAX_INDEXED_LETTERS", 10)
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
        # Not all of its words are in a name.
        ("Statsministerens kontor, presseavdelingen", "organisation/statsministerens-kontor"),
    ],
)
def test_names_are_found_without_their_own_index(graph_of_many: Graph, name: str, id: str) -> None:
    assert graph_of_many.names.things == []
    [query] = read_batch(f'{{"q0": {{"query": "{name}"}}}}').values()
    assert candidates_of(query, graph_of_many)[0].entry.iri == f"{BASE}{id}"


def test_id_that_is_not_kept_leads_to_the_one_that_is(empty_home: Path) -> None:
    kept, former = EVENTS
    add_page(empty_home, "a-plan", PLAN, PLAN_CLAIMS, "2015-01-05")
    add_page(empty_home, "b-news", NEWS, NEWS_CLAIMS, "2015-02-03")
    decide(empty_home, "same", kept, former)
    build(empty_home, empty_home / "build")
    graph = Graph(load_store(empty_home / "build/motegraf.nq"), empty_home / "build", BASE)
    for id in (former, former.replace(":", "/"), BASE + former.replace(":", "/"), kept):
        entry = graph.entry(id)
        assert entry is not None
        assert entry.iri == BASE + kept.replace(":", "/")
    [query] = read_batch(json.dumps({"q0": {"query": former}})).values()
    [first] = candidates_of(query, graph)
    assert (first.entry.iri, first.match) == (BASE + kept.replace(":", "/"), True)


def test_id_of_a_register_proves_and_a_name_in_it_does_not(four_registers: Path) -> None:
    build = four_registers / "build"
    graph = Graph(load_store(build / "motegraf.nq"), build, BASE)

    def found(**row: object) -> list[tuple[str, float, bool]]:
        [query] = read_batch(json.dumps({"q0": row})).values()
        return [(each.entry.iri.removeprefix(BASE), each.score, each.match) for each in candidates_of(query, graph)]

    lobbyist = ("actor/eu-mep-meetings.57221111091-19", 100.0, True)
    assert found(properties=[{"pid": "register-id", "v": "57221111091-19"}]) == [lobbyist]
    assert lobbyist in found(query="Somebody (57221111091-19)", type="organisation")
    ada = "actor/eu-mep-meetings.person-900001"
    assert found(query="Example, Ada", type="person")[0] == (ada, 100.0, False)
    assert found(query="Ada Example", properties=[{"pid": "register-id", "v": 900001}])[0] == (ada, 100.0, True)
    # Another id of a register excludes nobody: another register may have given it.
    assert (ada, 100.0, False) in found(query="Ada Example", properties=[{"pid": "register-id", "v": "1"}])
    # A body that one source alone names is only as unlike others as its words are.
    [first, *_] = found(query="Prøvebygd kommune", type="organisation")
    assert first == ("actor/einnsyn-moetemapper.enh-0-a5b4086b", 100.0, False)


def test_abbreviations_are_told_from_names() -> None:
    given = ("SMK", "NATO", "ØK", "Os", "Oslo kommune", "OSLO KOMMUNE", "")
    assert [name for name in given if is_abbreviation(name)] == ["SMK", "NATO", "ØK"]
