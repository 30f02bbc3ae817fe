"""Events of registers that are decided to be events of other sources: their rows are concluded from with those.

What follows from the rows of a partition is concluded from them alone, since no other source tells of their events.
Rows about an event that another source tells of too are taken out, and go as a part of their own to the pages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.claims.registers import Group
from graph.model.acts import EventAct
from graph.model.iris import entry_key
from graph.pipeline.digests import digest
from graph.pipeline.parts import EventFacts, Facts, Part
from graph.pipeline.renaming import Renaming
from graph.rdf.terms import iri
from graph.sources.tables.reading import RowActs

_EVENT, _LABEL = str(iri("mg:event")), str(iri("rdfs:label"))
# The name of a part that a register brings to the pages begins so.
OF_REGISTERS = "registers/"


@dataclass(frozen=True)
class Joining:
    """Which ids are replaced in the rows of a register, and which of its events (compact names) others tell of too."""

    renaming: Renaming = field(default_factory=Renaming)
    events: frozenset[str] = frozenset()

    @cached_property
    def _iris(self) -> frozenset[str]:
        return frozenset(str(iri(self.renaming.of(event))) for event in self.events)

    def divide(self, groups: list[Group]) -> tuple[list[Group], list[Group]]:
        """Return what rows bring, and apart from it what they bring about events that others tell of too."""
        if not self.events:
            return groups, []
        joined = [group for group in groups if self._is_joined(group)]
        apart = {id(group) for group in joined}
        return [group for group in groups if id(group) not in apart], joined

    def _is_joined(self, group: Group) -> bool:
        return any(row[1] == _EVENT and row[2] in self._iris for row in group.rows)


def joined_facts(acts: Iterable[RowActs], register: str, joining: Joining) -> Iterator[EventFacts]:
    """Yield what rows tell of events that others tell of too, as far as these can contradict it."""
    for _, several in acts:
        for act in several:
            if not isinstance(act, EventAct):
                continue
            series = act.kind == "series"
            event = f"{'series' if series else 'event'}:{register}.{entry_key(act.key)}"
            if event in joining.events:
                words = next((topic.words for topic in act.topics), act.key)
                yield EventFacts(
                    event=joining.renaming.of(event),
                    line=0,
                    earliest=_iso(act.time.earliest),
                    latest=_iso(act.time.latest),
                    area=joining.renaming.of(act.place_area) if act.place_area else None,
                    area_name=act.place.words if act.place else act.place_area,
                    kind=f"kind:{'meeting' if series else act.kind}",
                    status=f"status:{act.status}",
                    words=words,
                )


def joined_part(register: str, published: date, lines: Iterable[str], events: Iterable[EventFacts]) -> Part:
    """Return what a register brings about events that others tell of too, as a part beside those of pages."""
    rows, facts = sorted({*lines}), tuple(events)
    links = tuple(sorted({event.event for event in facts}))
    name = f"{OF_REGISTERS}{register}"
    return Part(name, digest(name, *rows), Facts(published_latest=published, links=links, events=facts), rows)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
