"""``motegraf ask``: its output, its notes on stderr, what it rejects, and its exit codes."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.__main__ import motegraf
from graph.cli import MODULES, answer
from graph.model.iris import BASE

pytestmark = pytest.mark.slow

Ask = Callable[..., Result]


@pytest.fixture
def ask(question_home: Path) -> Ask:
    """Runs the command on the home with the tests' questions."""

    def run(*words: str | Path, home: Path = question_home, piped: str | None = None, **env: str) -> Result:
        command = ["ask", "--home", str(home), *map(str, words)]
        return CliRunner().invoke(motegraf, command, input=piped, env={"COLUMNS": "80", **env})

    return run


def test_ask_prints_table_on_stdout_and_row_count_on_stderr(ask: Ask) -> None:
    done = ask("who_was_where", "-p", "before=2014-10-31")
    assert (done.exit_code, done.stderr) == (0, "2 rows\n")
    assert done.stdout.splitlines() == [
        "hvem           arrangement             senest      sikkerhet",
        "────────────────────────────────────────────────────────────",
        "Jøran Kallmyr  Konferanse i Sarpsborg  2014-10-31  sikker",
        "Laila Bokhari  Konferanse i Sarpsborg  2014-10-31  sikker",
    ]


def test_terminal_gets_first_rows_and_is_told_how_many_there_are(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    every = ask("who_was_where", "-p", "before=2014-10-31", "--proof").stdout
    monkeypatch.setattr("graph.cli.output.MAX_ROWS", 1)
    # What is no terminal gets all.
    assert ask("who_was_where", "-p", "before=2014-10-31", "--proof").stdout == every
    monkeypatch.setattr("graph.cli.output.is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    proved: list[int] = []
    find_proofs = answer.find_proofs
    monkeypatch.setattr(
        answer,
        "find_proofs",
        lambda result, question, run: proved.append(len(result.rows)) or find_proofs(result, question, run),
    )
    done = ask("who_was_where", "-p", "before=2014-10-31", "--proof")
    assert (done.exit_code, done.stderr) == (0, "the first 1 of 2 rows; --all or --format csv gives all\n")
    assert "Jøran Kallmyr" in done.stdout
    assert "Laila Bokhari  Konferanse i Sarpsborg" not in done.stdout
    assert proved == [1]
    for more in (("--all",), ("-q",)):
        assert ask("who_was_where", "-p", "before=2014-10-31", "--proof", *more).stdout == every
    assert len(ask("who_was_where", "-p", "before=2014-10-31", "-f", "csv").stdout.splitlines()) == 3


def test_certainty_all_adds_possible_rows(ask: Ask) -> None:
    certain, possible, all_ = (
        ask("who was where", "--certainty", certainty, "-q", "-f", "csv").stdout.splitlines()
        for certainty in ("certain", "possible", "all")
    )
    assert ask("who_was_where", "-q", "-f", "csv").stdout.splitlines() == certain
    assert {line.split(",")[5] for line in certain[1:]} == {"certain"}
    assert {line.split(",")[5] for line in possible[1:]} == {"possible"}
    assert sorted(certain[1:] + possible[1:]) == sorted(all_[1:])
    assert ask("who_was_where", "-p", "certainty=all", "-q", "-f", "csv").stdout.splitlines() == all_


def test_english_has_english_headings_and_labels(ask: Ask) -> None:
    done = ask("Who was where", "--lang", "en", "-p", "actor=Joran kallmyr")
    assert done.stdout.splitlines() == [
        "who            event                    latest      certainty",
        "─────────────────────────────────────────────────────────────",
        "Jøran Kallmyr  Conference in Sarpsborg  2014-10-31  certain",
    ]


def test_proof_is_printed_under_each_row(ask: Ask) -> None:
    done = ask("who_was_where", "-p", "actor=joran-kallmyr", "--proof")
    assert done.stdout.splitlines()[3:] == [
        "  «Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som",
        "  åpnet konferansen.» (char=1202,1298; fra sammenhengen: hvilket møte)",
        "  Dialogmøter høsten 2014",
        "  https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/",
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["who_was_where", "-p", "actor=Erna Solberg"], "nothing answers it for certain; --certainty all asks whether"),
        (["who_was_absent"], "Siden sier ikke om noen at de var borte."),
        (["who_was_absent", "--lang", "en"], "The page says of nobody that they were absent."),
        (["who_was_where", "--certainty", "all", "-p", "before=1900-01-01"], "nothing in this graph answers it"),
    ],
)
def test_empty_result_explains_itself(ask: Ask, words: list[str], why: str) -> None:
    done = ask(*words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("no rows; ")
    assert why in done.stderr
    assert ask(*words, "--quiet").stderr == ""


def test_as_known_on_builds_once_and_reuses(ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(__file__).parent / "queries", home / "queries")
    CliRunner().invoke(motegraf, ["build", "--home", str(home), "-q"])
    parts = sorted((home / ".cache/parts").iterdir())
    assert ask("who_was_where", "--as-known-on", "2014-01-01", home=home).stderr.startswith("no rows; ")
    first = ask("who_was_where", "--as-known-on", "2016-01-01", home=home)
    assert first.stdout == ask("who_was_where", home=home).stdout
    assert set(parts) <= set((home / ".cache/parts").iterdir())
    # Nothing is built again while nothing has changed ...
    monkeypatch.setattr("build_graph.build", None)
    assert ask("who_was_where", "--as-known-on", "2016-01-01", home=home).stdout == first.stdout
    monkeypatch.undo()
    # ... and everything when something has; what was built before is gone.
    claims = home / "corpus/dialogmoter-hosten-2014/claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert ask("who_was_where", "--as-known-on", "2016-01-01", home=home).stdout == first.stdout
    days = [folder.name.partition(".")[0] for folder in (home / ".cache/as-known-on").iterdir()]
    assert sorted(days) == ["2014-01-01", "2016-01-01"]


def test_stale_build_prints_a_note(ask: Ask, home: Path) -> None:
    shutil.copytree(Path(__file__).parent / "queries", home / "queries")
    CliRunner().invoke(motegraf, ["build", "--home", str(home), "-q"])
    assert ask("which_series", home=home).stderr == "1 row\n"
    claims = home / "corpus/dialogmoter-hosten-2014/claims.yaml"
    later = time.time() + 5
    os.utime(claims, (later, later))
    done = ask("which_series", home=home)
    assert done.stderr == (
        "note: corpus/dialogmoter-hosten-2014/claims.yaml is newer than the build; run motegraf build\n1 row\n"
    )
    assert ask("which_series", "-q", home=home).stderr == ""


def test_question_list_is_grouped_and_fits_80_columns(ask: Ask) -> None:
    done = ask("--lang", "en")
    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []
    assert [line for line in done.stdout.splitlines() if not line.startswith("    ")] == [
        "People",
        "  who_was_absent",
        "  who_was_where",
        "Meetings",
        "  which_series",
    ]
    assert "    -p before=2014-12-31 – on this day or before" in done.stdout.splitlines()


@pytest.mark.parametrize(
    "words", [["--search", "SERIER"], ["--search", "møter serier"], ["--search", "moter", "seriene"]]
)
def test_question_search_ignores_spelling_variants(ask: Ask, words: list[str]) -> None:
    assert re.findall(r"^  (\w+)$", ask(*words).stdout, re.MULTILINE) == ["which_series"]


def test_question_search_without_match_is_an_error(ask: Ask) -> None:
    done = ask("--search", "fotball")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no question about 'fotball'" in done.stderr
    assert ask("--search", "???").exit_code == 2
    assert ask("--search", "serier", "???").stdout == ask("--search", "serier").stdout


NOT_UNDERSTOOD = "what stands here is not understood"
OWN = "# mine\nSELECT ?who WHERE { ?who a foaf:Person ; rdfs:label 'Erna Solberg'@nb }"


@pytest.mark.parametrize("from_file", [True, False])
def test_own_sparql_needs_no_prefixes(ask: Ask, tmp_path: Path, from_file: bool) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(OWN, encoding="utf-8")
    done = ask("--query", file if from_file else "-", "-f", "csv", piped=None if from_file else OWN)
    assert (done.exit_code, done.stderr) == (0, "1 row\n")
    assert done.stdout.splitlines() == ["who", f"{BASE}person/erna-solberg"]


def test_byte_order_mark_of_a_query_file_is_ignored(ask: Ask, home: Path, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(OWN, encoding="utf-8-sig")
    plain = ask("--query", "-", piped=OWN).stdout
    assert ask("--query", file).stdout == ask("--query", "-", piped=f"\ufeff{OWN}").stdout == plain
    shutil.copytree(Path(__file__).parent / "queries", home / "queries")
    question = home / "queries/which_series.rq"
    question.write_text(question.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert ask("which_series", "--build", built, home=home).stdout == ask("which_series").stdout


def test_own_sparql_gets_prefixes_of_the_base_of_the_build(ask: Ask, first_page: Path, tmp_path: Path) -> None:
    base = "https://example.org/m/"
    command = ["build", "--home", str(first_page), "--out", str(tmp_path / "out"), "--base-iri", base, "-q"]
    assert CliRunner().invoke(motegraf, command).exit_code == 0
    query = "ASK { person:erna-solberg a foaf:Person . ?x mg:status status:held }"
    assert ask("--build", tmp_path / "out", "--query", "-", piped=query).stdout == "ja\n"
    assert ask("--query", "-", "--lang", "en", piped=query).stdout == "yes\n"
    assert ask("who_was_where", "--build", tmp_path / "out", "-p", "actor=Jøran Kallmyr", "-f", "csv").stdout.count(
        base
    )


def test_every_form_of_query_has_its_formats(ask: Ask) -> None:
    described = ask("--query", "-", piped="DESCRIBE person:erna-solberg").stdout
    assert described.startswith("@prefix ")
    assert "person:erna-solberg" in described
    constructed = ask("--query", "-", "-f", "jsonld", piped="CONSTRUCT WHERE { ?s a schema:EventSeries }")
    assert constructed.stderr == "1 statement\n"
    assert [thing["@id"] for thing in json.loads(constructed.stdout)] == [f"{BASE}series/dialogmoter-2014"]
    assert json.loads(ask("--query", "-", "-f", "json", piped="ASK { }").stdout) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("query", "format", "fitting"),
    [
        ("SELECT * { }", "turtle", "table, markdown, csv, tsv, json, xml, html, spreadsheet"),
        ("ASK { }", "csv", "table, json, xml"),
        ("DESCRIBE <a:a>", "table", "turtle, jsonld"),
        ("CONSTRUCT WHERE { }", "json", "turtle, jsonld"),
    ],
)
def test_format_that_does_not_fit_exits_with_2(ask: Ask, query: str, format: str, fitting: str) -> None:
    done = ask("--query", "-", "-f", format, piped=query)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{format} is not a format for {query.split()[0]}; give one of {fitting}" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT would change something"),
        ("PREFIX a: <b:> CLEAR ALL", "CLEAR would change something"),
        ("LOAD <http://example.org>", "LOAD would change something"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would call another server"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "can be read in two ways"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, "nested 5,000 levels deep"),
        ("", "there is no query"),
        ("SELECT * WHERE {\n ?s foof:name ?x }", "line 2, column 5: the prefix foof: is not known. Did you mean foaf?"),
        ("SELECT * WHERE {\n  { ?s ?p ?o }", f"line 1, column 16: {{ is not closed\n  SELECT * WHERE {{\n{' ' * 17}^"),
        ("SELECT * { ?s ?p 'x }", "line 1, column 18: these quotation marks are not closed"),
        ("SELECT * { ?s ?p ?o ) }", "line 1, column 21: no bracket is open that ) closes"),
        ("SELECT *\n{ ?s ?p ; ; . }", f"line 2, column 11: {NOT_UNDERSTOOD}\n  {{ ?s ?p ; ; . }}\n{' ' * 12}^"),
        ("SELECT *\n{ ?s a foaf:Person .\n  FILTER(?s = = 2) }", f"line 3, column 3: {NOT_UNDERSTOOD}"),
        ("SELECT ?x { } GROUP BY ?y", "this is not SPARQL: The SELECT contains a variable that is unbound"),
    ],
)
def test_own_sparql_with_errors_or_violations_is_rejected(ask: Ask, query: str, why: str) -> None:
    done = ask("--query", "-", piped=query)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr


