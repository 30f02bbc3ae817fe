"""README, CHANGELOG and docs say what is so: figures, commands, tables and examples are compared with the program."""

import csv
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import PAGE, load_store

from graph import HOME, __version__
from graph.__main__ import motegraf
from graph.query.questions import Question, read_question, read_questions
from graph.render.catalogue import markdown_definitions, markdown_table

pytestmark = pytest.mark.slow

README = (HOME / "README.md").read_text(encoding="utf-8")
ADD_A_PAGE = README.partition("## Add my page\n")[2].partition("\n## ")[0]
BY_HAND = (HOME / "docs/adding.md").read_text(encoding="utf-8").partition("## By hand\n")[2]
DOCUMENTS = sorted([*HOME.glob("*.md"), *HOME.glob("docs/*.md"), *HOME.glob("*/README.md")])


# A command and what it prints.
CONSOLES = re.compile(r"```console\n\$ (.*?)```", re.DOTALL)


def document(name: str) -> str:
    """Return the text of a document below docs/."""
    return (HOME / "docs" / name).read_text(encoding="utf-8")


def block_after(mark: str, text: str = README) -> str:
    """Return the code block that follows a mark."""
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, mark
    return found[1]


def test_readme_is_short_enough_to_read() -> None:
    assert len(README.encode()) <= 12_000


def test_lines_of_contributing_are_short_enough_to_read() -> None:
    lines = (HOME / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 160] == []


