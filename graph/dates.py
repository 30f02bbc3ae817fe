"""Dates: EDTF values, the bounds in days that they set, and how Norwegian pages say them.

Bounds are what is compared, never the vague values themselves: SPARQL engines order partial dates differently.
Source of the notation: Library of Congress, Extended Date/Time Format, levels 0 to 2.
"""

import contextlib
import io
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SEASONS = {"vår": 21, "sommer": 22, "høst": 23, "vinter": 24}
QUARTERS = {"første": 33, "andre": 34, "tredje": 35, "fjerde": 36}

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:1[89]|20)\d\d"
DATE_PHRASE = re.compile(
    rf"""\b(?:
        (?:\d{{1,2}}\.\s*)?(?:{_MONTH})(?:\s+{_YEAR})?
      | (?:{"|".join(SEASONS)})(?:en)?s?\b(?:\s+{_YEAR})?
      | (?:{"|".join(QUARTERS)}|[1-4]\.)\s+(?:kvartal|halvår)(?:\s+(?:i\s+)?{_YEAR})?
      | (?:de\s+)?(?:første|siste|neste)\s+(?:måned|månedene|uke|ukene)(?:\s+(?:i|av)\s+{_YEAR})?
      | \d{{1,2}}\.\d{{1,2}}\.{_YEAR}
      | {_YEAR}
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day that are possible, both included; None where that side is open."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "Bounds") -> bool:
        """Some day lies in both."""
        return not (_after(self.earliest, other.latest) or _after(other.earliest, self.latest))

    def covers(self, other: "Bounds") -> bool:
        """Every day of the other lies in this one."""
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends


ANY_DAY = Bounds(None, None)


def _after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other


@cache
def bounds(edtf: str, convention: str | None = None) -> Bounds:
    """The days that an EDTF value allows; ValueError says what is wrong with it.

    A convention moves one end, in whole months of the year that this end has: ``to-december`` lets "høsten" reach to
    31 December, ``from-august`` lets it begin on 1 August.
    """
    first, slash, last = edtf.partition("/")
    span = Bounds(_open(first).earliest, _open(last).latest) if slash else _closed(edtf)
    if _after(span.earliest, span.latest):
        raise ValueError(f"{edtf!r} ends before it begins")
    return _with_convention(span, convention) if convention else span


def _open(side: str) -> Bounds:
    return ANY_DAY if side in ("", "..") else _closed(side)


def _closed(edtf: str) -> Bounds:
    if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{4}-(?:0[1-9]|1[0-2])|\d{4}", edtf):
        return _calendar(edtf)
    if re.fullmatch(r"-?\d{4}-24", edtf):
        raise ValueError(f"{edtf!r}: winter lies in two years; write it as an interval, such as 2014-12/2015-02")
    # Imported here: most dates are plain ones, and need no parser.
    from edtf import parse_edtf

    try:
        # The library prints on some inputs and raises many kinds of error: both are kept in here.
        with contextlib.redirect_stdout(io.StringIO()):
            value = parse_edtf(edtf)
            low, high = value.lower_fuzzy(), value.upper_fuzzy()
        return Bounds(date(*low[:3]), date(*high[:3]))
    except Exception as error:
        hint = re.sub(r"-?Q([1-4])$", lambda found: f"-{32 + int(found[1])}", edtf)
        meant = f"; a quarter is written {hint}" if hint != edtf else ""
        raise ValueError(f"{edtf!r} is not an EDTF date{meant}") from error


def _calendar(value: str) -> Bounds:
    """A year, a month or a day, which the calendar of the standard library knows."""
    year, month, day = (int(part) for part in f"{value}-0-0".split("-")[:3])
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"{value!r} is no day of the calendar") from error
    return Bounds(first, first if day else last_day(year, month or 12))


def _with_convention(span: Bounds, convention: str) -> Bounds:
    side, _, month_name = convention.partition("-")
    day = span.earliest if side == "from" else span.latest
    if side not in ("from", "to") or month_name not in ENGLISH_MONTHS or day is None:
        raise ValueError(f"{convention!r} is not a convention such as to-december or from-august")
    month = ENGLISH_MONTHS.index(month_name) + 1
    if side == "from":
        return Bounds(date(day.year, month, 1), span.latest)
    return Bounds(span.earliest, last_day(day.year, month))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def contradiction(said: str, edtf: str) -> str | None:
    """How the words of a page and the EDTF value written beside them disagree, or None where they can be the same."""
    words, span = said.casefold(), bounds(edtf)
    for number, month in enumerate(MONTHS, start=1):
        if re.search(rf"\b{month}\b", words) and not _touches(span, number):
            return f"the page says {said!r}, which is not {edtf}"
    for season, code in SEASONS.items():
        if re.search(rf"\b{season}(en)?s?\b", words) and re.search(r"-2[1-4]$", edtf) and not edtf.endswith(str(code)):
            return f"the page says {said!r}; {season} is written {edtf[:4]}-{code}"
    for quarter, code in QUARTERS.items():
        if f"{quarter} kvartal" in words and re.search(r"-3[3-6]$", edtf) and not edtf.endswith(str(code)):
            return f"the page says {said!r}; that quarter is written {edtf[:4]}-{code}"
    return None


def _touches(span: Bounds, month: int) -> bool:
    """Some day of the span lies in that month of some year."""
    if span.earliest is None or span.latest is None:
        return True
    months = (span.latest.year - span.earliest.year) * 12 + span.latest.month - span.earliest.month
    return any((span.earliest.month - 1 + step) % 12 + 1 == month for step in range(min(months, 11) + 1))


def years(edtf: str) -> list[str]:
    """The years that an EDTF value names in figures."""
    return re.findall(r"\d{4}(?=$|[-/~?%,\]}.])", edtf)
