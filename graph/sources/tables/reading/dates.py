"""Forms of dates: what a mapping writes (``DD.MM.YYYY``, ``MMM-YYYY``), compiled once, and the days that a cell gives.

A form names the parts of a date, with signs between them and words in square brackets. A part that stands in it twice
makes a range: ``D.-D. MMMM YYYY``. Bounds are as wide as the words: a month is its first to its last day.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from graph.common.errors import MotegrafError
from graph.sources.tables.reading.names_of_time import fold, month_numbers, weekday_numbers

_TOKENS = re.compile(r"\[([^\]]*)\]|(YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|Q|WW|W|HH|H|hh|h|mm|ss|a|Z)|(\s+)|(.)", re.DOTALL)
# Typed in many ways, and all alike.
_APOSTROPHE = re.compile("['’`´]")
_NAME = r"([^\W\d_]+\.?)"
# Of each part: the unit that it tells, and what stands in a cell for it.
_PARTS = {
    "YYYY": ("year", r"(\d{4})"),
    "YY": ("year2", r"(\d{2})"),
    "MMMM": ("month_name", _NAME),
    "MMM": ("month_name", _NAME),
    "MM": ("month", r"(\d{2})"),
    "M": ("month", r"(\d{1,2})"),
    "DD": ("day", r"(\d{2})"),
    "D": ("day", r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª)?"),
    "dddd": ("weekday", _NAME),
    "Q": ("quarter", r"([1-4])"),
    "WW": ("week", r"(\d{2})"),
    "W": ("week", r"(\d{1,2})"),
    "HH": ("hour", r"(\d{2})"),
    "H": ("hour", r"(\d{1,2})"),
    "hh": ("hour12", r"(\d{2})"),
    "h": ("hour12", r"(\d{1,2})"),
    "mm": ("minute", r"(\d{2})"),
    "ss": ("second", r"(\d{2})(?:\.\d+)?"),
    "a": ("half", r"([ap]\.?\s?m\.?)"),
    "Z": ("offset", r"(Z|[+-]\d\d:?\d\d)"),
}
_SLOT = {"year2": "year", "month_name": "month", "quarter": "month", "week": "month", "hour12": "hour"}
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII | re.I
)
_WITH_MORE = re.compile(r"(.*?)(?:\s*\+(\d{1,3}))?", re.DOTALL)
# Forms that have a name, and no parts.
_WHOLE = ("ISO", "serial", "unix")
# Excel counts days from here; day 60 of it, 29 February 1900, never was.
_SERIAL_START, _SERIAL_FIRST, _SERIAL_LAST = date(1899, 12, 30), 61, 2_958_465
_MONTHS = ("", *calendar.month_name[1:])


class Span(NamedTuple):
    """Days that are possible, and the time of day at which the first of them begins, where the words tell it."""

    earliest: date
    latest: date
    begins: str | None = None
    year_from_period: bool = False


class Zones(NamedTuple):
    """The zone of the register, and the one in which its times are written where that is another."""

    register: ZoneInfo | None = None
    written: ZoneInfo | None = None


class NoDay(NamedTuple):
    """Why a cell gives no day. ``review``: it is for a person to decide, and no mistake of the register's reader."""

    why: str
    review: bool = False


class DateFormError(MotegrafError, ValueError):
    """A form of dates that nobody can read dates by."""


