"""Who had a part in an event or a series, in groups as a page shows them: the certain, the candidates, the absent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, short_name
from graph.server.entity.event_words import number_in_words
from graph.server.entity.html import Quote
from graph.server.entity.kinds import Reader
from graph.server.entity.parts import Part, PartRow, part_rows, parts_of
from graph.server.entity.records import Name, records_of

TEXTS = {
    "nobody": Label("Kildene navngir ingen.", "The sources name nobody."),
    "groups": Label("Grupper, med kildens ord", "Groups, in the words of the source"),
    "choices": Label("Minst {} av disse", "At least {} of these"),
    "absent": Label("Ikke til stede", "Not present"),
}
# So many parts stand on one page.
PAGE_SIZE = 100
ORGANISER = iri("role:organiser")
PRESENT, REPRESENTED, ABSENT = (iri(f"attendance:{name}") for name in ("present", "represented", "absent"))
EXPECTED, INVITED = iri("attendance:expected"), iri("attendance:invited")


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates of whom at least so many had a part, with the sentences that say it."""

    least: int
    number: str
    parts: tuple[Part, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """The parts in an event: ``rows`` are all, in order; the rest are those of this page of ``pages``.

    ``parts`` are those of people and bodies, ``groups`` those of people whom nobody names.
    """

    rows: tuple[PartRow, ...]
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]
    groups: tuple[Part, ...]
    absent: tuple[Part, ...]
    people: tuple[Name, ...]
    claims: frozenset[Term]
    page: int
    pages: int

    def __bool__(self) -> bool:
        return bool(self.rows)


def read_attendance(event: NamedNode, status: Term | None, reader: Reader) -> Attendance:
    """Return who had a part in an event, on the page that the reader asks for."""
    run, lang = reader.run, reader.lang
    rows = sorted(part_rows([event], run), key=_order)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = page_number(reader.value("page"), pages)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    parts = dict(zip(shown, parts_of([row.part for row in shown], run, lang, {event: status}), strict=True))
    listed = {row: part for row, part in parts.items() if not row.choice}
    return Attendance(
        rows=tuple(rows),
        parts=tuple(part for row, part in listed.items() if not is_group(row) and row.attendance != ABSENT),
        choices=_choices(parts, run, lang),
        groups=tuple(part for row, part in listed.items() if is_group(row)),
        absent=tuple(part for row, part in listed.items() if row.attendance == ABSENT and not is_group(row)),
        people=_people(parts),
        claims=frozenset(claim for part in parts.values() for claim in part.claims),
        page=number,
        pages=pages,
    )


def page_number(given: str, pages: int) -> int:
    """Return the number of the page that an address asks for: the first where it asks for none that there is."""
    return min(int(given), pages) if given.isascii() and given.isdecimal() and 0 < len(given) < 8 and int(given) else 1


def _order(row: PartRow) -> tuple[bool, int, bool, str]:
    """Sort parts: those who were there, who organised, who was represented; then candidates, and who is expected."""
    ranks = {PRESENT: 0, None: 1, REPRESENTED: 2, EXPECTED: 4, INVITED: 5, ABSENT: 6}
    rank = 3 if row.choice else ranks.get(row.attendance, 6)
    return is_group(row), rank, not short_name(row.agent).startswith("person:"), row.part.value


def is_group(row: PartRow) -> bool:
    """Return whether a part is that of a group, in the words of a source."""
    return short_name(row.agent).startswith("group:")


def _choices(parts: Mapping[PartRow, Part], run: QueryFn, lang: str) -> tuple[Choice, ...]:
    """Return the candidates by the claim that names them, each set with its sentences once."""
    by_claim: dict[NamedNode, list[Part]] = defaultdict(list)
    for row, part in parts.items():
        if row.choice:
            by_claim[row.choice].append(part)
    records = records_of(by_claim, run)
    return tuple(
        Choice(
            int(records[claim].value("mg:atLeast") or 1),
            number_in_words(int(records[claim].value("mg:atLeast") or 1), lang),
            tuple(several),
            tuple({quote.text: quote for part in several for quote in part.quotes}.values()),
        )
        for claim, several in by_claim.items()
    )


def _people(parts: Mapping[PartRow, Part]) -> tuple[Name, ...]:
    """Return the first people of the page, whose meetings a reader may ask for."""
    people = [part.agent for row, part in parts.items() if short_name(row.agent).startswith("person:")]
    return tuple(dict.fromkeys(people))[:3]
