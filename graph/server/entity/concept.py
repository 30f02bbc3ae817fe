"""The page of a concept (a role, a status, a kind) and of a scheme: what words mean, and how often they are used."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.days import bounds_in_words
from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import compact, iri, short_name
from graph.server.entity import topic
from graph.server.entity.kind_words import KIND_WORDS
from graph.server.entity.kinds import EntityView, Reader
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
from graph.server.entity.registry_facts import entry_name
from graph.server.html.page import Crumb

TEXTS = {
    "list": Label("begrepsliste", "list of concepts"),
    "meaning": Label("Hva ordet betyr", "What the word means"),
    "uses": Label("Hvor ofte det brukes", "How often it is used"),
    "not_used": Label("Det brukes ikke i denne utgaven.", "It is not used in this build."),
    "as": Label("som «{}»", "as “{}”"),
    "examples": Label("De nyeste eksemplene", "The newest examples"),
    "some_examples": Label("Eksempler", "Examples"),
    "scheme": Label("Hører til listen", "Belongs to the list"),
    "broader": Label("Videre", "Broader"),
    "narrower": Label("Snevrere", "Narrower"),
    "after": Label("Kommer etter", "Comes after"),
    "also": Label("Også kalt", "Also called"),
    "elsewhere": Label("Nær dette hos andre", "Near to this elsewhere"),
    "facts": Label("Kort fortalt", "In short"),
    "concepts": Label("Begrepene", "The concepts"),
    "times": Label("{} ganger", "{} times"),
    "once": Label("én gang", "once"),
    "never": Label("ikke brukt", "not used"),
}

# What has a concept, one and several, by the property that says so.
_USERS = {
    "cv:role": (Label("deltakelse", "participation"), Label("deltakelser", "participations")),
    "mg:plannedRole": (
        Label("planlagt deltakelse", "planned participation"),
        Label("planlagte deltakelser", "planned participations"),
    ),
    "mg:possibleRole": (
        Label("mulig deltakelse", "possible participation"),
        Label("mulige deltakelser", "possible participations"),
    ),
    "mg:attendance": (
        Label("påstand eller deltakelse", "claim or participation"),
        Label("påstander og deltakelser", "claims and participations"),
    ),
    "mg:eventStatus": (Label("møte", "meeting"), Label("møter", "meetings")),
    "dct:type": (
        Label("møte, brev eller plan", "meeting, letter or plan"),
        Label("møter, brev og planer", "meetings, letters and plans"),
    ),
    "org:classification": (Label("organisasjon", "body"), Label("organisasjoner", "bodies")),
    "mg:reading": (Label("tid", "time"), Label("tider", "times")),
    "mg:inferredFrom": (Label("slutning", "inference"), Label("slutninger", "inferences")),
    **dict.fromkeys(
        ("mg:role", "mg:status", "mg:kind", "mg:openList"), (Label("påstand", "claim"), Label("påstander", "claims"))
    ),
}
# Of the statements that have a concept, those that say it once more in other words.
_REPEATED = {iri("cv:eventStatus")}


@dataclass(frozen=True, slots=True)
class Example:
    """A thing that has a concept, the meeting at which it does where it is none itself, and when that was."""

    name: Name
    event: Name | None
    when: str


@dataclass(frozen=True, slots=True)
class ConceptModel:
    """A concept: its meaning in words, and the properties by which it is used with their counts."""

    name: Name
    kind: str
    lead: str
    definition: Name | None
    scheme: Name | None
    uses: tuple[str, ...]
    examples: tuple[Example, ...]
    are_newest: bool
    broader: tuple[Name, ...]
    after: tuple[Name, ...]
    other_names: tuple[Name, ...]
    elsewhere: tuple[tuple[str, str], ...]


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a concept; topics have one of their own."""
    prefix = short_name(entity).partition(":")[0]
    if prefix == "topic":
        return topic.view(entity, reader)
    model = read_concept(entity, reader)
    crumb = [Crumb(model.scheme.text, f"about/{prefix}")] if model.scheme and prefix in KIND_WORDS else []
    return EntityView(
        template="concept.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS,
        title=f"{model.name.text} ({model.kind})",
        description=model.lead,
        breadcrumbs=(*crumb, Crumb(model.name.text)),
    )


