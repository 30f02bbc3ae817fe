"""Parts in events as pages show them: who, how surely, as what, on whose behalf, and the sentence that says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.proof import statement_passages
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, short_name
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.identity import TEXTS as IDENTITY_TEXTS
from graph.server.entity.records import LOOKUPS, Name, Record, in_language, names_of, records_of

TEXTS = IDENTITY_TEXTS | {
    "on_behalf": Label("på vegne av", "on behalf of"),
    "from": Label("fra", "from"),
    "represents": Label("representerte", "represented"),
    "about": Label("om", "about"),
    "partly": Label("bare en del av møtet", "a part of the meeting only"),
    "title": Label("omtalt som", "called"),
    "planned_as": Label("skulle være", "was to be"),
    "record": Label("grunnlaget", "the basis"),
}
# How sure a part is, by attendance: the word, and the kind of mark.
_ATTENDANCE = {
    iri("attendance:present"): (Label("til stede", "present"), "certain"),
    iri("attendance:represented"): (Label("representert", "represented"), "certain"),
    iri("attendance:expected"): (Label("ventet", "expected"), "expected"),
    iri("attendance:invited"): (Label("invitert", "invited"), "expected"),
    iri("attendance:absent"): (Label("ikke til stede", "not present"), "absent"),
}
_CERTAIN = (Label("sikkert", "certain"), "certain")
_PLANNED = (Label("planlagt", "planned"), "expected")
_POSSIBLE = (Label("mulig", "possible"), "possible")
_WAS_EXPECTED = (Label("var ventet", "was expected"), "absent")
_PARTICIPANT = iri("role:participant")
_OFF = (iri("status:cancelled"), iri("status:postponed"))
# All that leads from a part to things with names.
_NAMED = (
    *("mg:agent", "mg:candidate", "mg:event", "cv:role", "mg:plannedRole", "mg:possibleRole", "mg:inCapacity"),
    *("mg:onBehalfOf", "mg:affiliation", "mg:represents", "dct:subject"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in an event. ``certainty`` is a word and the kind of its mark.

    ``roles`` are words, ``offices`` pairs of an office and its body; ``quotes`` are the sentences that say this part,
    ``claims`` all that it follows from.
    """

    iri: str
    agent: Name
    event: Name
    certainty: tuple[str, str]
    roles: tuple[str, ...]
    planned_roles: tuple[str, ...]
    offices: tuple[tuple[Name, Name | None], ...]
    on_behalf: tuple[Name, ...]
    affiliations: tuple[Name, ...]
    represents: tuple[Name, ...]
    topics: tuple[Name, ...]
    title: Name | None
    partly: Name | None
    quotes: tuple[Quote, ...]
    claims: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """What sorts a part: its node, who, and its roles and attendance; ``choice`` is the claim that names candidates."""

    part: NamedNode
    agent: NamedNode
    roles: frozenset[Term]
    planned: frozenset[Term]
    attendance: NamedNode | None
    choice: NamedNode | None


def part_rows(events: Iterable[Term], run: QueryFn) -> list[PartRow]:
    """Return the parts in events, in the order of their IRIs."""
    collected: dict[tuple[NamedNode, NamedNode], dict[str, set[Term]]] = {}
    for _, part, agent, name, value in lookup_rows(events, LOOKUPS / "event_parts.rq", run):
        if isinstance(part, NamedNode) and isinstance(agent, NamedNode) and isinstance(name, NamedNode):
            values = collected.setdefault((part, agent), {})
            if value is not None:
                values.setdefault(short_name(name), set()).add(value)
    return [_row(part, agent, values) for (part, agent), values in sorted(collected.items(), key=lambda each: each[0])]


def _row(part: NamedNode, agent: NamedNode, values: Mapping[str, set[Term]]) -> PartRow:
    def node(name: str) -> NamedNode | None:
        return next((each for each in sorted(values.get(name, ()), key=str) if isinstance(each, NamedNode)), None)

    roles = frozenset(values.get("cv:role", set()) | values.get("mg:possibleRole", set()))
    planned = frozenset(values.get("mg:plannedRole", ()))
    return PartRow(part, agent, roles, planned, node("mg:attendance"), node("mg:oneOf"))


