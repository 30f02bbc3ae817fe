"""The questions of those who follow lobbying, asked of the registers for tests: whom, how often, by which row."""

from pathlib import Path

import pytest

from graph import HOME
from graph.query.ask import ask

pytestmark = pytest.mark.slow


def rows(question: str, home: Path, *columns: str, **given: str) -> list[tuple[object, ...]]:
    return [
        tuple(row[name] for name in columns)
        for row in ask(question, build=home / "build", home=HOME, lang="en", **given)
    ]


def test_whom_an_official_met(four_registers: Path) -> None:
    found = rows("whom_did_an_official_meet", four_registers, "counterpart", "how", "earliest", official="Alex Example")
    assert found == [
        ("PCS", "represented", "2010-10-01"),
        ("CEO British Sample", "present", "2010-11-01"),
        ("O2", "represented", "2010-11-01"),
        ("Three", "represented", "2010-11-01"),
        ("EE", "represented", "2010-11-01"),
        ("Vodafone", "represented", "2010-11-01"),
        ("Mobile Network Operators", "represented", "2010-12-01"),
    ]


def test_capacity_is_as_the_register_has_it(four_registers: Path) -> None:
    [capacity] = set(rows("whom_did_an_official_meet", four_registers, "capacity", official="Alex Example"))
    assert capacity == ("Minister for Testing, Paymaster of Samples",)


def test_bodies_are_ranked_by_the_officials_whom_they_met(four_registers: Path) -> None:
    found = rows("which_bodies_met_most_officials", four_registers, "body", "officials", "meetings")
    assert ("Vodafone", 1, 1) in found
    assert [row[1] for row in found] == sorted((row[1] for row in found), reverse=True)  # type: ignore[type-var]


def test_meetings_are_counted_by_month(four_registers: Path) -> None:
    columns = ("firstMonth", "lastMonth", "number")
    month = "how_many_meetings_in_which_month_by_which_body"
    assert rows(month, four_registers, *columns, body="Vodafone") == [("2010-11", "2010-11", 1)]
    assert rows(month, four_registers, *columns, body="Sample Society") == [("2010-10", "2011-01", 1)]


def test_a_row_says_what_its_cells_prove(four_registers: Path) -> None:
    columns = ("cell", "heading", "words", "agent")
    given = {"register": "uk-cabinet-office-2010-q4", "row": "6"}
    found = rows("what_does_a_register_say_of_a_row", four_registers, *columns, **given)
    assert ("cell=6,3", "Name of External Organisation", "O2, EE, Three and Vodafone", "EE") in found
    assert [row[0] for row in found] == ["cell=6,1", "cell=6,2", *["cell=6,3"] * 4, "cell=6,4"]


def test_a_claim_is_no_second_meeting(four_registers: Path) -> None:
    found = rows("who_met_which_body", four_registers, "who", "body", "event_iri")
    assert len(found) == len(set(found))