def read_concept(entity: NamedNode, reader: Reader) -> ConceptModel:
    """Return the view model of a concept."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    uses = uses_of([entity], run)[entity]
    scheme = own.node("skos:inScheme")
    names = names_of([entity, scheme, *own.nodes("skos:broader"), *own.nodes("mg:comesAfter"), *uses], run, lang)
    kind = KIND_WORDS.get(short_name(entity).partition(":")[0])
    definition = own.text("skos:definition", lang)
    newest = _newest(entity, run, lang)
    return ConceptModel(
        name=capitalized_name(names[entity]),
        kind=in_language(kind, lang) if kind else names[scheme].text if scheme else "",
        lead=definition.text if definition else "",
        definition=definition,
        scheme=names[scheme] if scheme else None,
        uses=tuple(
            _use(name, names[name].text, count, lang)
            for name, count in sorted(uses.items(), key=lambda use: (-use[1], names[use[0]].text))
        ),
        examples=newest or _others(entity, run, lang),
        are_newest=bool(newest),
        broader=tuple(names[each] for each in own.nodes("skos:broader")),
        after=tuple(names[each] for each in own.nodes("mg:comesAfter")),
        other_names=tuple(Name(each.value, each.language or "") for each in own.literals("schema:alternateName")),
        elsewhere=tuple((entry_name(each.value), each.value) for each in own.nodes("rdfs:seeAlso")),
    )


def uses_of(
    concepts: list[Term | None] | list[NamedNode], run: QueryFn
) -> Mapping[Term | None, dict[Term | None, int]]:
    """Return how many things have each concept, by property."""
    uses: dict[Term | None, dict[Term | None, int]] = defaultdict(dict)
    for concept, name, number in lookup_rows(concepts, LOOKUPS / "concept_uses.rq", run):
        if name not in _REPEATED and number is not None and int(number.value):
            uses[concept][name] = int(number.value)
    return uses


def _use(name: Term | None, label: str, count: int, lang: str) -> str:
    """Return how many things have a concept by a property: "12 participations"."""
    words = _USERS.get(compact(name)) if isinstance(name, NamedNode) else None
    number = group_thousands(count, interface_language(lang))
    if words is None:
        return f"{times_in_words(count, lang)} {in_language(TEXTS['as'], lang).format(label)}"
    return f"{number} {in_language(words[count != 1], lang)}"


def times_in_words(count: int, lang: str) -> str:
    """Return how often something is used: "3 times"."""
    if count < 2:
        return in_language(TEXTS["once" if count else "never"], lang)
    return in_language(TEXTS["times"], lang).format(group_thousands(count, interface_language(lang)))


def _newest(concept: NamedNode, run: QueryFn, lang: str) -> tuple[Example, ...]:
    """Return the newest meetings that have a concept, or parts in meetings."""
    rows = lookup_rows([concept], LOOKUPS / "concept_examples.rq", run)
    names = names_of([term for _, user, event, agent, _ in rows for term in (user, event, agent)], run, lang)
    events = records_of((event for _, _, event, *_ in rows), run)
    return tuple(
        Example(
            names[event] if agent is None else Name(names[agent].text, names[agent].lang, text_of(user)),
            None if agent is None else names[event],
            _when(events[event], lang),
        )
        for _, user, event, agent, _ in rows
    )


def _when(event: Record, lang: str) -> str:
    return in_language(bounds_in_words(event.value("mg:earliest"), event.value("mg:latest")), lang)


def _others(concept: NamedNode, run: QueryFn, lang: str) -> tuple[Example, ...]:
    users = [user for _, user in lookup_rows([concept], LOOKUPS / "concept_others.rq", run)]
    names = names_of(users, run, lang)
    return tuple(Example(names[user], None, "") for user in users)
