"""What the panel says of an event beyond its day: hours, venue, mode, whose meeting it is, whence it was moved."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened, overlap
from conftest import CORPUS
from small_page import linked_home

from build_graph import build

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interactive page of all pages of the tests."""
    home = linked_home(tmp_path_factory.mktemp("pages"))
    for page in (folder for folder in CORPUS.iterdir() if folder.is_dir()):
        (home / "corpus" / page.name).symlink_to(page, target_is_directory=True)
    build(home, home / "build")
    return home / "build/explorer.html"


def panel(page: Opened, selected: str, language: str = "nb") -> dict[str, str]:
    """Return the rows of the proof panel of what is selected."""
    page.go(f"#sel={selected}&lang={language}")
    names = page.page.locator("#proof dt").all_inner_texts()
    return dict(zip(names, page.page.locator("#proof dd").all_inner_texts(), strict=True))


def test_hours_venue_and_body_are_shown(wide: Opened) -> None:
    rows = panel(wide, "event:politirad-2022-10-19")
    assert (rows["Klokka"], rows["Lokale"]) == ("14.00–15.45", "«Tinghuset, møterom 3»")
    assert rows["Møte i"] == "politiråd Voss herad"


def test_an_hour_without_an_end_is_only_a_beginning(wide: Opened) -> None:
    assert panel(wide, "event:samefolkets-dag-2018", "en")["Time of day"] == "from 12:00"


def test_a_place_abroad_is_shown_with_its_country(wide: Opened) -> None:
    assert panel(wide, "event:baltisk-mote-2018-02-09")["Hvor"].split("\n") == ["«Riga»", "Latvia"]


def test_an_online_event_is_online(wide: Opened) -> None:
    rows = panel(wide, "event:webinar-2021-04-22")
    assert rows["Møteform"] == "på nett"
    assert "Hvor" not in rows


def test_a_moved_event_leads_to_the_other_and_back(wide: Opened) -> None:
    old, new = "event:folkemote-2024-05-14", "event:folkemote-2024-06-03"
    assert "Flyttet fra" not in panel(wide, old)
    wide.page.locator("#proof dt:text-is('Flyttet til') + dd button").click()
    assert wide.page.evaluate("motegraf.state.now.selected") == new
    wide.page.locator("#proof dt:text-is('Flyttet fra') + dd button").click()
    assert wide.page.evaluate("motegraf.state.now.selected") == old


def test_an_event_of_which_no_page_says_more_has_none_of_these_rows(wide: Opened) -> None:
    rows = panel(wide, "event:stavanger-2014-11")
    assert rows.keys() & {"Klokka", "Lokale", "Møteform", "Møte i", "Flyttet til", "Flyttet fra"} == set()
    assert rows["Hvor"] == "Stavanger"


def test_names_that_find_no_room_beside_lines_stand_over_them(wide: Opened) -> None:
    wide.go("#view=network")
    drawn = wide.drawn()
    assert len(drawn["entities"]) == 28
    assert drawn["unnamed"] == []
    boxes = {box["id"]: box for box in (*drawn["names"], *drawn["cards"])}
    assert len(boxes) == 28
    assert [pair for pair in combinations(boxes, 2) if overlap(boxes[pair[0]], boxes[pair[1]])] == []


def test_headings_of_the_table_stand_apart_on_a_narrow_screen(browser: Any, file: Path) -> None:
    with opened(browser, file, *SIZES["narrow"]) as page:
        page.go("#view=table")
        heads = [head.bounding_box() for head in page.page.locator("#view-table th button").all()]
        boxes = [{"x": box["x"], "y": box["y"], "w": box["width"], "h": box["height"]} for box in heads]
        assert len(boxes) > 4
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
