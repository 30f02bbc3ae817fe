"""Texts of the site: method, privacy, accessibility, contact; nothing in them is of a store."""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from graph.builds.manifest import EXPLORER
from graph.model.labels import Label, interface_language
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, Page, page_of
from graph.server.views.pages import HTML_HEADERS, page_request
from graph.server.views.responses import conditional, state_of

_FRONT = Label("Forsiden", "Front page")
TITLES = {
    "method": Label("Om og metode", "About and method"),
    "privacy": Label("Personvern", "Privacy"),
    "accessibility": Label("Tilgjengelighetserklæring", "Accessibility statement"),
    "contact": Label("Kontakt og feil", "Contact and errors"),
}
_DESCRIPTIONS = {
    "method": Label(
        "Hva Møtegraf er, hvordan sidene leses, og hva «sikkert» og «mulig» betyr.",
        "What Møtegraf is, how pages are read, and what “certain” and “possible” mean.",
    ),
    "privacy": Label(
        "Hvilke opplysninger om personer som står her, hvorfor, og hvordan de rettes eller tas ut.",
        "Which facts about people stand here, why, and how they are corrected or taken out.",
    ),
    "accessibility": Label("Hvor tilgjengelig nettstedet er.", "How accessible this site is."),
    "contact": Label("Meld feil, eller spør.", "Report an error, or ask."),
}
# A longer address is none of this site.
_MAX_PATH = 300


async def text(request: Request) -> Response:
    """Return one of the texts; the last part of the address says which."""
    name = request.scope["path"].strip("/")
    asked = page_request(request)
    title, description = TITLES[name], _DESCRIPTIONS[name]
    page = page_of(
        asked,
        _in_language(title, asked.lang),
        description=_in_language(description, asked.lang),
        breadcrumbs=(Crumb(_in_language(_FRONT, asked.lang), ""), Crumb(_in_language(title, asked.lang))),
    )
    # The page that somebody writes about is named in the message.
    about = request.query_params.get("about", "")[:_MAX_PATH] if name == "contact" else ""
    has_explorer = EXPLORER in state_of(request).snapshot.files
    return conditional(request, _document(name, page, about, has_explorer), HTML_HEADERS)


@lru_cache(maxsize=32)
def _document(name: str, page: Page, about: str, has_explorer: bool) -> bytes:
    return render_page(f"texts/{name}.{page.lang}.html", about, page, has_explorer=has_explorer)


def _in_language(label: Label, tag: str) -> str:
    return str(label.en if interface_language(tag) == "en" and label.en else label.nb)
