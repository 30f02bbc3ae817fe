"""Tables in workbooks: typed values, what is hidden, merged or wrong, and workbooks that are refused."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from graph.common.findings import FindingsError
from graph.model.sources import CellSelector
from graph.sources.tables.formats import Row, Table, TableOptions, open_table
from graph.sources.tables.formats.sheet_facts import shown_of

pytestmark = pytest.mark.unit

FOLDER = Path(__file__).parent / "tables"
KINDS = ("xlsx", "ods", "xls")


def problem(file: Path, **options: object) -> str:
    """Return the one finding that stops the table."""
    with pytest.raises(FindingsError) as stopped:
        list(open_table(file, TableOptions(**options)).rows())  # type: ignore[arg-type]
    (finding,) = stopped.value.findings
    return str(finding)


def ministers(kind: str) -> Table:
    return open_table(FOLDER / f"ministers.{kind}", TableOptions(sheet="Meetings", header_row=3), source="r")


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_has_typed_values(kind: str) -> None:
    table = ministers(kind)
    assert table.columns == ("Minister", "Date", "Organisation", "Cost", "Starts")
    assert [*table.rows()] == [
        Row(4, ("Ada Example", "2010-11", "Nordwind d.o.o.", 12.5, dt.time(9, 30))),
        Row(5, (None, dt.date(2010, 11, 15), "BEUC", 25, "30:00:00")),
        Row(
            6,
            ("Bo Prøve", dt.date(2010, 12, 1), None, 44000, dt.datetime(2010, 12, 1, 14)),
            "Organisation: the cell has the error #N/A",
        ),
    ]
    assert table.selector(5, 2) == CellSelector("r", 5, 2, "Meetings")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_or_merged_is_noted(kind: str) -> None:
    assert ministers(kind).notes == [
        "hidden is row 5; hidden rows are read like the others",
        "hidden is column D; hidden columns are read like the others",
        "merged are A4–A5: the value stands in the first cell, and the others are empty",
        "1 cell with a day shown by month or year alone: where it is the first, the value is 2010-11 or 2010, since "
        "nobody wrote the day",
    ]
    hidden = open_table(FOLDER / f"ministers.{kind}", TableOptions(sheet="Lists"))
    assert hidden.notes == ['the sheet "Lists" is hidden']


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_of_several_sheets_names_them(kind: str) -> None:
    file = FOLDER / f"ministers.{kind}"
    assert problem(file) == (
        f"ministers.{kind}: no sheet is named; it has Meetings, Gifts, Lists (hidden). Name the one to read"
    )
    assert problem(file, sheet="Meeting") == (
        f'ministers.{kind}: there is no sheet "Meeting". Did you mean Meetings? Sheets: Meetings, Gifts, Lists (hidden)'
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_above_the_header_is_no_header(kind: str) -> None:
    assert problem(FOLDER / f"ministers.{kind}", sheet="Meetings") == (
        f'ministers.{kind}: row 1 looks like a title: "Meetings of ministers, October to December 2010". '
        "Write header_row: 3 if the headings are Minister, Date, Organisation, Cost, Starts"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_is_cut_off_is_damaged(kind: str, tmp_path: Path) -> None:
    data = (FOLDER / f"ministers.{kind}").read_bytes()
    for size in (1_000, len(data) // 2, len(data) - 30):
        file = tmp_path / f"cut.{kind}"
        file.write_bytes(data[:size])
        assert "damaged" in problem(file, sheet="Meetings", header_row=3)


def saved(folder: Path, fill: Callable[[openpyxl.Workbook], object], name: str = "made.xlsx") -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(folder / name)
    return folder / name


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(["when", "serial"])
        book.active.append([dt.date(2010, 11, 1), 40482])

    assert [*open_table(saved(tmp_path, fill)).rows()] == [Row(2, (dt.date(2010, 11, 1), 40482))]


def test_a_formula_that_nobody_calculated_is_no_empty_cell(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["what", "cost"])
        book.active.append(["a", "=1+1"])
        book.active.append(["b", None])

    assert [row.problem for row in open_table(saved(tmp_path, fill)).rows()] == [
        "cost: the formula has no value; open the workbook in a spreadsheet, and save it",
        None,
    ]


def test_a_table_that_begins_far_in_keeps_its_rows_and_columns(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for place, value in {"C4": "who", "D4": "n", "C6": "Ada", "D6": 1, "F6": "aside"}.items():
            book.active[place] = value

    table = open_table(saved(tmp_path, fill), source="r")
    assert table.columns == ("who", "n")
    assert [*table.rows()] == [
        Row(5, (None, None)),
        Row(6, ("Ada", 1), "it has 4 cells, and the header has 2"),
    ]
    assert table.selector(6, 2).fragment == "sheet=Sheet&cell=6,4"


def test_a_header_of_two_rows_is_asked_for(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["Meeting", None, None, None])
        book.active.append(["date", "who", "n", "topic"])
        book.active.append([dt.date(2010, 11, 1), "Ada", 1, "x"])

    file = saved(tmp_path, fill)
    assert "Write header_row: 2 if the headings are date, who, n, topic" in problem(file)
    assert open_table(file, TableOptions(header_row=2)).columns == ("date", "who", "n", "topic")


def test_a_sheet_without_header_says_so(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: [book.active.append([dt.date(2010, 11, day), day]) for day in (1, 2)])
    assert 'row 1 has "2010-11-01", so it looks like no header. Write header_row: 0 if' in problem(file)
    table = open_table(file, TableOptions(header_row=0))
    assert (table.columns, len([*table.rows()])) == (("column 1", "column 2"), 2)
    assert problem(saved(tmp_path, lambda _: None)).endswith("has no values")


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(folder: Path, sheet: str, strings: str = "") -> Path:
    """Write a workbook of one sheet with this XML in it."""
    file = folder / "odd.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{_OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
    return file


def sheet_of(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def test_a_workbook_that_grows_when_it_is_read_is_refused(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "has a sheet of 1,048,576 rows and 16,384 columns, up to cell XFD1048576" in problem(
        xlsx(tmp_path, sheet_of(far))
    )
    cells = "".join(f'<row r="{row}"><c t="s"><v>0</v></c></row>' for row in range(1, 40_002))
    assert "more than 1,000,000,000 letters" in problem(
        xlsx(tmp_path, sheet_of(cells), f"<si><t>{'x' * 30_000}</t></si>")
    )
    assert "unpacks to" in problem(xlsx(tmp_path, sheet_of(" " * 30_000_000)))
    entities = f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{sheet_of("&a;")}'
    assert "declares a document type" in problem(xlsx(tmp_path, entities))
    assert "is no place of a cell" in problem(xlsx(tmp_path, sheet_of('<row><c r="&#49;A"><v>1</v></c></row>')))


def test_a_sheet_of_ods_that_repeats_cells_without_end_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(FOLDER / "ministers.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    repeated = content.replace(
        "<table:table-cell ",
        '<table:table-cell table:number-columns-repeated="16384" ',
        1,
    ).replace("<table:table-row ", '<table:table-row table:number-rows-repeated="1048576" ', 1)
    file = tmp_path / "repeated.ods"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, repeated if name == "content.xml" else part)
    assert "has a sheet of" in problem(file, sheet="Meetings")


def test_archives_and_documents_that_are_no_workbook_are_refused(tmp_path: Path) -> None:
    def archive(*names: str) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as made:
            for name in names:
                made.writestr(name, "x")
        return data.getvalue()

    for data, message in {
        archive("word/document.xml"): "is a Word document",
        archive("xl/workbook.bin"): "is XLSB",
        archive("meetings.csv"): "is an archive, and no workbook",
        b"%PDF-1.7\n": "is a PDF",
        b"\x1f\x8b\x08\0": "is compressed; unpack it (gunzip)",
        b"\xef\xbb\xbf<!DOCTYPE html><table>": "is HTML",
        b"<html><table>": "is HTML",
        b"\0" * 1_000: "has nothing but NUL bytes",
        bytes(range(32)) * 100: "is no text",
    }.items():
        file = tmp_path / "meetings.xlsx"
        file.write_bytes(data)
        assert message in problem(file)


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    file = tmp_path / "meetings.xlsx"
    file.write_bytes(b"a,b\n1,2\n")
    assert [*open_table(file).rows()] == [Row(2, ("1", "2"))]
    file = tmp_path / "meetings.csv"
    file.write_bytes((FOLDER / "ministers.xlsx").read_bytes())
    assert len([*open_table(file, TableOptions(sheet="Meetings", header_row=3)).rows()]) == 3


def test_a_date_shows_its_month_alone_by_its_format() -> None:
    shown = {
        "mmm-yy": "month",
        'mmmm\\ yyyy;@"d"': "month",
        "[$-414]mmm yy": "month",
        "yyyy": "year",
        "mm/yyyy": "month",
    }
    shown_not = ["dd/mm/yyyy", "General", "mm:ss", "h:mm", "0.00", "@", "", '"y"0', "d. mmmm yyyy", "ddd mmm"]
    assert {code: shown_of(code) for code in shown} == shown
    assert [code for code in shown_not if shown_of(code)] == []


HEADER = ["Termin", None, None, "Teilnahme", None, "Thema", "Ort"]
BELOW = ["Datum", "Beginn", "Ende", "Leitung", "Partner", None, None]
COMBINED = ("Datum", "Beginn", "Ende", "Leitung", "Partner", "Thema", "Ort")


def test_a_header_over_two_rows_has_the_headings_of_both(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for cells in (
            ["Termine 2024"],
            [],
            HEADER,
            BELOW,
            [dt.date(2024, 3, 4), dt.time(9), None, "Ada", "Bo", "x", "y"],
        ):
            book.active.append(cells)
        book.active.merge_cells("A3:C3")

    file = saved(tmp_path, fill)
    asked = f"Write header_row: 4 if the headings are {', '.join(COMBINED)}"
    assert problem(file) == f'made.xlsx: row 1 looks like a title: "Termine 2024". {asked}'
    table = open_table(file, TableOptions(header_row=4))
    assert table.columns == COMBINED
    assert [row.number for row in table.rows() if not row.problem] == [5]
    # Of text alike, and without a title.
    text = tmp_path / "made.csv"
    lines = [
        ";".join(cell or "" for cell in row) for row in (HEADER, BELOW, ["1.2.2024", "9", "", "Ada", "Bo", "x", "y"])
    ]
    text.write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = asked.replace("row: 4", "row: 2")
    assert problem(text) == f"made.csv: rows 1 and 2 look like a header of two rows. {asked}"
    assert open_table(text, TableOptions(header_row=2)).columns == COMBINED


def test_a_column_without_a_heading_makes_no_header_of_two_rows(tmp_path: Path) -> None:
    file = tmp_path / "made.csv"
    file.write_text(",Minister,Topic\nx,Ada,Trade\ny,Bo,\n", encoding="utf-8")
    assert open_table(file).columns == ("", "Minister", "Topic")
