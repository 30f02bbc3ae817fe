"""The scheduler: which of the queries that wait runs next.

One client runs no more than its share at once. Of the queries that wait, that one is next whose client runs fewest: a
client with many queries, or with long ones, delays its own.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.server.errors import queue_timeout, shutting_down, too_many_queries
from graph.server.limits import WAITING_PER_RUNNING, Limits


@dataclass
class Scheduler:
    """How many queries each client runs, and who waits, in the order of arrival.

    ``closing`` is done when the server is about to stop.
    """

    limits: Limits
    running: Counter[str] = field(default_factory=Counter)
    waiting: dict[asyncio.Future[bool], str] = field(default_factory=dict)
    waiting_per_client: Counter[str] = field(default_factory=Counter)
    closing: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@asynccontextmanager
async def slot(scheduler: Scheduler, client: str, disconnected: asyncio.Future[None]) -> AsyncIterator[None]:
    """Hold a slot for a query of this client.

    Raise RequestError if it has too many queries, waits too long, or has disconnected meanwhile.
    """
    if scheduler.closing.done():
        raise shutting_down()
    limit = scheduler.limits.queries_per_client * (1 + WAITING_PER_RUNNING)
    if scheduler.running[client] + scheduler.waiting_per_client[client] >= limit:
        raise too_many_queries(limit)
    waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    scheduler.waiting[waiter] = client
    scheduler.waiting_per_client[client] += 1
    _wake(scheduler)
    if not waiter.done():
        await _wait(scheduler, waiter, disconnected)
    try:
        yield
    finally:
        _release(scheduler, client)


async def _wait(scheduler: Scheduler, waiter: asyncio.Future[bool], disconnected: asyncio.Future[None]) -> None:
    """Wait until the waiter has its slot. Raise RequestError where it does not get one in time."""

    def give_up(_: object = None) -> None:
        if not waiter.done():
            waiter.set_result(False)

    timer = asyncio.get_running_loop().call_later(scheduler.limits.timeout, give_up)
    for event in (disconnected, scheduler.closing):
        event.add_done_callback(give_up)
    client = scheduler.waiting[waiter]
    try:
        # A request that is cancelled gives back a slot that it got at the last moment.
        has_slot = await asyncio.shield(waiter)
    except asyncio.CancelledError:
        if waiter.done() and waiter.result():
            _release(scheduler, client)
        else:
            _remove(scheduler, waiter)
        raise
    finally:
        timer.cancel()
        for event in (disconnected, scheduler.closing):
            event.remove_done_callback(give_up)
    if not has_slot:
        _remove(scheduler, waiter)
        raise shutting_down() if scheduler.closing.done() else queue_timeout(scheduler.limits.timeout)


def _remove(scheduler: Scheduler, waiter: asyncio.Future[bool]) -> None:
    client = scheduler.waiting.pop(waiter)
    scheduler.waiting_per_client[client] -= 1
    if not scheduler.waiting_per_client[client]:
        del scheduler.waiting_per_client[client]


def _release(scheduler: Scheduler, client: str) -> None:
    scheduler.running[client] -= 1
    if not scheduler.running[client]:
        del scheduler.running[client]
    _wake(scheduler)


def _wake(scheduler: Scheduler) -> None:
    """Give free slots to those that wait."""
    while scheduler.running.total() < scheduler.limits.workers and (waiter := _next(scheduler)):
        client = scheduler.waiting[waiter]
        _remove(scheduler, waiter)
        scheduler.running[client] += 1
        waiter.set_result(True)


def _next(scheduler: Scheduler) -> asyncio.Future[bool] | None:
    """Return the waiter whose client runs fewest, the first of them; None where all run as many as they may."""
    best, fewest = None, scheduler.limits.queries_per_client
    for waiter, client in scheduler.waiting.items():
        # One that is done has given up, and is about to be removed.
        if scheduler.running[client] < fewest and not waiter.done():
            best, fewest = waiter, scheduler.running[client]
            if not fewest:
                break
    return best
