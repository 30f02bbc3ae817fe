"""The benchmarks run, at the smallest size: what they measure there means nothing, and no bound is asked for."""

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import driver, started

from build_graph import build
from graph import HOME
from graph.pipeline.pages import page_part
from graph.query.stores import open_store
from graph.rdf.statements import to_nquads
from graph.sources.pages.context import read_background
from graph.sources.pages.read import page_folders, read_claims

pytestmark = pytest.mark.unit

FOLDER = HOME / "benchmarks"

# Every ready question is asked: a new one is measured too.
QUESTIONS = len([*(HOME / "queries").glob("*.rq")])


def run(program: str, *words: str | Path) -> str:
    """What a benchmark prints; 1 is a bound that was missed, all else but 0 is a mistake."""
    command = [sys.executable, FOLDER / program, *words]
    done = subprocess.run([str(word) for word in command], capture_output=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr or program in ("all.py", "asking.py", "server.py")
    return done.stdout


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of four generated pages."""
    home = tmp_path_factory.mktemp("generated") / "home"
    run("generate.py", home, "--pages", "4", "--claims", "30", "--seed", "7")
    return home


def test_generated_pages_have_no_findings_and_all_claims(generated: Path) -> None:
    figures = build(generated)
    assert (figures.pages, figures.claims, figures.series) == (4, 120, 4)


def test_generated_pages_hold_every_kind_of_claim(generated: Path) -> None:
    background = read_background(generated)
    readings = [read_claims(folder, background) for folder in page_folders(generated / "corpus")]
    kinds = {type(claim).__name__ for reading in readings for claim in reading.claims}
    assert kinds == {f"{kind}Claim" for kind in ("Event", "Participation", "Audience", "Utterance", "Relation", "Work")}


def test_a_few_generated_pages_share_an_event(generated: Path) -> None:
    texts = [(folder / "claims.yaml").read_text(encoding="utf-8") for folder in page_folders(generated / "corpus")]
    assert ["-toppmote-0:" in text for text in texts] == [True, True, False, False]


def test_same_seed_gives_same_pages_however_many(generated: Path, tmp_path: Path) -> None:
    run("generate.py", tmp_path / "home", "--pages", "3", "--claims", "30", "--seed", "7")
    for folder in page_folders(tmp_path / "home/corpus"):
        for file in folder.iterdir():
            assert file.read_bytes() == (generated / "corpus" / folder.name / file.name).read_bytes()


def test_generate_does_not_write_over_a_corpus(generated: Path) -> None:
    done = subprocess.run([sys.executable, FOLDER / "generate.py", generated], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "holds a corpus already" in done.stderr


def test_statements_measured_are_those_of_a_build(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    statements = importlib.import_module("statements")
    background = read_background(generated)
    for folder in page_folders(generated / "corpus"):
        made = to_nquads(statements.statements(read_claims(folder, background), background))
        assert made == page_part(folder, "", background).lines


@pytest.mark.parametrize(
    ("program", "words", "rows"),
    [
        (
            "cold_build.py",
            ("--rounds", "1"),
            ("importing all modules of a build, pySHACL", "cold build of one page, to all of these, CPU s"),
        ),
        (
            "statements.py",
            ("--pages", "4", "--claims", "20"),
            ("ours: readings to a store, CPU s", "all memory, 4 pages, MB"),
        ),
        ("cold_ask.py", ("--rounds", "1"), ("motegraf ask who_met_whom, CPU s", "motegraf --help, s on the clock")),
        (
            "pages.py",
            ("--pages", "3", "--claims", "20", "--rounds", "1"),
            ("30,000 statements to those", "two processes to one", "memory of 3 pages", "nothing changed to hashing"),
        ),
        ("all.py", ("--small", "--only", "cold_ask"), ("cold_ask    motegraf ask who_met_whom, CPU s",)),
        ("rebuild.py", ("--pages", "3", "--claims", "20"), ("the page's own part", "page_part", "write_build")),
        (
            "identity.py",
            ("--names", "200"),
            ("true pairs that blocking misses, 200 names", "blocking, CPU s", "comparisons, twice as many names"),
        ),
        (
            "proposals.py",
            ("--pages", "3", "--megabytes", "0.1"),
            ("short pages a second", "time of proposing, to reading", "time of twice the text", "most memory, MB"),
        ),
        (
            "network.py",
            ("--pages", "3", "--claims", "20", "--large", "210"),
            ("with an event of 210: theirs, a grouped self-join, CPU s", "ours: fetched and counted, CPU s"),
        ),
        (
            "registers.py",
            ("--rows", "300", "--many", "600"),
            (
                "rows a second of CPU, 300 rows",
                "two processes to one",
                "a changed row, to the whole build",
                "memory of",
            ),
        ),
        (
            "asking.py",
            (
                *("--pages", "3", "--claims", "30", "--statements", "15000", "--engines", "memory,oxigraph,rdflib"),
                *("--only", "where_does_it_say_who_spoke", "--only", "who_coordinates_what"),
            ),
            ("| ours | 4 of 4 |", "| rdflib | 4 of 4 |", "| where_does_it_say_who_spoke actor=", "| who_coordinates"),
        ),
        (
            "server.py",
            ("--parts", "crowded,short,made,new", "--short", "10", "--seconds", "0.2"),
            (
                "1 client, another asks over 90 connections: median",
                f"short ({QUESTIONS}), 1 clients, ours",
                f"short ({QUESTIONS}), 8 clients, oxigraph",
                f"short ({QUESTIONS}), 64 clients, ours",
                f"made ({QUESTIONS}), 1 clients, oxigraph",
                f"new ({QUESTIONS}), 64 clients, ours",
            ),
        ),
    ],
)
def test_benchmark_prints_its_table(program: str, words: tuple[str, ...], rows: tuple[str, ...]) -> None:
    printed = run(program, *words)
    for row in rows:
        assert any(line.strip().startswith(row) for line in printed.splitlines()), printed


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([{"a": "1", "b": "2"}, {"a": "3"}], [{"a": "3"}, {"b": "2", "a": "1"}], True),
        ([{"a": "p q"}], [{"a": "q p"}], True),
        ([{"a": "1", "b": "2"}], [{"a": "2", "b": "1"}], False),
        ([{"a": "1"}], [{"b": "1"}], False),
        ([{"a": ""}], [{}], False),
        ([{"a": "1"}, {"a": "1"}], [{"a": "1"}], False),
        ([{"a": "1"}, {"a": "1"}, {"a": "2"}], [{"a": "1"}, {"a": "2"}, {"a": "2"}], False),
    ],
)
def test_rows_are_compared_in_any_order(
    one: list[dict[str, str]], other: list[dict[str, str]], alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    digest_rows = importlib.import_module("engines").digest_rows
    assert (digest_rows(one) == digest_rows(other)) is alike


def test_other_rows_are_said_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    asking, timed = importlib.import_module("asking"), importlib.import_module("engines").Timed
    queries = [asking.BenchmarkQuery(name, "") for name in ("alike", "other", "fewer")]
    mine = timed(1.0, 2, digest=7)
    rows = [[mine, each] for each in (timed(1.0, 2, digest=7), timed(1.0, 2, digest=8), timed(1.0, 1, digest=7))]
    lines = asking.table(queries, ["ours", "theirs"], rows).splitlines()
    assert [line.split(" | ")[3] for line in lines[2:]] == ["1.000 (1)", "1.000 (1) [other rows]", "1.000 (1) [1 rows]"]


@pytest.mark.skipif(importlib.util.find_spec("maplib") is None, reason="maplib is not installed")
def test_maplib_gives_the_rows_of_ours() -> None:
    pages = ("--pages", "3", "--claims", "30", "--statements", "15000", "--no-given")
    lines = run("asking.py", *pages, "--engines", "maplib", "--only", "who_coordinates_what").splitlines()
    (line,) = (line for line in lines if line.startswith("| who_coordinates_what"))
    assert "rows]" not in line
    assert "| maplib | 1 of 1 |" in "\n".join(lines)


def test_explorer_prints_its_table() -> None:
    with driver() as playwright, started(playwright):
        printed = run(
            "explorer.py", "--pages", "3", "--statements", "0", "--rounds", "1", "--clicks", "1", "--limit", "1"
        )
    lines = [line.strip() for line in printed.splitlines()]
    for row in ("first page: 44 nodes", "3 pages: ", "first readable picture, ours, s", "a click, ours, s"):
        assert any(line.startswith(row) for line in lines), printed


def test_multiplied_pages_are_as_many_builds(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy says of its own things what the build says, and nothing more of what it shares with the others."""
    monkeypatch.syspath_prepend(FOLDER)
    multiplied = importlib.import_module("multiplied")
    build(generated, tmp_path / "unit")
    once = (tmp_path / "unit/motegraf.nq").read_text(encoding="utf-8").splitlines()
    assert multiplied.multiply(tmp_path / "unit", tmp_path / "one", 1) == len(once)
    assert sorted((tmp_path / "one/motegraf.nq").read_text(encoding="utf-8").splitlines()) == sorted(once)
    count = multiplied.multiply(tmp_path / "unit", tmp_path / "many", 3 * len(once))
    many = set(open_store(tmp_path / "many"))
    assert len(many) == count
    assert {str(quad) + " ." for quad in many} >= set(once)
    added = {str(quad) + " ." for quad in many} - set(once)
    assert {re.sub(r"[.]c[0-9]+>", ">", line) for line in added} <= set(once)
    assert all(re.search(r"[.]c[0-9]+>", line) for line in added)
