"""Search the names of everything: people, bodies, meetings, places, topics, sources, questions, and what else has one.

Names are folded as ``ask`` folds those of parameters: without case and accents, with å as aa or a, ø as oe or o, and æ
as ae. A name is found by the whole of it, its start, the starts of its words, its initials, some letters of it, or
letters nearly the same; an id (``1103``) by itself. A meeting is found by its place and its year as well. The better
match goes first, then what has to do with more meetings, then the alphabet.

The index is made once; a search looks at no more names than can match, but for letters inside of words and for typing
errors, where all names are looked at by code in C.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from math import ceil, floor

from graph.common.collation import collation_key
from graph.common.names import fold_name
from graph.query.entries import KINDS, Entry
from graph.query.listing import Listing, MemoryListing

# More of a query is not read: no name is so long, and nobody means so many words.
MAX_LETTERS, MAX_WORDS = 200, 12
# Letters inside of words say nothing where they are fewer, and neither do errors in words as short.
MIN_LETTERS_INSIDE, MIN_LETTERS_OF_NEAR = 3, 3
_MIN_SIMILARITY = 0.72
# What is much less like the query than the most similar one was not meant.
ABOUT_AS_NEAR = 0.1
# So much less likely is an entity of another kind than the one that was looked for.
OF_ANOTHER_KIND = 0.15
MAX_NEAR = 10
# Words of all names that one word of a query may have been meant as.
MAX_NEAR_WORDS = 40
_MAX_INITIALS = 6
# A word of more entities than these says little about which is meant.
MAX_OWNERS = 2_000


class Rank(IntEnum):
    """How well a name matches: the smaller, the better."""

    EXACT = 0
    START = 1
    WORDS = 2
    PLACE_OR_YEAR = 3
    INSIDE = 4
    NEAR = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that is found, the name that matches best, and how well it does."""

    entry: Entry
    name: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class Matches:
    """What is found: the first of each kind, and how many there are of each; kinds without any are left out.

    Where nothing matches but for typing errors, all of them are ``near``.
    """

    matches: Mapping[str, tuple[Match, ...]]
    counts: Mapping[str, int]
    near: bool = False

    @property
    def total(self) -> int:
        """Return how many are found of all kinds."""
        return sum(self.counts.values())


