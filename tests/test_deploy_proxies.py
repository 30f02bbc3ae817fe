"""The examples for nginx and Caddy, run as they are: pages, links and formats hold at a root and at a prefix."""

import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from browser import started
from proxies import ODD, PREFIXED, PROGRAMS, ROOT, Site, proxied
from selectolax.lexbor import LexborHTMLParser
from serving import HttpAnswer, RunningServer, commanded

pytestmark = pytest.mark.server

SITES = [*((program, url) for program in PROGRAMS for url in (ROOT, PREFIXED)), ("nginx", ODD)]
# Enough to see every kind of page; an example has its own limit of requests a second.
MAX_PAGES = 60
REFERENCES = ("href", "src", "action")


@pytest.fixture(scope="module")
def server_at(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], RunningServer]]:
    """Return the server for a URL, started when it is first wanted: one for all proxies at this URL."""
    with ExitStack() as stack:

        @cache
        def start(url: str) -> RunningServer:
            log = tmp_path_factory.mktemp("server") / "log"
            return stack.enter_context(commanded(built, log, "--public", url, "--trust-proxy", "127.0.0.1"))

        yield start


@pytest.fixture(scope="module", params=SITES, ids=[f"{program} at {urlsplit(url).path}" for program, url in SITES])
def site(
    request: pytest.FixtureRequest,
    server_at: Callable[[str], RunningServer],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The server behind a proxy, with the settings that the example asks for."""
    program, url = request.param
    if PROGRAMS[program] is None:
        if os.environ.get("CI"):
            pytest.fail(f"there is no {program}, and CI must have one")
        pytest.skip(f"there is no {program}; install Debian's package")
    with proxied(program, server_at(url), url, tmp_path_factory.mktemp(program)) as proxied_site:
        yield proxied_site


def final(site: Site, url: str, **headers: str) -> tuple[str, HttpAnswer]:
    """Return where redirects from a URL lead, none of which leaves the site, and the answer there."""
    for _ in range(5):
        answer = site.ask(url, **headers)
        if answer.status not in (301, 302, 303, 307, 308):
            return url, answer
        url = urljoin(url, answer.headers["location"])
        assert url.startswith(site.url), f"a redirect leads to {url}"
    raise AssertionError(f"{url} redirects again and again")


def links_in(url: str, answer: HttpAnswer) -> set[str]:
    """Return all that a page and the headers of its answer refer to, as absolute URLs."""
    document = LexborHTMLParser(answer.text)
    named = {node.attributes.get(name) or "" for name in REFERENCES for node in document.css(f"[{name}]")}
    named |= set(re.findall(r"<([^>]*)>\s*;", answer.headers.get("link", "")))
    return {urldefrag(urljoin(url, each)).url for each in named if not each.startswith(("data:", "mailto:"))}


def test_all_links_stay_below_the_address_of_the_site(site: Site) -> None:
    """Links lead to where they lead without a proxy, and none leaves the prefix."""
    host = urlsplit(site.url).netloc
    waiting, seen, kinds = deque([site.url]), {site.url}, set[str]()
    visited, wrong = set[str](), set[str]()
    while waiting and len(visited) < MAX_PAGES:
        url = waiting.popleft()
        at, answer = final(site, url, Accept="text/html")
        visited.add(at)
        path = f"/{at.removeprefix(site.url)}"
        if answer.status != 200 and answer.status != site.server.ask("GET", path, Accept="text/html").status:
            wrong.add(f"{url} has {answer.status}")
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in sorted(links_in(at, answer) - seen):
            seen.add(link)
            if urlsplit(link).netloc == host and not link.startswith(site.url):
                wrong.add(f"{at} leads to {link}")
            if link.startswith(site.url):
                # One page of each kind comes before the second of any.
                kind = link.removeprefix(site.url).partition("/")[0]
                (waiting.append if kind in kinds else waiting.appendleft)(link)
                kinds.add(kind)
    assert wrong == set()
    assert len(visited) > 20


def test_things_are_had_in_the_format_that_is_asked_for(site: Site) -> None:
    person = urljoin(site.url, "person/laila-bokhari")
    for accept in ("text/turtle", "application/ld+json", "text/html"):
        at, answer = final(site, person, Accept=accept)
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, accept)
        assert at == urljoin(site.url, "about/person/laila-bokhari")
        assert 'rel="describes"' in answer.headers["link"]
    assert final(site, urljoin(site.url, "event/none"), Accept="text/html")[1].status == 404


def test_queries_are_answered(site: Site) -> None:
    endpoint = urljoin(site.url, "sparql")
    query = "SELECT (COUNT(*) AS ?n) { ?event a schema:Event }"
    asked = site.ask(f"{endpoint}?query={quote(query)}", Accept="text/csv", Accept_Encoding="gzip")
    assert (asked.status, asked.text) == (200, "n\r\n12\r\n")
    form = f"query={quote(query)}".encode()
    sent = site.ask(endpoint, "POST", form, Accept="text/csv", Content_Type="application/x-www-form-urlencoded")
    assert sent.text == asked.text
    description = site.ask(endpoint, Accept="application/n-triples")
    assert f"<{endpoint}>" in description.text
    # A long one is refused by the server itself, which says why.
    long = site.ask(endpoint, "POST", b"x" * 70_000, Content_Type="application/sparql-query")
    assert (long.status, "65,536" in long.text) == (413, True)
    assert site.ask("dumps/explorer.html", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_what_is_for_operators_is_closed(site: Site) -> None:
    for path in ("metrics", "metrics/", "ready", "ready/"):
        assert site.ask(path).status == 404
    assert site.ask("health").status == 200


def test_plain_http_leads_to_https(site: Site) -> None:
    answer = site.ask(site.url.replace("https:", "http:"))
    assert (answer.status, answer.headers["location"]) == (308, site.url)


def test_prefix_without_its_slash_leads_to_the_site(site: Site) -> None:
    if site.url != ROOT:
        assert final(site, site.url.removesuffix("/"))[1].status == 200


def test_proxy_is_believed(site: Site) -> None:
    """It gives an id to each request; what a client gives is not taken."""
    answer = site.ask("health", X_Request_ID="mine", X_Forwarded_For="192.0.2.1")
    assert re.fullmatch(r"[0-9a-f]{32}|[0-9a-f-]{36}", answer.headers["x-request-id"])


@contextmanager
def window(playwright: Any, site: Site) -> Iterator[tuple[Any, list[str]]]:
    """A window of a browser for which the site's name is this machine, and what goes wrong in it."""
    port = f":{site.https}"
    with started(playwright, f"--host-resolver-rules=MAP {urlsplit(site.url).netloc} 127.0.0.1{port}") as chromium:
        context = chromium.new_context(ignore_https_errors=True)
        page, wrong = context.new_page(), []
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: answer.status >= 400 and wrong.append(f"{answer.status} {answer.url}"))
        page.on("request", lambda sent: sent.url.startswith(("http", "ws")) and _note(sent.url, site, wrong))
        yield page, wrong


def _note(url: str, site: Site, wrong: list[str]) -> None:
    if not url.startswith(site.url):
        wrong.append(f"asks {url}")


@pytest.mark.browser
def test_pages_work_in_a_browser_below_a_prefix(playwright: Any, site: Site) -> None:
    if site.url == ROOT:
        pytest.skip("what holds below a prefix holds at a root")
    with window(playwright, site) as (page, wrong):
        for path in ("", "about/person/laila-bokhari", "query/"):
            assert page.goto(urljoin(site.url, path)).status == 200
        page.goto(urljoin(site.url, "yasgui/"))
        page.locator(".yasqe_queryButton").click()
        page.locator(".yasr .dataTable tbody tr").first.wait_for()
        page.goto(urljoin(site.url, "explorer"))
        page.wait_for_function("() => window.motegraf && document.getElementById('headline').textContent")
    assert wrong == []
