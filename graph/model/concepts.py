"""Concepts of the schemes as plain records; ``graph.ontology.concepts`` reads them."""

from typing import NamedTuple


class Concept(NamedTuple):
    """A concept of a scheme: ``role:opener``, its labels by language, and the cue words by which a page tells it.

    ``hidden`` are those cues that are no name of the concept, in ``languages``. ``about`` are the bodies that a topic
    is about.
    """

    id: str
    labels: dict[str, str]
    cues: tuple[str, ...]
    implies_attendance: bool
    about: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()


# Concepts by scheme and name: ``vocabulary["role"]["opener"]``.
Vocabulary = dict[str, dict[str, Concept]]
