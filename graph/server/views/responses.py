"""Replies: what a worker or the disk has, as answers of HTTP: conditional, compressed where it is liked, in pieces."""

from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from graph.server.errors import Refused
from graph.server.negotiation import language
from graph.server.workers.process import MOST_IN_MEMORY, Reply

_PIECE = 65_536
# An answer is asked for anew each time; one that has not changed is not sent again.
_CACHED = "no-cache"
_VARYING = "Accept, Accept-Encoding, Accept-Language"
# What the words of a worker leave to the front, which knows what was offered.
UNLIKABLE = 406


def sent(request: Request, reply: Reply, tag: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer of a worker. ``tag`` tells the build."""
    head = reply.head
    if "words" in head:
        reply.body.close()
        raise Refused(head["status"], head["words"])
    # Weak: the same words, compressed or not.
    own = {
        "ETag": f'W/"{tag}-{head["tag"]}"',
        "Cache-Control": _CACHED,
        "Vary": _VARYING,
    }
    own |= headers or {}
    own |= {"Content-Security-Policy": head["policy"]} if head.get("policy") else {}
    if head["status"] == 200 and unchanged(request, own["ETag"]):
        reply.body.close()
        return Response(status_code=304, headers=own)
    own |= {"Content-Type": head["type"], "Content-Length": str(head["size"])}
    own |= {"Content-Encoding": "gzip"} if head.get("gzip") else {}
    if head.get("cut"):
        # The first is what clients know from another server; the second says which limit it was.
        own |= {"X-SPARQL-MaxRows": str(head["rows"]), "X-Motegraf-Cut": head["cut"]}
    if head["size"] > MOST_IN_MEMORY:
        return StreamingResponse(_pieces(reply), head["status"], headers=own)
    with reply.body as body:
        return Response(body.read(), head["status"], headers=own)


async def _pieces(reply: Reply) -> AsyncIterator[bytes]:
    # The reply is held until its end: by that it is known what is still to be read (see ``pool``).
    with reply.body as body:
        while piece := body.read(_PIECE):
            yield piece


def unchanged(request: Request, tag: str) -> bool:
    """A client has this already (RFC 9110, section 13.1.2: compared weakly)."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag.removeprefix("W/") in (
        each.strip().removeprefix("W/") for each in known.split(",")
    )


def conditional(request: Request, content: bytes, headers: Mapping[str, str], sent: bytes | None = None) -> Response:
    """The content, or that the client has it already; what is ``sent`` of it may be compressed."""
    tag = _tag_of(content)
    own = {"ETag": tag, "Cache-Control": _CACHED, **headers}
    if unchanged(request, tag):
        return Response(status_code=304, headers=own)
    return Response(content if sent is None else sent, headers=own)


@lru_cache(maxsize=32)
def _tag_of(content: bytes) -> str:
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def language_of(request: Request) -> str:
    """The language that a request asks for, by ``?lang=`` or its header."""
    return language(request.query_params.get("lang"), request.headers.get("accept-language"))


def likes_gzip(request: Request) -> bool:
    """A client takes an answer compressed."""
    for each in request.headers.get("accept-encoding", "").split(","):
        coding, _, quality = (part.strip() for part in each.partition(";"))
        if coding.lower() == "gzip":
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def folder_of(request: Request) -> Response:
    """An address that wants a stroke at its end leads to the one that has it."""
    name, query = request.url.path.rpartition("/")[2], request.url.query
    return RedirectResponse(f"{name}/?{query}" if query else f"{name}/", 308)


def refusing(error: Refused) -> Response:
    """Why there is no answer, in plain words: nothing in them is markup."""
    return PlainTextResponse(f"{error.words}\n", error.status, {"Cache-Control": "no-store", **error.headers})
