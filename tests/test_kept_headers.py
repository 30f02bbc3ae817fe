"""Headers of questions that were read before: the same questions, read without the library of YAML."""

import json
import shutil
from pathlib import Path

import pytest
from small_page import snapshot

from graph import HOME
from graph.common.findings import FindingsError
from graph.query import kept_headers
from graph.query.questions import read_question, read_questions

pytestmark = pytest.mark.unit

NAME = "who_met_whom"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The ready questions in a home with a cache."""
    (tmp_path / "home/.cache").mkdir(parents=True)
    return Path(shutil.copytree(HOME / "queries", tmp_path / "home/queries"))


def kept(folder: Path) -> Path:
    return folder.parent / ".cache/questions" / f"{NAME}.json"


def test_all_questions_are_the_same_when_they_are_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_questions(folder)
    assert len([*kept(folder).parent.iterdir()]) == len(first) > 50

    def fail(*_: object) -> None:
        raise AssertionError("a header is read anew")

    monkeypatch.setattr("graph.common.strict_files.read_yaml", fail)
    assert read_questions(folder) == first
    assert [*kept(folder).parent.glob(".*")] == []


def test_a_question_that_is_changed_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / f"{NAME}.rq"
    read_question(file)
    file.write_text(file.read_text("utf-8").replace("Hvem møtte hvem", "Hvem så hvem"), "utf-8")
    assert read_question(file).summary.nb.startswith("Hvem så hvem")
    file.write_text(file.read_text("utf-8").replace("#+ tags:", "#+ tagz:"), "utf-8")
    with pytest.raises(FindingsError, match="unknown key 'tagz'"):
        read_question(file)
    # Nor is it taken from a program that reads otherwise.
    file.write_text((HOME / f"queries/{NAME}.rq").read_text("utf-8"), "utf-8")
    read_question(file)
    (folder / "reader.py").write_text("")
    monkeypatch.setattr(kept_headers, "_READER", folder / "reader.py")
    assert kept_headers.find_header(file, file.read_text("utf-8")) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"of": 1}', '{"header": {}}', "\ud800"])
def test_what_is_kept_and_damaged_is_not_used(folder: Path, content: str) -> None:
    file = folder / f"{NAME}.rq"
    first = read_question(file)
    kept(folder).write_text(content, "utf-8", "surrogatepass")
    assert read_question(file) == first
    # It is whole again.
    assert json.loads(kept(folder).read_text("utf-8"))["header"]["tags"] == list(first.tags)


def test_nothing_is_kept_where_there_is_no_cache_or_it_cannot_be_written(folder: Path) -> None:
    file = folder / f"{NAME}.rq"
    (folder.parent / ".cache").rmdir()
    before = snapshot(folder.parent)
    first = read_question(file)
    assert snapshot(folder.parent) == before
    (folder.parent / ".cache").mkdir()
    # A file stands where the folder would.
    (folder.parent / ".cache/questions").write_text("")
    assert read_question(file) == first
