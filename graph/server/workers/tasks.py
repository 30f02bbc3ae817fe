"""What a worker does: answer a query, read a graph or describe an entity, whole and in the format that is wanted."""

from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from graph.common.errors import MotegrafError
from graph.model.iris import prefixes_under
from graph.query.diagnostics import locate_error, syntax_error_message
from graph.query.formats import serialize_results, serialize_triples
from graph.query.results import BooleanResult, QueryError, QueryResult, Table, TriplesResult
from graph.query.sparql.prefixes import expand_dotted_names
from graph.query.sparql.tokens import has_from_clause
from graph.rdf.terms import iri_problem, local_name_of
from graph.server.errors import RequestError
from graph.server.negotiation import CONTENT_TYPES
from graph.server.policy import PAGE_POLICY
from graph.server.stores import truncate
from graph.server.workers.guard import validate
from graph.server.workers.ipc import (
    EntityTask,
    GraphTask,
    PageTask,
    QueryTask,
    ReconciliationTask,
    RecordsTask,
    Reply,
    Task,
)
from graph.server.workers.published import published_store

Answer = tuple[Reply, bytes]
# The longest query in which a slow parser looks for the position of a mistake.
MAX_CHARACTERS_TO_LOCATE = 5_000


class ResponseTooLargeError(MotegrafError):
    """An answer is larger than one may be, and a part of it would be no answer."""


def run_task(task: Task, store: Store, folder: Path) -> Answer:
    """Return the reply to a task, with its body; an error of whoever asks is a reply as well.

    ``folder`` has the other files of the build.
    """
    try:
        match task:
            case QueryTask():
                return run_query(task, store)
            case GraphTask():
                return read_graph(task, store)
            case EntityTask():
                return describe_entity(task, store, folder)
            case PageTask():
                return read_page(task, store, folder)
            case ReconciliationTask():
                return reconcile(task, store, folder)
            case RecordsTask():
                return read_records(task, folder)
    except RequestError as error:
        return error_reply(error.status, error.message)
    except SyntaxError as error:
        assert isinstance(task, QueryTask)
        return error_reply(400, _locate_mistake(task, str(error)))
    except ResponseTooLargeError as error:
        return error_reply(403, str(error))
    except QueryError as error:
        return error_reply(400, str(error))
    except MemoryError:
        return error_reply(503, "memory")
    except SqliteError as error:
        return error_reply(500, f"the names of this build cannot be read: {error}")
    except (OSError, ValueError) as error:
        return error_reply(400, f"this cannot be answered: {error}")


def error_reply(status: int, message: str) -> Answer:
    """Return a reply that is an error."""
    return Reply(status=status, message=message), b""


def run_query(task: QueryTask, store: Store) -> Answer:
    """Return the answer to a query, with its first rows where it has more than it may."""
    if task.validate:
        validate(task.query)
    query, prefixes, has_from = _prepare(task.query, task.base)
    defaults, named = task.default_graphs, task.named_graphs
    result = store.query(
        query,
        prefixes=prefixes,
        base_iri=_base_iri(task.address),
        use_default_graph_as_union=defaults is None and named is None and not has_from,
        default_graph=None if defaults is None else [NamedNode(name) for name in defaults],
        named_graphs=None if named is None else [NamedNode(name) for name in named],
    )
    if isinstance(result, QueryBoolean):
        return _serialize(BooleanResult(bool(result)), "boolean", task.boolean_format, task)
    if isinstance(result, QuerySolutions):
        if task.table_format is None:
            return _not_acceptable("table")
        columns = tuple(variable.value for variable in result.variables)
        rows, limit = truncate((tuple(solution) for solution in result), task.max_rows, task.max_bytes)
        return _serialize(Table(columns, rows), "table", task.table_format, task, limit)
    if task.graph_format is None:
        return _not_acceptable("graph")
    triples, limit = truncate(result, task.max_rows, task.max_bytes)
    return _serialize(TriplesResult(triples), "graph", task.graph_format, task, limit)


@lru_cache(maxsize=64)
def _base_iri(address: str | None) -> str | None:
    """Return the address as the engine takes it; None where it is no IRI: relative ones are refused then."""
    return address if address and iri_problem(address) is None else None


def _locate_mistake(task: QueryTask, message: str) -> str:
    """Return the message with the line of the query that is wrong, as its author wrote it."""
    query, prefixes = task.query, prefixes_under(task.base)
    if len(query) > MAX_CHARACTERS_TO_LOCATE:
        return syntax_error_message(message)
    return locate_error(query, expand_dotted_names(query, prefixes), message, prefixes)


# The same questions are asked often.
@lru_cache(maxsize=64)
def _prepare(query: str, base: str) -> tuple[str, dict[str, str], bool]:
    """Return the query as the engine reads it, the known prefixes that it may use, and whether it names its graphs."""
    prefixes = prefixes_under(base)
    expanded = expand_dotted_names(query, prefixes)
    # Each that is passed to the engine costs it as much as a short query.
    used = {name: iri for name, iri in prefixes.items() if f"{name}:" in expanded}
    return expanded, used, has_from_clause(expanded)


