"""Sayings: how Norwegian pages say times, and whether the value written beside such words can be what they mean."""

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import date

from graph.model.edtf import Bounds, bounds, calendar_bounds, last_day, years

# The languages whose times are known here.
LANGUAGES = frozenset(["nb"])

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
ORDINALS = {"første": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4, "1.": 1, "2.": 2, "3.": 3, "4.": 4}

_MONTH = "|".join(MONTHS)
_ORDINAL = "|".join(map(re.escape, ORDINALS))
_YEAR = r"(?:1[89]|20)\d\d"
DATE_PHRASE = re.compile(
    rf"""\b(?:
        (?:\d{{1,2}}\.\s*)?(?:{_MONTH})(?:\s+{_YEAR})?
      | (?:sommer|høst|vinter)(?:en)?s?\b(?:\s+{_YEAR})?
      | våren(?:\s+{_YEAR})? | vår\s+{_YEAR}  # "vår" alone is "our"
      | (?:{_ORDINAL})\s+(?:kvartal|halvår)(?:\s+(?:i\s+)?{_YEAR})?
      | (?:de\s+)?(?:første|siste|neste)\s+(?:måned|månedene|uke|ukene)(?:\s+(?:i|av)\s+{_YEAR})?
      | uke\s+\d{{1,2}}
      | \d{{1,2}}\.\d{{1,2}}\.{_YEAR}
      | {_YEAR}
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


# What a time can mean: the days it may reach over, and those that it means at the least.
Meaning = tuple[Bounds, Bounds]

# Such words tell one side of a time, not the time itself: for sure where they stand right before it.
_ONE_SIDE = re.compile(r"\b(?:før|etter|fra|til|siden|innen|mellom)\b")
_ONE_SIDE_OF_THIS = re.compile(rf"{_ONE_SIDE.pattern}(?:\s+(?:og|med|den|i))*\s+$")
# Such words, beside a phrase that is known, take a part of it that is not.
_A_PART = re.compile(
    r"""\d|\b(?:
        uk[ea]\w*|måned\w*|helg\w*|\w*dag(?:en|ene|er)?|morgen\w*|kveld\w*|jul\w*|påske\w*|pinse\w*
      | begynnelsen|starten|midten|slutten|halvdel\w*|tidlig|sent|seint|primo|medio|ultimo
      | første|andre|annen|siste|neste|forrige
    )\b""",
    re.VERBOSE,
)


def contradiction(said: str, edtf: str) -> str | None:
    """How the words of a page and the EDTF value written beside them disagree, or None where they can be the same."""
    span = bounds(edtf)
    if _ONE_SIDE.search(said.casefold()):
        return None
    for _, meanings in _phrases(said, edtf):
        if not any(reach.overlaps(span) for reach, _ in meanings):
            return f"the page says {said!r}, which is not {edtf}"
    return None


def narrower(said: str, edtf: str, convention: str | None = None) -> str | None:
    """How the value says more than the words do, or None where it does not or where the words are not understood.

    "I oktober" is no day of October. Of phrases that lie within each other ("i oktober, høsten 2014"), the narrowest
    counts; where words beside a phrase take a part of it ("de første månedene i 2015"), nothing is known.
    """
    span, phrases = bounds(edtf, convention), list(_phrases(said, edtf))
    words = rest = said.casefold()
    for (start, end), _ in reversed(phrases):
        rest = f"{rest[:start]} {rest[end:]}"
    if _A_PART.search(rest):
        return None
    for (start, _), meanings in phrases:
        if _ONE_SIDE_OF_THIS.search(words[:start]):
            continue
        others = [least for _, other in phrases if other is not meanings for _, least in other]
        within = any(reach.covers(least) and least != reach for reach, _ in meanings for least in others)
        if not within and not any(span.covers(least) for _, least in meanings):
            first, last = meanings[0][1].earliest, meanings[0][1].latest
            allowed = str(first) if first == last else f"{first} to {last}"
            return f"the page says {said!r}, which is {allowed}; {edtf} is narrower than that"
    return None


def _phrases(said: str, edtf: str) -> Iterator[tuple[tuple[int, int], list[Meaning]]]:
    """Each phrase that is understood, in order: where it stands in the words, and what it can mean.

    A year that is not said is one that the value names.
    """
    words = said.casefold()
    named = [int(year) for year in years(edtf)] or [1]
    found: list[tuple[tuple[int, int], list[Meaning]]] = []
    for pattern, meant in _SAYINGS:
        for phrase in re.finditer(pattern, words):
            *parts, year = phrase.groups()
            meanings = [meaning for each in ([year] if year else named) for meaning in meant(int(each), *parts)]
            if meanings and not any(start <= phrase.start() and phrase.end() <= end for (start, end), _ in found):
                found.append((phrase.span(), meanings))
    yield from sorted(found, key=lambda each: each[0])


def _month_or_day(year: int, day: str | None, month: str) -> list[Meaning]:
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    with contextlib.suppress(ValueError):
        time = calendar_bounds(f"{year:04}-{number:02}" + (f"-{int(day):02}" if day else ""))
        return [(time, time)]
    return []


def _season(year: int, name: str) -> list[Meaning]:
    """The months that people may mean by a season, generously, and its own; winter may be either end of a year."""
    if name == "vinter":
        return [
            (_months(year, 1, 4), _months(year, 1, 2)),
            (_months(year, 11, 12), _months(year, 12, 12)),
        ]
    reach, least = {
        "vår": ((1, 6), (3, 5)),
        "våren": ((1, 6), (3, 5)),
        "sommer": ((5, 9), (6, 8)),
        "høst": ((8, 12), (9, 11)),
    }[name]
    return [(_months(year, *reach), _months(year, *least))]


def _winter_of_two_years(year: int, first: str) -> list[Meaning]:
    """ "Vinteren 2019/2020", or "2019/20"; the second year is the one after the first."""
    if (year - int(first) - 1) % 100:
        return []
    begun = date(int(first), 11, 1)
    after = begun.year + 1
    return [(Bounds(begun, last_day(after, 4)), Bounds(begun.replace(month=12), last_day(after, 2)))]


def _span_of_years(year: int, first: str) -> list[Meaning]:
    time = Bounds(date(int(first), 1, 1), last_day(year, 12))
    return [(time, time)] if int(first) < year else []


def _part_of_year(year: int, which: str, part: str) -> list[Meaning]:
    months = 3 if part == "kvartal" else 6
    last = ORDINALS[which] * months
    time = _months(year, last - months + 1, last) if last <= 12 else None
    return [(time, time)] if time else []


def _year(year: int) -> list[Meaning]:
    return [(_months(year, 1, 12), _months(year, 1, 12))]


def _months(year: int, first: int, last: int) -> Bounds:
    return Bounds(date(year, first, 1), last_day(year, last))


# How pages say times, and the days that each can mean; the last group is the year, where it is said.
_SAYINGS: tuple[tuple[str, Callable[..., list[Meaning]]], ...] = (
    (rf"\b(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?({_YEAR})\b", _month_or_day),
    (rf"\b(?:(\d{{1,2}})\.\s*)?\b({_MONTH})(?:\s+({_YEAR}))?\b", _month_or_day),
    (rf"\bvinter(?:en)?s?\s+({_YEAR})\s?[/–-]\s?((?:{_YEAR}|\d\d))\b", _winter_of_two_years),
    (rf"\b({_YEAR})\s?[/–-]\s?({_YEAR})\b", _span_of_years),
    (rf"\b(våren|vår(?=\s+{_YEAR})|sommer|høst|vinter)(?:en)?s?(?:\s+({_YEAR}))?\b", _season),
    (rf"\b({_ORDINAL})\s+(kvartal|halvår)(?:\s+(?:i\s+)?({_YEAR}))?\b", _part_of_year),
    (rf"\b({_YEAR})\b", _year),
)
