"""The interactive page in Firefox: it is drawn, searched, filtered and proven there as in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import Page, firefox

pytestmark = pytest.mark.browser

ENTER = "\ue007"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with firefox() as here:
        here.resize(1280, 900)
        yield here
        assert here.errors == []


@pytest.fixture(scope="module")
def file(built: Path) -> Path:
    return built / "explorer.html"


def test_first_view_is_drawn(page: Page, file: Path) -> None:
    page.go(file)
    assert "Firefox" in page.evaluate("navigator.userAgent")
    drawn = page.evaluate("motegraf.network.drawn()")
    assert {"event:haugesund-2014-12", "person:erna-solberg"} <= set(drawn["entities"])
    assert len(drawn["lines"]) == len(drawn["ties"]) > 20
    assert page.picture().startswith(b"\x89PNG")


def test_search_leads_to_the_sentence(page: Page, file: Path) -> None:
    page.go(file)
    page.press("/haugesund dialog")
    page.press(ENTER)
    assert page.evaluate("motegraf.state.now.selected") == "event:haugesund-2014-12"
    assert "Haugesund" in page.evaluate("document.querySelector('#proof blockquote').textContent")
    assert page.evaluate("document.querySelectorAll('#proof .page-text mark').length") > 0


@pytest.mark.parametrize("view", ["network", "timeline", "map", "table", "questions"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_view_fits_its_window(page: Page, file: Path, view: str, width: int) -> None:
    page.resize(width, 900)
    page.go(file, f"#view={view}&certainty=possible")
    assert page.evaluate(f"document.getElementById('view-{view}').hidden") is False
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(f"document.getElementById('view-{view}').getBoundingClientRect().height") > 100