def test_the_summary_in_readme_is_what_the_build_prints(first_page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(first_page)
    printed = CliRunner().invoke(motegraf, ["build", "--home", str(first_page)])
    assert printed.stdout == block_after("summary")


def shown(question: Question) -> list[str]:
    """The answer of a question as a table for people, with the names of things.

    Nothing of what proves a row is in it, and no column without text, as in a terminal.
    """
    with (HOME / f"tests/answers/{question.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in question.columns if any(row[name] for row in rows)]
    lines = [[row.get(f"{name}Label", row[name]) for name in columns] for row in rows]
    return [f"| {' | '.join(cells)} |" for cells in [columns, *lines]]


@pytest.mark.parametrize("name", re.findall(r"\(\[query\]\(queries/(\w+)\.rq\)\)", README))
def test_the_answers_in_readme_are_those_of_the_questions(name: str) -> None:
    part = re.split(r"\*\*|\n## ", README.split(f"([query](queries/{name}.rq))")[1])[0]
    table = [line for line in part.splitlines() if line.startswith("|")]
    expected = shown(read_question(HOME / f"queries/{name}.rq"))
    assert table[0] == expected[0]
    assert table[2:] == expected[1 : len(table) - 1]
    assert len(table) - 1 == (2 if "first row of" in part else len(expected))


def test_the_tables_of_questions_have_every_question_and_every_definition() -> None:
    listed = read_questions(HOME / "queries")
    for mark, table in (("questions", markdown_table(listed)), ("definitions", markdown_definitions(listed))):
        found = re.search(rf"<!-- {mark} -->\n(.*?)\n<!-- end -->", document("questions.md"), re.DOTALL)
        assert found
        assert found[1] == table


def test_the_example_of_reuse_prints_what_it_says(built: Path) -> None:
    code = block_after("example", document("reuse.md")).replace("build/motegraf.nq", (built / "motegraf.nq").as_posix())
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=True)
    printed = re.search(r"<!-- example -->.*?```text\n(.*?)```", document("reuse.md"), re.DOTALL)
    assert printed
    assert ran.stdout.decode("utf-8").splitlines() == printed[1].splitlines()


@pytest.mark.parametrize("example", CONSOLES.findall(README.replace(ADD_A_PAGE, "") + document("network.md")))
def test_commands_in_documents_print_what_they_say(example: str, built: Path) -> None:
    command, _, printed = example.partition("\n")
    words = shlex.split(command)
    # echo '...' | motegraf ...
    piped = words[1] if words[0] == "echo" else None
    called = [*words[words.index("motegraf") + 1 :], "--build", str(built)]
    done = CliRunner().invoke(motegraf, called, input=piped, env={"COLUMNS": "80"})
    assert (done.exit_code, done.stdout) == (0, printed)


def home_of_the_first_page(first_page: Path, tmp_path: Path) -> Path:
    """Return a home with the first page, to which a page may be added."""
    home = tmp_path / "home"
    for name in ("registry", "ontology", f"corpus/{PAGE}"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(first_page / name)
    return home


def test_the_page_in_readme_is_added_as_it_says(
    first_page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of_the_first_page(first_page, tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("nettvett.html").write_text(block_after("nettvett.html", ADD_A_PAGE), encoding="utf-8")
    consoles = [example.split("\n", 1) for example in CONSOLES.findall(ADD_A_PAGE)]
    assert len(consoles) == 3
    for commands, expected in consoles[:2]:
        run_in(home, commands, expected)
    # What the page of the review asks for by a key.
    done = CliRunner().invoke(motegraf, ["review", "nettvett", "--terminal", "--home", str(home)], input="\n\n\n")
    assert done.exit_code == 0, done.output
    run_in(home, *consoles[2])


def test_a_page_is_added_by_hand_as_the_documents_say(first_page: Path, tmp_path: Path) -> None:
    home = home_of_the_first_page(first_page, tmp_path)
    folder = home / "corpus/nettvett"
    folder.mkdir()
    for name in ("page.txt", "page.yaml", "claims.yaml"):
        (folder / name).write_text(block_after(name, BY_HAND), encoding="utf-8", newline="")
    printed = [run_in(home, *example.split("\n", 1)) for example in CONSOLES.findall(BY_HAND)[:1]]
    with (folder / "claims.yaml").open("a", encoding="utf-8", newline="") as claims:
        claims.write(block_after("more of claims.yaml", BY_HAND))
    printed += [run_in(home, *example.split("\n", 1)) for example in CONSOLES.findall(BY_HAND)[1:]]
    assert len(printed) == 3
    # The same page's speaker moves into the registry, as of the day on which the document was written.
    command, diff = CONSOLES.findall(document("registry.md"))[0].split("\n", 1)
    run_in(home, command, diff.replace("2026-11-30", date.today().isoformat()))


def run_in(home: Path, commands: str, expected: str) -> str:
    """Run commands, joined by &&, in a home, and return what they print, which is what is expected."""
    printed = ""
    for command in commands.split(" && "):
        words = shlex.split(command)[1:]
        where = ["--home", str(home)]
        if words[0] in ("build", "ask"):
            where += ["--out" if words[0] == "build" else "--build", str(home / "build")]
        done = CliRunner().invoke(motegraf, [*words, *where], env={"COLUMNS": "80"})
        assert done.exit_code == 0, done.output
        printed += done.output
    assert printed == expected
    return printed


def test_the_python_in_readme_prints_what_it_says(built: Path) -> None:
    code = block_after("python").replace('"who_met_whom", ', f'"who_met_whom", build={str(built)!r}, ')
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=True)
    printed = re.search(r"<!-- python -->.*?```text\n(.*?)```", README, re.DOTALL)
    assert printed
    assert ran.stdout.decode("utf-8").splitlines() == printed[1].splitlines()


def test_every_command_and_option_is_in_the_table_and_has_help() -> None:
    table = document("commands.md").split("<!-- commands -->")[1].split("\n\n")[0]
    for name in motegraf.commands:
        command = motegraf.get_command(click.Context(motegraf), name)
        assert command
        row = next(line for line in table.splitlines() if line.startswith(f"| `motegraf {name}`"))
        assert command.help
        for option in (each for each in command.params if isinstance(each, click.Option)):
            assert option.help
            assert max(option.opts, key=len) in row


def test_the_changelog_begins_with_the_version() -> None:
    versions = re.findall(r"^## (?!Unreleased)(\S+)", (HOME / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == __version__
    ontology = (HOME / "ontology/motegraf.ttl").read_text(encoding="utf-8")
    assert f'owl:versionInfo "{__version__}"' in ontology


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.relative_to(HOME).as_posix())
def test_links_to_files_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_claim_in_the_model_is_in_the_graph(built: Path) -> None:
    turtle = (HOME / "docs/model.md").read_text(encoding="utf-8").split("```turtle\n")[1].split("```")[0]
    whole = (built / "motegraf.ttl").read_text(encoding="utf-8")
    lines = [line.strip(" ;.…\t").removesuffix(" , …") for line in turtle.splitlines()]
    assert [line for line in lines if line not in whole] == []
    assert len(load_store(built / "motegraf.ttl")) > 1000


def test_the_schema_for_editors_is_what_the_program_would_write() -> None:
    subprocess.run([sys.executable, "-m", "graph", "schema", "--check"], cwd=HOME, check=True)
