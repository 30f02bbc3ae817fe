"""The page of a person: offices as the registry has them, meetings with the sentences, with whom, letters and words."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, text_of
from graph.server.entity.agent import AgentModel, agent_texts, read_agent
from graph.server.entity.agent_words import meetings_in_words, offices_in_words, one_source_in_words
from graph.server.entity.event_words import first_letter_large
from graph.server.entity.generic_title import agent_title
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.post import period_of_term
from graph.server.entity.records import LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.entity.registry_facts import RegistryFacts, registry_facts
from graph.server.html.page import Crumb

MAX_OTHERS = 12
TEXTS = {
    "person_kind": Label("person", "person"),
    "offices": Label("Verv, ifølge registeret", "Offices, according to the registry"),
    "term": Label("grunnlaget", "the basis"),
    "others": Label("Oppgitt som til stede på samme møte", "Listed as present at the same meeting"),
    "others_note": Label(
        "At to er oppgitt på samme møte, sier ikke at de snakket sammen.",
        "That two are listed at the same meeting does not say that they spoke.",
    ),
    "all_others": Label("Hvem møtte {}, med setningene", "Whom did {} meet, with the sentences"),
    "member_of": Label("Medlem av", "Member of"),
    "member_note": Label("ifølge registeret, uten tid", "according to the registry, undated"),
}
_PEOPLE = Label("Personer", "People")


@dataclass(frozen=True, slots=True)
class Term:
    """A term in an office: the office and its body, the period as certain as it is known, and its sources."""

    office: Name
    body: Name | None
    period: str
    iri: str
    registry: RegistryFacts


@dataclass(frozen=True, slots=True)
class PersonModel:
    """A person. ``others`` are people at the same meetings, with how many meetings; ``more_others``: there are more."""

    agent: AgentModel
    lead: str
    terms: tuple[Term, ...]
    parties: tuple[Name, ...]
    others: tuple[tuple[Name, int], ...]
    more_others: bool


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a person."""
    model = read_person(entity, reader)
    return EntityView(
        template="person.html",
        model=model,
        texts=agent_texts(TEXTS),
        title=agent_title(records_of([entity], reader.run)[entity], reader.run, reader.lang),
        description=model.lead,
        section="person/",
        breadcrumbs=(Crumb(in_language(_PEOPLE, reader.lang), "person/"), Crumb(model.agent.name.text)),
    )


def read_person(entity: NamedNode, reader: Reader) -> PersonModel:
    """Return the view model of a person."""
    run, lang = reader.run, reader.lang
    own, agent = read_agent(entity, reader)
    terms = _terms(entity, run, lang)
    parties = own.nodes("org:memberOf")
    rows = lookup_rows([entity], LOOKUPS / "agent_others.rq", run)
    names = names_of([*parties, *(who for _, who, _ in rows)], run, lang)
    others = tuple((names[who], int(text_of(number))) for _, who, number in rows if who in names)
    return PersonModel(
        agent=agent,
        lead=_lead(agent, terms, lang),
        terms=terms,
        parties=tuple(names[party] for party in parties),
        others=others[:MAX_OTHERS],
        more_others=len(others) > MAX_OTHERS,
    )


def _lead(agent: AgentModel, terms: tuple[Term, ...], lang: str) -> str:
    """Return who somebody is, and what is known of meetings, in a few sentences."""
    offices = [f"{_office_in_words(term)}, {term.period}" for term in terms]
    source = agent.sources[0].text if len(agent.sources) == 1 and not terms else ""
    sentences = [
        offices_in_words(offices, lang),
        one_source_in_words(source, lang) if source else "",
        meetings_in_words(agent.meetings.counts, lang),
    ]
    return " ".join(first_letter_large(each) for each in sentences if each)


def _office_in_words(term: Term) -> str:
    return f"{term.office.text} ({term.body.text})" if term.body else term.office.text


def _terms(person: NamedNode, run: QueryFn, lang: str) -> tuple[Term, ...]:
    """Return the terms of office of a person, the newest first."""
    rows = lookup_rows([person], LOOKUPS / "agent_terms.rq", run)
    memberships = records_of((membership for _, membership, _ in rows), run)
    intervals = records_of((each.node("org:memberDuring") for each in memberships.values()), run)
    offices = records_of((office for *_, office in rows), run)
    bodies = {office: record.node("org:postIn") for office, record in offices.items()}
    names = names_of([*offices, *bodies.values()], run, lang)

    def begin(record: Record) -> tuple[str, str]:
        interval = intervals.get(record.node("org:memberDuring"))
        earliest = interval.value("sem:hasEarliestBeginTimeStamp") if interval else ""
        return record.value("schema:startDate") or earliest, record.entity.value

    result = []
    for record in sorted(memberships.values(), key=begin, reverse=True):
        office = record.node("org:role")
        if office is None:
            continue
        name, body = names[office], names.get(bodies.get(office))
        said = body is not None and body.text.casefold() in name.text.casefold()
        period = period_of_term(record, intervals.get(record.node("org:memberDuring")), lang)
        registry = registry_facts(record, run, lang)
        result.append(Term(name, None if said else body, period, record.entity.value, registry))
    return tuple(result)
