"""A language: everything that is known of the language of a page, behind one object.

A page is read with the pack of its language and the words that the schemes have in that language, and with no other. A
language without a pack is read without cues; ``unchecked`` then says what could not be checked.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from operator import attrgetter, eq, mul
from pathlib import Path

from graph.common.sentences import SentenceRules
from graph.model.concepts import Vocabulary
from graph.model.edtf import Bounds
from graph.sources.languages.alternatives import Choice, alternatives
from graph.sources.languages.clock import TimeOfDay, clock_pattern, times_of_day
from graph.sources.languages.cues import Cues, ListOf, cue_index, cues_in, framed_words, in_frame, lists_in
from graph.sources.languages.dates import DatePhrase, date_grammar
from graph.sources.languages.pack import FOLDER, Pack, pack_of
from graph.sources.languages.relative import RelativeTimes, Resolved
from graph.sources.languages.status_verbs import StatusVerbs, status_verbs, statuses
from graph.sources.languages.words import Words
from graph.sources.text.mentions import Index, Mention, index_of, mentions
from graph.sources.text.quotes import Passages, original_span, passages, words_at

# So many first letters two words may share by chance.
MOST_IN_COMMON_BY_CHANCE = 2


class Language:
    """One language: its dates, verbs, alternatives, sentences, and the words of the schemes in it."""

    def __init__(self, code: str, vocabulary: Vocabulary, folder: Path = FOLDER) -> None:
        """Read the pack of a language, if there is one, and the words that the schemes have in it."""
        self.code = code
        self.pack = pack_of(code, folder)
        self._vocabulary = vocabulary
        self._cues = cue_index(vocabulary, self.pack) if self.pack else Cues({})
        self._statuses, self._weak_statuses = _status_words(self.pack, vocabulary)
        self._dates = date_grammar(self.pack)
        self._relative = RelativeTimes(self.pack, self._dates)
        self._clock = clock_pattern(self.pack)
        self._online = index_of((word, "online") for word in self.online_words)
        self._access = index_of((word, value) for value in ("true", "false") for word in self.access_words(value))

    @property
    def has_pack(self) -> bool:
        """Return whether words of roles, statuses and lists can be searched for."""
        return self.pack is not None

    @property
    def small_words(self) -> Words:
        """Return words that often begin a sentence before a name, and are no part of it."""
        return self.pack.small_words if self.pack else ()

    @property
    def genitive_endings(self) -> Words:
        """Return the endings of the genitive, such as -s."""
        return self.pack.genitive.endings if self.pack else ()

    @property
    def words(self) -> frozenset[str]:
        """Return every word of the pack: none of them is what somebody is called."""
        return pack_words(self.pack) if self.pack else frozenset()

    @property
    def coordinators(self) -> frozenset[str]:
        """Return the words that join the members of a list, such as "og"."""
        return frozenset(self.pack.coordinators) if self.pack else frozenset()

    @property
    def place_words(self) -> Words:
        """Return the words after which a name says where something is."""
        return self.pack.place_words if self.pack else ()

    @property
    def elsewhere_words(self) -> Words:
        """Words before a place where an event is not: "om Bergen", "nær Bergen"."""
        return self.pack.elsewhere_words if self.pack else ()

    @property
    def origin_words(self) -> Words:
        """Return the words between somebody's name and the body that they come from."""
        return self.pack.origin_words if self.pack else ()

    @property
    def online_words(self) -> Words:
        """The words that say that something is held on line."""
        return self.pack.online if self.pack else ()

    @property
    def publication_words(self) -> Words:
        """Return the words before the day on which a page was published."""
        return self.pack.publication if self.pack else ()

    def date_phrases(self, words: str) -> list[DatePhrase]:
        """Return each phrase of these words that tells a time by the calendar, with what it can mean."""
        return self._dates.phrases(words)

    def unchecked(self) -> str | None:
        """Return what could not be checked on a page in this language, in one sentence; None where all of it was."""
        if self.has_pack:
            return None
        return (
            f"there is no pack for the language {self.code!r}: words of roles, statuses, times and open lists were not"
            f" looked for; a pack is a file graph/sources/languages/{self.code}.yaml"
        )

    def passages(self, text: str) -> Passages:
        """Return a text cut into sentences as the language does."""
        return passages(text, sentence_rules(self.pack))

    def words_of(self, scheme: str, name: str, near: str = "") -> tuple[str, ...]:
        """Return some words of this language that express a concept, for messages; those like a word of ``near`` first.

        Words are alike by the letters with which they begin: "åpna" and "åpnet".
        """
        concept = self._vocabulary[scheme][name]
        words = dict.fromkeys((*concept.hidden(self.code), *concept.cues(self.code)))
        others = {word.casefold() for word in near.split()}
        return tuple(sorted(words, key=lambda word: -_alike(word, others)))[:6]

    def names(self, page: Passages, index: Index) -> list[Mention]:
        """Return every name of an index in the page, with or without a genitive, and no caption such as "Stad:"."""
        found = mentions(page, index, self.genitive_endings)
        captions = self.pack.captions if self.pack else ()
        return [name for name in found if not _is_caption(name, page.original, captions)] if captions else found

    def cues(self, page: Passages) -> list[Mention]:
        """Return every word that expresses a role, an attendance or an open list; only sure ones require a claim."""
        return cues_in(page, self._cues)

    def lists(self, page: Passages) -> list[ListOf]:
        """Return the lists of names under headings such as "Til stede:"."""
        return list(lists_in(page, self.cues(page)))

    def statuses(self, page: Passages) -> list[Mention]:
        """Return every passage that expresses a status; those that are not sure never contradict an entry."""
        endings = self.pack.event_endings if self.pack else ()

        def meant(mention: Mention) -> frozenset[str]:
            framed = (each.partition("|") for each in mention.meanings)
            return frozenset(status for status, _, frame in framed if in_frame(page, mention, frame, endings))

        weak = (
            Mention(each.start, each.end, frozenset({status}), sure=False)
            for each in mentions(page, self._weak_statuses, meant=meant)
            for status in sorted(each.meanings)
        )
        return sorted([*statuses(page, self._statuses), *weak], key=attrgetter("start"))

    def alternatives(self, page: Passages, names: list[Mention], cues: list[Mention]) -> list[Choice]:
        """Return every choice between names: "A og/eller B"."""
        if self.pack is None:
            return alternatives(page, names, cues, ())
        verbs = self.pack.verbs
        return alternatives(page, names, cues, self.pack.name_joiners, (*verbs.exclusions, *verbs.negations))

    def online(self, page: Passages) -> list[Mention]:
        """Return the words that say that something is held on line."""
        return mentions(page, self._online)

    def access_words(self, public: str) -> Words:
        """Return the words that say that an event is open to everybody (``true``) or closed (``false``)."""
        return () if self.pack is None else self.pack.open if public == "true" else self.pack.closed

    def access(self, page: Passages) -> list[Mention]:
        """Return the words that say whether an event is open to everybody: what they mean is ``true`` or ``false``."""
        return mentions(page, self._access)

    def dates(self, page: Passages) -> Iterator[Mention]:
        """Yield every phrase of the page that tells a time by the calendar."""
        for start, end in self._dates.in_text(page.folded.text):
            yield Mention(*original_span(page, start, end), frozenset())

    def relative_times(self, page: Passages) -> Iterator[Mention]:
        """Yield every phrase of the page that tells a time from the day of its publication.

        The weekday of a date ("torsdag 8. desember") is a part of that date.
        """
        text = page.folded.text
        dates = self._dates.in_text(text)
        weekdays = {start for span in dates if (start := self._dates.with_weekday(text, *span)[0]) < span[0]}
        for start, end in self._relative.in_text(text):
            if start not in weekdays:
                yield Mention(*original_span(page, start, end), frozenset(), sure=False)

    def times_of_day(self, page: Passages) -> list[TimeOfDay]:
        """Return every time of day: "kl. 10.00–12.30"."""
        return times_of_day(page, self._clock)

    def with_weekday(self, page: Passages, start: int, end: int) -> str:
        """Return the words of a date in the page with the weekday before it, to be resolved or held against a value."""
        begin, _ = self._dates.with_weekday(page.original, start, end)
        return words_at(page, begin, end)

    def tells_no_time(self, words: str) -> bool:
        """Return whether no word or number of these may tell a time; False without a pack, as nothing is known then."""
        page = self.passages(words)
        tells = any(map(str.isdigit, words)) or any(self.dates(page)) or any(self.relative_times(page))
        return self.has_pack and not tells

    def with_beside(self, page: Passages, start: int, end: int) -> str:
        """Return the words of a date in the page with those before it that say it is not the date: "før 3. mars"."""
        begin, _ = self._dates.with_beside(page.original, start, end)
        return words_at(page, begin, end)

    def resolve(self, as_written: str, published: Bounds, status: str | None = None) -> list[Resolved]:
        """Return the values of words that do not say their time whole, on a page of that day; the likeliest first.

        ``status`` is the name of the event's status, such as ``planned``. The list is empty where nothing fits, such as
        a weekday that the date has in no year near, and for words that say their year.
        """
        return self._relative.resolve(as_written, published, status)

    def conflicts(
        self, as_written: str, edtf: str, published: Bounds | None = None, status: str | None = None
    ) -> str | None:
        """Return how a value disagrees with the words of the page, or None where they can mean the same.

        With the day of publication, words that leave the year out must mean the value on a page of that day. Raise
        ValueError where the value is no EDTF.
        """
        return self._dates.conflicts(as_written, edtf) or (
            self._relative.conflicts(as_written, edtf, published, status) if published else None
        )

    def is_narrower(
        self,
        as_written: str,
        edtf: str,
        convention: str | None = None,
        published: Bounds | None = None,
        status: str | None = None,
    ) -> str | None:
        """Return how the value says more than the words do, or None.

        With the day of publication, words that are counted from it ("i forrige uke") are held against the value too.
        """
        return self._dates.is_narrower(as_written, edtf, convention) or (
            self._relative.is_narrower(as_written, edtf, published, status) if published else None
        )


