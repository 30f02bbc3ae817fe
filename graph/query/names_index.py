"""Search a file of names: the same answers as ``SearchIndex`` gives, of as many entities as there are.

What a search finds are sets of numbers, one for each rank; they are made of the sets of words that the file has, and
only of what is shown the entities are read.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, islice
from pathlib import Path

from graph.common.bitsets import bits_of, has, intersection, numbers_in, union, unpack
from graph.common.names import fold_name
from graph.query import search
from graph.query.entries import KINDS, Entry, entry_from_json
from graph.query.listing import Listing
from graph.query.names_file import CONTEXT, FIRST_WORD, INITIALS, encodable, entry_at, open_names
from graph.query.names_listing import StoredListing
from graph.query.search import MAX_LETTERS, MAX_NEAR, Match, Matches, Rank, SearchIndex

_LAST = "\U0010ffff"
# So many names, or ids, are compared at once.
_COMPARED = 50_000
# Names of the lists in each order that are kept ready.
_KEPT = 16
Levels = dict[Rank, int]


class StoredIndex:
    """The names in a file, searched as those of ``SearchIndex`` are."""

    def __init__(self, file: Path) -> None:
        """Open a file of names. Raise OSError or sqlite3.Error where it cannot be read."""
        self._db = open_names(file)
        self._kinds = {kind: unpack([owners]) for kind, owners in self._db.execute("SELECT kind, owners FROM kind")}
        self._lengths = [letters for (letters,) in self._db.execute("SELECT DISTINCT letters FROM name")]
        self._vocabulary: list[str] | None = None
        self.by_iri = _ByIri(self)
        self.entries = _Entries(self)
        self.listing = lru_cache(maxsize=_KEPT)(self._listing)

    def search(self, query: str, kind: str | None = None, first: int = 0, most: int = 10) -> Matches:
        """Return what a query finds, of one kind or of all; of each kind from the first to ``most`` more."""
        query = encodable(query)
        folded = " ".join(search.words_of_query(query))
        levels: Levels = {Rank.EXACT: bits_of(self._ids_of(query))}
        if folded:
            levels = _ranked(self._starting(folded), levels)
        if len(folded) >= search.MIN_LETTERS_INSIDE:
            levels = _ranked(levels, {Rank.INSIDE: self._inside(folded, union(levels.values()))})
        if kind is not None:
            levels = {rank: bits & self._kinds.get(kind, 0) for rank, bits in levels.items()}
        if union(levels.values()) or not folded:
            return self._grouped(levels, folded, first, most)
        near = self._near(folded, kind)
        matches: dict[str, tuple[Match, ...]] = {}
        counts: dict[str, int] = {}
        for each in KINDS:
            own = [number for number in near if has(self._kinds.get(each, 0), number)]
            if own:
                best = sorted(own, key=lambda number: (near[number], number))[first : first + most]
                matches[each] = tuple(self._match(number, Rank.NEAR, folded) for number in best)
                counts[each] = len(own)
        return Matches(matches, counts, True)

    def sharing_words(self, query: str, kinds: Collection[str], most: int) -> list[Entry]:
        """Return entities of these kinds that have some words of a query in a name, those with rarer ones first."""
        weights: dict[int, float] = {}
        for word in dict.fromkeys(search.words_of_query(encodable(query))):
            owners = self._with_word(word)
            count = owners.bit_count()
            for number in numbers_in(owners) if count <= search.MAX_OWNERS else ():
                weights[number] = weights.get(number, 0.0) + 1 / count
        wanted = self._of_kinds(kinds)
        fitting = (number for number in weights if has(wanted, number))
        best = nsmallest(most, fitting, key=lambda number: (-weights[number], number))
        return [self.entry(number) for number in best]

    def near(self, text: str, kind: str | None = None) -> list[Match]:
        """Return what somebody can have meant by a name or an id that nothing has, the most likely first.

        ``kind`` is the one that was looked for: of the same likeness it goes first.
        """
        text = encodable(text)
        folded = fold_name(text.replace("-", " ").replace(".", " ")[:MAX_LETTERS])
        levels = self._starting(folded) if folded else {}
        # Here the rank of a name goes before that of an id.
        levels[Rank.EXACT] = levels.get(Rank.EXACT, 0) | bits_of(self._ids_of(text)) & ~union(levels.values())
        starting = union(levels.values())
        own_kind = self._kinds.get(kind, 0) if kind is not None else starting
        found: dict[int, float] = {}
        for rank, bits in levels.items():
            # No more of a rank are among the best, whether they are of the kind or not.
            for number in chain(_first(bits & own_kind), _first(bits & ~own_kind)):
                found[number] = 0.1 * rank
        count = starting.bit_count()
        for number, distance in chain(self._near(folded, None).items(), self._near_ids(text.casefold()).items()):
            if not has(starting, number):
                count += number not in found
                found[number] = min(distance, found.get(number, distance))
        if len(folded) >= search.MIN_LETTERS_INSIDE and count < MAX_NEAR:
            inside = self._inside(folded, starting)
            of_kind = self._kinds.get(kind, 0) if kind is not None else inside
            taken = bits_of(found)
            for number in chain(_first(inside & of_kind & ~taken), _first(inside & ~of_kind & ~taken)):
                found[number] = 1.0

        def badness(number: int) -> tuple[float, int]:
            other = kind is not None and not has(self._kinds.get(kind, 0), number)
            return found[number] + (search.OF_ANOTHER_KIND if other else 0), number

        return [self._match(number, Rank.NEAR, folded) for number in nsmallest(MAX_NEAR, found, key=badness)]

    def entry(self, number: int) -> Entry:
        """Return the entity with a number."""
        return entry_at(self._db, number)

    def entry_of(self, iri: str) -> Entry | None:
        """Return the entity with an IRI."""
        row = self._db.execute("SELECT data FROM entry WHERE iri = ?", (encodable(iri),)).fetchone()
        return entry_from_json(row[0]) if row else None

    def all_entries(self) -> Iterator[Entry]:
        """Yield all entities in order."""
        for (data,) in self._db.execute("SELECT data FROM entry ORDER BY number"):
            yield entry_from_json(data)

    def _listing(self, kind: str, sort: str, lang: str) -> Listing:
        """Return a list in an order."""
        return StoredListing(self._db, kind, sort, lang)

    def _of_kinds(self, kinds: Iterable[str]) -> int:
        return union(self._kinds.get(kind, 0) for kind in kinds)

    def _owners(self, id: str) -> list[int]:
        return [number for (number,) in self._db.execute("SELECT number FROM id WHERE id = ?", (id,))]

    def _ids_of(self, query: str) -> set[int]:
        """Return the entities whose id this is: the end of an IRI, a path, a compact name or a local name."""
        text, local, end = search.parts_of_id(query)
        named = self._owners(local) if local and len(query) <= MAX_LETTERS else ()
        fitting = (number for number in named if f"/{self.entry(number).iri.casefold()}".endswith(end))
        return {*self._owners(text), *fitting}

    def _starting(self, folded: str) -> Levels:
        """Return the entities with words that start as those of the query, with how well they match."""
        words = folded.split()
        slots = [self._slots(word) for word in words]
        every = intersection(union(each.values()) for each in slots)
        in_one_name = 0
        for slot in set.intersection(*({slot for slot in each if slot != CONTEXT} for each in slots)):
            in_one_name |= intersection(each[slot] for each in slots)
        initials = "".join(words) if all(len(word) == 1 for word in words) else folded
        query = "SELECT owners FROM word WHERE word = ? AND slot = ?"
        with_initials = unpack(owners for (owners,) in self._db.execute(query, (initials, INITIALS)))
        query = "SELECT number FROM name WHERE letters = ? AND folded = ?"
        exact = bits_of(number for (number,) in self._db.execute(query, (len(folded), folded)))
        return _ranked(
            {Rank.EXACT: exact},
            {Rank.START: self._at_start(folded, words)},
            {Rank.WORDS: in_one_name | with_initials},
            {Rank.PLACE_OR_YEAR: every},
        )

    def _at_start(self, folded: str, words: Sequence[str]) -> int:
        """Return the entities with a name that starts like this."""
        if len(words) == 1:
            query = "SELECT owners FROM word WHERE word >= ? AND word < ? AND slot = ?"
            return unpack(owners for (owners,) in self._db.execute(query, (folded, folded + _LAST, FIRST_WORD)))
        query = "SELECT number FROM name WHERE letters = ? AND folded >= ? AND folded < ?"
        lengths = self._lengths[bisect_left(self._lengths, len(folded)) :]
        rows = (self._db.execute(query, (letters, folded, folded + _LAST)) for letters in lengths)
        return bits_of(number for (number,) in chain.from_iterable(rows))

    def _slots(self, word: str) -> dict[int, int]:
        """Return the entities with a word, in a name or in what goes with it, that starts like this, by its slot."""
        query = "SELECT slot, owners FROM word WHERE word >= ? AND word < ? AND slot >= ?"
        return _by_slot(self._db.execute(query, (word, word + _LAST, CONTEXT)))

    def _with_word(self, word: str) -> int:
        """Return the entities with this word, in a name or in what goes with it."""
        query = "SELECT owners FROM word WHERE word = ? AND slot >= ?"
        return unpack(owners for (owners,) in self._db.execute(query, (word, CONTEXT)))

    def _words(self) -> list[str]:
        """Return all words, in order."""
        if self._vocabulary is None:
            query = "SELECT DISTINCT word FROM word WHERE slot >= ? ORDER BY word"
            self._vocabulary = [word for (word,) in self._db.execute(query, (CONTEXT,))]
        return self._vocabulary

    def _slots_of(self, words: Iterable[str]) -> dict[int, int]:
        """Return the entities with one of these words, by the slot of it in their names."""
        query = "SELECT slot, owners FROM word WHERE word = ? AND slot >= 0"
        return _by_slot(chain.from_iterable(self._db.execute(query, (word,)) for word in words))

    def _inside(self, folded: str, known: int) -> int:
        """Return the entities with a name that contains the letters of the query, but for those that are known."""
        first, *middle = folded.split()
        if not middle:
            containing = (word for word in self._words() if folded in word)
            return union(self._slots_of(containing).values()) & ~known
        last = middle.pop()
        ends = self._slots_of(word for word in self._words() if word.endswith(first))
        within = [ends, *(self._slots_of([word]) for word in middle), self._slots(last)]
        candidates = 0
        for slot in set.intersection(*map(set, within)):
            candidates |= intersection(each[slot] for each in within)
        numbers = numbers_in(candidates & ~known)
        return bits_of(n for n in numbers if any(folded in name for name in search.folded_names(self.entry(n))))

    def _near(self, folded: str, kind: str | None) -> dict[int, float]:
        """Return the entities whose names are nearly the query, with the share of letters that differ."""
        # A number that differs in a figure is another one.
        if len(folded) < search.MIN_LETTERS_OF_NEAR or folded.isdecimal():
            return {}
        wanted = self._kinds.get(kind, 0) if kind is not None else -1
        levels = {share: bits & wanted for share, bits in self._near_by_words(folded.split()).items()}
        # No more of each are among the best.
        found = {number: share for share, bits in levels.items() for number in _first(bits)}
        for number, distance in self._near_as_a_whole(folded):
            if has(wanted, number):
                by_words = (share for share, bits in levels.items() if has(bits, number))
                found[number] = min(distance, found.get(number, distance), *by_words)
        best = nsmallest(MAX_NEAR, found, key=lambda number: (found[number], number))
        most = found[best[0]] + search.ABOUT_AS_NEAR if best else 0
        return {number: found[number] for number in best if found[number] <= most}

    def _near_by_words(self, words: Sequence[str]) -> dict[float, int]:
        """Return the entities that have a word like each of these, by the share of letters that differ."""
        letters = sum(map(len, words))
        found: dict[int, int] = {0: -1}
        for word in words:
            here = {0: union(self._slots(word).values())}
            for other, errors, _ in search.near_words(word, self._words()):
                here[errors] = here.get(errors, 0) | self._with_word(other)
            both: dict[int, int] = {}
            for before, bits in found.items():
                for errors, own in here.items():
                    both[before + errors] = both.get(before + errors, 0) | bits & own
            found = both
        known = 0
        fewest: dict[float, int] = {}
        for errors in sorted(found):
            fewest[errors / letters] = found[errors] & ~known
            known |= found[errors]
        return fewest

    def _near_as_a_whole(self, folded: str) -> Iterator[tuple[int, float]]:
        """Yield the entities with a name like the whole query: words run together, or in parts."""
        low, high = search.lengths_like(folded)
        rows = self._db.execute("SELECT number, folded FROM name WHERE letters BETWEEN ? AND ?", (low, high))
        for number, distance, _ in _most_similar(rows, folded, search.MAX_NEAR_WORDS):
            yield number, distance

    def _near_ids(self, text: str) -> dict[int, float]:
        """Return the entities whose ids are nearly this, with the share of letters that differ."""
        if text.isdecimal():
            return {}
        text = text[:MAX_LETTERS]
        low, high = search.lengths_like(text)
        query = "SELECT min(number), id FROM id WHERE length(id) BETWEEN ? AND ? GROUP BY id"
        near = _most_similar(self._db.execute(query, (low, high)), text, MAX_NEAR)
        return {number: distance for _, distance, id in near for number in self._owners(id)}

    def _grouped(self, levels: Mapping[Rank, int], folded: str, first: int, most: int) -> Matches:
        """Return the matches by kind, in order."""
        matches, counts = {}, {}
        for kind in KINDS:
            own = {rank: bits & self._kinds.get(kind, 0) for rank, bits in sorted(levels.items())}
            count = sum(bits.bit_count() for bits in own.values())
            if count:
                ordered = ((number, rank) for rank, bits in own.items() for number in numbers_in(bits))
                shown = islice(ordered, first, first + most) if most else ()
                matches[kind] = tuple(self._match(number, rank, folded) for number, rank in shown)
                counts[kind] = count
        return Matches(matches, counts)

    def _match(self, number: int, rank: Rank, folded: str) -> Match:
        return search.match_of(self.entry(number), rank, folded)


class _ByIri(Mapping[str, Entry]):
    """The entities of an index by their IRIs."""

    def __init__(self, index: StoredIndex) -> None:
        self._index = index

    def __getitem__(self, iri: str) -> Entry:
        entry = self._index.entry_of(iri)
        if entry is None:
            raise KeyError(iri)
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.iri for entry in self._index.all_entries())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Entries:
    """The entities of an index, read when they are asked for."""

    def __init__(self, index: StoredIndex) -> None:
        self._index = index

    def __iter__(self) -> Iterator[Entry]:
        return self._index.all_entries()


def _ranked(*several: Levels) -> Levels:
    """Return each entity in its best rank only, of the first levels that have it."""
    levels: Levels = {}
    for rank in Rank:
        bits = union(each.get(rank, 0) for each in several) & ~union(levels.values())
        if bits:
            levels[rank] = bits
    return levels


def _by_slot(rows: Iterable[tuple[int, bytes]]) -> dict[int, int]:
    packed: dict[int, list[bytes]] = {}
    for slot, owners in rows:
        packed.setdefault(slot, []).append(owners)
    return {slot: unpack(several) for slot, several in packed.items()}


def _first(bits: int) -> Iterator[int]:
    return islice(numbers_in(bits), MAX_NEAR)


def _most_similar(rows: Iterable[tuple[int, str]], text: str, most: int) -> list[tuple[int, float, str]]:
    """Return whose text is most like this one, with the share of letters that differ, and the text."""
    best: list[tuple[float, int, str]] = []
    waiting = iter(rows)
    while several := [*islice(waiting, _COMPARED)]:
        near = search.similar_texts(text, [each for _, each in several], None)
        found = ((1 - similarity, *several[place]) for _, similarity, place in near)
        best = nsmallest(most, chain(best, found))
    return [(number, distance, each) for distance, number, each in best]


# What is asked for names: in memory, or in a file.
Index = SearchIndex | StoredIndex
