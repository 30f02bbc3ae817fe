"""Times that cannot be, or that the page does not say: each one finding, with file, line and a hint."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import (
    CLAIMS,
    CLAIMS_YAML,
    TEXT,
    Mistake,
    assert_one_finding,
    line_of,
    linked_home,
    refused_findings,
    small_page,
)

from build_graph import build

pytestmark = pytest.mark.slow

EDTF = "edtf: 2014-11"
TIME = "when: {edtf: 2014-11, said: I november}"


def edtf(value: str, *says: str) -> Mistake:
    """The EDTF value of an event replaced by another, which the finding must name."""
    return Mistake(EDTF, f"edtf: {value}", says or (value.strip("'"),))


MISTAKES = {
    "a sign of doubt in the wrong place": edtf("2014-1~1"),
    "a month that no year has": edtf("2014-13", "'2014-13'", "EDTF"),
    "a day that no month has": edtf("2014-11-31", "'2014-11-31'"),
    "a day of no number": edtf("2014-11-00", "'2014-11-00'"),
    "a quarter as people write it": edtf("2014-Q4", "'2014-Q4'", "quarter is written 2014-36"),
    "a quarter in small letters": edtf("2014-q4", "'2014-q4'", "quarter is written 2014-36"),
    "a month in words": edtf("november", "'november'", "EDTF"),
    "a winter, which lies in two years": edtf("2014-24", "'2014-24'", "winter", "2014-12/2015-02"),
    "a span that ends before it begins": edtf("2014-11/2014-10", "'2014-11/2014-10'", "ends before it begins"),
    "a span of three parts": edtf("2014-11/2014-11/2014-12", "'2014-11/2014-11/2014-12'"),
    "a time that is open at both ends": edtf("../..", "'../..'"),
    "a time that is nothing but a stroke": edtf("/", "'/'"),
    "a clock": edtf("2014-11-05T18:00:00", "'2014-11-05T18:00:00'"),
    "a set of days": edtf("'[2014-11-01,2014-11-03]'"),
    "a list of days": edtf("'{2014-11-01,2014-11-03}'"),
    "figures of another script": edtf("２０１４-11", "'２０１４-11'"),
    "a year after the calendar's end": edtf("12014-11", "'12014-11'"),
    "a month that the page does not say": Mistake(
        EDTF, "edtf: 2014-10", ("'I november'", "2014-10"), at="edtf: 2014-10, said: I november"
    ),
    "words of the page that are another month": Mistake(
        "said: I november", "said: I oktober", ("'I oktober'", "2014-11"), at="edtf: 2014-11, said: I oktober"
    ),
    "a year that the quotes do not say": edtf("2015-11", "no quote of this entry says 2015", "context:"),
    "an unknown reading": Mistake(EDTF, f"{EDTF}, reading: thruout", ("'thruout'", "throughout")),
    "an unknown convention": Mistake(EDTF, f"{EDTF}, convention: to-desember", ("'to-desember'", "to-december")),
    "a convention by which the time ends before it begins": Mistake(
        EDTF, f"{EDTF}, convention: to-march", ("to-march", "ends before it begins")
    ),
    "a day of a month of which the page names no day": edtf(
        "2014-11-07", "'I november'", "2014-11-01 to 2014-11-30", "2014-11-07 is narrower"
    ),
    "a convention that narrows": Mistake(
        EDTF, "edtf: 2014-11/2014-12, convention: to-november", ("'to-november'", "only widens")
    ),
    "a convention for an open end": Mistake(EDTF, "edtf: 2014-11/.., convention: to-march", ("to-march",)),
    "a time without the words of the page": Mistake(TIME, "when: {edtf: 2014-11}", ("'said' is missing",)),
    "words of the page without a time": Mistake(TIME, "when: {said: I november}", ("'edtf' is missing",)),
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_finding_where_it_stands(linked: Path, built: Path, mistake: Mistake) -> None:
    assert_one_finding(linked, built, mistake)


def test_a_year_is_unproven_without_the_context_that_says_it(linked: Path, built: Path) -> None:
    claims = CLAIMS.replace("    context: Møter høsten 2014\n", "")
    small_page(linked, claims)
    findings = [
        finding
        for finding in refused_findings(linked, built)
        if "2014" in finding.message and finding.file == CLAIMS_YAML
    ]
    assert [finding.line for finding in findings] == [
        line_of(f"edtf: {month}", claims) for month in ("2014-11", "2014-12", "2014-10")
    ]
    assert all("no quote of this entry says 2014; add context:" in finding.message for finding in findings)


def test_a_place_before_the_registry_of_areas_begins_is_said_to_be_unknown_not_missing(
    linked: Path, built: Path
) -> None:
    small_page(linked, CLAIMS.replace("2014", "2013"), TEXT.replace("2014", "2013"))
    findings = [finding for finding in refused_findings(linked, built) if "municipality" in finding.message]
    lines = [line_of(f"municipality: {name}", CLAIMS) for name in ("Stavanger", "Haugesund")]
    assert [finding.line for finding in findings] == lines
    for finding in findings:
        assert "2014-01-01" in finding.message
        assert "did not exist" not in finding.message


MEETING = """\
events:
  mote:
    label: {nb: Møte, en: Meeting}
    kind: meeting
    status: held
    when: {edtf: EDTF, said: SAID}
    quote: TEXT
