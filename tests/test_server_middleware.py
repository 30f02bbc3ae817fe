"""Middleware and connections: hosts, headers, sizes, slow clients, many connections, the log."""

import asyncio
import http.client
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from loops import run
from serving import PATIENCE, HttpAnswer, RunningServer, commanded, serving, until, until_end
from uvicorn.server import ServerState

from graph.server.http.connection import client_of, limited_protocol
from graph.server.http.middleware import with_middleware
from graph.server.http.rounds import PER_ROUND, Rounds
from graph.server.limits import MAX_CHUNKS, MAX_HEADER_LINE, MAX_HEADERS, MAX_PARAMETERS, Limits

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
OTHERS = "127.0.0.2"
# Longer than what the systems on both sides keep for a client that does not read.
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 without more ado"),
]


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that disconnects slow clients after a second, and takes 30 connections of one."""
    folder = tmp_path_factory.mktemp("served")
    limits = {
        "io_timeout": 1,
        "connections_per_client": 30,
        "max_connections": 60,
        "max_rows": 60_000,
        "timeout": 600,
    }
    with serving(built, folder / "log", names=("127.0.0.1", "graph.example.org"), **limits) as running:
        yield running


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2a00:1450::1:0:0:1", "2a00:1450::2:0:0:1"),
        ("2a00:1450:0:0:1::", "2a00:1450::2"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_ipv6_network_counts_as_one_client(one: str, other: str) -> None:
    assert client_of((one, 1)) == client_of((other, 2))


def test_different_networks_are_different_clients() -> None:
    assert len({client_of((host, 1)) for host in ("2a00:1450::1", "2a00:1450:0:1::1", "192.0.2.1", "192.0.2.2")}) == 4


class Taken(asyncio.Transport):
    """A connection of nobody, from an address."""

    def __init__(self, host: str) -> None:
        super().__init__({"peername": (host, 1), "sockname": ("127.0.0.1", 2)})
        self.reply = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.reply += data

    def close(self) -> None: ...

    def abort(self) -> None: ...

    def is_closing(self) -> bool:
        return bool(self.reply)


def test_refused_connections_do_not_count_against_others() -> None:
    async def work() -> None:
        protocol = limited_protocol(Limits(max_connections=40, connections_per_client=30))
        config, state = uvicorn.Config(lambda: None, log_config=None), ServerState()
        connections = [Taken("192.0.2.1") for _ in range(70)] + [Taken("192.0.2.2") for _ in range(11)]
        for each in connections:
            protocol(config, state, {}).connection_made(each)
        assert [status(each.reply) if each.reply else None for each in connections] == (
            [None] * 30 + [429] * 40 + [None] * 10 + [503]
        )

    run(work())


class Counted(Taken):
    """A connection of nobody that notes each piece that is sent."""

    def __init__(self, host: str = "192.0.2.1") -> None:
        super().__init__(host)
        self.pieces: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.pieces.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def sent_by(app: Any, requests: bytes) -> Counted:
    """Return what is sent to a client that has sent these requests, in its pieces."""

    async def work() -> Counted:
        config = uvicorn.Config(with_middleware(app, frozenset(), 65_536), log_config=None, lifespan="off")
        config.load()
        protocol: Any = limited_protocol(Limits())(config, ServerState(), {})
        client = Counted()
        protocol.connection_made(client)
        protocol.data_received(requests)
        for _ in range(20):
            await asyncio.sleep(0)
        protocol.connection_lost(None)
        return client

    return run(work())


GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]}


def test_an_answer_is_sent_in_one_piece() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(HEAD | {"headers": [*HEAD["headers"]]})
        await send({"type": "http.response.body", "body": b"answer"})

    pieces = sent_by(app, GET * 2).pieces
    assert [piece.startswith(b"HTTP/1.1 200") and piece.endswith(b"\r\n\r\nanswer") for piece in pieces] == [True] * 2


def test_what_has_been_made_of_a_long_answer_waits_for_no_more_of_it() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(HEAD | {"headers": [*HEAD["headers"]]})
        for part in (b"an", b"sw", b"er"):
            await send({"type": "http.response.body", "body": part, "more_body": part != b"er"})

    pieces = sent_by(app, GET).pieces
    assert [piece.rpartition(b"\r\n")[2] for piece in pieces if piece] == [b"an", b"sw", b"er"]


def test_an_answer_that_breaks_off_after_its_head_ends_the_connection() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(HEAD | {"headers": [*HEAD["headers"]]})
        raise OSError("no more of it")

    client = sent_by(app, GET)
    assert client.closed
    assert b"".join(client.pieces).endswith(b"\r\n\r\n")


def test_a_client_with_many_connections_is_not_answered_before_all_others() -> None:
    answered: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        answered.append(scope["client"][0])
        await send(HEAD | {"headers": [*HEAD["headers"]]})
        await send({"type": "http.response.body", "body": b"answer"})

    async def work() -> None:
        config = uvicorn.Config(with_middleware(app, frozenset(), 65_536), log_config=None, lifespan="off")
        config.load()
        protocols: list[Any] = []
        for host in ["192.0.2.1"] * 90 + ["192.0.2.2", "192.0.2.3"]:
            protocols.append(limited_protocol(Limits())(config, ServerState(), {}))
            protocols[-1].connection_made(Counted(host))
        for each in protocols:
            each.data_received(GET)
        async with asyncio.timeout(PATIENCE):
            while len(answered) < len(protocols):
                await asyncio.sleep(0)
        for each in protocols:
            each.connection_lost(None)

    run(work())
    assert {answered.index(host) for host in ("192.0.2.2", "192.0.2.3")} == {PER_ROUND, PER_ROUND + 1}


def test_requests_of_a_client_begin_in_their_order_and_none_is_left_behind() -> None:
    begun: list[int] = []

    async def work() -> None:
        rounds = Rounds()

        async def request(number: int) -> None:
            await rounds.wait("192.0.2.1")
            begun.append(number)

        tasks = [asyncio.create_task(request(number)) for number in range(50)]
        await asyncio.sleep(0)
        # Who is gone takes nobody's place, and holds up nobody.
        tasks[10].cancel()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*tasks, return_exceptions=True)
            # One that comes when all have been answered begins at once.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            tasks.append(asyncio.create_task(request(50)))
            await asyncio.sleep(0)
        assert begun[-1] == 50

    run(work())
    assert begun == [number for number in range(51) if number != 10]


def served_meanwhile(server: RunningServer) -> bool:
    """Another client is answered."""
    return server.get("ASK { ?s ?p ?o }").status == 200


def status(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1])


def test_health_reports_workers_and_sandbox(server: RunningServer) -> None:
    answer = server.ask("GET", "/health")
    assert (answer.status, answer.json["status"], answer.json["without_network"]) == (200, "ok", True)


@pytest.mark.parametrize(
    "path", ["/health", "/sparql?query=ASK%7B%7D", "/sparql?query=x", "/none", "/dumps/", "/explorer"]
)
def test_security_headers_present(server: RunningServer, path: str) -> None:
    answer = server.ask("GET", path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    # Of all pages the interactive one alone, besides the cards, is made to stand in pages of others.
    ancestors = "*" if path == "/explorer" else "'none'"
    assert f"frame-ancestors {ancestors}" in policy
    assert "unsafe" not in policy
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:80", 200),
        ("GRAPH.example.org:8443", 200),
        ("graph.example.org.", 200),
        ("graph.example.org.:8443", 200),
        ("127.0.0.1.", 200),
        ("graph.example.org..", 421),
        (".", 421),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example@127.0.0.1", 421),
        ("127.0.0.1/evil", 421),
        ("127.0.0.1:x", 421),
        ("", 421),
        ("[::1", 421),
    ],
)
def test_unknown_host_returns_421(server: RunningServer, host: str, expected: int) -> None:
    assert server.ask("GET", "/health", Host=host).status == expected


def test_host_with_other_letters_is_that_which_browsers_send(built: Path, tmp_path: Path) -> None:
    names = ("møter.example.org", "GRAPH.example.org.")
    with serving(built, tmp_path / "log", names=names) as server:
        for host in ("xn--mter-gra.example.org", "XN--MTER-GRA.example.org.:8077", "graph.example.org"):
            assert server.ask("GET", "/health", Host=host).status == 200
        for host in ("moter.example.org", "127.0.0.1", "xn--mter-zzz.example.org"):
            assert server.ask("GET", "/health", Host=host).status == 421


def test_http_1_0_may_name_no_host(server: RunningServer) -> None:
    """Plain health checks of load balancers do not; no browser speaks so, from which another site could ask."""
    for path in (b"/health", b"/sparql?query=ASK%7B%7D"):
        assert status(server.raw(b"GET %s HTTP/1.0\r\n\r\n" % path)) == 200
    assert status(server.raw(b"HEAD /health HTTP/1.0\r\n\r\n")) == 200
    assert status(server.raw(b"OPTIONS / HTTP/1.0\r\n\r\n")) == 204
    assert status(server.raw(b"GET /health HTTP/1.0\r\nHost: evil.example\r\n\r\n")) == 421
    assert status(server.raw(b"GET /health HTTP/1.0\r\nHost:\r\n\r\n")) == 421


@pytest.mark.parametrize(
    "header", ["Authorization", "X-Requested-With", "Content-Type", "Accept", "Cache-Control", "If-None-Match", "Range"]
)
def test_preflight_allows_what_clients_in_browsers_send(server: RunningServer, header: str) -> None:
    answer = server.ask(
        "OPTIONS",
        "/sparql",
        Origin="https://other.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=header.lower(),
    )
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert header in answer.headers["access-control-allow-headers"].split(", ")
    assert "access-control-allow-credentials" not in answer.headers
    # Credentials are not read: what is answered is the same for all.
    plain = server.ask("GET", "/sparql?query=ASK%7B%7D")
    assert server.ask("GET", "/sparql?query=ASK%7B%7D", Authorization="Basic eDp5").body == plain.body


def test_missing_or_repeated_host_returns_400(server: RunningServer) -> None:
    assert status(server.raw(b"GET /health HTTP/1.1\r\n\r\n")) == 400
    assert status(server.raw(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")) == 400


def test_service_description_names_the_requested_host(server: RunningServer) -> None:
    answer = server.ask("GET", "/sparql", Host="graph.example.org", Accept="application/n-triples")
    assert "<http://graph.example.org/sparql#service>" in answer.text
    assert "Host" in answer.headers["vary"]


def test_body_over_the_limit_returns_413(server: RunningServer) -> None:
    answer = server.ask("POST", "/sparql", b"x" * 70_000, Content_Type=QUERY)
    assert (answer.status, answer.text) == (413, "a request has no more than 65,536 bytes\n")
    chunked = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (
        status(server.raw(chunked % QUERY.encode() + b"8000\r\n" + b"x" * 0x8000 + b"\r\n8001\r\n" + b"x" * 0x8001))
        == 413
    )
    assert served_meanwhile(server)


def test_query_over_the_limit_returns_413(server: RunningServer) -> None:
    answer = server.query("ASK {} #" + "x" * 17_000)
    assert (answer.status, answer.text) == (413, "the query has 17,008 bytes; more than 16,384 are not asked\n")


def test_compressed_body_returns_415(server: RunningServer) -> None:
    import gzip

    bomb = gzip.compress(b"x" * 10_000_000)
    for coding in ("gzip", "deflate", "gzip, gzip"):
        answer = server.ask("POST", "/sparql", bomb, Content_Type=QUERY, Content_Encoding=coding)
        assert (answer.status, answer.headers["accept-encoding"]) == (415, "identity")


def test_endless_header_is_refused(server: RunningServer) -> None:
    reply = server.raw(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 200_000)
    assert reply == b"" or status(reply) == 400
    assert served_meanwhile(server)


def test_bytes_that_are_not_http_return_400(server: RunningServer) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS client\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x00" * 100 + b"\r\n\r\n",
    ):
        assert status(server.raw(sent)) == 400
    assert served_meanwhile(server)


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("POST /sparql HTTP/1.1", "Content-Length: 3\r\nContent-Length: 4"),
        ("POST /sparql HTTP/1.1", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
        ("POST /sparql HTTP/1.1", "Transfer-Encoding: gzip, chunked"),
        ("POST /sparql HTTP/1.1", "Transfer-Encoding: identity"),
        ("POST /sparql HTTP/1.1", "Content-Length: +3"),
        ("POST /sparql HTTP/1.1", f"Content-Length: {'9' * 5_000}"),
        ("POST /sparql HTTP/1.1", "Content-Length:\r\n 3"),
        ("GET /health HTTP/1.1", "X: a\r\n b"),
        ("GET /health HTTP/1.1", "X : a"),
        ("GET /health HTTP/1.1", "X: \0"),
        ("GET /hæ HTTP/1.1", "X: a"),
        ("GET  /health HTTP/1.1", "X: a"),
    ],
)
def test_ambiguous_requests_return_400(server: RunningServer, line: str, head: str) -> None:
    reply = server.raw(f"{line}\r\nHost: 127.0.0.1\r\n{head}\r\n\r\n0\r\n\r\n".encode())
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [400]


def test_bytes_after_a_request_are_the_next_request(server: RunningServer) -> None:
    """A body that is none, and chunks with what may stand beside them."""
    hidden = b"GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    chunks = b"4;x=y\r\nASK \r\n1\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: a\r\n\r\n"
    reply = server.raw(
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
        + chunks
        + b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(hidden)
        + hidden
        + b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [200, 200, 200]


def test_http_1_0_needs_no_host_where_all_are_answered(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", names=()) as server:
        assert status(server.raw(b"GET /health HTTP/1.0\r\n\r\n")) == 200
        assert status(server.raw(b"GET /health HTTP/1.1\r\n\r\n")) == 400


def test_upgrade_to_websocket_is_ignored(server: RunningServer) -> None:
    upgrade = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    assert status(server.raw(upgrade)) == 200


@pytest.mark.parametrize("apart", [False, True], ids=["in one piece", "in two"])
@pytest.mark.parametrize("upgrade", ["h2c", "websocket", "TLS/1.2"])
@pytest.mark.parametrize(
    ("body", "expected"), [(b"ASK {}", 200), (b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400)], ids=str
)
def test_body_is_read_whatever_upgrade_is_offered(
    server: RunningServer, upgrade: str, apart: bool, body: bytes, expected: int
) -> None:
    """Java's own client offers HTTP/2 with each request."""
    head = (
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
        f"Content-Length: {len(body)}\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: {upgrade}\r\n\r\n"
    ).encode()
    with server.connected() as client:
        client.sendall(head if apart else head + body)
        if apart:
            time.sleep(0.1)
            client.sendall(body)
        reply = until_end(client)
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [expected]


