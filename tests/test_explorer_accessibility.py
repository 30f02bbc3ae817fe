"""The interactive page by axe-core, in every view, each language, theme and width once; by fingers; by keys alone."""

from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, Opened, opened

pytestmark = pytest.mark.browser

STATES = [
    "sel=person:laila-bokhari",
    "view=table&role=role:introducer&others=hide&sel=participation:haugesund-2014-12.laila-bokhari",
    "view=timeline&from=2014-11-01&sel=event:oslo-2014-host",
    "view=map&sel=event:oslo-2014-host",
    "around=person:laila-bokhari&rings=2&sel=possible:oslo-2014-host.laila-bokhari",
    "path=person:erna-solberg&to=person:laila-bokhari&possible=yes",
    *(
        f"view=questions&question={question}&sel=event:sarpsborg-2014-10"
        for question in (
            *("who_met_whom", "who_held_which_office", "who_was_at_the_same_event", "which_topics_go_together"),
            *("which_events_are_in_which_county", "how_many_events_are_in_which_month"),
        )
    ),
]


@pytest.mark.parametrize(("size", "language", "scheme"), [("wide", "nb", "light"), ("narrow", "en", "dark")])
def test_axe_reports_no_violation(browser: Any, file: Path, size: str, language: str, scheme: str) -> None:
    with opened(browser, file, *SIZES[size], color_scheme=scheme) as here:
        assert violations(here.page) == []
        for state in STATES:
            here.page.evaluate("state => { location.hash = state }", f"{state}&lang={language}")
            here.page.wait_for_function(f"() => motegraf.texts.language === '{language}'")
            here.settle()
            assert violations(here.page) == [], state


def test_axe_reports_a_violation_that_is_put_in(wide: Opened) -> None:
    """Words too faint and a button without a name are found, so that nothing found means something."""
    wide.page.evaluate(
        "document.documentElement.style.setProperty('--muted', '#ccc8c0');"
        "document.getElementById('theme').textContent = ''"
    )
    assert {rule for rule, _ in violations(wide.page)} == {"color-contrast", "button-name"}


def touched(*fingers: tuple[float, float]) -> list[dict[str, float]]:
    return [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]


def pinch(here: Opened, selector: str, first: float, last: float) -> None:
    """Two fingers on the middle of an element, first and last so many pixels from it."""
    # Fingers touch what is in the window.
    here.page.locator(selector).evaluate("element => element.scrollIntoView({ block: 'start' })")
    box = here.page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 600) / 2
    hand = here.page.context.new_cdp_session(here.page)
    for step in range(9):
        off = first + (last - first) * step / 8
        kind = "touchMove" if step else "touchStart"
        fingers = touched((x - off, y), (x + off, y))
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    here.settle()


@pytest.fixture
def touchscreen(browser: Any, file: Path) -> Any:
    with opened(browser, file, *SIZES["narrow"], has_touch=True, is_mobile=True) as here:
        yield here


def scale(here: Opened) -> float:
    """How much larger than at first the network is drawn: by how far apart two entities in it stand."""
    at = {box["id"]: box for box in here.drawn()["signs"]}
    apart: float = at["person:laila-bokhari"]["y"] - at["person:erna-solberg"]["y"]
    return apart


def test_pinch_zooms_network(touchscreen: Opened) -> None:
    before = scale(touchscreen)
    pinch(touchscreen, "#canvas", 40, 120)
    larger = scale(touchscreen)
    assert larger > before * 1.5
    # The words keep their size.
    assert {box["size"] for box in touchscreen.drawn()["names"]} == {11.5}
    pinch(touchscreen, "#canvas", 120, 60)
    assert scale(touchscreen) < larger / 1.5


def test_pinch_zooms_map(touchscreen: Opened) -> None:
    touchscreen.go("#view=map")
    pinch(touchscreen, "#map", 40, 120)
    near = touchscreen.page.evaluate("motegraf.map.drawn().near")
    assert near > 1.5
    pinch(touchscreen, "#map", 120, 60)
    assert touchscreen.page.evaluate("motegraf.map.drawn().near") < near / 1.5


