"""EDTF values and their bounds in days.

Bounds are compared, never the vague values themselves: SPARQL engines order partial dates differently.
Source of the notation: Library of Congress, Extended Date/Time Format, levels 0 to 2.

No standard says how far "about 2014" reaches, and a number of ours would not be the page's. So the bounds of ``2014~``
are those of ``2014``: the qualifier stays in the value, for people to see, and moves no day. To reach further, write an
interval or a convention.
"""

import calendar
import contextlib
import io
import re
import warnings
from datetime import date
from functools import cache
from typing import NamedTuple

ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class Bounds(NamedTuple):
    """The first and the last possible day, both inclusive; None where that side is open."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "Bounds") -> bool:
        """Return whether some day lies in both."""
        return not (_after(self.earliest, other.latest) or _after(other.earliest, self.latest))

    def covers(self, other: "Bounds") -> bool:
        """Return whether every day of the other lies in this one."""
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends


ANY_DAY = Bounds(None, None)
_SUCH_AS = "; write a day, a month, a year or an interval, such as 2014-10-31, 2014-10, 2014 or 2014-10/2015-02"


def _after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other


# Parts of a year (level 2: seasons without a hemisphere, quarters, thirds, halves): first month and number of months.
# Winter is not among them: it lies in two years.
_PARTS = {
    **{21 + part: (3 + 3 * part, 3) for part in range(3)},
    **{33 + part: (1 + 3 * part, 3) for part in range(4)},
    **{37 + part: (1 + 4 * part, 4) for part in range(3)},
    **{40 + part: (1 + 6 * part, 6) for part in range(2)},
}


@cache
def bounds(edtf: str, convention: str | None = None) -> Bounds:
    """Return the bounds of an EDTF value. Raise ValueError with what is wrong with it.

    A convention moves one end by whole months within its year: ``to-december`` lets "høsten" reach to 31 December,
    ``from-august`` lets it begin on 1 August. It only widens.
    """
    for side in edtf.split("/"):
        _refuse_unplaced(side)
    invalid = re.search(r"[^0-9XES.~?%/-]", edtf)
    if invalid:
        raise ValueError(f"{edtf.strip()!r} is not an EDTF date{_hint(edtf)}")
    sides = edtf.split("/")
    if len(sides) > 2 or not any(side.strip(".") for side in sides):
        raise ValueError(f"{edtf!r} is not an EDTF date; an interval has one or two ends, such as 2014-10/2014-12")
    span = Bounds(_open(sides[0]).earliest, _open(sides[1]).latest) if len(sides) == 2 else _closed(edtf)
    wide = _with_convention(span, convention) if convention else span
    if _after(wide.earliest, wide.latest):
        raise ValueError(f"{edtf!r} ends before it begins{f' with {convention!r}' if convention else ''}")
    if not wide.covers(span):
        raise ValueError(f"{convention!r} would narrow {edtf!r}; a convention only widens, so write the interval")
    return wide


def _refuse_unplaced(side: str) -> None:
    """Raise ValueError for a value that is an EDTF date, and whose days this program cannot name."""
    edtf = re.sub(r"[~?%]", "", side.strip())
    if re.fullmatch(r"Y-?[0-9]+(E[0-9]+)?(S[0-9]+)?|(-[0-9]{4}|0000)(-[0-9]{2}){0,2}", edtf):
        why = "it lies outside the years 1 to 9999"
    elif re.fullmatch(r"[0-9X]{4}-([01]X|X[0-9])(-[0-9X]{2})?|[0-9X]{4}-[0-9X]{2}-([0-3]X|X[0-9])", edtf):
        why = "a figure of its month or day is left open; write an interval, such as 2014-10/2014-12"
    elif re.fullmatch(r"\{[^{}]+\}|\[[^\[\]]+\]", edtf):
        why = "it is a set of dates; write the interval from the first to the last, such as 2014-10/2014-12"
    else:
        return
    raise ValueError(f"{side.strip()!r} is an EDTF date, but none that can be placed here: {why}")


def _hint(edtf: str) -> str:
    """Return how to write what was probably meant; an empty string if that is unclear."""
    quarter = re.fullmatch(r"([0-9]{4})-?[QqKk]([1-4])", edtf)
    if quarter:
        return f"; a quarter is written {quarter[1]}-{32 + int(quarter[2])}"
    return "; leave the time of day out" if re.match(r"[0-9-]+T", edtf) else ""


def _open(side: str) -> Bounds:
    return ANY_DAY if side in ("", "..") else _closed(side)


def _closed(value: str) -> Bounds:
    """Return the bounds of a value that is no interval; qualifiers (~, ?, %) move neither."""
    edtf = re.sub(r"(?<=[0-9X])[~?%](?=-|$)|(?<![^-])[~?%](?=[0-9X])", "", value)
    if re.search(r"[~?%]", edtf):
        raise ValueError(f"{value!r} is not an EDTF date{_SUCH_AS}")
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", edtf) and edtf[5:7] < "13":
        return calendar_bounds(edtf)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", edtf) and int(edtf[5:]) in _PARTS and edtf[:4] != "0000":
        year, (first, months) = int(edtf[:4]), _PARTS[int(edtf[5:])]
        return Bounds(date(year, first, 1), last_day(year, first + months - 1))
    if re.fullmatch(r"-?[0-9]{4}-24", edtf):
        raise ValueError(f"{edtf!r}: winter lies in two years; write it as an interval, such as 2014-12/2015-02")
    try:
        # The library warns, prints on some inputs and raises many kinds of error: nothing of that leaves this block. It
        # is imported here, because most dates are plain ones and importing it takes longer than the rest of a page.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from edtf import parse_edtf

            parsed = parse_edtf(edtf)
            low, high = parsed.lower_fuzzy(), parsed.upper_fuzzy()
        return Bounds(date(*low[:3]), date(*high[:3]))
    except Exception as error:
        raise ValueError(f"{edtf!r} is not an EDTF date{_SUCH_AS}") from error


def calendar_bounds(value: str) -> Bounds:
    """Return the bounds of a year, a month or a day. Raise ValueError if the calendar has no such day."""
    year, *rest = (int(part) for part in value.split("-"))
    try:
        first = date(year, *[*rest, 1, 1][:2])
    except ValueError as error:
        raise ValueError(f"{value!r} is no day of the calendar") from error
    return Bounds(first, first if len(rest) == 2 else last_day(year, first.month if rest else 12))


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
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def years(edtf: str) -> list[str]:
    """Return the years that an EDTF value has in four digits."""
    return re.findall(r"\d{4}(?=$|[-/~?%,\]}.])", edtf)
