"""The interactive page filters first and cuts afterwards: every number and every list is of all that passes."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, used, window
from large_graph import CROWD, GROUPS, LARGE_MEETING, MEETINGS, large_graph, large_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    return large_graph()


@pytest.fixture(scope="module")
def large_window(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    file = tmp_path_factory.mktemp("filters") / "explorer.html"
    file.write_bytes(large_page())
    with window(browser, file, *SIZES["wide"]) as page:
        yield page


@pytest.fixture
def large(large_window: Opened) -> Iterator[Opened]:
    with used(large_window):
        yield large_window


def open_whole(page: Opened, hash: str) -> None:
    page.go(hash)
    page.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.counts.isReady()")
    page.settle()


def facet(page: Opened, name: str) -> dict[str, int]:
    rows = page.page.locator(f"#facet-{name} + ul label").all()
    return {
        row.locator("span").first.inner_text(): int(re.sub(r"\s", "", row.locator(".number").inner_text()))
        for row in rows
    }


def test_facets_of_rings_count_all_and_the_cut_takes_what_passes(large: Opened) -> None:
    """The last meeting has one introducer, one organiser and 903 groups; no more than 47 of them are drawn."""
    open_whole(large, f"#around={LARGE_MEETING}")
    assert facet(large, "kind")["Gruppe uten navn"] == GROUPS + CROWD
    assert facet(large, "role") == {"Deltaker": GROUPS + CROWD, "Innleder": 1, "Arrangør": 1}
    assert large.page.locator("#scope").inner_text().startswith("Tallene gjelder alle 906 navn rundt Møte 0399")
    open_whole(large, "#around=person:p09&rings=2&role=role:organiser")
    # Two rings around a person hold more than is drawn, but all organisers among them find room.
    meetings = [number for number in range(MEETINGS) if number % 30 == 9]
    passing = large.page.evaluate("[...motegraf.selection.visible(motegraf.state.now).ties]")
    assert len(passing) == len(meetings)
    assert set(passing) <= set(large.drawn()["ties"])
    assert facet(large, "role")["Deltaker"] == len(meetings) * GROUPS + (CROWD if MEETINGS - 1 in meetings else 0)


def test_every_view_and_the_csv_have_all_that_passes_and_say_so(
    large: Opened, payload: dict[str, Any], tmp_path: Path
) -> None:
    ties = sum(tie["to"] == LARGE_MEETING for tie in payload["ties"])
    open_whole(large, f"#around={LARGE_MEETING}")
    assert large.page.locator("#chosen-by").inner_text().startswith("Tegnet er de med flest forbindelser")
    for view in ("timeline", "map", "table"):
        large.page.locator(f"#tab-{view}").click()
        said = large.page.locator("#count").inner_text()
        assert said.startswith(f"Her er {ties + 1} av 2\u00a0830 navn"), view
        assert large.page.locator("#download-all").inner_text() == "Last ned alle"
    with large.page.expect_download() as download:
        large.page.locator("#download-all").click()
    download.value.save_as(tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream, delimiter=";"))) == ties + 1


def test_timeline_of_many_meetings_is_grouped_and_each_group_opens(large: Opened, payload: dict[str, Any]) -> None:
    events = [entity for entity in payload["entities"] if entity["kind"] == "event"]
    open_whole(large, "#view=timeline")
    years = Counter(event["earliest"][:4] for event in events)
    groups = large.page.locator("#view-timeline .group-of")
    assert [re.sub(r"\W+", " ", each).strip() for each in groups.all_inner_texts()] == [
        f"{year} {count}" for year, count in sorted(years.items())
    ]
    # The slider is that of the data, not of a sample.
    assert large.page.locator("#span-to").get_attribute("aria-valuetext") == "31. mars 2016"
    large.page.locator("#group-2016").press("Enter")
    assert large.page.evaluate("document.activeElement.id") == "group-2016"
    assert large.page.locator("#view-timeline [data-event]").count() == years["2016"]
    large.page.locator("#group-2014").click()
    large.page.locator("#group-2014-05").click()
    months = Counter(event["earliest"][:7] for event in events)
    assert large.page.locator("#view-timeline [data-event]").count() == years["2016"] + months["2014-05"]


def test_order_and_page_of_the_table_are_in_the_address(large: Opened) -> None:
    open_whole(large, "#view=table")
    rows = large.page.locator("#view-table tbody tr")
    large.page.locator("#sort-event").click()
    large.page.locator("#sort-event").click()
    assert large.page.evaluate("document.activeElement.id") == "sort-event"
    large.page.locator("#rows-after").click()
    assert "sort=-event&page=2" in large.page.url
    first = rows.first.get_attribute("data-tie")
    open_whole(large, large.page.evaluate("location.hash"))
    assert rows.first.get_attribute("data-tie") == first
    assert large.page.locator("#sort-event").inner_text().endswith("↓")
    # A filter begins at the first page.
    large.page.locator("label", has_text="Innleder").click()
    assert "page=" not in large.page.url
    assert "sort=-event" in large.page.url


def test_filters_that_leave_nothing_say_so_and_can_be_taken_back(wide: Opened) -> None:
    wide.go("#view=network&role=role:speaker&month=2015-03&others=hide")
    nothing = wide.page.locator("#nothing")
    assert nothing.inner_text().startswith("Ingenting passer til alle filtrene.")
    assert not wide.page.locator("#canvas").is_visible()
    for view, empty in (("table", "table"), ("map", "[data-listed]"), ("timeline", "svg.time [data-event]")):
        wide.page.locator(f"#tab-{view}").click()
        assert nothing.is_visible()
        assert wide.page.locator(f"#view-{view} {empty}").count() == 0
    wide.page.locator("#tab-network").click()
    button = nothing.locator("button").first
    assert button.inner_text() == "Fjern «Mars 2015» (da passer 2)"
    button.click()
    assert "month=" not in wide.page.url
    assert wide.page.locator("#nothing").is_hidden()
    assert len(wide.drawn()["entities"]) == 2
    # Fields go with their meetings.
    assert [each["words"] for each in wide.drawn()["headings"]] == ["des. 2014"]


def test_who_is_around_says_so_where_nobody_passes_and_how_many_do(wide: Opened) -> None:
    page = wide.page
    wide.go("#sel=person:laila-bokhari&certainty=certain")
    assert page.locator("#show-around").inner_text() == "Vis hvem som er rundt (3 av 7)"
    wide.go("#sel=event:drammen-2015")
    assert page.locator("#proof .around-alone").inner_text() == "Møte i Drammen har ingen forbindelser til andre her."
    # In the middle, alone: what leaves the others out can be removed, and what is around in two rings is offered.
    wide.go("#around=person:anders-anundsen&certainty=certain&kind=person&others=hide")
    nothing = page.locator("#nothing")
    assert nothing.inner_text().startswith("Den ene rundt Anders Anundsen passer ikke til filtrene.")
    nothing.locator("button", has_text="Fjern alle filtre (da er 1 rundt)").click()
    assert nothing.is_hidden()
    wide.go("#around=person:erna-solberg&kind=person")
    nothing.locator("[data-rings]").click()
    assert page.evaluate("motegraf.state.now.rings") == 2
    assert nothing.is_hidden()
    assert page.evaluate("motegraf.selection.visible(motegraf.state.now).entities.size") > 1


def test_filter_of_what_the_first_view_leaves_out_shows_it(wide: Opened) -> None:
    wide.go("#kind=letter&others=hide")
    assert [each.split(":")[0] for each in wide.drawn()["entities"]] == ["letter"]
    wide.go("#")
    assert (
        wide.page.locator("#chosen-by").inner_text().startswith("Ikke med her: organisasjon (7), gruppe uten navn (4)")
    )


@pytest.mark.parametrize(
    ("hash", "unknown"),
    [
        ("#role=Denne siden er flyttet til ondsinnet.example&kind=person", 1),
        ("#topic=topic:ukjent&county=x&sel=nobody&around=__proto__&view=<b>&from=2014-13-40", 6),
        ("#month=" + "&month=".join(f"{year}-01" for year in range(3000, 9000)), 6000),
        ("#role=" + "y" * 100_000, 1),
        ("#more=" + "&more=".join(f"person:p{number}" for number in range(9000)), 9000),
    ],
)
def test_values_of_the_address_that_do_not_exist_are_counted_and_not_shown(
    wide: Opened, hash: str, unknown: int
) -> None:
    wide.go(hash)
    count = f"{unknown:,}".replace(",", "\u00a0")
    said = f"{count} verdier i lenken finnes ikke her og er utelatt."
    assert wide.page.locator("#link-note").inner_text() == (
        "Én verdi i lenken finnes ikke her og er utelatt." if unknown == 1 else said
    )
    shown = wide.page.locator("#chips").inner_text() + wide.page.locator("#facets").inner_text()
    assert not re.search("ondsinnet|ukjent|yyyy|3000", shown)
    wide.page.locator("#tab-table").click()
    assert wide.page.locator("#link-note").inner_text() == ""
