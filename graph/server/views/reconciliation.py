"""The Reconciliation Service API 0.2: from requests to tasks, from answers and errors to JSON.

An error has the status of HTTP that it should, and a body of ``status``, ``code`` and ``message``: the specification
leaves the body open. JSONP is refused: pages of other sites read everything by CORS, and nobody's script is answered.
"""

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.server.errors import RequestError
from graph.server.negotiation import negotiate_labels
from graph.server.parameters import flatten
from graph.server.reconcile.manifest import PATH, manifest, proposed_properties, suggested_properties, suggested_types
from graph.server.reconcile.request import MAX_LETTERS
from graph.server.reconcile.vocabulary import TYPES, unknown_type
from graph.server.settings import Settings
from graph.server.views.pages import root_of
from graph.server.views.responses import is_lang_chosen, settings_of, state_of
from graph.server.views.sparql import read_body, run_task, task_limits
from graph.server.views.sparql_protocol import FORM, parse_form
from graph.server.workers.ipc import ReconciliationTask

# What a client may ask; each once.
_OPERATIONS = {"queries": "match", "extend": "extend"}
_MAX_CURSOR = 1_000
# Of the properties to propose: there are far fewer.
_MAX_LIMIT = 100_000
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Accept-Encoding"}
_GET_ONLY = {"Allow": "GET, HEAD, OPTIONS"}
View = Callable[[Request], Awaitable[Response]]
Parameters = tuple[tuple[str, str], ...]


def reconciliation_routes() -> list[Route]:
    """Return the routes of the service. A client that sends a form is not redirected: not every one sends it again."""
    methods = ["GET", "POST"]
    views = {
        "": service,
        "/": service,
        "/suggest/entity": suggest_entity,
        "/suggest/type": suggest_type,
        "/suggest/property": suggest_property,
        "/properties": properties,
        "/preview": preview,
        "/{path:path}": nothing,
    }
    return [Route(f"/{PATH}{path}", view, methods=methods) for path, view in views.items()]


def json_errors(view: View) -> View:
    """Return a view that answers errors as JSON."""

    @wraps(view)
    async def answered(request: Request) -> Response:
        try:
            return await view(request)
        except RequestError as error:
            body = {"status": "error", "code": error.status, "message": error.message}
            # What a client sent may have half of a surrogate pair, which cannot be sent back.
            body["message"] = error.message.encode("utf-8", "replace").decode()
            return JSONResponse(body, error.status, {"Cache-Control": "no-store", **error.headers})

    return answered


@json_errors
async def service(request: Request) -> Response:
    """Return the manifest; or match a batch of rows (``queries``), or fetch values (``extend``)."""
    state = state_of(request)
    parameters = await _parameters(request)
    asked = [name for name, _ in parameters if name in _OPERATIONS]
    if not asked:
        _refuse_others(request, parameters)
        settings = Settings(*settings_of(request))
        lang = _lang(request, parameters)
        content = manifest(settings.origin, state.snapshot.base, settings.name, lang, is_lang_chosen(request))
        return JSONResponse(content, headers=_HEADERS)
    if len(asked) > 1:
        raise RequestError(400, "a request has one batch of queries, or one extend; send each in a request of its own")
    text = dict(parameters)[asked[0]]
    return await _run(request, _OPERATIONS[asked[0]], text, lang=_lang(request, parameters))


@json_errors
async def suggest_entity(request: Request) -> Response:
    """Return entities whose names begin as ``prefix``, those of ``type`` alone where a client gives one."""
    prefix, cursor = _suggest_parameters(request)
    type_id = _get_parameters(request, ("type",)).get("type", "")
    if type_id and type_id not in TYPES:
        raise RequestError(400, unknown_type(type_id))
    return await _run(request, "suggest", prefix, cursor, type_id=type_id)


@json_errors
async def suggest_type(request: Request) -> Response:
    """Return types that ``prefix`` suggests."""
    return JSONResponse(suggested_types(*_suggest_parameters(request), _lang(request)), headers=_HEADERS)


