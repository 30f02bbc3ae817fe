"""Rows of registers as proof: the row with its headings, the cells that prove it marked, in every format."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode
from registers_home import write_register

from build_graph import build
from graph import HOME
from graph.cli.main import motegraf
from graph.model.labels import Label
from graph.model.sources import CellSelector, PointerSelector
from graph.query.passages import Passage, RowCell, TableRow
from graph.query.proof import passages_by_entity
from graph.query.row_words import cell_text, row_place, row_title
from graph.query.stores import connect_build, connect_nquads
from graph.query.table_rows import MAX_LETTERS
from graph.rdf.terms import iri

pytestmark = pytest.mark.slow

LONG = "A purpose that goes on and on. " * 12
TABLE = f"""\
Minister,Date,Body,Purpose
Ada Example,2020-01-02,"First <b>Body</b>
of | *two* lines",Tax
,2020-01-03,Second Body Ltd,{LONG}
Bo Example,2020-02-01,Third Body Ltd,
"""
MAPPING = """\
people: officials
key: file-and-row
fill_down: Minister
event:
  kind: meeting
  status: held
  when: {column: Date, formats: YYYY-MM-DD}
  topic: Purpose
  parts:
    - person: Minister
      role: official
    - body: {column: Body}
      role: counterpart
"""


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with one small register, of which one row is filled down and one cell is long."""
    home = tmp_path_factory.mktemp("visits") / "home"
    (home / "corpus").mkdir(parents=True)
    for name in ("registry", "ontology"):
        (home / name).symlink_to(HOME / name)
    write_register(home / "registers/visits", TABLE, MAPPING)
    build(home, home / "build")
    return home


