"""Founding, merging, splitting and extending of bodies: one rule, held by every change of the registry."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

import pytest
from conftest import Row, ask
from pyoxigraph import Store

from graph import HOME
from graph.rdf.statements import to_quads
from graph.rdf.terms import iri
from graph.registry.load import read_registry
from graph.registry.rdf import area_statements
from graph.registry.records import Registry

pytestmark = pytest.mark.unit

CHANGES = """SELECT ?change ?date ?label ?before ?after WHERE {
  ?change a org:ChangeEvent ; dct:date ?date ; rdfs:label ?label ;
    org:originalOrganization ?before ; org:resultingOrganization ?after . FILTER(LANG(?label) = "en") }"""


@cache
def registry() -> Registry:
    return read_registry(HOME / "registry")


@pytest.fixture(scope="module")
def areas() -> Store:
    """Return what the build publishes of all areas and their bodies."""
    store = Store()
    store.extend(to_quads(area_statements(registry()), iri("graph:registry")))
    return store


@pytest.fixture(scope="module")
def changes(areas: Store) -> dict[str, list[Row]]:
    """Return the rows of each change: date, label, a body before and the body after."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for change, *row in ask(areas, CHANGES):
        rows[change].append(tuple(row))
    return rows


def exists_on(body: str, day: date) -> bool:
    bounds = registry().organisations[body].exists
    return (bounds.earliest is None or bounds.earliest <= day) and (bounds.latest is None or day <= bounds.latest)


def test_every_change_has_one_day_one_label_and_one_result(changes: dict[str, list[Row]]) -> None:
    assert len(changes) == 60
    assert [change for change, rows in changes.items() if len({(row[0], row[1], row[3]) for row in rows}) != 1] == []


def test_body_comes_into_being_only_where_it_was_not_there(changes: dict[str, list[Row]]) -> None:
    founded, extended = set(), set()
    for change, ((day, label, _, after), *_) in changes.items():
        before = date.fromisoformat(day) - timedelta(days=1)
        (extended if exists_on(after, before) else founded).add(change)
        assert label.endswith("takes others in" if change in extended else "comes into being"), change
    assert extended == {
        "change:oslo-politidistrikt.2016-01-01",
        "change:stavanger-kommune.2020-01-01",
        "change:trondheim-kommune.2020-01-01",
    }
    assert len(founded) == 57


def test_body_that_goes_on_is_among_those_before(changes: dict[str, list[Row]]) -> None:
    for change, rows in changes.items():
        before, (after,) = {row[2] for row in rows}, {row[3] for row in rows}
        day = date.fromisoformat(rows[0][0])
        assert (after in before) == exists_on(after, day - timedelta(days=1)), change
        # All of them were there on the day before; nobody but the one that goes on is there on the day.
        assert [body for body in before if not exists_on(body, day - timedelta(days=1))] == []
        assert [body for body in before - {after} if exists_on(body, day)] == []


def test_no_body_of_a_territory_is_missing_among_those_before(changes: dict[str, list[Row]]) -> None:
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for step in registry().area_changes:
        before, after = registry().areas[step.before].body, registry().areas[step.after].body
        if before and after:
            bodies[str(step.day), after].add(before)
    expected = {key: before for key, before in bodies.items() if before != {key[1]}}
    found = {(rows[0][0], rows[0][3]): {row[2] for row in rows} for rows in changes.values()}
    assert {key: found[key] for key in expected} == expected
    districts = {key for key in found if key not in expected}
    assert {registry().organisations[body].kind for _, body in districts} == {"police-district"}


def test_terms_of_a_change_are_inverses(areas: Store) -> None:
    assert ask(areas, "SELECT * { ?x org:originalOrganization ?b MINUS { ?b org:changedBy ?x } }") == []
    assert ask(areas, "SELECT * { ?b org:changedBy ?x MINUS { ?x org:originalOrganization ?b } }") == []
    assert ask(areas, "SELECT * { ?b org:resultedFrom ?x MINUS { ?x org:resultingOrganization ?b } }") == []
    # A body that went on did not result from the change: it was there before.
    went_on = ask(areas, "SELECT ?b { ?x org:resultingOrganization ?b MINUS { ?b org:resultedFrom ?x } }")
    assert went_on == [
        ("organisation:oslo-politidistrikt",),
        ("organisation:stavanger-kommune",),
        ("organisation:trondheim-kommune",),
    ]


def test_founding_day_is_the_day_of_the_change(areas: Store) -> None:
    rows = ask(areas, "SELECT ?b ?day ?date { ?b org:resultedFrom/dct:date ?date ; schema:foundingDate ?day }")
    assert len(rows) == 57
    assert [row for row in rows if row[1] != row[2]] == []
    assert ask(areas, "SELECT ?b { ?b org:changedBy ?x ; schema:foundingDate ?day . ?x dct:date ?day }") == []
