"""Pages of areas, offices, topics, concepts, sources, claims and graphs in Chromium: axe, console, narrow windows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import is_too_wide, violations
from serving import RunningServer, serving

pytestmark = pytest.mark.browser

FIRST = "dialogmoter-hosten-2014"
PAGES = [
    *("about/area/no/kommune/1103", "about/area/no/fylke/11", "about/post/statssekretaer-smk"),
    *("about/topic/prevention-of-radicalisation-and-violent-extremism", "about/role/participant", "about/role"),
    *(f"about/source/{FIRST}", f"about/claim/{FIRST}.stavanger-2014-11.laila-bokhari.introducer"),
    *("about/possible/oslo-2014-host.erna-solberg", f"about/evidence/{FIRST}.char-0-23", "about/letter/brev-2014-10"),
    *(f"about/inference/{FIRST}.oslo-2014-host.time", "about/conflict/minotenk.founded", f"about/text/{FIRST}"),
    *("about/membership/joran-kallmyr.statssekretaer-jd.2014-10-01", "graph/", f"graph/source.{FIRST}"),
]


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page."""
    folder = tmp_path_factory.mktemp("served")
    with serving(built, folder / "log") as running:
        yield running


# A theme changes nothing but the values of colours, and a width only the layout: axe looks at each of them once, and at
# each language.
@pytest.mark.parametrize(
    ("width", "scheme", "lang", "other_width"), [(1280, "light", "nb", 320), (360, "dark", "en", 1280)]
)
def test_pages_have_no_fault_that_axe_finds_and_fit_their_window(
    browser: Any, server: RunningServer, width: int, scheme: str, lang: str, other_width: int
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    wrong: dict[str, Any] = {}
    for path in PAGES:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"http://127.0.0.1:{server.port}/{path}?lang={lang}")
        if (found := violations(page)) or is_too_wide(page):
            wrong[path] = (found, is_too_wide(page))
        page.set_viewport_size({"width": other_width, "height": 800})
        if is_too_wide(page):
            wrong[f"{path} at {other_width}"] = True
    context.close()
    assert wrong == {}
    assert console == []


def test_quotes_of_an_english_page_say_their_language(browser: Any, server: RunningServer) -> None:
    page = browser.new_page()
    for path in PAGES:
        page.goto(f"http://127.0.0.1:{server.port}/{path}?lang=en")
        without = (
            "all => all.filter(each => !each.closest('main [lang=nb]') && !each.querySelector('[lang=nb]')).length"
        )
        assert page.eval_on_selector_all("blockquote, .sentence", without) == 0, path
    page.close()
