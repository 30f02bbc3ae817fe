"""Running the server: log, request ids, metrics, readiness, signals, the service manager, trusted proxies."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from loops import run
from prometheus_client.parser import text_string_to_metric_families
from serving import PATIENCE, RunningServer, commanded, until
from starlette.applications import Starlette

from graph import HOME
from graph.server import app as server_app
from graph.server.app import application
from graph.server.http.connection import client_of
from graph.server.limits import Limits
from graph.server.operation.exchange import Exchange
from graph.server.operation.metrics import Metrics, ServerState
from graph.server.operation.options import Operation
from graph.server.operation.proxy import TrustedProxies
from graph.server.snapshot import reload
from graph.server.snapshot.reload import AppState
from graph.server.workers.process import END_REASONS

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 and these signals without more ado"),
]

OTHERS = "127.0.0.2"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ID = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with its log in JSON that trusts 127.0.0.1 as a proxy, and runs one query of a client at once."""
    log = tmp_path_factory.mktemp("served") / "log"
    options = ("--log-format", "json", "--trust-proxy", "127.0.0.1", "--workers", "2", "--per-client", "1")
    with commanded(built, log, *options, "--timeout", "600") as running:
        yield running


# The log


def records(server: RunningServer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.lines()]


def record_of(server: RunningServer, answer: Any) -> dict[str, Any]:
    """Return what is logged of the request that has this answer."""
    id = answer.headers["x-request-id"]
    until(lambda: any(each.get("request_id") == id for each in records(server)), "the request is not logged")
    return next(each for each in records(server) if each.get("request_id") == id)


def test_json_log_has_an_object_a_line(server: RunningServer) -> None:
    record = record_of(server, server.ask("GET", "/dumps/motegraf.ttl", User_Agent="a-secret-browser"))
    assert record.keys() == {
        *("time", "level", "message", "method", "view", "route", "path", "status", "bytes", "ms", "request_id")
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["time"])
    assert [record[name] for name in ("level", "message", "method", "view", "route", "path", "status")] == [
        *("info", "request", "GET", "dump", "/dumps/{name}", "/dumps/motegraf.ttl", 200)
    ]
    assert record["bytes"] > 1000
    assert record["ms"] >= 0
    first = records(server)[0]
    assert (first["level"], first["message"].startswith("the build ")) == ("info", True)


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        # What there is.
        ("/person/laila-bokhari", "/person/laila-bokhari"),
        ("/about/person/laila-bokhari", "/about/person/laila-bokhari"),
        ("/health?secret=1", "/health"),
        # What there could be: a dead link can be found.
        ("/about/person/nobody-at-all", "/about/person/nobody-at-all"),
        ("/about/event/none.ttl", "/about/event/none.ttl"),
        # What somebody has typed.
        ("/about/person/Secret%20Name", None),
        ("/about/person/secret%C3%A6", None),
        ("/secret", None),
        ("/dumps/secret", None),
        ("/about/person/" + "a" * 300, None),
        ("/about/person/a%0Ab", None),
    ],
)
def test_log_has_paths_of_things_alone(server: RunningServer, path: str, logged: str | None) -> None:
    record = record_of(server, server.ask("GET", path))
    assert record["path"] == logged
    assert "ecret" not in json.dumps(record)


def test_log_has_neither_queries_nor_clients(server: RunningServer) -> None:
    answer = server.get('ASK { ?s ?p "a-secret-name" }', User_Agent="a-secret-browser", X_Forwarded_For="192.0.2.77")
    assert record_of(server, answer)["route"] == "/sparql"
    text = server.log.read_text(encoding="utf-8")
    assert [word for word in ("ecret", "192.0.2.77", "browser") if word in text] == []


def test_error_is_logged_with_the_id_that_its_answer_has(server: RunningServer) -> None:
    answer = server.ask("GET", "/none")
    assert (answer.status, record_of(server, answer)["status"]) == (404, 404)