class SearchIndex:
    """Entries made ready to be searched; the first are those with most meetings, then the newest, then the alphabet."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries in any order, each entity once."""
        self.entries = sorted(entries, key=lambda entry: (collation_key(*entry.label("nb")), entry.iri))
        self.entries.sort(key=lambda entry: (entry.meetings, max(entry.days, default="")), reverse=True)
        self.by_iri = {entry.iri: entry for entry in self.entries}
        self._names = [folded_names(entry) for entry in self.entries]
        words: dict[str, array[int]] = defaultdict(lambda: array("I"))
        initials: dict[str, array[int]] = defaultdict(lambda: array("I"))
        ids: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, (entry, names) in enumerate(zip(self.entries, self._names, strict=True)):
            split = [name.split() for name in names]
            for word in {*chain(*split), *chain(*(fold_name(text).split() for text in entry.context))}:
                words[word].append(number)
            for first in initials_of(names):
                initials[first].append(number)
            for id in ids_of(entry):
                ids[id].append(number)
        self._initials, self._ids = dict(initials), dict(ids)
        self._words = sorted(words)
        self._with_word = [words[word] for word in self._words]
        # All names one after the other, so that one look finds letters in any of them.
        self._whole = [name for names in self._names for name in names]
        self._owners = array("I", (number for number, names in enumerate(self._names) for _ in names))
        self._text = "\n".join(self._whole)
        self._starts = array("I")
        position = 0
        for name in self._whole:
            self._starts.append(position)
            position += len(name) + 1

    def search(self, query: str, kind: str | None = None, first: int = 0, most: int = 10) -> Matches:
        """Return what a query finds, of one kind or of all; of each kind from the first to ``most`` more."""
        folded = " ".join(words_of_query(query))
        ranks = self._ids_of(query)
        if folded:
            ranks = self._starting(folded) | ranks
        if len(folded) >= MIN_LETTERS_INSIDE:
            for number in self._inside(folded):
                ranks.setdefault(number, Rank.INSIDE)
        if kind is not None:
            ranks = {number: rank for number, rank in ranks.items() if self.entries[number].kind == kind}
        if ranks or not folded:
            return self._grouped(ranks, folded, first, most)
        near = self._near(folded, kind)
        return self._grouped(dict.fromkeys(near, Rank.NEAR), folded, first, most, near)

    def listing(self, kind: str, sort: str, lang: str) -> Listing:
        """Return the list of a kind, in an order, as a reader of a language sees it."""
        return _listing(self, kind, sort, lang)

    def sharing_words(self, query: str, kinds: Collection[str], most: int) -> list[Entry]:
        """Return entities of these kinds that have some words of a query in a name, those with rarer ones first."""
        weights: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words_of_query(query)):
            place = bisect_left(self._words, word)
            if place < len(self._words) and self._words[place] == word:
                owners = self._with_word[place]
                for number in owners if len(owners) <= MAX_OWNERS else ():
                    weights[number] += 1 / len(owners)
        fitting = (number for number in weights if self.entries[number].kind in kinds)
        best = nsmallest(most, fitting, key=lambda number: (-weights[number], number))
        return [self.entries[number] for number in best]

    def near(self, text: str, kind: str | None = None) -> list[Match]:
        """Return what somebody can have meant by a name or an id that nothing has, the most likely first.

        ``kind`` is the one that was looked for: of the same likeness it goes first.
        """
        folded = fold_name(text.replace("-", " ").replace(".", " ")[:MAX_LETTERS])
        found: dict[int, float] = {}
        for number, rank in (self._ids_of(text) | (self._starting(folded) if folded else {})).items():
            found[number] = 0.1 * rank
        starting = found.copy()
        for number, distance in chain(self._near(folded, None).items(), self._near_ids(text.casefold()).items()):
            if number not in starting:
                found[number] = min(distance, found.get(number, distance))
        if len(folded) >= MIN_LETTERS_INSIDE and len(found) < MAX_NEAR:
            found |= {number: 1.0 for number in self._inside(folded) if number not in found}

        def badness(number: int) -> tuple[float, int]:
            return found[number] + (OF_ANOTHER_KIND if kind not in (None, self.entries[number].kind) else 0), number

        return [self._match(number, Rank.NEAR, folded) for number in nsmallest(MAX_NEAR, found, key=badness)]

    def _ids_of(self, query: str) -> dict[int, Rank]:
        """Return the entities whose id this is: the end of an IRI, a path, a compact name or a local name."""
        text, local, end = parts_of_id(query)
        whole = self._ids.get(text, ())
        named = self._ids.get(local, ()) if local and len(query) <= MAX_LETTERS else ()
        fitting = (number for number in named if f"/{self.entries[number].iri.casefold()}".endswith(end))
        return dict.fromkeys(chain(whole, fitting), Rank.EXACT)

    def _starting(self, folded: str) -> dict[int, Rank]:
        """Return the entities with words that start as those of the query, with how well they match."""
        words = folded.split()
        sets = sorted((self._with_start(word) for word in words), key=len)
        found = set.intersection(*sets)
        ranks = {number: self._rank(number, folded, words) for number in found}
        for number in self._initials.get("".join(words) if all(len(word) == 1 for word in words) else folded, ()):
            ranks[number] = min(Rank.WORDS, ranks.get(number, Rank.WORDS))
        return ranks

    def _with_start(self, word: str) -> set[int]:
        """Return the entities with a word, in a name or in what goes with it, that starts like this."""
        low, high = bisect_left(self._words, word), bisect_right(self._words, f"{word}\U0010ffff")
        return set(chain.from_iterable(self._with_word[low:high]))

    def _rank(self, number: int, folded: str, words: Sequence[str]) -> Rank:
        names = self._names[number]
        if folded in names:
            return Rank.EXACT
        if any(name.startswith(folded) for name in names):
            return Rank.START
        if any(all(f" {word}" in f" {name}" for word in words) for name in names):
            return Rank.WORDS
        return Rank.PLACE_OR_YEAR

    def _inside(self, folded: str) -> Iterator[int]:
        """Yield the entities with a name that contains the letters of the query."""
        position = self._text.find(folded)
        while position >= 0:
            place = bisect_right(self._starts, position) - 1
            yield self._owners[place]
            end = self._starts[place] + len(self._whole[place])
            position = self._text.find(folded, end)

    def _near(self, folded: str, kind: str | None) -> dict[int, float]:
        """Return the entities whose names are nearly the query, with the share of letters that differ."""
        # A number that differs in a figure is another one.
        if len(folded) < MIN_LETTERS_OF_NEAR or folded.isdecimal():
            return {}
        found = self._near_by_words(folded.split())
        for number, distance in self._near_as_a_whole(folded):
            found[number] = min(distance, found.get(number, distance))
        if kind is not None:
            found = {number: distance for number, distance in found.items() if self.entries[number].kind == kind}
        best = nsmallest(MAX_NEAR, found, key=lambda number: (found[number], number))
        return {number: found[number] for number in best if found[number] <= found[best[0]] + ABOUT_AS_NEAR}

    def _near_by_words(self, words: Sequence[str]) -> dict[int, float]:
        """Return the entities that have a word like each of these, with the share of letters that differ."""
        letters = sum(map(len, words))
        found: dict[int, int] | None = None
        for word in words:
            here = dict.fromkeys(self._with_start(word), 0)
            for _, errors, place in near_words(word, self._words):
                for number in self._with_word[place]:
                    here[number] = min(errors, here.get(number, errors))
            found = here if found is None else {each: found[each] + here[each] for each in found.keys() & here.keys()}
        return {number: errors / letters for number, errors in (found or {}).items()}

    def _near_as_a_whole(self, folded: str) -> Iterator[tuple[int, float]]:
        """Yield the entities with a name like the whole query: words run together, or in parts."""
        for _, similarity, place in similar_texts(folded, self._whole, MAX_NEAR_WORDS):
            yield self._owners[place], 1 - similarity

    def _near_ids(self, text: str) -> dict[int, float]:
        """Return the entities whose ids are nearly this, with the share of letters that differ."""
        if text.isdecimal():
            return {}
        near = similar_texts(text[:MAX_LETTERS], self._ids.keys(), MAX_NEAR)
        return {number: 1 - similarity for id, similarity, _ in near for number in self._ids[id]}

    def _grouped(
        self,
        ranks: Mapping[int, Rank],
        folded: str,
        first: int,
        most: int,
        distances: Mapping[int, float] | None = None,
    ) -> Matches:
        """Return the matches by kind, in order."""
        order = distances or {}
        by_kind: dict[str, list[int]] = {}
        for number in ranks:
            by_kind.setdefault(self.entries[number].kind, []).append(number)
        matches = {}
        for kind in KINDS:
            if kind in by_kind:
                best = nsmallest(
                    first + most, by_kind[kind], key=lambda number: (ranks[number], order.get(number, 0), number)
                )
                matches[kind] = tuple(self._match(number, ranks[number], folded) for number in best[first:])
        return Matches(matches, {kind: len(by_kind[kind]) for kind in matches}, distances is not None)

    def _match(self, number: int, rank: Rank, folded: str) -> Match:
        return match_of(self.entries[number], rank, folded)


