"""Segments: of a part of a register the columns of its own entities and ties, by numbers that are its own.

What a part brings is worked on once and kept; the columns of a very large graph are put together of segments
(``graph_index.py``), and no more than one of these is in memory as records.
"""

import json
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from graph.explorer.data.columns import NO_DAY, CountedTie, day_number, with_length
from graph.explorer.data.part_records import decode_part, json_text
from graph.explorer.data.rows_file import encode_segment

# How strong a part in a meeting is, as the page counts it (``page/count_index.js``).
POSSIBLE, PLANNED, CERTAIN = 1, 2, 3
HELD, AHEAD = "status:held", "status:planned"
_ASKED = ("attendance:invited", "attendance:expected")
_ABSENT, _PRESENT = "attendance:absent", "attendance:present"
# Pools whose first value stands for none, by name.
FIRST_VALUES: Mapping[str, Hashable] = {"statuses": "", "roles": (), "attendances": ""}
POOLS = ("kinds", "statuses", "topics", "places", "sources", "tieKinds", "certainties", "roles", "attendances")
LAST_DAY = 2**31 - 1
_TALLY = "tally."


class SegmentNames(NamedTuple):
    """What the numbers of a segment stand for, and what it says in words.

    In arrays an end of a tie is a number of the ``others`` or, after these, of its own entities. ``elsewhere`` are ties
    to what is not its own. ``open`` is as in ``part_records.py``.
    """

    others: list[str]
    pools: dict[str, list[Any]]
    elsewhere: list[CountedTie]
    open: list[str]


class Tally(NamedTuple):
    """What is counted of a segment as the overview of the page counts it (``page/aggregates.js``); see ``in_fields``.

    ``spans`` are meetings by first day, last day and how strong they are: held, planned, or 0 for called off, and how
    many are so. ``topics`` and ``places`` are numbers in the pool with how many are held, and planned; ``agents``
    numbers of agents with certain, planned, possible, undated, first and last day, and of how many it is said that
    somebody was present.
    """

    spans: "array[int]"
    topics: "array[int]"
    places: "array[int]"
    agents: "array[int]"


# How many numbers each item of a tally has.
_FIELDS = Tally(4, 3, 3, 8)  # type: ignore[arg-type]


class Segment:
    """A part of a register, in bytes; what is asked of it is read then.

    The bytes begin with the length of a header (u32) and the header: JSON with the ``count`` of own entities, and the
    name and size of each of the ``texts`` and ``rows``, and name, type and length of each of the ``arrays``, which
    stand in this order. Texts are deflated JSON: ``names``, ``ids`` of own entities in order, and the lines of
    ``agents``: JSON lists of the id of one whom it names and what is stated of it. Segments stay on the machine that
    made them: arrays have its order of bytes.
    """

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a segment. Raise ValueError or LookupError where they are none."""
        self.data = data
        at = 4 + int.from_bytes(data[:4], "little")
        header = json.loads(data[4:at])
        self.count: int = header["count"]
        self._texts: dict[str, tuple[int, int]] = {}
        for name, size in header["texts"]:
            self._texts[name] = at, at + size
            at += size
        self._arrays: dict[str, tuple[str, int, int]] = {}
        for name, kind, length in header["arrays"]:
            end = at + length * array(kind).itemsize
            self._arrays[name] = kind, at, end
            at = end
        self.rows = memoryview(data)[at:]

    def names(self) -> SegmentNames:
        """Return what its numbers stand for."""
        others, pools, elsewhere, are_open = json.loads(self._text("names"))
        pools["roles"] = [*map(tuple, pools["roles"])]
        return SegmentNames(others, pools, [CountedTie(*map(_as_tuple, tie)) for tie in elsewhere], are_open)

    def ids(self) -> list[str]:
        """Return the ids of its own entities, in order."""
        ids: list[str] = json.loads(self._text("ids"))
        return ids

    def agents(self) -> list[str]:
        """Return the lines about those whom it names."""
        return self._text("agents").decode().split("\n")

    def tally(self) -> Tally:
        """Return what is counted of it."""
        return Tally(*(self.array(_TALLY + name) for name in Tally._fields))

    def array(self, name: str) -> "array[int]":
        """Return one of its arrays."""
        kind, at, end = self._arrays[name]
        values = array(kind)
        values.frombytes(self.data[at:end])
        return values

    def _text(self, name: str) -> bytes:
        at, end = self._texts[name]
        return zlib.decompress(self.data[at:end])


def in_fields(tally: Tally, name: str) -> Iterator[tuple[int, ...]]:
    """Yield the items of one field of a tally."""
    return zip(*[iter(getattr(tally, name))] * getattr(_FIELDS, name), strict=True)


class _Pools:
    """Values by name and number."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[Any, int]] = {name: {} for name in POOLS}
        for name, value in FIRST_VALUES.items():
            self._numbers[name][value] = 0

    def number(self, name: str, value: Any) -> int:
        pool = self._numbers[name]
        return pool.setdefault(value, len(pool))

    def values(self) -> dict[str, list[Any]]:
        return {name: [*pool] for name, pool in self._numbers.items()}


