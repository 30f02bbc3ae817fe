"""The first page: SPARQL in a form, the ready questions in a menu. It has no script: the browser shows the answer."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.common.text import group_thousands
from graph.model.labels import Label
from graph.query.questions import TAGS, Question, localized_sparql, read_questions
from graph.query.sparql.labels import labels_in
from graph.query.sparql.parameters import parameter_names
from graph.render.markup import escape_html
from graph.server.entity.html import TEMPLATES, content_security_policy, page, template
from graph.server.errors import RequestError
from graph.server.formats import choose_format
from graph.server.limits import Limits
from graph.server.negotiation import RDF
from graph.server.views.responses import conditional, language_of, state_of
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


async def editor(request: Request) -> Response:
    """Return the page, with the question that was chosen; redirect to the description of the dataset for programs."""
    state = state_of(request)
    wanted = requested_format(request.scope["query_string"])
    if choose_format(wanted, request.headers.get("accept"), _PAGE_OR_RDF) != "html":
        query = f"?format={quote(wanted)}" if wanted else ""
        return RedirectResponse(f".well-known/void{query}", 303, {"Vary": "Accept"})
    lang = language_of(request)
    questions = load_questions(state.questions)
    name = request.query_params.get("question", "")
    if name and name not in questions:
        raise RequestError(404, "there is no question of that name")
    document, policy = _document(state.questions, name, lang, state.limits)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Vary": "Accept, Accept-Language",
        "Link": '<.well-known/void>; rel="describedby"; type="text/turtle", <sparql>; rel="service"',
    }
    return conditional(request, document, headers)


@lru_cache(maxsize=1)
def load_questions(folder: Path) -> dict[str, Question]:
    """Return the ready questions by their names; read once."""
    return {question.name: question for question in read_questions(folder)}


@lru_cache(maxsize=64)
def _document(folder: Path, name: str, lang: str, limits: Limits) -> tuple[bytes, str]:
    """Return the page and its policy: always the same, and made once, since the front makes it."""
    questions = load_questions(folder)
    chosen = questions.get(name)
    texts = {name: getattr(text, lang) for name, text in _TEXTS.items()}
    texts["limits"] = texts["limits"].format(
        seconds=f"{limits.timeout:g}", memory=limits.memory, rows=group_thousands(limits.max_rows, lang)
    )
    about = ""
    if chosen:
        free = parameter_names(chosen.query)
        sentences = [getattr(chosen.description, lang), *([f"{texts['free']}: ?_{', ?_'.join(free)}."] if free else [])]
        about = f"<p>{escape_html(' '.join(sentences))}</p>"
    query = localized_sparql(chosen, lang) if chosen else example_query(lang)
    body = template("editor.html").substitute(
        {name: escape_html(text) for name, text in texts.items()},
        lang=lang,
        questions=question_options(questions.values(), chosen, lang),
        about=about,
        query=escape_html(query),
    )
    other = "en" if lang == "nb" else "nb"
    address = f"?lang={other}" + (f"&question={chosen.name}" if chosen else "")
    document = page(texts["heading"], body, lang, "", address)
    return document, content_security_policy(document)


def example_query(lang: str) -> str:
    """Return a query to begin with, its labels in nb or en."""
    return labels_in(EXAMPLE.read_text(encoding="utf-8"), lang)


def question_options(questions: Iterable[Question], chosen: Question | None, lang: str) -> str:
    """Return the summaries of questions as options of a menu, in their groups."""
    listed, groups = tuple(questions), []
    for tag, label in TAGS.items():
        options = "".join(
            f'<option value="{escape_html(each.name)}"{" selected" if each == chosen else ""}>'
            f"{escape_html(getattr(each.summary, lang))}</option>"
            for each in listed
            if each.tags[0] == tag
        )
        groups.append(f'<optgroup label="{escape_html(getattr(label, lang))}">{options}</optgroup>' if options else "")
    return "".join(groups)
