"""Views that somebody keeps, with notes: in the browser, in a small file, and in a copy of the page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, Opened, opened, opened_alone
from large_graph import large_page

from graph.explorer import html

pytestmark = pytest.mark.browser

VIEW = {"name": "En visning", "note": "", "address": "#view=map"}
MEANT_BADLY = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script><img src=x onerror=alert(3)>",
    "\u202egro.live//:sptth\u202c \u2066skjult\u2069",
    "مرحبا بالعالم",
    "bokstaver" * 1111,
    "to\u2028linjer",
]


def list_of(*views: dict[str, Any], **more: Any) -> str:
    return json.dumps({"kind": "motegraf-views", "version": 1, "views": views} | more)


def save(here: Opened, name: str, note: str) -> None:
    here.page.locator("#view-name").fill(name)
    here.page.locator("#view-note").fill(note)
    here.page.locator("#view-save").click()


def bring_in(here: Opened, text: str) -> str:
    here.page.locator("#views-file").set_input_files(
        {"name": "list.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    here.page.wait_for_function("() => document.getElementById('views-status').textContent")
    return str(here.page.locator("#views-status").inner_text())


def names(here: Opened) -> list[str]:
    found: list[str] = here.page.locator("#views-list li > .quiet").all_inner_texts()
    return found


@pytest.mark.parametrize(("size", "language"), [("wide", "nb"), ("narrow", "en")])
def test_views_are_kept_opened_moved_and_deleted(browser: Any, file: Path, size: str, language: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        here.go(f"#view=timeline&role=role:introducer&lang={language}")
        here.page.locator("#share-views").click()
        save(here, "Første", "Et notat")
        save(here, "Andre", "")
        assert violations(here.page) == []
        scroll = "document.getElementById('views-dialog').scrollWidth <= document.documentElement.clientWidth"
        assert here.page.evaluate(scroll)
        here.page.locator("#view-up-1").click()
        assert names(here) == ["Andre", "Første"]
        here.page.locator("#view-delete-0").click()
        assert here.page.evaluate("document.activeElement.id") == "view-delete-0"
        here.page.keyboard.press("Escape")
        assert here.page.evaluate("document.activeElement.id") == "share-views"
        # Another time, at another view: it is still there, and leads back.
        here.go(f"#view=map&lang={language}")
        here.page.locator("#share-views").click()
        assert names(here) == ["Første"]
        here.page.locator("#views-list li > .quiet").click()
        here.settle()
        now = here.page.evaluate("[motegraf.state.now.view, motegraf.state.now.filters]")
        assert now == ["timeline", {"role": ["role:introducer"]}]


def test_windows_of_one_page_lose_no_view_of_one_another(browser: Any, file: Path) -> None:
    with opened_alone(browser, file) as first:
        first.go()
        other = first.page.context.new_page()
        for page in (first.page, other):
            page.goto(file.as_uri())
            page.locator("#share-views").click()
        for page, name in ((first.page, "Første"), (other, "Andre")):
            page.locator("#view-name").fill(name)
            page.locator("#view-save").click()
        for page in (first.page, other):
            page.wait_for_function("() => document.querySelectorAll('#views-list li').length === 2")
            assert page.locator("#views-list li > .quiet").all_inner_texts() == ["Første", "Andre"]
        other.locator("#view-delete-0").click()
        first.page.wait_for_function("() => document.querySelectorAll('#views-list li').length === 1")
        assert names(first) == ["Andre"]


def test_list_that_is_not_ours_is_refused_in_words(wide: Opened) -> None:
    wide.go("")
    wide.page.locator("#share-views").click()
    assert bring_in(wide, "{") == "Filen er ikke JSON."
    assert bring_in(wide, "[]") == "Filen er ingen liste av visninger fra Møtegraf."
    assert bring_in(wide, list_of(VIEW, script="x")).endswith("liste av visninger: script")
    assert bring_in(wide, list_of(VIEW | {"onclick": "x"})).endswith("liste av visninger: onclick")
    for address in ("https://example.org/#view=map", "javascript:alert(1)", "//example.org", ""):
        assert bring_in(wide, list_of(VIEW, VIEW | {"address": address})).startswith(
            "Visning 2 fører ut av denne siden"
        )
    assert bring_in(wide, list_of(VIEW | {"note": "x" * 10_001})).startswith("Visning 1 mangler")
    assert bring_in(wide, list_of(*[VIEW] * 201)).startswith("Listen har 200 visninger")
    assert bring_in(wide, list_of(VIEW | {"note": "x" * 10_000_000})).startswith("Filen er for stor")
    assert names(wide) == []
    assert bring_in(wide, list_of(VIEW)) == "1 visninger er hentet inn."
    assert names(wide) == ["En visning"]


def test_storage_that_is_refused_is_said_and_the_list_works(browser: Any, file: Path) -> None:
    with opened_alone(browser, file) as here:
        here.window.add_init_script(
            "const get = () => { throw new DOMException('no', 'SecurityError'); };"
            "Object.defineProperty(window, 'localStorage', { get })"
        )
        here.go("#lang=en")
        here.page.locator("#share-views").click()
        assert "lets the page store nothing" in here.page.locator("#views-stored").inner_text()
        save(here, "One", "")
        assert names(here) == ["One"]


@pytest.mark.parametrize("size", ["small", "large", "packed"])
def test_views_travel_in_a_copy_of_the_page(
    browser: Any, file: Path, tmp_path: Path, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if size == "packed":
        monkeypatch.setattr(html, "MAX_PLAIN", 0)
    source = tmp_path / "page.html"
    source.write_bytes(file.read_bytes() if size == "small" else large_page())
    with opened(browser, source) as here:
        here.go("#view=map")
        here.page.locator("#share-views").click()
        for words in MEANT_BADLY:
            save(here, words[:190], words)
        with here.page.expect_download() as download:
            here.page.locator("#views-page").click()
        download.value.save_as(tmp_path / "copy.html")
    first, second = (path.read_text(encoding="utf-8") for path in (source, tmp_path / "copy.html"))
    scripts = r"<script(?: type=\"application/(?:octet-stream|json)\"[^>]*)?>.*?</script>"
    old, new = ([*re.findall(scripts, text, re.DOTALL)] for text in (first, second))
    assert [script for script in new if 'id="saved-views"' not in script] == old
    policy = r"Content-Security-Policy\" content=\"([^\"]*)"
    unescaped = [re.findall(policy, text)[0].replace("&#39;", "'") for text in (first, second)]
    assert unescaped[0] == unescaped[1]
    with opened(browser, tmp_path / "copy.html") as here:
        here.go("")
        here.page.wait_for_function("() => motegraf.shareRecords.isReady()")
        here.page.locator("#share-views").click()
        shown = names(here)
        assert len(shown) == len(MEANT_BADLY)
        assert shown[0] == MEANT_BADLY[0]
        assert "\u202e" not in "".join(shown)
        notes = here.page.locator("#views-list .note").all_inner_texts()
        assert len(notes[4]) == len(MEANT_BADLY[4])
        assert here.page.locator("#views-list li > .quiet").nth(3).get_attribute("dir") == "auto"
        here.page.locator("#views-list li > .quiet").first.click()
        here.settle()
        assert here.page.evaluate("motegraf.state.now.view") == "map"
