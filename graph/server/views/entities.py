"""Entities: the addresses that their IRIs have, each with its page beside it.

A person is not a document: the address of an entity redirects (303) to ``about/`` it, which has HTML, Turtle, TriG,
JSON-LD and more by ``Accept``, by ``?format=`` or by an ending (``person/laila-bokhari.ttl``). Terms of the ontology
are parts of one document, and graphs are documents.
"""

import re
import unicodedata

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.model.iris import BASE, VOCABULARY
from graph.model.iris import ENTITIES as FOLDERS
from graph.rdf.terms import local_name_of
from graph.server.errors import RequestError
from graph.server.formats import ENDINGS, choose_format, format_names
from graph.server.negotiation import CONTENT_TYPES, DOCUMENTS, ENTITIES, negotiate
from graph.server.parameters import flatten
from graph.server.snapshot.reload import AppState
from graph.server.urls import Address, resolve
from graph.server.views.pages import HTML, page_task
from graph.server.views.responses import (
    is_lang_chosen,
    label_language_of,
    name_file,
    redirect_without_slash,
    settings_of,
    state_of,
)
from graph.server.views.sparql import graph_response, run_task, task_limits
from graph.server.views.sparql_protocol import requested_format
from graph.server.workers.ipc import EntityTask, PageTask

ONTOLOGY = VOCABULARY["mg"].removesuffix("#")
_PAGE = f"{ONTOLOGY}.html"
_GRAPH, _TEXT, _QUESTION = FOLDERS["graph"], FOLDERS["text"], VOCABULARY["question"]
# A path that can be meant as a name: words, and folders between them.
_NAME = re.compile(r"(?!/)[\w .,'’–/-]{1,200}")
# A client that accepts anything gets text: it is a program.
_MISSING_FORMATS = {"text/plain": "text", "text/html": "html"}
# Of the text of a source, plain text is the text itself, and not N-Triples about it.
_TABLE = {"text/csv": "csv"}
_TEXT_FORMATS = ENTITIES | {"text/plain": "text"}


async def entity(request: Request) -> Response:
    """Redirect to the description of the entity with this address; a graph is answered itself."""
    state, path, address = _requested_address(request)
    if address is None:
        return await _missing(request, state, path)
    if isinstance(address, Response):
        return address
    if path.startswith(_GRAPH) and address.entity:
        if address.format is None and _prefers_page(request):
            return await run_task(request, state, page_task(request, state, "graph"), {"page": HTML})
        return await graph_response(request, state, address.entity.value, address.document_of, address.format)
    if path.startswith(_TEXT) and not address.format and _prefers_text(request):
        return RedirectResponse(f"{path.removeprefix(_TEXT)}.txt", 303, {"Vary": "Accept"})
    # Relative to the address of the request, whatever the name of the host, or the proxy before this server.
    page = f"{_root_from(path)}about/{path}"
    query = f"?{request.url.query}" if request.url.query else ""
    response = RedirectResponse(f"{page}{query}", 303, {"Vary": "Accept"})
    response.headers["Link"] = f'<{response.headers["location"]}>; rel="describedby"'
    return response


def _prefers_page(request: Request) -> bool:
    wanted = requested_format(request.scope["query_string"])
    return choose_format(wanted, request.headers.get("accept"), DOCUMENTS) == "html"


def _prefers_text(request: Request) -> bool:
    wanted = requested_format(request.scope["query_string"])
    return wanted is None and choose_format(None, request.headers.get("accept"), _TEXT_FORMATS) == "text"


