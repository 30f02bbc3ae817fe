"""Read everything in ``registry/`` into one ``Registry``, in which every id that is referred to exists."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import read_csv, read_yaml
from graph.common.text_files import read_text
from graph.model.iris import local_name
from graph.registry import actors, entries
from graph.registry import areas as tables
from graph.registry.changes import derive_body_changes, read_area_changes, read_district_changes
from graph.registry.records import Area, Organisation, Registry


def read_registry(folder: Path, kinds: Container[str] | None = None) -> Registry:
    """Return the registry of a folder. Raise FindingsError for a file that does not fit, or an id that does not exist.

    ``kinds`` are the permitted kinds of bodies; without them any kind is permitted.
    """
    counties = tables.read_counties(folder)
    areas = tables.read_municipalities(folder, counties) | counties
    changes = tuple(read_area_changes(folder, areas))
    district_rows = list(tables.read_districts(folder))
    districts = {body.id: body for body in district_rows}
    municipalities = {body.id: body for body in actors.read_municipality_bodies(folder, areas)}
    bodies = municipalities | districts
    current = tables.read_current_areas(folder, areas)
    body_changes = dict.fromkeys([*derive_body_changes(areas, changes), *read_district_changes(folder, districts)])
    current_bodies = tables.derive_current_bodies(bodies, areas, current, body_changes)

    valid: entries.ValidIds = {"area": [area.replace(":", "/") for area in areas]} | ({"kind": kinds} if kinds else {})
    # A body may be part of a municipality or a police district, which have tables of their own.
    others = {"organisation": [local_name(id) for id in bodies]}
    body_entries = entries.read_organisations(folder, valid | others)
    bodies |= {body.id: body for body in actors.parse_organisations(body_entries)}
    valid |= {"organisation": [local_name(id) for id in bodies]}
    person_entries = entries.read_people(folder, valid)
    district_ids = [body.id for body in district_rows]
    _refuse_shared_ids(folder, [*map(local_name, (*municipalities, *district_ids)), *body_entries, *person_entries])
    _refuse_shared_external_ids(folder)
    _refuse_areas_of_another_time(folder, bodies, areas, body_entries)
    post_entries = entries.read_posts(folder, valid | {"person": person_entries})
    _refuse_titles_as_names(folder, person_entries, post_entries)
    return Registry(
        people={person.id: person for person in actors.parse_people(person_entries)},
        organisations=bodies,
        posts={post.id: post for post in actors.parse_posts(post_entries)},
        areas=areas,
        area_changes=changes,
        body_changes=tuple(body_changes),
        current_areas=current,
        current_bodies=current_bodies,
        districts_of=tables.read_area_districts(folder, areas, districts),
    )


def _refuse_areas_of_another_time(
    folder: Path, bodies: Mapping[str, Organisation], areas: Mapping[str, Area], written: Iterable[str]
) -> None:
    """Raise FindingsError if the area of a body was not there while the body was: its number is of another time."""
    wrong = [
        (id, area)
        for id in written
        for area in bodies[f"organisation:{id}"].areas
        if not areas[area].exists.overlaps(bodies[f"organisation:{id}"].exists)
    ]
    if wrong:
        name = "registry/organisations.yaml"
        document = read_yaml(read_text(folder / "organisations.yaml", name), name)
        raise FindingsError(
            document.finding(
                (id, "area"), f"{area} is there {tables.days_of(areas[area])}, and the body at another time"
            )
            for id, area in wrong
        )


def _refuse_titles_as_names(
    folder: Path, people: Mapping[str, entries.PersonEntry], posts: Mapping[str, entries.PostEntry]
) -> None:
    """Raise FindingsError if a person is also called as an office is: every holder on every page would be that person.

    The first word of an office's label is its title, and a name has a capital.
    """
    labels = [label for post in posts.values() for label in (post["label"]["nb"], *post.get("also", ()))]
    titles = {name.casefold() for label in labels for name in (label, label.split()[0])}
    name = "registry/people.yaml"
    wrong = [
        (id, alias)
        for id, person in people.items()
        for alias in (person["name"], *person.get("also", ()))
        if alias.casefold() in titles or not any(letter.isupper() for letter in alias)
    ]
    if wrong:
        document = read_yaml(read_text(folder / "people.yaml", name), name)
        message = "is the title of an office, or no name: it would be this person on every page; give the office in"
        raise FindingsError(document.finding((id, "also"), f"{alias!r} {message} posts.yaml") for id, alias in wrong)


def _refuse_shared_ids(folder: Path, ids: Iterable[str]) -> None:
    """Raise FindingsError if two of those who can take part have the same id, of whatever kind they are.

    A participation is named for its event and the id of its agent: theirs would be one.
    """
    shared = {id for id, times in Counter(ids).items() if times > 1}
    first: dict[str, Finding] = {}
    findings = []
    for id, file, line in _locations(folder, shared) if shared else ():
        if id in first:
            message = (
                f"the id {id!r} is taken: {first[id].file}:{first[id].line} has it too; one id is one person or body"
            )
            findings.append(Finding(file, line, message))
        first.setdefault(id, Finding(file, line, id))
    if findings:
        raise FindingsError(findings)


def _refuse_shared_external_ids(folder: Path) -> None:
    """Raise FindingsError if two people or bodies have one Wikidata item, or two bodies one organisation number.

    Each would be said to be the same as the other. Areas share items: town and municipality are one in Wikidata.
    """
    first: dict[str, tuple[str, Finding]] = {}
    findings = []
    for file in ("people.yaml", "organisations.yaml", "municipality_bodies.yaml"):
        name = f"registry/{file}"
        document = read_yaml(read_text(folder / file, name), name)
        for owner, path, value in entries.external_ids(document.data):
            finding = document.finding(path, value)
            other, taken = first.setdefault(value, (owner, finding))
            if other != owner:
                taken_by = f"{other} ({taken.file}:{taken.line})"
                message = f"{value} is that of {taken_by}; an id of another register is that of one person or body"
                findings.append(finding._replace(message=message))
    if findings:
        raise FindingsError(findings)


def _locations(folder: Path, ids: Container[str]) -> Iterator[tuple[str, str, int]]:
    """Yield id, file and line of these people and bodies. A municipality stands where its first area stands."""
    bodies: set[str] = set()
    for row in read_csv(folder / "municipalities.csv", "registry/municipalities.csv", tuple(tables.MUNICIPALITIES)):
        if row["body"] in ids and row["body"] not in bodies:
            bodies.add(row["body"])
            yield row["body"], row.file, row.line
    for row in read_csv(folder / "police_districts.csv", "registry/police_districts.csv", tuple(tables.DISTRICTS)):
        if row["id"] in ids:
            yield row["id"], row.file, row.line
    for file in ("organisations.yaml", "people.yaml"):
        name = f"registry/{file}"
        document = read_yaml(read_text(folder / file, name), name)
        yield from ((id, name, document.line((id,))) for id in document.data if id in ids)
