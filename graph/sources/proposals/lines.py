"""The lines of a page: headings, labels ("Tid: …"), items of a programme and of a list, and running sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from graph.sources.proposals.phrases import Phrases
from graph.sources.text.quotes import Passages

_LONE_NUMBER = re.compile(r"\d{1,2}[.)]?(?=\s|$)")
_BULLET = re.compile(r"[-–•*▪‣·○●■]\s|[A-ZÆØÅa-zæøå][.)]\s")
_LABEL = re.compile(r"([^\W\d_][\w /()-]{1,40}?)\s*:\s*(?=\S|$)")
# A line that is longer is no heading.
_MAX_HEADING = 110


class Kind(Enum):
    """What a line is."""

    HEADING = "heading"
    LABEL = "label"
    PROGRAMME = "programme"
    ITEM = "item"
    ROW = "row"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its span, its kind, its block (lines without an empty one between), and its label if any.

    ``body`` is where its words begin after a bullet, a time of day or a label.
    """

    start: int
    end: int
    kind: Kind
    block: int
    label: str
    body: int
    item: int


def lines_of(page: Passages, phrases: Phrases) -> list[Line]:
    """Return the lines of a page that have words, in order.

    ``item`` numbers the items of a programme: a line without a time of its own belongs to the item above it.
    """
    lines: list[Line] = []
    item = 0
    in_programme = False
    for block, (start, end) in _spans(page.original):
        text = page.original[start:end]
        kind, label, body = _kind(text, phrases)
        if (
            lines
            and lines[-1].block != block
            and kind is not Kind.PROGRAMME
            and not _continues(phrases, lines[-1], text)
        ):
            in_programme = False
        if kind is Kind.PROGRAMME:
            item += 1
            in_programme = True
        elif in_programme and kind is Kind.HEADING and text.isupper():
            in_programme = False
        elif in_programme and kind in (Kind.HEADING, Kind.ITEM, Kind.LABEL):
            kind = Kind.PROGRAMME if kind is not Kind.LABEL else kind
        lines.append(Line(start, end, kind, block, label, start + body, item if in_programme else 0))
    return lines


def _spans(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    block, start, blank = 0, 0, True
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            blank = True
        else:
            if blank:
                block += 1
                blank = False
            first = start + len(line) - len(line.lstrip())
            yield block, (first, first + len(stripped))
        start += len(line) + 1


def _kind(text: str, phrases: Phrases) -> tuple[Kind, str, int]:
    if text.count("|") >= 2:
        return Kind.ROW, "", 0
    clock = phrases.clock.match(text)
    if clock and clock[0].strip() and not _LONE_NUMBER.fullmatch(clock[0].strip()):
        return Kind.PROGRAMME, "", clock.end() + len(re.match(r"[:.]?\s*", text[clock.end() :])[0])  # type: ignore[index]
    bullet = _BULLET.match(text)
    if bullet:
        return Kind.ITEM, "", bullet.end()
    label = _LABEL.match(text)
    if label and len(label[1].split()) <= 5:
        return Kind.LABEL, label[1].casefold(), label.end()
    if len(text) <= _MAX_HEADING and text[-1] not in ".!?…":
        return Kind.HEADING, "", 0
    return Kind.PROSE, "", 0


def _continues(phrases: Phrases, before: Line, text: str) -> bool:
    """Return whether a line after an empty one goes on with a programme: "v/ Kari Nordmann" below a title."""
    return before.item > 0 and text.startswith(
        tuple(word if word.endswith("/") else f"{word} " for word in phrases.words.by)
    )
