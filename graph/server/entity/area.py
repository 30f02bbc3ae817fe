"""The page of an area: what it is and was, the meetings there by year, its bodies and offices, what the registry says.

An area that goes on under its name with another number, or another territory with its number, is told of on one page:
1103 to 2019, 1103 from 2020.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.days import date_in_words, years_in_words
from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.results import Term, text_of
from graph.rdf.terms import short_name
from graph.server.entity.kind_words import KIND_WORDS
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.meetings import TEXTS as MEETING_TEXTS
from graph.server.entity.meetings import MeetingList, meeting_list
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.entity.registry_facts import TEXTS as REGISTRY_TEXTS
from graph.server.entity.registry_facts import RegistryFacts, registry_facts
from graph.server.html.page import Crumb
from graph.server.urls import path_of

_PLACES = Label("Steder", "Places")
_FROM, _UNTIL = Label("fra {}", "from {}"), Label("til {}", "until {}")
TEXTS = {
    "story": Label("Før og etter", "Before and after"),
    "here": Label("denne siden", "this page"),
    "one": Label("ett møte", "one meeting"),
    "count": Label("{} møter", "{} meetings"),
    "meetings": Label("Møter her", "Meetings here"),
    "no_meetings": Label("Ingen møter her er kjent.", "No meetings here are known."),
    "parts": Label("Kommuner i fylket", "Municipalities in the county"),
    "bodies": Label("Organisasjoner her", "Bodies here"),
    "posts": Label("Verv her", "Offices here"),
    "facts": Label("Kort fortalt", "In short"),
    "number": Label("Nummer", "Number"),
    "county": Label("Fylke", "County"),
    "district": Label("Politidistrikt", "Police district"),
    "possible_district": Label("Politidistrikt, ikke sikkert", "Police district, not certain"),
    "today": Label("I dag", "Today"),
    "also": Label("Andre navn", "Other names"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """An area in the story of another: its number, the words for its period, and its meetings."""

    name: Name
    number: str
    period: str
    meetings: int
    is_this: bool


@dataclass(frozen=True, slots=True)
class AreaModel:
    """An area. ``story`` has it among what was there before and after, in the order of time; else it is empty."""

    name: Name
    kind: str
    number: str
    lead: tuple[str, ...]
    story: tuple[Step, ...]
    counties: tuple[Name, ...]
    districts: tuple[Name, ...]
    possible_districts: tuple[Name, ...]
    today: tuple[Step, ...]
    parts: tuple[Step, ...]
    meetings: MeetingList
    bodies: tuple[Name, ...]
    posts: tuple[tuple[Name, Name], ...]
    other_names: tuple[Name, ...]
    registry: RegistryFacts


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of an area; None where it is no municipality and no county."""
    kind = KIND_WORDS.get(short_name(entity).partition(":")[0])
    if kind is None:
        return None
    model = read_area(entity, kind, reader)
    word, period = in_language(kind, reader.lang), _years(records_of([entity], reader.run)[entity], reader.lang)
    details = ", ".join(filter(None, (f"{word} {model.number}", period)))
    county = [Crumb(each.text, f"about/{path_of(NamedNode(each.iri), reader.base)}") for each in model.counties[:1]]
    return EntityView(
        template="area.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | MEETING_TEXTS | REGISTRY_TEXTS,
        title=f"{model.name.text} ({details})",
        description=" ".join(model.lead),
        section="area/",
        breadcrumbs=(Crumb(in_language(_PLACES, reader.lang), "area/"), *county, Crumb(model.name.text)),
    )


