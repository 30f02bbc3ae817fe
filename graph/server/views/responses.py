"""Responses: what a worker or the disk has, as answers of HTTP: conditional, compressed where accepted, streamed."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from graph.server.errors import RequestError, build_loading
from graph.server.negotiation import accepts_gzip, is_readable, negotiate_labels, negotiate_language
from graph.server.snapshot.reload import AppState
from graph.server.workers.process import MAX_BYTES_IN_MEMORY, WorkerAnswer

_CHUNK = 65_536
# A client asks each time; an answer that has not changed is not sent again.
_CACHED = "no-cache"
_VARYING = "Accept, Accept-Encoding, Accept-Language"
# Of what is saved without a name, no program would know what it is.
_FILE_ENDINGS = {
    "text/turtle": "ttl",
    "application/json": "json",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "text/csv": "csv",
}


def state_of(request: Request) -> AppState:
    """Return the state of the application that the request is for. Raise RequestError where no build is loaded yet."""
    state: AppState | None = getattr(request.app.state, "current", None)
    if state is None:
        raise build_loading()
    return state


def settings_of(request: Request) -> tuple[str, ...]:
    """Return the settings of the site for the page that a request is for, as a message to a worker has them."""
    state = state_of(request)
    return replace(state.settings, origin=state.public or str(request.base_url)).packed()


def worker_response(request: Request, answer: WorkerAnswer, build: str) -> Response:
    """Return the response for a worker's answer; ``build`` is the tag of the build. Raise RequestError for an error."""
    reply = answer.reply
    if reply.message is not None:
        answer.body.close()
        raise RequestError(reply.status, reply.message)
    if reply.moved_to is not None:
        answer.body.close()
        return _moved(request, reply.moved_to, reply.status)
    # Weak: the same answer, compressed or not.
    headers = {"ETag": f'W/"{build}-{reply.tag}"', "Cache-Control": _CACHED, "Vary": _VARYING}
    if reply.describes:
        headers["Link"] = f'<{reply.describes}>; rel="describes"'
    if reply.policy:
        headers["Content-Security-Policy"] = reply.policy
    if reply.status == 200 and not_modified(request, headers["ETag"]):
        answer.body.close()
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Type": reply.media_type or "", "Content-Length": str(reply.size)}
    if reply.gzip:
        headers["Content-Encoding"] = "gzip"
    if reply.truncated:
        # Clients know the first from another server; the second names the limit.
        headers |= {"X-SPARQL-MaxRows": str(reply.rows), "X-Motegraf-Cut": reply.truncated}
    if reply.size > MAX_BYTES_IN_MEMORY:
        return StreamingResponse(_stream(answer), reply.status, headers=headers)
    with answer.body as body:
        return Response(body.read(), reply.status, headers=headers)


def name_file(response: Response, stem: str) -> None:
    """Name the file as which an answer is saved, unless it is a page: without a name it has no ending."""
    ending = _FILE_ENDINGS.get(response.headers.get("content-type", "").partition(";")[0])
    if ending:
        stem = stem.removesuffix(f".{ending}")
        kind = "attachment" if ending == "csv" else "inline"
        response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(stem, safe='')}.{ending}"


def _moved(request: Request, path: str, status: int) -> Response:
    """Return the redirect to a path below ``/``, relative to the address of the request, with its parameters."""
    root = "../" * (request.scope["raw_path"].count(b"/") - 1)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{root}{path}{query}", status, {"Vary": "Accept"})


async def _stream(answer: WorkerAnswer) -> AsyncIterator[bytes]:
    # The answer is referenced until its end: the pool counts what is still to be read.
    with answer.body as body:
        while chunk := body.read(_CHUNK):
            yield chunk


def not_modified(request: Request, tag: str) -> bool:
    """Return whether a client has this already (RFC 9110, section 13.1.2: compared weakly)."""
    tags = request.headers.get("if-none-match", "")
    return tags.strip() == "*" or tag.removeprefix("W/") in (
        each.strip().removeprefix("W/") for each in tags.split(",")
    )


def conditional(request: Request, content: bytes, headers: Mapping[str, str], encoded: bytes | None = None) -> Response:
    """Return the content, ``encoded`` where that is given, or 304 where the client has it already."""
    tag = _tag_of(content)
    own = {"ETag": tag, "Cache-Control": _CACHED, **headers}
    if not_modified(request, tag):
        return Response(status_code=304, headers=own)
    return Response(content if encoded is None else encoded, headers=own)


@lru_cache(maxsize=32)
def _tag_of(content: bytes) -> str:
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def language_of(request: Request) -> str:
    """Return the language of the words of a page, nb or en, that a request asks for by ``?lang=`` or its header."""
    return negotiate_language(request.query_params.get("lang"), request.headers.get("accept-language"))


def label_language_of(request: Request) -> str:
    """Return the language of labels that a request asks for, by ``?lang=`` or its header."""
    return negotiate_labels(request.query_params.get("lang"), request.headers.get("accept-language"))


def is_lang_chosen(request: Request) -> bool:
    """Return whether the address of a request names the language, so that links keep it."""
    return is_readable(request.query_params.get("lang", ""))


def wants_gzip(request: Request) -> bool:
    """Return whether a client takes an answer compressed."""
    return accepts_gzip(request.headers.get("accept-encoding", ""))


async def redirect_to_folder(request: Request) -> Response:
    """Redirect to the same address with a slash at its end."""
    name, query = request.url.path.rpartition("/")[2], request.url.query
    return RedirectResponse(f"{name}/?{query}" if query else f"{name}/", 308)


def redirect_without_slash(request: Request) -> Response:
    """Redirect to the same address without the slashes at its end; a request that has a body is sent there again."""
    name, query = request.url.path.rstrip("/").rpartition("/")[2], request.url.query
    up = "../" * (len(request.url.path) - len(request.url.path.rstrip("/")))
    return RedirectResponse(f"{up}{name}?{query}" if query else f"{up}{name}", 308)
