"""Fold names for comparison: Latin letters, without case, accents and the spellings of ä, ö, ü, æ, ø, å.

``graph.common.names`` folds names to be looked up, where other scripts stay as they are. Here they are transliterated
by anyascii, letter by letter: Пётр and Petr are compared as the same letters, and a Chinese name as its syllables.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from graph.common.names import fold_name

_WORDS = Path(__file__).with_name("words.yaml")
# The first letter of scripts that are neither Latin nor a mark of Latin letters.
_FIRST_OF_OTHER_SCRIPTS = "\u0370"
# More letters of a name are not compared.
MAX_LETTERS = 400


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the words of a name in plain small letters and figures; "" where it has none.

    ä is as ae and a, ö as oe and o, ü as ue and u, å as aa and a, in every language.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_LETTERS])
    if any(_is_other_letter(letter) for letter in text):
        from anyascii import anyascii

        text = "".join(anyascii(letter) if _is_other_letter(letter) else letter for letter in text)
    return fold_name(text).replace("ae", "a").replace("ue", "u")


def decode_twice(text: str) -> str:
    """Return a text whose UTF-8 was taken for Windows-1252 as it was before ("BischÃ¶fe"); any other text as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _is_other_letter(letter: str) -> bool:
    return letter >= _FIRST_OF_OTHER_SCRIPTS and letter.isalpha() and not _is_latin(letter)


@cache
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the folded words, or runs of words, of a list of ``words.yaml``, of all languages together."""
    return frozenset(fold(word) for words in _lists()[name].values() for word in words)


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    # Imported here: who folds a name needs no YAML.
    from graph.common.strict_files import read_yaml

    lists: dict[str, dict[str, list[str]]] = read_yaml(_WORDS.read_text(encoding="utf-8"), _WORDS.name).data
    return lists
