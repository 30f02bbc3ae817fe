"""Files: the build as it is on disk: ``/dumps`` and ``/explorer``, conditional, in ranges where they are asked for."""

import re
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from graph.builds.manifest import MANIFEST
from graph.explorer import FILE as EXPLORER
from graph.server.entity.html import files_page, policy_of
from graph.server.errors import Refused
from graph.server.negotiation import liked
from graph.server.snapshot.copy import compressed_file
from graph.server.snapshot.reload import Serving
from graph.server.views.responses import language_of, likes_gzip, unchanged

_TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}
_LISTS = {"application/json": "json", "text/html": "html"}
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# The policy stands in the head of the page, before what is large.
_HEAD = 4_096


async def dumps(request: Request) -> Response:
    """Which files there are, with the digest of each."""
    serving: Serving = request.app.state.serving
    files = serving.served.files
    if liked(request.headers.get("accept"), _LISTS) != "html":
        return JSONResponse({"base": serving.served.base, "sha256": files}, headers={"Vary": "Accept"})
    lang = language_of(request)
    document = files_page([*files, MANIFEST], lang)
    headers = {"Content-Security-Policy": policy_of(document), "Vary": "Accept, Accept-Language"}
    return HTMLResponse(document, headers=headers)


async def dump(request: Request) -> Response:
    """A file of the build, by the name that its manifest has."""
    serving: Serving = request.app.state.serving
    name = request.path_params["name"]
    if name != MANIFEST and name not in serving.served.files:
        raise Refused(404, "the build has no file of that name; dumps/ lists those it has")
    return file_sent(request, serving, name)


async def explorer(request: Request) -> Response:
    """The interactive page, under the policy that it has itself."""
    serving: Serving = request.app.state.serving
    if EXPLORER not in serving.served.files:
        raise Refused(404, "this build has no interactive page")
    policy = policy_stated_in(serving.served.folder / EXPLORER)
    return file_sent(request, serving, EXPLORER, {"Content-Security-Policy": policy})


def file_sent(request: Request, serving: Serving, name: str, headers: dict[str, str] | None = None) -> Response:
    """The file, or that it is what the client has."""
    folder, tag = serving.served.folder, serving.served.digest_of(name)
    own = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"} | (headers or {})
    file = compressed_file(folder, name)
    # A part is one of the file as it is.
    if likes_gzip(request) and "range" not in request.headers and file.exists():
        own |= {"ETag": f'"{tag}-gzip"', "Content-Encoding": "gzip"}
    else:
        file = folder / name
        own |= {"ETag": f'"{tag}"'}
    if unchanged(request, own["ETag"]) or _as_old(request, folder / name):
        return Response(status_code=304, headers=own)
    kind = _TYPES.get(Path(name).suffix, "application/octet-stream")
    written = formatdate((folder / name).stat().st_mtime, usegmt=True)
    return FileResponse(file, headers=own | {"Last-Modified": written}, media_type=kind)


def _as_old(request: Request, file: Path) -> bool:
    """A client that knows no tag has a file that is no older (RFC 9110, section 13.1.3)."""
    if "if-none-match" in request.headers:
        return False
    try:
        known = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return int(file.stat().st_mtime) <= known.timestamp()
    except (ValueError, OverflowError):
        return False


@lru_cache(maxsize=4)
def policy_stated_in(page: Path) -> str:
    """The content security policy that a page states, and that nobody frames it."""
    with page.open(encoding="utf-8") as file:
        found = _POLICY.search(file.read(_HEAD))
    stated = found[1] if found else "default-src 'none'"
    return f"{stated}; frame-ancestors 'none'"
