"""The page of an address that nothing has: what can have been meant, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model.iris import VOCABULARY
from graph.model.labels import Label
from graph.query.entries import KINDS
from graph.query.names_index import Index
from graph.server.entity.description import similar_entities
from graph.server.entity.records import Name, in_language
from graph.server.formats import split_ending
from graph.server.html.layout import NAVIGATION, render_page
from graph.server.html.page import Crumb, page_of
from graph.server.site.rows import KIND_HEADINGS, KIND_NAMES, Row, rows_of
from graph.server.stores import query_fn
from graph.server.urls import entity_at
from graph.server.workers.entry_index import search_index
from graph.server.workers.ipc import PageTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, error_answer, html_answer

_TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "missing": Label("Fant ikke «{}».", "“{}” was not found."),
    "near": Label("Mente du …?", "Did you mean …?"),
    "nothing_near": Label("Ingen navn ligner på det.", "No name is like it."),
    "search": Label("Søk etter «{}»", "Search for “{}”"),
}
_MAX_SHOWN = 8
# Of a name that nothing has.
_MAX_LETTERS = 100
# The kinds of which there is a list.
_LISTED = frozenset(KINDS) - {"question", "group", "work", "concept"}
# Of letters in the name of a part of the site, so many are the same where it is meant.
_SAME_PART = 0.75
# The kinds of entities whose folders have other names.
_KINDS = {"letter": "work", "plan": "work"} | {
    name: "concept" for name, folder in VOCABULARY.items() if folder.endswith("/") and name not in KINDS
}


@dataclass(frozen=True, slots=True)
class MissingModel:
    """What an address can have meant: parts of the site, by path and name, and entities."""

    name: str
    parts: tuple[tuple[str, Label], ...]
    rows: tuple[Row, ...]


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of an address that nothing has, or an error in words where no page is wanted."""
    path = task.value("name")
    name = _shortened(split_ending(path.rstrip("/"))[0].rpartition("/")[2])
    rows = tuple(_rows(path, name, task, store, folder))
    if task.format != "html":
        iris = ", ".join(row.iri for row in rows)
        advice = f"did you mean {iris}?" if iris else "nor like it"
        return error_answer(404, f"there is nothing of this name; {advice}")
    model = MissingModel(name, tuple(_parts(path)), rows)
    title = in_language(_TEXTS["missing"], task.lang).format(name)
    crumbs = (Crumb(in_language(_TEXTS["front"], task.lang), ""), Crumb(title))
    page = page_of(task, title, path=_shortened(task.path), breadcrumbs=crumbs, indexed=False)
    return html_answer(render_page("missing.html", model, page, texts=_TEXTS, kinds=KIND_NAMES), 404)


def _shortened(name: str) -> str:
    """Return the beginning of a name that is longer than any is: the page has it several times."""
    return name if len(name) <= _MAX_LETTERS else f"{name[:_MAX_LETTERS]}…"


def _rows(path: str, name: str, task: PageTask, store: Store, folder: Path) -> Iterator[Row]:
    """Yield the rows of entities that can be meant, the most likely first."""
    index = search_index(store, folder, task.base)
    stores = (store, published_store(folder, task.base))
    entity = entity_at(split_ending(path)[0], task.base)
    kind = _kind_of(path)
    if entity is not None and kind is None:
        # What no search finds: claims, graphs and the like.
        yield from _rows_of_others(entity, index, stores, task.lang)
        return
    entries = [match.entry for match in index.near(name, kind)[:_MAX_SHOWN]]
    yield from rows_of(entries, index, [query_fn(each) for each in stores], task.lang)


def _rows_of_others(entity: NamedNode, index: Index, stores: tuple[Store, ...], lang: str) -> Iterator[Row]:
    similar = dict(each for store in stores for each in similar_entities(entity, query_fn(store), lang))
    for other, name in [*similar.items()][:_MAX_SHOWN]:
        yield Row(other.value, "", Name(name, "", other.value), (), 0)


def _kind_of(path: str) -> str | None:
    """Return the kind of entities whose folder a path names, if they are searched."""
    first = path.partition("/")[0].lower()
    near = get_close_matches(first, [*KINDS, *_KINDS], 1, _SAME_PART)
    kind = _KINDS.get(near[0], near[0]) if near else None
    return kind if kind in KINDS else None


def _parts(path: str) -> Iterator[tuple[str, Label]]:
    """Yield the parts of the site whose name, in either language, is nearly the first word of a path."""
    first = path.removeprefix("about/").partition("/")[0].lower()
    if path.rstrip("/").count("/"):
        return
    lists = ((f"{kind}/", KIND_HEADINGS[kind]) for kind in KINDS if kind in _LISTED)
    for address, label in dict([*NAVIGATION, *lists]).items():
        names = [address.rstrip("/"), f"{address.rstrip('/')}s", label.nb.lower(), (label.en or "").lower()]
        if first and get_close_matches(first, names, 1, _SAME_PART):
            yield address, label
