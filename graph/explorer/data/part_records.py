"""Records of a part of a register: events that are alike are given once as a template, and each by its own words.

A part has chunks, each deflated JSON (zlib): ``{"table": "events", "templates": [...], "rows": [[0, ...], ...]}``. A
row is the number of its template, the values of its slots, the numbers of the rows of the register that are cited, and
the words of the cells that are. In a text of a template slot n stands as ``mark(n)``. So the cells of a register are
stored once, whatever number of claims cites them, and headings once for all rows that are alike.

A template has ``entities`` and ``ties`` as records (``records.py``), in which claims are numbers of its ``claims``;
``more`` are claims of agents, who are recorded elsewhere. A claim has the numbers of its cells as ``keyEvidence`` and
``context``; of each of the ``cells`` the template has the number of its row among those cited, of its column, of its
place among ``places``, and its heading. In a place the number of the row stands as ``ROW``. ``slots`` and ``rows`` are
how many values a row has of either. Of pages (``component_records.py``), a claim has its passages as ``chunks.py``
writes them in the place of numbers of cells.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from graph.explorer.data.columns import CountedEntity, CountedTie
from graph.explorer.data.records import Label, Passage
from graph.model.iris import participation_name, possible_name

ROW = "\x03"
# So many events are a chunk.
ROWS = 500
LEVEL = 6
_MARK = re.compile("\x01(\\d+)\x02")
_NAMES = {"part": participation_name, "possible": possible_name}
Template = Mapping[str, Any]
# From the id of a source to its text, or None.
Texts = Callable[[str], str | None]


def no_text(_: str) -> None:
    """Return None: registers have no texts."""


def mark(slot: int) -> str:
    """Return how a slot stands in a text."""
    return f"\x01{slot}\x02"


# What is in the record of somebody only because claims say it.
OF_CLAIMS: tuple[Literal["saidWhen", "openLists"], ...] = ("saidWhen", "openLists")


class Cited(TypedDict):
    """Sources of claims about an agent, and what is in its record only for what they say."""

    sources: list[str]
    saidWhen: NotRequired[list[str]]
    openLists: NotRequired[list[str]]


class PartRecords(NamedTuple):
    """What the page is given of a part.

    ``entities`` and ``ties`` are what is counted, ``agents`` are whom the part names: of each the id, and what is
    stated of it, as pairs of a detail (``queries.DETAILS``, or "kind") and a value as N-Quads writes it. ``chunks`` are
    deflated; ``entity_ids`` are the ids of the entities in each, ``claims`` how many claims there are in each. ``open``
    are the statuses of events of which sources speak of more than they name. ``cited`` is what claims of the part add
    to agents besides, ``words`` are names of what it names and does not record.
    """

    entities: list[CountedEntity]
    ties: list[CountedTie]
    agents: dict[str, list[tuple[str, str]]]
    chunks: list[bytes]
    entity_ids: list[list[str]]
    claims: list[int]
    open: list[str]
    cited: Mapping[str, Cited] = MappingProxyType({})
    words: Mapping[str, Label] = MappingProxyType({})


def encode_part(part: PartRecords) -> bytes:
    """Return the records of a part as bytes: the length of a deflated header, the header, and the chunks."""
    pool: dict[Any, int] = {}
    number = partial(_number, pool)
    header = {
        "entities": [[*map(number, entity)] for entity in part.entities],
        # The id of a tie follows from the rest.
        "ties": [[number(tie.start), number(tie.end), number(tie[3:])] for tie in part.ties],
        "agents": part.agents,
        "entity_ids": [*map(len, part.entity_ids)],
        "claims": part.claims,
        "open": part.open,
        "chunks": [*map(len, part.chunks)],
        "pool": [*pool],
        "cited": dict(part.cited),
        "words": dict(part.words),
    }
    text = zlib.compress(json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    return b"".join((len(text).to_bytes(4, "little"), text, *part.chunks))


def _number(pool: dict[Any, int], value: Any) -> int:
    return pool.setdefault(value, len(pool))


def decode_part(data: bytes) -> PartRecords:
    """Return the records of a part that was encoded."""
    at = 4 + int.from_bytes(data[:4], "little")
    header = json.loads(zlib.decompress(data[4:at]))
    pool = [_as_tuple(value) for value in header["pool"]]
    chunks = []
    for length in header["chunks"]:
        chunks.append(data[at : at + length])
        at += length
    entities = [CountedEntity(*[pool[place] for place in places]) for places in header["entities"]]
    ids = iter(entities)
    return PartRecords(
        entities,
        [tie_between(pool[start], pool[end], *pool[facts]) for start, end, facts in header["ties"]],
        header["agents"],
        chunks,
        [[entity.id for entity in islice(ids, count)] for count in header["entity_ids"]],
        header["claims"],
        header["open"],
        header["cited"],
        header["words"],
    )


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def tie_between(start: str, end: str, kind: str, *facts: Any) -> CountedTie:
    """Return what is counted of a tie, with the id that follows from its kind and its ends."""
    name = _NAMES[kind](end, start) if kind in _NAMES else f"{start} {kind} {end}"
    return CountedTie(name, start, end, kind, *facts)


def expand_chunk(
    chunk: bytes, start: Callable[[str], str], claims: int, texts: Texts = no_text
) -> Iterator[tuple[str, Any]]:
    """Yield the records in a chunk, each with its table: "entities", "more", "ties" or "claims".

    They are as the page makes them. ``start`` returns the IRI of a short name, ``claims`` is the number of the first
    claim, ``texts`` returns the text of a source by its id, or None. Claims come with their number.
    """
    content = json.loads(zlib.decompress(chunk))
    for number, *values in content["rows"]:
        template = content["templates"][number]
        yield from expand_row(template, values, start, claims, texts)
        claims += len(template["claims"])


def expand_row(
    template: Template, values: Sequence[Any], start: Callable[[str], str], claims: int, texts: Texts = no_text
) -> Iterator[tuple[str, Any]]:
    """Yield the records of one row of a chunk."""
    slots, rows = template["slots"], template["rows"]
    fill = _filler(values[:slots])
    names = [fill(claim["id"]) for claim in template["claims"]]
    order = {place: (name, place) for place, name in enumerate(names)}
    for table in ("entities", "more", "ties"):
        for record in template[table]:
            record = _filled(record, fill)
            record["claims"] = [claims + place for place in sorted(record["claims"], key=order.__getitem__)]
            if "iri" not in record and table == "entities":
                record["iri"] = start(record["id"])
            if record.get("kind") in ("part", "possible"):
                record["iri"] = start(record["id"])
            yield table, record
    cited, words = values[slots : slots + rows], values[slots + rows :]
    cells = []
    for (row, column, place, heading), text in zip(template["cells"], words, strict=True):
        where = {tag: label.replace(ROW, str(cited[row])) for tag, label in template["places"][place].items()}
        cells.append({"start": cited[row], "end": column, "words": text, "place": where, "heading": heading})
    for place, claim in enumerate(template["claims"]):
        sides = {
            side: sorted((cells[cell] for cell in claim[side]), key=lambda cell: (cell["start"], cell["end"]))
            if cells
            else [decoded_passage(each, claim["source"], texts) for each in claim[side]]
            for side in ("keyEvidence", "context")
        }
        name = names[place]
        yield "claims", (claims + place, {"id": name, "iri": start(name), "source": claim["source"], **sides})


def decoded_passage(encoded: Sequence[Any], source: str, texts: Texts) -> Passage:
    """Return a passage of a source that was encoded (``chunks.encoded_passage``)."""
    start, end, words, place, unnamed, heading = (*encoded, None, None, None, None)[:6]
    if words is None:
        words = (texts(source.partition(":")[2]) or "")[start:end]
    passage: Passage = {"start": start, "end": end, "words": words}
    if place is not None:
        passage["place"] = place
    if unnamed is not None:
        passage["unnamed"] = unnamed
    if heading is not None:
        passage["heading"] = heading
    return passage


def _filler(values: Sequence[str]) -> Callable[[str], str]:
    # Without slots nothing is a mark, whatever it looks like.
    if not values:
        return lambda text: text
    return lambda text: _MARK.sub(lambda match: values[int(match[1])], text) if "\x01" in text else text


def _filled(value: Any, fill: Callable[[str], str]) -> Any:
    """Return a part of a record with the values of slots in it; a list with slots is sorted, as all lists are."""
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, dict):
        return {key: _filled(each, fill) for key, each in value.items()}
    if isinstance(value, list):
        filled = [_filled(each, fill) for each in value]
        return filled if filled == value else sorted(filled)
    return value


def json_text(value: Any) -> str:
    """Return JSON as templates and rows are written."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def deflate_rows(templates: Iterable[str], rows: Iterable[str]) -> bytes:
    """Return a chunk of templates and rows that are JSON already."""
    text = f'{{"rows":[{",".join(rows)}],"table":"events","templates":[{",".join(templates)}]}}'
    return zlib.compress(text.encode(), LEVEL)
