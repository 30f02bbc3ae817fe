"""Worker processes, seen from the front: started, given a task, slowed down, killed.

``python -m graph.server.workers.main`` runs in them.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from graph.server.errors import storage_full
from graph.server.workers.forked import ForkServer
from graph.server.workers.ipc import MessageError, Ready, Reply, Task, encode, read_async
from graph.server.workers.spawn import CHUNK, Process, drain, kill_and_wait, spawn

# Of an answer on its way, in the front's memory; a longer one lies in a file without a name.
MAX_BYTES_IN_MEMORY = 256_000
_SECONDS_TO_START = 60.0
_SECONDS_FOR_STDERR = 1.0
_LOWEST_PRIORITY = 19
_OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")
# With what a line of stderr begins that says how far a process has come.
REPORT = "progress: "
# Why a worker ends: a limit, a full disk, nobody who waits, the server's stop, a new build, others that have all of the
# graph in memory, little memory or priority left; or by itself.
END_REASONS = (
    *("timeout", "memory", "storage", "disconnected", "shutdown", "new build", "graph in memory", "worn out", "crash"),
)


@dataclass(eq=False)
class Worker:
    """A process, and the store that it has open (see ``snapshot.copy.store_path``).

    ``in_memory``: it has all of the graph in memory, and reads no store. ``sandboxed``: the system holds it to what it
    has given up (see ``sandbox``). ``slowed``: it has the lowest priority. ``end_reason`` is why it was killed, one of
    END_REASONS. ``draining`` reads what it still wrote then.
    """

    process: Process
    store: Path
    sandboxed: bool
    in_memory: bool = False
    slowed: bool = False
    end_reason: str | None = None
    draining: asyncio.Task[None] | None = None


@dataclass(eq=False)
class WorkerAnswer:
    """The reply of a worker, and the body of its answer; whoever takes it closes the file.

    ``store`` is the one that the worker has open: that of the build before, where another has come meanwhile.
    """

    reply: Reply
    body: IO[bytes]
    client: str = ""
    store: Path | None = None


async def start_worker(store: Path, megabytes: int, fork_server: ForkServer | None = None) -> Worker:
    """Return a worker that has the store open, or is forked by what has it in memory.

    Raise OSError with the reason where it does not get there.
    """
    process: Process
    if fork_server is None:
        process = await spawn("graph.server.workers.main", str(store), str(megabytes))
    else:
        process = await fork_server.fork()
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        # Not wait_for, which on 3.11 can lose that it was cancelled.
        async with asyncio.timeout(_SECONDS_TO_START):
            ready = await read_async(process.stdout)
        if not isinstance(ready, Ready):
            raise MessageError("a worker does not say that it is ready")
        sandboxed = ready.network_dropped and ready.memory_limited
        return Worker(process, store, sandboxed, in_memory=fork_server is not None)
    except (asyncio.IncompleteReadError, TimeoutError, MessageError) as error:
        # It may have ended by itself, and be known to have.
        with suppress(ProcessLookupError):
            process.kill()
        lines = (await process.stderr.read(CHUNK)).decode("utf-8", "replace").strip().splitlines()
        await kill_and_wait(process)
        raise OSError(lines[-1] if lines else "it ended at once") from error
    except BaseException:
        await kill_and_wait(process)
        raise


async def exchange(worker: Worker, task: Task) -> WorkerAnswer:
    """Send a task to a worker and return its whole answer.

    Raise IncompleteReadError or OSError where it ends before, MessageError where it writes anything else.
    """
    stdin, stdout = worker.process.stdin, worker.process.stdout
    assert stdin is not None
    assert stdout is not None
    stdin.write(encode(task))
    await stdin.drain()
    reply = await read_async(stdout)
    if not isinstance(reply, Reply):
        raise MessageError("a worker answers with something other than a reply")
    if reply.size <= MAX_BYTES_IN_MEMORY:
        return WorkerAnswer(reply, BytesIO(await stdout.readexactly(reply.size)))
    body = _open_file()
    try:
        missing = reply.size
        while missing:
            chunk = await stdout.read(min(missing, CHUNK))
            if not chunk:
                raise asyncio.IncompleteReadError(b"", missing)
            _write(body, chunk)
            missing -= len(chunk)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    return WorkerAnswer(reply, body)


def _open_file() -> IO[bytes]:
    try:
        return TemporaryFile()
    except OSError as error:
        raise storage_full() from error


def _write(body: IO[bytes], chunk: bytes) -> None:
    try:
        body.write(chunk)
    except OSError as error:
        raise storage_full() from error


def is_alive(worker: Worker) -> bool:
    """Return whether the process runs, as far as is known."""
    stdout = worker.process.stdout
    return worker.process.returncode is None and stdout is not None and not stdout.at_eof()


async def ran_out_of_memory(worker: Worker) -> bool:
    """Return whether the last words of a worker that has ended say that it wanted more memory than it may have."""
    assert worker.process.stderr is not None
    words = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_FOR_STDERR):
            words = await worker.process.stderr.read(CHUNK)
    return any(sign in words for sign in _OUT_OF_MEMORY)


def lower_priority(worker: Worker) -> None:
    """Let a worker run only when others leave it time. This cannot be undone: it is replaced after its task."""
    if os.name == "posix":
        worker.slowed = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.process.pid, _LOWEST_PRIORITY)


def kill(worker: Worker, reason: str) -> None:
    """End a worker at once, for one of END_REASONS, the first of which counts; it cannot be stopped otherwise."""
    worker.end_reason = worker.end_reason or reason
    with suppress(ProcessLookupError):
        worker.process.kill()
    if worker.draining is None:
        worker.draining = asyncio.create_task(drain(worker.process))


async def run_module(module: str, *arguments: str, report: Callable[[str], object]) -> str:
    """Return what a module of ours writes to stdout. Raise OSError with its stderr where it fails.

    Lines of its stderr that begin with REPORT say how far it has come; ``report`` is given what follows there.
    """
    process = await spawn(module, *arguments)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        stdout, stderr = await asyncio.gather(process.stdout.read(), _read_reports(process.stderr, report))
        await process.wait()
    except BaseException:
        # Only then has it stopped writing.
        await kill_and_wait(process)
        raise
    if process.returncode:
        raise OSError(stderr.strip() or f"{module} has ended with {process.returncode}")
    return stdout.decode().strip()


async def _read_reports(stream: asyncio.StreamReader, report: Callable[[str], object]) -> str:
    """Report what a process says of how far it has come, and return all else that it writes there."""
    others, rest = list[bytes](), b""
    while data := await stream.read(CHUNK):
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            if line.startswith(REPORT.encode()):
                report(line.decode("utf-8", "replace").removeprefix(REPORT))
            else:
                others.append(line)
    return b"\n".join([*others, rest]).decode("utf-8", "replace")
