"""What is wrong with a table is said by preview with file, row, column and remedy, and nothing is claimed of it."""

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from registers_home import DESCRIPTION
from test_table_workbook import sheet_of, xlsx

from graph.cli.main import motegraf

pytestmark = pytest.mark.slow

HEAD = "id,date,minister,whom,place\n"
GOOD = "1,2020-01-02,Ada Prøve,Alfa AS,Oslo\n"
MAPPING = """\
people: officials
key: id
event:
  kind: meeting
  status: held
  when: {column: date, formats: [FORMATS]}
  place: place
  parts:
    - {person: minister, role: official}
    - {body: whom, role: counterpart}
"""


def preview(
    folder: Path, data: bytes, name: str = "table.csv", mapping: str = MAPPING, formats: str = "ISO", more: str = ""
) -> tuple[int, str]:
    """Return the exit code of preview, and what it prints about a register with this table."""
    folder = folder / "meetings"
    folder.mkdir()
    (folder / name).write_bytes(data)
    description = DESCRIPTION.format(language="en")
    description += f"  - file: {name}\n    sha256: {hashlib.sha256(data).hexdigest()}\n{more}"
    (folder / "register.yaml").write_text(description, encoding="utf-8")
    (folder / "mapping.yaml").write_text(mapping.replace("FORMATS", formats), encoding="utf-8")
    result = CliRunner().invoke(motegraf, ["preview", str(folder), "--lang", "en"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


ROW = "Mend the row in the copy, and note its new sha256; or skip: the row with a reason"
FILE = "registers/meetings/table.csv"


@pytest.mark.parametrize(
    ("rows", "said", "good"),
    [
        ('2,2020-01-03,Ada,"Beta" AS,Bergen\n3,2020-01-04,Ada,Gamma,Oslo\n', f"{FILE} row 3: a quotation mark", 2),
        ("2,2020-01-03,Ada,Be\0ta,Bergen\n", f"{FILE} row 3: whom: has a NUL byte, which no text has. {ROW}", 1),
        (f"2,2020-01-03,Ada,{'x' * 10_000_000},Bergen\n", f"{FILE} row 3: it has a cell of more than 1,000,000", 1),
        ("2,2020-01-03,Ada,Beta, Inc.,Bergen\n", f"{FILE} row 3: it has 6 cells, and the header has 5. {ROW}", 1),
        (HEAD, f"{FILE} row 3: repeats the headings; under skip:, write {{headings: true", 1),
        ("2,2020-11-31,Ada,Beta,Bergen\n", f'{FILE} row 3, date: "2020-11-31" is no day of ISO: November has 30', 1),
        (",2020-01-03,Ada,Beta,Bergen\n", f'{FILE} row 3, id: the key, "id", is empty: no event has a name. Name', 1),
        ("2,2020-01-03T23:30:00Z,Ada,Beta,Bergen\n", "its time is in the zone Z; say zone: in mapping.yaml", 1),
        (
            "2,43833,Ada,Beta,Bergen\n",
            f'{FILE} row 3, date: "43833" fits none of the forms ISO; it looks like the number',
            1,
        ),
    ],
    ids=["quote", "nul", "long cell", "more cells", "headings", "31 November", "empty key", "utc", "serial"],
)
def test_a_bad_row_is_named_and_the_good_ones_are_read(tmp_path: Path, rows: str, said: str, good: int) -> None:
    code, told = preview(tmp_path, (HEAD + GOOD + rows).encode())
    assert (code, said in told) == (1, True), told[-2_000:]
    assert f"{good} event" in told


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD + GOOD + '2,2020-01-03,Ada,"Beta,Bergen\n', 'row 3: the cell "whom" that begins with a quotation mark'),
        (",".join(f"c{number}" for number in range(10_000)) + "\n", "has 10,000 columns, and a table has 1,000 at"),
        ("Meetings,,,,\n" + HEAD + GOOD, 'row 1 looks like a title: "Meetings". Write header_row: 2 if the headings'),
        (GOOD, 'row 1 has "2020-01-02", so it looks like no header. Write header_row: 0 if the table has none'),
        (HEAD.replace("place", "whom") + GOOD, '"whom" fits the columns "column 4" and "column 5"'),
    ],
    ids=["open quote", "10,000 columns", "title", "no header", "heading twice"],
)
def test_a_bad_table_is_named(tmp_path: Path, data: str, said: str) -> None:
    code, told = preview(tmp_path, data.encode())
    assert (code, said in told) == (1, True), told[-2_000:]
    assert FILE in told


def test_a_day_in_an_ambiguous_order(tmp_path: Path) -> None:
    data = (HEAD + GOOD.replace("2020-01-02", "03/04/2020")).encode()
    code, told = preview(tmp_path, data, formats="DD/MM/YYYY, MM/DD/YYYY")
    said = 'row 2, date: "03/04/2020" fits two forms, DD/MM/YYYY (2020-04-03) and MM/DD/YYYY (2020-03-04); keep one'
    assert (code, said in told) == (1, True), told