def parts_of(parts: Sequence[NamedNode], run: QueryFn, lang: str, statuses: Mapping[Term, Term | None]) -> list[Part]:
    """Return parts in the order given, for a reader of ``lang``; ``statuses`` are those of their events."""
    records = records_of(parts, run)
    offices = {node for record in records.values() for node in record.nodes("mg:inCapacity")}
    bodies = {office: record.node("org:postIn") for office, record in records_of(offices, run).items()}
    named = {node for record in records.values() for name in _NAMED for node in record.nodes(name)}
    names = names_of([*named, *bodies.values()], run, lang)
    shown = [([part], _terms(records[part])) for part in parts]
    passages = statement_passages(shown, run)
    language = interface_language(lang)
    return [
        _part(records[part], names, bodies, lang, statuses, tuple(quote_of(each, language) for each in proof))
        for part, proof in zip(parts, passages, strict=True)
    ]


def _terms(record: Record) -> list[Term]:
    """Return the roles and the attendance that are shown of a part: planned ones only where there are no others."""
    roles = record.values("cv:role") or record.values("mg:plannedRole")
    return [*roles, *record.values("mg:attendance")]


def _part(
    record: Record,
    names: Mapping[Term | None, Name],
    bodies: Mapping[Term | None, NamedNode | None],
    lang: str,
    statuses: Mapping[Term, Term | None],
    quotes: tuple[Quote, ...],
) -> Part:
    def named(*properties: str) -> tuple[Name, ...]:
        return tuple(names[node] for name in properties for node in record.nodes(name))

    event = record.node("mg:event")
    assert event is not None
    agent = record.node("mg:agent") or record.node("mg:candidate")
    word, kind = certainty_of(record, statuses.get(event))
    written = record.text("mg:affiliationAsWritten", lang)
    affiliations = named("mg:affiliation") or ((written,) if written else ())
    planned = [] if record.values("cv:role") else record.nodes("mg:plannedRole")
    return Part(
        iri=record.entity.value,
        agent=names[agent],
        event=names[event],
        certainty=(in_language(word, lang), kind),
        roles=_roles(record.nodes("cv:role") or planned, names) or _words(record.nodes("mg:possibleRole"), names),
        planned_roles=_roles(record.nodes("mg:plannedRole"), names) if record.values("cv:role") else (),
        offices=tuple(
            _office(names[office], names.get(bodies.get(office)))
            for office in record.nodes("mg:inCapacity")
            if office != agent
        ),
        on_behalf=named("mg:onBehalfOf"),
        affiliations=affiliations,
        # Whoever acts on behalf of a body represents it.
        represents=tuple(each for each in named("mg:represents") if each not in named("mg:onBehalfOf")),
        topics=named("dct:subject"),
        title=record.text("mg:titleAsWritten", lang) if not record.nodes("mg:inCapacity") else None,
        partly=_partly(record, lang),
        quotes=quotes,
        claims=tuple(node for node in record.nodes("mg:concludedFrom") if short_name(node).startswith("claim:")),
    )


def _office(office: Name, body: Name | None) -> tuple[Name, Name | None]:
    """Return an office and its body, where the name of the office does not say it."""
    return office, None if body is None or body.text.casefold() in office.text.casefold() else body


def certainty_of(record: Record, status: Term | None) -> tuple[Label, str]:
    """Return how sure a part is, as a word and the kind of its mark; ``status`` is that of its event."""
    if iri("mg:PossibleParticipation") in record.types():
        return _POSSIBLE
    attendance = record.node("mg:attendance")
    known = _ATTENDANCE.get(attendance) if attendance else None
    if known and known[1] == "expected" and status in _OFF:
        return _WAS_EXPECTED
    return known or (_CERTAIN if record.values("cv:role") else _PLANNED)


def _roles(roles: Iterable[NamedNode], names: Mapping[Term | None, Name]) -> tuple[str, ...]:
    """Return the roles as words; that somebody is a participant is said by the attendance."""
    return _words((role for role in roles if role != _PARTICIPANT), names)


def _words(roles: Iterable[NamedNode], names: Mapping[Term | None, Name]) -> tuple[str, ...]:
    return tuple(names[role].text for role in roles)


def _partly(record: Record, lang: str) -> Name | None:
    """Return that somebody was there for a part only: in the source's words, or in ours where it has none."""
    if record.value("mg:partly") != "true":
        return None
    return record.text("mg:partlyAsWritten", lang) or Name("")