def test_trailers_are_no_headers(server: RunningServer) -> None:
    reply = server.raw(
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        b"6\r\nASK {}\r\n0\r\nContent-Type: application/sparql-query\r\n\r\n"
    )
    assert status(reply) == 415


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: " + b"x" * 50_000),
        (b"Transfer-Encoding: chunked\r\n\r\n" + b"8000\r\n" + b"x" * 0x8000 + b"\r\n0\r\n", b"a:\r\n" * 10_000),
        (b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 50_000),
        (b"", b"X: " + b"x" * 50_000),
        (b"", b"a:\r\n" * 10_000),
    ],
    ids=["trailers", "trailers after a body", "extensions", "one header", "headers"],
)
def test_endless_trailers_extensions_and_headers_are_cut_off(
    server: RunningServer, before: bytes, piece: bytes
) -> None:
    with server.connected(OTHERS) as client:
        client.sendall(b"POST /health HTTP/1.1\r\nHost: 127.0.0.1\r\n" + before)
        # More than the systems on both sides keep.
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            client.sendall(piece * 1_000)
    assert served_meanwhile(server)


def test_slow_second_request_returns_408(server: RunningServer) -> None:
    with server.connected(OTHERS) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /health HTTP/1.1\r\n")
        reply = trickled(slow, b"X-Header: 1\r\n")
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [200, 408]


