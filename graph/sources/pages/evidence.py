"""Evidence: the passages that an entry of a claims file quotes, and what is written in them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from graph.common.errors import MotegrafError
from graph.model.sources import TextSelector
from graph.sources.text.intervals import merge_spans
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import MOST_READINGS, Passages, find, find_within, fold, nearest


class DependentError(MotegrafError):
    """An entry that leans on one that is itself not proven. That one has its finding already."""


class EntryError(MotegrafError):
    """An entry that cannot be understood: where in the entry, and why."""

    def __init__(self, message: str, *path: int | str) -> None:
        super().__init__(message)
        self.path = path


class Proof(NamedTuple):
    """Passages of one page: an entry's own, those it leans on (``context``), and those of the entry it stands in.

    ``own`` are the quotes of the innermost entry that has any.
    """

    page: str
    text: Passages
    quotes: tuple[TextSelector, ...] = ()
    contexts: tuple[TextSelector, ...] = ()
    own: tuple[TextSelector, ...] = ()
    unproven: bool = False

    @property
    def all(self) -> tuple[TextSelector, ...]:
        """Every passage of the proof once, in the order of the page."""
        return tuple(sorted({*self.quotes, *self.contexts}))

    @property
    def innermost(self) -> "Proof":
        """What the innermost entry that has quotes quotes itself, and all that is leaned on."""
        return self._replace(quotes=self.own)

    def with_quotes(self, quotes: Iterable[str], contexts: Iterable[str]) -> "Proof":
        """This proof and further passages; EntryError where one is not in the page exactly once."""
        found = tuple(located(words, self, "quote", number) for number, words in enumerate(quotes))
        leaned_on = tuple(located(words, self, "context", number) for number, words in enumerate(contexts))
        own = tuple(sorted(set(found))) or self.own
        return self._replace(quotes=self.quotes + found, contexts=self.contexts + leaned_on, own=own)

    def leaning_on(self, passage: TextSelector) -> "Proof":
        """Return this proof and a passage that it leans on."""
        return self._replace(contexts=(*self.contexts, passage))

    def place_of(self, words: str) -> TextSelector | None:
        """Where these words stand in the proof."""
        for quote in self.all:
            for start, end in find_within(words, self.text, quote.start, quote.end):
                return TextSelector(self.page, start, end)
        return None

    def require(self, words: str, *path: int | str) -> str:
        """These words as the page has them, in the proof; EntryError where they do not stand there."""
        place = self.place_of(words)
        if place is None and self.unproven:
            raise DependentError
        if place is None:
            near = nearest(words, self.text)
            hint = f"; the page has {near!r}" if near and not find(words, self.text) else ""
            raise EntryError(f"{words!r} does not stand in the words that prove this entry{hint}", *path)
        return " ".join(self.text.original[place.start : place.end].split())

    def names(self, mentions: Sequence[Mention], *ids: str) -> list[str]:
        """How the proof writes one of these things, as the page spells it."""
        return [
            self.text.original[mention.start : mention.end]
            for mention in self.within(mentions)
            if mention.meanings.intersection(ids)
        ]

    def within(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Those of the mentions, which come in the order of the page, that lie within one of the quotes."""
        begin = attrgetter("start")
        passages = ((quote.start, quote.end) for quote in self.all)
        for start, end in merge_spans(passages):
            for mention in mentions[bisect_left(mentions, start, key=begin) : bisect_left(mentions, end, key=begin)]:
                if self.holds(mention.start, mention.end):
                    yield mention

    def holds(self, start: int, end: int) -> bool:
        """A passage lies within one of the quotes."""
        return any(quote.start <= start and end <= quote.end for quote in (*self.quotes, *self.contexts))

    def owns(self, start: int, end: int) -> bool:
        """A passage lies within a quote of the innermost entry that has any."""
        return any(quote.start <= start and end <= quote.end for quote in self.own)

    def says(self, word: str) -> bool:
        """A word begins some word of the proof, whatever its case."""
        begins = re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)
        return any(begins.search(fold(self.text.original[quote.start : quote.end]).text) for quote in self.all)


def located(words: str, proof: Proof, key: str, *path: int) -> TextSelector:
    """The one passage that a quote can mean; EntryError where there is none, or more than one."""
    found = find(words, proof.text)
    if len(found) == 1:
        return TextSelector(proof.page, *found[0])
    if found:
        ways = f"{len(found)}" if len(found) < MOST_READINGS else f"{MOST_READINGS} or more"
        raise EntryError(f"the {key} {words!r} can be read in {ways} ways; quote more words", key, *path)
    near = nearest(words, proof.text)
    hint = f"; the nearest passage is {near!r}" if near else ""
    raise EntryError(f"the {key} {words!r} is not in the page{hint}", key, *path)