def test_tap_on_sign_opens_proof(touchscreen: Opened) -> None:
    canvas = touchscreen.page.locator("#canvas")
    canvas.scroll_into_view_if_needed()
    sign = next(box for box in touchscreen.drawn()["signs"] if box["id"] == "person:erna-solberg")
    corner = canvas.bounding_box()
    touchscreen.page.touchscreen.tap(corner["x"] + sign["x"] + sign["w"] / 2, corner["y"] + sign["y"] + sign["h"] / 2)
    touchscreen.page.wait_for_function("() => motegraf.state.now.selected === 'person:erna-solberg'")
    assert touchscreen.page.locator("#proof h2.title").inner_text() == "Erna Solberg"


# The walk goes on in the page: for each entity, to ask from here takes longer than the walk.
WALKS = """async () => {
  const walk = () => {
    const {data, network, keyboardNav} = motegraf;
    const drawn = network.drawn();
    const boxes = [...drawn.cards, ...drawn.signs];
    const at = new Map(boxes.map(({id, x, y, w, h}) => [id, {x: x + w / 2, y: y + h / 2}]));
    const lines = id => data.tiesOf.get(id).filter(tie => drawn.ties.includes(tie.id));
    const neighbours = id => [...new Set(lines(id).map(tie => data.other(tie, id)))];
    const step = (key, id, near) => keyboardNav.next(key, id, near, drawn.entities, each => at.get(each));
    const found = new Set([step("ArrowRight", null, [])]);
    for (const id of found) for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
        const next = step(key, id, neighbours(id));
        if (next) found.add(next);
    }
    return drawn.entities.filter(id => !found.has(id));
  };
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const walks = [["at first", walk()]];
  for (const center of motegraf.data.entities.keys()) for (const rings of [1, 2]) {
    const changed = new Promise(done => addEventListener("hashchange", done, { once: true }));
    location.hash = `around=${center}&rings=${rings}`;
    await changed;
    const {now} = motegraf.state;
    if (now.around !== center || now.rings !== rings) throw new Error(`${center} is not in the middle`);
    await frame();
    await frame();
    walks.push([`${center}, ${rings}`, walk()]);
  }
  return walks;
}"""


@pytest.mark.parametrize("size", SIZES)
def test_arrow_keys_reach_every_drawn_entity(browser: Any, file: Path, size: str) -> None:
    """From any entity to any other by arrows alone, at first and around everybody: nothing is out of their reach."""
    with opened(browser, file, *SIZES[size]) as here:
        walks = here.page.evaluate(WALKS)
        assert [(where, unreached) for where, unreached in walks if unreached] == []
        assert len(walks) == 1 + 2 * here.page.evaluate("motegraf.data.entities.size")


def test_search_focus_expand_path_and_sentence_by_keyboard_alone(wide: Opened) -> None:
    keys = wide.page.keyboard

    def tab_to(words: str) -> None:
        for _ in range(80):
            keys.press("Tab")
            if wide.page.evaluate("document.activeElement.textContent") == words:
                return
        pytest.fail(f"Tab does not lead to {words!r}")

    # Search and focus.
    keys.press("/")
    keys.type("bokhari")
    wide.page.wait_for_selector("#results [role=option]")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "canvas"
    # Expand: into the proof, and who is around.
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "proof"
    tab_to("Vis hvem som er rundt (7)")
    keys.press("Enter")
    assert wide.page.locator("#scene h2").inner_text() == "Rundt Laila Bokhari"
    # The button is gone, since one is there; whoever pressed it is still in the panel.
    assert wide.page.locator("#show-around").count() == 0
    assert wide.page.evaluate("document.activeElement.closest('#proof') !== null")
    # A path: from here, to whom the search finds.
    tab_to("Finn veien herfra")
    keys.press("Enter")
    keys.press("/")
    keys.type("kallmyr")
    wide.page.wait_for_selector("#results [role=option]")
    keys.press("Enter")
    assert "path=person:laila-bokhari&to=person:joran-kallmyr" in wide.page.url
    # A step of it, and the sentence that proves it.
    wide.page.locator("#path-to").focus()
    tab_to("Laila Bokhari: deltaker, Konferanse i Sarpsborg, oktober 2014 (sikker)")
    keys.press("Enter")
    assert wide.page.locator("#proof blockquote").all_inner_texts() == [
        "«Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen.»"
    ]
    # Escape on the drawing closes it; the headline is told to those who listen.
    assert wide.page.locator("#status").inner_text() == (
        "Laila Bokhari, deltaker, Konferanse i Sarpsborg. Sikker: kilden sier at Laila Bokhari var til stede."
    )
