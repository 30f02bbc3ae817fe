"""Find alternatives: where a page names several and says that it is one or another, as in "A og/eller B", "A, B or C".

Names are found within one sentence: one right before the word for "or", and one after it, with at
most a title between. An "or" between groups without names, or between actions, leaves no choice of persons.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from graph.sources.languages.dates import any_of
from graph.sources.languages.words import Words
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, sentence_at

CANDIDATES = "list:candidates"
# So many characters at most a denial has, with the space after it.
MOST_OF_DENIAL = 40


class Choice(NamedTuple):
    """The word for "or", and the alternatives (``sides``), each with all the names that the page gives for it."""

    word: Mention
    sides: tuple[tuple[Mention, ...], ...]

    @property
    def names(self) -> tuple[Mention, ...]:
        """Return the names of all sides, in the order of the page."""
        return tuple(name for side in self.sides for name in side)

    @property
    def span(self) -> tuple[int, int]:
        """Return the start of the first name and the end of the last."""
        return self.names[0].start, self.names[-1].end


def alternatives(
    page: Passages, names: list[Mention], cues: Iterable[Mention], joiners: Words, denials: Words = ()
) -> list[Choice]:
    """Return every choice between names of the page, the two sides beside the word last.

    ``joiners`` are words that join two names of one person: "Jøran Kallmyr i Justisdepartementet". After one of the
    ``denials`` ("verken A eller B") there is no choice: both are denied.
    """
    denied = re.compile(rf"(?<!\w)(?:{any_of(denials)})\s+\Z", re.IGNORECASE)
    choices, sides = [], _sides(page, names, joiners)
    starts = [side[0].start for side in sides]
    for word in cues:
        after = bisect_left(starts, word.end)
        if CANDIDATES in word.meanings and 0 < after < len(sides):
            before = sides[after - 1]
            if _near(page, before[-1].end, word.start, 0) and _near(page, word.end, starts[after], 3):
                choice = Choice(word, (*_listed_up_to(after - 1, page, sides), sides[after]))
                begins = choice.span[0]
                if not denied.search(page.original, max(0, begins - MOST_OF_DENIAL), begins):
                    choices.append(choice)
    return choices


def _sides(page: Passages, names: list[Mention], joiners: Words) -> list[tuple[Mention, ...]]:
    """Return the names of the page, grouped by whom they name: a title and a name, a name and an affiliation.

    A place is no part of a name: "statsministeren i Oslo eller Bergen" leaves no choice of persons.
    """
    joint = re.compile(rf"\s+(?:(?:{any_of(joiners)})\s+)?")
    sides: list[list[Mention]] = []
    for name in names:
        place = any(id.startswith(("kommune:", "fylke:")) for id in name.meanings)
        if sides and not place and joint.fullmatch(page.original, sides[-1][-1].end, name.start):
            sides[-1].append(name)
        else:
            sides.append([name])
    return [tuple(side) for side in sides]


def _near(page: Passages, start: int, end: int, most: int) -> bool:
    """Return whether at most so many words, not counting brackets, stand between two positions of one sentence."""
    if start > end or sentence_at(page, start) != sentence_at(page, end):
        return False
    between = re.sub(r"\([^()]*\)", " ", page.original[start:end])
    return len(re.findall(r"\w+", between)) <= most


def _listed_up_to(last: int, page: Passages, sides: list[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """Return this side and those before it, as far as only a comma stands between them."""
    first = last
    while first and page.original[sides[first - 1][-1].end : sides[first][0].start].strip() == ",":
        first -= 1
    return sides[first : last + 1]
