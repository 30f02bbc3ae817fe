"""What we decided ourselves: how times are read, reasons in two languages, and decisions, each told as ours."""

from pathlib import Path

import pytest
from conftest import add_page, ask
from pyoxigraph import Store
from test_two_sources import HELD_CLAIMS, HELD_TEXT

from build_graph import build
from graph.claims.times import published_edtf, time_label, time_name
from graph.common.findings import FindingsError
from graph.model.claims import When
from graph.model.labels import Label

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("edtf", "convention", "published", "label"),
    [
        ("2014-10", None, "2014-10", Label("en gang i oktober 2014", "some time in October 2014")),
        ("2015-02-02", None, "2015-02-02", Label("2. februar 2015", "2 February 2015")),
        ("2015-33", None, "2015-33", Label("en gang i første kvartal 2015", "some time in the first quarter of 2015")),
        ("2014-23", None, "2014-23", Label("en gang høsten 2014", "some time in autumn 2014")),
        (
            *("2014-23", "to-december", "[2014-09..2014-12]"),
            Label("en gang fra september til desember 2014", "some time from September to December 2014"),
        ),
        (
            *("2015-01", "to-june", "[2015-01..2015-06]"),
            Label("en gang fra januar til juni 2015", "some time from January to June 2015"),
        ),
        (
            *("2014-11/2015-01", None, "[2014-11..2015-01]"),
            Label("en gang fra november 2014 til januar 2015", "some time from November 2014 to January 2015"),
        ),
        ("2014-10~", None, "2014-10~", Label("en gang i omtrent oktober 2014", "some time in about October 2014")),
    ],
)
def test_edtf_says_what_is_meant_and_the_label_is_readable(
    edtf: str, convention: str | None, published: str, label: Label
) -> None:
    when = When(edtf, "words", convention=convention)
    assert published_edtf(when) == published
    assert time_label(when) == label


def test_what_lasts_throughout_is_an_interval() -> None:
    when = When("2014-23", "hele høsten", "throughout", "to-december")
    assert published_edtf(when) == "2014-09/2014-12"
    assert time_name(when) == "when:throughout.2014-09.to.2014-12"
    assert time_label(when) == Label("fra september til desember 2014", "from September to December 2014")


def test_a_season_is_listed_as_our_reading_and_a_month_is_not(graph: Store) -> None:
    readings = """SELECT ?event ?because WHERE { ?c mg:event ?event ; mg:inference ?i .
      ?i mg:inferredProperty mg:time ; mg:because ?because FILTER(LANG(?because) = "en") }"""
    found = dict(ask(graph, readings))
    assert found["event:oslo-2014-host"] == "“i løpet av høsten” is read as some time from September to December 2014"
    assert "event:haugesund-2014-12" not in found


def test_where_a_meeting_was_is_ours_where_the_page_only_says_who_organised_it(graph: Store) -> None:
    inferred = "SELECT ?event WHERE { ?c mg:event ?event ; mg:inference ?i . ?i mg:inferredProperty mg:place }"
    assert {"event:haugesund-2014-12", "event:oslo-2014-host"} <= {row[0] for row in ask(graph, inferred)}


def test_decisions_of_the_first_page_each_have_a_reason(graph: Store) -> None:
    decisions = ask(graph, "SELECT ?d ?about WHERE { ?d a mg:Decision ; mg:concerns ?about }")
    assert {about for _, about in decisions} >= {"event:oslo-2014-host", "source:dialogmoter-hosten-2014"}
    without = "SELECT ?d WHERE { ?d a mg:Decision MINUS { ?d mg:because ?why } }"
    assert ask(graph, without) == []


def findings_of(home: Path, decisions: str) -> list[str]:
    """Return the findings of a small page with these decisions."""
    add_page(home, "held", HELD_TEXT, HELD_CLAIMS + decisions, "2015-02-05")
    with pytest.raises(FindingsError) as error:
        build(home, home / "build")
    return [str(finding) for finding in error.value.findings]


def test_a_decision_about_nothing_of_the_file_is_a_finding(empty_home: Path) -> None:
    decisions = "\ndecisions:\n  - about: nothing-here\n    decision: {nb: a, en: a}\n    because: {nb: b, en: b}\n"
    found = findings_of(empty_home, decisions)
    assert any("'nothing-here' is nothing that this file or the registry names" in each for each in found)


def test_two_decisions_that_begin_alike_are_a_finding(empty_home: Path) -> None:
    decision = "  - about: page\n    decision: {nb: a, en: a}\n    because: {nb: b, en: b}\n"
    found = findings_of(empty_home, f"\ndecisions:\n{decision}{decision}")
    assert any("another decision about this begins with the same six words" in each for each in found)


def test_a_decision_without_a_reason_is_a_finding(empty_home: Path) -> None:
    found = findings_of(empty_home, "\ndecisions:\n  - about: page\n    decision: {nb: a, en: a}\n")
    assert any("'because' is missing" in each for each in found)