class DateForm:
    """A form of dates, compiled."""

    def __init__(self, form: str, languages: tuple[str, ...]) -> None:
        """Compile a form. Raise DateFormError where it has no part that tells a day, a month or a year."""
        self.form, self.languages = form, languages
        if form in _WHOLE:
            self.units: tuple[tuple[int, str], ...] = ()
            self.has_year, self.more = True, timedelta()
            return
        form, more = _WITH_MORE.fullmatch(form).groups()  # type: ignore[union-attr]
        # As "[week of] D MMMM YYYY +6": the day that is named is the first of several.
        self.more = timedelta(days=int(more or 0))
        units: list[tuple[int, str]] = []
        pattern, side = "", 0
        for literal, part, blank, sign in _TOKENS.findall(form):
            if part:
                unit, words = _PARTS[part]
                slot = _SLOT.get(unit, unit)
                if slot in {_SLOT.get(each, each) for number, each in units if number == side}:
                    side += 1
                if side > 1:
                    raise DateFormError(f"{form!r} has the part {part} too often: a range has two ends")
                units.append((side, unit))
                pattern += words
            elif blank:
                pattern += r"\s+"
            elif sign in ("-", "–"):
                pattern += r"\s*[-–—‑]\s*"
            elif sign == "'" or literal:
                pattern += _APOSTROPHE.sub(_APOSTROPHE.pattern, re.escape(literal or sign))
            elif sign and sign.isalpha():
                raise DateFormError(
                    f"{form!r}: {sign!r} is no part of a date; parts are {', '.join(_PARTS)}; put words in [brackets]"
                )
            else:
                pattern += re.escape(literal or sign)
        slots = {_SLOT.get(unit, unit) for _, unit in units}
        if not slots & {"year", "month", "day", "hour"}:
            raise DateFormError(f"{form!r} has no part that tells a day, a month, a year or a time")
        if any(unit == "week" for _, unit in units) and "year" not in slots:
            raise DateFormError(f"{form!r} has a week and no year")
        self.units, self.has_year = tuple(units), "year" in slots or not slots & {"month", "day"}
        self.pattern = re.compile(pattern, re.IGNORECASE)

    def read(self, text: str, zones: Zones, period: tuple[date, date] | None) -> "list[Span | NoDay] | None":
        """Return what a cell gives by this form: the spans that fit, or why there is none; None where it is no such."""
        try:
            if self.form == "ISO":
                return self._iso(text, zones)
            if self.form == "serial":
                return self._serial(text)
            if self.form == "unix":
                return self._unix(text, zones)
            match = self.pattern.fullmatch(text)
            return None if match is None else [self._lasting(each) for each in self._matched(match, zones, period)]
        except NoDayError as error:
            return [NoDay(f"is no day of {self.form}: {error}")]

    def _lasting(self, span: "Span | NoDay") -> "Span | NoDay":
        """Return a span with the days that follow the last one which is named."""
        if not self.more or isinstance(span, NoDay):
            return span
        try:
            return span._replace(latest=span.latest + self.more)
        except OverflowError:
            raise NoDayError(f"there is no day {self.more.days} days after {span.latest}") from None

    def clock(self, text: str) -> time | None:
        """Return the time of day of a text of this form, the first of two; None where it is no such."""
        if self.form in _WHOLE or (match := self.pattern.fullmatch(text)) is None:
            return None
        sides: list[dict[str, int | str | None]] = [{}, {}]
        for (side, unit), words in zip(self.units, match.groups(), strict=True):
            self._take(sides[side], unit, words)
        return _clock(sides[0])

    def _iso(self, text: str, zones: Zones) -> "list[Span | NoDay] | None":
        match = _ISO.fullmatch(text)
        if match is None:
            return None
        year, month, day, clock, offset = match.groups()
        first, last = _bounds({"year": int(year), "month": month and int(month), "day": day and int(day)})
        if not clock:
            return [Span(first, last)]
        return [_moment(first, time_of(clock), offset, zones)]

    def _serial(self, text: str) -> "list[Span | NoDay] | None":
        if not re.fullmatch(r"\d{1,7}(\.\d{1,17})?", text, re.ASCII):
            return None
        number, _, part = text.partition(".")
        if not _SERIAL_FIRST <= int(number) <= _SERIAL_LAST:
            raise NoDayError(f"serial days run from {_SERIAL_FIRST} to {_SERIAL_LAST}")
        day = _SERIAL_START + timedelta(days=int(number))
        # A part of a day is a time; what is rounded stays on its day.
        minutes = min(round(float(f"0.{part or 0}") * 86_400), 86_399) // 60
        return [Span(day, day, f"{minutes // 60:02}:{minutes % 60:02}" if minutes else None)]

    def _unix(self, text: str, zones: Zones) -> "list[Span | NoDay] | None":
        if not re.fullmatch(r"-?\d{9,13}", text, re.ASCII):
            return None
        # Of twelve figures and more they are thousandths: no second before the year 5138 has so many.
        seconds = int(text) / (1 if len(text.lstrip("-")) < 12 else 1000)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        return [_moment(moment.date(), moment.time().replace(microsecond=0), "Z", zones)]

    def _matched(self, match: re.Match[str], zones: Zones, period: tuple[date, date] | None) -> "list[Span | NoDay]":
        sides: list[dict[str, int | str | None]] = [{}, {}]
        for (side, unit), words in zip(self.units, match.groups(), strict=True):
            self._take(sides[side], unit, words)
        first, second = sides
        if second:
            _lend(first, second)
        if self.has_year:
            return [_span(first, second, zones)]
        if period is None:
            raise NoDayError(
                "it has no year, and the file has no period: in register.yaml that one could be taken from"
            )
        spans: list[Span] = []
        problem: NoDayError | None = None
        for year in range(period[0].year, period[1].year + 1):
            try:
                span = _span(first | {"year": year}, second and second | {"year": year}, zones)
            except NoDayError as error:
                problem = error
                continue
            if span.earliest <= period[1] and span.latest >= period[0]:
                spans.append(span._replace(year_from_period=True))
            else:
                problem = None
        if len(spans) == 1:
            return [*spans]
        words = f"{period[0]}/{period[1]}"
        if spans:
            years = " and ".join(str(span.earliest.year) for span in spans[:2])
            return [NoDay(f"has no year, and {years} lie in the period of the file, {words}", review=True)]
        if problem is not None:
            raise problem
        return [NoDay(f"lies outside the period of the file, {words}: no year can be given", review=True)]

    def _take(self, side: dict[str, int | str | None], unit: str, words: str) -> None:
        if unit == "month_name":
            number = month_numbers(self.languages).get(fold(words))
            if number is None:
                raise NoDayError(f"{words!r} is no month in {', '.join(self.languages)}")
            side["month"] = number
        elif unit == "weekday":
            side["weekday"] = weekday_numbers(self.languages).get(fold(words))
            side["weekday_words"] = words
            if side["weekday"] is None:
                raise NoDayError(f"{words!r} is no weekday in {', '.join(self.languages)}")
        elif unit == "year2":
            side["year"] = 2000 + int(words)
        elif unit == "quarter":
            side["month"], side["last_month"] = 3 * int(words) - 2, 3 * int(words)
        elif unit == "half":
            side["half"] = words[0].lower()
        elif unit == "offset":
            side["offset"] = words
        else:
            side[unit] = int(words)


