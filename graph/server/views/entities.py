"""Entities: the addresses that their IRIs have, each with its page beside it.

A person is not a document: the address of an entity redirects (303) to ``about/`` it, which has HTML, Turtle, JSON-LD
and more by ``Accept``, or by ``?as=``. Terms of the ontology are parts of one document, and graphs are documents.
"""

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.model.iris import ENTITIES as FOLDERS
from graph.model.iris import VOCABULARY
from graph.server.errors import RequestError
from graph.server.negotiation import ENTITIES, GRAPHS, negotiate
from graph.server.snapshot.reload import AppState
from graph.server.urls import entity_at
from graph.server.views.responses import language_of, state_of
from graph.server.views.sparql import graph_response, run_task, task_limits
from graph.server.workers.ipc import EntityTask

ONTOLOGY = VOCABULARY["mg"].removesuffix("#")
_PAGE = f"{ONTOLOGY}.html"
# The values of ?as=.
_FORMATS = ("html", "turtle", "jsonld", "ntriples", "rdfxml")


async def entity(request: Request) -> Response:
    """Redirect to the description of the entity with this address; a graph is answered itself."""
    state, path, node = _requested_entity(request)
    if path.startswith(FOLDERS["graph"]) and negotiate(request.headers.get("accept"), GRAPHS) != "html":
        return await graph_response(request, state, node.value)
    # Relative to the address of the request, whatever the name of the host, or the proxy before this server.
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{_root_from(path)}about/{path}{query}", 303, {"Vary": "Accept"})


async def about(request: Request) -> Response:
    """Describe an entity."""
    state, path, node = _requested_entity(request)
    wanted = request.query_params.get("as")
    if wanted is not None and wanted not in _FORMATS:
        raise RequestError(400, f"?as= is one of {', '.join(_FORMATS)}")
    task = EntityTask(
        entity=node.value,
        path=path,
        root=f"../{_root_from(path)}",
        lang=language_of(request),
        format=wanted or negotiate(request.headers.get("accept"), ENTITIES),
        **task_limits(request, state),
    )
    return await run_task(request, state, task, {"entity": ENTITIES})


async def ontology(request: Request) -> Response:
    """Return the ontology, one document of which its terms are parts; redirect people to its page."""
    state = state_of(request)
    if negotiate(request.headers.get("accept"), GRAPHS) == "html" and _PAGE in state.snapshot.files:
        return RedirectResponse(f"dumps/{_PAGE}", 303, {"Vary": "Accept"})
    return await graph_response(request, state, f"{state.snapshot.base}{FOLDERS['graph']}ontology")


def _requested_entity(request: Request) -> tuple[AppState, str, NamedNode]:
    """Return the path below the base, and the entity that would have it. Raise RequestError where none can."""
    state = state_of(request)
    path = request.path_params["path"]
    node = entity_at(path, state.snapshot.base)
    if node is None:
        raise RequestError(404, "nothing has this address")
    return state, path, node


def _root_from(path: str) -> str:
    """Return the relative address of ``/`` from a path."""
    return "../" * path.count("/")
