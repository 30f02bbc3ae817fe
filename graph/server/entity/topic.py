"""The page of a topic: the meetings about it by year, who spoke about it, the words of pages, and topics beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.passages import Passage, sorted_passages
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, Term, text_of
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.meetings import TEXTS as MEETING_TEXTS
from graph.server.entity.meetings import MeetingList, meeting_list
from graph.server.entity.records import (
    COMMON_TEXTS,
    LOOKUPS,
    Name,
    Record,
    capitalized_name,
    in_language,
    names_of,
    records_of,
)
from graph.server.html.page import Crumb

# Sentences of pages that a topic shows; their number is of all that were looked at.
MAX_SENTENCES = 10
MAX_CLAIMS = 200
TEXTS = {
    "kind": Label("tema", "topic"),
    "meetings": Label("Møter om temaet", "Meetings about it"),
    "no_meetings": Label("Ingen møter om temaet er kjent.", "No meetings about it are known."),
    "words": Label("Slik står det på sidene", "In the words of the pages"),
    "more": Label("og {} til", "and {} more"),
    "broader": Label("Videre tema", "Broader topic"),
    "narrower": Label("Snevrere temaer", "Narrower topics"),
    "related": Label("Beslektede temaer", "Related topics"),
    "series": Label("Møterekker", "Series of meetings"),
    "works": Label("Brev, planer og uttalelser", "Letters, plans and utterances"),
    "about": Label("Handler om", "Is about"),
    "also": Label("Også skrevet", "Also written"),
    "facts": Label("Kort fortalt", "In short"),
}
_TOPICS = Label("Temaer", "Topics")
_SPOKE = Label("{} snakket om det", "{} spoke about it")


@dataclass(frozen=True, slots=True)
class TopicModel:
    """A topic. ``more_sentences`` counts those that say it and are not among ``sentences``."""

    name: Name
    lead: str
    definition: Name | None
    meetings: MeetingList
    sentences: tuple[Quote, ...]
    more_sentences: int
    broader: tuple[Name, ...]
    narrower: tuple[Name, ...]
    related: tuple[Name, ...]
    series: tuple[Name, ...]
    works: tuple[Name, ...]
    about: tuple[Name, ...]
    other_names: tuple[Name, ...]


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a topic."""
    model = read_topic(entity, reader)
    return EntityView(
        template="topic.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | MEETING_TEXTS,
        title=f"{model.name.text} ({in_language(TEXTS['kind'], reader.lang)})",
        description=model.lead,
        section="topic/",
        breadcrumbs=(Crumb(in_language(_TOPICS, reader.lang), "topic/"), Crumb(model.name.text)),
    )


def read_topic(entity: NamedNode, reader: Reader) -> TopicModel:
    """Return the view model of a topic."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    related: dict[str, list[Term | None]] = defaultdict(list)
    for _, sort, other in lookup_rows([entity], LOOKUPS / "topic_relations.rq", run):
        related[text_of(sort)].append(other)
    claims = related.pop("claim", [])
    related["broader"], related["related"] = [*own.nodes("skos:broader")], [*own.nodes("skos:related")]
    related["about"] = [*own.nodes("schema:about")]
    rows = lookup_rows([entity], LOOKUPS / "topic_meetings.rq", run)
    shown = [entity, *(other for each in related.values() for other in each), *(agent for *_, agent in rows)]
    names = names_of(shown, run, lang)
    notes: dict[Term | None, list[str]] = defaultdict(list)
    for _, event, _, agent in rows:
        if agent is not None:
            notes[event].append(in_language(_SPOKE, lang).format(names[agent].text))
    meetings = meeting_list(
        [(event, text_of(first)) for _, event, first, _ in rows],
        run,
        lang,
        reader.value("year"),
        reader.value("page"),
        notes,
    )
    sentences = _sentences(own, claims, run)

    def named(sort: str) -> tuple[Name, ...]:
        return tuple(sorted((names[other] for other in dict.fromkeys(related[sort])), key=lambda name: name.text))

    return TopicModel(
        name=capitalized_name(names[entity]),
        lead=_lead(names[entity].text, meetings.total, lang),
        definition=own.text("skos:definition", lang),
        meetings=meetings,
        sentences=tuple(quote_of(each, interface_language(lang)) for each in sentences[:MAX_SENTENCES]),
        more_sentences=max(0, len(sentences) - MAX_SENTENCES),
        broader=named("broader"),
        narrower=named("narrower"),
        related=named("related"),
        series=named("series"),
        works=named("work"),
        about=named("about"),
        other_names=tuple(Name(each.value, each.language or "") for each in own.literals("schema:alternateName")),
    )


def _sentences(topic: Record, claims: Iterable[Term | None], run: QueryFn) -> list[Passage]:
    """Return the sentences of claims about a topic that have a name of it; each claim may have others too."""
    names = {each.value.casefold() for name in ("rdfs:label", "schema:alternateName") for each in topic.literals(name)}
    some = sorted((claim for claim in claims if claim is not None), key=str)[:MAX_CLAIMS]
    proof: Mapping[Term | None, list[Passage]] = passages_by_entity(some, run)
    passages = (passage for each in proof.values() for passage in each)
    return sorted_passages(each for each in passages if any(name in each.text.casefold() for name in names))


def _lead(name: str, meetings: int, lang: str) -> str:
    count = group_thousands(meetings, interface_language(lang))
    if interface_language(lang) == "nb":
        return f"{count} {'møte' if meetings == 1 else 'møter'} om «{name}» er kjent."
    return (
        f"{count} {'meeting' if meetings == 1 else 'meetings'} about “{name}” {'is' if meetings == 1 else 'are'} known."
    )
