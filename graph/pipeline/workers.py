"""Workers: the same function over a list of tasks, in this process, in several, or on several machines.

Results come as they are ready. What is made of them must not depend on their order: each names what it is of.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeVar

from graph.common.collector import collect_rarely
from graph.common.findings import Finding, FindingsError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")
# So many tasks a process wait at most: enough that none is idle, few enough that memory does not grow with the list.
WAITING = 2


class Workers(Protocol):
    """What runs a function over tasks."""

    @property
    def jobs(self) -> int:
        """Return how many tasks are worked on at once."""

    def prepare(self, function: Callable[[Task], object], task: Task) -> None:
        """Let each worker run a function that makes it ready, if that saves time, and do not wait for it."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task as it is ready. Raise FindingsError where a worker dies."""


class InProcess(AbstractContextManager["InProcess"]):
    """Work in this process, task by task."""

    jobs = 1

    def __exit__(self, *_: object) -> None:
        """Do nothing: there is nothing to end."""

    def prepare(self, function: Callable[[Task], object], task: Task) -> None:
        """Do nothing: what is read is read once."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task."""
        yield from map(function, tasks)


IN_PROCESS = InProcess()


class Processes(AbstractContextManager["Processes"]):
    """Work in so many processes of this machine, which are started at the first use.

    They are started anew, not forked: the same on every system, and no lock or thread of this process is copied.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None

    def prepare(self, function: Callable[[Task], object], task: Task) -> None:
        """Start the processes, and let them run a function; what goes wrong there goes wrong again in a task."""
        pool = self._started()
        for _ in range(self.jobs):
            pool.submit(function, task)

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task as it is ready. Raise FindingsError where a process dies."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        pool = self._started()
        waiting: set[Future[Result]] = set()
        try:
            for task in tasks:
                waiting.add(pool.submit(function, task))
                if len(waiting) >= WAITING * self.jobs:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        except BrokenProcessPool as error:
            self._pool = None
            raise worker_died(f"with fewer processes (--jobs {max(1, self.jobs // 2)})") from error
        finally:
            for future in waiting:
                future.cancel()

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(self.jobs, get_context("spawn"), _start)
        return self._pool


def worker_differs(what: str, file: str = "workers") -> FindingsError:
    """Return what to say where a worker has another program, or other files, than the build."""
    message = f"a worker has another {what} than the build; give all machines the same, and build again"
    return FindingsError([Finding(file, 0, message)])


def worker_died(remedy: str) -> FindingsError:
    """Return what to say where a worker died: it was killed, or its machine had no memory left."""
    message = (
        "a process that made a part of the build ended before it was done: it was killed, or there was too little"
        f" memory. Nothing was written, and what was made is kept. Build again, {remedy}"
    )
    return FindingsError([Finding("workers", 0, message)])


def in_parallel(jobs: int) -> "InProcess | Processes":
    """Return what works on so many tasks at once."""
    return InProcess() if jobs <= 1 else Processes(jobs)


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1


def _start() -> None:
    """Make this process ready: what a part is made of is made by the million, as in the build itself."""
    collect_rarely()
    _end_with_parent()


def _end_with_parent() -> None:
    """Make this process end when the build that started it does, however that ends; leave interrupts to the build."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