def test_connection_with_blank_lines_only_is_refused(server: RunningServer) -> None:
    with server.connected(OTHERS) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        reply = trickled(slow, b"\r\n")
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [200, 400]


@pytest.mark.parametrize(
    "method", ["CONNECT", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "QUERY", "get", "X" * 100]
)
@pytest.mark.parametrize("target", ["/", "/sparql?query=ASK%7B%7D", "example.org:443", "http://example.org/", "*"])
def test_other_methods_return_405(server: RunningServer, method: str, target: str) -> None:
    request = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    assert status(server.raw(request.encode())) == 405


def test_slow_headers_return_408(server: RunningServer) -> None:
    """Slowloris: a header now and then, for as long as anybody listens."""
    with server.connected(OTHERS) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        reply = trickled(slow, b"X-Header: 1\r\n")
    assert reply == b"" or status(reply) == 408
    assert served_meanwhile(server)


def test_slow_body_returns_408(server: RunningServer) -> None:
    with server.connected(OTHERS) as slow:
        slow.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\nASK"
        )
        reply = trickled(slow, b" ")
    assert reply == b"" or status(reply) == 408
    assert served_meanwhile(server)


def trickled(client: socket.socket, piece: bytes) -> bytes:
    """What the server says while a piece is sent from time to time, until it hangs up."""
    client.settimeout(0.2)
    reply = b""
    for _ in range(5 * PATIENCE):
        try:
            client.sendall(piece)
            got = client.recv(1000)
            if not got:
                return reply
            reply += got
        except TimeoutError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            return reply
    raise AssertionError("the server waits for ever")