def make_segment(page: bytes) -> Segment:
    """Return the segment of what the page is given of a part."""
    part = decode_part(page)
    by_id = {entity.id: entity for entity in part.entities}
    ids = sorted(by_id)
    own = {id: number for number, id in enumerate(ids)}
    others = sorted({end for tie in part.ties for end in (tie.start, tie.end)} - own.keys())
    number = {id: place for place, id in enumerate(others)}
    number |= {id: len(others) + place for id, place in own.items()}
    ties = [tie for tie in part.ties if tie.end in own]
    ties.sort(key=lambda tie: (own[tie.end], number[tie.start], tie.id))
    pools = _Pools()
    arrays = _columns_of_entities([by_id[id] for id in ids], pools)
    arrays |= _sources(ids, others, by_id, part.ties, pools)
    arrays |= _columns_of_ties(ties, number, pools)
    elsewhere = [tie for tie in part.ties if tie.end not in own]
    tally = make_tally(arrays, pools.values(), len(others))
    arrays |= {_TALLY + name: values for name, values in tally._asdict().items()}
    texts = {
        "names": json_text(SegmentNames(others, pools.values(), elsewhere, part.open)),
        "ids": json_text(ids),
        "agents": "\n".join(map(json_text, part.agents.items())),
    }
    return _encoded(len(ids), texts, arrays, encode_segment(part, ids))


def _encoded(count: int, texts: Mapping[str, str], arrays: Mapping[str, "array[int]"], rows: bytes) -> Segment:
    deflated = {name: zlib.compress(text.encode(), 1) for name, text in texts.items()}
    header = {
        "count": count,
        "texts": [[name, len(each)] for name, each in deflated.items()],
        "arrays": [[name, each.typecode, len(each)] for name, each in arrays.items()],
    }
    in_bytes = (each.tobytes() for each in arrays.values())
    return Segment(b"".join((with_length(json_text(header).encode()), *deflated.values(), *in_bytes, rows)))


def _columns_of_entities(entities: Sequence[Any], pools: _Pools) -> dict[str, "array[int]"]:
    arrays = {
        "kind": array("B", [pools.number("kinds", entity.kind) for entity in entities]),
        "status": array("B", [pools.number("statuses", entity.status) for entity in entities]),
        "earliest": array("i", [day_number(entity.earliest) for entity in entities]),
        "latest": array("i", [day_number(entity.latest) for entity in entities]),
    }
    for name in ("topics", "places"):
        arrays |= _lists(name, [getattr(entity, name) for entity in entities], pools)
    return arrays


def _lists(name: str, several: Iterable[Sequence[str]], pools: _Pools) -> dict[str, "array[int]"]:
    starts, numbers = array("i", [0]), array("i")
    for values in several:
        numbers.extend(pools.number(name, value) for value in values)
        starts.append(len(numbers))
    return {f"{name}Start": starts, name: numbers}


def _sources(
    ids: Sequence[str], others: Sequence[str], by_id: Mapping[str, Any], ties: Iterable[CountedTie], pools: _Pools
) -> dict[str, "array[int]"]:
    """Return the sources of the entities, and of the others, which are those of their ties too."""
    of: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        of[tie.start].update(tie.sources)
        of[tie.end].update(tie.sources)
    own = _lists("sources", [sorted(of[id].union(by_id[id].sources)) for id in ids], pools)
    theirs = _lists("sources", [sorted(of[id]) for id in others], pools)
    return own | {"sourcesOfOthersStart": theirs["sourcesStart"], "sourcesOfOthers": theirs["sources"]}


