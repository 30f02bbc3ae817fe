"""Load on a server of this machine: clients that ask one query after another, each over a connection of its own.

A client sends its next query when the answer to the last has come whole, so a server is never asked more than it can
answer by more than the number of clients. Nothing is parsed but the length of an answer.
"""

import selectors
import socket
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from time import perf_counter
from urllib.parse import urlencode

_PIECE = 1 << 18
_NUMBERS = count()


@dataclass(frozen=True)
class Target:
    """Where a server on this machine takes queries."""

    port: int
    path: str

    def request(self, query: str) -> bytes:
        """The query in a form."""
        return self._sent(urlencode({"query": query}).encode())

    def new_requests(self, queries: Sequence[str]) -> Iterator[bytes]:
        """These queries again and again, each with a comment behind it that no request has had before."""
        for form in cycle([urlencode({"query": f"{query}\n# "}).encode() for query in queries]):
            yield self._sent(b"%b%d" % (form, next(_NUMBERS)))

    def _sent(self, form: bytes) -> bytes:
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: application/sparql-results+json\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
        )
        return head.encode() + form


@dataclass
class Answers:
    """The seconds of each answer that was one, in the order in which they came, and what the others were."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    took: float = 0.0

    def add(self, other: "Answers") -> None:
        """Count what others saw as well, at another time."""
        self.seconds += other.seconds
        self.failed += other.failed
        self.took += other.took

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def slowest(self) -> float:
        """The 99th percentile."""
        return statistics.quantiles(self.seconds, n=100)[98] if len(self.seconds) > 1 else self.seconds[0]


@dataclass
class _Client:
    connection: socket.socket
    requests: Iterator[bytes]
    sent: float = 0.0
    answer: bytearray = field(default_factory=bytearray)

    def ask(self) -> None:
        self.answer.clear()
        self.sent = perf_counter()
        self.connection.sendall(next(self.requests))

    def read(self) -> bool:
        """More of the answer; whether all of it is here."""
        piece = self.connection.recv(_PIECE)
        if not piece:
            raise ConnectionError(f"the server hung up after {bytes(self.answer[:200])!r}")
        self.answer += piece
        return _whole(self.answer)


def load(
    target: Target, queries: Sequence[str], clients: int, seconds: float, new: bool = False, source: str | None = None
) -> Answers:
    """What so many clients saw of a server in so many seconds, or until the first answer came, where that took longer.
    Each has an address of its own, 127.0.1.1 ..., and begins at another of the queries.

    ``new``: no query is asked twice. ``source``: the address of all, who are then one client with many connections.
    """
    requests = [target.request(query) for query in queries]
    answers, choosing = Answers(), selectors.DefaultSelector()
    asking: list[_Client] = []
    try:
        for number in range(clients):
            address = (source or f"127.0.1.{number + 1}", 0)
            connection = socket.create_connection(("127.0.0.1", target.port), 60, address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            repeated = target.new_requests(queries) if new else cycle(requests)
            asking.append(_Client(connection, islice(repeated, number * len(requests) // clients, None)))
            choosing.register(connection, selectors.EVENT_READ, asking[-1])
        begun = perf_counter()
        for client in asking:
            client.ask()
        while perf_counter() - begun < seconds or not (answers.seconds or answers.failed):
            for key, _ in choosing.select(seconds):
                _take(key.data, answers)
        answers.took = perf_counter() - begun
    finally:
        choosing.close()
        for client in asking:
            client.connection.close()
    return answers


def _take(client: _Client, answers: Answers) -> None:
    if not client.read():
        return
    status = client.answer[9:12].decode()
    if status == "200":
        answers.seconds.append(perf_counter() - client.sent)
    else:
        answers.failed.append(status)
    client.ask()


def _whole(answer: bytearray) -> bool:
    """All of it is here. In JSON no line ends as the last piece of a body in pieces does."""
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    said = bytes(answer[:head]).lower()
    _, length, rest = said.partition(b"content-length:")
    if length:
        return len(answer) - head - 4 >= int(rest.split(b"\r\n", 1)[0])
    return answer.endswith(b"\r\n0\r\n\r\n")


def send(target: Target, request: bytes, source: str = "127.0.0.1") -> bytes:
    """The whole answer to one request of the client at this address, head and body as they came."""
    with socket.create_connection(("127.0.0.1", target.port), 60, (source, 0)) as connection:
        client = _Client(connection, iter([request]))
        client.ask()
        while not client.read():
            pass
        return bytes(client.answer)
