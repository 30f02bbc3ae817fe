"""Read the outlines of the municipalities of 2019, and find which of them show an area of another year.

Source of ``registry/outlines_2019.json``: Kartverket, CC BY 4.0; how it was made stands in ``registry/README.md``.
Coordinates are in units of 100 metres, Euref89, UTM zone 33: x to the east, y to the north.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph import HOME
from graph.common.findings import Finding, FindingsError
from graph.common.text_files import read_text
from graph.explorer.data.records import Outlines, Substitute
from graph.registry.areas import read_counties, read_municipalities
from graph.registry.changes import read_area_changes
from graph.registry.records import Area, Change, Registry

YEAR = 2019


def map_outlines(
    places: Iterable[str], registry: Path = HOME / "registry", records: Registry | None = None
) -> Outlines:
    """Return the outlines of a registry, and for each of ``places`` without an outline those that show it.

    ``arcs`` are lines: a point, then steps. ``municipalities`` has of each outline its polygons, of these the rings,
    of these the arcs, as TopoJSON counts them. ``counties`` are names by the two digits with which the numbers of their
    municipalities begin. ``substitutes`` says of a place without outline ``by`` which others it
    is drawn, what these are called, and whether it ``became`` them by 2019 or came ``of`` them after. ``records`` is
    the registry where it has been read. Raise FindingsError where the file is not there, or holds no outlines.
    """
    topology = _topology(registry / f"outlines_{YEAR}.json")
    outlines = {
        shape["id"].replace("/", ":"): shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for shape in topology["objects"]["municipalities"]["geometries"]
    }
    areas, changes = (records.areas, records.area_changes) if records else _areas(registry)
    after, before = defaultdict(list), defaultdict(list)
    for change in changes:
        after[change.before].append(change.after)
        before[change.after].append(change.before)
    substitutes: dict[str, Substitute] = {}
    for place in sorted(set(places) - set(outlines)):
        for how, steps in (("became", after), ("of", before)):
            result = sorted(_reached(place, steps, outlines))
            if result:
                substitutes[place] = {"by": result, "how": how, "names": [areas[name].name for name in result]}
                break
    numbers = sorted({name.partition(":")[2][:2] for name in outlines})
    counties = {number: areas[f"fylke:{number}"].name for number in numbers if f"fylke:{number}" in areas}
    return {
        "year": YEAR,
        "arcs": topology["arcs"],
        "counties": counties,
        "municipalities": outlines,
        "substitutes": substitutes,
    }


def _areas(registry: Path) -> tuple[Mapping[str, Area], Sequence[Change]]:
    counties = read_counties(registry)
    areas = counties | read_municipalities(registry, counties)
    return areas, read_area_changes(registry, areas)


def _topology(file: Path) -> dict[str, Any]:
    name = f"registry/{file.name}"
    try:
        topology: dict[str, Any] = json.loads(read_text(file, name))
        topology["objects"]["municipalities"]["geometries"], topology["arcs"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise FindingsError([Finding(name, 0, "holds no outlines as registry/make_outlines.py makes them")]) from error
    return topology


def _reached(place: str, steps: Mapping[str, list[str]], outlines: Mapping[str, Any]) -> set[str]:
    """Return the outlines that a place leads to, step by step; no step goes on from an outline."""
    if place in outlines:
        return {place}
    return {result for step in steps.get(place, ()) for result in _reached(step, steps, outlines)}
