"""Who had a part in an event or a series, in groups as a page shows them: the certain, the candidates, the absent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, short_name
from graph.server.entity.event_words import number_in_words
from graph.server.entity.html import Quote
from graph.server.entity.kinds import Reader
from graph.server.entity.parts import Part, PartRow, part_rows, parts_of
from graph.server.entity.records import Name, Record, in_language, names_of, records_of

TEXTS = {
    "nobody": Label("Kildene navngir ingen.", "The sources name nobody."),
    "groups": Label("Grupper, med kildens ord", "Groups, in the words of the source"),
    "choices": Label("Minst {} av disse", "At least {} of these"),
    "whoever": Label("den som var {}", "whoever was {}"),
    "absent": Label("Ikke til stede", "Not present"),
}
# So many parts stand on one page.
PAGE_SIZE = 100
ORGANISER = iri("role:organiser")
PRESENT, REPRESENTED, ABSENT = (iri(f"attendance:{name}") for name in ("present", "represented", "absent"))
EXPECTED, INVITED = iri("attendance:expected"), iri("attendance:invited")


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates of whom at least so many had a part, with the sentences that say it.

    ``others`` are candidates who have no part among the possible ones: whoever is known from elsewhere to have been
    there or not, with ``known``. ``offices`` are those whose holder at the time the graph does not know for sure.
    """

    least: int
    number: str
    parts: tuple[Part, ...]
    others: tuple[Name, ...]
    offices: tuple[Name, ...]
    quotes: tuple[Quote, ...]

    def names(self, lang: str) -> list[str]:
        """Return all whom the sentence speaks of, each as it stands in a sentence."""
        whoever = in_language(TEXTS["whoever"], lang)
        named = [part.agent.text for part in self.parts] + [each.text for each in self.others]
        return [*named, *(whoever.format(office.text) for office in self.offices)]


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
    known = _known_holders(by_claim, run)
    others, offices = {}, {}
    for claim, several in by_claim.items():
        shown = {part.agent.iri for part in several}
        others[claim] = [node for node in records[claim].nodes("mg:candidate") if node.value not in shown]
        named = [*records[claim].nodes("mg:candidateHolderOf"), *records[claim].nodes("mg:holderOf")]
        offices[claim] = [office for office in named if (claim, office) not in known]
    names = names_of([node for nodes in (*others.values(), *offices.values()) for node in nodes], run, lang)
    return tuple(
        Choice(
            int(records[claim].value("mg:atLeast") or 1),
            number_in_words(int(records[claim].value("mg:atLeast") or 1), lang),
            tuple(several),
            tuple(names[node] for node in others[claim]),
            tuple(names[node] for node in offices[claim]),
            tuple({quote.text: quote for part in several for quote in part.quotes}.values()),
        )
        for claim, several in by_claim.items()
    )


def _known_holders(by_claim: Mapping[NamedNode, Sequence[Part]], run: QueryFn) -> set[tuple[NamedNode, NamedNode]]:
    """Return the offices that one candidate alone held, from before the first day of the event to after its last.

    Where the graph knows of nobody, or only that somebody may have held it, the candidates that it knows are not all.
    """
    possible = records_of([NamedNode(part.iri) for parts in by_claim.values() for part in parts], run)
    events = records_of({node for record in possible.values() for node in record.nodes("mg:event")}, run)
    memberships = records_of({node for record in possible.values() for node in record.nodes("mg:concludedFrom")}, run)
    periods = records_of({node for record in memberships.values() for node in record.nodes("org:memberDuring")}, run)
    held: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
    candidates: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
    for claim, parts in by_claim.items():
        for record in (possible[NamedNode(part.iri)] for part in parts):
            event, agent = record.nodes("mg:event")[0], record.nodes("mg:candidate")[0]
            for office in record.nodes("mg:inCapacity"):
                candidates[claim, office].add(agent)
            for membership in (memberships[node] for node in record.nodes("mg:concludedFrom")):
                if any(_lasted(periods[node], events[event]) for node in membership.nodes("org:memberDuring")):
                    held.update({(claim, office): {agent} for office in membership.nodes("org:role")})
    return {key for key, agents in held.items() if candidates[key] == agents}


def _lasted(period: Record, event: Record) -> bool:
    """Return whether a term of office surely lasted for the whole of an event's bounds."""
    first, last = event.value("mg:earliest"), event.value("mg:latest")
    begun, ended = period.value("sem:hasLatestBeginTimeStamp"), period.value("sem:hasEarliestEndTimeStamp")
    lasting = last <= ended if ended else period.value("mg:openEnd") == "true"
    return bool(first and last and begun) and begun <= first and lasting


def _people(parts: Mapping[PartRow, Part]) -> tuple[Name, ...]:
    """Return the first people of the page, whose meetings a reader may ask for."""
    people = [part.agent for row, part in parts.items() if short_name(row.agent).startswith("person:")]
    return tuple(dict.fromkeys(people))[:3]
