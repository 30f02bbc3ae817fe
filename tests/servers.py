"""Servers on this machine for tests to ask: small ones that answer as they are told, and a real SPARQL engine."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

JSON = {"Content-Type": "application/sparql-results+json"}
OURS = b'{"head":{"vars":["claim"]},"results":{"bindings":[{"claim":{"type":"uri","value":"https://example.org/c"}}]}}'
NOTHING = b'{"head":{"vars":["claim"]},"results":{"bindings":[]}}'
SECONDS_TO_START = 60
VIRTUOSO = {name: shutil.which(name) for name in ("virtuoso-t", "isql-vt")}
# Debian's libapache-jena-java, and a Java that starts a program from its source.
JENA = {"java": shutil.which("java"), "jars": next(Path("/usr/share/java").glob("jena-tdb2-*.jar"), None)}
# Where Debian's package has what its classes look for one folder further up.
JENA_MOVED = "org/apache/jena/ext/"
# Both of its servers listen on this machine alone; all its files are in the folder in which it is started.
VIRTUOSO_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 4
CheckpointInterval = 0
DirsAllowed = ., {load_from}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
"""
VIRTUOSO_LOADING = (
    "DB.DBA.ld_dir('{folder}', '{name}', 'urn:none'); DB.DBA.rdf_loader_run(); checkpoint; "
    "SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL OR ll_state <> 2;"
)


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    parameters: list[tuple[str, str]]
    body: bytes

    @property
    def query(self) -> str:
        query = dict(self.parameters).get("query")
        return self.body.decode() if query is None else query


Response = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Where it is, and what it was asked."""

    url: str
    requests: list[Request] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(re.search(r":(\d+)", self.url)[1])


@contextmanager
def stub_server(respond: Callable[[Request], Response], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that gives what the function says to each request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            split = urlsplit(self.path)
            form = self.headers.get("Content-Type") == "application/x-www-form-urlencoded"
            sent = f"{split.query}&{body.decode()}" if form else split.query
            parameters = parse_qsl(sent, keep_blank_values=True)
            request = Request(self.command, split.path, dict(self.headers), parameters, b"" if form else body)
            server.requests.append(request)
            status, headers, content = respond(request)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Clients that break off are what is tested."""

    listening = Quiet(("127.0.0.1", 0), Handler)
    if tls:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
    server = Server(f"{'https' if tls else 'http'}://127.0.0.1:{listening.server_port}/sparql")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


@contextmanager
def raw_server(*pieces: bytes, pause: float = 0.0) -> Iterator[Server]:
    """A server that says these bytes to whoever connects, with a pause before each, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                client, _ = listening.accept()
            except TimeoutError:
                continue
            with client:
                client.settimeout(5)
                try:
                    client.recv(1 << 16)
                    for piece in pieces:
                        if ended.wait(pause):
                            break
                        client.sendall(piece)
                except OSError:
                    pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql")
    finally:
        ended.set()
        thread.join()
        listening.close()


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def oxigraph_program() -> str:
    """Return the path of the Oxigraph server's program: beside that of Python, or on the path."""
    beside = Path(sys.executable).with_name("oxigraph.exe" if os.name == "nt" else "oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert program, "the package oxigraph is not installed"
    return program


@contextmanager
def oxigraph(file: Path | None, folder: Path, *options: str, log: Path | None = None) -> Iterator[Server]:
    """The Oxigraph server with this file, or what the folder holds already, asked at the address of its queries."""
    program = oxigraph_program()
    if file:
        subprocess.run([program, "load", "--location", folder, "--file", file], check=True, capture_output=True)
    port = free_port()
    arguments = ["serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    with running([program, *arguments], log or folder.parent / f"oxigraph-{port}.log"):
        wait_for(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D")
        yield Server(f"http://127.0.0.1:{port}/query")


@contextmanager
def writable_oxigraph(folder: Path) -> Iterator[Server]:
    """An empty Oxigraph server that takes updates, asked at the address of its queries."""
    port = free_port()
    arguments = ["serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with running([oxigraph_program(), *arguments], folder.parent / f"oxigraph-{port}.log"):
        wait_for(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D")
        yield Server(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path, file: Path | None = None, buffers: int = 10_000, updates: bool = False) -> Iterator[Server]:
    """A Virtuoso whose database is in this folder, with the N-Quads of this file, or with what it held already.

    ``buffers`` are pages of 8 kB that it keeps in memory; with ``updates`` it takes updates from anybody.
    """
    sql, http = free_port(), free_port()
    load_from = file.parent if file else "."
    values = {"sql": sql, "http": http, "buffers": buffers, "dirty": buffers * 6 // 10, "load_from": load_from}
    (folder / "virtuoso.ini").write_text(VIRTUOSO_SETTINGS.format(**values), encoding="utf-8")
    command = [str(VIRTUOSO["virtuoso-t"]), "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder / "output.log", cwd=folder):
        wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D")
        if updates:
            run_isql(sql, 'GRANT SPARQL_UPDATE TO "SPARQL";')
        if file:
            loading = VIRTUOSO_LOADING.format(folder=file.parent, name=file.name)
            assert "0 Rows" in run_isql(sql, loading)
        yield Server(f"http://127.0.0.1:{http}/sparql")


@contextmanager
def jena(folder: Path, *options: str) -> Iterator[Server]:
    """Jena's engine and store, which holds nothing yet, asked at the address of its queries."""
    with zipfile.ZipFile("/usr/share/java/jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{JENA_MOVED}xerces/") and not name.endswith("/"):
                moved = folder / name.removeprefix(JENA_MOVED)
                moved.parent.mkdir(parents=True, exist_ok=True)
                moved.write_bytes(jar.read(name))
    port = free_port()
    source = Path(__file__).with_name("jena") / "Endpoint.java"
    command = [str(JENA["java"]), "-cp", f"{folder}:/usr/share/java/*", str(source), str(port), *options]
    with running(command, folder / "output.log"):
        wait_for(f"http://127.0.0.1:{port}/graphs/query?query=ASK%7B%7D")
        yield Server(f"http://127.0.0.1:{port}/graphs/query")


def run_isql(port: int, statements: str) -> str:
    """What a Virtuoso says to statements in SQL."""
    isql = [str(VIRTUOSO["isql-vt"]), f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={statements}"]
    output = subprocess.run(isql, capture_output=True, text=True).stdout
    assert "*** Error" not in output, output
    return output


@contextmanager
def running(command: list[str], log: Path, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The program while it is needed; it is ended by its process id."""
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, cwd=cwd)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(address: str) -> None:
    """Somebody answers there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with opener.open(address, timeout=5):
                return
        except OSError:
            assert time.monotonic() < end, f"nothing answers at {address}"
            time.sleep(0.05)
