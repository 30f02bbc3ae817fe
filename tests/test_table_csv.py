"""Tables of text with delimiters: their columns, rows and encodings, and what is wrong with bad ones."""

import hashlib
import os
import pickle
import tracemalloc
from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.model.sources import CellSelector
from graph.sources.tables.formats import Row, Table, TableOptions, open_table

pytestmark = pytest.mark.slow


def written(folder: Path, data: str | bytes, name: str = "meetings.csv") -> Path:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def table(folder: Path, data: str | bytes, **options: object) -> Table:
    return open_table(written(folder, data), TableOptions(**options), source="r")  # type: ignore[arg-type]


def problem(folder: Path, data: str | bytes, **options: object) -> str:
    """Return the one finding that stops the table."""
    with pytest.raises(FindingsError) as stopped:
        list(table(folder, data, **options).rows())
    (finding,) = stopped.value.findings
    return str(finding)


def test_a_table_has_columns_rows_and_cells(tmp_path: Path) -> None:
    of_text = table(tmp_path, "date,who\n2021-01-02,Ada\n2021-01-03,Bo\n")
    assert of_text.columns == ("date", "who")
    assert [*of_text.rows()] == [Row(2, ("2021-01-02", "Ada")), Row(3, ("2021-01-03", "Bo"))]
    assert [*of_text.rows()] == [*of_text.rows()]
    assert of_text.selector(3, 2) == CellSelector("r", 3, 2)
    assert of_text.sha256 == hashlib.sha256((tmp_path / "meetings.csv").read_bytes()).hexdigest()
    assert [*pickle.loads(pickle.dumps(of_text)).rows()] == [*of_text.rows()]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_with_line_breaks_is_one_row(tmp_path: Path, end: str) -> None:
    lines = ["a,b", f'1,"x{end}{end}y"', "", '2,"say ""hi"""', ""]
    assert [*table(tmp_path, end.join(lines)).rows()] == [
        Row(2, ("1", f"x{end}{end}y")),
        Row(3, ("", "")),
        Row(4, ("2", 'say "hi"')),
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(tmp_path: Path, sign: str) -> None:
    data = f'Minister{sign}"Name, or; of|the\tbody"{sign}Cost\nAda{sign}"Acme"{sign}"1,50"\n'
    of_text = table(tmp_path, data)
    assert of_text.columns == ("Minister", "Name, or; of|the\tbody", "Cost")
    assert next(of_text.rows()).values == ("Ada", "Acme", "1,50")


def test_the_rows_tell_a_delimiter_that_the_header_leaves_open(tmp_path: Path) -> None:
    assert table(tmp_path, "Minister;Name, of body\nAda;Acme\n").columns == ("Minister", "Name, of body")
    assert table(tmp_path, "sep=|\na;b|c\n1|2\n").columns == ("a;b", "c")
    assert problem(tmp_path, "a,b;c\n1,2;3\n") == (
        "meetings.csv: the delimiter may be a comma (2 columns) or a semicolon (2 columns). "
        "Write delimiter: and the sign"
    )
    assert table(tmp_path, "a,b;c\n1,2;3\n", delimiter=";").columns == ("a,b", "c")
    assert table(tmp_path, "a\tb;c\n1\t2;3\n", delimiter="tab").columns == ("a", "b;c")
    assert table(tmp_path, "name\nAda\n").columns == ("name",)
    assert "is no single sign" in problem(tmp_path, "a,b\n", delimiter="::")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16", "utf-16-le", "mac-roman", "cp865"]
)
def test_a_table_is_read_in_the_encoding_that_is_told(tmp_path: Path, encoding: str) -> None:
    of_text = table(tmp_path, "møte,sted\nÅ,Bø\n".encode(encoding), encoding=encoding)
    assert (of_text.columns, [*of_text.rows()]) == (("møte", "sted"), [Row(2, ("Å", "Bø"))])


def test_a_mark_before_utf_8_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    assert table(tmp_path, "møte,sted\n".encode("utf-8-sig")).columns == ("møte", "sted")


def test_a_byte_of_another_encoding_is_told_with_its_row_and_letter(tmp_path: Path) -> None:
    data = "a,b\n1,2\n3,CEO’s\n".encode("windows-1252")
    told = "byte 0x92 is not UTF-8. It is ’ in windows-1252; write encoding: windows-1252."
    assert problem(tmp_path, data) == f"meetings.csv row 3: {told}"
    # The same behind more rows than are looked at first.
    far = b"a,b\n" + b"1,2\n" * 100_000 + data[8:]
    assert problem(tmp_path, far) == f"meetings.csv row 100002: {told}"
    assert "row 1: byte 0xf8 is not UTF-8. It is ø in" in problem(tmp_path, "møte,b\n1,2\n".encode("cp1252"))


