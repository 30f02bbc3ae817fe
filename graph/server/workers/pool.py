"""The pool of workers: one more than may be busy, warm, with the build open, each replaced as soon as it ends."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakSet

from graph.server.errors import (
    RequestError,
    WorkerEndedError,
    memory_exceeded,
    queue_timeout,
    shutting_down,
    storage_full,
    timeout_exceeded,
    too_many_unread_bytes,
)
from graph.server.limits import GRACE_SECONDS, Limits
from graph.server.workers.forked import ForkServer, start_fork_server
from graph.server.workers.ipc import MessageError, Task
from graph.server.workers.memory import may_be_in_memory
from graph.server.workers.process import (
    MAX_BYTES_IN_MEMORY,
    Worker,
    WorkerAnswer,
    exchange,
    is_alive,
    kill,
    lower_priority,
    ran_out_of_memory,
    start_worker,
)
from graph.server.workers.scheduler import Scheduler, slot

# A query that takes longer runs at the lowest priority from then on.
_SECONDS_AT_FULL_SPEED = 2.0
# Between two attempts to start workers of a store that does not open.
_PAUSE = 1.0
_LOGGER = logging.getLogger(__name__)


@dataclass(eq=False)
class Pool:
    """The workers that are free, those that are busy, all that there are, and the scheduler of their tasks.

    ``sandboxed``: the system holds all of them to what they have given up. ``ended`` counts those that have ended, by
    reason. ``fork_server`` has the graph of the store in memory, where it may be there; until ``loading`` has read it,
    workers read the index.
    """

    limits: Limits
    store: Path
    scheduler: Scheduler
    # The one that was free last is the next: what it needs is still near the processor.
    free: asyncio.LifoQueue[Worker] = field(default_factory=asyncio.LifoQueue)
    # Answers in files that clients still read.
    sending: WeakSet[WorkerAnswer] = field(default_factory=WeakSet)
    busy: set[Worker] = field(default_factory=set)
    alive: dict[Worker, asyncio.Task[None]] = field(default_factory=dict)
    worker_ended: asyncio.Event = field(default_factory=asyncio.Event)
    sandboxed: bool = True
    ended: Counter[str] = field(default_factory=Counter)
    fork_server: ForkServer | None = None
    loading: asyncio.Task[None] | None = None


@asynccontextmanager
async def open_pool(store: Path, limits: Limits) -> AsyncIterator[Pool]:
    """Yield a pool whose workers have this store open; afterwards all have ended. Raise OSError where none starts."""
    pool = Pool(limits, store, Scheduler(limits))
    try:
        pool.free.put_nowait(await _add_worker(pool, store))
        keeper = asyncio.create_task(_keep_filled(pool))
        await _read_into_memory(pool)
        try:
            yield pool
        finally:
            await _cancel(keeper)
            await _leave_memory(pool)
    finally:
        last = dict(pool.alive)
        for worker in last:
            kill(worker, "shutdown")
        await asyncio.gather(*last.values())


async def submit(pool: Pool, task: Task, client: str, disconnected: asyncio.Future[None]) -> WorkerAnswer:
    """Return the answer to a task. Raise RequestError where a limit ends it.

    ``disconnected`` is done as soon as nobody waits for the answer any more.
    """
    _check_unread_answers(pool, client)
    async with slot(pool.scheduler, client, disconnected):
        # A worker may have ended for reasons that are not the query's. A query changes nothing: try another, once.
        try:
            answer = await _run_on_worker(pool, task, disconnected)
        except WorkerEndedError:
            answer = await _run_on_worker(pool, task, disconnected)
    answer.client = client
    if answer.reply.size > MAX_BYTES_IN_MEMORY:
        pool.sending.add(answer)
    return answer


def shut_down(pool: Pool) -> None:
    """Refuse queries from now on, those that wait too; those that run have a moment to end."""
    pool.scheduler.closing.set_result(None)


async def switch_store(pool: Pool, store: Path) -> None:
    """Do tasks on this store from now on; busy workers finish on the old one. Raise OSError where it does not open."""
    first = _add(pool, await start_worker(store, pool.limits.memory))
    await _leave_memory(pool)
    pool.store = store
    _replace_free(pool, first, "new build")
    await _read_into_memory(pool)


def _replace_free(pool: Pool, worker: Worker, reason: str) -> None:
    """Have one worker free, and none that was until now."""
    while not pool.free.empty():
        kill(pool.free.get_nowait(), reason)
    pool.free.put_nowait(worker)


async def _read_into_memory(pool: Pool) -> None:
    """Begin to read the graph into memory, where it may be there."""
    try:
        may_be = may_be_in_memory(pool.store, pool.limits)
    except (OSError, ValueError):
        may_be = False
    if may_be:
        pool.loading = asyncio.create_task(_move_to_memory(pool, pool.store))


async def _move_to_memory(pool: Pool, store: Path) -> None:
    """Read the graph of a store into memory, and have workers from then on that have it there."""
    try:
        pool.fork_server = await start_fork_server(store, pool.limits.memory)
        first = await _add_worker(pool, store)
    # Whatever it is, the index answers.
    except Exception as error:
        _LOGGER.warning("the graph is read from disk, since it does not come into memory: %s", error)
    else:
        if first.in_memory:
            _replace_free(pool, first, "graph in memory")
            _LOGGER.info("the graph is in memory: queries take a quarter of the time that they take from disk")


async def _leave_memory(pool: Pool) -> None:
    """Have workers that read the index from now on; those that have the graph in memory go on until they are killed."""
    loading, pool.loading = pool.loading, None
    if loading:
        await _cancel(loading)
    server, pool.fork_server = pool.fork_server, None
    if server:
        await server.end()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _run_on_worker(pool: Pool, task: Task, disconnected: asyncio.Future[None]) -> WorkerAnswer:
    """Return the answer of one worker, which is free again afterwards, or has ended."""
    worker = await _take_worker(pool)
    # Unless it answers.
    reason: str | None = "disconnected"
    try:
        answer = await _exchange_in_time(pool, worker, task, disconnected)
        answer.store = worker.store
        reason = "worn out" if answer.reply.recycle or worker.slowed else None
        return answer
    finally:
        pool.busy.discard(worker)
        reason = reason or _unusable(pool, worker)
        if reason is None:
            pool.free.put_nowait(worker)
        else:
            kill(worker, reason)


def _check_unread_answers(pool: Pool, client: str) -> None:
    """Raise RequestError where too many bytes of earlier answers are unread, by this client or by all."""
    sending = [answer for answer in pool.sending if not answer.body.closed]
    limit = pool.limits.unread_bytes_per_client
    if sum(answer.reply.size for answer in sending if answer.client == client) >= limit:
        raise too_many_unread_bytes(limit)
    if sum(answer.reply.size for answer in sending) >= pool.limits.max_unread_bytes:
        raise storage_full()


async def _exchange_in_time(pool: Pool, worker: Worker, task: Task, disconnected: asyncio.Future[None]) -> WorkerAnswer:
    """Return the answer of a worker within the time limit, which shrinks when nobody waits or the server stops."""
    seconds, loop, closing = pool.limits.timeout, asyncio.get_running_loop(), pool.scheduler.closing
    last = loop.time() + seconds

    def hurry(_: object) -> None:
        # The answer may have come at the same moment.
        with suppress(RuntimeError):
            deadline.reschedule(min(deadline.when() or last, loop.time() + GRACE_SECONDS))

    slowing = loop.call_later(_SECONDS_AT_FULL_SPEED, lower_priority, worker)
    try:
        async with asyncio.timeout_at(last) as deadline:
            for event in (disconnected, closing):
                event.add_done_callback(hurry)
            return await exchange(worker, task if task.seconds == seconds else replace(task, seconds=seconds))
    except RequestError:
        worker.end_reason = "storage"
        raise
    except TimeoutError as error:
        worker.end_reason = "shutdown" if closing.done() else "disconnected" if disconnected.done() else "timeout"
        raise (shutting_down() if closing.done() else timeout_exceeded(seconds)) from error
    except (asyncio.IncompleteReadError, OSError, MessageError) as error:
        out_of_memory = await ran_out_of_memory(worker)
        worker.end_reason = "memory" if out_of_memory else "crash"
        raise (memory_exceeded(pool.limits.memory) if out_of_memory else WorkerEndedError()) from error
    finally:
        slowing.cancel()
        for event in (disconnected, closing):
            event.remove_done_callback(hurry)


async def _take_worker(pool: Pool) -> Worker:
    """Return a worker that is free, or becomes free in time."""
    worker = None
    # There is one nearly always: then nobody looks at the clock.
    while worker is None and not pool.free.empty():
        worker = _usable_or_killed(pool, pool.free.get_nowait())
    try:
        if worker is None:
            async with asyncio.timeout(pool.limits.timeout):
                while worker is None:
                    worker = _usable_or_killed(pool, await pool.free.get())
    except TimeoutError as error:
        raise queue_timeout(pool.limits.timeout) from error
    pool.busy.add(worker)
    return worker


def _usable_or_killed(pool: Pool, worker: Worker) -> Worker | None:
    reason = _unusable(pool, worker)
    if reason is None:
        return worker
    kill(worker, reason)
    return None


def _unusable(pool: Pool, worker: Worker) -> str | None:
    """Return why a worker is not used again; None where it is alive and has the store open that is served."""
    if worker.store != pool.store:
        return "new build"
    if pool.fork_server and not worker.in_memory:
        return "graph in memory"
    return None if is_alive(worker) else "crash"


async def _keep_filled(pool: Pool) -> None:
    """Keep as many workers as may be busy, and one more."""
    failed = 0
    while True:
        while len(pool.alive) <= pool.limits.workers:
            try:
                worker = await _add_worker(pool, pool.store)
                if reason := _unusable(pool, worker):
                    # There is a new build, or this one has come into memory meanwhile.
                    kill(worker, reason)
                    await worker.process.wait()
                else:
                    pool.free.put_nowait(worker)
                failed = 0
            # Whatever it is: without this loop no worker would be replaced any more.
            except Exception as error:
                _LOGGER.warning("a worker did not start: %s", error)
                failed += 1
                # One may have been killed by somebody; where a second fails too, the next will not fare better at once.
                await asyncio.sleep(_PAUSE if failed > 1 else 0)
        await pool.worker_ended.wait()
        pool.worker_ended.clear()


async def _add_worker(pool: Pool, store: Path) -> Worker:
    """Return one worker more. Raise OSError where it cannot open the store."""
    server = pool.fork_server
    try:
        worker = await start_worker(store, pool.limits.memory, server if server and server.store == store else None)
    except OSError as error:
        if server is None or server is not pool.fork_server:
            raise
        _LOGGER.warning("the graph is read from disk again: %s", error)
        pool.fork_server = None
        await server.end()
        worker = await start_worker(store, pool.limits.memory)
    return _add(pool, worker)


def _add(pool: Pool, worker: Worker) -> Worker:
    pool.sandboxed = pool.sandboxed and worker.sandboxed
    pool.alive[worker] = asyncio.create_task(_watch(pool, worker))
    return worker


async def _watch(pool: Pool, worker: Worker) -> None:
    """Have a worker replaced when it has ended, for whatever reason."""
    await worker.process.wait()
    del pool.alive[worker]
    pool.ended[worker.end_reason or "crash"] += 1
    waiting = [pool.free.get_nowait() for _ in range(pool.free.qsize())]
    for other in reversed(waiting):
        if other is not worker:
            pool.free.put_nowait(other)
    pool.worker_ended.set()