def test_prefixed_name_with_several_dots_is_one_name(ask: Ask) -> None:
    name = "claim:dialogmoter-hosten-2014.toppmote-2015.justis-og-beredskapsminister.participant"
    done = ask("--query", "-", "-f", "csv", piped=f"SELECT ?role {{ {name} mg:role ?role }}")
    assert (done.exit_code, done.stdout.split()) == (0, ["role", f"{BASE}role/participant"])


def test_service_needs_allow_service(ask: Ask) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    done = ask("--query", "-", "--allow-service", piped=query)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "a server that the query calls, cannot be read" in done.stderr


def test_explain_prints_sparql_that_can_be_run(ask: Ask, question_home: Path) -> None:
    done = ask("who_was_where", "-p", "actor=Jøran Kallmyr", "--explain")
    text = (question_home / "queries/who_was_where.rq").read_text(encoding="utf-8")
    assert done.stdout == text.replace("?_actor", f"<{BASE}person/joran-kallmyr>")
    answered = ask("who_was_where", "-p", "actor=Jøran Kallmyr", "-f", "csv").stdout
    assert ask("--query", "-", "-f", "csv", piped=done.stdout).stdout == answered
    own = ask("--query", "-", "--explain", piped=OWN).stdout.splitlines()
    assert [*own[2:]] == OWN.splitlines()
    assert sorted(line.split()[1] for line in own[:2]) == ["foaf:", "rdfs:"]


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".csv", "who,whoLabel,"),
        (".tsv", "?who\t"),
        (".json", '{"head"'),
        (".srj", '{"head"'),
        (".xml", "<?xml"),
        (".html", "<!DOCTYPE html>"),
        (".md", "| hvem |"),
        (".txt", "hvem "),
    ],
)
def test_suffix_of_output_file_selects_format(ask: Ask, tmp_path: Path, ending: str, begins: str) -> None:
    done = ask("who_was_where", "-o", tmp_path / f"answer{ending}")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / f"answer{ending}").read_text(encoding="utf-8").startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == [f"answer{ending}"]


