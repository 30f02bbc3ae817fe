"""Things: the addresses that their IRIs have, each with its page beside it.

A person is not a document: the address of a thing leads (303) to ``about/`` it, which has HTML, Turtle, JSON-LD and
more by ``Accept``, or by ``?as=``. Terms of the ontology are parts of one document, and graphs are documents.
"""

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.model.iris import ENTITIES, VOCABULARY
from graph.server.errors import Refused
from graph.server.negotiation import GRAPHS, THINGS, liked
from graph.server.snapshot.reload import Serving
from graph.server.urls import thing_at
from graph.server.views.responses import language_of
from graph.server.views.sparql import common_task, done_for, graph_of

ONTOLOGY = VOCABULARY["mg"].removesuffix("#")
_PAGE = f"{ONTOLOGY}.html"
# By what may be asked for in the address.
_AS = {name: name for name in ("html", "turtle", "jsonld", "ntriples", "rdfxml")}


async def thing(request: Request) -> Response:
    """Where what is known of the thing with this address stands; a graph is that itself."""
    serving, path, found = _asked_for(request)
    if path.startswith(ENTITIES["graph"]) and liked(request.headers.get("accept"), GRAPHS) != "html":
        return await graph_of(request, serving, found.value)
    # Relative to the address as it was asked for, whatever the name of the host, or what stands before this server.
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{_up(path)}about/{path}{query}", 303, {"Vary": "Accept"})


async def about(request: Request) -> Response:
    """What is known of a thing."""
    serving, path, found = _asked_for(request)
    wanted = request.query_params.get("as")
    if wanted is not None and wanted not in _AS:
        raise Refused(400, f"?as= is one of {', '.join(_AS)}")
    format = wanted or liked(request.headers.get("accept"), THINGS)
    task = common_task(request, serving) | {
        "do": "thing",
        "thing": found.value,
        "path": path,
        "root": f"../{_up(path)}",
        "lang": language_of(request),
        "formats": {"thing": format},
    }
    return await done_for(request, serving, task, {"thing": THINGS})


async def ontology(request: Request) -> Response:
    """The ontology: one document, of which its terms are parts; for people, the page about it."""
    serving: Serving = request.app.state.serving
    if liked(request.headers.get("accept"), GRAPHS) == "html" and _PAGE in serving.served.files:
        return RedirectResponse(f"dumps/{_PAGE}", 303, {"Vary": "Accept"})
    return await graph_of(request, serving, f"{serving.served.base}{ENTITIES['graph']}ontology")


def _asked_for(request: Request) -> tuple[Serving, str, NamedNode]:
    """The path below the base, and the thing that would have it; Refused where none can."""
    serving: Serving = request.app.state.serving
    path = request.path_params["path"]
    found = thing_at(path, serving.served.base)
    if found is None:
        raise Refused(404, "nothing has this address")
    return serving, path, found


def _up(path: str) -> str:
    """From an address to the first one."""
    return "../" * path.count("/")
