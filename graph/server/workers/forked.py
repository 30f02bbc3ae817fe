"""Workers that are forks of one process, which has a large graph in memory: seen from the front.

``fork_server`` runs in that process. A handle of each worker (pidfd) tells when it has ended, and ends it and no other.
"""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.server.workers.fork_server import FORK, READY
from graph.server.workers.spawn import kill_and_wait, spawn

# The number of a process, as text.
_BYTES_OF_NUMBER = 32
# To be forked takes some milliseconds for each gigabyte.
_SECONDS_TO_FORK = 10.0
_MODULE = "graph.server.workers.fork_server"


class ForkedProcess:
    """A worker that is no child of the front, with what ``asyncio.subprocess.Process`` has of one that is.

    ``returncode`` is None while it runs, and then 0: nobody can know more.
    """

    def __init__(
        self,
        pid: int,
        handle: int,
        stdin: asyncio.StreamWriter,
        stdout: asyncio.StreamReader,
        stderr: asyncio.StreamReader,
    ) -> None:
        self.pid, self._handle = pid, handle
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.returncode: int | None = None
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        # A handle can be read as soon as its process has ended.
        self._loop.add_reader(handle, self._has_ended)

    def kill(self) -> None:
        """End it at once."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    async def wait(self) -> int:
        """Return 0 when it has ended."""
        await asyncio.shield(self._ended)
        return 0

    def _has_ended(self) -> None:
        self.returncode = 0
        self._loop.remove_reader(self._handle)
        os.close(self._handle)
        self.stdin.close()
        self._ended.set_result(None)


@dataclass(eq=False)
class ForkServer:
    """The process that has the graph of a store in memory, and the socket by which it is asked for workers."""

    process: asyncio.subprocess.Process
    store: Path
    connection: socket.socket
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fork(self) -> ForkedProcess:
        """Return a new worker. Raise OSError where there is none."""
        forking = asyncio.ensure_future(self._fork())
        try:
            return await asyncio.shield(forking)
        except asyncio.CancelledError:
            # What it answers would be taken for the answer to the next question.
            with suppress(OSError):
                await kill_and_wait(await forking)
            raise

    async def end(self) -> None:
        """End it; its workers go on."""
        await kill_and_wait(self.process)
        # Whoever waits for a worker has been told now that there is none.
        async with self._turn:
            self.connection.close()

    async def _fork(self) -> ForkedProcess:
        tasks, tasks_of_worker = socket.socketpair()
        errors, errors_of_worker = os.pipe()
        try:
            async with self._turn:
                socket.send_fds(self.connection, [FORK], [tasks_of_worker.fileno(), errors_of_worker])
                # It may be stopped, or the machine may be out of memory.
                async with asyncio.timeout(_SECONDS_TO_FORK):
                    await _readable(self.connection)
                number, handles, _, _ = socket.recv_fds(self.connection, _BYTES_OF_NUMBER, 1)
            if not handles:
                raise OSError("the process that has it in memory has ended")
            stdout, stdin = await asyncio.open_connection(sock=tasks)
            return ForkedProcess(int(number), handles[0], stdin, stdout, await _reader(errors))
        except BaseException as error:
            tasks.close()
            os.close(errors)
            if isinstance(error, TimeoutError):
                raise OSError("the process that has it in memory does not answer") from error
            raise
        finally:
            tasks_of_worker.close()
            os.close(errors_of_worker)


async def start_fork_server(store: Path, megabytes: int) -> ForkServer:
    """Return a process that has the graph of a store in memory. Raise OSError with the reason where it has not.

    Its workers may have so many megabytes more.
    """
    connection, other = socket.socketpair()
    connection.setblocking(False)
    try:
        with other:
            process = await spawn(_MODULE, str(store), str(megabytes), stdin=other.fileno())
    except BaseException:
        connection.close()
        raise
    try:
        answer = await asyncio.get_running_loop().sock_recv(connection, len(READY))
        if answer != READY:
            assert process.stderr is not None
            lines = (await process.stderr.read()).decode("utf-8", "replace").strip().splitlines()
            raise OSError(lines[-1] if lines else "it ended at once")
    except BaseException:
        connection.close()
        await kill_and_wait(process)
        raise
    return ForkServer(process, store, connection)


async def _readable(connection: socket.socket) -> None:
    """Wait until something can be read."""
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.add_reader(connection, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(connection)


async def _reader(pipe: int) -> asyncio.StreamReader:
    """Return what reads a pipe, and closes it at its end."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb", 0)
    )
    return reader
