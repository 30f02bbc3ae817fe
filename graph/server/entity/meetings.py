"""Lists of meetings by year, the newest first, a page of them at a time; counts are of all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.days import bounds_in_words, year_of
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import iri
from graph.server.entity.records import LOOKUPS, Name, Record, in_language, names_of

PAGE_SIZE = 50
# What a list of meetings has for those whose time nobody knows, in the place of a year.
NO_YEAR = "0"
TEXTS = {
    "by_year": Label("Møter etter år", "Meetings by year"),
    "all_years": Label("alle år", "all years"),
    "no_year": Label("tid ikke oppgitt", "time not stated"),
}
_HELD = iri("status:held")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a list has it; ``notes`` are what makes it stand there, such as who took part and as what."""

    name: Name
    when: str
    year: str
    status: Name | None
    is_held: bool
    place: Name | None
    kind: Name | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingList:
    """Meetings of one page of a list; ``years`` are all years with their counts, the newest first.

    ``year`` is the one that was asked for, or empty; ``total`` counts the meetings of all years, ``count`` those asked
    for. Pages count from 1.
    """

    total: int
    count: int
    years: tuple[tuple[str, int], ...]
    year: str
    page: int
    pages: int
    meetings: tuple[Meeting, ...]


def meeting_list(
    rows: Iterable[tuple[Term | None, str]],
    run: QueryFn,
    lang: str,
    year: str = "",
    page: str = "",
    notes: Mapping[Term | None, Sequence[str]] | None = None,
) -> MeetingList:
    """Return a page of a list of meetings, given with their first days (ISO 8601, or empty).

    ``year`` and ``page`` are as the reader gave them; what is none of them counts as not given.
    """
    first_days: dict[Term | None, str] = {}
    for event, day in rows:
        if event is not None:
            first_days[event] = min(filter(None, (day, first_days.get(event))), default="")
    ordered = sorted(first_days, key=lambda event: (first_days[event], text_of(event)), reverse=True)
    counts = Counter(year_of(day) or NO_YEAR for day in first_days.values())
    chosen = year if year in counts else ""
    shown = [event for event in ordered if not chosen or (year_of(first_days[event]) or NO_YEAR) == chosen]
    pages = max(1, -(-len(shown) // PAGE_SIZE))
    number = min(int(page), pages) if page.isascii() and page.isdecimal() and 0 < len(page) < 8 and int(page) else 1
    part = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return MeetingList(
        len(ordered),
        len(shown),
        tuple(sorted(counts.items(), reverse=True)),
        chosen,
        number,
        pages,
        meetings_of(part, run, lang, notes or {}),
    )


def meetings_of(
    events: Sequence[Term | None], run: QueryFn, lang: str, notes: Mapping[Term | None, Sequence[str]] | None = None
) -> tuple[Meeting, ...]:
    """Return meetings in the order given, as lists have them."""
    records: dict[Term | None, dict[NamedNode, list[Term]]] = {event: {} for event in events}
    for event, name, value in lookup_rows(events, LOOKUPS / "meeting_details.rq", run):
        if isinstance(name, NamedNode) and value is not None:
            records[event].setdefault(name, []).append(value)
    named = {term for record in records.values() for values in record.values() for term in values}
    names = names_of([*events, *named], run, lang)
    return tuple(
        _meeting(Record(event, records[event]), names, lang, (notes or {}).get(event, ()))
        for event in events
        if isinstance(event, NamedNode)
    )


def _meeting(record: Record, names: Mapping[Term | None, Name], lang: str, notes: Sequence[str]) -> Meeting:
    earliest, latest = record.value("mg:earliest"), record.value("mg:latest")
    place = names.get(record.node("schema:location")) or record.text("mg:placeAsWritten", lang)
    return Meeting(
        names[record.entity],
        in_language(bounds_in_words(earliest, latest), lang) or in_language(TEXTS["no_year"], lang),
        year_of(earliest) or NO_YEAR,
        names.get(record.node("mg:eventStatus")),
        record.node("mg:eventStatus") == _HELD,
        place,
        names.get(record.node("dct:type")),
        tuple(dict.fromkeys(notes)),
    )
