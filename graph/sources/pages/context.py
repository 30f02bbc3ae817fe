"""What a page is read with: the registry, the vocabulary and the languages, and what they find in its text."""

from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from graph.model.claims import Collective
from graph.model.concepts import Vocabulary
from graph.ontology.concepts import read_vocabulary
from graph.registry.load import read_registry
from graph.registry.records import Registry
from graph.sources.languages.alternatives import Choice
from graph.sources.languages.cues import lists_in
from graph.sources.languages.language import Language
from graph.sources.pages.names import grammar_of, unknown_names, without_surnames
from graph.sources.text.mentions import Index, Mention, registry_index
from graph.sources.text.quotes import Passages


class Background(NamedTuple):
    """What all pages are read with: registry, vocabulary, the index of names, and the languages used so far."""

    registry: Registry
    vocabulary: Vocabulary
    names: Index
    languages: dict[str, Language]

    def language(self, code: str) -> Language:
        """Return a language, built at its first use."""
        if code not in self.languages:
            self.languages[code] = Language(code, self.vocabulary)
        return self.languages[code]


def make_background(registry: Registry, vocabulary: Vocabulary) -> Background:
    """Return the background with its index of names built."""
    return Background(registry, vocabulary, registry_index(registry), languages={})


def read_background(home: Path) -> Background:
    """Return the background of a home: the schemes of its ontology and its registry."""
    vocabulary = read_vocabulary(home / "ontology/schemes")
    return make_background(read_registry(home / "registry", vocabulary["body-type"]), vocabulary)


class PageContext(NamedTuple):
    """What the text of one page holds, found once: sentences, names, words for roles and statuses, alternatives.

    ``mentions`` are names that the registry or the page's file knows, ``names`` these and the unknown ones.
    ``groups`` and ``things`` are what its claims file names itself; the reader fills them in.
    """

    background: Background
    language: Language
    text: Passages
    mentions: list[Mention]
    names: list[Mention]
    unknown_names: list[Mention]
    cues: list[Mention]
    statuses: list[Mention]
    alternatives: list[Choice]
    online: list[Mention]
    access: list[Mention]
    groups: dict[str, Collective]
    things: dict[str, str]


def page_context(page: Passages, code: str, background: Background) -> PageContext:
    """Return what a text holds, before its claims file is read."""
    language = background.language(code)
    names = list(without_surnames(page, language.names(page, background.names), language.small_words))
    cues = language.cues(page)
    lists = ((each.start, each.end) for each in lists_in(page, cues))
    statuses, online = language.statuses(page), language.online(page)
    verbs = sorted([*cues, *statuses], key=attrgetter("start"))
    unknown = [Mention(*span, frozenset()) for span in unknown_names(page, names, grammar_of(language), lists, verbs)]
    # "Erna Solberg eller Kari Nordmann" leaves a choice, whether or not Kari Nordmann is known.
    every = sorted([*names, *unknown], key=attrgetter("start"))
    choices = language.alternatives(page, every, cues)
    return PageContext(
        background,
        language,
        page,
        names,
        every,
        unknown,
        cues,
        statuses,
        choices,
        online,
        language.access(page),
        groups={},
        things={},
    )
