"""Pages are made while nobody waits: those of the sitemap, in both languages, of a build of which all are kept."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from loops import run
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.server.views import warm_up
from graph.server.views.warm_up import keep_warm

pytestmark = pytest.mark.unit
SITE = "https://graph.example.org/below/"


class Site:
    """A site with a sitemap, which notes what it is asked for."""

    def __init__(self, *paths: str, public: str | None = SITE) -> None:
        self.asked: list[tuple[str, str]] = []
        self.sitemap = "".join(f"<url><loc>{public or 'http://127.0.0.1:9/'}{path}</loc></url>" for path in paths)
        scheduler = SimpleNamespace(running={}, waiting={}, closing=SimpleNamespace(done=lambda: self.closing))
        self.closing = False
        self.links: dict[str, str] = {}
        self.state: Any = SimpleNamespace(
            public=public, snapshot=SimpleNamespace(tag="one"), pool=SimpleNamespace(scheduler=scheduler)
        )
        self.app = Starlette(routes=[Route("/{path:path}", self.answer)])

    async def answer(self, request: Request) -> Response:
        if request.url.path == "/sitemap.xml":
            return Response(self.sitemap)
        path = request.scope["raw_path"].decode()[1:]
        self.asked.append((f"{request.base_url}{path}", request.headers["accept-language"]))
        if "broken" in request.url.path:
            raise OSError("no store")
        return Response(self.links.get(path, "page"))

    def warm(self, seconds: float = 0.2, during: Any = None) -> list[tuple[str, str]]:
        async def work() -> None:
            task = asyncio.create_task(keep_warm(self.app, self.state, "http://127.0.0.1:9/"))
            if during:
                await during(self)
            await asyncio.sleep(seconds)
            task.cancel()

        run(work())
        return self.asked


def test_each_page_of_the_sitemap_is_made_in_both_languages() -> None:
    site = Site("", "about/person/%C3%A5se", "event/")
    paths = ("", "about/person/%C3%A5se", "event/")
    assert site.warm() == [(f"https://graph.example.org/{path}", lang) for lang in ("nb", "en") for path in paths]


def test_descriptions_and_answers_that_pages_link_to_are_made_after_those_of_the_sitemap() -> None:
    site = Site("event/", "about/event/a")
    site.links["event/"] = '<a href="../about/claim/1?x=1&amp;y">1</a><a href="../about/event/a#b">a</a>'
    site.links["about/claim/1"] = '<a href="../source/s">s</a><a href="1.ttl">t</a><a href="../../ask/q">q</a>'
    site.links["about/source/s"] = '<a href="https://elsewhere.example/">page</a><a href="../../dumps/a.nq">all</a>'
    made = [url.removeprefix("https://graph.example.org/") for url, lang in site.warm() if lang == "en"]
    assert made == ["event/", "about/event/a", "about/claim/1", "about/source/s", "ask/q"]


def test_without_a_public_address_pages_are_made_for_the_one_that_the_server_listens_at() -> None:
    assert Site("event/", public=None).warm()[0] == ("http://127.0.0.1:9/event/", "nb")


def test_a_build_of_more_pages_than_are_kept_is_not_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm_up, "MAX_PAGES", 3)
    assert Site("a", "b").warm() == []
    large = Site()
    large.sitemap = f"<sitemapindex><sitemap><loc>{SITE}sitemap-1.xml</loc></sitemap></sitemapindex>"
    assert large.warm() == []


def test_nothing_is_made_while_a_query_runs_or_waits_or_the_server_stops() -> None:
    for name in ("running", "waiting"):
        busy = Site("a")
        getattr(busy.state.pool.scheduler, name)["client"] = 1
        assert busy.warm() == []
    closing = Site("a")
    closing.closing = True
    assert closing.warm() == []


def test_the_next_build_is_warmed_up_as_well_whatever_happened_to_the_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def next_build(site: Site) -> None:
        await asyncio.sleep(0.1)
        site.sitemap = site.sitemap.replace("broken", "whole")
        site.state.snapshot.tag = "two"

    site = Site("broken", "b")
    monkeypatch.setattr(warm_up, "SECONDS_BETWEEN_CHECKS", 0.05)
    asked = [url.rpartition("/")[2] for url, _ in site.warm(during=next_build)]
    assert asked == ["broken", "whole", "b", "whole", "b"]
    assert "the pages are not made ahead: no store" in caplog.text
