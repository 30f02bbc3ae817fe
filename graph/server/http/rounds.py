"""Rounds: which request the front answers next, so that a client with many connections does not delay all others.

The front does one thing at a time, in the order of arrival. Somebody who has a hundred connections, and asks over each
as soon as it is answered, would have a hundred requests before everybody else's. So in each round, which is one turn of
the event loop, so many requests of one client are begun, and its others wait for the next; who has few is not delayed
by more than one round. Nobody waits where the front has time.
"""

import asyncio
from collections import Counter, deque

# Requests of one client that are begun in a round: few, since each delays others; not one, since a round costs time.
PER_ROUND = 4


class Rounds:
    """The requests of each client that have begun in this round, and those that wait for the next, in their order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._begun: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._next_is_due = False

    async def wait(self, client: str) -> None:
        """Return when a request of this client may begin: at once, unless as many have begun in this round."""
        loop = asyncio.get_running_loop()
        if not self._next_is_due:
            self._next_is_due = True
            loop.call_soon(self._begin_next, loop)
        if self._begun[client] < PER_ROUND and client not in self._waiting:
            self._begun[client] += 1
            return
        waiter = loop.create_future()
        self._waiting.setdefault(client, deque()).append(waiter)
        await waiter

    def _begin_next(self, loop: asyncio.AbstractEventLoop) -> None:
        self._begun.clear()
        for client, waiters in [*self._waiting.items()]:
            while waiters and self._begun[client] < PER_ROUND:
                waiter = waiters.popleft()
                # One that is done was cancelled: its server is about to stop.
                if not waiter.done():
                    self._begun[client] += 1
                    waiter.set_result(None)
            if not waiters:
                del self._waiting[client]
        self._next_is_due = bool(self._begun)
        if self._next_is_due:
            loop.call_soon(self._begin_next, loop)
