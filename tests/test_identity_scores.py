"""Scores of two things, and of a name and a thing: what joins and what does not."""

import pytest

from graph.identity.scores import score, score_name
from graph.identity.things import Thing

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
