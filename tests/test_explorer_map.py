"""The map of the interactive page: outlines that fit together, events in their places, in step with the other views."""

import json
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened, overlap

from graph import HOME
from graph.explorer.map import map_outlines
from graph.registry.areas import read_counties, read_municipalities

pytestmark = pytest.mark.browser

HELD = {
    *("event:alesund-2014-host", "event:fredrikstad-2014-host", "event:oslo-2014-host", "event:tromso-2014-host"),
    *("event:sarpsborg-2014-10", "event:stavanger-2014-11", "event:haugesund-2014-12"),
}
PLANNED = {"event:drammen-2015", "event:kristiansand-2015", "event:trondheim-2015"}
# What can be read on the map: the words that are filled, not the paper around them.
WORDS = """() => [...document.querySelectorAll("#map text:not([fill=none])")].map(text => {
    const {x, y, width, height} = text.getBoundingClientRect();
    return {words: text.textContent, size: Number(text.getAttribute("font-size")), x, y, w: width, h: height};
})"""


@pytest.fixture
def wide(wide: Opened) -> Opened:
    wide.go("#view=map")
    return wide


def drawn(page: Opened) -> dict[str, Any]:
    page.settle()
    found: dict[str, Any] = page.page.evaluate("motegraf.map.drawn()")
    return found


def test_outlines_cover_exactly_the_municipalities_of_the_year() -> None:
    day = date(2019, 7, 1)
    there = {
        area.id
        for area in read_municipalities(HOME / "registry", read_counties(HOME / "registry")).values()
        if (area.valid_from or day) <= day <= (area.valid_through or day)
    }
    assert set(map_outlines([])["municipalities"]) == there


