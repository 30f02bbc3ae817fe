"""CSV for spreadsheets as LibreOffice opens it: cells in their columns, decimal numbers as numbers, no formulas.

Optional: runs where LibreOffice is installed (Debian: apt-get install libreoffice-calc-nogui).
"""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from exporting import export
from pyoxigraph import Literal

from graph.query.results import Table
from graph.rdf.terms import iri
from graph.render.cells import render_table
from graph.render.markup import to_spreadsheet

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)"),
]
# Of each language: its number in LibreOffice, and the code of the separator.
LOCALES = {"nb": (1044, ord(";")), "en": (1033, ord(","))}


def opened(text: str, lang: str, folder: Path) -> list[list[str]]:
    """Return the cells as LibreOffice reads them in a language; numbers as it writes them in English."""
    number, separator = LOCALES[lang]
    (folder / "table.csv").write_text(text, encoding="utf-8", newline="")
    # Separator, quotation mark, UTF-8, first line, columns, language, quoted cells as text, special numbers detected.
    reading = f"{separator},34,76,1,,{number},false,true"
    writing = "9,34,76,1,,1033,false,false,false"
    subprocess.run(
        [
            *(str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            f"--infilter=Text - txt - csv (StarCalc):{reading}",
            *("--convert-to", f"csv:Text - txt - csv (StarCalc):{writing}"),
            *("--outdir", str(folder / "out"), str(folder / "table.csv")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (folder / "out/table.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t"))


@pytest.mark.parametrize("lang", LOCALES)
def test_table_of_participations_opens_in_columns(lang: str, built: Path, tmp_path: Path) -> None:
    text = export(built, "-f", "participations", "--lang", lang, "-q").stdout_bytes.decode()
    head, *rows = opened(text, lang, tmp_path)
    assert (len(head), {len(row) for row in rows}) == (19, {19})
    written = list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=chr(LOCALES[lang][1])))
    names = head.index({"nb": "hvem", "en": "who"}[lang])
    assert [row[names] for row in rows] == [row[names] for row in written[1:]]


@pytest.mark.parametrize("lang", LOCALES)
def test_decimal_numbers_are_numbers_and_formulas_are_text(lang: str, tmp_path: Path) -> None:
    share = Literal("0.2500", datatype=iri("xsd:decimal"))
    table = Table(("andel", "tekst"), [(share, Literal("=1+1"))])
    [_, [number, text]] = opened(to_spreadsheet(render_table(table, None, lang)), lang, tmp_path)
    # A text would keep its zeros and its comma.
    assert (number, text.lstrip("'")) == ("0.25", "=1+1")
