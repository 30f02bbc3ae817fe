"""What the columns of a table look like, and how a register is started with it."""

import hashlib
import os
import tracemalloc
from pathlib import Path
from shutil import copy, copytree

import pytest
import yaml
from click.testing import CliRunner, Result
from registers_home import REGISTERS, ROOT

from graph.cli.main import motegraf
from graph.sources.tables.date_shapes import covering, forms_of
from graph.sources.tables.formats import TableOptions, open_table
from graph.sources.tables.profile import Column, Profile, profile
from graph.sources.tables.repeats import Repeats
from graph.sources.tables.start import is_table

pytestmark = pytest.mark.unit


def profiled(folder: Path, text: str, **options: object) -> Profile:
    file = folder / "meetings.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return profile(open_table(file, TableOptions(**options)))  # type: ignore[arg-type]


def of_sample(name: str, file: str, encoding: str | None = None) -> dict[str, Column]:
    found = profile(open_table(REGISTERS / name / file, TableOptions(encoding=encoding)))
    return {column.heading: column for column in found.columns}


def test_a_profile_counts_what_the_values_look_like() -> None:
    found = profile(open_table(REGISTERS / "eu-mep-meetings/meetings.csv"))
    columns = {column.heading: column for column in found.columns}
    assert (found.rows, found.blank_rows, found.problem_count, found.repeated, found.repeated_but) == (16, 0, 0, 0, 1)
    assert [key.heading for key in found.keys] == [""]
    assert columns["dossier"].blank == 11
    assert (columns["date"].date_forms, columns["date"].filled) == ([("DD-MM-YYYY", 15), ("MM-DD-YYYY", 10)], 16)
    assert not columns["date"].is_ambiguous
    assert columns["epid"].kinds == {"number": 16}
    assert columns["mep"].looks_like_people
    assert not columns["lobbyists"].looks_like_people
    assert columns["lobbyists"].separators == {",": 4, " and ": 1}
    assert (columns["location"].distinct, columns["location"].most_frequent[0]) == (10, ("Videokonferens", 3))


def test_a_profile_tells_dates_of_many_forms_and_rows_that_repeat() -> None:
    uk = of_sample("uk-cabinet-office-2010-q4", "meetings.csv", "windows-1252")
    assert (uk["Date"].filled, uk["Date"].dates) == (11, 10)
    assert dict(uk["Date"].date_forms)["MMM-YYYY"] == 4
    assert {"MMM-YY", "MMM-DD"} <= dict(uk["Date"].date_forms).keys()
    si = profile(open_table(REGISTERS / "si-lobbying-contacts/contacts.csv"))
    assert (si.repeated, si.keys) == (1, [])
    einnsyn = of_sample("einnsyn-moetemapper", "moetemapper.json")
    assert einnsyn["moetesak/*/offentligTittel"].kinds == {"list": 1}
    assert einnsyn["moetedeltaker/*/moetedeltakerNavn"].looks_like_people


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("27-10-2021", ("DD-MM-YYYY",)),
        ("05-02-2020", ("DD-MM-YYYY", "MM-DD-YYYY")),
        ("31-11-2020", ()),
        ("2021-10-27", ("ISO",)),
        ("2023-06-13T22:30:00Z", ("ISO",)),
        ("3.4.2020", ("D.M.YYYY", "M.D.YYYY")),
        ("3. april 2020", ("D. MMMM YYYY",)),
        ("April 3, 2020", ("MMMM D, YYYY",)),
        ("Nov-10", ("MMM-YY", "MMM-DD")),
        ("Oct-Dec 2010", ("MMM-MMM YYYY",)),
        ("1.-3. mai 2020", ("D.-D. MMM YYYY",)),
        ("Monday 5 October 2020", ("dddd D MMMM YYYY",)),
        ("Tuesday 5 October 2020", ()),
        ("27/10/2021 14:30", ("DD/MM/YYYY HH:mm",)),
        ("10/27/2021 2:30 PM", ("MM/DD/YYYY h:mm a",)),
        ("27.10.2021 9:05", ("DD.MM.YYYY H:mm",)),
        ("7th September 2023", ("D MMMM YYYY",)),
        ("5 and 6 July 2023", ("D [and] D MMM YYYY",)),
        ("4 de març de 2024", ("D [de] MMM [de] YYYY",)),
        ("dijous, 11 d’abril de 2024", ("dddd, DD [d]’MMMM [de] YYYY",)),
        ("20201027", ("YYYYMMDD",)),
        ("July", ("MMM",)),
        ("2010", ("YYYY",)),
        ("9000", ()),
        ("2023/8", ("YYYY/M",)),
        ("['ENVI']", ()),
        ("Nil return", ()),
        ("-", ()),
        ("x" * 1000, ()),
        ("3. oktober 2020 til 5. oktober 2020", ()),
    ],
)
def test_a_value_is_a_date_by_the_forms_that_read_it(text: str, forms: tuple[str, ...]) -> None:
    assert forms_of(text) == forms


