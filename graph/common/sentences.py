"""Cut a text into sentences, by the rules of its language where these are at hand."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

# Possessive, and never begun within a run of such signs: a line of a million full stops is read once.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"»”’)]*+(?=\s)|\n")
# "2.", "Sak 12.": what stands before the words of a line.
_NUMBER_OF_LINE = re.compile(r"\s*(?:\w+\.? )?\d{1,2}\.")
# The initial of a name between its first and its last: "Tore O. Sandvik".
_INITIAL = re.compile(r"\b[^\W\d_a-zæøå][^\W\d_A-ZÆØÅ]+ [^\W\d_a-zæøå]\.\Z")
_OPENS = frozenset('"«“‘(')


class SentenceRules(NamedTuple):
    """What a language says of full stops that end no sentence: after which words, and whether after numbers (17.).

    A number after one of the ``numbered`` words is no ordinal ("kl. 12.", "sak 3."): it may end a sentence.
    """

    abbreviations: tuple[str, ...] = ()
    ordinal_dot: bool = False
    numbered: tuple[str, ...] = ()


NO_RULES = SentenceRules()


def sentence_spans(text: str, rules: SentenceRules = NO_RULES) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends. A line break ends one; "bl.a." and "17. oktober" do not."""
    start, no_end = 0, _no_end(rules)
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop[0] != "\n":
            # Signs alone are no sentence: they belong to the next one.
            alone = text[start : stop.start()].isspace() or stop.start() == start
            if alone or not _begins(text, end) or _goes_on(text, start, end, no_end):
                continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without the white space around it, unless there is nothing else in it."""
    words = text[start:end]
    if words.strip():
        yield end - len(words.lstrip()), start + len(words.rstrip())


def _begins(text: str, at: int) -> bool:
    """Return whether a capital or a digit, perhaps in quotes, follows after white space: a sentence can begin there."""
    while at < len(text) and text[at].isspace():
        at += 1
    at += text[at : at + 1] in _OPENS
    return text[at : at + 1].isupper() or text[at : at + 1].isdecimal()


def _goes_on(text: str, start: int, end: int, no_end: re.Pattern[str]) -> bool:
    """Return whether a full stop ends no sentence, but an abbreviation, an initial or the number of a line."""
    if no_end.search(text, max(start, end - 40), end):
        return True
    if _INITIAL.search(text, max(start, end - 40), end) and text[end : end + 2].strip().isalpha():
        return True
    return end - start < 40 and bool(_NUMBER_OF_LINE.fullmatch(text, start, end))


@cache
def _no_end(rules: SentenceRules) -> re.Pattern[str]:
    """Return the pattern of an abbreviation, or an ordinal, at the end of a text."""
    words = "|".join(re.escape(word.removesuffix(".")) for word in rules.abbreviations) or "(?!)"
    if not rules.ordinal_dot:
        return re.compile(rf"\b(?:{words})\.\Z", re.IGNORECASE)
    # Neither the minutes of "12.30." nor the year of "sak 12/24." are an ordinal.
    numbered = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in rules.numbered)
    ordinal = rf"(?<![0-9][.:/]){numbered}\b[0-9]{{2}}|{numbered}\b[0-9]"
    return re.compile(rf"(?:\b(?:{words})|{ordinal})\.\Z", re.IGNORECASE)
