"""Alternatives: where a page names several and says that it is one or another: "A og/eller B", "A, B or C".

Only names of the registry are seen, in one sentence: one right before the word for "or", one after it, a title between.
Of groups that nobody named, and of what somebody did or did not do, "or" is no choice of whom.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from graph.sources.languages.dates import any_of
from graph.sources.languages.pack import Words
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, sentence_at

CANDIDATES = "list:candidates"


class Choice(NamedTuple):
    """The word by which a page leaves the choice, and between whom, each with all the names that the page gives."""

    word: Mention
    sides: tuple[tuple[Mention, ...], ...]

    @property
    def names(self) -> tuple[Mention, ...]:
        """The names of all sides, in the order of the page."""
        return tuple(name for side in self.sides for name in side)

    @property
    def span(self) -> tuple[int, int]:
        """From the first name to the last."""
        return self.names[0].start, self.names[-1].end


def alternatives(page: Passages, names: list[Mention], cues: Iterable[Mention], joiners: Words) -> list[Choice]:
    """Return every choice between names of the page; the two sides beside the word stand last.

    ``joiners`` are the words that join the names of one: "Jøran Kallmyr i Justisdepartementet".
    """
    choices, sides = [], _sides(page, names, joiners)
    starts = [side[0].start for side in sides]
    for word in cues:
        after = bisect_left(starts, word.end)
        if CANDIDATES in word.meant and 0 < after < len(sides):
            before = sides[after - 1]
            if _near(page, before[-1].end, word.start, 0) and _near(page, word.end, starts[after], 3):
                choices.append(Choice(word, (*_listed_up_to(after - 1, page, sides), sides[after])))
    return choices


def _sides(page: Passages, names: list[Mention], joiners: Words) -> list[tuple[Mention, ...]]:
    """Return the names of the page, those together that are of one: a title and a name, a name and where it is from.

    A place is no part of a name: "statsministeren i Oslo eller Bergen" is no choice of whom.
    """
    joint = re.compile(rf"\s+(?:(?:{any_of(joiners)})\s+)?")
    sides: list[list[Mention]] = []
    for name in names:
        place = any(meant.startswith(("kommune:", "fylke:")) for meant in name.meant)
        if sides and not place and joint.fullmatch(page.original, sides[-1][-1].end, name.start):
            sides[-1].append(name)
        else:
            sides.append([name])
    return [tuple(side) for side in sides]


def _near(page: Passages, start: int, end: int, most: int) -> bool:
    """So many words at most stand between two places of one sentence; what is in brackets counts as none."""
    if start > end or sentence_at(page, start) != sentence_at(page, end):
        return False
    between = re.sub(r"\([^()]*\)", " ", page.original[start:end])
    return len(re.findall(r"\w+", between)) <= most


def _listed_up_to(last: int, page: Passages, sides: list[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """Return the sides before this one that nothing but a comma parts from the next, and this one."""
    first = last
    while first and page.original[sides[first - 1][-1].end : sides[first][0].start].strip() == ",":
        first -= 1
    return sides[first : last + 1]
