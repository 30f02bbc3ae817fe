"""Dates: the first and the last day that an EDTF value allows, and the conventions that move one of them."""

import calendar
import re
import subprocess
import sys
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.edtf import ANY_DAY, ENGLISH_MONTHS, Bounds, bounds, last_day

pytestmark = pytest.mark.unit

QUICK = settings(derandomize=True, deadline=None, max_examples=80, database=None)


def days(text: str) -> Bounds:
    """``2014-10-01 2014-10-31`` as bounds; ``-`` for an open side."""
    first, last = (None if day == "-" else date.fromisoformat(day) for day in text.split())
    return Bounds(first, last)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2014", "2014-01-01 2014-12-31"),
        ("2014-02", "2014-02-01 2014-02-28"),
        ("2016-02", "2016-02-01 2016-02-29"),
        ("2014-12", "2014-12-01 2014-12-31"),
        ("9999-12", "9999-12-01 9999-12-31"),
        ("2014-10-17", "2014-10-17 2014-10-17"),
        ("2016-02-29", "2016-02-29 2016-02-29"),
        ("2014-21", "2014-03-01 2014-05-31"),
        ("2014-22", "2014-06-01 2014-08-31"),
        ("2014-23", "2014-09-01 2014-11-30"),
        ("2015-33", "2015-01-01 2015-03-31"),
        ("2015-34", "2015-04-01 2015-06-30"),
        ("2015-35", "2015-07-01 2015-09-30"),
        ("2015-36", "2015-10-01 2015-12-31"),
        ("2015-01/2015-06", "2015-01-01 2015-06-30"),
        ("2014-12/2015-02", "2014-12-01 2015-02-28"),
        ("2014-23/2015-33", "2014-09-01 2015-03-31"),
        ("2014-10-17/2016-02", "2014-10-17 2016-02-29"),
        ("2014-10/2014-10", "2014-10-01 2014-10-31"),
        ("2014-10/..", "2014-10-01 -"),
        ("../2014-10", "- 2014-10-31"),
        ("201X", "2010-01-01 2019-12-31"),
        ("2014-XX", "2014-01-01 2014-12-31"),
        ("2014-10-XX", "2014-10-01 2014-10-31"),
    ],
)
def test_bounds_of_edtf_value(edtf: str, expected: str) -> None:
    assert bounds(edtf) == days(expected)


# Seasons without a hemisphere, quarters, thirds and halves of a year; winter is refused.
@pytest.mark.parametrize("part", [21, 22, 23, *range(33, 42)])
@pytest.mark.parametrize("year", [1814, 2014, 2016, 9999])
def test_bounds_of_part_of_year_agree_with_edtf_library(year: int, part: int) -> None:
    value = parse_edtf(f"{year}-{part}")
    assert bounds(f"{year}-{part}") == Bounds(date(*value.lower_fuzzy()[:3]), date(*value.upper_fuzzy()[:3]))


@pytest.mark.parametrize(
    "edtf",
    [
        *(
            "",
            " ",
            "2014-13",
            "2014-00",
            "2014-10-00",
            "2014-02-29",
            "2014-02-30",
            "2014-10-32",
            "oktober",
            "i oktober",
        ),
        *("14-10", "2014-9", "2014-10-5", "05.10.2014", "2014/10/05", "10/2014", "2014-10/2014-09", "2014-24", "0000"),
        *(
            "2014-24/2015",
            "2014-10/2014-11/2014-12",
            "/",
            "../..",
            "..",
            "//",
            "2014-10//",
            "２０１４",
            "2014-10\n",
            "x/y",
        ),
        *("2015-Q1", "2015Q1", "2015-q1", "2015-H1", "2014 -10", "-0044", "12014", "2014-10-05T18:00:00", "now"),
    ],
)
def test_invalid_value_is_refused_and_named(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as error:
        bounds(edtf)
    assert any(words in edtf for words in re.findall(r"'(.*?)'", str(error.value)))


@pytest.mark.parametrize("edtf", ["2015-Q1", "2015Q1", "2015-q1"])
def test_quarter_written_with_q_is_refused_with_the_edtf_form(edtf: str) -> None:
    with pytest.raises(ValueError, match="2015-33"):
        bounds(edtf)


def test_winter_is_refused_with_the_edtf_form() -> None:
    with pytest.raises(ValueError, match=r"winter lies in two years.*2014-12/2015-02"):
        bounds("2014-24")


@pytest.mark.parametrize(
    ("edtf", "convention", "expected"),
    [
        ("2014-23", "to-december", "2014-09-01 2014-12-31"),
        ("2014-23", "from-august", "2014-08-01 2014-11-30"),
        ("2014-12/2015-02", "to-march", "2014-12-01 2015-03-31"),
        ("2014-12/2015-02", "from-november", "2014-11-01 2015-02-28"),
        ("2014-03/..", "from-january", "2014-01-01 -"),
        ("2014-12", "to-december", "2014-12-01 2014-12-31"),
        ("../2016-01", "to-february", "- 2016-02-29"),
    ],
)
def test_convention_moves_one_end_by_whole_months(edtf: str, convention: str, expected: str) -> None:
    assert bounds(edtf, convention) == days(expected)


@pytest.mark.parametrize(
    ("edtf", "convention"),
    [
        *(("2014-23", word) for word in ("to-desember", "december", "to", "to-", "until-december", "To-December")),
        ("2014/..", "to-march"),
        ("../2014", "from-march"),
        ("2014-23", "to-march"),
        ("2014-23", "from-december"),
        ("2014-23", "to-october"),
        ("2014/..", "from-march"),
        ("2015", "to-june"),
    ],
)  # fmt: skip
def test_invalid_convention_is_refused(edtf: str, convention: str) -> None:
    with pytest.raises(ValueError, match=convention):
        bounds(edtf, convention)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("2014~", "2014"),
        ("2014?", "2014"),
        ("2014%", "2014"),
        ("2014-10?", "2014-10"),
        ("2014-10-17~", "2014-10-17"),
        ("2014-23~", "2014-23"),
        ("2014?-10", "2014-10"),
        ("2014-~10", "2014-10"),
        ("2014-10~/2014-12?", "2014-10/2014-12"),
        ("201X~", "201X"),
    ],
)
def test_uncertain_and_approximate_values_have_the_same_bounds(value: str, plain: str) -> None:
    assert bounds(value) == bounds(plain)


