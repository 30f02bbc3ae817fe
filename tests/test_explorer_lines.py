"""The lines of the network: none runs through the box of a meeting that it does not lead to, in a graph of any size."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened
from generated_page import generated
from small_graph import random_page

pytestmark = pytest.mark.browser

LAILA = "person:laila-bokhari"
STATES = ["#", "#all=yes", f"#around={LAILA}", f"#around={LAILA}&rings=2", f"#around={LAILA}&more={LAILA}"]


def is_inside(one: dict[str, float], other: dict[str, float], box: dict[str, Any]) -> bool:
    """Return whether a straight line has a place inside of a box (after Liang and Barsky)."""
    enter, leave = 0.0, 1.0
    for axis, size in (("x", "w"), ("y", "h")):
        step = other[axis] - one[axis]
        room = (one[axis] - box[axis], box[axis] + box[size] - one[axis])
        if step == 0:
            if min(room) <= 0:
                return False
            continue
        ends = sorted((-room[0] / step, room[1] / step))
        enter, leave = max(enter, ends[0]), min(leave, ends[1])
    return enter < leave


def strikes(drawn: dict[str, Any], boxes: str = "cards") -> list[tuple[str, str]]:
    """Return each line with each box of another that it runs through."""
    return [
        (line["id"], box["id"])
        for line in drawn["lines"]
        for box in drawn[boxes]
        if box["id"] not in (line["from"], line["to"])
        and any(is_inside(one, other, box) for one, other in pairwise(line["points"]))
    ]


def assert_that_none_strikes(here: Opened, states: list[str], widths: tuple[int, ...] = (360, 768, 1280, 1440)) -> None:
    here.go()
    here.page.wait_for_function("() => motegraf.data.isWhole()")
    for width in widths:
        here.page.set_viewport_size({"width": width, "height": 900})
        for state in states:
            here.page.evaluate("state => { location.hash = state }", state)
            here.settle()
            drawn = here.drawn()
            assert drawn["lines"], (width, state)
            assert all(line["points"] for line in drawn["lines"]), (width, state)
            assert strikes(drawn) == [], (width, state)


def test_no_line_runs_through_the_box_of_another(wide: Opened) -> None:
    try:
        assert_that_none_strikes(wide, STATES)
    finally:
        wide.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("pages", [15])
def test_no_line_of_a_larger_graph_runs_through_the_box_of_another(browser: Any, tmp_path: Path, pages: int) -> None:
    with generated(pages, tmp_path) as file, opened(browser, file) as here:
        states = ["#view=network", "#around=person:erna-solberg", "#view=network&all=yes"]
        assert_that_none_strikes(here, states, (360, 1280))


def test_no_line_of_any_graph_runs_through_the_box_of_another(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "explorer.html"
    with opened(browser, file) as here:
        for seed in range(3):
            file.write_bytes(random_page(seed))
            assert_that_none_strikes(here, ["#view=network", "#view=network&all=yes"], (360, 1280))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["", "#all=yes"])
def test_no_line_runs_through_a_sign_of_another(browser: Any, file: Path, size: str, state: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        here.go(state)
        assert strikes(here.drawn(), "signs") == []


@pytest.mark.parametrize("size", SIZES)
def test_lines_begin_and_end_at_what_they_tie(browser: Any, file: Path, size: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        for zoom in ("0", "+++"):
            here.page.locator("#canvas").focus()
            for key in zoom:
                here.page.keyboard.press(key)
            drawn = here.drawn()
            boxes = {box["id"]: box for box in (*drawn["cards"], *drawn["signs"])}
            for line in drawn["lines"]:
                for point, end in ((line["points"][0], line["from"]), (line["points"][-1], line["to"])):
                    box = boxes[end]
                    assert box["x"] - 1 <= point["x"] <= box["x"] + box["w"] + 1, (line["id"], zoom)
                    assert box["y"] - 1 <= point["y"] <= box["y"] + box["h"] + 1, (line["id"], zoom)
