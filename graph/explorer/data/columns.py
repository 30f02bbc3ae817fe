"""The columns: what counting needs of every entity and tie of a graph, as arrays of numbers in one block.

The block is deflated (zlib, RFC 1950). It begins with the length of its header in bytes (u32); then comes the header,
JSON padded with spaces to a multiple of 4 bytes; then one array after another, each padded with zeros to a multiple of
4. All numbers are little endian. The header says how many ``entities`` and ``ties`` there are, has the ``pools`` by
name, the name, type (i32, u16, u8, f32) and length of each of the ``arrays`` in their order, and the ``modularity`` of
the communities.

Entities are numbered in the order of their ids, ties in that of the numbers of their ends, ``to`` first, then ``from``,
and of their ids: so ties to one event stand together. Days count from 1970-01-01. Of ``topics``, ``places`` and
``sources``, those of entity n stand from ``topicsStart[n]`` up to ``topicsStart[n + 1]``, as numbers of their pools.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from graph.explorer.data.communities import find_communities
from graph.explorer.data.positions import whole_positions
from graph.explorer.data.records import Claim, Entity, Payload, Tie

# The day of what has none.
NO_DAY = -(2**31)
# Types of arrays, each with the letter that ``array`` has for it.
TYPES = {"i32": "i", "u16": "H", "u8": "B", "f32": "f"}
LEVEL = 6
_EPOCH = date(1970, 1, 1).toordinal()


# Arrays that only a graph has that is whole in its page, with the letters of their types.
OF_WHOLE = {"community": "H", "bridge": "B", "x": "f", "y": "f", "arrival": "i"}


class CountedEntity(NamedTuple):
    """What is counted of an entity. Days are ISO dates, ``topics`` and ``places`` short names or quoted words."""

    id: str
    kind: str
    status: str = ""
    earliest: str = ""
    latest: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class CountedTie(NamedTuple):
    """What is counted of a tie; ``start`` and ``end`` are the ids of its ends.

    Of one who may have taken part as the holder of an office, ``office`` says which one in which claim: two who may
    have held the same are alternatives, and did not meet.
    """

    id: str
    start: str
    end: str
    kind: str
    certainty: str
    roles: tuple[str, ...] = ()
    attendance: str = ""
    sources: tuple[str, ...] = ()
    office: str = ""


class Columns(NamedTuple):
    """The pools and arrays of a graph by name, and how much its communities hold together (None: there are none).

    ``numbers`` are those of the entities by id, where the columns were just made.
    """

    entities: int
    ties: int
    pools: Mapping[str, Sequence[Any]]
    arrays: Mapping[str, "array[int] | array[float]"]
    modularity: float | None
    numbers: Mapping[str, int] = MappingProxyType({})


def counted_entities(payload: Payload) -> Iterator[CountedEntity]:
    """Yield what is counted of the entities of a payload."""
    for entity in payload["entities"]:
        yield counted_entity(entity, payload["claims"])


def counted_ties(payload: Payload) -> Iterator[CountedTie]:
    """Yield what is counted of the ties of a payload."""
    for tie in payload["ties"]:
        yield counted_tie(tie, payload["claims"])


def counted_entity(entity: Entity, claims: Mapping[str, Claim] | None = None) -> CountedEntity:
    """Return what is counted of an entity, its sources only where ``claims`` are given by name.

    Words of sources as topics and places begin with a quote.
    """
    return CountedEntity(
        entity["id"],
        entity["kind"],
        entity.get("status", ""),
        entity.get("earliest", ""),
        entity.get("latest", ""),
        (*entity.get("topics", ()), *map(quoted, entity.get("topicsAsWritten", ()))),
        (*entity.get("places", ()), *map(quoted, entity.get("placesAsWritten", ()))),
        _sources(entity, claims or {}),
    )


def counted_tie(tie: Tie, claims: Mapping[str, Claim] | None = None) -> CountedTie:
    """Return what is counted of a tie, its sources only where ``claims`` are given by name."""
    return CountedTie(
        tie["id"],
        tie["from"],
        tie["to"],
        tie["kind"],
        tie["certainty"],
        tuple(tie.get("roles", ())),
        tie.get("attendance", ""),
        _sources(tie, claims or {}),
        office_of(tie),
    )


def office_of(tie: Tie) -> str:
    """Return of which office and claim a candidate rests on a membership of the registry, or "" of others."""
    if tie["kind"] != "possible" or not tie["memberships"]:
        return ""
    return " ".join(map(str, (*tie["claims"], *tie.get("capacity", ()))))


def quoted(words: str) -> str:
    """Return words of a source as they stand in a pool among short names."""
    return f'"{words}'


def _sources(record: Entity | Tie, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    return tuple(sorted({claims[str(claim)]["source"] for claim in record["claims"]})) if claims else ()


def entity_numbers(entities: Iterable[CountedEntity]) -> dict[str, int]:
    """Return the number of each entity, by its id."""
    return {name: number for number, name in enumerate(sorted(entity.id for entity in entities))}


def make_columns(
    entities: Iterable[CountedEntity],
    ties: Iterable[CountedTie],
    arriving: Iterable[CountedEntity] = (),
    *,
    further: Mapping[str, int] | None = None,
) -> Columns:
    """Return the columns of a graph. The sources of an entity are those of its claims and of the claims of its ties.

    ``arriving`` are the entities in chunks of parts, which do not have their numbers: ``arrival`` has these, in order.
    Of a graph that is not whole there are neither communities nor positions; ``further`` are the numbers of entities
    that are not given, and have ties to some that are.
    """
    by_id = sorted(entities)
    number = {entity.id: index for index, entity in enumerate(by_id)}
    place = {**(further or {}), **number}
    by_ends = sorted(ties, key=lambda tie: (number[tie.end], place[tie.start], tie.id))
    starts, ends = [place[tie.start] for tie in by_ends], [number[tie.end] for tie in by_ends]
    pools: dict[str, Sequence[Any]] = {}
    arrays: dict[str, array[int] | array[float]] = {}

    def pool(name: str, values: Sequence[Any], first: Sequence[Any] = ()) -> list[int]:
        pools[name] = ordered = [*first, *sorted({*values}.difference(first))]
        at = {value: index for index, value in enumerate(ordered)}
        return [at[value] for value in values]

    def lists(name: str, several: Sequence[Collection[str]]) -> None:
        numbers = pool(name, [value for values in several for value in values])
        starts, start = array("i", [0]), 0
        for values in several:
            start += len(values)
            starts.append(start)
        arrays[f"{name}Start"], arrays[name] = starts, array("i", numbers)

    kinds, certainties = [entity.kind for entity in by_id], [tie.certainty for tie in by_ends]
    tie_kinds, statuses = [tie.kind for tie in by_ends], [entity.status for entity in by_id]
    arrays["kind"] = array("B", pool("kinds", kinds))
    arrays["status"] = array("B", pool("statuses", statuses, [""]))
    arrays["earliest"] = array("i", [day_number(entity.earliest) for entity in by_id])
    arrays["latest"] = array("i", [day_number(entity.latest) for entity in by_id])
    lists("topics", [entity.topics for entity in by_id])
    lists("places", [entity.places for entity in by_id])
    lists("sources", _sources_with_ties(by_id, by_ends, starts, ends))
    arrays["from"], arrays["to"] = array("i", starts), array("i", ends)
    arrays["tieKind"] = array("B", pool("tieKinds", tie_kinds))
    arrays["certainty"] = array("B", pool("certainties", certainties))
    arrays["roles"] = array("H", pool("roles", [tie.roles for tie in by_ends], [()]))
    arrays["attendance"] = array("B", pool("attendances", [tie.attendance for tie in by_ends], [""]))
    arrays["alternatives"] = array("i", _alternatives(by_ends))
    if further is not None:
        arrays |= {name: array(letter) for name, letter in OF_WHOLE.items()}
        return Columns(len(by_id), len(by_ends), pools | {"communities": [[]]}, arrays, None, number)
    certain = [
        kind == "part" and certainty == "certain" and kinds[end] == "event" and statuses[end] == "status:held"
        for kind, certainty, end in zip(tie_kinds, certainties, ends, strict=True)
    ]
    held = [pair for pair, is_certain in zip(zip(ends, starts, strict=True), certain, strict=True) if is_certain]
    found = find_communities(len(by_id), held)
    layout = whole_positions(
        found.of, found.meetings, zip(ends, starts, strict=True), [kind == "event" for kind in kinds]
    )
    arrays["community"], arrays["bridge"] = array("H", found.of), array("B", found.bridges)
    arrays["x"], arrays["y"] = layout
    arrays["arrival"] = array("i", [number[entity.id] for entity in arriving])
    pools["communities"] = [[by_id[agent].id for agent in largest] for largest in found.largest]
    return Columns(len(by_id), len(by_ends), pools, arrays, found.modularity, number)


def _alternatives(ties: Iterable[CountedTie]) -> Iterator[int]:
    """Yield of each tie the number that those have in common who may have held one office at one event, else 0."""
    number: dict[tuple[str, str], int] = {}
    for tie in ties:
        yield number.setdefault((tie.end, tie.office), len(number) + 1) if tie.office else 0


def _sources_with_ties(
    entities: Sequence[CountedEntity], ties: Sequence[CountedTie], starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[str, ...]]:
    result = [entity.sources for entity in entities]
    # All of an entity at once: of somebody whom a thousand pages name, to add one to many takes as long as many.
    further: dict[int, set[tuple[str, ...]]] = {}
    for tie, *places in zip(ties, starts, ends, strict=True):
        for place in places:
            # One that is not given has them elsewhere.
            if place < len(result) and result[place] != tie.sources:
                further.setdefault(place, set()).add(tie.sources)
    for place, several in further.items():
        result[place] = tuple(sorted({*result[place]}.union(*several)))
    return result


@lru_cache(maxsize=1024)
def joined_sources(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of sources that are in one of two tuples or in both, in order."""
    return tuple(sorted({*some, *others}))


