"""Turns: which of the queries that wait runs next.

One client runs no more than its share at once, and of those that wait the one goes first whose client runs least: a
client with many queries, or with long ones, delays its own.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.server.errors import ending, no_turn, too_many
from graph.server.limits import WAITING_FOR_EACH, Limits


@dataclass
class Turns:
    """Who runs how many queries, and who waits, in the order in which they came, and for how many; ``over`` is done
    when the server is to end."""

    limits: Limits
    running: Counter[str] = field(default_factory=Counter)
    waiting: dict[asyncio.Future[bool], str] = field(default_factory=dict)
    waiting_of: Counter[str] = field(default_factory=Counter)
    over: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@asynccontextmanager
async def turn(turns: Turns, client: str, left: asyncio.Future[None]) -> AsyncIterator[None]:
    """A turn of this client while it lasts; Refused where it has too many, waits too long, or has left meanwhile."""
    if turns.over.done():
        raise ending()
    most = turns.limits.queries_of_client * (1 + WAITING_FOR_EACH)
    if turns.running[client] + turns.waiting_of[client] >= most:
        raise too_many(most)
    loop = asyncio.get_running_loop()
    called: asyncio.Future[bool] = loop.create_future()
    turns.waiting[called] = client
    turns.waiting_of[client] += 1
    _call(turns)
    if not called.done():
        await _called(turns, called, left, loop)
    try:
        yield
    finally:
        _end(turns, client)


async def _called(
    turns: Turns, called: asyncio.Future[bool], left: asyncio.Future[None], loop: asyncio.AbstractEventLoop
) -> None:
    """It is the turn of whoever waits; Refused where it is not in time."""

    def too_late(_: object = None) -> None:
        if not called.done():
            called.set_result(False)

    timer = loop.call_later(turns.limits.timeout, too_late)
    for event in (left, turns.over):
        event.add_done_callback(too_late)
    client = turns.waiting[called]
    try:
        # Whoever is called away has no use for a turn that it was given at the last moment.
        given = await asyncio.shield(called)
    except asyncio.CancelledError:
        if called.done() and called.result():
            _end(turns, client)
        else:
            _forget(turns, called)
        raise
    finally:
        timer.cancel()
        for event in (left, turns.over):
            event.remove_done_callback(too_late)
    if not given:
        _forget(turns, called)
        raise ending() if turns.over.done() else no_turn(turns.limits.timeout)


def _forget(turns: Turns, called: asyncio.Future[bool]) -> None:
    client = turns.waiting.pop(called)
    turns.waiting_of[client] -= 1
    if not turns.waiting_of[client]:
        del turns.waiting_of[client]


def _end(turns: Turns, client: str) -> None:
    turns.running[client] -= 1
    if not turns.running[client]:
        del turns.running[client]
    _call(turns)


def _call(turns: Turns) -> None:
    """Those whose turn it is are told."""
    while turns.running.total() < turns.limits.workers and (called := _next(turns)):
        client = turns.waiting[called]
        _forget(turns, called)
        turns.running[client] += 1
        called.set_result(True)


def _next(turns: Turns) -> asyncio.Future[bool] | None:
    """Whose client runs least, and of these who came first; none where all who wait run as many as they may."""
    found, least = None, turns.limits.queries_of_client
    for called, client in turns.waiting.items():
        # Who has given up is on the way out.
        if turns.running[client] < least and not called.done():
            found, least = called, turns.running[client]
            if not least:
                break
    return found
