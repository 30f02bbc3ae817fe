"""YASGUI: an editor of SPARQL with tabs and completion; the ready questions stand in a menu.

``static/yasgui`` holds its files as they were published, with their licence and their digests (``SHA256SUMS``).
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.model.iris import BASE, prefixes_under
from graph.model.labels import Label, interface_language
from graph.query.parameter_words import takes
from graph.query.questions import Parameter, descriptions
from graph.query.sparql.prefixes import declare_prefixes
from graph.server.errors import RequestError
from graph.server.html.environment import TEMPLATES
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, Page, page_of
from graph.server.negotiation import compress
from graph.server.views.editor import example_query
from graph.server.views.pages import IMMUTABLE, page_request
from graph.server.views.ready_questions import load_questions, question_groups
from graph.server.views.responses import conditional, language_of, state_of, wants_gzip

STATIC = Path(__file__).parent.parent / "static/yasgui"
_VENDORED = ("yasgui.min.js", "yasgui.min.css")
_OWN = {"start.js": "yasgui.js", "page.css": "yasgui.css"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_CONFIG_HEADERS = {"Content-Type": "application/json", "Vary": "Accept-Language, Accept-Encoding"}
# It sets the style of what it draws, from which no script can come; it reaches this server alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "questions": Label("Spørsmål", "Questions"),
    "name": Label("YASGUI", "YASGUI"),
    "heading": Label("Spør møtegrafen med YASGUI", "Ask the meeting graph with YASGUI"),
    "ready": Label("Ferdige spørsmål", "Ready questions"),
    "choose": Label("Velg et spørsmål", "Choose a question"),
    "keyboard": Label(
        "I redigeringsvinduet rykker Tab inn teksten. Trykk Esc og så Tab for å gå videre.",
        "In the editor, Tab indents the text. Press Esc and then Tab to go on.",
    ),
    "noscript": Label("YASGUI trenger JavaScript.", "YASGUI needs JavaScript."),
    "form": Label("Skjemaet uten skript gjør det samme.", "The form without a script does the same."),
}
# What its fields are for, by the selector of each.
_FIELDS = {
    ".CodeMirror textarea": Label("Spørringen i SPARQL", "The query in SPARQL"),
    ".autocomplete": Label("Adressen til endepunktet", "The address of the endpoint"),
    ".tableFilter": Label("Filtrer radene", "Filter the rows"),
    ".tableSizer": Label("Rader på hver side", "Rows on each page"),
}
_FIELD = Label("Felt", "Field")
_SCROLL = Label("Spørringen, til å bla i", "The query, to scroll")


async def yasgui_page(request: Request) -> Response:
    """Return the page."""
    state = state_of(request)
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    asked = page_request(request)
    heading = getattr(_TEXTS["heading"], interface_language(asked.lang))
    words = (_TEXTS["front"], ""), (_TEXTS["questions"], "ask/"), (_TEXTS["name"], None)
    breadcrumbs = tuple(Crumb(getattr(label, interface_language(asked.lang)), path) for label, path in words)
    given = tuple((name, value) for name, value in request.query_params.multi_items() if name != "lang")
    page = page_of(asked, heading, section="ask/", breadcrumbs=breadcrumbs, parameters=given)
    return HTMLResponse(_page(state.questions, page), headers=headers)


# The front makes it, and most readers ask for the same.
@lru_cache(maxsize=8)
def _page(folder: Path, page: Page) -> bytes:
    groups = question_groups(load_questions(folder).values(), page)
    return render_page("yasgui.html", groups, page, texts=_TEXTS, files=_file_names())


async def yasgui_part(request: Request) -> Response:
    """Return a file of the page, or its configuration (``config.json``)."""
    name, state = request.path_params["name"], state_of(request)
    if name == "config.json":
        config = _config(state.questions, state.snapshot.base, state.snapshot.tag, language_of(request))
        return _conditional(request, config, _CONFIG_HEADERS)
    names = _file_names()
    own = next((each for each, hashed in names.items() if name in (each, hashed)), None)
    if own is None:
        raise RequestError(404, "there is no such part of YASGUI")
    headers = {"Content-Type": _TYPES[Path(own).suffix], "Vary": "Accept-Encoding"}
    if name != own:
        # What stands at an address with a digest never changes.
        headers["Cache-Control"] = IMMUTABLE
    return _conditional(request, _content(own), headers)


@lru_cache(maxsize=1)
def _file_names() -> dict[str, str]:
    """Return the name of each file with the digest of its content in it."""
    names = {}
    for name in (*_VENDORED, *_OWN):
        stem, _, ending = name.rpartition(".")
        names[name] = f"{stem}.{sha256(_content(name)).hexdigest()[:12]}.{ending}"
    return names


@lru_cache(maxsize=4)
def _content(name: str) -> bytes:
    return (TEMPLATES / _OWN[name] if name in _OWN else STATIC / name).read_bytes()


def _conditional(request: Request, content: bytes, headers: Mapping[str, str]) -> Response:
    if not wants_gzip(request):
        return conditional(request, content, headers)
    return conditional(request, content, {**headers, "Content-Encoding": "gzip"}, _compressed(content))


_compressed = lru_cache(maxsize=8)(compress)


@lru_cache(maxsize=2)
def _config(folder: Path, base: str, tag: str, lang: str) -> bytes:
    """Return, as JSON, what the script needs: questions, prefixes, and the bases of IRIs that are described here."""
    questions = {
        each.name: {
            "summary": getattr(each.summary, lang),
            "description": " ".join(getattr(label, lang) for label in descriptions(each)),
            "parameters": [_parameter(parameter, lang) for parameter in each.parameters.values()],
        }
        for each in load_questions(folder).values()
    }
    prefixes = prefixes_under(base)
    config = {
        "bases": [*dict.fromkeys((base, BASE))],
        "build": tag,
        # The editor marks prefixes that are not declared, though the server needs no declaration.
        "example": declare_prefixes(example_query(lang), prefixes),
        "prefixes": prefixes,
        "questions": questions,
        "words": {
            "field": getattr(_FIELD, lang),
            "scroll": getattr(_SCROLL, lang),
            "fields": {selector: getattr(label, lang) for selector, label in _FIELDS.items()},
        },
    }
    return json.dumps(config, ensure_ascii=False).encode()


def _parameter(parameter: Parameter, lang: str) -> str:
    """Return what a parameter is and takes, beside its variable."""
    words = [getattr(parameter.label, lang)] if parameter.kind != "certainty" else []
    return f"?_{parameter.name}: {', '.join([*words, getattr(takes(parameter), lang)])}"
