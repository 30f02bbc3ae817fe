"""Tables in JSON and JSON lines: the list of items, columns below them, and texts that are refused."""

import json
import tracemalloc
from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.model.sources import PointerSelector
from graph.sources.tables.formats import Row, Table, TableOptions, open_table

pytestmark = pytest.mark.slow


def table(folder: Path, data: str | bytes | dict[str, object], **options: object) -> Table:
    file = folder / "meetings.json"
    text = json.dumps(data, ensure_ascii=False) if isinstance(data, dict) else data
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return open_table(file, TableOptions(**options), source="r")  # type: ignore[arg-type]


def problem(folder: Path, data: str | bytes | dict[str, object], **options: object) -> str:
    """Return the one finding that stops the table."""
    with pytest.raises(FindingsError) as stopped:
        list(table(folder, data, **options).rows())
    (finding,) = stopped.value.findings
    return str(finding)


ITEMS = [
    {"id": "a", "body": {"id": 1, "name": "Eldrerådet"}, "cases": [{"title": "x"}, {"title": "y", "no": 2}]},
    {"id": "b", "body": None, "cases": [], "tags": ["p", "q"], "extra/part": True},
]


def test_items_are_rows_and_values_below_them_columns(tmp_path: Path) -> None:
    of_json = table(tmp_path, {"total": 2, "items": ITEMS, "next": None})
    assert of_json.columns == ("id", "body/id", "body/name", "cases/*/title", "cases/*/no", "tags/*", "extra~1part")
    assert [*of_json.rows()] == [
        Row(0, ("a", 1, "Eldrerådet", ("x", "y"), (None, 2), None, None)),
        Row(1, ("b", None, None, None, None, ("p", "q"), True)),
    ]
    selectors = [of_json.selector(1, 7), of_json.selector(0, 4, 1), of_json.selector(0, 4), of_json.selector(1, 6, 0)]
    assert selectors == [
        PointerSelector("r", f"/items/{path}") for path in ("1/extra~1part", "0/cases/1/title", "0/cases", "1/tags/0")
    ]
    assert of_json.media_type == "application/json"


def test_values_that_are_nowhere_filled_are_columns_too(tmp_path: Path) -> None:
    assert table(tmp_path, {"a": [{"x": None, "y": [], "z": {}}]}).columns == ("x", "y/*", "z")


def test_a_document_of_several_lists_asks_for_one(tmp_path: Path) -> None:
    data = {"items": ITEMS, "meta": {"pages": [{"n": 1}], "empty": [], "numbers": [1, 2]}}
    assert problem(tmp_path, data) == (
        'meetings.json: has several lists: "/items" (2 items), "/meta/pages" (1 items). '
        "Write items: and the pointer of the one to read"
    )
    assert table(tmp_path, data, items="#/meta/pages").columns == ("n",)
    assert table(tmp_path, data, items="/items").columns[0] == "id"
    assert 'there is no list of items at "/meta/empty". Lists: ' in problem(tmp_path, data, items="/meta/empty")
    assert problem(tmp_path, {"a": {"b": 1}}).endswith("has no list of items that are objects")


def test_a_list_is_a_table_and_so_are_lines(tmp_path: Path) -> None:
    values = [("a", 1), ("b", 2)]
    rows = [Row(number, value) for number, value in enumerate(values)]
    as_list = '[{"x": "a", "n": 1},\n {"x": "b", "n": 2}]'
    as_lines = '{"x": "a", "n": 1}\r\n\n{"x": "b", "n": 2}'
    as_rows = '{"data": [["a", 1], ["b", 2]]}'
    for text, columns, pointer in (
        (as_list, ("x", "n"), "/1/n"),
        (as_lines, ("x", "n"), "/1/n"),
        (as_rows, ("0", "1"), "/data/1/1"),
    ):
        of_json = table(tmp_path, text)
        assert (of_json.columns, [*of_json.rows()]) == (columns, rows)
        assert of_json.selector(1, 2) == PointerSelector("r", pointer)


