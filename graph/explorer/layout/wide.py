"""Lay out the drawing for wide screens: time runs from left to right, with people between two rows of events.

Events of the same bounds stand in one frame, which says its bounds; no frame stands under a month that it only may be
in. Events whose month is known stand below the people, others above. Bodies and groups stand outside the events.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.initial import UNDATED, Bounds, Frame, Layout, by_bounds, incidence, spread
from graph.explorer.layout.labels import BESIDE, line_count, longest_line, longest_word

# In pixels: the whole width, the margin, the width and height of an event, the height of a line and of a heading.
WIDTH, MARGIN, CARD, ROW, LINE, HEADING = 760, 4, 88, 46, 15, 22
GAP = 8
# What rows of events in one frame stand apart.
BETWEEN = 24
# The most events side by side; how wide a letter of an event is, and all around its words; the least and most in all.
ACROSS = 8
LETTER, AROUND, NARROWEST, WIDEST = 6.2, 18, 64, 190
# So many letters a line of an event has if its words are short.
SHORT = 9
MONTH_AT_MOST = timedelta(days=31)
Lane = list[Bounds]
Events = dict[Bounds, list[str]]


def wide_layout(entities: Sequence[Entity], ties: Sequence[Tie]) -> Layout:
    """Return the layout in which time runs from left to right."""
    events = by_bounds(entities)
    by_id = {entity["id"]: entity for entity in entities}
    needs = {bounds: _needs([by_id[event] for event in events[bounds]]) for bounds in events}
    above = _lanes([bounds for bounds in events if _is_vague(bounds)], needs)
    below = _lanes([bounds for bounds in events if not _is_vague(bounds)], needs)
    layout = Layout((WIDTH, 0))
    rows = _rows(entities, ties, {event for lane in above for bounds in lane for event in events[bounds]})
    y, row_at = 8, {}
    high = {name: max((line_count(entity) * LINE for entity in row), default=0) + 16 for name, row in rows.items()}
    if rows["above"]:
        row_at["above"] = y + high["above"] * _row_count(rows["above"])
        y = row_at["above"] + 44
    y = _place_events(layout, above, events, needs, by_id, y)
    if rows["people"]:
        row_at["people"] = y + (90 if above else 30)
        y = row_at["people"] + 48 * (_row_count(rows["people"]) - 1) + 76
    y = _place_events(layout, below, events, needs, by_id, y)
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
    return bounds == UNDATED or date.fromisoformat(bounds[1]) - date.fromisoformat(bounds[0]) > MONTH_AT_MOST


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


def _needs(events: Sequence[Entity]) -> list[float]:
    """Return how wide the columns of a frame must be for the longest words in them, as many as stand side by side."""
    wide = [min(WIDEST, max(NARROWEST, LETTER * longest_word(event) + AROUND)) for event in events]
    columns = min(ACROSS, len(wide))
    while True:
        # Rows of the same length: nine in five and four.
        columns = -(-len(wide) // -(-len(wide) // columns))
        needs = [max(wide[column::columns]) for column in range(columns)]
        if columns == 1 or sum(needs) <= WIDTH - 2 * MARGIN:
            return needs
        columns -= 1


def _lanes(bounds: Sequence[Bounds], needs: dict[Bounds, list[float]]) -> list[Lane]:
    """Return frames in order of time, as many beside each other as have room."""
    lanes: list[Lane] = []
    across, room = 0, 0.0
    for each in bounds:
        across += len(needs[each])
        room -= sum(needs[each]) + GAP
        if across > ACROSS or room < 0 or not lanes:
            lanes.append([])
            across, room = len(needs[each]), WIDTH - 2 * MARGIN - sum(needs[each])
        lanes[-1].append(each)
    return lanes


def _place_events(
    layout: Layout,
    lanes: Sequence[Lane],
    events: Events,
    needs: dict[Bounds, list[float]],
    by_id: dict[str, Entity],
    y: int,
) -> int:
    """Place the events of these lanes below ``y``. Return where they end."""
    for lane in lanes:
        taken = sum(sum(needs[bounds]) for bounds in lane) + GAP * (len(lane) - 1)
        spare = (WIDTH - 2 * MARGIN - taken) / sum(len(needs[bounds]) for bounds in lane)
        left, bottom = float(MARGIN), y
        for bounds in lane:
            widths = [need + spare for need in needs[bounds]]
            end = _place_in_frame(layout, bounds, [by_id[event] for event in events[bounds]], widths, (left, y))
            left, bottom = left + sum(widths) + GAP, max(bottom, end)
        y = bottom + 22
    return y - 22 if lanes else y


def _place_in_frame(
    layout: Layout, bounds: Bounds, events: Sequence[Entity], widths: Sequence[float], corner: tuple[float, int]
) -> int:
    """Place the events of a frame in columns of these widths. Return where it ends."""
    left, y = corner
    columns = len(widths)
    rooms = [round(widths[number % columns]) for number in range(len(events))]
    high = tall = max(
        event_height(event, max(SHORT, min(24, round(room / 7) - 3))) for event, room in zip(events, rooms, strict=True)
    )
    if len(events) > columns:
        # Lines of the first row pass between those of the second.
        tall += BETWEEN
    for number, event in enumerate(events):
        row, column = divmod(number, columns)
        x = left + sum(widths[:column]) + widths[column] / 2
        layout.positions[event["id"]] = (round(x), y + HEADING + round(tall * row + high / 2))
        layout.sides[event["id"]] = "inside"
    height = HEADING + tall * -(-len(events) // columns) + 4 - (BETWEEN if len(events) > columns else 0)
    box = (round(left), y, round(sum(widths)), height)
    layout.frames.append(Frame(*bounds, tuple(event["id"] for event in events), box, tuple(rooms)))
    return y + height


def event_height(event: Entity, letters: int) -> int:
    """Return the height of an event in pixels, with the gap to the next."""
    return max(ROW, min(line_count(event, letters), 6) * LINE + 18)


def _width_of(actor: Entity) -> int:
    """Return the width of an actor in pixels, with its label beside a person, above or below others."""
    if actor["kind"] == "person":
        return 28 + 8 * longest_line(actor, 14)
    return 16 + round(6.3 * longest_line(actor, BESIDE))


def _row_count(actors: list[Entity]) -> int:
    """Return the number of rows that these actors need; in several, each row begins a little after the one above."""
    widths = [_width_of(actor) for actor in actors]
    room = WIDTH - 2 * MARGIN
    return 1 if sum(widths) <= room else -(-sum(widths) // (room - max(widths)))


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
