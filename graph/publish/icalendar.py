"""Write events of which the day is known as iCalendar (RFC 5545).

An event is a whole day or several (``VALUE=DATE``). Where its page says a time of day, it has that time without a time
zone: the clock of the place where it was. Nobody is an attendee, since attendees of a calendar are invited by address;
the description has the sentences that name them.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from graph.model.labels import CERTAIN
from graph.publish.formats import Export, count_left_out
from graph.publish.graph_index import GraphIndex
from graph.publish.meetings import (
    HELD,
    PLANNED,
    Event,
    Source,
    next_day,
    quotes_of,
    read_events,
    read_parts,
    sources_of,
)
from graph.query.results import QueryError

# Characters that no text of a calendar may have (RFC 5545, 3.1: CONTROL); line ends are written as escapes.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A postponed event is not on that day: it is cancelled there, and its categories say why.
_STATUS = {HELD: "CONFIRMED", PLANNED: "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}


def to_icalendar(rows: Iterable[str], lang: str) -> Export:
    """Return the events of N-Quads lines that have a day as a calendar, in the order of their IRIs.

    Raise QueryError where no event has a day, since a calendar has at least one (RFC 5545, 3.6), and where a text has a
    control character, which a calendar cannot hold.
    """
    from icalendar import Calendar

    index = GraphIndex(rows, lang)
    events = [event for event in read_events(index) if not event.is_series]
    dated = [event for event in events if event.day]
    if not dated:
        number = sum(not event.only_named for event in events)
        raise QueryError(f"no day is known of any event ({number} here), so there is nothing to write")
    calendar = Calendar()
    calendar.add("prodid", f"-//motegraf//motegraf export//{lang.upper()}")
    calendar.add("version", "2.0")
    for event in dated:
        calendar.add_component(_event(index, event))
    certain = sum(part.certainty == CERTAIN for part in read_parts(index))
    left_out = count_left_out(
        (
            (len(events) - len(dated), "event", "left out: the day is not known"),
            (certain, "participation", "without an attendee: descriptions name people where the page does"),
        )
    )
    data: bytes = calendar.to_ical()
    if match := _CONTROL.search(data.decode()):
        raise QueryError(
            f"a calendar cannot hold the character U+{ord(match[0]):04X}, which a text of the graph has; "
            "choose another format"
        )
    return Export(data, left_out)


def _event(index: GraphIndex, event: Event) -> Any:
    from icalendar import Event as Component

    sources = sources_of(index, event.iri)
    component = Component()
    component.add("uid", event.iri.value)
    component.add("dtstamp", _last_revised(index, event, sources))
    begin, end = _times(index, event)
    component.add("dtstart", begin)
    if end:
        component.add("dtend", end)
    component.add("summary", event.label)
    if event.location:
        component.add("location", event.location)
    if event.status in _STATUS:
        component.add("status", _STATUS[event.status])
    component.add("categories", [*event.kinds, *([event.status_label] if event.status_label else [])])
    addresses = [source.url for source in sources if source.url]
    if addresses:
        component.add("url", addresses[0])
    component.add(
        "description", "\n".join([*quotes_of(index, event.iri), *(each.title for each in sources), *addresses])
    )
    return component


def _times(index: GraphIndex, event: Event) -> tuple[date, date | None]:
    """Return when an event begins and ends: days, or moments of the local clock where a time of day is known.

    The end is the first day, or moment, after it; None where it is one day, or where it is not known.
    """
    day = date.fromisoformat(event.day or "")
    if event.lasting and event.latest and event.latest != event.earliest:
        return day, next_day(event.latest)
    starts, ends = (index.one(event.iri, name) for name in ("mg:startTime", "mg:endTime"))
    if starts is None:
        return day, None
    begin = datetime.combine(day, time.fromisoformat(starts))
    end = datetime.combine(day, time.fromisoformat(ends)) if ends else None
    return begin, end if end and end > begin else None


def _last_revised(index: GraphIndex, event: Event, sources: list[Source]) -> datetime:
    """Return the last day on which one of the sources is known to have been published or retrieved, else the event's.

    A calendar needs a moment of the last revision; the clock of this machine would give other bytes each time.
    """
    names = ("mg:earliestPublished", "mg:latestPublished", "mg:earliestRetrieved")
    days = [day for source in sources for name in names for day in index.texts(source.iri, name)]
    return datetime.combine(date.fromisoformat(max(days, default=event.day or "")), time(), UTC)
