"""What no client should send to the reconciliation service: refused with a status, in JSON, and nothing is lost."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from reconciling import FORM, candidates, checked, extend, match, post, refused
from serving import RunningServer, serving

from graph.server.limits import Limits
from graph.server.reconcile.request import (
    MAX_CELL,
    MAX_ID_LETTERS,
    MAX_IDS,
    MAX_LETTERS,
    MAX_PROPERTIES,
    MAX_QUERIES,
    MAX_VALUES,
)
from graph.server.reconcile.vocabulary import PROPERTIES, TYPES

pytestmark = pytest.mark.server

LAILA = "person/laila-bokhari"
ROW = {"query": "Laila Bokhari"}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("refused") / "log", timeout=60.0) as running:
        yield running
        # Whatever was sent, it still answers.
        assert candidates(running, "Laila Bokhari")[0]["id"] == LAILA
        assert not [line for line in running.lines() if " at /" in line or "Error" in line]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("{", "queries is no JSON"),
        ("", "queries is no JSON"),
        ("[]", "queries is an object ({…}), and not a list"),
        ("null", "not nothing"),
        ('"text"', "not a text"),
        ('{"q0": []}', "queries.q0 is an object"),
        ('{"q0": {}}', "neither a query nor properties"),
        ('{"q0": {"properties": []}}', "neither a query nor properties"),
        ('{"q0": {"query": 7}}', "queries.q0.query is a text, and not a number"),
        ('{"q0": {"query": null}}', "queries.q0.query is a text, and not nothing"),
        ('{"q0": {"query": NaN}}', "NaN is no JSON"),
        ('{"q0": {"query": "a", "limit": 0}}', "limit is a whole number from 1"),
        ('{"q0": {"query": "a", "limit": true}}', "limit is a whole number from 1"),
        ('{"q0": {"query": "a", "limit": 1e400}}', "limit is a whole number from 1"),
        ('{"q0": {"query": "a", "limit": 2.5}}', "limit is a whole number from 1"),
        ('{"q0": {"query": "a", "type_strict": "very"}}', "type_strict is any or all or should"),
        ('{"q0": {"query": "a", "type_strict": []}}', "type_strict is any or all or should"),
        ('{"q0": {"query": "a", "tyep": "person"}}', "has a field 'tyep'"),
        ('{"q0": {"query": "a", "type": "persn"}}', "Did you mean person?"),
        ('{"q0": {"query": "a", "type": [{"id": "person"}]}}', "queries.q0.type is a text, and not an object"),
        ('{"q0": {"query": "a", "properties": {}}}', "properties is a list"),
        ('{"q0": {"query": "a", "properties": null}}', "properties is a list"),
        ('{"q0": {"query": "a", "properties": [1]}}', "properties[0] is an object"),
        ('{"q0": {"query": "a", "properties": [{"pid": "wikidat", "v": 1}]}}', "Did you mean wikidata?"),
        ('{"q0": {"query": "a", "properties": [{"pid": "day"}]}}', "properties[0] has no value"),
        ('{"q0": {"query": "a", "properties": [{"pid": "day", "v": null}]}}', "v is a text, and not nothing"),
        ('{"q0": {"query": "a", "properties": [{"pid": "day", "v": {"name": "x"}}]}}', "v.id is a text"),
        ('{"q0": {"query": "a", "limit": ' + "9" * 5_000 + "}}", "is no JSON"),
        ("\ufeff{}", "queries is no JSON"),
    ],
)
def test_batch_that_cannot_be_read_says_where(server: RunningServer, sent: str, says: str) -> None:
    assert says in refused(post(server, "queries", sent), 400)


@pytest.mark.parametrize("depth", [500, 20_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_refused(server: RunningServer, opening: str, depth: int) -> None:
    sent = opening * min(depth, 60_000 // len(quote(opening)))
    message = refused(post(server, "queries", '{"q0": {"query": "a", "properties": [{"pid": "day", "v": ' + sent), 400)
    assert "is no JSON" in message or "nested too deeply" in message
    closed = sent + ("]" if opening == "[" else "1}") * (len(sent) // len(opening))
    if len(quote(closed)) < 60_000:
        assert refused(post(server, "queries", '{"q0": {"query": "a", "properties": ' + closed + "}}"), 400)


def test_number_of_queries_is_limited(server: RunningServer) -> None:
    most = {f"q{number}": {"query": "Oslo", "limit": 1} for number in range(MAX_QUERIES)}
    assert len(match(server, **most)) == MAX_QUERIES
    assert f"no more than {MAX_QUERIES} queries" in refused(post(server, "queries", most | {"more": ROW}), 413)
    thousand = {f"q{number}": {"query": "Oslo"} for number in range(1_000)}
    assert "this has 1,000" in refused(post(server, "queries", thousand), 413)


def test_letters_of_a_name_are_limited(server: RunningServer) -> None:
    assert isinstance(candidates(server, "å" * MAX_LETTERS), list)
    message = refused(post(server, "queries", {"q7": {"query": "a" * 10_240}}), 400)
    assert message == f"queries.q7.query has 10,240 letters, and no more than {MAX_LETTERS} are read; shorten it"
    value = {"query": "a", "properties": [{"pid": "place", "v": "b" * (MAX_LETTERS + 1)}]}
    assert "shorten it" in refused(post(server, "queries", {"q0": value}), 400)


def test_properties_and_values_are_limited(server: RunningServer) -> None:
    property = {"pid": "place", "v": ["Oslo"] * MAX_VALUES}
    row = {"query": "Oslo", "properties": [property] * MAX_PROPERTIES}
    assert match(server, row=row)["row"]
    row["properties"] = [property] * (MAX_PROPERTIES + 1)
    assert f"no more than {MAX_PROPERTIES} properties" in refused(post(server, "queries", {"q0": row}), 413)
    row["properties"] = [{"pid": "place", "v": ["Oslo"] * (MAX_VALUES + 1)}]
    assert f"no more than {MAX_VALUES} values" in refused(post(server, "queries", {"q0": row}), 413)


def test_bytes_of_a_body_are_limited(server: RunningServer) -> None:
    sent = urlencode({"queries": json.dumps({"q0": ROW, "x" * Limits().max_body_bytes: ROW})})
    message = refused(server.ask("POST", "/reconcile", sent, Content_Type=FORM), 413)
    assert f"no more than {Limits().max_body_bytes:,} bytes" in message
    # A long batch in an address is read, as long as addresses may be.
    batch = {f"q{number}": {"query": "æ" * 100} for number in range(20)}
    assert len(checked(server.ask("GET", f"/reconcile?queries={quote(json.dumps(batch))}"), "results")) == 20
    too_long = server.ask("GET", f"/reconcile?queries={'a' * Limits().max_header_bytes}")
    assert too_long.status in (414, 431)


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ("{", 400, "extend is no JSON"),
        ("{}", 400, "extend.ids is a list"),
        ('{"ids": [1], "properties": []}', 400, "extend.ids[0] is a text"),
        ('{"ids": []}', 400, "extend.properties is a list"),
        ('{"ids": [], "properties": [{"id": "offise"}]}', 400, "Did you mean office?"),
        ('{"ids": [], "properties": [{}]}', 400, "extend.properties[0].id is a text"),
        ('{"ids": [], "properties": [{"id": "body", "settings": []}]}', 200, ""),
        ('{"ids": [], "properties": [{"id": "body", "settings": "x"}]}', 400, "settings is an object"),
        ('{"ids": [], "properties": [{"id": "body", "settings": {"limit": -1}}]}', 400, "limit is a whole number"),
        ('{"ids": [], "properties": [{"id": "body", "settings": {"limit": "many"}}]}', 400, "limit is a whole number"),
    ],
)
def test_extension_that_cannot_be_read_says_where(server: RunningServer, sent: str, status: int, says: str) -> None:
    answer = post(server, "extend", sent)
    assert answer.status == status
    assert status == 200 or says in refused(answer, status)


def test_ids_of_an_extension_are_limited(server: RunningServer) -> None:
    ids = [f"person/nobody-{number}" for number in range(MAX_IDS)]
    assert len(extend(server, ids, "name")["rows"]) == MAX_IDS
    more = {"ids": [*ids, LAILA], "properties": [{"id": "name"}]}
    assert f"no more than {MAX_IDS} ids" in refused(post(server, "extend", more), 413)
    long = {"ids": ["a" * (MAX_ID_LETTERS + 1)], "properties": []}
    assert "letters" in refused(post(server, "extend", long), 400)
    many = {"ids": [], "properties": [{"id": "name"}] * (MAX_PROPERTIES + 1)}
    assert "no more than" in refused(post(server, "extend", many), 413)
    large = {"ids": [LAILA], "properties": [{"id": "name", "settings": {"limit": MAX_CELL + 1}}]}
    assert checked(post(server, "extend", large), "extension")["rows"][LAILA]["name"]


HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE people; --",
    '"} . ?s ?p ?o . {"',
    "http://[::1]:80/{{id}}",
    "<https://w3id.org/motegraf/person/laila bokhari>",
    "https://w3id.org/motegraf/person/../../etc/passwd",
    "person/..%2f..%2fetc",
    "person:",
    ":",
    "/",
    "//",
    "\x00\x01\x02",
    "\u202egro\u202c",
    "\ud800",
    "e\u0301" * 200,
    "a b " * 100,
    "𝕃𝕒𝕚𝕝𝕒",
    "%",
    "*?[",
    "\\",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_the_like_are_only_names(server: RunningServer, text: str) -> None:
    sent = json.dumps(
        {text: {"query": text, "properties": [{"pid": "place", "v": text}, {"pid": "wikidata", "v": text}]}}
    )
    answer = post(server, "queries", sent)
    results = checked(answer, "results")
    assert len(results) == 1
    assert not any(each["match"] for result in results.values() for each in result["result"])
    assert answer.headers["x-content-type-options"] == "nosniff"
    fetched = post(server, "extend", json.dumps({"ids": [text], "properties": [{"id": "iri"}]}))
    assert checked(fetched, "extension")["rows"]
    suggested = server.ask("GET", f"/reconcile/suggest/entity?prefix={quote(text.encode('utf-8', 'replace'))}")
    assert suggested.status == 200
    preview = server.ask("GET", f"/reconcile/preview?id={quote(text.encode('utf-8', 'replace'))}", Accept="text/html")
    assert preview.status in (400, 404)
    assert "<script" not in preview.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("queries={}&queries={}", "send each in a request of its own"),
        ("queries={}&extend={}", "send each in a request of its own"),
        ("callback=evil", "no JSONP"),
        ("queries={}&callback=a&callback=b", "no JSONP"),
        ("query=Oslo", "sent as a batch"),
        ("queries=%ff", "not UTF-8"),
    ],
)
def test_parameters_that_contradict_are_refused(server: RunningServer, query: str, says: str) -> None:
    assert says in refused(server.ask("GET", f"/reconcile?{query}"), 400)
    assert says in refused(server.ask("POST", "/reconcile", query, Content_Type=FORM), 400)
    if "queries" not in query and "query=" not in query:
        assert says in refused(server.ask("GET", f"/reconcile/suggest/type?{query}"), 400)


def test_post_needs_a_form(server: RunningServer) -> None:
    for media_type in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answer = server.ask("POST", "/reconcile", json.dumps({"queries": {}}), Content_Type=media_type)
        assert "is sent as a form" in refused(answer, 415)
    assert "nothing to match" in refused(server.ask("POST", "/reconcile", "", Content_Type=FORM), 400)


def test_wrong_methods_are_refused(server: RunningServer) -> None:
    for path in ("suggest/entity", "suggest/type", "suggest/property", "properties"):
        answer = server.ask("POST", f"/reconcile/{path}", "prefix=a", Content_Type=FORM)
        assert "read by GET" in refused(answer, 405)
        assert "GET" in answer.headers["allow"]
    for method in ("PUT", "DELETE", "PATCH"):
        assert server.ask(method, "/reconcile").status == 405
    preflight = server.ask("OPTIONS", "/reconcile", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("suggest/entity?prefix=a&prefix=b", 400, "more than once"),
        ("suggest/entity?prefix=a&type=persn", 400, "Did you mean person?"),
        ("suggest/entity?prefix=a&cursor=-1", 400, "cursor is a whole number"),
        ("suggest/entity?prefix=a&cursor=1001", 400, "cursor is a whole number"),
        ("suggest/entity?prefix=a&cursor=x", 400, "cursor is a whole number"),
        (f"suggest/type?prefix={'a' * (MAX_LETTERS + 1)}", 400, "letters"),
        ("properties?type=persn", 400, "Did you mean person?"),
        ("properties?type=person&limit=0", 400, "limit is a whole number"),
        ("suggest", 404, "no such address"),
        ("suggest/entity/flyout", 404, "no such address"),
        ("match", 404, "no such address"),
    ],
)
def test_addresses_that_cannot_be_read_are_refused(server: RunningServer, path: str, status: int, says: str) -> None:
    assert says in refused(server.ask("GET", f"/reconcile/{path}"), status)


def test_types_may_be_repeated_and_are_not_counted_twice(server: RunningServer) -> None:
    row = {"query": "Laila Bokhari", "type": ["person"] * 2_000}
    assert match(server, row=row)["row"][0]["id"] == LAILA
    assert len(TYPES) < 2_000


def test_errors_say_nothing_of_the_machine(server: RunningServer) -> None:
    for sent in ("{", '{"q0": {"query": "a", "type": "/etc/passwd"}}'):
        message = refused(post(server, "queries", sent), 400)
        assert "/work" not in message
        assert "Traceback" not in message
        assert ".py" not in message


def test_limits_of_time_and_of_clients_hold(built: Path, tmp_path: Path) -> None:
    batch = {f"q{number}": {"query": f"Bokhari {number}"} for number in range(MAX_QUERIES)}
    with serving(built, tmp_path / "log", timeout=0.001) as slow:
        message = refused(post(slow, "queries", batch), 408)
        assert "more than the 0.001 s" in message or "no worker was free" in message


def test_bytes_of_an_answer_are_limited(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", max_response_bytes=1_000, timeout=60.0) as small:
        assert checked(post(small, "queries", {"q0": ROW | {"limit": 1}}), "results")
        many = {f"q{number}": ROW for number in range(MAX_QUERIES)}
        assert "ask for less at once" in refused(post(small, "queries", many), 413)
        wanted = {"ids": [LAILA], "properties": [{"id": id} for id in PROPERTIES]}
        assert "1,000 bytes" in refused(post(small, "extend", wanted), 413)


def test_queries_of_one_client_are_limited(built: Path, tmp_path: Path) -> None:
    batch = json.dumps({f"q{number}": {"query": f"Møte i Tromsø {number}"} for number in range(5)})
    with serving(built, tmp_path / "log", workers=1, timeout=60.0) as busy:
        with ThreadPoolExecutor(40) as clients:
            answers = [*clients.map(lambda _: post(busy, "queries", batch), range(40))]
        refusals = [answer for answer in answers if answer.status != 200]
        assert 0 < len(refusals) < 40
        for answer in refusals:
            assert "as many as one client may" in refused(answer, 429)
            assert answer.headers["retry-after"] == "1"
        # Another client has its turn all the same.
        assert post(busy, "queries", {"q0": ROW}, source="127.0.0.2").status == 200


def test_worker_of_little_memory_answers_or_says_why(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", memory=64) as small:
        # As much as a worker of so little memory can: an answer, or a refusal that says why.
        answer = post(small, "queries", {"q0": ROW})
        assert answer.status in (200, 503)
        checked(answer, "results" if answer.status == 200 else "error", answer.status)
