"""Select the entities that are drawn at first, and define what a layout is. Equal entities give an equal layout.

Events of the same bounds stand together in one frame, which says what is known of their time; those without known
bounds stand in a frame of their own, the last.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.labels import label_of

# The most events, and entities in all, that can be read at once.
EVENTS, ALL = 11, 28
# The most entities that are ever drawn.
MOST = 300
Bounds = tuple[str, str]
# The bounds of an event of whose time the first or the last day is not known.
UNDATED: Bounds = ("", "")


@dataclass(frozen=True, slots=True)
class Frame:
    """Events of the same bounds, in a rectangle that spans them: left, top, width, height; how wide each may be."""

    earliest: str
    latest: str
    events: tuple[str, ...]
    box: tuple[int, int, int, int]
    rooms: tuple[int, ...]


@dataclass(slots=True)
class Layout:
    """Where entities stand (their middle), on which side their names stand, and the frames."""

    size: tuple[int, int]
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)


def select_initial(
    entities: Iterable[Entity], ties: Iterable[Tie], label: Callable[[Entity], str] = label_of
) -> list[Entity]:
    """Return what is drawn at first: events, those of most actors first, and the actors of most of these events.

    Dated events come before others. Actors who are at more than one event count first; among events with equally many
    of them, those go first whose actors are at most events, and then those with most actors in all: so the meeting of a
    new page is drawn, although nobody there is known yet. Events with the same label come after all others. Where a
    graph is too large to be drawn whole, actors who are at one event only are left out, unless nobody is at more. Of a
    graph without events, those of most ties are drawn. ``label`` returns the label of an event; few are asked for.
    """
    entities, ties = list(entities), list(ties)
    events_of, actors_of = incidence(ties)
    events = _first_events(entities, events_of, actors_of, label)
    if not events:
        degree = Counter(end for tie in ties for end in (tie["from"], tie["to"]))
        return sorted(entities, key=lambda entity: (-degree[entity["id"]], entity["kind"] != "person", entity["id"]))[
            :ALL
        ]
    event_ids = {event["id"] for event in events}
    there = [entity for entity in entities if events_of[entity["id"]] & event_ids]
    repeated = [actor for actor in there if len(events_of[actor["id"]]) > 1]
    actors = repeated if len(entities) > MOST and repeated else there
    actors.sort(key=lambda actor: (-len(events_of[actor["id"]] & event_ids), actor["kind"] != "person", actor["id"]))
    return [*sorted(events, key=_in_time), *actors[: ALL - len(events)]]


def _first_events(
    entities: Sequence[Entity],
    events_of: dict[str, set[str]],
    actors_of: dict[str, set[str]],
    label: Callable[[Entity], str],
) -> list[Entity]:
    """Return the events that are drawn at first, those that say most first."""

    def rank(event: Entity) -> tuple[bool, int, int, int, str, str]:
        actors = actors_of[event["id"]]
        repeated = [len(events_of[actor]) for actor in actors if len(events_of[actor]) > 1]
        earliest, _ = bounds_of(event)
        return not earliest, -len(repeated), -sum(repeated), -len(actors), earliest, event["id"]

    ranked = sorted((entity for entity in entities if entity["kind"] == "event"), key=rank)
    first: dict[str, Entity] = {}
    again: list[Entity] = []
    for event in ranked:
        # What follows comes after these.
        if len(first) == EVENTS:
            break
        name = label(event)
        if name in first:
            again.append(event)
        else:
            first[name] = event
    return sorted([*first.values(), *again], key=lambda event: bounds_of(event) == UNDATED)[:EVENTS]


def incidence(ties: Iterable[Tie]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the events of each actor and the actors of each event."""
    events_of, actors_of = defaultdict(set), defaultdict(set)
    for tie in ties:
        if tie["kind"] in ("part", "possible"):
            events_of[tie["from"]].add(tie["to"])
            actors_of[tie["to"]].add(tie["from"])
    return events_of, actors_of


def bounds_of(event: Entity) -> Bounds:
    """Return the first and the last day on which an event can have been; ``UNDATED`` where not both are known."""
    return (event["earliest"], event["latest"]) if "earliest" in event and "latest" in event else UNDATED


def _in_time(event: Entity) -> tuple[bool, Bounds, str]:
    bounds = bounds_of(event)
    return bounds == UNDATED, bounds, event["id"]


def by_bounds(entities: Iterable[Entity]) -> dict[Bounds, list[str]]:
    """Return events by their bounds, in order of time; those without known bounds last."""
    result: dict[Bounds, list[str]] = defaultdict(list)
    for event in sorted((entity for entity in entities if entity["kind"] == "event"), key=_in_time):
        result[bounds_of(event)].append(event["id"])
    return result


def spread(targets: Sequence[float], room: Sequence[float], first: float, last: float) -> list[float]:
    """Return positions in the same order, each with its room, from first to last, as near to the targets as can be."""
    offsets = [sum(room[1 : number + 1]) for number in range(len(room))]
    # Neighbours that stand as close as they may: the mean of their targets, and their number.
    blocks: list[tuple[float, int]] = []
    for target, offset in zip(targets, offsets, strict=True):
        mean, count = target - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    free = [mean for mean, count in blocks for _ in range(count)]
    most = max(first, last - (offsets[-1] if offsets else 0))
    return [min(max(mean, first), most) + offset for mean, offset in zip(free, offsets, strict=True)]
