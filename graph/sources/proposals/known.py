"""Whether a sentence tells of an event that is known, and what it adds to it."""

import re

from graph.sources.proposals.events import Occasion
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.tense import status_by_day
from graph.sources.proposals.times import Time
from graph.sources.text.intervals import Span

# So many letters after its word stands the time of an event.
NEAR = 60


def is_of_event(time: Time) -> bool:
    """Return whether a time can be that of an event: not a whole year, nor a number that may mean another thing."""
    if time.earliest is None or time.latest is None:
        return not time.said.strip().isdigit()
    return (time.latest - time.earliest).days < 300


def is_same(event: Occasion, word: EventWord | None, times: list[Time], status: str | None, reading: Reading) -> bool:
    """Return whether a sentence tells of an event that is known: the same kind, and no other day."""
    if times and event.time and not any(event.time.overlaps(each) for each in times):
        return False
    is_over = event.time is None and event.status == "held" and not event.is_heading and not event.is_main
    if is_over and times and status is None and status_by_day(times[0], reading.published) == "planned":
        return False
    if word is None:
        if event.time is None:
            return not event.is_main and event.kind in ("visit", "meeting")
        named_only = reading.line(event.evidence[0][0]).kind is Kind.HEADING and len(event.evidence) == 1
        return bool(times and (event.is_main or named_only or event.time.earliest == times[0].earliest))
    if word.is_plural != event.is_plural and not (word.is_definite and not event.is_plural):
        return False
    related = word.kind == event.kind or word.kind == "meeting" or event.kind == "meeting"
    if not related:
        return False
    if status and event.status == "held" and status == "planned" and times:
        return event.time is not None
    return word.is_definite or word.kind == event.kind or event.is_main or word.is_plural


def add_to(event: Occasion, sentence: Span, times: list[Time], status: str | None) -> None:
    """Add what a further sentence says of an event."""
    if times and (event.time is None or times[0].is_narrower(event.time)):
        event.time = times[0]
        event.evidence.append(sentence)
    elif status in ("cancelled", "postponed"):
        event.evidence.append(sentence)
    if event.is_heading and status and len(event.evidence) == 1:
        event.evidence.append(sentence)
    if status in ("cancelled", "postponed"):
        event.status = status
    elif status and len(event.evidence) == 2 and event.evidence[-1] == sentence:
        # A heading tells no tense; the first sentence about an event does.
        event.status = status


def nearest(word: EventWord | None, times: list[Time]) -> Time:
    """Return the time of an event of several that its sentence tells: the one right after its word, else the first."""
    near = (each for each in times if word and 0 <= each.start - word.end < NEAR)
    return next(near, times[0])


def are_several(word: EventWord | None, times: list[Time]) -> bool:
    """Return whether a sentence with several times tells of several events."""
    return word is None or word.is_plural or len(times) > 2


def tells_of_meeting(reading: Reading, sentence: Span, times: list[Time]) -> bool:
    """Return whether a verb tells of a meeting: somebody gathers on a day, or two parties meet."""
    if reading.has_word(reading.words.gathering, sentence):
        return any(each.earliest or re.search(r"\d", each.said) for each in times)
    if times and any(each.kind in ("person", "office") for each in reading.within(reading.names, sentence)):
        return True
    if reading.phrases.pronoun_meets.search(reading.text, *sentence):
        return any(each.kind in ("person", "office") for each in reading.within(reading.names, sentence))
    found = [
        each for each in reading.within(reading.names, sentence) if each.kind in ("person", "body", "office", "group")
    ]
    return len({each.who for each in found}) >= 2