def test_silent_client_returns_408(server: RunningServer) -> None:
    with server.connected(OTHERS) as silent:
        assert status(until_end(silent)) == 408


def test_client_that_does_not_read_is_disconnected_and_holds_no_worker(server: RunningServer) -> None:
    with server.connected(OTHERS) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(f"GET /sparql?query={quote(LONG, safe='')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        # Until it is given up: what has been sent of it is less than it has.
        until(
            lambda: any(re.search(r" sparql (200|left) \d{6,} B", line) for line in server.lines()), "it is still sent"
        )
        assert server.ask("GET", "/health").json["running"] == 0
    assert served_meanwhile(server)


def test_query_of_a_disconnected_client_is_ended(server: RunningServer) -> None:
    with server.connected(OTHERS) as leaving:
        leaving.sendall(f"GET /sparql?query={quote(ENDLESS, safe='')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        until(lambda: server.ask("GET", "/health").json["running"] == 1, "the query does not run")
    until(lambda: server.ask("GET", "/health").json["running"] == 0, "the query still runs")


@pytest.mark.parametrize("later", [False, True])
def test_pipelined_queries_of_a_disconnected_client_are_ended(server: RunningServer, later: bool) -> None:
    slow = f"GET /sparql?query={quote(ENDLESS, safe='')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with server.connected(OTHERS) as leaving:
        leaving.sendall(slow)
        if later:
            time.sleep(0.3)
        leaving.sendall(slow * 2)
        until(lambda: server.ask("GET", "/health").json["running"] == 1, "the query does not run")
    until(lambda: server.ask("GET", "/health").json["running"] == 0, "a query still runs")


def test_connections_per_client_are_limited(server: RunningServer) -> None:
    open_ones = [server.connected(OTHERS) for _ in range(40)]
    try:
        assert status(until_end(open_ones[-1])) == 429
        assert served_meanwhile(server)
    finally:
        for each in open_ones:
            each.close()


def test_total_connections_are_limited(server: RunningServer) -> None:
    open_ones = [server.connected(f"127.0.0.{3 + number // 20}") for number in range(80)]
    try:
        assert status(until_end(open_ones[-1])) == 503
    finally:
        for each in open_ones:
            each.close()
    until(lambda: _answers(server), "nobody is answered afterwards")


def _answers(server: RunningServer) -> bool:
    try:
        return server.ask("GET", "/health").status == 200
    except (OSError, http.client.HTTPException):
        return False


def test_headers_over_the_size_limit_return_431(server: RunningServer) -> None:
    reply = server.raw(
        b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX: %s\r\n\r\n" % (b"x" * 65_600)
    )
    assert status(reply) == 431
    assert b"no more than 65,536 bytes" in reply


def test_pipelined_requests_are_answered_in_order(server: RunningServer) -> None:
    one = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    last = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    reply = server.raw(one * 20 + last)
    assert re.findall(rb'"boolean": (true)|"status":"(ok)"', reply) == [(b"true", b"")] * 20 + [(b"", b"ok")]


def test_log_has_no_personal_data(server: RunningServer) -> None:
    server.get('ASK { ?s ?p "a-secret-name" }')
    server.ask("GET", "/person/Another%20Secret%20Name")
    server.ask("GET", "/another-secret-name?q=a-secret-name")
    until(lambda: len(server.lines()) > 2, "nothing is logged")
    line = re.compile(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|HEAD|POST|OPTIONS|other) [a-z_-]+ (\d{3}|left) \d+ B \d+ ms "
        r"(?!.*ecret)(/[A-Za-z0-9._~/{}:-]*|-) [0-9a-f]{16}"
    )
    first, *rest = [each for each in server.lines() if not each.startswith("note: ")]
    assert first.startswith("the build ")
    assert [each for each in rest if not line.fullmatch(each)] == []


def test_command_serves_and_leaves_nothing_behind(built: Path, tmp_path: Path) -> None:
    before = set(built.glob(".new-*"))
    with commanded(built, tmp_path / "log", "--log-queries") as server:
        assert server.get("ASK {}").status == 200
        workers = server.workers()
        assert workers
    assert re.search(r" ms /sparql [0-9a-f]{16} 'ASK \{\}'$", server.lines()[1])
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []
    assert set(built.glob(".new-*")) == before


def test_pending_queries_return_503_at_shutdown(built: Path, tmp_path: Path) -> None:
    """One query runs, and one waits for its turn."""
    reply: list[HttpAnswer] = []
    with commanded(built, tmp_path / "log", "--timeout", "600", "--per-client", "1") as server:
        asking = [threading.Thread(target=lambda: reply.append(server.get(ENDLESS))) for _ in range(2)]
        for each in asking:
            each.start()
        until(lambda: server.ask("GET", "/health").json["waiting"] == 1, "no query waits")
    for each in asking:
        each.join(PATIENCE)
    assert [(each.status, each.text) for each in reply] == [
        (503, "the query was ended: the server is about to stop\n")
    ] * 2


def test_public_url_is_used_in_the_service_description(built: Path, tmp_path: Path) -> None:
    with commanded(built, tmp_path / "log", "--public", "https://graph.example.org") as server:
        reply = server.ask("GET", "/sparql", Host="graph.example.org", Accept="application/n-triples")
        assert "service-description#endpoint> <https://graph.example.org/sparql> ." in reply.text
        assert server.ask("GET", "/health", Host="other.example.org").status == 421


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--name", "*", "'*' is not a host name such as graph.example.org"),
        ("--name", "https://graph.example.org", "'https://graph.example.org' is not a host name"),
        ("--public", "graph.example.org", "'graph.example.org/' is not a URL such as https://graph.example.org/"),
    ],
)
def test_invalid_options_are_reported(option: str, value: str, reason: str) -> None:
    command = [sys.executable, "-m", "graph", "serve", option, value]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert (ended.returncode, reason in ended.stderr) == (2, True)


