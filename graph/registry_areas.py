"""Registry areas: the tables of municipalities, counties and police districts -> records, with what became of each.

What the columns mean stands in registry/README.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.dates import Bounds
from graph.reading import read_csv
from graph.records import Label
from graph.registry_records import Area, Change, Organisation, Sourced

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


def municipalities(folder: Path) -> Iterator[Area]:
    for row in read_csv(folder / "municipalities.csv", "registry/municipalities.csv", MUNICIPALITIES):
        yield _area(row, "kommune", also=row["also"], county=f"fylke:{row['county']}", body=row["body"])


def counties(folder: Path) -> Iterator[Area]:
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


def area_changes(folder: Path) -> Iterator[Change]:
    for row in read_csv(folder / "area_changes.csv", "registry/area_changes.csv", AREA_CHANGES):
        before, after = row["before"].replace("/", ":"), row["after"].replace("/", ":")
        yield Change(date.fromisoformat(row["date"]), before, after, row["extent"] == "whole", row["source"])


def body_changes(areas: dict[str, Area], changes: tuple[Change, ...]) -> Iterator[Change]:
    """A municipality whose area became another's is another body from then on, unless it was only renumbered."""
    for change in changes:
        before, after = areas[change.before].body, areas[change.after].body
        if before and after and before != after:
            yield Change(change.day, before, after, change.whole, change.source)


def district_changes(folder: Path) -> Iterator[Change]:
    for row in read_csv(
        folder / "police_district_changes.csv", "registry/police_district_changes.csv", DISTRICT_CHANGES
    ):
        before, after = f"organisation:{row['before']}", f"organisation:{row['after']}"
        yield Change(date.fromisoformat(row["date"]), before, after, True, row["source"])


def current_areas(folder: Path) -> dict[str, tuple[str, ...]]:
    current: dict[str, list[str]] = defaultdict(list)
    for row in read_csv(folder / "current_areas.csv", "registry/current_areas.csv", CURRENT_AREAS):
        current[f"kommune:{row['area_2014']}"].append(f"kommune:{row['area_2024']}")
    return {area: tuple(now) for area, now in current.items()}


def districts(folder: Path) -> Iterator[Organisation]:
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


def districts_of(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    file = "municipality_police_districts.csv"
    for row in read_csv(folder / file, f"registry/{file}", DISTRICTS_OF):
        found[f"kommune:{row['municipality']}"][f"organisation:{row['district']}"] = row["certainty"]
    return dict(found)


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
