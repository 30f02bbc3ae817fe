"""Lists of all there is of a kind: narrowed by year, kind, status and the like, and a page of them at a time."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Store

from graph.common.collation import collation_key
from graph.model.days import year_of
from graph.model.labels import Label, interface_language
from graph.query.entries import Entry
from graph.query.results import QueryFn
from graph.query.search import SearchIndex
from graph.render.cells import Cell, TableView
from graph.render.markup import to_spreadsheet
from graph.server.entity.records import in_language
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, Page, page_of
from graph.server.negotiation import CONTENT_TYPES
from graph.server.site.list_kinds import FACET_NAMES, LISTS, SORTS, VALUE_WORDS
from graph.server.site.rows import KIND_HEADINGS, LEFT_OUT, Row, rows_of, value_name
from graph.server.site.search import page_number
from graph.server.stores import query_fn
from graph.server.urls import path_of
from graph.server.workers.entry_index import search_index
from graph.server.workers.ipc import PageTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, data_answer, error_answer, html_answer

PAGE_SIZE = 50
# Values of a facet that stand in the open; the others are folded, and beyond these left out.
MAX_VALUES_SHOWN, MAX_VALUES = 12, 200
# The kinds that have a year themselves; of others it is that of their meetings.
_WITH_OWN_YEARS = ("event", "series", "source")
# In the place of a year, or of another value, for those of which it is not known.
NOT_STATED = "0"
# Of a longer list the first are exported; narrowed, it is shorter.
_MAX_EXPORTED = 10_000
_COLUMNS = (Label("navn", "name"), Label("opplysninger", "details"), Label("møter", "meetings"), Label("IRI", "IRI"))


_TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "left_out": LEFT_OUT,
    "shown": Label("Viser {}–{} av {}", "Showing {}–{} of {}"),
    "empty": Label("Det er ingen her ennå.", "There are none here yet."),
    "empty_narrowed": Label("Ingen passer til dette valget.", "None fits this choice."),
    "narrow": Label("Avgrens", "Narrow"),
    "remove": Label("Fjern", "Remove"),
    "reset": Label("Vis alle", "Show all"),
    "no_time": Label("Tid ikke oppgitt", "Time not stated"),
    "not_stated": Label("ikke oppgitt", "not stated"),
    "more": Label("{} til", "{} more"),
    "sort": Label("Rekkefølge", "Order"),
    "download": Label("Last ned listen", "Download the list"),
    "download_first": Label("Last ned de første {} av listen", "Download the first {} of the list"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value by which a list is narrowed: as the address has it, its name, how many have it, whether it is chosen."""

    key: str
    name: str
    lang: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """By what a list is narrowed. ``further`` are the rarer values; ``chosen`` is the one that is, if any."""

    name: str
    heading: Label
    values: tuple[Value, ...]
    further: tuple[Value, ...]
    chosen: Value | None


