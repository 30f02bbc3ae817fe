"""The page of a body: what it is and became, meetings with the sentences, its people, offices and parts."""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, text_of
from graph.server.entity.agent import AgentModel, agent_texts, read_agent
from graph.server.entity.agent_words import meetings_in_words, one_source_in_words
from graph.server.entity.event_words import first_letter_large
from graph.server.entity.generic_title import agent_title
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.records import LOOKUPS, Name, in_language, names_of, records_of
from graph.server.entity.statements import distinct_names
from graph.server.html.page import Crumb

# So many of each kind of link stand on the page.
MAX_LINKS = 50
TEXTS = {
    "body_kind": Label("organisasjon", "body"),
    "story": Label("Før og etter", "Before and after"),
    "became": Label("Ble til", "Became"),
    "came_of": Label("Oppsto av", "Came of"),
    "part_of": Label("Del av", "Part of"),
    "parts": Label("Deler", "Parts"),
    "posts": Label("Verv", "Offices"),
    "groups": Label("Grupper og målgrupper herfra", "Groups and audiences from here"),
    "members": Label("Medlemmer, ifølge registeret", "Members, according to the registry"),
    "affiliated": Label("Folk herfra på møter", "People from here at meetings"),
    "theirs": Label("Møter i organisasjonen", "Meetings of the body"),
    "area": Label("Område", "Area"),
    "number": Label("Organisasjonsnummer", "Organisation number"),
    "founded": Label("Opprettet", "Founded"),
    "dissolved": Label("Opphørte", "Ceased"),
    "today": Label("I dag", "Today"),
    "more": Label("og flere", "and more"),
    "no_meetings": Label(
        "Ingen møter er kjent der organisasjonen selv var med.",
        "No meetings are known that the body itself took part in.",
    ),
}
_BODIES = Label("Organisasjoner", "Bodies")
_BECAME = Label("Ble {day} til {names}.", "Became {names} on {day}.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a body became or came of, and on which day."""

    name: Name
    day: str


@dataclass(frozen=True, slots=True)
class BodyModel:
    """A body. ``links`` are names by the keys of ``TEXTS``; ``more`` are the keys of those that are cut."""

    agent: AgentModel
    lead: str
    came_of: tuple[Change, ...]
    became: tuple[Change, ...]
    links: dict[str, tuple[Name, ...]]
    more: frozenset[str]
    areas: tuple[Name, ...]
    today: tuple[Name, ...]
    founded: str
    dissolved: str
    number: str


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a body."""
    model = read_body(entity, reader)
    return EntityView(
        template="body.html",
        model=model,
        texts=agent_texts(TEXTS),
        title=agent_title(records_of([entity], reader.run)[entity], reader.run, reader.lang),
        description=model.lead,
        section="organisation/",
        breadcrumbs=(Crumb(in_language(_BODIES, reader.lang), "organisation/"), Crumb(model.agent.name.text)),
    )


def read_body(entity: NamedNode, reader: Reader) -> BodyModel:
    """Return the view model of a body."""
    run, lang = reader.run, reader.lang
    own, agent = read_agent(entity, reader)
    linked, days = _links(entity, run)
    shown = {key: sorted(nodes, key=str)[: MAX_LINKS + 1] for key, nodes in linked.items()}
    areas, today = own.nodes("dct:spatial"), [node for node in own.nodes("mg:currentBody") if node != entity]
    names = names_of([*areas, *today, *(node for nodes in shown.values() for node in nodes)], run, lang)

    def listed(key: str) -> tuple[Name, ...]:
        return tuple(sorted((names[node] for node in shown[key][:MAX_LINKS]), key=lambda name: name.text.casefold()))

    def changes(key: str) -> tuple[Change, ...]:
        nodes = sorted(linked.get(key, ()), key=lambda node: (days[key, node], node.value))[:MAX_LINKS]
        return tuple(Change(names[node], _day(days[key, node], lang)) for node in nodes if node in names)

    model_links = {key: listed(key) for key in TEXTS if key in shown and key not in ("became", "came_of")}
    became = changes("became")
    return BodyModel(
        agent=agent,
        lead=_lead(agent, became, lang),
        came_of=changes("came_of"),
        became=became,
        links=model_links,
        more=frozenset(key for key in model_links if len(shown[key]) > MAX_LINKS),
        areas=distinct_names(dict.fromkeys(names[node] for node in areas), lang),
        today=tuple(names[node] for node in today),
        founded=_day(own.value("schema:foundingDate"), lang),
        dissolved=_day(own.value("schema:dissolutionDate"), lang),
        number=own.value("org:identifier"),
    )


def _links(entity: NamedNode, run: QueryFn) -> tuple[dict[str, set[NamedNode]], dict[tuple[str, NamedNode], str]]:
    """Return what a body is linked with, by the keys of ``TEXTS``, and the days of changes."""
    linked: dict[str, set[NamedNode]] = defaultdict(set)
    days: dict[tuple[str, NamedNode], str] = {}
    for name in ("body_links", "body_changes"):
        for _, link, other, *day in lookup_rows([entity], LOOKUPS / f"{name}.rq", run):
            if isinstance(other, NamedNode):
                key = text_of(link)
                linked[key].add(other)
                days[key, other] = text_of(day[0]) if day else ""
    return linked, days


def _day(value: str, lang: str) -> str:
    return in_language(date_in_words(value), lang) if value else ""


def _lead(agent: AgentModel, became: tuple[Change, ...], lang: str) -> str:
    """Return what a body is and became, and what is known of meetings, in a few sentences."""
    sentences = []
    if became:
        names = ", ".join(change.name.text for change in became)
        sentences.append(in_language(_BECAME, lang).format(day=became[-1].day, names=names))
    if len(agent.sources) == 1:
        sentences.append(one_source_in_words(agent.sources[0].text, lang))
    # People from there may have been at meetings, which is no part of the body's own.
    counts = agent.meetings.counts
    sentences.append(meetings_in_words(counts, lang) if counts else in_language(TEXTS["no_meetings"], lang))
    return " ".join(map(first_letter_large, sentences))
