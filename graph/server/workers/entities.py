"""Describe an entity: from the dataset or another file of the build, as a page or as statements; or what is similar."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.builds.manifest import EXPLORER
from graph.model.iris import slug
from graph.rdf.terms import iri
from graph.server.entity.description import describe_as_statements
from graph.server.negotiation import CONTENT_TYPES
from graph.server.parameters import flatten
from graph.server.stores import query_fn
from graph.server.urls import entity_at, path_of
from graph.server.workers.datasets import QUAD_FORMATS, quads_of, serialize_document, serialize_quads
from graph.server.workers.ipc import EntityTask, PageTask, Reply
from graph.server.workers.pages import answer_page
from graph.server.workers.published import published_with_words
from graph.server.workers.replies import Answer, data_answer, html_answer

_KEPT_AS = iri("mg:keptAs")


def describe_in(task: EntityTask, stores: Sequence[Store], folder: Path) -> Answer | None:
    """Return the description of the entity of a task, from the first store that has one; 404 where none has.

    Return None where the client accepts no format that there is.
    """
    for entity, format in _candidates(task):
        kept = _kept(entity, stores[0]) if format == "html" else None
        if kept and (path := path_of(kept, task.base)):
            # Not for ever: a decision can be taken back.
            return Reply(status=302, moved_to=f"about/{path}"), b""
        store = _store_with(entity, stores)
        if store:
            return None if format is None else _described(task, entity, format, store, stores[0], folder)
    return None if task.format is None else _not_found(task, stores, folder)


def _candidates(task: EntityTask) -> Iterator[tuple[NamedNode, str | None]]:
    """Yield the entities that the address can be of, each with the format that is wanted then."""
    if task.possible:
        yield NamedNode(task.entity), task.format
    if task.document_of is not None:
        yield NamedNode(task.document_of), task.document_format


def _kept(entity: NamedNode, store: Store) -> NamedNode | None:
    """Return the entity that a decision has put in the place of one, if there is any."""
    quad = next(store.quads_for_pattern(entity, _KEPT_AS, None), None)
    return quad.object if quad and isinstance(quad.object, NamedNode) else None


def _store_with(entity: NamedNode, stores: Sequence[Store]) -> Store | None:
    """Return the first store that states something of an entity or, if none does, the first that mentions it."""
    for subject, object in ((entity, None), (None, entity)):
        for store in stores:
            if next(store.quads_for_pattern(subject, None, object), None):
                return store
    return None


def _described(task: EntityTask, entity: NamedNode, format: str, store: Store, dataset: Store, folder: Path) -> Answer:
    """Return the description of an entity in a format, from a store that may be another than the dataset."""
    if format == "html":
        return html_answer(_page(task, entity, store, dataset, folder), describes=entity.value)
    if format == "csv":
        # Here, not above: few want a table.
        from graph.publish.participation_table import participation_table

        return data_answer(participation_table(query_fn(store), task.lang, event=entity), CONTENT_TYPES[format])
    triples, more = describe_as_statements(entity, query_fn(store))
    if format in QUAD_FORMATS:
        body = serialize_quads(quads_of(triples, store), format, task.base)
    else:
        body = serialize_document(triples, format, task.base, entity)
    truncated = "rows" if more else None
    media_type = CONTENT_TYPES[format]
    return Reply(
        status=200, media_type=media_type, rows=len(triples), describes=entity.value, truncated=truncated
    ), body


def _page(task: EntityTask, entity: NamedNode, store: Store, dataset: Store, folder: Path) -> bytes:
    """Return the page that its kind has, or the generic one."""
    # Here, not above: who wants statements needs no templates.
    from graph.server.entity.html import format_alternates
    from graph.server.entity.kinds import entity_view, reader_of, render_view
    from graph.server.entity.structured_data import structured_data
    from graph.server.settings import Settings

    in_dataset = store is dataset
    if not in_dataset:
        store = published_with_words(dataset, folder, task.base)
    run, alternates = query_fn(store), format_alternates(task.path)
    data = structured_data(entity, run, task.lang, Settings(*task.settings).url(f"about/{task.path}"))
    view = entity_view(entity, reader_of(task, store, folder, in_dataset))
    return render_view(view, entity, task, alternates, data, (folder / EXPLORER).is_file())


def _respelled(task: EntityTask, stores: Sequence[Store]) -> str | None:
    """Return the path of the entity whose name this is in another spelling (``Person/Laila Bokhari``), if there is."""
    folder, _, name = task.path.rpartition("/")
    entity = entity_at(f"{folder.lower()}/{slug(name)}", task.base)
    return path_of(entity, task.base) if entity and _store_with(entity, stores) else None


def _not_found(task: EntityTask, stores: Sequence[Store], folder: Path) -> Answer:
    """Return where the entity stands that is meant for sure; else an error, with what can have been meant."""
    path = _respelled(task, stores)
    if path:
        return Reply(status=308, moved_to=f"about/{path}"), b""
    is_page = task.format == "html" and task.document_format in (None, "html")
    missing = PageTask(
        page="missing",
        path=f"about/{task.path}",
        root=task.root,
        lang=task.lang,
        lang_chosen=task.lang_chosen,
        format="html" if is_page else "text",
        parameters=flatten([("name", task.path)]),
        settings=task.settings,
        base=task.base,
        max_rows=task.max_rows,
        max_bytes=task.max_bytes,
        gzip=task.gzip,
        seconds=task.seconds,
    )
    return answer_page(missing, stores[0], folder)
