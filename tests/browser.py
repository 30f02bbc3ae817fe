"""A browser for tests of the interactive page: Debian's Chromium, driven by Playwright, with no network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# Windows: width and height. The wide one is so high that the pointer reaches all of the drawing of the first page.
SIZES = {"wide": (1280, 1100), "narrow": (360, 740)}
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass
class Opened:
    """A page in a window, and what it did wrong: requests, dialogs, errors, violations of its policy."""

    window: Any
    file: Path
    wrong: list[str] = field(default_factory=list)
    is_open: bool = False

    @property
    def page(self) -> Any:
        """The page, which is opened when it is first needed: many a test opens it at a state of its own."""
        if not self.is_open:
            self.go()
        return self.window

    def go(self, hash: str = "") -> None:
        """Opens the page at a state, as from a link, and waits until it is drawn."""
        self.is_open = True
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}{hash}")
        # A function: words would be evaluated anew at every look, which the policy of the page forbids.
        self.page.wait_for_function("() => window.motegraf && document.getElementById('headline').textContent")
        self.settle()

    def settle(self) -> None:
        """Two frames later everything is drawn."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def drawn(self) -> dict[str, Any]:
        """What the network draws, in pixels (see ``network.js``)."""
        self.settle()
        found: dict[str, Any] = self.page.evaluate("motegraf.network.drawn()")
        return found


@contextmanager
def started(*switches: str) -> Iterator[Any]:
    """A browser. Where none is, the test is skipped; under CI it fails."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium, and CI must have one")
        pytest.skip("there is no Chromium; install Debian's package chromium, or name one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *switches])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, file: Path, width: int = 1280, height: int = 1100, **settings: Any) -> Iterator[Opened]:
    """The file in a window of that size of its own; at the end nothing may have gone wrong in it."""
    with window(browser, file, width, height, **settings) as here, used(here):
        yield here


@contextmanager
def used(here: Opened) -> Iterator[None]:
    """The file is opened anew in that window, and at the end nothing may have gone wrong in it."""
    # What somebody pointed at before is pointed at no more.
    here.window.mouse.move(0, 0)
    here.wrong.clear()
    here.is_open = False
    yield
    assert here.wrong == []


@contextmanager
def window(browser: Any, file: Path, width: int, height: int, **settings: Any) -> Iterator[Opened]:
    """A window of that size for the file, offline. A new one takes longer than to open the file again."""
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **settings)
    try:
        page = context.new_page()
        here = Opened(page, file)
        own = file.as_uri()
        page.on("request", lambda sent: _note(here, "request", sent.url, own))
        page.on("console", lambda said: said.type in ("error", "warning") and _note(here, "console", said.text, own))
        page.on("dialog", lambda asked: (_note(here, "dialog", asked.message, own), asked.dismiss()))
        page.on("pageerror", lambda error: _note(here, "error", str(error), own))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('violates', e.violatedDirective))"
        )
        yield here
    finally:
        context.close()


def _note(here: Opened, kind: str, what: str, own: str) -> None:
    if not (kind == "request" and (what.split("#")[0] == own or what.startswith(("blob:file:", "about:")))):
        here.wrong.append(f"{kind}: {what}")


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes cover the same place."""
    return (
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )
