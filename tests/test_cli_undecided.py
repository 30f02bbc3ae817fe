"""``ask --undecided``: with what the things of an answer may be one and the same, in words and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import add_page
from test_identity_builds import EVENTS, NEWS, NEWS_CLAIMS, PEOPLE, PLAN, PLAN_CLAIMS, decide

from build_graph import build
from graph.__main__ import motegraf

pytestmark = pytest.mark.slow

Asked = Callable[..., Result]
PAIR = "Per A. Hansen (person:b-news.per-a-hansen) may be Per Hansen (person:a-plan.per-hansen)"
NOTHING = "Nothing is proposed to be one and the same with what the answer names."


@pytest.fixture
def home(empty_home: Path) -> Path:
    """A home with the plan of a summit, and the news of it: each names Per Hansen, in its own way."""
    add_page(empty_home, "a-plan", PLAN, PLAN_CLAIMS, "2015-01-05")
    add_page(empty_home, "b-news", NEWS, NEWS_CLAIMS, "2015-02-03")
    return empty_home


@pytest.fixture
def asked(home: Path) -> Asked:
    def ask(*words: str) -> Result:
        build(home, home / "build")
        at = ("--home", str(home), "--build", str(home / "build"), "--lang", "en", "--undecided")
        return CliRunner().invoke(motegraf, ["ask", *words, *at], env={"COLUMNS": "200"})

    return ask


def test_candidates_stand_below_the_table_in_words(asked: Asked) -> None:
    result = asked("who_met_whom")
    assert result.exit_code == 0, result.output
    table, _, below = result.stdout.partition("\n\nNot decided: ")
    assert "Laila Bokhari" in table
    assert "“Met” means here" in table
    assert below.splitlines()[0] == "some of what the answer names may be one and the same with something else."
    lines = [line for line in below.splitlines() if line.startswith("- ")]
    (person,) = [line for line in lines if "person:" in line]
    assert person.startswith(f"- {PAIR}; for: ")
    assert any(all(event in line for event in EVENTS) for line in lines)


def test_what_somebody_was_unsure_of_is_listed_as_such_and_what_is_different_is_not(home: Path, asked: Asked) -> None:
    decide(home, "unsure", *PEOPLE)
    decide(home, "different", *EVENTS)
    below = asked("who_met_whom").stdout.partition("\n\nNot decided: ")[2]
    assert f"- {PAIR}; somebody looked at it and was unsure; for: " in below
    assert EVENTS[0] not in below


def test_what_is_decided_is_not_listed(home: Path, asked: Asked) -> None:
    decide(home, "different", *PEOPLE)
    decide(home, "same", *EVENTS)
    assert asked("who_met_whom").stdout.endswith(f"\n\n{NOTHING}\n")


def test_unsure_decision_is_listed_however_little_they_are_alike(home: Path, asked: Asked) -> None:
    decide(home, "different", *PEOPLE)
    decide(home, "different", *EVENTS)
    decide(home, "unsure", PEOPLE[0], "person:laila-bokhari")
    below = asked("who_met_whom").stdout.partition("\n\nNot decided: ")[2]
    pair = "- Laila Bokhari (person:laila-bokhari) may be Per Hansen (person:a-plan.per-hansen)"
    assert f"{pair}; somebody looked at it and was unsure" in below


def test_of_many_pairs_the_likeliest_are_shown(home: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.cli.undecided.MAX_PAIRS", 1)
    below = asked("who_met_whom").stdout.partition("\n\nNot decided: ")[2]
    assert len([line for line in below.splitlines() if line.startswith("- ")]) == 1
    assert below.endswith("\n… and 1 more (--format json has all)\n")


def test_json_has_them_in_a_member_of_its_own(home: Path, asked: Asked) -> None:
    decide(home, "unsure", *PEOPLE)
    document = json.loads(asked("who_met_whom", "-f", "json").stdout)
    assert len(document["results"]["bindings"]) == 1
    (person,) = [each for each in document["undecided"] if each["a"].startswith("person:")]
    assert ({person["a"], person["b"]}, person["verdict"]) == ({*PEOPLE}, "unsure")
    assert 0 < person["score"] < 1
    assert all(each["en"] and each["nb"] for each in person["speaks_for"])


def test_other_formats_have_no_place_for_it(asked: Asked) -> None:
    result = asked("who_met_whom", "-f", "csv")
    assert result.exit_code == 2
    assert "--undecided: goes with the formats table and json only" in result.output
