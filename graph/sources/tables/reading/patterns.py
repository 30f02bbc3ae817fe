"""What is compared with the words of a cell: whole words, beginnings, patterns and regular expressions.

Regular expressions are those of RE2, whose time grows with the length of the cell alone, whatever the expression.
"""

import fnmatch
import re
from collections.abc import Callable, Iterable
from typing import Protocol

from graph.sources.tables.reading.text import fold_blanks

Test = Callable[[str], bool]
# More than this an expression may not take, compiled.
_MOST_MEMORY = 1 << 20


class Match(Protocol):
    """What a regular expression gives."""

    def group(self, number: int = 0) -> str | None:
        """Return what a group holds."""

    def start(self, number: int = 0) -> int:
        """Return where a group begins."""

    def end(self, number: int = 0) -> int:
        """Return where a group ends."""


class Expression(Protocol):
    """A regular expression."""

    groups: int

    def fullmatch(self, text: str) -> Match | None:
        """Return the match of the whole text."""

    def search(self, text: str) -> Match | None:
        """Return the first match within a text."""

    def finditer(self, text: str) -> Iterable[Match]:
        """Yield all matches within a text."""


def expression(pattern: str) -> Expression:
    """Return a regular expression. Raise ValueError, in words for its writer, where it is none."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    try:
        compiled: Expression = re2.compile(pattern, options)
    except re2.error as error:
        problem = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        raise ValueError(f"{pattern!r} is no regular expression of RE2: {problem}") from None
    return compiled


def begins(words: Iterable[str]) -> Test:
    """Return a test of whether a cell begins with some words and a word ends there. Case does not count."""
    starts = tuple(fold_blanks(each).casefold() for each in words)

    def test(text: str) -> bool:
        folded = text.casefold()
        return any(
            folded.startswith(start) and not (folded[len(start) : len(start) + 1].isalnum() and start[-1:].isalnum())
            for start in starts
        )

    return test


def like(patterns: Iterable[str]) -> Test:
    """Return a test of whether a cell fits a pattern with * and ?. Case does not count."""
    tests = [_glob(fold_blanks(pattern)) for pattern in patterns]
    return lambda text: any(each.fullmatch(text) for each in tests)


def _glob(pattern: str) -> re.Pattern[str]:
    # Square brackets are signs like others: only * and ? mean something.
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")), re.IGNORECASE)


def is_one_of(words: Iterable[str]) -> Test:
    """Return a test of whether a cell is exactly one of some words, white space folded."""
    wanted = frozenset(fold_blanks(each) for each in words)
    return lambda text: text in wanted


def matches(pattern: str) -> Test:
    """Return a test of whether a whole cell fits a regular expression. Raise ValueError where it is none."""
    compiled = expression(pattern)
    return lambda text: compiled.fullmatch(text) is not None


__all__ = ["Expression", "Test", "begins", "expression", "is_one_of", "like", "matches"]
