"""Read events, and who had which part in them, from a graph, for formats that are no RDF.

Nothing is inferred here: a part is certain, planned or possible as the graph says it, and a day is given only as far as
the bounds of an event fix it.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pyoxigraph import NamedNode

from graph.model.labels import CERTAIN, POSSIBLE
from graph.model.sources import LAST, ReadingOrder, parse_fragment
from graph.publish.graph_index import GraphIndex
from graph.rdf.terms import local_name_of

PLANNED = "planned"
HELD = "held"
POSTPONED = "postponed"
PRESENT = "present"
# The property of a part that has its roles, by certainty.
_ROLES = {CERTAIN: "cv:role", PLANNED: "mg:plannedRole", POSSIBLE: "mg:possibleRole"}


# What an export says of events that it writes, and that no summary counts.
ONLY_NAMED = "written though only named: no page says whether it was held, and the number of events is without it"


class Source(NamedTuple):
    """A page or a table: its address and title, who published it, when (as far as known) and its language."""

    iri: NamedNode
    url: str | None
    title: str
    publisher: str | None
    published: str | None
    language: str | None


class Event(NamedTuple):
    """An event or a series of events. Days are ISO 8601; ``lasting`` says that it went on from the first to the last.

    ``status`` is the local name of its status, and empty where no page says one. ``location`` is venue, places and, of
    another country, its code, as text; empty where none is known.
    """

    iri: NamedNode
    label: str
    is_series: bool
    status: str
    status_label: str
    kinds: tuple[str, ...]
    earliest: str | None
    latest: str | None
    lasting: bool
    places: tuple[NamedNode, ...]
    location: str
    organisers: tuple[NamedNode, ...]
    series: tuple[NamedNode, ...]

    @property
    def only_named(self) -> bool:
        """Whether no page says that it was or will be held; a summary counts it apart from the events."""
        return not (self.is_series or self.status)

    @property
    def date(self) -> str | None:
        """The year, month or day in which it was for certain, or is to be; see ``shared_date``.

        What was postponed has none: its day has passed without it.
        """
        return None if self.status == POSTPONED else shared_date(self.earliest, self.latest)

    @property
    def span(self) -> tuple[str | None, str | None]:
        """The dates on which it began and ended, as exactly as is known."""
        return (self.earliest, self.latest) if self.lasting and self.status != POSTPONED else (self.date, self.date)

    @property
    def day(self) -> str | None:
        """The only day on which it can have been, or on which it began where it went on for several days."""
        return self.earliest if self.earliest and (self.lasting or self.earliest == self.latest) else None


class Part(NamedTuple):
    """A part of an actor in an event: certain, planned or possible; ``attendance`` is a local name or empty."""

    iri: NamedNode
    event: NamedNode
    agent: NamedNode
    certainty: str
    roles: tuple[str, ...]
    attendance: str
    offices: tuple[NamedNode, ...]
    principals: tuple[NamedNode, ...]
    one_of: tuple[NamedNode, ...]


def shared_date(earliest: str | None, latest: str | None) -> str | None:
    """Return the year, the month or the day that both bounds share, as far as they do (2014, 2014-10, 2014-10-14).

    Return None where they share none or one is open: then no date without bounds is true.
    """
    if earliest is None or latest is None:
        return None
    lengths = (length for length in (10, 7, 4) if earliest[:length] == latest[:length])
    return next((earliest[:length] for length in lengths), None)


def read_events(index: GraphIndex) -> list[Event]:
    """Return the events and series of events, in the order of their IRIs."""
    return [_event(index, each) for each in index.instances("mg:SingleEvent", "schema:EventSeries")]


def _event(index: GraphIndex, event: NamedNode) -> Event:
    statuses = index.entities(event, "mg:eventStatus")
    earliest, latest = (index.one(event, name) for name in ("mg:earliest", "mg:latest"))
    places = tuple(index.entities(event, "schema:location"))
    names = [index.label(place) for place in places] or index.texts(event, "mg:placeAsWritten")
    location = [*index.texts(event, "mg:venueAsWritten"), *names, *index.texts(event, "mg:country")]
    return Event(
        iri=event,
        label=index.label(event),
        is_series=index.is_a(event, "schema:EventSeries"),
        status=local_name_of(statuses[0]) if len(statuses) == 1 else "",
        status_label=index.label(statuses[0]) if len(statuses) == 1 else "",
        kinds=tuple(index.label(kind) for kind in index.entities(event, "dct:type")),
        earliest=earliest,
        latest=latest,
        lasting=(earliest, latest) in set(_lasting_spans(index, event)),
        places=places,
        location=", ".join(location),
        organisers=tuple(index.entities(event, "schema:organizer")),
        series=tuple(index.entities(event, "schema:superEvent")),
    )


def _lasting_spans(index: GraphIndex, event: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield the first and the last day of the times that claims say the event went on for."""
    for claim in index.entities(event, "mg:concludedFrom"):
        for time in index.entities(claim, "mg:time"):
            begins = {index.one(time, f"sem:has{side}BeginTimeStamp") for side in ("Earliest", "Latest")}
            ends = {index.one(time, f"sem:has{side}EndTimeStamp") for side in ("Earliest", "Latest")}
            if len(begins) == len(ends) == 1 and None not in begins | ends:
                yield str(begins.pop()), str(ends.pop())


