"""A name on a page, or words for somebody whom nobody names, and what words tell of their kind."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from graph.sources.proposals.phrases import Phrases

Kind = Literal["person", "body", "place", "office", "group", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or words for somebody: its span, what it is of, its words, and the registry's ids for it.

    ``title`` are the words beside it for an office; ``refers`` is the person that an office or a last name means.
    """

    start: int
    end: int
    kind: Kind
    text: str
    ids: frozenset[str] = frozenset()
    title: str = ""
    refers: str = ""

    @property
    def who(self) -> str:
        """Return the name by which it is the same as another on the page."""
        return self.refers or self.text


def is_title(word: str, phrases: Phrases) -> bool:
    """Return whether a word is one for an office or an occupation."""
    return folded(word).endswith(phrases.words.titles)


def is_titles(word: str, phrases: Phrases) -> bool:
    """Return whether a word is a title in the plural, before two names: "Forskerne"."""
    lower = folded(word)
    endings = (*phrases.words.title_endings, *phrases.words.definite_offices)
    stems = [lower.removesuffix(each) for each in endings if lower.endswith(each)]
    return any(stem.endswith(phrases.words.titles) for stem in stems) and not lower.endswith(phrases.words.bodies)


def folded(word: str) -> str:
    """Return a word in small letters, composed: a page may write a letter and its mark apart."""
    return unicodedata.normalize("NFC", word).casefold()


def is_acronym(word: str) -> bool:
    """Return whether a word is written in capitals alone: "KS"."""
    return len(word) >= 2 and word.isupper() and word.isalpha()


def ends_body(word: str, phrases: Phrases) -> bool:
    """Return whether a word ends as those for bodies do, and names no office: it names one if it has a capital."""
    return folded(word).endswith(phrases.words.bodies) and not folded(word).endswith(phrases.words.titles)
