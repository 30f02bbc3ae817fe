"""What the graph states of an entity in the terms of schema.org, as JSON-LD for those who gather it from pages.

It repeats statements of the graph in ``schema:`` alone, so that it says nothing more, and nothing more exactly: a month
stays a month.
"""

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from graph.model.iris import PREFIXES
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri
from graph.server.entity.records import Name, Record, names_of, records_of

_SCHEMA = PREFIXES["schema"]
# Kinds of things that readers of schema.org look for, the more special ones first.
_TYPES = ("EventSeries", "Event", "Person", "Organization", "AdministrativeArea", "WebPage")
_LITERALS = ("startDate", "endDate", "previousStartDate", "datePublished")
_NODES = ("location", "organizer", "performer", "attendee", "superEvent", "containedInPlace")
_ADDRESSES = ("sameAs", "url", "eventStatus")
# Of each property; a page is no list of hundreds.
_MOST = 50


def structured_data(entity: NamedNode, run: QueryFn, lang: str, address: str = "") -> dict[str, object] | None:
    """Return JSON-LD about an entity, with names for ``lang``; None where it is of none of these kinds.

    ``address`` is the URL of its page, where that is known.
    """
    record = records_of([entity], run)[entity]
    kind = _kind(record)
    if kind is None:
        return None
    nodes = {name: record.nodes(f"schema:{name}")[:_MOST] for name in _NODES}
    topics = record.nodes("dct:subject")[:_MOST]
    related = {node for each in nodes.values() for node in each}
    records = records_of(related, run)
    names = names_of({entity, *related, *topics}, run, lang)
    data: dict[str, object] = {"@context": "https://schema.org", "@type": kind, "@id": entity.value}
    data["name"] = names[entity].text
    for name in _LITERALS:
        _add(data, name, [value.value for value in record.literals(f"schema:{name}")])
    for name, values in nodes.items():
        _add(data, name, [_node(value, records[value], names) for value in values])
    _add(data, "about", [{"@type": "Thing", "@id": each.value, "name": names[each].text} for each in topics])
    for name in _ADDRESSES:
        _add(data, name, list(_web_addresses(record.values(f"schema:{name}")))[:_MOST])
    if kind != "WebPage":
        _add(data, "mainEntityOfPage" if address else "", [address])
    return data


def _kind(record: Record) -> str | None:
    types = record.types()
    return next((name for name in _TYPES if NamedNode(f"{_SCHEMA}{name}") in types), None)


def _node(node: NamedNode, record: Record, names: dict[Term | None, Name]) -> dict[str, object]:
    """Return an entity as one that is mentioned; what has no type of these is a place, where it is an area."""
    kind = _kind(record) or ("AdministrativeArea" if iri("cv:AdminUnit") in record.types() else "Thing")
    return {"@type": kind, "@id": node.value, "name": names[node].text}


def _web_addresses(values: Iterable[Term]) -> Iterable[str]:
    for value in values:
        text = value.value if isinstance(value, NamedNode | Literal) else ""
        if text.startswith(("http://", "https://")):
            yield text


def _add(data: dict[str, object], name: str, values: Sequence[object]) -> None:
    """Add a property: its one value, or a list of several."""
    if name and values:
        data[name] = values[0] if len(values) == 1 else list(values)
