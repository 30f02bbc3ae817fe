"""Background: what pages are read against: who is known, which words there are, and how to notice both in a text."""

from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from graph.model.claims import Collective
from graph.model.concepts import Vocabulary
from graph.ontology.concepts import read_vocabulary
from graph.registry.load import read_registry
from graph.registry.records import Registry
from graph.sources.languages.nb_alternatives import Choice, choices
from graph.sources.languages.nb_verbs import Verbs, status_verbs, statuses_told
from graph.sources.text.mentions import Index, Mention, cue_index, mentions, registry_index
from graph.sources.text.quotes import Passages


class Background(NamedTuple):
    """The registry and the vocabulary, made ready for reading any number of pages."""

    registry: Registry
    vocabulary: Vocabulary
    names: Index
    cues: Index
    verbs: Verbs


def background(registry: Registry, vocabulary: Vocabulary) -> Background:
    """The background with its indexes built."""
    return Background(registry, vocabulary, registry_index(registry), cue_index(vocabulary), status_verbs(vocabulary))


def read_background(home: Path) -> Background:
    """The background that lies in a home: its ontology's schemes and its registry."""
    vocabulary = read_vocabulary(home / "ontology/schemes")
    return background(read_registry(home / "registry", vocabulary["body-type"]), vocabulary)


class PageContext(NamedTuple):
    """What the words of one page can stand for, found once: its text and sentences, the names, role words, statuses and
    alternatives in it, and what its claims file names itself (``groups``, ``things``), which the reader fills in.
    """

    background: Background
    text: Passages
    mentions: list[Mention]
    cues: list[Mention]
    statuses: list[Mention]
    alternatives: list[Choice]
    groups: dict[str, Collective]
    things: dict[str, str]


def page_context(text: Passages, background: Background) -> PageContext:
    """Return what stands in a page, before anything of its claims file is known."""
    names, cues = mentions(text, background.names), mentions(text, background.cues)
    statuses = sorted(statuses_told(text, background.verbs), key=attrgetter("start"))
    return PageContext(background, text, names, cues, statuses, choices(text, names, cues), groups={}, things={})
