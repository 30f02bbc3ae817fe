"""Small networks by hand: events with their days, and who was there, in the fewest signs."""

from collections.abc import Iterable

from graph.model.labels import Label
from graph.network.presence import CERTAIN, POSSIBLE, Network, NodeInfo, Participation, build_network


def network_of_rows(*rows: str) -> Network:
    """A network of rows such as ``m1 2014-10-01/2014-10-31: a b? c?minister d! d? ~g``.

    ``a`` was there, ``b?`` may have been, ``c?minister`` may have been as the holder of that office, ``d!`` organised;
    ``~g`` is a group that nobody named. The days may be left out.
    """
    parts = [part for row in rows for part in _parts(row)]
    groups = {guest[1:] for row in rows for guest in row.split() if guest.startswith("~")}
    actors = {part.actor: NodeInfo("group" if part.actor in groups else "person", Label(part.actor)) for part in parts}
    return build_network(parts, actors | {part.event: NodeInfo("event", Label(part.event)) for part in parts})


def _parts(row: str) -> Iterable[Participation]:
    head, _, guests = row.partition(":")
    event, _, days = head.partition(" ")
    earliest, _, latest = days.partition("/")
    for guest in guests.split():
        actor = guest.rstrip("!").partition("?")[0].removeprefix("~")
        office = guest.partition("?")[2]
        yield Participation(
            actor=actor,
            event=event,
            iri=f"{event}.{guest}",
            certainty=None if guest.endswith("!") else POSSIBLE if "?" in guest else CERTAIN,
            roles=("organiser",) if guest.endswith("!") else ("participant",),
            holder_of=f"{event} {office}" if office else "",
            earliest=earliest,
            latest=latest or earliest,
        )
