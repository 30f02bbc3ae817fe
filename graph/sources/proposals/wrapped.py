"""Lines that a page breaks for want of room alone, as a PDF does: read as one, at the same positions."""

import re

from graph.sources.proposals.event_phrases import CAPITAL

# A page with longer lines than this breaks none of them for want of room.
_LONGEST = 100
# Shorter lines than this are those of a list.
_SHORTEST = 40
# So many lines must be broken so before any is taken to be.
_FEWEST = 3
# What begins a line of its own: a bullet, a number of a case, a time of day, a label, a table.
_OWN_LINE = re.compile(rf"\s*(?:[-–•*▪‣·○●■|]|\d|{CAPITAL}[\w ]{{0,30}}:|$)")


def with_lines_joined(text: str) -> str:
    """Return a text of the same length, with a blank for each line end behind which the next word had no room."""
    lines = text.split("\n")
    longest = max((len(line) for line in lines if "|" not in line), default=0)
    if not _SHORTEST < longest <= _LONGEST:
        return text
    broken = {at for at in range(len(lines) - 1) if _is_broken(lines[at], lines[at + 1], longest)}
    if len(broken) < _FEWEST:
        return text
    joined = [line + (" " if at in broken else "\n") for at, line in enumerate(lines[:-1])]
    return "".join(joined) + lines[-1]


def _is_broken(line: str, following: str, longest: int) -> bool:
    """Return whether the first word of the next line had no room in this one, and the next is no line of its own."""
    word = following.split(maxsplit=1)[:1]
    has_no_room = bool(word) and len(line) + 1 + len(word[0]) > longest
    return has_no_room and len(line) >= _SHORTEST and "|" not in line and not _OWN_LINE.match(following)