def test_explain_writes_to_output_file(ask: Ask, tmp_path: Path) -> None:
    assert ask("which_series", "--explain", "-o", tmp_path / "mine.rq").exit_code == 0
    output = (tmp_path / "mine.rq").read_text(encoding="utf-8")
    assert output == (Path(__file__).parent / "queries/which_series.rq").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_output_to_named_pipe_does_not_replace_it(ask: Ask, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with subprocess.Popen(["cat", tmp_path / "pipe.csv"], stdout=subprocess.PIPE) as reader:
        assert ask("which_series", "-o", tmp_path / "pipe.csv").exit_code == 0
        assert reader.stdout
        assert reader.stdout.read() == ask("which_series", "-f", "csv", "-o", "-").stdout_bytes
    assert (tmp_path / "pipe.csv").is_fifo()


def test_format_option_overrides_suffix(ask: Ask, tmp_path: Path) -> None:
    ask("who_was_where", "-o", tmp_path / "answer.txt", "-f", "spreadsheet")
    with (tmp_path / "answer.txt").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file, delimiter=";")) == ["hvem", "arrangement", "senest", "sikkerhet"]


@pytest.mark.parametrize(("words", "separator"), [((), ";"), (("--lang", "en"), ","), (("--separator", "tab"), "\t")])
def test_spreadsheet_separator(words: tuple[str, ...], separator: str, ask: Ask) -> None:
    head = ask("who_was_where", "-f", "spreadsheet", *words).stdout.splitlines()[0]
    assert len(head.split(separator)) == 4


