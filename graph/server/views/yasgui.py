"""YASGUI: an editor of SPARQL with tabs and completion, for those who write much of it; the ready questions in a menu.

It comes with the package ``oxigraph``, whose program has its files within it and gives them to whoever asks; where the
package is not installed, there is none. They are asked for once, and from then on are this server's own.
"""

import asyncio
import http.client
import json
import os
import shutil
import socket
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.model.iris import prefixes_under
from graph.model.labels import Label
from graph.query.questions import sparql_text
from graph.query.sparql.prefixes import declare_prefixes
from graph.render.markup import escape_html
from graph.server.entity.html import TEMPLATES, WORDS, template
from graph.server.errors import Refused
from graph.server.negotiation import compressed
from graph.server.snapshot.reload import Serving
from graph.server.views.editor import EXAMPLE, menu_of, questions_in
from graph.server.views.responses import conditional, language_of, likes_gzip
from graph.server.workers.process import ended, environment

_ASSETS = ("yasgui.min.js", "yasgui.min.css")
_OWN = {"start.js": "yasgui.js", "page.css": "yasgui.css"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_SECONDS_TO_ANSWER = 10.0
_TOLD = {"Content-Type": "application/json", "Cache-Control": "no-cache", "Vary": "Accept-Language"}
# It sets the style of what it draws, which no script can come from; it reaches this server and nobody else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TEXTS = {
    "heading": Label("Spør møtegrafen med YASGUI", "Ask the meeting graph with YASGUI"),
    "ready": Label("Ferdige spørsmål", "Ready questions"),
    "choose": Label("Velg et spørsmål", "Choose a question"),
}


async def found() -> Mapping[str, bytes]:
    """The files of YASGUI by their names; none where the package is not installed, or does not hand them out."""
    program = where_oxigraph_is()
    if program is None:
        return {}
    try:
        return await _handed_out(program)
    except (OSError, http.client.HTTPException) as error:
        print(f"note: there is no YASGUI: {error}", file=sys.stderr, flush=True)
        return {}


async def _handed_out(program: str) -> Mapping[str, bytes]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(program, "serve", "--bind", f"127.0.0.1:{port}"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=environment(),
    )
    try:
        assert process.stderr is not None
        async with asyncio.timeout(_SECONDS_TO_ANSWER):
            # Only then is it this program that has the port.
            if not (await process.stderr.readline()).startswith(b"Listening for requests at"):
                raise OSError(f"{program} does not listen")
        return await asyncio.to_thread(_fetched, port)
    finally:
        await ended(process)


def where_oxigraph_is() -> str | None:
    """Where the package has its program: beside that of Python, or on the path."""
    beside = Path(sys.executable).with_name("oxigraph.exe" if os.name == "nt" else "oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def _fetched(port: int) -> dict[str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS_TO_ANSWER)
    try:
        fetched = {}
        for name in _ASSETS:
            connection.request("GET", f"/{name}")
            answer = connection.getresponse()
            fetched[name] = answer.read()
            if answer.status != 200:
                raise OSError(f"{name}: {answer.status}")
        return fetched
    finally:
        connection.close()


async def yasgui_page(request: Request) -> Response:
    """The page."""
    serving = _with_yasgui(request)
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return HTMLResponse(_page(serving.questions, language_of(request)), headers=headers)


# These two are always the same, and made once, since the front makes them.
@lru_cache(maxsize=2)
def _page(folder: Path, lang: str) -> bytes:
    texts = {name: getattr(text, lang) for name, text in _TEXTS.items()} | WORDS[lang]
    document = template("yasgui.html").substitute(
        {name: escape_html(text) for name, text in texts.items()},
        lang=lang,
        questions=menu_of(questions_in(folder).values(), None, lang),
    )
    return document.encode()


async def yasgui_part(request: Request) -> Response:
    """What the page is made of, and what it is told."""
    serving, name = _with_yasgui(request), request.path_params["name"]
    if name == "given.json":
        given = _given(serving.questions, serving.served.base, serving.served.tag, language_of(request))
        return Response(given, headers=_TOLD)
    content = (TEMPLATES / _OWN[name]).read_bytes() if name in _OWN else serving.yasgui.get(name)
    if content is None:
        raise Refused(404, "there is no such part of YASGUI")
    return _sent(request, name, content)


def _sent(request: Request, name: str, content: bytes) -> Response:
    headers = {"Content-Type": _TYPES[Path(name).suffix], "Vary": "Accept-Encoding"}
    if not likes_gzip(request):
        return conditional(request, content, headers)
    return conditional(request, content, headers | {"Content-Encoding": "gzip"}, _compressed(content))


_compressed = lru_cache(maxsize=8)(compressed)


@lru_cache(maxsize=2)
def _given(folder: Path, base: str, tag: str, lang: str) -> bytes:
    """The ready questions, the prefixes that need not be declared, and which build it is."""
    questions = {
        each.name: {"name": getattr(each.summary, lang), "query": sparql_text(each)}
        for each in questions_in(folder).values()
    }
    prefixes = prefixes_under(base)
    said = {
        "build": tag,
        # The editor marks prefixes that stand nowhere, though the server needs none.
        "example": declare_prefixes(EXAMPLE.read_text(encoding="utf-8"), prefixes),
        "prefixes": prefixes,
        "questions": questions,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _with_yasgui(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    if not serving.yasgui:
        raise Refused(404, "YASGUI is not installed here; it comes with the package oxigraph")
    return serving
