"""The page of a search: what is found by a name, by kind, with a line that says who, when and where."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Store

from graph.common.names import fold_name
from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.entries import KINDS
from graph.query.names_index import Index
from graph.query.results import QueryFn
from graph.query.search import MAX_LETTERS, Match, Matches, Rank
from graph.server.entity.records import in_language
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, page_of
from graph.server.site.rows import KIND_HEADINGS, KIND_NAMES, Row, rows_of
from graph.server.stores import query_fn
from graph.server.urls import path_of
from graph.server.workers.entry_index import search_index
from graph.server.workers.ipc import PageTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, data_answer, html_answer

# Of each kind so many are shown with others; of one kind alone so many on a page.
SHOWN_OF_KIND, PAGE_SIZE = 5, 50
_TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "search": Label("Søk", "Search"),
    "title": Label("Søk: {}", "Search: {}"),
    "lead": Label(
        "Søk i navn på personer, organisasjoner, møter, steder, temaer, verv, kilder og spørsmål. "
        "En del av navnet er nok, og æ, ø og å kan skrives ae, o og aa.",
        "Search the names of people, bodies, meetings, places, topics, offices, sources and questions. "
        "A part of the name will do, and æ, ø and å can be written ae, o and aa.",
    ),
    "no_letters": Label(
        "«{}» har ingen bokstaver eller tall å søke etter.", "“{}” has no letters or figures to search for."
    ),
    "too_long": Label(
        f"Søket er langt; bare de første {MAX_LETTERS} tegnene er brukt.",
        f"The search is long; only its first {MAX_LETTERS} characters are used.",
    ),
    "none": Label("Ingen treff på «{}».", "Nothing is found for “{}”."),
    "none_of_kind": Label("Ingen treff på «{}» blant {}.", "Nothing is found for “{}” among {}."),
    "meant": Label("Mente du:", "Did you mean:"),
    "advice": Label(
        "Prøv færre eller andre ord, eller se i listene:", "Try fewer or other words, or look through the lists:"
    ),
    "count": Label("{} treff på «{}»", "{} found for “{}”"),
    "all_kinds": Label("Alle", "All"),
    "narrow": Label("Vis bare", "Show only"),
    "show_all": Label("Vis alle {}", "Show all {}"),
    "best": Label("Beste treff", "Best match"),
    "also": Label("også: {}", "also: {}"),
    "unknown_kind": Label("Det finnes ingen type «{}»; her er alle.", "There is no kind “{}”; these are all."),
}
# The lists to which a search that finds nothing leads.
_LISTS = ("event", "person", "organisation", "area", "topic", "source")
_MAX_SHOWN_QUERY = 80


@dataclass(frozen=True, slots=True)
class Result:
    """A row of what is found; ``also`` is the name that matches where it is another than the one shown."""

    row: Row
    also: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class Group:
    """What is found of one kind: the first results, and how many there are."""

    kind: str
    heading: Label
    count: int
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class SearchModel:
    """What the page of a search shows.

    ``notices`` say what is odd about the search. ``best`` is the one entity of exactly this name, where there is one.
    ``kinds`` are all kinds with their counts, ``groups`` those shown. ``near``: they match but for typing errors.
    """

    query: str
    kind: str
    notices: tuple[str, ...]
    headline: str
    best: Result | None
    kinds: tuple[tuple[str, Label, int], ...]
    total: int
    groups: tuple[Group, ...]
    near: bool
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Search:
    """A search as it was asked for, with what is found; ``counts`` are of all kinds, whichever was chosen."""

    query: str
    kind: str
    chosen: str | None
    number: int
    found: Matches
    counts: Mapping[str, int]
    results: Mapping[str, tuple[Result, ...]]


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of a search, or what is found as JSON."""
    search = _search(task, store, folder)
    if task.format == "json":
        return data_answer(_json(task, search), "application/json", search.found.total)
    query = _shortened(search.query)
    title = in_language(_TEXTS["title"], task.lang).format(query) if query else in_language(_TEXTS["search"], task.lang)
    parameters = tuple((name, value) for name, value in (("q", search.query), ("kind", search.kind)) if value)
    alternates = (Alternate(f"search?{urlencode([*parameters, ('format', 'json')])}", "application/json", "JSON"),)
    page = page_of(
        task,
        title,
        description=in_language(_TEXTS["lead"], task.lang),
        breadcrumbs=(Crumb(in_language(_TEXTS["front"], task.lang), ""), Crumb(title)),
        parameters=parameters,
        alternates=alternates if search.query else (),
        indexed=False,
    )
    lists = [(f"{kind}/", KIND_HEADINGS[kind]) for kind in _LISTS]
    return html_answer(
        render_page("search.html", _model(search, task.lang), page, texts=_TEXTS, lists=lists, kinds=KIND_NAMES)
    )


