"""Exports of registers: every format can be written, and has the cells that prove something after their headings."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from graph.cli.main import motegraf

pytestmark = pytest.mark.slow

MINISTER = "Minister for Testing, Paymaster of Samples, The Rt Hon Alex Example MP"
UK = "uk-cabinet-office-2010-q4"


def export(home: Path, format: str, out: Path, *more: str) -> Path:
    words = ["export", "--home", str(home), "--format", format, "-o", str(out), *more]
    result = CliRunner().invoke(motegraf, words)
    assert result.exit_code == 0, result.output
    return out


@pytest.mark.parametrize("format", ["graphml", "gexf", "gexf-static", "nodes", "edges", "ftm", "geojson", "rdfxml"])
def test_formats_are_written(four_registers: Path, tmp_path: Path, format: str) -> None:
    assert export(four_registers, format, tmp_path / "out").stat().st_size > 1000


def test_all_triples_are_the_same_in_each_format(four_registers: Path, tmp_path: Path) -> None:
    forms = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    read = [
        {quad.triple for quad in parse(path=export(four_registers, name, tmp_path / name), format=form)}
        for name, form in forms.items()
    ]
    assert read[0] == read[1] == read[2]
    quads = {quad.triple for quad in parse(path=four_registers / "build/motegraf.nq")}
    assert read[0] == quads


def test_one_actor_of_a_register_comes_with_its_cells(four_registers: Path, tmp_path: Path) -> None:
    file = export(four_registers, "ntriples", tmp_path / "out.nt", "--actor", "Alex Example")
    text = file.read_text(encoding="utf-8")
    assert f"evidence/{UK}.cell-4-1>" in text
    assert f'"{MINISTER}"@en' in text
    assert "evidence/si-lobbying-contacts" not in text


def test_a_table_of_participations_has_row_and_file(four_registers: Path, tmp_path: Path) -> None:
    file = export(four_registers, "participations", tmp_path / "out.csv", "--lang", "en")
    rows = [*csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())]
    official = next(row for row in rows if row["IRI of the participation"].endswith(f"{UK}.4.{UK}.fd41c1b08adb"))
    assert official["proof"] == f"Minister: {MINISTER}"
    assert official["place in the text"] == "meetings.csv#row=4"


def test_calendars_and_popolo_quote_cells_after_their_headings(four_registers: Path, tmp_path: Path) -> None:
    text = export(four_registers, "icalendar", tmp_path / "out.ics").read_text(encoding="utf-8").replace("\n ", "")
    assert "DESCRIPTION:moetedato: 2023-06-13T22:30:00Z\\nmoetested: Rådhuset\\n" in text.replace("\r", "")
    data = json.loads(export(four_registers, "popolo", tmp_path / "out.json").read_text(encoding="utf-8"))
    meeting = next(event for event in data["events"] if event["id"].endswith(f"{UK}.4"))
    assert meeting["sources"] == [
        {
            "url": f"https://example.org/registers/{UK}",
            "note": "Date: Oct-2010 Purpose of meeting²: Civil Service Compensation Scheme",
        }
    ]
