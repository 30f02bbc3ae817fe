"""A calendar in a workbook, from the file to what its rows claim: a header of two rows, days in five forms."""

import datetime as dt
import json
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from click.testing import CliRunner
from registers_home import ROOT

from graph.cli.main import motegraf

pytestmark = pytest.mark.unit

ROWS = [
    [45355, dt.time(9, 30), "BM Dr. Ada Beispiel", "Verband der Prüfer e.V.", "Digitalisierung", "Berlin"],
    [dt.date(2024, 3, 5), "14:00", "PSt Bo Muster", "Alfa AG\nBeta GmbH", "Energie", "Videokonferenz"],
    ["6.–8. März 2024", None, "St Cy Probe", "Delegation aus Testland", "Reise", "Brüssel"],
    [45358.604166666664, None, "BM Dr. Ada Beispiel", "Gamma SE", "Hafen", "Telefonat"],
    ["KW 12/2024", None, "St Cy Probe", "DGB", "Tarif", "Berlin"],
    ["abgesagt: 11.03.2024", None, "St Cy Probe", "DGB", "Tarif", "Berlin"],
    ["31.11.2024", None, "St Cy Probe", "DGB", "Tarif", "Berlin"],
]
MAPPING = """\
people: officials
key: file-and-row
event:
  kind: meeting
  status: held
  when:
    column: Datum
    formats: [serial, D.-D. MMMM YYYY, "[KW] W/YYYY", "[abgesagt: ]DD.MM.YYYY", DD.MM.YYYY]
    time: Beginn
  topic: Thema
  place: {column: Ort, lookup: places}
  cases: {column: Datum, otherwise: nothing, values: {"abgesagt:": {match: begins, status: cancelled}}}
  parts:
    - {person: {column: Hausleitung, take: "^(?:BM|PSt|St) (.*)"}, capacity: {take: "^(BM|PSt|St) "}, role: official}
    - {body: {column: Gesprächspartner, split: {at: "\\n", always: true}, lookup: who}, role: counterpart}
"""
LOOKUPS = """\
places: {by: b, because: c, values: {Videokonferenz: {mode: video}, Telefonat: {mode: telephone, kind: call}}}
who: {by: b, because: c, values: {Delegation aus Testland: group}}
"""


def test_a_calendar_claims_what_its_rows_say(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("ontology", "registry"):
        copytree(ROOT / name, home / name)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Gesprächstermine der Hausleitung 2024"])
    sheet.append(["Termin", None, "Teilnahme", None, "Thema", "Ort"])
    sheet.append(["Datum", "Beginn", "Hausleitung", "Gesprächspartner"])
    for span in ("A1:F1", "A2:B2", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(span)
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "termine.xlsx")
    given = [
        "--url",
        "https://example.org/t",
        "--title",
        "T",
        "--language",
        "de",
        "--publisher",
        "X",
        "--kind",
        "ministry",
    ]
    given += ["--published", "2024-12-31", "--licence", "x", "--home", str(home)]
    added = CliRunner().invoke(motegraf, ["add", str(tmp_path / "termine.xlsx"), *given])
    assert added.exit_code == 0, added.output
    asked = "Write header_row: 3 if the headings are Datum, Beginn, Hausleitung, Gesprächspartner, Thema, Ort"
    assert asked in added.output
    (home / "registers/termine/mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (home / "registers/termine/lookups.yaml").write_text(LOOKUPS, encoding="utf-8")
    shown = CliRunner().invoke(motegraf, ["preview", "termine", "--home", str(home), "--json"])
    acts = {row: told for row, (told,) in json.loads(shown.stdout)["rows"].items()}
    days = {row: (act["earliest"], act["latest"]) for row, act in acts.items() if act["act"] == "event"}
    assert days == {
        "4": ("2024-03-04", "2024-03-04"),
        "5": ("2024-03-05", "2024-03-05"),
        "6": ("2024-03-06", "2024-03-08"),
        "7": ("2024-03-07", "2024-03-07"),
        "8": ("2024-03-18", "2024-03-24"),
        "9": ("2024-03-11", "2024-03-11"),
    }
    facts = [(acts[row]["kind"], acts[row]["status"], acts[row]["mode"], acts[row]["place_said"]) for row in days]
    assert facts == [
        ("meeting", "held", None, "Berlin"),
        ("meeting", "held", "video", None),
        ("meeting", "held", None, "Brüssel"),
        ("call", "held", "telephone", None),
        ("meeting", "held", None, "Berlin"),
        ("meeting", "cancelled", None, "Berlin"),
    ]
    names = [
        [(part["name"], part["kind"], part["attendance"]) for part in acts[row]["parts"]] for row in ("5", "6", "9")
    ]
    assert names == [
        [("Bo Muster", "person", "present"), ("Alfa AG", "body", "represented"), ("Beta GmbH", "body", "represented")],
        [("Cy Probe", "person", "present"), ("Delegation aus Testland", "group", "represented")],
        [("Cy Probe", "person", "expected"), ("DGB", "body", "expected")],
    ]
    assert acts["10"] == {
        "act": "error",
        "column": "Datum",
        "why": "is no day of DD.MM.YYYY: November has 30 days, not 31",
        "value": "31.11.2024",
    }
