"""The application: its routes, its life from the first snapshot to the last, and the server that runs it."""

import asyncio
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from graph import __version__
from graph.model.iris import ENTITIES
from graph.server.errors import RequestError
from graph.server.http.connection import limited_protocol
from graph.server.http.middleware import with_middleware
from graph.server.limits import Limits
from graph.server.snapshot.copy import remove
from graph.server.snapshot.reload import AppState, fingerprint, raise_file_limit, take_snapshot, watch
from graph.server.views.editor import editor, front
from graph.server.views.entities import ONTOLOGY, about, entity, ontology
from graph.server.views.files import dump, dumps, explorer, source_text
from graph.server.views.pages import page_routes
from graph.server.views.responses import error_response, redirect_to_folder, redirect_without_slash, state_of
from graph.server.views.sparql import graphs, sparql
from graph.server.views.void import PATH as VOID
from graph.server.views.void import well_known_void
from graph.server.views.yasgui import yasgui_page, yasgui_part
from graph.server.workers.pool import open_pool, shut_down
from graph.server.workers.process import is_alive

TEXT = ENTITIES["text"]
_KEEP_ALIVE_SECONDS = 5
# Connections that the system has and the server has not yet accepted.
_BACKLOG = 256
# For requests that are being answered when the server stops.
_SECONDS_TO_STOP = 5


def application(build: Path, questions: Path, limits: Limits, public: str | None, address: str) -> Starlette:
    """Return the application that serves a build. It says on stderr where it is when it is ready, or why not."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        last = fingerprint(build)
        try:
            snapshot = await take_snapshot(build)
        except OSError as error:
            print(f"Error: {error}", file=sys.stderr, flush=True)
            raise
        try:
            async with open_pool(snapshot.store, limits) as pool:
                app.state.current = state = AppState(build, questions, limits, public, snapshot, pool)
                print(f"the build {snapshot.tag} is served at {address}", file=sys.stderr, flush=True)
                if not pool.sandboxed:
                    print("note: this system does not hold workers to all their limits", file=sys.stderr, flush=True)
                watching = asyncio.create_task(watch(state, last))
                try:
                    yield
                finally:
                    watching.cancel()
                    with suppress(asyncio.CancelledError):
                        await watching
                    snapshot = state.snapshot
        finally:
            remove(snapshot.folder)

    return Starlette(
        routes=[
            Route("/", front),
            *page_routes(),
            Route("/query", redirect_to_folder),
            Route("/query/", editor),
            Route("/sparql", sparql, methods=["GET", "POST"]),
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
            Route("/health", health),
            Route("/health/", redirect_without_slash),
            Route(VOID, well_known_void),
            Route(f"{VOID}/", redirect_without_slash),
            *_ontology_routes(),
            Route(f"/{TEXT}{{name}}.txt", source_text),
            Route(f"/about/{TEXT}{{name}}.txt", source_text),
            Route("/about/{path:path}", about),
            Route("/{path:path}", entity),
        ],
        exception_handlers={RequestError: _request_error, HTTPException: _http_error},
        lifespan=lifespan,
    )


def _ontology_routes() -> list[Route]:
    """Return the routes of the ontology: its IRI, that of a version, and each as a document in a format."""
    paths = (f"/{ONTOLOGY}", f"/{ONTOLOGY}.{{ending}}", f"/{ONTOLOGY}/{{version}}")
    return [
        *(Route(path, ontology) for path in paths),
        *(Route(f"{path}/", redirect_without_slash) for path in paths),
    ]


async def health(request: Request) -> Response:
    """Return whether queries are answered, and of which build."""
    state = state_of(request)
    # One more than may be busy, unless one has just ended.
    alive = sum(is_alive(worker) for worker in state.pool.alive)
    health = {
        "status": "ok" if alive else "no worker",
        "version": __version__,
        "build": state.snapshot.tag,
        "known_on": state.snapshot.known_on,
        "workers": state.limits.workers,
        "alive": alive,
        "running": state.pool.scheduler.running.total(),
        "waiting": len(state.pool.scheduler.waiting),
        "without_network": state.pool.sandboxed,
    }
    return JSONResponse(health, 200 if alive else 503, {"Cache-Control": "no-store"})


def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error_response(error)


def _http_error(request: Request, error: Exception) -> Response:
    """Return the answer where the router finds no route, or one that does not take the method."""
    assert isinstance(error, HTTPException)
    message = error.detail
    if error.status_code == 405:
        message = "this address takes no such request; the server is read-only"
        message += "; queries are sent to /sparql" if request.method == "POST" else ""
    return PlainTextResponse(f"{message}\n", error.status_code, error.headers)


def serve(
    build: Path,
    questions: Path,
    host: str,
    port: int,
    limits: Limits,
    hosts: frozenset[str],
    public: str | None = None,
    log_queries: bool = False,
) -> None:
    """Serve a build until the process is told to stop. ``hosts`` are the host names that are answered; all where empty.

    Raise SystemExit with 1 where the server cannot start; the reason is on stderr.
    """
    raise_file_limit()
    listener = _listen(host, port)
    url_host = f"[{host}]" if ":" in host else host
    app = application(build, questions, limits, public, f"http://{url_host}:{listener.getsockname()[1]}/")
    config = uvicorn.Config(
        with_middleware(app, hosts, limits.max_header_bytes, log_queries),
        http=limited_protocol(limits),
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
    # Its messages contain addresses of clients; the middleware logs what is needed.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
    # It warns of workers that were dead before they were killed.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    server = _Server(config, app)
    with listener:
        server.run(sockets=[listener])
    if not server.started:
        sys.exit(1)


class _Server(uvicorn.Server):
    """Tells queries that wait, and those that run too long, that it stops."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        state: AppState = self._app.state.current
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
        sys.exit(f"Error: {host}:{port} cannot be listened at: {reason}")
    return listener
