"""Run the server for tests: with limits of a test's own, and clients over plain sockets."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from graph import HOME

# A slow machine is not a fault; a server that does not answer at all is.
PATIENCE = 60
START = """
import json, sys
from pathlib import Path
from graph import HOME
from graph.server.app import serve
from graph.server.limits import Limits
build, limits, names = json.loads(sys.argv[1])
serve(Path(build), HOME / "queries", "127.0.0.1", 0, Limits(**limits), frozenset(names))
"""
# No more processes than a small machine bears. No result is kept, so that each query needs a worker.
SMALL = {"workers": 2, "queries_per_client": 1, "max_result_cache_bytes": 0}


@dataclass
class HttpAnswer:
    """An answer of the server, as received."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> object:
        return json.loads(self.body)


@dataclass
class RunningServer:
    """A running server."""

    port: int
    pid: int
    log: Path

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        source: str = "127.0.0.1",
        **headers: str,
    ) -> HttpAnswer:
        """Return the answer to a client at this local address; ``_`` in a header's name stands for ``-``."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(source, 0) if source != "127.0.0.1" else None
        )
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
            answer = connection.getresponse()
            return HttpAnswer(
                answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def query(self, sparql: str, source: str = "127.0.0.1", **headers: str) -> HttpAnswer:
        """Return the answer to a query, sent as a form; many are longer than an address may be."""
        form = urlencode({"query": sparql})
        return self.ask("POST", "/sparql", form, source, Content_Type="application/x-www-form-urlencoded", **headers)

    def get(self, sparql: str, **headers: str) -> HttpAnswer:
        """Return the answer to a query in the address."""
        return self.ask("GET", f"/sparql?query={quote(sparql, safe='')}", **headers)

    def raw(self, sent: bytes, source: str = "127.0.0.1") -> bytes:
        """Return what the server sends after these bytes, until it closes the connection."""
        with self.connected(source) as client:
            client.sendall(sent)
            return until_end(client)

    def connected(self, source: str = "127.0.0.1") -> socket.socket:
        """Return a new connection."""
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0))

    def workers(self) -> list[int]:
        """Return the process ids of the workers, as the system lists them."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split() if _is_worker(int(pid))]

    def lines(self) -> list[str]:
        """Return the lines of the log."""
        return self.log.read_text(encoding="utf-8").splitlines()


def _is_worker(pid: int) -> bool:
    try:
        return b"graph.server.workers.main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def until_end(client: socket.socket) -> bytes:
    """Return what arrives until the other side closes the connection."""
    reply = b""
    try:
        while piece := client.recv(65_536):
            reply += piece
    except ConnectionResetError:
        pass
    return reply


@contextmanager
def serving(
    build: Path, log: Path, names: tuple[str, ...] = ("127.0.0.1",), **limits: object
) -> Iterator[RunningServer]:
    """Run the server of this build; afterwards it has ended and left nothing."""
    given = json.dumps([str(build), SMALL | limits, names])
    with _running([sys.executable, "-c", START, given], log) as running:
        yield running


@contextmanager
def commanded(build: Path, log: Path, *options: str) -> Iterator[RunningServer]:
    """Run the same by its command, with one worker and these options; pages are made only when they are asked for."""
    command = [sys.executable, "-m", "graph", "serve", "--port", "0", "--workers", "1", "--build", str(build)]
    with _running([*command, "--warm-up", "off", *options], log) as running:
        yield running


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[RunningServer]:
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=HOME, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        try:
            yield RunningServer(_port(process, log), process.pid, log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    end = time.monotonic() + PATIENCE
    while True:
        found = re.search(r"is served at http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8"))
        if found:
            return int(found[1])
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, "the server does not say where it is"
        time.sleep(0.02)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds. Fail with ``what`` where it does not in time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)
