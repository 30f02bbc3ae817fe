"""The examples that ``--help`` shows work as they stand there, one after another, in a folder of their own."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import PAGE, add_page

from graph import HOME
from graph.__main__ import motegraf
from graph.cli.main import COMMANDS

pytestmark = pytest.mark.slow

# These need a server, or are one.
SERVERS = ("push", "serve")
# Commands that may have a line to say.
SHORT = ("explore", "journal", "promote", "propose", "review", "same")
# A page that names somebody on whom others may have claims too.
NETTVETT = "Torsdag 14. mars arrangerte Drammen kommune et dialogmøte. Kari Nordmann holdt innlegg.\n"
NETTVETT_CLAIMS = """events:
  nettvett-2024-03-14:
    label: {nb: Dialogmøte om nettvett}
    kind: dialogue-meeting
    status: held
    when: {edtf: 2024-03-14, said: Torsdag 14. mars, from: published}
    quote: [Torsdag 14. mars arrangerte Drammen kommune et dialogmøte., Kari Nordmann holdt innlegg.]
    participations:
      - {agent: Drammen kommune, role: organiser}
      - {agent: kari, role: speaker}
people:
  kari: {name: Kari Nordmann}
"""
# What somebody saved, for examples that take in a file.
MINUTES = "Politirådet i Rana – referat\n\nDato: 14. mars 2019\n\nTil stede: Kari Nordmann, Ola Hansen\n"
SAVED_PAGE = """<!-- saved from url=(0043)https://www.rana.kommune.no/dialogmote-2014 -->
<html lang="nb"><title>Dialogmøte</title><meta property="article:published_time" content="2014-11-12">
<p>Det ble et godt møte i Rana, og noen av dem som var der, kom fra Mo.</p></html>"""


def examples(command: str) -> list[str]:
    """Return the examples at the end of a command's help."""
    text = CliRunner().invoke(motegraf, [command, "--help"]).stdout
    shown = text.rpartition("\n  Example")[2].partition(":\n")[2]
    return [line.strip() for line in shown.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def home(first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of the first page with its build, and with the files that ``--check`` looks at."""
    home = Path(shutil.copytree(first_page, tmp_path_factory.mktemp("examples") / "home"))
    shutil.copytree(HOME / "queries", home / "queries")
    shutil.copy(HOME / "corpus/claims.schema.json", home / "corpus")
    shutil.copytree(HOME / "tests/registers/uk-cabinet-office-2010-q4", home / "registers/my-register")
    for schema in (HOME / "registers").glob("*.schema.json"):
        shutil.copy(schema, home / "registers")
    shutil.copytree(HOME / "decisions", home / "decisions")
    (home / "docs").mkdir()
    shutil.copy(HOME / "docs/ontology.html", home / "docs")
    assert (home / "corpus" / PAGE).is_dir()
    assert CliRunner().invoke(motegraf, ["build", "--home", str(home)]).exit_code == 0
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    shown = examples(command)
    assert shown
    assert [line for line in shown if not re.match(rf"motegraf {command}\b", line) or len(line) > 77] == []


@pytest.mark.parametrize("line", [line for command in COMMANDS if command not in SERVERS for line in examples(command)])
def test_examples_work(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (tmp_path / "page.html").write_text(SAVED_PAGE, encoding="utf-8")
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    shutil.copy(HOME / "tests/tables/ministers.xlsx", tmp_path / "meetings.xlsx")
    _, command, *words = shlex.split(line)
    # Two builds are named by their folders, from where they are.
    monkeypatch.chdir(home if command == "diff" else tmp_path)
    if command in ("add", "promote", "propose"):
        # What they add is no matter of the other examples.
        home = Path(shutil.copytree(home, tmp_path / "home"))
    if command == "promote":
        add_page(home, "nettvett", NETTVETT, NETTVETT_CLAIMS, "2024-03-15", "partial")
    done = CliRunner().invoke(motegraf, [command, "--home", str(home), *words])
    assert (done.exit_code, "Error" in done.stderr) == (0, False), done.output
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).exists()
    elif "--check" not in words:
        # Where nothing is named twice, same has nothing to list, and says so on stderr.
        text = done.output if command == "same" else done.stdout
        assert text.count("\n") > (0 if command in SHORT else 1), done.output


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("ask who_was_where -p actor=anders-anundsen", 0, "no rows"),
        ("ask who_was_where -p actor=nobody-at-all", 2, "no actor 'nobody-at-all'"),
        ("ask who_met_whom --certainty posible", 2, "Did you mean possible"),
        ("ask who_met_whom --format cvs", 2, "Did you mean csv"),
        ("ask who_met_whom --build nowhere", 1, "motegraf build --out nowhere"),
        ("ask who_met_who", 2, "Did you mean who_met_whom"),
        # By its words in either language, and by one of them.
        ("ask hvem_mote_hvem", 2, "Did you mean who_met_whom"),
        ("ask fylke", 2, "which_events_are_in_which_county"),
        ("ask qqqqqq", 2, "there is no question 'qqqqqq'. (motegraf ask lists them)"),
        ("ask --search fylkr", 2, "which_events_are_in_which_county"),
        ("ask who_was_where -p actor=bokari", 2, "Did you mean Laila Bokhari?"),
        # A number is no typing error of another.
        ("ask who_was_where -p area=1107", 2, "there is no area '1107' in this graph.\n"),
        ("central --by betwenness", 2, "Did you mean betweenness"),
        ("export --question who_was_where -p actor=anders-anundsen", 1, "has no rows"),
        ("export --format gefx", 2, "Did you mean gexf"),
        ("check", 0, ""),
        ("bild", 2, "Did you mean 'build'"),
    ],
)
def test_exit_codes_and_what_helps(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *words = line.split()
    done = CliRunner().invoke(motegraf, [command, *words, *(["--home", str(home)] if command in COMMANDS else [])])
    assert (done.exit_code, says in done.stderr) == (code, True), done.output
