"""The interactive page of registers: the panel shows the row that proves something, with headings, and cells marked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import is_too_wide, violations
from browser import SIZES, Opened, opened
from page_chunks import records_of

from build_graph import build
from graph import HOME
from graph.explorer import explorer
from graph.explorer.data import chunks, page_graph
from graph.pipeline.register_options import RegisterOptions
from graph.query.stores import connect_build

pytestmark = pytest.mark.browser

EVENT = "event:uk-cabinet-office-2010-q4.4"
COUNTERPART = "participation:uk-cabinet-office-2010-q4.4.uk-cabinet-office-2010-q4.bb594e8f240b"
OFFICIAL = "participation:uk-cabinet-office-2010-q4.4.uk-cabinet-office-2010-q4.fd41c1b08adb"
MINISTER = "Minister for Testing, Paymaster of Samples, The Rt Hon Alex Example MP"
# A meeting that is not drawn at first.
LATE = "event:si-lobbying-contacts.aaktf934vav5h-ae2e8de1"
ROW = {
    "Minister": f"{MINISTER} (filled down from row 3)",
    "Date": "Oct-2010",
    "Name of External Organisation": "PCS",
    "Purpose of meeting²": "Civil Service Compensation Scheme",
}


@pytest.fixture(scope="module")
def here(browser: Any, four_registers: Path) -> Iterator[Opened]:
    with opened(browser, four_registers / "build/explorer.html", *SIZES["wide"]) as page:
        yield page


def selected(here: Opened, state: str) -> Any:
    here.go(f"#sel={state}")
    here.page.wait_for_function("() => motegraf.data.isWhole()")
    here.settle()
    return here.page.locator("#proof")


def cells(table: Any) -> dict[str, str]:
    found: dict[str, str] = table.evaluate(
        "table => Object.fromEntries([...table.rows].map(row => [row.cells[0].textContent, row.cells[1].textContent]))"
    )
    return found


@pytest.mark.parametrize(
    ("what", "marked"),
    [
        (COUNTERPART, ["PCS"]),
        (OFFICIAL, [MINISTER]),
        (EVENT, ["Oct-2010", "Civil Service Compensation Scheme"]),
    ],
)
def test_the_panel_shows_the_row_with_its_headings(here: Opened, what: str, marked: list[str]) -> None:
    panel = selected(here, f"{what}&lang=en")
    assert panel.locator("table.row").count() == 1
    assert panel.locator("caption").inner_text() == "meetings.csv, row 4"
    assert cells(panel.locator("table.row")) == ROW
    assert panel.locator("mark.says").all_inner_texts() == marked
    assert panel.get_by_role("heading", name="The row that says so").count() == 1
    assert panel.locator("blockquote").count() == 0
    assert "from the context" not in panel.inner_text()


def test_a_row_is_introduced_in_the_language_of_the_page(here: Opened) -> None:
    panel = selected(here, f"{OFFICIAL}&lang=nb")
    assert panel.locator("caption").inner_text() == "meetings.csv, rad 4"
    assert cells(panel.locator("table.row"))["Minister"] == f"{MINISTER} (fylt ned fra rad 3)"
    assert panel.locator("td").first.get_attribute("lang") == "en"


def test_several_rows_about_one_event_are_several_tables(here: Opened) -> None:
    panel = selected(here, "event:einnsyn-moetemapper.mm-01aa-ed42c142&lang=nb")
    tie = here.page.evaluate("motegraf.data.tiesOf.get('event:einnsyn-moetemapper.mm-01aa-ed42c142')[0].id")
    panel = selected(here, f"{tie}&lang=nb")
    captions = panel.locator("caption").all_inner_texts()
    assert captions == ["moetemapper.json, element /items/0", "moetemapper.json, element /items/3"]
    assert panel.get_by_role("heading", name="Radene som sier det").count() == 1


def test_everything_that_a_register_proves_has_its_row(here: Opened) -> None:
    """Whatever is selected shows at least one row, and each row has a marked cell."""
    selected(here, EVENT)
    ids = here.page.evaluate(
        "[...motegraf.data.entities.values(), ...motegraf.data.ties.values()].filter(each => each.claims.some("
        "id => motegraf.data.sources[motegraf.data.claims[id].source].file)).map(each => each.id)"
    )
    assert len(ids) > 90
    without = here.page.evaluate(
        "ids => ids.filter(id => { motegraf.state.select(id); const rows = [...document.querySelectorAll('#proof "
        "table.row')]; return !rows.length || rows.some(row => !row.querySelector('mark') || row.caption === null); })",
        ids,
    )
    assert without == []


def test_a_graph_in_chunks_has_the_headings_too(
    browser: Any, four_registers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "MAX_AT_ONCE", 10)
    run = connect_build(four_registers / "build")
    made = explorer(run, four_registers / "corpus", [], HOME / "registry")
    assert b" data-chunk>" in made
    (tmp_path / "explorer.html").write_bytes(made)
    with opened(browser, tmp_path / "explorer.html", *SIZES["wide"]) as page:
        page.go("#lang=en")
        # The page itself reads the rest of a graph of thousands only.
        page.page.evaluate("async () => { await motegraf.data.arrive(() => {}); }")
        page.page.evaluate("id => motegraf.state.select(id)", LATE)
        assert cells(page.page.locator("#proof table.row"))["org_name"] == "DRUŠTVO PREIZKUSNIH VODNIKOV"


def test_registers_in_parts_arrive_as_the_build_has_them(
    browser: Any, four_registers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "MAX_AT_ONCE", 0)
    monkeypatch.setattr(page_graph, "MAX_AT_ONCE", 0)
    for name in ("corpus", "registry", "ontology", "registers"):
        (tmp_path / name).symlink_to((four_registers / name).resolve())
    build(tmp_path, tmp_path / "build", options=RegisterOptions(accept_partial=True, most_rows=3))
    file = tmp_path / "build/explorer.html"
    expected = records_of(file.read_bytes())
    with opened(browser, file, *SIZES["wide"]) as page:
        page.go("#lang=en")
        arrived = page.page.evaluate(
            """async () => {
                const { data } = motegraf;
                await data.arrive(() => {});
                const whole = (each) => ({ ...each, claims: each.claims.map((id) => data.claims[id]) });
                const entities = [...data.entities.values()].map(whole);
                return { entities, ties: [...data.ties.values()].map(whole), isWhole: data.isWhole(),
                    numbers: entities.map(({ id }) => data.numberOf(id)), ids: entities.map((_, n) => data.idAt(n)) };
            }"""
        )
        assert arrived["isWhole"]
        assert arrived["ids"] == sorted(expected["entities"])
        assert [arrived["ids"][number] for number in arrived["numbers"]] == [each["id"] for each in arrived["entities"]]
        for table in ("entities", "ties"):
            records = {each["id"]: comparable(each) for each in arrived[table]}
            assert records == {name: comparable(each) for name, each in expected[table].items()}
        page.page.evaluate("id => motegraf.state.select(id)", LATE)
        assert cells(page.page.locator("#proof table.row"))["org_name"] == "DRUŠTVO PREIZKUSNIH VODNIKOV"


def comparable(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what the page adds: that a part in what is planned is planned, and the words of texts."""
    claims = [
        {"iri": claim["iri"], "source": claim["source"]}
        | {side: [passage for passage in claim[side] if "heading" in passage] for side in ("keyEvidence", "context")}
        for claim in sorted(record["claims"], key=lambda claim: claim["iri"])
    ]
    certainty = {"certainty": "certain"} if record.get("certainty") == "planned" else {}
    return record | {"claims": claims} | certainty


@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark"), ("wide", "dark")])
def test_rows_break_no_rule_of_axe(browser: Any, four_registers: Path, size: str, scheme: str) -> None:
    with opened(browser, four_registers / "build/explorer.html", *SIZES[size], color_scheme=scheme) as page:
        for state in (EVENT, OFFICIAL):
            selected(page, f"{state}&lang=en")
            assert violations(page.page) == []
            assert not is_too_wide(page.page)
