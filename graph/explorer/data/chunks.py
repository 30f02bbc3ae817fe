"""Split the payload of a large graph: what the first view needs, and chunks that the page reads after it is drawn.

A chunk is a table: ``{"table": "entities", "rows": 2000, "columns": {"kind": ...}}``. A column is a list with one value
for each row, null where the row has none; a column with few different values is ``{"pool": [...], "at": [...]}``, with
the number of the value in the pool for each row, -1 for none. A chunk is JSON, deflated (zlib, RFC 1950), in base64.
Claims and the ends of ties are referred to by number. An IRI that follows from the short name is left out. Agents come
first, then what is met at, ties, and claims; an entity has its ``number`` in the columns (``columns.py``).

The rows of answers to ready questions are a block of their own, which the page reads when it shows the answers: a list
of rows for each question.
"""

import json
import zlib
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple, TypeVar

from graph.explorer.data.columns import CountedEntity, CountedTie
from graph.explorer.data.page_graph import MAX_AT_ONCE, PageGraph
from graph.explorer.data.records import Answer, Passage, Payload

ROWS, ROWS_OF_SOURCES = 500, 20
# Of more meetings the page holds no records: a browser cannot hold them all at once.
MAX_MEETINGS = 60_000
# The answers of a graph of up to this many entities are given with it.
MAX_WITH_ANSWERS = 100
# So many agents of each kind, those with the most meetings, are among the first, so that lists can name them at once.
FIRST_AGENTS = 30
AGENTS = ("person", "body", "group", "audience")
# Prefixes of concepts of the vocabulary, which every view may need.
VOCABULARY = ("role", "status", "attendance", "mode", "standing", "kind", "topic", "fylke", "body-type", "list")
Record = TypeVar("Record")
# The tables of the chunks are made of these records by column, whatever their fields are.
Row = Mapping[str, Any]


class SplitPayload(NamedTuple):
    """The payload for the first view, and in base64 the chunks (none of a small graph) and the rows of answers."""

    first: Payload
    chunks: list[str]
    answers: str | None


def split(
    graph: PageGraph,
    drawn: Collection[str],
    numbers: Mapping[str, int],
    first_named: Collection[str] | None = None,
    mentioned: Collection[str] = (),
) -> SplitPayload:
    """Return the payload for the first view, in which ``drawn`` are drawn, and what follows it.

    ``numbers`` are those of the entities in the columns. A graph of too many meetings has no chunks: the page holds its
    columns and the first view. Of a graph whose registers are on a server ``first_named`` are the agents that the first
    view names, and ``mentioned`` the values that it counts; it is split, however small its main files are.
    """
    payload, registers = graph.payload, graph.registers
    first = payload.copy()
    answers = None
    if payload["questions"] and len(payload["entities"]) > MAX_WITH_ANSWERS:
        first["questions"], answers = _without_rows(payload["questions"])
    if first_named is None and registers is None and len(payload["entities"]) <= MAX_AT_ONCE:
        return SplitPayload(first, [], answers)
    most = payload["summary"]["most"]
    agents = first_agents(graph.entities, graph.ties) if first_named is None else first_named
    at_once = {*drawn, *agents, most["id"] if most else ""}
    names = [*payload["claims"]]
    numbered = _with_numbers(payload)
    entities = [entity for entity in numbered["entities"] if entity["id"] in at_once]
    ties = [tie for tie in numbered["ties"] if tie["from"] in at_once and tie["to"] in at_once]
    proving = sorted({int(claim) for record in (*entities, *ties) for claim in record["claims"]})
    claims = {str(number): payload["claims"][names[number]] for number in proving}
    starts = _starts(payload)
    chunks: list[str] = []
    is_complete = first_named is not None or payload["summary"]["events"] <= MAX_MEETINGS
    if first_named is not None:
        first["claimsOfMain"] = len(names)
    if registers is not None:
        events, further, of_parts = registers.records_of([name for name in drawn if name in numbers], len(names))
        entities += events
        ties += [tie for tie in further if tie["from"] in at_once and tie["to"] in at_once]
        claims |= {str(number): claim for number, claim in of_parts.items()}
        starts = registers.starts() | starts
        first["claimsOfMain"] = len(names)
    if is_complete:
        chunks += _chunks(numbered, starts, numbers)
        chunks += [b64encode(chunk).decode() for chunk in registers.chunks] if registers is not None else []
    else:
        first["isComplete"] = False
    first["entities"], first["ties"], first["claims"], first["starts"] = entities, ties, claims, starts
    first["numbers"] = [numbers[entity["id"]] for entity in entities]
    sources = {claim["source"] for claim in claims.values()}
    first["sources"] = {name: source for name, source in payload["sources"].items() if name in sources}
    first["memberships"] = _mentioned(payload["memberships"], (entities, ties))
    mentioning = (entities, ties, first["memberships"], first["sources"], payload["areas"], [*mentioned])
    first["words"] = _mentioned(payload["words"], mentioning)
    return SplitPayload(first, chunks, answers)


