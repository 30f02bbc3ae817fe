"""The application: its routes, its life from the first snapshot to the last, and the server that runs it."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from graph.model.iris import ENTITIES
from graph.server.errors import RequestError
from graph.server.http.connection import limited_protocol
from graph.server.http.middleware import with_middleware
from graph.server.limits import Limits
from graph.server.operation.log import configure, request_logger
from graph.server.operation.metrics import Metrics
from graph.server.operation.options import Operation
from graph.server.operation.service_manager import feed_watchdog, notify_ready, notify_stopping
from graph.server.settings import Settings
from graph.server.snapshot.copy import Snapshot, remove
from graph.server.snapshot.reload import AppState, fingerprint, raise_file_limit, take_snapshot, watch
from graph.server.views.changes import change, changes, feed
from graph.server.views.editor import editor, front
from graph.server.views.entities import ONTOLOGY, about, entity, ontology
from graph.server.views.error_pages import http_error, request_error
from graph.server.views.files import dump, dumps, explorer, source_text
from graph.server.views.operation import health, metrics, ready, server_state
from graph.server.views.pages import page_routes
from graph.server.views.questions import question_routes
from graph.server.views.reconciliation import reconciliation_routes
from graph.server.views.records import columns, records
from graph.server.views.responses import redirect_to_folder, redirect_without_slash
from graph.server.views.sparql import graphs, sparql
from graph.server.views.texts import TITLES, text
from graph.server.views.versions import file as version_file
from graph.server.views.versions import version, versions
from graph.server.views.void import PATH as VOID
from graph.server.views.void import well_known_void
from graph.server.views.warm_up import keep_warm
from graph.server.views.well_known import ROBOTS, SECURITY, robots, security
from graph.server.views.yasgui import yasgui_page, yasgui_part
from graph.server.workers.pool import Pool, open_pool, shut_down

TEXT = ENTITIES["text"]
_KEEP_ALIVE_SECONDS = 5
# Connections that the system has and the server has not yet accepted.
_BACKLOG = 256
# For requests that are being answered when the server stops.
_SECONDS_TO_STOP = 5
_LOGGER = logging.getLogger(__name__)
# The state of the application at its start, of its first snapshot and its pool.
NewState = Callable[[Snapshot, Pool], AppState]


def application(
    build: Path, new_state: NewState, limits: Limits, address: str, fail: Callable[[], None], operation: Operation
) -> Starlette:
    """Return the application that serves a build.

    It answers at once, and loads the build meanwhile. When that is done, the log says where it is served; where that
    fails, the log says why, and ``fail`` is called.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        serving = asyncio.create_task(_serve_build(app, build, new_state, limits, address, fail, operation.warm_up))
        feeding = asyncio.create_task(feed_watchdog())
        try:
            yield
        finally:
            for task in (feeding, serving):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    return Starlette(
        routes=[
            # First, since most requests are these, and routes are tried in their order.
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/", front),
            *page_routes(),
            *question_routes(),
            *reconciliation_routes(),
            *(Route(f"/{name}", text) for name in TITLES),
            *(Route(f"/{name}/", redirect_without_slash) for name in (*TITLES, "api")),
            Route("/query", redirect_to_folder),
            Route("/query/", editor),
            # Not every client sends a query again when it is redirected.
            Route("/sparql/", sparql, methods=["GET", "POST"]),
            Route("/sparql.{ending}", sparql, methods=["GET", "POST"]),
            Route("/sparql.{ending}/", sparql, methods=["GET", "POST"]),
            Route("/yasgui", redirect_to_folder),
            Route("/yasgui/{name}", yasgui_part),
            Route("/yasgui/", yasgui_page),
            Route("/yasgui/{name}/", redirect_without_slash),
            Route("/graphs", graphs),
            Route("/graphs/", graphs),
            Route("/dumps", redirect_to_folder),
            Route("/dumps/", dumps),
            Route("/dumps/{name}", dump),
            Route("/dumps/{name}/", redirect_without_slash),
            Route("/explorer", explorer),
            Route("/explorer/", redirect_without_slash),
            Route("/explorer/columns", columns),
            Route("/explorer/records", records),
            *_version_routes(),
            *_operation_routes(operation.metrics),
            Route(ROBOTS, robots),
            Route(SECURITY, security),
            Route(VOID, well_known_void),
            Route(f"{VOID}/", redirect_without_slash),
            *_ontology_routes(),
            Route(f"/{TEXT}{{name}}.txt", source_text),
            Route(f"/about/{TEXT}{{name}}.txt", source_text),
            Route("/about/{path:path}", about),
            Route("/{path:path}", entity),
        ],
        exception_handlers={RequestError: request_error, HTTPException: http_error},
        lifespan=lifespan,
    )


