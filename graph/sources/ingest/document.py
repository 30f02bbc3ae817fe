"""What is extracted from a file: its text, where the pages of it begin, what it tells of itself, what was left out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph.common.errors import MotegrafError

# More is no page that somebody reads; reading stays linear far above it.
MAX_CHARACTERS = 12_000_000
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Signs that nobody sees: soft hyphens, zero widths, marks of direction, and the mark that begins a file.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
# What XML cannot hold: the graph is written as XML too.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

# How the names of groups begin that are lists or tables.
_LISTS = ("dl", "list", "menu", "ol", "table", "ul")
_LONGEST_HEADING = 60


class IngestError(MotegrafError):
    """A file cannot be taken in; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A value that a file tells of itself, and where it does: ``basis`` in Norwegian and in English."""

    value: str
    basis_nb: str
    basis_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a file tells of itself; each with all places that tell it, the most trustworthy first.

    ``days`` are those of publication, ``made`` those on which a program made the document.
    """

    titles: tuple[Finding, ...] = ()
    publishers: tuple[Finding, ...] = ()
    days: tuple[Finding, ...] = ()
    made: tuple[Finding, ...] = ()
    languages: tuple[Finding, ...] = ()
    addresses: tuple[Finding, ...] = ()
    licences: tuple[Finding, ...] = ()
    retrieved: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, as it will be archived.

    ``page_starts`` are the positions, in characters from 0, where the pages of a paged original begin. ``skipped`` are
    the words that were left out, by the part of the file that they stand in; ``notes`` are what a person should know.
    """

    text: str
    media_type: str
    extractor: str
    metadata: Metadata = Metadata()
    page_starts: tuple[int, ...] = ()
    skipped: dict[str, list[str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def skipped_counts(self) -> Counter[str]:
        """Return how many words were left out, by the part of the file that they stand in."""
        return Counter({part: sum(len(words.split()) for words in texts) for part, texts in self.skipped.items()})


def clean(text: str) -> str:
    """Return text with one kind of blank and without signs that nobody sees; letters are composed (NFC)."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(_LIGATURES)))
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


def join_blocks(blocks: Iterable[tuple[str, str]]) -> str:
    """Return blocks as text, one a line; between two, an empty line unless both are of one list or table.

    None stands between a list or table and its heading, either: "Til stede" and the names below it are read as one.
    A block is its words and the name of what it belongs to, or ``""``: that of a list or table begins with "list",
    "table", or the tag of one.
    """
    lines: list[str] = []
    before = ""
    for words, group in blocks:
        line = _BLANKS.sub(" ", words.replace("\n", " ")).strip()
        if not line:
            continue
        is_one = group == before if group else False
        if lines and not is_one and not (group.startswith(_LISTS) and _is_heading(lines[-1], before)):
            lines.append("")
        lines.append(line)
        before = group
    text = "\n".join(lines) + "\n" if lines else ""
    if len(text) > MAX_CHARACTERS:
        raise IngestError(
            f"its text has {len(text):,} characters, and a page has {MAX_CHARACTERS:,} at most; divide it"
        )
    return text


def _is_heading(line: str, group: str) -> bool:
    """Return whether a line is no sentence, and of no list: what stands so right before a list is its heading."""
    return not group.startswith(_LISTS) and len(line) <= _LONGEST_HEADING and line[-1] not in ".!?…»”\"'"


def day_in(text: str) -> str | None:
    """Return the day with which a date and time of ISO 8601 begins (2019-01-15T10:00), or None."""
    match = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)", text) or re.match(r"\s*(\d{8})(?=T|\s|$)", text)
    if not match:
        return None
    digits = match[1].replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None
