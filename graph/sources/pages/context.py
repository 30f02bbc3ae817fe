"""Background: what pages are read against: who is known, which words there are, and how to notice both in a text."""

from pathlib import Path
from typing import NamedTuple

from graph.model.claims import Collective
from graph.model.concepts import Vocabulary
from graph.ontology.concepts import read_vocabulary
from graph.registry.load import read_registry
from graph.registry.records import Registry
from graph.sources.languages.alternatives import Choice
from graph.sources.languages.language import Language
from graph.sources.pages.names import without_surnames
from graph.sources.text.mentions import Index, Mention, registry_index
from graph.sources.text.quotes import Passages


class Background(NamedTuple):
    """The registry and the vocabulary, made ready for reading any number of pages, and the languages used so far."""

    registry: Registry
    vocabulary: Vocabulary
    names: Index
    languages: dict[str, Language]

    def language(self, code: str) -> Language:
        """Return a language, made ready once."""
        if code not in self.languages:
            self.languages[code] = Language(code, self.vocabulary)
        return self.languages[code]


def make_background(registry: Registry, vocabulary: Vocabulary) -> Background:
    """Return the background with its index of names built."""
    return Background(registry, vocabulary, registry_index(registry), languages={})


def read_background(home: Path) -> Background:
    """The background that lies in a home: its ontology's schemes and its registry."""
    vocabulary = read_vocabulary(home / "ontology/schemes")
    return make_background(read_registry(home / "registry", vocabulary["body-type"]), vocabulary)


class PageContext(NamedTuple):
    """What the words of one page can stand for, found once: its text and sentences, the names, role words, statuses and
    alternatives in it, and what its claims file names itself (``groups``, ``things``), which the reader fills in.
    """

    background: Background
    language: Language
    text: Passages
    mentions: list[Mention]
    cues: list[Mention]
    statuses: list[Mention]
    alternatives: list[Choice]
    groups: dict[str, Collective]
    things: dict[str, str]


def page_context(page: Passages, code: str, background: Background) -> PageContext:
    """Return what stands in a text of a language, before anything of its claims file is known."""
    language = background.language(code)
    names = list(without_surnames(page, language.names(page, background.names), language.small_words))
    cues = language.cues(page)
    choices = language.alternatives(page, names, cues)
    statuses = language.statuses(page)
    return PageContext(background, language, page, names, cues, statuses, choices, groups={}, things={})
