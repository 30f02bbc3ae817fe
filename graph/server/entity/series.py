"""The page of a series of events: its meetings by date with their status, who had a part in it, what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.results import text_of
from graph.rdf.terms import short_name
from graph.server.entity.attendance import ORGANISER, Attendance, read_attendance
from graph.server.entity.attendance import TEXTS as ATTENDANCE_TEXTS
from graph.server.entity.event_facts import TEXTS as FACT_TEXTS
from graph.server.entity.event_facts import EventFacts, read_facts
from graph.server.entity.event_words import (
    days_in_sentence,
    first_letter_large,
    names_in_words,
    number_in_words,
    title_of,
)
from graph.server.entity.excerpts import TEXTS as EXCERPT_TEXTS
from graph.server.entity.excerpts import Excerpt, excerpts_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.meetings import TEXTS as MEETING_TEXTS
from graph.server.entity.meetings import MeetingList, meeting_list
from graph.server.entity.parts import TEXTS as PART_TEXTS
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, in_language, names_of, records_of
from graph.server.entity.statements import TEXTS as STATEMENT_TEXTS
from graph.server.entity.statements import Statements, statements_of
from graph.server.html.page import Crumb

TEXTS = {
    "series_kind": Label("møterekke", "series of meetings"),
    "members": Label("Møtene", "The meetings"),
    "no_members": Label("Ingen av møtene er kjent.", "None of the meetings is known."),
    "who": Label("Hvem var med, og hvor står det?", "Who took part, and where does it say so?"),
    "who_note": Label(
        "Dette sier kildene om rekken som helhet, og ikke om noe enkelt av møtene.",
        "This the sources say of the series as a whole, and of no single one of the meetings.",
    ),
    "decisions": Label("Det vi har sluttet eller valgt selv", "What we inferred or decided ourselves"),
    "further": Label("Videre", "Further"),
    "network": Label("Se møterekken i nettverket", "See the series in the network"),
}
_EVENTS = Label("Møter", "Meetings")
_LEAD = {
    True: Label("En møterekke{when}; ett av møtene er kjent.", "A series of meetings{when}; one of them is known."),
    False: Label("En møterekke{when}; {n} av møtene er kjent.", "A series of meetings{when}; {n} of them are known."),
}
_ORGANISED = Label("Arrangert av {}.", "Organised by {}.")
_TOPICS = (Label("Tema: {}.", "Topic: {}."), Label("Temaer: {}.", "Topics: {}."))


@dataclass(frozen=True, slots=True)
class SeriesModel:
    """A series of events."""

    name: Name
    title: str
    lead: str
    facts: EventFacts
    members: MeetingList
    attendance: Attendance
    excerpts: tuple[Excerpt, ...]
    short: str
    statements: Statements


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a series."""
    model = read_series(entity, reader)
    return EntityView(
        template="series.html",
        model=model,
        texts=COMMON_TEXTS
        | FACT_TEXTS
        | ATTENDANCE_TEXTS
        | PART_TEXTS
        | EXCERPT_TEXTS
        | MEETING_TEXTS
        | STATEMENT_TEXTS
        | TEXTS,
        title=model.title,
        description=model.lead,
        section="event/",
        breadcrumbs=(Crumb(in_language(_EVENTS, reader.lang), "event/"), Crumb(model.name.text)),
    )


def read_series(entity: NamedNode, reader: Reader) -> SeriesModel:
    """Return the view model of a series."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    facts = read_facts(own, run, lang)
    rows = lookup_rows([entity], LOOKUPS / "series_members.rq", run)
    members = meeting_list(
        [(event, text_of(first)) for _, event, first in rows],
        run,
        lang,
        reader.value("year"),
        reader.value("page"),
    )
    attendance = read_attendance(entity, own.node("mg:eventStatus"), reader)
    name = names_of([entity], run, lang)[entity]
    organisers = [row.agent for row in attendance.rows if ORGANISER in row.roles | row.planned]
    names = names_of(organisers[:5], run, lang)
    return SeriesModel(
        name=name,
        title=title_of(name.text, facts.earliest, facts.latest, lang),
        lead=_lead(facts, members.total, [names[each].text for each in organisers if each in names], lang),
        facts=facts,
        members=members,
        attendance=attendance,
        excerpts=excerpts_of({*own.nodes("mg:concludedFrom"), *attendance.claims}, run, lang),
        short=short_name(entity),
        statements=statements_of(entity, run, lang),
    )


def _lead(facts: EventFacts, members: int, organisers: Sequence[str], lang: str) -> str:
    """Return what a series is, in a few sentences."""
    days = days_in_sentence(facts.days, facts.earliest, facts.latest, lang)
    words = in_language(_LEAD[members == 1], lang)
    sentences = [words.format(n=number_in_words(members, lang), when=f" {days}" if days else "")]
    if organisers:
        sentences.append(in_language(_ORGANISED, lang).format(names_in_words(organisers, lang)))
    topics = [each.text for each in facts.topics if each.lang in ("", interface_language(lang))]
    if topics:
        sentences.append(in_language(_TOPICS[len(topics) > 1], lang).format("; ".join(topics)))
    return " ".join(map(first_letter_large, sentences))
