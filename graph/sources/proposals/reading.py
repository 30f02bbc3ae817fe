"""What is found on a page before anything is proposed of it: lines, sentences, names, cues, times, words for events."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from graph.model.concepts import Concept
from graph.model.edtf import Bounds
from graph.sources.languages.language import Language
from graph.sources.languages.pack import Pack
from graph.sources.languages.proposing import Proposing
from graph.sources.pages.context import PageContext
from graph.sources.proposals.lines import Line, lines_of
from graph.sources.proposals.name import Name
from graph.sources.proposals.names import names_of
from graph.sources.proposals.phrases import any_of, phrases_of
from graph.sources.proposals.times import Time, times_of
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_Any = TypeVar("_Any", bound=_Placed)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# What words of Scandinavian languages begin with that are no words of a compound.
_PREFIXES = frozenset(["an", "be", "for", "fore", "før", "mis", "mot", "sam", "u", "und", "van", "veg"])
# So far from a verb, nobody looks for that of which it tells: what has no full stop may be a clause of a million words.
_CLAUSE = 300
_LONGEST_IDIOM = 20
# What happens to a meeting that is not held when it was to be.
_OFF = frozenset(["status:cancelled", "status:postponed"])
# Kinds of things that are no events, though the scheme of kinds has them.
_NO_EVENTS = ("action-plan", "letter", "e-mail")


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word for an event: where it stands, its concept in the scheme of kinds, and whether it is a known one."""

    start: int
    end: int
    text: str
    kind: str
    is_definite: bool
    is_plural: bool


