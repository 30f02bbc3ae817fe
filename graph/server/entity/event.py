"""The page of an event: what is known of it and how surely, who was there, and the sentence that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, local_name_of, short_name
from graph.server.entity.attendance import EXPECTED, INVITED, ORGANISER, PRESENT, Attendance, is_group, read_attendance
from graph.server.entity.attendance import TEXTS as ATTENDANCE_TEXTS
from graph.server.entity.event_facts import TEXTS as FACT_TEXTS
from graph.server.entity.event_facts import EventFacts, read_facts
from graph.server.entity.event_lead import LeadFacts, lead_of
from graph.server.entity.event_words import event_days, noun_of, title_of
from graph.server.entity.excerpts import TEXTS as EXCERPT_TEXTS
from graph.server.entity.excerpts import Excerpt, excerpts_of
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.parts import TEXTS as PART_TEXTS
from graph.server.entity.parts import PartRow
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.entity.statements import TEXTS as STATEMENT_TEXTS
from graph.server.entity.statements import Statements, statements_of
from graph.server.html.page import Crumb

MAX_AUDIENCES = 100
TEXTS = {
    "who_held": Label("Hvem var der, og hvor står det?", "Who was there, and where does it say so?"),
    "who_planned": Label("Hvem er ventet, og hvor står det?", "Who is expected, and where does it say so?"),
    "who_off": Label("Hvem skulle ha vært der, og hvor står det?", "Who was to be there, and where does it say so?"),
    "who_named": Label("Hvem er nevnt, og hvor står det?", "Who is named, and where does it say so?"),
    "audiences": Label("Hvem møtet var rettet mot", "Whom the meeting was meant for"),
    "audiences_note": Label(
        "En målgruppe er ikke det samme som oppmøte: kilden sier ikke at noen av dem kom.",
        "A target audience is not attendance: the source does not say that any of them came.",
    ),
    "drawn_from": Label("fra", "from"),
    "utterances": Label("Sagt på møtet", "Said at the meeting"),
    "unknown": Label("Det vi ikke vet", "What is not known"),
    "decisions": Label("Det vi har sluttet eller valgt selv", "What we inferred or decided ourselves"),
    "further": Label("Videre", "Further"),
    "met": Label("Hvem møtte {}?", "Whom did {} meet?"),
    "meetings_in": Label("Møter i {}", "Meetings in {}"),
    "network": Label("Se møtet i nettverket", "See the meeting in the network"),
    "ask": Label("Alt om møtet som tabell", "Everything about the meeting as a table"),
    "certainty": Label("Hva betyr «sikkert» og «mulig»?", "What do “certain” and “possible” mean?"),
}
_EVENTS = Label("Møter", "Meetings")
_UNKNOWN = {
    "organiser": Label("Arrangøren er ikke oppgitt.", "The organiser is not stated."),
    "organisers": Label("Kilden nevner bare noen av arrangørene.", "The source names some of the organisers only."),
    "place": Label("Stedet er ikke oppgitt.", "The place is not stated."),
    "time": Label("Tiden er ikke oppgitt.", "The time is not stated."),
    "day": Label("Dagen er ikke oppgitt.", "The day is not stated."),
    "participants": Label(
        "Kildene sier at flere var der enn dem de nevner.", "The sources say that more were there than they name."
    ),
    "others": Label("Kildene sier ikke hvem andre som var der.", "The sources do not say who else was there."),
    "status": Label("Om det ble holdt, sier ikke kildene.", "The sources do not say whether it was held."),
    "events": Label("Kilden nevner møtet som ett av flere.", "The source names the meeting as one of several."),
}
_HELD, _OFF = iri("status:held"), ("cancelled", "postponed")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event was meant for, in the words of the source, and the bodies that these people belong to."""

    name: Name
    bodies: tuple[Name, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said at an event, in the words of the source."""

    author: Name
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class EventModel:
    """An event. ``local`` and ``short`` are names of it for addresses: ``oslo-2014-host``, ``event:oslo-2014-host``."""

    name: Name
    title: str
    lead: str
    who: Label
    facts: EventFacts
    attendance: Attendance
    audiences: tuple[Audience, ...]
    utterances: tuple[Utterance, ...]
    unknown: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    local: str
    short: str
    statements: Statements = field(default_factory=Statements)


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of an event."""
    model = read_event(entity, reader)
    lang = reader.lang
    series = model.facts.relations.get("series", ())
    crumbs = [Crumb(each.text, f"about/series/{local_name_of(NamedNode(each.iri))}") for each in series[:1]]
    return EntityView(
        template="event.html",
        model=model,
        texts=COMMON_TEXTS | FACT_TEXTS | ATTENDANCE_TEXTS | PART_TEXTS | EXCERPT_TEXTS | STATEMENT_TEXTS | TEXTS,
        title=model.title,
        description=model.lead,
        section="event/",
        breadcrumbs=(Crumb(in_language(_EVENTS, lang), "event/"), *crumbs, Crumb(model.name.text)),
    )


def read_event(entity: NamedNode, reader: Reader) -> EventModel:
    """Return the view model of an event."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    facts = read_facts(own, run, lang)
    status = own.node("mg:eventStatus")
    attendance = read_attendance(entity, status, reader)
    audiences = _audiences(own.nodes("schema:audience")[:MAX_AUDIENCES], run, lang)
    utterances = _utterances(entity, run, lang)
    name = names_of([entity], run, lang)[entity]
    return EventModel(
        name=name,
        title=title_of(name.text, facts.earliest, facts.latest, lang),
        lead=_lead(own, facts, attendance, reader),
        who=_heading(status),
        facts=facts,
        attendance=attendance,
        audiences=audiences,
        utterances=utterances,
        unknown=tuple(in_language(_UNKNOWN[key], lang) for key in _unknown(own, facts, attendance.rows)),
        excerpts=excerpts_of(_claims(own, attendance, audiences, utterances), run, lang),
        local=local_name_of(entity),
        short=short_name(entity),
        statements=statements_of(entity, run, lang),
    )


def _heading(status: NamedNode | None) -> Label:
    local = local_name_of(status) if status else ""
    return TEXTS[{"held": "who_held", "planned": "who_planned"}.get(local, "who_off" if local in _OFF else "who_named")]


def _audiences(nodes: Sequence[NamedNode], run: QueryFn, lang: str) -> tuple[Audience, ...]:
    records, proof = records_of(nodes, run), passages_by_entity(nodes, run)
    bodies = {body for record in records.values() for body in record.nodes("mg:drawnFrom")}
    names, language = names_of([*nodes, *bodies], run, lang), interface_language(lang)
    return tuple(
        Audience(
            names[node],
            tuple(names[body] for body in records[node].nodes("mg:drawnFrom")),
            tuple(quote_of(each, language) for each in proof.get(node, ())),
        )
        for node in nodes
    )


def _utterances(event: NamedNode, run: QueryFn, lang: str) -> tuple[Utterance, ...]:
    rows = lookup_rows([event], LOOKUPS / "event_utterances.rq", run)
    names = names_of((author for _, _, author, _ in rows), run, lang)
    proof = passages_by_entity((claim for _, claim, *_ in rows if claim is not None), run)
    language = interface_language(lang)
    return tuple(
        Utterance(names[author], tuple(quote_of(each, language) for each in proof.get(claim, ())))
        for _, claim, author, _ in rows
    )


def _unknown(own: Record, facts: EventFacts, rows: Sequence[PartRow]) -> list[str]:
    """Return what the sources do not say, as keys of ``_UNKNOWN``: only what is true of this event."""
    keys = []
    if not own.node("mg:eventStatus"):
        keys.append("status")
    if "events" in facts.open_lists:
        keys.append("events")
    if not facts.days:
        keys.append("time")
    elif facts.earliest != facts.latest and not facts.lasting:
        keys.append("day")
    if not (facts.places or facts.said_where or facts.mode):
        keys.append("place")
    if "organisers" in facts.open_lists:
        keys.append("organisers")
    elif not any(ORGANISER in row.roles | row.planned for row in rows):
        keys.append("organiser")
    if own.node("mg:eventStatus") == _HELD:
        keys.append("participants" if "participants" in facts.open_lists else "others")
    return keys


def _lead(own: Record, facts: EventFacts, attendance: Attendance, reader: Reader) -> str:
    """Return the first sentences, of the parts on all pages."""
    lang, rows = reader.lang, attendance.rows
    status = own.node("mg:eventStatus")
    wanted = {
        # Who was to organise it did not hold it: of what was held, those alone of whom a source says so.
        "organisers": [
            row.agent
            for row in rows
            if ORGANISER in (row.roles if status == _HELD else row.roles | row.planned) and not row.choice
        ],
        "present": [row.agent for row in rows if row.attendance == PRESENT and not is_group(row)],
        "expected": [row.agent for row in rows if row.attendance == EXPECTED],
        "invited": [row.agent for row in rows if row.attendance == INVITED],
    }
    # The sentences name a few of each, and count the rest.
    names = names_of({agent for agents in wanted.values() for agent in agents[:5]}, reader.run, lang)
    listed = {key: [names[agent].text if agent in names else "" for agent in agents] for key, agents in wanted.items()}
    moved = facts.relations.get("moved_to", ())
    return lead_of(
        LeadFacts(
            status=local_name_of(status) if status else "",
            noun=noun_of(own.node("dct:type"), facts.kind.text if facts.kind else "", lang),
            place=next((each.text for each in (*facts.places, *facts.said_where)), ""),
            country=facts.country,
            online=bool(facts.mode),
            days=facts.days,
            earliest=facts.earliest,
            latest=facts.latest,
            lasting=facts.lasting,
            moved_to=_new_time(moved[0], reader) if moved else "",
            choices=[(each.least, each.names(lang)) for each in attendance.choices],
            topics=[each.text for each in facts.topics if each.lang in ("", interface_language(lang))],
            organisers=listed["organisers"],
            present=listed["present"],
            expected=listed["expected"],
            invited=listed["invited"],
        ),
        lang,
    )


def _new_time(moved_to: Name, reader: Reader) -> str:
    """Return the days to which an event was moved; the name of the event in its place, where they are not known."""
    node = NamedNode(moved_to.iri)
    record = records_of([node], reader.run)[node]
    days = event_days(record.value("mg:earliest"), record.value("mg:latest"), False, reader.lang)
    return days or moved_to.text


def _claims(
    own: Record, attendance: Attendance, audiences: Iterable[Audience], utterances: Iterable[Utterance]
) -> set[Term]:
    """Return the claims on which the page rests."""
    quotes = [quote for several in (audiences, utterances) for each in several for quote in each.quotes]
    of_quotes = {NamedNode(quote.claim) for quote in quotes if quote.claim}
    return {*own.nodes("mg:concludedFrom"), *of_quotes, *attendance.claims}
