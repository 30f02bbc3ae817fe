"""Concepts of the schemes as plain records; ``graph.ontology.concepts`` reads them."""

from typing import NamedTuple


class Concept(NamedTuple):
    """A concept of a scheme: ``role:opener``, its labels by language, and the cue words by which a page tells it.

    ``about`` are the bodies that a topic is about. Words are kept as (language, word), those that are no name of the
    concept (``skos:hiddenLabel``) apart.
    """

    id: str
    labels: dict[str, str]
    implies_attendance: bool
    about: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    hidden_words: tuple[tuple[str, str], ...] = ()

    def cues(self, language: str | None = None) -> tuple[str, ...]:
        """Return the words of a language (or of all) by which a page tells the concept, its names among them."""
        return tuple(sorted({word for of, word in (*self.names, *self.hidden_words) if language in (None, of)}))

    def hidden(self, language: str) -> tuple[str, ...]:
        """Return those of the words of a language that are no name of the concept."""
        return tuple(sorted(word for of, word in self.hidden_words if of == language))


# Concepts by scheme and name: ``vocabulary["role"]["opener"]``.
Vocabulary = dict[str, dict[str, Concept]]