def test_a_table_that_is_told_to_be_in_another_encoding_than_it_is_stops(tmp_path: Path) -> None:
    assert problem(tmp_path, "a,b\nø,2\n", encoding="windows-1252") == (
        "meetings.csv: is UTF-8, not windows-1252: its letters beyond ASCII say so. Write encoding: utf-8"
    )
    for encoding in ("utf-16", "utf-16-le"):
        data = "a,b\n1,2\n".encode(encoding)
        assert problem(tmp_path, data).endswith(f"not UTF-8. Write encoding: {encoding}")
    for text in ("a,b\n1,2\n", '[{"a": 1}]'):
        assert problem(tmp_path, text.encode("utf-16-le"), encoding="utf-16") == (
            "meetings.csv: does not begin with the mark of utf-16. Write the encoding that it is in, as utf-16-le"
        )
    for encoding in ("klingon", "idna", "hex", "unicode_escape", "\0"):
        assert "there is no encoding" in problem(tmp_path, "a,b\n1,2\n", encoding=encoding)


def test_rows_of_a_second_encoding_have_a_problem_and_the_others_none(tmp_path: Path) -> None:
    rows = ["a,b\n", "ø,1\n", "å,2\n", "CEO’s,3\n", "æ,4\n"]
    mixed = b"".join(row.encode("cp1252" if "’" in row else "utf-8") for row in rows)
    problems = {row.number: row.problem for row in table(tmp_path, mixed).rows()}
    assert problems == {
        2: None,
        3: None,
        4: "a: byte 0x92 is not UTF-8. It is ’ in windows-1252, but other rows are UTF-8: the file is of two "
        "encodings; mend the row",
        5: None,
    }
    undefined = [row.problem for row in table(tmp_path, b"a,b\n\x92\x81,2\n", encoding="windows-1252").rows()]
    assert undefined == ["a: byte 0x81 is nothing in windows-1252"]


def problems(of_text: Table) -> dict[int, str]:
    """Return what is wrong with rows, by their number."""
    return {row.number: row.problem for row in of_text.rows() if row.problem}


def test_a_quotation_mark_that_nothing_closes_is_told_where_it_began(tmp_path: Path) -> None:
    head = 'id,who,topic\n1,Ada,"of two\nlines"\n'
    told = 'Is its closing quotation mark missing? Within a cell, write "" for a quotation mark'
    rows = "".join(f"{number},Bo,x\n" for number in range(2, 4_000))
    assert problem(tmp_path, f'{head}2,"Bo,x\n{rows}') == (
        f'meetings.csv row 3: the cell "who" that begins with a quotation mark on line 4 has no end: the file ends in '
        f"it, or is cut off. {told}"
    )
    assert problem(tmp_path, f'{head}2,"Bo,x\n{rows}4000,"Carl",y\n') == (
        f'meetings.csv row 3: the cell "who" that begins with a quotation mark on line 4 goes on to line 4,003. {told}'
    )
    assert problem(tmp_path, f'{head}2,"Bo,x\n{rows}4000,Carl",y\n') == (
        'meetings.csv row 3: the cell "who" that begins with a quotation mark on line 4 goes on for 4,000 lines. '
        f"{told}"
    )
    long = "x" * 600 + "\n"
    assert "row 3: the cell " in problem(tmp_path, f'{head}2,"Bo,x\n{long * 3_000}')


def test_a_quotation_mark_within_one_line_is_a_problem_of_its_row(tmp_path: Path) -> None:
    of_text = table(tmp_path, 'a,b\n"He "said" so",1\n2 o\'clock "sharp",3\n"x" ,4\n5,6\n')
    assert problems(of_text) == dict.fromkeys(
        (2, 4), 'a quotation mark stands in a cell in quotation marks; write "" for it'
    )
    assert [row.values for row in of_text.rows()][1::2] == [('2 o\'clock "sharp"', "3"), ("5", "6")]


def test_rows_of_another_width_than_the_header_are_named(tmp_path: Path) -> None:
    of_text = table(tmp_path, 'a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n\n,\n1, "x, y",3\n')
    assert problems(of_text) == {
        2: "it has 2 cells, and the header has 3",
        3: "it has 4 cells, and the header has 3",
        7: "it has 4 cells, and the header has 3; a quotation mark after a blank quotes nothing",
    }
    assert {len(row.values) for row in of_text.rows()} == {3}


