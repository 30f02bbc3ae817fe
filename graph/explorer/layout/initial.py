"""The first view: which entities are drawn at first, and what a layout is. The same entities give the same layout.

Events of the same bounds stand together in one frame, which says what is known of their time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.labels import label_of

# So many entities can be read at once.
EVENTS, ALL = 11, 28
# More than this is never drawn, whatever is asked for.
MOST = 300
Bounds = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Events of the same bounds, in a rectangle that spans them: left, top, width, height."""

    earliest: str
    latest: str
    events: tuple[str, ...]
    box: tuple[int, int, int, int]


@dataclass(slots=True)
class Layout:
    """Where entities stand (their middle), on which side their names stand, and the frames."""

    size: tuple[int, int]
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)


def select_initial(entities: Iterable[Entity], ties: Iterable[Tie]) -> list[Entity]:
    """What is drawn at first: dated events, those of most actors first, and the actors of most of these events.

    Actors count who are at more than one event, where there are events of such; of events with as many those go first
    whose actors are at more. No two events have one name while there are others. Of a graph that can never be drawn
    whole, no actor is drawn who is at one event only.
    """
    entities = list(entities)
    events_of, actors_of = incidence(ties)
    dated = [entity for entity in entities if entity["kind"] == "event" and "earliest" in entity and "latest" in entity]
    often = {actor: len(events) for actor, events in events_of.items()}

    def rank(event: Entity) -> tuple[int, int, str, str]:
        actors = actors_of[event["id"]]
        known = [often[actor] for actor in actors if often[actor] > 1]
        return -len(known), -sum(known), event["earliest"], event["id"]

    dated.sort(key=rank)
    named = {label_of(event): event for event in reversed(dated)}
    first = [event for event in dated if named[label_of(event)] is event]
    events = [*first, *(event for event in dated if named[label_of(event)] is not event)][:EVENTS]
    there = {event["id"] for event in events}
    least = 2 if len(entities) > MOST else 1
    actors = [entity for entity in entities if events_of[entity["id"]] & there and often[entity["id"]] >= least]
    actors.sort(key=lambda actor: (-len(events_of[actor["id"]] & there), actor["kind"] != "person", actor["id"]))
    return [*sorted(events, key=_in_time), *actors[: ALL - len(events)]]


def incidence(ties: Iterable[Tie]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The events of each actor and the actors of each event."""
    events_of, actors_of = defaultdict(set), defaultdict(set)
    for tie in ties:
        if tie["kind"] in ("part", "possible"):
            events_of[tie["from"]].add(tie["to"])
            actors_of[tie["to"]].add(tie["from"])
    return events_of, actors_of


def _in_time(event: Entity) -> tuple[str, str, str]:
    return event["earliest"], event["latest"], event["id"]


def by_bounds(drawn: Iterable[Entity]) -> dict[Bounds, list[str]]:
    """Events by their bounds, in order of time."""
    result: dict[Bounds, list[str]] = defaultdict(list)
    for event in sorted((entity for entity in drawn if entity["kind"] == "event"), key=_in_time):
        result[event["earliest"], event["latest"]].append(event["id"])
    return result


def spread(wishes: Sequence[float], room: Sequence[float], first: float, last: float) -> list[float]:
    """Return places in the same order, each with its room, between first and last, as near as can be to the wishes."""
    offsets = [sum(room[1 : number + 1]) for number in range(len(room))]
    # Neighbours that stand as close as they may: the mean of their wishes, and how many they are.
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    free = [mean for mean, count in blocks for _ in range(count)]
    most = max(first, last - (offsets[-1] if offsets else 0))
    return [min(max(mean, first), most) + offset for mean, offset in zip(free, offsets, strict=True)]
