"""One block of the page in somebody else's page: alone, with title and credit, and as high as it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, Opened, opened

pytestmark = pytest.mark.browser

BLOCKS = {"network": "#canvas", "timeline": "svg.time", "map": "#map", "table": "#view-table table"}
REST = [".bar", ".intro", "#facets", "#tabs", "#exports", "#share", "#proof", "#foot"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("block", BLOCKS)
def test_block_stands_alone(browser: Any, file: Path, block: str, size: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        here.go(f"#embed={block}&role=role:introducer&lang=en")
        here.settle()
        assert here.page.locator(BLOCKS[block]).first.is_visible()
        assert [part for part in REST if here.page.locator(part).is_visible()] == []
        assert here.page.locator("#embed-head h1").inner_text() == "All meetings · Introductory speaker"
        assert "Made by Møtegraf." in here.page.locator("#embed-foot").inner_text()
        whole = here.page.locator("#embed-foot a").get_attribute("href")
        assert "embed" not in whole
        assert "role=role:introducer" in whole
        assert here.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(here.page) == []
        here.page.evaluate("motegraf.state.set({ embed: null })")
        here.settle()
        assert here.page.locator("#tabs").is_visible()


def test_block_that_there_is_not_is_said(wide: Opened) -> None:
    wide.go("#embed=%3Cb%3Ex%3C/b%3E")
    wide.page.wait_for_function("() => document.getElementById('embed-head')")
    words = wide.page.locator("#embed-head").inner_text()
    assert words.startswith("Blokken som adressen ber om, finnes ikke her. Disse finnes: ")
    # What an address says stands nowhere in the page, not even in quotation marks.
    wide.go("#embed=Siden er flyttet til evil.example")
    wide.page.locator("#embed-head p").wait_for()
    assert "evil.example" not in wide.page.locator("body").inner_text()
    assert {*BLOCKS} <= {*re.findall(r"\w+", words)}
    assert wide.page.locator("#canvas").is_hidden()


def test_snippet_shows_the_block_and_its_height_and_nothing_else_leaves(wide: Opened, tmp_path: Path) -> None:
    wide.go("#view=timeline")
    wide.page.locator("#share-embed").click()
    assert "Legg filen på nettet først" in wide.page.locator("#embed-dialog").inner_text()
    assert violations(wide.page) == []
    code = wide.page.locator("#embed-code").input_value()
    assert re.findall(r' (title|loading|sandbox|src)="', code) == ["src", "title", "loading", "sandbox"]
    assert "allow-same-origin" not in code
    wide.page.keyboard.press("Escape")
    assert wide.page.evaluate("document.activeElement.id") == "share-embed"
    around = tmp_path / "article.html"
    told = "<script>var told = []; addEventListener('message', event => told.push(event.data));</script>"
    frame = code.replace("https://ADRESSEN/explorer.html", wide.file.as_uri())
    around.write_text(f"<!doctype html><html lang=nb><title>x</title>{told}{frame}", encoding="utf-8")
    page = wide.page.context.new_page()
    page.goto(around.as_uri())
    page.wait_for_function("() => told.length > 0")
    framed = page.frame_locator("iframe")
    framed.locator("svg.time").first.wait_for()
    heights = page.evaluate("told")
    assert all(isinstance(height, int) and 100 < height < 3000 for height in heights)
    page.close()


def test_page_of_somebody_is_a_block_of_its_own(wide: Opened) -> None:
    wide.go("#subject=person:laila-bokhari")
    wide.page.locator("#share-embed").click()
    code = wide.page.locator("#embed-code").input_value()
    assert "#subject=person:laila-bokhari&#38;embed=subject" in code
    wide.page.keyboard.press("Escape")
    wide.go("#subject=person:laila-bokhari&embed=subject")
    wide.page.wait_for_function("() => document.getElementById('embed-head')")
    assert wide.page.locator("#embed-head").inner_text() == "Laila Bokhari"
    assert wide.page.locator("#view-subject .meetings").is_visible()
    assert [wide.page.locator(each).first.is_visible() for each in ("#tabs", "#subject-back", "#exports")] == [
        False
    ] * 3
    # The reader of the page around it keeps the focus.
    assert wide.page.evaluate("document.activeElement === document.body")
