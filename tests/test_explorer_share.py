"""What leaves the interactive page as data: all that passes the filters, with what identifies and proves it."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import Opened, opened, opened_alone
from large_graph import LARGE_MEETING, large_graph, large_page
from pyoxigraph import RdfFormat, parse

pytestmark = pytest.mark.browser

EDGE = "{http://gexf.net/1.3}edge"


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    return large_graph()


@pytest.fixture(scope="module")
def large(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    file = tmp_path_factory.mktemp("share") / "explorer.html"
    file.write_bytes(large_page())
    with opened(browser, file) as here:
        yield here


def arrived(here: Opened, hash: str) -> Opened:
    here.go(hash)
    here.page.wait_for_function("() => motegraf.shareRecords.isReady()")
    return here


def rows(text: str) -> list[dict[str, str]]:
    assert text[0] == "\ufeff"
    return [*csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";")]


def saved(here: Opened, kind: str, folder: Path) -> Path:
    with here.page.expect_download() as download:
        here.page.locator(f"#export-{kind}").click()
    file = folder / str(download.value.suggested_filename)
    download.value.save_as(file)
    return file


def starts(payload: dict[str, Any]) -> dict[str, str]:
    return {entity["id"]: entity.get("earliest", "") for entity in payload["entities"]}


def test_csv_of_a_large_graph_has_all_that_pass(large: Opened, payload: dict[str, Any]) -> None:
    arrived(large, "#view=table&from=2015-01-01&to=2015-12-31")
    drawn = large.page.evaluate("motegraf.selection.visible(motegraf.state.now).ties.size")
    days = starts(payload)
    passing = [tie for tie in payload["ties"] if "2015-01-01" <= days[tie["to"]] <= "2015-12-31"]
    found = rows(large.page.evaluate("motegraf.exports.csvText()"))
    assert len(found) == len(passing) > drawn
    assert [row["Forbindelse (IRI)"] for row in found] == [
        tie["iri"] for tie in sorted(passing, key=lambda tie: (days[tie["to"]], tie["id"]))
    ]
    assert {row["Bare mulig i tidsrommet"] for row in found} == {"nei"}


@pytest.mark.parametrize("kind", ["gexf", "turtle", "json"])
def test_every_kind_of_file_has_all_that_pass(large: Opened, payload: dict[str, Any], kind: str) -> None:
    arrived(large, "#status=status:planned")
    status = {entity["id"]: entity.get("status") for entity in payload["entities"]}
    passing = {tie["iri"] for tie in payload["ties"] if status[tie["to"]] == "status:planned"}
    text = large.page.evaluate(f"motegraf.exports.{kind}Text()")
    if kind == "gexf":
        found = {edge.get("id") for edge in ElementTree.fromstring(text).iter(EDGE)}
    elif kind == "json":
        found = {tie["iri"] for tie in json.loads(text)["ties"]}
    else:
        event = "https://w3id.org/motegraf/ontology#event"
        quads = parse(text, format=RdfFormat.TURTLE)
        found = {quad.subject.value for quad in quads if quad.predicate.value == event}
    assert found == passing
    assert len(found) > 400


def test_file_of_rings_has_all_who_are_around(large: Opened, payload: dict[str, Any]) -> None:
    arrived(large, f"#around={LARGE_MEETING}&view=timeline")
    around = [tie for tie in payload["ties"] if tie["to"] == LARGE_MEETING]
    assert len(rows(large.page.evaluate("motegraf.exports.csvText()"))) == len(around) > 900
    drawn = rows(large.page.evaluate("motegraf.exports.csvText('drawn')"))
    assert len(drawn) == large.page.evaluate("motegraf.selection.visible(motegraf.state.now).ties.size") < 60


def test_all_and_drawn_are_two_choices_with_their_numbers(large: Opened, tmp_path: Path) -> None:
    arrived(large, f"#around={LARGE_MEETING}")
    choices = large.page.locator("#exports .which label").all_inner_texts()
    assert [choice.strip() for choice in choices] == [
        "alt som passer: 906 navn, 905 forbindelser",
        "det som er tegnet: 48 navn, 47 forbindelser",
    ]
    assert large.page.locator("#export-all").is_checked()
    whole = saved(large, "csv", tmp_path)
    assert whole.name == "motegraf-mote-0399.csv"
    assert len(rows(whole.read_text(encoding="utf-8"))) == 905
    large.page.locator("#export-drawn").check()
    part = saved(large, "csv", tmp_path)
    assert part.name == "motegraf-mote-0399-tegnet.csv"
    assert len(rows(part.read_text(encoding="utf-8"))) == 47
    assert large.page.locator("#export-status").inner_text() == "Lagret som motegraf-mote-0399-tegnet.csv"
    large.page.locator("#export-all").check()


def test_download_waits_for_what_has_not_arrived(
    browser: Any, large: Opened, payload: dict[str, Any], tmp_path: Path
) -> None:
    with opened_alone(browser, large.file) as slow:
        slow.window.add_init_script(
            "const text = Response.prototype.text;"
            "Response.prototype.text = async function () {"
            " await new Promise(done => setTimeout(done, 200)); return text.call(this); }"
        )
        check_that_download_waits(slow, payload, tmp_path)


def check_that_download_waits(large: Opened, payload: dict[str, Any], tmp_path: Path) -> None:
    large.go("")
    large.page.evaluate(
        "() => { window.said = []; const box = document.getElementById('exports');"
        " new MutationObserver(() => said.push(box.textContent)).observe(box, { childList: true, subtree: true }); }"
    )
    text = saved(large, "csv", tmp_path).read_text(encoding="utf-8")
    assert len(rows(text)) == len(payload["ties"])
    assert any("Venter på resten av grafen: " in words for words in large.page.evaluate("said"))


def test_page_that_is_cut_says_that_it_cannot_save_all(browser: Any, tmp_path: Path) -> None:
    page = large_page()
    (tmp_path / "cut.html").write_bytes(page[: page.index(b"data-chunk>")] + b"></script></body></html>")
    with opened_alone(browser, tmp_path / "cut.html") as here:
        here.page.clock.install()
        here.go("")
        here.page.locator("#export-csv").click()
        here.page.clock.run_for(60_000)
        here.page.wait_for_function(
            "() => document.getElementById('export-status').textContent.startsWith('Resten av grafen er ikke i denne')"
        )


def test_json_says_what_it_holds(wide: Opened) -> None:
    wide.go("#around=person:laila-bokhari&certainty=possible&lang=en&from=2014-01-01&to=2014-12-31")
    made = json.loads(wide.page.evaluate("motegraf.exports.jsonText()"))
    assert made["title"] == "Around Laila Bokhari · 2014 · Possible"
    assert made["filters"] == {"certainty": ["possible"], "span": ["2014-01-01", "2014-12-31"]}
    assert made["counts"]["ties"] == len(made["ties"]) == 4
    assert made["counts"]["of"] == {"entities": 44, "events": 11, "ties": 52}
    assert made["chosen"] == "all that passes the filters"
    [source] = made["sources"]
    assert source["address"].startswith("https://")
    assert source["retrieved"] != ""
    ends = {tie["from"] for tie in made["ties"]}
    assert ends == {"https://w3id.org/motegraf/person/laila-bokhari"}
    assert all(tie["certainty"] == "possible" for tie in made["ties"])
    assert {words for tie in made["ties"] for proof in tie["proof"] for words in proof.get("words", [])}


def test_events_without_anybody_are_rows_too(wide: Opened) -> None:
    wide.go("#kind=event")
    found = rows(wide.page.evaluate("motegraf.exports.csvText()"))
    assert len({row["Arrangement (IRI)"] for row in found}) == len(found) == 11
    assert {row["Hvem"] for row in found} == {""}
    assert [row["Tidligst"] for row in found] == sorted(row["Tidligst"] for row in found)


def test_title_of_the_document_follows_the_view(wide: Opened) -> None:
    wide.go("#around=person:erna-solberg&view=timeline&from=2014-01-01&to=2014-12-31")
    assert wide.page.title() == "Rundt Erna Solberg · 2014 – Tidslinje – Møtegraf"
    wide.page.evaluate("motegraf.state.set({ language: 'en', around: null, view: 'map', filters: {} })")
    assert wide.page.title().endswith("– Map – Møtegraf")