def first_agents(entities: Iterable[CountedEntity], ties: Iterable[CountedTie]) -> list[str]:
    """Return the agents of each kind with the most meetings that were held and in which they have a certain part."""
    kinds, held = dict[str, str](), set[str]()
    for entity in entities:
        if entity.kind in AGENTS:
            kinds[entity.id] = entity.kind
        elif entity.kind == "event" and entity.status == "status:held":
            held.add(entity.id)
    parts = {(tie.start, tie.end) for tie in ties if tie.kind == "part" and tie.end in held}
    of_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for agent, _ in parts:
        of_kind[kinds[agent]][agent] += 1
    return [
        agent
        for kind in AGENTS
        for agent, _ in nsmallest(FIRST_AGENTS, of_kind[kind].items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _without_rows(questions: Sequence[Answer]) -> tuple[list[Answer], str]:
    """Return the questions without the rows of their answers, and these rows in base64."""
    bare = [question.copy() for question in questions]
    rows = [question.pop("rows") for question in bare]
    return bare, _deflate(rows)


def _with_numbers(payload: Payload) -> Payload:
    """Return the payload with claims by their numbers."""
    number = {name: index for index, name in enumerate(payload["claims"])}
    result = payload.copy()
    result["entities"] = [each.copy() for each in payload["entities"]]
    result["ties"] = [each.copy() for each in payload["ties"]]
    for record in (*result["entities"], *result["ties"]):
        record["claims"] = [number[str(name)] for name in record["claims"]]
    return result


def _mentioned(records: Mapping[str, Record], within: object) -> dict[str, Record]:
    """Return the records whose names occur in ``within``, and all concepts of the vocabulary."""
    result: set[str] = set()
    waiting = [within]
    while waiting:
        match waiting.pop():
            case str() as text:
                result.add(text)
            case Mapping() as mapping:
                waiting += mapping.values()
            case list() | tuple() as several:
                waiting += several
    return {name: value for name, value in records.items() if name in result or name.partition(":")[0] in VOCABULARY}


def _starts(payload: Payload) -> dict[str, str]:
    """Return the start of the IRIs of entities, by the prefix of their short names."""
    result: dict[str, str] = {}
    tables: tuple[Mapping[str, Row], ...] = (payload["claims"], payload["sources"], payload["words"])
    records: Iterable[tuple[str, Row]] = (
        *((entity["id"], entity) for entity in payload["entities"]),
        *((tie["id"], tie) for tie in payload["ties"]),
        *(pair for table in tables for pair in table.items()),
    )
    for name, record in records:
        prefix, _, local = name.partition(":")
        if prefix not in result and local and record.get("iri", "").endswith(local):
            result[prefix] = record["iri"].removesuffix(local)
    return result


def _chunks(payload: Payload, starts: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[str]:
    in_order = sorted(payload["entities"], key=lambda entity: entity["kind"] not in AGENTS)
    tables: tuple[tuple[str, Iterable[Row]], ...] = (
        ("entities", (dict(entity) | {"number": numbers[entity["id"]]} for entity in in_order)),
        ("words", _keyed(payload["words"])),
        ("ties", _ties(payload, [entity["id"] for entity in in_order])),
        ("claims", _claims(payload)),
        ("sources", _keyed(payload["sources"])),
        ("memberships", _keyed(payload["memberships"])),
    )
    for name, rows in tables:
        for batch in _batches(rows, ROWS_OF_SOURCES if name == "sources" else ROWS):
            yield _deflate({"table": name, "rows": len(batch), "columns": _columns(batch, starts)})


def _keyed(records: Mapping[str, Row]) -> Iterator[Row]:
    for key, value in records.items():
        yield {"id": key} | dict(value)


def _ties(payload: Payload, in_order: Sequence[str]) -> Iterator[Row]:
    """Yield ties, their ends by where these are among the entities ``in_order``; an id made of the rest is left out."""
    index = {entity: place for place, entity in enumerate(in_order)}
    for tie in payload["ties"]:
        derived = f"{tie['from']} {tie['kind']} {tie['to']}" == tie["id"]
        ends = {"from": index[tie["from"]], "to": index[tie["to"]]}
        yield dict(tie) | ends | ({"id": None} if derived else {})


def _claims(payload: Payload) -> Iterator[Row]:
    texts = {name: source["text"] for name, source in payload["sources"].items()}
    for name, claim in payload["claims"].items():
        text = texts.get(claim["source"])
        yield {
            "id": name,
            "iri": claim["iri"],
            "source": claim["source"],
            "keyEvidence": [encoded_passage(each, text) for each in claim["keyEvidence"]],
            "context": [encoded_passage(each, text) for each in claim["context"]],
        }


def encoded_passage(passage: Passage, text: str | None) -> list[Any]:
    """Return where the words are, and the words only where the text of the source does not have them there.

    Behind them are the place in another kind of source, what the words leave to their context, and the heading of a
    cell.
    """
    start, end = passage["start"], passage["end"]
    place = passage.get("place")
    words = None if place is None and text is not None and text[start:end] == passage["words"] else passage["words"]
    encoded = [start, end, words, place, passage.get("unnamed"), passage.get("heading")]
    while encoded[-1] is None:
        encoded.pop()
    return encoded


def _batches(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _columns(rows: Sequence[Row], starts: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        if name == "iri":
            derived = ((row["id"] or "").partition(":") for row in rows)
            iris = [starts[prefix] + local if prefix in starts else None for prefix, _, local in derived]
            values = [None if value == same else value for value, same in zip(values, iris, strict=True)]
        elif name in ("claims", "memberships", "keyEvidence", "context"):
            values = [value or None for value in values]
        if any(value is not None for value in values):
            result[name] = values if name in ("id", "from", "to", "number") else _pooled(values)
    return result


def _pooled(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    # Nearly all values are texts: they need not be written as JSON to be compared.
    keys = [value if value is None or isinstance(value, str) else (_json(value),) for value in values]
    number: dict[str | tuple[str], int] = {}
    at = [-1 if key is None else number.setdefault(key, len(number)) for key in keys]
    if len(number) * 2 > sum(key is not None for key in keys):
        return values
    pool = {index: value for index, value in zip(at, values, strict=True) if value is not None}
    return {"pool": [pool[index] for index in range(len(pool))], "at": at}


# Made once: ``json.dumps`` would make an encoder for each of many thousand values.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _deflate(chunk: object) -> str:
    return b64encode(zlib.compress(_json(chunk).encode(), 6)).decode()
