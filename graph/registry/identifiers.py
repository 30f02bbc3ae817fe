"""Identifiers by which others know the people, bodies and areas of the registry."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.registry.records import Area, Organisation, Person, Registry

# The schemes of identifiers: a value of one names one person, body or area.
ORGANISATION_NUMBER, WIKIDATA = "no-orgnr", "wikidata"


def identifiers_of(registry: Registry) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return the identifiers of each person, body and area that has some: compact name to (scheme, value).

    What proves or forbids that two are one has to be sure. So numbers on which sources differ are left out, and so is a
    Wikidata item that several areas share.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, scheme, value in _given(registry):
        found[id].add((scheme, value))
        owners[_kind(id), value].add(id)
    sure = {
        id: frozenset(each for each in identifiers if len(owners[_kind(id), each[1]]) == 1)
        for id, identifiers in found.items()
    }
    return {id: identifiers for id, identifiers in sure.items() if identifiers}


def _given(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """Yield whose identifier it is, its scheme and its value."""
    for body in registry.organisations.values():
        if body.number:
            yield body.id, ORGANISATION_NUMBER, body.number.value
    everybody: list[Person | Organisation | Area] = [*registry.people.values(), *registry.organisations.values()]
    for each in (*everybody, *registry.areas.values()):
        if each.wikidata:
            yield each.id, WIKIDATA, each.wikidata.value


def _kind(id: str) -> str:
    """Return whether it is an area or somebody who acts: a municipality as a body may have the item of its area."""
    return "area" if id.startswith(("kommune:", "fylke:")) else "agent"
