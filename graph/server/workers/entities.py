"""Describe an entity: from the dataset or another file of the build, as a page or as statements; or what is similar."""

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Store

from graph.model.labels import interface_language
from graph.query.results import QueryFn, QueryResult, read_result
from graph.server.entity.description import describe, describe_as_statements, similar_entities
from graph.server.entity.html import content_security_policy, entity_page, not_found_page
from graph.server.negotiation import CONTENT_TYPES
from graph.server.workers.datasets import QUAD_FORMATS, quads_of, serialize_document, serialize_quads
from graph.server.workers.ipc import EntityTask, Reply

Answer = tuple[Reply, bytes]


def describe_in(task: EntityTask, stores: Sequence[Store]) -> Answer | None:
    """Return the description of the entity of a task, from the first store that has one; 404 where none has.

    Return None where the client accepts no format that there is.
    """
    for entity, format in _candidates(task):
        store = _store_with(entity, stores)
        if store:
            return None if format is None else _described(task, entity, format, store)
    return None if task.format is None else _not_found(task, stores)


def _candidates(task: EntityTask) -> Iterator[tuple[NamedNode, str | None]]:
    """Yield the entities that the address can be of, each with the format that is wanted then."""
    if task.possible:
        yield NamedNode(task.entity), task.format
    if task.document_of is not None:
        yield NamedNode(task.document_of), task.document_format


def _store_with(entity: NamedNode, stores: Sequence[Store]) -> Store | None:
    """Return the first store that states something of an entity or, if none does, the first that mentions it."""
    for subject, object in ((entity, None), (None, entity)):
        for store in stores:
            if next(store.quads_for_pattern(subject, None, object), None):
                return store
    return None


def _described(task: EntityTask, entity: NamedNode, format: str, store: Store) -> Answer:
    run = _querying(store)
    if format == "html":
        description = describe(entity, run, task.lang)
        assert description is not None
        page = entity_page(description, task.base, interface_language(task.lang), task.root)
        return _reply(page, format, 1, describes=entity.value, policy=content_security_policy(page))
    triples, more = describe_as_statements(entity, run)
    if format in QUAD_FORMATS:
        body = serialize_quads(quads_of(triples, store), format, task.base)
    else:
        body = serialize_document(triples, format, task.base, entity)
    return _reply(body, format, len(triples), describes=entity.value, truncated="rows" if more else None)


def _reply(
    body: bytes,
    format: str,
    rows: int,
    status: int = 200,
    describes: str | None = None,
    truncated: str | None = None,
    policy: str | None = None,
) -> Answer:
    media_type = CONTENT_TYPES[format]
    return Reply(
        status=status, media_type=media_type, rows=rows, describes=describes, truncated=truncated, policy=policy
    ), body


def _not_found(task: EntityTask, stores: Sequence[Store]) -> Answer:
    """Return an error with what is similar, as a page where a page was wanted."""
    wanted = NamedNode(task.document_of or task.entity)
    similar = [each for store in stores for each in similar_entities(wanted, _querying(store), task.lang)]
    similar = list(dict(similar).items())
    if task.format == "html" and task.document_format in (None, "html"):
        page = not_found_page(task.path, similar, task.base, interface_language(task.lang), task.root)
        return _reply(page, "html", 1, 404, policy=content_security_policy(page))
    near = ", ".join(entity.value for entity, _ in similar)
    advice = f"did you mean {near}?" if near else "nor like it"
    return Reply(status=404, message=f"there is nothing of this name; {advice}"), b""


def _querying(store: Store) -> QueryFn:
    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run
