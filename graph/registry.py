"""Registry: look-ups as of a day: the person or body of a name, the municipality, its police district, who held a post.

A look-up that finds nothing, or more than one thing, raises ``LookupError`` with a sentence for the curator.
"""

from collections.abc import Iterable
from datetime import date

from graph.dates import ANY_DAY, Bounds
from graph.findings import did_you_mean
from graph.registry_records import AREAS_KNOWN_FROM, Area, Holding, Registry


def find_agent(registry: Registry, name: str, when: Bounds = ANY_DAY) -> str:
    """The person or body of that id or name which there was at some time within these bounds."""
    named = [id for id in (f"person:{name}", f"organisation:{name}") if _known(registry, id)]
    meant = named or [id for id in registry.by_name.get(name.casefold(), ()) if _known(registry, id)]
    if not meant:
        raise LookupError(f"{name!r} is no person or body of the registry.{did_you_mean(name, _agent_names(registry))}")
    at_the_time = [id for id in meant if _existed(registry, id, when)]
    if not at_the_time:
        raise LookupError(f"{name!r} did not exist at the time: {_existences(registry, meant)}")
    return _only(at_the_time, name)


def find_post(registry: Registry, name: str) -> str:
    """The post of that id or name."""
    meant = [f"post:{name}"] if f"post:{name}" in registry.posts else []
    meant = meant or [id for id in registry.by_name.get(name.casefold(), ()) if id in registry.posts]
    if not meant:
        known = [id.removeprefix("post:") for id in registry.posts]
        raise LookupError(f"{name!r} is no post of the registry.{did_you_mean(name, known)}")
    return _only(meant, name)


def find_municipality(registry: Registry, name: str, county: str | None, when: Bounds) -> str:
    """The municipality of that name or number which there was on every day within these bounds."""
    meant = [id for id in registry.by_name.get(name.casefold(), ()) if id.startswith("kommune:")]
    meant = meant or [area.id for area in registry.areas.values() if area.number == name and area.county]
    if county and meant:
        county_of = {id: registry.areas[registry.areas[id].county or id].name for id in meant}
        if county not in county_of.values():
            raise LookupError(f"there is no {name!r} in county {county!r}.{did_you_mean(county, county_of.values())}")
        meant = [id for id in meant if county_of[id] == county]
    if not meant:
        known = {area.name for area in registry.areas.values() if area.county}
        raise LookupError(f"there is no municipality {name!r}.{did_you_mean(name, known)}")
    first, last = when.earliest or AREAS_KNOWN_FROM, when.latest or when.earliest or date.today()
    if first < AREAS_KNOWN_FROM:
        message = f"which municipality {name!r} was on {first} is not known"
        raise LookupError(f"{message}: the registry begins on {AREAS_KNOWN_FROM}")
    there = [id for id in meant if registry.areas[id].exists_on(first) and registry.areas[id].exists_on(last)]
    if not there:
        spans = "; ".join(f"{id} {_span(registry.areas[id])}" for id in meant)
        raise LookupError(f"municipality {name!r} did not exist, or changed, between {first} and {last}: {spans}")
    if len(there) > 1:
        counties = " or ".join(sorted(registry.areas[registry.areas[id].county or id].name for id in there))
        raise LookupError(f"{name!r} means {len(there)} municipalities; add county: {counties}")
    return there[0]


def police_district(registry: Registry, area: str, day: date) -> tuple[str, str] | None:
    """The police district of a municipality on a day with its certainty (certain, possible), or None: not known."""
    for district, certainty in registry.districts_of.get(area, {}).items():
        if _within(day, registry.organisations[district].exists):
            return district, certainty
    return None


def holders(registry: Registry, post: str, when: Bounds) -> list[tuple[Holding, str]]:
    """Who held a post within these bounds: ``certain`` for the whole of them, ``possible`` for a part or perhaps."""
    found = [(holding, holding_of(holding, when)) for holding in registry.posts[post].holders]
    return [(holding, how) for holding, how in found if how != "no"]


def holding_of(holding: Holding, when: Bounds) -> str:
    """Whether a post was held within these bounds: certain (``when`` has both ends, and all of it), possible or no.

    The rules in ``ontology/rules`` that conclude who the holder of a post was go by the same measure.
    """
    sure = holding.certainly
    if sure and when.earliest and when.latest and sure.covers(when):
        return "certain"
    return "possible" if holding.possibly.overlaps(when) else "no"


def _known(registry: Registry, id: str) -> bool:
    return id in registry.people or id in registry.organisations


def _existed(registry: Registry, id: str, when: Bounds) -> bool:
    return id in registry.people or registry.organisations[id].exists.overlaps(when)


def _existences(registry: Registry, ids: Iterable[str]) -> str:
    spans = ((id, registry.organisations[id].exists) for id in ids)
    return "; ".join(f"{id} {span.earliest or '…'} to {span.latest or '…'}" for id, span in spans)


def _span(area: Area) -> str:
    return f"{area.valid_from or '…'} to {area.valid_through or '…'}"


def _within(day: date, span: Bounds) -> bool:
    return span.covers(Bounds(day, day))


def _only(ids: list[str], name: str) -> str:
    if len(ids) > 1:
        raise LookupError(f"{name!r} can mean {' or '.join(sorted(ids))}; write the id")
    return ids[0]


def _agent_names(registry: Registry) -> Iterable[str]:
    for id in (*registry.people, *registry.organisations):
        yield id.partition(":")[2]
        yield registry.spellings[id][0]
