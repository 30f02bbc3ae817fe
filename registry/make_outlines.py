"""Kartverket's municipal outlines of 2019 -> ``outlines_2019.json``: few points, whole 100 metres, borders shared.

    pip install pyproj shapely topojson
    python registry/make_outlines.py municipalities_2019.geojson

The file given has a feature a municipality with ``kommunenummer``, in longitude and latitude. Its outlines were thinned
one by one, so that neighbours overlap, or leave gaps, by up to six square kilometres; here each sliver goes to one.
No part of the build needs this script or its libraries.
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import numpy
import shapely
import topojson
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

# Euref89, UTM zone 33: the projection in which Norway is shown as a whole. Metres.
PROJECTED = Transformer.from_crs(4326, 25833, always_xy=True)
# A corner goes where the triangle it makes is smaller than about the square of this many metres; islands of fewer
# square metres go too, but for the largest part of each municipality.
TOLERANCE = 1400
SMALLEST = 4_000_000
GRID = 100
HERE = Path(__file__).parent


def main(source: Path) -> None:
    """Write ``outlines_2019.json``, a TopoJSON topology, of a GeoJSON file of municipalities."""
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    names = [f"kommune/{feature['properties']['kommunenummer']}" for feature in features]
    shapes = [project(shapely.geometry.shape(feature["geometry"])) for feature in features]
    thin = [without_islets(shape) for shape in shapely.coverage_simplify(close_gaps(shapes), TOLERANCE)]
    shared = topojson.Topology(
        {name: shapely.orient_polygons(shape) for name, shape in zip(names, thin, strict=True)},
        prequantize=False,
        shared_coords=True,
    ).to_dict()
    lines = [[[round(x / GRID), round(y / GRID)] for x, y in arc] for arc in shared["arcs"]]
    outlines = {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [0, 0]},
        "objects": {
            "municipalities": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": part["type"], "id": part["id"], "arcs": part["arcs"]}
                    for part in shared["objects"]["data"]["geometries"]
                ],
            }
        },
        "arcs": [steps(line) for line in lines],
    }
    (HERE / "outlines_2019.json").write_text(json.dumps(outlines, separators=(",", ":")) + "\n", encoding="utf-8")


def project(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape of longitudes and latitudes in metres, on the grid."""
    moved = shapely.transform(shape, lambda places: numpy.column_stack(PROJECTED.transform(*places.T)))
    return shapely.set_precision(moved, GRID)


def close_gaps(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the shapes without overlaps and gaps: a sliver goes to the shape with the longest common border."""
    faces = list(
        shapely.get_parts(shapely.polygonize([shapely.union_all([shape.boundary for shape in shapes], grid_size=GRID)]))
    )
    tree = shapely.STRtree(shapes)
    claims = [{int(index) for index in tree.query(face.representative_point(), "within")} for face in faces]
    owners = {number: min(claim) for number, claim in enumerate(claims) if len(claim) == 1}
    beside: dict[frozenset[tuple[float, float]], list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for edge in edges(face):
            beside[edge].append(number)
    left = sorted(set(range(len(faces))) - set(owners), key=lambda number: faces[number].area)
    while left:
        for number in left:
            along: dict[int, float] = defaultdict(float)
            for edge in edges(faces[number]):
                for other in beside[edge]:
                    if other in owners and owners[other] in (claims[number] or {owners[other]}):
                        along[owners[other]] += math.dist(*edge)
            if along:
                owners[number] = max(along, key=lambda owner: (along[owner], -owner))
        rest = [number for number in left if number not in owners]
        assert len(rest) < len(left), "slivers that touch nobody"
        left = rest
    pieces = defaultdict(list)
    for number, owner in owners.items():
        pieces[owner].append(faces[number])
    return [shapely.union_all(pieces[number]) for number in range(len(shapes))]


def edges(face: BaseGeometry) -> set[frozenset[tuple[float, float]]]:
    """Return the edges of a polygon, each as a pair of points without direction."""
    rings = [face.exterior, *face.interiors]
    return {frozenset(pair) for ring in rings for pair in zip(ring.coords, ring.coords[1:], strict=False)}


def without_islets(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape without its small parts, but with its largest."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon([part for part in parts if part is parts[0] or part.area >= SMALLEST])


def steps(line: list[list[int]]) -> list[list[int]]:
    """Return a line as TopoJSON has it: the first point, then steps between points; equal neighbours are left out."""
    arc, last = [line[0]], line[0]
    for point in line[1:]:
        if point != last:
            arc.append([point[0] - last[0], point[1] - last[1]])
            last = point
    return arc if len(arc) > 1 else [*arc, [0, 0]]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
