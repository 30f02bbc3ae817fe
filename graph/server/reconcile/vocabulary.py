"""The types of entities that tables are matched with, and their properties, in the words of the service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.common.findings import did_you_mean
from graph.common.names import fold_name
from graph.model.labels import Label
from graph.query.entries import Entry

# What a property is for. An identifier proves: of two values of one entity, one is wrong. A narrowing property
# contradicts where the graph has another value; a hint only speaks for an entity, since what sources say of it is
# never all. A value is only fetched.
Role = Literal["identifier", "narrowing", "hint", "value"]


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type: its id, its label, the kinds of entries that it has, and the id of the broader one."""

    id: str
    label: Label
    kinds: tuple[str, ...]
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its id, label, description, the ids of the types that have it, and what it is for."""

    id: str
    label: Label
    description: Label
    types: tuple[str, ...]
    role: Role
    value_type: str = ""


TYPES: Mapping[str, EntityType] = {
    each.id: each
    for each in (
        EntityType("person", Label("Person", "Person"), ("person",)),
        EntityType("organisation", Label("Organisasjon", "Body"), ("organisation",)),
        EntityType("area", Label("Sted", "Area"), ("area",)),
        EntityType("municipality", Label("Kommune", "Municipality"), ("area",), "area"),
        EntityType("county", Label("Fylke", "County"), ("area",), "area"),
        EntityType("event", Label("Møte eller annet arrangement", "Meeting or other event"), ("event", "series")),
        EntityType("series", Label("Møterekke", "Series of meetings"), ("series",), "event"),
    )
}
DEFAULT_TYPES = tuple(each for each in TYPES.values() if not each.broader)
KINDS = tuple(dict.fromkeys(kind for each in TYPES.values() for kind in each.kinds))
_PERSON, _BODY, _AREA, _EVENT = "person", "organisation", "area", "event"

PROPERTIES: Mapping[str, Property] = {
    each.id: each
    for each in (
        Property(
            "wikidata",
            Label("Wikidata-id", "Wikidata id"),
            Label("Q-nummer eller adresse i Wikidata; beviser", "Q number or address in Wikidata; proves"),
            (_PERSON, _BODY, _AREA),
            "identifier",
        ),
        Property(
            "organisation-number",
            Label("organisasjonsnummer", "organisation number"),
            Label("ni sifre i Enhetsregisteret; beviser", "nine figures of the Norwegian register; proves"),
            (_BODY,),
            "identifier",
        ),
        Property(
            "area-number",
            Label("kommune- eller fylkesnummer", "municipality or county number"),
            Label("fire sifre for en kommune, to for et fylke; beviser", "four figures, of a county two; proves"),
            (_AREA,),
            "identifier",
        ),
        Property(
            "register-id",
            Label("id i et register", "id in a register"),
            Label(
                "id som et register med møter gir noen; beviser der bare én har den",
                "id that a register of meetings gives somebody; proves where one alone has it",
            ),
            (_PERSON, _BODY),
            "identifier",
        ),
        Property(
            "day",
            Label("dag", "day"),
            Label(
                "dag, måned eller år (2014-12-01, 2014): da møtet var, eller stedet eller organisasjonen fantes",
                "day, month or year (2014-12-01, 2014): when the event was, or the area or body was there",
            ),
            (_EVENT, _BODY, _AREA),
            "narrowing",
        ),
        Property(
            "place",
            Label("sted", "place"),
            Label("kommune eller fylke, ved navn, nummer eller id", "municipality or county, by name, number or id"),
            (_EVENT, _BODY, _AREA),
            "narrowing",
            _AREA,
        ),
        Property(
            "country",
            Label("land", "country"),
            Label("landskode på to bokstaver, eller navnet", "code of two letters, or the name"),
            (_EVENT, _AREA),
            "narrowing",
        ),
        Property(
            "type",
            Label("type organisasjon", "type of body"),
            Label("departement, kommune, etat …", "ministry, municipality, agency …"),
            (_BODY,),
            "narrowing",
        ),
        Property(
            "organiser",
            Label("arrangør", "organiser"),
            Label("navn eller id", "name or id"),
            (_EVENT,),
            "hint",
        ),
        Property(
            "participant",
            Label("deltaker", "participant"),
            Label("noen som sikkert var til stede, ved navn eller id", "somebody certainly there, by name or id"),
            (_EVENT,),
            "hint",
        ),
        Property(
            "office",
            Label("verv", "office"),
            Label("navn eller id", "name or id"),
            (_PERSON,),
            "hint",
        ),
        Property(
            "body",
            Label("organisasjon", "body"),
            Label("der en person har verv eller er medlem", "where a person has an office or is a member"),
            (_PERSON,),
            "hint",
            _BODY,
        ),
        Property(
            "kind",
            Label("slags møte", "kind of meeting"),
            Label("navn eller id", "name or id"),
            (_EVENT,),
            "hint",
        ),
        Property(
            "status", Label("status", "status"), Label("avholdt, planlagt …", "held, planned …"), (_EVENT,), "hint"
        ),
        Property("topic", Label("tema", "topic"), Label("navn eller id", "name or id"), (_EVENT,), "hint"),
        Property(
            "name",
            Label("andre navn", "other names"),
            Label("alle navn i grafen", "all names in the graph"),
            (_PERSON, _BODY, _AREA, _EVENT),
            "value",
        ),
        Property(
            "iri",
            Label("IRI", "IRI"),
            Label("den fulle adressen", "the full address"),
            (_PERSON, _BODY, _AREA, _EVENT),
            "value",
        ),
        Property(
            "start",
            Label("begynner", "starts"),
            Label("så nøyaktig som kildene sier (EDTF)", "as exactly as sources say (EDTF)"),
            (_EVENT,),
            "value",
        ),
        Property(
            "end",
            Label("slutter", "ends"),
            Label("så nøyaktig som kildene sier (EDTF)", "as exactly as sources say (EDTF)"),
            (_EVENT,),
            "value",
        ),
        Property(
            "series",
            Label("møterekke", "series"),
            Label("rekken som møtet hører til", "the series that the meeting is part of"),
            (_EVENT,),
            "value",
            "series",
        ),
        Property(
            "from",
            Label("fra", "from"),
            Label("første dag", "first day"),
            (_BODY, _AREA),
            "value",
        ),
        Property(
            "until",
            Label("til", "until"),
            Label("siste dag", "last day"),
            (_BODY, _AREA),
            "value",
        ),
        Property(
            "current",
            Label("heter eller hører nå til", "is now, or is now part of"),
            Label("etter sammenslåinger og navnebytter", "after mergers and changes of name"),
            (_BODY, _AREA),
            "value",
        ),
        Property(
            "meetings",
            Label("antall møter", "number of meetings"),
            Label("møter i grafen som det har med å gjøre", "meetings of the graph that it has to do with"),
            (_PERSON, _BODY, _AREA),
            "value",
        ),
    )
}


def types_of(entry: Entry) -> tuple[EntityType, ...]:
    """Return the types of an entry, the narrowest first."""
    level = "county" if "/fylke/" in entry.iri else "municipality" if "/kommune/" in entry.iri else ""
    if entry.kind == "area":
        return tuple(TYPES[id] for id in (level, "area") if id)
    if entry.kind == "series":
        return TYPES["series"], TYPES["event"]
    return (TYPES[entry.kind],) if entry.kind in TYPES else ()


def properties_of(type_id: str) -> list[Property]:
    """Return the properties that entities of a type have."""
    broader = TYPES[type_id].broader
    return [each for each in PROPERTIES.values() if type_id in each.types or broader in each.types]


def unknown_type(id: str) -> str:
    """Return the message about a type that there is not."""
    known = ", ".join(TYPES)
    return f"there is no type {shortened(id)!r}; the types are {known}.{did_you_mean(id[:100], TYPES)}"


def unknown_property(id: str) -> str:
    """Return the message about a property that there is not."""
    meant = did_you_mean(id[:100], PROPERTIES)
    return f"there is no property {shortened(id)!r}; suggest/property lists them.{meant}"


def shortened(text: str) -> str:
    """Return the beginning of what a client has sent, as a message can have it."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def matching(prefix: str, items: Iterable[EntityType | Property]) -> list[EntityType | Property]:
    """Return the types or properties of whose id or label a word begins so; all for an empty prefix."""
    words = fold_name(prefix)
    if not words:
        return [] if prefix.strip() else list(items)
    return [
        each
        for each in items
        if any(f" {words}" in f" {fold_name(name)}" for name in (each.id, each.label.nb, each.label.en or ""))
    ]