# Each order in each language; a worker has one store for all its life.
@lru_cache(maxsize=32)
def _listing(index: SearchIndex, kind: str, sort: str, lang: str) -> Listing:
    return MemoryListing(index.entries, kind, sort, lang)


def match_of(entry: Entry, rank: Rank, folded: str) -> Match:
    """Return an entity that is found, with the name that matches best."""
    best = _nearest_name if rank == Rank.NEAR else _best_name
    return Match(entry, best(entry.all_names, folded), rank)


def words_of_query(query: str) -> list[str]:
    """Return the words of a query as they are compared; of a longer one the first."""
    return fold_name(query[:MAX_LETTERS]).split()[:MAX_WORDS]


def folded_names(entry: Entry) -> tuple[str, ...]:
    """Return the names of an entity as they are compared."""
    return tuple(dict.fromkeys(map(fold_name, entry.all_names)))


def parts_of_id(query: str) -> tuple[str, str, str]:
    """Return an id as it is compared, its local name where it is a path, and how an IRI of that path ends."""
    text = query.strip().removeprefix("<").removesuffix(">").casefold()
    path = text.rstrip("/").replace(":", "/")
    _folder, slash, local = path.rpartition("/")
    # What stands before a local name names the kind.
    return text, local if slash else "", f"/{path.rpartition('//')[2].lstrip('/')}"


def near_words(word: str, words: list[str]) -> list[tuple[str, int, int]]:
    """Return the words that one can have been meant as, with the number of errors and their places."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    errors = _allowed_errors(word)
    if not errors:
        return []
    near = extract(word, words, scorer=OSA.distance, score_cutoff=errors, limit=MAX_NEAR_WORDS)
    return [(other, int(distance), place) for other, distance, place in near]


def similar_texts(text: str, texts: Iterable[str], most: int | None) -> list[tuple[str, float, int]]:
    """Return the texts that are most like one, with the share of letters that are the same and their places."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    return extract(text, texts, scorer=OSA.normalized_similarity, score_cutoff=_MIN_SIMILARITY, limit=most)


def lengths_like(text: str) -> tuple[int, int]:
    """Return between which numbers of letters texts have that are like one."""
    return floor(len(text) * _MIN_SIMILARITY), ceil(len(text) / _MIN_SIMILARITY)


def initials_of(names: Iterable[str]) -> set[str]:
    """Return the initials of names of several words."""
    split = (name.split() for name in names)
    return {"".join(word[0] for word in words) for words in split if 1 < len(words) <= _MAX_INITIALS}


def ids_of(entry: Entry) -> list[str]:
    """Return the ids of an entity as they are compared; the end of its IRI is one."""
    return sorted({id.casefold() for id in (_local_name(entry.iri), *entry.ids)})


def _best_name(names: Sequence[str], folded: str) -> str:
    """Return the first of the names that match best."""
    words = folded.split()

    def badness(name: str) -> int:
        plain = fold_name(name)
        if plain == folded:
            return 0
        if plain.startswith(folded):
            return 1
        if all(f" {word}" in f" {plain}" for word in words):
            return 2
        return 3 if folded in plain else 4

    return min(names, key=badness)


def _nearest_name(names: Sequence[str], folded: str) -> str:
    """Return the name that is most similar, in a word of it and then as a whole."""
    from rapidfuzz.distance import OSA

    def distance(name: str) -> tuple[float, float]:
        plain = fold_name(name)
        whole = OSA.normalized_distance(folded, plain)
        return min((OSA.normalized_distance(folded, word) for word in plain.split()), default=whole), whole

    return min(names, key=distance)


def _allowed_errors(word: str) -> int:
    """Return in how many letters a word may differ from the one that was meant."""
    return 0 if len(word) < MIN_LETTERS_OF_NEAR else 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def _local_name(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
