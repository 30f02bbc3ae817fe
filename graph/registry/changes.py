"""Read what became of municipalities, counties and police districts, and derive what became of municipal bodies.

One rule says which body an area has after a change, and a table that departs from it is refused:

    the number goes on          the body goes on, and takes the others in     Stavanger and Trondheim in 2020
    a whole gets a new number   the body goes on                              Tromsø in 2020 and 2024
    else                        the body is a new one                         Kristiansand in 2020, Ålesund in 2024

Police districts have had no numbers since 2016: of these, the name goes on, as that of Oslo did with Asker og Bærum.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from graph.common.findings import map_all
from graph.common.strict_files import Row
from graph.model.edtf import Bounds
from graph.model.iris import local_name
from graph.registry.areas import existing, refuse_wrong_extents
from graph.registry.records import Area, Change, Organisation
from graph.registry.values import read_table

AREA_CHANGES = {"date": "day", "before": "area", "after": "area", "extent": "extent", "source": "words"}
DISTRICT_CHANGES = {"date": "day", "before": "id", "after": "id", "source": "words"}
_DAY = timedelta(days=1)


def read_area_changes(folder: Path, areas: dict[str, Area]) -> list[Change]:
    """Return what became of areas, step by step. Raise FindingsError for days that contradict those of the areas."""
    rows = read_table(folder, "area_changes.csv", AREA_CHANGES)

    def change(row: Row) -> Change:
        before, after = (existing(row, row[side].replace("/", ":"), areas) for side in ("before", "after"))
        day = date.fromisoformat(row["date"])
        _refuse_contradiction(row, day, before, areas[before].exists, after, areas[after].exists)
        return Change(day, before, after, row["extent"] == "whole", row["source"])

    changes = map_all(rows, change)
    refuse_wrong_extents(rows, ("date", "before"))
    _refuse_other_bodies(rows, changes, areas)
    return changes


def _refuse_other_bodies(rows: list[Row], changes: list[Change], areas: dict[str, Area]) -> None:
    """Raise FindingsError where the body of a municipality after a change is not the one that the rule gives it."""
    steps_to = _by_result(changes)

    def check(each: tuple[Row, Change]) -> None:
        row, change = each
        before, after = areas[change.before], areas[change.after]
        goes_on = before.number == after.number or (change.whole and len(steps_to[change.day, change.after]) == 1)
        if before.body and after.body and (before.body == after.body) != goes_on:
            why = (
                "they are one body, since the number goes on, or one alone became the other"
                if goes_on
                else "they are two bodies, since the number does not go on, and several took part in the change"
            )
            bodies = f"{before.id} has {local_name(before.body)}, {after.id} has {local_name(after.body)}"
            raise row.error(f"{bodies} in registry/municipalities.csv; {why}")

    map_all(list(zip(rows, changes, strict=True)), check)


def _by_result(changes: Iterable[Change]) -> dict[tuple[date, str], list[Change]]:
    """Return the steps that make one area or body on one day, by day and result."""
    steps: dict[tuple[date, str], list[Change]] = defaultdict(list)
    for change in changes:
        steps[change.day, change.after].append(change)
    return steps


def _refuse_contradiction(row: Row, day: date, before: str, was: Bounds, after: str, becomes: Bounds) -> None:
    """Raise FindingsError unless one ends on the day before, and the other begins on that day.

    A county that was there already may get a part of another, and a police district another: they are one row as long
    as their number, or name, goes on.
    """
    if was.latest != day - _DAY:
        end = f"is there through {was.latest}" if was.latest else "is there still"
        raise row.error(f"{before} {end}, so that nothing comes of it on {day}")
    grows = not after.startswith("kommune:") and becomes.covers(Bounds(day - _DAY, day))
    if becomes.earliest != day and not grows:
        begin = f"is there from {becomes.earliest}" if becomes.earliest else "was there before"
        raise row.error(f"{after} {begin}, so that it does not come into being on {day}")


def derive_body_changes(areas: dict[str, Area], changes: tuple[Change, ...]) -> Iterator[Change]:
    """Return what became of municipalities as bodies; nothing where the area was only renumbered.

    A body that goes on, and takes others in, is among those from which it comes.
    """
    of_bodies = (
        Change(change.day, before, after, change.whole, change.source)
        for change in changes
        if (before := areas[change.before].body) and (after := areas[change.after].body)
    )
    return _of_bodies(of_bodies)


def _of_bodies(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the steps into each body that comes of others, its own step among them where it goes on."""
    for (_, body), steps in _by_result(changes).items():
        if any(step.before != body for step in steps):
            yield from steps


def read_district_changes(folder: Path, districts: dict[str, Organisation]) -> list[Change]:
    """Return what became of police districts as bodies; nothing where one alone goes on.

    Raise FindingsError for days that contradict those of the districts, and where two of one name follow each other.
    """

    def change(row: Row) -> Change:
        before, after = (existing(row, f"organisation:{row[side]}", districts) for side in ("before", "after"))
        day = date.fromisoformat(row["date"])
        if before == after:
            if not districts[before].exists.covers(Bounds(day - _DAY, day)):
                raise row.error(f"{before} goes on, and is not there on the day before {day} and on it")
        elif districts[before].name == districts[after].name:
            raise row.error(f"{before} and {after} have one name, so they are one body")
        else:
            _refuse_contradiction(row, day, before, districts[before].exists, after, districts[after].exists)
        return Change(day, before, after, True, row["source"])

    return list(_of_bodies(map_all(read_table(folder, "police_district_changes.csv", DISTRICT_CHANGES), change)))
