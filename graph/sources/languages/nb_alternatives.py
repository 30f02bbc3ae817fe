"""Choices: where a page names several and says that it is one or another: "A og/eller B", "A, B eller C".

Only names of the registry are seen, in one sentence: one right before "eller", one after it, a title between.
Of groups that nobody named, and of what somebody did or did not do, "eller" is no choice of whom.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, sentence_at

CANDIDATES = "list:candidates"

# What joins the names of one: "statsminister Erna Solberg", "Jøran Kallmyr i Justisdepartementet".
_JOINT = re.compile(r"\s+|\s+(?:i|ved|fra|på)\s+")


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


def choices(page: Passages, names: list[Mention], cues: Iterable[Mention]) -> list[Choice]:
    """Every choice between names of the page; the two sides beside the word stand last."""
    found, sides = [], _sides(page, names)
    starts = [side[0].start for side in sides]
    for word in cues:
        # A mention may have a genitive -s; "ellers" is another word.
        if CANDIDATES in word.meant and not page.original[word.start : word.end].casefold().endswith("ellers"):
            there = sides[slice(*(bisect_left(starts, end) for end in page.sentences[sentence_at(page, word.start)]))]
            before = [each for each in there if each[-1].end <= word.start and _near(page, each[-1].end, word.start, 0)]
            after = [each for each in there if each[0].start >= word.end and _near(page, word.end, each[0].start, 3)]
            if before and after:
                found.append(Choice(word, (*_listed_up_to(before[-1], page, sides), after[0])))
    return found


def _sides(page: Passages, names: list[Mention]) -> list[tuple[Mention, ...]]:
    """The names of the page, those together that are of one: a title and a name, a name and where somebody is from.

    A place is no part of a name: "statsministeren i Oslo eller Bergen" is no choice of whom.
    """
    sides: list[tuple[Mention, ...]] = []
    for name in names:
        between = page.original[sides[-1][-1].end : name.start] if sides else ""
        place = any(meant.startswith(("kommune:", "fylke:")) for meant in name.meant)
        if _JOINT.fullmatch(between) and not place:
            sides[-1] += (name,)
        else:
            sides.append((name,))
    return sides


def _near(page: Passages, start: int, end: int, most: int) -> bool:
    """So many words at most stand between two places of one sentence; what is in brackets counts as none."""
    between = re.sub(r"\(.*?\)", " ", page.original[start:end])
    return sentence_at(page, start) == sentence_at(page, end) and len(re.findall(r"\w+", between)) <= most


def _listed_up_to(
    last: tuple[Mention, ...], page: Passages, sides: list[tuple[Mention, ...]]
) -> list[tuple[Mention, ...]]:
    """The sides before this one that nothing but a comma parts from the next, and this one."""
    listed = [last]
    for side in reversed(sides[: sides.index(last)]):
        if page.original[side[-1].end : listed[0][0].start].strip() != ",":
            break
        listed.insert(0, side)
    return listed
