"""Words about events that several pages need: nouns of their kinds, days, lists of names, numbers."""

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.days import MONTHS, bounds_in_words, date_in_words
from graph.model.labels import Label, interface_language
from graph.rdf.terms import local_name_of
from graph.server.entity.records import in_language

# The noun of each kind, as one speaks of a meeting that is known already.
_NOUNS = {
    "meeting": "møtet",
    "dialogue-meeting": "dialogmøtet",
    "conference": "konferansen",
    "summit": "toppmøtet",
    "council-meeting": "rådsmøtet",
    "visit": "besøket",
    "study-trip": "studieturen",
    "opening": "åpningen",
    "ceremony": "markeringen",
    "seminar": "seminaret",
    "theme-day": "fagdagen",
    "workshop": "arbeidsverkstedet",
    "course": "kurset",
    "exercise": "øvelsen",
    "hearing": "høringen",
    "consultation-meeting": "innspillsmøtet",
    "public-meeting": "folkemøtet",
    "debate": "debatten",
    "round-table": "rundebordssamtalen",
    "annual-meeting": "årsmøtet",
    "board-meeting": "styremøtet",
    "committee-meeting": "utvalgsmøtet",
    "network-meeting": "nettverksmøtet",
    "breakfast-meeting": "frokostmøtet",
    "press-conference": "pressekonferansen",
    "call": "samtalen",
    "reception": "mottakelsen",
    "dinner": "middagen",
}
_NUMBERS = (
    *(Label("ingen", "nobody"), Label("én", "one"), Label("to", "two"), Label("tre", "three"), Label("fire", "four")),
    *(Label("fem", "five"), Label("seks", "six"), Label("sju", "seven"), Label("åtte", "eight"), Label("ni", "nine")),
    *(Label("ti", "ten"), Label("elleve", "eleven"), Label("tolv", "twelve")),
)
_AND, _AND_MORE = Label(" og ", " and "), Label(" og {} til", " and {} more")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WITHIN_A_MONTH = re.compile(r" \(1\.?–\d+\.?\)$")


def noun_of(kind: NamedNode | None, name: str, lang: str) -> str:
    """Return how one speaks of an event of a kind, whose name is given: "dialogmøtet", "the dialogue meeting"."""
    local = local_name_of(kind) if kind else ""
    if interface_language(lang) == "nb":
        return _NOUNS.get(local, "møtet")
    return f"the {name}" if local in _NOUNS and name else "the meeting"


def number_in_words(number: int, lang: str) -> str:
    """Return a whole number: in words up to twelve."""
    if 0 <= number < len(_NUMBERS):
        return in_language(_NUMBERS[number], lang)
    return group_thousands(number, interface_language(lang))


def names_in_words(names: Sequence[str], lang: str, most: int = 3) -> str:
    """Return names as a list in a sentence: "A, B og C", "A, B, C og fem til"."""
    if len(names) > most + 1:
        rest = number_in_words(len(names) - most, lang)
        return ", ".join(names[:most]) + in_language(_AND_MORE, lang).format(rest)
    return in_language(_AND, lang).join([*([", ".join(names[:-1])] if len(names) > 1 else []), *names[-1:]])


def event_days(earliest: str, latest: str, lasting: bool, lang: str) -> str:
    """Return the days of an event in words; ``lasting``: it went on from the first day to the last."""
    if lasting and earliest and latest and earliest != latest:
        return in_language(_span(earliest, latest), lang)
    return in_language(bounds_in_words(earliest, latest), lang)


def _span(earliest: str, latest: str) -> Label:
    """Return the days from the first to the last: "2.–3. juni 2016", "2–3 June 2016"."""
    last = date_in_words(latest)
    if earliest[:7] == latest[:7] and len(earliest) == len(latest) == 10:
        day = int(earliest[8:])
        return Label(f"{day}.–{last.nb}", f"{day}–{last.en}")
    first = date_in_words(earliest, with_year=earliest[:4] != latest[:4])
    return Label(f"{first.nb} – {last.nb}", f"{first.en} – {last.en}")


def days_in_sentence(days: str, earliest: str, latest: str, lang: str) -> str:
    """Return the days of an event as they stand in a sentence: a single day in English has "on" before it."""
    words = _WITHIN_A_MONTH.sub("", days)
    is_day = bool(earliest) and earliest == latest and len(earliest) == 10
    return f"on {words}" if is_day and interface_language(lang) == "en" else words


def title_of(name: str, earliest: str, latest: str, lang: str) -> str:
    """Return the name of an event with its day, month or year, where the name has no year itself."""
    if not earliest or earliest[:4] != latest[:4] or _YEAR.search(name):
        return name
    month = in_language(MONTHS[int(earliest[5:7]) - 1], lang) if earliest[:7] == latest[:7] and earliest[5:7] else ""
    # "Folkemøte 14. mai" has a day already.
    if not month or month in name:
        return f"{name}, {earliest[:4]}"
    day = in_language(date_in_words(earliest), lang) if earliest == latest else ""
    return f"{name}, {day or f'{month} {earliest[:4]}'}"


def first_letter_large(text: str) -> str:
    """Return a text that begins with a capital."""
    return f"{text[:1].upper()}{text[1:]}"
