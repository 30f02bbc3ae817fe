"""The wide drawing: time runs from left to right, people stand in the middle, events above and below them.

Bodies and groups stand outside of the events. Times known to the month stand below the people, vague ones above.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from graph.explorer.layout.initial import Bounds, Drawing, Frame, by_bounds, incidence, spread
from graph.explorer.layout.labels import BESIDE, Entity, lines, longest

# In pixels: the width of it all, the room of an event, and the height of a line of a name.
WIDTH, MARGIN, CARD, ROW, LINE = 760, 10, 88, 46, 15
MONTH_AT_MOST = timedelta(days=31)


def wide_layout(drawn: Sequence[Entity], ties: Sequence[Entity]) -> Drawing:
    """The drawing in which time runs from left to right."""
    frames = by_bounds(drawn)
    x_of, months = _axis(frames)
    above, below = _in_bands(frames, x_of)
    drawing = Drawing((WIDTH, 0), months=months)
    rows = _rows(drawn, ties, {event for lane in above for bounds in lane for event in frames[bounds]})
    called = {entity["id"]: entity for entity in drawn}
    room = {}
    for name, band in (("above", above), ("below", below)):
        letters = {
            event: _letters(bounds, frames, x_of) for lane in band for bounds in lane for event in frames[bounds]
        }
        room[name] = max((tallness(called[event], of) for event, of in letters.items()), default=ROW)
    y, row_at = 30, {}
    high = {name: max((lines(entity) * LINE for entity in row), default=0) + 16 for name, row in rows.items()}
    if rows["above"]:
        row_at["above"] = y + high["above"] * _deep(rows["above"])
        y = row_at["above"] + 44
    y = _lanes(drawing, room["above"], above, frames, x_of, y, upwards=True)
    if rows["people"]:
        row_at["people"] = y + (90 if above else 30)
        y = row_at["people"] + 48 * (_deep(rows["people"]) - 1) + 76
    y = _lanes(drawing, room["below"], below, frames, x_of, y)
    if rows["below"]:
        row_at["below"] = y + 48
        y = row_at["below"] + high["below"] * _deep(rows["below"])
    down = {"above": -high["above"], "people": 48, "below": high["below"]}
    for name, side in (("above", "above"), ("people", "right"), ("below", "below")):
        _in_a_row(drawing, rows[name], incidence(ties)[0], row_at.get(name, 0), down[name], side)
    drawing.size = (WIDTH, y + 4)
    return drawing


def _rows(drawn: Iterable[Entity], ties: Iterable[Entity], above: set[str]) -> dict[str, list[Entity]]:
    """People in the middle, bodies and groups on the side on which most of their events are."""
    events_of, _ = incidence(ties)
    rows: dict[str, list[Entity]] = {"above": [], "people": [], "below": []}
    for entity in drawn:
        if entity["kind"] == "person":
            rows["people"].append(entity)
        elif entity["kind"] != "event":
            there = events_of[entity["id"]]
            rows["above" if len(there & above) * 2 > len(there) else "below"].append(entity)
    return rows


def _axis(frames: Iterable[tuple[str, str]]) -> tuple[Callable[[str], int], list[tuple[str, int]]]:
    """Where a day stands, and where each month begins."""
    days = [date.fromisoformat(day) for bounds in frames for day in bounds] or [date(2000, 1, 1)]
    first, last = min(days).replace(day=1), _next_month(max(days))

    def x_of(day: str) -> int:
        return MARGIN + round((date.fromisoformat(day) - first) / (last - first) * (WIDTH - 2 * MARGIN))

    months, month = [], first
    while month < last:
        months.append((month.isoformat(), x_of(month.isoformat())))
        month = _next_month(month)
    return x_of, months


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


Lanes = list[list[Bounds]]


def _in_bands(frames: dict[Bounds, list[str]], x_of: Callable[[str], int]) -> tuple[Lanes, Lanes]:
    """Lanes above and below the people: times known to the month below, vague ones above where there is room."""
    above: Lanes = []
    below: Lanes = []

    def clear(lane: list[Bounds], bounds: Bounds) -> bool:
        left, right = reach(bounds)
        return all(right <= start or end <= left for start, end in map(reach, lane))

    def length(bounds: Bounds) -> timedelta:
        return date.fromisoformat(bounds[1]) - date.fromisoformat(bounds[0])

    def reach(bounds: Bounds) -> tuple[int, int]:
        return _reach(bounds, len(frames[bounds]), x_of)

    for bounds in sorted(frames, key=lambda bounds: (length(bounds) > MONTH_AT_MOST, -length(bounds), bounds)):
        exact = length(bounds) <= MONTH_AT_MOST
        tried = [*below] if exact else [*above[:1], *below[: 1 if above else 0], *above]
        lane = next((lane for lane in tried if clear(lane, bounds)), None)
        if lane is not None:
            lane.append(bounds)
        else:
            (below if exact else above).append([bounds])
    return above, below


def _reach(bounds: Bounds, events: int, x_of: Callable[[str], int]) -> tuple[int, int]:
    """From where to where a frame and the cards of its events take room."""
    left, right = x_of(bounds[0]), x_of((date.fromisoformat(bounds[1]) + timedelta(days=1)).isoformat())
    width = right - left
    first, last = (_inside(left + round((number + 0.5) / events * width)) for number in (0, events - 1))
    return min(left + 10, first - CARD // 2), max(right - 10, last + CARD // 2)


def _inside(x: int) -> int:
    """The middle of an event's card, so that none of it is cut off at the ends of time."""
    return min(max(x, MARGIN + CARD // 2), WIDTH - MARGIN - CARD // 2)


def _lanes(
    drawing: Drawing,
    tallness: int,
    lanes: Lanes,
    frames: dict[Bounds, list[str]],
    x_of: Callable[[str], int],
    y: int,
    upwards: bool = False,
) -> int:
    """The events of these lanes have their places below ``y``; where they end.

    Neighbours stand like bricks, the first of them nearest to the people, so that lines pass between the others.
    """
    for lane in lanes:
        rows = 1
        for bounds in sorted(lane):
            events = frames[bounds]
            left = x_of(bounds[0])
            width = x_of((date.fromisoformat(bounds[1]) + timedelta(days=1)).isoformat()) - left
            deep = -(-len(events) // max(1, width // (CARD + 12)))
            rows = max(rows, deep)
            for number, event in enumerate(events):
                x = _inside(left + round((number + 0.5) / len(events) * width))
                row = deep - 1 - number % deep if upwards else number % deep
                drawing.positions[event] = (x, y + 5 + round(tallness * (row + 0.5)))
                drawing.sides[event] = "inside"
            drawing.frames.append(Frame(*bounds, tuple(events), (left, y, width, tallness * deep + 10)))
        y += tallness * rows + 22
    return y - 12 if lanes else y


def _letters(bounds: Bounds, frames: dict[Bounds, list[str]], x_of: Callable[[str], int]) -> int:
    """How many letters stand in a line of an event of these bounds."""
    width = (x_of(bounds[1]) - x_of(bounds[0])) / len(frames[bounds])
    return max(12, min(24, round(width / 7) - 3))


def tallness(event: Entity, letters: int) -> int:
    """How high the room of an event is, in pixels, with a gap to the next."""
    return max(ROW, min(lines(event, letters), 6) * LINE + 18)


def _room(actor: Entity) -> int:
    """How wide an actor and its name are, in pixels: the name of a person beside, of others above or below."""
    if actor["kind"] == "person":
        return 28 + 8 * longest(actor, 14)
    return 16 + round(6.3 * longest(actor, BESIDE))


def _deep(actors: list[Entity]) -> int:
    """In how many rows these actors stand."""
    return max(1, -(-sum(map(_room, actors)) // (WIDTH - 2 * MARGIN)))


def _in_a_row(
    drawing: Drawing, actors: list[Entity], events_of: dict[str, set[str]], y: int, down: int, side: str
) -> None:
    """Actors stand in a row, each as near to the middle of its events as the others let it; many stand in rows."""
    if not actors:
        return
    deep = _deep(actors)
    wishes = []
    for actor in actors:
        at = [drawing.positions[event][0] for event in sorted(events_of[actor["id"]]) if event in drawing.positions]
        wishes.append((sum(at) / len(at) if at else WIDTH / 2, actor["id"], _room(actor)))
    wishes.sort()
    if side == "right":
        # The sign stands at the left end of its room.
        room: list[float] = [0, *(room / deep for *_, room in wishes[:-1])]
        ends: tuple[float, float] = (MARGIN + 12, WIDTH - MARGIN - wishes[-1][2])
    else:
        room = [(one[2] + other[2]) / 2 / deep for one, other in zip(wishes[:1] + wishes[:-1], wishes, strict=True)]
        ends = (wishes[0][2] / 2, WIDTH - wishes[-1][2] / 2)
    at_x = spread([wish for wish, *_ in wishes], room, *ends)
    for number, (x, (_, actor, _)) in enumerate(zip(at_x, wishes, strict=True)):
        drawing.positions[actor] = (round(x), y + down * (number % deep))
        drawing.sides[actor] = side
