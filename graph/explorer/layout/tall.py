"""Lay out the drawing for narrow screens: people, events and bodies in columns, time running downwards."""

from collections.abc import Sequence

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.initial import Frame, Layout, by_bounds, incidence, spread
from graph.explorer.layout.labels import BESIDE, line_count
from graph.explorer.layout.wide import CARD, LINE, event_height

# In pixels: the whole width, and the middles of the columns of people, events and bodies.
NARROW, COLUMNS = 360, (78, 166, 256)
# The most letters in a line of a label left of a symbol, and inside an event.
LEFT, WITHIN = 8, 10


def tall_layout(entities: Sequence[Entity], ties: Sequence[Tie]) -> Layout:
    """Return the layout in columns, with time running downwards."""
    layout = Layout((NARROW, 0))
    people_x, events_x, bodies_x = COLUMNS
    by_id = {entity["id"]: entity for entity in entities}
    y = 8
    for bounds, events in by_bounds(entities).items():
        top, y = y, y + 24
        for event in events:
            room = event_height(by_id[event], WITHIN)
            layout.positions[event], layout.sides[event] = (events_x, y + room // 2), "inside"
            y += room
        box = (events_x - CARD // 2 - 4, top, CARD + 8, y + 2 - top)
        layout.frames.append(Frame(*bounds, tuple(events), box, (CARD + 8,) * len(events)))
        y += 10
    column = [entity for entity in entities if entity["kind"] == "person"]
    others = [entity for entity in entities if entity["kind"] not in ("person", "event")]
    ends = (
        _place_in_column(layout, column, ties, people_x, y, "left"),
        _place_in_column(layout, others, ties, bodies_x, y, "right"),
    )
    layout.size = (NARROW, max(y, *ends) + 8)
    return layout


def _place_in_column(layout: Layout, actors: list[Entity], ties: Sequence[Tie], x: int, y: int, side: str) -> int:
    """Place actors in a column, each as near to its events as the others let it. Return where the last of them ends."""
    events_of, _ = incidence(ties)
    letters = LEFT if side == "left" else BESIDE
    column = []
    for actor in actors:
        at = [layout.positions[event][1] for event in sorted(events_of[actor["id"]]) if event in layout.positions]
        column.append((sum(at) / len(at) if at else y / 2, actor["id"], line_count(actor, letters) * LINE + 12))
    if not column:
        return 0
    column.sort()
    room = [(one[2] + other[2]) / 2 for one, other in zip(column[:1] + column[:-1], column, strict=True)]
    at_y = spread([wish for wish, *_ in column], room, column[0][2] / 2 + 4, max(y, sum(room)) - column[-1][2] / 2)
    for down, (_, name, _) in zip(at_y, column, strict=True):
        layout.positions[name], layout.sides[name] = (x, round(down)), side
    return round(at_y[-1] + column[-1][2] / 2)
