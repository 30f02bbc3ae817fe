"""Ready questions: the list of them, ``/ask/``, and each with its form and its answer, ``/ask/NAME``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.common.findings import suggestion
from graph.model.labels import CERTAIN, interface_language
from graph.query.near_names import similar_questions
from graph.query.questions import Question
from graph.render.catalogue import search_questions
from graph.server.errors import RequestError
from graph.server.formats import QUESTION_ENDINGS, choose_format
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, Page, page_of
from graph.server.negotiation import QUESTIONS
from graph.server.site.ask import ENDED
from graph.server.site.question_words import TEXTS
from graph.server.views.pages import HTML_HEADERS, page_request
from graph.server.views.ready_questions import QuestionGroup, load_questions, question_groups, question_task
from graph.server.views.responses import conditional, name_file, redirect_to_folder, state_of
from graph.server.views.sparql import run_task

# What ends a query that takes too much: time, memory.
_ENDED = (408, 503)
_MAX_LETTERS = 200


@dataclass(frozen=True, slots=True)
class QuestionsModel:
    """The questions by group, those that contain the words where there are any; ``missing`` is a name that none has."""

    groups: tuple[QuestionGroup, ...]
    words: str
    missing: str
    similar: tuple[Question, ...]


def question_routes() -> list[Route]:
    """Return the routes of the ready questions."""
    return [
        Route("/ask", redirect_to_folder),
        Route("/ask/", question_list),
        Route("/ask/{name}.{ending}", question),
        Route("/ask/{name}", question),
    ]


async def question_list(request: Request) -> Response:
    """Return the list of the ready questions, those with certain words where ``?q=`` has some."""
    words = " ".join(request.query_params.get("q", "").split())[:_MAX_LETTERS]
    asked = page_request(request)
    page = page_of(
        asked,
        getattr(TEXTS["questions"], interface_language(asked.lang)),
        description=getattr(TEXTS["list_lead"], interface_language(asked.lang)),
        section="ask/",
        breadcrumbs=_breadcrumbs(interface_language(asked.lang)),
        parameters=(("q", words),) if words else (),
    )
    return conditional(request, _list(state_of(request).questions, page, words), HTML_HEADERS)


def _breadcrumbs(lang: str) -> tuple[Crumb, ...]:
    return (Crumb(getattr(TEXTS["front"], lang), ""), Crumb(getattr(TEXTS["questions"], lang)))


# Most readers ask for all of them.
@lru_cache(maxsize=64)
def _list(folder: Path, page: Page, words: str, missing: str = "") -> bytes:
    """Return the page with the questions that contain the words or, for a name that is missing, with similar ones."""
    questions = load_questions(folder)
    found = search_questions([*questions.values()], words.split()) if words else [*questions.values()]
    similar = tuple(questions[name] for name in _similar(missing, questions)) if missing else ()
    model = QuestionsModel(question_groups(found, page), words, missing, similar)
    return render_page("ask.html", model, page, texts=TEXTS)


async def question(request: Request) -> Response:
    """Return a ready question with its form and its answer, or its answer in another format.

    An address with values that are empty, or that are the default, is redirected to the one without them: that is the
    one to keep.
    """
    state = state_of(request)
    questions = load_questions(state.questions)
    name, ending = request.path_params["name"], request.path_params.get("ending")
    if ending is not None and ending not in QUESTION_ENDINGS:
        raise RequestError(404, f"nothing has this address; an answer has the endings {', '.join(QUESTION_ENDINGS)}")
    if name not in questions:
        return _missing(request, name, questions)
    task = question_task(request, questions[name], ending)
    if task.format == "html" and (shorter := _without_defaults(request)) is not None:
        return RedirectResponse(shorter, 303)
    try:
        response = await run_task(request, state, task, {"page": QUESTIONS})
        name_file(response, name)
        return response
    except RequestError as error:
        if task.format != "html" or error.status not in _ENDED:
            raise
        # The form again, without an answer: it can be narrowed.
        ended = replace(task, parameters=(ENDED, error.message, *task.parameters))
        response = await run_task(request, state, ended, {"page": QUESTIONS})
        response.status_code = error.status
        return response


def _without_defaults(request: Request) -> str | None:
    """Return the address without values that are empty or the default, relative to it; None where it has none."""
    given = request.query_params.multi_items()
    kept = [(name, value) for name, value in given if value.strip() and (name, value) != ("certainty", CERTAIN)]
    if len(kept) == len(given):
        return None
    name = request.url.path.rpartition("/")[2]
    return f"{name}?{urlencode(kept)}" if kept else name


def _missing(request: Request, name: str, questions: Mapping[str, Question]) -> Response:
    """Return the list with what is similar to a name that no question has; redirect from another spelling of one."""
    spelled = name.strip("/ ").replace("-", "_").replace(" ", "_").casefold()
    if spelled in questions:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{spelled}{query}", 308)
    if choose_format(None, request.headers.get("accept"), QUESTIONS) != "html":
        near = _similar(spelled, questions)
        raise RequestError(404, f"there is no question of that name.{suggestion(near)}")
    asked = page_request(request)
    lang = interface_language(asked.lang)
    title = getattr(TEXTS["missing"], lang).format(name=name[:_MAX_LETTERS])
    page = page_of(asked, title, section="ask/", breadcrumbs=_breadcrumbs(lang), indexed=False)
    content = _list.__wrapped__(state_of(request).questions, page, "", spelled[:_MAX_LETTERS])
    return Response(content, 404, {**HTML_HEADERS, "Cache-Control": "no-store"})


def _similar(name: str, questions: Mapping[str, Question]) -> list[str]:
    return similar_questions(name, {each: question.summary for each, question in questions.items()})
