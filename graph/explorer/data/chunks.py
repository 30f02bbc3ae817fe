"""Large graphs: what the first view needs, and all the rest in parts that the page unpacks after it is drawn.

A part is a table: ``{"table": "entities", "rows": 2000, "columns": {"kind": ...}}``. A column is a list with a value a
row, null where the row has none, or, where few values come again and again, ``{"pool": [...], "at": [...]}`` with the
number of the value, -1 for none. It is written as JSON, deflated (zlib, RFC 1950), in base64. Claims go by their number
there, ends of ties by that of the entity; an address that is a known start and the short name is left out.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.explorer.data.queries import Data

# So many entities are told at once, before anything is drawn.
AT_ONCE = 2000
ROWS = 500
TABLES = ("entities", "ties", "claims", "pages", "memberships", "words")


def split(data: Data, drawn: Collection[str]) -> tuple[Data, list[str]]:
    """What the page is told at once, of what is drawn at first, and the parts of the rest; of a small graph all."""
    if len(data["entities"]) <= AT_ONCE:
        return data, []
    at_once = {*drawn, data["summary"].get("most", {}).get("id", "")}
    number = {name: place for place, name in enumerate(data["claims"])}
    for record in (*data["entities"], *data["ties"]):
        record["claims"] = [number[name] for name in record["claims"]]
    claims = [{"id": name} | claim for name, claim in data["claims"].items()]
    entities = [entity for entity in data["entities"] if entity["id"] in at_once]
    ties = [tie for tie in data["ties"] if tie["from"] in at_once and tie["to"] in at_once]
    said = {claim for record in (*entities, *ties) for claim in record["claims"]}
    pages = {claims[claim]["page"] for claim in said}
    starts = _starts(data)
    first = data | {
        "entities": entities,
        "ties": ties,
        "claims": {str(claim): claims[claim] for claim in sorted(said)},
        "pages": {name: page for name, page in data["pages"].items() if name in pages},
        "starts": starts,
    }
    first["memberships"] = _named(data["memberships"], (entities, ties))
    first["words"] = _named(data["words"], (entities, ties, first["memberships"], first["pages"], data["areas"]))
    return first, [*_parts(data, claims, starts)]


def _named(known: Mapping[str, Data], within: Any) -> Data:
    """Those that are named somewhere within, and all words of the vocabulary."""
    found: set[str] = set()
    left = [within]
    while left:
        match left.pop():
            case str() as text:
                found.add(text)
            case Mapping() as mapping:
                left += mapping.values()
            case list() | tuple() as several:
                left += several
    always = ("role", "status", "attendance", "kind", "topic", "fylke", "body-type")
    return {name: value for name, value in known.items() if name in found or name.partition(":")[0] in always}


def _starts(data: Data) -> dict[str, str]:
    """With what the address of an entity begins, by the first word of its short name."""
    found: dict[str, str] = {}
    for name, record in (
        *((record["id"], record) for table in ("entities", "ties") for record in data[table]),
        *(pair for table in ("claims", "pages", "words") for pair in data[table].items()),
    ):
        prefix, _, local = name.partition(":")
        if prefix not in found and local and record.get("iri", "").endswith(local):
            found[prefix] = record["iri"].removesuffix(local)
    return found


def _parts(data: Data, claims: Sequence[Data], starts: Mapping[str, str]) -> Iterator[str]:
    place = {entity["id"]: number for number, entity in enumerate(data["entities"])}
    texts = {name: page["text"] for name, page in data["pages"].items()}

    def tie(record: Data) -> Data:
        derived = f"{record['from']} {record['kind']} {record['to']}" == record["id"]
        ends = {"from": place[record["from"]], "to": place[record["to"]]}
        return record | ends | ({"id": None} if derived else {})

    def claim(record: Data) -> Data:
        text = texts.get(record["page"])
        return {
            "id": record["id"],
            "iri": record["iri"],
            "page": record["page"],
            "says": [_passage(each, text) for each in record["says"]],
            "leansOn": [_passage(each, text) for each in record["leansOn"]],
        }

    rows: dict[str, Iterable[Data]] = {
        "entities": data["entities"],
        "ties": map(tie, data["ties"]),
        "claims": map(claim, claims),
    }
    for name in ("pages", "memberships", "words"):
        rows[name] = ({"id": key} | value for key, value in data[name].items())
    for name in TABLES:
        for batch in _batches(rows[name], 20 if name == "pages" else ROWS):
            yield _deflated({"table": name, "rows": len(batch), "columns": _columns(batch, starts)})


def _passage(passage: Data, text: str | None) -> list[Any]:
    """The place of the words, and the words only where the text of the page does not have them there."""
    start, end, words = passage["start"], passage["end"], passage["words"]
    return [start, end] if text is not None and text[start:end] == words else [start, end, words]


def _batches(rows: Iterable[Data], most: int) -> Iterator[list[Data]]:
    batch: list[Data] = []
    for row in rows:
        batch.append(row)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _columns(rows: Sequence[Data], starts: Mapping[str, str]) -> Data:
    found = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        if name == "iri":
            derived = ((row["id"] or "").partition(":") for row in rows)
            known = [starts[prefix] + local if prefix in starts else None for prefix, _, local in derived]
            values = [None if value == same else value for value, same in zip(values, known, strict=True)]
        elif name in ("claims", "memberships", "says", "leansOn"):
            values = [value or None for value in values]
        if any(value is not None for value in values):
            found[name] = values if name in ("id", "from", "to") else _pooled(values)
    return found


def _pooled(values: list[Any]) -> Any:
    keys = [None if value is None else _json(value) for value in values]
    number: dict[str, int] = {}
    at = [-1 if key is None else number.setdefault(key, len(number)) for key in keys]
    if len(number) * 2 > sum(key is not None for key in keys):
        return values
    pool = {place: value for place, value in zip(at, values, strict=True) if value is not None}
    return {"pool": [pool[place] for place in range(len(pool))], "at": at}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _deflated(part: Data) -> str:
    return b64encode(zlib.compress(_json(part).encode(), 6)).decode()
