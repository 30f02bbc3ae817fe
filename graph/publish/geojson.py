"""Write areas and events as GeoJSON (RFC 7946), for maps: points in degrees, WGS 84, longitude before latitude.

The point of an area is its centroid as the registry has it. An event has the point of its municipality, never that of a
venue, and says so. What has no point is left out and counted.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from graph.publish.formats import Export, count_left_out
from graph.publish.graph_index import GraphIndex
from graph.publish.meetings import Event, read_events
from graph.rdf.terms import short_name
from graph.registry.records import Position

# Whose the points are; see registry/README.md.
ATTRIBUTION = "Kartverket, CC BY 4.0"
Json = dict[str, Any]


def to_geojson(rows: Iterable[str], positions: Mapping[str, Position], lang: str) -> Export:
    """Return the areas and events of N-Quads lines that have a point, areas first, as a FeatureCollection.

    ``positions`` has the points of areas by compact name.
    """
    index = GraphIndex(rows, lang)
    areas, events = index.instances("cv:AdminUnit"), [event for event in read_events(index) if not event.is_series]
    points = {area: positions[short_name(area)] for area in areas if short_name(area) in positions}
    features = [_area(index, area, point) for area, point in points.items()]
    features += [_event(index, event, points[event.places[0]]) for event in events if _has_point(event, points)]
    document = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}
    data = json.dumps(document, ensure_ascii=False, indent=1)
    left_out = count_left_out(
        (
            (len(areas) - len(points), "area", "left out: without a point in the registry"),
            (sum(not event.places for event in events), "event", "left out: without a known municipality"),
            (
                sum(bool(event.places) and not _has_point(event, points) for event in events),
                "event",
                "left out: in an area without a point, or in several",
            ),
        )
    )
    return Export(f"{data}\n".encode(), left_out)


def _has_point(event: Event, points: Mapping[NamedNode, Position]) -> bool:
    return len(event.places) == 1 and event.places[0] in points


def _area(index: GraphIndex, area: NamedNode, point: Position) -> Json:
    parents = index.entities(area, "schema:containedInPlace")
    return _feature(
        area,
        point,
        {
            "feature": "area",
            "name": index.label(area),
            "number": index.one(area, "dct:identifier"),
            "county": index.label(parents[0]) if len(parents) == 1 else None,
            "valid_from": index.one(area, "mg:validFrom"),
            "valid_through": index.one(area, "mg:validThrough"),
            "position": point.basis,
        },
    )


def _event(index: GraphIndex, event: Event, point: Position) -> Json:
    venues = index.texts(event.iri, "mg:venueAsWritten")
    return _feature(
        event.iri,
        point,
        {
            "feature": "event",
            "name": event.label,
            "kind": "; ".join(event.kinds) or None,
            "status": event.status or None,
            "earliest": event.earliest,
            "latest": event.latest,
            "area": index.label(event.places[0]),
            "area_iri": event.places[0].value,
            "venue": "; ".join(venues) or None,
            "position": f"{point.basis} of the municipality, not the venue",
        },
    )


def _feature(entity: NamedNode, point: Position, properties: Json) -> Json:
    return {
        "type": "Feature",
        "id": entity.value,
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": properties,
    }
