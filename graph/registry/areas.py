"""Read the tables of municipalities, counties and police districts, with the areas of today.

registry/README.md describes the columns.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from graph.common.findings import map_all
from graph.common.strict_files import Row
from graph.model.edtf import Bounds
from graph.model.labels import Label
from graph.registry.records import AREAS_KNOWN_FROM, Area, Change, Organisation, Position, Sourced
from graph.registry.values import read_table, tagged_name

# The columns of each table, and what kind of value each has.
MUNICIPALITIES = {
    "area": "municipality",
    "number": "municipality number",
    "name": "words",
    "also": "names?",
    "valid_from": "day?",
    "valid_through": "day?",
    "county": "county",
    "body": "id?",
    "wikidata": "wikidata?",
    "wikidata_source": "words?",
    "lon": "longitude?",
    "lat": "latitude?",
    "position": "words?",
    "source": "words",
}
COUNTIES = {
    "area": "county",
    "number": "county number",
    "name": "words",
    "also": "names?",
    "valid_from": "day?",
    "valid_through": "day?",
    "wikidata": "wikidata?",
    "wikidata_source": "words?",
    "source": "words",
}
CURRENT_AREAS = {"area_2014": "area", "area_2024": "area", "extent": "extent"}
DISTRICTS = {
    "id": "id",
    "code": "district code?",
    "name": "words",
    "seat": "words?",
    "valid_from": "day?",
    "valid_through": "day?",
    "coverage": "text?",
    "source": "words",
    "note": "text?",
}
DISTRICTS_OF = {"municipality": "municipality", "district": "id", "certainty": "certainty", "source": "words"}
# Cells that stand in a row together or not at all.
_TOGETHER = (("wikidata", "wikidata_source"), ("lon", "lat", "position"))


def read_counties(folder: Path) -> dict[str, Area]:
    """Return the counties of the table by compact name."""
    rows = read_table(folder, "counties.csv", COUNTIES, _area_problems)
    return _each_once(rows, lambda row: _area(row, "fylke", county=None, body=None))


def read_municipalities(folder: Path, counties: dict[str, Area]) -> dict[str, Area]:
    """Return the municipalities of the table by compact name. Raise FindingsError for what does not fit its county."""

    def municipality(row: Row) -> Area:
        county = counties[existing(row, f"fylke:{row['county']}", counties)]
        area = _area(row, "kommune", county.id, row["body"])
        if not area.number.startswith(county.number):
            raise row.error(f"{area.number} is a municipality of county {area.number[:2]}, not of {county.number}")
        if not county.exists.covers(area.exists):
            raise row.error(f"its county {row['county']} is there {days_of(county)}, and it itself {days_of(area)}")
        return area

    return _each_once(read_table(folder, "municipalities.csv", MUNICIPALITIES, _area_problems), municipality)


def read_positions(folder: Path) -> dict[str, Position]:
    """Return the point of each municipality that has one, by compact name. Raise FindingsError where one is wrong."""
    rows = read_table(folder, "municipalities.csv", MUNICIPALITIES, _area_problems)
    return {
        f"kommune:{row['area']}": Position(float(row["lon"]), float(row["lat"]), row["position"])
        for row in rows
        if row["position"]
    }


def _area_problems(row: Row) -> Iterator[str]:
    if row["area"].partition(".")[0] != row["number"]:
        yield f"the area {row['area']!r} has the number {row['number']!r}; its id begins with its number"
    yield from _validity_problems(row)
    for columns in _TOGETHER:
        empty = [column for column in columns if not row.get(column, "")]
        if empty and len(empty) < len(columns):
            yield f"{' and '.join(empty)} is empty; {', '.join(columns)} stand together"


def _validity_problems(row: Row) -> Iterator[str]:
    if row["valid_from"] and row["valid_through"] and row["valid_through"] < row["valid_from"]:
        yield f"valid_through {row['valid_through']} is before valid_from {row['valid_from']}"


def _each_once(rows: Sequence[Row], make: Callable[[Row], Area]) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for row, area in zip(rows, map_all(rows, make), strict=True):
        if area.id in areas:
            raise row.error(f"the area {row['area']!r} stands there twice")
        areas[area.id] = area
    return areas


def existing(row: Row, id: str, ids: Container[str]) -> str:
    """Return an id that exists. Raise FindingsError if it does not."""
    if id not in ids:
        raise row.error(f"it refers to {id}, which is not there")
    return id


def _area(row: Row, kind: str, county: str | None, body: str | None) -> Area:
    names = [tagged_name(each) for each in row["also"].split("|")] if row["also"] else []
    return Area(
        id=f"{kind}:{row['area']}",
        number=row["number"],
        name=row["name"],
        also=tuple(name for name, _ in names),
        also_in=tuple(language or "nb" for _, language in names),
        valid_from=_day(row, "valid_from"),
        valid_through=_day(row, "valid_through"),
        county=county,
        body=f"organisation:{body}" if body else None,
        wikidata=Sourced(row["wikidata"], row["wikidata_source"]) if row["wikidata"] else None,
        source=row["source"],
    )


def refuse_wrong_extents(rows: Sequence[Row], columns: tuple[str, ...]) -> None:
    """Raise FindingsError unless what went whole went to one area, and what went in parts to several."""
    lines = Counter(tuple(row[column] for column in columns) for row in rows)
    seen = Counter(tuple(row.values()) for row in rows)

    def check(row: Row) -> None:
        several = lines[tuple(row[column] for column in columns)] > 1
        if seen[tuple(row.values())] > 1:
            raise row.error("this row stands there twice")
        if several == (row["extent"] == "whole"):
            where = "there are several rows of it, so each is a part" if several else "there is no other row of it"
            raise row.error(f"{row[columns[-1]]} is here {row['extent']}, but {where}")

    map_all(rows, check)


def read_current_areas(folder: Path, areas: dict[str, Area]) -> dict[str, tuple[str, ...]]:
    """Return the areas of 2024 that hold the territory of each area of 2014."""
    current: dict[str, list[str]] = defaultdict(list)
    rows = read_table(folder, "current_areas.csv", CURRENT_AREAS)

    def pair(row: Row) -> tuple[str, str]:
        then, now = (existing(row, row[side].replace("/", ":"), areas) for side in ("area_2014", "area_2024"))
        if not areas[then].exists.covers(Bounds(AREAS_KNOWN_FROM, AREAS_KNOWN_FROM)):
            raise row.error(f"{then} was not there on {AREAS_KNOWN_FROM}: it is there {days_of(areas[then])}")
        if areas[now].valid_through:
            raise row.error(f"{now} is no area of today: it is there {days_of(areas[now])}")
        return then, now

    for then, now in map_all(rows, pair):
        current[then].append(now)
    refuse_wrong_extents(rows, ("area_2014",))
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
    lines: dict[str, int] = {}
    for row in read_table(folder, "police_districts.csv", DISTRICTS, _validity_problems):
        if row["id"] in lines:
            raise row.error(
                f"the id {row['id']!r} is taken: {row.file}:{lines[row['id']]} has it too; one id is one body"
            )
        lines[row["id"]] = row.line
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


def read_area_districts(
    folder: Path, areas: dict[str, Area], districts: dict[str, Organisation]
) -> dict[str, dict[str, str]]:
    """Return the police districts of each municipality, each with its certainty (certain, possible)."""
    districts_of: dict[str, dict[str, str]] = defaultdict(dict)

    def entry(row: Row) -> None:
        area = areas[existing(row, f"kommune:{row['municipality']}", areas)]
        district = districts[existing(row, f"organisation:{row['district']}", districts)]
        if not area.exists.overlaps(district.exists):
            raise row.error(f"{area.id} is there {days_of(area)}, and {district.id} at another time")
        if district.id in districts_of[area.id]:
            raise row.error(f"{district.id} of {area.id} stands there twice")
        districts_of[area.id][district.id] = row["certainty"]

    map_all(read_table(folder, "municipality_police_districts.csv", DISTRICTS_OF), entry)
    return dict(districts_of)


def _day(row: Row, column: str) -> date | None:
    return date.fromisoformat(row[column]) if row[column] else None


def days_of(area: Area) -> str:
    """Return the days on which an area was there, in words."""
    return f"from {area.valid_from or '…'} to {area.valid_through or '…'}"
