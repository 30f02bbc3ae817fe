"""Pages of registers: of an event, a person, a body, a claim, a cell, the register itself, in both languages."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from entity_pages import EntityPages, entity_paths
from registers_home import write_register

from build_graph import build
from graph import HOME
from graph.server.entity.source_rows import ROWS_OF_PAGE

pytestmark = pytest.mark.slow

UK = "uk-cabinet-office-2010-q4"
MINISTER = "Minister for Testing, Paymaster of Samples, The Rt Hon Alex Example MP"
OFFICIAL = f"{UK}.4.official.fd41c1b08adb"
REGISTERS = (UK, "eu-mep-meetings", "si-lobbying-contacts", "einnsyn-moetemapper")


@pytest.fixture(scope="module")
def pages(four_registers: Path) -> EntityPages:
    return EntityPages(four_registers / "build")


def rows_in(markup: str) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return the rows on a page: the title of each, its cells by heading, and the words that are marked."""
    found = []
    for table in re.findall(r'<table class="register-row">.*?</table>', markup, re.DOTALL):
        title = re.search("<caption>(.*?)</caption>", table)
        pairs = re.findall('<th scope="row">(.*?)</th><td>(.*?)</td>', table, re.DOTALL)
        cells = {
            html.unescape(name): " ".join(html.unescape(re.sub("<[^>]+>", "", each)).split()) for name, each in pairs
        }
        marked = [html.unescape(each) for each in re.findall("<mark>(.*?)</mark>", table, re.DOTALL)]
        found.append((title[1] if title else "", cells, marked))
    return found


@pytest.mark.parametrize(
    ("lang", "row", "origin"), [("nb", "rad 4", "fylt ned fra rad 3"), ("en", "row 4", "filled down from row 3")]
)
def test_pages_show_the_row_that_proves_something(pages: EntityPages, lang: str, row: str, origin: str) -> None:
    cells = {
        "Minister": f"{MINISTER} ({origin})",
        "Date": "Oct-2010",
        "Name of External Organisation": "PCS",
        "Purpose of meeting²": "Civil Service Compensation Scheme",
    }
    official = (f"meetings.csv, {row}", cells, [MINISTER])
    assert official in rows_in(pages.markup(f"event/{UK}.4", lang))
    assert official in rows_in(pages.markup(f"actor/{UK}.fd41c1b08adb", lang))
    assert rows_in(pages.markup(f"claim/{OFFICIAL}", lang)) == [official]
    assert rows_in(pages.markup(f"participation/{UK}.4.{UK}.fd41c1b08adb", lang)) == [official]
    assert rows_in(pages.markup(f"evidence/{UK}.cell-4-1", lang)) == [official]
    (body,) = rows_in(pages.markup(f"actor/{UK}.bb594e8f240b", lang))
    assert body == (f"meetings.csv, {row}", cells, ["PCS"])


def test_what_an_event_rests_on_is_its_row_and_no_heap_of_words(pages: EntityPages) -> None:
    markup = pages.markup(f"event/{UK}.4", "en")
    excerpts = re.search('<section class="excerpts">.*?</section>', markup, re.DOTALL)
    assert excerpts
    (row,) = rows_in(excerpts[0])
    # All that was read of the meeting is marked at once.
    assert row[2] == [MINISTER, "Oct-2010", "PCS", "Civil Service Compensation Scheme"]
    assert "“”" not in html.unescape(markup)
    assert ":~:text" not in markup


def test_a_row_leads_to_its_register_and_to_its_place_there(pages: EntityPages) -> None:
    markup = pages.markup(f"claim/{OFFICIAL}", "en")
    assert f'href="https://example.org/registers/{UK}"' in markup
    assert f'href="../../about/source/{UK}?at=4&amp;lang=en#row-4"' in markup
    assert 'id="row-4"' in pages.markup(f"source/{UK}", "en", at="4")


def test_a_blank_cell_has_a_name(pages: EntityPages) -> None:
    assert pages.title(f"evidence/{UK}.cell-4-1", "en").startswith("Minister: blank cell (")
    assert pages.title(f"evidence/{UK}.cell-4-3", "nb").startswith("Name of External Organisation: «PCS» (")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_register_is_shown_row_by_row(pages: EntityPages, lang: str) -> None:
    words = pages.words(f"source/{UK}", lang)
    assert ("setning" if lang == "nb" else "sentence") not in words
    assert ("Et register med 17 rader; " if lang == "nb" else "A register of 17 rows; ") in words
    rows = rows_in(pages.markup(f"source/{UK}", lang))
    numbers = [int(title.rpartition(" ")[2]) for title, _, _ in rows]
    assert numbers == sorted({*numbers})
    assert numbers[:3] == [3, 4, 5]
    # The minister in row 3 is read from the rows below, too; each of them says so itself.
    first = pages.markup(f"source/{UK}", lang).split('id="row-4"')[0]
    assert len(re.findall('<a class="quiet"', first)) == 2
    unused = "ikke brukt: no heading, and nothing in it" if lang == "nb" else "not used: no heading, and nothing in it"
    assert unused in words


def test_a_long_register_has_pages(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "corpus").mkdir(parents=True)
    for name in ("registry", "ontology"):
        (home / name).symlink_to(HOME / name)
    days = "".join(f"2021-01-{1 + number % 28:02},Ada Example,Toll\n" for number in range(60))
    mapping = """\
people: officials
key: file-and-row
event:
  kind: meeting
  status: held
  when: {column: Date, formats: YYYY-MM-DD}
  topic: Purpose
  parts:
    - {person: Minister, role: official}
"""
    write_register(home / "registers/visits", f"Date,Minister,Purpose\n{days}", mapping)
    build(home, home / "build")
    pages = EntityPages(home / "build")

    def numbers(**at: str) -> list[int]:
        return [int(title.rpartition(" ")[2]) for title, _, _ in rows_in(pages.markup("source/visits", "en", **at))]

    shown = [numbers(page=str(page)) for page in (1, 2, 3)]
    assert [number for page in shown for number in page] == [*range(2, 62)]
    assert len(shown[1]) == ROWS_OF_PAGE
    assert numbers(page="9") == shown[2]
    assert 40 in numbers(at="40")


def test_all_pages_of_registers_can_be_opened(pages: EntityPages) -> None:
    paths = [path for path in entity_paths(pages.store) if any(name in path for name in REGISTERS)]
    kinds = Counter(path.partition("/")[0] for path in paths)
    assert {"actor", "claim", "column", "event", "evidence", "letter", "participation", "series", "source"} <= {*kinds}
    for path in paths:
        for lang in ("nb", "en"):
            words = pages.own_words(path, lang)
            assert words, path
            assert "«»" not in words, path
