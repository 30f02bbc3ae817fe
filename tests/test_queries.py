"""Each ready question has a header in two languages and, on the first page, the answer that stands in ``answers/``."""

import csv
import re
from pathlib import Path

import pytest
from conftest import loaded
from pyoxigraph import Literal, QuerySolutions, Store

from graph import HOME

QUESTIONS = sorted((HOME / "queries").glob("*.rq"))
ANSWERS = Path(__file__).parent / "answers"


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return loaded(built / "motegraf.nq")


def answer(store: Store, question: Path) -> list[list[str]]:
    found = store.query(question.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    header = [variable.value for variable in found.variables]
    return [header, *([cell.value if isinstance(cell, Literal) else str(cell) for cell in row] for row in found)]


def test_every_question_has_an_answer_and_every_answer_a_question() -> None:
    assert [file.stem for file in QUESTIONS] == sorted(file.stem for file in ANSWERS.glob("*.csv"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda file: file.stem)
def test_the_answer_is_the_whole_table(question: Path, store: Store) -> None:
    with (ANSWERS / f"{question.stem}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) > 1
    assert answer(store, question) == expected


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda file: file.stem)
def test_a_question_says_what_it_asks_in_norwegian_and_english(question: Path) -> None:
    header = "\n".join(line for line in question.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    for part in ("summary", "description"):
        assert re.search(rf"#\+ {part}:\n#\+   nb: \S.+\n#\+   en: \S.+", header)
    assert re.search(r"#\+ tags: \[.+\]", header)
    assert re.search(r"#defaultView:(Table|Graph|Timeline|Map)$", header, re.MULTILINE)
