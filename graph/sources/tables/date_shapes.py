"""Which forms of dates a value may have: by its shape first, then by reading it in each form that has the shape."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph.sources.tables.reading.dates import DateForm, NoDay, Zones

# Of names of months; a value is read in all of them, for nobody has said yet which the table is in.
LANGUAGES = (
    *("nb", "nn", "en", "sv", "da", "de", "fr", "nl", "es", "it", "pt", "sl"),
    *("pl", "fi", "cs", "ca", "et", "lt", "lv", "hu", "ga"),
)
_LONGEST = 60
# What numbers tell outside these years is no year of a meeting.
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_PIECES = re.compile(r"(\d+)|([^\W\d_]+\.?)|(\s+)|(.)", re.DOTALL)
_CLOCK = re.compile(
    r"(?:T|\s+)(\d{1,2}):\d\d(:\d\d(?:\.\d+)?)?(?:(\s?)([ap]\.?m\.?)|Z|[+-]\d\d:?\d\d)?$", re.ASCII | re.IGNORECASE
)
# Words that stand between the parts of dates, in several languages.
_BETWEEN = {
    *(
        "a",
        "al",
        "and",
        "au",
        "bis",
        "d",
        "d.",
        "de",
        "del",
        "den",
        "do",
        "du",
        "e",
        "el",
        "et",
        "i",
        "kl",
        "kl.",
        "le",
    ),
    *("le", "les", "och", "of", "og", "om", "or", "t", "the", "til", "till", "to", "tot", "und", "uur", "y"),
}
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_PADDED = re.compile(r"(?<![A-Za-z])(DD|MM|HH)(?![A-Za-z])")
_DAY_OR_MONTH = re.compile(r"(?<![A-Za-z])(DD|MM|D|M)(?![A-Za-z])")
_SIGNS = ".-/,–—‑"
_NO_ZONE = Zones()
# Of runs of digits (2 is one or two, 4 is four) and words (M) in a value: in which orders they may be a date.
_ORDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "224": (("D", "M", "Y"), ("M", "D", "Y")),
    "222": (("D", "M", "y"), ("M", "D", "y"), ("y", "M", "D")),
    "422": (("Y", "M", "D"),),
    "42": (("Y", "M"),),
    "24": (("M", "Y"),),
    "2M4": (("D", "N", "Y"),),
    "2M2": (("D", "N", "y"),),
    "2M": (("D", "N"),),
    "M24": (("N", "D", "Y"),),
    "M4": (("N", "Y"),),
    "M2": (("N", "y"), ("N", "D")),
    "4M": (("Y", "N"),),
    "4M2": (("Y", "N", "D"),),
    "M": (("N",),),
    "4": (("Y",),),
    "8": (("YYYYMMDD",),),
    "2M2M4": (("D", "N", "D", "N", "Y"),),
    "22M4": (("D", "D", "N", "Y"),),
    "22M": (("D", "D", "N"),),
    "W2M": (("W", "D", "N"),),
    "MM4": (("N", "N", "Y"),),
    "M2M24": (("N", "D", "N", "D", "Y"),),
    "224224": (("D", "M", "Y", "D", "M", "Y"), ("M", "D", "Y", "M", "D", "Y")),
    "422422": (("Y", "M", "D", "Y", "M", "D"),),
    "W224": (("W", "D", "M", "Y"), ("W", "M", "D", "Y")),
    "W2M4": (("W", "D", "N", "Y"),),
}


def forms_of(text: str) -> tuple[str, ...]:
    """Return the forms by which a text may be a date, and is one: in words that a mapping writes (``DD.MM.YYYY``)."""
    text = text.strip()
    if not 1 < len(text) <= _LONGEST or not any(sign.isalnum() for sign in text):
        return ()
    return tuple(form for form in _candidates(text) if _fits(form, text))


def _candidates(text: str) -> Iterator[str]:
    clock = _CLOCK.search(text)
    if re.match(r"\d{4}-\d\d-\d\d(T|$)", text):
        yield "ISO"
        return
    suffix = ""
    if clock:
        text = text[: clock.start()]
        hour = "h" if clock[4] else "H"
        suffix = f" {hour * len(clock[1])}:mm{':ss' if clock[2] else ''}{clock[3] or ''}{'a' if clock[4] else ''}"
    pieces = [match.groups() for match in _PIECES.finditer(_ORDINAL.sub("", text))]
    if not all(digits or word or blank or sign in _SIGNS or sign in "'’" for digits, word, blank, sign in pieces):
        return
    runs = [digits or word for digits, word, _, _ in pieces if digits or (word and word.casefold() not in _BETWEEN)]
    kinds = "".join(_kind(run) for run in runs)
    orders = _ORDERS.get(kinds, ())
    if kinds.startswith("M") and len(runs) > 2 and "W" + kinds[1:] in _ORDERS:
        orders = (*orders, *_ORDERS["W" + kinds[1:]])
    for order in orders:
        parts = iter(zip(order, runs, strict=True))
        form = ""
        for digits, word, blank, sign in pieces:
            if word and word.casefold() in _BETWEEN:
                form += f"[{word}]"
            elif digits or word:
                form += _part(*next(parts))
            else:
                form += " " if blank else sign
        yield form + suffix


def _kind(run: str) -> str:
    if not run[0].isdigit():
        return "M"
    return {1: "2", 2: "2", 4: "4", 8: "8"}.get(len(run), "?")


def _part(unit: str, run: str) -> str:
    """Return a part of a form: of two signs where the run has two and may begin with a zero."""
    if unit == "N":
        return "MMMM" if len(run.rstrip(".")) > 4 else "MMM"
    if unit == "W":
        return "dddd"
    return {"Y": "YYYY", "y": "YY"}.get(unit) or (unit * 2 if len(run) == 2 else unit)


def _fits(form: str, text: str) -> bool:
    spans = _compiled(form).read(text, _NO_ZONE, None)
    if not spans:
        return False
    if _compiled(form).has_year:
        span = spans[0]
        return "zone" in span.why if isinstance(span, NoDay) else _FIRST_YEAR <= span.earliest.year <= _LAST_YEAR
    # Of a date without a year the year is of the file: it is none that the calendar lacks.
    return any(isinstance(span, NoDay) and "no year" in span.why for span in spans)


@lru_cache(maxsize=1_000)
def _compiled(form: str) -> DateForm:
    return DateForm(form, LANGUAGES)


def merged_names(forms: Iterable[str]) -> dict[str, str]:
    """Return for each form the one that stands for it and for those that differ only in zeros and names of months."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(_PADDED.sub(lambda match: match[0][0], form).replace("MMMM", "MMM"), []).append(form)
    names = {}
    for plain, alike in groups.items():
        name = alike[0] if len(alike) == 1 else plain
        if any("MMMM" in each for each in alike):
            name = name.replace("MMMM", "MMM").replace("MMM", "MMMM")
        names.update(dict.fromkeys(alike, name))
    return names


def covering(values: Iterable[str]) -> list[str]:
    """Return the fewest forms by which all values that are dates can be read, those that read most first."""
    forms = {value: forms_of(value) for value in values}
    names = merged_names(dict.fromkeys(form for each in forms.values() for form in each))
    left: dict[str, set[str]] = {}
    for value, each in forms.items():
        for form in each:
            left.setdefault(names[form], set()).add(value)
    chosen = []
    while left:
        best = min(left, key=lambda form: (-len(left[form]), "Y" not in form and form != "ISO", form))
        chosen.append(best)
        covered = left.pop(best)
        left = {form: rest for form, values in left.items() if (rest := values - covered)}
    return chosen


def swapped(form: str) -> str:
    """Return a form of dates with day and month in the other order."""
    marks = {"DD": "MM", "MM": "DD", "D": "M", "M": "D"}
    return _DAY_OR_MONTH.sub(lambda match: marks[match[0]], form)
