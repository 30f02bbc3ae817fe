"""Registry files: everything in ``registry/`` -> one ``Registry``, in which every id that is referred to is there."""

from collections.abc import Container
from pathlib import Path

from graph import registry_actors as actors
from graph import registry_areas as tables
from graph.names import local
from graph.registry_records import Registry


def read_registry(folder: Path, kinds: Container[str] | None = None) -> Registry:
    """The registry written in a folder; a Findings error where a file does not fit or names what is not there.

    ``kinds`` are the kinds of bodies that there are; without them, any may stand there.
    """
    counties = tables.counties(folder)
    areas = tables.municipalities(folder, counties) | counties
    changes = tuple(tables.area_changes(folder, areas))
    districts = {body.id: body for body in tables.districts(folder)}
    bodies = {body.id: body for body in actors.municipality_bodies(folder, areas)} | districts
    current = tables.current_areas(folder, areas)
    body_changes = dict.fromkeys([*tables.body_changes(areas, changes), *tables.district_changes(folder, districts)])
    current_bodies = tables.current_bodies(bodies, areas, current, body_changes)

    known: actors.Known = {"area": [area.replace(":", "/") for area in areas]} | ({"kind": kinds} if kinds else {})
    body_entries = actors.entries(folder, "organisations.yaml", known)
    bodies |= {body.id: body for body in actors.organisations(body_entries)}
    known |= {"organisation": [local(id) for id in bodies]}
    person_entries = actors.entries(folder, "people.yaml", known)
    post_entries = actors.entries(folder, "posts.yaml", known | {"person": person_entries})
    return Registry(
        people={person.id: person for person in actors.people(person_entries)},
        organisations=bodies,
        posts={post.id: post for post in actors.posts(post_entries)},
        areas=areas,
        area_changes=changes,
        body_changes=tuple(body_changes),
        current_areas=current,
        current_bodies=current_bodies,
        districts_of=tables.districts_of(folder, areas, districts),
    )
