"""What it means that two places to ask answer alike, and what is asked of both."""

from pathlib import Path

from graph import HOME
from graph.push.verify import normalize_proofs
from graph.query.ask import row_passages, run_question
from graph.query.questions import read_question
from graph.query.results import QueryFn

QUESTIONS = sorted((HOME / "queries").glob("*.rq"))
GOLDEN = sorted((Path(__file__).parent / "answers").glob("*.csv"))


def variants() -> list[tuple[str, dict[str, str]]]:
    """The questions with the parameters that the names of their golden answers have, and without any."""
    found = [(file.stem, "") for file in QUESTIONS] + [file.stem.partition(".")[::2] for file in GOLDEN]
    return [
        (name, dict(pair.split("=", 1) for pair in given.split(",") if pair)) for name, given in dict.fromkeys(found)
    ]


def assert_alike(name: str, given: dict[str, str], here: QueryFn, there: QueryFn) -> None:
    """The question has the same table in both places, row for row, in both languages, proven by the same passages."""
    question = read_question(HOME / "queries" / f"{name}.rq")
    for lang in ("nb", "en"):
        expected, found = (run_question(question, given, run, lang) for run in (here, there))
        assert normalize_proofs(found, question) == normalize_proofs(expected, question)
    assert row_passages(found, question, there) == row_passages(expected, question, here)
