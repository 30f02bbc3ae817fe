"""Registry files: everything in ``registry/`` -> one ``Registry``, in which every id that is referred to is there."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import read_csv, read_text, read_yaml
from graph.model.iris import local_name
from graph.registry import actors
from graph.registry import areas as tables
from graph.registry.records import Registry


def read_registry(folder: Path, kinds: Container[str] | None = None) -> Registry:
    """The registry written in a folder; a FindingsError where a file does not fit or names what is not there.

    ``kinds`` are the kinds of bodies that there are; without them, any may stand there.
    """
    counties = tables.counties(folder)
    areas = tables.municipalities(folder, counties) | counties
    changes = tuple(tables.area_changes(folder, areas))
    district_rows = list(tables.districts(folder))
    districts = {body.id: body for body in district_rows}
    municipalities = {body.id: body for body in actors.municipality_bodies(folder, areas)}
    bodies = municipalities | districts
    current = tables.current_areas(folder, areas)
    body_changes = dict.fromkeys([*tables.body_changes(areas, changes), *tables.district_changes(folder, districts)])
    current_bodies = tables.current_bodies(bodies, areas, current, body_changes)

    known: actors.Known = {"area": [area.replace(":", "/") for area in areas]} | ({"kind": kinds} if kinds else {})
    body_entries = actors.entries(folder, "organisations.yaml", known)
    bodies |= {body.id: body for body in actors.organisations(body_entries)}
    known |= {"organisation": [local_name(id) for id in bodies]}
    person_entries = actors.entries(folder, "people.yaml", known)
    district_ids = [body.id for body in district_rows]
    _refuse_shared_ids(folder, [*map(local_name, (*municipalities, *district_ids)), *body_entries, *person_entries])
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


def _refuse_shared_ids(folder: Path, ids: Iterable[str]) -> None:
    """No two of those who can take part have one id, of whatever kind they are.

    A participation is named for its event and the id of its agent: theirs would be one.
    """
    shared = {id for id, times in Counter(ids).items() if times > 1}
    first: dict[str, Finding] = {}
    findings = []
    for id, file, line in _places(folder, shared) if shared else ():
        if id in first:
            message = (
                f"the id {id!r} is taken: {first[id].file}:{first[id].line} has it too; one id is one person or body"
            )
            findings.append(Finding(file, line, message))
        first.setdefault(id, Finding(file, line, id))
    if findings:
        raise FindingsError(findings)


def _places(folder: Path, ids: Container[str]) -> Iterator[tuple[str, str, int]]:
    """Where these ids of people and bodies stand: file and line. A municipality's is where its first area stands."""
    bodies: set[str] = set()
    for row in read_csv(folder / "municipalities.csv", "registry/municipalities.csv", tables.MUNICIPALITIES):
        if row["body"] in ids and row["body"] not in bodies:
            bodies.add(row["body"])
            yield row["body"], row.file, row.line
    for row in read_csv(folder / "police_districts.csv", "registry/police_districts.csv", tables.DISTRICTS):
        if row["id"] in ids:
            yield row["id"], row.file, row.line
    for file in ("organisations.yaml", "people.yaml"):
        name = f"registry/{file}"
        document = read_yaml(read_text(folder / file, name), name)
        yield from ((id, name, document.line((id,))) for id in document.data if id in ids)
