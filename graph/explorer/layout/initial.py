"""Select the entities that are drawn at first, and define what a layout is. Equal entities give an equal layout.

Events of the same bounds stand together in one frame, which says what is known of their time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.labels import label_of

# The most events, and entities in all, that can be read at once.
EVENTS, ALL = 11, 28
# The most entities that are ever drawn.
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
    """Return what is drawn at first: dated events, those of most actors first, and the actors of most of these events.

    Actors who are at more than one event count first; among events with equally many of them, those go first whose
    actors are at most events, and then those with most actors in all: so the meeting of a new page is drawn, although
    nobody there is known yet. Events with the same label come after all others. Where a graph is too large to be drawn
    whole, actors who are at one event only are left out.
    """
    entities = list(entities)
    events_of, actors_of = incidence(ties)
    dated = [entity for entity in entities if entity["kind"] == "event" and "earliest" in entity and "latest" in entity]
    often = {actor: len(events) for actor, events in events_of.items()}

    def rank(event: Entity) -> tuple[int, int, int, str, str]:
        actors = actors_of[event["id"]]
        repeated = [often[actor] for actor in actors if often[actor] > 1]
        return -len(repeated), -sum(repeated), -len(actors), event["earliest"], event["id"]

    dated.sort(key=rank)
    by_label = {label_of(event): event for event in reversed(dated)}
    first = [event for event in dated if by_label[label_of(event)] is event]
    events = [*first, *(event for event in dated if by_label[label_of(event)] is not event)][:EVENTS]
    event_ids = {event["id"] for event in events}
    least = 2 if len(entities) > MOST else 1
    actors = [entity for entity in entities if events_of[entity["id"]] & event_ids and often[entity["id"]] >= least]
    actors.sort(key=lambda actor: (-len(events_of[actor["id"]] & event_ids), actor["kind"] != "person", actor["id"]))
    return [*sorted(events, key=_in_time), *actors[: ALL - len(events)]]


def incidence(ties: Iterable[Tie]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the events of each actor and the actors of each event."""
    events_of, actors_of = defaultdict(set), defaultdict(set)
    for tie in ties:
        if tie["kind"] in ("part", "possible"):
            events_of[tie["from"]].add(tie["to"])
            actors_of[tie["to"]].add(tie["from"])
    return events_of, actors_of


def _in_time(event: Entity) -> tuple[str, str, str]:
    return event["earliest"], event["latest"], event["id"]


def by_bounds(entities: Iterable[Entity]) -> dict[Bounds, list[str]]:
    """Return events by their bounds, in order of time."""
    result: dict[Bounds, list[str]] = defaultdict(list)
    for event in sorted((entity for entity in entities if entity["kind"] == "event"), key=_in_time):
        result[event["earliest"], event["latest"]].append(event["id"])
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
