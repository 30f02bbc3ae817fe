"""SPARQL in a form, the ready questions in a menu. It has no script: the browser shows the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.questions import TAGS, Question, localized_sparql, read_questions
from graph.query.sparql.labels import labels_in
from graph.query.sparql.parameters import parameter_names
from graph.server.errors import RequestError
from graph.server.formats import choose_format
from graph.server.html.environment import TEMPLATES
from graph.server.html.layout import render_page
from graph.server.html.page import Page, page_of
from graph.server.limits import Limits
from graph.server.negotiation import RDF
from graph.server.views.pages import HTML_HEADERS, page_request, page_view
from graph.server.views.responses import conditional, state_of
from graph.server.views.sparql_protocol import requested_format

_PAGE_OR_RDF = {"text/html": "html"} | RDF
EXAMPLE = TEMPLATES / "example.rq"
_TEXTS = {
    "heading": Label("Spør møtegrafen", "Ask the meeting graph"),
    "explanation": Label(
        "Velg et ferdig spørsmål og endre det, eller skriv SPARQL selv. Kjente prefikser trenger ingen PREFIX.",
        "Choose a ready question and change it, or write SPARQL of your own. Known prefixes need no PREFIX.",
    ),
    "ready": Label("Ferdige spørsmål", "Ready questions"),
    "take": Label("Hent spørsmålet", "Take it"),
    "query_label": Label("SPARQL", "SPARQL"),
    "ask": Label("Spør", "Ask"),
    "yasgui": Label("et redigeringsvindu med faner og forslag", "an editor with tabs and completion"),
    "limits": Label(
        "Et spørsmål får bruke {seconds} s og {memory} MB, og et svar har høyst {rows} rader.",
        "A query may take {seconds} s and {memory} MB, and an answer has {rows} rows at most.",
    ),
    "free": Label(
        "Variabler som begynner med _ er parametre: la dem stå, eller sett inn en verdi",
        "Variables that begin with _ are parameters: leave them, or put a value in their place",
    ),
}


async def front(request: Request) -> Response:
    """Return the front page; redirect to the description of the dataset for programs, and to the form for a question.

    The form stood here once.
    """
    wanted = requested_format(request.scope["query_string"])
    if choose_format(wanted, request.headers.get("accept"), _PAGE_OR_RDF) != "html":
        query = f"?format={quote(wanted)}" if wanted else ""
        return RedirectResponse(f".well-known/void{query}", 303, {"Vary": "Accept"})
    if "question" in request.query_params:
        return RedirectResponse(f"query/?{request.url.query}", 308)
    response = await _front(request)
    if response.status_code in (200, 304):
        response.headers["Link"] = '<.well-known/void>; rel="describedby"; type="text/turtle", <sparql>; rel="service"'
    return response


_front = page_view("front", _PAGE_OR_RDF)


async def editor(request: Request) -> Response:
    """Return SPARQL in a form, with the question that was chosen."""
    state = state_of(request)
    questions = load_questions(state.questions)
    name = request.query_params.get("question", "")
    if name and name not in questions:
        raise RequestError(404, "there is no question of that name")
    asked = page_request(request)
    words = _TEXTS["heading"]
    page = page_of(
        asked,
        words.en or words.nb if interface_language(asked.lang) == "en" else words.nb,
        section="ask/",
        parameters=(("question", name),) if name else (),
    )
    return conditional(request, _document(state.questions, name, page, state.limits), HTML_HEADERS)


@lru_cache(maxsize=1)
def load_questions(folder: Path) -> dict[str, Question]:
    """Return the ready questions by their names; read once."""
    return {question.name: question for question in read_questions(folder)}


class QuestionGroup(NamedTuple):
    """Questions of one group: its tag, its name, and the questions by their names."""

    tag: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class EditorModel:
    """The form: its questions by group, the chosen one and what it does, its query, and the limits in words."""

    groups: tuple[QuestionGroup, ...]
    chosen: str
    about: str
    query: str
    limits: str


@lru_cache(maxsize=64)
def _document(folder: Path, name: str, page: Page, limits: Limits) -> bytes:
    """Return the page: always the same, and made once, since the front makes it."""
    questions = load_questions(folder)
    chosen = questions.get(name)
    limits_text = page.text(_TEXTS["limits"]).format(
        seconds=f"{limits.timeout:g}", memory=limits.memory, rows=group_thousands(limits.max_rows, page.lang)
    )
    about = ""
    if chosen:
        free = parameter_names(chosen.query)
        sentences = [page.text(chosen.description)]
        sentences += [f"{page.text(_TEXTS['free'])}: ?_{', ?_'.join(free)}."] if free else []
        about = " ".join(sentences)
    query = localized_sparql(chosen, page.lang) if chosen else example_query(page.lang)
    model = EditorModel(
        question_groups(questions.values(), page), chosen.name if chosen else "", about, query, limits_text
    )
    return render_page("editor.html", model, page, texts=_TEXTS)


def example_query(lang: str) -> str:
    """Return a query to begin with, its labels in nb or en."""
    return labels_in(EXAMPLE.read_text(encoding="utf-8"), lang)


def question_groups(questions: Iterable[Question], page: Page) -> tuple[QuestionGroup, ...]:
    """Return questions in their groups, in the order that all lists of questions have."""
    listed = tuple(questions)
    groups = (
        QuestionGroup(tag, page.text(label), tuple(each for each in listed if each.tags[0] == tag))
        for tag, label in TAGS.items()
    )
    return tuple(group for group in groups if group.questions)
