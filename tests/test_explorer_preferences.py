"""The interactive page as its readers have set their system: colours of their own, no motion."""

from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, opened

pytestmark = pytest.mark.browser

STATES = ["#", "#view=overview", "#view=timeline", "#view=map", "#view=table", "#subject=person:laila-bokhari"]


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_drawings_go_with_the_colours_that_the_system_forces(
    browser: Any, file: Path, system: str, chosen: str
) -> None:
    """What is drawn on a canvas keeps its colours: those of the other theme could not be seen on the forced ones."""
    settings = {"forced_colors": "active", "reduced_motion": "reduce", "color_scheme": system}
    with opened(browser, file, *SIZES["wide"], **settings) as here:
        for state in STATES:
            here.go(f"{state}{'&' if len(state) > 1 else ''}theme={chosen}")
            assert here.page.evaluate("document.documentElement.dataset.theme") == system
            assert not here.page.locator("#theme").is_visible()
            assert violations(here.page) == [], state
        here.go("#view=overview")
        bars = here.page.locator("#block-histogram .look-held").first
        drawn = bars.evaluate("bar => getComputedStyle(bar).fill")
        assert drawn == here.page.evaluate("getComputedStyle(document.querySelector('h1')).color")


def test_nothing_moves_for_readers_who_want_no_motion(browser: Any, file: Path) -> None:
    with opened(browser, file, *SIZES["wide"], reduced_motion="reduce") as here:
        for state in STATES:
            here.go(state)
            moving = "each => each.playState === 'running' && each.effect.getTiming().duration"
            assert here.page.evaluate(f"document.getAnimations().filter({moving}).length") == 0, state


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_name_stands_beside_its_box(browser: Any, file: Path, size: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        here.go("#view=overview")
        here.page.wait_for_selector("#block-bodies tbody .pick")
        apart = """rows => rows.filter(row => {
            const [box, name] = [".pick", ".name-of"].map(each => row.querySelector(each)?.getBoundingClientRect());
            return box && (name.top >= box.bottom || name.left < box.right);
        }).map(row => row.textContent)"""
        assert here.page.locator("#overview tbody tr, #view-overview tbody tr").evaluate_all(apart) == []
        assert here.page.locator("#view-overview .pick").count() > 5
