"""Ask the reconciliation service of a server in tests; every answer is held against the schemas of its documents."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jsonschema import Draft202012Validator
from serving import HttpAnswer, RunningServer

FORM = "application/x-www-form-urlencoded"
SCHEMA = Path(__file__).parent / "reconciliation_schemas/service.json"
Json = dict[str, Any]


@cache
def validator(name: str) -> Draft202012Validator:
    """Return the validator of a document: ``manifest``, ``results`` ..."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert name in schema["$defs"]
    return Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"})


def checked(answer: HttpAnswer, name: str, status: int = 200) -> Json:
    """Return the JSON of an answer that has this status, and that the schema of this document accepts."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/json"), answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    document = json.loads(answer.body)
    assert [error.message for error in validator(name).iter_errors(document)] == []
    return document


def post(server: RunningServer, name: str, content: object, lang: str = "en", source: str = "127.0.0.1") -> HttpAnswer:
    """Return the answer to a form with one field; what is no text is sent as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    form = urlencode({name: text})
    return server.ask("POST", "/reconcile", form, source, Content_Type=FORM, Accept_Language=lang)


def match(server: RunningServer, lang: str = "en", **queries: Json) -> dict[str, list[Json]]:
    """Return the candidates of each query of a batch."""
    results = checked(post(server, "queries", queries, lang), "results")
    assert list(results) == list(queries)
    return {key: result["result"] for key, result in results.items()}


def candidates(server: RunningServer, query: str = "", type: str = "", lang: str = "en", **given: object) -> list[Json]:
    """Return the candidates for one row; ``given`` are its properties, ``_`` in a name stands for ``-``."""
    properties = [{"pid": name.replace("_", "-"), "v": value} for name, value in given.items()]
    row: Json = {"query": query} if query else {}
    row |= {"type": type} if type else {}
    row |= {"properties": properties} if properties else {}
    return match(server, lang, row=row)["row"]


def extend(server: RunningServer, ids: list[str], *properties: str, lang: str = "en") -> Json:
    """Return what data extension has of entities."""
    wanted = {"ids": ids, "properties": [{"id": id} for id in properties]}
    return checked(post(server, "extend", wanted, lang), "extension")


def refused(answer: HttpAnswer, status: int) -> str:
    """Return the message of an error that has this status."""
    error = checked(answer, "error", status)
    assert error["code"] == status
    return str(error["message"])
