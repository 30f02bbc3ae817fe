"""Findings: mistakes in what people wrote, with file and line."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

from graph.common.errors import MotegrafError

Item = TypeVar("Item")
Result = TypeVar("Result")
# An error keeps its page out of the graph. A warning and a question are reported and stop nothing: a warning says what
# is likely to be wrong or is not finished, a question what a person has to decide.
Severity = Literal["error", "warning", "question"]


class Finding(NamedTuple):
    """One thing to mend: in which file, on which line (1 is the first, 0 the file as a whole), what, and how grave."""

    file: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        location = f"{self.file}:{self.line}" if self.line else self.file
        return f"{location}: {'' if self.severity == 'error' else f'{self.severity}: '}{self.message}"


class FindingsError(MotegrafError):
    """All findings of a run, sorted and without duplicates. Nothing is written when it is raised."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> "tuple[type[FindingsError], tuple[list[Finding]]]":
        """Return how another process makes the same error: of its findings, not of their words."""
        return FindingsError, (self.findings,)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings file by file and line by line, each once."""
    return sorted(set(findings), key=lambda each: (each.file.casefold(), each.line, each.message))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Return " Did you mean a or b?" for up to three similar words, or an empty string. Case does not matter."""
    return suggestion(similar_words(word, options))


def similar_words(word: str, options: Iterable[str]) -> list[str]:
    """Return up to three of the options that are similar to a word, the most similar first. Case does not matter."""
    # Imported here, since most words are right.
    from difflib import get_close_matches

    by_fold = {name.casefold(): name for name in options}
    return [by_fold[name] for name in get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)]


def suggestion(words: Sequence[str]) -> str:
    """Return " Did you mean a or b?", or an empty string for no words."""
    return f" Did you mean {' or '.join(words)}?" if words else ""


def collect(items: Iterable[Item], make: Callable[[Item], Result]) -> tuple[list[Result], list[Finding]]:
    """Return ``make(item)`` for every item that does not fail, and the findings of those that do."""
    results: list[Result] = []
    findings: list[Finding] = []
    for item in items:
        try:
            results.append(make(item))
        except FindingsError as error:
            findings += error.findings
    return results, findings


def map_all(items: Iterable[Item], make: Callable[[Item], Result]) -> list[Result]:
    """Return ``make(item)`` for every item. Raise one FindingsError with the findings of all items that fail."""
    results, findings = collect(items, make)
    if findings:
        raise FindingsError(findings)
    return results
