"""Lists of entities of a kind: narrowed by facets, in an order, a page at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from graph.common.collation import collation_key
from graph.model.days import year_of
from graph.query.entries import Entry

# By what the list of each kind is narrowed.
FACETS: Mapping[str, tuple[str, ...]] = {
    "event": ("year", "status", "kind", "county"),
    "series": ("year", "status", "kind"),
    "person": ("meetings", "year", "office"),
    "organisation": ("meetings", "year", "type", "county"),
    "area": ("meetings", "year", "level", "county"),
    "topic": ("meetings", "year"),
    "post": ("meetings", "year", "body"),
    "source": ("year", "publisher", "language"),
}
# In the place of a year, or of another value, for those of which it is not known.
NOT_STATED = "0"


class Listing(Protocol):
    """All that stands in a list, in order."""

    total: int

    def count(self, chosen: Mapping[str, str]) -> int:
        """Return how many have the values that are chosen, by facet."""

    def page(self, chosen: Mapping[str, str], first: int, most: int) -> list[Entry]:
        """Return those of these from the first to ``most`` more."""

    def values(self, facet: str, chosen: Mapping[str, str]) -> tuple[Mapping[str, int], Mapping[str, str]]:
        """Return how many of these have each value of a facet, and the IRIs of values that have one."""


def is_listed(entry: Entry) -> bool:
    """Return whether an entity stands in a list: of meetings those of which a source says more than that it was."""
    return entry.kind in FACETS and (entry.kind != "event" or "status" in entry.facets)


def last_day(entry: Entry) -> str:
    """Return the day by which the newest go first."""
    return max(entry.days, default="") or max(entry.facets.get("published", ()), default="")


def key_of(value: str) -> str:
    """Return a value as the address has it: the local name of an entity."""
    return value.rpartition("/")[2]


def facet_keys(entry: Entry, facet: str) -> tuple[str, ...]:
    """Return the values that an entry has of a facet, as the address has them."""
    if facet == "year" and entry.kind in ("event", "series"):
        return (year_of(min(entry.days, default="")) or NOT_STATED,)
    if facet == "year" and entry.kind != "source":
        return tuple(year or NOT_STATED for year in entry.years)
    if facet == "meetings":
        return ("some" if entry.meetings else "none",)
    if facet == "level":
        return ("fylke" if "/fylke/" in entry.iri else "kommune",)
    return tuple(dict.fromkeys(map(key_of, entry.facets.get(facet, ())))) or (NOT_STATED,)


class MemoryListing:
    """The list of a kind of entities that are in memory."""

    def __init__(self, entries: Iterable[Entry], kind: str, sort: str, lang: str) -> None:
        """Take all entities; ``lang`` is the language of the reader."""
        listed = (entry for entry in entries if entry.kind == kind and is_listed(entry))
        self._ordered = sorted(listed, key=lambda entry: (collation_key(*entry.label(lang)), entry.iri))
        if sort == "newest":
            self._ordered.sort(key=last_day, reverse=True)
        if sort == "meetings":
            self._ordered.sort(key=lambda entry: entry.meetings, reverse=True)
        # Of many entities the values are the same: one object for all of them.
        shared: dict[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]] = {}
        self._names = FACETS[kind]
        keys = (tuple(facet_keys(entry, name) for name in self._names) for entry in self._ordered)
        self._keys = [shared.setdefault(own, own) for own in keys]
        self.total = len(self._ordered)

    def count(self, chosen: Mapping[str, str]) -> int:
        """Return how many have the values that are chosen, by facet."""
        return len(self._fitting(chosen))

    def page(self, chosen: Mapping[str, str], first: int, most: int) -> list[Entry]:
        """Return those of these from the first to ``most`` more."""
        return [self._ordered[place] for place in self._fitting(chosen)[first : first + most]]

    def values(self, facet: str, chosen: Mapping[str, str]) -> tuple[Mapping[str, int], Mapping[str, str]]:
        """Return how many of these have each value of a facet, and the IRIs of values that have one."""
        fitting = self._fitting(chosen)
        number = self._names.index(facet)
        counts = Counter(key for place in fitting for key in self._keys[place][number])
        return counts, {key_of(iri): iri for place in fitting for iri in self._ordered[place].facets.get(facet, ())}

    def _fitting(self, chosen: Mapping[str, str]) -> Sequence[int]:
        wanted = [(self._names.index(name), value) for name, value in chosen.items()]
        return [place for place, own in enumerate(self._keys) if all(value in own[number] for number, value in wanted)]