def test_the_fewest_forms_that_read_all_dates_are_chosen() -> None:
    assert covering(["1.2.2020", "11.12.2020", "03.04.2020"]) == ["D.M.YYYY"]
    assert covering(["05/02/2020", "27/02/2020"]) == ["DD/MM/YYYY"]
    assert covering(["Nov-10", "Oct-2010", "December"]) == ["MMM-YY", "MMM-YYYY", "MMMM"]
    assert covering(["1. mai 2020", "2. november 2020"]) == ["D. MMMM YYYY"]


def test_an_ambiguous_order_of_day_and_month_is_told(tmp_path: Path) -> None:
    column = profiled(tmp_path, "date\n05/02/2020\n11/12/2020\n").columns[0]
    assert column.is_ambiguous
    assert not profiled(tmp_path, "date\n05/02/2020\n13/12/2020\n").columns[0].is_ambiguous


def test_a_profile_names_rows_with_problems_and_leaves_them_out(tmp_path: Path) -> None:
    found = profiled(tmp_path, 'a,b\n1,2\n3\n"x" y,4\n\n5,6\n')
    assert [number for number, _ in found.problems] == [3, 4]
    assert (found.rows, found.problem_count, found.blank_rows, found.good_rows) == (5, 2, 1, 2)
    assert [column.filled for column in found.columns] == [2, 2]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sources.tables.profile.MAX_DISTINCT", 500)
    peaks = []
    for count in (6_000, 18_000):
        file = tmp_path / "many.csv"
        file.write_text("id,n\n" + "".join(f"value number {n},{n % 7}\n" for n in range(count)), encoding="utf-8")
        table = open_table(file)
        tracemalloc.start()
        found = profile(table)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (found.columns[0].distinct, found.columns[0].others) == (500, count - 500)
        assert (found.columns[0].is_unique, found.repeated) == (True, 0)
    assert peaks[1] < 1.5 * peaks[0]


def test_values_that_stand_twice_are_counted() -> None:
    repeats = Repeats()
    for value in (*range(1_000), *range(0, 1_000, 10), -5):
        repeats.add(hash(f"value {value}"))
    assert (repeats.count, repeats.size) == (100, 1_101)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("ontology", "registry"):
        copytree(ROOT / name, tmp_path / "home" / name)
    return tmp_path / "home"


