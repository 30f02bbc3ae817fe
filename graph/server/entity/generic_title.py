"""Titles that tell an entity from its namesakes: its name, and a year, a source, or what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.days import date_in_words, period_in_words, years_in_words
from graph.model.labels import Label, interface_language
from graph.model.sources import parse_fragment
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, local_name_of, short_name
from graph.server.entity.records import LOOKUPS, Name, Record, capitalized, in_language, names_of, records_of

_BEGINNING, _END = Label("begynnelsen av {}", "the beginning of {}"), Label("slutten av {}", "the end of {}")
_WORDS_AT = Label("ordene, {}", "the words, {}")
_LONG = 90


@dataclass(frozen=True, slots=True)
class Title:
    """The name of an entity as its page has it, and the details that tell it from others of its kind and name."""

    name: Name
    details: tuple[str, ...]


def title_of(record: Record, run: QueryFn, lang: str) -> Title:
    """Return the title of an entity."""
    entity = record.entity
    name = names_of([entity], run, lang)[entity]
    prefix = _kind_of(entity)
    if prefix == "selector":
        return _of_selector(record, run, lang)
    if prefix == "interval":
        return _of_interval(record, run, lang)
    meetings = names_of(_owners(entity, run) if prefix == "audience" else [], run, lang)
    details = [
        *(each.text for each in meetings.values()),
        *_text(record, lang),
        *_times(record, run, lang),
        *_sources(record, run, lang),
    ]
    # A part of the catalogue has no name but that of its kind.
    ids = [local_name_of(entity)] if prefix == "catalogue" else _ids([entity], run)
    return Title(Name(capitalized(name.text), name.lang), tuple(dict.fromkeys(details or ids)))


def agent_title(record: Record, run: QueryFn, lang: str) -> str:
    """Return the name of a person or a body, with its source where the registry does not know it.

    Where another has the same name, its years or its id stand there too.
    """
    name = names_of([record.entity], run, lang)[record.entity].text
    details, ids = _sources(record, run, lang), _ids([record.entity], run)
    if ids and not details:
        years = years_in_words(record.value("schema:foundingDate"), record.value("schema:dissolutionDate"))
        details = [in_language(years, lang)] if years.nb else ids
    return f"{name} ({', '.join(details)})" if details else name


def _owners(entity: NamedNode, run: QueryFn) -> list[Term | None]:
    return sorted((owner for _, owner in lookup_rows([entity], LOOKUPS / "record_owners.rq", run)), key=str)


def _of_selector(record: Record, run: QueryFn, lang: str) -> Title:
    """Return the title of a selector: its place, and the source in which that is."""
    evidence = records_of(_owners(record.entity, run)[:1], run)
    fragment = next((each.value("rdf:value") for each in evidence.values()), "") or record.value("rdf:value")
    selector = parse_fragment("", record.value("rdf:value") or fragment)
    place = capitalized(in_language(selector.label, lang)) if selector else short_name(record.entity)
    if iri("oa:TextQuoteSelector") in record.types():
        place = capitalized(in_language(_WORDS_AT, lang).format(place.lower()))
    sources = names_of([node for each in evidence.values() for node in each.nodes("prov:wasQuotedFrom")], run, lang)
    return Title(Name(place), tuple(each.text for each in sources.values()))


def _of_interval(record: Record, run: QueryFn, lang: str) -> Title:
    """Return the title of a period, or of its beginning or end: whose it is, and when."""
    local, owners = local_name_of(record.entity), _owners(record.entity, run)
    side = _BEGINNING if local.endswith(".beginning") else _END if local.endswith(".end") else None
    if side and owners:
        owners = [owner for each in owners if isinstance(each, NamedNode) for owner in _owners(each, run)]
    things = records_of(owners, run)
    names = names_of(owners, run, lang)
    whose = ", ".join(sorted(names[owner].text for owner in owners)) or local
    name = in_language(side, lang).format(whose) if side else whose
    times = dict.fromkeys(each for thing in things.values() for each in _days(thing, lang))
    return Title(Name(capitalized(name)), (*times, *_ids(owners, run)))


def _days(record: Record, lang: str) -> list[str]:
    """Return when an event or a term of office was, in words."""
    begin, end = record.value("schema:startDate"), record.value("schema:endDate")
    days = date_in_words(begin) if begin == end else period_in_words(begin, end)
    return [in_language(days, lang)] if days.nb else []


def _ids(things: Sequence[Term | None], run: QueryFn) -> list[str]:
    """Return the ids of those things that have the label of another of their kind."""
    alike = {
        thing
        for thing, other in lookup_rows(things, LOOKUPS / "namesakes.rq", run)
        if isinstance(thing, NamedNode) and isinstance(other, NamedNode) and _kind_of(thing) == _kind_of(other)
    }
    return sorted(local_name_of(thing) for thing in alike)


def _kind_of(thing: NamedNode) -> str:
    return short_name(thing).partition(":")[0]


def _text(record: Record, lang: str) -> list[str]:
    """Return the first words of what was said, of an utterance."""
    text = record.text("schema:text", lang)
    if text is None:
        return []
    short = text.text if len(text.text) <= _LONG else f"{text.text[: _LONG - 1].rstrip()}…"
    return [f"«{short}»" if interface_language(lang) == "nb" else f"“{short}”"]


def _times(record: Record, run: QueryFn, lang: str) -> list[str]:
    """Return when a letter or a plan is of."""
    times = [node for node in record.nodes("time:hasTime") if short_name(node).startswith("when:")]
    return [name.text for name in names_of(times, run, lang).values()]


def _sources(record: Record, run: QueryFn, lang: str) -> list[str]:
    """Return the titles of the sources that an entity is from: its own, those of its claims, and that of a text."""
    claims = records_of(record.nodes("mg:concludedFrom"), run)
    nodes = [node for each in (record, *claims.values()) for node in each.nodes("prov:hadPrimarySource")]
    if _kind_of(record.entity) == "source":
        # The terms of use of a source.
        nodes += [
            each for each in _owners(record.entity, run) if isinstance(each, NamedNode) and _kind_of(each) == "source"
        ]
    return [name.text for name in names_of(nodes, run, lang).values()]
