"""Sockets: what uvicorn lets a client do with a connection, narrowed: how many, how long a request may take to arrive.

A request is whole within so many seconds of its first byte, or of the connection; a client that does not read what it
is sent is left after as many. Whoever has too many connections is told so, and the next one is not read at all.
"""

import asyncio
import re
from collections import Counter
from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.server.limits import MAX_CHUNKS, MAX_HEADERS, Limits

# Of an address of IPv6, its network: a client there has a whole one.
_IPV6_PREFIX = 64
# The last chunk of a body; what stands behind it are headers again.
_LAST_CHUNK = re.compile(rb"(?:\r?\n)?0+(?:;[^\n]*)?\r?\n")


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


class CountingConnection(h11.Connection):
    """Gives up a request that takes long to read and says little: what it has of headers, or of pieces of its body, is
    counted before these are read. ``refused`` is why, with its status."""

    refused: tuple[int, str] | None = None
    pieces = 0
    # What follows is headers, before a body or behind it; or a chunk, of which the last has headers behind it.
    at_headers, at_chunk = True, False

    def next_event(self) -> Any:
        if self.their_state is h11.IDLE:
            self.pieces, self.at_headers, self.at_chunk = 0, True, False
        unread = self.trailing_data[0]
        self.at_headers = self.at_headers or (self.at_chunk and _LAST_CHUNK.match(unread) is not None)
        if self.at_headers and unread.partition(b"\r\n\r\n")[0].count(b"\n") > MAX_HEADERS:
            self.give_up(431, f"a request has no more than {MAX_HEADERS:,} headers")
        event = super().next_event()
        if isinstance(event, h11.Request):
            self.at_headers = False
            self.at_chunk = any(name == b"transfer-encoding" for name, _ in event.headers)
        elif isinstance(event, h11.Data):
            self.at_chunk = event.chunk_end
            self.pieces += 1
            if self.pieces > MAX_CHUNKS:
                self.give_up(413, f"a body comes in no more than {MAX_CHUNKS:,} pieces")
        return event

    def give_up(self, status: int, words: str) -> None:
        self.refused = status, words
        raise h11.RemoteProtocolError(words, status)


def limited_protocol(limits: Limits) -> type[H11Protocol]:
    """The protocol of connections under these limits."""
    connected: Counter[str] = Counter()

    class Narrowed(H11Protocol):
        conn: CountingConnection
        arriving: asyncio.TimerHandle | None = None
        leaving: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            # In the place of uvicorn's own, of which nothing has been read.
            self.conn = CountingConnection(
                h11.SERVER, self.config.h11_max_incomplete_event_size or limits.max_header_bytes
            )
            self.who, most = client_of(self.client), limits.connections_per_client
            connected[self.who] += 1
            if connected[self.who] > most:
                self.refuse(429, f"you have {most} connections, as many as one client may")
            # Those that are refused, and are on their way out, take nothing from others.
            elif sum(min(many, most) for many in connected.values()) > limits.max_connections:
                self.refuse(503, f"the server has {limits.max_connections} connections, as many as it takes")
            else:
                self.arriving = self.loop.call_later(limits.io_timeout, self.too_late)

        def connection_lost(self, exc: Exception | None) -> None:
            connected[self.who] -= 1
            if not connected[self.who]:
                del connected[self.who]
            for timer in (self.arriving, self.leaving):
                if timer:
                    timer.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self.transport.is_closing():
                return
            super().data_received(data)
            self.watch_arrival()
            # A client that sends more while it is answered is listened to, or nobody would see that it leaves.
            if self.flow.read_paused and self.conn.their_state is h11.DONE and self.held() <= limits.max_header_bytes:
                self.flow.resume_reading()

        def held(self) -> int:
            """Bytes of requests behind the one that is answered."""
            return len(self.conn.trailing_data[0])

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self.watch_arrival()
            if self.transport.is_closing():
                self.leave()

        def timeout_keep_alive_handler(self) -> None:
            super().timeout_keep_alive_handler()
            self.leave()

        def eof_received(self) -> None:
            super().eof_received()
            self.leave()

        def watch_arrival(self) -> None:
            """The time of a request runs from its first byte, or from what was taken for one, to its last."""
            state = self.conn.their_state
            part = state is h11.SEND_BODY or (state is h11.IDLE and self.timeout_keep_alive_task is None)
            if part and not self.arriving:
                self.arriving = self.loop.call_later(limits.io_timeout, self.too_late)
            elif not part and self.arriving:
                self.arriving.cancel()
                self.arriving = None

        def too_late(self) -> None:
            # To a request that is answered already, or is being answered, nothing is said besides.
            cycle, in_body = self.cycle, self.conn.their_state is h11.SEND_BODY
            if cycle and cycle.response_started and (in_body or not cycle.response_complete):
                self.transport.abort()
            else:
                self.refuse(408, f"a request arrives whole within {limits.io_timeout:g} s")

        def send_400_response(self, msg: str) -> None:
            if self.cycle and self.cycle.response_started and not self.cycle.response_complete:
                self.transport.abort()
            else:
                self.refuse(*(self.conn.refused or (400, "this is not HTTP that is understood here")))

        def refuse(self, status: int, words: str) -> None:
            """Words, and the end of the connection, whatever state it is in."""
            body = f"{words}\n".encode()
            head = (
                f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
                f"Content-Length: {len(body)}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()
            self.leave()

        def leave(self) -> None:
            """What the client has not taken by then it does not get."""
            if not self.leaving:
                self.leaving = self.loop.call_later(limits.io_timeout, self.transport.abort)

        def pause_writing(self) -> None:
            super().pause_writing()
            self.leave()

        def resume_writing(self) -> None:
            super().resume_writing()
            if self.leaving and not self.transport.is_closing():
                self.leaving.cancel()
                self.leaving = None

    return Narrowed