async def about(request: Request) -> Response:
    """Describe an entity."""
    state, path, address = _requested_address(request)
    if address is None:
        return await _missing(request, state, path)
    if isinstance(address, Response):
        return address
    root = f"../{_root_from(path)}"
    if path.startswith(_GRAPH) and address.entity:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{root}{path}{query}", 303)
    wanted = requested_format(request.scope["query_string"])
    # Where nothing of a name can be, the IRI that it resembles tells what is similar.
    entity = address.entity or address.document_of or address.similar_to
    assert entity is not None
    # Of an event, who took part is a table as well.
    offers = ENTITIES | _TABLE if path.startswith(FOLDERS["event"]) else ENTITIES
    chosen = choose_format(wanted, request.headers.get("accept"), offers)
    if path.startswith(_QUESTION) and address.entity and chosen == "html":
        # People are led to its form and its answer. Names of questions have underscores, which local names have not.
        name = path.removeprefix(_QUESTION).replace("-", "_")
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{root}ask/{name}{query}", 303, {"Vary": "Accept"})
    task = EntityTask(
        entity=entity.value,
        document_of=address.document_of.value if address.document_of else None,
        possible=address.similar_to is None,
        path=path,
        root=root,
        lang=label_language_of(request),
        format=chosen,
        document_format=chosen if wanted else address.format,
        lang_chosen=is_lang_chosen(request),
        parameters=flatten((name, value) for name, value in request.query_params.multi_items() if name != "lang"),
        settings=settings_of(request),
        **task_limits(request, state),
    )
    offered = format_names(offers) if wanted else offers
    response = await run_task(request, state, task, {"entity": offered})
    if response.status_code in (200, 304):
        response.headers["Link"] = ", ".join([*_links(path), *response.headers.getlist("link")])
        name_file(response, path.rpartition("/")[2])
    return response


def _links(path: str) -> list[str]:
    """Return the links of a description, for the header, to the same in other formats."""
    own = path.rpartition("/")[2]
    text = [f'<{own}.txt>; rel="alternate"; type="text/plain"'] if path.startswith(_TEXT) else []
    return text + [
        f'<{own}?format={format}>; rel="alternate"; type="{CONTENT_TYPES[format].partition(";")[0]}"'
        for format in dict.fromkeys(ENTITIES.values())
    ]


async def ontology(request: Request) -> Response:
    """Return the ontology, one document of which its terms are parts; redirect people to its page.

    The address may have its version, or an ending that names a format.
    """
    state = state_of(request)
    version, ending = request.path_params.get("version"), request.path_params.get("ending")
    if ending and ending not in ENDINGS:
        raise RequestError(404, f"nothing has this address; the ontology has the endings {', '.join(ENDINGS)}")
    if version and f"{BASE}{ONTOLOGY}/{version}" not in state.snapshot.versions:
        there = ", ".join(local_name_of(NamedNode(each)) for each in state.snapshot.versions)
        raise RequestError(404, f"there is no version {version} of the ontology here; there is {there or 'none'}")
    wanted = requested_format(request.scope["query_string"]) or ending
    if choose_format(wanted, request.headers.get("accept"), DOCUMENTS) == "html" and _PAGE in state.snapshot.files:
        return RedirectResponse(f"{'../' if version else ''}dumps/{_PAGE}", 303, {"Vary": "Accept"})
    return await graph_response(request, state, f"{state.snapshot.base}{_GRAPH}ontology", format=ending)


def _requested_address(request: Request) -> tuple[AppState, str, Address | Response | None]:
    """Return the path below the base, and what it can name, or a redirect to the same without a slash at its end.

    None: it names nothing.
    """
    state = state_of(request)
    path = request.path_params["path"]
    base = state.snapshot.base
    address = resolve(path, base)
    if address is None and path.endswith("/") and resolve(path.rstrip("/"), base):
        return state, path, redirect_without_slash(request)
    return state, path, address


async def _missing(request: Request, state: AppState, path: str) -> Response:
    """Return a page that says what an address that nothing has can have meant.

    Raise RequestError where it is no name of anything, or a program asks.
    """
    wants_page = negotiate(request.headers.get("accept", "text/plain"), _MISSING_FORMATS) == "html"
    if not wants_page or not _NAME.fullmatch(unicodedata.normalize("NFC", path)):
        raise RequestError(404, "nothing has this address")
    own_path = request.scope["path"].removeprefix("/")
    task = PageTask(
        page="missing",
        path=own_path,
        root="../" * (request.scope["raw_path"].count(b"/") - 1),
        lang=label_language_of(request),
        lang_chosen=is_lang_chosen(request),
        parameters=flatten([("name", path)]),
        settings=state.settings.packed(),
        **task_limits(request, state),
    )
    return await run_task(request, state, task, {})


def _root_from(path: str) -> str:
    """Return the relative address of ``/`` from a path."""
    return "../" * path.count("/")
