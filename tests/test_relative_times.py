"""Times that are told from the day of publication: years, weekdays, weeks and seasons that the words leave out."""

from datetime import date

import pytest

from graph import HOME
from graph.model.edtf import Bounds
from graph.ontology.concepts import read_vocabulary
from graph.sources.languages.language import Language

pytestmark = pytest.mark.unit

VOCABULARY = read_vocabulary(HOME / "ontology/schemes")
LANGUAGES = {code: Language(code, VOCABULARY) for code in ("nb", "nn", "en", "sv", "da")}


def on(first: str, last: str | None = None) -> Bounds:
    """Published on a day, or between two."""
    return Bounds(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("code", "words", "published", "status", "edtf"),
    [
        ("nb", "8. desember", "2016-11-20", "planned", "2016-12-08"),
        ("nb", "8. januar", "2016-11-20", "planned", "2017-01-08"),
        ("nb", "8. desember", "2017-01-10", "held", "2016-12-08"),
        ("nb", "8. desember", "2016-12-20", "held", "2016-12-08"),
        ("nb", "2. januar", "2019-12-30", None, "2020-01-02"),
        ("nb", "20. desember", "2020-01-03", "postponed", "2019-12-20"),
        ("nb", "torsdag 8. desember", "2016-11-20", "planned", "2016-12-08"),
        ("nb", "torsdag den 8. desember", "2016-11-20", "planned", "2016-12-08"),
        ("nb", "3.–5. juni", "2024-04-15", "planned", "2024-06-03/2024-06-05"),
        ("nb", "31. mai og 1. juni", "2018-06-12", "held", "2018-05-31/2018-06-01"),
        ("nb", "24. og 25. mars", "2020-03-13", "cancelled", "2020-03-24/2020-03-25"),
        ("nb", "i april", "2024-10-14", "held", "2024-04"),
        ("nb", "i januar", "2018-11-02", "planned", "2019-01"),
        ("nb", "i første kvartal", "2018-11-02", "planned", "2019-01/2019-03"),
        ("nb", "uke 6", "2018-10-01", "planned", "2019-02-04/2019-02-10"),
        ("nb", "til våren", "2016-06-06", "planned", "2017-01/2017-06"),
        ("nb", "Til høsten", "2020-03-01", "planned", "2020-08/2020-12"),
        ("nb", "nå i høst", "2020-10-01", "planned", "2020-08/2020-12"),
        ("nb", "i vinter", "2020-01-15", None, "2019-11/2020-04"),
        ("nb", "i går", "2020-03-01", "held", "2020-02-29"),
        ("nb", "i dag", "2020-03-01", "held", "2020-03-01"),
        ("nb", "neste uke", "2024-04-18", "planned", "2024-04-22/2024-04-28"),
        ("nb", "i forrige uke", "2024-04-18", "held", "2024-04-08/2024-04-14"),
        ("nb", "neste måned", "2024-12-18", "planned", "2025-01"),
        ("nb", "i fjor", "2020-03-13", "held", "2019"),
        ("nb", "torsdag kveld", "2022-02-12", "held", "2022-02-10"),
        ("nb", "på tirsdag", "2023-08-31", "planned", "2023-09-05"),
        ("nb", "24.08.", "2020-08-20", "planned", "2020-08-24"),
        ("nn", "måndag 5. februar", "2018-02-02", "planned", "2018-02-05"),
        ("nn", "Til hausten", "2022-06-10", "planned", "2022-08/2022-12"),
        ("nn", "neste veke", "2022-06-10", "planned", "2022-06-13/2022-06-19"),
        ("nn", "tysdag", "2021-11-04", "held", "2021-11-02"),
        ("en", "6–7 October", "2022-09-28", "planned", "2022-10-06/2022-10-07"),
        ("en", "October 6", "2022-09-28", "planned", "2022-10-06"),
        ("en", "last week", "2019-11-25", "held", "2019-11-18/2019-11-24"),
        ("en", "in March", "2019-11-25", "planned", "2020-03"),
        ("en", "Friday morning", "2022-10-05", "planned", "2022-10-07"),
        ("sv", "den 12 mars", "2019-03-08", "planned", "2019-03-12"),
        ("da", "den 30. oktober", "2018-09-28", "planned", "2018-10-30"),
    ],
)
def test_words_that_leave_the_year_out_take_it_from_the_day_of_publication(
    code: str, words: str, published: str, status: str | None, edtf: str
) -> None:
    found = LANGUAGES[code].resolve(words, on(published), status)
    assert found
    assert found[0].edtf == edtf
    assert "publication" in found[0].basis
    assert LANGUAGES[code].conflicts(words, edtf, on(published), status) is None


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("onsdag 8. desember", on("2016-11-20")),
        ("8. desember 2016", on("2016-11-20")),
        ("31. februar", on("2016-11-20")),
        ("nylig", on("2016-11-20")),
        ("kl. 10.12.", on("2016-11-20")),
        ("8. desember", Bounds(None, date(2016, 11, 20))),
        ("8. desember", Bounds(date(2016, 11, 20), None)),
    ],
)
def test_words_that_fit_no_near_day_or_say_their_year_are_not_resolved(words: str, published: Bounds) -> None:
    assert LANGUAGES["nb"].resolve(words, published, "planned") == []


