"""Compare the results of two places: what is queried in both, and when their results are the same."""

from pathlib import Path

from graph import HOME
from graph.push.verify import normalize_proofs
from graph.query.ask import run_question
from graph.query.proof import row_passages
from graph.query.questions import read_question
from graph.query.results import QueryFn

QUESTIONS = sorted((HOME / "queries").glob("*.rq"))
GOLDEN = sorted((Path(__file__).parent / "answers").glob("*.csv"))


def variants() -> list[tuple[str, dict[str, str]]]:
    """Return every question without parameters, and with those in the names of its golden answers."""
    cases = [(file.stem, "") for file in QUESTIONS] + [file.stem.partition(".")[::2] for file in GOLDEN]
    return [
        (name, dict(pair.split("=", 1) for pair in given.split(",") if pair)) for name, given in dict.fromkeys(cases)
    ]


def assert_same_results(name: str, given: dict[str, str], here: QueryFn, there: QueryFn) -> None:
    """Assert that a question has the same rows and the same proof in both places, in both languages."""
    question = read_question(HOME / "queries" / f"{name}.rq")
    for lang in ("nb", "en"):
        expected, actual = (run_question(question, given, run, lang) for run in (here, there))
        assert normalize_proofs(actual, question) == normalize_proofs(expected, question)
    assert row_passages(actual, question, there) == row_passages(expected, question, here)
