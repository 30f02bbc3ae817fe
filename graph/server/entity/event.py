"""The page of an event: what is known of it and how surely, who was there, and the sentence that says so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, local_name_of, short_name
from graph.server.entity.event_facts import TEXTS as FACT_TEXTS
from graph.server.entity.event_facts import EventFacts, read_facts
from graph.server.entity.event_lead import LeadFacts, lead_of
from graph.server.entity.event_words import event_days, noun_of, number_in_words, title_of
from graph.server.entity.excerpts import Excerpt, excerpts_of
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.parts import TEXTS as PART_TEXTS
from graph.server.entity.parts import Part, PartRow, part_rows, parts_of
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.entity.statements import TEXTS as STATEMENT_TEXTS
from graph.server.entity.statements import Statements, statements_of
from graph.server.html.page import Crumb

# So many parts stand on one page.
PAGE_SIZE = 100
TEXTS = {
    "who_held": Label("Hvem var der, og hvor står det?", "Who was there, and where does it say so?"),
    "who_planned": Label("Hvem er ventet, og hvor står det?", "Who is expected, and where does it say so?"),
    "who_off": Label("Hvem skulle ha vært der, og hvor står det?", "Who was to be there, and where does it say so?"),
    "who_named": Label("Hvem er nevnt, og hvor står det?", "Who is named, and where does it say so?"),
    "nobody": Label("Kildene navngir ingen.", "The sources name nobody."),
    "groups": Label("Grupper, med kildens ord", "Groups, in the words of the source"),
    "choices": Label("Minst {} av disse", "At least {} of these"),
    "absent": Label("Ikke til stede", "Not present"),
    "audiences": Label("Hvem møtet var rettet mot", "Whom the meeting was meant for"),
    "audiences_note": Label(
        "En målgruppe er ikke det samme som oppmøte: kilden sier ikke at noen av dem kom.",
        "A target audience is not attendance: the source does not say that any of them came.",
    ),
    "drawn_from": Label("fra", "from"),
    "utterances": Label("Sagt på møtet", "Said at the meeting"),
    "unknown": Label("Det vi ikke vet", "What is not known"),
    "excerpts": Label("Det kildene sier, i deres egen rekkefølge", "What the sources say, in their own order"),
    "excerpts_note": Label(
        "Merket tekst er lest som opplysninger om møtet; resten gir sammenhengen.",
        "Marked words were read as facts about the meeting; the rest is their context.",
    ),
    "excerpts_more": Label("Flere setninger i kilden.", "More sentences in the source."),
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
_PRESENT, _REPRESENTED, _ABSENT = (iri(f"attendance:{name}") for name in ("present", "represented", "absent"))
_EXPECTED, _INVITED = iri("attendance:expected"), iri("attendance:invited")
_ORGANISER = iri("role:organiser")


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates of whom at least so many had a part, with the sentences that say it."""

    least: int
    number: str
    parts: tuple[Part, ...]
    quotes: tuple[Quote, ...]


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
    """An event. ``parts`` are those of people and bodies, on this page of ``pages``; ``total`` counts all parts."""

    name: Name
    title: str
    lead: str
    who: Label
    facts: EventFacts
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]
    groups: tuple[Part, ...]
    absent: tuple[Part, ...]
    audiences: tuple[Audience, ...]
    utterances: tuple[Utterance, ...]
    unknown: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    people: tuple[Name, ...]
    local: str
    short: str
    total: int
    page: int
    pages: int
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
        texts=COMMON_TEXTS | FACT_TEXTS | PART_TEXTS | STATEMENT_TEXTS | TEXTS,
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
    rows = sorted(part_rows([entity], run), key=_order)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = _page_number(reader.value("page"), pages)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    status = own.node("mg:eventStatus")
    parts = dict(zip(shown, parts_of([row.part for row in shown], run, lang, {entity: status}), strict=True))
    choices = _choices(parts, run, lang)
    listed = {row: part for row, part in parts.items() if not row.choice}
    audiences = _audiences(own.nodes("schema:audience")[:PAGE_SIZE], run, lang)
    utterances = _utterances(entity, run, lang)
    name = names_of([entity], run, lang)[entity]
    lead = _lead(own, facts, rows, choices, reader)
    return EventModel(
        name=name,
        title=title_of(name.text, facts.earliest, facts.latest, lang),
        lead=lead,
        who=_heading(status),
        facts=facts,
        parts=tuple(part for row, part in listed.items() if not _is_group(row) and row.attendance != _ABSENT),
        choices=choices,
        groups=tuple(part for row, part in listed.items() if _is_group(row)),
        absent=tuple(part for row, part in listed.items() if row.attendance == _ABSENT),
        audiences=audiences,
        utterances=utterances,
        unknown=tuple(in_language(_UNKNOWN[key], lang) for key in _unknown(own, facts, rows)),
        excerpts=excerpts_of(_claims(own, parts.values(), audiences, utterances), run, lang),
        people=_people(parts),
        local=local_name_of(entity),
        short=short_name(entity),
        total=len(rows),
        page=number,
        pages=pages,
        statements=statements_of(entity, run, lang),
    )


