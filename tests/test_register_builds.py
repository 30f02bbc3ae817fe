"""Registers in a build: in partitions, by several processes, from the cache; with errors, and with a full disk."""

import errno
import json
import os
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import loops
import pytest
from click.testing import CliRunner
from registers_home import REGISTERS, write_register
from serving import serving
from small_page import create_home, small_page, snapshot

from build_graph import build
from graph.builds.manifest import PARTS, verify_build
from graph.builds.parts import open_in_turn, open_part, part_files
from graph.cli.main import motegraf
from graph.common.findings import FindingsError
from graph.pipeline import partition_part, registers, shared_parts
from graph.pipeline.partitions import Partitions, SortedRows, bucket_of, decode_rows
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.summary import Summary
from graph.pipeline.workers import IN_PROCESS, Processes, Result, Task, Workers
from graph.query.build_entries import read_build_entries
from graph.query.entries import read_entries
from graph.query.stores import connect_build, connect_lines
from graph.rdf.statements import read_nquads
from graph.rdf.terms import iri
from graph.server.workers.process import run_module
from graph.sources.tables.reading import KeyedRow
from graph.sources.tables.reading.view import Problem

pytestmark = pytest.mark.slow

ID = "kontakter"
MAPPING = """\
people: officials
key: id
repeated: same-event
fill_down: ministry
event:
  kind: meeting
  status: held
  when: {column: date, formats: YYYY-MM-DD}
  topic: topic
  parts:
    - {person: {column: minister}, role: official, capacity: ministry}
    - {body: lobbyist, role: counterpart}
"""
HEADINGS = "id,date,minister,ministry,lobbyist,topic\n"
ROWS = 40
IN_PARTS = RegisterOptions(most_rows=8)
PARTIAL = IN_PARTS._replace(accept_partial=True)


def rows() -> list[str]:
    """Return rows of which some are equal, some tell of one event, and most are lent their ministry."""
    made = [
        f"{n},2021-{1 + n % 12:02}-{1 + n % 28:02},Ada {n % 3},{'Testdepartementet' if n % 5 == 0 else ''},"
        f"Firma {n % 7} AS,Sak {n}"
        for n in range(ROWS)
    ]
    twin = made[3].partition(",")[2]
    return [*made, f"90,{twin}", f"7,{made[7].partition(',')[2].replace('Firma 0', 'Firma 6')}"]


class Reversed:
    """Workers that do the last task first."""

    jobs = 2

    def __init__(self) -> None:
        self.done: list[str] = []

    def prepare(self, function: Callable[[Task], object], task: Task) -> None:
        pass

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        for task in reversed([*tasks]):
            self.done.append(task.name)  # type: ignore[attr-defined]
            yield function(task)


def write(home: Path, table: Iterable[str], mapping: str = MAPPING, lookups: str = "") -> None:
    write_register(home / "registers" / ID, HEADINGS + "".join(f"{row}\n" for row in table), mapping, lookups)


def new_home(folder: Path, table: Iterable[str], mapping: str = MAPPING) -> Path:
    """Return a home with one page and a register of these rows."""
    home = create_home(folder)
    small_page(home)
    write(home, table, mapping)
    return home


def made(home: Path, workers: Workers = IN_PROCESS, options: RegisterOptions = IN_PARTS, out: str = "out") -> Summary:
    return build(home, home / out, workers=workers, options=options)


