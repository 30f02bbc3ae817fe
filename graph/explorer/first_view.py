"""The first view: which things are drawn at first, and where. The same things give the same drawing.

Two drawings, in pixels. *Wide*: time runs from left to right, people stand in the middle, events above and below them, and
bodies and groups outside of those. *Tall*, for narrow screens: people, events and bodies in columns, events in order of
time downwards. Events of the same bounds stand together in one frame, which spans what is known of their time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Thing = dict[str, Any]
# So many things can be read at once.
EVENTS, ALL = 11, 28
# The wide drawing, in pixels: its width, the room of an event, and of the lines of names beside actors.
WIDTH, MARGIN, CARD, ROW = 760, 10, 88, 46
# What a line of a name takes, and how many letters stand in it: beside an actor, left of one, and in an event of the tall drawing.
LINE, BESIDE, LEFT, WITHIN = 15, 13, 8, 10
# The tall drawing: its width, and where the columns of people, events and bodies stand.
NARROW, COLUMNS = 360, (78, 166, 256)
MONTH_AT_MOST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Frame:
    """Events of the same bounds, in a rectangle that spans them: left, top, width, height."""

    earliest: str
    latest: str
    events: tuple[str, ...]
    place: tuple[int, int, int, int]


@dataclass(slots=True)
class Drawing:
    """Where things stand (their middle), on which side their names stand, the frames, and where months begin."""

    size: tuple[int, int]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    months: list[tuple[str, int]] = field(default_factory=list)


def chosen(things: Iterable[Thing], ties: Iterable[Thing]) -> list[Thing]:
    """What is drawn at first: dated events, those of most actors first, and the actors of most of these events."""
    events_of, actors_of = _tied(ties)
    dated = [thing for thing in things if thing["kind"] == "event" and "earliest" in thing and "latest" in thing]
    dated.sort(key=lambda event: (-len(actors_of[event["id"]]), event["earliest"], event["id"]))
    events = dated[:EVENTS]
    there = {event["id"] for event in events}
    actors = [thing for thing in things if events_of[thing["id"]] & there]
    actors.sort(key=lambda actor: (-len(events_of[actor["id"]] & there), actor["kind"] != "person", actor["id"]))
    return [*sorted(events, key=_in_time), *actors[: ALL - len(events)]]


def _tied(ties: Iterable[Thing]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The events of each actor and the actors of each event."""
    events_of, actors_of = defaultdict(set), defaultdict(set)
    for tie in ties:
        if tie["kind"] in ("part", "possible"):
            events_of[tie["from"]].add(tie["to"])
            actors_of[tie["to"]].add(tie["from"])
    return events_of, actors_of


def _in_time(event: Thing) -> tuple[str, str, str]:
    return event["earliest"], event["latest"], event["id"]


