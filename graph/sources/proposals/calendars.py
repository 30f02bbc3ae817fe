"""Calendars and weekly programmes: an event a line or a row, under the day that it is on."""

import re
from dataclasses import replace
from datetime import date

from graph.model.edtf import Bounds
from graph.sources.proposals.events import (
    HEAD_LINES,
    Occasion,
    Occasions,
    municipality_in,
    read_label,
    sentences_in,
    title_of,
)
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.reading import Reading
from graph.sources.proposals.tables import tables_of
from graph.sources.proposals.times import Time, resolve
from graph.sources.proposals.weekdays import Weekdays
from graph.sources.proposals.where import find_place
from graph.sources.text.intervals import Span

_LONGEST_PAUSE = 20


def is_row(line: Line) -> bool:
    """Return whether a line is a row of a table."""
    return line.kind is Kind.ROW


def day_of_line(reading: Reading, line: Line) -> Time | None:
    """Return the day that a line begins with, where it is the head of a day or a row of a calendar."""
    for time in reading.within(reading.times, (line.start, line.end)):
        before = reading.text[line.start : time.start].strip(" •-–")
        if before or line.kind in (Kind.PROSE, Kind.LABEL):
            return None
        rest = reading.text[time.end : line.end]
        return time if is_row(line) or (len(rest) < 60 and re.search(r"\d", time.said)) else None
    return None


def read_calendar(reading: Reading) -> Occasions:
    """Return the events of a page that lists those of several days: one a line or a row under each day."""
    events: list[Occasion] = []
    of_sentence: dict[int, list[Occasion]] = {}
    rows = {row.line.start: row for _, table in tables_of(reading.text, reading.lines) for row in table}
    published, status = _past_year(reading)
    is_of_one, days = _is_of_one(reading), Weekdays(reading)
    day: Time | None = None
    day_line: Line | None = None
    current: list[Occasion] = []
    item = 0
    for line in reading.lines:
        own_day = day_of_line(reading, line)
        if own_day and not is_row(line):
            day, day_line, current = _in_year(own_day, reading, published, status), line, []
            continue
        if own_day and is_row(line):
            day, day_line = _in_year(own_day, reading, published, status), None
        if rows and not is_row(line) and day_line is None:
            # The day of a row is that of no line below the table.
            day, current = None, []
        if day is None or (is_row(line) and not own_day):
            continue
        starts_item = line.kind is not Kind.LABEL and (line.item != item or line.item == 0)
        item = line.item
        if starts_item and (
            event := _calendar_event(reading, line, _own_day(reading, line, day, days), day_line, status, is_of_one)
        ):
            event.row, event.is_entry = rows.get(line.start), True
            events.append(event)
            events += _moved(event, reading, line, published)
            current = [event]
        for start, end in sentences_in(reading, line):
            if current:
                of_sentence[start] = current
                if (start, end) != current[0].evidence[0] and line.kind is Kind.LABEL:
                    read_label(reading, line, current[0])
    found = Occasions(events, of_sentence, "calendar")
    for event in events:
        _calendar_place(event, reading)
        _change_of_status(event, reading)
    return found


def _own_day(reading: Reading, line: Line, day: Time, days: Weekdays) -> Time:
    """Return the day that a running sentence tells itself, else that of the heading above it."""
    times = reading.within(reading.times, (line.start, line.end)) if line.kind is Kind.PROSE else []
    own = [resolve(each, reading.language, reading.published, "planned") for each in times]
    own = [each for each in own if each.earliest and each.earliest == each.latest]
    return days.settle(own[0]) if len(own) == 1 else day


def _moved(event: Occasion, reading: Reading, line: Line, published: Bounds | None) -> list[Occasion]:
    """Return the event in the place of one that its line says is moved to another day: "Flyttet til 24.09., Bodø"."""
    told = {id for each in reading.statuses_in((line.start, line.end)) for id in each.meanings}
    times = reading.within(reading.times, (line.start, line.end))
    if "status:postponed" not in told or len(times) < 2:
        return []
    day = resolve(times[-1], reading.language, published, "planned")
    new = Occasion(
        event.kind, event.title, [(line.start, line.end)], "planned", day, because="a day in the place of another"
    )
    rest = (times[-1].end, line.end)
    new.municipality = new.place_said = municipality_in(reading, rest)
    new.row, new.is_entry = event.row, True
    return [new]


