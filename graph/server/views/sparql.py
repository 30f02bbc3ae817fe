"""Asking: ``/sparql``, and graphs by the Graph Store Protocol: a request -> a task for a worker -> its answer."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from graph.server.errors import Refused
from graph.server.http.connection import client_of
from graph.server.negotiation import DATA, GRAPHS, TABLES, TRUTHS, language, liked
from graph.server.snapshot.reload import Serving
from graph.server.views.responses import UNLIKABLE, likes_gzip, sent
from graph.server.views.service_description import description_of
from graph.server.views.sparql_protocol import asked_of, graph_named
from graph.server.workers.guard import short_enough
from graph.server.workers.ipc import Said
from graph.server.workers.pool import asked
from graph.server.workers.process import Reply

_SECONDS_UNWATCHED = 0.05
# Of a body that is longer than it may be, what is read nevertheless, and how long.
_MOST_LEFT, _SECONDS_LEFT = 1_000_000, 0.5


async def sparql(request: Request) -> Response:
    """The query operation of the SPARQL 1.1 Protocol; without a query, the description of this service."""
    serving: Serving = request.app.state.serving
    body = await whole_body(request, serving.limits.body)
    wanted = asked_of(request.method, request.scope["query_string"], request.headers, body)
    accept = request.headers.get("accept")
    if wanted is None and request.method != "POST":
        if liked(accept, GRAPHS) == "html":
            return RedirectResponse("./", 303, {"Vary": "Accept"})
        return described(request, serving)
    if wanted is None or not wanted.query.strip():
        raise Refused(400, "there is no query; give query=")
    request.state.query = wanted.query
    short_enough(wanted.query, serving.limits.query_bytes)
    offered = {"table": TABLES, "truth": TRUTHS, "graph": GRAPHS}
    task = common_task(request, serving) | {
        "do": "query",
        "query": wanted.query,
        "guarded": serving.limits.guarded,
        "lang": language(wanted.lang, request.headers.get("accept-language")),
        "graphs": wanted.graphs,
        "formats": {name: liked(accept, media) for name, media in offered.items()},
    }
    return await done_for(request, serving, task, offered)


async def graphs(request: Request) -> Response:
    """A graph by the Graph Store HTTP Protocol, named in the address: ``?graph=IRI`` or ``?default``."""
    serving: Serving = request.app.state.serving
    name = graph_named(request.scope["query_string"])
    return await graph_of(request, serving, name)


async def graph_of(request: Request, serving: Serving, name: str | None) -> Response:
    """All statements of a graph, or of all graphs."""
    formats = {"graph": liked(request.headers.get("accept"), DATA)}
    task = common_task(request, serving) | {"do": "graph", "graph": name, "formats": formats}
    return await done_for(request, serving, task, {"graph": DATA})


def described(request: Request, serving: Serving) -> Response:
    """The service description, in the format that the client likes best."""
    format = liked(request.headers.get("accept"), DATA)
    if format is None:
        raise unlikable(DATA)
    address = f"{serving.public}sparql" if serving.public else str(request.url.replace(query="", fragment=""))
    return description_of(address, serving.served, format)


def common_task(request: Request, serving: Serving) -> Said:
    """What every task says."""
    limits = serving.limits
    return {
        "base": serving.served.base,
        "rows": limits.rows,
        "answer": limits.answer,
        "gzip": likes_gzip(request),
    }


async def done_for(
    request: Request, serving: Serving, task: Said, offered: Mapping[str, Mapping[str, str]], **headers: str
) -> Response:
    """The answer to a task, unless its client leaves before it is there."""
    tag = serving.served.tag
    reply = await _reply(request, serving, task)
    if reply.head["status"] == UNLIKABLE:
        reply.body.close()
        raise unlikable(offered[reply.head["kind"]])
    return sent(request, reply, tag, headers)


def unlikable(offered: Mapping[str, str]) -> Refused:
    """Nothing that is offered is acceptable."""
    return Refused(406, f"this can be had as {', '.join(offered)}")


async def _reply(request: Request, serving: Serving, task: Said) -> Reply:
    loop = asyncio.get_running_loop()
    left: asyncio.Future[None] = loop.create_future()
    watching: asyncio.Task[None] | None = None

    async def wait_until_left() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set_result(None)

    def watch() -> None:
        nonlocal watching
        watching = asyncio.create_task(wait_until_left())

    # Most answers are there before anybody leaves.
    timer = loop.call_later(_SECONDS_UNWATCHED, watch)
    try:
        return await asked(serving.pool, task, client_of(request.client and [*request.client]), left)
    finally:
        timer.cancel()
        if watching:
            watching.cancel()


async def whole_body(request: Request, most: int) -> bytes:
    """The body of a request, no longer than it may be."""
    said = request.headers.get("content-length", "0")
    too_long = said.isdigit() and int(said) > most
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if too_long or len(body) > most:
                await _left_unread(request)
                raise Refused(413, f"a request has no more than {most:,} bytes", {"Connection": "close"})
    except ClientDisconnect as error:
        raise Refused(400, "the request ended before it was whole") from error
    return bytes(body)


async def _left_unread(request: Request) -> None:
    """Some of what a client still writes is taken from it and dropped, or it would not see why it is refused."""
    dropped = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_LEFT):
            while dropped < _MOST_LEFT:
                message = await request.receive()
                dropped += len(message.get("body", b""))
                if not message.get("more_body"):
                    return
