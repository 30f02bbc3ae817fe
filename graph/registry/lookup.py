"""Look-ups in the registry as of a day: a person or body, a municipality, a post, and whether somebody held it.

A look-up without a result, or with more than one, raises ``LookupError`` with a sentence for the curator.
"""

import re
from collections.abc import Iterable

from graph.common.findings import did_you_mean, similar_words, suggestion
from graph.model.edtf import ANY_DAY, Bounds
from graph.model.iris import local_name
from graph.registry.records import AREAS_KNOWN_FROM, Area, Holding, Registry, name_key

# Words for a municipality as a body: Norwegian, Northern, Lule and Southern Sámi, Kven.
_BODY_WORDS = (
    *("kommune", "kommunen", "herad", "heradet", "suohkan", "gielda", "suohkana", "suohkanis", "gieldda"),
    *("tjïelte", "tjielte", "kommuuni", "komuuni", "kommuni"),
)
_MUNICIPAL = ("kommune:", "organisation:")


def find_agent(registry: Registry, name: str, when: Bounds = ANY_DAY, own: Iterable[str] = ()) -> str:
    """Return the person or body of this id or name that existed at some time within these bounds.

    ``own`` are further names that the error may suggest, such as those that a page gives itself.
    """
    by_id = [id for id in (f"person:{name}", f"organisation:{name}") if _is_agent(registry, id)]
    candidates = by_id or [id for id in _by_any_name(registry, name) if _is_agent(registry, id)]
    if not candidates:
        hint = _body_hint(registry, name) or did_you_mean(name, [*_agent_names(registry), *own])
        raise LookupError(f"{name!r} is no person or body of the registry.{hint}")
    at_the_time = [id for id in candidates if _existed(registry, id, when)]
    if not at_the_time:
        raise LookupError(f"{name!r} did not exist at the time: {_existences(registry, candidates)}")
    # Of several with one name, those are meant that had it at the time.
    so_called = [id for id in at_the_time if registry.may_be_called(id, name, when)]
    return _only(so_called or at_the_time, name)


def find_post(registry: Registry, name: str) -> str:
    """Return the post of this id or name."""
    candidates = [f"post:{name}"] if f"post:{name}" in registry.posts else []
    candidates = candidates or [id for id in registry.by_name.get(name_key(name), ()) if id in registry.posts]
    if not candidates:
        names = [id.removeprefix("post:") for id in registry.posts]
        raise LookupError(f"{name!r} is no post of the registry.{did_you_mean(name, names)}")
    return _only(candidates, name)


def find_municipality(registry: Registry, name: str, county: str | None, when: Bounds) -> str:
    """Return the municipality of this name, number or area id (``1103.2020``) that existed within these bounds.

    If there were several, one after the other or at once, the error lists them; the number of one then tells which.
    """
    areas = registry.areas
    by_name = [id for id in _by_any_name(registry, name) if id.startswith("kommune:")]
    candidates = by_name or [id for id, area in areas.items() if area.county and name in (area.number, local_name(id))]
    if not candidates:
        raise LookupError(f"there is no municipality {name!r}.{_municipality_hint(registry, name)}")
    if county:
        candidates = _in_county(registry, candidates, name, county)
    # Before the first list of municipalities, it is unknown what a name meant; a number always means its area.
    day = when.earliest if by_name else when.latest
    if day and day < AREAS_KNOWN_FROM:
        message = f"which municipality {name!r} was on {day} is not known"
        raise LookupError(f"{message}: the registry begins on {AREAS_KNOWN_FROM}")
    existing = [id for id in candidates if areas[id].exists.overlaps(when)]
    if not existing:
        raise LookupError(_not_at_the_time(registry, candidates, name, when))
    # The number of one area can be the beginning of the id of another: an exact id goes first.
    return next((id for id in existing if local_name(id) == name), None) or _only_area(registry, existing, name)


def _by_any_name(registry: Registry, name: str) -> tuple[str, ...]:
    """Return what a name means; the parts of a double name in any order, with dashes or strokes between them."""
    found = registry.by_name.get(name_key(name), ())
    parts = [part for part in re.split(r"\s*[-/]\s*", name_key(name)) if part]
    if found or len(parts) < 2:
        return found
    # "kommune" after the last part is of the whole.
    word = next((f" {each}" for each in _BODY_WORDS if parts[-1].endswith(f" {each}")), "")
    meant = [registry.by_name.get(part.removesuffix(word) + word, ()) for part in parts]
    return tuple(id for id in meant[0] if id.startswith(_MUNICIPAL) and all(id in each for each in meant))