def _past_year(reading: Reading) -> tuple[Bounds | None, str]:
    """Return from which day days without a year count, and the status; a report of a past year tells of that year."""
    published = reading.published
    head = reading.lines[:HEAD_LINES]
    text = reading.text[head[0].start : head[-1].end] if head else ""
    title = reading.text[head[0].start : head[0].end] if head else ""
    years = {int(match[0]) for match in re.finditer(r"\b20\d\d\b", title)}
    years = years or {int(match[0]) for match in re.finditer(r"\b20\d\d\b", text)}
    if published and published.earliest and years and max(years) < published.earliest.year:
        last = date(max(years), 12, 31)
        return Bounds(last, last), "held"
    return published, "planned"


def _in_year(time: Time, reading: Reading, published: Bounds | None, status: str) -> Time:
    """Return a time as the year of the report settles it, where it means another day than as it was published."""
    day = resolve(time, reading.language, published, status)
    same = published is reading.published or resolve(time, reading.language, reading.published, status) == day
    return day if same else replace(day, basis="source")


def _calendar_event(
    reading: Reading, line: Line, day: Time, day_line: Line | None, status: str, is_of_one: bool
) -> Occasion | None:
    """Return the event of a line of a calendar: it has a word for one, or a verb of meeting, or a row tells a body."""
    span = (line.body, line.end)
    words = reading.within(reading.event_words, span)
    meets = reading.has_word(reading.words.meeting, span)
    statuses = [each for each in reading.statuses_in(span) if "status:planned" in each.meanings]
    if not words and not meets and not statuses and not is_row(line) and not _is_entry(reading, line, is_of_one):
        return None
    first = next(iter(sentences_in(reading, line)), (line.start, line.end))
    evidence = [first] if day_line is None else [first, (day_line.start, day_line.end)]
    kind = words[0].kind if words else "meeting"
    return Occasion(
        kind, title_of(reading, words[0] if words else None, first), evidence, status, day, because="calendar"
    )


def _is_of_one(reading: Reading) -> bool:
    """Return whether what stands above the first entry names one event, whose programme the page then is."""
    first = next((each for each in reading.lines if each.item or day_of_line(reading, each)), None)
    head = reading.within(reading.event_words, (0, first.start)) if first else []
    return any(not word.is_plural for word in head)


def _is_entry(reading: Reading, line: Line, is_of_one: bool) -> bool:
    """Return whether a line with a time of day is an event, and no talk of a conference: "11.00 Gudstjeneste"."""
    if is_of_one or line.kind is not Kind.PROGRAMME or line.body == line.start:
        return False
    first = (line.body, min(line.end, line.body + _LONGEST_PAUSE))
    return not reading.has_word((*reading.words.pauses, *reading.words.contact), first)


def _calendar_place(event: Occasion, reading: Reading) -> None:
    """Find the place of an event of a calendar: the column for it, or what stands last in its line, after a comma."""
    line = reading.line(event.evidence[0][0])
    cell = event.row.cell(reading.words.place_labels) if event.row else None
    # A topic may be "hatprat på nett", and its meeting in a town.
    if reading.within(reading.context.online, cell or (line.start, line.end)):
        event.online = True
    if event.row is not None:
        if cell and cell[0] < cell[1] and not reading.statuses_in(cell) and not event.online:
            event.place_said = reading.text[slice(*cell)]
            event.municipality = municipality_in(reading, cell)
        return
    if event.place_said is None:
        sentence = reading.text[slice(*event.evidence[0])].rstrip(".")
        last = re.search(r", ([A-ZÆØÅ][^,.:]*(?:, [A-ZÆØÅ][^,.:]*)?)$", sentence)
        if last and not any(
            each.kind in ("person", "office") for each in reading.within(reading.names, _at(event, last))
        ):
            event.place_said = last[1]
            event.municipality = municipality_in(reading, _at(event, last))
    find_place(event, reading)


def _at(event: Occasion, match: re.Match[str]) -> Span:
    start = event.evidence[0][0]
    return start + match.start(1), start + match.end(1)


def _change_of_status(event: Occasion, reading: Reading) -> None:
    if event.because == "a day in the place of another":
        return
    for span in event.evidence[:1]:
        line = reading.line(span[0])
        told = {id for each in reading.statuses_in((line.start, line.end)) for id in each.meanings}
        for status in ("cancelled", "postponed"):
            if f"status:{status}" in told:
                event.status = status
