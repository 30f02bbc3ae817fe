"""Rows of lists and of results of a search: a name, and one line that says when, where, of what kind and whose."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.text import group_thousands
from graph.model.days import bounds_in_words, years_in_words
from graph.model.labels import Label, best_label, interface_language
from graph.query.entries import Entry
from graph.query.lookup import lookup_rows
from graph.query.names_index import Index
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import short_name
from graph.server.entity.kind_words import KIND_WORDS, kind_word
from graph.server.entity.records import Name, in_language

LOOKUPS = Path(__file__).parent / "lookups"
# The names of the kinds of entities as headings, and of one of each.
KIND_HEADINGS = {
    "person": Label("Personer", "People"),
    "organisation": Label("Organisasjoner", "Bodies"),
    "event": Label("Møter", "Meetings"),
    "series": Label("Møterekker", "Series of meetings"),
    "area": Label("Steder", "Places"),
    "topic": Label("Temaer", "Topics"),
    "post": Label("Verv", "Offices"),
    "source": Label("Kilder", "Sources"),
    "question": Label("Spørsmål", "Questions"),
    "group": Label("Grupper uten navn", "Groups without names"),
    "work": Label("Brev og planer", "Letters and plans"),
    "concept": Label("Begreper", "Concepts"),
}
# What one is called, where its line does not say so.
KIND_NAMES = {
    "person": Label("person", "person"),
    "organisation": Label("organisasjon", "body"),
    "event": Label("møte", "meeting"),
    "series": Label("møterekke", "series of meetings"),
    "topic": Label("tema", "topic"),
    "post": Label("verv", "office"),
    "source": Label("kilde", "source"),
    "question": Label("spørsmål", "question"),
    "group": Label("gruppe", "group"),
}
_MEETINGS = (Label("{} møte", "{} meeting"), Label("{} møter", "{} meetings"))
_UNKNOWN_TIME = Label("tid ikke oppgitt", "time not stated")
_NUMBER = Label("nr. {}", "no. {}")
_IN = Label("{} i {}", "{} in {}")
_PUBLISHED = Label("publisert {}", "published {}")
# An office or two say who somebody is; more are on the page of the person.
_MAX_OFFICES = 2
_MAX_DESCRIPTION = 160
Details = Mapping[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Row:
    """An entity in a list; ``notes`` stand on the line below its name, each in the language of its own."""

    iri: str
    kind: str
    name: Name
    notes: tuple[Name, ...]
    meetings: int


def rows_of(entries: Sequence[Entry], index: Index, runs: Sequence[QueryFn], lang: str) -> list[Row]:
    """Return the rows of entities in the order given; ``runs`` ask the graphs in which they stand."""
    details: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        for thing, what, value in lookup_rows((NamedNode(entry.iri) for entry in entries), LOOKUPS / "rows.rq", run):
            if value is not None and value not in details[text_of(thing)][text_of(what)]:
                details[text_of(thing)][text_of(what)].append(value)
    return [_row(entry, details[entry.iri], index, lang) for entry in entries]


def row_name(entry: Entry, lang: str) -> Name:
    """Return the name of an entity for a reader of a language."""
    text, tag = entry.label(lang)
    return Name(text, tag, entry.iri)


def meetings_in_words(count: int, lang: str) -> str:
    """Return a number of meetings in words."""
    return in_language(_MEETINGS[count != 1], lang).format(group_thousands(count, interface_language(lang)))


def value_name(value: Term | str, index: Index, lang: str) -> Name:
    """Return the name of a value: of an entity its label, else the text itself."""
    text = value if isinstance(value, str) else value.value
    entry = index.by_iri.get(text)
    if entry:
        return row_name(entry, lang)
    if isinstance(value, NamedNode):
        word = kind_word(short_name(value))
        return Name(in_language(word, lang) if word else short_name(value))
    return Name(text, (value.language or "") if isinstance(value, Literal) else "")


def _row(entry: Entry, details: Details, index: Index, lang: str) -> Row:
    def names(what: str) -> list[Name]:
        values = (*details.get(what, ()), *map(NamedNode, entry.facets.get(what, ()) if what == "office" else ()))
        return sorted((value_name(value, index, lang) for value in values), key=lambda name: name.text)

    notes = _NOTES.get(entry.kind, _no_notes)(entry, details, names, lang)
    if entry.meetings:
        years = sorted(filter(None, entry.years))
        period = (
            f", {in_language(years_in_words(years[0], years[-1]), lang)}" if years and entry.kind != "series" else ""
        )
        notes = [*notes, Name(f"{meetings_in_words(entry.meetings, lang)}{period}")]
    return Row(entry.iri, entry.kind, row_name(entry, lang), tuple(note for note in notes if note.text), entry.meetings)


Names = Callable[[str], list[Name]]


def _no_notes(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return []


def _of_event(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    when = in_language(bounds_in_words(_text(details, "earliest"), _text(details, "latest")), lang)
    return [Name(when or in_language(_UNKNOWN_TIME, lang)), *names("place")[:1], *names("status")[:1]]


def _of_person(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    # Whom one source alone names, and no registry, is told from others of that name by the source.
    return [*names("office")[:_MAX_OFFICES], *names("source")[:1]]


def _of_body(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return [*names("type")[:1], *names("place")[:1], _period(details, lang), *names("source")[:1]]


def _of_area(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    level = in_language(KIND_WORDS["fylke" if "/fylke/" in entry.iri else "kommune"], lang)
    county = names("county")
    described = in_language(_IN, lang).format(level, county[0].text) if county else level
    number = in_language(_NUMBER, lang).format(_text(details, "number")) if "number" in details else ""
    return [Name(described), Name(number), _period(details, lang)]


def _of_post(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return names("body")[:1]


def _of_source(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    when = in_language(bounds_in_words(_text(details, "earliest"), _text(details, "latest")), lang)
    return [*names("body")[:1], Name(in_language(_PUBLISHED, lang).format(when) if when else "")]


def _of_group(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return names("meeting")[:1]


def _of_work(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return [_kind_note(entry, lang)]


def _of_concept(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return [_kind_note(entry, lang), *_description(details, lang)]


def _described(entry: Entry, details: Details, names: Names, lang: str) -> list[Name]:
    return _description(details, lang)


_NOTES = {
    "person": _of_person,
    "organisation": _of_body,
    "event": _of_event,
    "series": _of_event,
    "area": _of_area,
    "topic": _described,
    "post": _of_post,
    "source": _of_source,
    "question": _described,
    "group": _of_group,
    "work": _of_work,
    "concept": _of_concept,
}


def _text(details: Details, what: str) -> str:
    return min(map(text_of, details.get(what, ())), default="")


def _kind_note(entry: Entry, lang: str) -> Name:
    word = kind_word(short_name(NamedNode(entry.iri)))
    return Name(in_language(word, lang) if word else "")


def _period(details: Details, lang: str) -> Name:
    """Return the years of the existence of a body or an area, where it is known to begin or to end."""
    words = years_in_words(_text(details, "from"), _text(details, "until"))
    return Name(in_language(words, lang))


def _description(details: Details, lang: str) -> list[Name]:
    by_language = {(each.language or "").lower(): each for each in _literals(details.get("description", ()))}
    if not by_language:
        return []
    chosen = best_label(by_language, lang)
    text = chosen.value
    if len(text) > _MAX_DESCRIPTION:
        text = f"{text[:_MAX_DESCRIPTION].rpartition(' ')[0]} …"
    return [Name(text, chosen.language or "")]


def _literals(terms: Iterable[Term]) -> Iterable[Literal]:
    return (term for term in terms if isinstance(term, Literal))
