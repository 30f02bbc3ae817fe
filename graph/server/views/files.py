"""Files: the build as it is on disk: ``/dumps`` and ``/explorer``, conditional, in ranges where requested.

The text of a source, in whose characters evidence counts, is at the address of its IRI with the ending ``.txt``.
"""

import re
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from graph.builds.manifest import EXPLORER, MANIFEST
from graph.publish.source_texts import FILE as TEXTS
from graph.server.errors import NotAcceptableError, RequestError
from graph.server.formats import choose_format, format_names
from graph.server.snapshot.copy import compressed_path
from graph.server.snapshot.reload import AppState
from graph.server.views.pages import page_view
from graph.server.views.responses import conditional, not_modified, state_of, wants_gzip
from graph.server.views.sparql_protocol import requested_format

TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
    ".zst": "application/zstd",
}
_LISTS = {"application/json": "json", "text/html": "html"}
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# The policy stands in the head of the page, before what is large.
_HEAD = 4_096


async def dumps(request: Request) -> Response:
    """List the files of the build, with the digest of each."""
    state = state_of(request)
    files = state.snapshot.files
    wanted = requested_format(request.scope["query_string"])
    format = choose_format(wanted, request.headers.get("accept"), _LISTS)
    if wanted is not None and format is None:
        raise NotAcceptableError(format_names(_LISTS))
    if format != "html":
        return JSONResponse({"base": state.snapshot.base, "sha256": files}, headers={"Vary": "Accept"})
    return await _dumps_page(request)


_dumps_page = page_view("dumps")


async def dump(request: Request) -> Response:
    """Return a file of the build, by its name in the manifest."""
    state = state_of(request)
    name = request.path_params["name"]
    if name != MANIFEST and name not in state.snapshot.files:
        raise RequestError(404, "the build has no file of that name; dumps/ lists those it has")
    return file_response(request, state, name)


async def source_text(request: Request) -> Response:
    """Return the text of a source by its id: what RFC 5147 counts the characters of (``#char=10,20``)."""
    state, name = state_of(request), request.path_params["name"]
    if TEXTS not in state.snapshot.files:
        raise RequestError(404, "this build has no texts of sources")
    archive = _archive(state.snapshot.folder / TEXTS)
    try:
        text = archive.read(f"{name}.txt")
    except KeyError as error:
        raise RequestError(404, f"there is no text of this name; dumps/{TEXTS} has all") from error
    return conditional(request, text, {"Content-Type": "text/plain; charset=utf-8"})


@lru_cache(maxsize=2)
def _archive(file: Path) -> ZipFile:
    """Return the texts of a build; kept open, since the list of a large one takes time to read."""
    return ZipFile(file)


async def explorer(request: Request) -> Response:
    """Return the interactive page, under its own policy."""
    state = state_of(request)
    if EXPLORER not in state.snapshot.files:
        raise RequestError(404, "this build has no interactive page")
    return file_response(request, state, EXPLORER)


def file_response(request: Request, state: AppState, name: str) -> Response:
    """Return the file, or 304 where the client has it already."""
    folder, tag = state.snapshot.folder, state.snapshot.digest_of(name)
    own = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if name.endswith(".html"):
        # A page has its style and scripts in itself, under the policy that it states.
        own["Content-Security-Policy"] = policy_in(folder / name)
    file = compressed_path(folder, name)
    # A range is one of the file as it is.
    if wants_gzip(request) and "range" not in request.headers and file.exists():
        own |= {"ETag": f'"{tag}-gzip"', "Content-Encoding": "gzip"}
    else:
        file = folder / name
        own |= {"ETag": f'"{tag}"'}
    if not_modified(request, own["ETag"]) or _not_modified_since(request, folder / name):
        return Response(status_code=304, headers=own)
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    modified = formatdate((folder / name).stat().st_mtime, usegmt=True)
    return FileResponse(file, headers=own | {"Last-Modified": modified}, media_type=kind)


def _not_modified_since(request: Request, file: Path) -> bool:
    """Return whether a client that sends no tag has a file that is no older (RFC 9110, section 13.1.3)."""
    if "if-none-match" in request.headers:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return int(file.stat().st_mtime) <= since.timestamp()
    except (ValueError, OverflowError):
        return False


@lru_cache(maxsize=4)
def policy_in(page: Path) -> str:
    """Return the content security policy that a page states, with the addition who may frame it.

    The interactive page may be framed by everybody: its blocks are made to stand in pages of others, and nothing can be
    changed by a press in it. No other page may.
    """
    with page.open(encoding="utf-8") as file:
        match = _POLICY.search(file.read(_HEAD))
    stated = match[1] if match else "default-src 'none'"
    ancestors = "*" if page.name == EXPLORER else "'none'"
    return f"{stated}; frame-ancestors {ancestors}"