def _search(task: PageTask, store: Store, folder: Path) -> _Search:
    index = search_index(store, folder, task.base)
    query, kind = task.value("q"), task.value("kind")
    chosen = kind if kind in KINDS else None
    number = page_number(task.value("page")) if chosen else 1
    found = index.search(query, chosen, (number - 1) * PAGE_SIZE, PAGE_SIZE if chosen else SHOWN_OF_KIND)
    counts = index.search(query, most=0).counts if chosen else found.counts
    runs = [query_fn(store), query_fn(published_store(folder, task.base))]
    results = {each: _results(matches, index, runs, task.lang) for each, matches in found.matches.items()}
    return _Search(query, kind, chosen, number, found, counts, results)


def _results(matches: Sequence[Match], index: Index, runs: Sequence[QueryFn], lang: str) -> tuple[Result, ...]:
    rows = rows_of([match.entry for match in matches], index, runs, lang)
    return tuple(Result(row, _other_name(match, row), match.rank) for match, row in zip(matches, rows, strict=True))


def _other_name(match: Match, row: Row) -> str:
    """Return the name that matches where it is neither the one shown nor its translation."""
    names = {fold_name(row.name.text), *map(fold_name, match.entry.labels.values())}
    return "" if fold_name(match.name) in names else match.name


def page_number(text: str) -> int:
    """Return the number of a page as a reader gave it; 1 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 and int(text) else 1


def _model(search: _Search, lang: str) -> SearchModel:
    exact = [each for results in search.results.values() for each in results if each.rank == Rank.EXACT]
    best = exact[0] if len(exact) == 1 and not search.chosen else None
    order = sorted(search.results, key=lambda kind: search.results[kind][0].rank if search.results[kind] else 9)
    return SearchModel(
        query=search.query,
        kind=search.chosen or "",
        notices=tuple(_notices(search, lang)),
        headline=_headline(search, lang),
        best=best,
        kinds=tuple((kind, KIND_HEADINGS[kind], search.counts[kind]) for kind in KINDS if kind in search.counts),
        total=sum(search.counts.values()),
        groups=tuple(
            Group(kind, KIND_HEADINGS[kind], search.found.counts[kind], _without(best, search.results[kind]))
            for kind in order
            if _without(best, search.results[kind])
        ),
        near=search.found.near,
        page=search.number,
        pages=-(-search.found.counts.get(search.chosen or "", 0) // PAGE_SIZE) or 1,
    )


def _without(best: Result | None, results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(result for result in results if result is not best)


def _notices(search: _Search, lang: str) -> Iterator[str]:
    if len(search.query) > MAX_LETTERS:
        yield in_language(_TEXTS["too_long"], lang)
    if search.kind and not search.chosen:
        yield in_language(_TEXTS["unknown_kind"], lang).format(_shortened(search.kind))


def _headline(search: _Search, lang: str) -> str:
    """Return in a sentence how much is found; empty where nothing is searched for."""
    words = _shortened(search.query)
    if not words:
        return ""
    if not fold_name(search.query) and not search.found.total:
        return in_language(_TEXTS["no_letters"], lang).format(words)
    if not search.found.total or search.found.near:
        kind = in_language(KIND_HEADINGS[search.chosen], lang).lower() if search.chosen else ""
        return in_language(_TEXTS["none_of_kind" if kind else "none"], lang).format(words, kind)
    total = group_thousands(search.found.total, interface_language(lang))
    return in_language(_TEXTS["count"], lang).format(total, words)


def _shortened(text: str) -> str:
    """Return a text as a heading can have it."""
    text = " ".join(text.split())
    return text if len(text) <= _MAX_SHOWN_QUERY else f"{text[:_MAX_SHOWN_QUERY]}…"


def _json(task: PageTask, search: _Search) -> bytes:
    results = [
        {
            "iri": each.row.iri,
            "path": f"about/{path_of(NamedNode(each.row.iri), task.base)}",
            "kind": each.row.kind,
            "name": each.row.name.text,
            "lang": each.row.name.lang,
            "match": each.rank.name.lower(),
            "matching_name": each.also or each.row.name.text,
            "notes": [note.text for note in each.row.notes],
            "meetings": each.row.meetings,
        }
        for kind in search.results
        for each in search.results[kind]
    ]
    data = {
        "query": search.query[:MAX_LETTERS],
        "total": search.found.total,
        "near": search.found.near,
        "kinds": dict(search.counts),
        "page": search.number,
        "results": results,
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")