def add(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(motegraf, ["add", *arguments, "--home", str(home)])


def test_a_table_becomes_a_register_with_questions(home: Path) -> None:
    table = REGISTERS / "eu-mep-meetings/meetings.csv"
    result = add(home, str(table), "--id", "eu", "--url", "https://example.org/x", "--published", "2021-01/2021-02")
    assert result.exit_code == 0, result.output
    folder = home / "registers/eu"
    assert sorted(each.name for each in folder.iterdir()) == ["mapping.yaml", "meetings.csv", "register.yaml"]
    assert (folder / "meetings.csv").read_bytes() == table.read_bytes()
    register = yaml.safe_load((folder / "register.yaml").read_text(encoding="utf-8"))
    described = yaml.safe_load((REGISTERS / "eu-mep-meetings/register.yaml").read_text(encoding="utf-8"))
    assert register["files"]["sha256"] == described["files"]["sha256"]
    assert (register["files"]["rows"], register["files"]["encoding"]) == (16, "utf-8")
    assert (register["url"], register["title"]) == ("https://example.org/x", None)
    mapping = yaml.safe_load((folder / "mapping.yaml").read_text(encoding="utf-8"))
    assert mapping["event"]["when"] == {"column": "date", "formats": ["DD-MM-YYYY"]}
    assert (mapping["key"], mapping["people"], mapping["event"]["kind"], mapping["unused"]) == ("", None, None, None)
    # Nothing is claimed before the questions are answered.
    result = CliRunner().invoke(motegraf, ["preview", "eu", "--home", str(home)])
    assert result.exit_code == 1
    assert "'people' is empty; write people: officials, all or none" in result.output


def test_a_first_mapping_works_when_its_questions_are_answered(home: Path) -> None:
    assert add(home, str(REGISTERS / "si-lobbying-contacts/contacts.csv"), "--id", "si").exit_code == 0
    folder = home / "registers/si"
    mapping = (folder / "mapping.yaml").read_text(encoding="utf-8")
    answers = {
        "people:\n": "people: none\n",
        "key:\n": "key: id\nrepeated: same-event\n",
        "  kind:\n": "  kind: contact\n",
        "  status:\n": "  status: held\n",
        "  parts:\n": "  parts:\n  - {body: org_name, role: counterpart}\n",
    }
    for question, answer in answers.items():
        assert mapping.count(question) == 1, question
        mapping = mapping.replace(question, answer)
    for column in ("contact_type", "institution", "function", "lobbyist_type", "purpose", "purpose_details"):
        line = f"  # {column}: because …\n"
        assert line in mapping
        mapping = mapping.replace(line, f"  {column}: not in this test\n")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    copy(REGISTERS / "si-lobbying-contacts/register.yaml", folder / "register.yaml")
    result = CliRunner().invoke(motegraf, ["preview", "si", "--home", str(home)])
    assert result.exit_code == 0, result.output


def test_adding_again_changes_nothing(home: Path, tmp_path: Path) -> None:
    table = copy(REGISTERS / "eu-mep-meetings/meetings.csv", tmp_path / "My Meetings 2021.csv")
    assert add(home, str(table)).exit_code == 0
    folder = home / "registers/my-meetings-2021"
    (folder / "mapping.yaml").write_text("key: x\n", encoding="utf-8")
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    again = add(home, str(table))
    assert again.exit_code == 0
    assert "has this table already" in again.output
    Path(table).write_text("a,b\n1,2\n", encoding="utf-8")
    other = add(home, str(table))
    assert other.exit_code == 1
    assert "is there already, with another table. Give another --id" in other.output
    digest = hashlib.sha256(Path(table).read_bytes()).hexdigest()
    assert f"{{file: My Meetings 2021.csv, sha256: {digest}, rows: 1}}" in other.output
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert [each.name for each in (home / "registers").iterdir()] == ["my-meetings-2021"]


def test_what_a_file_leaves_open_is_a_question(home: Path, tmp_path: Path) -> None:
    text = "Ministers’ meetings\nMinister,Date,Topic\nAda Prøve,Nov-10,x\n"
    table = tmp_path / "odd.csv"
    table.write_bytes(text.encode("cp1252"))
    result = add(home, str(table))
    assert result.exit_code == 0, result.output
    assert "write encoding: windows-1252" in result.output
    assert "Write header_row: 2 if the headings are Minister, Date, Topic" in result.output
    register = (home / "registers/odd/register.yaml").read_text(encoding="utf-8")
    assert "  encoding: windows-1252\n" in register
    assert "  header_row: 2\n" in register
    result = add(home, str(ROOT / "tests/tables/ministers.xls"))
    assert result.exit_code == 1
    assert "no sheet is named; it has Meetings, Gifts, Lists (hidden)" in result.output
    assert add(home, str(ROOT / "tests/tables/ministers.xls"), "--sheet", "Gifts").exit_code == 0
    register = (home / "registers/ministers/register.yaml").read_text(encoding="utf-8")
    assert "  sheet: Gifts\n" in register


def test_options_say_what_a_file_leaves_open(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Ministers\na,b;c\n1,2;3\n", encoding="utf-8")
    result = add(home, str(table), "--header-row", "2")
    assert result.exit_code == 1
    assert "Write delimiter: and the sign (--delimiter)" in result.output
    assert add(home, str(table), "--header-row", "2", "--delimiter", ";").exit_code == 0
    register = (home / "registers/odd/register.yaml").read_text(encoding="utf-8")
    assert "  header_row: 2\n" in register
    assert '  delimiter: ";"\n' in register
    result = add(home, str(ROOT / "tests/tables/ministers.xls"))
    assert "Name the one to read (--sheet)" in result.output


def test_lines_of_json_become_a_register(home: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    items = ['{"id": 1, "on": "2024-01-02", "who": [{"of": null}]}', '{"id": 2, "who": [{"of": {"name": "x"}}]}']
    lines.write_text("\n".join(items), encoding="utf-8")
    assert add(home, str(lines)).exit_code == 0
    mapping = (home / "registers/lines/mapping.yaml").read_text(encoding="utf-8")
    assert '# "who/*/of/name": because' in mapping
    assert '# "who/*/of": because' not in mapping
    result = CliRunner().invoke(motegraf, ["preview", "lines", "--home", str(home)])
    assert "items" not in result.output


def test_a_dry_run_writes_nothing(home: Path) -> None:
    result = add(home, str(REGISTERS / "einnsyn-moetemapper/moetemapper.json"), "--dry-run")
    assert result.exit_code == 0
    assert "  items: /items\n" in result.output
    assert "moetesak/*/offentligTittel" in result.output
    assert not (home / "registers").exists()


def test_documents_are_no_tables_and_options_of_tables_are_of_these(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("a,b\n1,2\n", encoding="utf-8")
    assert not is_table(page)
    assert is_table(REGISTERS / "eu-mep-meetings/meetings.csv")
    nameless = copy(ROOT / "tests/tables/ministers.ods", tmp_path / "nameless")
    assert is_table(Path(nameless))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert not is_table(tmp_path / "pipe")
    assert "1 row" in add(home, str(page), "--delimiter", ",", "--dry-run").output
    result = add(home, str(page), "--sheet", "x")
    assert result.exit_code == 2
    assert "--sheet is of tables" in result.output


def test_a_table_that_cannot_be_read_starts_nothing(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "cut.csv"
    table.write_text('a,b\n1,"2\n', encoding="utf-8")
    result = add(home, str(table))
    assert result.exit_code == 1
    assert 'the cell "b" that begins with a quotation mark on line 2 has no end' in result.output
    assert not (home / "registers").exists()


def test_a_first_mapping_asks_about_rows_of_one_cell_and_lines_in_cells(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "diary.csv"
    table.write_text(
        'Date of meeting,Organisation,Purpose\nHon. Ada Example,,\n1 July 2023,"Alfa AS\nBeta AS",Ports\n'
        "Various dates,Gamma AS,Rail\nHon. Bo Prøve,,\nNil return,,x\n",
        encoding="utf-8",
    )
    assert add(home, str(table)).exit_code == 0
    mapping = (home / "registers/diary/mapping.yaml").read_text(encoding="utf-8")
    for line in (
        "key: file-and-row",
        "# ? Nothing but Date of meeting have: row 2, 5. If these are headings of the rows below them, as the name of "
        "a minister",
        "#   - {column: Date of meeting, alone: true, as: minister}",
        "#   - {column: Date of meeting, alone: true, because: a note}",
        "#   - {column: Date of meeting, is: Nil return, because: …}",
        '  # - body: {column: Organisation, split: {at: ["\\n"], only: looked-up}}',
    ):
        assert f"{line}\n" in mapping, mapping
    # Dates are never filled down.
    assert "fill_down: Date" not in mapping
    assert mapping.count("# skip:") == 1
