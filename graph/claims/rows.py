"""Rows: statements as the four terms of N-Quads, written straight from compact names.

A register makes millions of statements, and a ``Quad`` takes ten times as long. Words are escaped by the library;
names are formed in ``graph.model.iris``, so that they need no escapes.
"""

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Literal

from graph.model.iris import PREFIXES
from graph.rdf.terms import iri

# A term as N-Quads writes it.
Text = str
# A predicate as a compact name, and the object, None where there is none.
Pair = tuple[str, Text | None]
# Subject, predicate, object, graph.
Row = tuple[Text, Text, Text, Text]


@lru_cache(maxsize=4096)
def term(name: str) -> Text:
    """Return the IRI of a compact name that stands in many rows. Raise ValueError where it is none."""
    return str(iri(name))


def own_term(prefix: str, local: str) -> Text:
    """Return the IRI of a local name that ``graph.model.iris`` formed and that stands in few rows."""
    return f"<{PREFIXES[prefix]}{local}>"


def name_term(name: str) -> Text:
    """Return the IRI of a compact name that stands in few rows."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@lru_cache(maxsize=16384)
def words_term(words: str, language: str | None = None) -> Text:
    """Return words as a literal, in their language if it is given."""
    return str(Literal(words, language=language) if language else Literal(words))


@lru_cache(maxsize=1024)
def number_term(number: int) -> Text:
    """Return an ``xsd:integer``."""
    return str(Literal(number))


def rows_about(graph: Text, subject: Text, pairs: Iterable[Pair]) -> list[Row]:
    """Return the rows of one subject in a graph. A pair is skipped if its object is None."""
    return [(subject, term(predicate), value, graph) for predicate, value in pairs if value is not None]


def line_of(row: Row) -> str:
    """Return a row as a line of N-Quads."""
    return f"{row[0]} {row[1]} {row[2]} {row[3]} ."
