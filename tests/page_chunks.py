"""The interactive page as a file, read as its scripts read it: all records, whether at once or in chunks."""

import json
import re
import zlib
from base64 import b64decode
from typing import Any

from graph.explorer.data.columns import Columns, decode_columns
from graph.explorer.data.part_records import decoded_passage, expand_chunk


def payload_of(page: bytes) -> dict[str, Any]:
    """What the page is given at first."""
    found = re.search(rb'<script type="application/[a-z-]+" id="data"( data-packed)?>(.*?)</script>', page)
    assert found
    payload: dict[str, Any] = json.loads(zlib.decompress(b64decode(found[2])) if found[1] else found[2])
    return payload


def columns_of(page: bytes) -> Columns:
    found = re.search(rb' id="columns">([^<]*)</script>', page)
    assert found
    return decode_columns(b64decode(found[1]))


def chunks_of(page: bytes) -> list[bytes]:
    """The chunks, still deflated."""
    return [b64decode(each) for each in re.findall(rb" data-chunk>([^<]*)</script>", page)]


def records_of(page: bytes) -> dict[str, dict[str, Any]]:
    """All entities and ties of a page by id, with their claims in place of the names or numbers of these."""
    payload = payload_of(page)
    starts = payload.get("starts", {})

    def start(name: str) -> str:
        prefix, _, local = name.partition(":")
        return str(starts[prefix]) + local

    entities = {each["id"]: each for each in payload["entities"]} if "numbers" not in payload else {}
    ties = {each["id"]: each for each in payload["ties"]} if "numbers" not in payload else {}
    claims: dict[Any, Any] = dict(payload["claims"]) if "numbers" not in payload else {}
    order: list[str] = []
    before = payload.get("claimsOfMain", 0)
    texts = texts_in(page)
    for chunk in chunks_of(page):
        content = json.loads(zlib.decompress(chunk))
        if content["table"] == "events":
            for table, record in expand_chunk(chunk, start, before, texts.get):
                if table == "claims":
                    claims[record[0]] = record[1]
                elif table == "entities":
                    entities[record["id"]] = record
                elif table == "more":
                    if record["id"] in entities:
                        entities[record["id"]]["claims"] += record["claims"]
                elif record["from"] in entities and record["to"] in entities:
                    ties.setdefault(record["id"], record)
            before += sum(len(content["templates"][row[0]]["claims"]) for row in content["rows"])
            continue
        for row in range(content["rows"]):
            record = {name: value(column, row) for name, column in content["columns"].items()}
            record = {name: each for name, each in record.items() if each is not None}
            if content["table"] == "entities":
                entities[record["id"]] = {"claims": [], "memberships": [], **record, "iri": start(record["id"])}
                order.append(record["id"])
                del entities[record["id"]]["number"]
            elif content["table"] == "ties":
                record["from"], record["to"] = order[record["from"]], order[record["to"]]
                record.setdefault("id", f"{record['from']} {record['kind']} {record['to']}")
                ties[record["id"]] = {"claims": [], "memberships": [], **record}
                if record["kind"] in ("part", "possible"):
                    ties[record["id"]]["iri"] = start(record["id"])
            elif content["table"] == "claims":
                claims[len(claims)] = passages(record, start, texts)
    for each in (*entities.values(), *ties.values()):
        each["claims"] = sorted(
            (without_label(claims[str(claim) if str(claim) in claims else claim]) for claim in each["claims"]),
            key=lambda claim: claim["iri"],
        )
    return {"entities": entities, "ties": ties}


def value(column: Any, row: int) -> Any:
    if isinstance(column, list):
        return column[row]
    return column["pool"][column["at"][row]] if column["at"][row] >= 0 else None


def texts_in(page: bytes) -> dict[str, str]:
    """The texts of all sources by their ids, of a page that is not whole at once."""
    texts = {name.partition(":")[2]: source["text"] for name, source in payload_of(page)["sources"].items()}
    for content in map(json.loads, map(zlib.decompress, chunks_of(page))):
        if content["table"] == "sources":
            columns = content["columns"]
            for row in range(content["rows"]):
                texts[value(columns["id"], row).partition(":")[2]] = value(columns.get("text", [None] * 500), row)
    return texts


def passages(claim: dict[str, Any], start: Any, texts: dict[str, str]) -> dict[str, Any]:
    sides = {
        side: [decoded_passage(place, claim["source"], texts.get) for place in claim.get(side, [])]
        for side in ("keyEvidence", "context")
    }
    return {"iri": claim.get("iri") or start(claim["id"]), "source": claim["source"], **sides}


def without_label(claim: dict[str, Any]) -> dict[str, Any]:
    return {key: claim[key] for key in ("iri", "source", "keyEvidence", "context")}
