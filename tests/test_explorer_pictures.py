"""Pictures of the views: with title, key, extent, source and day, in the size that is asked for, nothing cut short."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import Opened, opened
from large_graph import large_page

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"wide": (1200, 675), "tall": (1080, 1350)}
# The page as the system and the reader have it: the picture is on light paper all the same.
PAPER, CERTAIN = "#fbfaf7", "#1f4b73"
LINES = {CERTAIN, "#b4490a", "#6d6a63", "#7b4a86"}
VIEWS = {
    "network": "#",
    "timeline": "#view=timeline",
    "map": "#view=map&sel=person:laila-bokhari",
    "table": "#view=table",
}
OWN_WORDS = {"network": "Laila Bokhari", "timeline": "Dialogmøte i Ålesund", "map": "Ålesund", "table": "Belegg"}


def svg(here: Opened, view: str, size: str) -> ElementTree.Element:
    return ElementTree.fromstring(here.page.evaluate(f"motegraf.pictures.svgText('{view}', '{size}')"))


def words(picture: ElementTree.Element) -> str:
    return " ".join(element.text or "" for element in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("size", ["wide", "tall", "print"])
@pytest.mark.parametrize("view", VIEWS)
def test_picture_of_every_view_says_what_it_is(wide: Opened, view: str, size: str) -> None:
    wide.go(VIEWS[view])
    picture = svg(wide, view, size)
    text = words(picture)
    title = picture.findtext(f"{SVG}title")
    assert title == "Minst sju møter holdt høsten 2014, minst fire planlagt i 2015"
    assert title in text
    assert "Kilde: Dialogmøter høsten 2014 – regjeringen.no, publisert mellom" in text
    assert re.search(r"Møtegraf, lagret \d+\. \w+ \d{4}", text)
    assert OWN_WORDS[view] in text
    assert re.search(r"\d+ av \d+ navn|\d+ av \d+ (møter|forbindelser)|\d+ (møter|forbindelser)", text)
    if view in ("network", "map"):
        assert "mulig: én av flere" in text
        assert "møte som er planlagt" in text
    if view == "timeline":
        assert "Bare kjent innenfor tidsrommet" in text
    width, height = (int(picture.get(side, "0")) for side in ("width", "height"))
    assert (width, height) == SIZES.get(size, (2400, height))
    assert "var(" not in ElementTree.tostring(picture, encoding="unicode")


@pytest.mark.parametrize("view", VIEWS)
def test_png_has_the_pixels_that_are_asked_for(wide: Opened, view: str, tmp_path: Path) -> None:
    wide.go(VIEWS[view])
    for size in ("wide", "tall", "print"):
        wide.page.locator("#picture-size").select_option(size)
        with wide.page.expect_download() as download:
            wide.page.locator("#export-png").click()
        download.value.save_as(tmp_path / "picture.png")
        png = (tmp_path / "picture.png").read_bytes()
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
        assert (width, height) == SIZES.get(size, (2400, height))
        shown = {"network": "nettverk", "timeline": "tidslinje", "map": "kart", "table": "tabell"}[view]
        assert str(download.value.suggested_filename).startswith(f"motegraf-{shown}-{width}")
    # One stays where one is.
    assert wide.page.evaluate("motegraf.state.now.view") == view


def numbers(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def boxes(picture: ElementTree.Element) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of what is filled in the drawing: signs and boxes of meetings, not their frames."""
    for path in picture.iter(f"{SVG}path"):
        if path.get("fill") in ("none", "#efeadd"):
            continue
        d = path.get("d", "")
        rounded = re.match(r"M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)a(-?[\d.]+) .*?v(-?[\d.]+)", d)
        circle = re.match(r"M(-?[\d.]+) (-?[\d.]+)a(-?[\d.]+) ", d)
        if rounded:
            x, y, w, r, h = map(float, rounded.groups())
            yield x - r, y, x + w + r, y + h + 2 * r
        elif circle:
            x, y, r = map(float, circle.groups())
            yield x, y - r, x + 2 * r, y + r
        else:
            points = numbers(d)
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield min(xs), min(ys), max(xs), max(ys)


def distance(point: tuple[float, float], box: tuple[float, float, float, float]) -> float:
    (x, y), (left, top, right, bottom) = point, box
    across, down = max(left - x, 0, x - right), max(top - y, 0, y - bottom)
    return float((across**2 + down**2) ** 0.5)


@pytest.mark.parametrize("state", ["#", "#around=person:laila-bokhari&rings=2", "#all=yes"])
@pytest.mark.parametrize("size", ["wide", "tall", "print"])
def test_lines_reach_what_they_tie(wide: Opened, state: str, size: str) -> None:
    wide.go(state)
    [drawing] = [each for each in svg(wide, "network", size).iter(f"{SVG}svg") if each.get("width") != "26"][1:]
    lines = [
        numbers(path.get("d", ""))
        for path in drawing.iter(f"{SVG}path")
        if path.get("stroke") in LINES and path.get("fill") == "none" and "Z" not in path.get("d", "")
    ]
    expected = wide.page.evaluate("motegraf.selection.visible(motegraf.state.now).ties.size")
    assert len(lines) == expected > 10
    ends = [end for line in lines for end in (line[0], line[-1])]
    found = [*boxes(drawing)]
    assert [end for end in ends if min(distance(end, box) for box in found) > 3] == []


