"""Popolo: its terms and forms of dates, attendees that were there for certain, and terms of office as far as known.

Popolo's own JSON Schemas are used too where the variable POPOLO_SCHEMAS names a folder with them.
"""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from exporting import export, left_out
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

pytestmark = pytest.mark.slow

BASE = "https://w3id.org/motegraf/"
SCHEMAS = os.environ.get("POPOLO_SCHEMAS", "")
CLASSES = {
    "persons": "person",
    "organizations": "organization",
    "posts": "post",
    "memberships": "membership",
    "areas": "area",
    "events": "event",
}
_TEXT = {"type": "string", "minLength": 1}
_DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
_LINKS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"url": {"type": "string", "pattern": "^https?://"}, "note": _TEXT},
        "required": ["url"],
        "additionalProperties": False,
    },
}
_NAMES = {"type": "array", "items": {"type": "object", "properties": {"name": _TEXT}, "required": ["name"]}}
_IDENTIFIERS = {
    "type": "array",
    "items": {"type": "object", "properties": {"identifier": _TEXT, "scheme": _TEXT}, "required": ["identifier"]},
}
_ATTENDEES = {"type": "array", "items": {"type": "object", "required": ["id", "name"]}}
# The part of Popolo that is used: of each class its terms, and the form of each.
USED: dict[str, dict[str, Any]] = {
    "person": {"name": _TEXT, "other_names": _NAMES, "identifiers": _IDENTIFIERS, "links": _LINKS},
    "organization": {
        "name": _TEXT,
        "other_names": _NAMES,
        "identifiers": _IDENTIFIERS,
        "links": _LINKS,
        "classification": _TEXT,
        "parent_id": _TEXT,
        "area_id": _TEXT,
        "founding_date": _DATE,
        "dissolution_date": _DATE,
    },
    "post": {"label": _TEXT, "other_label": {"type": "array", "items": _TEXT}, "organization_id": _TEXT},
    "membership": {
        "label": _TEXT,
        "person_id": _TEXT,
        "organization_id": _TEXT,
        "post_id": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
    },
    "area": {"name": _TEXT, "identifier": _TEXT, "classification": _TEXT, "parent_id": _TEXT},
    "event": {
        "name": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
        "location": _TEXT,
        "status": _TEXT,
        "classification": _TEXT,
        "organization_id": _TEXT,
        "parent_id": _TEXT,
        "sources": _LINKS,
        "attendees": _ATTENDEES,
    },
}
# Which class an id refers to.
REFERS = {"person_id": "persons", "organization_id": "organizations", "post_id": "posts", "area_id": "areas"}

Document = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def first(built: Path) -> Document:
    document: Document = json.loads(export(built, "-f", "popolo", "--lang", "en").stdout)
    return document


@pytest.fixture(scope="module")
def many(eleven_pages: Path) -> Document:
    document: Document = json.loads(export(eleven_pages, "-f", "popolo").stdout)
    return document


def thing(document: Document, of: str, path: str) -> dict[str, Any]:
    [only] = [each for each in document[of] if each["id"] == BASE + path]
    return only


@pytest.fixture(scope="module")
def selected(built: Path) -> Document:
    document: Document = json.loads(export(built, "-f", "popolo", "--actor", "laila-bokhari").stdout)
    return document


