"""What became of municipalities and police districts: the body of today of each, also where a merger was undone."""

from pathlib import Path

import pytest
from conftest import add_page, ask, load_store

from build_graph import build
from graph import HOME
from graph.registry.load import read_registry

pytestmark = pytest.mark.slow

# Of each body, those that it is today.
BODIES = {
    "alesund-kommune": ("alesund-kommune-2024",),
    "haram-kommune": ("haram-kommune-2024",),
    "sandoy-kommune": ("alesund-kommune-2024",),
    # The merged municipality was parted: to both halves.
    "alesund-kommune-2020": ("alesund-kommune-2024", "haram-kommune-2024"),
    "alesund-kommune-2024": ("alesund-kommune-2024",),
    # They kept their numbers, and took others in.
    "stavanger-kommune": ("stavanger-kommune",),
    "finnoy-kommune": ("stavanger-kommune",),
    "klaebu-kommune": ("trondheim-kommune",),
    "kristiansand-kommune": ("kristiansand-kommune-2020",),
    "songdalen-kommune": ("kristiansand-kommune-2020",),
    # It got other numbers, and is the same municipality.
    "tromso-kommune": ("tromso-kommune",),
    "oslo-kommune": ("oslo-kommune",),
    # Two mergers, one after the other.
    "svelvik-kommune": ("drammen-kommune-2020",),
    "hof-kommune": ("holmestrand-kommune-2020",),
    "holmestrand-kommune-2018": ("holmestrand-kommune-2020",),
    # Parted among three, and between two.
    "snillfjord-kommune": ("heim-kommune", "hitra-kommune-2020", "orkland-kommune"),
    "tysfjord-kommune": ("narvik-kommune-2020", "hamaroy-kommune-2020"),
    "ostfold-politidistrikt": ("ost-politidistrikt",),
    "rogaland-politidistrikt": ("sor-vest-politidistrikt",),
    # Its name goes on: it took another in.
    "oslo-politidistrikt": ("oslo-politidistrikt",),
    "asker-og-baerum-politidistrikt": ("oslo-politidistrikt",),
    "agder-politidistrikt": ("agder-politidistrikt",),
    "ost-politidistrikt": ("ost-politidistrikt",),
}
TODAY = """SELECT DISTINCT ?event WHERE {
  ?event schema:organizer/mg:currentBody ?body . ?body rdfs:label "%s"@nb }"""


def test_current_bodies_of_body() -> None:
    known = read_registry(HOME / "registry").current_bodies
    found = {f"organisation:{body}": known[f"organisation:{body}"] for body in BODIES}
    assert found == {f"organisation:{body}": tuple(f"organisation:{id}" for id in now) for body, now in BODIES.items()}


def test_every_municipality_and_district_has_a_current_body_that_still_exists() -> None:
    registry = read_registry(HOME / "registry")
    bodies = registry.organisations.values()
    kinds = ("municipality", "police-district")
    assert {body.id for body in bodies if body.kind in kinds} == registry.current_bodies.keys()
    today = {id for now in registry.current_bodies.values() for id in now}
    assert {id for id in today if registry.organisations[id].exists.latest} == set()
    assert {id for id in today if registry.current_bodies[id] != (id,)} == set()


def test_current_areas_and_current_bodies_agree() -> None:
    """The body of an area of 2014, today, is the body of that area's areas of today."""
    registry = read_registry(HOME / "registry")
    for area, now in registry.current_areas.items():
        body = registry.areas[area].body
        if body:
            assert set(registry.current_bodies[body]) == {registry.areas[id].body for id in now}


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("Ålesund kommune", [("event:alesund-2014-host",), ("event:mote-2025",)]),
        ("Haram kommune", []),
        ("Tromsø kommune", [("event:tromso-2014-host",)]),
        ("Stavanger kommune", [("event:stavanger-2014-11",)]),
    ],
)
def test_one_query_finds_what_current_municipality_and_predecessors_organised(
    home: Path, name: str, events: list[tuple[str, ...]]
) -> None:
    text = "5. mai 2025 arrangerte Ålesund kommune et møte.\n"
    claims = """events:
  mote-2025:
    label: {nb: Møte i Ålesund, en: Meeting in Ålesund}
    kind: meeting
    status: held
    when: {edtf: 2025-05-05, said: 5. mai 2025}
    where: {municipality: Ålesund}
    quote: 5. mai 2025 arrangerte Ålesund kommune et møte.
    participations:
      - {agent: Ålesund kommune, role: organiser}
"""
    add_page(home, "mote", text, claims, "2025-05-06")
    build(home, home / "out")
    assert ask(load_store(home / "out/motegraf.nq"), TODAY % name) == events


def test_audiences_and_groups_lead_to_current_police_district(built: Path) -> None:
    rows = ask(
        load_store(built / "motegraf.nq"),
        "SELECT DISTINCT ?then ?now { [] mg:drawnFrom ?then . ?then mg:currentBody ?now ; a org:OrganizationalUnit }",
    )
    assert rows == [
        ("organisation:ostfold-politidistrikt", "organisation:ost-politidistrikt"),
        ("organisation:rogaland-politidistrikt", "organisation:sor-vest-politidistrikt"),
    ]


def test_all_areas_are_published_with_current_bodies(built: Path) -> None:
    rows = ask(
        load_store(built / "areas.ttl"),
        """SELECT ?then ?now {
          VALUES ?then { organisation:alesund-kommune organisation:kristiansand-kommune organisation:tromso-kommune }
          ?then mg:currentBody ?now }""",
    )
    assert rows == [
        ("organisation:alesund-kommune", "organisation:alesund-kommune-2024"),
        ("organisation:kristiansand-kommune", "organisation:kristiansand-kommune-2020"),
        ("organisation:tromso-kommune", "organisation:tromso-kommune"),
    ]


def test_a_municipality_that_took_another_in_did_not_come_into_being(built: Path) -> None:
    """Trondheim took in Klæbu in 2020; Drammen of 2020 came of three."""
    graph = load_store(built / "areas.ttl")
    resulted = "SELECT ?change WHERE { %s org:resultedFrom ?change }"
    assert ask(graph, resulted % "organisation:trondheim-kommune") == []
    assert ask(graph, resulted % "organisation:drammen-kommune-2020") != []
    label = "SELECT ?label WHERE { change:trondheim-kommune.2020-01-01 rdfs:label ?label FILTER(LANG(?label) = 'en') }"
    assert ask(graph, label) == [("Trondheim kommune takes others in",)]


def test_a_county_lies_in_every_county_of_today_that_has_one_of_its_municipalities() -> None:
    current = read_registry(HOME / "registry").current_areas
    assert set(current["fylke:15"]) == {"fylke:15", "fylke:50"}


def test_sources_that_differ_on_a_day_of_a_post_are_listed_and_a_month_agrees_with_its_day() -> None:
    holders = read_registry(HOME / "registry").posts["post:statssekretaer-smk"].holders
    assert [conflict.fact for conflict in holders[0].disputes] == ["last day"]
    kallmyr = read_registry(HOME / "registry").posts["post:statssekretaer-jd"].holders[0]
    assert kallmyr.disputes == ()
