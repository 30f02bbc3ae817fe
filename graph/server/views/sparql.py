"""SPARQL: ``/sparql``, graphs by the Graph Store Protocol: from a request to a task, from an answer to a response."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypedDict

from pyoxigraph import NamedNode
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from graph.server.errors import NotAcceptableError, RequestError
from graph.server.formats import ENDPOINT_ENDINGS, choose_format, format_names
from graph.server.http.connection import client_of
from graph.server.limits import Limits
from graph.server.negotiation import BOOLEANS, DOCUMENTS, GRAPHS, RDF, TABLES, negotiate_labels
from graph.server.snapshot.reload import AppState
from graph.server.views.answer_cache import as_wanted, place_of
from graph.server.views.responses import is_lang_chosen, language_of, state_of, wants_gzip, worker_response
from graph.server.views.service_description import service_description
from graph.server.views.sparql_protocol import graph_parameters, parse_request, requested_format
from graph.server.workers.guard import check_length
from graph.server.workers.ipc import GraphTask, QueryTask, Task
from graph.server.workers.pool import submit
from graph.server.workers.process import WorkerAnswer

_SECONDS_BEFORE_WATCHING = 0.05
_QUERY_MEDIA = {"table": TABLES, "boolean": BOOLEANS, "graph": GRAPHS}
_QUERY_FORMATS = {kind: format_names(media) for kind, media in _QUERY_MEDIA.items()}


class TaskLimits(TypedDict):
    """What every task says."""

    base: str
    max_rows: int
    max_bytes: int
    gzip: bool


class PagePlace(TypedDict):
    """Where a page stands, and the settings of the site."""

    path: str
    root: str
    settings: tuple[str, ...]


async def sparql(request: Request) -> Response:
    """Answer the query operation of the SPARQL 1.1 Protocol; without a query, describe the service.

    The address may have an ending that names the format: ``/sparql.csv``.
    """
    state, ending = state_of(request), request.path_params.get("ending")
    if ending is not None and ending not in ENDPOINT_ENDINGS:
        raise RequestError(404, f"nothing has this address; /sparql has the endings {', '.join(ENDPOINT_ENDINGS)}")
    body = await read_body(request, state.limits)
    wanted = parse_request(request.method, request.scope["query_string"], request.headers, body)
    accept = request.headers.get("accept")
    if wanted is None and request.method != "POST":
        return describe_service(request, state)
    if wanted is None or not wanted.query.strip():
        raise RequestError(400, "there is no query; give query=")
    request.state.query = wanted.query
    check_length(wanted.query, state.limits.max_query_bytes)
    format = wanted.format or ending
    task = QueryTask(
        query=wanted.query,
        address=endpoint_url(request, state),
        validate=state.limits.validate_queries,
        lang=negotiate_labels(wanted.lang, request.headers.get("accept-language")),
        default_graphs=wanted.default_graphs,
        named_graphs=wanted.named_graphs,
        table_format=choose_format(format, accept, TABLES),
        boolean_format=choose_format(format, accept, BOOLEANS),
        graph_format=choose_format(format, accept, GRAPHS),
        lang_chosen=wanted.lang is not None,
        **page_place(request, state),
        **task_limits(request, state),
    )
    return await run_task(request, state, task, _QUERY_MEDIA if format is None else _QUERY_FORMATS)


async def graphs(request: Request) -> Response:
    """Answer the Graph Store HTTP Protocol: a graph named in the address, ``?graph=IRI`` or ``?default``."""
    name, format = graph_parameters(request.scope["query_string"])
    return await graph_response(request, state_of(request), name, format=format)


async def graph_response(
    request: Request,
    state: AppState,
    name: str | None,
    document_of: NamedNode | None = None,
    format: str | None = None,
) -> Response:
    """Return all statements of a graph, or of all graphs where no name is given.

    Where there is no graph of that name, but one that this address is a document of (``document_of``), return that one
    in the format that the ending of the address names. ``format`` is the one that an address names otherwise.
    """
    accept, wanted = request.headers.get("accept"), requested_format(request.scope["query_string"])
    own = wanted if document_of else wanted or format
    task = GraphTask(
        graph=name,
        document_of=document_of.value if document_of else None,
        lang=language_of(request),
        graph_format=choose_format(own, accept, DOCUMENTS),
        document_format=choose_format(wanted or format, accept, DOCUMENTS),
        lang_chosen=is_lang_chosen(request),
        **page_place(request, state),
        **task_limits(request, state),
    )
    return await run_task(request, state, task, {"graph": DOCUMENTS if own is None else format_names(DOCUMENTS)})


def describe_service(request: Request, state: AppState) -> Response:
    """Return the service description in the format that the client prefers; people are led to the form."""
    wanted = requested_format(request.scope["query_string"]) or request.path_params.get("ending")
    format = choose_format(wanted, request.headers.get("accept"), GRAPHS)
    if format == "html":
        return RedirectResponse("../query/" if request.url.path.endswith("/") else "query/", 303, {"Vary": "Accept"})
    if format is None:
        raise NotAcceptableError(RDF if wanted is None else format_names(RDF))
    return service_description(endpoint_url(request, state), state.snapshot, format)


def endpoint_url(request: Request, state: AppState) -> str:
    """Return the URL of the endpoint: as others reach it, if that is known, or as it was requested."""
    if state.public:
        return f"{state.public}sparql"
    return _endpoint_at(request.scope["scheme"], request.headers.get("host"), request.scope.get("server"))


# Clients name few hosts, and an address takes long to take apart.
@lru_cache(maxsize=64)
def _endpoint_at(scheme: str, host: str | None, server: tuple[str, int] | None) -> str:
    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    scope = {"type": "http", "scheme": scheme, "server": server, "path": "/", "headers": headers}
    return f"{HTTPConnection(scope).base_url}sparql"


def task_limits(request: Request, state: AppState) -> TaskLimits:
    """Return what every task says."""
    return {
        "base": state.snapshot.base,
        "max_rows": state.limits.max_rows,
        "max_bytes": state.limits.max_response_bytes,
        "gzip": wants_gzip(request),
    }


def page_place(request: Request, state: AppState) -> PagePlace:
    """Return where the page of a request stands."""
    path = request.scope["path"].removeprefix("/")
    return {"path": path, "root": "../" * path.count("/"), "settings": state.settings.packed()}


async def run_task(request: Request, state: AppState, task: Task, offered: Mapping[str, Mapping[str, str]]) -> Response:
    """Return the response to a task, unless the client disconnects before.

    ``offered`` are the media types of each kind of answer.
    """
    snapshot = state.snapshot
    answer = await _kept_or_made(request, state, task)
    if answer.reply.not_acceptable is not None:
        answer.body.close()
        raise NotAcceptableError(offered[answer.reply.not_acceptable])
    # One that had to wait for a worker may be the answer of the build that has come meanwhile.
    asked = answer.store is None or answer.store == snapshot.store
    return worker_response(request, answer, (snapshot if asked else state.snapshot).tag)


async def _kept_or_made(request: Request, state: AppState, task: Task) -> WorkerAnswer:
    """Return the answer to a task: one that is kept of this build, or a worker's."""
    snapshot, place = state.snapshot, place_of(task, state)
    if place is None:
        return await _submit(request, state, task)
    answer = place.get()
    if answer is None:
        answer = await _submit(request, state, place.task)
        if answer.store == snapshot.store and state.snapshot is snapshot:
            answer = place.put(answer)
    return as_wanted(answer, task)


