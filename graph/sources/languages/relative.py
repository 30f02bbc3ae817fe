"""Resolve relative times: what "torsdag 8. desember", "til våren", "uke 6" and "i går" mean on a page of a known day.

A year that the words leave out is the nearest that fits: forward from the day of publication for what is planned,
backward for what has been held, whichever is nearer for the rest. A weekday that is said must fit too.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from graph.model.edtf import Bounds, bounds, last_day
from graph.sources.languages.dates import DateGrammar, DatePhrase, any_of
from graph.sources.languages.pack import Pack, Relative
from graph.sources.text.quotes import fold

# How many days from the publication a time may be whose year is not said.
MOST_DAYS = 370


class Days(NamedTuple):
    """From one day to another, both known."""

    first: date
    last: date


class Resolved(NamedTuple):
    """A value for words that do not say it whole, and what it rests on, to be kept as the reader's basis."""

    edtf: str
    basis: str


class RelativeTimes:
    """The times of one language that are told from a day."""

    def __init__(self, pack: Pack | None, dates: DateGrammar) -> None:
        """Build the patterns of a pack; without one, no words are relative."""
        self._dates = dates
        relative = pack.relative if pack else ()
        self._relative_by_word = {word: each for each in relative for word in each.words}
        self._seasons = _season_months(pack) if pack else {}
        self._words = re.compile(rf"\b(?:{any_of(self._relative_by_word)})\b", re.IGNORECASE)
        weekdays = pack.dates.weekdays if pack else ()
        self._weekdays = {word: day for day, words in enumerate(weekdays) for word in words}
        self._weekday = re.compile(rf"\b(?:{any_of(self._weekdays)})\b", re.IGNORECASE)
        before = any_of(pack.clock.before) if pack else "(?!)"
        dots = bool(pack and pack.dates.day_month_year == "dots")
        # "24.08." is a day; "kl. 10.12." is not, nor is "1.2." of a list.
        self._numbers = re.compile(
            rf"(?<![\d.])(?:(?:{before})\.?\s?)?(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?!\d)" if dots else "(?!)",
            re.IGNORECASE,
        )

    def in_text(self, text: str) -> list[tuple[int, int]]:
        """Return where a folded text has words that tell a time from the day of its publication, in order."""
        spans = [match.span() for match in chain(self._words.finditer(text), self._weekday.finditer(text))]
        return sorted([*spans, *(match.span() for match in self._day_and_month(text))])

    def resolve(self, as_written: str, published: Bounds, status: str | None = None) -> list[Resolved]:
        """Return the values that the words can have on a page of that day, the likeliest first; none where unsettled.

        ``status`` is a name such as ``planned``. Words that say their year are no matter of this.
        """
        if published.earliest is None or published.latest is None:
            return []
        around, words = Days(published.earliest, published.latest), fold(as_written).text
        phrases = self._dates.phrases(words)
        if any(phrase.year for phrase in phrases):
            return []
        # In "til våren", the season is a part of the words that are counted from a day.
        counted = self._words.search(words)
        outside = [each for each in phrases if not (counted and counted.start() <= each.start < counted.end())]
        values = self._with_years(outside, around, status) if outside else self._from_words(words, around, status)
        return list(dict.fromkeys(values))

    def conflicts(self, as_written: str, edtf: str, published: Bounds, status: str | None = None) -> str | None:
        """Return how a value disagrees with words that mean another on a page of that day, or None."""
        able = self.resolve(as_written, published, status)
        if not able or any(bounds(each.edtf).overlaps(bounds(edtf)) for each in able):
            return None
        first, last = published
        day = f"on {first}" if first == last else f"between {first} and {last}"
        return f"the page says {as_written!r}; as it was published {day}, that is {able[0].edtf}, not {edtf}"

    def is_narrower(self, as_written: str, edtf: str, published: Bounds, status: str | None = None) -> str | None:
        """Return how a value is narrower than words that are counted from the day of publication, or None.

        "I forrige uke" is no day of that week; and where the page may be of several days, "i går" may be too. A weekday
        beside such words ("onsdag i neste uke") takes a part of what they mean, and is not held against them.
        """
        words = fold(as_written).text
        counted, weekday = self._words.search(words), self._weekday.search(words)
        if self._dates.phrases(words) or (counted is None) == (weekday is None):
            return None
        able = [bounds(each.edtf) for each in self.resolve(as_written, published, status)]
        first = min((each.earliest for each in able if each.earliest), default=None)
        last = max((each.latest for each in able if each.latest), default=None)
        if first is None or last is None or bounds(edtf).covers(Bounds(first, last)):
            return None
        span, day = _edtf(Days(first, last)), " or ".join(str(day) for day in dict.fromkeys(published))
        return (
            f"the page says {as_written!r}; as it was published on {day}, that is {span}; {edtf} is narrower than that"
        )

    def _with_years(self, phrases: list[DatePhrase], published: Days, status: str | None) -> list[Resolved]:
        """Return the values of phrases without a year, all of them in one year that fits."""
        weekday = any(phrase.weekday is not None for phrase in phrases)
        spans = []
        for year in range(published.first.year - 1, published.last.year + 2):
            in_year = [span for phrase in phrases if (span := _in_year(phrase, year))]
            if len(in_year) == len(phrases):
                spans.append(Days(min(span.first for span in in_year), max(span.last for span in in_year)))
        return _ranked(spans, published, status, weekday)

    def _from_words(self, words: str, published: Days, status: str | None) -> Iterator[Resolved]:
        """Yield the values of the first words that are counted from a day: "til våren", "torsdag", "24.08."."""
        days = list(dict.fromkeys(published if status != "held" else reversed(published)))
        if match := self._words.search(words):
            for day in days:
                span = self._shifted(day, self._relative_by_word[match[0].casefold()])
                yield Resolved(_edtf(span), "counted from the day of publication")
        elif match := self._weekday.search(words):
            for day in days:
                span = _weekday_near(day, self._weekdays[match[0].casefold()], status)
                yield Resolved(_edtf(span), "the weekday nearest to the day of publication")
        elif match := next(self._day_and_month(words), None):
            years = range(published.first.year - 1, published.last.year + 2)
            spans = [_day(year, int(match["month"]), int(match["day"])) for year in years]
            yield from _ranked([span for span in spans if span], published, status, weekday=False)

    def _shifted(self, day: date, relative: Relative) -> Days:
        """Return the unit of time that is so far from a day."""
        by = relative.shift if isinstance(relative.shift, int) else {"next": 1, "last": -1, "near": 0}[relative.shift]
        match relative.unit:
            case "day":
                moved = day + timedelta(days=by)
                return Days(moved, moved)
            case "week":
                monday = day + timedelta(days=7 * by - day.weekday())
                return Days(monday, monday + timedelta(days=6))
            case "month":
                year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
                return Days(date(year, month + 1, 1), last_day(year, month + 1))
            case "year":
                return Days(date(day.year + by, 1, 1), last_day(day.year + by, 12))
        return _season_near(day, self._seasons[relative.unit], by)

    def _day_and_month(self, text: str) -> Iterator[re.Match[str]]:
        for match in self._numbers.finditer(text):
            if match.start("day") == match.start() and _day(2000, int(match["month"]), int(match["day"])):
                yield match