def test_neighbours_share_their_borders() -> None:
    """Each line is the border of one municipality or of two, which run along it in opposite directions; rings close."""
    found = map_outlines([])
    lines = []
    for steps in found["arcs"]:
        x = y = 0
        lines.append([(x := x + dx, y := y + dy) for dx, dy in steps])
    sides: dict[int, list[int]] = {number: [] for number in range(len(lines))}
    for polygons in found["municipalities"].values():
        for ring in (ring for polygon in polygons for ring in polygon):
            ends = [(lines[~arc][-1], lines[~arc][0]) if arc < 0 else (lines[arc][0], lines[arc][-1]) for arc in ring]
            assert [end for _, end in ends] == [start for start, _ in [*ends[1:], ends[0]]]
            for arc in ring:
                sides[~arc if arc < 0 else arc].append(-1 if arc < 0 else 1)
    assert {tuple(sorted(side)) for side in sides.values()} == {(1,), (-1, 1)}


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("kommune:0301", None),
        ("kommune:1601", {"by": ["kommune:5001"], "how": "became", "names": ["Trondheim"]}),
        ("kommune:0706", {"by": ["kommune:0710"], "how": "became", "names": ["Sandefjord"]}),
        ("kommune:0722", {"by": ["kommune:0729"], "how": "became", "names": ["Færder"]}),
        (
            "kommune:1103.2020",
            {
                "by": ["kommune:1103", "kommune:1141", "kommune:1142"],
                "how": "of",
                "names": ["Stavanger", "Finnøy", "Rennesøy"],
            },
        ),
        ("fylke:01", None),
        ("nowhere", None),
    ],
)
def test_area_of_another_year_is_shown_by_successors_or_predecessors(place: str, shown: Any) -> None:
    assert map_outlines([place])["substitutes"] == ({place: shown} if shown else {})


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_map_labels_are_readable_and_apart(browser: Any, file: Path, size: str, language: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        page.go(f"#view=map&lang={language}")
        found = drawn(page)
        assert found["unnamed"] == []
        words = page.page.evaluate(WORDS)
        names = {"Ålesund", "Fredrikstad", "Oslo", "Tromsø", "Sarpsborg", "Stavanger", "Haugesund"}
        names |= {"Drammen", "Kristiansand", "Trondheim"}
        assert names <= {word["words"] for word in words}
        assert [word for word in words if word["size"] < 11] == []
        frame = page.page.locator("#map").bounding_box()
        marks = [mark | {"x": mark["x"] + frame["x"], "y": mark["y"] + frame["y"]} for mark in found["marks"]]
        # Two lines of one name may touch by the room above their letters.
        inner = [word | {"y": word["y"] + 1, "h": word["h"] - 2} for word in words]
        assert [(one["words"], other["words"]) for one, other in combinations(inner, 2) if overlap(one, other)] == []
        assert [(word["words"], mark["id"]) for word in inner for mark in marks if overlap(word, mark)] == []
        assert [(one["id"], other["id"]) for one, other in combinations(marks, 2) if overlap(one, other)] == []
        box = {"x": frame["x"], "y": frame["y"], "w": frame["width"], "h": frame["height"]}
        assert [word["words"] for word in words if not within(word, box)] == []
        assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def within(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        other["x"] <= one["x"]
        and other["y"] <= one["y"]
        and one["x"] + one["w"] <= other["x"] + other["w"] + 0.5
        and one["y"] + one["h"] <= other["y"] + other["h"] + 0.5
    )


def test_held_is_filled_and_planned_is_outlined(wide: Opened) -> None:
    looks = wide.page.evaluate(
        """() => Object.fromEntries(motegraf.map.drawn().marks.map(({id, x, y}) => {
            const near = box => Math.abs(box.x - x - 0.8) < 0.1 && Math.abs(box.y - y - 0.8) < 0.1;
            const paths = [...document.querySelectorAll("#map path")].filter(path => near(path.getBBox()));
            return [id, paths.map(path => [path.getAttribute("fill"), path.getAttribute("stroke-dasharray")])];
        }))"""
    )
    filled, outlined = [["var(--held)", None], ["none", "none"]], [["var(--paper)", None], ["none", "3.2 2"]]
    assert looks == dict.fromkeys(HELD, filled) | dict.fromkeys(PLANNED, outlined)


def test_events_without_place_are_listed_and_the_year_is_named(wide: Opened) -> None:
    view = wide.page.locator("#view-map")
    assert view.locator("h2").all_inner_texts() == ["På kartet: 10", "Ikke på kartet: 1"]
    assert view.locator("[data-listed='event:toppmote-2015']").inner_text().split("\n") == [
        "Politisk toppmøte om forebygging av voldelig ekstremisme",
        "ingen kilde sier hvor · januar–mars 2015 · planlagt",
    ]
    assert view.locator("[data-instead]").all_inner_texts() == [
        "Trondheim (1601) er vist med omrisset av det kommunen var blitt til i 2019: Trondheim (5001)."
    ]
    words = {word["words"] for word in wide.page.evaluate(WORDS)}
    assert "Kommuner i 2019. Omriss: Kartverket (CC BY 4.0)" in words


def test_candidate_is_ringed_as_possible(wide: Opened) -> None:
    wide.go("#view=map&sel=person:laila-bokhari")
    ties = {mark["id"]: mark.get("tie") for mark in drawn(wide)["marks"]}
    assert ties == {
        "event:sarpsborg-2014-10": "certain",
        "event:stavanger-2014-11": "certain",
        "event:haugesund-2014-12": "certain",
        "event:alesund-2014-host": "possible",
        "event:fredrikstad-2014-host": "possible",
        "event:oslo-2014-host": "possible",
        "event:tromso-2014-host": "possible",
    } | dict.fromkeys(PLANNED)
    rings = wide.page.evaluate(
        """() => [...document.querySelectorAll("#map path")]
            .map(path => [path.getAttribute("stroke"), path.getAttribute("stroke-dasharray")])
            .filter(([stroke]) => ["var(--certain)", "var(--possible)"].includes(stroke))"""
    )
    assert sorted(rings) == [["var(--certain)", "none"]] * 3 + [["var(--possible)", "5 3"]] * 4
    assert wide.page.locator("[data-listed='event:oslo-2014-host']").inner_text().endswith("Laila Bokhari: mulig")


@pytest.mark.parametrize(
    "state",
    [
        "others=hide",
        "others=hide&role=role:organiser",
        "others=hide&status=status:planned",
        "others=hide&from=2014-11-01&to=2014-12-31",
        "around=person:erna-solberg",
    ],
)
def test_map_events_equal_table_events(wide: Opened, state: str) -> None:
    wide.go(f"#view=map&{state}")
    listed = wide.page.eval_on_selector_all("[data-listed]", "all => all.map(one => one.dataset.listed)")
    marks = [mark["id"] for mark in drawn(wide)["marks"]]
    off = wide.page.eval_on_selector_all("#view-map .off [data-listed]", "all => all.map(one => one.dataset.listed)")
    assert sorted(listed) == sorted([*marks, *off])
    wide.page.locator("#tab-table").click()
    ties = wide.page.eval_on_selector_all("#view-table tr[data-tie]", "all => all.map(one => one.dataset.tie)")
    alone = wide.page.eval_on_selector_all("[data-alone]", "all => all.map(one => one.dataset.alone)")
    ends = wide.page.evaluate(
        "ids => ids.flatMap(id => [motegraf.data.ties.get(id).from, motegraf.data.ties.get(id).to])", ties
    )
    assert sorted(listed) == sorted({end for end in (*ends, *alone) if end.startswith("event:")})


def test_filtered_events_are_faded_and_unlabelled(wide: Opened) -> None:
    wide.go("#view=map&status=status:planned")
    found = drawn(wide)
    assert {mark["id"] for mark in found["marks"] if mark["faded"]} == HELD
    assert {name["place"] for name in found["names"]} == {"kommune:0602", "kommune:1001", "kommune:1601"}


def test_tab_to_proof_by_keyboard(wide: Opened) -> None:
    keys = wide.page.keyboard
    wide.go("#view=timeline")
    wide.page.locator("#tab-timeline").focus()
    keys.press("ArrowRight")
    assert "view=map" in wide.page.url
    while wide.page.evaluate("!document.activeElement.dataset.event"):
        keys.press("Tab")
    steps = [wide.page.evaluate("document.activeElement.dataset.event")]
    for key in ("ArrowDown", "ArrowLeft", "ArrowRight"):
        keys.press(key)
        steps.append(wide.page.evaluate("document.activeElement.dataset.event"))
    assert steps == [
        "event:alesund-2014-host",
        "event:haugesund-2014-12",
        "event:haugesund-2014-12",
        "event:drammen-2015",
    ]
    keys.press("+")
    assert drawn(wide)["near"] == 1.5
    assert wide.page.evaluate("document.activeElement.dataset.event") == "event:drammen-2015"
    keys.press("0")
    assert drawn(wide)["near"] == 1
    keys.press("Enter")
    assert "sel=event:drammen-2015" in wide.page.url
    assert wide.page.evaluate("document.activeElement.id") == "proof"
    assert wide.page.locator("#proof h2.title").inner_text() == "Møte i Drammen"


def test_click_opens_proof_and_sets_aria_pressed(wide: Opened) -> None:
    wide.page.locator("[data-event='event:stavanger-2014-11']").click()
    assert wide.page.locator("#proof h2.title").inner_text() == "Dialogmøte i Stavanger"
    assert wide.page.eval_on_selector_all("#map [aria-pressed=true]", "all => all.map(one => one.dataset.event)") == [
        "event:stavanger-2014-11"
    ]


def test_place_and_zoom_of_the_map_are_in_the_address(wide: Opened) -> None:
    wide.go("#view=map&mapzoom=3,0.4,0.7")
    before = drawn(wide)
    assert before["near"] == 3
    steps = wide.page.evaluate("history.length")
    wide.page.locator("#map-nearer").click()
    wide.page.wait_for_function("() => decodeURIComponent(location.hash).includes('mapzoom=4.5,0.4,0.7')")
    assert wide.page.evaluate("history.length") == steps
    # In another view it is not asked for, and back it is as it was.
    wide.page.locator("#tab-table").click()
    assert "mapzoom" not in wide.page.evaluate("location.hash")
    wide.page.locator("#tab-map").click()
    wide.page.locator("#map-whole").click()
    wide.page.wait_for_function("() => !location.hash.includes('mapzoom')")
    for wrong in ("0,0,0", "99,0,0", "3,9,9", "NaN,0,0", "<b>"):
        wide.go(f"#view=map&mapzoom={wrong}")
        assert drawn(wide)["near"] == 1


@pytest.mark.parametrize("zoom", ["", "&mapzoom=2.25,0.55,0.65"])
def test_names_of_counties_stand_where_nothing_else_does(wide: Opened, zoom: str) -> None:
    wide.go(f"#view=map{zoom}")
    found = drawn(wide)
    counties = {county["words"] for county in found["counties"]}
    assert {"Oppland", "Buskerud", "Telemark"} <= counties
    for county in found["counties"]:
        for other in [*found["marks"], *found["names"], *found["counties"]]:
            assert other is county or not overlap(county, other), (county, other)


def test_zoomed_map_shows_the_north_and_pans(wide: Opened) -> None:
    for _ in range(3):
        wide.page.locator("#map-nearer").click()
    wide.page.locator("[data-listed='event:tromso-2014-host'] button").click()
    found = drawn(wide)
    mark = next(mark for mark in found["marks"] if mark["id"] == "event:tromso-2014-host")
    assert abs(mark["x"] + mark["w"] / 2 - found["width"] / 2) < 1
    assert abs(mark["y"] + mark["h"] / 2 - found["height"] / 2) < 1
    frame = wide.page.locator("#map").bounding_box()
    x, y = frame["x"] + found["width"] / 2 + 60, frame["y"] + found["height"] / 2 + 60
    wide.page.mouse.move(x, y)
    wide.page.mouse.down()
    wide.page.mouse.move(x - 80, y + 30, steps=4)
    wide.page.mouse.up()
    moved = next(mark for mark in drawn(wide)["marks"] if mark["id"] == "event:tromso-2014-host")
    assert (round(moved["x"] - mark["x"]), round(moved["y"] - mark["y"])) == (-80, 30)
    wide.page.locator("#map-whole").click()
    assert drawn(wide)["near"] == 1


def test_map_downloads_as_seen(wide: Opened, tmp_path: Path) -> None:
    with wide.page.expect_download() as download:
        wide.page.locator("#export-svg").click()
    download.value.save_as(tmp_path / "map.svg")
    texts = [text.text for text in ET.parse(tmp_path / "map.svg").iter("{http://www.w3.org/2000/svg}text")]
    places = {name["lines"][0]["words"] for name in drawn(wide)["names"]}
    assert places
    assert places <= set(texts)
    assert "var(" not in (tmp_path / "map.svg").read_text(encoding="utf-8")


def test_map_survives_link(wide: Opened) -> None:
    state = "#view=map&from=2014-10-01&to=2014-12-31&sel=event:oslo-2014-host&lang=en"
    wide.go(state)
    before = json.dumps(drawn(wide))
    written = wide.page.evaluate("motegraf.state.serialise(motegraf.state.now)")
    assert set(written[1:].split("&")) == set(state[1:].split("&"))
    wide.go(written)
    assert json.dumps(drawn(wide)) == before


def test_events_of_one_place_do_not_overlap(wide: Opened) -> None:
    wide.page.evaluate(
        """() => {
            for (const id of ["event:drammen-2015", "event:stavanger-2014-11"])
                motegraf.data.entities.get(id).places = ["kommune:0301"];
            motegraf.state.set({selected: "person:laila-bokhari"});
        }"""
    )
    found = drawn(wide)
    oslo_now = {"event:oslo-2014-host", "event:stavanger-2014-11", "event:drammen-2015"}
    row = [mark for mark in found["marks"] if mark["id"] in oslo_now]
    assert [mark["id"] for mark in sorted(row, key=lambda mark: mark["x"])] == [
        "event:oslo-2014-host",
        "event:stavanger-2014-11",
        "event:drammen-2015",
    ]
    assert len({mark["y"] for mark in row}) == 1
    assert [(one["id"], other["id"]) for one, other in combinations(found["marks"], 2) if overlap(one, other)] == []
    oslo = next(name for name in found["names"] if name["place"] == "kommune:0301")
    assert [line["words"] for line in oslo["lines"]] == ["Oslo", "3 arrangementer"]


def test_print_map_is_light_without_tools(browser: Any, file: Path) -> None:
    with opened(browser, file, color_scheme="dark") as page:
        page.go("#view=map")
        land = "getComputedStyle(document.querySelector('#map path[fill=\"var(--land)\"]')).fill"
        assert page.page.evaluate(land) == "rgb(43, 52, 62)"
        page.page.emulate_media(media="print", color_scheme="dark")
        assert page.page.evaluate(land) == "rgb(232, 225, 208)"
        assert not page.page.locator("#map-nearer").is_visible()
        assert page.page.locator("#map svg").is_visible()
