"""Read what a search looks through: the entities of a graph with their names, by kind."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path

from graph.model.iris import BASE, VOCABULARY
from graph.query.lookup import LOOKUPS
from graph.query.results import QueryFn, Term, expect_table, text_of
from graph.query.search import KINDS, Entry

_TOPIC = BASE + VOCABULARY["topic"]
# Whose names are those that lists have.
_MAIN_LANGUAGES = ("nb", "")


def read_entries(runs: Sequence[QueryFn], base: str = BASE) -> list[Entry]:
    """Return the entities with an IRI below the base, or below that of the vocabulary, which any of these graphs has.

    An entity of several graphs has the names and the kind that the first of them gives it.
    """
    entries: dict[str, Entry] = {}
    for run in runs:
        for entry in _read(run, base):
            entries.setdefault(entry.iri, entry)
    return list(entries.values())


def _read(run: QueryFn, base: str) -> Iterable[Entry]:
    names: dict[str, dict[str, bool]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    ids: dict[str, set[str]] = defaultdict(set)
    for thing, kind, name, tag, id in _rows("searchable", run):
        iri = text_of(thing)
        if not iri.startswith((base, BASE)):
            continue
        kinds[iri] = min(_kind(iri, text_of(kind)), kinds.get(iri, KINDS[-1]), key=KINDS.index)
        if id is not None:
            ids[iri].add(id.value)
        elif name is not None:
            main = tag is not None and tag.value in _MAIN_LANGUAGES
            names[iri][name.value] = main or names[iri].get(name.value, False)
    context: dict[str, set[str]] = defaultdict(set)
    days: dict[str, str] = {}
    for thing, words, day in _rows("searchable_events", run):
        iri = text_of(thing)
        # A day is looked for by its year.
        context[iri].add(text_of(words) or text_of(day)[:4])
        days[iri] = max(text_of(day), days.get(iri, ""))
    meetings = {text_of(thing): int(text_of(count)) for thing, count in _rows("meeting_counts", run)}
    for iri, spellings in names.items():
        ordered = tuple(sorted(spellings, key=lambda name: (not spellings[name], name)))
        yield Entry(
            iri,
            kinds[iri],
            ordered,
            tuple(sorted(ids.get(iri, ()))),
            tuple(sorted(context.get(iri, ()))),
            meetings.get(iri, 0),
            days.get(iri, ""),
        )


def _kind(iri: str, kind: str) -> str:
    return "topic" if kind == "concept" and iri.startswith(_TOPIC) else kind


def _rows(lookup: str, run: QueryFn) -> list[tuple[Term | None, ...]]:
    return expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8"))).rows


def write_entries(entries: Iterable[Entry], file: Path) -> None:
    """Write entries to a file, from which they are read faster than from a large graph."""
    file.write_text(json.dumps([astuple(entry) for entry in entries], ensure_ascii=False), encoding="utf-8")


def load_entries(file: Path) -> list[Entry]:
    """Return the entries of a file."""
    return [
        Entry(iri, kind, tuple(names), tuple(ids), tuple(context), meetings, day)
        for iri, kind, names, ids, context, meetings, day in json.loads(file.read_text(encoding="utf-8"))
    ]
