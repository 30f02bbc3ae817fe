"""Times as pages say them: which phrases are times, and when words and the value beside them contradict each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dates import DATE_PHRASE, MONTHS, contradiction, years

QUICK = settings(derandomize=True, deadline=None, max_examples=150, database=None)


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("I oktober", "2014-10"), ("I oktober", "2014-10-17"), ("I oktober", "2014-23"), ("i oktober", "2014"),
        ("i mars og april", "2015-03/2015-04"), ("i desember", "2014-11/2015-01"), ("i januar", "2014-11/2015-01"),
        ("etter mai 2015", "2015-05/.."), ("Gjennom høsten", "2014-23"), ("høsten", "2014-09/2014-12"),
        ("våren 2015", "2015-21"), ("våren 2015", "2015-04"), ("i første kvartal 2015", "2015-33"),
        ("i første kvartal 2015", "2015-02"), ("vinteren", "2014-12/2015-02"), ("2. februar 2015", "2015-02-02"),
        ("02.02.2015", "2015-02-02"), ("2. halvår", "2015-07/2015-12"), ("høsten 2014–våren 2015", "2014-23/2015-21"),
        ("I løpet av de første månedene i 2015", "2015-01/2015-06"), ("i desember eller januar", "2014-12/2015-01"),
        ("for vår del i høst", "2014-23"), ("de siste ukene", "2014-12"),
    ],
)  # fmt: skip
def test_words_and_value_that_can_mean_the_same_do_not_contradict(said: str, edtf: str) -> None:
    assert contradiction(said, edtf) is None


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("I oktober", "2014-11"), ("i november 2014", "2014-10"), ("i mars", "2015-04/2015-12"), ("juni", "2014-33"),
        ("høsten 2014", "2014-21"), ("våren 2015", "2015-23"), ("i første kvartal 2015", "2015-34"),
        ("fjerde kvartal", "2015-33"), ("1. kvartal 2015", "2015-34"), ("i første kvartal 2015", "2015-05"),
        ("høsten 2014", "2014-03"), ("våren 2015", "2015-08/2015-12"), ("vinteren", "2014-07"),
        ("2. februar 2015", "2015-02-03"), ("02.02.2015", "2015-03-02"), ("i 2014", "2015"), ("I OKTOBER", "2014-11"),
        ("i oktober og november", "2014-11"),
    ],
)  # fmt: skip
def test_words_and_value_that_cannot_mean_the_same_contradict(said: str, edtf: str) -> None:
    conflict = contradiction(said, edtf)
    assert conflict
    assert repr(said) in conflict


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("I oktober og november 2014", ["oktober", "november 2014"]),
        ("den 17. oktober 2014 kl. 10", ["17. oktober 2014"]),
        ("3.november", ["3.november"]),
        ("02.02.2015", ["02.02.2015"]),
        ("Gjennom høsten; våren 2015, sommerens, i vinter", ["høsten", "våren 2015", "sommerens", "vinter"]),
        ("i løpet av første kvartal 2015", ["første kvartal 2015"]),
        ("1. kvartal, annet kvartal i 2015", ["1. kvartal", "annet kvartal i 2015"]),
        ("andre halvår 2015", ["andre halvår 2015"]),
        ("de første månedene i 2015", ["de første månedene i 2015"]),
        ("siste uke, neste måned", ["siste uke", "neste måned"]),
        ("i 1814, 2014/2015", ["1814", "2014", "2015"]),
        ("OKTOBER 2014", ["OKTOBER 2014"]),
        ("i uke 47", ["uke 47"]),
        ("oktobermøtet, marsjen, maidagen, høstet, 20145, 3014", []),
        ("Vår oppgave er vår egen", []),
    ],
)
def test_a_page_says_its_times_in_these_phrases(text: str, phrases: list[str]) -> None:
    assert [found[0] for found in DATE_PHRASE.finditer(text)] == phrases


@pytest.mark.parametrize(
    ("edtf", "named"),
    [
        ("2014-10/2015-02", ["2014", "2015"]),
        ("201X", []),
        ("2014~", ["2014"]),
        ("../2014", ["2014"]),
        ("2015-33", ["2015"]),
    ],
)
def test_the_years_of_a_value_are_those_in_figures(edtf: str, named: list[str]) -> None:
    assert years(edtf) == named


@QUICK
@given(st.dates(date(1900, 1, 1), date(2090, 12, 30)), st.integers(1, 400))
def test_a_day_contradicts_every_other_day(day: date, later: int) -> None:
    other = day + timedelta(days=later)
    for said in (f"{day.day}. {MONTHS[day.month - 1]} {day.year}", f"{day:%d.%m.%Y}"):
        assert contradiction(said, day.isoformat()) is None
        assert contradiction(said, other.isoformat())