def read_parts(index: GraphIndex) -> list[Part]:
    """Return everybody's part in every event: an item for each participation and each possible participation.

    A part of which the statements have only the name, as a selection may, is left out.
    """
    parts = (_part(index, each) for each in index.instances("mg:Participation", "mg:PossibleParticipation"))
    return [part for part in parts if part is not None]


def _part(index: GraphIndex, part: NamedNode) -> Part | None:
    events, agents = index.entities(part, "mg:event"), index.entities(part, "mg:agent", "mg:candidate")
    if not (events and agents):
        return None
    possible = index.is_a(part, "mg:PossibleParticipation")
    certainty = POSSIBLE if possible else CERTAIN if index.entities(part, _ROLES[CERTAIN]) else PLANNED
    attendances = index.entities(part, "mg:attendance")
    return Part(
        iri=part,
        event=events[0],
        agent=agents[0],
        certainty=certainty,
        roles=tuple(index.label(role) for role in index.entities(part, _ROLES[certainty])),
        attendance=local_name_of(attendances[0]) if len(attendances) == 1 else "",
        offices=tuple(index.entities(part, "mg:inCapacity")),
        principals=tuple(index.entities(part, "mg:onBehalfOf")),
        one_of=tuple(index.entities(part, "mg:oneOf")),
    )


def sources_of(index: GraphIndex, entity: NamedNode) -> list[Source]:
    """Return the sources of the claims that an entity was derived from."""
    claims = index.entities(entity, "mg:concludedFrom")
    sources = {source for claim in claims for source in index.entities(claim, "prov:hadPrimarySource")}
    return [read_source(index, source) for source in sorted(sources, key=lambda each: each.value)]


def read_source(index: GraphIndex, source: NamedNode) -> Source:
    """Return what is recorded of a source."""
    publishers = index.entities(source, "schema:publisher")
    urls = index.entities(source, "schema:url")
    published = shared_date(index.one(source, "mg:earliestPublished"), index.one(source, "mg:latestPublished"))
    return Source(
        source,
        urls[0].value if urls else index.one(source, "schema:url"),
        index.label(source),
        index.label(publishers[0]) if publishers else None,
        published,
        index.one(source, "schema:inLanguage"),
    )


def quotes_of(index: GraphIndex, entity: NamedNode, source: NamedNode | None = None) -> list[str]:
    """Return the passages that say what an entity was derived from, each once, in the order of the text.

    Cells of a register are in the order of its rows and columns, each after its heading; blank ones are left out. Where
    a source is given, return its passages alone.
    """
    evidence = {
        each
        for claim in index.entities(entity, "mg:concludedFrom")
        if source is None or source in index.entities(claim, "prov:hadPrimarySource")
        for each in index.entities(claim, "mg:keyEvidence")
    }
    ordered = sorted(evidence, key=lambda each: (_place(index, each), each.value))
    return list(dict.fromkeys(text for each in ordered for text in _quotes(index, each)))


def _place(index: GraphIndex, evidence: NamedNode) -> ReadingOrder:
    selector = parse_fragment(evidence.value, index.one(evidence, "rdf:value") or "")
    return selector.order if selector else LAST


def _quotes(index: GraphIndex, evidence: NamedNode) -> list[str]:
    """Return the words of a passage; of a cell after its heading, and none of a blank one."""
    heading, words = index.one(evidence, "mg:heading"), index.texts(evidence, "schema:text")
    return words if heading is None else [f"{heading}: {each}" if heading else each for each in words if each.strip()]


def term_dates(index: GraphIndex, membership: NamedNode) -> tuple[str | None, str | None]:
    """Return when a membership began and ended, each as far as its bounds share a date, else None."""
    for interval in index.entities(membership, "org:memberDuring"):
        begin, end = (
            [index.one(interval, f"sem:has{side}{point}TimeStamp") for side in ("Earliest", "Latest")]
            for point in ("Begin", "End")
        )
        return shared_date(*begin), shared_date(*end)
    return None, None


def next_day(day: str) -> date:
    """Return the day after a day."""
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1)
