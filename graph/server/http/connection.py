"""Connection limits: how many a client has, how long a request takes to arrive and an answer to be read.

``limited_protocol`` wraps uvicorn's protocol and sees the bytes of a connection first. A request arrives whole within
``io_timeout`` of its first byte, or of the connection; a client that does not read what it is sent is disconnected
after as long. A client with too many connections is told so, and what it sends is not read. The middleware says which
request is being answered (``begin``, ``start_response``, ``end``); it finds the connection in the scope's state.
"""

import asyncio
from collections import Counter
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from graph.server.errors import RequestError
from graph.server.http.framing import RequestFraming
from graph.server.limits import Limits
from graph.server.operation.proxy import TrustedProxies

# The state of a request's scope has its connection under this key.
STATE_KEY = "connection"
# A client with IPv6 has a whole network: its addresses count as one.
_IPV6_PREFIX = 64
# Connections of trusted proxies are counted under this name: many clients may be behind one.
_PROXIES = "proxies"


def client_of(address: tuple[str, int] | list[object] | None) -> str:
    """Return the client of an address, for counting: the address itself, or the network of one of IPv6."""
    return _client_at(str(address[0])) if address else ""


# A client asks again and again, and connects often.
@lru_cache(maxsize=1_024)
def _client_at(address: str) -> str:
    host = address.partition("%")[0]
    try:
        parsed = ip_address(host)
    except ValueError:
        return host
    if isinstance(parsed, IPv4Address):
        return host
    return str(parsed.ipv4_mapped or ip_network((host, _IPV6_PREFIX), strict=False))


