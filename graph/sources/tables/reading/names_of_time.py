"""Names of months and weekdays in many languages, from the Unicode CLDR, which Babel carries."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Fewer letters of a name are no abbreviation that anybody reads alike.
SHORTEST = 3
# Forms that dates have in running text and the CLDR has not: the genitive of Slovenian (Slovenski pravopis 2001).
_INFLECTED = {
    "sl": (
        *("januarja", "februarja", "marca", "aprila", "maja", "junija"),
        *("julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"),
    ),
}


def fold(word: str) -> str:
    """Return a word in small letters without marks and without the point of an abbreviation."""
    plain = unicodedata.normalize("NFD", word.casefold().rstrip("."))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def unknown_languages(tags: Iterable[str]) -> list[str]:
    """Return the tags of which there are no names of months."""
    from babel import UnknownLocaleError

    unknown = []
    for tag in tags:
        try:
            _locale(tag)
        except (UnknownLocaleError, ValueError):
            unknown.append(tag)
    return unknown


@lru_cache(maxsize=64)
def month_numbers(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the number of each month by its folded names in these languages, whole and abbreviated.

    A name that is of two months, as may be one of another language, is left out. So is no beginning of a name of three
    letters and more that one month alone has.
    """
    meanings: dict[str, set[int]] = {}
    whole: dict[str, set[int]] = {}
    for tag in languages:
        for number, name in enumerate(_INFLECTED.get(tag, ()), start=1):
            meanings.setdefault(fold(name), set()).add(number)
        months = _locale(tag).months
        for context in months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context.get(width, {}).items():
                    meanings.setdefault(fold(name), set()).add(number)
                    if width == "wide":
                        whole.setdefault(fold(name), set()).add(number)
    for name, numbers in whole.items():
        for length in range(SHORTEST, len(name)):
            if name[:length] not in meanings:
                begins = {each for other, of in whole.items() if other.startswith(name[:length]) for each in of}
                if begins == numbers:
                    meanings[name[:length]] = numbers
    return {name: next(iter(numbers)) for name, numbers in meanings.items() if len(numbers) == 1 and name}


@lru_cache(maxsize=64)
def weekday_numbers(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the number of each weekday, Monday being 0, by its folded names in these languages."""
    meanings: dict[str, set[int]] = {}
    for tag in languages:
        for context in _locale(tag).days.values():
            for width in ("wide", "abbreviated", "short"):
                for number, name in context.get(width, {}).items():
                    meanings.setdefault(fold(name), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in meanings.items() if len(numbers) == 1}


@lru_cache(maxsize=64)
def _locale(tag: str):  # type: ignore[no-untyped-def]
    from babel import Locale

    return Locale.parse("nb" if tag == "no" else tag, sep="-")
