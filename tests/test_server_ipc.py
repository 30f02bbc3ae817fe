"""Messages between the front and its workers: what is sent is what is read, and anything else is refused."""

import io
import json

import pytest

from graph.server.workers.ipc import (
    LENGTH,
    EntityTask,
    GraphTask,
    Message,
    MessageError,
    PageTask,
    QueryTask,
    Ready,
    ReconciliationTask,
    Reply,
    decode,
    encode,
    read,
)

pytestmark = pytest.mark.unit

COMMON = {"base": "https://example.org/", "max_rows": 10, "max_bytes": 100, "gzip": True, "seconds": 1.5}
FORMATS = {"table_format": "json", "boolean_format": None, "graph_format": "turtle"}
MESSAGES = (
    QueryTask(
        query="ASK { ?s ?p 'blåbær \ud800' }",
        lang="nb",
        validate=True,
        default_graphs=("urn:a", "urn:b"),
        named_graphs=(),
        **FORMATS,
        **COMMON,
    ),
    QueryTask(query="ASK {}", lang="en", validate=False, default_graphs=None, named_graphs=None, **FORMATS, **COMMON),
    GraphTask(graph=None, graph_format="turtle", **COMMON),
    EntityTask(entity="https://example.org/person/a", path="person/a", root="../", lang="nb", format=None, **COMMON),
    PageTask(page="search", path="search", root="", lang="nn", parameters=("q", "blåbær", "page", "2"), **COMMON),
    ReconciliationTask(operation="match", text="{}", path="reconcile", root="", lang="nb", cursor=3, **COMMON),
    Ready(network_dropped=True, memory_limited=False),
    Reply(status=200, media_type="text/csv", truncated="rows", rows=3, tag="abc", gzip=True, size=10),
    Reply(status=406, message="format", not_acceptable="table"),
)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_message_is_read_as_it_was_sent(message: Message) -> None:
    stream = io.BytesIO(encode(message) * 2)
    assert [read(stream), read(stream), read(stream)] == [message, message, None]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "none"},
        {"kind": None},
        {"kind": "reply"},
        {"seconds": "1"},
        {"max_rows": True},
        {"gzip": 1},
        {"default_graphs": ["urn:a", 1]},
        {"default_graphs": "urn:a"},
        {"query": None},
        {"further": 1},
    ],
    ids=str,
)
def test_message_with_wrong_fields_is_refused(change: dict[str, object]) -> None:
    record = json.loads(encode(MESSAGES[1])[LENGTH.size :])
    with pytest.raises(MessageError):
        decode(json.dumps(record | change).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"1", b"{}", b"\xff", b'{"kind": []}', b'{"kind": "ready"'])
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(MessageError):
        decode(data)