@lru_cache(maxsize=16384)
def day_number(day: str) -> int:
    """Return the days from 1970-01-01 to an ISO date; of no day the number that stands for none."""
    return date.fromisoformat(day).toordinal() - _EPOCH if day else NO_DAY


def iso_day(number: int) -> str:
    """Return the ISO date of a day that is counted from 1970-01-01."""
    return date.fromordinal(number + _EPOCH).isoformat()


def encode_columns(columns: Columns) -> bytes:
    """Return the block of these columns: the bytes of a file ``explorer.columns``, and, in base64, of the page."""
    arrays = [(name, values.typecode, len(values)) for name, values in columns.arrays.items()]
    header = columns_header(columns.entities, columns.ties, columns.modularity, columns.pools, arrays)
    data = b"".join(each + padding(len(each)) for each in map(little_endian, columns.arrays.values()))
    return zlib.compress(header + data, LEVEL)


def columns_header(
    entities: int,
    ties: int,
    modularity: float | None,
    pools: Mapping[str, Sequence[Any]],
    arrays: Iterable[tuple[str, str, int]],
) -> bytes:
    """Return how a block begins, before it is deflated. Of each array name, letter of its type and length are given."""
    kinds = {letter: name for name, letter in TYPES.items()}
    header = {
        "entities": entities,
        "ties": ties,
        "modularity": modularity,
        "pools": pools,
        "arrays": [[name, kinds[letter], length] for name, letter, length in arrays],
    }
    return with_length(json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())


def with_length(header: bytes) -> bytes:
    """Return a header in JSON behind its length (u32); what follows begins at a multiple of four bytes."""
    header += b" " * (-len(header) % 4)
    return struct.pack("<I", len(header)) + header


def padding(size: int) -> bytes:
    """Return what follows so many bytes up to a multiple of four."""
    return bytes(-size % 4)


def little_endian(values: "array[int] | array[float]") -> bytes:
    """Return the bytes of an array as a block has them."""
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def decode_columns(block: bytes) -> Columns:
    """Return the columns of a block. Raise ValueError, LookupError or zlib.error where it is none."""
    data = zlib.decompress(block)
    at = 4 + struct.unpack_from("<I", data)[0]
    header = json.loads(data[4:at])
    arrays: dict[str, array[int] | array[float]] = {}
    for name, kind, length in header["arrays"]:
        values: array[int] | array[float] = array(TYPES[kind])
        end = at + length * values.itemsize
        values.frombytes(data[at:end])
        if sys.byteorder == "big":
            values.byteswap()
        arrays[name] = values
        at = end + -end % 4
    return Columns(header["entities"], header["ties"], header["pools"], arrays, header["modularity"])
