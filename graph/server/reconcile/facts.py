"""What the graph has of entities by the properties of the service, and whether what a table has agrees with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from graph.common.names import fold_name
from graph.model.countries import COUNTRIES, country_label
from graph.model.edtf import Bounds, bounds
from graph.query.lookup import lookup_rows
from graph.query.names_index import Index
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import short_name
from graph.server.reconcile.identifiers import LOOKUPS
from graph.server.reconcile.vocabulary import PROPERTIES

Facts = Mapping[str, Sequence[Term]]
_NORWAY = "NO"


def facts_of(iris: Iterable[str], runs: Sequence[QueryFn]) -> dict[str, dict[str, list[Term]]]:
    """Return what graphs have of entities, by IRI and property; ``runs`` ask the graphs in which they stand."""
    nodes = [NamedNode(iri) for iri in iris]
    facts: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        for thing, name, value in lookup_rows(nodes, LOOKUPS / "facts.rq", run):
            values = facts[text_of(thing)][text_of(name)]
            if value is not None and value not in values:
                values.append(value)
    return facts


def agrees(property: str, texts: Sequence[str], facts: Facts, index: Index, base: str) -> bool | None:
    """Return whether one of the values of a row agrees with what the graph has of an entity.

    Return None where nothing can be said: the graph has no value, or a source does not list all there are, or what the
    row has cannot be read.
    """
    if property == "day":
        return _day_agrees(texts, facts)
    if property == "country":
        return _country_agrees(texts, facts)
    values = facts.get(property, ())
    wanted = {folded for text in texts if (folded := fold_name(text))}
    if not values or not wanted:
        return None
    if any(wanted & _names(value, index, base) for value in values):
        return True
    return False if PROPERTIES[property].role == "narrowing" else None


def _names(value: Term, index: Index, base: str) -> set[str]:
    """Return by what a value can be named: by each of its ids and, where it is an entity, by all of its names."""
    text = text_of(value)
    names = {text, text.removeprefix(base), text.rpartition("/")[2]}
    if isinstance(value, NamedNode):
        names.add(short_name(value))
    entry = index.by_iri.get(text)
    if entry:
        names |= {*entry.all_names, *entry.ids}
    return {*map(fold_name, names)}


def day_bounds(text: str) -> Bounds | None:
    """Return the bounds of a day, a month or a year as tables have them; None for what is none."""
    # With a time, or as spreadsheets write a day.
    day = text.strip().partition("T")[0].partition(" ")[0]
    try:
        return bounds(day) if day else None
    except ValueError:
        return None


def known_bounds(facts: Facts, start: str = "earliest", end: str = "latest") -> Bounds | None:
    """Return between which days an event was, or somebody was there; None where the graph does not know any."""
    first, last = (day_bounds(text) if text else None for text in (_first(facts, start), _first(facts, end)))
    if first is None and last is None:
        return None
    return Bounds(first.earliest if first else None, last.latest if last else None)


def _day_agrees(texts: Sequence[str], facts: Facts) -> bool | None:
    known = known_bounds(facts) or known_bounds(facts, "from", "until")
    given = [span for text in texts if (span := day_bounds(text))]
    if known is None or not given:
        return None
    return any(span.overlaps(known) for span in given)


def _country_agrees(texts: Sequence[str], facts: Facts) -> bool | None:
    """Return whether the country agrees; an event or an area in an area of Norway is there."""
    codes = {text_of(value) for value in facts.get("country", ())}
    if not codes and any("/area/no/" in text_of(value) for value in facts.get("place", ())):
        codes = {_NORWAY}
    given = {code for text in texts if (code := country_code(text))}
    return bool(codes & given) if codes and given else None


def country_code(text: str) -> str:
    """Return the code of a country by its code or its name in Norwegian or English; an empty text for no country."""
    if text.strip().upper() in COUNTRIES:
        return text.strip().upper()
    folded = fold_name(text)
    labels = ((code, country_label(code)) for code in COUNTRIES)
    return next((code for code, label in labels if label and folded in map(fold_name, (label.nb, label.en or ""))), "")


def _first(facts: Facts, name: str) -> str:
    return min(map(text_of, facts.get(name, ())), default="")
