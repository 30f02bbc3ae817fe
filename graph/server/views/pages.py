"""Pages that are made of the store by a worker: from a request to a task."""

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.model.iris import slug
from graph.server.errors import NotAcceptableError, RequestError
from graph.server.formats import choose_format, format_names
from graph.server.html.page import PageRequest
from graph.server.html.stylesheet import compressed_stylesheet, stylesheet, stylesheet_name
from graph.server.parameters import flatten
from graph.server.policy import PAGE_POLICY
from graph.server.snapshot.reload import AppState
from graph.server.views.open_search import open_search
from graph.server.views.responses import (
    conditional,
    is_lang_chosen,
    label_language_of,
    name_file,
    redirect_to_folder,
    redirect_without_slash,
    settings_of,
    state_of,
    wants_gzip,
)
from graph.server.views.sparql import run_task, task_limits
from graph.server.views.sparql_protocol import requested_format
from graph.server.workers.ipc import PageTask

STATIC = Path(__file__).parent.parent / "static/site"
IMMUTABLE = "public, max-age=31536000, immutable"
HTML = {"text/html": "html"}
SEARCH_FORMATS = HTML | {"application/json": "json"}
LIST_FORMATS = SEARCH_FORMATS | {"text/csv": "csv"}
SITEMAP_FORMATS = {"application/xml": "xml", "text/xml": "xml"}
# The kinds of entities that have lists, at the folders of their own.
LIST_PATHS = ("event", "series", "person", "organisation", "area", "topic", "post", "source")
# A longer value is no name of anything.
MAX_VALUE = 2_000
# The policy is that of all pages of the site.
HTML_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": PAGE_POLICY,
    "Vary": "Accept, Accept-Language",
}
# Of the name of a file: how long it is, and what of an address does not narrow a list.
_MAX_STEM = 100
_UNNAMED = ("format", "lang", "page", "sort")
View = Callable[[Request], Awaitable[Response]]


def page_routes() -> list[Route]:
    """Return the routes of pages, in the order in which they are tried."""
    return [
        Route("/assets/{name}", stylesheet_part),
        Route("/favicon.svg", favicon),
        page_route("/search", "search", SEARCH_FORMATS),
        Route("/search/", redirect_without_slash),
        Route("/opensearch.xml", open_search),
        Route("/graph", redirect_to_folder),
        page_route("/graph/", "graph"),
        # Without a slash, "topic" is the IRI of a scheme.
        *(Route(f"/{kind}", redirect_to_folder) for kind in LIST_PATHS if kind != "topic"),
        *(Route(f"/{kind}/", list_of_kind, name="lists") for kind in LIST_PATHS),
        page_route("/api", "api"),
        page_route("/card/event/{name}", "card"),
        page_route("/sitemap.xml", "sitemap", SITEMAP_FORMATS),
        page_route("/sitemap-{number:int}.xml", "sitemap", SITEMAP_FORMATS),
    ]


def page_route(path: str, page: str, offered: Mapping[str, str] = HTML) -> Route:
    """Return the route of a page; ``page`` is its module in ``graph.server.site``, ``offered`` its media types."""
    return Route(path, page_view(page, offered), name=page)


def page_view(page: str, offered: Mapping[str, str] = HTML) -> View:
    """Return the view of a page; its parameters are those of the address, and then those of the path."""

    async def view(request: Request) -> Response:
        state = state_of(request)
        task = page_task(request, state, page, offered)
        return await run_task(request, state, task, {"page": offered})

    view.__name__ = page
    return view


async def list_of_kind(request: Request) -> Response:
    """Return a list as a page, or as a file that is named after it and after what it is narrowed to."""
    response = await page_view("lists", LIST_FORMATS)(request)
    chosen = (slug(value)[:_MAX_STEM] for name, value in request.query_params.multi_items() if name not in _UNNAMED)
    name_file(response, "-".join(filter(None, ("motegraf", request.url.path.strip("/"), *chosen)))[:_MAX_STEM])
    return response


def page_task(
    request: Request, state: AppState, page: str, offered: Mapping[str, str] = HTML, ending: str | None = None
) -> PageTask:
    """Return the task for a page; ``ending`` is that of its path, which names a format.

    Raise NotAcceptableError where the client takes none of its formats.
    """
    wanted = requested_format(request.scope["query_string"]) or ending
    # A sitemap is one file, whatever a browser or a crawler would rather have.
    accept = None if offered is SITEMAP_FORMATS else request.headers.get("accept")
    format = choose_format(wanted, accept, offered)
    if format is None:
        raise NotAcceptableError(offered if wanted is None else format_names(offered))
    path = request.scope["path"].removeprefix("/")
    given = [(name, value[:MAX_VALUE]) for name, value in request.query_params.multi_items() if name != "lang"]
    return PageTask(
        page=page,
        path=path,
        root=root_of(request),
        lang=label_language_of(request),
        lang_chosen=is_lang_chosen(request),
        format=format,
        parameters=flatten([*given, *((name, str(value)) for name, value in request.path_params.items())]),
        settings=settings_of(request),
        **task_limits(request, state),
    )


def root_of(request: Request) -> str:
    """Return the relative way to ``/``, as a browser reads the address: a slash that is escaped is no folder."""
    sent: bytes = request.scope["raw_path"]
    return "../" * (sent.count(b"/") - 1)


def page_request(request: Request) -> PageRequest:
    """Return a request for a page that is made here, without the store."""
    state = state_of(request)
    path = request.scope["path"].removeprefix("/")
    return PageRequest(
        base=state.snapshot.base,
        path=path,
        root=root_of(request),
        lang=label_language_of(request),
        lang_chosen=is_lang_chosen(request),
        settings=settings_of(request),
    )


async def stylesheet_part(request: Request) -> Response:
    """Return the stylesheet at the address that has its digest: it never changes there."""
    if request.path_params["name"] != stylesheet_name():
        raise RequestError(404, "there is no file of that name; the stylesheet is named in the head of each page")
    headers = {"Content-Type": "text/css; charset=utf-8", "Vary": "Accept-Encoding", "Cache-Control": IMMUTABLE}
    if not wants_gzip(request):
        return conditional(request, stylesheet(), headers)
    return conditional(request, stylesheet(), headers | {"Content-Encoding": "gzip"}, compressed_stylesheet())


async def favicon(request: Request) -> Response:
    """Return the icon of the site."""
    return conditional(request, _icon(), {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400"})


@lru_cache(maxsize=1)
def _icon() -> bytes:
    return (STATIC / "favicon.svg").read_bytes()