"""


def page_that_says(home: Path, words: str, edtf: str) -> str:
    """A page of one sentence about a meeting at a time, and its claims."""
    text = f"Det ble holdt et møte {words} i byen."
    claims = MEETING.replace("EDTF", f"'{edtf}'").replace("SAID", f"'{words}'").replace("TEXT", f"'{text}'")
    add_page(home, "mote", f"{text}\n", claims, "2015-12-31")
    return claims


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2. februar 2015", "2015-02-02"),
        ("i februar (2015)", "2015-02"),
        ("02.02.2015", "2015-02-02"),
        ("2.2.2015", "2015-02-02"),
        ("februar/mars 2015", "2015-02/2015-03"),
        ("«høsten 2014»", "2014-23"),
        ("høsten 2014–våren 2015", "2014-23/2015-21"),
        ("i første kvartal 2015", "2015-33"),
        ("i første halvår 2015", "2015-01/2015-06"),
        ("etter mai 2015", "2015-05/.."),
    ],
)
def test_a_time_that_the_page_says_is_taken_as_it_is_written(linked: Path, words: str, edtf: str) -> None:
    page_that_says(linked, words, edtf)
    assert build(linked).events == 1


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2. februar 2015", "2015-02-03"),
        ("02.02.2015", "2015-03-02"),
        ("i første kvartal 2015", "2015-34"),
        ("i første kvartal 2015", "2015-05"),
        ("1. kvartal 2015", "2015-34"),
        ("høsten 2015", "2015-21"),
        ("høsten 2015", "2015-03"),
        ("våren 2015", "2015-08/2015-12"),
        ("i november 2015", "2015-01/2015-10"),
    ],
)
def test_a_time_other_than_the_page_says_is_a_finding(linked: Path, built: Path, words: str, edtf: str) -> None:
    claims = page_that_says(linked, words, edtf)
    (finding,) = [finding for finding in refused_findings(linked, built) if "claims.yaml" in finding.file]
    assert (finding.file, finding.line) == ("corpus/mote/claims.yaml", line_of("edtf:", claims))
    assert f"the page says {words!r}" in finding.message


def test_a_year_other_than_the_page_says_is_a_finding(linked: Path, built: Path) -> None:
    claims = page_that_says(linked, "i 2014 (ikke i 2015)", "2015")
    claims = claims.replace("said: 'i 2014 (ikke i 2015)'", "said: 'i 2014'")
    (linked / "corpus/mote/claims.yaml").write_text(claims, encoding="utf-8")
    (finding,) = [finding for finding in refused_findings(linked, built) if "claims.yaml" in finding.file]
    assert finding.line == line_of("edtf:", claims)
    assert "'i 2014'" in finding.message
