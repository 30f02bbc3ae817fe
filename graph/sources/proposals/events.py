"""The events of a page as records, and what a line or a sentence says of when and where they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.name import Name
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.tables import Row
from graph.sources.proposals.times import Time, resolve
from graph.sources.text.intervals import Span

# So many lines at the head of a page tell what it is about.
HEAD_LINES = 8


@dataclass(slots=True, eq=False)
class Occasion:
    """An event of a page: its kind, status, time and place, and the passages that say so; the first names it.

    ``council`` is the body whose meeting it is, where ``council_word`` tells what it does there; ``party`` is who has
    it. Where it ``goes_on``, the sentences after it tell of it too; an entry is a line or a row of a calendar.
    """

    kind: str
    title: str
    evidence: list[Span]
    status: str = "planned"
    time: Time | None = None
    place_said: str | None = None
    municipality: str | None = None
    online: bool | None = None
    is_main: bool = False
    is_next: bool = False
    is_moved: bool = False
    is_plural: bool = False
    is_heading: bool = False
    strength: str = "likely"
    because: str = ""
    row: Row | None = None
    council: Name | None = None
    council_word: str = ""
    party: Name | None = None
    goes_on: bool = False
    is_entry: bool = False


@dataclass(slots=True)
class Occasions:
    """The events of a page, and to which of them each sentence belongs (by where the sentence begins).

    ``series`` are sentences that only say how many of a kind there were: "Rådet holdt fire møter".
    """

    events: list[Occasion]
    of_sentence: dict[int, list[Occasion]]
    genre: str
    series: list[tuple[Span, str]] = field(default_factory=list)

    def at(self, sentence: Span) -> list[Occasion]:
        """Return the events that a sentence is about."""
        return self.of_sentence.get(sentence[0], [])


def sentences_in(reading: Reading, line: Line) -> Iterator[Span]:
    """Yield the sentences of a line, whole."""
    at = line.start
    while at < line.end:
        start, end = reading.sentence(at)
        yield max(start, line.start), min(end, line.end)
        at = max(end, at + 1)
        while at < line.end and reading.text[at].isspace():
            at += 1


def title_of(reading: Reading, word: EventWord | None, span: Span) -> str:
    """Return words for the label of an event: its word and what follows it, up to the end of the clause."""
    if word is None:
        return " ".join(reading.text[span[0] : span[1]].split())[:80]
    after = re.split(r" \d{1,2}\.|[.,;:!?\n]", reading.text[word.end : min(span[1], word.end + 60)], maxsplit=1)[0]
    return " ".join(f"{word.text}{after}".split())


def read_label(reading: Reading, line: Line, event: Occasion) -> None:
    """Read the time or the place of an event from a line such as "Tid: …"."""
    span = (line.start, line.end)
    if line.label in reading.words.time_labels and event.time is None:
        for time in reading.within(reading.times, span)[:1]:
            event.time = resolve(time, reading.language, reading.published, event.status)
            event.evidence.append(span)
    if line.label in reading.words.place_labels and event.place_said is None:
        event.place_said = reading.text[line.body : line.end].strip()
        event.evidence.append(span)
        event.municipality = municipality_in(reading, (line.body, line.end))
        if reading.within(reading.context.online, span):
            event.online = True


def municipality_in(reading: Reading, span: Span) -> str | None:
    """Return the first municipality that a passage names, or None."""
    return next((each.text for each in reading.within(reading.names, span) if each.kind == "place"), None)


def is_notice(reading: Reading, line: Line) -> bool:
    """Return whether a line is one about the page: who took a picture, whom to ask, when it was published."""
    return line.label in reading.words.contact or (
        line.end - line.start < 160
        and reading.has_word(reading.words.contact, (line.start, min(line.end, line.start + 40)))
        and line.kind is not Kind.PROGRAMME
    )


def is_day_alone(reading: Reading, line: Line) -> bool:
    """Return whether a line tells a day and little more, as an invitation does: "Tirsdag 28. mars kl. 19.00"."""
    if line.kind not in (Kind.HEADING, Kind.PROGRAMME) or is_notice(reading, line):
        return False
    times = reading.within(reading.times, (line.start, line.start + 4))
    return bool(times) and re.search(r"\d", times[0].said) is not None and line.end - times[0].end < 70
