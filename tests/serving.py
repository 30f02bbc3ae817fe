"""The server on this machine for tests to ask: started with limits of a test's own, asked over plain sockets."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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
# No more processes than a small machine bears.
SMALL = {"workers": 2, "queries_per_client": 1}


@dataclass
class Answered:
    """An answer as it came."""

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
class Served:
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
    ) -> Answered:
        """The answer to a request by a client at this address of this machine; ``_`` in a header's name is ``-``."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(source, 0) if source != "127.0.0.1" else None
        )
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
            answer = connection.getresponse()
            return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, sparql: str, source: str = "127.0.0.1", **headers: str) -> Answered:
        """The answer to a query, which goes in a form; many are longer than an address may be."""
        form = urlencode({"query": sparql})
        return self.ask("POST", "/sparql", form, source, Content_Type="application/x-www-form-urlencoded", **headers)

    def get(self, sparql: str, **headers: str) -> Answered:
        """The answer to a query in the address."""
        return self.ask("GET", f"/sparql?query={quote(sparql, safe='')}", **headers)

    def raw(self, sent: bytes, source: str = "127.0.0.1") -> bytes:
        """What the server says to these bytes until it hangs up."""
        with self.connected(source) as client:
            client.sendall(sent)
            return until_end(client)

    def connected(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection."""
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0))

    def workers(self) -> list[int]:
        """The process ids of the workers, as the system knows them."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split() if _is_worker(int(pid))]

    def lines(self) -> list[str]:
        """What it has logged."""
        return self.log.read_text(encoding="utf-8").splitlines()


def _is_worker(pid: int) -> bool:
    try:
        return b"graph.server.workers.main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def until_end(client: socket.socket) -> bytes:
    """What comes until the other side hangs up."""
    said = b""
    try:
        while piece := client.recv(65_536):
            said += piece
    except ConnectionResetError:
        pass
    return said


@contextmanager
def serving(build: Path, log: Path, names: tuple[str, ...] = ("127.0.0.1",), **limits: object) -> Iterator[Served]:
    """The server of this build; it has ended, and left nothing, afterwards."""
    given = json.dumps([str(build), SMALL | limits, names])
    with _running([sys.executable, "-c", START, given], log) as running:
        yield running


@contextmanager
def commanded(build: Path, log: Path, *options: str) -> Iterator[Served]:
    """The same, started by its command, with one worker and these options."""
    command = [sys.executable, "-m", "graph", "serve", "--port", "0", "--workers", "1", "--build", str(build)]
    with _running([*command, *options], log) as running:
        yield running


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[Served]:
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=HOME, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        try:
            yield Served(_port(process, log), process.pid, log)
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


def until(true: object, what: str) -> None:
    """Something becomes true."""
    end = time.monotonic() + PATIENCE
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.02)
