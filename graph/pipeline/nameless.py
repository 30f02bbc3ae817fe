"""Labels of those whom a row gives an identifier and no name: they are for those alone whom no row names.

A register has a name in one row and none in another for one and the same identifier.
"""

from collections.abc import Iterable

from graph.model.labels import NAMELESS
from graph.rdf.terms import iri

_LABEL = f" {iri('rdfs:label')} "
_STARTS = tuple(f'"{text.partition("{")[0]}' for text in NAMELESS.values())


def is_nameless(literal: str) -> bool:
    """Return whether a literal, as N-Quads writes it, stands for a name that a register does not give."""
    return literal.startswith(_STARTS)


def without_nameless(lines: Iterable[str]) -> list[str]:
    """Return N-Quads lines without the labels of the nameless of those that have a name in these lines too."""
    lines = [*lines]
    nameless = {line[: line.index(" ")] for line in lines if _is_label_of_nameless(line)}
    if not nameless:
        return lines
    named = {
        line[: line.index(" ")]
        for line in lines
        if _LABEL in line and line[: line.index(" ")] in nameless and not _is_label_of_nameless(line)
    }
    return [line for line in lines if not (_is_label_of_nameless(line) and line[: line.index(" ")] in named)]


def _is_label_of_nameless(line: str) -> bool:
    place = line.find(_LABEL)
    return place > 0 and line.startswith(_STARTS, place + len(_LABEL))