def _columns_of_ties(ties: Sequence[CountedTie], number: Mapping[str, int], pools: _Pools) -> dict[str, "array[int]"]:
    offices: dict[tuple[str, str], int] = {}
    return {
        "from": array("i", [number[tie.start] for tie in ties]),
        "to": array("i", [number[tie.end] for tie in ties]),
        "tieKind": array("B", [pools.number("tieKinds", tie.kind) for tie in ties]),
        "certainty": array("B", [pools.number("certainties", tie.certainty) for tie in ties]),
        "roles": array("H", [pools.number("roles", tie.roles) for tie in ties]),
        "attendance": array("B", [pools.number("attendances", tie.attendance) for tie in ties]),
        "alternatives": array(
            "i",
            [offices.setdefault((tie.end, tie.office), len(offices) + 1) if tie.office else 0 for tie in ties],
        ),
    }


def strength_of(kind: str, attendance: str, status: str) -> int:
    """Return how strong a tie is as a part in a meeting of a status; 0 for none."""
    if status not in (HELD, AHEAD) or attendance == _ABSENT:
        return 0
    if kind == "possible":
        return POSSIBLE
    if kind != "part":
        return 0
    return PLANNED if status == AHEAD or attendance in _ASKED else CERTAIN


def make_tally(arrays: Mapping[str, Any], pools: Mapping[str, Sequence[Any]], others: int = 0) -> Tally:
    """Return the tally of columns, in which so many others have numbers before the entities."""
    is_event = [kind == "event" for kind in pools["kinds"]]
    strengths = [{HELD: CERTAIN, AHEAD: PLANNED}.get(status, 0) for status in pools["statuses"]]
    meeting = [
        strengths[status] if is_event[kind] and status else -1
        for kind, status in zip(arrays["kind"], arrays["status"], strict=True)
    ]
    days = [*zip(arrays["earliest"], arrays["latest"], strict=True)]
    spans = Counter((*day, strength) for day, strength in zip(days, meeting, strict=True) if strength >= 0)
    lists = dict[str, dict[int, list[int]]]()
    for name in ("topics", "places"):
        counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        starts, values = arrays[f"{name}Start"], arrays[name]
        for event, strength in enumerate(meeting):
            if strength > 0:
                for value in values[starts[event] : starts[event + 1]]:
                    counted[value][CERTAIN - strength] += 1
        lists[name] = dict(counted)
    agents = _tally_of_agents(arrays, pools, others, meeting, days)
    return Tally(
        array("i", chain.from_iterable((*span, count) for span, count in sorted(spans.items()))),
        *(
            array("i", chain.from_iterable((number, *counts) for number, counts in each.items()))
            for each in (lists["topics"], lists["places"], agents)
        ),
    )


def _tally_of_agents(
    arrays: Mapping[str, Any],
    pools: Mapping[str, Sequence[Any]],
    others: int,
    meeting: Sequence[int],
    days: Sequence[tuple[int, int]],
) -> dict[int, list[int]]:
    """Return what is counted by the number of an agent: each meeting once, by the strongest of the ties to it."""
    kinds, attendances, statuses = pools["tieKinds"], pools["attendances"], pools["statuses"]
    strongest: dict[tuple[int, int], int] = {}
    present = set[tuple[int, int]]()
    status, kind_of = arrays["status"], arrays["tieKind"]
    known: dict[tuple[int, int, int], tuple[int, bool]] = {}
    for start, end, kind, attendance in zip(arrays["from"], arrays["to"], kind_of, arrays["attendance"], strict=True):
        event = end - others
        if meeting[event] <= 0:
            continue
        key = kind, attendance, status[event]
        if key not in known:
            words = kinds[kind], attendances[attendance], statuses[status[event]]
            known[key] = strength_of(*words), words == ("part", _PRESENT, HELD)
        strength, is_present = known[key]
        if strength > strongest.get((start, event), 0):
            strongest[start, event] = strength
        if is_present:
            present.add((start, event))
    result: dict[int, list[int]] = {}
    for (agent, event), strength in strongest.items():
        counted = result.setdefault(agent, [0, 0, 0, 0, LAST_DAY, NO_DAY, 0])
        counted[CERTAIN - strength] += 1
        earliest, latest = days[event]
        if NO_DAY in (earliest, latest):
            counted[3] += 1
        else:
            counted[4], counted[5] = min(counted[4], earliest), max(counted[5], latest)
        counted[6] += (agent, event) in present
    return result


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
