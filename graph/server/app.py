"""The application: which address is answered by what, from the first copy of the build to the last."""

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
from graph.server.errors import Refused
from graph.server.http.connection import narrowed
from graph.server.http.middleware import with_manners
from graph.server.limits import Limits
from graph.server.snapshot.copy import forget
from graph.server.snapshot.reload import Serving, copy_of, open_more_files, seen, watch
from graph.server.views.editor import editor
from graph.server.views.entities import ONTOLOGY, about, ontology, thing
from graph.server.views.files import dump, dumps, explorer
from graph.server.views.responses import folder_of, refusing
from graph.server.views.sparql import graphs, sparql
from graph.server.views.yasgui import yasgui_page, yasgui_part
from graph.server.workers.pool import dismiss, pool_of
from graph.server.workers.process import alive

_KEEP_ALIVE = 5
# Connections that the system has and the server has not yet taken, which it then takes at one go.
_MOST_UNHEARD = 256
# For requests that are under way when the server is ended.
_SECONDS_TO_END = 5


def application(build: Path, questions: Path, limits: Limits, public: str | None, address: str) -> Starlette:
    """The server of a build. It says where it is when it is ready, or why it cannot be."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        last = seen(build)
        try:
            copy = await copy_of(build)
        except OSError as error:
            print(f"Error: {error}", file=sys.stderr, flush=True)
            raise
        try:
            async with pool_of(copy.store, limits) as pool:
                app.state.serving = serving = Serving(build, questions, limits, public, copy, pool)
                print(f"the build {copy.tag} is served at {address}", file=sys.stderr, flush=True)
                if not pool.confined:
                    print("note: this system does not hold workers to all their limits", file=sys.stderr, flush=True)
                watching = asyncio.create_task(watch(serving, last))
                try:
                    yield
                finally:
                    watching.cancel()
                    with suppress(asyncio.CancelledError):
                        await watching
                    copy = serving.served
        finally:
            forget(copy.folder)

    return Starlette(
        routes=[
            Route("/", editor),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/yasgui", folder_of),
            Route("/yasgui/{name}", yasgui_part),
            Route("/yasgui/", yasgui_page),
            Route("/graphs", graphs),
            Route("/dumps", folder_of),
            Route("/dumps/", dumps),
            Route("/dumps/{name}", dump),
            Route("/explorer", explorer),
            Route("/health", health),
            Route(f"/{ONTOLOGY}", ontology),
            Route("/about/{path:path}", about),
            Route("/{path:path}", thing),
        ],
        exception_handlers={Refused: _refused, HTTPException: _http_refused},
        lifespan=lifespan,
    )


async def health(request: Request) -> Response:
    """Whether queries are answered, and of which build."""
    serving: Serving = request.app.state.serving
    # One more than may be at work, where none has just ended.
    there = sum(alive(worker) for worker in serving.pool.alive)
    said = {
        "status": "ok" if there else "no worker",
        "version": __version__,
        "build": serving.served.tag,
        "known_on": serving.served.known_on,
        "workers": serving.limits.workers,
        "alive": there,
        "running": serving.pool.turns.running.total(),
        "waiting": len(serving.pool.turns.waiting),
        "without_network": serving.pool.confined,
    }
    return JSONResponse(said, 200 if there else 503, {"Cache-Control": "no-store"})


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusing(error)


def _http_refused(request: Request, error: Exception) -> Response:
    """What the router refuses: an address that nobody has, a method that one does not take."""
    assert isinstance(error, HTTPException)
    words = "this address takes no such request; the server is read-only" if error.status_code == 405 else error.detail
    return PlainTextResponse(f"{words}\n", error.status_code, error.headers)


def serve(
    build: Path,
    questions: Path,
    host: str,
    port: int,
    limits: Limits,
    names: frozenset[str],
    public: str | None = None,
    log_queries: bool = False,
) -> None:
    """The server answers until it is ended; SystemExit with 1 where it cannot start, the reason on stderr."""
    open_more_files()
    listening = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    app = application(build, questions, limits, public, f"http://{shown}:{listening.getsockname()[1]}/")
    config = uvicorn.Config(
        with_manners(app, names, limits.head, log_queries),
        http=narrowed(limits),
        loop="asyncio",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        backlog=_MOST_UNHEARD,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        # What is only a little too long is refused in words of ours.
        h11_max_incomplete_event_size=2 * limits.head,
    )
    # What it would say of requests has their addresses in it; what is worth saying is said here.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
    # A worker that was dead before it was killed is nothing to warn of.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    server = _Server(config, app)
    with listening:
        server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)


class _Server(uvicorn.Server):
    """Queries that wait, and those that run too long, are told that it ends."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        serving: Serving = self._app.state.serving
        dismiss(serving.pool)
        await super().shutdown(sockets)


def _listening(host: str, port: int) -> socket.socket:
    """The socket at which requests come in. TCP is said of it in so many words: what asyncio is not told, it assumes
    not, and then each answer waits for the acknowledgement of its headers."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_MOST_UNHEARD)
    except OSError as error:
        listening.close()
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        sys.exit(f"Error: {host}:{port} cannot be listened at: {reason}")
    return listening
