"""The panel of the interactive page: ties by certainty and time, which pass the filters, and who else was there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened, used, window
from large_graph import LARGE_MEETING, large_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large_window(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    file = tmp_path_factory.mktemp("panel") / "explorer.html"
    file.write_bytes(large_page())
    with window(browser, file, *SIZES["wide"]) as page:
        yield page


@pytest.fixture
def large(large_window: Opened) -> Iterator[Opened]:
    with used(large_window):
        yield large_window


def groups(page: Opened) -> list[str]:
    found: list[str] = page.page.locator("#proof h4").all_inner_texts()
    return found


def test_ties_stand_by_certainty_and_time_with_who_else_was_there(wide: Opened) -> None:
    wide.go("#sel=person:laila-bokhari")
    assert groups(wide) == ["Møter, sikre (3)", "Møter, mulige (4)"]
    rows = wide.page.locator("#proof .tie").all_inner_texts()
    assert [row.split("\n")[0] for row in rows[:3]] == ["Oktober 2014", "November 2014", "Desember 2014"]
    assert "Med i samme møte: Jøran Kallmyr" in rows[0]
    assert "Med i samme møte: Yousef Bartho Assidiq og Haugesund kommune" in rows[2]
    # Whoever may have been there is not told as if they had been.
    assert "Erna Solberg (mulig)" in rows[3]


def test_panel_says_how_many_ties_pass_and_shows_the_others_when_asked(wide: Opened) -> None:
    wide.go("#sel=person:laila-bokhari&certainty=certain")
    assert wide.page.locator("#ties-pass").inner_text().startswith("3 av 7 forbindelser passer til filtrene.")
    assert groups(wide) == ["Møter, sikre (3)"]
    wide.page.locator("#ties-all").press("Enter")
    assert groups(wide) == ["Møter, sikre (3)", "Møter, mulige (4)"]
    assert wide.page.evaluate("document.activeElement.id") == "ties-all"
    wide.page.locator("#ties-all").press("Enter")
    assert groups(wide) == ["Møter, sikre (3)"]


def test_letters_stand_after_meetings(wide: Opened) -> None:
    wide.go("#sel=person:erna-solberg")
    kinds = [re.split(r"[,(]", each)[0].strip() for each in groups(wide)]
    assert kinds[-1] == "Brev"
    assert kinds[0] == "Møter"


def test_long_list_of_ties_is_opened_step_by_step(large: Opened) -> None:
    large.go(f"#sel={LARGE_MEETING}")
    large.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.counts.isReady()")
    assert groups(large)[-1] == "Grupper uten navn, planlagte (903)"
    before = large.page.locator("#proof .tie").count()
    assert before < 30
    large.page.locator("#proof .more-of").focus()
    large.page.keyboard.press("Enter")
    assert large.page.locator("#proof .tie").count() == before + 15
    assert large.page.evaluate("document.activeElement.className") == "tie"


def test_way_around_somebody_is_not_offered_there(wide: Opened) -> None:
    wide.go("#sel=person:laila-bokhari")
    assert wide.page.locator("#show-around").count() == 1
    wide.go("#around=person:laila-bokhari&sel=person:laila-bokhari")
    assert wide.page.locator("#show-around").count() == 0


def test_at_400_percent_the_proof_comes_into_view_and_back_and_every_tab_is_seen(browser: Any, file: Path) -> None:
    """A window of 1280 × 1024 at 400 %: the panel stands below the view."""
    with opened(browser, file, 320, 256) as here:
        page = here.page
        tabs = [tab.bounding_box() for tab in page.locator("#tabs [role=tab]").all()]
        assert [tab for tab in tabs if tab["x"] < 0 or tab["x"] + tab["width"] > 320] == []
        here.go("#subject=event:haugesund-2014-12")
        pressed = page.get_by_role("button", name="Belegg: Haugesund kommune")
        pressed.focus()
        page.keyboard.press("Enter")
        panel = page.locator("#proof")
        assert page.evaluate("document.activeElement.id") == "proof"
        assert -2 <= panel.bounding_box()["y"] < 128
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "Belegg"
        assert 0 <= pressed.bounding_box()["y"] < 256
        # Whoever walks through a drawing stays in it, and a line at the foot leads to the proof.
        here.go("#view=network")
        page.locator("#canvas").focus()
        page.keyboard.press("ArrowRight")
        page.locator("#to-proof").wait_for()
        assert page.evaluate("document.activeElement.id") == "canvas"
        page.locator("#to-proof").click()
        page.wait_for_function("() => document.getElementById('proof').classList.contains('in-view')")
        assert not page.locator("#to-proof").is_visible()


@pytest.mark.parametrize("state", ["#", "#all=yes", "#around=person:laila-bokhari&rings=2"])
def test_drawing_stands_on_the_first_sheet_below_its_headline(wide: Opened, state: str) -> None:
    wide.go(state)
    made = wide.page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert len(re.findall(rb"/Type /Page\b", made)) == 1
