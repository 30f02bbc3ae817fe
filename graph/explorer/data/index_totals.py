"""What the segments of an index come to: whom they name, and what is counted of all of them."""

import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from graph.explorer.data.columns import CountedTie, joined_sources
from graph.explorer.data.segments import POOLS, Segment, Tally, in_fields


class NumbersOfSegment(NamedTuple):
    """Of one segment the number in all pools of each value of its own, by pool, and that of each of its others."""

    pools: Mapping[str, Sequence[int]]
    others: Sequence[int]


class Totals:
    """What all segments come to: how many entities and ties, whom they name, and what is counted of all of them.

    ``agents`` and ``open`` are as in ``part_records.py``. ``others`` are all who have ties to what is in segments, and
    ``pools`` all values, each with its number. ``elsewhere`` are ties to what is in no segment, each with the place
    among all entities of segments of what it is a tie of, None where that is in none either. ``spans``, ``counted``,
    ``topics`` and ``places`` are tallies (``segments.py``), those of agents and words by id and word.
    """

    def __init__(self) -> None:
        self.entities = self.ties = 0
        self.agents: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self.others: dict[str, int] = {}
        self.pools: dict[str, dict[Any, int]] = {name: {} for name in POOLS}
        self.elsewhere: list[tuple[CountedTie, int | None]] = []
        self.open: set[str] = set()
        self.spans: Counter[tuple[int, int, int]] = Counter()
        self.counted: dict[str, list[int]] = {}
        self.topics: dict[str, list[int]] = {}
        self.places: dict[str, list[int]] = {}
        # So that the second time nothing but arrays is read of a segment.
        self.of_segments: list[NumbersOfSegment] = []
        self._lines = set[str]()
        # Of each of the others the sources of its ties.
        self._sources: list[tuple[str, ...]] = []

    def sources_of(self, id: str) -> tuple[str, ...]:
        """Return the sources of the ties of somebody to what is in segments."""
        number = self.others.get(id)
        return () if number is None else self._sources[number]

    def add(self, segment: Segment) -> None:
        """Add what is in a segment."""
        names = segment.names()
        for line in segment.agents():
            # Partitions name the same agents, and mostly say the same of them.
            if line and line not in self._lines:
                self._lines.add(line)
                agent, facts = json.loads(line)
                self.agents[agent].update(dict.fromkeys((detail, text) for detail, text in facts))
        pools = {name: _numbers_in(self.pools[name], values) for name, values in names.pools.items()}
        others = _numbers_in(self.others, names.others)
        self.of_segments.append(NumbersOfSegment(pools, others))
        self._add_sources(segment, names.pools["sources"], others)
        ids = segment.ids() if names.elsewhere else []
        for tie in names.elsewhere:
            place = bisect_left(ids, tie.start)
            is_own = place < len(ids) and ids[place] == tie.start
            self.elsewhere.append((tie, self.entities + place if is_own else None))
        self.open.update(names.open)
        self.add_tally(segment.tally(), names.pools, names.others)
        self.entities += segment.count
        self.ties += len(segment.array("from"))

    def add_tally(self, tally: Tally, pools: Mapping[str, Sequence[Any]], agents: Sequence[str]) -> None:
        """Add a tally, by the names of values and of agents."""
        for first, last, strength, count in in_fields(tally, "spans"):
            self.spans[first, last, strength] += count
        of_agents = self.counted
        for number, *own in in_fields(tally, "agents"):
            before = of_agents.setdefault(agents[number], own)
            if before is not own:
                certain, planned, possible, undated, first, last, present = own
                before[0] += certain
                before[1] += planned
                before[2] += possible
                before[3] += undated
                before[4] = min(before[4], first)
                before[5] = max(before[5], last)
                before[6] += present
        for name, of_words in (("topics", self.topics), ("places", self.places)):
            words = pools[name]
            for number, held, planned in in_fields(tally, name):
                counted = of_words.setdefault(words[number], [0, 0])
                counted[0] += held
                counted[1] += planned

    def _add_sources(self, segment: Segment, pool: Sequence[str], others: Sequence[int]) -> None:
        starts, values = segment.array("sourcesOfOthersStart"), segment.array("sourcesOfOthers")
        sources = self._sources
        sources += [()] * (len(self.others) - len(sources))
        for number, (start, end) in zip(others, pairwise(starts), strict=True):
            own = tuple([pool[value] for value in values[start:end]])
            if own != sources[number]:
                sources[number] = joined_sources(sources[number], own)


def _numbers_in(pool: dict[Any, int], values: Iterable[Any]) -> "array[int]":
    """Return the number of each value in a pool, to which those are added that are new."""
    return array("i", [pool.setdefault(value, len(pool)) for value in values])


def add_up(segments: Iterable[Segment]) -> Totals:
    """Return what these segments come to."""
    totals = Totals()
    for segment in segments:
        totals.add(segment)
    return totals
