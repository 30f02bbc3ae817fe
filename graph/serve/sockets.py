"""Sockets: what uvicorn lets a client do with a connection, narrowed: how many, how long a request may take to arrive.

A request is whole within so many seconds of its first byte, or of the connection; a client that does not read what it
is sent is left after as many. Whoever has too many connections is told so, and the next one is not read at all.
Requests are read by httptools, which has the parser of Node.js; what that leaves open is refused here: a request that
names no host or two, a head without end, and more requests behind one another than anybody sends.
"""

import asyncio
import re
from collections import Counter
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from graph.serve.limits import METHODS, Limits

# Of an address of IPv6, its network: a client there has a whole one.
_IPV6_PREFIX = 64
# Requests of one connection that wait until those before them are answered.
_MOST_BEHIND = 100
# What a chunk of one byte takes.
_BYTES_FOR_ONE = 8
_REASONS = {
    400: "Bad Request",
    405: "Method Not Allowed",
    408: "Request Timeout",
    429: "Too Many Requests",
    503: "Service Unavailable",
}
# A request whose method the parser does not know.
_LIKE_A_REQUEST = re.compile(rb"([A-Za-z]{1,200}) [!-~]")


def client_of(address: tuple[str, int] | list[object] | None) -> str:
    """Who asks, for counting: an address, or the network of one of IPv6."""
    host = str(address[0]).partition("%")[0] if address else ""
    try:
        known = ip_address(host)
    except ValueError:
        return host
    if isinstance(known, IPv4Address):
        return host
    return str(known.ipv4_mapped or ip_network((host, _IPV6_PREFIX), strict=False))


def narrowed(limits: Limits) -> type[HttpToolsProtocol]:
    """The protocol of connections under these limits."""
    connected: Counter[str] = Counter()

    class Narrowed(HttpToolsProtocol):
        arriving: asyncio.TimerHandle | None = None
        leaving: asyncio.TimerHandle | None = None
        answered: RequestResponseCycle | None = None
        # A request is awaited, or has come in part: its first bytes, and how many have come beside those of its body.
        partial = True
        beginning = b""
        beside_body = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.who = client_of(self.client)
            connected[self.who] += 1
            if connected[self.who] > limits.connections_of_client:
                self.refuse(429, f"you have {limits.connections_of_client} connections, as many as one client may")
            elif connected.total() > limits.connections:
                self.refuse(503, f"the server has {limits.connections} connections, as many as it takes")
            else:
                self.watch_arrival()

        def connection_lost(self, exc: Exception | None) -> None:
            connected[self.who] -= 1
            if not connected[self.who]:
                del connected[self.who]
            for timer in (self.arriving, self.leaving):
                if timer:
                    timer.cancel()
            super().connection_lost(exc)
            # Which tells the last request alone.
            if self.answered and not self.answered.response_complete:
                self.answered.disconnected = True
                self.answered.message_event.set()

        def data_received(self, data: bytes) -> None:
            if self.transport.is_closing():
                return
            if not self.beside_body:
                self.beginning = data[:256]
            self.beside_body += len(data)
            super().data_received(data)
            # What is only a little too long is refused in words of ours.
            if self.beside_body > 2 * limits.head and not self.transport.is_closing():
                self.send_400_response("")
            self.watch_arrival()

        def on_message_begin(self) -> None:
            self.partial = True
            if len(self.pipeline) >= _MOST_BEHIND:
                raise ValueError
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            hosts = sum(name == b"host" for name, _ in self.headers)
            if hosts != 1 and (hosts or self.parser.get_http_version() != "1.0"):
                raise ValueError
            if self.parser.get_http_version() not in ("1.0", "1.1"):
                raise ValueError
            # Nobody here would undo what a body is in besides.
            if any(name == b"transfer-encoding" and value.lower() != b"chunked" for name, value in self.headers):
                raise ValueError
            super().on_headers_complete()

        def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
            self.answered = cycle
            super()._start_asgi_task(cycle, app)

        def on_body(self, body: bytes) -> None:
            self.beside_body -= _BYTES_FOR_ONE * len(body)
            super().on_body(body)

        def on_message_complete(self) -> None:
            self.partial = False
            self.beside_body = 0
            super().on_message_complete()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self.watch_arrival()

        def watch_arrival(self) -> None:
            """The time of a request runs from its first byte, or from what was taken for one, to its last; that of
            one behind others from when those are answered."""
            if self.transport.is_closing():
                return
            if self.pipeline:
                awaited = False
            elif self.answered and not self.answered.response_complete:
                awaited = self.answered.more_body
            else:
                awaited = self.partial or self.timeout_keep_alive_task is None
            if awaited:
                # Which has a time of its own.
                self._unset_keepalive_if_required()
            if awaited and not self.arriving:
                self.arriving = self.loop.call_later(limits.slow, self.too_late)
            elif not awaited and self.arriving:
                self.arriving.cancel()
                self.arriving = None

        def too_late(self) -> None:
            if self.answered and self.answered.response_started and self.answered.more_body:
                self.transport.abort()
            else:
                self.refuse(408, f"a request arrives whole within {limits.slow:g} s")

        def send_400_response(self, msg: str) -> None:
            method = _LIKE_A_REQUEST.match(self.beginning)
            answered = self.answered
            if self.pipeline or (answered and answered.response_started and not answered.response_complete):
                self.transport.abort()
            elif method and method[1].decode() not in METHODS:
                self.refuse(405, "this server is read-only", f"Allow: {', '.join(METHODS)}\r\n")
            else:
                self.refuse(400, "this is not HTTP that is understood here")

        def refuse(self, status: int, words: str, header: str = "") -> None:
            """Words, and the end of the connection, whatever state it is in."""
            body = f"{words}\n".encode()
            head = (
                f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: text/plain; charset=utf-8\r\n{header}"
                f"Content-Length: {len(body)}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()
            # What the client has not taken by then it does not get.
            self.leaving = self.loop.call_later(limits.slow, self.transport.abort)

        def pause_writing(self) -> None:
            super().pause_writing()
            if not self.leaving:
                self.leaving = self.loop.call_later(limits.slow, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self.leaving and not self.transport.is_closing():
                self.leaving.cancel()
                self.leaving = None

    return Narrowed
