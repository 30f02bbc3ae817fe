"""FollowTheMoney: entities of its model, links of those who had a part for certain, and the sentence that says so.

The followthemoney package needs ICU's headers to be built, so it is optional here; what of its model is used stands in
``MODEL`` and is checked without it.
"""

import csv
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import OTHER_BASE
from exporting import export, left_out

from build_graph import build as build_graph
from graph.publish.graph_index import GraphIndex
from graph.publish.meetings import ONLY_NAMED, read_parts
from graph.rdf.statements import read_nquads

pytestmark = pytest.mark.slow

# followthemoney 4.11: of each schema that is used, the properties, and of those that are entities their range.
_PROVENANCE = {"sourceUrl": "", "publisher": "", "proof": "Document"}
_DATED = {"startDate": "", "endDate": "", "date": "", "summary": "", "description": "", "role": "", **_PROVENANCE}
_THING = {"name": "", "alias": "", "wikidataId": "", "keywords": "", "country": "", "description": "", **_PROVENANCE}
_LEGAL = {"classification": "", "registrationNumber": "", "incorporationDate": "", "dissolutionDate": ""}
MODEL: dict[str, dict[str, str]] = {
    "Person": _THING,
    "Organization": _THING | _LEGAL | {"parent": "LegalEntity"},
    "PublicBody": _THING | _LEGAL | {"parent": "LegalEntity"},
    "Position": _THING | {"organization": "Organization"},
    "Occupancy": _DATED | {"holder": "Person", "post": "Position"},
    "Membership": _DATED | {"member": "LegalEntity", "organization": "Organization"},
    "Representation": _DATED | {"agent": "LegalEntity", "client": "LegalEntity"},
    "UnknownLink": _DATED | {"subject": "Thing", "object": "Thing"},
    "Event": _THING | _DATED | {"location": "", "organizer": "LegalEntity", "involved": "LegalEntity"},
    "Note": _THING | {"entity": "Thing"},
    "PlainText": _THING | {"fileName": "", "title": "", "publishedAt": "", "language": ""},
}
ABOVE = {
    "Person": {"LegalEntity", "Thing"},
    "Organization": {"LegalEntity", "Thing"},
    "PublicBody": {"Organization", "LegalEntity", "Thing"},
    "Position": {"Thing"},
    "Event": {"Thing"},
    "PlainText": {"Document", "Thing"},
}
ID = "w3id-org-motegraf."


def entities(build: Path, *words: str) -> dict[str, dict[str, Any]]:
    """Return the exported entities by id, ids without what they all begin with."""
    lines = export(build, "-f", "ftm", *words).stdout.splitlines()
    read = [json.loads(line) for line in lines]
    assert len({each["id"] for each in read}) == len(read)
    return {each["id"].removeprefix(ID): each for each in read}


@pytest.fixture(scope="module")
def first(built: Path) -> dict[str, dict[str, Any]]:
    return entities(built, "--lang", "en")


@pytest.fixture(scope="module")
def many(eleven_pages: Path) -> dict[str, dict[str, Any]]:
    return entities(eleven_pages)


@pytest.fixture(scope="module")
def selected(built: Path) -> dict[str, dict[str, Any]]:
    return entities(built, "--actor", "laila-bokhari")


@pytest.mark.parametrize("of", ["first", "many", "selected"])
def test_entities_follow_the_model(of: str, request: pytest.FixtureRequest) -> None:
    exported = request.getfixturevalue(of)
    for entity in exported.values():
        for name, values in entity["properties"].items():
            assert values, (entity["id"], name)
            assert all(isinstance(value, str) and value for value in values)
            wanted = MODEL[entity["schema"]][name]
            for value in values if wanted else ():
                target = exported[value.removeprefix(ID)]["schema"]
                assert wanted in {target, *ABOVE[target]}, (entity["id"], name, value)


@pytest.mark.skipif(find_spec("followthemoney") is None, reason="followthemoney is not installed (extra: interop)")
@pytest.mark.parametrize("of", ["first", "many"])
def test_followthemoney_takes_every_value(of: str, request: pytest.FixtureRequest) -> None:
    limit = csv.field_size_limit()
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    csv.field_size_limit(limit)  # which followthemoney changes for all of Python
    exported = request.getfixturevalue(of)
    for entity in exported.values():
        proxy = EntityProxy.from_dict(entity, cleaned=False)
        proxy.schema.validate(entity)
        for name in proxy.schema.required:
            assert proxy.get(name), (entity["id"], name)
        assert {name: set(proxy.get(name)) for name in entity["properties"]} == {
            name: set(values) for name, values in entity["properties"].items()
        }
        for property, value in proxy.itervalues():
            if property.range is not None:
                target = model.get(exported[value.removeprefix(ID)]["schema"])
                assert target is not None
                assert target.is_a(property.range), (entity["id"], property)


def test_event_has_who_was_there_and_its_month(first: dict[str, dict[str, Any]]) -> None:
    event = first["event.sarpsborg-2014-10"]
    assert event["schema"] == "Event"
    address = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
    assert event["properties"] == {
        "name": ["Conference in Sarpsborg"],
        "date": ["2014-10"],
        "location": ["Sarpsborg"],
        "involved": [f"{ID}person.joran-kallmyr", f"{ID}person.laila-bokhari"],
        "keywords": ["conference", "held"],
        "sourceUrl": [address],
        "publisher": ["Government of Norway"],
        "proof": [f"{ID}source.dialogmoter-hosten-2014"],
    }


