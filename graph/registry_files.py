"""Registry files: everything in ``registry/`` -> one ``Registry``, in which every id that is referred to is there."""

from collections.abc import Container
from pathlib import Path

from graph import registry_actors, registry_areas
from graph.findings import Finding, Findings
from graph.registry_records import Registry


def read_registry(folder: Path) -> Registry:
    """The registry written in a folder; a Findings error where a file does not fit or names what is not there."""
    areas = {area.id: area for area in [*registry_areas.municipalities(folder), *registry_areas.counties(folder)]}
    changes = tuple(registry_areas.area_changes(folder))
    districts = {body.id: body for body in registry_areas.districts(folder)}
    bodies = {body.id: body for body in registry_actors.municipality_bodies(folder, areas)}
    others = {body.id: body for body in registry_actors.organisations(folder)}
    registry = Registry(
        people={person.id: person for person in registry_actors.people(folder)},
        organisations=bodies | districts | others,
        posts={post.id: post for post in registry_actors.posts(folder)},
        areas=areas,
        area_changes=changes,
        body_changes=tuple(
            dict.fromkeys([*registry_areas.body_changes(areas, changes), *registry_areas.district_changes(folder)])
        ),
        current_areas=registry_areas.current_areas(folder),
        districts_of=registry_areas.districts_of(folder),
    )
    _refuse_unknown(registry)
    return registry


def _refuse_unknown(registry: Registry) -> None:
    """Every id that the registry refers to is in it."""
    referred: list[tuple[str, str, Container[str]]] = [
        *((f"{post.id}", post.organisation, registry.organisations) for post in registry.posts.values()),
        *((post.id, holding.person, registry.people) for post in registry.posts.values() for holding in post.holders),
        *((change.before, change.after, registry.areas) for change in registry.area_changes),
        *((change.after, change.before, registry.areas) for change in registry.area_changes),
        *((change.before, change.after, registry.organisations) for change in registry.body_changes),
        *((area.id, area.county, registry.areas) for area in registry.areas.values() if area.county),
        *((area, district, registry.organisations) for area, of in registry.districts_of.items() for district in of),
        *((body.id, body.part_of, registry.organisations) for body in registry.organisations.values() if body.part_of),
        *((who.id, who.party.value, registry.organisations) for who in registry.people.values() if who.party),
    ]
    unknown = sorted({(who, whom) for who, whom, known in referred if whom not in known})
    if unknown:
        raise Findings(Finding("registry", 0, f"{who} refers to {whom}, which is not there") for who, whom in unknown)
