"""The difference of two datasets: the statements that one has and the other has not, by one walk through both.

Both are sorted N-Quads, so that their lines are compared side by side, as a merge does: memory does not grow with what
they have in common.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Counts(NamedTuple):
    """How many statements came and how many went."""

    added: int = 0
    removed: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Return the sum of both."""
        return Counts(self.added + other.added, self.removed + other.removed)


def changed_lines(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Yield the lines that are in one of two sorted collections alone, in order; the flag says whether in ``after``."""
    old, new = iter(before), iter(after)
    one, other = next(old, None), next(new, None)
    while one is not None and other is not None:
        if one == other:
            one, other = next(old, None), next(new, None)
        elif one < other:
            yield False, one
            one = next(old, None)
        else:
            yield True, other
            other = next(new, None)
    while one is not None:
        yield False, one
        one = next(old, None)
    while other is not None:
        yield True, other
        other = next(new, None)


def changed_subjects(before: Iterable[bytes], after: Iterable[bytes]) -> dict[str, Counts]:
    """Return how many statements came and went of each subject of which some did, by the IRI of the subject."""
    counts: dict[str, Counts] = {}
    for is_new, line in changed_lines(before, after):
        subject = line[1 : line.index(b"> ")].decode()
        counts[subject] = counts.get(subject, Counts()).plus(Counts(is_new, not is_new))
    return counts


def rdf_patch(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of an RDF Patch that makes the first dataset into the second, as one transaction.

    https://afs.github.io/rdf-delta/rdf-patch.html
    """
    yield "TX ."
    for is_new, line in changed_lines(before, after):
        yield f"{'A' if is_new else 'D'} {line.decode()}"
    yield "TC ."
