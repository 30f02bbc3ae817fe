"""Warm up: the pages that readers look for are made while nobody waits, so that the first reader does not wait either.

The server asks itself, as a browser would, for what its sitemap lists, and for the descriptions and answers that
those pages link to, in both languages. A build whose sitemap has more than is kept (see
``graph.server.views.answer_cache``) is not warmed up: the pages would push each other out.
"""

import asyncio
import html
import logging
import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from starlette.applications import Starlette

from graph.server.snapshot.reload import AppState
from graph.server.views.answer_cache import MAX_PAGES

LANGUAGES = ("nb", "en")
# How long it waits before it looks again whether somebody else is waiting for an answer.
_PAUSE = 0.05
# Whether another build is served.
SECONDS_BETWEEN_CHECKS = 1.0
_LOGGER = logging.getLogger(__name__)
# Not those in other formats, whose names end in one.
_FOLLOWED = re.compile(r"/(about|ask)/[^.]+")
_LINK = re.compile(r'href="([^"?#]+)')
_LOCATION = re.compile(r"<loc>(.*?)</loc>")


async def keep_warm(app: Starlette, state: AppState, url: str) -> None:
    """Make the pages of each build that is served, for ever; ``url`` is the one at which this server listens."""
    origin, last = state.public or url, ""
    while True:
        if state.snapshot.tag != last:
            last = state.snapshot.tag
            try:
                await _warm_up(app, state, origin)
            # Whatever it is: the pages are made when they are asked for.
            except Exception as error:
                _LOGGER.warning("the pages are not made ahead: %s", error)
        await asyncio.sleep(SECONDS_BETWEEN_CHECKS)


async def _warm_up(app: Starlette, state: AppState, origin: str) -> None:
    """Ask for each page of the build that is served now, unless another is served meanwhile."""
    tag, parts = state.snapshot.tag, urlsplit(origin)
    sitemap = (await _get(app, parts.scheme, parts.netloc, "/sitemap.xml", LANGUAGES[0])).decode()
    below = parts.path.rstrip("/")
    locations = (html.unescape(location) for location in _LOCATION.findall(sitemap))
    paths = [urlsplit(location).path.removeprefix(below) for location in locations]
    if len(paths) * len(LANGUAGES) > MAX_PAGES or "<sitemapindex" in sitemap:
        return
    requests = [(path, lang) for lang in LANGUAGES for path in paths]
    listed = set(paths)
    # What pages link to is added while they are made.
    for path, lang in requests:
        while _is_busy(state):
            await asyncio.sleep(_PAUSE)
        if state.snapshot.tag != tag or state.pool.scheduler.closing.done():
            return
        page = (await _get(app, parts.scheme, parts.netloc, path, lang)).decode("utf-8", "replace")
        for linked in _linked_pages(page, path):
            if linked not in listed and len(requests) + len(LANGUAGES) <= MAX_PAGES:
                listed.add(linked)
                requests += [(linked, lang) for lang in LANGUAGES]


def _linked_pages(page: str, path: str) -> list[str]:
    """Return the paths of the descriptions and answers that a page links to."""
    links = (urlsplit(urljoin(path, html.unescape(link))).path for link in _LINK.findall(page))
    return [link for link in links if _FOLLOWED.fullmatch(link)]


def _is_busy(state: AppState) -> bool:
    scheduler = state.pool.scheduler
    return bool(scheduler.running or scheduler.waiting)


async def _get(app: Starlette, scheme: str, host: str, path: str, lang: str) -> bytes:
    """Return what the application answers to a browser that asks for a path; nothing is sent over the network."""
    body = bytearray()

    async def receive() -> MutableMapping[str, Any]:
        # Nobody disconnects.
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        body.extend(message.get("body", b""))

    headers = {"host": host, "accept": "text/html", "accept-encoding": "identity", "accept-language": lang}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": scheme,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": None,
        "server": None,
    }
    await app(scope, receive, send)
    return bytes(body)