def _framed(drawn: Iterable[Thing]) -> dict[tuple[str, str], list[str]]:
    """Events by their bounds, in order of time."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in sorted((thing for thing in drawn if thing["kind"] == "event"), key=_in_time):
        found[event["earliest"], event["latest"]].append(event["id"])
    return found


def wide(drawn: Sequence[Thing], ties: Sequence[Thing]) -> Drawing:
    """The drawing in which time runs from left to right."""
    frames = _framed(drawn)
    x_of, months = _axis(frames)
    above, below = _in_bands(frames, x_of)
    drawing = Drawing((WIDTH, 0), months=months)
    rows = _rows(drawn, ties, {event for lane in above for bounds in lane for event in frames[bounds]})
    called = {thing["id"]: thing for thing in drawn}
    room = {}
    for name, band in (("above", above), ("below", below)):
        letters = {event: _letters(bounds, frames, x_of) for lane in band for bounds in lane for event in frames[bounds]}
        room[name] = max((_tallness(called[event], of) for event, of in letters.items()), default=ROW)
    y, row_at = 30, {}
    tallness = {name: max((lines(thing) * LINE for thing in row), default=0) + 16 for name, row in rows.items()}
    if rows["above"]:
        row_at["above"] = y + tallness["above"] * _deep(rows["above"])
        y = row_at["above"] + 44
    y = _lanes(drawing, room["above"], above, frames, x_of, y, upwards=True)
    if rows["people"]:
        row_at["people"] = y + (90 if above else 30)
        y = row_at["people"] + 48 * (_deep(rows["people"]) - 1) + 76
    y = _lanes(drawing, room["below"], below, frames, x_of, y)
    if rows["below"]:
        row_at["below"] = y + 48
        y = row_at["below"] + tallness["below"] * _deep(rows["below"])
    down = {"above": -tallness["above"], "people": 48, "below": tallness["below"]}
    for name, side in (("above", "above"), ("people", "right"), ("below", "below")):
        _in_a_row(drawing, rows[name], _tied(ties)[0], row_at.get(name, 0), down[name], side)
    drawing.size = (WIDTH, y + 4)
    return drawing


def _rows(drawn: Iterable[Thing], ties: Iterable[Thing], above: set[str]) -> dict[str, list[Thing]]:
    """People in the middle, bodies and groups on the side on which most of their events are."""
    events_of, _ = _tied(ties)
    rows: dict[str, list[Thing]] = {"above": [], "people": [], "below": []}
    for thing in drawn:
        if thing["kind"] == "person":
            rows["people"].append(thing)
        elif thing["kind"] != "event":
            there = events_of[thing["id"]]
            rows["above" if len(there & above) * 2 > len(there) else "below"].append(thing)
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


Lanes = list[list[tuple[str, str]]]


def _in_bands(
    frames: dict[tuple[str, str], list[str]], x_of: Callable[[str], int]
) -> tuple[Lanes, Lanes]:
    """Lanes above and below the people: times known to the month below, vague ones above where there is room."""
    above: Lanes = []
    below: Lanes = []

    def clear(lane: list[tuple[str, str]], bounds: tuple[str, str]) -> bool:
        left, right = _reach(bounds, x_of)
        return all(right <= start or end <= left for start, end in (_reach(other, x_of) for other in lane))

    def length(bounds: tuple[str, str]) -> timedelta:
        return date.fromisoformat(bounds[1]) - date.fromisoformat(bounds[0])

    for bounds in sorted(frames, key=lambda bounds: (length(bounds) > MONTH_AT_MOST, -length(bounds), bounds)):
        exact = length(bounds) <= MONTH_AT_MOST
        tried = [*below] if exact else [*above[:1], *below[: 1 if above else 0], *above]
        lane = next((lane for lane in tried if clear(lane, bounds)), None)
        if lane is not None:
            lane.append(bounds)
        else:
            (below if exact else above).append([bounds])
    return above, below


def _reach(bounds: tuple[str, str], x_of: Callable[[str], int]) -> tuple[int, int]:
    """From where to where a frame and its cards take room."""
    left, right = x_of(bounds[0]), x_of((date.fromisoformat(bounds[1]) + timedelta(days=1)).isoformat())
    middle = (left + right) // 2
    return min(left + 10, middle - CARD // 2), max(right - 10, middle + CARD // 2)


def _lanes(
    drawing: Drawing,
    tallness: int,
    lanes: Lanes,
    frames: dict[tuple[str, str], list[str]],
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
                x = left + round((number + 0.5) / len(events) * width)
                row = deep - 1 - number % deep if upwards else number % deep
                drawing.places[event] = (x, y + 5 + round(tallness * (row + 0.5)))
                drawing.sides[event] = "inside"
            drawing.frames.append(Frame(*bounds, tuple(events), (left, y, width, tallness * deep + 10)))
        y += tallness * rows + 22
    return y - 12 if lanes else y


def _letters(
    bounds: tuple[str, str], frames: dict[tuple[str, str], list[str]], x_of: Callable[[str], int]
) -> int:
    """How many letters stand in a line of an event of these bounds."""
    width = (x_of(bounds[1]) - x_of(bounds[0])) / len(frames[bounds])
    return max(12, min(24, round(width / 7) - 3))


def _tallness(event: Thing, letters: int) -> int:
    """How high the room of an event is, in pixels, with a gap to the next."""
    return max(ROW, min(lines(event, letters), 6) * LINE + 18)


def _room(actor: Thing) -> int:
    """How wide an actor and its name are, in pixels: the name of a person beside, of others above or below."""
    if actor["kind"] == "person":
        return 28 + 8 * _longest(actor, 14)
    return 16 + round(6.3 * _longest(actor, BESIDE))


def _deep(actors: list[Thing]) -> int:
    """In how many rows these actors stand."""
    return max(1, -(-sum(map(_room, actors)) // (WIDTH - 2 * MARGIN)))


def _in_a_row(
    drawing: Drawing, actors: list[Thing], events_of: dict[str, set[str]], y: int, down: int, side: str
) -> None:
    """Actors stand in a row, each as near to the middle of its events as the others let it; in rows, if they are many."""
    deep = _deep(actors)
    wishes = []
    for actor in actors:
        at = [drawing.places[event][0] for event in sorted(events_of[actor["id"]]) if event in drawing.places]
        wishes.append((sum(at) / len(at) if at else WIDTH / 2, actor["id"], _room(actor)))
    wishes.sort()
    if side == "right":
        # The sign stands at the left end of its room.
        room = [0, *(room / deep for *_, room in wishes[:-1])]
        ends = (MARGIN + 12, WIDTH - MARGIN - (wishes[-1][2] if wishes else 0))
    else:
        room = [(one[2] + other[2]) / 2 / deep for one, other in zip(wishes[:1] + wishes[:-1], wishes, strict=True)]
        ends = (wishes[0][2] / 2, WIDTH - wishes[-1][2] / 2) if wishes else (0, 0)
    at_x = spread([wish for wish, *_ in wishes], room, *ends)
    for number, (x, (_, actor, _)) in enumerate(zip(at_x, wishes, strict=True)):
        drawing.places[actor] = (round(x), y + down * (number % deep))
        drawing.sides[actor] = side


def label_of(thing: Thing, language: str = "nb") -> str:
    """What a thing is called where it is drawn; a body by its letters, where its name has them: KS."""
    label: str = thing["label"].get(language) or thing["label"].get("nb") or thing["id"]
    words = label.replace("(", " ").replace(")", " ").split()
    letters = [name for name in thing.get("also", ()) if name.isupper() and 1 < len(name) <= 6 and name in words]
    return min(letters) if letters else label


def lines(thing: Thing, letters: int = BESIDE) -> int:
    """How many lines the name takes, in the language in which it takes more."""
    return max(len(_broken(label_of(thing, language), letters)) for language in ("nb", "en"))


def _longest(actor: Thing, letters: int) -> int:
    """How many letters the longest line of the name has, in either language."""
    return min(
        max(len(line) for language in ("nb", "en") for line in _broken(label_of(actor, language), letters)), letters + 2
    )


def _broken(words: str, letters: int) -> list[str]:
    """Words in lines of so many letters; a short word stands with the next; longer words have lines of their own."""
    units: list[str] = []
    for word in words.split():
        short = units and len(units[-1].split()[-1]) <= 2 and len(units[-1]) + len(word) <= letters + 1
        units[-1:] = [f"{units[-1]} {word}"] if short else [*units[-1:], word]
    found: list[str] = []
    for unit in units:
        fits = found and len(found[-1]) + 1 + len(unit) <= letters
        found[-1:] = [f"{found[-1]} {unit}"] if fits else [*found[-1:], unit]
    return found


def spread(wishes: Sequence[float], room: Sequence[float], first: float, last: float) -> list[float]:
    """Places in the same order, each with its room, between first and last, together as near as can be to the wishes."""
    offsets = [sum(room[1 : number + 1]) for number in range(len(room))]
    blocks: list[tuple[float, int]] = []  # the mean of neighbours that stand as close as they may, and how many they are
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    free = [mean for mean, count in blocks for _ in range(count)]
    most = max(first, last - (offsets[-1] if offsets else 0))
    return [min(max(mean, first), most) + offset for mean, offset in zip(free, offsets, strict=True)]


def tall(drawn: Sequence[Thing], ties: Sequence[Thing]) -> Drawing:
    """The drawing in columns, in order of time downwards."""
    drawing = Drawing((NARROW, 0))
    people_x, events_x, bodies_x = COLUMNS
    called = {thing["id"]: thing for thing in drawn}
    y = 8
    for bounds, events in _framed(drawn).items():
        top, y = y, y + 24
        for event in events:
            room = _tallness(called[event], WITHIN)
            drawing.places[event], drawing.sides[event] = (events_x, y + room // 2), "inside"
            y += room
        drawing.frames.append(Frame(*bounds, tuple(events), (events_x - CARD // 2 - 4, top, CARD + 8, y + 2 - top)))
        y += 10
    column = [thing for thing in drawn if thing["kind"] == "person"]
    others = [thing for thing in drawn if thing["kind"] not in ("person", "event")]
    ends = (_in_a_column(drawing, column, ties, people_x, y, "left"), _in_a_column(drawing, others, ties, bodies_x, y, "right"))
    drawing.size = (NARROW, max(y, *ends) + 8)
    return drawing


def _in_a_column(drawing: Drawing, actors: list[Thing], ties: Sequence[Thing], x: int, y: int, side: str) -> int:
    """Actors stand in a column, each as near to its events as the others let it; where the last of them ends."""
    events_of, _ = _tied(ties)
    letters = LEFT if side == "left" else BESIDE
    column = []
    for actor in actors:
        at = [drawing.places[event][1] for event in sorted(events_of[actor["id"]]) if event in drawing.places]
        column.append((sum(at) / len(at) if at else y / 2, actor["id"], lines(actor, letters) * LINE + 12))
    if not column:
        return 0
    column.sort()
    room = [(one[2] + other[2]) / 2 for one, other in zip(column[:1] + column[:-1], column, strict=True)]
    at_y = spread([wish for wish, *_ in column], room, column[0][2] / 2 + 4, max(y, sum(room)) - column[-1][2] / 2)
    for down, (_, name, _) in zip(at_y, column, strict=True):
        drawing.places[name], drawing.sides[name] = (x, round(down)), side
    return round(at_y[-1] + column[-1][2] / 2)