def test_picture_is_light_and_leaves_the_page_as_it_was(browser: Any, file: Path) -> None:
    with opened(browser, file, color_scheme="dark") as here:
        here.go("#around=person:laila-bokhari")
        here.page.evaluate("motegraf.network.zoomBy(1.5)")
        before = here.drawn()
        picture = svg(here, "network", "tall")
        assert picture.find(f"{SVG}rect").get("fill") == PAPER  # type: ignore[union-attr]
        assert CERTAIN in {path.get("stroke") for path in picture.iter(f"{SVG}path")}
        assert here.drawn() == before
        assert here.page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.fixture(scope="module")
def large(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The page of some thousands of names, all of which have come."""
    file = tmp_path_factory.mktemp("large") / "explorer.html"
    file.write_bytes(large_page())
    with opened(browser, file) as here:
        here.go("#lang=en")
        here.page.wait_for_function("() => motegraf.shareRecords.isReady()")
        yield here
        # Where WebGL is done in software, its driver says that reading what was drawn takes time.
        here.wrong[:] = [each for each in here.wrong if "GL Driver Message" not in each]


def test_rows_that_have_no_room_are_counted(large: Opened) -> None:
    large.page.evaluate("motegraf.state.set({ view: 'timeline' })")
    text = words(svg(large, "timeline", "tall"))
    found = re.search(r"The first (\d+) of 400 meetings with a known time, in order of time\.", text)
    assert found
    assert text.count("Møte 0") == int(found[1])
    large.page.evaluate("motegraf.state.set({ view: 'table' })")
    large.settle()
    text = words(svg(large, "table", "wide"))
    found = re.search(r"The first (\d+) of ([\d,]+) connections\.", text)
    assert found
    ties = large.page.evaluate("motegraf.data.ties.size")
    assert (text.count(" was ") + text.count("var med på"), int(found[2].replace(",", ""))) == (int(found[1]), ties)


BLOCKS = {"histogram": "Meetings per", "people": "People", "bodies": "Organisations", "pairs": "Who with whom"}
GROUPS = "communities"


@pytest.mark.parametrize("size", ["wide", "tall", "print"])
def test_picture_of_every_block_says_what_it_is(large: Opened, size: str) -> None:
    large.page.evaluate(
        "motegraf.state.set({ view: 'overview', lists: { people: { sort: 'name', shown: 8, words: '' } } })"
    )
    large.page.locator("#block-pairs .number.held button").first.wait_for()
    assert [one["name"] for one in large.page.evaluate("motegraf.pictures.of('overview')")] == [*BLOCKS, GROUPS]
    for block, title in BLOCKS.items():
        picture = svg(large, block, size)
        text = words(picture)
        assert text.startswith(title)
        assert "Source: Side – example.org, 1 December 2014" in text
        assert "Møtegraf, saved" in text
        assert {"held", "planned"} <= set(text.split())
        assert [picture.get("width"), picture.get("height")][: 2 if size in SIZES else 1] == (
            [str(side) for side in SIZES.get(size, (2400,))]
        )
        assert "url(" not in ElementTree.tostring(picture, encoding="unicode")
    assert "No source says that these are groups" in words(svg(large, GROUPS, size))
    # What is certain, planned and possible is never one number.
    rows = large.page.evaluate("motegraf.ranking.allRows('people', motegraf.state.now)")
    people = words(svg(large, "people", size))
    both = [row for row in rows if row["certain"] and row["planned"] and row["name"] in people]
    assert both
    assert all(f"{row['name']} {row['certain']} {row['planned']} " in people for row in both)


def test_picture_of_the_structure_has_its_words_as_words(large: Opened) -> None:
    large.page.evaluate("motegraf.state.set({ view: 'structure' })")
    large.page.wait_for_function("() => motegraf.wholeView.drawn().points > 0")
    picture = svg(large, "structure", "wide")
    text = words(picture)
    assert "Size follows the number of connections" in text
    assert f"Here are {large.page.evaluate('motegraf.data.entities.size').__format__(',')} of" in text
    # More points and lines than can be worked with are one image.
    [image] = picture.iter(f"{SVG}image")
    assert (image.get("href") or "").startswith("data:image/png;base64,")
    large.page.evaluate("motegraf.state.set({ filters: { actor: ['person:p03'] }, hide: true })")
    picture = svg(large, "structure", "wide")
    assert [*picture.iter(f"{SVG}image")] == []
    points = large.page.evaluate("motegraf.wholeView.drawn().points")
    assert len([*picture.iter(f"{SVG}path")]) + len([*picture.iter(f"{SVG}rect")]) > points
    with large.page.expect_download() as download:
        large.page.locator("#export-png").click()
    assert "structure" in str(download.value.suggested_filename)
    large.page.evaluate("motegraf.state.set({ filters: {}, hide: false })")


def test_another_view_can_register_its_picture(wide: Opened) -> None:
    wide.go("#")
    wide.page.evaluate(
        "motegraf.pictures.register('block', { title: () => 'Æøå & <b>', height: () => 100,"
        " draw(ctx, width) { ctx.fillStyle = '#123456'; ctx.fillRect(0, 0, width, 100); } })"
    )
    picture = svg(wide, "block", "tall")
    assert "Æøå & <b>" in words(picture)
    assert "#123456" in {rect.get("fill") for rect in picture.iter(f"{SVG}rect")}