@pytest.mark.parametrize("value", ["2014~~", "~", "2014-10-17 ?", "2014-1~0", "2014-13~", "2014-02-30?"])
def test_misplaced_qualifier_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        bounds(value)


def test_parsing_neither_warns_nor_prints() -> None:
    """In a process of its own: what the parser warns of when it is imported counts too."""
    values = ("2031-22", "203X", "2031-13", "2031-Q2", "2031~", "'", "2014-10/2014-24")
    reading = f"for value in {values}:\n    try: bounds(value)\n    except ValueError: pass"
    command = [sys.executable, "-W", "error", "-c", f"from graph.model.edtf import bounds\n{reading}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


DAYS = st.dates(date(1583, 1, 1), date(9999, 12, 31))
VALUES = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day.year}"),
    st.builds(lambda day, part: f"{day.year}-{part}", DAYS, st.sampled_from([21, 22, 23, 33, 34, 35, 36])),
)


@QUICK
@given(st.integers(1583, 9999), st.integers(1, 12))
def test_bounds_of_month_agree_with_calendar(year: int, month: int) -> None:
    last = date(year, month, calendar.monthrange(year, month)[1])
    assert bounds(f"{year}-{month:02}") == Bounds(date(year, month, 1), last)
    assert last_day(year, month) == last


@QUICK
@given(
    VALUES, VALUES, st.sampled_from([None, *(f"{side}-{month}" for side in ("from", "to") for month in ENGLISH_MONTHS)])
)
def test_bounds_are_in_order_and_interval_reaches_from_first_to_last(
    one: str, other: str, convention: str | None
) -> None:
    for value in (one, f"{one}/{other}"):
        try:
            span = bounds(value, convention)
        except ValueError:
            continue
        assert span.earliest is not None
        assert span.latest is not None
        assert span.earliest <= span.latest
        if not convention:
            assert span.earliest == bounds(one).earliest


@QUICK
@given(VALUES, VALUES)
def test_covers_implies_overlaps(one: str, other: str) -> None:
    first, second = bounds(one), bounds(other)
    assert first.overlaps(second) == second.overlaps(first)
    assert first.covers(first)
    assert ANY_DAY.covers(first)
    assert ANY_DAY.overlaps(first)
    if first.covers(second):
        assert first.overlaps(second)
    if first.covers(second) and second.covers(first):
        assert first == second


OUTSIDE, OPEN_FIGURE, SET = (
    "it lies outside the years 1 to 9999",
    "a figure of its month or day is left open; write an interval, such as 2014-10/2014-12",
    "it is a set of dates; write the interval from the first to the last, such as 2014-10/2014-12",
)


@pytest.mark.parametrize(
    ("value", "side", "why"),
    [
        ("-0044", "-0044", OUTSIDE),
        ("-0044-03-15", "-0044-03-15", OUTSIDE),
        ("0000", "0000", OUTSIDE),
        ("0000-05-17?", "0000-05-17?", OUTSIDE),
        ("Y-17000", "Y-17000", OUTSIDE),
        ("Y170000002", "Y170000002", OUTSIDE),
        ("Y17E8", "Y17E8", OUTSIDE),
        ("-0044/0010", "-0044", OUTSIDE),
        ("0010/Y12345", "Y12345", OUTSIDE),
        ("2014-1X", "2014-1X", OPEN_FIGURE),
        ("2014-1X-12", "2014-1X-12", OPEN_FIGURE),
        ("2014-10-2X", "2014-10-2X", OPEN_FIGURE),
        ("2014-10/2014-1X", "2014-1X", OPEN_FIGURE),
        ("{2014,2016}", "{2014,2016}", SET),
        ("[2014-10..2014-12]", "[2014-10..2014-12]", SET),
    ],
)
def test_date_that_cannot_be_placed_is_said_to_be_one(value: str, side: str, why: str) -> None:
    with pytest.raises(
        ValueError, match=rf"^{re.escape(f'{side!r} is an EDTF date, but none that can be placed')}"
    ) as error:
        bounds(value)
    assert str(error.value).endswith(why)


@pytest.mark.parametrize(
    "value", ["2014-13", "2014-1", "14", "Y", "Y-", "[", "{}", "-44", "2014-3X", "abc", "2014-02-3"]
)
def test_value_that_is_no_date_is_not_said_to_be_one(value: str) -> None:
    with pytest.raises(ValueError, match=r"is not an EDTF date|no day of the calendar"):
        bounds(value)


@pytest.mark.parametrize(
    ("value", "first", "last"), [("2014-XX", "2014-01-01", "2014-12-31"), ("2014-10-XX", "2014-10-01", "2014-10-31")]
)
def test_open_month_or_day_is_placed(value: str, first: str, last: str) -> None:
    assert tuple(map(str, bounds(value))) == (first, last)