def test_utc_that_is_another_day_in_oslo(tmp_path: Path) -> None:
    data = (HEAD + GOOD.replace("2020-01-02", "2020-01-02T23:30:00Z")).encode()
    code, told = preview(tmp_path, data, mapping=MAPPING.replace("key: id", "key: id\nzone: Europe/Oslo"))
    assert (code, "2020-01-03 00:30" in told) == (0, True), told


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    data = (HEAD + GOOD + GOOD.replace("1,", "2,", 1)).encode() + "3,2020-01-02,Bo,Møre,Oslo\n".encode("cp1252")
    code, told = preview(tmp_path, data)
    said = f"{FILE} row 4: whom: byte 0xf8 is not UTF-8. It is ø in windows-1252, but other rows are UTF-8"
    assert (code, said in told, "2 events" in told) == (1, True, True), told
    assert "row 4  3 | 2020-01-02 | Bo | M?re | Oslo\n" in told


def test_two_columns_to_one_role(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  place: place\n", "") + "    - {body: place, role: counterpart}\n"
    code, told = preview(tmp_path, (HEAD + GOOD).encode(), mapping=mapping)
    said = "registers/meetings/mapping.yaml:10: whom and place are both counterpart, body; write another: true where"
    assert (code, said in told) == (1, True), told


def test_a_file_that_grew_since_it_was_profiled(tmp_path: Path) -> None:
    code, told = preview(tmp_path, (HEAD + GOOD).encode())
    assert code == 0, told
    with (tmp_path / "meetings/table.csv").open("ab") as file:
        file.write(GOOD.replace("1,", "2,", 1).encode())
    result = CliRunner().invoke(motegraf, ["preview", str(tmp_path / "meetings")])
    said = "registers/meetings/register.yaml:9: table.csv is not the one that was archived: its sha256 is "
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert "Is it another release? Then it is one more under files:, each with its release:" in result.output


def workbook(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["id", "date", "minister", "whom", "place"])
    fill(book)
    book.save(data)
    return data.getvalue()


def test_merged_and_hidden_cells_are_read_as_they_stand(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([1, dt.date(2020, 1, 2), "Ada Prøve", "Alfa AS", "Oslo"])
        book.active.append([2, dt.date(2020, 1, 3), None, "Beta AS", "Oslo"])
        book.active.merge_cells("C2:C3")
        book.active.row_dimensions[3].hidden = True

    code, told = preview(tmp_path, workbook(fill), "table.xlsx")
    assert (code, "2 events" in told) == (0, True), told
    # A merged cell is blank below its first row, until the mapping says fill_down.
    assert told.count("Ada Prøve – official") == 1
    assert "merged are C2–C3" in told
    assert "hidden is row 3; hidden rows are read like the others" in told


def test_a_day_that_is_merged_over_rows(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for number, day in enumerate([dt.date(2020, 1, 2), None, None, dt.date(2020, 1, 3)], start=1):
            book.active.append([number, day, "Ada Prøve", "Alfa AS", "Oslo"])
        book.active.merge_cells("B2:B3")

    (tmp_path / "a").mkdir()
    code, told = preview(tmp_path / "a", workbook(fill), "table.xlsx")
    assert (code, "2 events, 2 errors" in told) == (1, True), told
    assert "row 3, date: is merged with row 2; say merged: each-row if what stands there is of each of these" in told
    assert "row 4, date: is empty, and the mapping does not say what that means" in told
    (tmp_path / "b").mkdir()
    code, told = preview(tmp_path / "b", workbook(fill), "table.xlsx", MAPPING + "merged: each-row\n")
    assert (code, "3 events, 1 equal row, 1 error" in told, told.count("2020-01-02 ·")) == (1, True, 2), told
    assert "row 4, date: is empty" in told


def test_formulas_and_errors_in_a_workbook(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([1, "=DATE(2020,1,2)", "Ada Prøve", "Alfa AS", "Oslo"])
        book.active.append([2, dt.date(2020, 1, 3), "Ada Prøve", "Beta AS", "Oslo"])

    code, told = preview(tmp_path, workbook(fill), "table.xlsx")
    said = "table.xlsx row 2: date: the formula has no value; open the workbook in a spreadsheet, and save it"
    assert (code, said in told, "1 event" in told) == (1, True, True), told


def test_numbers_of_days_in_a_workbook(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([1, 43832, "Ada Prøve", "Alfa AS", "Oslo"])
        book.active.append([2, 43833.6041666667, "Ada Prøve", "Beta AS", "Oslo"])

    (tmp_path / "a").mkdir()
    code, told = preview(tmp_path / "a", workbook(fill), "table.xlsx")
    said = "table.xlsx row 2, date: 2 values, 2 rows: fits none of the forms ISO; it looks like the number of a day: s"
    assert (code, said in told, '"43832" (1), "43833.6041666667" (1)' in told) == (1, True, True), told
    (tmp_path / "b").mkdir()
    code, told = preview(tmp_path / "b", workbook(fill), "table.xlsx", formats="serial")
    assert (code, "2020-01-02 " in told, "2020-01-03 14:30" in told) == (0, True, True), told


def test_a_workbook_that_unpacks_to_more_than_any_table(tmp_path: Path) -> None:
    code, told = preview(tmp_path, xlsx(tmp_path, sheet_of(" " * 30_000_000)).read_bytes(), "table.xlsx")
    assert (code, "sheet1.xml in it unpacks to 30,000,112 bytes out of" in told) == (1, True), told
