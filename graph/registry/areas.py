"""Read the tables of municipalities, counties and police districts, with their successors.

registry/README.md describes the columns.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date
from pathlib import Path

from graph.common.strict_files import Row, read_csv
from graph.model.edtf import Bounds
from graph.model.labels import Label
from graph.registry.records import Area, Change, Organisation, Sourced

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


def read_counties(folder: Path) -> dict[str, Area]:
    """Return the counties of the table by compact name."""
    rows = read_csv(folder / "counties.csv", "registry/counties.csv", COUNTIES)
    return _each_once((row, _area(row, "fylke", also="", county=None, body=None)) for row in rows)


def read_municipalities(folder: Path, counties: dict[str, Area]) -> dict[str, Area]:
    """Return the municipalities of the table by compact name. Raise FindingsError for a county that does not exist."""
    rows = read_csv(folder / "municipalities.csv", "registry/municipalities.csv", MUNICIPALITIES)
    return _each_once(
        (row, _area(row, "kommune", row["also"], _existing(row, f"fylke:{row['county']}", counties), row["body"]))
        for row in rows
    )


def _each_once(rows: Iterable[tuple[Row, Area]]) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for row, area in rows:
        if area.id in areas:
            raise row.error(f"the area {row['area']!r} stands there twice")
        areas[area.id] = area
    return areas


def _existing(row: Row, id: str, ids: Container[str]) -> str:
    """Return an id that exists. Raise FindingsError if it does not."""
    if id not in ids:
        raise row.error(f"it refers to {id}, which is not there")
    return id


def _area(row: Row, kind: str, also: str, county: str | None, body: str | None) -> Area:
    return Area(
        id=f"{kind}:{row['area']}",
        number=row["number"],
        name=row["name"],
        also=tuple(also.split("|")) if also else (),
        valid_from=_day(row, "valid_from"),
        valid_through=_day(row, "valid_through"),
        county=county,
        body=f"organisation:{body}" if body else None,
        wikidata=Sourced(row["wikidata"], row["wikidata_source"]) if row["wikidata"] else None,
        source=row["source"],
    )


def read_area_changes(folder: Path, areas: dict[str, Area]) -> Iterator[Change]:
    """Yield what became of areas, step by step."""
    for row in read_csv(folder / "area_changes.csv", "registry/area_changes.csv", AREA_CHANGES):
        before, after = (_existing(row, row[side].replace("/", ":"), areas) for side in ("before", "after"))
        yield Change(_change_day(row), before, after, row["extent"] == "whole", row["source"])


def derive_body_changes(areas: dict[str, Area], changes: tuple[Change, ...]) -> Iterator[Change]:
    """Yield what became of municipalities as bodies: another body, unless the area was only renumbered."""
    for change in changes:
        before, after = areas[change.before].body, areas[change.after].body
        if before and after and before != after:
            yield Change(change.day, before, after, change.whole, change.source)


def read_district_changes(folder: Path, districts: Container[str]) -> Iterator[Change]:
    """Yield what became of police districts."""
    for row in read_csv(
        folder / "police_district_changes.csv", "registry/police_district_changes.csv", DISTRICT_CHANGES
    ):
        before, after = (_existing(row, f"organisation:{row[side]}", districts) for side in ("before", "after"))
        yield Change(_change_day(row), before, after, True, row["source"])


def read_current_areas(folder: Path, areas: dict[str, Area]) -> dict[str, tuple[str, ...]]:
    """Return the areas of 2024 that hold the territory of each area of 2014."""
    current: dict[str, list[str]] = defaultdict(list)
    for row in read_csv(folder / "current_areas.csv", "registry/current_areas.csv", CURRENT_AREAS):
        then, now = (_existing(row, row[side].replace("/", ":"), areas) for side in ("area_2014", "area_2024"))
        current[then].append(now)
    # A county lies in every county of today that has one of its municipalities, or a part of one.
    for then, now_areas in list(current.items()):
        county = areas[then].county
        if county:
            counties = (areas[now].county for now in now_areas)
            current[county] += [each for each in counties if each and each not in current[county]]
    return {area: tuple(dict.fromkeys(now)) for area, now in current.items()}


def derive_current_bodies(
    bodies: dict[str, Organisation],
    areas: dict[str, Area],
    current: dict[str, tuple[str, ...]],
    changes: Iterable[Change],
) -> dict[str, tuple[str, ...]]:
    """Return, for each body, the municipalities and police districts of today that it is, or that hold its territory.

    Steps alone do not tell: if a merger was undone, they lead from each half to both. So the table of current areas
    decides. For a body without current areas one step decides, if all its results still exist; else nothing is known.
    """
    after: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        after[change.before].append(change.after)
    current_of: dict[str, tuple[str, ...]] = {}
    for body in bodies.values():
        now = [areas[area].body or "" for then in body.areas for area in current.get(then, ())]
        now = now or ([body.id] if body.exists.latest is None else after[body.id])
        if now and all(id in bodies and bodies[id].exists.latest is None for id in now):
            current_of[body.id] = tuple(dict.fromkeys(now))
    return current_of


def read_districts(folder: Path) -> Iterator[Organisation]:
    """Yield the police districts as bodies."""
    for row in read_csv(folder / "police_districts.csv", "registry/police_districts.csv", DISTRICTS):
        yield Organisation(
            id=f"organisation:{row['id']}",
            name=Label(row["name"]),
            kind="police-district",
            public=True,
            exists=Bounds(_day(row, "valid_from"), _day(row, "valid_through")),
            part_of="organisation:politi-og-lensmannsetaten",
            source=row["source"],
            note=row["note"] or None,
        )


def read_area_districts(folder: Path, areas: dict[str, Area], districts: Container[str]) -> dict[str, dict[str, str]]:
    """Return the police districts of each municipality, each with its certainty (certain, possible)."""
    districts_of: dict[str, dict[str, str]] = defaultdict(dict)
    file = "municipality_police_districts.csv"
    for row in read_csv(folder / file, f"registry/{file}", DISTRICTS_OF):
        area, district = f"kommune:{row['municipality']}", f"organisation:{row['district']}"
        districts_of[_existing(row, area, areas)][_existing(row, district, districts)] = row["certainty"]
    return dict(districts_of)


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as error:
        raise row.error(f"{row[column]!r} is no day of the calendar") from error


def _change_day(row: Row) -> date:
    day = _day(row, "date")
    if day is None:
        raise row.error("a change has a date")
    return day
