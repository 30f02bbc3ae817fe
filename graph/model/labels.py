"""Labels: what we call things, by language, and which label a reader of a language gets.

The words of the house (concepts, registry, interface) are a ``Label``: always in Norwegian bokmål, and in English. What
a page names has a ``LanguageMap``: a text for each language in which somebody wrote one. ``fallback_order`` is the one
place that says which label stands in for a missing one; everything that shows labels asks ``best_label``.

A module of its own, so that asking need not load all that a claim can be.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

CERTAIN, POSSIBLE = "certain", "possible"
# Which answers are wanted.
CERTAINTIES = (CERTAIN, POSSIBLE, "all")
# The languages of the words of the house; the first is the one that a build takes where no language is asked for.
INTERFACE_LANGUAGES = ("nb", "en")
# A well-formed language tag (BCP 47, RFC 5646 section 2.1): language, script, region, variants, extensions, private
# use. Languages of four letters and more are reserved: none is registered.
LANGUAGE_TAG = (
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WYZa-wyz](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?"
)
# Languages that a reader of a language reads next best, the nearest first. Readers of a language that is not listed
# read English first.
NEAREST_LANGUAGES = {
    "nb": ("nn", "no", "da", "sv", "en"),
    "nn": ("no", "nb", "da", "sv", "en"),
    "no": ("nb", "nn", "da", "sv", "en"),
    "da": ("nb", "no", "nn", "sv", "en"),
    "sv": ("nb", "no", "nn", "da", "en"),
    "en": ("nb", "nn", "no", "da", "sv"),
}
_NEAREST_OF_OTHERS = ("en", "nb", "nn", "no", "da", "sv")
Text = TypeVar("Text")


class Label(NamedTuple):
    """A name that we give: Norwegian bokmål, and English where there is an English name."""

    nb: str
    en: str | None = None

    @property
    def by_language(self) -> "LanguageMap":
        """Return the same name as a mapping by language."""
        return LanguageMap({"nb": self.nb, "en": self.en} if self.en else {"nb": self.nb})


# What those are called of whom a register has an identifier and no name.
NAMELESS = {"nb": "uten navn i registeret ({})", "en": "without a name in the register ({})"}


class LanguageMap(Mapping[str, str]):
    """A text in one or more languages, by language tag in small letters; it never changes, and can be a key."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take a text for each language tag; their order does not count. Raise ValueError where there is none."""
        if not texts:
            raise ValueError("a label has a text in at least one language")
        self._texts = dict(sorted((tag.lower(), text) for tag, text in texts.items()))

    def __getitem__(self, tag: str) -> str:
        return self._texts[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LanguageMap) and self._texts == other._texts

    def __repr__(self) -> str:
        return f"LanguageMap({self._texts!r})"

    def best(self, language: str) -> str:
        """Return the text for a reader of this language."""
        return self._texts[best_language(self._texts, language)]

    @property
    def default(self) -> str | None:
        """Return the text for whoever asks in no language, where there is none in nb; None where there is one.

        A build publishes it without a language tag, so that each thing has one label that is in nb or in no language.
        """
        return None if "nb" in self._texts else self.best("nb")


def common_languages(labels: Sequence[LanguageMap]) -> list[str]:
    """Return the language tags that all of these have, in order; where there is none, those of the first."""
    first, *others = labels
    return [tag for tag in first if all(tag in other for other in others)] or [*first]


def is_language_tag(tag: str) -> bool:
    """Return whether a text is a well-formed language tag (BCP 47), in letters of any case."""
    return re.fullmatch(LANGUAGE_TAG, tag) is not None


@lru_cache(maxsize=256)
def fallback_order(language: str) -> tuple[str, ...]:
    """Return the languages in which a reader of ``language`` is shown a label, the best first.

    First the tag itself, then without its last parts (RFC 4647 section 3.4: nn-NO, nn), then the languages that such a
    reader reads next best: for nb these are nn, no, da, sv and en.
    """
    parts = language.lower().split("-")
    own = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    # No tag ends in the letter that only opens an extension.
    own = [tag for tag in own if len(tag.rpartition("-")[2]) > 1]
    return tuple(dict.fromkeys([*own, *NEAREST_LANGUAGES.get(parts[0], _NEAREST_OF_OTHERS)]))


def best_language(tags: Mapping[str, object], language: str) -> str:
    """Return the tag of the label that a reader of ``language`` is shown, of a mapping by tag that is not empty.

    Of each language in ``fallback_order`` just that tag counts, then those that say more (en-GB for en); then a label
    without a language, tagged ``""``; then any. Among equals the first by the alphabet.
    """
    for tag in fallback_order(language):
        if tag in tags:
            return tag
        longer = [each for each in tags if each.startswith(f"{tag}-")]
        if longer:
            return min(longer)
    return "" if "" in tags else min(tags)


def best_label(labels: Mapping[str, Text], language: str) -> Text:
    """Return the label that a reader of ``language`` is shown, of labels by language tag; there is at least one."""
    return labels[best_language(labels, language)]


def interface_language(language: str) -> str:
    """Return the language of headings and other words of the house for a reader of this language: nb or en."""
    return best_language(dict.fromkeys(INTERFACE_LANGUAGES), language)
