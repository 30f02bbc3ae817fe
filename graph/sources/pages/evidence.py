"""The proof of an entry: the passages that a claims file quotes, and what stands in them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from graph.common.errors import MotegrafError
from graph.model.sources import TextSelector
from graph.sources.text.intervals import merge_spans
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import MOST_READINGS, Passages, find, find_within, fold, nearest, unlike_signs, words_at


class DependentError(MotegrafError):
    """An entry depends on another that is not proven, and that has its finding already."""


class EntryError(MotegrafError):
    """An entry that cannot be understood: where in the entry, and why."""

    def __init__(self, message: str, *path: int | str) -> None:
        super().__init__(message)
        self.path = path


class Proof(NamedTuple):
    """Passages of one page that prove an entry: its quotes, its ``context``, and those of the entry around it.

    ``own`` are the quotes of the innermost entry that has any. ``unproven``: the entry around it has no proof.
    """

    source: str
    text: Passages
    quotes: tuple[TextSelector, ...] = ()
    contexts: tuple[TextSelector, ...] = ()
    own: tuple[TextSelector, ...] = ()
    unproven: bool = False

    @property
    def all(self) -> tuple[TextSelector, ...]:
        """Return every passage of the proof once, in the order of the page."""
        return tuple(sorted({*self.quotes, *self.contexts}))

    @property
    def words(self) -> str:
        """Return the words of the own quotes."""
        return " ".join(self.text.original[quote.start : quote.end] for quote in self.own)

    @property
    def innermost(self) -> "Proof":
        """Return the proof with only the quotes of the innermost entry, and all contexts."""
        return self._replace(quotes=self.own)

    def with_quotes(self, quotes: Iterable[str], contexts: Iterable[str]) -> "Proof":
        """Return this proof with further passages. Raise EntryError where one is not in the page exactly once."""
        own_quotes = tuple(locate_quote(words, self, "quote", number) for number, words in enumerate(quotes))
        own_contexts = tuple(locate_quote(words, self, "context", number) for number, words in enumerate(contexts))
        own = tuple(sorted(set(own_quotes))) or self.own
        return self._replace(quotes=self.quotes + own_quotes, contexts=self.contexts + own_contexts, own=own)

    def with_context(self, passage: TextSelector) -> "Proof":
        """Return this proof with one passage more as context."""
        return self._replace(contexts=(*self.contexts, passage))

    def locate(self, words: str) -> TextSelector | None:
        """Return the passage of the proof that has these words, or None."""
        for quote in self.all:
            for start, end in find_within(words, self.text, quote.start, quote.end):
                return TextSelector(self.source, start, end)
        return None

    def require(self, words: str, *path: int | str) -> str:
        """Return these words as the page spells them. Raise EntryError where the proof does not have them."""
        place = self.locate(words)
        if place is None and self.unproven:
            raise DependentError
        if place is None:
            near = nearest(words, self.text)
            hint = f"; the page has {near!r}" if near and not find(words, self.text) else ""
            hint += unlike_signs(words, self.text) if hint else ""
            raise EntryError(f"{words!r} does not stand in the words that prove this entry{hint}", *path)
        return words_at(self.text, place.start, place.end)

    def names(self, mentions: Sequence[Mention], *ids: str) -> list[str]:
        """Return the words by which the proof names one of these entities, as the page spells them."""
        return [
            self.text.original[mention.start : mention.end]
            for mention in self.within(mentions)
            if mention.meanings.intersection(ids)
        ]

    def within(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the mentions that lie within one of the passages; they are given in the order of the page."""
        begin = attrgetter("start")
        passages = ((quote.start, quote.end) for quote in self.all)
        for start, end in merge_spans(passages):
            for mention in mentions[bisect_left(mentions, start, key=begin) : bisect_left(mentions, end, key=begin)]:
                if self.holds(mention.start, mention.end):
                    yield mention

    def holds(self, start: int, end: int) -> bool:
        """Return whether a span lies within one of the passages."""
        return any(quote.start <= start and end <= quote.end for quote in (*self.quotes, *self.contexts))

    def owns(self, start: int, end: int) -> bool:
        """Return whether a span lies within a quote of the innermost entry that has any."""
        return any(quote.start <= start and end <= quote.end for quote in self.own)

    def contains(self, word: str) -> bool:
        """Return whether some word of the proof begins with this one, whatever its case."""
        begins = re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)
        return any(begins.search(fold(self.text.original[quote.start : quote.end]).text) for quote in self.all)


def locate_quote(words: str, proof: Proof, key: str, *path: int) -> TextSelector:
    """Return the one passage that a quote can mean. Raise EntryError where there is none, or more than one."""
    spans = find(words, proof.text)
    if len(spans) == 1:
        return TextSelector(proof.source, *spans[0])
    if spans:
        ways = f"{len(spans)}" if len(spans) < MOST_READINGS else f"{MOST_READINGS} or more"
        raise EntryError(f"the {key} {words!r} can be read in {ways} ways; quote more words", key, *path)
    near = nearest(words, proof.text)
    hint = (f"; the nearest passage is {near!r}" if near else "") + unlike_signs(words, proof.text)
    raise EntryError(f"the {key} {words!r} is not in the page{hint}", key, *path)
