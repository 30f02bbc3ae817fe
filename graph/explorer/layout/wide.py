"""Lay out the drawing for wide screens: time runs from left to right, with people between two rows of events.

Events of the same bounds stand in one frame, which says its bounds; no frame stands under a month that it only may be
in. Events whose month is known stand below the people, others above. Bodies and groups stand outside the events.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.initial import Bounds, Frame, Layout, by_bounds, incidence, spread
from graph.explorer.layout.labels import BESIDE, line_count, longest_line

# In pixels: the whole width, the margin, the width and height of an event, the height of a line and of a heading.
WIDTH, MARGIN, CARD, ROW, LINE, HEADING = 760, 4, 88, 46, 15, 22
GAP = 8
# The most events side by side.
ACROSS = 8
MONTH_AT_MOST = timedelta(days=31)
Lane = list[Bounds]
Events = dict[Bounds, list[str]]


def wide_layout(entities: Sequence[Entity], ties: Sequence[Tie]) -> Layout:
    """Return the layout in which time runs from left to right."""
    events = by_bounds(entities)
    above = _lanes([bounds for bounds in events if _is_vague(bounds)], events)
    below = _lanes([bounds for bounds in events if not _is_vague(bounds)], events)
    layout = Layout((WIDTH, 0))
    rows = _rows(entities, ties, {event for lane in above for bounds in lane for event in events[bounds]})
    by_id = {entity["id"]: entity for entity in entities}
    y, row_at = 8, {}
    high = {name: max((line_count(entity) * LINE for entity in row), default=0) + 16 for name, row in rows.items()}
    if rows["above"]:
        row_at["above"] = y + high["above"] * _row_count(rows["above"])
        y = row_at["above"] + 44
    y = _place_events(layout, above, events, by_id, y)
    if rows["people"]:
        row_at["people"] = y + (90 if above else 30)
        y = row_at["people"] + 48 * (_row_count(rows["people"]) - 1) + 76
    y = _place_events(layout, below, events, by_id, y)
    if rows["below"]:
        row_at["below"] = y + 48
        y = row_at["below"] + high["below"] * _row_count(rows["below"])
    down = {"above": -high["above"], "people": 48, "below": high["below"]}
    events_of, _ = incidence(ties)
    for name, side in (("above", "above"), ("people", "right"), ("below", "below")):
        _place_in_row(layout, rows[name], events_of, row_at.get(name, 0), down[name], side)
    layout.size = (WIDTH, y + 4)
    return layout


def _is_vague(bounds: Bounds) -> bool:
    """Return whether an event is not known to the month."""
    return date.fromisoformat(bounds[1]) - date.fromisoformat(bounds[0]) > MONTH_AT_MOST


def _rows(entities: Iterable[Entity], ties: Iterable[Tie], above: set[str]) -> dict[str, list[Entity]]:
    """Return people in the middle, bodies and groups on the side on which most of their events are."""
    events_of, _ = incidence(ties)
    rows: dict[str, list[Entity]] = {"above": [], "people": [], "below": []}
    for entity in entities:
        if entity["kind"] == "person":
            rows["people"].append(entity)
        elif entity["kind"] != "event":
            there = events_of[entity["id"]]
            rows["above" if len(there & above) * 2 > len(there) else "below"].append(entity)
    return rows


def _lanes(bounds: Sequence[Bounds], events: Events) -> list[Lane]:
    """Return frames in order of time, as many beside each other as have room."""
    lanes: list[Lane] = []
    room = 0
    for each in bounds:
        across = min(ACROSS, len(events[each]))
        if across > room:
            lanes.append([])
            room = ACROSS
        lanes[-1].append(each)
        room -= across
    return lanes


def _place_events(layout: Layout, lanes: Sequence[Lane], events: Events, by_id: dict[str, Entity], y: int) -> int:
    """Place the events of these lanes below ``y``. Return where they end."""
    for lane in lanes:
        across = {bounds: min(ACROSS, len(events[bounds])) for bounds in lane}
        share = (WIDTH - 2 * MARGIN - GAP * (len(lane) - 1)) / sum(across.values())
        left, bottom = float(MARGIN), y
        for bounds in lane:
            width = share * across[bounds]
            columns = across[bounds]
            letters = max(9, min(24, round(width / columns / 7) - 3))
            tall = max(event_height(by_id[event], letters) for event in events[bounds])
            for number, event in enumerate(events[bounds]):
                row, column = divmod(number, columns)
                x = left + (column + 0.5) / columns * width
                layout.positions[event] = (round(x), y + HEADING + round(tall * (row + 0.5)))
                layout.sides[event] = "inside"
            height = HEADING + tall * -(-len(events[bounds]) // columns) + 4
            layout.frames.append(Frame(*bounds, tuple(events[bounds]), (round(left), y, round(width), height)))
            left, bottom = left + width + GAP, max(bottom, y + height)
        y = bottom + 22
    return y - 22 if lanes else y


def event_height(event: Entity, letters: int) -> int:
    """Return the height of an event in pixels, with the gap to the next."""
    return max(ROW, min(line_count(event, letters), 6) * LINE + 18)


def _width_of(actor: Entity) -> int:
    """Return the width of an actor in pixels, with its label beside a person, above or below others."""
    if actor["kind"] == "person":
        return 28 + 8 * longest_line(actor, 14)
    return 16 + round(6.3 * longest_line(actor, BESIDE))


def _row_count(actors: list[Entity]) -> int:
    """Return the number of rows that these actors need."""
    return max(1, -(-sum(map(_width_of, actors)) // (WIDTH - 2 * MARGIN)))


def _place_in_row(
    layout: Layout, actors: list[Entity], events_of: dict[str, set[str]], y: int, down: int, side: str
) -> None:
    """Place actors in a row, each as near to the middle of its events as the others let it; many stand in rows."""
    if not actors:
        return
    deep = _row_count(actors)
    wishes = []
    for actor in actors:
        at = [layout.positions[event][0] for event in sorted(events_of[actor["id"]]) if event in layout.positions]
        wishes.append((sum(at) / len(at) if at else WIDTH / 2, actor["id"], _width_of(actor)))
    wishes.sort()
    if side == "right":
        # The symbol stands at the left end of its room.
        room: list[float] = [0, *(room / deep for *_, room in wishes[:-1])]
        ends: tuple[float, float] = (MARGIN + 12, WIDTH - MARGIN - wishes[-1][2])
    else:
        room = [(one[2] + other[2]) / 2 / deep for one, other in zip(wishes[:1] + wishes[:-1], wishes, strict=True)]
        ends = (wishes[0][2] / 2, WIDTH - wishes[-1][2] / 2)
    at_x = spread([wish for wish, *_ in wishes], room, *ends)
    for number, (x, (_, name, _)) in enumerate(zip(at_x, wishes, strict=True)):
        layout.positions[name] = (round(x), y + down * (number % deep))
        layout.sides[name] = side