class NoDayError(MotegrafError, ValueError):
    """A day, a month or a time that the calendar has not."""


def _lend(first: dict[str, int | str | None], second: dict[str, int | str | None]) -> None:
    """Let the ends of a range lend one another what one of them has: "Oct-Dec 2010", "3.-5. mars", "9:00-10:30"."""
    if not second.keys() & {"year", "month", "day", "week"}:
        second |= {unit: first[unit] for unit in ("year", "month", "last_month", "day", "week") if unit in first}
        return
    for lacks, has in ((first, second), (second, first)):
        for unit in ("year", "month"):
            if unit not in lacks and unit in has and not (unit == "month" and "week" in lacks):
                lacks[unit] = has[unit]
                if unit == "month" and "last_month" in has:
                    lacks["last_month"] = has["last_month"]


def _bounds(side: dict[str, int | str | None]) -> tuple[date, date]:
    """Return the first and the last day of what is told: a day, a week, a month, a quarter or a year."""
    year, month, day, week = (side.get(unit) for unit in ("year", "month", "day", "week"))
    assert isinstance(year, int)
    if not 1 <= year <= 9999:
        raise NoDayError(f"there is no year {year}")
    if isinstance(week, int):
        try:
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
        except ValueError:
            raise NoDayError(f"{year} has no week {week}") from None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    assert isinstance(month, int)
    if not 1 <= month <= 12:
        raise NoDayError(f"there is no month {month}")
    last_month = side.get("last_month") or month
    assert isinstance(last_month, int)
    longest = calendar.monthrange(year, last_month)[1]
    if day is None:
        return date(year, month, 1), date(year, last_month, longest)
    assert isinstance(day, int)
    if not 1 <= day <= longest:
        raise NoDayError(f"{_MONTHS[month]} {year if month == 2 else ''}".rstrip() + f" has {longest} days, not {day}")
    return date(year, month, day), date(year, month, day)


