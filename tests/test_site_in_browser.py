"""The pages of the site in a browser: what axe-core sees and what it does not, keys, zoom, print, a crawl."""

import gzip
import html
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from axe import violations
from serving import RunningServer, serving

pytestmark = pytest.mark.browser

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# A page of each template; each has a language switch, and stands here once.
PAGES = (
    *("", "query/?question=who_met_whom", "search?q=bokhari", "search?q=xyzzyx", "event/", "person/", "area/"),
    *("organisation/", "topic/", "source/", "ask/", "ask/who_met_whom?certainty=all", "graph/", "graph/curated"),
    *("dumps/", "method", "privacy", "accessibility", "contact?about=about/event/x", "api", "nothing/here"),
    *("about/event/haugesund-2014-12", "about/event/oslo-2014-host", "about/event/drammen-2015", "about/person/none"),
    *("about/series/dialogmoter-2014", "about/person/laila-bokhari", "about/organisation/haugesund-kommune"),
    *("about/area/no/kommune/1106", "about/post/statssekretaer-jd", "about/topic/terrorist-threat"),
    *("about/source/dialogmoter-hosten-2014", "about/role/speaker", "about/kind/dialogue-meeting", "about/role"),
    "about/claim/dialogmoter-hosten-2014.haugesund-2014-12",
    "about/participation/haugesund-2014-12.laila-bokhari",
    "sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%205",
    "card/event/haugesund-2014-12",
)
# A crawl that has not ended by then goes in circles.
SECONDS = 300
# Pages that are visited of each kind in the browser; all addresses are asked for without it.
MOST_OF_A_KIND, MOST_ASKED_FOR_OF_A_KIND = 2, 12
# A crawl does not go round and round in lists that are narrowed in all ways.
MOST_PARAMETERS = 1
WRITTEN_NORWEGIAN = re.compile(r"\b(og|på|av|som|til|med|det|er|ikke|for|om|har|ved|fra|den|en)\b", re.IGNORECASE)
WRITTEN_ENGLISH = re.compile(r"\b(the|of|and|is|to|in|that|with|not|for|has|was|are|which|by)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("site") / "log", queries_per_client=2) as running:
        yield running


@contextmanager
def opened_page(browser: Any, **settings: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and what went wrong in it: errors on the console, violations of a policy, dialogs."""
    context = browser.new_context(locale="nb", **settings)
    try:
        page, wrong = context.new_page(), []
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(f"{page.url}: {said.text}"))
        page.on("dialog", lambda asked: (wrong.append(f"{page.url}: {asked.message}"), asked.dismiss()))
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        yield page, wrong
    finally:
        context.close()


def address(server: RunningServer, path: str, lang: str = "nb") -> str:
    return f"http://127.0.0.1:{server.port}/{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize(("lang", "width", "scheme"), [("nb", 1280, "light"), ("en", 360, "dark")])
def test_axe_reports_no_violation(browser: Any, server: RunningServer, lang: str, width: int, scheme: str) -> None:
    """Each template by all rules, in each language, theme and width once.

    A theme changes nothing but the values of colours, and a width shows other parts only of tables of answers, which
    ``test_question_pages_in_browser.py`` looks at in both themes at both widths.
    """
    # The policy of the pages lets no script run, and axe is one.
    settings = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened_page(browser, bypass_csp=True, **settings) as (page, _):
        for path in PAGES:
            page.goto(address(server, path, lang))
            assert violations(page) == [], path


def test_axe_reports_a_violation_that_is_put_in(browser: Any, server: RunningServer) -> None:
    with opened_page(browser, bypass_csp=True) as (page, _):
        page.goto(address(server, ""))
        page.evaluate(
            "document.documentElement.style.setProperty('--quiet', '#ccc');"
            "document.querySelector('form button').textContent = ''"
        )
        assert {rule for rule, _ in violations(page)} == {"color-contrast", "button-name"}


# The text of an element itself with the language that holds for it.
TEXTS = """
() => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (text && !element.closest("pre, code, textarea, script, option"))
      texts.push([element.closest("[lang]").lang, text]);
  }
  return texts;
}
"""


# Links of the content by what a screen reader says of each, with where it leads; the language does not count.
LINKS = """
() => [...document.querySelectorAll("main a")].map(link => {
  const to = new URL(link.href);
  to.searchParams.delete("lang");
  const around = ["tbody:has(> .proof)", "li, tr", "div:has(> dt), dd, p"].map(each => link.closest(each));
  const near = around.find(each => each) ?? link;
  const term = near.matches("dd") ? near.parentElement.querySelector("dt").textContent : "";
  return [(link.getAttribute("aria-label") ?? link.textContent).trim(), to.href, term + near.textContent.trim()];
})
"""


@dataclass
class Seen:
    """A page on a telephone: how wide it is, its texts with their languages, and its links."""

    width: int
    texts: list[tuple[str, str]]
    links: list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def seen(browser: Any, server: RunningServer) -> dict[tuple[str, str], Seen]:
    """All pages in both languages, each opened once, at 400 percent or on a telephone."""
    found = {}
    with opened_page(browser, viewport={"width": 320, "height": 256}) as (page, _):
        for lang in ("nb", "en"):
            for path in PAGES:
                page.goto(address(server, path, lang))
                width = page.evaluate("document.documentElement.scrollWidth")
                found[lang, path] = Seen(width, page.evaluate(TEXTS), page.evaluate(LINKS))
    return found


def test_no_page_scrolls_sideways_at_400_percent_nor_on_a_phone(
    browser: Any, server: RunningServer, seen: dict[tuple[str, str], Seen]
) -> None:
    assert [where for where, page in seen.items() if page.width > 320] == []
    with opened_page(browser, viewport={"width": 320, "height": 256}) as (page, _):
        page.goto(address(server, "dumps/ontology.html"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("lang", "other"), [("nb", WRITTEN_ENGLISH), ("en", WRITTEN_NORWEGIAN)])
def test_text_in_another_language_says_in_which(seen: dict[tuple[str, str], Seen], lang: str, other: Any) -> None:
    """WCAG 3.1.2: a text with several small words of the other language is marked as one of that."""
    wrong = []
    for path in PAGES:
        assert seen[lang, path].texts or path.startswith("card/"), path
        for marked, text in seen[lang, path].texts:
            if marked.startswith(lang) and len({word.lower() for word in other.findall(text)} - {"for", "om"}) > 2:
                wrong.append((path, text[:100]))
    assert wrong == []


def test_links_of_the_same_text_lead_to_the_same_page_or_say_which(seen: dict[tuple[str, str], Seen]) -> None:
    """WCAG 2.4.4: the purpose of a link is clear from its text, or from that with what stands around it."""
    wrong = []
    for where, page in seen.items():
        targets: dict[tuple[str, str], set[str]] = {}
        for text, to, near in page.links:
            targets.setdefault((text, near), set()).add(to)
            if not text:
                wrong.append((where, "no text", to))
        wrong += [(where, text, sorted(all_of)) for (text, _), all_of in targets.items() if len(all_of) > 1]
    assert wrong == []


def test_quotes_on_english_pages_are_marked_as_norwegian(browser: Any, server: RunningServer) -> None:
    with opened_page(browser) as (page, _):
        page.goto(address(server, "about/event/haugesund-2014-12", "en"))
        quotes = page.locator("blockquote").evaluate_all("all => all.map(each => each.closest('[lang]').lang)")
    assert quotes
    assert set(quotes) == {"nb"}


NOTE_FOCUS = """
() => {
  window.focused = [];
  addEventListener("focusin", event => focused.push(event.target.outerHTML.slice(0, 200)));
}
"""


def test_keys_reach_everything_and_are_caught_nowhere(browser: Any, server: RunningServer) -> None:
    """WCAG 2.1.2 and 2.4.1: Tab goes through a page from the skip link to the footer; Esc lets go of the editor."""
    with opened_page(browser) as (page, _):
        for path in ("", "about/event/haugesund-2014-12", "query/?question=who_met_whom", "ask/who_met_whom"):
            page.goto(address(server, path))
            count = page.evaluate(
                "document.querySelectorAll('a[href], button, input, select, textarea, summary').length"
            )
            page.evaluate(NOTE_FOCUS)
            for _ in range(count + 20):
                page.keyboard.press("Tab")
            focused = page.evaluate("focused")
            assert 'class="skip"' in focused[0], path
            assert any("api" in each for each in focused), path
        # The skip link leads past the header.
        page.goto(address(server, ""))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.goto(address(server, "yasgui/"))
        page.wait_for_selector(".tabPanel.active .CodeMirror")
        assert re.search(r"Esc.*Tab", page.inner_text("main"))
        page.click(".tabPanel.active .CodeMirror")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.yasqe_share')")


def test_print_has_the_addresses_of_sources_and_no_navigation(browser: Any, server: RunningServer) -> None:
    with opened_page(browser) as (page, _):
        page.goto(address(server, "about/event/haugesund-2014-12"))
        page.emulate_media(media="print")
        assert not page.is_visible("header nav")
        assert not page.is_visible("header form")
        assert page.is_visible("h1")
        after = "link => getComputedStyle(link, '::after').content"
        shown = page.locator('.cite a[href^="http"]').evaluate_all(f"all => all.map({after})")
        assert shown
        assert all("regjeringen.no" in each for each in shown)


def test_everything_but_yasgui_works_without_javascript(browser: Any, server: RunningServer) -> None:
    with opened_page(browser, java_script_enabled=False) as (page, wrong):
        page.goto(address(server, ""))
        page.fill('main input[name="q"]', "bokhari")
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.click("main form button")
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.get_by_role("main").get_by_role("link", name="Laila Bokhari").first.click()
        assert page.locator("h1").inner_text().startswith("Laila Bokhari")
        page.goto(address(server, "query/"))
        page.locator("main summary").first.click()
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.get_by_role("main").get_by_role("link", name="Hvem møtte hvem (på samme arrangement)?").click()
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.locator("main form button").last.click()
        assert page.locator("tbody tr").count() >= 2
        page.goto(address(server, "yasgui/"))
        assert page.locator("noscript").count() == 1
        assert wrong == []


def links_of(markup: str, own: str) -> Iterator[str]:
    """Yield the addresses of this server that a page links to, without the language and what is asked of a form."""
    for to in re.findall(r'<a [^>]*?href="([^"]*)"', markup):
        parts = urlsplit(urljoin(own, html.unescape(to)))
        query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
        if parts.netloc == urlsplit(own).netloc and len(query) <= MOST_PARAMETERS:
            yield f"{parts.scheme}://{parts.netloc}{parts.path}{f'?{urlencode(query)}' if query else ''}"


def kind_of(link: str) -> tuple[str, ...]:
    """Return what addresses of the same make have in common: their folders and the names of their parameters."""
    parts = urlsplit(link)
    folders = parts.path.strip("/").split("/")
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    values = [value for name, value in parse_qsl(parts.query) if name in ("format", "as")]
    return (*folders[:2], str(len(folders) > 2), *names, *values)


def test_crawl_finds_no_dead_link_and_no_page_without_its_parts(browser: Any, server: RunningServer) -> None:
    """From the front page: all addresses but those alike are asked for; of each make some are opened in the browser."""
    start = f"http://127.0.0.1:{server.port}/"
    came_from, waiting = {start: ""}, deque([start])
    counts: dict[tuple[str, ...], int] = {}
    wrong, pages, sizes = [], [], []
    end = time.monotonic() + SECONDS
    while waiting:
        link = waiting.popleft()
        parts = urlsplit(link)
        answer = server.ask("GET", f"{parts.path}{f'?{parts.query}' if parts.query else ''}", Accept=HTML)
        media = answer.headers.get("content-type", "")
        if answer.status >= 400:
            wrong.append((answer.status, link, came_from[link]))
        found: list[str] = []
        if answer.status in (303, 308):
            found = [urljoin(link, answer.headers["location"])]
        elif media.startswith("text/html") and not parts.path.startswith(("/dumps/ontology", "/explorer", "/dumps/ex")):
            pages.append(link)
            sizes.append(len(gzip.compress(answer.body, 5)))
            found = list(links_of(answer.text, link))
            if "/card/" not in link:
                for part, times in (("<title>", 1), ("<h1", 1), ("<main", 1), ('<html lang="', 1)):
                    if answer.text.count(part) != times:
                        wrong.append((part, link, came_from[link]))
        for to in found:
            kind = kind_of(to)
            # Of the hundreds of areas and bodies of the registry, which no page has anything about, some are enough.
            most = MOST_OF_A_KIND if urlsplit(to).query else MOST_ASKED_FOR_OF_A_KIND
            if to not in came_from and counts.get(kind, 0) < most:
                counts[kind] = counts.get(kind, 0) + 1
                came_from[to] = link
                waiting.append(to)
        assert time.monotonic() < end, f"the crawl does not end: {len(came_from)} addresses"
    assert wrong == []
    assert len(pages) > 200
    assert sorted(sizes)[len(sizes) // 2] < 12_000
    opened: dict[tuple[str, ...], int] = {}
    with opened_page(browser) as (page, messages):
        for link in pages:
            kind = kind_of(link)
            opened[kind] = opened.get(kind, 0) + 1
            if opened[kind] <= MOST_OF_A_KIND:
                page.goto(link)
                assert page.title()
        for path in ("explorer", "dumps/ontology.html", "dumps/explorer.html"):
            page.goto(f"{start}{path}")
        page.goto(f"{start}explorer")
        page.click("#site")
        assert page.url.startswith(start)
        assert "/explorer" not in page.url
    assert messages == []
