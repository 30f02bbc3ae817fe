"""The interactive page of a large graph, in which data and scripts are packed."""

import re
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from browser import opened, opened_alone
from large_graph import large_page
from page_chunks import payload_of

from graph.explorer import html

pytestmark = pytest.mark.browser

ELEMENT = re.compile(rb'<script type="application/octet-stream"(?: id="data")? data-packed>([^<]*)</script>')


@pytest.fixture(scope="module")
def plain_page() -> bytes:
    return large_page()


@pytest.fixture(scope="module")
def packed_page() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "MAX_PLAIN", 0)
        return large_page()


def test_packed_page_is_small_and_says_the_same(
    browser: Any, plain_page: bytes, packed_page: bytes, tmp_path: Path
) -> None:
    assert len(packed_page) * 2 < len(plain_page)
    assert payload_of(packed_page) == payload_of(plain_page)
    said = []
    for name, content in (("plain", plain_page), ("packed", packed_page)):
        (tmp_path / f"{name}.html").write_bytes(content)
        with opened(browser, tmp_path / f"{name}.html") as here:
            here.go("#view=overview")
            here.page.wait_for_function("() => motegraf.data.isWhole() && !document.documentElement.dataset.arriving")
            here.settle()
            assert here.page.locator("#without-scripts").count() == 0
            said.append(here.page.locator("body").inner_text())
    assert said[0] == said[1]


def test_packed_page_does_not_move_what_is_seen(browser: Any, packed_page: bytes, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(packed_page)
    observe = """window.moved = 0; new PerformanceObserver(list => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value;
    }).observe({ type: "layout-shift", buffered: true });"""
    with opened_alone(browser, tmp_path / "page.html") as here:
        here.page.add_init_script(observe)
        here.go("#view=overview")
        here.page.wait_for_function("() => motegraf.data.isWhole()")
        here.settle()
        assert here.page.evaluate("window.moved") < 0.1


def test_packed_page_that_is_broken_says_so(browser: Any, packed_page: bytes, tmp_path: Path) -> None:
    begins = [match.start(1) for match in ELEMENT.finditer(packed_page)]
    assert len(begins) == 3
    page = browser.new_page()
    said = page.locator("#without-scripts")
    for at in begins:
        # Cut off, then with a hole, then with letters that no base64 has.
        (tmp_path / "cut.html").write_bytes(packed_page[: at + 5000])
        page.goto((tmp_path / "cut.html").as_uri())
        said.wait_for(state="visible")
        assert "it is not whole, so download it again" in said.inner_text()
        for hole in (b"", b"????"):
            (tmp_path / "cut.html").write_bytes(packed_page[: at + 5000] + hole + packed_page[at + 6000 :])
            page.goto((tmp_path / "cut.html").as_uri())
            page.wait_for_function(
                "words => document.getElementById('without-scripts').innerText.startsWith(words)",
                arg="Denne filen er ikke hel: dataene i den kan ikke leses.",
            )
    page.close()


def test_browser_that_cannot_unpack_is_told_so(browser: Any, packed_page: bytes, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(packed_page)
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto((tmp_path / "page.html").as_uri())
    said = page.locator("#without-scripts")
    said.wait_for(state="visible")
    assert "nettleseren er for gammel til å pakke den ut" in said.inner_text()
    assert "too old to unpack it" in said.inner_text()
    page.close()


def test_policy_lets_no_other_script_be_unpacked(browser: Any, packed_page: bytes, tmp_path: Path) -> None:
    *_, last = ELEMENT.finditer(packed_page)
    other = b64encode(zlib.compress(zlib.decompress(b64decode(last[1])) + b"window.other = true;"))
    (tmp_path / "page.html").write_bytes(packed_page[: last.start(1)] + other + packed_page[last.end(1) :])
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("() => document.getElementById('without-scripts').innerText")
    assert page.evaluate("window.other === undefined && window.motegraf === undefined")
    assert page.locator("#without-scripts").is_visible()
    page.close()
