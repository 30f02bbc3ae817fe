"""The meetings of a person or a body: counts by year and by what is known of the part, and pages, the newest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.days import year_of
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import short_name
from graph.server.entity.attendance import ABSENT, EXPECTED, INVITED, PRESENT, REPRESENTED, page_number
from graph.server.entity.kinds import Reader
from graph.server.entity.meetings import NO_YEAR, PAGE_SIZE, Meeting, meetings_of
from graph.server.entity.parts import Part, parts_of
from graph.server.entity.records import LOOKUPS

TEXTS = {
    "by_part": Label("Etter hva som er kjent", "By what is known"),
    "all_parts": Label("alle", "all"),
    "present": Label("til stede", "present"),
    "organised": Label("arrangerte", "organised"),
    "represented": Label("representert", "represented"),
    "possible": Label("mulig", "possible"),
    "expected": Label("ventet eller planlagt", "expected or planned"),
    "invited": Label("invitert", "invited"),
    "absent": Label("ikke til stede", "not present"),
}
_ATTENDANCE = {
    PRESENT: "present",
    REPRESENTED: "represented",
    EXPECTED: "expected",
    INVITED: "invited",
    ABSENT: "absent",
}
# The kinds of parts, in the order in which they are counted.
SORTS = ("present", "organised", "represented", "possible", "expected", "invited", "absent")


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A part of an agent: its event, the first day, what is known of the part, and the status of the event."""

    part: NamedNode
    event: NamedNode
    day: str
    sort: str
    status: Term | None

    @property
    def year(self) -> str:
        """Return the year of the event; ``NO_YEAR`` where it is not known."""
        return year_of(self.day) or NO_YEAR


@dataclass(frozen=True, slots=True)
class AgentMeetings:
    """The meetings of an agent on one page of ``pages``; counts are of all.

    ``sorts`` are what is known of the parts, with counts within the year that was asked for; ``years`` have theirs
    within the sort that was asked for. Either is empty where the reader asked for all.
    """

    total: int
    count: int
    years: tuple[tuple[str, int], ...]
    sorts: tuple[tuple[str, int], ...]
    year: str
    sort: str
    page: int
    pages: int
    meetings: tuple[tuple[Meeting, Part], ...]
    counts: Mapping[str, int]


def agent_rows(agent: NamedNode, run: QueryFn) -> list[AgentRow]:
    """Return all parts of an agent in events, the newest first."""
    values: dict[tuple[NamedNode, NamedNode], dict[str, set[Term]]] = {}
    for _, part, event, name, value in lookup_rows([agent], LOOKUPS / "agent_parts.rq", run):
        if isinstance(part, NamedNode) and isinstance(event, NamedNode) and isinstance(name, NamedNode) and value:
            values.setdefault((part, event), {}).setdefault(short_name(name), set()).add(value)
    rows = [
        AgentRow(
            part,
            event,
            min(map(text_of, known.get("mg:earliest", ())), default=""),
            _sort(known),
            next(iter(known.get("mg:eventStatus", ())), None),
        )
        for (part, event), known in values.items()
    ]
    return sorted(rows, key=lambda row: (row.day, row.part.value), reverse=True)


def _sort(known: Mapping[str, set[Term]]) -> str:
    """Return what is known of a part, as a key of ``TEXTS``."""
    if known.get("mg:oneOf"):
        return "possible"
    for attendance, sort in _ATTENDANCE.items():
        if attendance in known.get("mg:attendance", ()):
            return sort
    return "organised" if known.get("cv:role") else "expected"


def agent_meetings(rows: Sequence[AgentRow], reader: Reader) -> AgentMeetings:
    """Return a page of the meetings of an agent, for the year and the kind of part that the reader asks for."""
    run, lang = reader.run, reader.lang
    year, sort = reader.value("year"), reader.value("part")
    year = year if any(row.year == year for row in rows) else ""
    sort = sort if sort in SORTS else ""
    chosen = [row for row in rows if (not year or row.year == year) and (not sort or row.sort == sort)]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    number = page_number(reader.value("page"), pages)
    shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    parts = parts_of([row.part for row in shown], run, lang, {row.event: row.status for row in shown})
    meetings = meetings_of([row.event for row in shown], run, lang)
    counts = Counter(row.sort for row in rows)
    return AgentMeetings(
        total=len(rows),
        count=len(chosen),
        years=_years(row for row in rows if not sort or row.sort == sort),
        sorts=_sorts(row for row in rows if not year or row.year == year),
        year=year,
        sort=sort,
        page=number,
        pages=pages,
        meetings=tuple(zip(meetings, parts, strict=True)),
        counts={each: counts[each] for each in SORTS if counts[each]},
    )


def _years(rows: Iterable[AgentRow]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(row.year for row in rows).items(), reverse=True))


def _sorts(rows: Iterable[AgentRow]) -> tuple[tuple[str, int], ...]:
    counts = Counter(row.sort for row in rows)
    return tuple((sort, counts[sort]) for sort in SORTS if counts[sort])