def test_an_item_with_a_fault_has_its_problem_and_the_others_none(tmp_path: Path) -> None:
    items = [
        '{"x": 1}',
        '{"x": 1, "x": 2}',
        '{"x": NaN}',
        '{"x": "\\ud800"}',
        '{"x": 1e999}',
        '{"x": "a\\u0000b"}',
        "3",
        '{"x": ' + "[" * 30 + "]" * 30 + "}",
        '{"*": 1}',
        '{"x": "last"}',
    ]
    problems = [
        None,
        'it has the key "x" twice',
        "it has NaN, which is no number of JSON",
        "x: it has the character U+D800, which no text has",
        "x: the number is too large",
        "x: it has the character U+0000, which no text has",
        "it is no object",
        "it nests more than 20 deep",
        'it has the key "*", which stands for the elements of lists here',
        None,
    ]
    for text in (f"[{','.join(items)}]", "\n".join(items)):
        assert [row.problem for row in table(tmp_path, text).rows()] == problems
    lines = [row.problem for row in table(tmp_path, '{"x": 1}\n{"x": \n{"x": 2} 3\n{"x": 4}').rows()]
    assert lines == [None, "it is no JSON: Expecting value at character 6", "it goes on after its end", None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"items": [{"a": 1},\n{"a": 2', "line 2: ends too early. Is the file cut off?"),
        ('{"items": [{"a": 1}', "ends too early. Is the file cut off?"),
        ('{"items": [{"a": "x', "ends too early. Is the file cut off?"),
        ('{"items": [{"a": 1}]', "ends too early. Is the file cut off?"),
        ('{"items": [\n{"a": 1},\n{"a" 2}]}', "line 3: is no JSON: Expecting ':' delimiter"),
        ('{"items": [{"a": 1}], "items": []}', 'the key "items" stands here twice'),
        ('[{"a": 1}] []', "goes on after the end of the document"),
        ("[" * 100_000, "nests too deep"),
        ('[{"a": ' + "9" * 5_000 + "}]", "has a number of too many digits"),
        ('[{"a": 1}; {"a": 2}]', "expected , or ]"),
        ('{"a": 1}', "has no list of items"),
        ("[1, 2]", "has no list of items"),
        ('{"a": []}', "has no list of items"),
    ],
)
def test_a_text_that_is_no_json_says_where(tmp_path: Path, text: str, message: str) -> None:
    assert message in problem(tmp_path, text)


def test_the_encoding_of_json_is_told_or_utf_8(tmp_path: Path) -> None:
    text = '[{"x": "a"},\n{"x": "Bø"}]'
    assert problem(tmp_path, text.encode("cp1252")) == (
        "meetings.json: line 2: byte 0xf8 is not UTF-8. It is ø in windows-1252; write encoding: windows-1252."
    )
    for encoding in ("windows-1252", "utf-16", "utf-16-le", "utf-8-sig"):
        told = table(tmp_path, text.encode(encoding), encoding=encoding)
        assert [row.values for row in told.rows()] == [("a",), ("Bø",)]
    assert problem(tmp_path, text.encode("utf-16")).endswith("is UTF-16, not UTF-8. Write encoding: utf-16")
    assert [row.values for row in table(tmp_path, text.encode("utf-8-sig")).rows()] == [("a",), ("Bø",)]


def test_options_of_other_formats_are_refused(tmp_path: Path) -> None:
    assert problem(tmp_path, "[{}]", sheet="S").endswith("sheet: is of workbooks; this is JSON")
    assert problem(tmp_path, "a,b\n", items="/x").endswith("items: is of JSON; this is CSV")
    assert problem(tmp_path, "[{}]", header_row=2).endswith("header_row: is of CSV and workbooks; this is JSON")


def test_json_is_read_item_by_item(tmp_path: Path) -> None:
    item = json.dumps({"id": "x" * 100, "body": {"name": "y" * 100}})
    lists = [f'{{"items": [{", ".join([item] * count)}]}}' for count in (2_000, 40_000)]
    peaks = []
    for text in lists:
        of_json = table(tmp_path, text)
        tracemalloc.start()
        assert sum(1 for _ in of_json.rows()) == text.count("body")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert len(lists[1]) > 10 * peaks[1] / 2
    assert peaks[1] < 1.5 * peaks[0]


def test_a_value_that_ends_where_a_piece_of_the_file_does_is_read_whole(tmp_path: Path) -> None:
    for filling in range((1 << 18) - 40, (1 << 18) + 10):
        text = '{"fill": "' + "x" * filling + '", "items": [{"n": 123456}, {"n": true}]}'
        assert [row.values for row in table(tmp_path, text).rows()] == [(123456,), (True,)]
