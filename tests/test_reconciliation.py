"""The reconciliation service: its documents by their schemas, who is a candidate, and when a match is stated."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from reconciling import Json, candidates, checked, extend, match, post
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from serving import RunningServer, commanded, serving

from graph.model.iris import BASE
from graph.server.reconcile.request import MAX_QUERIES
from graph.server.reconcile.vocabulary import PROPERTIES, TYPES

pytestmark = pytest.mark.server

# A folder with the JSON Schemas of the specification itself (0.2/schemas of reconciliation-api/specs).
SCHEMAS = os.environ.get("RECONCILIATION_SCHEMAS", "")
LAILA, PRIME_MINISTER = "person/laila-bokhari", "organisation/statsministerens-kontor"
HAUGESUND = "event/haugesund-2014-12"


@pytest.fixture(scope="module")
def server(eleven_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(eleven_pages, tmp_path_factory.mktemp("reconciled") / "log", timeout=60.0) as running:
        yield running


def manifest(server: RunningServer, lang: str = "en", query: str = "") -> Json:
    return checked(server.ask("GET", f"/reconcile{query}", Accept_Language=lang), "manifest")


def features(candidate: Json) -> dict[str, object]:
    return {each["id"]: each["value"] for each in candidate["features"]}


def test_manifest_is_that_of_the_specification(server: RunningServer) -> None:
    document = manifest(server)
    origin = f"http://127.0.0.1:{server.port}"
    assert document["identifierSpace"] == BASE
    assert document["batchSize"] == MAX_QUERIES
    assert document["view"]["url"] == f"{origin}/about/{{{{id}}}}"
    assert [each["id"] for each in document["defaultTypes"]] == ["person", "organisation", "area", "event"]
    assert {each["service_url"] for each in document["suggest"].values()} == {origin}
    assert checked(server.ask("GET", "/reconcile/"), "manifest")["versions"] == ["0.2"]
    links = server.ask("GET", "/", Accept="text/html").headers["link"]
    assert '<reconcile>; rel="service"; type="application/json"' in links
    head = server.ask("HEAD", "/reconcile")
    assert (head.status, head.body) == (200, b"")


def test_addresses_of_the_manifest_are_answered(server: RunningServer) -> None:
    document, origin = manifest(server), f"http://127.0.0.1:{server.port}"
    places = {**document["suggest"], "properties": document["extend"]["propose_properties"]}
    for place in places.values():
        path = f"{place['service_url']}{place['service_path']}".removeprefix(origin)
        assert server.ask("GET", f"{path}?prefix=o").status == 200
    for template in (document["view"]["url"], document["preview"]["url"]):
        # As a component of an address: the slash is escaped.
        path = template.replace("{{id}}", quote(LAILA, safe="")).removeprefix(origin)
        answer = server.ask("GET", path, Accept="text/html", Accept_Language="en")
        assert answer.status == 200
        assert "Laila Bokhari" in answer.text
    assert server.ask("GET", document["logo"].removeprefix(origin)).status == 200
    assert "reconcile" in server.ask("GET", document["documentation"].removeprefix(origin)).text


def test_labels_are_in_the_language_of_the_reader(server: RunningServer) -> None:
    assert manifest(server, "nb")["defaultTypes"][1]["name"] == "Organisasjon"
    assert manifest(server, "en")["defaultTypes"][1]["name"] == "Body"
    assert candidates(server, PRIME_MINISTER, lang="en")[0]["name"] == "Office of the Prime Minister"
    assert candidates(server, PRIME_MINISTER, lang="nb")[0]["name"] == "Statsministerens kontor"
    # Where a program cannot send a header, the address of the service names the language, and what it names does too.
    document = manifest(server, "nb", "?lang=en")
    assert document["defaultTypes"][1]["name"] == "Body"
    assert document["view"]["url"].endswith("?lang=en")
    assert document["preview"]["url"].endswith("&lang=en")
    named = server.ask("GET", f"/reconcile?lang=en&queries={quote(json.dumps({'a': {'query': PRIME_MINISTER}}))}")
    assert checked(named, "results")["a"]["result"][0]["name"] == "Office of the Prime Minister"


def test_public_address_stands_in_the_manifest(built: Path, tmp_path: Path) -> None:
    with commanded(built, tmp_path / "log", "--public", "https://graph.example.org/g/") as server:
        document = checked(server.ask("GET", "/reconcile"), "manifest")
        assert document["view"]["url"] == "https://graph.example.org/g/about/{{id}}"
        assert document["suggest"]["entity"] == {
            "service_url": "https://graph.example.org/g",
            "service_path": "/reconcile/suggest/entity",
        }


def test_get_and_post_answer_alike(server: RunningServer) -> None:
    batch = {"q0": {"query": "Laila Bokhari", "type": ["person"], "limit": 3, "type_strict": "should"}}
    by_get = server.ask("GET", f"/reconcile?queries={quote(json.dumps(batch))}", Accept_Language="en")
    assert checked(by_get, "results") == checked(post(server, "queries", batch), "results")
    [first, *_] = by_get.json["q0"]["result"]  # type: ignore[index]
    assert (first["id"], first["name"], first["score"]) == (LAILA, "Laila Bokhari", 100.0)


def test_every_query_of_a_batch_is_answered_by_itself(server: RunningServer) -> None:
    rows = {f"q{number}": {"query": name} for number, name in enumerate(("Oslo", "Laila Bokhari", "Oslo", "—", ""))}
    found = match(server, **rows)
    assert found["q0"] == found["q2"]
    assert found["q1"] == candidates(server, "Laila Bokhari")
    # Signs are no name.
    assert (found["q3"], found["q4"]) == ([], [])


@pytest.mark.parametrize("spelling", ["Bokhari, Laila", "LAILA BOKHARI", "laila bokhari", "Laila Bokari", "L. Bokhari"])
def test_person_is_found_in_another_spelling(server: RunningServer, spelling: str) -> None:
    found = candidates(server, spelling, "person")
    assert found[0]["id"] == LAILA
    assert found[0]["score"] >= 60


def test_candidates_are_in_the_order_of_their_scores(server: RunningServer) -> None:
    for name in ("Oslo kommune", "politidistrikt", "Møte i Tromsø"):
        scores = [each["score"] for each in candidates(server, name)]
        assert scores == sorted(scores, reverse=True)
        assert scores
        assert min(scores) >= 55
    assert len(match(server, row={"query": "politidistrikt", "limit": 2})["row"]) <= 2


def test_person_is_never_matched_by_a_name_alone(server: RunningServer) -> None:
    [first, *_] = candidates(server, "Laila Bokhari", "person")
    assert (first["score"], first["match"]) == (100.0, False)
    # An office speaks for her, and proves nothing.
    [first, *_] = candidates(server, "Laila Bokhari", "person", body="Statsministerens kontor")
    assert features(first)["body"] is True
    assert first["match"] is False


def test_identifier_proves(server: RunningServer) -> None:
    [first] = candidates(server, "Erna Solberg", "person", wikidata="http://www.wikidata.org/entity/Q291644")
    assert (first["id"], first["score"], first["match"]) == ("person/erna-solberg", 100.0, True)
    assert features(first)["identifier"] is True
    for number in ("942110464", "942 110 464", "NO 942110464 MVA", 942110464):
        [first] = candidates(server, organisation_number=number)
        assert (first["id"], first["match"]) == ("organisation/trondheim-kommune", True)
    # Spreadsheets drop the zero at the beginning.
    [first] = candidates(server, type="municipality", area_number=301)
    assert (first["id"], first["match"]) == ("area/no/kommune/0301", True)


def test_other_identifier_is_a_veto(server: RunningServer) -> None:
    assert candidates(server, "Trondheim kommune", "organisation")[0]["id"] == "organisation/trondheim-kommune"
    others = candidates(server, "Trondheim kommune", "organisation", organisation_number="974760673")
    assert "organisation/trondheim-kommune" not in [each["id"] for each in others]
    # What is no number, or has a wrong figure, excludes nobody.
    for number in ("ukjent", "974760674"):
        first = candidates(server, "Trondheim kommune", "organisation", organisation_number=number)[0]
        assert (first["id"], first["score"]) == ("organisation/trondheim-kommune", 100.0)


def test_two_identifiers_of_two_entities_prove_neither(server: RunningServer) -> None:
    found = candidates(server, wikidata="Q291644", organisation_number="942110464")
    assert {each["id"] for each in found} == {"person/erna-solberg", "organisation/trondheim-kommune"}
    assert not any(each["match"] for each in found)
    # Neither does one that a type leaves out, nor an id in the place of the name.
    [only] = candidates(server, type="person", wikidata="Q291644", organisation_number="942110464")
    assert (only["id"], only["match"]) == ("person/erna-solberg", False)
    found = candidates(server, LAILA, wikidata="Q291644")
    assert {each["id"]: each["match"] for each in found} == {LAILA: False, "person/erna-solberg": False}


def test_identifier_of_another_entity_excludes_who_has_none(server: RunningServer) -> None:
    assert candidates(server, "Laila Bokhari", "person")[0]["id"] == LAILA
    found = candidates(server, "Laila Bokhari", "person", wikidata="Q291644")
    assert [(each["id"], each["match"]) for each in found] == [("person/erna-solberg", True)]


def test_id_in_the_place_of_a_name_is_proof(server: RunningServer) -> None:
    for id in (LAILA, f"{BASE}{LAILA}", "person:laila-bokhari"):
        first = candidates(server, id)[0]
        assert (first["id"], first["score"], first["match"]) == (LAILA, 100.0, True)
    # A number alone may be of anything.
    first = candidates(server, "0301")[0]
    assert (first["id"], first["match"]) == ("area/no/kommune/0301", False)


def test_whole_name_of_a_body_of_the_registry_is_matched_where_nothing_is_near(server: RunningServer) -> None:
    found = candidates(server, "statsministerens kontor", "organisation")
    assert [each["id"] for each in found if each["match"]] == [PRIME_MINISTER]
    # Oslo is a county and a municipality.
    assert not any(each["match"] for each in candidates(server, "Oslo", "area"))
    assert [each["id"] for each in candidates(server, "Oslo", "county") if each["match"]] == ["area/no/fylke/03"]


def test_body_that_one_page_alone_names_is_matched_by_no_name(server: RunningServer) -> None:
    [first, *_] = candidates(server, "Foreldrenettverket i Drammen", "organisation")
    assert (first["id"], first["match"]) == ("organisation/webinar-foreldre-2021.foreldrenettverket", False)
    assert first["score"] == 100.0
    # Its id is its own.
    assert candidates(server, first["id"])[0]["match"]


def test_area_is_the_one_of_its_day(server: RunningServer) -> None:
    def matched(**given: object) -> list[str]:
        return [each["id"] for each in candidates(server, "Tromsø", "municipality", **given) if each["match"]]

    assert matched() == []
    assert matched(day="2014") == ["area/no/kommune/1902"]
    assert matched(day="2021-05-17") == ["area/no/kommune/5401"]
    assert matched(day="2014/2024") == []


def test_abbreviation_and_part_of_a_name_are_looked_at_and_match_nobody(server: RunningServer) -> None:
    for name in ("SMK", "Statsministeren"):
        first = candidates(server, name, "organisation")[0]
        assert (first["id"], first["match"]) == (PRIME_MINISTER, False)
    [only] = candidates(server, "Bokhari", "person")
    assert (only["id"], only["score"], only["match"]) == (LAILA, 55.0, False)


def test_identifier_within_a_name_proves(server: RunningServer) -> None:
    first = candidates(server, "Trondheim kommune (942 110 464)", "organisation")[0]
    assert (first["id"], first["score"], first["match"]) == ("organisation/trondheim-kommune", 100.0, True)
    others = candidates(server, "Trondheim kommune, org.nr. 974760673", "organisation")
    assert "organisation/trondheim-kommune" not in [each["id"] for each in others]


def test_event_is_matched_by_its_name_on_its_day_alone(server: RunningServer) -> None:
    events = extend(server, [HAUGESUND], "start")["rows"][HAUGESUND]["start"]
    assert events == [{"str": "2014-12"}]
    by_name = candidates(server, "Dialogmøte i Haugesund", "event")
    assert (by_name[0]["id"], by_name[0]["match"]) == (HAUGESUND, False)
    # The sources give the month: a day within it agrees, and does not prove.
    in_month = candidates(server, "Dialogmøte i Haugesund", "event", day="2014-12-04")[0]
    assert (in_month["id"], features(in_month)["day"], in_month["match"]) == (HAUGESUND, True, False)
    other = candidates(server, "Dialogmøte i Haugesund", "event", day="2011-05-01")[0]
    assert (features(other)["day"], other["match"]) == (False, False)
    assert other["score"] < in_month["score"]
    # A day that cannot be read says nothing.
    assert "day" not in features(candidates(server, "Dialogmøte i Haugesund", "event", day="en høstdag")[0])


def test_properties_narrow(server: RunningServer) -> None:
    there = candidates(server, "Dialogmøte i Haugesund", "event", place="Rogaland", country="Norge")[0]
    assert features(there) == {"name": 100.0, "place": True, "country": True}
    reconciled = {"id": "area/no/kommune/1106", "name": "Haugesund"}
    for value in (reconciled["id"], reconciled, "1106", ["x", "Haugesund"]):
        assert features(candidates(server, "Dialogmøte i Haugesund", "event", place=value)[0])["place"] is True
    elsewhere = candidates(server, "Dialogmøte i Haugesund", "event", place="Tromsø", country="DK")
    assert [each["score"] for each in elsewhere if each["id"] == HAUGESUND] == [60.0]
    row = {"query": "Statsministerens kontor", "properties": [{"pid": "type", "v": "kommune"}]}
    [body] = [each for each in match(server, row=row)["row"] if each["id"] == PRIME_MINISTER]
    assert (features(body)["type"], body["score"], body["match"]) == (False, 60.0, False)


def test_participant_who_is_not_listed_contradicts_nothing(server: RunningServer) -> None:
    with_her = candidates(server, "Dialogmøte i Haugesund", "event", participant="Laila Bokhari")[0]
    assert features(with_her)["participant"] is True
    without = candidates(server, "Dialogmøte i Haugesund", "event", participant="Erna Solberg")[0]
    assert "participant" not in features(without)
    assert without["score"] == 100.0


def test_types_are_kept_to(server: RunningServer) -> None:
    for id in TYPES:
        found = candidates(server, "Oslo", id)
        assert all(id in [each["id"] for each in candidate["type"]] for candidate in found)
    assert candidates(server, "Oslo", "person") == []
    rows = {
        "either": {"query": "Oslo", "type": ["municipality", "county"], "type_strict": "any"},
        "both": {"query": "Oslo", "type": ["municipality", "county"], "type_strict": "all"},
    }
    found = match(server, **rows)
    assert {each["id"] for each in found["either"]} >= {"area/no/kommune/0301", "area/no/fylke/03"}
    assert found["both"] == []


def test_data_extension_fetches_values(server: RunningServer) -> None:
    document = extend(server, [LAILA, HAUGESUND, "person/nobody", f"{BASE}{LAILA}"], "body", "participant", "iri")
    assert [each["id"] for each in document["meta"]] == ["body", "participant", "iri"]
    assert document["meta"][0]["type"] == {"id": "organisation", "name": "Body"}
    rows = document["rows"]
    assert {"id": PRIME_MINISTER, "name": "Office of the Prime Minister"} in rows[LAILA]["body"]
    assert {"id": LAILA, "name": "Laila Bokhari"} in rows[HAUGESUND]["participant"]
    assert rows[LAILA]["iri"] == [{"str": f"{BASE}{LAILA}"}] == rows[f"{BASE}{LAILA}"]["iri"]
    assert rows["person/nobody"] == {"body": [], "participant": [], "iri": []}


def test_every_property_can_be_fetched_and_asked_for(server: RunningServer) -> None:
    ids = [LAILA, PRIME_MINISTER, HAUGESUND, "area/no/kommune/0301", "organisation/trondheim-kommune"]
    document = extend(server, ids, *PROPERTIES)
    assert [each["id"] for each in document["meta"]] == list(PROPERTIES)
    filled = {id for row in document["rows"].values() for id, cells in row.items() if cells}
    # These have no values of the others.
    assert filled >= set(PROPERTIES) - {"register-id", "country", "current", "from", "until"}
    for id in PROPERTIES:
        assert isinstance(match(server, row={"query": "Oslo", "properties": [{"pid": id, "v": "x"}]})["row"], list)


def test_data_extension_gives_as_many_values_as_are_asked_for(server: RunningServer) -> None:
    one = {"ids": [LAILA], "properties": [{"id": "body", "settings": {"limit": 1}}]}
    assert len(checked(post(server, "extend", one), "extension")["rows"][LAILA]["body"]) == 1
    as_text = {"ids": [LAILA], "properties": [{"id": "body", "settings": {"limit": "1"}}]}
    by_get = server.ask("GET", f"/reconcile?extend={quote(json.dumps(as_text))}", Accept_Language="en")
    assert checked(by_get, "extension") == checked(post(server, "extend", one), "extension")


def test_suggestions(server: RunningServer) -> None:
    def suggest(what: str, query: str, name: str) -> list[Json]:
        answer = server.ask("GET", f"/reconcile/suggest/{what}?{query}", Accept_Language="en")
        return list(checked(answer, name)["result"])

    found = suggest("entity", "prefix=lai", "suggestedEntities")
    assert found[0]["id"] == LAILA
    assert found[0]["notable"] == [{"id": "person", "name": "Person"}]
    assert suggest("entity", f"prefix={quote(LAILA)}", "suggestedEntities")[0]["id"] == LAILA
    assert suggest("entity", "prefix=", "suggestedEntities") == []
    counties = suggest("entity", "prefix=oslo&type=county", "suggestedEntities")
    assert [each["id"] for each in counties] == ["area/no/fylke/03"]
    first = suggest("entity", "prefix=p", "suggestedEntities")
    assert len(first) == 10
    rest = suggest("entity", "prefix=p&cursor=5", "suggestedEntities")
    assert rest[:5] == first[5:]
    assert [each["id"] for each in suggest("type", "prefix=", "suggestedTypes")] == list(TYPES)
    assert [each["id"] for each in suggest("type", "prefix=fyl", "suggestedTypes")] == ["county"]
    assert [each["id"] for each in suggest("property", "", "suggestedProperties")] == list(PROPERTIES)
    assert suggest("property", "prefix=wikid", "suggestedProperties")[0]["id"] == "wikidata"


def test_properties_are_proposed_for_a_type(server: RunningServer) -> None:
    document = checked(server.ask("GET", "/reconcile/properties?type=county&limit=2", Accept_Language="en"), "proposal")
    assert (document["type"], document["limit"]) == ("county", 2)
    assert [each["id"] for each in document["properties"]] == ["wikidata", "area-number"]
    # More than there are may be asked for, and no type.
    everything = checked(server.ask("GET", "/reconcile/properties?type=&limit=1000"), "proposal")
    assert [each["id"] for each in everything["properties"]] == list(PROPERTIES)


def test_preview_is_a_small_page_that_may_be_framed(server: RunningServer) -> None:
    answer = server.ask("GET", f"/reconcile/preview?id={quote(HAUGESUND, safe='')}", Accept_Language="en")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("frame-ancestors *")
    assert "script" not in policy
    assert "x-frame-options" not in answer.headers
    assert "<script" not in answer.text
    assert re.findall(r'(?:href|src)="([^"]+)"', answer.text)
    assert not re.search(r'(?:href|src)="(?:https?:)?//', answer.text)
    assert "Dialogue meeting in Haugesund" in answer.text


@pytest.mark.skipif(not SCHEMAS, reason="RECONCILIATION_SCHEMAS names no folder with the specification's own schemas")
def test_schemas_of_the_specification_accept_the_documents(server: RunningServer) -> None:
    schemas: dict[str, Any] = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in Path(SCHEMAS).glob("*.json")
    }
    resources = [
        (name, Resource(contents=schema, specification=DRAFT7))
        for id, schema in schemas.items()
        for name in (
            schema.get("$id", id),
            f"{id}.json",
            f"https://reconciliation-api.github.io/specs/0.2/schemas/{id}.json",
        )
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    batch = {"a": {"query": "Oslo", "type": "area", "properties": [{"pid": "country", "v": "NO"}], "limit": 3}}
    wanted = {"ids": [LAILA, HAUGESUND], "properties": [{"id": id} for id in PROPERTIES]}
    documents: dict[str, object] = {
        "manifest": server.ask("GET", "/reconcile").json,
        "reconciliation-query-batch": batch,
        "reconciliation-result-batch": post(server, "queries", batch).json,
        "suggest-entities-response": server.ask("GET", "/reconcile/suggest/entity?prefix=o").json,
        "suggest-types-response": server.ask("GET", "/reconcile/suggest/type?prefix=").json,
        "suggest-properties-response": server.ask("GET", "/reconcile/suggest/property?prefix=").json,
        "data-extension-property-proposal": server.ask("GET", "/reconcile/properties?type=event").json,
        "data-extension-query": wanted,
        "data-extension-response": post(server, "extend", wanted).json,
    }
    for name, document in documents.items():
        validator = jsonschema.Draft7Validator(schemas[name], registry=registry)
        assert [error.message for error in validator.iter_errors(document)] == [], name
        assert list(validator.iter_errors([])), name
