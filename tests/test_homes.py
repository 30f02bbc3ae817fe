"""Homes: a build is made from, and asked by, what stands in the home that is named; without any, that is said."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_page import create_home, linked_home, small_page

from build_graph import build
from graph import HOME, ONLY_THE_PACKAGE
from graph.__main__ import motegraf
from graph.cli.builds import build_as_known_on
from graph.common.findings import FindingsError
from graph.common.progress import no_progress
from graph.model.edtf import date
from graph.query.questions import questions_folder

pytestmark = pytest.mark.slow

DAY = date(2016, 1, 1)
LINE = {"id": "kommune/0301", "type": "Polygon", "arcs": [[0]]}
OUTLINES = {"arcs": [[[0, 0], [1, 1], [-1, -1]]], "objects": {"municipalities": {"geometries": [LINE]}}}


def told(page: Path) -> dict[str, object]:
    """The data that an interactive page embeds."""
    text = page.read_text(encoding="utf-8").split('type="application/json"')[1].split(">", 1)[1].split("</script>")[0]
    found: dict[str, object] = json.loads(text)
    return found


def test_the_interactive_page_has_questions_and_outlines_of_the_home(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home")
    small_page(home)
    (home / "queries").mkdir()
    shutil.copy(HOME / "queries/who_was_where.rq", home / "queries/where_was_who.rq")
    (home / "registry/outlines_2019.json").write_text(json.dumps(OUTLINES), encoding="utf-8")
    build(home, home / "build")
    data = told(home / "build/explorer.html")
    assert [question["name"] for question in data["questions"]] == ["where_was_who"]  # type: ignore[attr-defined]
    assert data["outlines"]["arcs"] == OUTLINES["arcs"]  # type: ignore[index]


@pytest.mark.parametrize("outlines", [None, "", "[]", "{", '{"objects": {}}'])
def test_outlines_that_are_none_are_a_finding(tmp_path: Path, outlines: str | None) -> None:
    home = create_home(tmp_path / "home")
    file = home / "registry/outlines_2019.json"
    file.unlink()
    if outlines is not None:
        file.write_text(outlines, encoding="utf-8")
    with pytest.raises(FindingsError, match=r"^registry/outlines_2019.json: (cannot be read|holds no outlines)"):
        build(home, home / "build")


def test_a_home_without_questions_has_those_of_this_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert questions_folder(tmp_path) == HOME / "queries"
    (tmp_path / "queries").mkdir()
    assert questions_folder(tmp_path) == tmp_path / "queries"
    monkeypatch.setattr("graph.query.questions.HOME", tmp_path / "installed")
    with pytest.raises(
        FindingsError, match=r"none/queries: is not there; this package is installed without the checkout"
    ):
        questions_folder(tmp_path / "none")


def test_a_build_as_known_on_a_day_is_made_again_when_a_question_of_the_home_changes(tmp_path: Path) -> None:
    home = linked_home(tmp_path)
    small_page(home)
    folder = build_as_known_on(home, DAY, no_progress)
    first = (folder / "queries.ttl").read_bytes()
    shutil.copytree(HOME / "tests/queries", home / "queries")
    assert build_as_known_on(home, DAY, no_progress) == folder
    assert (folder / "queries.ttl").read_bytes() != first


@pytest.mark.parametrize("words", [["check"], ["build"], ["ask"]])
def test_a_home_without_an_ontology_says_what_a_home_is(tmp_path: Path, words: list[str]) -> None:
    result = CliRunner().invoke(motegraf, [*words, "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "has no ontology/; --home is a folder with corpus/, registry/ and ontology/" in " ".join(
        result.stderr.split()
    )


@pytest.mark.parametrize("words", [["ask"], ["ask", "who_met_whom"], ["build"], ["status"], ["ties"]])
def test_a_package_without_its_checkout_says_what_to_do(tmp_path: Path, words: list[str]) -> None:
    """As a wheel lays it down: beside it there is no corpus, registry, ontology or question."""
    shutil.copytree(HOME / "graph", tmp_path / "graph", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME / "build_graph.py", tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "graph", *words]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert " ".join(done.stderr.split()).endswith(f"Error: {ONLY_THE_PACKAGE}")
    here = subprocess.run([*command, "--home", HOME, "--help"], env=environment, cwd=tmp_path, capture_output=True)
    assert here.returncode == 0