@pytest.mark.parametrize("of", ["first", "many"])
def test_document_has_terms_of_popolo_alone(of: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(of)
    assert list(document) == list(CLASSES)
    for key, name in CLASSES.items():
        schema = {"type": "object", "properties": {"id": _TEXT, **USED[name]}, "additionalProperties": False}
        for each in document[key]:
            jsonschema.validate(each, schema, jsonschema.Draft202012Validator)


@pytest.mark.skipif(not SCHEMAS, reason="POPOLO_SCHEMAS does not name a folder with Popolo's JSON Schemas")
@pytest.mark.parametrize("of", ["first", "many"])
def test_schemas_of_popolo_accept_the_document(of: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(of)
    schemas = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in Path(SCHEMAS).glob("*.json")}
    resources = [(each["id"], Resource(contents=each, specification=DRAFT3)) for each in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(resources)
    for key, name in CLASSES.items():
        validator = jsonschema.Draft3Validator(schemas[name], registry=registry)
        for each in document[key]:
            assert [error.message for error in validator.iter_errors(each)] == []
            assert set(each) <= set(schemas[name]["properties"])


@pytest.mark.parametrize("of", ["first", "many", "selected"])
def test_ids_lead_to_entities_of_the_document(of: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(of)
    ids = {key: {each["id"] for each in document[key]} for key in CLASSES}
    for key in CLASSES:
        assert len(ids[key]) == len(document[key])
        for each in document[key]:
            for name, target in {**REFERS, "parent_id": key}.items():
                assert name not in each or each[name] in ids[target], (each["id"], name)
            assert all(attendee["id"] in ids["persons"] for attendee in each.get("attendees", ()))


def test_event_has_month_attendees_and_sentence(first: Document) -> None:
    event = thing(first, "events", "event/haugesund-2014-12")
    [source] = event.pop("sources")
    assert source["url"].startswith("https://www.regjeringen.no/no/sub/radikalisering/")
    assert "Haugesund" in source["note"]
    assert event == {
        "id": f"{BASE}event/haugesund-2014-12",
        "name": "Dialogue meeting in Haugesund",
        "start_date": "2014-12",
        "end_date": "2014-12",
        "location": "Haugesund",
        "status": "held",
        "classification": "dialogue meeting",
        "organization_id": f"{BASE}organisation/haugesund-kommune",
        "attendees": [
            {"id": f"{BASE}person/laila-bokhari", "name": "Laila Bokhari"},
            {"id": f"{BASE}person/yousef-bartho-assidiq", "name": "Yousef Bartho Assidiq"},
        ],
        "parent_id": f"{BASE}series/dialogmoter-2014",
    }


def test_no_candidate_attended(first: Document, built: Path) -> None:
    assert "attendees" not in thing(first, "events", "event/alesund-2014-host")
    attendees = {each["name"] for event in first["events"] for each in event.get("attendees", ())}
    assert attendees == {"Jøran Kallmyr", "Laila Bokhari", "Yousef Bartho Assidiq"}
    assert "8 candidates left out: Popolo has no term for who may have been there" in left_out(built, "-f", "popolo")


def test_only_events_that_were_held_have_attendees(many: Document) -> None:
    assert {event["status"] for event in many["events"] if "attendees" in event} == {"held"}


def test_terms_of_office_have_the_dates_that_are_known(first: Document) -> None:
    term = thing(first, "memberships", "membership/laila-bokhari.statssekretaer-smk.2013-10-16")
    assert term["post_id"] == f"{BASE}post/statssekretaer-smk"
    assert term["organization_id"] == f"{BASE}organisation/statsministerens-kontor"
    # Sources differ about the last day, from 2015 to 2017.
    assert (term["start_date"], "end_date" in term) == ("2013-10-16", False)


def test_event_of_several_days_has_both(many: Document) -> None:
    event = thing(many, "events", "event/nordiske-byer-aarhus-2016-06")
    assert (event["start_date"], event["end_date"], event["location"]) == ("2016-06-02", "2016-06-03", "Aarhus, DK")


def test_event_that_was_postponed_has_no_date(many: Document) -> None:
    event = thing(many, "events", "event/folkemote-2024-05-14")
    assert (event["status"], event.get("start_date"), event.get("end_date")) == ("postponed", None, None)


def test_organisation_has_its_number_and_area(first: Document) -> None:
    sarpsborg = thing(first, "organizations", "organisation/sarpsborg-kommune")
    assert sarpsborg["identifiers"] == [
        {"scheme": "NO-BRC", "identifier": "938801363"},
        {"scheme": "wikidata", "identifier": "Q108025"},
    ]
    assert thing(first, "areas", "area/no/kommune/0105") == {
        "id": f"{BASE}area/no/kommune/0105",
        "name": "Sarpsborg",
        "identifier": "0105",
        "classification": "kommune",
        "parent_id": f"{BASE}area/no/fylke/01",
    }
    # The body went on when its area got another number: of several areas none is its area.
    assert "area_id" not in sarpsborg
    oslo = thing(first, "organizations", "organisation/oslo-kommune")
    assert oslo["area_id"] == f"{BASE}area/no/kommune/0301"
    assert {"name": "Justis- og beredskapsdepartementet"} in thing(
        first, "organizations", "organisation/justis-og-beredskapsdepartementet"
    )["other_names"]