def _page_number(given: str, pages: int) -> int:
    return min(int(given), pages) if given.isascii() and given.isdecimal() and 0 < len(given) < 8 and int(given) else 1


def _order(row: PartRow) -> tuple[bool, int, bool, str]:
    """Sort parts: those who were there, who organised, who was represented; then candidates, and who is expected."""
    ranks = {_PRESENT: 0, None: 1, _REPRESENTED: 2, _EXPECTED: 4, _INVITED: 5, _ABSENT: 6}
    rank = 3 if row.choice else ranks.get(row.attendance, 6)
    return _is_group(row), rank, not short_name(row.agent).startswith("person:"), row.part.value


def _is_group(row: PartRow) -> bool:
    return short_name(row.agent).startswith("group:")


def _heading(status: NamedNode | None) -> Label:
    local = local_name_of(status) if status else ""
    return TEXTS[{"held": "who_held", "planned": "who_planned"}.get(local, "who_off" if local in _OFF else "who_named")]


def _choices(parts: dict[PartRow, Part], run: QueryFn, lang: str) -> tuple[Choice, ...]:
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
    elif not any(_ORGANISER in row.roles | row.planned for row in rows):
        keys.append("organiser")
    if own.node("mg:eventStatus") == _HELD:
        keys.append("participants" if "participants" in facts.open_lists else "others")
    return keys


def _lead(own: Record, facts: EventFacts, rows: Sequence[PartRow], choices: Sequence[Choice], reader: Reader) -> str:
    """Return the first sentences, of the parts on all pages."""
    lang = reader.lang
    wanted = {
        "organisers": [row.agent for row in rows if _ORGANISER in row.roles | row.planned and not row.choice],
        "present": [row.agent for row in rows if row.attendance == _PRESENT and not _is_group(row)],
        "expected": [row.agent for row in rows if row.attendance == _EXPECTED],
        "invited": [row.agent for row in rows if row.attendance == _INVITED],
    }
    # The sentences name a few of each, and count the rest.
    names = names_of({agent for agents in wanted.values() for agent in agents[:5]}, reader.run, lang)
    listed = {key: [names[agent].text if agent in names else "" for agent in agents] for key, agents in wanted.items()}
    status = own.node("mg:eventStatus")
    moved = facts.relations.get("moved_to", ())
    return lead_of(
        LeadFacts(
            status=local_name_of(status) if status else "",
            noun=noun_of(own.node("dct:type"), facts.kind.text if facts.kind else "", lang),
            place=next((each.text for each in (*facts.places, *facts.said_where)), ""),
            online=bool(facts.mode),
            days=facts.days,
            earliest=facts.earliest,
            latest=facts.latest,
            lasting=facts.lasting,
            moved_to=_new_time(moved[0], reader) if moved else "",
            choices=[(each.least, [part.agent.text for part in each.parts]) for each in choices],
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
    own: Record, parts: Iterable[Part], audiences: Iterable[Audience], utterances: Iterable[Utterance]
) -> set[Term]:
    """Return the claims on which the page rests."""
    quotes = [quote for several in (audiences, utterances) for each in several for quote in each.quotes]
    of_quotes = {NamedNode(quote.claim) for quote in quotes if quote.claim}
    return {*own.nodes("mg:concludedFrom"), *of_quotes, *(claim for part in parts for claim in part.claims)}


def _people(parts: dict[PartRow, Part]) -> tuple[Name, ...]:
    """Return the first people of the page, whose meetings a reader may ask for."""
    people = [part.agent for row, part in parts.items() if short_name(row.agent).startswith("person:")]
    return tuple(dict.fromkeys(people))[:3]