def _span(first: dict[str, int | str | None], second: dict[str, int | str | None], zones: Zones) -> Span:
    earliest, latest = _bounds(first)
    _check_weekday(first, earliest)
    clock = _clock(first)
    if second:
        start, latest = _bounds(second)
        _check_weekday(second, latest)
        if earliest > start or earliest > latest:
            raise NoDayError(f"it ends on {latest}, before it begins on {earliest}")
        return Span(earliest, latest, f"{clock:%H:%M}" if clock else None)
    if clock is None:
        return Span(earliest, latest)
    if earliest != latest:
        raise NoDayError("it has a time of day and no day")
    offset = first.get("offset")
    return _moment(earliest, clock, offset if isinstance(offset, str) else None, zones)


def _check_weekday(side: dict[str, int | str | None], day: date) -> None:
    if side.get("weekday") is not None and side.get("day") is not None and side["weekday"] != day.weekday():
        raise NoDayError(f"{day} is a {calendar.day_name[day.weekday()]}, not {side['weekday_words']!r}")


def _clock(side: dict[str, int | str | None]) -> time | None:
    hour, half = side.get("hour", side.get("hour12")), side.get("half")
    if not isinstance(hour, int):
        return None
    if "hour12" in side:
        if not 1 <= hour <= 12 or half is None:
            raise NoDayError("a time from 1 to 12 needs its half of the day, a")
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = side.get("minute", 0), side.get("second", 0)
    assert isinstance(minute, int)
    assert isinstance(second, int)
    return make_time(hour, minute, second)


def make_time(hour: int, minute: int, second: int) -> time:
    """Return a time of day. Raise NoDayError where the clock has it not."""
    try:
        return time(hour, minute, second)
    except ValueError:
        raise NoDayError(f"there is no time {hour:02}:{minute:02}") from None


def time_of(clock: str) -> time:
    """Return the time of day of ISO words such as 08:30 or 08:30:15.5."""
    hour, minute, *second = clock.split(":")
    return make_time(int(hour), int(minute), int(second[0][:2]) if second else 0)


def _moment(day: date, clock: time, offset: str | None, zones: Zones) -> Span:
    """Return the day and time of a moment in the zone of the register."""
    zone = zones.register
    if offset is None:
        if zone and zones.written:
            local = datetime.combine(day, clock, zones.written).astimezone(zone)
            return Span(local.date(), local.date(), f"{local:%H:%M}")
        # Tables write midnight where they have no time.
        return Span(day, day, f"{clock:%H:%M}" if clock != time() else None)
    if zone is None:
        raise NoDayError(f"its time is in the zone {offset}; say zone: in mapping.yaml, such as Europe/Oslo")
    moment = datetime.fromisoformat(f"{day}T{clock:%H:%M:%S}{'+00:00' if offset in 'Zz' else offset}")
    try:
        local = moment.astimezone(zone)
    except OverflowError:
        raise NoDayError("no zone has such a day") from None
    return Span(local.date(), local.date(), f"{local:%H:%M}")
