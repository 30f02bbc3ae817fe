"""The builds that are kept: their history as it is on disk, and whether the build that is served has an entity.

They are read from the folder of the build, not from the snapshot: a build is kept a moment after it is written.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from graph.builds.changes.json import from_json
from graph.builds.changes.records import Changes
from graph.builds.manifest import DATASET, MANIFEST
from graph.builds.sorted_nquads import SortedNQuads
from graph.builds.versions import FOLDER, HISTORY, KEPT, Version, changes_file, read_history, version_file
from graph.common.findings import FindingsError
from graph.server.errors import RequestError
from graph.server.html.page import PageRequest
from graph.server.negotiation import compress
from graph.server.snapshot.reload import AppState
from graph.server.urls import path_of
from graph.server.views.pages import HTML_HEADERS, page_request
from graph.server.views.responses import conditional, state_of, wants_gzip

_LOGGER = logging.getLogger(__name__)
# A page of all that changed takes a tenth of a second, and the front has one processor: one is made at a time, and so
# many are remembered.
_MAKING = asyncio.Semaphore(1)
_MAX_PAGES = 32
# So many builds stand on one page.
PAGE_SIZE = 20
_pages: OrderedDict[object, bytes] = OrderedDict()


def history_of(state: AppState) -> tuple[Version, ...]:
    """Return the versions that are kept, the newest first. Raise RequestError where their history cannot be read."""
    try:
        status = (state.build / FOLDER / HISTORY).stat()
    except OSError:
        return ()
    try:
        return _history(state.build, (status.st_ino, status.st_mtime_ns, status.st_size))
    except (FindingsError, OSError) as error:
        _LOGGER.error("the history of builds cannot be read: %s", error)
        raise RequestError(500, "the list of builds that are kept cannot be read") from error


@lru_cache(maxsize=2)
def _history(build: Path, _: tuple[int, int, int]) -> tuple[Version, ...]:
    return tuple(read_history(build))


def versions_of(state: AppState) -> tuple[Version, ...]:
    """Return the versions that have an address: those that are kept, and before them the build that is served."""
    history, snapshot = history_of(state), state.snapshot
    if any((version.tag, version.known_on) == (snapshot.tag, snapshot.known_on) for version in history):
        return history
    sizes = {name: (snapshot.folder / name).stat().st_size for name in KEPT if name in snapshot.files}
    files = {name: (size, snapshot.files[name]) for name, size in sizes.items()}
    served = Version("", snapshot.tag, f"{snapshot.day}T00:00:00Z", snapshot.base, snapshot.known_on, files)
    return served, *history


def file_of(state: AppState, version: Version, name: str) -> Path | None:
    """Return a file of a version, from where it is kept or is served; None where it has none of that name."""
    kept = version_file(state.build, version, name)
    if kept or version.tag != state.snapshot.tag or name not in (*version.files, MANIFEST):
        return kept
    return state.snapshot.folder / name


def changes_of(state: AppState, version: Version) -> Changes:
    """Return what changed with a version. Raise RequestError where that is not kept."""
    file = changes_file(state.build, version)
    try:
        return _changes(file, file.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise RequestError(404, "what changed with this build is not kept") from error


@lru_cache(maxsize=4)
def _changes(file: Path, _: int) -> Changes:
    return from_json(file.read_bytes())


def has_page(state: AppState, entity: str) -> bool:
    """Return whether the build that is served has an entity, and a page of it."""
    node = NamedNode(entity)
    return path_of(node, state.snapshot.base) is not None and _is_described(state.snapshot.folder / DATASET, entity)


@lru_cache(maxsize=10_000)
def _is_described(dataset: Path, entity: str) -> bool:
    with SortedNQuads(dataset) as statements:
        return bool(statements.about(entity))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list, as one page has it: its items, its number and that of all."""

    versions: tuple[Version, ...]
    number: int
    count: int


def part_of(request: Request, every: Sequence[Version]) -> Part:
    """Return the part of a list that a request asks for (``?page=2``): the first or the last where there is no such."""
    count = max(1, -(-len(every) // PAGE_SIZE))
    given = request.query_params.get("page", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 1
    number = min(max(1, number), count)
    return Part(tuple(every[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]), number, count)


async def page_response(request: Request, make: Callable[[PageRequest], bytes], part: int = 1) -> Response:
    """Return a page about builds that are kept (of a list, that part), made by ``make`` where it is not remembered."""
    asked, state = page_request(request), state_of(request)
    # The address of this server stands in citations.
    key = (
        asked,
        part,
        str(request.base_url),
        state.build,
        state.snapshot.tag,
        *(each.step for each in history_of(state)),
    )
    body = _pages.get(key)
    if body is None:
        async with _MAKING:
            body = await run_in_threadpool(make, asked)
        _pages[key] = body
        while len(_pages) > _MAX_PAGES:
            _pages.popitem(last=False)
    headers = HTML_HEADERS | {"Vary": f"{HTML_HEADERS['Vary']}, Accept-Encoding"}
    if not wants_gzip(request):
        return conditional(request, body, headers)
    return conditional(request, body, headers | {"Content-Encoding": "gzip"}, compress(body))