def _ontology_routes() -> list[Route]:
    """Return the routes of the ontology: its IRI, that of a version, and each as a document in a format."""
    paths = (f"/{ONTOLOGY}", f"/{ONTOLOGY}.{{ending}}", f"/{ONTOLOGY}/{{version}}")
    return [
        *(Route(path, ontology) for path in paths),
        *(Route(f"{path}/", redirect_without_slash) for path in paths),
    ]


def _version_routes() -> list[Route]:
    """Return the routes of builds that are kept, and of what changed with each."""
    return [
        Route("/changes", changes),
        Route("/changes.atom", feed),
        Route("/changes/{step}", change),
        *(Route(path, redirect_without_slash) for path in ("/changes/", "/changes.atom/", "/changes/{step}/")),
        Route("/versions", redirect_to_folder),
        Route("/versions/", versions),
        Route("/versions/{tag}", redirect_to_folder),
        Route("/versions/{tag}/", version),
        Route("/versions/{tag}/{name}", version_file),
        Route("/versions/{tag}/{name}/", redirect_without_slash),
    ]


def _operation_routes(with_metrics: bool) -> list[Route]:
    views = {"/health": health, "/ready": ready} | ({"/metrics": metrics} if with_metrics else {})
    return [
        *(Route(path, view) for path, view in views.items()),
        *(Route(f"{path}/", redirect_without_slash) for path in views),
    ]


async def _serve_build(
    app: Starlette,
    build: Path,
    new_state: NewState,
    limits: Limits,
    address: str,
    fail: Callable[[], None],
    warm: bool,
) -> None:
    """Load the build, and each that comes after it, until this is cancelled. Call ``fail`` where none can be loaded.

    ``warm``: make its pages ahead.
    """
    last = fingerprint(build)
    try:
        snapshot = await take_snapshot(build)
        try:
            async with open_pool(snapshot.store, limits) as pool:
                app.state.current = state = new_state(snapshot, pool)
                _LOGGER.info("the build %s is served at %s", snapshot.tag, address)
                if not pool.sandboxed:
                    _LOGGER.warning("note: this system does not hold workers to all their limits")
                notify_ready(f"the build {snapshot.tag} is served")
                warming = asyncio.create_task(keep_warm(app, state, address)) if warm else None
                try:
                    await watch(state, last, _reload_signal())
                finally:
                    if warming:
                        warming.cancel()
                    snapshot = state.snapshot
        finally:
            remove(snapshot.folder)
    except OSError as error:
        _LOGGER.error("Error: %s", error)
        fail()


def _reload_signal() -> asyncio.Event:
    """Return an event that SIGHUP sets, unless that is ignored (``nohup``) or the system has no such signal."""
    event = asyncio.Event()
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, event.set)
    return event


def serve(
    build: Path,
    questions: Path,
    host: str,
    port: int,
    limits: Limits,
    hosts: frozenset[str],
    public: str | None = None,
    site: Settings | None = None,
    operation: Operation | None = None,
) -> None:
    """Serve a build until the process is told to stop. ``hosts`` are the host names that are answered; all where empty.

    Raise SystemExit with 1 where the server cannot start; the reason is in the log. SIGTERM ends it without an error.
    """
    operation = operation or Operation()
    configure(operation.log_format)
    raise_file_limit()
    listener = _listen(host, port)
    url_host = f"[{host}]" if ":" in host else host
    address = f"http://{url_host}:{listener.getsockname()[1]}/"
    new_state = partial(AppState, build, questions, limits, public, site=site or Settings())
    app = application(build, new_state, limits, address, lambda: server.fail(), operation)
    connections: Counter[str] = Counter()
    app.state.metrics = counted = Metrics(lambda: server_state(app, connections))
    observers = (request_logger(operation.log_queries), *((counted.observe,) if operation.metrics else ()))
    config = uvicorn.Config(
        with_middleware(app, hosts, limits.max_header_bytes, observers, operation.proxies),
        http=limited_protocol(limits, connections, operation.proxies),
        loop="asyncio",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_SECONDS_TO_STOP,
        # What is only a little too long is answered by the middleware, which names the limit.
        h11_max_incomplete_event_size=2 * limits.max_header_bytes,
    )
    server = _Server(config, app)
    # uvicorn raises the signal that has ended it once more when it is done. Then this does nothing.
    signal.signal(signal.SIGTERM, server.handle_exit)
    with listener:
        server.run(sockets=[listener])
    if server.failed or not server.started:
        sys.exit(1)


class _Server(uvicorn.Server):
    """Tells queries that wait, and those that run too long, that it stops."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app
        self.failed = False

    def fail(self) -> None:
        """Stop, since there is nothing to serve."""
        self.failed = self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        notify_stopping()
        state: AppState | None = getattr(self._app.state, "current", None)
        if state:
            shut_down(state.pool)
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens."""
    # TCP is named, because asyncio sets TCP_NODELAY only then; without it each answer waits for the acknowledgement of
    # its headers.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        _LOGGER.error("Error: %s:%d cannot be listened at: %s", host, port, reason)
        sys.exit(1)
    return listener
