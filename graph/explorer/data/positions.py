"""Positions of a whole graph: communities as circles, agents in them, events between their agents.

The circle of the largest community is in the middle, and the others are around it on rings, in the order of their size,
so that none lies on another. In a circle an agent is the nearer to the middle the more meetings it has. An event is at
the mean of its agents, a little aside, so that events of the same agents are not on one point. Who belongs to no
community is on the rim. Nothing is drawn by lot: the same graph has the same positions.
"""

from array import array
from collections.abc import Iterable, Sequence
from math import asin, cos, pi, sin, sqrt

_GOLDEN_ANGLE = pi * (3 - sqrt(5))
# Room for one agent in a circle, and between circles, in units of positions before these are scaled.
_ROOM, _GAP = 1.0, 1.5
# How far from the mean of its agents an event is at most.
_ASIDE = 0.8
# After so many events on one point the offsets begin again.
_OFFSETS = 64

Point = tuple[float, float]


def whole_positions(
    community_of: Sequence[int], meetings: Sequence[int], ties: Iterable[tuple[int, int]], is_event: Sequence[bool]
) -> tuple["array[float]", "array[float]"]:
    """Return x and y of all entities, -1 to 1. ``ties`` are two ends each; ``community_of`` is 0 for none."""
    members: list[list[int]] = [[] for _ in range(max(community_of, default=0) + 1)]
    for entity, community in enumerate(community_of):
        if community:
            members[community].append(entity)
    radii = [_ROOM * sqrt(len(each)) for each in members[1:]]
    centres, rim = place_circles(radii)
    x, y = [0.0] * len(community_of), [0.0] * len(community_of)
    placed = [False] * len(community_of)
    for each, (centre_x, centre_y) in zip(members[1:], centres, strict=True):
        for rank, entity in enumerate(sorted(each, key=lambda entity: (-meetings[entity], entity))):
            across, down = _sunflower(rank + 0.5)
            x[entity], y[entity], placed[entity] = centre_x + across, centre_y + down, True
    between = _means(x, y, placed, ties, is_event)
    offsets = [tuple(_ASIDE * part / sqrt(_OFFSETS) for part in _sunflower(n + 0.5)) for n in range(_OFFSETS)]
    # So many would fill the circle within the rim.
    outside = (rim / _ROOM) ** 2
    for entity, is_placed in enumerate(placed):
        if is_placed:
            continue
        if entity in between:
            across, down = offsets[entity % _OFFSETS]
            x[entity], y[entity] = between[entity][0] + across, between[entity][1] + down
        else:
            x[entity], y[entity] = _sunflower(outside)
            outside += 1
    most = max((sqrt(one * one + other * other) for one, other in zip(x, y, strict=True)), default=0.0) or 1.0
    return array("f", [each / most for each in x]), array("f", [each / most for each in y])


def place_circles(radii: Sequence[float]) -> tuple[list[Point], float]:
    """Return where circles stand, of which none is larger than the one before it, and the radius around them all."""
    centres: list[Point] = []
    rim = ring = 0.0
    angle = 2 * pi
    for place, radius in enumerate(radii):
        if place == 0:
            centres.append((0.0, 0.0))
            rim = radius + _GAP
            continue
        half = asin(min(1.0, (radius + _GAP / 2) / ring)) if ring else pi
        if angle + 2 * half > 2 * pi:
            # A new ring, as wide as its first circle, which is its largest.
            ring, angle = rim + radius, 0.0
            half = asin(min(1.0, (radius + _GAP / 2) / ring))
            rim = ring + radius + _GAP
        angle += half
        centres.append((ring * cos(angle), ring * sin(angle)))
        angle += half
    return centres, rim


def _means(
    x: Sequence[float],
    y: Sequence[float],
    placed: Sequence[bool],
    ties: Iterable[tuple[int, int]],
    is_event: Sequence[bool],
) -> dict[int, Point]:
    """Return the mean of the agents of each event, as far as these are placed."""
    sums: dict[int, tuple[float, float, int]] = {}
    for event, agent in ties:
        if is_event[event] and placed[agent]:
            across, down, count = sums.get(event, (0.0, 0.0, 0))
            sums[event] = across + x[agent], down + y[agent], count + 1
    return {event: (across / count, down / count) for event, (across, down, count) in sums.items()}


def _sunflower(rank: float) -> Point:
    """Return the place of a rank in a circle that is filled evenly from its middle."""
    radius, angle = _ROOM * sqrt(rank), rank * _GOLDEN_ANGLE
    return radius * cos(angle), radius * sin(angle)
