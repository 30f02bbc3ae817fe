"""Facts: what the sentence on top of the page says, counted over the whole graph."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.explorer.data.queries import Data


def summarise(entities: Sequence[Data], ties: Sequence[Data]) -> Data:
    """How many entities and ties there are; meetings held and planned, from when to when; who was at most of them.

    ``most`` is the person certainly present at most events (``sure``), and at how many more they may have been
    (``possible``); it is left out where nobody is known to have been anywhere.
    """
    known = {entity["id"]: entity for entity in entities}
    return {
        "entities": len(entities),
        "ties": len(ties),
        "held": _events(entities, "status:held"),
        "planned": _events(entities, "status:planned"),
    } | _most(known, ties)


def _events(entities: Iterable[Data], status: str) -> Data:
    events = [entity for entity in entities if entity["kind"] == "event" and entity.get("status") == status]
    days = [event[bound] for event in events for bound in ("earliest", "latest") if bound in event]
    return {"count": len(events)} | ({"first": min(days), "last": max(days)} if days else {})


def _most(known: dict[str, Data], ties: Iterable[Data]) -> Data:
    sure, possible = defaultdict(set), defaultdict(set)
    for tie in ties:
        if known[tie["from"]]["kind"] != "person":
            continue
        event = known[tie["to"]]
        if tie["kind"] == "possible":
            possible[tie["from"]].add(tie["to"])
        elif (
            tie["kind"] == "part"
            and tie.get("attendance") == "attendance:present"
            and event["kind"] == "event"
            and event.get("status") != "status:planned"
        ):
            sure[tie["from"]].add(tie["to"])
    if not sure:
        return {}
    person = min(sure, key=lambda name: (-len(sure[name]), name))
    return {"most": {"id": person, "sure": len(sure[person]), "possible": len(possible[person])}}