class Reading:
    """A page as it is read for proposals; every list is in the order of the page, and each is made once."""

    def __init__(
        self, context: PageContext, pack: Pack, published: Bounds | None, publisher: str | None, original: str
    ) -> None:
        """Take what is known of the page: its context, its language, when and by whom it was published, its text.

        ``original`` is the text as it stands in the page, of the same length as that which is read.
        """
        self.original = original
        self.context = context
        self.page: Passages = context.text
        self.language: Language = context.language
        self.pack = pack
        self.phrases = phrases_of(pack)
        self.words: Proposing = pack.proposing
        self.published = published
        self.publisher = publisher
        self.text = context.text.original
        self.lines: list[Line] = lines_of(self.page, self.phrases)
        self.names: list[Name] = names_of(context, self.phrases)
        self.times: list[Time] = times_of(self.page, self.language, self.phrases)

    @cached_property
    def event_words(self) -> list[EventWord]:
        """The words for events of the page."""
        vocabulary = self.context.background.vocabulary
        kinds: dict[str, str] = self.phrases.made_of(
            "kinds", vocabulary, lambda: _kinds_by_word(vocabulary["kind"], self.language.code)
        )
        endings = tuple(word for word in self.pack.event_endings if word not in self.words.no_events)
        found = []
        for word in _WORD.finditer(self.text):
            lower = word[0].casefold()
            kind = kinds.get(lower) or (_kind_by_ending(lower, kinds) if lower.endswith(endings) else None)
            if kind is None and lower in endings:
                kind = "meeting"
            if kind is not None and not self._is_in_idiom(word.start(), word.end()):
                plural = lower.endswith(self.words.plural) and not lower.endswith(self.words.singular)
                # "fire møte" is no single one in nynorsk.
                before = self.text[max(0, word.start() - _LONGEST_IDIOM) : word.start()].casefold().split()[-2:]
                plural = plural or (
                    not lower.endswith(self.words.definite) and any(each in self.words.numbers for each in before)
                )
                is_the = not self.words.definite and bool(set(before) & set(self.words.definite_articles))
                definite = not plural and (is_the or lower.endswith(self.words.definite))
                found.append(EventWord(word.start(), word.end(), word[0], kind, definite, plural))
        return found

    def _is_in_idiom(self, start: int, end: int) -> bool:
        """Return whether a word is the end of an idiom that tells of no event: "sendt på høring"."""
        return bool(self.phrases.idiom.search(self.text, max(0, start - _LONGEST_IDIOM), end))

    def sentence(self, at: int) -> Span:
        """Return the sentence at a position."""
        starts = self._sentence_starts
        return self.page.sentences[max(0, bisect_right(starts, at) - 1)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.page.sentences]

    def line(self, at: int) -> Line:
        """Return the line at a position."""
        starts = self._line_starts
        return self.lines[max(0, bisect_right(starts, at) - 1)]

    def number_of(self, line: Line) -> int:
        """Return which line of the page it is, from 0."""
        return bisect_left(self._line_starts, line.start)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def within(self, things: Sequence[_Any], span: Span) -> list[_Any]:
        """Return those of some things of the page that begin in a passage."""
        first = bisect_left(things, span[0], key=lambda thing: thing.start)
        last = bisect_left(things, span[1], key=lambda thing: thing.start)
        return list(things[first:last])

    def has_word(self, words: Sequence[str], span: Span) -> bool:
        """Return whether one of some words, which may be several in a row, stands in a passage."""
        return bool(any_of(tuple(words)).search(self.text, *span))

    def statuses_in(self, span: Span) -> list[Mention]:
        """Return the words in a passage that tell a status."""
        told = self.within(self.context.statuses, span)
        return [each for each in told if not self._is_denied(each, span) and not self._is_of_a_matter(each, span)]

    def _is_denied(self, status: Mention, sentence: Span) -> bool:
        """Return whether a negation stands right before a word."""
        return bool(self.phrases.denied.search(self.text, max(sentence[0], status.start - _CLAUSE), status.start))

    def _is_of_a_matter(self, status: Mention, sentence: Span) -> bool:
        """Return whether a matter is put off or called off, and no event: "Saken ble utsatt", "ble saken utsatt".

        That of which a clause tells is the noun between auxiliary and verb, else the first one before it that follows
        no preposition, else the first one after it.
        """
        if status.meanings.isdisjoint(_OFF):
            return False
        first, last = max(sentence[0], status.start - _CLAUSE), min(sentence[1], status.end + _CLAUSE)
        begins = [each.end() for each in self.phrases.clause_end.finditer(self.text, first, status.start)]
        clause = begins[-1] if begins else first
        before = [
            each
            for each in self._nouns((clause, status.start))
            if not self.phrases.at_one.search(self.text, clause, each)
        ]
        nouns = (*self._nouns((status.start, status.end)), *before, *self._nouns((status.end, last)))
        return bool(nouns) and not self._is_event_word(nouns[0])

    def _nouns(self, span: Span) -> list[int]:
        """Return where the words for events and for matters in a passage begin."""
        nouns = self._nouns_of_page
        return nouns[bisect_left(nouns, span[0]) : bisect_left(nouns, span[1])]

    @cached_property
    def _nouns_of_page(self) -> list[int]:
        matters = (word.start() for word in self.phrases.matter.finditer(self.text))
        return sorted({*matters, *(word.start for word in self.event_words)})

    def _is_event_word(self, start: int) -> bool:
        return bool(self.within(self.event_words, (start, start + 1)))


def _kinds_by_word(kinds: Mapping[str, Concept], language: str) -> dict[str, str]:
    """Return the kinds of events by the words for them in a language; nynorsk has those of bokmål too."""
    languages = (language, "nb") if language == "nn" else (language,)
    return {
        cue.casefold(): name
        for name, concept in kinds.items()
        if name not in _NO_EVENTS
        for each in languages
        for cue in concept.cues(each)
    }


def _kind_by_ending(word: str, kinds: dict[str, str]) -> str | None:
    """Return the kind of the longest known word that a compound ends with: "politirådsmøte".

    A "samarbeidsmøte" is a meeting for "samarbeid", and no "arbeidsmøte": before a word stands no mere prefix.
    """
    endings = sorted((each for each in kinds if word.endswith(each) and len(each) > 3), key=len, reverse=True)
    best = next((each for each in endings if word.removesuffix(each) not in _PREFIXES), None)
    return kinds[best or endings[-1]] if endings else None
