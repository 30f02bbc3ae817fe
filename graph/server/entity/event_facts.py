"""When, where and what about: the facts of an event or a series, with the words of the sources beside ours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label, best_label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import iri, local_name_of, short_name
from graph.server.entity.country_words import country_in_words
from graph.server.entity.event_words import event_days
from graph.server.entity.identity import Note, identity_of
from graph.server.entity.records import LOOKUPS, Name, Record, in_language, names_of, records_of

TEXTS = {
    "facts": Label("Kort fortalt", "In short"),
    "when": Label("Når", "When"),
    "where": Label("Hvor", "Where"),
    "status": Label("Status", "Status"),
    "kind": Label("Type", "Kind"),
    "of_body": Label("Møte i", "Meeting of"),
    "series": Label("Del av", "Part of"),
    "extends": Label("Utvidelse av", "Extension of"),
    "extended_by": Label("Utvidet til", "Extended to"),
    "moved_to": Label("Flyttet til", "Moved to"),
    "moved_from": Label("Flyttet fra", "Moved from"),
    "influenced_by": Label("Påvirket av", "Influenced by"),
    "led_to": Label("Påvirket", "Influenced"),
    "scheduled_before": Label("Berammet før", "Set before"),
    "references": Label("Viser til", "Refers to"),
    "topics": Label("Temaer", "Topics"),
    "sources": Label("Kilder", "Sources"),
    "says": Label("kilden sier {}", "the source says {}"),
    "others": Label("med flere", "among others"),
}
_CLOCK = {
    (True, True): Label("kl. {}–{}", "{}–{}"),
    (True, False): Label("kl. {}", "at {}"),
    (False, True): Label("til kl. {1}", "until {1}"),
}
_MODES = {
    iri("schema:OnlineEventAttendanceMode"): Label("på nett", "online"),
    iri("schema:MixedEventAttendanceMode"): Label("fysisk og på nett", "in person and online"),
}
_RELATIONS = {
    ("schema:superEvent", "to"): "series",
    ("mg:ofBody", "to"): "of_body",
    ("mg:extends", "to"): "extends",
    ("mg:extends", "from"): "extended_by",
    ("mg:movedTo", "to"): "moved_to",
    ("mg:movedTo", "from"): "moved_from",
    ("mg:influencedBy", "to"): "influenced_by",
    ("mg:influencedBy", "from"): "led_to",
    ("mg:scheduledBefore", "to"): "scheduled_before",
    ("dct:references", "to"): "references",
}


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The facts of an event. ``said_when`` and ``said_where`` are words of its sources, ``mode`` is ours.

    ``relations`` are names by the keys of ``TEXTS``, in the order of those; ``open_topics``: a source leaves the list
    of topics open. ``decisions`` are what we decided or inferred, with reasons, ``identity``
    what somebody decided of it and other events.
    """

    kind: Name | None
    status: Name | None
    earliest: str
    latest: str
    lasting: bool
    days: str
    hours: str
    said_when: tuple[Name, ...]
    places: tuple[Name, ...]
    counties: tuple[Name, ...]
    said_where: tuple[Name, ...]
    venues: tuple[Name, ...]
    country: str
    mode: str
    relations: Mapping[str, tuple[Name, ...]]
    topics: tuple[Name, ...]
    open_topics: bool
    open_lists: frozenset[str]
    sources: tuple[Name, ...]
    decisions: tuple[Name, ...]
    identity: tuple[Note, ...]


