"""The pages of questions in Chromium: axe, console, narrow windows, cards on a telephone, forms without a script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import is_too_wide, violations
from serving import RunningServer, serving

pytestmark = pytest.mark.browser

SELECT = "sparql?query=SELECT+*+%7B+%3Fevent+a+mg%3ASingleEvent+%3B+rdfs%3Alabel+%3Flabel+%3B+mg%3Aearliest+%3Fday+%7D"
PAGES = [
    *("ask/", "ask/?q=fylke", "ask/who_met_whom?actor=laila-bokhari&certainty=all", "ask/everything_about_an_event"),
    *("ask/which_events_are_there?status=held", "ask/which_events_fell_in_a_period?from=2014-12-01"),
    *("ask/who_was_an_event_meant_for?event=dialogm%C3%B8te", "ask/what_is_uncertain", "ask/who_wrote_to_whom"),
    *("query/", "query/?question=who_met_whom&actor=laila-bokhari", SELECT, "sparql?query=ASK%7B%7D"),
]
# The browser itself says on its console that an answer is an error.
REFUSED = ["ask/who_met_whom?actor=leila", "ask/which_events_fell_in_a_period?from=2015&to=2014", "ask/who_met_who"]

# Rules of axe whose outcome depends on colours and widths.
OF_THE_SCREEN = ("color-contrast", "scrollable-region-focusable", "target-size", "link-in-text-block")


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("questions") / "log") as running:
        yield running


# A theme changes nothing but the values of colours: axe looks at all in each theme, language and width once. A width
# shows other parts of a table of answers, so their colours are looked at in both themes at both widths.
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
    answers = 0
    for path in (*PAGES, *REFUSED):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"http://127.0.0.1:{server.port}/{path}{'&' if '?' in path else '?'}lang={lang}")
        if (found := violations(page)) or is_too_wide(page):
            wrong[path] = (found, is_too_wide(page))
        page.set_viewport_size({"width": other_width, "height": 800})
        has_answer = page.locator(".answer").count() > 0
        answers += has_answer
        found = violations(page, OF_THE_SCREEN) if has_answer else []
        if found or is_too_wide(page):
            wrong[f"{path} at {other_width}"] = (found, is_too_wide(page))
        if path in PAGES:
            assert console == [], path
        console.clear()
    context.close()
    assert wrong == {}
    assert answers > 3


def test_row_is_a_card_on_a_telephone(browser: Any, server: RunningServer) -> None:
    """Each cell has its heading beside it, as long a line as the window allows, and no word is broken."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("ask/who_met_whom?certainty=all", "ask/which_events_are_there", SELECT):
        page.goto(f"http://127.0.0.1:{server.port}/{path}")
        cards = page.locator(".answer tbody")
        assert cards.count() > 1
        first = cards.nth(0).bounding_box()
        assert first["width"] > 300
        cells = cards.nth(0).locator("tr:first-child td:not(.empty)")
        headings = [text.strip() for text in page.locator(".answer thead th").all_inner_texts()]
        for number in range(cells.count()):
            box = cells.nth(number).bounding_box()
            assert box["width"] > 280, path
            assert cells.nth(number).locator(".heading").is_visible()
            assert cells.nth(number).locator(".heading").inner_text().strip() in headings
            # A column of single letters would be as high as its word is long.
            assert box["height"] < 120, path
        tops = [cells.nth(number).bounding_box()["y"] for number in range(cells.count())]
        assert tops == sorted(set(tops))
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not page.locator(".answer .heading").first.is_visible()
    assert page.locator(".answer thead th").first.is_visible()
    context.close()


def test_question_is_asked_without_a_script(browser: Any, server: RunningServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    own = f"http://127.0.0.1:{server.port}/"
    page.goto(f"{own}ask/?lang=nb")
    page.fill("#words", "hvem møtte hvem")
    page.click("form.filter button")
    page.click("text=Hvem møtte hvem (på samme arrangement)?")
    page.fill("#field-actor", "leila bokhari")
    page.click("form.question button")
    assert "Her finnes ikke «leila bokhari»." in page.inner_text("main")
    page.click("text=Laila Bokhari")
    assert page.url == f"{own}ask/who_met_whom?lang=nb&actor=laila-bokhari"
    assert page.locator(".answer tbody").count() == 2
    page.check("input[value=all]")
    page.click("form.question button")
    assert page.locator(".answer tbody").count() == 6
    assert "certainty=all" in page.url
    context.close()


def test_quotes_of_an_english_page_say_their_language(browser: Any, server: RunningServer) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/ask/who_met_whom?lang=en&certainty=all")
    quotes = page.locator(".answer blockquote")
    assert quotes.count() > 6
    languages = quotes.evaluate_all("all => all.map(each => each.closest('[lang]').lang)")
    assert set(languages) == {"nb"}
    page.close()