@dataclass(frozen=True, slots=True)
class ListModel:
    """What a list shows; ``groups`` are its rows by year, where the newest go first, else all without a heading.

    ``parameters`` are those of its address, but for the page.
    """

    kind: str
    total: int
    count: int
    first: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    facets: tuple[Facet, ...]
    sorts: tuple[tuple[str, Label], ...]
    sort: str
    page: int
    pages: int
    parameters: Mapping[str, str]
    left_out: int

    @property
    def last(self) -> int:
        """Return the number of the last row shown, counted from 1."""
        return self.first + sum(len(rows) for _, rows in self.groups)

    @property
    def cut(self) -> int:
        """Return how many of a list that is too long for a file stand in it; 0 where all do."""
        return _MAX_EXPORTED if self.count > _MAX_EXPORTED else 0

    @property
    def narrowed(self) -> bool:
        """Return whether less than all is listed."""
        return self.count < self.total

    def with_value(self, name: str, value: str) -> dict[str, str]:
        """Return the parameters of this list with one more, or with another value of it."""
        return {**self.parameters, name: value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of this list without one."""
        return {each: value for each, value in self.parameters.items() if each != name}


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return a list as a page, as CSV or as JSON."""
    kind = task.path.partition("/")[0]
    if kind not in LISTS:
        return error_answer(404, "there is no such list")
    index = search_index(store, folder, task.base)
    chosen = {name: value for name in LISTS[kind].facets if (value := task.value(name))}
    sort = task.value("sort") if task.value("sort") in _sorts(kind) else _sorts(kind)[0]
    listed = _listed(kind, index, sort, task.lang)
    ordered = _fitting(listed, chosen)
    runs = [query_fn(store), query_fn(published_store(folder, task.base))]
    if task.format != "html":
        rows = rows_of([each.entry for each in ordered[:_MAX_EXPORTED]], index, runs, task.lang)
        return _csv(task, kind, rows) if task.format == "csv" else _json(task, kind, rows, len(ordered))
    pages = max(1, -(-len(ordered) // PAGE_SIZE))
    number = min(page_number(task.value("page")), pages)
    first = (number - 1) * PAGE_SIZE
    parameters = chosen | ({"sort": sort} if sort != _sorts(kind)[0] else {})
    model = ListModel(
        kind=kind,
        total=len(listed),
        count=len(ordered),
        first=first,
        groups=_grouped(ordered[first : first + PAGE_SIZE], index, runs, task.lang, sort),
        facets=tuple(_facet(name, listed, chosen, index, task.lang) for name in LISTS[kind].facets),
        sorts=tuple((name, SORTS[name]) for name in _sorts(kind)),
        sort=sort,
        page=number,
        pages=pages,
        parameters=parameters,
        left_out=index.left_out,
    )
    page = _page(task, kind, parameters, number)
    return html_answer(render_page("list.html", model, page, texts=_TEXTS))


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entity of a list, with the values that it has of each facet, in the order of the facets."""

    entry: Entry
    keys: tuple[tuple[str, ...], ...]

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the values that the entity has of a facet."""
        return self.keys[LISTS[self.entry.kind].facets.index(facet)]


# Each order in each language; a worker has one store for all its life.
@lru_cache(maxsize=32)
def _listed(kind: str, index: SearchIndex, sort: str, lang: str) -> tuple[_Listed, ...]:
    """Return what stands in a list, in order: of meetings those of which a source says more than that there was one."""
    entries = (entry for entry in index.entries if entry.kind == kind and (kind != "event" or "status" in entry.facets))
    ordered = sorted(entries, key=lambda entry: (collation_key(*entry.label(lang)), entry.iri))
    if sort == "newest":
        ordered.sort(key=_last_day, reverse=True)
    if sort == "meetings":
        ordered.sort(key=lambda entry: entry.meetings, reverse=True)
    # Of many entities the values are the same: one object for all of them.
    shared: dict[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]] = {}
    keys = (tuple(_keys(entry, name) for name in LISTS[kind].facets) for entry in ordered)
    return tuple(_Listed(entry, shared.setdefault(own, own)) for entry, own in zip(ordered, keys, strict=True))


def _fitting(listed: Iterable[_Listed], chosen: Mapping[str, str]) -> list[_Listed]:
    return [each for each in listed if all(value in each.values(name) for name, value in chosen.items())]


def _keys(entry: Entry, facet: str) -> tuple[str, ...]:
    """Return the values that an entry has of a facet, as the address has them."""
    if facet == "year" and entry.kind in ("event", "series"):
        return (year_of(min(entry.days, default="")) or NOT_STATED,)
    if facet == "year" and entry.kind != "source":
        return tuple(year or NOT_STATED for year in entry.years)
    if facet == "meetings":
        return ("some" if entry.meetings else "none",)
    if facet == "level":
        return ("fylke" if "/fylke/" in entry.iri else "kommune",)
    return tuple(map(_key, entry.facets.get(facet, ()))) or (NOT_STATED,)


def _key(value: str) -> str:
    """Return a value as the address has it: the local name of an entity."""
    return value.rpartition("/")[2]


def _sorts(kind: str) -> tuple[str, ...]:
    """Return by what a list can be sorted; first by what it is where nobody says."""
    if not LISTS[kind].newest_first:
        return "name", "meetings"
    return ("newest", "name") if kind == "event" else ("newest", "name", "meetings")


def _grouped(
    listed: Sequence[_Listed], index: SearchIndex, runs: Sequence[QueryFn], lang: str, sort: str
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the rows of one page of a list, by year where it is sorted so."""
    rows = rows_of([each.entry for each in listed], index, runs, lang)
    if sort != "newest":
        return (("", tuple(rows)),) if rows else ()
    years = (year_of(_last_day(each.entry)) or in_language(_TEXTS["no_time"], lang) for each in listed)
    return tuple(
        (year, tuple(row for _, row in group))
        for year, group in groupby(zip(years, rows, strict=True), key=lambda pair: pair[0])
    )


def _last_day(entry: Entry) -> str:
    return max(entry.days, default="") or max(entry.facets.get("published", ()), default="")


def _facet(name: str, listed: Sequence[_Listed], chosen: Mapping[str, str], index: SearchIndex, lang: str) -> Facet:
    """Return the values of a facet, with how many have each besides what else is chosen."""
    fitting = _fitting(listed, {each: value for each, value in chosen.items() if each != name})
    counts = Counter(key for each in fitting for key in each.values(name))
    iris = {_key(iri): iri for each in fitting for iri in each.entry.facets.get(name, ())}
    if name == "year":
        keys = sorted(counts, reverse=True)
    else:
        keys = sorted(counts, key=lambda key: (key == NOT_STATED, -counts[key], key))
    values = [_value(name, key, counts[key], chosen.get(name) == key, iris, index, lang) for key in keys[:MAX_VALUES]]
    selected = next((value for value in values if value.chosen), None)
    shown = MAX_VALUES_SHOWN if len(values) > MAX_VALUES_SHOWN + 2 else len(values)
    is_of_meetings = name == "year" and bool(listed) and listed[0].entry.kind not in _WITH_OWN_YEARS
    heading = FACET_NAMES["year_of_meetings" if is_of_meetings else name]
    return Facet(name, heading, tuple(values[:shown]), tuple(values[shown:]), selected)


def _value(
    facet: str, key: str, count: int, chosen: bool, iris: Mapping[str, str], index: SearchIndex, lang: str
) -> Value:
    if key == NOT_STATED:
        return Value(key, in_language(_TEXTS["not_stated"], lang), "", count, chosen)
    word = VALUE_WORDS.get(facet, {}).get(key)
    if word:
        return Value(key, in_language(word, lang), "", count, chosen)
    iri = iris.get(key, key)
    name = value_name(NamedNode(iri) if "://" in iri else iri, index, lang)
    return Value(key, name.text, name.lang, count, chosen)


def _page(task: PageTask, kind: str, parameters: Mapping[str, str], number: int) -> Page:
    title = in_language(KIND_HEADINGS[kind], task.lang)
    kept = tuple(parameters.items())
    return page_of(
        task,
        title,
        description=in_language(LISTS[kind].description, task.lang),
        section=f"{kind}/",
        breadcrumbs=(Crumb(in_language(_TEXTS["front"], task.lang), ""), Crumb(title)),
        parameters=(*kept, *((("page", str(number)),) if number > 1 else ())),
        alternates=tuple(
            Alternate(f"{kind}/?{urlencode([*kept, ('format', format)])}", media, format.upper())
            for format, media in (("csv", "text/csv"), ("json", "application/json"))
        ),
        indexed=not parameters,
    )


def _csv(task: PageTask, kind: str, rows: Sequence[Row]) -> Answer:
    """Return a list as CSV for spreadsheets."""
    lang = interface_language(task.lang)
    headings = tuple(in_language(label, lang) for label in _COLUMNS)
    cells = [
        tuple(
            Cell(text)
            for text in (row.name.text, " · ".join(note.text for note in row.notes), str(row.meetings), row.iri)
        )
        for row in rows
    ]
    view = TableView(in_language(KIND_HEADINGS[kind], lang), lang, headings, cells, [])
    return data_answer(to_spreadsheet(view).encode("utf-8", "replace"), CONTENT_TYPES["csv"], len(rows))


def _json(task: PageTask, kind: str, rows: Sequence[Row], total: int) -> Answer:
    listed = [
        {
            "iri": row.iri,
            "path": f"about/{path_of(NamedNode(row.iri), task.base)}",
            "name": row.name.text,
            "lang": row.name.lang,
            "notes": [note.text for note in row.notes],
            "meetings": row.meetings,
        }
        for row in rows
    ]
    body = json.dumps({"kind": kind, "total": total, "entities": listed}, ensure_ascii=False, indent=1)
    return data_answer(body.encode("utf-8", "replace"), "application/json", len(rows))
