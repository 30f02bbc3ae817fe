"""The pool: warm workers of the build that is served, one more than may be busy, each replaced as soon as it ends."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from graph import HOME
from graph.serve.frames import Said, awaited, framed
from graph.serve.limits import GRACE, Limits
from graph.serve.refusals import Refused, ended, no_turn, too_hungry, too_slow
from graph.serve.turns import Turns, turn

# Of an answer on its way, in the front's memory; the rest lies in a file without a name.
MOST_IN_MEMORY = 256_000
_PIECE = 65_536
_SECONDS_TO_START = 60.0
# Between two attempts to start workers of a store that does not open.
_PAUSE = 1.0
_OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")


@dataclass(eq=False)
class Worker:
    """A process, and the store that it has open."""

    process: asyncio.subprocess.Process
    store: Path
    ready: bool = False
    ending: asyncio.Task[None] | None = None


@dataclass(eq=False)
class Pool:
    """The workers that are free, those that are busy, all that there are, and whose turn it is.

    ``confined``: the system holds them to what they have given up (see ``graph.serve.confined``).
    """

    limits: Limits
    store: Path
    turns: Turns
    free: asyncio.Queue[Worker] = field(default_factory=asyncio.Queue)
    busy: set[Worker] = field(default_factory=set)
    alive: set[Worker] = field(default_factory=set)
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    confined: bool = True


class _NeverBegun(Exception):  # noqa: N818 - it says what happened
    """A worker had ended before it took the task."""


@dataclass
class Reply:
    """What a worker said of its answer, and the answer; whoever takes it closes the file."""

    head: Said
    body: IO[bytes]


@asynccontextmanager
async def pool_of(store: Path, limits: Limits) -> AsyncIterator[Pool]:
    """A pool whose workers have this store open; OSError where they cannot. Afterwards all of them have ended."""
    pool = Pool(limits, store, Turns(limits))
    try:
        pool.free.put_nowait(await _started(pool, store))
        keeper = asyncio.create_task(_keep(pool))
        try:
            yield pool
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
    finally:
        ending = [worker.process for worker in pool.alive]
        for worker in pool.alive:
            _kill(worker)
        await asyncio.gather(*(process.wait() for process in ending))


async def asked(pool: Pool, task: Said, client: str, left: asyncio.Future[None]) -> Reply:
    """The reply to a task; Refused where a limit ends it. ``left`` is done when nobody waits for it any more."""
    async with turn(pool.turns, client, left):
        for _ in range(pool.limits.workers + 1):
            worker = await _taken(pool)
            whole = False
            try:
                reply = await _done(pool, worker, task, left)
                whole = not reply.head["tired"]
                return reply
            except _NeverBegun:
                continue
            finally:
                pool.busy.discard(worker)
                if whole and _fit(pool, worker):
                    pool.free.put_nowait(worker)
                else:
                    _kill(worker)
        raise ended()


async def renewed(pool: Pool, store: Path) -> None:
    """From now on tasks are done on this store; who is busy with the old one finishes. OSError where it cannot open."""
    first = await _started(pool, store)
    pool.store = store
    while not pool.free.empty():
        _kill(pool.free.get_nowait())
    pool.free.put_nowait(first)


async def _done(pool: Pool, worker: Worker, task: Said, left: asyncio.Future[None]) -> Reply:
    """What the worker says within the time that it has, which is short when nobody waits any more."""
    seconds = pool.limits.timeout
    end = asyncio.get_running_loop().time() + seconds

    def hurry(_: object) -> None:
        # The answer may have come at the same moment.
        with suppress(RuntimeError):
            deadline.reschedule(min(end, asyncio.get_running_loop().time() + GRACE))

    try:
        async with asyncio.timeout_at(end) as deadline:
            left.add_done_callback(hurry)
            try:
                return await _exchanged(worker, task | {"seconds": seconds})
            finally:
                left.remove_done_callback(hurry)
    except TimeoutError as error:
        raise too_slow(seconds) from error
    except (asyncio.IncompleteReadError, OSError) as error:
        raise await _why(pool, worker) from error


async def _exchanged(worker: Worker, task: Said) -> Reply:
    """The task goes to the worker, and its answer comes whole. Raises where the worker ends before."""
    entry, exit = worker.process.stdin, worker.process.stdout
    assert entry is not None
    assert exit is not None
    try:
        entry.write(framed(task))
        await entry.drain()
        await awaited(exit)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise _NeverBegun from error
    head = await awaited(exit)
    body = SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 - whoever takes the reply closes it
    try:
        missing = head["size"]
        while missing:
            piece = await exit.read(min(missing, _PIECE))
            if not piece:
                raise asyncio.IncompleteReadError(b"", missing)
            body.write(piece)
            missing -= len(piece)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    return Reply(head, body)


async def _why(pool: Pool, worker: Worker) -> Refused:
    """Why a worker has ended, as far as its last words say."""
    assert worker.process.stderr is not None
    words = b""
    with suppress(TimeoutError):
        words = await asyncio.wait_for(worker.process.stderr.read(_PIECE), 1)
    return too_hungry(pool.limits.memory) if any(sign in words for sign in _OUT_OF_MEMORY) else ended()


async def _taken(pool: Pool) -> Worker:
    """A worker that was free."""
    try:
        async with asyncio.timeout(pool.limits.timeout):
            while not _fit(pool, worker := await pool.free.get()):
                _kill(worker)
            pool.busy.add(worker)
            return worker
    except TimeoutError as error:
        raise no_turn(pool.limits.timeout) from error


def _fit(pool: Pool, worker: Worker) -> bool:
    """A worker is alive, and has the store open that is served."""
    exit = worker.process.stdout
    ended = worker.process.returncode is not None or exit is None or exit.at_eof()
    return worker.store == pool.store and not ended


async def _keep(pool: Pool) -> None:
    """There are always as many workers as may be busy, and one more."""
    failed = 0
    while True:
        while len(pool.alive) <= pool.limits.workers:
            try:
                worker = await _started(pool, pool.store)
                if worker.store == pool.store:
                    pool.free.put_nowait(worker)
                else:
                    # A new build has come meanwhile.
                    _kill(worker)
                    await worker.process.wait()
                failed = 0
            except OSError as error:
                print(f"a worker did not start: {error}", file=sys.stderr, flush=True)
                failed += 1
                # One may have been killed by somebody; where a second fails too, the next will not fare better at once.
                await asyncio.sleep(_PAUSE if failed > 1 else 0)
        await pool.wanted.wait()
        pool.wanted.clear()


async def _started(pool: Pool, store: Path) -> Worker:
    """A worker that has the store open; OSError with the reason where it does not get there."""
    process = await _spawned("graph.serve.worker", str(store), str(pool.limits.memory))
    worker = Worker(process, store)
    pool.alive.add(worker)
    worker.ending = asyncio.create_task(_until_ended(pool, worker))
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        said = await asyncio.wait_for(awaited(process.stdout), _SECONDS_TO_START)
    except (asyncio.IncompleteReadError, TimeoutError) as error:
        _kill(worker)
        words = (await process.stderr.read(_PIECE)).decode("utf-8", "replace").strip().splitlines()
        raise OSError(words[-1] if words else "it ended at once") from error
    except asyncio.CancelledError:
        _kill(worker)
        raise
    pool.confined = pool.confined and said["walled"] and said["limited"]
    worker.ready = True
    return worker


async def _until_ended(pool: Pool, worker: Worker) -> None:
    """Another takes the place of a worker that has ended, for whatever reason."""
    await worker.process.wait()
    pool.alive.discard(worker)
    pool.wanted.set()


async def _spawned(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """A process of ours, spoken to through pipes. Where this is cancelled before it is there, it has ended."""
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            # Ctrl-C in a terminal is for the front alone.
            start_new_session=True,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        process = await starting
        process.kill()
        await process.wait()
        raise


async def said_by(module: str, *arguments: str) -> str:
    """What a program of ours says; OSError with its last words where it fails."""
    process = await _spawned(module, *arguments)
    try:
        said, words = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        # Only then has it stopped writing.
        await process.wait()
        raise
    if process.returncode:
        raise OSError(words.decode("utf-8", "replace").strip() or f"{module} has ended with {process.returncode}")
    return said.decode().strip()


def _environment() -> dict[str, str]:
    """What a worker is told of the machine: where Python finds this package, and no secret that the front was given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG") if name in os.environ}
    paths = [str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _kill(worker: Worker) -> None:
    """It ends at once; whatever it does cannot be stopped otherwise."""
    with suppress(ProcessLookupError):
        worker.process.kill()