def _alike(word: str, others: Iterable[str]) -> int:
    """Return with how many letters of a word another one begins, too; fewer than three tell nothing."""
    name = word.casefold()
    most = max((sum(accumulate(map(eq, name, other), mul)) for other in others), default=0)
    return most if most > MOST_IN_COMMON_BY_CHANCE else 0


@cache
def pack_words(pack: Pack) -> frozenset[str]:
    """Return every word of a pack, those of its phrases one by one; those that only tell the language are names too."""
    return frozenset(_words_in(pack.model_dump(exclude={"telling", "publication", "proposing"})))


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words_in(each)


@cache
def sentence_rules(pack: Pack | None) -> SentenceRules:
    """Return where a full stop ends no sentence."""
    own = pack.sentences if pack else None
    return SentenceRules(own.abbreviations, own.ordinal_dot, own.numbered) if own else SentenceRules()


def passages_of(text: str, language: str) -> Passages:
    """Return a text of a language cut into sentences, where nothing else of the language is needed."""
    return passages(text, sentence_rules(pack_of(language)))


def _is_caption(name: Mention, text: str, captions: Words) -> bool:
    """Return whether a name is one of the words that only caption what follows the colon after them."""
    return text[name.start : name.end].casefold() in captions and text[name.end : name.end + 1] == ":"


def _status_words(pack: Pack | None, vocabulary: Vocabulary) -> tuple[StatusVerbs, Index]:
    """Return the verbs and words that tell a status, and those that only may."""
    if pack is None:
        return StatusVerbs({}), {}
    frames = framed_words(pack, "status")
    words = [(word, each.id) for each in vocabulary["status"].values() for word in each.cues(pack.language)]
    weak = [(word, f"{id}|{frame}") for word, id in words for frame in frames.get((id, word), ())]
    sure = [(word, id) for word, id in words if (id, word) not in frames]
    return status_verbs(pack, sure), index_of(weak)
