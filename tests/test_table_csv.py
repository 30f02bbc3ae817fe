"""Tables of text with delimiters: their columns, rows and encodings, and what is wrong with bad ones."""

import hashlib
import pickle
from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.model.sources import CellSelector
from graph.sources.tables.formats import Row, Table, TableOptions, open_table

pytestmark = pytest.mark.unit


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