def read_facts(own: Record, run: QueryFn, lang: str) -> EventFacts:
    """Return the facts of an event or a series."""
    claims = records_of(own.nodes("mg:concludedFrom"), run)
    counties = {
        county
        for record in records_of(own.nodes("schema:location"), run).values()
        for county in record.nodes("schema:containedInPlace")
    }
    relations = _relations(own.entity, run)
    sources = sorted({node for each in claims.values() for node in each.nodes("prov:hadPrimarySource")}, key=str)
    nodes = {node for name in _NAMED for node in own.nodes(name)}
    names = names_of([*nodes, *counties, *sources, *(node for each in relations.values() for node in each)], run, lang)
    earliest, latest = own.value("mg:earliest"), own.value("mg:latest")
    lasting = any(_is_lasting(node) for each in claims.values() for node in each.nodes("mg:time"))
    mode = next((_MODES[node] for node in own.nodes("schema:eventAttendanceMode") if node in _MODES), None)
    open_lists = frozenset(local_name_of(node) for each in claims.values() for node in each.nodes("mg:openList"))
    return EventFacts(
        kind=names.get(own.node("dct:type")),
        status=names.get(own.node("mg:eventStatus")),
        earliest=earliest,
        latest=latest,
        lasting=lasting,
        days=event_days(earliest, latest, lasting, lang),
        hours=_hours(own, lang),
        said_when=_words(claims.values(), ("mg:timeAsWritten",)),
        places=tuple(names[node] for node in own.nodes("schema:location")),
        counties=_named(counties, names),
        said_where=_words([own], ("mg:placeAsWritten",)) or _words(claims.values(), ("mg:placeAsWritten",)),
        venues=_words([own], ("mg:venueAsWritten",)),
        country=country_in_words(own.value("mg:country"), lang),
        mode=in_language(mode, lang) if mode else "",
        relations={key: _named(relations[key], names) for key in TEXTS if key in relations},
        topics=(*_named(own.nodes("dct:subject"), names), *_words([own], ("schema:keywords",))),
        open_topics="topics" in open_lists,
        open_lists=open_lists,
        sources=tuple(names[node] for node in sources),
        decisions=_decisions(own.entity, run, lang),
        identity=identity_of(own.entity, run, lang),
    )


_NAMED = ("dct:type", "mg:eventStatus", "schema:location", "dct:subject")


def _named(nodes: Iterable[NamedNode], names: Mapping[Term | None, Name]) -> tuple[Name, ...]:
    return tuple(sorted((names[node] for node in nodes), key=lambda name: (name.text.casefold(), name.iri)))


def _relations(event: NamedNode, run: QueryFn) -> dict[str, list[NamedNode]]:
    relations: dict[str, list[NamedNode]] = defaultdict(list)
    for _, relation, direction, other in lookup_rows([event], LOOKUPS / "event_relations.rq", run):
        if isinstance(relation, NamedNode) and isinstance(other, NamedNode):
            key = _RELATIONS.get((short_name(relation), text_of(direction)))
            if key:
                relations[key].append(other)
    return relations


def _is_lasting(time: NamedNode) -> bool:
    return short_name(time).startswith("when:throughout.")


def _words(records: Iterable[Record], properties: Iterable[str]) -> tuple[Name, ...]:
    """Return words of sources, each once."""
    literals = [each for record in records for name in properties for each in record.literals(name)]
    return tuple(dict.fromkeys(Name(each.value, each.language or "") for each in literals))


def _hours(own: Record, lang: str) -> str:
    """Return the times of the day in words; where sources give several, the first of each."""
    begins, ends = (own.value(name)[:5].replace(":", ".") for name in ("mg:startTime", "mg:endTime"))
    label = _CLOCK.get((bool(begins), bool(ends)))
    return in_language(label, lang).format(begins, ends) if label else ""


def _decisions(event: NamedNode, run: QueryFn, lang: str) -> tuple[Name, ...]:
    """Return what we decided about an event and what its readers inferred, and from what, each once."""
    words: dict[Term, dict[str, Literal]] = defaultdict(dict)
    bases: dict[Term, NamedNode] = {}
    for _, decision, said in lookup_rows([event], LOOKUPS / "event_decisions.rq", run):
        if decision is not None and isinstance(said, Literal):
            words[decision][(said.language or "").lower()] = said
        elif decision is not None and isinstance(said, NamedNode):
            bases[decision] = said
    names = names_of(bases.values(), run, lang)
    chosen = {decision: best_label(each, lang) for decision, each in words.items()}
    result = []
    for decision in sorted(chosen, key=str):
        text = chosen[decision].value
        if decision in bases and ":" not in text:
            text = f"{text}: {names[bases[decision]].text}"
        result.append(Name(text, chosen[decision].language or "", text_of(decision)))
    return tuple(result)
