"""What else than names speaks for and against one person: offices held on the same days, the same lists."""

from graph.identity.reasons import Reason, reason
from graph.identity.things import Office, Thing

_SAME_OFFICE, _SAME_EVENT = 0.13, 0.08
# Two entries on one list of participants are two people, whatever their names.
_LISTED_APART = -0.6


def context_of_people(a: Thing, b: Thing) -> tuple[float, list[Reason], list[Reason]]:
    """Return by how much a score rises or falls by what people did, and the reasons for and against."""
    value, speaks_for, speaks_against = 0.0, list[Reason](), list[Reason]()
    office = next((one for one in a.offices for other in b.offices if _is_same(one, other)), None)
    if office:
        value += _SAME_OFFICE
        speaks_for.append(
            reason(
                "same-office", f"samme verv på samme tid: {office.name}", f"the same office at the time: {office.name}"
            )
        )
    shared = sorted(a.events & b.events)
    if shared and set(a.sources) & set(b.sources):
        value += _LISTED_APART
        speaks_against.append(
            reason(
                "listed-apart",
                f"en kilde nevner begge på samme møte: {shared[0]}",
                f"a source names both at the same event: {shared[0]}",
            )
        )
    elif shared:
        value += _SAME_EVENT
        speaks_for.append(
            reason(
                "same-event",
                f"to kilder nevner hver sin på samme møte: {shared[0]}",
                f"two sources name one each at the same event: {shared[0]}",
            )
        )
    return value, speaks_for, speaks_against


def _is_same(a: Office, b: Office) -> bool:
    """Return whether two terms of office are of one post, and may have a day in common."""
    starts_before = not a.first or not b.last or a.first[: len(b.last)] <= b.last[: len(a.first)]
    ends_after = not a.last or not b.first or b.first[: len(a.last)] <= a.last[: len(b.first)]
    return a.id == b.id and starts_before and ends_after
