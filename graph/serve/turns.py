"""Turns: which of the queries that wait runs next.

One client runs no more than its share at once, and of those that wait the one goes first whose client runs least: a
client with many queries, or with long ones, delays its own.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.serve.limits import WAITING_FOR_EACH, Limits
from graph.serve.refusals import no_turn, too_many


@dataclass
class Turns:
    """Who runs how many queries, and who waits, in the order in which they came."""

    limits: Limits
    running: Counter[str] = field(default_factory=Counter)
    waiting: deque[tuple[str, asyncio.Future[None]]] = field(default_factory=deque)


@asynccontextmanager
async def turn(turns: Turns, client: str, left: asyncio.Future[None]) -> AsyncIterator[None]:
    """A turn of this client while it lasts; Refused where it has too many, waits too long, or has left meanwhile."""
    most = turns.limits.queries_of_client * (1 + WAITING_FOR_EACH)
    if turns.running[client] + sum(waiter == client for waiter, _ in turns.waiting) >= most:
        raise too_many(most)
    called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    turns.waiting.append((client, called))
    _call(turns)
    try:
        if not called.done():
            await asyncio.wait({called, left}, timeout=turns.limits.timeout, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        _leave(turns, client, called)
        raise
    if not called.done():
        _leave(turns, client, called)
        raise no_turn(turns.limits.timeout)
    try:
        yield
    finally:
        _end(turns, client)


def _leave(turns: Turns, client: str, called: asyncio.Future[None]) -> None:
    """Who waited waits no more; a turn that it was given at the last moment goes on to the next."""
    if called.done():
        _end(turns, client)
    else:
        turns.waiting.remove((client, called))


def _end(turns: Turns, client: str) -> None:
    turns.running[client] -= 1
    if not turns.running[client]:
        del turns.running[client]
    _call(turns)


def _call(turns: Turns) -> None:
    """Those whose turn it is are told."""
    while turns.running.total() < turns.limits.workers:
        able = [place for place in turns.waiting if turns.running[place[0]] < turns.limits.queries_of_client]
        if not able:
            return
        client, called = min(able, key=lambda place: turns.running[place[0]])
        turns.waiting.remove((client, called))
        turns.running[client] += 1
        called.set_result(None)
