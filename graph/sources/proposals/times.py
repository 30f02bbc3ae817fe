"""When an event is: the words of a page for it, and the days that they mean as it was published."""

import re
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from graph.model.edtf import Bounds, bounds
from graph.sources.languages.language import Language
from graph.sources.proposals.phrases import Phrases, phrases_of
from graph.sources.text.quotes import Passages

# Between two days where nothing is known of the language.
_DASH = re.compile(r"\s*([-–])\s*")
_ANY_YEAR = 2001
_LONGEST_BEFORE = 12
_MOST_KNOWN = 10_000
# Days that lie further apart are those of two events.
_MOST_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Time:
    """Words for a time, and where they stand; from which day to which it is, None where the words do not settle it.

    ``edtf`` is the value for a claims file, and ``basis`` says from what the year is known where the words say none.
    """

    start: int
    end: int
    said: str
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    basis: str = ""

    def overlaps(self, other: "Time") -> bool:
        """Return whether both can mean the same; so can times that are not settled."""
        if self.earliest is None or self.latest is None or other.earliest is None or other.latest is None:
            return True
        return self.earliest <= other.latest and other.earliest <= self.latest

    def is_narrower(self, than: "Time") -> bool:
        """Return whether fewer days are meant than by another; one that is not settled is never narrower."""
        if self.earliest is None or self.latest is None:
            return False
        return than.earliest is None or than.latest is None or self.latest - self.earliest < than.latest - than.earliest


def times_of(page: Passages, language: Language, phrases: Phrases) -> list[Time]:
    """Return the words of a page for times, in order, not yet resolved: those by the calendar, and from a day."""
    times: list[Time] = []
    for each in language.dates(page):
        words = language.with_weekday(page, each.start, each.end)
        begin = page.original.find(words, max(0, each.start - 40), each.end)
        begin = begin if begin >= 0 else each.start
        before = page.original[max(0, begin - _LONGEST_BEFORE) : begin].split()[-1:]
        if before and not language.date_phrases(words) and language.date_phrases(f"{before[0]} {words}"):
            # "March" alone may be a verb; "in March" is none.
            words = f"{before[0]} {words}"
            begin = page.original.rfind(before[0], 0, begin)
        times.append(Time(begin, each.end, words))
    taken = [(time.start, time.end) for time in times]
    for each in language.relative_times(page):
        if not any(start < each.end and each.start < end for start, end in taken):
            times.append(Time(each.start, each.end, page.original[each.start : each.end]))
    return _joined(sorted(times, key=attrgetter("start")), page.original, language, phrases)


def _joined(times: list[Time], text: str, language: Language, phrases: Phrases) -> list[Time]:
    """Return times with two that tell one span as one: "31. mai og 1. juni", "9. mai–3. juni"."""
    joined: list[Time] = []
    for time in times:
        between = phrases.span.fullmatch(text[joined[-1].end : time.start]) if joined else None
        if between and (between[1] not in phrases.words.joints or _follow(joined[-1], time, language)):
            first = joined.pop()
            time = Time(first.start, time.end, text[first.start : time.end])
        joined.append(time)
    return joined


def _follow(first: Time, last: Time, language: Language) -> bool:
    """Return whether two days are those of one span, and not of two events: "31. mai og 1. juni"."""
    days = []
    for time in (first, last):
        reaches = [
            reach for phrase in language.date_phrases(time.said)[:1] for reach, _ in phrase.meanings(_ANY_YEAR)[:1]
        ]
        days += [reach.earliest for reach in reaches if reach.earliest and reach.earliest == reach.latest]
    return len(days) == 2 and 0 < (days[1] - days[0]).days <= _MOST_BETWEEN


def resolve(time: Time, language: Language, published: Bounds | None, status: str | None) -> Time:
    """Return a time with the days that its words mean: by themselves, or on a page of that day."""
    if language.pack is None:
        return _resolved(time, language, published, status)
    known = phrases_of(language.pack).resolved
    key = (time.said, published, status)
    if key not in known:
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[key] = _resolved(time, language, published, status)
    found: Time = known[key]
    return replace(found, start=time.start, end=time.end)


def _resolved(time: Time, language: Language, published: Bounds | None, status: str | None) -> Time:
    spans = [
        reach
        for phrase in language.date_phrases(time.said)
        if phrase.year is not None
        for reach, _ in phrase.meanings(phrase.year)[:1]
    ]
    first = min((each.earliest for each in spans if each.earliest), default=None)
    last = max((each.latest for each in spans if each.latest), default=None)
    if first is not None and last is not None:
        return Time(time.start, time.end, time.said, first, last, _edtf(first, last))
    parts = _span(language).split(time.said)[::2]
    if len(parts) == 2 and all(re.search(r"[^\W\d_]", part) for part in parts):
        ends = [resolve(Time(0, 0, part), language, published, status) for part in parts]
        if ends[0].earliest and ends[1].latest and ends[0].earliest < ends[1].latest:
            days = ends[0].earliest, ends[1].latest
            return Time(time.start, time.end, time.said, *days, _edtf(*days), "published")
    values = language.resolve(time.said, published, status) if published else []
    if published and not values and status in ("postponed", "cancelled"):
        # What is put off was to come.
        values = language.resolve(time.said, published, "planned")
    for value in values[:1]:
        span = bounds(value.edtf)
        return Time(time.start, time.end, time.said, span.earliest, span.latest, value.edtf, "published")
    return time


def _span(language: Language) -> re.Pattern[str]:
    return phrases_of(language.pack).span if language.pack else _DASH


def _edtf(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year}"
    return f"{first.isoformat()}/{last.isoformat()}"
