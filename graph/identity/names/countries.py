"""Countries that a name speaks of: their names in many languages (CLDR, by babel) and their adjectives in English."""

from collections.abc import Sequence
from functools import cache

from graph.identity.names.folding import fold, word_list
from graph.model.countries import COUNTRIES

# Languages of the European Union, of Norway, and of its neighbours' neighbours.
_LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt"),
    *("nb", "nl", "nn", "pl", "pt", "ro", "se", "sk", "sl", "sv"),
)
# Longer names have more words than this only with words of a form of state.
MAX_WORDS = 5
# Forms of states before a name: "Republic of", "Bundesrepublik".
_STATES = (
    "republic",
    "republik",
    "bundesrepublik",
    "republique",
    "repubblica",
    "republica",
    "kingdom",
    "konigreich",
    "kongeriket",
    "royaume",
    "regno",
    "reino",
    "federal",
    "state",
)
# Adjectives that are no country's alone.
_ADJECTIVES = "adjectives"


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            folded = " ".join(word for word in fold(name).split() if word not in word_list("function"))
            # A name of two letters is a word of many languages; a code is an acronym of others.
            if code in COUNTRIES and len(folded) > 3:
                names.setdefault(folded, code)
    from graph.identity.names.adjectives import ADJECTIVES

    for code, adjectives in ADJECTIVES.items():
        for adjective in adjectives.split():
            names.setdefault(fold(adjective), code)
    return names


def split_countries(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return words with each name or adjective of a country as its code in capitals, and these codes.

    Words are folded, without function words; words for the form of a state before its name go with it.
    """
    names, result, codes = _names(), list[str](), set[str]()
    position = 0
    while position < len(words):
        for length in range(min(MAX_WORDS, len(words) - position), 0, -1):
            code = names.get(" ".join(words[position : position + length]))
            if code:
                while result and result[-1] in _STATES:
                    result.pop()
                result.append(code)
                codes.add(code)
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return tuple(result), frozenset(codes)