def test_command_reports_why_it_cannot_start(built: Path, tmp_path: Path) -> None:
    def reply(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "graph", "serve", *options]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        return ended.returncode, ended.stderr

    code, words = reply("--build", str(tmp_path))
    assert (code, words.splitlines()[0]) == (
        1,
        f"{tmp_path}: holds no whole build; make one with: motegraf build --out {tmp_path}",
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        reason = f"Error: 127.0.0.1:{port} cannot be listened at: Address already in use\n"
        assert reply("--build", str(built), "--port", str(port)) == (1, reason)
    assert reply("--workers", "0")[0] == 2


def chunked(pieces: int, behind: bytes = b"") -> bytes:
    """A query in so many pieces, and what stands behind the last."""
    head = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    body = b"5\r\nASK{}\r\n" + b"1\r\n \r\n" * (pieces - 1)
    return head + f"Content-Type: {QUERY}\r\n\r\n".encode() + body + b"0\r\n" + behind + b"\r\n"


def with_headers(many: int) -> bytes:
    return b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + b"a:\r\n" * (many - 2) + b"\r\n"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (with_headers(MAX_HEADERS - 1), 200),
        (with_headers(MAX_HEADERS + 1), 431),
        (with_headers(20_000), 431),
        (with_headers(3) * 100, 200),
        (chunked(MAX_CHUNKS), 200),
        (chunked(MAX_CHUNKS + 1), 413),
        (chunked(60_000), 413),
        (chunked(2, b"a:\r\n" * (MAX_HEADERS - 1)), 200),
        (chunked(2, b"a:\r\n" * (MAX_HEADERS + 1)), 431),
    ],
    ids=["headers", "more headers", "many headers", "requests", "pieces", "more", "many", "trailers", "more trailers"],
)
def test_headers_and_chunks_are_limited_in_number(server: RunningServer, sent: bytes, expected: int) -> None:
    assert status(server.raw(sent)) == expected
    assert served_meanwhile(server)


