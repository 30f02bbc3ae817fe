"""A link to exactly this view: every part of what one sees is in the address, and whoever opens it sees the same."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from axe import violations
from browser import Opened, opened

pytestmark = pytest.mark.browser

CHOICES = {
    "view": ["network", "timeline", "map", "table", "questions"],
    "kind": ["event", "person", "body"],
    "role": ["role:introducer", "role:organiser", "role:participant"],
    "status": ["status:held", "status:planned"],
    "certainty": ["certain", "possible", "planned"],
    "month": ["2014-10", "2014-12", "2015-03"],
    "around": ["person:laila-bokhari", "person:erna-solberg", "event:sarpsborg-2014-10"],
    "sel": ["event:oslo-2014-host", "participation:haugesund-2014-12.laila-bokhari", "person:joran-kallmyr"],
    "rings": ["2"],
    "others": ["hide"],
    "all": ["yes"],
    "from": ["2014-09-01", "2014-11-15"],
    "to": ["2014-12-31", "2015-06-30"],
    "sort": ["actor", "-when", "-certainty", "role"],
    "zoom": ["1.5,0.4,0.6", "3,0.5,0.25"],
    "theme": ["dark", "light"],
    "lang": ["en"],
}
SEEN = """() => ({
    hash: motegraf.state.serialise(motegraf.state.now), title: document.title,
    theme: document.documentElement.dataset.theme,
    main: document.getElementById("main").innerText, count: document.getElementById("count").textContent,
    drawn: motegraf.state.now.view === "network" ? motegraf.network.drawn() : null,
})"""


def test_random_states_come_back_from_their_address(browser: Any, file: Path) -> None:
    random = Random(18)
    with opened(browser, file) as here:
        for _ in range(8):
            chosen = {key: random.choice(values) for key, values in CHOICES.items() if random.random() < 0.4}
            here.go("#" + "&".join(f"{key}={value}" for key, value in chosen.items()))
            here.settle()
            seen = here.page.evaluate(SEEN)
            here.go(seen["hash"])
            assert here.page.evaluate(SEEN) == seen, chosen


def test_zoom_and_theme_follow_into_the_address(browser: Any, file: Path) -> None:
    with opened(browser, file, color_scheme="light") as here:
        here.go("")
        before = here.page.evaluate("history.length")
        here.page.locator("#theme").click()
        here.page.locator("#zoom button").first.click()
        here.page.locator("#zoom button").first.click()
        here.page.wait_for_function("() => location.hash.includes('zoom=1.56')")
        assert "theme=dark" in here.page.evaluate("location.hash")
        # Looking closer is no step that "back" undoes.
        assert here.page.evaluate("history.length") == before
        here.page.locator("#zoom button").last.click()
        here.page.wait_for_function("() => !location.hash.includes('zoom')")
        here.page.evaluate("motegraf.state.set({ zoom: [2, 0.5, 0.5] })")
        here.settle()
        here.page.evaluate("motegraf.state.set({ around: 'person:laila-bokhari' })")
        assert "zoom" not in here.page.evaluate("location.hash")


@pytest.mark.parametrize("view", ["network", "timeline", "map", "table", "questions"])
def test_link_of_a_file_says_what_can_be_sent_on(wide: Opened, view: str) -> None:
    wide.go(f"#view={view}&lang=en&role=role:introducer")
    wide.page.locator("#share-link").focus()
    wide.page.keyboard.press("Enter")
    dialog = wide.page.locator("#link-dialog")
    dialog.get_by_text("works only where the file is").wait_for()
    assert wide.page.locator("#link-part").input_value() == wide.page.evaluate(
        "motegraf.state.serialise(motegraf.state.now)"
    )
    assert wide.page.locator("#link-published").count() == 0
    assert violations(wide.page) == []
    wide.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert wide.page.evaluate("document.activeElement.id") == "share-link"


def test_link_of_a_file_has_the_published_address_where_it_is_in_the_page(wide: Opened) -> None:
    wide.go("#view=table")
    wide.page.evaluate(
        "() => { const link = document.createElement('link'); link.rel = 'canonical';"
        " link.href = 'https://example.org/explorer'; document.head.append(link); }"
    )
    wide.page.locator("#share-link").click()
    assert wide.page.locator("#link-published").input_value() == "https://example.org/explorer#view=table"
    wide.page.locator("#link-published-copy").click()
    # The clipboard answers in its own time.
    wide.page.wait_for_function("() => document.getElementById('status').textContent")
    assert wide.page.locator("#status").inner_text() in (
        "Lenken til denne visningen er kopiert.",
        "Nettleseren lot oss ikke kopiere. Merk teksten og kopier den selv.",
    )


def test_page_on_the_web_names_its_address_and_so_do_its_copies(browser: Any, file: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=file.read_bytes(), content_type="text/html"))
    find = "() => document.querySelector('link[rel=canonical]')?.href ?? ''"
    try:
        page.goto("https://data.example.org/explorer?a=b#view=table")
        assert page.evaluate(find) == "https://data.example.org/explorer"
        copied = page.evaluate("motegraf.sharePage.copy([]).text()")
        assert '<link rel="canonical" href="https://data.example.org/explorer">' in copied
        # On one's own machine nobody else finds it.
        page.goto("http://127.0.0.1:8000/explorer")
        assert page.evaluate(find) == ""
    finally:
        context.close()
