"""The tall layout, for narrow screens: people, events and bodies in columns, events in order of time downwards."""

from collections.abc import Sequence

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.initial import Frame, Layout, by_bounds, incidence, spread
from graph.explorer.layout.labels import BESIDE, lines
from graph.explorer.layout.wide import CARD, LINE, tallness

# In pixels: the width of it all, and where the columns of people, events and bodies stand.
NARROW, COLUMNS = 360, (78, 166, 256)
# How many letters stand in a line of a name left of a sign, and in an event.
LEFT, WITHIN = 8, 10


def tall_layout(drawn: Sequence[Entity], ties: Sequence[Tie]) -> Layout:
    """The drawing in columns, in order of time downwards."""
    layout = Layout((NARROW, 0))
    people_x, events_x, bodies_x = COLUMNS
    called = {entity["id"]: entity for entity in drawn}
    y = 8
    for bounds, events in by_bounds(drawn).items():
        top, y = y, y + 24
        for event in events:
            room = tallness(called[event], WITHIN)
            layout.positions[event], layout.sides[event] = (events_x, y + room // 2), "inside"
            y += room
        layout.frames.append(Frame(*bounds, tuple(events), (events_x - CARD // 2 - 4, top, CARD + 8, y + 2 - top)))
        y += 10
    column = [entity for entity in drawn if entity["kind"] == "person"]
    others = [entity for entity in drawn if entity["kind"] not in ("person", "event")]
    ends = (
        _in_a_column(layout, column, ties, people_x, y, "left"),
        _in_a_column(layout, others, ties, bodies_x, y, "right"),
    )
    layout.size = (NARROW, max(y, *ends) + 8)
    return layout


def _in_a_column(layout: Layout, actors: list[Entity], ties: Sequence[Tie], x: int, y: int, side: str) -> int:
    """Actors stand in a column, each as near to its events as the others let it; where the last of them ends."""
    events_of, _ = incidence(ties)
    letters = LEFT if side == "left" else BESIDE
    column = []
    for actor in actors:
        at = [layout.positions[event][1] for event in sorted(events_of[actor["id"]]) if event in layout.positions]
        column.append((sum(at) / len(at) if at else y / 2, actor["id"], lines(actor, letters) * LINE + 12))
    if not column:
        return 0
    column.sort()
    room = [(one[2] + other[2]) / 2 for one, other in zip(column[:1] + column[:-1], column, strict=True)]
    at_y = spread([wish for wish, *_ in column], room, column[0][2] / 2 + 4, max(y, sum(room)) - column[-1][2] / 2)
    for down, (_, name, _) in zip(at_y, column, strict=True):
        layout.positions[name], layout.sides[name] = (x, round(down)), side
    return round(at_y[-1] + column[-1][2] / 2)
