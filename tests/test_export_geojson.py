"""GeoJSON (RFC 7946): points of areas and events, which say what they are the points of"""

import json
from pathlib import Path
from typing import Any

import pytest
from exporting import export, left_out

from graph import HOME
from graph.registry.areas import read_positions

pytestmark = pytest.mark.slow

BASE = "https://w3id.org/motegraf/"


@pytest.fixture(scope="module")
def features(built: Path) -> dict[str, dict[str, Any]]:
    """The features of the first page by the path of their id."""
    document = json.loads(export(built, "-f", "geojson", "--lang", "en").stdout)
    assert (document["type"], document["attribution"]) == ("FeatureCollection", "Kartverket, CC BY 4.0")
    return {each["id"].removeprefix(BASE): each for each in document["features"]}


def test_features_are_those_of_rfc_7946(features: dict[str, dict[str, Any]]) -> None:
    for feature in features.values():
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 4 < longitude < 32, feature["id"]
        assert 57 < latitude < 72, feature["id"]


def test_event_has_the_point_of_its_municipality_and_says_so(features: dict[str, dict[str, Any]]) -> None:
    # Sarpsborg lies at 59.3 degrees north, 11.1 east.
    event = features["event/sarpsborg-2014-10"]
    assert [round(number, 1) for number in event["geometry"]["coordinates"]] == [11.2, 59.3]
    assert event["properties"] == {
        "feature": "event",
        "name": "Conference in Sarpsborg",
        "kind": "conference",
        "status": "held",
        "earliest": "2014-10-01",
        "latest": "2014-10-31",
        "area": "Sarpsborg",
        "area_iri": f"{BASE}area/no/kommune/0105",
        "venue": None,
        "position": "centroid 2019 of the municipality, not the venue",
    }
    assert features["area/no/kommune/0105"]["geometry"] == event["geometry"]


def test_events_without_a_point_are_left_out_and_counted(
    features: dict[str, dict[str, Any]], built: Path, eleven_pages: Path
) -> None:
    # The summit and the council: no page says in which municipality.
    assert not {"event/toppmote-2015", "event/haugesund-beredskapsrad", "series/dialogmoter-2014"} & set(features)
    assert "2 events left out: without a known municipality" in left_out(built, "-f", "geojson")
    assert sum(name.startswith("event/") for name in features) == 10
    document = json.loads(export(eleven_pages, "-f", "geojson").stdout)
    events = [each for each in document["features"] if each["properties"]["feature"] == "event"]
    lines = left_out(eleven_pages, "-f", "geojson")
    counted = sum(int(line.split()[0]) for line in lines if " event" in line)
    assert (len(events), counted) == (22, 23)


def test_selection_has_the_areas_of_its_events(built: Path) -> None:
    document = json.loads(export(built, "-f", "geojson", "--actor", "kallmyr").stdout)
    names = {each["properties"]["name"] for each in document["features"]}
    assert {"Konferanse i Sarpsborg", "Sarpsborg"} <= names
    assert "Dialogmøte i Oslo" not in names


def test_every_area_of_2014_has_a_point() -> None:
    positions = read_positions(HOME / "registry")
    assert len(positions) == 428
    assert all(position.basis.startswith("centroid 2019") for position in positions.values())
