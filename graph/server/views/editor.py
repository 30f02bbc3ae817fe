"""SPARQL in a form, and the ready questions to begin with. It has no script: the browser shows the answer."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.questions import Question
from graph.query.sparql.labels import labels_in
from graph.server.errors import RequestError
from graph.server.formats import choose_format
from graph.server.html.environment import TEMPLATES
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, Page, page_of
from graph.server.limits import Limits
from graph.server.negotiation import RDF
from graph.server.views.pages import HTML_HEADERS, page_request, page_view
from graph.server.views.ready_questions import QuestionGroup, load_questions, question_groups, question_task
from graph.server.views.responses import conditional, state_of
from graph.server.views.sparql import worker_text
from graph.server.views.sparql_protocol import requested_format

_PAGE_OR_RDF = {"text/html": "html"} | RDF
EXAMPLE = TEMPLATES / "example.rq"
_TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "questions": Label("Spørsmål", "Questions"),
    "heading": Label("Spør i SPARQL", "Ask in SPARQL"),
    "explanation": Label(
        "Skriv SPARQL, eller begynn med et ferdig spørsmål og endre det. Kjente prefikser trenger ingen PREFIX.",
        "Write SPARQL, or begin with a ready question and change it. Known prefixes need no PREFIX.",
    ),
    "ready": Label("Begynn med et ferdig spørsmål", "Begin with a ready question"),
    "query_label": Label("SPARQL", "SPARQL"),
    "ask": Label("Spør", "Ask"),
    "answer": Label("Svaret med skjema, belegg og nedlasting", "The answer with a form, proof and downloads"),
    "yasgui": Label("et redigeringsvindu med faner og forslag", "an editor with tabs and completion"),
    "limits": Label(
        "Et spørsmål får bruke {seconds} s og {memory} MB, og et svar har høyst {rows} rader.",
        "A query may take {seconds} s and {memory} MB, and an answer has {rows} rows at most.",
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
        response.headers["Link"] = (
            '<.well-known/void>; rel="describedby"; type="text/turtle", <sparql>; rel="service", '
            '<reconcile>; rel="service"; type="application/json"'
        )
    return response


_front = page_view("front", _PAGE_OR_RDF)


async def editor(request: Request) -> Response:
    """Return SPARQL in a form: of ``?question=`` with the values of its parameters, of ``?query=``, or an example."""
    state = state_of(request)
    questions = load_questions(state.questions)
    name = request.query_params.get("question", "")
    if name and name not in questions:
        raise RequestError(404, "there is no question of that name")
    asked = page_request(request)
    page = page_of(
        asked,
        getattr(_TEXTS["heading"], interface_language(asked.lang)),
        section="ask/",
        breadcrumbs=_breadcrumbs(interface_language(asked.lang)),
        parameters=tuple((key, value) for key, value in request.query_params.multi_items() if key != "lang"),
        indexed=not request.query_params,
    )
    query = request.query_params.get("query", "")
    if name:
        task = replace(question_task(request, questions[name]), format="rq")
        query = await worker_text(request, state, task)
    document = _document(state.questions, name, query or example_query(page.lang), page, state.limits)
    return conditional(request, document, HTML_HEADERS)


def _breadcrumbs(lang: str) -> tuple[Crumb, ...]:
    words = (_TEXTS["front"], ""), (_TEXTS["questions"], "ask/"), (_TEXTS["query_label"], None)
    return tuple(Crumb(getattr(label, lang), path) for label, path in words)


@dataclass(frozen=True, slots=True)
class EditorModel:
    """The form: the questions by group, the one that was chosen, the query, and the limits in words."""

    groups: tuple[QuestionGroup, ...]
    chosen: Question | None
    query: str
    limits: str


# The front makes it, and most readers ask for the same.
@lru_cache(maxsize=64)
def _document(folder: Path, name: str, query: str, page: Page, limits: Limits) -> bytes:
    questions = load_questions(folder)
    limits_text = page.text(_TEXTS["limits"]).format(
        seconds=f"{limits.timeout:g}", memory=limits.memory, rows=group_thousands(limits.max_rows, page.lang)
    )
    model = EditorModel(question_groups(questions.values(), page), questions.get(name), query, limits_text)
    return render_page("editor.html", model, page, texts=_TEXTS)


def example_query(lang: str) -> str:
    """Return a query to begin with, its labels in nb or en."""
    return labels_in(EXAMPLE.read_text(encoding="utf-8"), lang)
