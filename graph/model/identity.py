"""Identity: what people have decided about whether several ids name one thing.

Being the same is a decision, with who made it, when and why. Decisions are never completed by a machine: two things are
one where a chain of decisions says so, and of nothing else is anything concluded.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal, NamedTuple

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")
# Kinds of ids that can be decided about, and what they can name. An actor of a register may be any of these.
_PEOPLE, _BODIES, _GROUPS, _POSTS = "person", "body", "group", "post"
FAMILIES: Mapping[str, frozenset[str]] = {
    "event": frozenset(["event"]),
    "series": frozenset(["series"]),
    "person": frozenset([_PEOPLE]),
    "organisation": frozenset([_BODIES]),
    "group": frozenset([_GROUPS]),
    "post": frozenset([_POSTS]),
    "actor": frozenset([_PEOPLE, _BODIES, _GROUPS, _POSTS]),
    "kommune": frozenset(["municipality"]),
    "fylke": frozenset(["county"]),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of two or more ids (compact names), of which the first is kept where they are the same.

    ``seen`` is the evidence that they looked at, in words or as ids; ``line`` is that of its file, 0 where it has none.
    """

    verdict: Verdict
    ids: tuple[str, ...]
    who: str
    when: date
    why: str
    seen: tuple[str, ...] = ()
    line: int = 0


class Contradiction(NamedTuple):
    """A decision that two ids are different, and those by which they are the same, from the one to the other."""

    different: Decision
    ids: tuple[str, str]
    chain: tuple[Decision, ...]


@dataclass(slots=True, eq=False)
class _Cluster:
    """The ids of one thing, in any order, and the one that is kept."""

    kept: str
    ids: list[str]

    def __iter__(self) -> Iterator[str]:
        yield self.kept
        yield from (id for id in self.ids if id != self.kept)


class Mixture(NamedTuple):
    """Two ids that no one thing can have, and the decisions by which they are the same, from the one to the other."""

    ids: tuple[str, str]
    chain: tuple[Decision, ...]


class Decisions:
    """All decisions of a home, and what follows from them: the latest decision about two ids counts."""

    def __init__(self, entries: Iterable[Decision] = ()) -> None:
        """Take the decisions in the order of their file."""
        self.entries = tuple(entries)
        self._clusters: dict[str, _Cluster] = {}
        for entry in self.entries:
            if entry.verdict == "same":
                self._join(entry.ids)
        self._pairs: dict[frozenset[str], Decision] = {}
        for entry in self.entries:
            if entry.verdict != "same":
                self._pairs |= {frozenset(pair): entry for pair in combinations(entry.ids, 2)}

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def ids(self) -> frozenset[str]:
        """Return all ids that something was decided about."""
        return frozenset(id for entry in self.entries for id in entry.ids)

    def clusters(self) -> list[tuple[str, ...]]:
        """Return the ids that are one thing, cluster by cluster; the first of each is the one that is kept."""
        return [tuple(each) for each in {id(each): each for each in self._clusters.values()}.values()]

    def cluster(self, id: str) -> tuple[str, ...]:
        """Return all ids of the thing that an id names, in their order: itself alone where nothing was decided."""
        return tuple(self._clusters.get(id, (id,)))

    def canonical(self, id: str) -> str:
        """Return the id under which the thing is known that an id names."""
        cluster = self._clusters.get(id)
        return id if cluster is None else cluster.kept

    def verdict(self, one: str, other: str) -> Verdict | None:
        """Return what was decided of two ids, directly or by a chain of decisions; None where nothing was."""
        if one == other or self._clusters.get(one, one) is self._clusters.get(other, other):
            return "same"
        verdicts = {
            self._pairs[pair].verdict
            for first in self.cluster(one)
            for second in self.cluster(other)
            if (pair := frozenset((first, second))) in self._pairs
        }
        return "different" if "different" in verdicts else "unsure" if verdicts else None

    def contradictions(self) -> Iterator[Contradiction]:
        """Yield each pair that one decision says is different, and others that it is the same."""
        links: dict[str, list[tuple[str, Decision]]] | None = None
        for pair, decision in self._pairs.items():
            one, other = sorted(pair)
            if decision.verdict == "different" and self._clusters.get(one, one) is self._clusters.get(other, other):
                links = self._links() if links is None else links
                yield Contradiction(decision, (one, other), tuple(_chain(links, one, other)))

    def mixtures(self) -> Iterator[Mixture]:
        """Yield two ids of each thing that several decisions together make a person and a body, or the like."""
        links: dict[str, list[tuple[str, Decision]]] | None = None
        for cluster in self.clusters():
            if mixed_kinds(cluster):
                # One that can name things of one kind alone; an actor of a register can name several.
                one = next(id for id in cluster if len(FAMILIES.get(id.partition(":")[0], ())) <= 1)
                other = next(id for id in cluster if mixed_kinds((one, id)))
                links = self._links() if links is None else links
                yield Mixture((one, other), tuple(_chain(links, one, other)))

    def without(self, ids: Collection[str]) -> "Decisions":
        """Return these decisions without those about things that one of these ids names."""
        gone = {each for id in ids for each in self.cluster(id)}
        return Decisions(entry for entry in self.entries if gone.isdisjoint(entry.ids))

    def _join(self, ids: tuple[str, ...]) -> None:
        """Put ids into one cluster. The smaller ones move, so that a long chain takes no longer than its length."""
        for id in ids[1:]:
            first, second = (self._clusters.setdefault(each, _Cluster(each, [each])) for each in (ids[0], id))
            if first is second:
                continue
            large, small = (first, second) if len(first.ids) >= len(second.ids) else (second, first)
            large.ids.extend(small.ids)
            large.kept = first.kept
            for each in small.ids:
                self._clusters[each] = large

    def _links(self) -> dict[str, list[tuple[str, Decision]]]:
        links: dict[str, list[tuple[str, Decision]]] = {}
        for entry in self.entries:
            if entry.verdict == "same":
                for id in entry.ids[1:]:
                    links.setdefault(entry.ids[0], []).append((id, entry))
                    links.setdefault(id, []).append((entry.ids[0], entry))
        return links


def _chain(links: Mapping[str, list[tuple[str, Decision]]], one: str, other: str) -> list[Decision]:
    """Return the fewest decisions by which one id is the same as the other, each once."""
    came: dict[str, tuple[str, Decision] | None] = {one: None}
    waiting = deque([one])
    while waiting and other not in came:
        here = waiting.popleft()
        for there, decision in links.get(here, ()):
            if there not in came:
                came[there] = here, decision
                waiting.append(there)
    chain: dict[Decision, None] = {}
    step = came.get(other)
    while step is not None:
        chain[step[1]] = None
        step = came[step[0]]
    return [*chain][::-1]


def mixed_kinds(ids: Iterable[str]) -> bool:
    """Return whether no one thing can have all these ids: one names a person, another a body."""
    possible: frozenset[str] | None = None
    for id in ids:
        kinds = FAMILIES.get(id.partition(":")[0], frozenset())
        possible = kinds if possible is None else possible & kinds
    return not possible
