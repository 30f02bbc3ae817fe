"""Asking a reconciliation service which of its entities things may be: what is sent, what is read, what is refused."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from servers import Request, Response, Server, raw_server, stub_server
from serving import RunningServer, serving

from graph.cli.main import motegraf
from graph.identity.service_client import (
    MAX_BYTES,
    MAX_CANDIDATES,
    MAX_TEXT,
    ServiceError,
    ServiceProposal,
    candidates_from_service,
    read_manifest,
)
from graph.identity.things import Thing
from graph.query.results import InvalidQueryError, QueryError

pytestmark = pytest.mark.server

JSON = {"Content-Type": "application/json"}
MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Stub",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
}
ERNA = {"id": "Q291644", "name": "Erna Solberg", "description": "politician", "score": 97.5, "match": True}
OTHER = {"id": "Q1", "name": "Another", "score": 12, "match": False}
THING = Thing("person:erna-solberg", "person", ("Erna Solberg", "Solberg"))
Answer = Callable[[dict[str, Any]], Any]


def things(number: int) -> list[Thing]:
    return [Thing(f"person:p{each}", "person", (f"Person {each}",)) for each in range(number)]


def queries_of(request: Request) -> dict[str, Any] | None:
    sent = dict(request.parameters).get("queries")
    return json.loads(sent) if sent is not None else None


@contextmanager
def service(answer: Answer | bytes, manifest: object = MANIFEST, status: int = 200) -> Iterator[Server]:
    """A service with this manifest, which answers a batch by the function, or with these bytes and this status."""

    def respond(request: Request) -> Response:
        queries = queries_of(request)
        if queries is None:
            return 200, JSON, json.dumps(manifest).encode()
        if isinstance(answer, bytes):
            return status, JSON, answer
        return status, JSON, json.dumps(answer(queries)).encode()

    with stub_server(respond) as server:
        yield server


def nobody(queries: dict[str, Any]) -> dict[str, Any]:
    return {key: {"result": []} for key in queries}


def ask(url: str, asked: list[Thing] | None = None, **options: Any) -> list[ServiceProposal]:
    return list(candidates_from_service(url, [THING] if asked is None else asked, **{"timeout": 60.0, **options}))


def refusal(url: str, **options: Any) -> str:
    with pytest.raises(QueryError) as raised:
        ask(url, **options)
    message = str(raised.value)
    assert message.isprintable()
    assert len(message) < 1_500
    return message


def test_candidates_are_proposals_with_label_and_score() -> None:
    with service(lambda queries: {key: {"result": [OTHER, ERNA]} for key in queries}) as server:
        [proposal] = ask(server.url, type_id="Q5", limit=3)
    assert (proposal.thing, proposal.name) == (THING, "Erna Solberg")
    assert [(each.id, each.score, each.match) for each in proposal.candidates] == [
        ("Q291644", 97.5, True),
        ("Q1", 12.0, False),
    ]
    first = proposal.candidates[0]
    assert (first.name, first.description) == ("Erna Solberg", "politician")
    assert first.iri == "http://www.wikidata.org/entity/Q291644"
    # Names, a type and how many are wanted: nothing else of anybody is sent.
    manifest, batch = server.requests
    assert (manifest.method, batch.method) == ("GET", "POST")
    assert queries_of(batch) == {"q0": {"query": "Erna Solberg", "limit": 3, "type": "Q5"}}
    assert [name for name, _ in batch.parameters] == ["queries"]


def test_names_go_in_batches_as_large_as_the_manifest_allows() -> None:
    for size, sizes in ((None, [10, 10, 3]), (4, [4] * 5 + [3]), (1_000, [23]), (0, [10, 10, 3]), ("9", [10, 10, 3])):
        manifest = MANIFEST if size is None else {**MANIFEST, "batchSize": size}
        with service(nobody, manifest) as server:
            found = ask(server.url, things(23))
            assert [len(queries_of(each) or ()) for each in server.requests[1:]] == sizes
        assert [each.thing.id for each in found] == [f"person:p{number}" for number in range(23)]
        assert not any(each.candidates for each in found)


def test_batch_that_is_too_large_is_sent_in_halves() -> None:
    def respond(request: Request) -> Response:
        queries = queries_of(request)
        if queries is None:
            return 200, JSON, json.dumps(MANIFEST).encode()
        return (413, {}, b"too many") if len(queries) > 3 else (200, JSON, json.dumps(nobody(queries)).encode())

    with stub_server(respond) as server:
        assert len(ask(server.url, things(10))) == 10
    with service(b"none", status=413) as server:
        assert "takes no name of that length (413): none" in refusal(server.url)


def test_what_has_no_name_or_has_the_identifier_already_is_not_asked_for() -> None:
    known = replace(THING, identifiers=frozenset({("wikidata", "Q291644")}))
    with service(nobody) as server:
        assert ask(server.url, [known, replace(THING, names=())]) == []
        assert len(server.requests) == 1
    # Another service may know it by another identifier.
    with service(nobody, {**MANIFEST, "identifierSpace": "https://d-nb.info/gnd/"}) as server:
        assert len(ask(server.url, [known])) == 1


def test_parameters_of_the_address_are_kept() -> None:
    with service(nobody) as server:
        ask(f"{server.url}?lang=nb&key=s%C3%B8t")
        assert all(("lang", "nb") in each.parameters and ("key", "søt") in each.parameters for each in server.requests)


def test_old_service_without_versions_is_asked() -> None:
    manifest = {key: value for key, value in MANIFEST.items() if key != "versions"}
    with service(nobody, manifest) as server:
        assert len(ask(server.url)) == 1


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ([], "is no JSON object"),
        ("text", "is no JSON object"),
        ({}, "its name and identifierSpace are missing"),
        ({**MANIFEST, "name": 7}, "its name and identifierSpace are missing"),
        ({**MANIFEST, "versions": ["1.0-draft"]}, "speaks version 1.0-draft alone"),
        ({**MANIFEST, "versions": "0.2"}, "speaks version 0.2 alone"),
        ({**MANIFEST, "versions": [2]}, "speaks version 2 alone"),
    ],
)
def test_manifest_that_is_none_is_refused(manifest: object, says: str) -> None:
    with service(nobody, manifest) as server:
        assert says in refusal(server.url)
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"<html>no</html>", "answers with no JSON"),
        (b"", "answers with no JSON"),
        (b"\xff\xfe", "answers with no JSON"),
        (b"[" * 100_000, "answers with no JSON"),
        (b"[]", "is no JSON object"),
        (b"{}", "is not one to this batch: it leaves out a name"),
        (b'{"status": "error", "message": "\\u001b[31mno <b>such</b> type"}', "is not one to this batch: no such type"),
        (b'{"q0": []}', "no list of candidates"),
        (b'{"q0": {"result": {}}}', "no list of candidates"),
        (b'{"q0": {"result": [1]}}', "without an id"),
        (b'{"q0": {"result": [{"id": "", "name": "a", "score": 1}]}}', "without an id"),
        (b'{"q0": {"result": [{"id": "a\\u0000", "name": "a", "score": 1}]}}', "without an id"),
        (b'{"q0": {"result": [{"id": "' + b"a" * 501 + b'", "name": "a", "score": 1}]}}', "without an id"),
        (b'{"q0": {"result": [{"id": "a", "score": 1}]}}', "without a name or without a score"),
        (b'{"q0": {"result": [{"id": "a", "name": "a", "score": "1"}]}}', "without a name or without a score"),
        (b'{"q0": {"result": [{"id": "a", "name": "a", "score": true}]}}', "without a name or without a score"),
        (b'{"q0": {"result": [{"id": "a", "name": "a", "score": NaN}]}}', "whose score is no number"),
        (b'{"q0": {"result": [{"id": "a", "name": "a", "score": 1e999}]}}', "whose score is no number"),
    ],
)
def test_answer_that_is_none_is_refused(answer: bytes, says: str) -> None:
    with service(answer) as server:
        assert says in refusal(server.url)


def test_what_a_service_says_is_shortened_and_without_markup() -> None:
    said = {
        "id": "Q1",
        "name": "<b>A\x1b[31m</b>" + "n" * 5_000,
        "description": "d" * 5_000,
        "score": -3,
        "match": "yes",
    }
    with service(lambda queries: {key: {"result": [said] * 100} for key in queries}) as server:
        [proposal] = ask(server.url, limit=500)
    assert len(proposal.candidates) == MAX_CANDIDATES
    first = proposal.candidates[0]
    assert first.name.startswith("A")
    assert first.name.isprintable()
    assert max(len(first.name), len(first.description)) <= MAX_TEXT
    # Only true is true.
    assert (first.score, first.match) == (-3.0, False)


@pytest.mark.parametrize("space", ["javascript:", "file:///etc/", "not an address", "http://a b/", ""])
def test_ids_make_no_iri_where_the_service_does_not_say_how(space: str) -> None:
    with service(lambda queries: {"q0": {"result": [ERNA]}}, {**MANIFEST, "identifierSpace": space}) as server:
        [proposal] = ask(server.url)
        assert (proposal.candidates[0].id, proposal.candidates[0].iri) == ("Q291644", "")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "example.org", "http://", "http://a b/", "javascript:alert(1)", ""],
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(InvalidQueryError):
        ask(url)


def test_no_user_and_password_are_sent() -> None:
    with service(nobody) as server:
        message = refusal(server.url.replace("http://", "http://user:secret@"))
        assert "secret" not in message
        assert server.requests == []


def test_redirects_to_another_server_are_refused() -> None:
    with service(nobody) as other:
        for location in (other.url, "file:///etc/passwd", "//example.org/x", "http://[", "gopher://x/"):
            with stub_server(lambda _, location=location: (307, {"Location": location}, b"")) as server:
                assert "redirects to another server" in refusal(server.url)
        assert other.requests == []
    with stub_server(lambda _: (302, {"Location": "/sparql"}, b"")) as server:
        assert "again and again" in refusal(server.url)
        assert len(server.requests) < 10


def test_redirects_within_the_server_are_followed() -> None:
    def respond(request: Request) -> Response:
        if request.path == "/sparql":
            return 308, {"Location": "/api/"}, b""
        queries = queries_of(request)
        return 200, JSON, json.dumps(MANIFEST if queries is None else nobody(queries)).encode()

    with stub_server(respond) as server:
        assert len(ask(server.url, things(12))) == 12
        assert [each.path for each in server.requests] == ["/sparql", "/api/", "/api/", "/api/"]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "does not understand the names"),
        (401, "asks for a login"),
        (403, "asks for a login"),
        (404, "is no address of a reconciliation service"),
        (500, "answers with status 500: broken inside; ask again later"),
        (204, "answers with status 204"),
        (302, "answers with status 302"),
    ],
)
def test_status_of_an_error_says_what_to_do(status: int, says: str) -> None:
    with service(b"<h1>broken</h1> inside" if status != 204 else b"", status=status) as server:
        assert says in refusal(server.url)


def test_pause_that_the_service_asks_for_is_kept() -> None:
    waited: list[str] = []
    answers = iter([503, 429, 200])

    def respond(request: Request) -> Response:
        queries = queries_of(request)
        if queries is None:
            return 200, JSON, json.dumps(MANIFEST).encode()
        status = next(answers)
        return (
            (200, JSON, json.dumps(nobody(queries)).encode()) if status == 200 else (status, {"Retry-After": "0"}, b"")
        )

    with stub_server(respond) as server:
        assert len(ask(server.url, notify=waited.append)) == 1
        assert len(waited) == 2
        assert re.fullmatch(r"asking http://\S+ again in 0 s \(503\)", waited[0])
    with stub_server(lambda _: (503, {"Retry-After": "86400"}, b"")) as server:
        assert "asks for a pause of 86400 s" in refusal(server.url)


def test_answers_are_limited_in_bytes_and_time() -> None:
    with service(b" " * (MAX_BYTES + 1)) as server:
        assert f"larger than {MAX_BYTES:,} bytes" in refusal(server.url)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    with raw_server(head, *[b" "] * 100, pause=0.1) as server:
        start = time.monotonic()
        assert "no whole answer" in refusal(server.url, timeout=0.5)
        assert time.monotonic() - start < 5
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}") as server:
        assert "breaks off" in refusal(server.url)
    with raw_server(b"nonsense\r\n\r\n") as server:
        assert "not as a web server does" in refusal(server.url)


def test_server_that_is_not_there_is_named() -> None:
    with service(nobody) as server:
        port = server.port
    assert f"nothing listens at 127.0.0.1, port {port}" in refusal(f"http://127.0.0.1:{port}/reconcile")


@pytest.fixture(scope="module")
def own(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("own") / "log", timeout=60.0) as running:
        yield running


def test_own_service_is_asked_as_any_other(own: RunningServer) -> None:
    url = f"http://127.0.0.1:{own.port}/reconcile?lang=en"
    assert read_manifest(url).batch == 25
    asked = [
        Thing("organisation:x", "body", ("Statsministerens kontor",)),
        Thing("person:y", "person", ("Bokhari, Laila",)),
        Thing("person:z", "person", ("Zebulon Ukjent",)),
    ]
    body, person, unknown = ask(url, asked)
    assert (body.candidates[0].iri, body.candidates[0].match) == (
        "https://w3id.org/motegraf/organisation/statsministerens-kontor",
        True,
    )
    assert (person.candidates[0].name, person.candidates[0].match) == ("Laila Bokhari", False)
    assert unknown.candidates == ()
    with pytest.raises(ServiceError, match=r"does not understand .* there is no type 'nobody'"):
        ask(url, asked, type_id="nobody")


def same(built: Path, *options: str) -> Result:
    return CliRunner().invoke(motegraf, ["same", "--build", str(built), *options])


def test_command_proposes_what_the_service_holds(built: Path) -> None:
    def answer(queries: dict[str, Any]) -> dict[str, Any]:
        return {key: {"result": [ERNA] if query["query"] == "Laila Bokhari" else []} for key, query in queries.items()}

    with service(answer, {**MANIFEST, "identifierSpace": "https://d-nb.info/gnd/"}) as server:
        ran = same(built, "--people", "--against", server.url, "--against-type", "Q5", "--limit", "0", "--lang", "en")
        assert ran.exit_code == 0, ran.output
        lines = ran.stdout.splitlines()
        place = lines.index("Laila Bokhari  person:laila-bokhari")
        found = "  97.5  https://d-nb.info/gnd/Q291644  Erna Solberg – politician  (certain, the service says)"
        assert lines[place + 1] == found
        assert "  no candidate" in lines
        assert "and nothing else, to the service" in ran.stderr
        sent = [query for each in server.requests[1:] for query in (queries_of(each) or {}).values()]
        assert {query["type"] for query in sent} == {"Q5"}
        document = json.loads(same(built, "--people", "--against", server.url, "--limit", "1", "--json").stdout)
    # She was at most events.
    [proposal] = document["proposals"]
    assert (document["asked"], proposal["id"], proposal["kind"]) == (1, "person:laila-bokhari", "person")
    assert proposal["iri"] == "https://w3id.org/motegraf/person/laila-bokhari"
    assert proposal["candidates"][0]["score"] == 97.5


def test_command_prints_no_half_object_and_says_what_is_wrong(built: Path) -> None:
    with service(b"{}") as server:
        ran = same(built, "--people", "--against", server.url, "--json")
        assert (ran.exit_code, ran.stdout) == (1, "")
        assert "is not one to this batch" in ran.stderr
    for options, says in (
        (("--against", "file:///etc/passwd"), "begins with http:// or https://"),
        (("--against-type", "Q5"), "need --against"),
        (("--timeout", "5"), "need --against"),
        (("--against", "http://127.0.0.1:1/", "--between", "a", "b"), "cannot be combined"),
    ):
        ran = same(built, *options)
        assert ran.exit_code in (1, 2)
        assert says in ran.stderr
