"""Registry files: ``registry/*.csv`` and ``*.yaml`` -> one ``Registry``. Their columns: registry/README.md."""

from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.dates import ANY_DAY, Bounds, bounds
from graph.findings import Finding, Findings
from graph.names import slug
from graph.reading import read_csv, read_text, read_yaml
from graph.records import Label
from graph.registry_records import Area, Change, Conflict, Holding, Organisation, Person, Post, Registry, Sourced

MUNICIPALITIES = (
    *("area", "number", "name", "also", "valid_from", "valid_through", "county", "body"),
    *("wikidata", "wikidata_source", "lon", "lat", "position", "source"),
)
COUNTIES = ("area", "number", "name", "valid_from", "valid_through", "wikidata", "wikidata_source", "source")
AREA_CHANGES = ("date", "before", "after", "extent", "source")
CURRENT_AREAS = ("area_2014", "area_2024", "extent")
DISTRICTS = ("id", "code", "name", "seat", "valid_from", "valid_through", "coverage", "source", "note")
DISTRICT_CHANGES = ("date", "before", "after", "source")
DISTRICTS_OF = ("municipality", "district", "certainty", "source")


def read_registry(folder: Path) -> Registry:
    """The registry written in a folder; a Findings error where a file does not fit or names what is not there."""
    areas = {area.id: area for area in [*_municipalities(folder), *_counties(folder)]}
    changes = tuple(_area_changes(folder))
    districts = {body.id: body for body in _districts(folder)}
    bodies = {body.id: body for body in _municipality_bodies(folder, areas)}
    others = {body.id: body for body in _organisations(folder)}
    registry = Registry(
        people={person.id: person for person in _people(folder)},
        organisations=bodies | districts | others,
        posts={post.id: post for post in _posts(folder)},
        areas=areas,
        area_changes=changes,
        body_changes=tuple(dict.fromkeys([*_body_changes(areas, changes), *_district_changes(folder)])),
        current_areas=_current_areas(folder),
        districts_of=_districts_of(folder),
    )
    _refuse_unknown(registry)
    return registry


def _municipalities(folder: Path) -> Iterator[Area]:
    for row in read_csv(folder / "municipalities.csv", "registry/municipalities.csv", MUNICIPALITIES):
        yield _area(row, "kommune", also=row["also"], county=f"fylke:{row['county']}", body=row["body"])


def _counties(folder: Path) -> Iterator[Area]:
    for row in read_csv(folder / "counties.csv", "registry/counties.csv", COUNTIES):
        yield _area(row, "fylke", also="", county=None, body=None)


def _area(row: dict[str, str], kind: str, *, also: str, county: str | None, body: str | None) -> Area:
    return Area(
        id=f"{kind}:{row['area']}",
        number=row["number"],
        name=row["name"],
        also=tuple(also.split("|")) if also else (),
        valid_from=_day(row["valid_from"]),
        valid_through=_day(row["valid_through"]),
        county=county,
        body=f"organisation:{body}" if body else None,
        wikidata=Sourced(row["wikidata"], row["wikidata_source"]) if row["wikidata"] else None,
        source=row["source"],
    )


def _area_changes(folder: Path) -> Iterator[Change]:
    for row in read_csv(folder / "area_changes.csv", "registry/area_changes.csv", AREA_CHANGES):
        before, after = row["before"].replace("/", ":"), row["after"].replace("/", ":")
        yield Change(date.fromisoformat(row["date"]), before, after, row["extent"] == "whole", row["source"])


def _body_changes(areas: dict[str, Area], changes: tuple[Change, ...]) -> Iterator[Change]:
    """A municipality whose area became another's is another body from then on, unless it was only renumbered."""
    for change in changes:
        before, after = areas[change.before].body, areas[change.after].body
        if before and after and before != after:
            yield Change(change.day, before, after, change.whole, change.source)


def _district_changes(folder: Path) -> Iterator[Change]:
    for row in read_csv(
        folder / "police_district_changes.csv", "registry/police_district_changes.csv", DISTRICT_CHANGES
    ):
        before, after = f"organisation:{row['before']}", f"organisation:{row['after']}"
        yield Change(date.fromisoformat(row["date"]), before, after, True, row["source"])


def _current_areas(folder: Path) -> dict[str, tuple[str, ...]]:
    current: dict[str, list[str]] = defaultdict(list)
    for row in read_csv(folder / "current_areas.csv", "registry/current_areas.csv", CURRENT_AREAS):
        current[f"kommune:{row['area_2014']}"].append(f"kommune:{row['area_2024']}")
    return {area: tuple(now) for area, now in current.items()}


def _districts(folder: Path) -> Iterator[Organisation]:
    for row in read_csv(folder / "police_districts.csv", "registry/police_districts.csv", DISTRICTS):
        yield Organisation(
            id=f"organisation:{row['id']}",
            name=Label(row["name"]),
            kind="police-district",
            public=True,
            exists=Bounds(_day(row["valid_from"]), _day(row["valid_through"])),
            part_of="organisation:politi-og-lensmannsetaten",
            source=row["source"],
            note=row["note"] or None,
        )


