"""The summary: what the headline of the page says, counted over the whole graph."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.explorer.data.columns import NO_DAY, CountedEntity, CountedTie, counted_entity, counted_tie, iso_day
from graph.explorer.data.records import Entity, MostPresent, Period, Summary, Tie
from graph.query.counts import Counts

OPEN_EVENTS = "list:events"


def summarize(entities: Sequence[Entity], ties: Sequence[Tie], counts: Counts) -> Summary:
    """Return the summary of a graph of which ``counts`` says how many events there are."""
    counted = [*map(counted_entity, entities)]
    return summarize_counted(counted, [*map(counted_tie, ties)], counts, open_statuses(entities))


def summarize_counted(
    entities: Sequence[CountedEntity], ties: Sequence[CountedTie], counts: Counts, are_open: Collection[str]
) -> Summary:
    """Return the same from what is counted; of statuses that ``are_open`` there may be more events than are named."""

    def period(status: str, count: int) -> Period:
        events = [entity for entity in entities if entity.status == status and entity.kind == "event"]
        days = [day for event in events for day in (event.earliest, event.latest) if day]
        is_open = status in are_open
        return {"count": count, "open": is_open, "first": min(days, default=""), "last": max(days, default="")}

    return {
        "entities": len(entities),
        "ties": len(ties),
        "events": counts.events,
        "held": period("status:held", counts.held),
        "planned": period("status:planned", counts.planned),
        "most": _most_present({entity.id: entity for entity in entities}, ties),
    }


def summary_of_spans(period: Period, spans: Iterable[tuple[int, int, int]]) -> Period:
    """Return a period, widened by the days of spans: the first and the last one of each, as columns have them."""
    days = [day for span in spans for day in span[:2] if day != NO_DAY]
    several = [*map(iso_day, (min(days), max(days))), period["first"], period["last"]] if days else []
    known = [day for day in several if day]
    return {**period, "first": min(known), "last": max(known)} if known else period


def open_statuses(entities: Iterable[Entity]) -> set[str]:
    """Return the statuses of events of which there may be more than are named.

    That is so where a source speaks of a series as a whole, or leaves a list of such events open.
    """
    return {
        entity.get("status", "")
        for entity in entities
        if entity["kind"] == "series" or OPEN_EVENTS in entity.get("openLists", ())
    }


def _most_present(by_id: Mapping[str, CountedEntity], ties: Iterable[CountedTie]) -> MostPresent | None:
    """Return the person certainly present at most events, or None where nobody is."""
    certain, possible = defaultdict(set), defaultdict(set)
    for tie in ties:
        if by_id[tie.start].kind != "person":
            continue
        event = by_id[tie.end]
        if tie.kind == "possible":
            possible[tie.start].add(tie.end)
        elif (
            tie.kind == "part"
            and tie.attendance == "attendance:present"
            and event.kind == "event"
            and event.status != "status:planned"
        ):
            certain[tie.start].add(tie.end)
    if not certain:
        return None
    person = min(certain, key=lambda name: (-len(certain[name]), name))
    return {"id": person, "certain": len(certain[person]), "possible": len(possible[person])}