class LimitedConnection(asyncio.Protocol):
    """One connection under limits. ``connections`` counts those of all clients; ``inner`` speaks HTTP."""

    def __init__(self, limits: Limits, connections: Counter[str], proxies: TrustedProxies) -> None:
        self.inner: asyncio.Protocol
        self._limits = limits
        self._connections = connections
        self._proxies = proxies
        self._loop = asyncio.get_running_loop()
        self._framing = RequestFraming()
        self._transport: asyncio.Transport
        self._accepted = False
        # While the inner protocol reads nothing, what arrives is kept here: who leaves meanwhile is noticed.
        self._inner_paused = False
        self._unread = bytearray()
        self._begun = self._answering = 0
        self._response_started = False
        # What the inner protocol has written of an answer whose head waits for the beginning of its body.
        self._held: list[bytes | bytearray | memoryview] | None = None
        self._arrival: asyncio.TimerHandle | None = None
        self._arrival_of = 0
        self._departure: asyncio.TimerHandle | None = None

    # What the event loop calls

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # of TCP alone
        self._transport = transport
        address = transport.get_extra_info("peername")
        self._client = _PROXIES if address and self._proxies.trusts(str(address[0])) else client_of(address)
        self._connections[self._client] += 1
        limit = self._limits.connections_per_client
        if self._client != _PROXIES and self._connections[self._client] > limit:
            self._refuse(429, f"you have {limit} connections, as many as one client may")
        # Those that are refused, and are on their way out, take nothing from others.
        elif self._accepted_connections() > self._limits.max_connections:
            self._refuse(503, f"the server has {self._limits.max_connections} connections, as many as it takes")
        else:
            self._accepted = True
            self._start_arrival()
            self.inner.connection_made(_InnerTransport(self, transport))

    def _accepted_connections(self) -> int:
        limit, proxies = self._limits.connections_per_client, self._connections.get(_PROXIES, 0)
        return proxies + sum(min(many, limit) for client, many in self._connections.items() if client != _PROXIES)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections[self._client] -= 1
        if not self._connections[self._client]:
            del self._connections[self._client]
        for timer in (self._arrival, self._departure):
            if timer:
                timer.cancel()
        if self._accepted:
            self.inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        try:
            self._framing.feed(data)
        except RequestError as error:
            self._reject(error.status, error.message)
            return
        self._watch_arrival()
        if self._inner_paused or self._unread:
            self._unread += data
            if len(self._unread) > self._limits.max_header_bytes:
                self._transport.pause_reading()
        else:
            self._pass_on(data)

    def eof_received(self) -> None:
        self.close_soon()

    def pause_writing(self) -> None:
        self.inner.pause_writing()
        self.close_soon()

    def resume_writing(self) -> None:
        self.inner.resume_writing()
        if self._departure and not self._transport.is_closing():
            self._departure.cancel()
            self._departure = None

    # What the middleware calls

    def begin(self) -> None:
        """Note that the application has begun to answer the next request."""
        self._begun += 1
        self._answering += 1
        self._response_started = False

    def start_response(self) -> None:
        """Note that the answer has its status."""
        self._response_started = True

    def end(self) -> None:
        """Note that a request is answered."""
        self._answering -= 1
        self.send_held()

    def hold(self) -> None:
        """Keep what the inner protocol writes until ``send_held``: one piece is sent in half the time of two."""
        self._held = self._held or []

    def send_held(self) -> None:
        """Send what was kept, as one piece."""
        held, self._held = self._held, None
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))

    def body_missing(self) -> bool:
        """Return whether a part of the request that is being answered has not arrived."""
        return self._begun > self._framing.completed

    # What the inner protocol calls by way of its transport

    def pause_inner(self) -> None:
        """Keep what arrives until the inner protocol reads again."""
        self._inner_paused = True

    def resume_inner(self) -> None:
        """Pass on what was kept; later, since the inner protocol is in the middle of something."""
        self._inner_paused = False
        if self._unread:
            self._loop.call_soon(self._pass_on_unread)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send what the inner protocol writes, or keep it for a moment."""
        if self._held is not None:
            self._held.append(data)
        elif not self._transport.is_closing():
            self._transport.write(data)

    def close_soon(self) -> None:
        """Disconnect a client that has not read its answer within ``io_timeout``."""
        if not self._departure:
            self._departure = self._loop.call_later(self._limits.io_timeout, self._transport.abort)

    def _pass_on_unread(self) -> None:
        if self._unread and not self._inner_paused and not self._transport.is_closing():
            data = bytes(self._unread)
            self._unread.clear()
            self._transport.resume_reading()
            self._pass_on(data)

    def _pass_on(self, data: bytes) -> None:
        try:
            self.inner.data_received(data)
        except h11.LocalProtocolError:
            # What is no HTTP has come while an answer was being sent: no other can be sent besides.
            self._transport.abort()

    def _watch_arrival(self) -> None:
        """Let the time of each request run from its first byte to its last."""
        arriving = self._framing.arriving
        if self._arrival and (not arriving or self._arrival_of != self._framing.completed):
            self._arrival.cancel()
            self._arrival = None
        if arriving and not self._arrival:
            self._start_arrival()

    def _start_arrival(self) -> None:
        self._arrival_of = self._framing.completed
        self._arrival = self._loop.call_later(self._limits.io_timeout, self._arrive_too_late)

    def _arrive_too_late(self) -> None:
        if self._answering and not self.body_missing():
            # It is the next request that is late; an earlier one is still being answered.
            self._start_arrival()
        else:
            self._reject(408, f"a request arrives whole within {self._limits.io_timeout:g} s")

    def _reject(self, status: int, message: str) -> None:
        """Answer the request that is arriving with an error, unless another answer would be taken for it."""
        waiting = self._framing.completed + (1 if self._answering else 0)
        if self._begun == waiting and not (self._answering and self._response_started):
            self._refuse(status, message)
        else:
            self._transport.abort()

    def _refuse(self, status: int, message: str) -> None:
        body = f"{message}\n".encode()
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
        )
        self._transport.write(head.encode() + body)
        self._transport.close()
        self.close_soon()


class _InnerTransport(asyncio.Transport):
    """The transport that the inner protocol is given: it pauses and closes by way of the connection."""

    def __init__(self, connection: LimitedConnection, transport: asyncio.Transport) -> None:
        super().__init__()
        self._connection = connection
        self._transport = transport

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._connection.write(data)

    def pause_reading(self) -> None:
        self._connection.pause_inner()

    def resume_reading(self) -> None:
        self._connection.resume_inner()

    def close(self) -> None:
        self._connection.send_held()
        self._transport.close()
        self._connection.close_soon()

    def abort(self) -> None:
        self._transport.abort()


def limited_protocol(
    limits: Limits, connections: Counter[str] | None = None, proxies: TrustedProxies | None = None
) -> type[asyncio.Protocol]:
    """Return the class of connections under these limits, for ``uvicorn.Config(http=...)``.

    ``connections`` will hold how many there are of each client; ``proxies`` may have as many as there may be at all.
    """
    counted: Counter[str] = Counter() if connections is None else connections
    trusted = proxies or TrustedProxies()

    class LimitedProtocol(LimitedConnection):
        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, Any],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(limits, counted, trusted)
            self.inner = H11Protocol(config, server_state, app_state | {STATE_KEY: self}, _loop)

    return LimitedProtocol
