"""Things of a build, and candidates among them: registers, offices, identifiers, hostile names."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graph.cli.candidate_words import cluster_lines
from graph.identity.candidates import Candidate, candidates, clusters
from graph.identity.json import to_json
from graph.identity.scores import score
from graph.identity.things import Thing, things_of
from graph.model.identity import Decision, Decisions, Verdict
from graph.model.iris import PREFIXES
from graph.query.stores import connect_build

MARKUP = "<script>alert(1)</script> & \x1b[31mSalt\x1b[0m\u202e Works"


def bodies(*names: str) -> list[Thing]:
    return [Thing(f"actor:register.{place}", "body", (name,), sources=("r",)) for place, name in enumerate(names)]


def decided(verdict: Verdict, *ids: str) -> Decisions:
    return Decisions([Decision(verdict, ids, "Kari", date(2026, 11, 30), "looked at both")])


@pytest.mark.slow
def test_things_of_registers_are_their_own_and_those_of_the_registry_are_not(four_registers: Path) -> None:
    things = things_of(connect_build(four_registers / "build"))
    assert {thing.kind for thing in things} >= {"event", "person", "body"}
    of_registers = [thing for thing in things if thing.id.startswith("actor:")]
    assert of_registers
    assert not any(thing.registered for thing in of_registers)
    assert all(thing.id[len("actor:") :].startswith(thing.sources) for thing in of_registers)
    assert all(thing.registered for thing in things if thing.kind == "area")
    # Who has an identifier in a register and no name there has no name here.
    assert all("uten navn" not in name and "without a name" not in name for thing in things for name in thing.names)
    assert Counter(scheme for thing in of_registers for scheme, _ in thing.identifiers)["eu-mep-meetings"] > 0


@pytest.mark.slow
def test_things_of_the_first_page_have_what_is_compared(built: Path) -> None:
    things = {thing.id: thing for thing in things_of(connect_build(built))}
    haugesund = things["event:haugesund-2014-12"]
    assert haugesund.days == ("2014-12-01", "2014-12-31")
    assert haugesund.families == {"kind:dialogue-meeting", "kind:meeting"}
    assert haugesund.organisers == (("organisation:haugesund-kommune", "Haugesund kommune"),)
    assert "kommune:1106" in haugesund.places
    assert ("no-orgnr", "944073787") in things["organisation:haugesund-kommune"].identifiers
    assert ("wikidata", "Q291644") in things["person:erna-solberg"].identifiers
    assert {office.id for office in things["person:erna-solberg"].offices} == {"post:statsminister"}
    # Of one page, and of areas and bodies that the registry keeps apart, nothing is proposed.
    assert [*candidates(list(things.values()))] == []


@pytest.mark.unit
def test_what_is_decided_is_not_proposed_again() -> None:
    things = bodies("Nordic Salt Works", "Nordic Salt Works AS")
    ids = [thing.id for thing in things]
    assert [each.verdict for each in candidates(things)] == [None]
    assert [*candidates(things, decided("same", *ids))] == []
    assert [*candidates(things, decided("different", *ids))] == []
    assert [each.verdict for each in candidates(things, decided("unsure", *ids))] == ["unsure"]


@pytest.mark.unit
def test_what_nobody_can_tell_is_listed_however_unlike() -> None:
    things = bodies("Nordic Salt Works", "Arctic Fisheries", "Alpine Railways")
    assert [*candidates(things)] == []
    (pair,) = candidates(things, decided("unsure", things[0].id, things[2].id))
    assert (pair.a.id, pair.b.id, pair.verdict) == (things[0].id, things[2].id, "unsure")


@pytest.mark.unit
def test_the_likeliest_come_first_and_weak_ones_not_at_all() -> None:
    things = bodies("Nordic Salt Works", "The Nordic Salt Works", "Nordic Salts Works", "Nordic Pepper Mills")
    found = [*candidates(things)]
    values = [each.score.value for each in found]
    assert values == sorted(values, reverse=True)
    assert "Nordic Pepper Mills" not in {thing.name for each in found for thing in (each.a, each.b)}
    assert [*candidates(things, min_score=1.0)] == []


@pytest.mark.unit
def test_names_with_markup_and_control_signs_are_shown_harmlessly() -> None:
    grouped = clusters(candidates(bodies(MARKUP, f"The {MARKUP}")))
    assert len(grouped) == 1
    text = "\n".join(cluster_lines(grouped, {}, "en", 80))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert json.loads(to_json(grouped, {}, PREFIXES, {}))["clusters"][0]["things"][0]["names"][0].endswith(MARKUP)


@pytest.mark.unit
def test_a_large_cluster_is_cut_on_the_screen_and_says_so() -> None:
    people = [Thing(f"person:p-{each}.x", "person", ("Per Hansen",), sources=(str(each),)) for each in range(100)]
    grouped = clusters(candidates(people))
    lines = [*cluster_lines(grouped, {}, "en", 80)]
    assert len(lines) < 60
    assert any("and 88 more (--json shows all)" in line for line in lines)
    assert len(json.loads(to_json(grouped, {}, PREFIXES, {}))["clusters"][0]["things"]) == 100


@pytest.mark.unit
def test_two_scores_of_one_pair_are_alike_whatever_the_order() -> None:
    a, b = bodies("Nordic Salt Works (NSW)", "NSW Nordic Salts Work")
    assert score(a, b).value == score(b, a).value
    assert clusters([Candidate(a, b, score(a, b))])[0].score == score(a, b).value


@pytest.mark.unit
def test_the_registry_is_a_source_whoever_names_its_things() -> None:
    known = Thing("organisation:salt", "body", ("Nordic Salt Works",), sources=("a-page",), registered=True)
    (other,) = bodies("Nordic Salt Works AS")
    assert len([*candidates([known, other], between=("registry", "r"))]) == 1
    assert len([*candidates([known, other], between=("r", "a-page"))]) == 1
    assert [*candidates([known, other], between=("registry", "a-page"))] == []
    assert {each.key for each in score(known, known).speaks_against} == {"both-registered"}
