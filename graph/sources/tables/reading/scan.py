"""One pass over a register before it is read: which rows are equal, which share a key, which a newer release replaces.

Nothing is kept of a row but a digest, and in memory only eight bytes of that: a table in which some digest may occur
twice holds the few that may, and a second look finds those that do.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from graph.sources.tables.formats import Value
from graph.sources.tables.reading.view import KeyedRow

# Bits of the table of digests, one for each remainder: 16 MB, of which a million rows set one in a hundred.
_BITS = 1 << 27


class Repetitions:
    """Which of many digests occur more than once, each with the number of the thing that has it."""

    def __init__(self) -> None:
        self._digests, self._numbers = array("Q"), array("Q")
        self._bits = bytearray(_BITS >> 3)
        self._twice: set[int] = set()

    def add(self, digest: int, number: int) -> None:
        """Take the digest of one thing."""
        place = digest % _BITS
        byte, bit = place >> 3, 1 << (place & 7)
        if self._bits[byte] & bit:
            self._twice.add(place)
        else:
            self._bits[byte] |= bit
        self._digests.append(digest)
        self._numbers.append(number)

    def repeated(self, without: Container[int]) -> Iterator[tuple[int, int, int]]:
        """Yield each digest that came before, with the number that had it first and this one, in the order of adding.

        Numbers that are to be left out count as if they had not been added.
        """
        firsts: dict[int, int] = {}
        twice = self._twice
        for digest, number in zip(self._digests, self._numbers, strict=True):
            if digest % _BITS in twice and number not in without:
                first = firsts.setdefault(digest, number)
                if first != number:
                    yield digest, first, number


class Firsts:
    """Which earlier row each row repeats, by their numbers: in sixteen bytes a row, for there may be millions."""

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        """Take the numbers of the first row and of the one that repeats it, in the order of the latter."""
        self._rows, self._firsts = array("Q"), array("Q")
        for first, number in pairs:
            self._rows.append(number)
            self._firsts.append(first)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __contains__(self, number: int) -> bool:
        return self.get(number) is not None

    def get(self, number: int) -> int | None:
        """Return the first row that a row repeats; None where it repeats none."""
        place = bisect_left(self._rows, number)
        return self._firsts[place] if place < len(self._rows) and self._rows[place] == number else None

    def firsts(self) -> set[int]:
        """Return the rows that later ones repeat."""
        return set(self._firsts)


class Scan(NamedTuple):
    """What the rows of a register have to do with one another.

    ``repeats`` is the first equal row of each row that has one, ``shared`` the digests of keys that several rows have,
    ``replaced`` those rows of older releases whose key a newer one has, ``vanished`` the rows of older releases whose
    key the newest has no more. ``rows`` are how many each file has.
    """

    repeats: Firsts
    shared: frozenset[int]
    replaced: frozenset[int]
    vanished: tuple[int, ...]
    rows: Counter[int]


def digest_of(text: str) -> int:
    """Return eight bytes of the digest of a text, as a number."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def row_digest(row: KeyedRow, keys: frozenset[int]) -> int:
    """Return the digest of all that a row says, but for its key."""
    values: tuple[Value, ...] = row.values
    if row.fills:
        filled = {column: value for column, _, value in row.fills}
        values = tuple(filled.get(column, value) for column, value in enumerate(values))
    rest = [value for column, value in enumerate(values) if column not in keys]
    # A text is parted from the next by a sign that none has, and a number is told from its text.
    return digest_of("\x1f".join(each if type(each) is str else f"\x1e{each!r}" for each in rest))


def scan(rows: Iterable[tuple[KeyedRow, frozenset[int]]], releases: dict[int, int] | None) -> Scan:
    """Look through the rows of a register, each with the columns of its key.

    ``releases`` is the place of each file in the order of releases, by the number of the file; None where the files are
    no versions of one table.
    """
    equal, keys = Repetitions(), Repetitions()
    newest: dict[int, int] = {}
    older: list[tuple[int, int, int]] = []
    last = max(releases.values()) if releases else 0
    counts: Counter[int] = Counter()
    for row, columns in rows:
        counts[row.number >> 40] += 1
        if row.skip is not None or row.problems:
            continue
        release = 0 if releases is None else releases[row.number >> 40]
        key = digest_of(row.key)
        if releases is not None:
            newest[key] = max(newest.get(key, 0), release)
            if release < last:
                older.append((row.number, key, release))
        equal.add(row_digest(row, columns) ^ release, row.number)
        keys.add(key, row.number)
    replaced = frozenset(number for number, key, release in older if newest[key] > release)
    vanished = tuple(number for number, key, release in older if newest[key] == release)
    repeats = Firsts((first, number) for _, first, number in equal.repeated(replaced))
    shared = frozenset(digest for digest, _, _ in keys.repeated(replaced))
    return Scan(repeats, shared, replaced, vanished, counts)
