"""Times of day: "kl. 10.00–12.30", "klokken 18–20", "at 10:00", as hours and minutes."""

import re
from datetime import time
from typing import NamedTuple

from graph.sources.languages.dates import any_of
from graph.sources.languages.pack import Pack
from graph.sources.text.quotes import Passages, original_span


class TimeOfDay(NamedTuple):
    """A passage that tells when on its day something begins, and when it ends, if it says so."""

    start: int
    end: int
    begins: time
    ends: time | None


def clock_pattern(pack: Pack | None) -> re.Pattern[str]:
    """Return how times of day are written: after a word such as "kl.", or as hours and minutes from one to another."""
    before = any_of(pack.clock.before) if pack else "(?!)"
    signs = re.escape("".join(pack.clock.separators) if pack else ":")
    to = r"\s?(?:-|" + any_of(pack.dates.ranges if pack else ()) + r")\s?"
    hour, minute = r"(?<![\d.:])([01]?\d|2[0-3])", rf"[{signs}]([0-5]\d)"
    return re.compile(
        rf"\b(?:{before})\.?\s?{hour}(?:{minute})?(?:{to}{hour}(?:{minute})?)?(?![\d])"
        rf"|{hour}{minute}{to}{hour}(?:{minute})(?!\d)",
        re.IGNORECASE,
    )


def times_of_day(page: Passages, pattern: re.Pattern[str]) -> list[TimeOfDay]:
    """Return every time of day in the page, in order."""
    times = []
    for match in pattern.finditer(page.folded.text):
        groups = match.groups()
        hour, minute, last_hour, last_minute = groups[:4] if groups[0] is not None else groups[4:]
        begins = time(int(hour), int(minute or 0))
        ends = time(int(last_hour), int(last_minute or 0)) if last_hour else None
        times.append(TimeOfDay(*original_span(page, match.start(), match.end()), begins, ends))
    return times