def _in_year(phrase: DatePhrase, year: int) -> Days | None:
    """Return what a phrase means in a year, with its weekday; None where it means nothing."""
    meanings = phrase.meanings(year)
    first, last = meanings[0][0] if meanings else (None, None)
    if first is None or last is None:
        return None
    # The weekday before "8.-9. mai" is that of the first day.
    return Days(first, last) if phrase.weekday in (None, first.weekday()) else None


def _ranked(spans: list[Days], published: Days, status: str | None, weekday: bool) -> list[Resolved]:
    """Return the spans that fit as values: on the right side of the publication first, then the nearest."""
    side = {"planned": "the first after", "held": "the last before"}.get(status or "", "the nearest to")
    basis = f"the year is not said; {side} the day of publication{', with that weekday' if weekday else ''}"
    ranked = sorted((*_rank(span, published, status), _edtf(span)) for span in spans)
    # What has been held was not held after the page was published; a plan may be told when its day is over.
    able = [each for each in ranked if each[1] <= MOST_DAYS and not (each[0] and status == "held")]
    return [Resolved(edtf, basis) for _, _, edtf in able]


def _rank(span: Days, published: Days, status: str | None) -> tuple[bool, int]:
    before, after = (published.first - span.last).days, (span.first - published.last).days
    return (status == "planned" and before > 0) or (status == "held" and after > 0), max(before, after, 0)


def _season_months(pack: Pack) -> dict[str, tuple[int, int]]:
    """Return the months that people may mean by each season; a winter goes on after December, to month 16."""
    return {
        name: (season.end_reach[0], season.reach[1] + 12) if season.end_reach else season.reach
        for name, season in pack.dates.seasons.items()
    }


def _season_near(day: date, months: tuple[int, int], by: int) -> Days:
    """Return the season that comes next (1), was last (-1), or is on or nearest to a day (0)."""
    first, last = months
    spans = []
    for year in range(day.year - 2, day.year + 3):
        after, month = divmod(year * 12 + last - 1, 12)
        spans.append(Days(date(year, first, 1), last_day(after, month + 1)))
    if by > 0:
        return next(span for span in spans if span.first > day)
    if by < 0:
        return next(span for span in reversed(spans) if span.last < day)
    return min(spans, key=lambda span: max((span.first - day).days, (day - span.last).days, 0))


def _weekday_near(day: date, weekday: int, status: str | None) -> Days:
    """Return the day of that name: on or after a day for what is planned, on or before it else."""
    ahead = (weekday - day.weekday()) % 7
    moved = day + timedelta(days=ahead if status == "planned" or not ahead else ahead - 7)
    return Days(moved, moved)


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _edtf(span: Days) -> str:
    """Return the shortest EDTF value with these bounds."""
    first, last = span
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == last_day(last.year, last.month):
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"{first.year:04}"
        ends = dict.fromkeys(f"{day.year:04}-{day.month:02}" for day in span)
        return "/".join(ends)
    return f"{first.isoformat()}/{last.isoformat()}"
