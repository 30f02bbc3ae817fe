"""The overview of the interactive page: histogram, brush and lists, what they lead to, and that nothing moves."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import is_too_wide, violations
from browser import SIZES, Opened, opened, used, window
from large_graph import MEETINGS, large_graph, large_page

pytestmark = pytest.mark.browser

SHIFTS = """() => new Promise((done) => {
  const shifts = [];
  const add = (list) => shifts.push(...list.getEntries().filter((entry) => !entry.hadRecentInput));
  const observer = new PerformanceObserver(add);
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(shifts.reduce((sum, { value }) => sum + value, 0)), 400);
})"""
STATE = "motegraf.state.now"
# Two years and two months of meetings, one every second day: a bin is a month or shorter.
LAST_DAY = "2016-03-09"


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("overview") / "explorer.html"
    file.write_bytes(large_page())
    return file


@pytest.fixture(scope="module")
def large_window(browser: Any, large_file: Path) -> Iterator[Opened]:
    with window(browser, large_file, *SIZES["wide"]) as page:
        yield page


@pytest.fixture
def page(large_window: Opened) -> Iterator[Opened]:
    with used(large_window):
        whole(large_window)
        yield large_window


def whole(page: Opened, hash: str = "#") -> None:
    page.go(hash)
    page.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.counts.isReady()")
    page.settle()


def rows(page: Opened, name: str) -> list[list[str]]:
    """The rows of a list: name, held, planned, possible."""
    page.page.wait_for_function(f"() => document.querySelector('#block-{name} tbody .name-of')")
    found: list[list[str]] = page.page.locator(f"#block-{name} tbody tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.name-of').textContent, "
        "...['held', 'planned', 'possible'].map(look => row.querySelector(`.number.${look}`).textContent)])"
    )
    return found


def parts_of(status: str, kind: str) -> Counter[str]:
    graph = large_graph()
    by_id = {entity["id"]: entity for entity in graph["entities"]}
    return Counter(
        tie["from"]
        for tie in graph["ties"]
        if by_id[tie["from"]]["kind"] == kind and by_id[tie["to"]].get("status") == status
    )


def test_a_large_graph_is_counted_first(page: Opened) -> None:
    assert page.page.evaluate(f"{STATE}.view") == "overview"
    held, planned = parts_of("status:held", "person"), parts_of("status:planned", "person")
    expected = sorted(
        ((-held[name], -planned[name], name) for name in held | planned),
    )[:8]
    labels = {entity["id"]: entity.get("label", {})["nb"] for entity in large_graph()["entities"]}
    assert rows(page, "people") == [
        [labels[name], str(-certain), str(-later) if later else "·", "·"] for certain, later, name in expected
    ]
    lead = page.page.locator(".lead").inner_text()
    assert f"{MEETINGS * 3 // 4} møter holdt og {MEETINGS // 4} planlagt" in lead
    # Before the drawing that is behind a tab, nothing was drawn.
    assert page.page.locator("#view-network").is_hidden()


def test_an_address_that_asks_for_a_drawing_gets_it(page: Opened) -> None:
    for hash, view in [("#around=person:p03", "network"), ("#all=yes", "network"), ("#view=table", "table")]:
        whole(page, hash)
        assert page.page.evaluate(f"{STATE}.view") == view
    assert page.page.evaluate("motegraf.state.serialise({ ...motegraf.state.read(''), view: 'network' })") == (
        "#view=network"
    )


def test_histogram_is_the_brush_of_all_views(page: Opened) -> None:
    start = page.page.locator("#histogram-from")
    before = page.page.evaluate("history.length")
    start.focus()
    for _ in range(3):
        page.page.keyboard.press("PageUp")
    page.settle()
    span = page.page.evaluate(f"{STATE}.filters.span")
    assert span[0] > "2014-01-01"
    assert span[1] == ""
    assert page.page.evaluate("document.activeElement.id") == "histogram-from"
    # A walk of one thumb is one step back.
    assert page.page.evaluate("history.length") == before + 1
    counted = page.page.evaluate(f"motegraf.aggregates.overview({STATE}.filters).meetings")
    assert 0 < counted["held"] + counted["planned"] < MEETINGS
    page.page.locator("#tab-timeline").click()
    assert page.page.evaluate(f"{STATE}.filters.span") == span
    page.page.locator("#tab-overview").click()
    page.page.keyboard.press("Tab")
    page.page.locator("#histogram-from").press("Home")
    assert page.page.evaluate(f"{STATE}.filters.span ?? null") is None


def test_few_meetings_of_many_have_a_scale_of_their_own_and_it_is_said(page: Opened) -> None:
    made = "motegraf.state.set({ filters: FILTERS }); motegraf.histogram.pictured(200, 200)"
    own = page.page.evaluate(made.replace("FILTERS", "{ actor: ['person:p03'] }"))
    assert re.search(r"Skalaen er deres egen og går til 1; uten filtre er det opptil \d\d per måned\.$", own["words"])
    assert max(box["h"] for box in own["figure"]["boxes"] if box["look"] == "held") > 100
    assert "behind" not in own["looks"]
    # Where both can be read they stand on one scale.
    both = page.page.evaluate(made.replace("FILTERS", "{ role: ['role:organiser'] }"))
    assert "Skalaen" not in both["words"]


def test_a_drag_over_the_bars_is_one_step_and_a_press_is_a_bin(page: Opened) -> None:
    box = page.page.locator(".stage").bounding_box()
    before = page.page.evaluate("history.length")
    y = box["y"] + 40
    page.page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.page.mouse.down()
    for share in (0.35, 0.4, 0.45, 0.5):
        page.page.mouse.move(box["x"] + box["width"] * share, y)
        page.settle()
    page.page.mouse.up()
    first, last = page.page.evaluate(f"{STATE}.filters.span")
    assert "2014-05" < first < "2014-11"
    assert "2014-12" < last < "2015-06"
    assert page.page.evaluate("history.length") == before + 1
    page.page.mouse.click(box["x"] + box["width"] * 0.8, y)
    pressed = page.page.evaluate(f"{STATE}.filters.span")
    assert pressed[0] > last
    row = page.page.evaluate(
        "motegraf.histogram.tableRows().find(row => row.from === motegraf.state.now.filters.span[0])"
    )
    assert row["to"] == pressed[1]
    counted = page.page.evaluate(f"motegraf.aggregates.overview({STATE}.filters).meetings")
    assert (counted["held"], counted["planned"]) == (row["held"], row["planned"])
    page.page.mouse.click(box["x"] + box["width"] * 0.8, y)
    assert page.page.evaluate(f"{STATE}.filters.span ?? null") is None


def test_names_and_numbers_lead_on(page: Opened) -> None:
    for opener in (".name-of", ".bar-line"):
        page.page.locator(f"#block-people {opener}").first.click()
        assert page.page.evaluate(f"[{STATE}.view, {STATE}.subject]") == ["overview", "person:p00"]
        assert "Person Åse 00" in page.page.locator("#subject-title").inner_text()
        page.page.go_back()
        page.settle()
        assert page.page.evaluate(f"{STATE}.subject") is None
    held = rows(page, "people")[0][1]
    page.page.locator("#block-people .number.held button").first.click()
    assert page.page.evaluate(f"{STATE}.filters.actor") == ["person:p00"]
    assert "Person Åse 00" in page.page.locator("#chips").inner_text()
    counted = page.page.evaluate(f"motegraf.aggregates.overview({STATE}.filters).meetings")
    assert str(counted["held"]) == held
    # The same choice in the other views: every event of the table is one of hers.
    page.page.locator("#tab-table").click()
    events = page.page.evaluate("[...motegraf.selection.listed(motegraf.state.now).entities].length")
    assert events > counted["held"]
    page.page.go_back()
    page.page.locator("#block-people .number.held button").first.click()
    assert page.page.evaluate(f"{STATE}.filters.actor ?? null") is None


def test_order_and_search_of_a_list_are_in_the_address(page: Opened) -> None:
    page.page.locator("#sort-list-bodies").select_option("first")
    page.page.locator("#find-bodies").fill("rift 29")
    page.settle()
    found = [row[0] for row in rows(page, "bodies")]
    assert found[0] == "Bedrift 299"
    assert page.page.evaluate("document.activeElement.id") == "find-bodies"
    hash = page.page.evaluate("location.hash")
    whole(page, hash)
    assert [row[0] for row in rows(page, "bodies")] == found
    assert page.page.locator("#find-bodies").input_value() == "rift 29"
    whole(page, "#list=bodies~nothing~1~x&list=cats~certain~8~&list=people~name~9999999~")
    assert page.page.evaluate(f"{STATE}.lists") == {}


def test_more_rows_come_without_losing_the_focus(page: Opened) -> None:
    page.page.locator("#more-people").click()
    page.settle()
    assert len(rows(page, "people")) == 30
    assert page.page.evaluate("document.activeElement.textContent").startswith("Person Åse")


def test_pairs_are_counted_and_can_be_chosen(page: Opened) -> None:
    first = page.page.locator("#block-pairs tbody tr").first
    first.locator(".number.held button").wait_for()
    number = int(first.locator(".number.held").inner_text())
    first.locator(".number.held button").click()
    assert len(page.page.evaluate(f"{STATE}.filters.actor")) == 2
    assert page.page.evaluate(f"motegraf.aggregates.overview({STATE}.filters).meetings.held") == number


def test_two_or_three_who_are_ticked_are_compared(page: Opened) -> None:
    boxes = page.page.locator("#block-people .pick")
    boxes.first.focus()
    page.page.keyboard.press("Space")
    page.settle()
    # The focus stays at what was ticked, and one alone is no comparison.
    assert page.page.evaluate("document.activeElement.id") == "pick-people-person:p00"
    assert page.page.locator("#compare-picked").count() == 0
    page.page.locator("#block-bodies .pick").first.check()
    boxes.nth(1).check()
    assert boxes.nth(2).is_disabled()
    picked = page.page.evaluate(f"{STATE}.picked")
    assert len(picked) == 3
    assert page.page.evaluate("location.hash").count("pick=") == 3
    assert violations(page.page) == []
    page.page.locator(f"[id='unpick-{picked[1]}']").click()
    page.page.locator("#compare-picked").click()
    assert page.page.evaluate(f"{STATE}.compare") == [picked[0], picked[2]]
    page.page.go_back()
    page.settle()
    assert page.page.locator("#block-people .pick:checked").count() == 2
    page.page.locator("#unpick-all").click()
    assert page.page.locator(".pick:checked").count() == 0
    # Nobody of that name: left out, and said so.
    whole(page, "#pick=person:nobody&subject=constructor&compare=x")
    assert "3 verdier i lenken finnes ikke her" in page.page.locator(".lead").inner_text()
    # Of a pair at once.
    page.page.locator("#block-pairs .compare-pair").first.click()
    assert len(page.page.evaluate(f"{STATE}.compare")) == 2


def test_blocks_have_rows(page: Opened) -> None:
    page.page.locator("#block-pairs tbody .name-of").first.wait_for()
    found = page.page.evaluate(
        """async () => {
          return Promise.all(motegraf.overview.blocks().map(async (block) => ({
            name: block.name, title: block.title, isThere: Boolean(block.element),
            rows: (await block.rows()).length,
          })));
        }"""
    )
    by_name = {block["name"]: block for block in found}
    assert [*by_name][:4] == ["histogram", "people", "bodies", "pairs"]
    assert all(block["title"] and block["isThere"] for block in found)
    assert by_name["people"]["rows"] == 30
    assert by_name["bodies"]["rows"] == 300


def test_a_small_graph_is_drawn_under_two_blocks(wide: Opened) -> None:
    wide.page.wait_for_function("() => document.querySelector('#block-most .name-of')")
    assert wide.page.evaluate(f"{STATE}.view") == "network"
    assert rows(wide, "most")[0] == ["Laila Bokhari", "3", "·", "4"]
    assert wide.page.locator("#block-histogram").is_visible()
    strip, canvas = (wide.page.locator(f"#{name}").bounding_box() for name in ("overview-small", "canvas"))
    assert strip["y"] + strip["height"] <= canvas["y"]
    wide.page.locator("#tab-overview").click()
    wide.settle()
    assert rows(wide, "people")[0] == ["Laila Bokhari", "3", "·", "4"]
    # Of an actor the histogram tells what is possible, too.
    wide.page.locator("#block-people .number.held button").first.click()
    counted = wide.page.evaluate(f"motegraf.aggregates.overview({STATE}.filters).meetings")
    assert counted == {"held": 3, "planned": 0, "possible": 4, "off": 0, "undated": 0}
    assert wide.page.locator("#block-histogram").count() == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("graph", ["small", "large"])
def test_nothing_moves_while_it_is_read(browser: Any, file: Path, large_file: Path, graph: str, size: str) -> None:
    with opened(browser, file if graph == "small" else large_file, *SIZES[size]) as page:
        for hash in ("",) if graph == "small" else ("", "#subject=person:p00", "#around=person:p00"):
            page.go(hash)
            page.page.wait_for_function("() => motegraf.counts.canCount() && motegraf.data.isWhole()")
            assert page.page.evaluate(SHIFTS) < 0.1, hash


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("wide", "dark"), ("narrow", "light")])
def test_overview_is_accessible(browser: Any, large_file: Path, size: str, theme: str) -> None:
    with opened(browser, large_file, *SIZES[size], color_scheme=theme) as page:
        whole(page, "#from=2014-06-01&sel=person:p00&actor=person:p00")
        page.page.locator(".as-table summary").click()
        page.page.locator("#block-pairs tbody .name-of").first.wait_for()
        assert violations(page.page) == []
        assert not is_too_wide(page.page)


def test_a_page_without_columns_is_drawn(browser: Any, large_file: Path, tmp_path: Path) -> None:
    text = large_file.read_text(encoding="utf-8")
    start = text.index('<script type="application/octet-stream" id="columns"')
    file = tmp_path / "explorer.html"
    file.write_text(text[:start] + text[text.index("</script>", start) + 9 :], encoding="utf-8")
    with opened(browser, file, *SIZES["wide"]) as page:
        page.go()
        page.page.wait_for_function(f"() => {STATE}.view === 'network'")
