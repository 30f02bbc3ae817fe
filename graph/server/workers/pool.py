"""The pool: warm workers of the build that is served, one more than may be busy, each replaced as soon as it ends."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakSet

from graph.server.errors import Ended, ending, full, no_turn, too_hungry, too_slow, unread_answers
from graph.server.limits import GRACE, Limits
from graph.server.workers.ipc import Said
from graph.server.workers.process import (
    MOST_IN_MEMORY,
    Reply,
    Worker,
    alive,
    exchanged,
    kill,
    slow,
    started,
    was_hungry,
)
from graph.server.workers.scheduler import Turns, turn

# A query that takes longer runs at the lowest priority from then on.
_SECONDS_AT_FULL_SPEED = 2.0
# Between two attempts to start workers of a store that does not open.
_PAUSE = 1.0


@dataclass(eq=False)
class Pool:
    """The workers that are free, those that are busy, all that there are, and whose turn it is.

    ``confined``: the system holds all of them to what they have given up.
    """

    limits: Limits
    store: Path
    turns: Turns
    # The one that was free last is the next: what it needs is still near the processor.
    free: asyncio.LifoQueue[Worker] = field(default_factory=asyncio.LifoQueue)
    # Answers in files that clients still read.
    sending: WeakSet[Reply] = field(default_factory=WeakSet)
    busy: set[Worker] = field(default_factory=set)
    alive: dict[Worker, asyncio.Task[None]] = field(default_factory=dict)
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    confined: bool = True


@asynccontextmanager
async def pool_of(store: Path, limits: Limits) -> AsyncIterator[Pool]:
    """A pool whose workers have this store open; OSError where they cannot. Afterwards all of them have ended."""
    pool = Pool(limits, store, Turns(limits))
    try:
        pool.free.put_nowait(await _added(pool, store))
        keeper = asyncio.create_task(_keep(pool))
        try:
            yield pool
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
    finally:
        last = dict(pool.alive)
        for worker in last:
            kill(worker)
        await asyncio.gather(*last.values())


async def asked(pool: Pool, task: Said, client: str, left: asyncio.Future[None]) -> Reply:
    """The reply to a task; Refused where a limit ends it. ``left`` is done when nobody waits for it any more."""
    _refuse_who_does_not_read(pool, client)
    async with turn(pool.turns, client, left):
        # A worker may have ended for reasons that are not the query's. Asking changes nothing: another is asked, once.
        try:
            reply = await _asked_of_one(pool, task, left)
        except Ended:
            reply = await _asked_of_one(pool, task, left)
    reply.client = client
    if reply.head["size"] > MOST_IN_MEMORY:
        pool.sending.add(reply)
    return reply


def dismiss(pool: Pool) -> None:
    """Queries are refused from now on, those that wait too, and those that run have a moment to come to their end."""
    pool.turns.over.set_result(None)


async def _asked_of_one(pool: Pool, task: Said, left: asyncio.Future[None]) -> Reply:
    """The reply of one worker, which is free again afterwards, or has ended."""
    worker = await _taken(pool)
    whole = False
    try:
        reply = await _done(pool, worker, task, left)
        whole = not (reply.head["tired"] or worker.slowed)
        return reply
    finally:
        pool.busy.discard(worker)
        if whole and _fit(pool, worker):
            pool.free.put_nowait(worker)
        else:
            kill(worker)


async def renewed(pool: Pool, store: Path) -> None:
    """From now on tasks are done on this store; who is busy with the old one finishes. OSError where it cannot open."""
    first = await _added(pool, store)
    pool.store = store
    while not pool.free.empty():
        kill(pool.free.get_nowait())
    pool.free.put_nowait(first)


def _refuse_who_does_not_read(pool: Pool, client: str) -> None:
    """Refused where too much of what was answered still lies in files, of this client or of all."""
    sending = [reply for reply in pool.sending if not reply.body.closed]
    unread, most = sum(reply.head["size"] for reply in sending if reply.client == client), pool.limits.unread_of_client
    if unread >= most:
        raise unread_answers(most)
    if sum(reply.head["size"] for reply in sending) >= pool.limits.unread:
        raise full()


async def _done(pool: Pool, worker: Worker, task: Said, left: asyncio.Future[None]) -> Reply:
    """What the worker says within the time that it has, short when nobody waits any more or the server ends."""
    seconds, loop = pool.limits.timeout, asyncio.get_running_loop()
    last = loop.time() + seconds

    def hurry(_: object) -> None:
        # The answer may have come at the same moment.
        with suppress(RuntimeError):
            deadline.reschedule(min(deadline.when() or last, loop.time() + GRACE))

    slowing = loop.call_later(_SECONDS_AT_FULL_SPEED, slow, worker)
    try:
        async with asyncio.timeout_at(last) as deadline:
            for event in (left, pool.turns.over):
                event.add_done_callback(hurry)
            return await exchanged(worker, task | {"seconds": seconds})
    except TimeoutError as error:
        raise (ending() if pool.turns.over.done() else too_slow(seconds)) from error
    except (asyncio.IncompleteReadError, OSError) as error:
        raise (too_hungry(pool.limits.memory) if await was_hungry(worker) else Ended()) from error
    finally:
        slowing.cancel()
        for event in (left, pool.turns.over):
            event.remove_done_callback(hurry)


async def _taken(pool: Pool) -> Worker:
    """A worker that was free, or is so in time."""
    worker = None
    # There is one nearly always: then nobody looks at the clock.
    while worker is None and not pool.free.empty():
        worker = _fit_or_killed(pool, pool.free.get_nowait())
    try:
        if worker is None:
            async with asyncio.timeout(pool.limits.timeout):
                while worker is None:
                    worker = _fit_or_killed(pool, await pool.free.get())
    except TimeoutError as error:
        raise no_turn(pool.limits.timeout) from error
    pool.busy.add(worker)
    return worker


def _fit_or_killed(pool: Pool, worker: Worker) -> Worker | None:
    if _fit(pool, worker):
        return worker
    kill(worker)
    return None


def _fit(pool: Pool, worker: Worker) -> bool:
    """A worker is alive, and has the store open that is served."""
    return worker.store == pool.store and alive(worker)


async def _keep(pool: Pool) -> None:
    """There are always as many workers as may be busy, and one more."""
    failed = 0
    while True:
        while len(pool.alive) <= pool.limits.workers:
            try:
                worker = await _added(pool, pool.store)
                if worker.store == pool.store:
                    pool.free.put_nowait(worker)
                else:
                    # A new build has come meanwhile.
                    kill(worker)
                    await worker.process.wait()
                failed = 0
            # Whatever it is: without this loop no worker would ever be replaced.
            except Exception as error:
                print(f"a worker did not start: {error}", file=sys.stderr, flush=True)
                failed += 1
                # One may have been killed by somebody; where a second fails too, the next will not fare better at once.
                await asyncio.sleep(_PAUSE if failed > 1 else 0)
        await pool.wanted.wait()
        pool.wanted.clear()


async def _added(pool: Pool, store: Path) -> Worker:
    """One worker more; OSError where it cannot open the store."""
    worker = await started(store, pool.limits.memory)
    pool.confined = pool.confined and worker.confined
    pool.alive[worker] = asyncio.create_task(_until_ended(pool, worker))
    return worker


async def _until_ended(pool: Pool, worker: Worker) -> None:
    """Another takes the place of a worker that has ended, for whatever reason."""
    await worker.process.wait()
    del pool.alive[worker]
    waiting = [pool.free.get_nowait() for _ in range(pool.free.qsize())]
    for other in reversed(waiting):
        if other is not worker:
            pool.free.put_nowait(other)
    pool.wanted.set()