def test_headings_that_are_empty_or_stand_twice_go_by_their_place(tmp_path: Path) -> None:
    of_text = table(tmp_path, ",name,date, name ,\n1,2,3,4,5\n")
    assert of_text.columns == ("", "name", "date", " name ", "")
    assert of_text.notes == [
        'columns 1, 5 have the same heading ""; they go by "column 1" and so on',
        'columns 2, 4 have the same heading "name"; they go by "column 2" and so on',
    ]
    assert [of_text.position(name) for name in ("name", " name ", "date", "column 5")] == [1, 3, 2, 4]
    with pytest.raises(FindingsError, match='"" is the heading of several columns; write "column 1" or "column 5"'):
        of_text.position("")
    with pytest.raises(FindingsError, match=r'there is no column "nam"\. Did you mean name'):
        of_text.position("nam")
    eu = table(tmp_path, ",mep\n0,Ada\n")
    assert (eu.position(""), eu.position("column 1")) == (0, 0)


def test_a_title_or_data_in_the_place_of_the_header_is_asked_for(tmp_path: Path) -> None:
    data = "Meetings of ministers,,\n,,\nMinister,Date,Topic\nAda,May,x\n"
    asked = "Write header_row: 3 if the headings are Minister, Date, Topic"
    assert problem(tmp_path, data) == (f'meetings.csv: row 1 looks like a title: "Meetings of ministers". {asked}')
    assert asked in problem(tmp_path, data.replace("ministers,,", "ministers"))
    of_text = table(tmp_path, data, header_row=3)
    assert (of_text.columns, [*of_text.rows()]) == (("Minister", "Date", "Topic"), [Row(4, ("Ada", "May", "x"))])
    without = "27-10-2021,Ada\n28-10-2021,Bo\n"
    assert 'row 1 has "27-10-2021", so it looks like no header. Write header_row: 0' in problem(tmp_path, without)
    assert [row.number for row in table(tmp_path, without, header_row=0).rows()] == [1, 2]
    assert table(tmp_path, without, header_row=1).columns == ("27-10-2021", "Ada")
    assert "has no heading" in problem(tmp_path, ",,\na,b,c\n")
    assert problem(tmp_path, "a,b\n", header_row=5).endswith("has 1 rows; the header is to be row 5")
    assert [*table(tmp_path, "a,b\n").rows()] == []


def test_nul_bytes_and_control_characters_are_named_with_their_row(tmp_path: Path) -> None:
    of_text = table(tmp_path, b"a,b\n1,2\n3,\x004\n5\x0b,6\n7\t,8\n")
    assert problems(of_text) == {
        3: "b: has a NUL byte, which no text has",
        4: "a: has the control character U+000B, which no text has",
    }


def test_what_is_larger_than_any_table_names_the_limit(tmp_path: Path) -> None:
    assert problem(tmp_path, ",".join(f"c{number}" for number in range(10_000)) + "\n") == (
        "meetings.csv: has 10,000 columns, and a table has 1,000 at most. Is it cut at the right delimiter?"
    )
    for cell in ("x" * 10_000_000, f'"{"x" * 10_000_000}"'):
        assert problems(table(tmp_path, f"a,b\n1,{cell}\n3,4\n")) == {
            2: "it has a cell of more than 1,000,000 characters"
        }
    assert "has a line of more than 20 MB" in problem(tmp_path, f"a,b\n1,2\n{'x,' * 11_000_000}")


def test_what_is_no_file_with_a_table_is_refused(tmp_path: Path) -> None:
    assert problem(tmp_path, b"") == "meetings.csv: is empty"
    assert problem(tmp_path, b"\xef\xbb\xbf \r\n").endswith(
        "has no heading. Write header_row: and the row that has the headings"
    )
    missing = {tmp_path: "is a folder", tmp_path / "no.csv": "is not there"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        missing[tmp_path / "pipe.csv"] = "is no file, but a pipe or a device"
    for file, message in missing.items():
        with pytest.raises(FindingsError, match=message):
            open_table(file)


def test_a_file_that_changes_while_it_is_read_stops(tmp_path: Path) -> None:
    of_text = table(tmp_path, "a,b\n" + "1,2\n" * 200_000)
    rows = of_text.rows()
    next(rows)
    with of_text.file.open("a") as file:
        file.write("3,4\n")
    with pytest.raises(FindingsError, match="changed while it was read: it had 800,004 bytes, and has 800,008"):
        list(rows)
    with pytest.raises(FindingsError, match="changed"):
        _ = of_text.sha256
    # Of the same size, and as if written at the same time: the digest tells.
    of_text = table(tmp_path, "a,b\n1,2\n")
    list(of_text.rows())
    state = of_text.file.stat()
    of_text.file.write_bytes(b"a,b\n1,3\n")
    os.utime(of_text.file, ns=(state.st_atime_ns, state.st_mtime_ns))
    with pytest.raises(FindingsError, match=r"changed while it was read\. Wait"):
        list(of_text.rows())


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    peaks = []
    for count in (10_000, 200_000):
        of_text = table(tmp_path, "a,b\n" + "some words,other words\n" * count)
        tracemalloc.start()
        assert sum(1 for _ in of_text.rows()) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