def test_separator_needs_a_spreadsheet(ask: Ask) -> None:
    done = ask("who_was_where", "-f", "csv", "--separator", ";")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "only spreadsheet has a choice of separators" in done.stderr


def test_output_file_is_replaced_atomically(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "answer.csv"
    file.write_text("mine\n", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = ask("who_was_where", "-o", file)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{file} cannot be written: No space left on device" in done.stderr
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == ["mine\n"]


def test_missing_output_folder_is_an_error(ask: Ask, tmp_path: Path) -> None:
    done = ask("who_was_where", "-o", tmp_path / "none/answer.csv")
    assert (done.exit_code, "cannot be written: No such file or directory" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["who_was_wher"], "Did you mean who_was_where"),
        (["who_was_where", "-p", "actor"], "'actor' is not NAME=VALUE, such as -p actor=laila-bokhari"),
        (["who_was_where", "-p", "aktor=x"], "Did you mean actor?"),
        (["who_was_where", "-p", "actor=\udcff"], "the value of 'actor' is not UTF-8"),
        (["who_was_where", "-p", "actor=Leila"], "Did you mean Laila Bokhari?"),
        (["who_was_where", "-p", "actor=erna-solberg", "-p", "actor=laila-bokhari"], "'actor' is given twice"),
        (["who_was_where", "--certainty", "all", "-p", "certainty=all"], "'certainty' is given twice"),
        (["who_was_where", "--certainty", "sure"], "'sure' is not one of 'certain', 'possible', 'all'"),
        (["which_series", "--certainty", "all"], "which_series does not tell certain from possible"),
        (["which_series", "--proof"], "leave --proof out"),
        (["who_was_where", "--query", "-"], "--query asks your own SPARQL"),
        (["--query", "-", "-p", "actor=x"], "--query asks your own SPARQL"),
        (["-p", "actor=x"], "name a question"),
        (["--search", "møter", "--proof"], "name a question"),
        (["-f", "json"], "name a question"),
        (["who_was_where", "--build", ".", "--as-known-on", "2015-01-01"], "give --build or --as-known-on, not both"),
        (["who_was_where", "--as-known-on", "2015"], "is not a day such as"),
        (["who_was_where", "-o", "answer.doc"], "does not end in .csv, .tsv"),
        (["who_was_where", "-f", "pdf"], "'pdf' is not one of"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(ask: Ask, words: list[str], why: str) -> None:
    done = ask(*words, piped=OWN)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr


@pytest.mark.parametrize("words", [["who_was_where"], ["--query", "-"], ["who_was_where", "--explain"]])
def test_missing_build_exits_with_1_and_names_the_command(ask: Ask, tmp_path: Path, words: list[str]) -> None:
    done = ask(*words, "--build", tmp_path, piped=OWN)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path}: holds no whole build; make one with: motegraf build --out {tmp_path}\n"


def test_faulty_question_files_are_findings(ask: Ask, home: Path) -> None:
    (home / "queries").mkdir()
    (home / "queries/mine.rq").write_text("SELECT ?x { ?x a ?y }", encoding="utf-8")
    done = ask(home=home)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "queries/mine.rq" in done.stderr


def test_colours_are_printed_on_terminals_only(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in ask("who_was_where").stdout
    from graph.cli import output as writing

    monkeypatch.setattr(writing.sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert writing.use_colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not writing.use_colour()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not writing.use_colour()


class Terminal:
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "graph", "ask", "--home", str(home), *words]


EVERYTHING = "SELECT * { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_closed_pipe_is_not_an_error(question_home: Path, unbuffered: str) -> None:
    ran = subprocess.Popen(
        command(question_home, "--query", "-", "-q"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert ran.stdin
    assert ran.stdout
    assert ran.stderr
    ran.stdin.write(EVERYTHING.encode())
    ran.stdin.close()
    ran.stdout.read(3)
    ran.stdout.close()
    stderr = ran.stderr.read()
    ran.stderr.close()
    ran.wait()
    assert stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_a_running_query(question_home: Path, tmp_path: Path) -> None:
    """A shell shows 130 for a program that this signal has ended."""
    file = tmp_path / "slow.rq"
    file.write_text(SLOW, encoding="utf-8")
    ran = subprocess.Popen(
        command(question_home, "--query", str(file), "-o", str(tmp_path / "out.csv")), stderr=subprocess.PIPE
    )
    time.sleep(3)
    assert ran.poll() is None
    ran.send_signal(signal.SIGINT)
    _, stderr = ran.communicate()
    assert (ran.returncode, stderr) == (-signal.SIGINT, b"")
    assert [each.name for each in tmp_path.iterdir()] == ["slow.rq"]


def test_ctrl_c_before_and_after_a_query_ends_with_130(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.query.stores.connect_build", interrupt)
    assert ask("who_was_where").exit_code == 130


def completed(home: Path, shell: str, words: list[str]) -> list[str]:
    """What click's machinery offers a shell, as its script reads it."""
    typed = " ".join(["motegraf", "ask", "--home", str(home), *words])
    place = words[-1] if shell == "fish" else str(len(words) + 3)
    env = {**os.environ, "_MOTEGRAF_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": place}
    program = (
        "import sys; sys.argv[0] = 'motegraf'; from graph.__main__ import motegraf; motegraf(prog_name='motegraf')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=env, check=False)
    assert ran.stderr == ""
    lines = ran.stdout.splitlines()
    if shell == "zsh":
        return lines[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in lines if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_names_and_parameters_and_formats_are_completed(question_home: Path, shell: str) -> None:
    for words, offered in (
        (["who_w"], ["who_was_absent", "who_was_where"]),
        (["who_was_where", "-p", "be"], ["before="]),
        (["who_was_where", "--format", "js"], ["json", "jsonld"]),
        (["who_was_where", "--certainty", "p"], ["possible"]),
        (["nothing_like_it", "-p", "be"], []),
    ):
        assert completed(question_home, shell, words) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_values_are_completed_from_the_build(question_home: Path, shell: str) -> None:
    for typed, offered in (
        ("actor=jor", ["actor=joran-kallmyr"]),
        ("actor=Jøran\\ K", ["actor=Jøran Kallmyr"]),
        ("certainty=", ["certainty=certain", "certainty=possible", "certainty=all"]),
        ("before=", ["before=2014-12-31"]),
        ("aktor=", []),
        # Letters that no name has, and signs, begin no name.
        ("actor=Мар", []),
        ("actor=???", []),
    ):
        assert completed(question_home, shell, ["who_was_where", "-p", typed]) == offered


def test_completion_in_bash_handles_words_split_at_equals_sign(question_home: Path) -> None:
    for typed, offered in (
        (["actor", "=", "jor"], ["joran-kallmyr"]),
        (["actor", "=", "Jøran\\ K"], ["Jøran\\\\ Kallmyr"]),
        (["actor", "=", "joran-kallmyr", "-p", "certainty", "="], ["certain", "possible", "all"]),
    ):
        assert completed(question_home, "bash", ["who_was_where", "-p", *typed]) == offered


def test_completion_without_build_is_silent(question_home: Path, tmp_path: Path) -> None:
    words = ["--build", str(tmp_path), "who_was_where", "-p", "actor=jor"]
    assert completed(question_home, "zsh", words) == []


def test_commands_are_listed_without_importing_them() -> None:
    for module, names in MODULES.items():
        for name, what in names.items():
            command = getattr(__import__(f"graph.cli.{module}", fromlist=[name]), name)
            assert command.name == name
            assert command.help.split("\n\n")[0].replace("\n", " ") == what