def test_link_has_role_office_and_sentence(first: dict[str, dict[str, Any]]) -> None:
    link = first["participation.sarpsborg-2014-10.joran-kallmyr"]
    assert link["schema"] == "UnknownLink"
    properties = link["properties"]
    assert (properties["subject"], properties["object"]) == (
        [f"{ID}person.joran-kallmyr"],
        [f"{ID}event.sarpsborg-2014-10"],
    )
    assert properties["role"] == ["opener", "participant"]
    assert properties["description"] == [
        "in the capacity of State Secretary at the Ministry of Justice and Public Security"
    ]
    assert properties["summary"] == [
        "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen."
    ]
    behalf = first["participation.sarpsborg-2014-10.joran-kallmyr.on-behalf-of.norges-regjering"]["properties"]
    assert (behalf["agent"], behalf["client"]) == (
        [f"{ID}person.joran-kallmyr"],
        [f"{ID}organisation.norges-regjering"],
    )


def test_candidates_are_in_a_note_and_in_no_link(first: dict[str, dict[str, Any]], built: Path) -> None:
    notes = {name: each["properties"] for name, each in first.items() if each["schema"] == "Note"}
    assert sorted(name.split(".")[2] for name in notes) == [
        "alesund-2014-host",
        "fredrikstad-2014-host",
        "oslo-2014-host",
        "tromso-2014-host",
    ]
    assert {*(note["description"][0] for note in notes.values())} == {
        "The source leaves open who (present, at least 1 of these): Laila Bokhari; Prime Minister (Erna Solberg)"
    }
    linked = {
        value
        for each in first.values()
        for name in ("involved", "subject")
        for value in each["properties"].get(name, ())
    }
    assert f"{ID}person.erna-solberg" not in linked
    assert "8 candidates in notes on their events, not among those involved" in left_out(built, "-f", "ftm")


@pytest.mark.parametrize("format", ["ftm", "popolo"])
def test_events_that_are_written_and_not_counted_are_told(built: Path, format: str) -> None:
    """A summary counts 11 events, 1 only named, and 1 series; these files have all thirteen."""
    assert f"1 event {ONLY_NAMED}" in left_out(built, "-f", format)


def test_planned_invited_and_absent_actors_are_counted_and_not_linked(
    many: dict[str, dict[str, Any]], eleven_pages: Path
) -> None:
    links = [each["properties"] for each in many.values() if each["schema"] == "UnknownLink"]
    events = {name: each["properties"]["keywords"] for name, each in many.items() if each["schema"] == "Event"}
    assert {keyword for each in links for keyword in events[each["object"][0].removeprefix(ID)][1:]} == {"avholdt"}
    involved = [name for name, each in many.items() if each["schema"] == "Event" and "involved" in each["properties"]]
    assert {keyword for name in involved for keyword in events[name][1:]} == {"avholdt"}
    # Of all parts, those that are neither linked nor candidates.
    parts = read_parts(GraphIndex(read_nquads(eleven_pages / "motegraf.nq"), "nb"))
    possible = sum(part.certainty == "possible" for part in parts)
    expected = f"{len(parts) - len(links) - possible} parts left out: planned, or"
    assert any(line.startswith(expected) for line in left_out(eleven_pages, "-f", "ftm"))


def test_dates_have_the_precision_that_is_known(first: dict[str, Any], many: dict[str, Any]) -> None:
    def dates(name: str, among: dict[str, Any]) -> dict[str, list[str]]:
        properties = among[name]["properties"]
        return {key: properties[key] for key in ("date", "startDate", "endDate") if key in properties}

    assert dates("event.alesund-2014-host", first) == {"date": ["2014"]}  # autumn: the months are not certain
    assert dates("event.haugesund-beredskapsrad", first) == {}  # no day is stated
    assert dates("event.folkemote-2024-05-14", many) == {}  # its day has passed without it
    assert dates("event.nordiske-byer-aarhus-2016-06", many) == {"startDate": ["2016-06-02"], "endDate": ["2016-06-03"]}
    term = "membership.erna-solberg.statsminister.2013-10-16"
    assert dates(term, first) == {"startDate": ["2013-10-16"], "endDate": ["2021-10-14"]}
    assert (
        "regjeringen.no id742859; martigso/ministersNor; everypolitician cabinet.csv"
        in (first[term]["properties"]["description"])
    )
    # Sources differ about the day, from 2015 to 2017: no year is certain.
    assert "endDate" not in dates("membership.laila-bokhari.statssekretaer-smk.2013-10-16", first)


def test_names_in_other_languages_and_older_ones_are_aliases(first: dict[str, Any]) -> None:
    properties = first["organisation.justis-og-beredskapsdepartementet"]["properties"]
    assert properties["name"] == ["Ministry of Justice and Public Security"]
    assert {"Justis- og beredskapsdepartementet", "Justis- og politidepartementet", "JD"} <= {*properties["alias"]}
    assert properties["registrationNumber"] == ["972417831"]


def test_ids_differ_under_another_base(first_page: Path, tmp_path: Path) -> None:
    build_graph(first_page, tmp_path / "build", OTHER_BASE)
    ids = {json.loads(line)["id"] for line in export(tmp_path / "build", "-f", "ftm").stdout.splitlines()}
    assert "example-org-other.event.sarpsborg-2014-10" in ids
    assert all(each.startswith("example-org-other.") for each in ids)
