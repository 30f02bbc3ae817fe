"""Scores of two things, and of a name and a thing: what joins and what does not."""

from dataclasses import replace

import pytest

from graph.identity.scores import score, score_name
from graph.identity.things import Office, Thing

pytestmark = pytest.mark.unit

PROPOSED = 0.75


def body(name: str, id: str = "actor:register.a", **more: object) -> Thing:
    return Thing(id, "body", (name,), **more)  # type: ignore[arg-type]


def value(a: str, b: str) -> float:
    return score(body(a), body(b, "actor:register.b")).value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Foreningen Trygge Veier", "Trygge veier, foreningen"),
        ("Nordic Salt Works AS", "Nordic Salt Works"),
        ("Nordic Salt Works (NSW)", "NSW - Nordic Salt Works"),
        ("NSW Nordic Salt Works", "The Nordic Salt Works"),
        ("Müller & Söhne GmbH", "Mueller und Soehne"),
        ("Permanent Representation of Austria to the EU", "Austrian Permanent Representation"),
        ("Verein für Wasser e.V.", "Verein für Wasser"),
        ("Water Foundation Transparency Register: 123456789012-34", "Wasserstiftung 123456789012-34"),
        ("Союз Рыбаков", "Soyuz Rybakov"),
    ],
)
def test_names_of_one_body_are_proposed(a: str, b: str) -> None:
    assert value(a, b) >= PROPOSED
    assert value(b, a) == value(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nordic Salt Works", "Nordic Sand Works"),
        ("Permanent Representation of Austria to the EU", "Permanent Representation of Spain to the EU"),
        ("Austrian Embassy", "Embassy of Spain"),
        ("Director of Nordic Salt Works", "Nordic Salt Works"),
        ("Water Foundation 123456789012-34", "Water Foundation 987654321012-34"),
        ("Transparency Register: 123456789012-34", "Transparency Register: 987654321012-34"),
        ("Skole 1", "Skole 2"),
        ("NSW", "NSWI"),
        ("***", "***"),
        ("", ""),
    ],
)
def test_names_of_two_bodies_are_not(a: str, b: str) -> None:
    assert value(a, b) < PROPOSED


def test_a_differing_identifier_is_a_veto_and_the_same_one_a_proof() -> None:
    number = frozenset([("no-orgnr", "974760673")])
    a, b = body("Salt AS", identifiers=number), body("Pepper AS", "actor:register.b", identifiers=number)
    proof = score(a, b)
    assert (proof.value, proof.proof, proof.veto) == (1.0, True, False)
    assert next(each.key for each in proof.speaks_for) == "same-identifier"
    veto = score(a, body("Salt AS", "actor:register.b", identifiers=frozenset([("no-orgnr", "944073787")])))
    assert (veto.value, veto.proof, veto.veto) == (0.0, False, True)
    assert "974760673" in veto.speaks_against[0].label.en


def test_no_name_alone_is_a_proof() -> None:
    assert value("Nordic Salt Works", "Nordic Salt Works") < 1


def test_things_of_the_registry_are_kept_apart() -> None:
    a, b = (
        body("Ålesund kommune", "organisation:a", registered=True),
        body("Ålesund kommune", "organisation:b", registered=True),
    )
    assert score(a, b).value == 0
    assert score(a, body("Ålesund kommune")).value >= PROPOSED


def test_a_name_is_scored_against_a_thing() -> None:
    thing = body("Nordic Salt Works AS", identifiers=frozenset([("no-orgnr", "974760673")]))
    assert score_name("nordic salt works", thing) == 1
    assert 0.5 < score_name("Nordic Salts Work", thing) < 1
    assert score_name("Southern Pepper", thing) == 0
    assert score_name("Somebody else 974 760 673", thing) == 1
    assert score_name("Nordic Salt Works 944073787", thing) == 0
    assert score_name("", thing) == 0


NUMBER = "123456789012-34"


@pytest.mark.parametrize(
    "name",
    [
        f"Kari Vik of Nordic Salt Works {NUMBER}",
        f"Director of Nordic Salt Works {NUMBER}",
        f"Nordic Salt Works {NUMBER}, Pepper Mills",
        f"Nordic Salt Works {NUMBER}, Pepper Mills 987654321012-34",
    ],
)
def test_a_number_in_a_name_that_may_be_of_others_proves_nothing(name: str) -> None:
    result = score(body(name), body(f"Nordic Salt Works ({NUMBER})", "actor:register.b"))
    assert (result.proof, result.value < 1) == (False, True)
    assert "number-among-several" in {each.key for each in result.speaks_against}


@pytest.mark.parametrize(
    "name", [f"{NUMBER}", f"Salt Federation of Norway {NUMBER}", f"NSW: {NUMBER}", f"Salzwerke des Nordens ({NUMBER})"]
)
def test_a_number_in_any_other_name_is_a_proof(name: str) -> None:
    result = score(body(name), body(f"Nordic Salt Works ({NUMBER})", "actor:register.b"))
    assert (result.proof, result.value) == (True, 1)


def test_an_office_held_on_the_same_days_speaks_for_one_person() -> None:
    a, b = person("a"), person("b")
    alone = score(a, b)
    office = Office("post:mayor", "mayor", "2014-01-01", "2018-12-31")
    both = score(replace(a, offices=(office,)), replace(b, offices=(replace(office, first="2018-06", last=""),)))
    assert PROPOSED <= alone.value < both.value < 1
    assert "same-office" in {each.key for each in both.speaks_for}
    later = score(replace(a, offices=(office,)), replace(b, offices=(replace(office, first="2019-01-01", last=""),)))
    assert later.value == alone.value


def test_two_names_on_one_list_are_two_people() -> None:
    events = frozenset(["event:x"])
    a, b = person("a", events=events), person("b", "Per O. Hansen", events=events)
    assert score(a, replace(b, sources=("a",))).value < PROPOSED
    assert "listed-apart" in {each.key for each in score(a, replace(b, sources=("a",))).speaks_against}
    # Each of two sources names one at the same event.
    assert score(a, b).value > score(a, replace(b, events=frozenset())).value


def person(source: str, name: str = "Per Hansen", **more: object) -> Thing:
    return Thing(f"person:{source}.x", "person", (name,), sources=(source,), **more)  # type: ignore[arg-type]
