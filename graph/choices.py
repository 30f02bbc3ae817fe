"""Choices: where a page names several and says that it is one or another: "A og/eller B", "A, B eller C".

Only names of the registry are seen, in one sentence, with at most three words (as a title) between a name and "eller".
Of groups that nobody named, and of what somebody did or did not do, "eller" is no choice of whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.mentions import Mention
from graph.quotes import Passages, sentence_at

CANDIDATES = "list:candidates"
MOST_WORDS_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The names between which a page leaves the choice, and the word that leaves it."""

    word: Mention
    names: tuple[Mention, ...]

    @property
    def span(self) -> tuple[int, int]:
        """From the first name to the last."""
        return self.names[0].start, self.names[-1].end


def choices(page: Passages, names: list[Mention], cues: Iterable[Mention]) -> list[Choice]:
    """Every choice between names of the page; the two beside the word stand last."""
    found = []
    for word in cues:
        # A mention may have a genitive -s; "ellers" is another word.
        if CANDIDATES in word.meant and not page.original[word.start : word.end].casefold().endswith("ellers"):
            before = [name for name in names if name.end <= word.start and _near(page, name.end, word.start)]
            after = [name for name in names if name.start >= word.end and _near(page, word.end, name.start)]
            if before and after:
                found.append(Choice(word, (*_listed_up_to(before[-1], page, names), after[0])))
    return found


def _near(page: Passages, start: int, end: int) -> bool:
    """Little stands between two places of one sentence."""
    return (
        sentence_at(page, start) == sentence_at(page, end)
        and len(page.original[start:end].split()) <= MOST_WORDS_BETWEEN
    )


def _listed_up_to(last: Mention, page: Passages, names: list[Mention]) -> list[Mention]:
    """The names before this one that nothing but a comma parts from the next, and this one."""
    listed = [last]
    for name in reversed(names[: names.index(last)]):
        if page.original[name.end : listed[0].start].strip() != ",":
            break
        listed.insert(0, name)
    return listed
