"""What the interactive page of a graph that no file can hold asks for: its columns, and rows of registers."""

import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from graph.builds.manifest import EXPLORER_COLUMNS
from graph.model.iris import LOCAL_NAME, PREFIXES
from graph.server.errors import RequestError
from graph.server.views.responses import not_modified, state_of
from graph.server.views.sparql import run_task, task_limits
from graph.server.workers.ipc import RecordsTask

# So many entities are given at once: as many as the page draws.
MAX_RECORDS = 700
_NUMBERS = re.compile(r"\d{1,9}(\.\d{1,9})*")


async def records(request: Request) -> Response:
    """Return the rows of ``entities`` (numbers: ``12.15``) and of each ``id`` as JSON."""
    given, ids = request.query_params.get("entities", ""), tuple(request.query_params.getlist("id"))
    if given and not _NUMBERS.fullmatch(given):
        raise RequestError(400, "entities is a list of numbers such as 12.15")
    for id in ids:
        prefix, _, local = id.partition(":")
        if prefix not in PREFIXES or not LOCAL_NAME.fullmatch(local):
            raise RequestError(400, "id is a compact name such as event:oslo-2014")
    numbers = tuple(given.split(".")) if given else ()
    if not 0 < len(numbers) + len(ids) <= MAX_RECORDS:
        raise RequestError(400, f"give entities or id; at most {MAX_RECORDS} at once")
    state = state_of(request)
    _columns_digest(request)
    task = RecordsTask(numbers=numbers, ids=ids, **task_limits(request, state))
    return await run_task(request, state, task, {})


async def columns(request: Request) -> Response:
    """Return the columns of the build, compressed as they lie on disk; those of an address with its digest for ever."""
    digest = _columns_digest(request)
    caching = "public, max-age=31536000, immutable" if "build" in request.query_params else "no-cache"
    headers = {"ETag": f'"{digest}"', "Cache-Control": caching}
    if not_modified(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    file = state_of(request).snapshot.folder / EXPLORER_COLUMNS
    return FileResponse(file, headers=headers, media_type="application/octet-stream")


def _columns_digest(request: Request) -> str:
    """Return the digest of the columns of the build. Raise RequestError where they are not those that are meant.

    The page names the digest of the columns that belong to it (``build``): by those of another build it would count
    something else, and numbers would be those of others.
    """
    digest = state_of(request).snapshot.files.get(EXPLORER_COLUMNS)
    if digest is None:
        raise RequestError(404, "the interactive page of this build holds its columns and its records itself")
    if request.query_params.get("build", digest) != digest:
        raise RequestError(410, "the build of this page is served no more; load the page again")
    return digest
