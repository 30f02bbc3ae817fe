"""Entries: every entity of a graph that has a page to be looked for, with its names and by what lists are narrowed.

They are what searches and lists are made of.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from graph.model.iris import BASE, VOCABULARY
from graph.model.labels import best_language
from graph.query.lookup import LOOKUPS
from graph.query.results import QueryFn, Term, expect_table, text_of

# The kinds of entities, in the order in which people look for them.
KINDS = (
    *("person", "organisation", "event", "series", "area", "topic", "post", "source", "question"),
    *("group", "work", "concept"),
)
# With what the name of a file of entries begins.
ENTRIES = "entries-"
LOOKUP_NAMES = ("searchable", "searchable_events", "meeting_counts", "facets")
_TOPIC = BASE + VOCABULARY["topic"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity with its labels by language tag, further names, ids (which are found as a whole alone), and its kind.

    ``context`` are words that do not name it but go with it, such as the place of a meeting. ``years`` are numbers of
    meetings that it has to do with, by year (an empty text where that is not known); of a meeting it is empty, and
    ``days`` are its first and last day (ISO 8601). ``facets`` are IRIs or texts by what they say: kind, status ...
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    years: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def meetings(self) -> int:
        """Return how many meetings it has to do with."""
        return sum(self.years.values())

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return its labels in all languages and its further names."""
        return *self.labels.values(), *self.names

    def label(self, lang: str) -> tuple[str, str]:
        """Return the label that a reader of a language is shown, and its language tag."""
        if not self.labels:
            return (self.names[0] if self.names else self.iri.rpartition("/")[2]), ""
        tag = best_language(self.labels, lang)
        return self.labels[tag], tag


def read_entries(runs: Sequence[QueryFn], base: str = BASE) -> list[Entry]:
    """Return the entities with an IRI below the base, or below that of the vocabulary, which any of these graphs has.

    An entity of several graphs is as the first of them has it.
    """
    entries: dict[str, Entry] = {}
    for run in runs:
        for entry in _read(run, base):
            entries.setdefault(entry.iri, entry)
    return list(entries.values())


def _read(run: QueryFn, base: str) -> Iterable[Entry]:
    gathered = Gathering(base)
    gathered.add(run)
    return gathered.take()


class Gathering:
    """What is said of entities, gathered from several graphs; of a graph each statement stands in one of them alone.

    Numbers of meetings add up: all that is said of a meeting stands in the same graph.
    """

    def __init__(self, base: str = BASE) -> None:
        """Take the base below which the IRIs of entities stand."""
        self._base = base
        self._kinds: dict[str, str] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._names, self._ids, self._context, self._days = (defaultdict[str, set[str]](set) for _ in range(4))
        self._years: dict[str, dict[str, int]] = {}
        self._facets: dict[str, dict[str, set[str]]] = {}
        self._share = _sharing()

    def add(self, run: QueryFn) -> None:
        """Add what a graph says."""
        for thing, kind, name, tag, id in _rows("searchable", run):
            iri = text_of(thing)
            if not iri.startswith((self._base, BASE)):
                continue
            self._kinds[iri] = min(_kind(iri, text_of(kind)), self._kinds.get(iri, KINDS[-1]), key=KINDS.index)
            if id is not None:
                self._ids[iri].add(id.value)
            elif tag is not None:
                language, labels = tag.value.lower(), self._labels.setdefault(iri, {})
                labels[language] = min(text_of(name), labels.get(language, text_of(name)))
            else:
                self._names[iri].add(text_of(name))
        for thing, words, day in _rows("searchable_events", run):
            # A day is looked for by its year.
            self._context[text_of(thing)].add(text_of(words) or text_of(day)[:4])
            if day is not None:
                self._days[text_of(thing)].add(day.value)
        for thing, year, count in _rows("meeting_counts", run):
            years = self._years.setdefault(text_of(thing), {})
            years[text_of(year)] = years.get(text_of(year), 0) + int(text_of(count))
        for thing, facet, value in _rows("facets", run):
            self._facets.setdefault(text_of(thing), {}).setdefault(text_of(facet), set()).add(text_of(value))

    def take(self, kind: str | None = None) -> Iterable[Entry]:
        """Yield the entities, those of a kind or all, and forget what is said of them."""
        for iri in [iri for iri, own in self._kinds.items() if kind in (None, own)]:
            own_kind, labels, names = self._kinds.pop(iri), self._labels.pop(iri, {}), self._names.pop(iri, set())
            ids, context, days = (texts.pop(iri, set()) for texts in (self._ids, self._context, self._days))
            years, facets = self._years.pop(iri, {}), self._facets.pop(iri, {})
            if labels or names:
                narrowed = {facet: sorted(values) for facet, values in facets.items()}
                lists = map(sorted, (names, ids, context, days))
                yield _entry(self._share, iri, own_kind, labels, *lists, years, narrowed)


Share = Callable[[Any], Any]


def _sharing() -> Share:
    """Return a function that returns the same object for equal values: what lists are narrowed by is often the same."""
    kept: dict[Any, Any] = {}

    def share(value: Any) -> Any:
        key = (dict, *value.items()) if isinstance(value, dict) else value
        return kept.setdefault(key, value)

    return share


def _entry(share: Share, iri: str, kind: str, labels: dict[str, str], *further: Any) -> Entry:
    names, ids, context, days, years, facets = further
    narrowed = {share(facet): share(tuple(map(share, values))) for facet, values in facets.items()}
    return Entry(
        iri,
        share(kind),
        {share(tag): label for tag, label in labels.items()},
        tuple(names),
        tuple(ids),
        share(tuple(map(share, context))),
        share(tuple(map(share, days))),
        share({share(year): count for year, count in years.items()}),
        share(narrowed),
    )


def _kind(iri: str, kind: str) -> str:
    return "topic" if kind == "concept" and iri.startswith(_TOPIC) else kind


def _rows(lookup: str, run: QueryFn) -> list[tuple[Term | None, ...]]:
    return expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8"))).rows


_FIELDS = tuple(each.name for each in fields(Entry))


def entry_as_json(entry: Entry) -> str:
    """Return an entity as a text, from which ``entry_from_json`` makes it again."""
    return json.dumps([getattr(entry, name) for name in _FIELDS], ensure_ascii=False)


def entry_from_json(text: str) -> Entry:
    """Return the entity that was written as this text."""
    return _entry(_as_it_is, *json.loads(text))


def _as_it_is(value: Any) -> Any:
    return value