def _districts_of(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    file = "municipality_police_districts.csv"
    for row in read_csv(folder / file, f"registry/{file}", DISTRICTS_OF):
        found[f"kommune:{row['municipality']}"][f"organisation:{row['district']}"] = row["certainty"]
    return dict(found)


def _municipality_bodies(folder: Path, areas: dict[str, Area]) -> Iterator[Organisation]:
    """Each municipality as an organisation; it goes on through a renumbering of its area."""
    numbers = _yaml(folder, "municipality_bodies.yaml")
    of_body: dict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        if area.body:
            of_body[area.body].append(area)
    for id, its_areas in of_body.items():
        its_areas.sort(key=lambda area: area.valid_from or date.min)
        number, conflicts = _identifier(numbers.get(id.partition(":")[2], {}).get("number"), "organisation number")
        yield Organisation(
            id=id,
            name=Label(f"{_half_named_in(id, its_areas[0])} kommune"),
            kind="municipality",
            public=True,
            also=tuple(f"{half} kommune" for half in its_areas[0].also),
            exists=Bounds(its_areas[0].valid_from, its_areas[-1].valid_through),
            number=number,
            areas=tuple(area.id for area in its_areas),
            conflicts=conflicts,
        )


def _half_named_in(body: str, area: Area) -> str:
    """The half of a double name that the body's id is made of: "Snåsa" of "Snåase - Snåsa"."""
    fitting = (half for half in area.also if body.startswith(f"organisation:{slug(half)}-kommune"))
    return area.name if " - " not in area.name else next(fitting, area.name)


def _organisations(folder: Path) -> Iterator[Organisation]:
    for key, entry in _yaml(folder, "organisations.yaml").items():
        number, conflicts = _identifier(entry.get("number"), "organisation number")
        former = (str(once["name"]) for once in entry.get("former", ()))
        yield Organisation(
            id=f"organisation:{key}",
            name=_label(entry["name"]),
            kind=entry["kind"],
            public=entry.get("public") == "true",
            also=(*entry.get("also", ()), *former),
            exists=Bounds(_first_day(entry.get("from")), _first_day(entry.get("through"))),
            number=number,
            wikidata=_sourced(entry.get("wikidata"), "id"),
            part_of=f"organisation:{entry['part_of']}" if "part_of" in entry else None,
            areas=(entry["area"].replace("/", ":"),) if "area" in entry else (),
            note=entry.get("note"),
            conflicts=(*conflicts, *_conflicts(entry)),
        )


def _people(folder: Path) -> Iterator[Person]:
    for key, entry in _yaml(folder, "people.yaml").items():
        party = _sourced(entry.get("party"), "organisation")
        yield Person(
            id=f"person:{key}",
            name=entry["name"],
            also=tuple(entry.get("also", ())),
            wikidata=_sourced(entry.get("wikidata"), "id"),
            party=Sourced(f"organisation:{party.value}", party.source) if party else None,
        )


def _posts(folder: Path) -> Iterator[Post]:
    for key, entry in _yaml(folder, "posts.yaml").items():
        yield Post(
            id=f"post:{key}",
            label=_label(entry["label"]),
            also=tuple(entry.get("also", ())),
            organisation=f"organisation:{entry['in']}",
            holders=tuple(_holding(holder) for holder in entry.get("holders", ())),
            conflicts=_conflicts(entry),
        )


def _holding(entry: dict[str, Any]) -> Holding:
    begins, ends = _reported(entry, "from"), _reported(entry, "to")
    said = [f"{side} {day.value} ({day.source})" for side, days in (("from", begins), ("to", ends)) for day in days]
    return Holding(
        person=f"person:{entry['person']}",
        begins=_hull([day.value for day in begins]),
        ends=_hull([day.value for day in ends]),
        reported=tuple(said),
        source=entry.get("source") or "; ".join(dict.fromkeys(day.source for day in (*begins, *ends))),
        note=entry.get("note"),
    )


def _reported(entry: dict[str, Any], side: str) -> list[Sourced]:
    """The dates that sources give for one end: one value of the entry's source, or several with their own."""
    value = entry.get(side)
    if value is None:
        return []
    if isinstance(value, str):
        return [Sourced(value, entry.get("source", ""))]
    return [Sourced(each["edtf"], each["source"]) for each in value]


def _hull(values: list[str]) -> Bounds:
    spans = [bounds(value) for value in values]
    if not spans:
        return ANY_DAY
    return Bounds(
        min(span.earliest for span in spans if span.earliest), max(span.latest for span in spans if span.latest)
    )


def _identifier(entry: Any, about: str) -> tuple[Sourced | None, tuple[Conflict, ...]]:
    """An id with its source, or the conflict where sources give several."""
    if isinstance(entry, list):
        return None, (Conflict(about, tuple(Sourced(each["id"], each["source"]) for each in entry)),)
    return _sourced(entry, "id"), ()


def _conflicts(entry: dict[str, Any]) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(each["about"], tuple(Sourced(said["value"], said["source"]) for said in each["reported"]))
        for each in entry.get("conflicts", ())
    )


def _sourced(entry: Any, key: str) -> Sourced | None:
    return Sourced(entry[key], entry["source"]) if entry else None


def _label(entry: dict[str, str]) -> Label:
    return Label(entry["nb"], entry.get("en"))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _first_day(value: str | None) -> date | None:
    return bounds(value).earliest if value else None


def _yaml(folder: Path, file: str) -> dict[str, Any]:
    name = f"registry/{file}"
    entries = read_yaml(read_text(folder / file, name), name).data
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise Findings([Finding(name, 0, "expected a mapping from id to entry")])
    return entries


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