def lines_of(build: Path) -> list[str]:
    """Return all statements of a build: of its main file, and of its parts."""
    lines = read_nquads(build / "motegraf.nq")
    for file in part_files(build):
        with open_part(file) as stream:
            lines += stream.read().decode().split("\n")[:-1]
    return lines


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A home with a build in partitions, made in one process; tests change copies of it only."""
    home = new_home(tmp_path_factory.mktemp("registers") / "home", rows())
    return home, made(home)


@pytest.fixture
def home(built: tuple[Path, Summary], tmp_path: Path) -> Path:
    shutil.copytree(built[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.mark.parametrize("options", [IN_PARTS, RegisterOptions(), IN_PARTS._replace(whole_files=True)])
def test_who_has_a_name_in_one_row_is_nameless_in_none(tmp_path: Path, options: RegisterOptions) -> None:
    mapping = MAPPING.replace("body: lobbyist", r"body: {column: lobbyist, id: {pattern: '\d{9}'}}")
    table = [
        f"{n},2021-01-{1 + n:02},Ada,Testdepartementet,{'Firma AS 123456789' if n == 7 else 123456789},Sak {n}"
        for n in range(20)
    ]
    # Nobody ever names this one.
    table.append("30,2021-02-01,Ada,Testdepartementet,987654321,Sak")
    home = new_home(tmp_path / "home", table, mapping)
    made(home, options=options)
    labels = {line for line in lines_of(home / "out") if f"actor/{ID}." in line and "#label>" in line}
    named = {line.split(" ", 2)[2].rpartition(" <")[0] for line in labels if f"{ID}.123456789>" in line}
    nameless = {line.split(" ", 2)[2].rpartition(" <")[0] for line in labels if f"{ID}.987654321>" in line}
    assert named == {'"Firma AS"'}
    assert nameless == {
        '"uten navn i registeret (987654321)"@nb',
        '"without a name in the register (987654321)"@en',
    }
    page = (home / "out/explorer.html").read_text(encoding="utf-8")
    assert "uten navn i registeret (987654321)" in page
    assert "uten navn i registeret (123456789)" not in page


def test_a_register_is_built_in_parts_of_limited_size(built: tuple[Path, Summary]) -> None:
    home, summary = built
    assert (summary.registers, summary.registers_known, summary.rows, summary.rows_left_out) == (1, 1, ROWS + 2, 0)
    files = part_files(home / "out")
    assert summary.parts == len(files) > 5
    listed = json.loads((home / "out" / PARTS).read_text())
    assert [part["file"] for part in listed["parts"]] == sorted(file.name for file in files)
    own = read_nquads(home / "out/motegraf.nq")
    assert listed["statements"] + len(own) == summary.statements == len(lines_of(home / "out"))
    verify_build(home / "out")
    # All that is said of a thing stands in one file.
    subjects = [{line.split(" ")[0] for line in own}]
    for file in files:
        with open_part(file) as stream:
            subjects.append({line.split(" ")[0] for line in stream.read().decode().splitlines()})
    assert sum(map(len, subjects)) == len(set().union(*subjects))


def test_a_heading_above_rows_of_several_parts_stands_in_one_file(tmp_path: Path) -> None:
    mapping = MAPPING.replace("fill_down: ministry\n", "sections: [{column: id, alone: true, as: chief}]\n")
    mapping += "    - {person: chief, role: official, another: true}\n"
    table = [f"Sjef {n // 20},,,,," if n % 20 == 0 else row for n, row in enumerate(rows()[:ROWS])]
    home = new_home(tmp_path / "home", table, mapping)
    made(home)
    subjects = [{line.split(" ")[0] for line in read_nquads(home / "out/motegraf.nq")}]
    for file in part_files(home / "out"):
        with open_part(file) as stream:
            subjects.append({line.split(" ")[0] for line in stream.read().decode().splitlines()})
    assert len(subjects) > 3
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    made(home, options=RegisterOptions(), out="whole")
    assert sorted(lines_of(home / "out")) == sorted(lines_of(home / "whole"))
    assert any("Sjef 1" in line for line in lines_of(home / "whole"))


def test_parts_hold_what_one_file_would_hold(built: tuple[Path, Summary], home: Path, tmp_path: Path) -> None:
    summary = built[1]
    whole = new_home(tmp_path / "whole", rows())
    at_once = made(whole, options=RegisterOptions())
    assert read_nquads(whole / "out/motegraf.nq") == sorted(lines_of(home / "out"))
    assert at_once._replace(parts=summary.parts) == summary
    assert part_files(whole / "out") == []
    # The same partitions, put together.
    made(home, options=IN_PARTS._replace(whole_files=True), out="whole")
    assert snapshot(home / "whole") == snapshot(whole / "out")


def test_names_read_part_by_part_are_those_of_one_store_of_everything(home: Path) -> None:
    build = home / "out"
    assert len(part_files(build)) > 5
    expected = read_entries([connect_lines(lines_of(build))])
    actual = list(read_build_entries(build))
    assert {entry.kind for entry in actual} >= {"event", "person", "organisation", "area"}
    # Of several parts: their meetings are added up.
    assert max(entry.meetings for entry in actual if entry.kind == "person") > IN_PARTS.most_rows
    assert sorted(actual, key=lambda entry: entry.iri) == sorted(expected, key=lambda entry: entry.iri)


def test_the_catalogue_counts_what_is_in_parts(home: Path) -> None:
    made(home, options=IN_PARTS._replace(whole_files=True), out="whole")
    assert (home / "out/void.ttl").read_text() == (home / "whole/void.ttl").read_text()
    catalogue = (home / "out/catalog.ttl").read_text()
    assert "dumps/parts.json>" in catalogue
    assert "Everything but large registers" in catalogue
    assert "parts.json" not in (home / "whole/catalog.ttl").read_text()


@pytest.mark.server
def test_a_server_answers_from_parts(home: Path, tmp_path: Path) -> None:
    with serving(home / "out", tmp_path / "log") as server:
        answer = server.get(
            f"ASK {{ {iri(f'event:{ID}.5')} a {iri('mg:SingleEvent')} }}", Accept="application/sparql-results+json"
        )
        assert answer.json["boolean"] is True
        page = server.ask("GET", f"/about/event/{ID}.5", Accept="text/html", Accept_Language="en")
        assert page.status == 200
        assert "Firma 5 AS" in page.text
        assert server.ask("GET", f"/dumps/{PARTS}").status == 200
        part = part_files(home / "out")[0]
        assert server.ask("GET", f"/dumps/{part.name}").body == part.read_bytes()


def test_the_bytes_do_not_depend_on_processes_or_order(built: tuple[Path, Summary], tmp_path: Path) -> None:
    home, summary = built
    backwards = new_home(tmp_path / "backwards", rows())
    assert made(backwards, Reversed()) == summary
    assert snapshot(backwards / "out") == snapshot(home / "out")
    in_processes = new_home(tmp_path / "processes", rows())
    with Processes(2) as workers:
        assert made(in_processes, workers) == summary
    assert snapshot(in_processes / "out") == snapshot(home / "out")


def test_only_the_partition_of_a_changed_row_is_made_again(home: Path, tmp_path: Path) -> None:
    parts = {part["sha256"] for part in json.loads((home / "out" / PARTS).read_text())["parts"]}
    changed = [row.replace("Sak 31", "Sak 31b") for row in rows()]
    write(home, changed)
    workers = Reversed()
    made(home, workers, IN_PARTS)
    assert len(workers.done) == 0  # one task is worked on here
    now = {part["sha256"] for part in json.loads((home / "out" / PARTS).read_text())["parts"]}
    assert len(now - parts) == len(parts - now) == 1
    fresh = new_home(tmp_path / "fresh", changed)
    made(fresh)
    assert snapshot(home / "out") == snapshot(fresh / "out")


def test_rows_with_errors_are_named_and_the_old_build_stays(home: Path) -> None:
    before = snapshot(home / "out")
    write(home, [row.replace("2021-06-06", "2021-06-31").replace("2021-02-02", "soon") for row in rows()])
    with pytest.raises(FindingsError) as error:
        build(home, home / "out", options=IN_PARTS)
    messages = [str(each) for each in error.value.findings]
    assert any(f"registers/{ID}/table.csv row 7, date:" in each and '"2021-06-31"' in each for each in messages)
    assert any(f"registers/{ID}/table.csv row 3, date:" in each and '"soon"' in each for each in messages)
    assert snapshot(home / "out") == before


def test_a_register_with_errors_is_left_out_unless_all_must_go_in(home: Path) -> None:
    write(home, [row.replace("2021-06-06", "2021-06-31") for row in rows()])
    summary = build(home, home / "out", strict=False, options=IN_PARTS)
    assert summary.registers_left_out == (ID,)
    assert summary.registers_known == summary.rows == 0
    assert part_files(home / "out") == []
    assert not any(f"/event/{ID}." in line for line in lines_of(home / "out"))


def test_wrong_rows_alone_may_be_left_out(home: Path, tmp_path: Path) -> None:
    bad = {7: "2021-06-31", 12: "soon"}
    table = rows()
    for row, words in bad.items():
        fields = table[row - 2].split(",")
        table[row - 2] = ",".join((fields[0], words, *fields[2:]))
    write(home, table)
    summary = build(home, home / "out", strict=True, options=PARTIAL)
    assert (summary.rows, summary.rows_left_out) == (ROWS + 2, 2)
    named = [each.file for each in summary.findings if each.severity == "error"]
    assert sorted(named) == sorted(f"registers/{ID}/table.csv row {row}, date" for row in bad)
    lines = lines_of(home / "out")
    events = {line.split(" ")[0] for line in lines if "/ontology#SingleEvent>" in line and f"/event/{ID}." in line}
    keys = {each.rpartition(".")[2].rstrip(">") for each in events}
    assert keys == {row.partition(",")[0] for row in rows()} - {"5", "10"}


def test_registers_need_no_corpus(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home")
    (home / "corpus").rmdir()
    with pytest.raises(FindingsError, match="corpus: cannot be read"):
        made(home)
    write(home, rows())
    summary = made(home)
    assert (summary.pages, summary.rows) == (0, ROWS + 2)
    assert CliRunner().invoke(motegraf, ["check", "--home", str(home), "--complete", "--jobs", "1"]).exit_code == 0


@pytest.mark.parametrize("complete", [False, True])
def test_statements_that_violate_a_shape_keep_their_register_out(
    home: Path, monkeypatch: pytest.MonkeyPatch, complete: bool
) -> None:
    before = snapshot(home / "out")
    whole = partition_part.group_lines
    lost = f" {iri('prov:hadPrimarySource')} "
    monkeypatch.setattr(
        partition_part, "group_lines", lambda groups: (line for line in whole(groups) if lost not in line)
    )
    write(home, [row.replace("Sak", "Tema") for row in rows()])
    with pytest.raises(FindingsError, match=f"registers/{ID}: .*claim") as error:
        build(home, home / "out", options=IN_PARTS._replace(complete=complete))
    assert len(error.value.findings) >= 20
    assert snapshot(home / "out") == before


def test_commands_say_what_was_left_out_and_how_much_went_in(home: Path) -> None:
    write(home, [row.replace("2021-06-06", "2021-06-31") for row in rows()])
    out = ["--home", str(home), "--out", str(home / "out"), "--jobs", "1"]
    refused = CliRunner().invoke(motegraf, ["build", *out, "--strict"])
    assert refused.exit_code == 1
    assert f"registers/{ID}/table.csv row 7, date" in refused.stderr
    partial = CliRunner().invoke(motegraf, ["build", *out, "--accept-partial"])
    assert partial.exit_code == 0
    assert f"registers/{ID}/table.csv row 7, date" in partial.stderr
    assert "1, 42 rows, 1 of them left out for errors" in partial.stdout
    without = CliRunner().invoke(motegraf, ["build", *out])
    assert without.exit_code == 0
    assert f"1 register left out: {ID}" in without.stderr
    checked = CliRunner().invoke(motegraf, ["check", "--home", str(home), "--accept-partial", "--jobs", "1"])
    assert checked.exit_code == 0
    assert "1 error, in rows that are left out" in checked.stdout
    assert CliRunner().invoke(motegraf, ["check", "--home", str(home), "--jobs", "1"]).exit_code == 1


def test_a_register_of_the_same_rows_in_another_order_is_the_same_but_for_cells(tmp_path: Path) -> None:
    plain = MAPPING.replace("fill_down: ministry\n", "").replace(", capacity: ministry", "")
    plain += "unused: {ministry: not of this test}\n"
    graphs = []
    for number, table in enumerate((rows()[:ROWS], rows()[:ROWS][::-1])):
        home = new_home(tmp_path / f"{number}", table, plain)
        made(home)
        graphs.append({line for line in lines_of(home / "out") if "cell" not in line and "/graph/concluded>" in line})
    assert graphs[0] == graphs[1]
    assert graphs[0]


def test_parts_are_asked_like_one_file(home: Path) -> None:
    made(home, options=IN_PARTS._replace(whole_files=True), out="whole")
    query = f"SELECT ?event ?claim WHERE {{ ?claim {iri('mg:event')} ?event }} ORDER BY ?claim ?event"
    answers = [connect_build(home / name)(query) for name in ("out", "whole")]
    assert answers[0] == answers[1]
    assert len(answers[0].rows) > ROWS


def test_the_four_samples_are_built_alike_however_they_are_divided(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home")
    shutil.copytree(REGISTERS, home / "registers", ignore=shutil.ignore_patterns("README.md", "expected.json"))
    whole = RegisterOptions(accept_partial=True, complete=True)
    summary = build(home, home / "out", strict=False, options=whole)
    assert (summary.registers, summary.registers_known, summary.registers_left_out) == (4, 4, ())
    build(home, home / "parts", strict=False, options=RegisterOptions(accept_partial=True, most_rows=2))
    lines = lines_of(home / "parts")
    assert sorted(lines) == read_nquads(home / "out/motegraf.nq")
    for folder in (home / "registers").iterdir():
        assert any(f"/event/{folder.name}." in line for line in lines)
        assert any(f"part.{folder.name}." in file.name for file in part_files(home / "parts"))


def test_keys_of_lookups_that_fit_no_value_are_told_whatever_was_built_before(home: Path) -> None:
    mapping = MAPPING.replace("topic: topic", "topic: {column: topic, lookup: topics}")
    lookups = "topics: {by: me, because: a test, values: {Sak 3: {is: nothing}, Sak 3b: {is: nothing}}}\n"
    write(home, rows(), mapping, lookups)
    stale = [str(each) for each in made(home).findings]
    assert stale == [
        f'registers/{ID}/lookups.yaml:1: warning: "Sak 3b" fits no value of the table; remove it, or correct it'
    ]
    write(home, [row.removesuffix("Sak 3") + "x" for row in rows()], mapping, lookups)
    assert len(made(home).findings) == 2


@pytest.mark.parametrize("step", ["rows", "part", "run"])
def test_a_full_disk_leaves_the_old_build_whole(home: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = snapshot(home / "out")
    write(home, [row.replace("Firma", "Selskap") for row in rows()])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "rows":
        monkeypatch.setattr(registers.SortedRows, "_put_aside", full)
    elif step == "part":
        monkeypatch.setattr("graph.pipeline.cache.Path.write_bytes", full)
    else:
        monkeypatch.setattr(shared_parts, "write_run", full)
    with pytest.raises(FindingsError, match="No space left on device"):
        made(home)
    monkeypatch.undo()
    assert snapshot(home / "out") == before
    # What was put aside is cleared away.
    assert [*(home / ".cache/parts").glob("rows-*"), *(home / ".cache/parts").glob("shared-*")] == []


def test_files_of_a_build_are_read_in_turn_as_one(home: Path) -> None:
    build = home / "out"
    files = [build / "motegraf.nq", *part_files(build)]
    with open_in_turn(files) as stream:
        pieces = [stream.read(size) for size in (1, 10, 1_000_000)]
        assert [*map(len, pieces[:2])] == [1, 10]
        assert b"".join([*pieces, stream.read()]).decode().split("\n")[:-1] == lines_of(build)
    assert open_in_turn([]).read() == b""
    files[2].unlink()
    with open_in_turn(files) as stream, pytest.raises(FileNotFoundError, match=files[2].name):
        stream.read()


def test_whoever_has_a_large_build_copied_for_a_server_is_told_how_far_that_is(home: Path, tmp_path: Path) -> None:
    def copied(build: Path) -> list[str]:
        reports: list[str] = []
        folder = tempfile.mkdtemp(dir=tmp_path)
        loops.run(run_module("graph.server.snapshot.copy", str(build), folder, report=reports.append))
        return reports

    reports = copied(home / "out")
    assert reports[0] == "making an index: 0 %"
    assert "merging the index: 0 %" in reports
    for task in ("making an index", "reading names"):
        tenths = [int(words[:-2]) for name, _, words in (each.partition(": ") for each in reports) if name == task]
        assert len(tenths) > 3
        assert tenths == sorted({*tenths} & {*range(0, 100, 10)})
    # What is wrong is said without what went well before.
    part_files(home / "out")[0].unlink()
    with pytest.raises(OSError, match=r"^\S.*part\.") as error:
        copied(home / "out")
    assert "progress" not in str(error.value)


def test_rows_that_are_put_aside_come_back_as_they_were(tmp_path: Path) -> None:
    values = ("Åse", "", None, 1.5, True, "\ud800", ("a", ("b",)))
    kept = [
        KeyedRow(2, values, "k2", fills=((1, 1, "above"),), repeats=1, repeats_key="k1"),
        KeyedRow(3, (date(2024, 2, 3), datetime(2024, 2, 3, 4, 5), time(4, 5)), "k3", shared=True),
        KeyedRow(4, (), "\n4", problems=(Problem("row", "is wrong", "x", review=True),)),
        KeyedRow(5, ("",), "\n5", skip="blank"),
    ]
    for most in (1, 10):
        partitions = Partitions(array("H", [bucket_of(row.key) for row in kept]), most)
        with SortedRows("r", partitions, kept, tmp_path) as rows:
            read = [row for place in range(len(partitions)) for row in decode_rows(rows.encoded(place))]
        assert sorted(read) == kept
        assert {type(row) for row in read} == {KeyedRow}
        assert read[0] == kept[0] or most == 1
    assert [*tmp_path.iterdir()] == []


def test_a_process_that_dies_is_told_and_what_was_made_is_kept() -> None:
    with Processes(2) as workers, pytest.raises(FindingsError, match="was killed"):
        list(workers.map(os._exit, [3]))
