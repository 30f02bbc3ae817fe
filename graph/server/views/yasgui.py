"""YASGUI: an editor of SPARQL with tabs and completion; the ready questions stand in a menu.

``static/yasgui`` holds its files as they were published, with their licence and their digests (``SHA256SUMS``).
"""

import json
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.model.iris import prefixes_under
from graph.model.labels import Label, interface_language
from graph.query.questions import localized_sparql
from graph.query.sparql.prefixes import declare_prefixes
from graph.server.errors import RequestError
from graph.server.html.environment import TEMPLATES
from graph.server.html.layout import render_page
from graph.server.html.page import Page, page_of
from graph.server.negotiation import compress
from graph.server.views.editor import example_query, load_questions, question_groups
from graph.server.views.pages import page_request
from graph.server.views.responses import conditional, language_of, state_of, wants_gzip

STATIC = Path(__file__).parent.parent / "static/yasgui"
_VENDORED = ("yasgui.min.js", "yasgui.min.css")
_OWN = {"start.js": "yasgui.js", "page.css": "yasgui.css"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_CONFIG_HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-cache", "Vary": "Accept-Language"}
# It sets the style of what it draws, from which no script can come; it reaches this server alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TEXTS = {
    "heading": Label("Spør møtegrafen med YASGUI", "Ask the meeting graph with YASGUI"),
    "ready": Label("Ferdige spørsmål", "Ready questions"),
    "choose": Label("Velg et spørsmål", "Choose a question"),
}


async def yasgui_page(request: Request) -> Response:
    """Return the page."""
    state = state_of(request)
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    asked = page_request(request)
    heading = getattr(_TEXTS["heading"], interface_language(asked.lang))
    return HTMLResponse(_page(state.questions, page_of(asked, heading, section="ask/")), headers=headers)


# It is made once for each language, since the front makes it.
@lru_cache(maxsize=8)
def _page(folder: Path, page: Page) -> bytes:
    return render_page("yasgui.html", question_groups(load_questions(folder).values(), page), page, texts=_TEXTS)


async def yasgui_part(request: Request) -> Response:
    """Return a file of the page, or its configuration (``config.json``)."""
    name = request.path_params["name"]
    if name == "config.json":
        state = state_of(request)
        config = _config(state.questions, state.snapshot.base, state.snapshot.tag, language_of(request))
        return Response(config, headers=_CONFIG_HEADERS)
    if name not in _OWN and name not in _VENDORED:
        raise RequestError(404, "there is no such part of YASGUI")
    return _file_response(request, name, _content(name))


@lru_cache(maxsize=4)
def _content(name: str) -> bytes:
    return (TEMPLATES / _OWN[name] if name in _OWN else STATIC / name).read_bytes()


def _file_response(request: Request, name: str, content: bytes) -> Response:
    headers = {"Content-Type": _TYPES[Path(name).suffix], "Vary": "Accept-Encoding"}
    if not wants_gzip(request):
        return conditional(request, content, headers)
    return conditional(request, content, headers | {"Content-Encoding": "gzip"}, _compressed(content))


_compressed = lru_cache(maxsize=8)(compress)


@lru_cache(maxsize=2)
def _config(folder: Path, base: str, tag: str, lang: str) -> bytes:
    """Return, as JSON, the ready questions, the prefixes that need no declaration, and which build this is."""
    questions = {
        each.name: {"name": getattr(each.summary, lang), "query": localized_sparql(each, lang)}
        for each in load_questions(folder).values()
    }
    prefixes = prefixes_under(base)
    config = {
        "build": tag,
        # The editor marks prefixes that are not declared, though the server needs no declaration.
        "example": declare_prefixes(example_query(lang), prefixes),
        "prefixes": prefixes,
        "questions": questions,
    }
    return json.dumps(config, ensure_ascii=False).encode()
