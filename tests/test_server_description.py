"""Which passages stand below a statement about an event and its agents, where two pages tell of one event."""

from pathlib import Path

import pytest
from conftest import add_page
from pyoxigraph import NamedNode, RdfFormat, Store
from test_two_sources import HELD_CLAIMS, HELD_TEXT, PLAN_CLAIMS, PLAN_TEXT

from build_graph import build
from graph.query.results import QueryFn, read_result
from graph.rdf.terms import iri
from graph.server.entity.description import Description, describe

pytestmark = pytest.mark.slow

EVENT, MUNICIPALITY, PERSON = map(iri, ("event:samling-2015", "organisation:haugesund-kommune", "person:laila-bokhari"))
PLANNED = "Haugesund kommune planlegger å arrangere en samling om terrortrusselen i første kvartal 2015."
HELD = "Haugesund kommune arrangerte samlingen 2. februar 2015."
TOOK_PART = "Laila Bokhari og Jøran Kallmyr deltok."


def query(home: Path) -> QueryFn:
    build(home, home / "build")
    store = Store()
    store.load(path=home / "build/motegraf.nq", format=RdfFormat.N_QUADS)
    return lambda text: read_result(store.query(text, use_default_graph_as_union=True))


def texts(description: Description | None, name: str, other: NamedNode) -> list[str]:
    """Return the passages below the statements of a property, in either direction, with this entity."""
    assert description is not None
    values = [*description.outgoing, *description.incoming]
    found = [value for label, group in values for value in group if label == name and value.entity == other]
    assert found
    return [passage.text for value in found for passage in value.passages]


def test_held_event_is_not_proven_by_the_page_that_tells_of_the_plan(empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    run = query(empty_home)
    event = describe(EVENT, run, "nb")
    assert texts(event, "arrangør", MUNICIPALITY) == [HELD]
    assert texts(event, "til stede", PERSON) == [TOOK_PART]
    assert texts(describe(MUNICIPALITY, run, "nb"), "arrangør", EVENT) == [HELD]
    assert texts(describe(PERSON, run, "nb"), "til stede", EVENT) == [TOOK_PART]


def test_organiser_of_a_planned_event_is_proven_by_the_plan(empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    event = describe(EVENT, query(empty_home), "nb")
    assert texts(event, "arrangør", MUNICIPALITY) == [PLANNED]
    assert "til stede" not in dict(event.outgoing)
