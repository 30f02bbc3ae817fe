"""Countries that a name speaks of: their names in many languages (CLDR, by babel) and their adjectives in English."""

from collections.abc import Sequence
from functools import cache, lru_cache

from graph.identity.names.folding import fold, word_list
from graph.model.countries import COUNTRIES

# Languages of the European Union, of Norway, and of its neighbours' neighbours.
_LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt"),
    *("nb", "nl", "nn", "pl", "pt", "ro", "se", "sk", "sl", "sv"),
)
# Longer names have more words than this only with words of a form of state.
MAX_WORDS = 5
_MIN_LETTERS_OF_ERROR = 8
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
# What stands for Europe and European in all languages; it is no country.
EUROPE = "EUROPE"


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
    return names | dict.fromkeys(word_list("europe"), EUROPE)


@cache
def _misspelt() -> dict[str, str]:
    """Return the codes of long names and adjectives by what they are with a letter less; none that two have."""
    codes: dict[str, set[str]] = {}
    for name, code in _names().items():
        for at in range(len(name)) if len(name) >= _MIN_LETTERS_OF_ERROR else ():
            codes.setdefault(name[:at] + name[at + 1 :], set()).add(code)
    return {word: min(several) for word, several in codes.items() if len(several) == 1}


@lru_cache(maxsize=65_536)
def _code(name: str) -> str | None:
    """Return the code of a country by its name, its genitive ("Norges"), or a long name with a letter more or less."""
    names = _names()
    code = names.get(name) or names.get(name.removesuffix("s"))
    if code or " " in name or len(name) < _MIN_LETTERS_OF_ERROR - 1:
        return code
    with_less = (name[:at] + name[at + 1 :] for at in range(len(name)))
    longer = (names[each] for each in with_less if len(each) >= _MIN_LETTERS_OF_ERROR and each in names)
    return _misspelt().get(name) or next(longer, None)


def split_countries(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return words with each name or adjective of a country as its code in capitals, and these codes.

    Words are folded, without function words; words for the form of a state before its name go with it.
    """
    result, codes = list[str](), set[str]()
    position = 0
    while position < len(words):
        for length in range(min(MAX_WORDS, len(words) - position), 0, -1):
            name = " ".join(words[position : position + length])
            code = _code(name)
            if code:
                while result and result[-1] in _STATES:
                    result.pop()
                result.append(code)
                codes |= {code} - {EUROPE}
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return tuple(result), frozenset(codes)