async def worker_text(request: Request, state: AppState, task: Task) -> str:
    """Return the text that a task is answered with. Raise RequestError for an error."""
    answer = await _submit(request, state, replace(task, gzip=False))
    with answer.body as body:
        if answer.reply.message is not None:
            raise RequestError(answer.reply.status, answer.reply.message)
        return body.read().decode()


async def _submit(request: Request, state: AppState, task: Task) -> WorkerAnswer:
    loop = asyncio.get_running_loop()
    disconnected: asyncio.Future[None] = loop.create_future()
    watching: asyncio.Task[None] | None = None

    async def wait_for_disconnect() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        disconnected.set_result(None)

    def watch() -> None:
        nonlocal watching
        watching = asyncio.create_task(wait_for_disconnect())

    # Most answers are there before anybody disconnects.
    timer = loop.call_later(_SECONDS_BEFORE_WATCHING, watch)
    try:
        return await submit(state.pool, task, client_of(request.client and [*request.client]), disconnected)
    finally:
        timer.cancel()
        if watching:
            watching.cancel()


async def read_body(request: Request, limits: Limits) -> bytes:
    """Return the body of a request. Raise RequestError where it has too many bytes, or does not arrive in time."""
    limit = limits.max_body_bytes
    announced = request.headers.get("content-length", "0")
    too_long = announced.isdigit() and int(announced) > limit
    body = bytearray()
    try:
        if not too_long:
            async with asyncio.timeout(limits.io_timeout):
                body = await _receive_body(request, limit)
    except TimeoutError as error:
        raise RequestError(408, f"a request arrives whole within {limits.io_timeout:g} s") from error
    if too_long or len(body) > limit:
        raise RequestError(413, f"a request has no more than {limit:,} bytes")
    return bytes(body)


async def _receive_body(request: Request, limit: int) -> bytearray:
    """Return the body of a request, or so much of it that it is longer than the limit."""
    body, more = bytearray(), True
    while more and len(body) <= limit:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise RequestError(400, "the request ended before it was whole")
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