def _body_hint(registry: Registry, name: str) -> str:
    """Return which municipality was probably meant by a name with a Sámi, Kven or Nynorsk word for one."""
    bare = _without_body_word(name)
    if bare == name.strip():
        return ""
    areas = {spelling: area for area in registry.areas.values() if area.body for spelling in (area.name, *area.also)}
    exact = [area for spelling, area in areas.items() if name_key(spelling) == name_key(bare)]
    near = exact or [areas[spelling] for spelling in similar_words(bare, areas)]
    bodies = dict.fromkeys(area.body for area in near if area.body in registry.organisations)
    return suggestion([registry.organisations[body].name.nb for body in bodies if body])


def _without_body_word(name: str) -> str:
    words = "|".join(_BODY_WORDS)
    return re.sub(rf"\s+({words})$", "", name.strip(), flags=re.IGNORECASE)


def _municipality_hint(registry: Registry, name: str) -> str:
    """Return what was probably meant; where a body is named, its municipality."""
    bare = _without_body_word(name)
    if bare != name and any(id.startswith("kommune:") for id in registry.by_name.get(name_key(bare), ())):
        return f" Did you mean {bare}? A municipality as a place is written without {name.strip()[len(bare) :].strip()}"
    if name.isdecimal():
        return _number_hint(registry, name)
    names = {each for id, area in registry.areas.items() if area.county for each in registry.spellings[id]}
    return did_you_mean(name, names)


def _number_hint(registry: Registry, number: str) -> str:
    """Return what was probably meant by a number that no municipality has or had."""
    county = registry.areas.get(f"fylke:{number}")
    if county:
        return f" {number} is the county {county.name}; a municipality has four figures"
    numbers = dict.fromkeys(area.number for area in registry.areas.values() if area.county)
    lost = number.zfill(4)
    if len(number) < len(lost) and lost in numbers:
        return f" Its leading zero is lost: write {lost}"
    hint = did_you_mean(number, numbers)
    return f"{hint} Numbers of municipalities stand in registry/municipalities.csv"


def _in_county(registry: Registry, ids: list[str], name: str, county: str) -> list[str]:
    """Return those of these municipalities that lie in a county of that name or number."""
    fitting = [id for id in ids if name_key(county) in _county_keys(registry, id)]
    if not fitting:
        counties = dict.fromkeys(f"{_county(registry, id).name} ({_county(registry, id).number})" for id in ids)
        hint = did_you_mean(county, (_county(registry, id).name for id in ids))
        raise LookupError(f"there is no {name!r} in county {county!r}; there is one in {', '.join(counties)}.{hint}")
    return fitting


def _not_at_the_time(registry: Registry, ids: list[str], name: str, when: Bounds) -> str:
    """Return why none of these areas is meant, and which areas their municipalities had at the time."""
    areas = registry.areas
    bodies = dict.fromkeys(areas[id].body for id in ids)
    then = [
        f"{areas[id].number} {areas[id].name}"
        for body in bodies
        for id in (registry.organisations[body].areas if body in registry.organisations else ())
        if id not in ids and areas[id].exists.overlaps(when)
    ]
    listed = "; ".join(f"{id} {_span(areas[id].exists)}" for id in ids)
    period = f"between {when.earliest or '…'} and {when.latest or '…'}"
    if then:
        return f"{name!r} is an area of another time ({listed}); {period} that municipality was {' or '.join(then)}"
    return f"municipality {name!r} did not exist {period}: {listed}"


def _only_area(registry: Registry, ids: list[str], name: str) -> str:
    if len(ids) > 1:
        options = "; ".join(f"{local_name(id)} {_span(registry.areas[id].exists)}" for id in sorted(ids))
        counties = sorted({_county(registry, id).name for id in ids})
        mend = f"write the number of one, or add county: {' or '.join(counties)}" if len(counties) > 1 else ""
        raise LookupError(
            f"{name!r} can mean {len(ids)} municipalities: {options}; {mend or 'write the number of one'}"
        )
    return ids[0]


def _county(registry: Registry, area: str) -> Area:
    return registry.areas[registry.areas[area].county or area]


def _county_keys(registry: Registry, area: str) -> set[str]:
    county = _county(registry, area)
    return {county.number, local_name(county.id), *map(name_key, registry.spellings[county.id])}


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


def _only(ids: list[str], name: str) -> str:
    if len(ids) > 1:
        raise LookupError(f"{name!r} can mean {' or '.join(sorted(ids))}; write the id")
    return ids[0]


def _agent_names(registry: Registry) -> Iterable[str]:
    for id in (*registry.people, *registry.organisations):
        yield id.partition(":")[2]
        yield registry.spellings[id][0]
