"""The command ``same``: what it lists, for people and for programs, and what it says of wrong use."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from identity_pages import DIALOGUE, add_seven_pages

from build_graph import build
from graph import HOME
from graph.__main__ import motegraf
from graph.model.identity import Decision, Verdict
from graph.sources.decisions.write import add_decision

pytestmark = pytest.mark.slow

PEOPLE = ("person:minutes.per-hansen", "person:visit.hansen-per")


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("seven")
    for name in ("ontology", "registry"):
        shutil.copytree(HOME / name, home / name)
    add_seven_pages(home)
    build(home, home / "build")
    return home


def same(home: Path, *words: str) -> Result:
    return CliRunner().invoke(motegraf, ["same", "--home", str(home), *words])


def listed(home: Path, *words: str) -> dict[str, Any]:
    done = same(home, "--json", *words)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def pairs(answer: dict[str, Any]) -> set[frozenset[str]]:
    return {frozenset((each["a"], each["b"])) for cluster in answer["clusters"] for each in cluster["candidates"]}


def test_it_shows_both_sides_with_their_sentences(seven: Path) -> None:
    done = same(seven, "--events", "--lang", "en")
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    assert "“Dialogmøtet ble holdt i Tromsø 5. november 2018.” (char=9,57), minutes" in text
    assert "“Tromsø kommune inviterer til dialogmøte i Tromsø 5. november 2018.”" in text
    assert "one source tells of the plan, the other of the event" in text
    assert "4 pairs in 2 clusters" in done.stderr
    assert "samme sted: Tromsø" in " ".join(same(seven, "--events").stdout.split())


def test_json_has_all_that_is_documented(seven: Path) -> None:
    answer = listed(seven, "--people")
    assert (answer["total_candidates"], answer["total_clusters"], answer["nameless"]) == (1, 1, 0)
    (cluster,) = answer["clusters"]
    (candidate,) = cluster["candidates"]
    assert {candidate["a"], candidate["b"]} == {*PEOPLE}
    assert (candidate["proof"], candidate["verdict"]) == (False, None)
    assert 0.75 < candidate["score"] == cluster["score"] < 1
    assert [each["key"] for each in candidate["speaks_for"]] == ["name-equal"]
    things = {each["id"]: each for each in cluster["things"]}
    assert things[PEOPLE[0]]["evidence"][0]["text"] == "Per Hansen deltok."
    assert things[PEOPLE[0]]["iri"] == "https://w3id.org/motegraf/person/minutes.per-hansen"
    table = (HOME / "docs/identity.md").read_text(encoding="utf-8").partition("### As JSON")[2]
    fields = {*answer, *cluster, *candidate, *things[PEOPLE[0]], *things[PEOPLE[0]]["evidence"][0]}
    assert {field for field in fields if f"{field}" not in table} == set()


def test_what_is_decided_is_not_proposed_again_but_doubt_is(seven: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(seven, tmp_path / "home"))

    def decide(verdict: Verdict, ids: tuple[str, ...]) -> None:
        add_decision(home, Decision(verdict, ids, "Kari", date(2026, 11, 30), "looked at both"))

    assert frozenset(DIALOGUE) in pairs(listed(home))
    decide("different", DIALOGUE)
    decide("unsure", PEOPLE)
    answer = listed(home)
    assert frozenset(DIALOGUE) not in pairs(answer)
    verdicts = {each["a"]: each["verdict"] for cluster in answer["clusters"] for each in cluster["candidates"]}
    assert verdicts[PEOPLE[0]] == "unsure"
    assert "somebody looked at this and was unsure" in same(home, "--people", "--lang", "en").stdout


def test_two_sources_or_two_things_can_be_named(seven: Path) -> None:
    assert pairs(listed(seven, "--between", "invitation", "minutes")) == {frozenset(DIALOGUE)}
    assert pairs(listed(seven, "--between", "plan", "minutes")) == set()
    done = same(seven, "--between", "event:toppmote-plan", "event:mote-i-april", "--lang", "en")
    assert "0.00" in done.stdout
    assert "they have no day in common" in done.stdout


def test_little_is_shown_of_much(seven: Path) -> None:
    done = same(seven, "--limit", "1")
    assert done.stdout.startswith("1.1 ")
    assert "\n2.1 " not in done.stdout
    assert "the first 1 of 3 clusters is shown" in done.stderr
    assert len(listed(seven, "--limit", "0")["clusters"]) == 3
    assert listed(seven, "--min-score", "1")["clusters"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--between", "invitaton", "minutes"], "Did you mean invitation"),
        (["--between", "event:toppmote-plan", "event:nothing"], "nothing with the id 'event:nothing'"),
        (["--min-score", "2"], "--min-score"),
    ],
)
def test_wrong_use_is_named(seven: Path, words: list[str], says: str) -> None:
    done = same(seven, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_without_a_build_it_says_what_to_do(empty_home: Path) -> None:
    done = same(empty_home)
    assert done.exit_code == 1
    assert "motegraf build" in done.stderr
