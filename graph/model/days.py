"""Days in words of the reader's language: "1. desember 2014", "i desember 2014 (1.–31.)", "between 1 May and 3 June".

Days are ISO 8601 texts, as the graph has them: a day, a month or a year. What is none of these is returned as it is.
"""

import re
from calendar import monthrange

from graph.model.labels import Label

MONTHS = (
    *(Label("januar", "January"), Label("februar", "February"), Label("mars", "March"), Label("april", "April")),
    *(Label("mai", "May"), Label("juni", "June"), Label("juli", "July"), Label("august", "August")),
    *(Label("september", "September"), Label("oktober", "October"), Label("november", "November")),
    Label("desember", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_Date = tuple[str, int, int]


def date_in_words(value: str, with_year: bool = True) -> Label:
    """Return a day, a month or a year in words: "1. desember 2014", "desember 2014", "2014"."""
    parsed = _parse(value)
    if parsed is None:
        return Label(value, value)
    year, month, day = parsed
    if not month:
        return Label(year, year)
    name, after = MONTHS[month - 1], f" {year}" if with_year else ""
    if not day:
        return Label(f"{name.nb}{after}", f"{name.en}{after}")
    return Label(f"{day}. {name.nb}{after}", f"{day} {name.en}{after}")


def bounds_in_words(earliest: str, latest: str) -> Label:
    """Return when something happened that began and ended within two days: "1. mai 2014", "i 2014".

    A side that is not known is an empty text; where neither is, the text is empty.
    """
    if not earliest or not latest:
        return _open_bounds(earliest, latest)
    if earliest == latest:
        return date_in_words(earliest)
    first, last = _parse(earliest), _parse(latest)
    if first and last and first[2] and last[2] and first[0] == last[0]:
        whole = _whole_months(first, last)
        if whole:
            return whole
    return _between(earliest, latest)


def period_in_words(begin: str, end: str) -> Label:
    """Return a period in words: "16. oktober 2013 – 20. desember 2016"; a side that is not known is an empty text."""
    if begin and end:
        first, last = date_in_words(begin), date_in_words(end)
        return Label(f"{first.nb} – {last.nb}", f"{first.en} – {last.en}")
    if begin:
        return _each("fra {}", "from {}", begin)
    return _each("til {}", "until {}", end) if end else Label("", "")


def year_of(value: str) -> str:
    """Return the year of a day, a month or a year; an empty text where it is none of them."""
    parsed = _parse(value)
    return parsed[0] if parsed else ""


def years_in_words(begin: str, end: str) -> Label:
    """Return the years of a period, to tell namesakes apart: "2013–2016", "fra 2020", "until 2019"; "" of no period."""
    first, last = year_of(begin), year_of(end)
    if first and last:
        years = first if first == last else f"{first}–{last}"
        return Label(years, years)
    return period_in_words(first, last)


def _parse(value: str) -> _Date | None:
    match = _DATE.fullmatch(value)
    return (match[1], int(match[2] or 0), int(match[3] or 0)) if match else None


def _whole_months(first: _Date, last: _Date) -> Label | None:
    """Return a whole year or a whole month of it in words; None where the days are neither."""
    year, month, day = first
    if day != 1 or last[2] != monthrange(int(year) or 4, last[1])[1]:
        return None
    if (month, last[1]) == (1, 12):
        return Label(f"i {year}", f"in {year}")
    if month == last[1]:
        name = MONTHS[month - 1]
        return Label(f"i {name.nb} {year} (1.–{last[2]}.)", f"in {name.en} {year} (1–{last[2]})")
    return None


def _between(earliest: str, latest: str) -> Label:
    same_year = year_of(earliest) == year_of(latest) and len(earliest) > 4
    first, last = date_in_words(earliest, with_year=not same_year), date_in_words(latest)
    return Label(f"mellom {first.nb} og {last.nb}", f"between {first.en} and {last.en}")


def _open_bounds(earliest: str, latest: str) -> Label:
    if earliest:
        return _each("tidligst {}", "{} at the earliest", earliest)
    return _each("senest {}", "{} at the latest", latest) if latest else Label("", "")


def _each(norwegian: str, english: str, value: str) -> Label:
    words = date_in_words(value)
    return Label(norwegian.format(words.nb), english.format(words.en))
