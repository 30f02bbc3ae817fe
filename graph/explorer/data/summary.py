"""The summary: what the headline of the page says, counted over the whole graph."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.explorer.data.records import Entity, MostPresent, Period, Summary, Tie
from graph.query.counts import Counts

OPEN_EVENTS = "list:events"


def summarize(entities: Sequence[Entity], ties: Sequence[Tie], counts: Counts) -> Summary:
    """Return the summary of a graph of which ``counts`` says how many events there are."""
    return {
        "entities": len(entities),
        "ties": len(ties),
        "events": counts.events,
        "held": _period(entities, "status:held", counts.held),
        "planned": _period(entities, "status:planned", counts.planned),
        "most": _most_present({entity["id"]: entity for entity in entities}, ties),
    }


def _period(entities: Iterable[Entity], status: str, count: int) -> Period:
    """Return the period of the events of one status.

    It is open where a source speaks of a series as a whole, or leaves a list of such events open: then there may be
    more than are named.
    """
    alike = [entity for entity in entities if entity.get("status") == status]
    events = [entity for entity in alike if entity["kind"] == "event"]
    days = [day for event in events for day in (event.get("earliest"), event.get("latest")) if day]
    is_open = any(entity["kind"] == "series" or OPEN_EVENTS in entity.get("openLists", ()) for entity in alike)
    return {"count": count, "open": is_open, "first": min(days, default=""), "last": max(days, default="")}


def _most_present(by_id: dict[str, Entity], ties: Iterable[Tie]) -> MostPresent | None:
    """Return the person certainly present at most events, or None where nobody is."""
    certain, possible = defaultdict(set), defaultdict(set)
    for tie in ties:
        if by_id[tie["from"]]["kind"] != "person":
            continue
        event = by_id[tie["to"]]
        if tie["kind"] == "possible":
            possible[tie["from"]].add(tie["to"])
        elif (
            tie["kind"] == "part"
            and tie.get("attendance") == "attendance:present"
            and event["kind"] == "event"
            and event.get("status") != "status:planned"
        ):
            certain[tie["from"]].add(tie["to"])
    if not certain:
        return None
    person = min(certain, key=lambda name: (-len(certain[name]), name))
    return {"id": person, "certain": len(certain[person]), "possible": len(possible[person])}