def ask(home: Path, *words: str) -> str:
    result = CliRunner().invoke(motegraf, ["ask", "--home", str(home), "who_met_which_body", "--proof", "-q", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_terminal_shows_a_row_with_its_headings(visits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = ask(visits, "--lang", "en").splitlines()
    first = lines.index("  table.csv, row 3:")
    purpose = f"{LONG[: MAX_LETTERS - 1].rstrip()}…"
    assert lines[first : first + 7] == [
        "  table.csv, row 3:",
        "    Minister  “Ada Example” (filled down from row 2)",
        "    Date      2020-01-03",
        "    Body      “Second Body Ltd”",
        f"    Purpose   {purpose}",
        "  A register",
        "  https://example.org/register",
    ]
    # The row from which a name is filled down proves nothing else, and a row has no cell that is blank.
    assert lines.count("  table.csv, row 2:") == 1
    last = lines.index("  table.csv, row 4:")
    assert not any("Purpose" in line for line in lines[last:])


def test_a_narrow_terminal_wraps_cells_and_cuts_no_proving_word(visits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = ask(visits)
    assert max(map(len, text.splitlines())) <= 40
    assert "«First <b>Body</b> of | *two* lines»" in " ".join(text.split())
    assert "(fylt ned fra rad 2)" in " ".join(text.split())


def test_markdown_html_and_data_have_the_row(visits: Path) -> None:
    first = ask(visits, "--lang", "en", "-f", "markdown").splitlines()[2]
    assert first.split(" | ")[-1].rstrip(" |") == (
        "Minister: **“Ada Example”**<br>Date: 2020-01-02<br>"
        "Body: **“First \\<b\\>Body\\</b\\> of \\| \\*two\\* lines”**"
        "<br>Purpose: Tax<br>table.csv, row 2, A register, <https://example.org/register>"
    )
    html = ask(visits, "--lang", "en", "-f", "html")
    assert (
        "<table><caption>table.csv, row 3</caption>"
        '<tr><th scope="row">Minister</th><td><mark>Ada Example</mark> (filled down from row 2)</td></tr>'
        '<tr><th scope="row">Date</th><td>2020-01-03</td></tr>'
        '<tr><th scope="row">Body</th><td><mark>Second Body Ltd</mark></td></tr>'
    ) in html
    assert "<b>" not in html
    line = "Minister: «Ada Example»; Date: 2020-01-02; Body: «First <b>Body</b> of | *two* lines»; Purpose: Tax"
    proof = f"{line} | table.csv#row=2 | A register | https://example.org/register"
    assert next(csv.DictReader(io.StringIO(ask(visits, "-f", "csv"))))["proof"] == proof
    answer = json.loads(ask(visits, "-f", "json"))["results"]["bindings"][0]
    assert answer["proof"] == {"type": "literal", "value": proof}
    assert proof.replace("|", ",").replace(" , ", ", ")[:40] in ask(visits, "-f", "spreadsheet")


def test_rows_of_the_four_registers_are_proof_of_each_meeting(four_registers: Path) -> None:
    every = csv.DictReader(io.StringIO(ask(four_registers, "-f", "csv")))
    rows = [row for row in every if "/actor/" in row["who"]]
    assert len(rows) == 19
    # No row stands twice.
    shown = [tuple(row[name] for name in ("who", "body", "how", "event")) for row in rows]
    assert len({*shown}) == len(shown)
    assert all(re.search(r" \| (meetings|contacts)\.csv#row=\d+ \| ", row["proof"]) for row in rows)
    # A cell needs no words from elsewhere: its row is shown around it.
    assert not any("sammenhengen" in row["proof"] for row in rows)


def test_each_of_several_rows_about_one_event_is_a_row_of_its_own(four_registers: Path) -> None:
    claim = iri("claim:einnsyn-moetemapper.mm-01aa-ed42c142.organiser.enh-1-6d6c1cf3")
    run = connect_build(four_registers / "build")
    first, second = passages_by_entity([claim], run)[claim]
    assert first.row
    assert second.row
    assert (first.row.position, second.row.position) == ("#/items/0", "#/items/3")
    assert [(cell.heading, cell.words, cell.proves, cell.origin) for cell in first.row.cells] == [
        ("utvalgObjekt/id", "enh_1", True, None)
    ]
    assert [(cell.heading, cell.proves) for cell in second.row.cells] == [
        ("id", False),
        ("moetedato", False),
        ("moetested", False),
        ("utvalg", True),
    ]
    assert second.text == "utvalg: Formannskapet"
    assert row_place(second.row) == "moetemapper.json#/items/3"


def test_sentences_are_as_they_were(question_home: Path) -> None:
    """What a page says has no row, and keeps what it leaves to its context."""
    run = connect_build(question_home / "build")
    claim = NamedNode("https://w3id.org/motegraf/claim/none")
    assert passages_by_entity([claim], run) == {}
    done = CliRunner().invoke(
        motegraf, ["ask", "--home", str(question_home), "who_was_where", "-p", "actor=joran-kallmyr", "--proof", "-q"]
    )
    assert "char=" in done.stdout
    assert "fra sammenhengen" in done.stdout


def test_places_of_rows_in_words_and_for_programs() -> None:
    sheet = CellSelector("register", 7, 5, "Møter & mer")
    assert (sheet.row_label.en, sheet.row_fragment) == ("sheet “Møter & mer”, row 7", "sheet=Møter%20%26%20mer&row=7")
    item = PointerSelector("register", "/items/6/moetesak/2/tittel")
    assert (item.row_label.nb, item.row_fragment) == ("element /items/6", "#/items/6")
    row = TableRow(Label("rad 7", "row 7"), "row=7", ("", 7, 1), (), "a\x1b[1m.csv")
    assert (row_title(row, "en"), row_place(row)) == ("a\\u001b[1m.csv, row 7", "a\\u001b[1m.csv#row=7")
    cell = RowCell("A", "two\n words", "cell=7,1", False, Label("rad 3", "row 3"))
    assert cell_text(cell, "nb") == "two words (fylt ned fra rad 3)"
    assert Passage("", None, "", None).row is None


def test_rows_of_a_table_whose_name_is_not_in_the_graph(visits: Path) -> None:
    lines = (visits / "build/motegraf.nq").read_bytes().splitlines(keepends=True)
    run = connect_nquads(b"".join(line for line in lines if b'"table.csv"' not in line))
    claim = next(line.split(b" ")[0][1:-1].decode() for line in lines if b".official." in line)
    (passage,) = passages_by_entity([NamedNode(claim)], run)[NamedNode(claim)]
    assert passage.row is not None
    assert (row_title(passage.row, "en"), row_place(passage.row)) == ("row 2", "row=2")
