"""Interpret date phrases: how pages of a language write times, and whether a value agrees with such words."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import NamedTuple

from graph.model.edtf import Bounds, bounds, calendar_bounds, last_day, years
from graph.sources.languages.pack import Bounding, Dates, Pack, Season
from graph.sources.text.quotes import fold

# What a time can mean: the days it may reach over, and those that it means at the least.
Meaning = tuple[Bounds, Bounds]
YEAR = r"(?:1[89]|20)\d\d"
# Not from the calendar module: its names follow the settings of the machine.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DatePhrase(NamedTuple):
    """A phrase that is understood: its span, what it means in a year, and its own year, if it has one.

    ``weekday`` (Monday is 0) is that of the word before it.
    """

    start: int
    end: int
    year: int | None
    meanings: Callable[[int], list[Meaning]]
    weekday: int | None = None


class _Shape(NamedTuple):
    """One way to write a time.

    ``interpret`` takes a year and the groups of the pattern but ``year``; it is None for a vague time.
    """

    pattern: re.Pattern[str]
    interpret: Callable[..., list[Meaning]] | None
    in_text: bool = True


# What to write for a time that is not a date, but beside one.
_EXAMPLE = "../2014-03-02 or 2014-03-01/2014-03-05"


class DateGrammar:
    """The date phrases of one language. The time to search a text is linear in its length."""

    def __init__(self, pack: Pack | None) -> None:
        """Build the patterns of a pack; without one, those that every language shares: 2014-10-17, 17.10.2014, 2014."""
        self._has_pack = pack is not None
        self._shapes = tuple(_shapes(pack.dates if pack else None))
        self._bounding = _bounding(pack.bounding if pack else Bounding())
        self._weekday = _weekdays(pack.dates) if pack else None
        self._weekdays = {word: day for day, words in enumerate(pack.dates.weekdays) for word in words} if pack else {}

    def in_text(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of a folded text that tell a time, in order; of phrases that overlap, the longest."""
        spans = sorted(
            (
                match.span("phrase")
                for shape in self._shapes
                if shape.in_text
                for match in shape.pattern.finditer(text)
                if _is_month(match)
            ),
            key=lambda span: (span[0], -span[1]),
        )
        result: list[tuple[int, int]] = []
        for span in spans:
            if not result or span[0] >= result[-1][1]:
                result.append(span)
        return result

    def phrases(self, words: str) -> list[DatePhrase]:
        """Return each phrase that is understood, in order, with what it can mean."""
        phrases: list[DatePhrase] = []
        for shape in self._shapes:
            for match in shape.pattern.finditer(words) if shape.interpret else ():
                start, end = match.span("phrase")
                if _is_month(match) and not any(each.start <= start and end <= each.end for each in phrases):
                    phrases.append(self._phrase(words, match, shape.interpret))
        return sorted(phrases, key=lambda each: each.start)

    def _phrase(self, words: str, match: re.Match[str], interpret: Callable[..., list[Meaning]] | None) -> DatePhrase:
        groups = {key: value.casefold() if value else value for key, value in match.groupdict().items()}
        year = groups.pop("year", None)
        groups.pop("phrase")
        start, end = match.span("phrase")
        before = self._weekday.search(words, max(0, start - 40), start) if self._weekday else None
        weekday = self._weekdays[before["weekday"].casefold()] if before else None
        return DatePhrase(
            start, end, int(year) if year else None, lambda each: (interpret or _no_meaning)(each, **groups), weekday
        )

    def with_weekday(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return where a phrase of a text begins and ends, with the weekday that stands before it."""
        before = self._weekday.search(text, max(0, start - 40), start) if self._weekday else None
        return (before.start() if before else start), end

    def with_beside(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return where a phrase of a text begins and ends, with the words before it that say it is not the date."""
        before = self._bounding.beside.search(text, max(0, start - 40), start)
        return (before.start() if before else start), end

    def conflicts(self, as_written: str, edtf: str) -> str | None:
        """Return how a value disagrees with the words of the page, or None if they can mean the same.

        Words without a year take the year of the value.
        """
        span, words = bounds(edtf), fold(as_written).text
        phrases = self.phrases(words)
        if self._bounding.one_side.search(words.casefold()) or not self._understands(words, phrases):
            return None
        for phrase in phrases:
            meanings = _meanings(phrase, edtf)
            if meanings and not any(reach.overlaps(span) for reach, _ in meanings):
                return f"the page says {as_written!r}, which is not {edtf}"
            days = [
                first for _, (first, last) in meanings if first and first == last and Bounds(first, last).overlaps(span)
            ]
            if days and phrase.weekday not in (None, *(day.weekday() for day in days)):
                return f"the page says {as_written!r}, but {days[0]} is a {WEEKDAYS[days[0].weekday()]}"
        return None

    def _understands(self, words: str, phrases: list[DatePhrase]) -> bool:
        """Return whether words are understood. Without a pack only a date alone is: "before 2015" is something else."""
        inside = sum(each.end - each.start for each in phrases)
        return self._has_pack or (bool(phrases) and len(words.strip()) == inside)

    def is_narrower(self, as_written: str, edtf: str, convention: str | None = None) -> str | None:
        """Return how a value is narrower than the words; None where it is not, or where they are not understood.

        "I oktober" is no day of October. Of phrases that lie within each other ("i oktober, høsten 2014"), the
        narrowest counts. Words that take a part of a phrase ("de første månedene i 2015") are not understood.
        """
        span, words = bounds(edtf, convention), fold(as_written).text
        phrases = [(each, meanings) for each in self.phrases(words) if (meanings := _meanings(each, edtf))]
        rest = words
        for phrase, _ in reversed(phrases):
            start, end = self.with_weekday(words, phrase.start, phrase.end)
            rest = f"{rest[:start]} {rest[end:]}"
        for phrase, meanings in phrases:
            start, _ = self.with_weekday(words, phrase.start, phrase.end)
            beside = self._bounding.beside.search(words, 0, start)
            if beside and any(reach.covers(span) for reach, _ in meanings):
                said = words[beside.start() : phrase.end]
                return f"the page says {said!r}, which is not {edtf} itself; write an interval, such as {_EXAMPLE}"
        loose = self._bounding.loose.search(rest)
        if (
            loose
            and phrases
            and span.earliest == span.latest
            and not any(_is_day(least) for _, each in phrases for _, least in each)
        ):
            return f"the page says {as_written!r}, which tells no day; {edtf} is narrower than that"
        if self._bounding.part.search(rest.casefold()) or not self._understands(words, [each for each, _ in phrases]):
            return None
        for phrase, meanings in phrases:
            if self._bounding.one_side_of_this.search(words[: phrase.start].casefold()):
                continue
            others = [least for _, other in phrases if other is not meanings for _, least in other]
            within = any(reach.covers(least) and least != reach for reach, _ in meanings for least in others)
            if not within and not any(span.covers(least) for _, least in meanings):
                first, last = meanings[0][1].earliest, meanings[0][1].latest
                allowed = str(first) if first == last else f"{first} to {last}"
                return f"the page says {as_written!r}, which is {allowed}; {edtf} is narrower than that"
        return None


@cache
def date_grammar(pack: Pack | None) -> DateGrammar:
    """Return the date phrases of a pack, built once."""
    return DateGrammar(pack)


def _meanings(phrase: DatePhrase, edtf: str) -> list[Meaning]:
    named = [phrase.year] if phrase.year else [int(year) for year in years(edtf)] or [1]
    return list(chain.from_iterable(phrase.meanings(year) for year in named))


def _no_meaning(_: int, **__: str) -> list[Meaning]:
    return []


def _is_month(match: re.Match[str]) -> bool:
    """Return whether a match is a month: where its name is also another word ("may", "march"), it needs a capital."""
    word = match.groupdict().get("capital")
    return word is None or word[0].isupper()


def _is_day(span: Bounds) -> bool:
    return span.earliest is not None and span.earliest == span.latest


class _BoundingWords(NamedTuple):
    beside: re.Pattern[str]
    loose: re.Pattern[str]
    one_side: re.Pattern[str]
    one_side_of_this: re.Pattern[str]
    part: re.Pattern[str]


def _bounding(words: Bounding) -> _BoundingWords:
    one_side, between = any_of(words.one_side), any_of(words.between)
    parts = rf"\d|\b(?:{any_of(words.part)}|(?:{any_of(words.part_begins)})\w*|\w*(?:{any_of(words.part_ends)}))\b"
    beside = any_of(words.beside)
    return _BoundingWords(
        re.compile(rf"\b(?:{beside})\b(?:(?<=\bca)\.)?(?:\s+(?:{between}))?\s+\Z", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(words.loose)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{one_side})\b"),
        re.compile(rf"\b(?:{one_side})\b(?:\s+(?:{between}))*+\s+\Z"),
        re.compile(parts),
    )


def _weekdays(dates: Dates) -> re.Pattern[str]:
    words, articles = any_of(chain.from_iterable(dates.weekdays)), any_of(dates.articles)
    return re.compile(rf"\b(?P<weekday>{words})\b,?\s?(?:(?:{articles})\s)?\Z", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, the longest first; one that nothing fits where there are none."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


def _shapes(dates: Dates | None) -> Iterator[_Shape]:
    """Yield the ways to write a time, in the order in which they are tried."""

    def shape(pattern: str, interpret: Callable[..., list[Meaning]] | None, in_text: bool = True) -> _Shape:
        return _Shape(re.compile(rf"(?P<phrase>{pattern})", re.IGNORECASE), interpret, in_text)

    yield shape(rf"\b(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b", _month_or_day)
    if dates is None or dates.day_month_year == "dots":
        yield shape(rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>{YEAR})\b", _month_or_day)
    if dates:
        yield from (shape(pattern, interpret) for pattern, interpret in _months(dates))
        yield from (shape(pattern, interpret) for pattern, interpret in _seasons(dates))
    yield shape(rf"\b(?P<first>{YEAR})\s?[/–-]\s?(?P<year>{YEAR})\b", _span_of_years, in_text=False)
    if dates:
        yield from (shape(pattern, interpret) for pattern, interpret in _parts_of_years(dates))
    yield shape(rf"\b(?P<year>{YEAR})\b", _year)
    if dates and dates.vague:
        of = any_of(dates.of)
        yield shape(rf"\b(?:{any_of(dates.vague)})(?:\s+(?:{of})\s+{YEAR})?\b", None)


def _months(dates: Dates) -> Iterator[tuple[str, Callable[..., list[Meaning]]]]:
    """Yield days and months by name: "17. oktober 2014", "3.-5. juni", "October 17, 2014", "oktober"."""
    number_of = {word: number for number, words in enumerate(dates.months, 1) for word in words}
    short = {word: number for number, words in enumerate(dates.months_after_day, 1) for word in words}
    double = set(dates.months_of_two_meanings)
    plain, capital = any_of(set(number_of) - double), any_of(double)
    name = rf"(?:{plain}|(?P<capital>{capital}))"
    short_name = rf"(?:{any_of(short)})\b\.?" if short else r"(?!)"
    beside_day = rf"(?P<month>{name}\b|{short_name})" if short else rf"(?P<month>{name})\b"
    marks = any_of(dates.after_day_number)
    mark = (rf"(?:{marks})?" if dates.day_number_alone else rf"(?:{marks})") if dates.after_day_number else ""
    year, joined = rf"(?:,?\s+(?P<year>{YEAR}))?", rf"\s?(?:[–-]|\b(?:{any_of(dates.ranges)})\b)\s?"
    article = rf"(?:(?:{any_of(dates.of)})\s+)?" if dates.day_number_alone else ""

    def interpret(year: int, month: str, day: str | None = None, first: str | None = None, **_: str) -> list[Meaning]:
        word = month.rstrip(". ")
        return _days(year, number_of.get(word) or short[word], first, day)

    first = rf"(?:(?P<first>\d{{1,2}})(?:{marks})?{joined})?"
    yield rf"\b{first}(?<![\d.])(?P<day>\d{{1,2}}){mark}\s*{article}{beside_day}{year}(?!\w)", interpret
    if dates.month_first:
        yield (
            rf"\b{beside_day}\s+(?P<day>\d{{1,2}}){mark}(?:\s?[–-]\s?(?P<last>\d{{1,2}}))?\b{year}(?!\w)",
            _with_two_days(interpret),
        )
    context = "|".join(rf"(?<=\b{re.escape(word)} )" for word in dates.before_month) or "(?!)"
    alone = rf"(?P<month>{plain}|(?:{context})(?P<capital>{capital}))\b{year}(?!\w)"
    yield rf"\b{alone}", interpret
    if double:
        yield rf"\b(?P<month>(?P<capital>{capital}))\s+(?P<year>{YEAR})\b", interpret


def _with_two_days(interpret: Callable[..., list[Meaning]]) -> Callable[..., list[Meaning]]:
    """Return a meaning for "October 17-18", where the first of two days is the one beside the month."""

    def turned(year: int, day: str, last: str | None = None, **groups: str) -> list[Meaning]:
        return interpret(year, day=last or day, first=day if last else None, **groups)

    return turned


def _seasons(dates: Dates) -> Iterator[tuple[str, Callable[..., list[Meaning]]]]:
    winter = dates.seasons.get("winter")
    if winter:
        two = rf"(?P<first>{YEAR})\s?[/–-]\s?(?P<last>{YEAR}|\d\d)"
        yield rf"\b(?:{any_of(winter.words)})\s+{two}\b", _winter_of_two_years
    for season in dates.seasons.values():
        words, before = any_of(season.words), any_of(season.before_year)
        year = rf"(?:\s+(?:(?:{any_of(dates.of)})\s+)?(?P<year>{YEAR}))?"
        yield rf"\b(?:{words}|(?:{before})(?=\s+{YEAR}))\b{year}(?!\w)", _season_meaning(season)


def _season_meaning(season: Season) -> Callable[..., list[Meaning]]:
    """Return the months that people may mean by a season, generously, and its own; winter has two ends of a year."""

    def interpret(year: int) -> list[Meaning]:
        meanings = [(_span(year, *season.reach), _span(year, *season.least))]
        if season.end_reach and season.end_least:
            meanings.append((_span(year, *season.end_reach), _span(year, *season.end_least)))
        return meanings

    return interpret


def _parts_of_years(dates: Dates) -> Iterator[tuple[str, Callable[..., list[Meaning]]]]:
    which, of = any_of(dates.ordinals), any_of(dates.of)
    year = rf"(?:\s+(?:(?:{of})\s+)?(?P<year>{YEAR}))?"
    for words, months in ((dates.quarters, 3), (dates.halves, 6)):
        if words:
            yield rf"(?<!\w)(?P<which>{which})\s+(?:{any_of(words)})\b{year}(?!\w)", _part_meaning(dates, months)
    if dates.weeks:
        yield rf"\b(?:{any_of(dates.weeks)})\s+(?P<week>\d{{1,2}})\b(?:\s+(?:(?:{of})\s+)?(?P<year>{YEAR}))?", _week


def _part_meaning(dates: Dates, months: int) -> Callable[..., list[Meaning]]:
    def interpret(year: int, which: str) -> list[Meaning]:
        last = dates.ordinals[which] * months
        time = _span(year, last - months + 1, last) if last <= 12 else None
        return [(time, time)] if time else []

    return interpret


def _days(year: int, month: int, first: str | None, day: str | None) -> list[Meaning]:
    with contextlib.suppress(ValueError):
        time = calendar_bounds(f"{year:04}-{month:02}" + (f"-{int(day):02}" if day else ""))
        if first and day and time.latest:
            time = Bounds(time.latest.replace(day=int(first)), time.latest)
        return [(time, time)]
    return []


def _month_or_day(year: int, month: str, day: str | None = None) -> list[Meaning]:
    return _days(year, int(month), None, day)


def _winter_of_two_years(_: int, first: str, last: str) -> list[Meaning]:
    """Return the winter of "2019/2020" or "2019/20", where the second year is the one after the first."""
    if (int(last) - int(first) - 1) % 100:
        return []
    begun = date(int(first), 11, 1)
    after = begun.year + 1
    return [(Bounds(begun, last_day(after, 4)), Bounds(begun.replace(month=12), last_day(after, 2)))]


def _span_of_years(year: int, first: str) -> list[Meaning]:
    time = Bounds(date(int(first), 1, 1), last_day(year, 12))
    return [(time, time)] if int(first) < year else []


def _week(year: int, week: str) -> list[Meaning]:
    with contextlib.suppress(ValueError):
        monday = date.fromisocalendar(year, int(week), 1)
        time = Bounds(monday, monday + timedelta(days=6))
        return [(time, time)]
    return []


def _year(year: int) -> list[Meaning]:
    return [(_span(year, 1, 12), _span(year, 1, 12))]


def _span(year: int, first: int, last: int) -> Bounds:
    return Bounds(date(year, first, 1), last_day(year, last))