# Request ids


def test_every_answer_has_an_id_of_its_own(server: RunningServer) -> None:
    answers = [server.ask("GET", path) for path in ("/health", "/none", "/sparql", "/dumps/")]
    answers += [server.ask("OPTIONS", "/sparql"), server.ask("GET", "/health", Host="evil.example")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert [id for id in ids if not ID.fullmatch(id)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("given", "source", "taken"),
    [
        ("0123456789abcdef0123456789abcdef", "127.0.0.1", True),
        ("0123456789abcdef0123456789abcdef", OTHERS, False),
        ("a b", "127.0.0.1", False),
        ("<script>", "127.0.0.1", False),
        ("a" * 65, "127.0.0.1", False),
    ],
)
def test_id_is_taken_from_a_trusted_proxy_alone(server: RunningServer, given: str, source: str, taken: bool) -> None:
    answer = server.ask("GET", "/health", source=source, X_Request_ID=given)
    assert (answer.headers["x-request-id"] == given) is taken


# Metrics


def samples(server: RunningServer) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return the value of each metric by its name and labels, as a parser of the format reads them."""
    answer = server.ask("GET", "/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_metrics_count_requests_by_view_and_status(server: RunningServer) -> None:
    def counted() -> float:
        return samples(server).get(("motegraf_http_requests_total", (("status", "4xx"), ("view", "dump"))), 0)

    before = counted()
    for number in range(3):
        server.ask("GET", f"/dumps/none-{number}")
    assert counted() == before + 3
    measured = samples(server)
    in_all = measured["motegraf_http_request_duration_seconds_count", (("view", "dump"),)]
    last = measured["motegraf_http_request_duration_seconds_bucket", (("le", "+Inf"), ("view", "dump"))]
    assert in_all == last >= before + 3
    assert measured["motegraf_http_response_bytes_total", (("view", "dump"),)] > 0
    assert measured["motegraf_ready", ()] == 1
    assert measured["motegraf_workers", ()] == 2
    assert measured["motegraf_workers_alive", ()] >= 1
    assert measured["motegraf_build_loads_total", ()] == 1
    [build] = [labels for name, labels in measured if name == "motegraf_build_info"]
    assert re.fullmatch(r"[0-9a-f]{12}", dict(build)["build"])
    assert ("process_resident_memory_bytes", ()) in measured


# The grammar of the format: https://prometheus.io/docs/instrumenting/exposition_formats/
COMMENT = re.compile(r"# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)")
SAMPLE = re.compile(
    r'([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_]\w*="[^"\\\n]*",?)*\})? (NaN|[+-]Inf|[+-]?\d+(\.\d+)?(e[+-]?\d+)?)'
)


def test_metrics_follow_the_grammar_of_the_format(server: RunningServer) -> None:
    text = server.ask("GET", "/metrics").text
    assert text.endswith("\n")
    kinds: dict[str, str] = {}
    for line in text.splitlines():
        comment, sample = COMMENT.fullmatch(line), SAMPLE.fullmatch(line)
        assert comment or sample, line
        if comment and comment[1] == "TYPE":
            assert comment[2] not in kinds
            kinds[comment[2]] = comment[3]
        elif sample:
            family = re.sub(r"_(bucket|sum|count)$", "", sample[1])
            assert kinds[sample[1] if sample[1] in kinds else family] in ("counter", "gauge", "histogram")
    assert [name for name, kind in kinds.items() if (kind == "counter") != name.endswith("_total")] == []


def test_metrics_do_not_grow_with_what_clients_send(server: RunningServer) -> None:
    def ask_oddly(number: int) -> None:
        server.ask(f"X{number}", f"/{number}")
        server.ask("GET", f"/about/person/x{number}", User_Agent=f"{number}", Host="127.0.0.1")
        server.ask("GET", "/health", Host=f"host{number}.example")
        server.ask("GET", f"/sparql?query={number}")
        server.ask("GET", "/metrics")

    ask_oddly(0)
    before = samples(server).keys()
    for number in range(1, 30):
        ask_oddly(number)
    assert samples(server).keys() == before


def test_metrics_say_why_workers_have_ended(built: Path, tmp_path: Path) -> None:
    with commanded(built, tmp_path / "log", "--timeout", "0.3") as server:
        assert server.get(ENDLESS).status == 408
        until(lambda: reasons(server)["timeout"] == 1, "no worker has ended")
        # One that is still starting is replaced, but not counted: nothing could have been asked of it.
        until(lambda: all_are_ready(server), "the worker is not replaced")
        os.kill(server.workers()[0], signal.SIGKILL)
        until(lambda: reasons(server)["crash"] == 1, "no worker has ended")
        assert reasons(server).keys() == set(END_REASONS)
        assert sum(reasons(server).values()) == 2


def test_metrics_count_workers_whose_client_has_left(server: RunningServer) -> None:
    before = reasons(server)["disconnected"]
    with server.connected() as client:
        client.sendall(request_of(ENDLESS))
        until(lambda: server.ask("GET", "/health").json["running"] == 1, "the query does not run")
    until(lambda: reasons(server)["disconnected"] == before + 1, "no worker has ended")


def request_of(query: str, *headers: str) -> bytes:
    """Return a request that asks a query."""
    lines = ["POST /sparql HTTP/1.1", "Host: 127.0.0.1", *headers, "Content-Type: application/sparql-query"]
    return "\r\n".join([*lines, f"Content-Length: {len(query)}", "", query]).encode()


def reasons(server: RunningServer) -> dict[str, float]:
    return {dict(labels)["reason"]: value for (name, labels), value in samples(server).items() if "_ended_" in name}


def all_are_ready(server: RunningServer) -> bool:
    measured = samples(server)
    return measured["motegraf_workers_alive", ()] == measured["motegraf_workers", ()] + 1 == len(server.workers())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), 200),
        (("--metrics", "off"), 404),
        (("--public", "http://127.0.0.1/"), 404),
        (("--public", "http://127.0.0.1/", "--metrics", "on"), 200),
    ],
)
def test_metrics_are_open_on_this_machine_alone(
    built: Path, tmp_path: Path, options: tuple[str, ...], expected: int
) -> None:
    with commanded(built, tmp_path / "log", *options) as server:
        assert server.ask("GET", "/metrics").status == expected


def test_metrics_of_a_server_that_is_still_loading_can_be_read() -> None:
    text = Metrics(lambda: ServerState(ready=False, ended=dict.fromkeys(END_REASONS, 0))).text().decode()
    assert "motegraf_ready 0.0" in text
    assert list(text_string_to_metric_families(text))


def test_metrics_count_clients_that_have_left() -> None:
    metrics = Metrics(lambda: ServerState(ready=True))
    metrics.observe(Exchange({"method": "GET"}, "0", seconds=100.0))
    assert 'motegraf_http_requests_total{status="left",view="-"} 1.0' in metrics.text().decode()


# Health and readiness


async def ask_app(app: Starlette, path: str) -> tuple[int, dict[str, Any]]:
    """Return status and JSON of the application's answer, without a server around it."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {"headers": [], "http_version": "1.1", "scheme": "http", "server": None, "client": None, "root_path": ""}
    await app(scope, asyncio.Queue[Any]().get, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(body) if body.startswith(b"{") else {"text": body.decode()}


def test_server_lives_and_is_not_ready_while_it_loads(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_snapshot = server_app.take_snapshot
    failed: list[bool] = []

    async def work() -> None:
        begin = asyncio.Event()

        async def take_slowly(build: Path) -> Any:
            await begin.wait()
            return await take_snapshot(build)

        monkeypatch.setattr(server_app, "take_snapshot", take_slowly)
        limits = Limits(workers=1)
        new_state = partial(AppState, built, tmp_path, limits, None)
        app = application(built, new_state, limits, "http://127.0.0.1/", lambda: failed.append(True), Operation())
        async with app.router.lifespan_context(app):
            assert await ask_app(app, "/health") == (200, {"status": "loading", "version": "0.2.0"})
            assert (await ask_app(app, "/ready"))[0] == 503
            status, answer = await ask_app(app, "/sparql")
            assert (status, "loading its build" in answer["text"]) == (503, True)
            begin.set()
            async with asyncio.timeout(PATIENCE):
                while (await ask_app(app, "/ready"))[0] != 200:
                    await asyncio.sleep(0.05)
            pool = app.state.current.pool
            alive, pool.alive = pool.alive, {}
            assert (await ask_app(app, "/ready"))[1]["status"] == "no worker"
            assert [(await ask_app(app, path))[0] for path in ("/health", "/ready")] == [200, 503]
            pool.alive = alive
            pool.scheduler.closing.set_result(None)
            assert (await ask_app(app, "/ready"))[1]["status"] == "stopping"

    run(work())
    assert failed == []


def test_log_in_json_says_why_the_server_does_not_start(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "graph", "serve", "--build", str(built), "--log-format", "json"]
        port = str(taken.getsockname()[1])
        ended = subprocess.run([*command, "--port", port], cwd=HOME, capture_output=True, text=True, timeout=PATIENCE)
    record = json.loads(ended.stderr)
    assert (ended.returncode, record["level"], "Address already in use" in record["message"]) == (1, "error", True)


def test_build_that_cannot_be_loaded_stops_the_server(tmp_path: Path) -> None:
    failed: list[bool] = []

    async def work() -> None:
        limits = Limits(workers=1)
        new_state = partial(AppState, tmp_path, tmp_path, limits, None)
        app = application(
            tmp_path, new_state, limits, "http://127.0.0.1/", lambda: failed.append(True), Operation(metrics=False)
        )
        async with app.router.lifespan_context(app), asyncio.timeout(PATIENCE):
            while not failed:
                await asyncio.sleep(0.05)

    run(work())
    assert failed == [True]


# Signals, and the service manager


def started(built: Path, log: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "graph", "serve", "--port", "0", "--workers", "1", "--build", str(built)]
    with log.open("wb") as stream:
        return subprocess.Popen(command, cwd=HOME, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)


def log_says(log: Path, words: str) -> bool:
    return words in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("moment", ["serving", "loading"])
def test_sigterm_ends_without_an_error(built: Path, tmp_path: Path, moment: str) -> None:
    before = set(built.glob(".new-*"))
    process = started(built, tmp_path / "log")
    if moment == "serving":
        until(lambda: log_says(tmp_path / "log", "is served at"), "the server does not start")
    else:
        # It has begun to copy the build.
        until(lambda: set(built.glob(".new-*")) - before, "the server does not begin")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert set(built.glob(".new-*")) == before
    assert not log_says(tmp_path / "log", "Traceback")


def test_service_manager_is_told(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        listening.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        monkeypatch.setenv("WATCHDOG_USEC", "300000")
        monkeypatch.delenv("WATCHDOG_PID", raising=False)
        # Whoever runs the tests by nohup ignores this signal, and so would the server.
        before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        process = started(built, tmp_path / "log")
        signal.signal(signal.SIGHUP, before)
        try:
            received = received_until(listening, "READY=1")
            assert log_says(tmp_path / "log", "is served at")
            assert re.search(r"^STATUS=the build [0-9a-f]{12} is served$", received, re.MULTILINE)
            received_until(listening, "WATCHDOG=1")
            process.send_signal(signal.SIGHUP)
            assert re.search(r"^MONOTONIC_USEC=\d+$", received_until(listening, "RELOADING=1"), re.MULTILINE)
            received_until(listening, "READY=1")
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            received_until(listening, "STOPPING=1")
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
            process.wait()


def test_build_that_failed_is_tried_again_at_once_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being asked it is tried again after five seconds."""
    tries: list[float] = []

    async def fail(build: Path) -> Any:
        tries.append(asyncio.get_running_loop().time())
        raise OSError("no build")

    monkeypatch.setattr(reload, "take_snapshot", fail)
    monkeypatch.setattr(reload, "fingerprint", lambda build: (1, 2, 3))
    monkeypatch.setattr(reload, "_SECONDS_BETWEEN_CHECKS", 0.0)
    monkeypatch.setattr(reload, "_SECONDS_AFTER_FAILURE", 600.0)
    snapshot: Any = SimpleNamespace(tag="0", folder=tmp_path)
    pool: Any = None
    state = AppState(tmp_path, tmp_path, Limits(), None, snapshot, pool)

    async def work() -> None:
        asked = asyncio.Event()
        watching = asyncio.create_task(reload.watch(state, None, asked))
        async with asyncio.timeout(PATIENCE):
            while len(tries) < 3:
                count = len(tries)
                await asyncio.sleep(0.05)
                assert len(tries) <= count + 1
                asked.set()
        watching.cancel()

    run(work())
    assert state.failed_loads == 3


def received_until(listening: socket.socket, line: str) -> str:
    """Return the message that has this line, the next that has."""
    end = time.monotonic() + PATIENCE
    # The watchdog's messages come for ever.
    while time.monotonic() < end:
        message = listening.recv(4096).decode()
        if line in message.splitlines():
            return message
    raise AssertionError(f"{line} does not come")


def test_probe_says_whether_the_server_is_ready(server: RunningServer) -> None:
    def probe(*arguments: str, **environment: str) -> int:
        command = [sys.executable, "-m", "graph.server.probe", *arguments]
        return subprocess.run(command, cwd=HOME, env=os.environ | environment, capture_output=True).returncode

    assert probe(MOTEGRAF_SERVE_PORT=str(server.port)) == 0
    assert probe("/health", MOTEGRAF_SERVE_PORT=str(server.port)) == 0
    assert probe("/none", MOTEGRAF_SERVE_PORT=str(server.port)) == 1
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    assert probe(MOTEGRAF_SERVE_PORT=str(port)) == 1


# Trusted proxies


def scope_of(peer: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", each.encode("latin-1")) for each in forwarded]
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", ("192.0.2.1",), "192.0.2.1"),
        ("::ffff:10.0.0.1", ("192.0.2.1",), "192.0.2.1"),
        ("2001:db8::1", ("2001:db8:1::7",), "2001:db8:1::7"),
        # What the client has sent stands before what the proxy has added.
        ("10.0.0.1", ("198.51.100.9, 192.0.2.1",), "192.0.2.1"),
        ("10.0.0.1", ("198.51.100.9", "192.0.2.1"), "192.0.2.1"),
        ("10.0.0.1", ("10.0.0.7, 192.0.2.1",), "192.0.2.1"),
        # Two proxies, one behind the other.
        ("10.0.0.1", ("192.0.2.1, 10.0.0.2",), "192.0.2.1"),
        ("10.0.0.1", ("198.51.100.9, 192.0.2.1, 10.0.0.2",), "192.0.2.1"),
        # Nobody trusted, or nothing believable at the end.
        ("192.0.2.5", ("192.0.2.1",), None),
        ("10.0.1.1", ("192.0.2.1",), None),
        (None, ("192.0.2.1",), None),
        ("10.0.0.1", (), None),
        ("10.0.0.1", ("",), None),
        ("10.0.0.1", ("192.0.2.1, ",), None),
        ("10.0.0.1", ("192.0.2.1, unknown",), None),
        ("10.0.0.1", ("192.0.2.1, 10.0.0.2:80, 10.0.0.3",), None),
        ("10.0.0.1", ("10.0.0.2",), None),
        ("10.0.0.1", ("192.0.2.1\xe6",), None),
    ],
)
def test_client_behind_a_proxy(peer: str | None, forwarded: tuple[str, ...], client: str | None) -> None:
    proxies = TrustedProxies.of(["10.0.0.0/24", "2001:db8::1"])
    assert proxies.client(scope_of(peer, *forwarded)) == client
    assert TrustedProxies().client(scope_of(peer, *forwarded)) is None


@pytest.mark.parametrize(
    ("source", "clients", "running"),
    [
        # The limit is one query of a client: those of two clients run at once.
        ("127.0.0.1", ("192.0.2.1", "192.0.2.2"), 2),
        ("127.0.0.1", ("192.0.2.1", "192.0.2.1"), 1),
        # What a client pretends in front of what the proxy adds changes nothing.
        ("127.0.0.1", ("203.0.113.1, 192.0.2.1", "203.0.113.2, 192.0.2.1"), 1),
        # Whoever is no trusted proxy is one client, whatever it sends.
        (OTHERS, ("192.0.2.1", "192.0.2.2"), 1),
    ],
)
def test_limits_hold_for_each_client_behind_a_proxy(
    server: RunningServer, source: str, clients: tuple[str, ...], running: int
) -> None:
    connections = []
    for client in clients:
        connections.append(server.connected(source))
        connections[-1].sendall(request_of(ENDLESS, f"X-Forwarded-For: {client}"))
    try:
        waiting = len(clients) - running

        def counted() -> tuple[int, int]:
            health = server.ask("GET", "/health").json
            return health["running"], health["waiting"]

        until(lambda: counted() == (running, waiting), f"not {running} run and {waiting} wait")
    finally:
        for connection in connections:
            connection.close()
    until(lambda: server.ask("GET", "/health").json["running"] == 0, "a query still runs")


def test_connections_of_a_proxy_are_those_of_many_clients() -> None:
    import uvicorn
    from test_server_middleware import Taken
    from uvicorn.server import ServerState as UvicornState

    from graph.server.http.connection import limited_protocol

    async def work() -> None:
        connections: Counter[str] = Counter()
        limits = Limits(max_connections=40, connections_per_client=3)
        protocol = limited_protocol(limits, connections, TrustedProxies.of(["192.0.2.1"]))
        config, state = uvicorn.Config(lambda: None, log_config=None), UvicornState()
        taken = [Taken(host) for host in ["192.0.2.2"] * 4 + ["192.0.2.1"] * 38]
        for each in taken:
            protocol(config, state, {}).connection_made(each)
        # As many as there may be, but for the three of the other.
        refused = [each.reply.split(b" ")[1] if each.reply else None for each in taken]
        assert refused == [None] * 3 + [b"429"] + [None] * 37 + [b"503"]
        assert client_of(("192.0.2.2", 1)) in connections

    run(work())


def test_no_worker_is_told_of_the_service_manager(server: RunningServer) -> None:
    variables = Path(f"/proc/{server.workers()[0]}/environ").read_bytes()
    assert b"NOTIFY_SOCKET" not in variables
    assert b"MOTEGRAF_" not in variables


def test_answers_wait_for_nobody_who_observes() -> None:
    """An observer is called once the answer is sent, with what was sent."""
    seen: list[Exchange] = []
    from graph.server.http.middleware import with_middleware

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b"tea"})

    told = ("begin", "end", "start_response", "hold", "send_held")
    connection = SimpleNamespace(**dict.fromkeys(told, lambda: None), body_missing=lambda: False)
    scope = scope_of("192.0.2.1") | {"method": "GET", "path": "/", "raw_path": b"/", "query_string": b""}
    scope |= {"state": {"connection": connection}, "http_version": "1.1"}

    async def send(_: Any) -> None:
        assert not seen

    run(with_middleware(app, frozenset(), 1000, [seen.append])(scope, asyncio.Queue[Any]().get, send))
    assert [(each.status, each.size, each.path) for each in seen] == [(418, 3, None)]
