"""Workers: processes that each have the build open, seen from the front: started, given a task, slowed down, ended.

``python -m graph.server.workers.main`` is what runs in them.
"""

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from graph import HOME
from graph.server.errors import full
from graph.server.workers.ipc import Said, awaited, framed

# Of an answer on its way, in the front's memory; the rest lies in a file without a name.
MOST_IN_MEMORY = 256_000
_PIECE = 65_536
_SECONDS_TO_START = 60.0
_SECONDS_FOR_LAST_WORDS = 1.0
# The niceness of one that is slowed.
_LAST = 19
_OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")


@dataclass(eq=False)
class Worker:
    """A process, and the store that it has open (see ``served.store_of``).

    ``confined``: the system holds it to what it has given up (see ``confined``). ``slowed``: it gives way to others.
    ``ending``: what it still says is read, when it was killed.
    """

    process: asyncio.subprocess.Process
    store: Path
    confined: bool
    slowed: bool = False
    ending: asyncio.Task[None] | None = None


@dataclass(eq=False)
class Reply:
    """What a worker said of its answer, and the answer; whoever takes it closes the file."""

    head: Said
    body: IO[bytes]
    client: str = ""


async def started(store: Path, megabytes: int) -> Worker:
    """A worker that has the store open; OSError with the reason where it does not get there."""
    process = await _spawned("graph.server.workers.main", str(store), str(megabytes))
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        # Not wait_for, which on 3.11 can lose that it was cancelled.
        async with asyncio.timeout(_SECONDS_TO_START):
            said = await awaited(process.stdout)
        return Worker(process, store, said["walled"] and said["limited"])
    except (asyncio.IncompleteReadError, TimeoutError) as error:
        process.kill()
        words = (await process.stderr.read(_PIECE)).decode("utf-8", "replace").strip().splitlines()
        await ended(process)
        raise OSError(words[-1] if words else "it ended at once") from error
    except BaseException:
        await ended(process)
        raise


async def exchanged(worker: Worker, task: Said) -> Reply:
    """The task goes to the worker, and its answer comes whole. IncompleteReadError or OSError where it ends before."""
    entry, exit = worker.process.stdin, worker.process.stdout
    assert entry is not None
    assert exit is not None
    entry.write(framed(task))
    await entry.drain()
    head = await awaited(exit)
    if head["size"] <= MOST_IN_MEMORY:
        return Reply(head, BytesIO(await exit.readexactly(head["size"])))
    body = _file()
    try:
        missing = head["size"]
        while missing:
            piece = await exit.read(min(missing, _PIECE))
            if not piece:
                raise asyncio.IncompleteReadError(b"", missing)
            _keep(body, piece)
            missing -= len(piece)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    return Reply(head, body)


def _file() -> IO[bytes]:
    try:
        return TemporaryFile()
    except OSError as error:
        raise full() from error


def _keep(body: IO[bytes], piece: bytes) -> None:
    try:
        body.write(piece)
    except OSError as error:
        raise full() from error


def alive(worker: Worker) -> bool:
    """It has not ended, as far as is known."""
    exit = worker.process.stdout
    return worker.process.returncode is None and exit is not None and not exit.at_eof()


async def was_hungry(worker: Worker) -> bool:
    """The last words of a worker that has ended say that it wanted more memory than it may have."""
    assert worker.process.stderr is not None
    words = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_FOR_LAST_WORDS):
            words = await worker.process.stderr.read(_PIECE)
    return any(sign in words for sign in _OUT_OF_MEMORY)


def slow(worker: Worker) -> None:
    """It works on when others leave it time. That cannot be taken back, so it is to be ended after its task."""
    if os.name == "posix":
        worker.slowed = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.process.pid, _LAST)


def kill(worker: Worker) -> None:
    """It ends at once; whatever it does cannot be stopped otherwise."""
    with suppress(ProcessLookupError):
        worker.process.kill()
    if worker.ending is None:
        worker.ending = asyncio.create_task(_read_to_its_end(worker.process))


async def _read_to_its_end(process: asyncio.subprocess.Process) -> None:
    """What it has said and nobody has read is dropped: a process has not ended for asyncio while there is some."""
    for stream in (process.stdout, process.stderr):
        # Whoever reads still reads to the end.
        with suppress(RuntimeError, OSError):
            while stream and await stream.read(_PIECE):
                pass


async def said_by(module: str, *arguments: str) -> str:
    """What a program of ours says; OSError with its last words where it fails."""
    process = await _spawned(module, *arguments)
    try:
        said, words = await process.communicate()
    except asyncio.CancelledError:
        # Only then has it stopped writing.
        await ended(process)
        raise
    if process.returncode:
        raise OSError(words.decode("utf-8", "replace").strip() or f"{module} has ended with {process.returncode}")
    return said.decode().strip()


async def _spawned(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """A process of ours, spoken to through pipes. Where this is cancelled before it is there, it has ended."""
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment(),
            # Ctrl-C in a terminal is for the front alone.
            start_new_session=True,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        with suppress(OSError):
            await ended(await starting)
        raise


async def ended(process: asyncio.subprocess.Process) -> None:
    """It has been killed, and is gone."""
    with suppress(ProcessLookupError):
        process.kill()
    await _read_to_its_end(process)
    await process.wait()


def environment() -> dict[str, str]:
    """What a worker is told of the machine: where Python finds this package, and no secret that the front was given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG") if name in os.environ}
    paths = [str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
