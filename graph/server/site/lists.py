"""Lists of all there is of a kind: narrowed by year, kind, status and the like, and a page of them at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Store

from graph.model.days import year_of
from graph.model.labels import Label, interface_language
from graph.query.entries import Entry
from graph.query.listing import NOT_STATED, Listing, last_day
from graph.query.names_index import Index
from graph.query.results import QueryFn
from graph.render.cells import Cell, TableView
from graph.render.markup import to_spreadsheet
from graph.server.entity.records import in_language
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, Page, page_of
from graph.server.negotiation import CONTENT_TYPES
from graph.server.site.list_kinds import FACET_NAMES, LISTS, SORTS, VALUE_WORDS
from graph.server.site.rows import KIND_HEADINGS, Row, rows_of, value_name
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
# Of a longer list the first are exported; narrowed, it is shorter.
_MAX_EXPORTED = 10_000
_COLUMNS = (Label("navn", "name"), Label("opplysninger", "details"), Label("møter", "meetings"), Label("IRI", "IRI"))


_TEXTS = {
    "front": Label("Forsiden", "Front page"),
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
    listed = index.listing(kind, sort, task.lang)
    count = listed.count(chosen)
    runs = [query_fn(store), query_fn(published_store(folder, task.base))]
    if task.format != "html":
        rows = rows_of(listed.page(chosen, 0, _MAX_EXPORTED), index, runs, task.lang)
        return _csv(task, kind, rows) if task.format == "csv" else _json(task, kind, rows, count)
    pages = max(1, -(-count // PAGE_SIZE))
    number = min(page_number(task.value("page")), pages)
    first = (number - 1) * PAGE_SIZE
    parameters = chosen | ({"sort": sort} if sort != _sorts(kind)[0] else {})
    model = ListModel(
        kind=kind,
        total=listed.total,
        count=count,
        first=first,
        groups=_grouped(listed.page(chosen, first, PAGE_SIZE), index, runs, task.lang, sort),
        facets=tuple(_facet(kind, name, listed, chosen, index, task.lang) for name in LISTS[kind].facets),
        sorts=tuple((name, SORTS[name]) for name in _sorts(kind)),
        sort=sort,
        page=number,
        pages=pages,
        parameters=parameters,
    )
    page = _page(task, kind, parameters, number)
    return html_answer(render_page("list.html", model, page, texts=_TEXTS))


def _sorts(kind: str) -> tuple[str, ...]:
    """Return by what a list can be sorted; first by what it is where nobody says."""
    if not LISTS[kind].newest_first:
        return "name", "meetings"
    return ("newest", "name") if kind == "event" else ("newest", "name", "meetings")


def _grouped(
    entries: Sequence[Entry], index: Index, runs: Sequence[QueryFn], lang: str, sort: str
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the rows of one page of a list, by year where it is sorted so."""
    rows = rows_of(entries, index, runs, lang)
    if sort != "newest":
        return (("", tuple(rows)),) if rows else ()
    years = (year_of(last_day(each)) or in_language(_TEXTS["no_time"], lang) for each in entries)
    return tuple(
        (year, tuple(row for _, row in group))
        for year, group in groupby(zip(years, rows, strict=True), key=lambda pair: pair[0])
    )


def _facet(kind: str, name: str, listed: Listing, chosen: Mapping[str, str], index: Index, lang: str) -> Facet:
    """Return the values of a facet, with how many have each besides what else is chosen."""
    counts, iris = listed.values(name, {each: value for each, value in chosen.items() if each != name})
    if name == "year":
        keys = sorted(counts, reverse=True)
    else:
        keys = sorted(counts, key=lambda key: (key == NOT_STATED, -counts[key], key))
    values = [_value(name, key, counts[key], chosen.get(name) == key, iris, index, lang) for key in keys[:MAX_VALUES]]
    selected = next((value for value in values if value.chosen), None)
    shown = MAX_VALUES_SHOWN if len(values) > MAX_VALUES_SHOWN + 2 else len(values)
    is_of_meetings = name == "year" and listed.total > 0 and kind not in _WITH_OWN_YEARS
    heading = FACET_NAMES["year_of_meetings" if is_of_meetings else name]
    return Facet(name, heading, tuple(values[:shown]), tuple(values[shown:]), selected)


def _value(facet: str, key: str, count: int, chosen: bool, iris: Mapping[str, str], index: Index, lang: str) -> Value:
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
