"""Days in words: what a reader of each language is shown of days, bounds and periods."""

import pytest

from graph.model.days import bounds_in_words, date_in_words, period_in_words, years_in_words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        ("2014-12-01", "1. desember 2014", "1 December 2014"),
        ("2014-12", "desember 2014", "December 2014"),
        ("2014", "2014", "2014"),
        ("0000-13-77", "0000-13-77", "0000-13-77"),
        ("-2014", "-2014", "-2014"),
        ("", "", ""),
    ],
)
def test_a_date_is_in_words(value: str, nb: str, en: str) -> None:
    assert date_in_words(value) == (nb, en)


@pytest.mark.parametrize(
    ("earliest", "latest", "nb", "en"),
    [
        ("2014-12-03", "2014-12-03", "3. desember 2014", "3 December 2014"),
        ("2014-12-01", "2014-12-31", "i desember 2014 (1.–31.)", "in December 2014 (1–31)"),
        ("2012-02-01", "2012-02-29", "i februar 2012 (1.–29.)", "in February 2012 (1–29)"),
        ("2014-01-01", "2014-12-31", "i 2014", "in 2014"),
        (
            "2014-09-01",
            "2014-12-31",
            "mellom 1. september og 31. desember 2014",
            "between 1 September and 31 December 2014",
        ),
        (
            "2014-12-01",
            "2015-03-31",
            "mellom 1. desember 2014 og 31. mars 2015",
            "between 1 December 2014 and 31 March 2015",
        ),
        ("2014-12-01", "", "tidligst 1. desember 2014", "1 December 2014 at the earliest"),
        ("", "2014-12-01", "senest 1. desember 2014", "1 December 2014 at the latest"),
        ("", "", "", ""),
        ("0000-02-01", "0000-02-29", "i februar 0000 (1.–29.)", "in February 0000 (1–29)"),
    ],
)
def test_bounds_are_in_words(earliest: str, latest: str, nb: str, en: str) -> None:
    assert bounds_in_words(earliest, latest) == (nb, en)


def test_a_period_is_in_words_and_says_which_side_is_not_known() -> None:
    assert period_in_words("2013-10-16", "2016-12") == (
        "16. oktober 2013 – desember 2016",
        "16 October 2013 – December 2016",
    )
    assert period_in_words("2013-10-16", "") == ("fra 16. oktober 2013", "from 16 October 2013")
    assert period_in_words("", "2019-12-31") == ("til 31. desember 2019", "until 31 December 2019")
    assert period_in_words("", "") == ("", "")


def test_years_tell_namesakes_apart() -> None:
    assert years_in_words("2013-10-16", "2016-12") == ("2013–2016", "2013–2016")
    assert years_in_words("2014-10-16", "2014-12") == ("2014", "2014")
    assert years_in_words("2020-01-01", "") == ("fra 2020", "from 2020")
    assert years_in_words("", "2019-12-31") == ("til 2019", "until 2019")
    assert years_in_words("", "") == ("", "")