def test_a_page_published_between_two_days_gives_each_value_that_it_can_mean() -> None:
    found = LANGUAGES["nb"].resolve("i går", on("2020-03-01", "2020-03-05"), "held")
    assert [each.edtf for each in found] == ["2020-03-04", "2020-02-29"]
    found = LANGUAGES["nb"].resolve("3. mars", on("2019-12-01", "2020-06-01"), "held")
    assert [each.edtf for each in found] == ["2020-03-03", "2019-03-03"]


def test_a_weekday_settles_which_of_two_years_is_meant() -> None:
    published = on("2015-12-01", "2017-01-31")
    days = [each.edtf for each in LANGUAGES["nb"].resolve("torsdag 8. desember", published, None)]
    assert days == ["2016-12-08"]


@pytest.mark.parametrize(
    ("words", "edtf", "weekday"),
    [
        ("torsdag 8. desember", "2017-12-08", "Friday"),
        ("torsdag 8. desember 2017", "2017-12-08", "Friday"),
        ("mandag, 8. desember 2016", "2016-12-08", "Thursday"),
    ],
)
def test_a_weekday_that_the_day_is_not_is_a_conflict(words: str, edtf: str, weekday: str) -> None:
    conflict = LANGUAGES["nb"].conflicts(words, edtf)
    assert conflict == f"the page says {words!r}, but {edtf} is a {weekday}"


@pytest.mark.parametrize("words", ["torsdag 8. desember", "Torsdag den 8. desember 2016", "8. desember", "i desember"])
def test_a_weekday_that_the_day_is_is_no_conflict(words: str) -> None:
    assert LANGUAGES["nb"].conflicts(words, "2016-12-08") is None


def test_a_value_far_from_the_publication_conflicts_with_words_without_a_year() -> None:
    conflict = LANGUAGES["nb"].conflicts("8. desember", "2012-12-08", on("2016-11-20"), "planned")
    assert (
        conflict == "the page says '8. desember'; as it was published on 2016-11-20, that is 2016-12-08, not 2012-12-08"
    )
    conflict = LANGUAGES["nb"].conflicts("til våren", "2016-09", on("2016-06-06"), "planned")
    assert conflict
    assert "2017-01/2017-06" in conflict


def test_the_weekday_before_a_date_is_found_in_the_page() -> None:
    nb = LANGUAGES["nb"]
    page = nb.passages("Frokostmøtet er torsdag\u00a08. desember kl. 9.")
    (phrase,) = nb.dates(page)
    assert page.original[phrase.start : phrase.end] == "8. desember"
    assert nb.with_weekday(page, phrase.start, phrase.end) == "torsdag 8. desember"


@pytest.mark.parametrize(
    ("code", "text", "times"),
    [
        ("nb", "Møtet er i høst, torsdag kl. 10.12. Neste uke: 24.08. Sak 1.2. gjelder dette.",
         ["i høst", "torsdag", "Neste uke", "24.08."]),
        ("nb", "Torsdag 8. desember og fredag den 9. desember, ikke lørdag.", ["lørdag"]),
        ("nn", "Neste veke, tysdag, kjem dei til oss.", ["Neste veke", "tysdag"]),
        ("en", "They met yesterday and meet again next week.", ["yesterday", "next week"]),
    ],
)  # fmt: skip
def test_times_told_from_a_day_are_noticed_and_ask_for_nothing(code: str, text: str, times: list[str]) -> None:
    language = LANGUAGES[code]
    found = list(language.relative_times(language.passages(text)))
    assert [text[each.start : each.end] for each in found] == times
    assert not any(each.sure for each in found)