def test_trailers_that_arrive_in_parts_are_counted(server: RunningServer) -> None:
    # Where the last line of the body has come before, it is not counted with them.
    sent = chunked(2, b"a:\r\n" * (MAX_HEADERS + 2))
    with server.connected() as client:
        client.sendall(sent[:-600])
        time.sleep(0.1)
        client.sendall(sent[-600:])
        assert status(until_end(client)) == 431


@pytest.mark.parametrize("head", [b"Content-Length: 328\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n148\r\n"])
def test_lines_of_a_query_do_not_count_as_headers(server: RunningServer, head: bytes) -> None:
    with server.connected() as client:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n")
        client.sendall(f"Content-Type: {QUERY}\r\n".encode() + head + b"SELECT * {} LIMIT 1")
        time.sleep(0.1)
        # As the last chunk of a body begins.
        client.sendall(b"0\n" + b"\n" * 307 + (b"\r\n0\r\n\r\n" if b"chunked" in head else b""))
        assert status(until_end(client)) == 200


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/health", {"Accept": "a" * MAX_HEADER_LINE}, 200),
        ("/health", {"Accept": ";" * (MAX_HEADER_LINE + 1)}, 431),
        ("/%7B" + "%7B" * (MAX_HEADER_LINE // 3), {}, 414),
        ("/explorer?" + "{" * MAX_HEADER_LINE, {}, 414),
        ("/person/laila-bokhari?" + "a&" * MAX_HEADER_LINE, {}, 414),
        ("/health?" + "&".join(["a"] * MAX_PARAMETERS), {}, 200),
        ("/health?" + "&".join(["a"] * (MAX_PARAMETERS + 1)), {}, 413),
        ("/sparql?query=ASK%7B%7D" + "%20" * MAX_HEADER_LINE, {}, 200),
    ],
)
def test_addresses_headers_and_parameters_are_limited(
    server: RunningServer, path: str, headers: dict[str, str], expected: int
) -> None:
    assert server.ask("GET", path, **headers).status == expected