def read_graph(task: GraphTask, store: Store) -> Answer:
    """Return all statements of a graph, or of the union of all. Raise ResponseTooLargeError where they are too many."""
    from graph.server.workers.datasets import QUAD_FORMATS, serialize_document, serialize_quads

    graph, format = None if task.graph is None else NamedNode(task.graph), task.graph_format
    if graph is not None and not store.contains_named_graph(graph) and task.document_of is not None:
        graph, format = NamedNode(task.document_of), task.document_format
    if graph is not None and not store.contains_named_graph(graph):
        return error_reply(404, f"there is no graph {task.graph}{_similar_graph(task.graph or '', store)}")
    if format is None:
        return _not_acceptable("graph")
    limit = task.max_bytes
    quads = store.quads_for_pattern(None, None, None, graph)
    if format == "html":
        shown, truncated = truncate((quad.triple for quad in quads), task.max_rows, limit)
        return _serialize(TriplesResult(shown), "graph", format, task, truncated)
    several = format in QUAD_FORMATS
    statements, truncated = truncate((quad if several else quad.triple for quad in quads), limit, limit)
    if truncated:
        message = f"this graph is larger than the {limit:,} bytes that are given at once; dumps/ has all of it"
        raise ResponseTooLargeError(message)
    if several:
        body = serialize_quads(statements, format, task.base)
    else:
        body = serialize_document(statements, format, task.base)
    return Reply(status=200, media_type=CONTENT_TYPES[format], rows=len(statements)), body


def _similar_graph(graph: str, store: Store) -> str:
    # Here, not above: most graphs are there.
    from difflib import get_close_matches

    names = {local_name_of(name): name.value for name in store.named_graphs() if isinstance(name, NamedNode)}
    near = get_close_matches(local_name_of(NamedNode(graph)), names, 1)
    return f". Did you mean {names[near[0]]}?" if near else ""


def describe_entity(task: EntityTask, store: Store, folder: Path) -> Answer:
    """Return the description of an entity, as a page or as statements; 404 with similar names where there is none.

    What the dataset does not describe may stand in the other files of the build.
    """
    if task.format == "html":
        # How long it may take, and how it is sent, make no other page.
        return _entity_page(replace(task, seconds=0.0, gzip=False), store, folder)
    return _describe(task, store, folder)


# A worker has one build for all its life. So many pages take some megabytes.
@lru_cache(maxsize=64)
def _entity_page(task: EntityTask, store: Store, folder: Path) -> Answer:
    """Return the page of an entity; of those that are asked for again and again, the one that was made before."""
    return _describe(task, store, folder)


def _describe(task: EntityTask, store: Store, folder: Path) -> Answer:
    # Here, not above: a worker starts without it, and most have no entities to describe.
    from graph.server.workers.entities import describe_in

    return describe_in(task, (store, published_store(folder, task.base)), folder) or _not_acceptable("entity")


def read_page(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return a page that is made of the store, as it was asked for."""
    # Here, not above: a worker starts without it.
    from graph.server.workers.pages import answer_page

    return answer_page(task, store, folder)


def reconcile(task: ReconciliationTask, store: Store, folder: Path) -> Answer:
    """Return the answer to a request to the reconciliation service."""
    # Here, not above: a worker starts without it. The service builds on what workers are made of.
    answer: Answer = import_module("graph.server.reconcile.answer").answer(task, store, folder)
    return answer


def read_records(task: RecordsTask, folder: Path) -> Answer:
    """Return rows of registers for the interactive page."""
    # Here, not above: a worker starts without it.
    from graph.server.workers.records import answer_records

    return answer_records(task, folder)


def _not_acceptable(kind: str) -> Answer:
    return Reply(status=406, message="format", not_acceptable=kind), b""


def _serialize(result: QueryResult, kind: str, format: str | None, task: Task, truncated: str | None = None) -> Answer:
    """Return the result in a format; the front says so where the client accepts none of its kind."""
    if format is None:
        return _not_acceptable(kind)
    rows = _rows(result)
    if any(isinstance(cell, Triple) for row in rows for cell in row):
        return error_reply(400, "a part of the answer is a whole statement (RDF 1.2); ask for its parts")
    policy = None
    if format == "html":
        # Here, not above: a worker starts without it, and few ask for it.
        from graph.server.workers.pages import result_page

        assert isinstance(task, QueryTask | GraphTask)
        body, policy = result_page(result, task, truncated is not None), PAGE_POLICY
    elif isinstance(result, TriplesResult):
        body = serialize_triples(result, format, prefixes_under(task.base))
    else:
        body = serialize_results(result, format)
    count = 1 if isinstance(result, BooleanResult) else len(rows)
    return Reply(status=200, media_type=CONTENT_TYPES[format], truncated=truncated, rows=count, policy=policy), body


def _rows(result: QueryResult) -> list[Any]:
    match result:
        case Table(rows=rows):
            return list(rows)
        case TriplesResult(triples=triples):
            return list(triples)
    return []
