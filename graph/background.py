"""Background: what pages are read against: who is known, which words there are, and how to notice both in a text."""

from dataclasses import dataclass

from graph.mentions import Index, cue_index, registry_index
from graph.registry_records import Registry
from graph.vocabulary import Vocabulary


@dataclass(frozen=True)
class Background:
    """The registry and the vocabulary, made ready for reading any number of pages."""

    registry: Registry
    vocabulary: Vocabulary
    names: Index
    cues: Index


def background(registry: Registry, vocabulary: Vocabulary) -> Background:
    """The background with its indexes built."""
    return Background(registry, vocabulary, registry_index(registry), cue_index(vocabulary))
