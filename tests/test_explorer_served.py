"""The interactive page of a graph that no file can hold: it asks the server, and shows what one file would show."""

import json
import random
import re
import shutil
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from axe import violations
from browser import opened
from page_chunks import columns_of, payload_of, records_of
from serving import serving
from test_explorer_counts import ASK, Counted, check_counts, months, random_filters, read_graph

from build_graph import build
from graph.explorer.data import chunks, page_graph
from graph.explorer.data.columns import Columns, decode_columns
from graph.explorer.data.part_records import expand_row
from graph.explorer.data.rows_file import RowsFile
from graph.pipeline import files
from graph.pipeline.register_options import RegisterOptions

pytestmark = pytest.mark.browser

APART = RegisterOptions(accept_partial=True, most_rows=3)
EVENT = "event:uk-cabinet-office-2010-q4.4"
OFFICIAL = "participation:uk-cabinet-office-2010-q4.4.uk-cabinet-office-2010-q4.fd41c1b08adb"
MINISTER = "Minister for Testing, Paymaster of Samples, The Rt Hon Alex Example MP"
TRIES = 12
PREVIEW = (Path(__file__).parent / "counts/preview.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def home(four_registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two builds: one in a file (``whole``), and one that is too large for one (``build``)."""
    home = tmp_path_factory.mktemp("served") / "home"
    home.mkdir()
    for name in ("corpus", "registry", "ontology"):
        (home / name).symlink_to((four_registers / name).resolve())
    shutil.copytree(four_registers / "registers", home / "registers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "MAX_AT_ONCE", 0)
        patch.setattr(page_graph, "MAX_AT_ONCE", 0)
        build(home, home / "whole", options=APART)
        patch.setattr(files, "MAX_MEETINGS", 3)
        build(home, home / "build", options=APART)
    return home


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(home / "build", tmp_path_factory.mktemp("log") / "log") as server:
        yield f"http://127.0.0.1:{server.port}/explorer"


@pytest.fixture(scope="module")
def page(browser: Any, address: str) -> Iterator[Any]:
    """Yield the page, all of which has come that comes by itself; at the end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    try:
        page, wrong = context.new_page(), list[str]()
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}#lang=en")
        page.wait_for_function("() => window.motegraf && motegraf.counts.isReady()")
        yield page
        assert wrong == []
    finally:
        context.close()


def go(page: Any, hash: str, condition: str) -> None:
    page.evaluate("hash => { location.hash = hash; }", hash)
    page.wait_for_function(f"() => {condition}")


def named(columns: Columns, ids: list[str]) -> tuple[dict[str, Any], list[Any]]:
    """What columns have of entities by id, and of ties by the ids of their ends, whatever their numbers."""
    arrays, pools = columns.arrays, columns.pools

    def values(name: str, number: int) -> list[str]:
        start = arrays[f"{name}Start"]
        return sorted(pools[name][int(place)] for place in arrays[name][int(start[number]) : int(start[number + 1])])

    def value(name: str, pool: str, number: int) -> Any:
        found = pools[pool][int(arrays[name][number])]
        return tuple(found) if isinstance(found, list) else found

    entities = {
        name: (
            value("kind", "kinds", number),
            value("status", "statuses", number),
            *(arrays[day][number] for day in ("earliest", "latest")),
            *(values(each, number) for each in ("topics", "places", "sources")),
        )
        for number, name in enumerate(ids)
    }
    of_tie = (("tieKind", "tieKinds"), ("certainty", "certainties"), ("roles", "roles"), ("attendance", "attendances"))
    ends = [(ids[int(start)], ids[int(end)]) for start, end in zip(arrays["from"], arrays["to"], strict=True)]
    # Those who may have held one office, whatever its number.
    offices: defaultdict[Any, list[Any]] = defaultdict(list)
    for both, office in zip(ends, arrays["alternatives"], strict=True):
        offices[office].append(both)
    ties = [
        (*both, *(value(*each, tie) for each in of_tie), sorted(offices[office]) if office else [])
        for tie, (both, office) in enumerate(zip(ends, arrays["alternatives"], strict=True))
    ]
    return entities, sorted(ties)


def test_the_index_has_what_one_file_has(home: Path) -> None:
    """Columns and records of both builds are the same by id: numbers and order differ."""
    whole, served = ((home / name / "explorer.html").read_bytes() for name in ("whole", "build"))
    records = records_of(whole)
    columns = decode_columns((home / "build/explorer.columns").read_bytes())
    in_page = sorted(records_of(served)["entities"])
    assert payload_of(served)["served"]["entities"] == len(in_page)
    starts = payload_of(served)["starts"]
    ids, rows = dict(enumerate(in_page)), dict[str, Any]()

    def start(name: str) -> str:
        prefix, _, local = name.partition(":")
        return str(starts[prefix]) + local

    with RowsFile(home / "build/explorer.rows") as file:
        for row in file.rows(range(columns.entities)):
            made = [*expand_row(row.template, row.values, start, 0)]
            claims = dict(record for table, record in made if table == "claims")
            for table, record in made:
                if table in ("entities", "ties"):
                    rows[record["id"]] = record | {"claims": [claims[number]["id"] for number in record["claims"]]}
            events = [record["id"] for table, record in made if table == "entities"]
            ids |= dict(zip(row.entities, events, strict=True))
        assert [file.number(name) for name in list(ids.values())[len(in_page) :]] == [*ids][len(in_page) :]
        assert file.number("event:none") is None
    in_order = [ids[number] for number in range(columns.entities)]
    assert named(columns, in_order) == named(columns_of(whole), sorted(records["entities"]))
    summaries = [payload_of(each)["summary"] | {"most": None} for each in (whole, served)]
    assert summaries[0] == summaries[1]
    for name, record in rows.items():
        table = "ties" if "from" in record else "entities"
        if table == "entities" or name in records["ties"]:
            assert {key: value for key, value in records[table][name].items() if key != "claims"} == {
                key: value for key, value in record.items() if key != "claims"
            }
    assert len(rows) > 60


def test_counts_are_those_of_the_graph(page: Any, home: Path) -> None:
    graph = read_graph(home / "build")
    edges = months(graph)
    numbers = [(date.fromisoformat(day) - date(1970, 1, 1)).days for day in edges]
    chance = random.Random("served")
    passing = 0
    for _ in range(TRIES):
        filters = random_filters(graph, chance)
        counted = Counted(graph, filters)
        found = page.evaluate(ASK, {"filters": filters, "edges": numbers})
        check_counts(found, counted, edges)
        passing += bool(counted.events)
    assert passing > TRIES / 3


def test_the_preview_is_what_is_counted(page: Any) -> None:
    """What is shown before the columns have come: histogram, sentence, and the first rows of each list."""
    assert page.evaluate(PREVIEW) == []


def test_what_is_shown_is_asked_for_and_proved(page: Any) -> None:
    go(page, f"#sel={OFFICIAL}&lang=en", "document.querySelector('#proof table.row mark')")
    panel = page.locator("#proof")
    assert panel.locator("caption").inner_text() == "meetings.csv, row 4"
    assert panel.locator("mark.says").all_inner_texts() == [MINISTER]
    go(page, f"#subject={EVENT}&lang=en", "document.querySelector('#view-subject table.row')")
    assert "PCS" in page.locator("#view-subject").inner_text()
    assert violations(page) == []
    # The page of somebody counts from columns, and what it lists comes with its row.
    page.evaluate("id => motegraf.subject.open(id)", page.evaluate(f"motegraf.data.tiesTo('{EVENT}')[0].from"))
    page.wait_for_function("() => !document.getElementById('view-subject').innerText.includes('…')")
    assert page.locator("#view-subject .meetings li").count() >= 1
    page.locator("#view-subject .meetings summary").first.click()
    page.wait_for_function("() => document.querySelector('#view-subject .meetings table.row mark')")


@pytest.mark.parametrize("view", ["network", "timeline", "map", "table"])
def test_views_say_how_much_they_have(page: Any, view: str) -> None:
    go(page, f"#view={view}&lang=en", "document.getElementById('count').textContent.startsWith('Here are')")
    page.wait_for_function("() => motegraf.selection.listed(motegraf.state.now).ties.size > 0")
    # Nothing that is shown is without its name.
    names = f"[...document.querySelectorAll('#view-{view} button, #view-{view} text')].map((each) => each.textContent)"
    page.wait_for_function(f"() => !{names}.some((name) => name.trim() === '…')")
    if view == "table":
        assert page.locator("#view-table tbody tr").count() > 20


def test_a_filter_leaves_what_passes_in_every_view(page: Any) -> None:
    go(page, "#view=table&month=2010-10&lang=en", "motegraf.state.now.filters.month")
    count = page.evaluate("motegraf.counts.meetingCount(motegraf.state.now.filters)")
    assert 0 < count < 10
    page.wait_for_function("() => document.querySelectorAll('#view-table tbody tr').length > 0")
    months = page.locator("#view-table tbody tr td:nth-child(4)").all_inner_texts()
    assert len(months) > 1
    assert all(month.startswith("October") for month in months)


def test_files_have_all_that_passes(page: Any, home: Path) -> None:
    go(page, "#month=2010-10&lang=en&view=table", "motegraf.state.now.filters.month")
    with page.expect_download() as saved:
        page.locator("#export-json").click()
    content = json.loads(saved.value.path().read_text(encoding="utf-8"))
    graph = read_graph(home / "build")
    counted = Counted(graph, {"month": ["2010-10"]})
    events = {event for event in counted.events if event.startswith("event:uk-")}
    assert events
    text = json.dumps(content)
    assert all(event.partition(":")[2] in text for event in events)
    assert "~" not in text


def test_files_of_a_page_have_what_is_on_it_and_who_is_around_is_counted(page: Any, home: Path) -> None:
    go(page, "#", "!motegraf.state.now.subject")
    agent = page.evaluate("motegraf.search.find('Alex Example', 9).hits.find(hit => hit.kind === 'person').id")
    go(page, f"#subject={agent}&lang=en", f"motegraf.state.now.subject === '{agent}'")
    around = re.match(r"Show who is around \((\d+)\)", page.locator("#view-subject .acts").inner_text().split("\n")[1])
    with page.expect_download() as saved:
        page.locator("#export-json").click()
    made = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    records = records_of((home / "whole/explorer.html").read_bytes())
    own = {
        tie["to"] for tie in records["ties"].values() if tie["from"] == agent and tie["kind"] in ("part", "possible")
    }
    # Everybody around counts once, however many ties lead there.
    ends = [{tie["from"], tie["to"]} - {agent} for tie in records["ties"].values() if agent in (tie["from"], tie["to"])]
    assert around is not None
    assert int(around[1]) == len(set[str]().union(*ends))
    on_page = {tie["to"] for tie in made["ties"]}
    assert {records["entities"][event]["iri"] for event in own} == on_page
    page.locator("#tab-timeline").click()
    page.wait_for_function(f"() => motegraf.state.now.around === '{agent}' && motegraf.state.now.view === 'timeline'")
    assert page.locator("#to-subject").is_visible()


def test_what_the_server_does_not_have_is_not_chosen(page: Any) -> None:
    go(page, "#lang=en&view=overview", "motegraf.state.now.view === 'overview'")
    for name in ("~999999", "~t999999"):
        page.evaluate("name => motegraf.state.select(name)", name)
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert page.evaluate("[motegraf.state.now.selected, location.hash.includes('~')]") == [None, False]


def test_search_finds_whom_registers_name_and_leads_to_their_page(page: Any) -> None:
    go(page, "#lang=en&view=overview", "motegraf.state.now.view === 'overview'")
    page.wait_for_function("() => motegraf.searchEntities.isReady()")
    page.locator("#search").fill("alex exampel")
    page.wait_for_function("() => document.querySelector('#results [role=option]')")
    page.locator("#results [role=option]").first.click()
    page.wait_for_function("() => motegraf.state.now.subject")
    assert "Alex Example" in page.locator("#subject-title").inner_text()


def test_a_file_without_its_server_says_what_it_lacks(browser: Any, home: Path) -> None:
    with opened(browser, home / "build/explorer.html", 1280, 1000) as here:
        for language, words in (("nb", "motegraf serve"), ("en", "It is started by: motegraf serve")):
            here.go(f"#lang={language}")
            here.page.wait_for_function("() => document.getElementById('server-note')")
            assert words in here.page.locator("#server-note").inner_text()
            # The overview is that of everything all the same.
            assert here.page.locator("#block-people tbody tr").count() > 1
            assert here.page.locator("#block-histogram").is_visible()
            # What all of it rests on is in the file.
            here.page.wait_for_function("() => Object.keys(motegraf.data.sources).length > 1")
            here.settle()
            titles = here.page.evaluate("Object.values(motegraf.data.sources).map(source => source.title)")
            assert [each for each in titles if each not in here.page.locator("#proof").inner_text()] == []
            assert [here.page.locator(each).is_visible() for each in ("#deck", "#facets", "#exports")] == [False] * 3
            assert violations(here.page) == []


def test_server_refuses_what_is_not_of_its_build(address: str, home: Path) -> None:
    digest = payload_of((home / "build/explorer.html").read_bytes())["served"]["build"]

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        try:
            with urllib.request.urlopen(f"{address}/{path}") as response:
                return response.status, dict(response.headers), response.read()
        except HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    status, headers, body = answer(f"columns?build={digest}")
    assert (status, body) == (200, (home / "build/explorer.columns").read_bytes())
    assert "immutable" in headers["cache-control"]
    assert headers["etag"] == f'"{digest}"'
    assert answer("columns?build=other")[0] == 410
    assert answer("records?build=other&entities=1")[0] == 410
    for wrong in ("", "entities=x", "id=<x>", "entities=" + ".".join(["1"] * 701)):
        assert answer(f"records?{wrong}")[0] == 400, wrong
    status, _, body = answer(f"records?id={OFFICIAL}&id=event:none&entities=999999999")
    content = json.loads(body)
    assert status == 200
    assert (len(content["rows"]), [*content["numbers"]]) == (1, [OFFICIAL])