def read_area(entity: NamedNode, kind: Label, reader: Reader) -> AreaModel:
    """Return the view model of an area."""
    run, lang = reader.run, reader.lang
    others = {other for _, other in lookup_rows([entity], LOOKUPS / "area_story.rq", run)}
    records = records_of([entity, *others], run)
    own = records[entity]
    namesakes = [area for area, record in records.items() if _same_name(record, own)]
    parts = lookup_rows(namesakes, LOOKUPS / "area_parts.rq", run)
    contained = {part for _, sort, part, _ in parts if text_of(sort) == "area"}
    rows = lookup_rows([*records, *contained], LOOKUPS / "area_meetings.rq", run)
    counts = Counter({area: len({event for each, event, _ in rows if each == area}) for area, *_ in rows})
    there = {*namesakes, *contained}
    records |= records_of([*contained, *own.nodes("mg:currentArea")], run)
    bodies = [part for _, sort, part, _ in parts if text_of(sort) == "body"]
    posts = {(part, body) for _, sort, part, body in parts if text_of(sort) == "post"}
    near = [
        *own.nodes("schema:containedInPlace"),
        *own.nodes("mg:policeDistrict"),
        *own.nodes("mg:possiblePoliceDistrict"),
    ]
    names = names_of([*records, *bodies, *(term for pair in posts for term in pair), *near], run, lang)

    def steps(areas: Iterable[Term | None]) -> tuple[Step, ...]:
        return tuple(_step(records[area], names, counts[area], entity, lang) for area in areas)

    meetings = meeting_list(
        [(event, text_of(first)) for area, event, first in rows if area in there],
        run,
        lang,
        reader.value("year"),
        reader.value("page"),
        {event: [_where(records[area], kind, lang)] for area, event, _ in rows if area in namesakes and area != entity},
    )
    story = steps(sorted([entity, *others], key=lambda area: _order(records[area])))
    return AreaModel(
        name=names[entity],
        kind=in_language(kind, lang),
        number=own.value("dct:identifier"),
        lead=_lead(own, names, kind, meetings.total, lang),
        story=story if others else (),
        counties=_names(own.nodes("schema:containedInPlace"), names),
        districts=_names(own.nodes("mg:policeDistrict"), names),
        possible_districts=_names(own.nodes("mg:possiblePoliceDistrict"), names),
        today=steps(area for area in own.nodes("mg:currentArea") if area != entity),
        parts=steps(sorted(contained, key=lambda area: (names[area].text, _order(records[area])))),
        meetings=meetings,
        bodies=_names(dict.fromkeys(sorted(bodies, key=lambda body: names[body].text)), names),
        posts=tuple((names[post], names[body]) for post, body in sorted(posts, key=lambda pair: names[pair[0]].text)),
        other_names=tuple(Name(each.value, each.language or "") for each in own.literals("schema:alternateName")),
        registry=registry_facts(own, run, lang),
    )


def _same_name(record: Record, other: Record) -> bool:
    """Return whether two areas have a label in common."""
    return not set(record.values("rdfs:label")).isdisjoint(other.values("rdfs:label"))


def _names(terms: Iterable[Term | None], names: Mapping[Term | None, Name]) -> tuple[Name, ...]:
    return tuple(names[term] for term in terms)


def _order(record: Record) -> tuple[str, str, str]:
    return record.value("mg:validFrom"), record.value("mg:validThrough") or "9999", record.entity.value


def _years(record: Record, lang: str) -> str:
    return in_language(years_in_words(record.value("mg:validFrom"), record.value("mg:validThrough")), lang)


def _step(record: Record, names: Mapping[Term | None, Name], meetings: int, entity: NamedNode, lang: str) -> Step:
    number = record.value("dct:identifier")
    return Step(names[record.entity], number, _period(record, lang), meetings, record.entity == entity)


def _period(record: Record, lang: str) -> str:
    """Return from when until when an area was as it is; empty where neither is known."""
    words = []
    for label, day in ((_FROM, record.value("mg:validFrom")), (_UNTIL, record.value("mg:validThrough"))):
        if day:
            words.append(in_language(label, lang).format(in_language(date_in_words(day), lang)))
    return " ".join(words)


def _where(record: Record, kind: Label, lang: str) -> str:
    """Return which of several areas with one name a meeting was in: "kommune 1103, til 2019"."""
    area = f"{in_language(kind, lang)} {record.value('dct:identifier')}"
    return ", ".join(filter(None, (area, _years(record, lang))))


def _lead(own: Record, names: Mapping[Term | None, Name], kind: Label, meetings: int, lang: str) -> tuple[str, ...]:
    """Return in sentences what an area is, for how long, and how much is known of it."""
    county = next((names[each].text for each in own.nodes("schema:containedInPlace")), "")
    name, period, number = names[own.entity].text, _period(own, lang), own.value("dct:identifier")
    is_past = bool(own.value("mg:validThrough"))
    since = in_language(date_in_words(own.value("mg:validFrom")), lang)
    if interface_language(lang) == "nb":
        where = f" i {county}" if county else ""
        it = "det" if kind.nb == "fylke" else "den"
        as_it_was = f", slik {it} var {period}" if is_past else f", slik {it} har vært siden {since}" if since else ""
        known = "Ett møte her er kjent." if meetings == 1 else f"{group_thousands(meetings, 'nb')} møter her er kjent."
    else:
        where = f" in {county}" if county else ""
        as_it_was = f", as it was {period}" if is_past else f", as it has been since {since}" if since else ""
        known = (
            "One meeting here is known."
            if meetings == 1
            else f"{group_thousands(meetings, 'en')} meetings here are known."
        )
    return f"{name}: {in_language(kind, lang)} {number}{where}{as_it_was}.", known
