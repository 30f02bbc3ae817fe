"""Entries: every entity of a graph that has a page to be looked for, with its names and by what lists are narrowed.

They are what searches and lists are made of. Reading them of a large graph takes seconds; of a file, a fraction.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
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
# In the folder of a snapshot: the entries of a large dataset, which take long to read from its index.
ENTRIES_FILE = "entries.jsonl"
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
    kinds: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    names, ids, context, days = (defaultdict[str, set[str]](set) for _ in range(4))
    for thing, kind, name, tag, id in _rows("searchable", run):
        iri = text_of(thing)
        if not iri.startswith((base, BASE)):
            continue
        kinds[iri] = min(_kind(iri, text_of(kind)), kinds.get(iri, KINDS[-1]), key=KINDS.index)
        if id is not None:
            ids[iri].add(id.value)
        elif tag is not None:
            language = tag.value.lower()
            labels[iri][language] = min(text_of(name), labels[iri].get(language, text_of(name)))
        else:
            names[iri].add(text_of(name))
    for thing, words, day in _rows("searchable_events", run):
        # A day is looked for by its year.
        context[text_of(thing)].add(text_of(words) or text_of(day)[:4])
        if day is not None:
            days[text_of(thing)].add(day.value)
    years: dict[str, dict[str, int]] = defaultdict(dict)
    for thing, year, count in _rows("meeting_counts", run):
        years[text_of(thing)][text_of(year)] = int(text_of(count))
    facets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, facet, value in _rows("facets", run):
        facets[text_of(thing)][text_of(facet)].append(text_of(value))
    share = _sharing()
    for iri, own_kind in kinds.items():
        if iri in labels or iri in names:
            narrowed = {facet: sorted(values) for facet, values in facets.get(iri, {}).items()}
            lists = (sorted(texts.get(iri, ())) for texts in (names, ids, context, days))
            yield _entry(share, iri, own_kind, labels.get(iri, {}), *lists, years.get(iri, {}), narrowed)


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


def write_entries(entries: Iterable[Entry], file: Path) -> None:
    """Write entries to a file, one a line, from which they are read faster than from a large graph."""
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for entry in entries:
            lines.write(f"{json.dumps(astuple(entry), ensure_ascii=False)}\n")


def load_entries(file: Path) -> list[Entry]:
    """Return the entries of a file."""
    share = _sharing()
    with file.open(encoding="utf-8") as lines:
        return [_entry(share, *json.loads(line)) for line in lines]
