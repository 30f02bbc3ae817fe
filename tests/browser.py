"""A browser for tests of the interactive page: Debian's Chromium, driven by Playwright, with no network.

Without a window of its own (Debian's package chromium-headless-shell) it draws the same pages in half the time.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
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

    def forget(self) -> None:
        """Empties what pages have stored, and leaves the page."""
        if self.window.url.startswith("file:"):
            self.window.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.window.goto("about:blank")


# The windows of each browser that no test uses now.
_idle: defaultdict[Any, list[Opened]] = defaultdict(list)


@contextmanager
def driver() -> Iterator[Any]:
    """What drives browsers. Of these no more than one may run in a thread."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium, and CI must have one")
        pytest.skip("there is no Chromium; install Debian's package chromium-headless-shell, or name one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def started(playwright: Any, *switches: str) -> Iterator[Any]:
    """A browser. Where none is, the test is skipped; under CI it fails."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *switches])
    yield browser
    _idle.pop(browser, None)
    browser.close()


@contextmanager
def opened(browser: Any, file: Path, width: int = 1280, height: int = 1100, **settings: Any) -> Iterator[Opened]:
    """The file in a window of that size; at the end nothing may have gone wrong in it."""
    with window(browser, file, width, height, **settings) as here, used(here):
        yield here


@contextmanager
def opened_alone(browser: Any, file: Path) -> Iterator[Opened]:
    """The same in a window in which nobody was before, nor will be: a script or a clock may be put into it."""
    with new_window(browser, file, *SIZES["wide"]) as here, used(here):
        yield here


@contextmanager
def used(here: Opened) -> Iterator[None]:
    """The file is opened anew in that window, and at the end nothing may have gone wrong in it."""
    # What somebody pointed at before is pointed at no more.
    here.window.mouse.move(0, 0)
    # A history has no more than 50 steps, and those of other tests are none of this one.
    debugger = here.window.context.new_cdp_session(here.window)
    debugger.send("Page.resetNavigationHistory")
    debugger.detach()
    here.wrong.clear()
    here.is_open = False
    yield
    assert here.wrong == []


@contextmanager
def window(
    browser: Any, file: Path, width: int, height: int, color_scheme: str = "light", **settings: Any
) -> Iterator[Opened]:
    """A window of that size for the file, offline, with nothing stored.

    Without other settings it is one that other tests have used: a new one takes a process of its own, and a second of a
    core. A test that leaves behind more than what is stored (a script, a clock) takes ``opened_alone``.
    """
    if settings:
        with new_window(browser, file, width, height, color_scheme=color_scheme, **settings) as here:
            yield here
        return
    idle = _idle[browser]
    here = idle.pop() if idle else _window_of_its_own(browser, file)
    try:
        here.file = file
        here.window.set_viewport_size({"width": width, "height": height})
        here.window.emulate_media(media="null", color_scheme=color_scheme)
        yield here
        here.forget()
    except BaseException:
        # Nobody knows what is left in it.
        here.window.context.close()
        raise
    idle.append(here)


@contextmanager
def new_window(browser: Any, file: Path, width: int, height: int, **settings: Any) -> Iterator[Opened]:
    """A window of that size for the file, offline, in which nobody was before."""
    here = _window_of_its_own(browser, file, viewport={"width": width, "height": height}, **settings)
    try:
        yield here
    finally:
        here.window.context.close()


def _window_of_its_own(browser: Any, file: Path, **settings: Any) -> Opened:
    page = browser.new_context(offline=True, **settings).new_page()
    here = Opened(page, file)
    page.on("request", lambda sent: _note(here, "request", sent.url))
    page.on("console", lambda said: said.type in ("error", "warning") and _note(here, "console", said.text))
    page.on("dialog", lambda asked: (_note(here, "dialog", asked.message), asked.dismiss()))
    page.on("pageerror", lambda error: _note(here, "error", str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('violates', e.violatedDirective))"
    )
    return here


def _note(here: Opened, kind: str, what: str) -> None:
    own = here.file.as_uri()
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
