"""What names look like: a person's, a title's or an office's, that of people or bodies whom nobody counts.

Nothing is claimed by this. It only keeps back: what may be a person's name is not published before somebody looked, and
what begins like a title or a collective is no body before. The words are in ``name_words.yaml``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from graph.common.strict_files import read_yaml

# More words than this no person's name has.
_LONGEST = 6
_SHORTEST_COMPOUND = 7


class _Words(NamedTuple):
    of_bodies: frozenset[str]
    legal_forms: frozenset[str]
    ends_of_bodies: tuple[str, ...]
    within_persons: frozenset[str]
    personal: re.Pattern[str]
    titles: re.Pattern[str]
    collectives: re.Pattern[str]


def begins_like_title(name: str) -> bool:
    """Return whether a name begins like a title or an office: "Ambassador of …", "CEO of …"."""
    return _words().titles.match(name) is not None or _words().personal.match(name) is not None


def begins_like_collective(name: str) -> bool:
    """Return whether a name begins like that of people or bodies whom nobody counts: "Various NGOs"."""
    return _words().collectives.match(name) is not None


@lru_cache(maxsize=100_000)
def may_be_person(name: str) -> bool:
    """Return whether a name may be a person's: it is written as they are, and has no word that bodies have."""
    if _words().personal.match(name):
        return True
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name).strip(" ,;.")
    words = plain.split()
    # In small letters these may be names; a name that is in capitals as a whole tells nothing.
    if words and words[-1] in _words().legal_forms and not plain.isupper():
        return False
    if not 2 <= len(words) <= _LONGEST or re.search(r"[\d&@/+|:]", plain):
        return False
    return all(map(_may_be_of_person, words))


def _may_be_of_person(word: str) -> bool:
    known = _words()
    folded = _fold(word.strip(",;\"'“”‘’«»"))
    if {folded, folded.rstrip("."), f"{folded}.", *folded.split("-")} & known.of_bodies:
        return False
    if len(folded) >= _SHORTEST_COMPOUND and folded.endswith(known.ends_of_bodies):
        return False
    if (
        word[:1].islower()
        and folded.strip("'’") not in known.within_persons
        and not re.match(r"(d|l|dell)['’]", folded)
    ):
        return False
    return re.match(r"[^\W\d_]", word.lstrip("'’\"“‘«")) is not None


@lru_cache(maxsize=1)
def _words() -> _Words:
    text = files("graph.sources.tables.reading").joinpath("name_words.yaml").read_text(encoding="utf-8")
    data = read_yaml(text, "name_words.yaml").data
    return _Words(
        frozenset(data["of_bodies"]),
        frozenset(data["legal_forms"]),
        tuple(data["ends_of_bodies"]),
        frozenset(data["within_persons"]),
        re.compile(rf"(?:{_any(data['before_persons'])})(?:\.\s?|\s)\w", re.IGNORECASE),
        _beginning(data["titles"]),
        _beginning(data["collectives"]),
    )


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(words)})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold().replace("ø", "o").replace("æ", "ae").replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
