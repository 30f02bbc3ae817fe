"""Lists of the entities of a kind that are in a file of names."""

from collections.abc import Iterable, Mapping
from itertools import islice
from sqlite3 import Connection

from graph.common.bitsets import intersection, unpack
from graph.model.labels import interface_language
from graph.query.entries import Entry
from graph.query.names_file import encodable, entry_at


class StoredListing:
    """The list of a kind of entities that are in a file."""

    def __init__(self, db: Connection, kind: str, sort: str, lang: str) -> None:
        """Read the numbers of a list in an order, and in a language of its names."""
        self._db, self._kind = db, kind
        query = "SELECT numbers FROM ordering WHERE kind = ? AND sort = ? AND lang = ?"
        row = db.execute(query, (kind, sort, interface_language(lang))).fetchone()
        self._numbers = memoryview(row[0] if row else b"").cast("I")
        self.total = len(self._numbers)

    def count(self, chosen: Mapping[str, str]) -> int:
        """Return how many have the values that are chosen, by facet."""
        return self._fitting(chosen).bit_count() if chosen else self.total

    def page(self, chosen: Mapping[str, str], first: int, most: int) -> list[Entry]:
        """Return those of these from the first to ``most`` more."""
        if chosen:
            fitting = self._fitting(chosen)
            data = fitting.to_bytes((max(self._numbers, default=0) >> 3) + 1, "little")
            fits = (number for number in self._numbers if data[number >> 3] >> (number & 7) & 1)
            shown: Iterable[int] = islice(fits, first, first + most)
        else:
            shown = self._numbers[first : first + most]
        return [entry_at(self._db, number) for number in shown]

    def values(self, facet: str, chosen: Mapping[str, str]) -> tuple[Mapping[str, int], Mapping[str, str]]:
        """Return how many of these have each value of a facet, and the IRIs of values that have one."""
        fitting = self._fitting(chosen) if chosen else -1
        counts, iris = {}, {}
        for key, iri, owners in self._packed(facet):
            count = (unpack([owners]) & fitting).bit_count()
            if count:
                counts[key] = count
                if iri:
                    iris[key] = iri
        return counts, iris

    def _fitting(self, chosen: Mapping[str, str]) -> int:
        return intersection(
            unpack(owners for _, _, owners in self._packed(facet, key)) for facet, key in chosen.items()
        )

    def _packed(self, facet: str, key: str | None = None) -> list[tuple[str, str | None, bytes]]:
        """Return the values of a facet, or one of them, with their IRIs and packed numbers."""
        query = "SELECT key, iri, owners FROM facet WHERE kind = ? AND facet = ?"
        if key is not None:
            return self._db.execute(f"{query} AND key = ?", (self._kind, facet, encodable(key))).fetchall()
        return self._db.execute(query, (self._kind, facet)).fetchall()
