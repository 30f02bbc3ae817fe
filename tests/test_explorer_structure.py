"""The view of the whole graph: every entity as a point, which opens its proof."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Opened, opened
from large_graph import large_page

pytestmark = pytest.mark.browser

DRAWN = "() => motegraf.wholeView?.drawn().points > 0 && motegraf.data.isWhole()"


@pytest.fixture(scope="module")
def here(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    file = tmp_path_factory.mktemp("large") / "explorer.html"
    file.write_bytes(large_page())
    with opened(browser, file) as page:
        yield page
        # Where WebGL is done in software, its driver says that reading what was drawn takes time.
        page.wrong[:] = [each for each in page.wrong if "GL Driver Message" not in each]


def drawn(here: Opened) -> dict[str, Any]:
    here.page.wait_for_function(DRAWN)
    here.settle()
    result: dict[str, Any] = here.page.evaluate("motegraf.wholeView.drawn()")
    return result


def test_every_entity_is_a_point_and_every_tie_a_line(here: Opened) -> None:
    here.go("#view=structure")
    shown = drawn(here)
    entities, ties = here.page.evaluate("[motegraf.data.entities.size, motegraf.data.ties.size]")
    assert (shown["points"], shown["lines"]) == (entities, ties)
    assert here.page.evaluate("document.getElementById('whole-extent').textContent").startswith("Her er ")
    labels = here.page.evaluate(
        "[...document.querySelector('#whole-canvas').getContext('2d').getImageData(0, 0, 600, 400).data].some(Boolean)"
    )
    assert labels


def test_point_opens_its_proof_by_pointer_and_by_keyboard(here: Opened) -> None:
    here.go("#view=structure")
    drawn(here)
    x, y = here.page.evaluate("motegraf.wholeView.drawn().at('person:p03')")
    box = here.page.locator("#whole-canvas").bounding_box()
    here.page.mouse.click(box["x"] + x, box["y"] + y)
    chosen = here.page.evaluate("motegraf.state.now.selected")
    near = here.page.evaluate(f"motegraf.wholeView.drawn().at('{chosen}')")
    assert abs(near[0] - x) + abs(near[1] - y) < 20
    assert here.page.locator("#proof h2").first.inner_text() != ""
    here.page.evaluate("motegraf.state.select(null)")
    at = here.page.evaluate(
        "(() => { const { x, y } = motegraf.wholeScene.geometry();"
        " const number = motegraf.data.numberOf('event:m0007'); return [x[number], y[number], 60]; })()"
    )
    here.page.evaluate(f"motegraf.state.set({{ camera: {at} }})")
    here.page.locator("#whole-canvas").focus()
    here.page.keyboard.press("Enter")
    assert here.page.evaluate("motegraf.state.now.selected") == "event:m0007"
    assert here.page.evaluate("document.activeElement.id") == "proof"


def test_place_is_in_the_address_and_no_step_of_the_history(here: Opened) -> None:
    here.go("#view=structure&camera=0.1,-0.2,4")
    assert drawn(here)["camera"] == [0.1, -0.2, 4]
    steps = here.page.evaluate("history.length")
    here.page.locator("#whole-canvas").focus()
    for key in ("ArrowRight", "+", "ArrowUp", "-"):
        here.page.keyboard.press(key)
    assert here.page.evaluate("history.length") == steps
    written = here.page.evaluate("location.hash")
    assert "camera=" in written
    here.page.keyboard.press("0")
    assert "camera=" not in here.page.evaluate("location.hash")
    for wrong in ("NaN,0,1", "0,0", "9,9,9", "0,0,1e9", "<b>"):
        here.go(f"#view=structure&camera={wrong}")
        assert drawn(here)["camera"] == [0, 0, 1]


def test_small_graphs_have_no_such_view(browser: Any, built: Path) -> None:
    with opened(browser, built / "explorer.html") as small:
        small.go("#view=structure")
        assert small.page.evaluate("[motegraf.state.now.view, motegraf.state.VIEWS.includes('structure')]") == [
            "network",
            False,
        ]