@json_errors
async def suggest_property(request: Request) -> Response:
    """Return properties that ``prefix`` suggests."""
    return JSONResponse(suggested_properties(*_suggest_parameters(request), _lang(request)), headers=_HEADERS)


@json_errors
async def properties(request: Request) -> Response:
    """Return the properties to fetch of entities of ``type``; of all types where none is given."""
    given = _get_parameters(request, ("type", "limit"))
    limit = _number(given, "limit", 1, _MAX_LIMIT) if "limit" in given else None
    return JSONResponse(proposed_properties(given.get("type", ""), limit, _lang(request)), headers=_HEADERS)


async def preview(request: Request) -> Response:
    """Return an entity in a few lines, as a page that other sites may frame."""
    given = _get_parameters(request, ("id",))
    if not given.get("id", "").strip():
        raise RequestError(400, "give the id of an entity: preview?id=")
    return await _run(request, "preview", given["id"])


@json_errors
async def nothing(request: Request) -> Response:
    """Raise RequestError: the service has no such address."""
    raise RequestError(404, f"the service has no such address; its manifest, /{PATH}, names those that it has")


async def _run(
    request: Request, operation: str, text: str, cursor: int = 0, lang: str | None = None, type_id: str = ""
) -> Response:
    state = state_of(request)
    task = ReconciliationTask(
        operation=operation,
        text=text,
        cursor=cursor,
        parameters=flatten([("type", type_id)]) if type_id else (),
        lang=lang or _lang(request),
        lang_chosen=is_lang_chosen(request),
        path=request.scope["path"].removeprefix("/"),
        root=root_of(request),
        settings=settings_of(request),
        **task_limits(request, state),
    )
    return await run_task(request, state, task, {})


async def _parameters(request: Request) -> Parameters:
    """Return the parameters of the address and of the form of a request to the service."""
    parameters = parse_form(request.scope["query_string"])
    body = await read_body(request, state_of(request).limits)
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != FORM:
            raise RequestError(415, f"a batch is sent as a form ({FORM}) with the field queries; or extend")
        parameters += parse_form(body)
    _refuse_jsonp(name for name, _ in parameters)
    return parameters


def _refuse_others(request: Request, parameters: Parameters) -> None:
    """Raise RequestError where a request means something else than the manifest."""
    if any(name == "query" for name, _ in parameters):
        raise RequestError(400, 'one row is sent as a batch too: queries={"q0": {"query": …}}')
    if request.method == "POST":
        raise RequestError(400, "there is nothing to match; give queries or extend")


def _refuse_jsonp(names: Iterable[str]) -> None:
    if any(name == "callback" for name in names):
        raise RequestError(400, "there is no JSONP here; leave out callback: pages of other sites read the JSON (CORS)")


def _get_parameters(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Return these parameters of an address that only GET has. Raise RequestError where one is given twice."""
    if request.method == "POST":
        raise RequestError(405, "this address is read by GET", _GET_ONLY)
    parameters = parse_form(request.scope["query_string"])
    _refuse_jsonp(name for name, _ in parameters)
    for name in names:
        if sum(each == name for each, _ in parameters) > 1:
            raise RequestError(400, f"{name} is given more than once")
    given = {name: value for name, value in parameters if name in names}
    for name, value in given.items():
        if len(value) > MAX_LETTERS:
            raise RequestError(400, f"{name} has {len(value):,} letters, and no more than {MAX_LETTERS} are read")
    return given


def _suggest_parameters(request: Request) -> tuple[str, int]:
    given = _get_parameters(request, ("prefix", "cursor"))
    return given.get("prefix", ""), _number(given, "cursor", 0, _MAX_CURSOR)


def _number(given: dict[str, str], name: str, least: int, most: int) -> int:
    text = given.get(name) or str(least)
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and least <= int(text) <= most):
        raise RequestError(400, f"{name} is a whole number from {least} to {most:,}")
    return int(text)


def _lang(request: Request, parameters: Parameters = ()) -> str:
    """Return the language of labels: by ``lang``, in the address or the form, or by Accept-Language."""
    wanted = dict(parameters).get("lang") or request.query_params.get("lang")
    return negotiate_labels(wanted, request.headers.get("accept-language"))