def test_response_to_a_request_whose_body_is_missing_closes_the_connection(server: RunningServer) -> None:
    head = b"POST /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\n"
    reply = server.raw(head)
    assert (status(reply), b"\r\nconnection: close\r\n" in reply.lower()) == (405, True)


def test_body_that_no_view_reads_is_drained_and_the_connection_kept(server: RunningServer) -> None:
    body = b"x" * 500_000
    head = b"POST /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    last = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    reply = server.raw(head + body + last)
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply)] == [405, 200]


def test_limit_passed_behind_a_request_that_is_being_answered_ends_the_connection(server: RunningServer) -> None:
    """An error would be taken for the answer to the first request."""
    slow = f"GET /sparql?query={quote(ENDLESS, safe='')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with server.connected(OTHERS) as client:
        client.sendall(slow)
        until(lambda: server.ask("GET", "/health").json["running"] == 1, "the query does not run")
        client.sendall(with_headers(MAX_HEADERS + 10))
        assert until_end(client) == b""
    until(lambda: server.ask("GET", "/health").json["running"] == 0, "the query still runs")


def test_many_pipelined_requests_with_bodies_are_answered(server: RunningServer) -> None:
    query = b"ASK {}" + b" " * 10_000
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {QUERY}\r\n".encode()
    one = head + b"Content-Length: %d\r\n\r\n" % len(query) + query
    last = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    reply: list[bytes] = []
    with server.connected() as client:
        reading = threading.Thread(target=lambda: reply.append(until_end(client)))
        reading.start()
        client.sendall(one * 50 + last)
        reading.join(PATIENCE)
    assert [status(each) for each in re.findall(rb"HTTP/1\.1 \d+ ", reply[0])] == [200] * 51
