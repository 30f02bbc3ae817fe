"""Workers on other machines: a scheduler of Dask distributed maps the same function over the same list of tasks.

A task holds its rows; the home and this program are read by each worker itself, under the same path. A worker that dies
is replaced by another: its tasks are worked on again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from graph.common.findings import Finding, FindingsError
from graph.pipeline.workers import WAITING, Result, Task, worker_died

if TYPE_CHECKING:
    from distributed import Client

EXTRA = "motegraf[cluster]"
# So many seconds a scheduler has to answer, and then to have a worker.
SECONDS = 20


class Cluster(AbstractContextManager["Cluster"]):
    """Workers of a scheduler at an address, as ``tcp://host:8786``; it is called at the first use."""

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        self.address = address
        self._seconds = seconds
        self._client: Client | None = None

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    @property
    def jobs(self) -> int:
        """Return how many tasks its workers do at once. Raise FindingsError where there is no scheduler or worker."""
        workers = self._connected().scheduler_info(n_workers=-1)["workers"]
        return max(1, sum(int(worker["nthreads"]) for worker in workers.values()))

    def prepare(self, function: Callable[[Task], object], task: Task) -> None:
        """Do nothing: its workers are ready, or not here."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task as it is ready. Raise FindingsError where workers die of a task."""
        from distributed import CancelledError, KilledWorker, as_completed
        from distributed.comm import CommClosedError

        client, jobs = self._connected(), self.jobs
        ready = as_completed(loop=client.loop)
        waiting = 0
        try:
            for task in tasks:
                # Not pure: what is alike is found by the build itself, in its cache.
                ready.add(client.submit(function, task, pure=False))
                waiting += 1
                if waiting >= WAITING * jobs:
                    yield next(ready).result()
                    waiting -= 1
            for future in ready:
                yield future.result()
        except KilledWorker as error:
            raise worker_died("with more memory for each worker") from error
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise self._unreachable(str(error) or type(error).__name__) from error

    def _connected(self) -> "Client":
        if self._client is None:
            try:
                from distributed import Client
            except ImportError as error:
                message = f'--scheduler needs Dask distributed, which is not installed: pip install "{EXTRA}"'
                raise FindingsError([Finding("workers", 0, message)]) from error
            self._client = self._connect(Client)
        return self._client

    def _connect(self, connect: "type[Client]") -> "Client":
        settings: dict[str, Any] = {"timeout": self._seconds, "set_as_default": False}
        try:
            client = connect(self.address, **settings)
        except (OSError, ValueError, TimeoutError) as error:
            raise self._unreachable(str(error)) from error
        try:
            client.wait_for_workers(1, timeout=self._seconds)
        except TimeoutError as error:
            client.close()
            raise self._unreachable("it has no workers; start some with: dask worker ADDRESS") from error
        return client

    def _unreachable(self, why: str) -> FindingsError:
        message = f"the scheduler at {self.address} cannot be used: {why}. Nothing was written"
        return FindingsError([Finding("workers", 0, message)])
