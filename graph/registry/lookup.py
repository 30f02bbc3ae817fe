"""Look-ups in the registry as of a day: a person or body, a municipality, its police district, holders of a post.

A look-up without a result, or with more than one, raises ``LookupError`` with a sentence for the curator.
"""

from collections.abc import Iterable
from datetime import date

from graph.common.findings import did_you_mean
from graph.model.edtf import ANY_DAY, Bounds
from graph.model.iris import local_name
from graph.registry.records import AREAS_KNOWN_FROM, Holding, Registry


def find_agent(registry: Registry, name: str, when: Bounds = ANY_DAY, own: Iterable[str] = ()) -> str:
    """Return the person or body of this id or name that existed at some time within these bounds.

    ``own`` are further names that the error may suggest, such as those that a page gives itself.
    """
    by_id = [id for id in (f"person:{name}", f"organisation:{name}") if _is_agent(registry, id)]
    candidates = by_id or [id for id in registry.by_name.get(name.casefold(), ()) if _is_agent(registry, id)]
    if not candidates:
        raise LookupError(
            f"{name!r} is no person or body of the registry.{did_you_mean(name, [*_agent_names(registry), *own])}"
        )
    at_the_time = [id for id in candidates if _existed(registry, id, when)]
    if not at_the_time:
        raise LookupError(f"{name!r} did not exist at the time: {_existences(registry, candidates)}")
    return _only(at_the_time, name)


def find_post(registry: Registry, name: str) -> str:
    """Return the post of this id or name."""
    candidates = [f"post:{name}"] if f"post:{name}" in registry.posts else []
    candidates = candidates or [id for id in registry.by_name.get(name.casefold(), ()) if id in registry.posts]
    if not candidates:
        names = [id.removeprefix("post:") for id in registry.posts]
        raise LookupError(f"{name!r} is no post of the registry.{did_you_mean(name, names)}")
    return _only(candidates, name)


def find_municipality(registry: Registry, name: str, county: str | None, when: Bounds) -> str:
    """Return the municipality of this name, number or area id (``1103.2020``) that existed within these bounds.

    If there were several, one after the other or at once, the error lists them; the number of one then tells which.
    """
    areas = registry.areas
    by_name = [id for id in registry.by_name.get(name.casefold(), ()) if id.startswith("kommune:")]
    candidates = by_name or [id for id, area in areas.items() if area.county and name in (area.number, local_name(id))]
    if county and candidates:
        counties = {id: _county(registry, id) for id in candidates}
        if county not in counties.values():
            raise LookupError(f"there is no {name!r} in county {county!r}.{did_you_mean(county, counties.values())}")
        candidates = [id for id in candidates if counties[id] == county]
    if not candidates:
        names = {area.name for area in areas.values() if area.county}
        raise LookupError(f"there is no municipality {name!r}.{did_you_mean(name, names)}")
    # Before the first list of municipalities, it is unknown what a name meant; a number always means its area.
    day = when.earliest if by_name else when.latest
    if day and day < AREAS_KNOWN_FROM:
        message = f"which municipality {name!r} was on {day} is not known"
        raise LookupError(f"{message}: the registry begins on {AREAS_KNOWN_FROM}")
    existing = [id for id in candidates if areas[id].exists.overlaps(when)]
    if not existing:
        message = f"municipality {name!r} did not exist between {when.earliest or '…'} and {when.latest or '…'}"
        raise LookupError(f"{message}: {'; '.join(f'{id} {_span(areas[id].exists)}' for id in candidates)}")
    # The number of one area can be the beginning of the id of another: an exact id goes first.
    return next((id for id in existing if local_name(id) == name), None) or _only_area(registry, existing, name)


def _only_area(registry: Registry, ids: list[str], name: str) -> str:
    if len(ids) > 1:
        options = "; ".join(f"{local_name(id)} {_span(registry.areas[id].exists)}" for id in sorted(ids))
        counties = sorted({_county(registry, id) for id in ids})
        mend = f"write the number of one, or add county: {' or '.join(counties)}" if len(counties) > 1 else ""
        raise LookupError(
            f"{name!r} can mean {len(ids)} municipalities: {options}; {mend or 'write the number of one'}"
        )
    return ids[0]


def _county(registry: Registry, area: str) -> str:
    return registry.areas[registry.areas[area].county or area].name


def find_police_district(registry: Registry, area: str, day: date) -> tuple[str, str] | None:
    """Return the police district of a municipality on a day and its certainty (certain, possible); None if unknown."""
    for district, certainty in registry.districts_of.get(area, {}).items():
        if _within(day, registry.organisations[district].exists):
            return district, certainty
    return None


def find_holders(registry: Registry, post: str, when: Bounds) -> list[tuple[Holding, str]]:
    """Return who held a post within these bounds: ``certain`` for all of them, ``possible`` for a part or perhaps."""
    certainties = [(holding, holding_certainty(holding, when)) for holding in registry.posts[post].holders]
    return [(holding, certainty) for holding, certainty in certainties if certainty != "no"]


def holding_certainty(holding: Holding, when: Bounds) -> str:
    """Return whether a post was held within these bounds: certain (all of them, and both have a day), possible or no.

    The rules in ``ontology/rules`` that conclude who held a post use the same measure.
    """
    sure = holding.certainly
    if sure and when.earliest and when.latest and sure.covers(when):
        return "certain"
    return "possible" if holding.possibly.overlaps(when) else "no"


def _is_agent(registry: Registry, id: str) -> bool:
    return id in registry.people or id in registry.organisations


def _existed(registry: Registry, id: str, when: Bounds) -> bool:
    return id in registry.people or registry.organisations[id].exists.overlaps(when)


def _existences(registry: Registry, ids: Iterable[str]) -> str:
    return "; ".join(f"{id} {_span(registry.organisations[id].exists)}" for id in ids)


def _span(span: Bounds) -> str:
    return f"{span.earliest or '…'} to {span.latest or '…'}"


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
