"""Times as pages say them: which phrases are times, and when words and the value beside them contradict each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.edtf import years
from graph.sources.languages.dates import date_grammar
from graph.sources.languages.pack import pack_of

pytestmark = pytest.mark.unit

NB = pack_of("nb")
assert NB
MONTHS = [month for (month,) in NB.dates.months]
GRAMMAR = date_grammar(NB)
conflicts, is_narrower = GRAMMAR.conflicts, GRAMMAR.is_narrower
QUICK = settings(derandomize=True, deadline=None, max_examples=150, database=None)


@pytest.mark.parametrize(
    ("words", "edtf"),
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
def test_words_and_value_that_can_mean_the_same_do_not_contradict(words: str, edtf: str) -> None:
    assert conflicts(words, edtf) is None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("I oktober", "2014-11"), ("i november 2014", "2014-10"), ("i mars", "2015-04/2015-12"), ("juni", "2014-33"),
        ("høsten 2014", "2014-21"), ("våren 2015", "2015-23"), ("i første kvartal 2015", "2015-34"),
        ("fjerde kvartal", "2015-33"), ("1. kvartal 2015", "2015-34"), ("i første kvartal 2015", "2015-05"),
        ("høsten 2014", "2014-03"), ("våren 2015", "2015-08/2015-12"), ("vinteren", "2014-07"),
        ("2. februar 2015", "2015-02-03"), ("02.02.2015", "2015-03-02"), ("i 2014", "2015"), ("I OKTOBER", "2014-11"),
        ("i oktober og november", "2014-11"),
    ],
)  # fmt: skip
def test_words_and_value_that_cannot_mean_the_same_contradict(words: str, edtf: str) -> None:
    conflict = conflicts(words, edtf)
    assert conflict
    assert repr(words) in conflict


@pytest.mark.parametrize(
    ("words", "edtf", "allowed"),
    [
        ("I oktober", "2014-10-07", "2014-10-01 to 2014-10-31"),
        ("I oktober", "2014-10-01/2014-10-30", "2014-10-01 to 2014-10-31"),
        ("i 2015", "2015-33", "2015-01-01 to 2015-12-31"),
        ("i 2015", "2015-05", "2015-01-01 to 2015-12-31"),
        ("høsten 2014", "2014-10", "2014-09-01 to 2014-11-30"),
        ("våren 2015", "2015-03/2015-04", "2015-03-01 to 2015-05-31"),
        ("vinteren", "2014-01", "2014-01-01 to 2014-02-28"),
        ("vinteren 2019–20", "2020-01", "2019-12-01 to 2020-02-29"),
        ("i 2019/2020", "2020", "2019-01-01 to 2020-12-31"),
        ("i første kvartal 2015", "2015-02", "2015-01-01 to 2015-03-31"),
        ("2. halvår", "2015-08", "2015-07-01 to 2015-12-31"),
        ("i desember eller januar", "2014-12", "2014-01-01 to 2014-01-31"),
        ("i oktober og november", "2014-10-31/2014-11-30", "2014-10-01 to 2014-10-31"),
        ("I oktober kom brev til alle", "2014-10-07", "2014-10-01 to 2014-10-31"),
        ("høsten 2014–våren 2015", "2014-10/2015-21", "2014-09-01 to 2014-11-30"),
    ],
)
def test_a_value_narrower_than_its_words_is_refused_with_what_they_allow(words: str, edtf: str, allowed: str) -> None:
    assert is_narrower(words, edtf) == f"the page says {words!r}, which is {allowed}; {edtf} is narrower than that"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Vinteren 2019/2020", "2019-12/2020-02"), ("vinteren 2020", "2019-12/2020-02"), ("2019–2020", "2019/2020"),
        ("I oktober", "2014-10"), ("I oktober", "2014-10~"), ("I oktober", "2014-10/2014-11"), ("I oktober", "2014"),
        ("2. februar 2015", "2015-02-02"), ("02.02.2015", "2015-02-02"), ("i februar (2015)", "2015-02"),
        ("i oktober, høsten 2014", "2014-10"), ("høsten 2014", "2014-23"), ("høsten 2014", "2014-08/2014-12"),
        ("februar/mars 2015", "2015-02/2015-03"), ("i desember eller januar", "2014-12/2015-01"),
        ("vinteren", "2014-12/2015-02"), ("vinteren", "2015-01/2015-03"), ("i første kvartal 2015", "2015-33"),
        ("høsten 2014–våren 2015", "2014-23/2015-21"), ("I løpet av de første månedene i 2015", "2015-01/2015-03"),
        ("siste uke i oktober 2014", "2014-10-27/2014-10-31"), ("i begynnelsen av 2015", "2015-01"),
        ("mandag 3. november 2014", "2014-11-03"), ("en søndag i oktober", "2014-10-05"),
        ("etter mai 2015", "2015-05/.."), ("fra og med mai 2015", "2015-05-20/.."), ("før den 3. mai 2015", "2015-04"),
        ("7. og 8. oktober 2014", "2014-10-07/2014-10-08"), ("nylig", "2014-10-05"),
    ],
)  # fmt: skip
def test_a_value_as_wide_as_its_words_or_words_that_are_not_understood_are_taken(words: str, edtf: str) -> None:
    assert is_narrower(words, edtf) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nn", "om lag 3. mars 2014"), ("nn", "etter 3. mars 2014"), ("en", "about 3 March 2014"),
        ("en", "before March 3, 2014"), ("sv", "omkring den 3 mars 2014"), ("da", "inden den 3. marts 2014"),
    ],
)  # fmt: skip
def test_what_is_beside_a_day_is_not_that_day(language: str, words: str) -> None:
    grammar = date_grammar(pack_of(language))
    narrower = grammar.is_narrower(words, "2014-03-03")
    assert narrower
    assert "not 2014-03-03 itself" in narrower
    assert grammar.is_narrower(words, "2014-02/2014-04") is None


def test_a_convention_may_make_up_for_what_a_value_lacks() -> None:
    assert is_narrower("høsten 2014", "2014-09/2014-10")
    assert is_narrower("høsten 2014", "2014-09/2014-10", "to-december") is None


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
    assert [text[slice(*span)] for span in GRAMMAR.in_text(text)] == phrases


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


@pytest.mark.slow
@QUICK
@given(st.dates(date(1900, 1, 1), date(2090, 12, 30)), st.integers(1, 400))
def test_a_day_contradicts_every_other_day(day: date, later: int) -> None:
    other = day + timedelta(days=later)
    for words in (f"{day.day}. {MONTHS[day.month - 1]} {day.year}", f"{day:%d.%m.%Y}"):
        assert conflicts(words, day.isoformat()) is None
        assert conflicts(words, other.isoformat())
