"""Background: what pages are read against: who is known, which words there are, and how to notice both in a text."""

from pathlib import Path
from typing import NamedTuple

from graph.ontology.concepts import Vocabulary, read_vocabulary
from graph.registry.load import read_registry
from graph.registry.records import Registry
from graph.sources.languages.nb_verbs import Verbs, status_verbs
from graph.sources.text.mentions import Index, cue_index, registry_index


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
