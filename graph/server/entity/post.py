"""The page of an office: in which body, who held it when, as certain as that is, and the meetings in that capacity."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.days import period_in_words
from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.meetings import TEXTS as MEETING_TEXTS
from graph.server.entity.meetings import MeetingList, meeting_list
from graph.server.entity.records import (
    COMMON_TEXTS,
    LOOKUPS,
    Name,
    Record,
    capitalized,
    capitalized_name,
    in_language,
    names_of,
    records_of,
)
from graph.server.entity.registry_facts import TEXTS as REGISTRY_TEXTS
from graph.server.entity.registry_facts import RegistryFacts, registry_facts
from graph.server.html.page import Crumb

TEXTS = {
    "kind": Label("verv", "office"),
    "holders": Label("Hvem har hatt vervet", "Who has held the office"),
    "no_holders": Label("Registeret vet ikke hvem som har hatt vervet.", "The registry does not know who has held it."),
    "term": Label("grunnlaget", "the basis"),
    "meetings": Label("Møter i vervet", "Meetings in this office"),
    "no_meetings": Label("Ingen møter i vervet er kjent.", "No meetings in this office are known."),
    "facts": Label("Kort fortalt", "In short"),
    "body": Label("Verv i", "Office in"),
    "also": Label("Også kalt", "Also called"),
    "source": Label("Nevnt av kilden", "Named by the source"),
}
_POSTS = Label("Organisasjoner", "Bodies")
_POSSIBLY = Label("kanskje {}", "perhaps {}")
_NO_PERIOD = Label("tiden er ikke kjent", "the time is not known")
_NO_END = Label("slutten er ikke kjent", "the end is not known")
_GOES_ON = Label("sitter ifølge kilden fortsatt", "still in it, as the source has it")


@dataclass(frozen=True, slots=True)
class TermOfOffice:
    """Somebody's time in an office: the period as certain as it is known, and what the registry has on it."""

    holder: Name
    period: str
    iri: str
    registry: RegistryFacts
    begin: str


@dataclass(frozen=True, slots=True)
class PostModel:
    """An office."""

    name: Name
    lead: str
    bodies: tuple[Name, ...]
    sources: tuple[Name, ...]
    other_names: tuple[Name, ...]
    terms: tuple[TermOfOffice, ...]
    meetings: MeetingList
    registry: RegistryFacts


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of an office."""
    model = read_post(entity, reader)
    lang = reader.lang
    body = next((each.text for each in model.bodies), "") or next((each.text for each in model.sources), "")
    kind = in_language(TEXTS["kind"], lang)
    where = in_language(Label("i {}", "in {}"), lang).format(body) if body else ""
    return EntityView(
        template="post.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | MEETING_TEXTS | REGISTRY_TEXTS,
        title=f"{model.name.text} ({' '.join(filter(None, (kind, where)))})",
        description=model.lead,
        section="organisation/",
        breadcrumbs=(Crumb(in_language(_POSTS, lang), "organisation/"), Crumb(model.name.text)),
    )


def read_post(entity: NamedNode, reader: Reader) -> PostModel:
    """Return the view model of an office."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    holders = {membership: holder for _, membership, holder in lookup_rows([entity], LOOKUPS / "post_holders.rq", run)}
    rows = lookup_rows([entity], LOOKUPS / "post_meetings.rq", run)
    bodies, sources = own.nodes("org:postIn"), own.nodes("prov:hadPrimarySource")
    names = names_of([entity, *bodies, *sources, *holders.values(), *(agent for _, _, agent, *_ in rows)], run, lang)
    meetings = meeting_list(
        [(event, text_of(first)) for _, event, _, _, first in rows],
        run,
        lang,
        reader.value("year"),
        reader.value("page"),
        _notes(rows, names, lang),
    )
    terms = _terms(holders, names, run, lang)
    certain = len({event for _, event, _, is_certain, _ in rows if text_of(is_certain) == "true"})
    possible = meetings.total - certain
    return PostModel(
        name=capitalized_name(names[entity]),
        lead=_lead(
            capitalized(names[entity].text), [names[body].text for body in bodies], terms, certain, possible, lang
        ),
        bodies=tuple(names[body] for body in bodies),
        sources=tuple(names[source] for source in sources),
        other_names=tuple(Name(each.value, each.language or "") for each in own.literals("schema:alternateName")),
        terms=terms,
        meetings=meetings,
        registry=registry_facts(own, run, lang),
    )


def _terms(
    holders: Mapping[Term | None, Term | None], names: Mapping[Term | None, Name], run: QueryFn, lang: str
) -> tuple[TermOfOffice, ...]:
    """Return the terms of an office, the newest first."""
    memberships = records_of(holders, run)
    intervals = records_of((each.node("org:memberDuring") for each in memberships.values()), run)
    terms = [
        TermOfOffice(
            names[holders[membership]],
            period_of_term(record, intervals.get(record.node("org:memberDuring")), lang),
            record.entity.value,
            registry_facts(record, run, lang),
            record.value("schema:startDate"),
        )
        for membership, record in memberships.items()
    ]
    return tuple(sorted(terms, key=lambda term: (term.begin, term.iri), reverse=True))


def period_of_term(record: Record, interval: Record | None, lang: str) -> str:
    """Return a term in words, with what is not known of it."""
    begin, end = record.value("schema:startDate"), record.value("schema:endDate")
    if interval and not begin:
        begin = interval.value("sem:hasEarliestBeginTimeStamp")
    if not begin and not end:
        return in_language(_NO_PERIOD, lang)
    words = in_language(period_in_words(begin, end), lang)
    if end:
        return words
    goes_on = interval is not None and interval.value("mg:openEnd") == "true"
    return f"{words}; {in_language(_GOES_ON if goes_on else _NO_END, lang)}"


def _notes(
    rows: list[tuple[Term | None, ...]], names: Mapping[Term | None, Name], lang: str
) -> dict[Term | None, list[str]]:
    """Return who was at each meeting in the office; "perhaps" where that is only possible."""
    notes: dict[Term | None, list[str]] = defaultdict(list)
    for _, event, agent, certain, _ in rows:
        if agent is not None:
            name = names[agent].text
            notes[event].append(name if text_of(certain) == "true" else in_language(_POSSIBLY, lang).format(name))
    return {event: sorted(each) for event, each in notes.items()}


def _lead(name: str, bodies: list[str], terms: tuple[TermOfOffice, ...], certain: int, possible: int, lang: str) -> str:
    """Return in a sentence or two what an office is, and how much is known of it; possible meetings are told apart."""
    people = len({term.holder.iri for term in terms})
    count, more = (group_thousands(each, interface_language(lang)) for each in (certain, possible))
    if interface_language(lang) == "nb":
        where = f" i {' og '.join(bodies)}" if bodies else ""
        how_many = "én person" if people == 1 else f"{people} personer"
        held = f" Registeret kjenner {how_many} som har hatt det." if people else ""
        known = f"{count} {'møte' if certain == 1 else 'møter'} i vervet er kjent"
        perhaps = f", og {more} {'er mulig' if possible == 1 else 'er mulige'}" if possible else ""
        return f"{name} er et verv{where}.{held} {known}{perhaps}."
    where = f" in {' and '.join(bodies)}" if bodies else ""
    how_many = "one person" if people == 1 else f"{people} people"
    held = f" The registry knows of {how_many} who held it." if people else ""
    verb = "meeting in it is" if certain == 1 else "meetings in it are"
    perhaps = f", and {more} more {'is' if possible == 1 else 'are'} possible" if possible else ""
    return f"{name} is an office{where}.{held} {count} {verb} known{perhaps}."
