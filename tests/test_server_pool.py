"""Workers without HTTP: each limit ends its own query and says so, and a worker that is killed loses no other query."""

import asyncio
import errno
import os
import shutil
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from loops import run

from graph.model.iris import BASE
from graph.query.stores import ensure_index
from graph.server.errors import RequestError
from graph.server.limits import Limits
from graph.server.snapshot.copy import copy_build, new_folder, store_path
from graph.server.workers.ipc import QueryTask
from graph.server.workers.pool import Pool, open_pool, submit, switch_store
from graph.server.workers.process import is_alive, start_worker
from graph.server.workers.scheduler import Scheduler, slot

LIMITS = Limits(timeout=60, memory=200, workers=2, queries_per_client=1, validate_queries=False)
# Counts what nobody could count: it ends at the limit of time.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Sorts what nobody could hold: it ends at the limit of memory.
BOUNDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?i"
# More than an answer that is kept in memory.
LARGE = "SELECT ?a ?b ?c { ?a ?b ?c }"
DEEP = "SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }"
TRUE = b'{"head": {}, "boolean": true}\n'
Answer = tuple[int, str | None, bytes]
# Stores whose graph is in memory, of which workers are forked.
IN_MEMORY: set[Path] = set()

pytestmark = [pytest.mark.server, pytest.mark.skipif(os.name != "posix", reason="limits of processes are of POSIX")]


@pytest.fixture(scope="module")
def build(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of these tests' own, beside which copies may lie."""
    return shutil.copytree(built, tmp_path_factory.mktemp("pool") / "build", ignore=shutil.ignore_patterns(".*"))


@pytest.fixture(scope="module", params=["in each worker", "on disk", "in memory"])
def store(build: Path, request: pytest.FixtureRequest) -> Path:
    """What workers open of a copy of the build: its N-Quads; an index, as of a large one; or the graph is in memory."""
    opened = copy_of(build, store_path if request.param == "in each worker" else ensure_index)
    if request.param == "in memory":
        if not hasattr(os, "pidfd_open"):
            pytest.skip("this system has no handles of processes")
        IN_MEMORY.add(opened)
    return opened


def copy_of(build: Path, opened: Callable[[Path], Path] = store_path) -> Path:
    folder = new_folder(build)
    copy_build(build, folder)
    return opened(folder)


def task(query: str, **given: object) -> QueryTask:
    formats = {"table_format": "json", "boolean_format": "json", "graph_format": "turtle"}
    plain = {"query": query, "base": BASE, "lang": "nb", "gzip": False, "default_graphs": None, "named_graphs": None}
    return QueryTask(**plain | formats | {"validate": False, "max_rows": 1000, "max_bytes": 1_000_000} | given)


def stays() -> asyncio.Future[None]:
    """A client that does not leave."""
    return asyncio.get_running_loop().create_future()


async def answer(pool: Pool, query: str, client: str = "somebody", **given: object) -> Answer:
    """The status, the words of a refusal and the body."""
    try:
        reply = await submit(pool, task(query, **given), client, stays())
    except RequestError as error:
        return error.status, error.message, b""
    with reply.body as body:
        return reply.reply.status, reply.reply.message, body.read()


def in_pool(store: Path, limits: Limits, work: Callable[[Pool], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with open_pool(store, replace(limits, graph_memory=1000 if store in IN_MEMORY else 0)) as pool:
            if store in IN_MEMORY:
                await has_graph_in_memory(pool)
            await work(pool)

    run(asyncio.wait_for(whole(), 90))


async def has_graph_in_memory(pool: Pool) -> None:
    """All workers have the graph in memory."""
    assert pool.loading
    await pool.loading
    while len(pool.alive) <= pool.limits.workers or not all(worker.in_memory for worker in pool.alive):
        await asyncio.sleep(0.01)


def killed(pid: int) -> None:
    """That process has been killed by somebody, if it was there still."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


async def full_of_workers(pool: Pool) -> None:
    """As many as may be busy, and one more, are free."""
    while pool.free.qsize() <= pool.limits.workers or not all(map(is_alive, pool.alive)):
        await asyncio.sleep(0.01)


async def busy(pool: Pool) -> int:
    """The process of the only worker that is at work, once one is."""
    while not pool.busy:
        await asyncio.sleep(0.01)
    (worker,) = pool.busy
    return worker.process.pid


def test_query_is_answered(store: Path) -> None:
    async def work(pool: Pool) -> None:
        assert await answer(pool, "ASK { ?s ?p ?o }") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_time_limit_ends_a_query_and_others_go_on(store: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = asyncio.create_task(answer(pool, ENDLESS, "a slow one"))
        await busy(pool)
        assert [await answer(pool, "ASK { ?s ?p ?o }", "another") for _ in range(20)] == [(200, None, TRUE)] * 20
        words = "the query was ended: it took more than the 2 s that one query may"
        assert await slow == (408, words, b"")
        assert await answer(pool, "ASK { ?s ?p ?o }", "a slow one") == (200, None, TRUE)

    in_pool(store, Limits(timeout=2, workers=2, queries_per_client=1), work)


def test_memory_limit_ends_a_query(store: Path) -> None:
    async def work(pool: Pool) -> None:
        words = "the query was ended: it took more than the 200 MB of memory that one query may"
        assert await answer(pool, BOUNDLESS) == (503, words, b"")
        assert await answer(pool, "ASK { ?s ?p ?o }") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_query_that_crashes_its_worker_affects_no_other(store: Path) -> None:
    async def work(pool: Pool) -> None:
        words = "the process that ran the query ended before it had an answer; ask again, or something simpler"
        assert await answer(pool, DEEP) == (503, words, b"")
        assert await answer(pool, "ASK { ?s ?p ?o }") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_killed_worker_loses_only_its_own_query(store: Path) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(3):
            doomed = asyncio.create_task(answer(pool, ENDLESS, "the doomed"))
            killed(await busy(pool))
            others = [answer(pool, "ASK { ?s ?p ?o }", f"client {number}") for number in range(10)]
            assert await asyncio.gather(*others) == [(200, None, TRUE)] * 10
            # Once it has lost nothing: another worker is asked.
            while not doomed.done():
                for worker in pool.busy:
                    killed(worker.process.pid)
                await asyncio.sleep(0.05)
            assert (await doomed)[0] == 503

    in_pool(store, LIMITS, work)


def test_query_is_retried_once_on_another_worker(store: Path) -> None:
    async def work(pool: Pool) -> None:
        query = "ASK { { SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c ?d ?e . ?e ?f ?g } } }"
        asked_once = asyncio.create_task(answer(pool, query))
        first = await busy(pool)
        killed(first)
        assert await asked_once == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_idle_workers_that_are_killed_are_replaced(store: Path) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(3):
            workers = list(pool.alive)
            for worker in workers:
                killed(worker.process.pid)
            # A socket is closed a moment later than a pipe, and a query is tried on two workers only.
            while store in IN_MEMORY and any(map(is_alive, workers)):
                await asyncio.sleep(0.01)
            others = [answer(pool, "ASK { ?s ?p ?o }", f"client {number}") for number in range(10)]
            assert await asyncio.gather(*others) == [(200, None, TRUE)] * 10
        while len([worker for worker in pool.alive if worker.process.returncode is None]) < LIMITS.workers + 1:
            await asyncio.sleep(0.01)

    in_pool(store, LIMITS, work)


def test_one_client_cannot_take_all_workers(store: Path) -> None:
    async def work(pool: Pool) -> None:
        many = [asyncio.create_task(answer(pool, ENDLESS, "the greedy")) for _ in range(5)]
        await busy(pool)
        assert await answer(pool, "ASK { ?s ?p ?o }", "another") == (200, None, TRUE)
        assert pool.scheduler.running == {"the greedy": 1}
        for each in many:
            each.cancel()
        await asyncio.gather(*many, return_exceptions=True)

    in_pool(store, LIMITS, work)


def test_long_query_runs_at_lowest_priority_and_its_worker_is_replaced(store: Path) -> None:
    async def work(pool: Pool) -> None:
        asking = asyncio.create_task(answer(pool, ENDLESS))
        process = await busy(pool)
        assert os.getpriority(os.PRIO_PROCESS, process) == os.getpriority(os.PRIO_PROCESS, 0)
        while os.getpriority(os.PRIO_PROCESS, process) != 19:
            await asyncio.sleep(0.05)
        assert not asking.done()
        assert (await asking)[0] == 408
        while any(worker.process.pid == process for worker in pool.alive):
            await asyncio.sleep(0.01)

    in_pool(store, replace(LIMITS, timeout=3), work)


def test_too_many_queries_of_one_client_return_429(store: Path) -> None:
    async def work(pool: Pool) -> None:
        many = [asyncio.create_task(answer(pool, ENDLESS, "the greedy")) for _ in range(17)]
        await busy(pool)
        words = "you have 17 queries running or waiting, as many as one client may"
        assert await answer(pool, "ASK { ?s ?p ?o }", "the greedy") == (429, words, b"")
        for each in many:
            each.cancel()
        await asyncio.gather(*many, return_exceptions=True)
        assert await answer(pool, "ASK { ?s ?p ?o }", "the greedy") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_waiting_too_long_for_a_slot_returns_503() -> None:
    async def wait() -> None:
        scheduler = Scheduler(Limits(timeout=0.05, workers=1))
        async with slot(scheduler, "one", stays()):
            with pytest.raises(RequestError) as refused:
                async with slot(scheduler, "another", stays()):
                    pass
            assert (refused.value.status, len(scheduler.waiting)) == (503, 0)
            assert refused.value.message == "no worker was free within 0.05 s; the server is busy with queries"
        async with slot(scheduler, "another", stays()):
            assert scheduler.running == {"another": 1}

    run(wait())


def test_query_is_ended_when_its_client_disconnects(store: Path) -> None:
    async def work(pool: Pool) -> None:
        left = stays()
        abandoned = asyncio.create_task(submit(pool, task(ENDLESS), "who leaves", left))
        await busy(pool)
        left.set_result(None)
        with pytest.raises(RequestError):
            await abandoned
        assert pool.scheduler.running == {}

    # Longer than these tests have patience: it is not the limit of time that ends the query.
    in_pool(store, replace(LIMITS, timeout=600), work)


def test_client_that_disconnects_while_waiting_takes_no_slot(store: Path) -> None:
    async def work(pool: Pool) -> None:
        first = asyncio.create_task(answer(pool, ENDLESS, "one"))
        runs = await busy(pool)
        left = stays()
        second = asyncio.create_task(submit(pool, task(ENDLESS), "one", left))
        while not pool.scheduler.waiting:
            await asyncio.sleep(0.01)
        left.set_result(None)
        with pytest.raises(RequestError):
            await second
        assert (len(pool.scheduler.waiting), await busy(pool)) == (0, runs)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)

    in_pool(store, LIMITS, work)


def test_worker_is_replaced_when_its_answer_cannot_be_stored(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def work(pool: Pool) -> None:
        await full_of_workers(pool)
        with monkeypatch.context() as disk:
            disk.setattr("graph.server.workers.process.TemporaryFile", no_room)
            words = "the server has as many answers under way as it holds"
            for _ in range(LIMITS.workers + 2):
                assert await answer(pool, LARGE, max_rows=100_000, max_bytes=20_000_000) == (503, words, b"")
        await full_of_workers(pool)
        assert await answer(pool, "ASK { ?s ?p ?o }") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_unread_answers_are_limited_per_client_and_in_total(store: Path) -> None:
    async def work(pool: Pool) -> None:
        large = task(LARGE, max_rows=100_000, max_bytes=20_000_000)
        unread = await submit(pool, large, "who does not read", stays())
        assert 1_000_000 < unread.reply.size < 2_000_000
        words = "you have 300,000 bytes of answers still to read, as many as one client may"
        assert await answer(pool, "ASK { ?s ?p ?o }", "who does not read") == (429, words, b"")
        another = await submit(pool, large, "another", stays())
        words = "the server has as many answers under way as it holds"
        assert await answer(pool, "ASK { ?s ?p ?o }", "a third") == (503, words, b"")
        for reply in (unread, another):
            reply.body.close()
        assert await answer(pool, "ASK { ?s ?p ?o }", "who does not read") == (200, None, TRUE)

    in_pool(store, replace(LIMITS, max_unread_bytes=2_000_000, unread_bytes_per_client=300_000), work)


def test_workers_return_after_starts_failed_for_a_while(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(pool: Pool) -> None:
        await full_of_workers(pool)
        failed = 0

        async def none_yet(*given: object) -> None:
            nonlocal failed
            failed += 1
            raise RuntimeError("can't start new thread")

        with monkeypatch.context() as system:
            system.setattr("graph.server.workers.pool.start_worker", none_yet)
            before = list(pool.alive)
            for worker in before:
                killed(worker.process.pid)
            # A query is asked again once: not more than one of these may be taken for a live one.
            while failed < 2 or any(worker in pool.alive for worker in before):
                await asyncio.sleep(0.01)
        assert await answer(pool, "ASK { ?s ?p ?o }") == (200, None, TRUE)

    in_pool(store, LIMITS, work)


def test_ended_workers_are_removed_from_the_pool(store: Path) -> None:
    async def work(pool: Pool) -> None:
        await full_of_workers(pool)
        workers = list(pool.alive)
        for worker in workers:
            killed(worker.process.pid)
        while not pool.alive.keys().isdisjoint(workers):
            await asyncio.sleep(0.01)
        await full_of_workers(pool)
        assert pool.free.qsize() == LIMITS.workers + 1

    in_pool(store, LIMITS, work)


def test_rows_of_an_answer_are_limited_and_marked(store: Path) -> None:
    async def work(pool: Pool) -> None:
        reply = await submit(pool, task("SELECT ?s { ?s ?p ?o }", max_rows=3), "somebody", stays())
        with reply.body:
            assert (reply.reply.truncated, reply.reply.rows) == ("rows", 3)
        reply = await submit(pool, task("SELECT ?s { ?s ?p ?o } LIMIT 3", max_rows=3), "somebody", stays())
        with reply.body:
            assert (reply.reply.truncated, reply.reply.rows) == (None, 3)

    in_pool(store, LIMITS, work)


def test_bytes_of_an_answer_are_limited_and_marked(store: Path) -> None:
    async def work(pool: Pool) -> None:
        reply = await submit(pool, task("SELECT * { ?s ?p ?o }", max_bytes=50_000), "somebody", stays())
        with reply.body as body:
            assert reply.reply.truncated == "bytes"
            assert len(body.read()) < 200_000

    in_pool(store, LIMITS, work)


def test_store_is_switched_while_an_old_query_runs(store: Path, build: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = asyncio.create_task(answer(pool, ENDLESS, "a slow one"))
        old = await busy(pool)
        new = copy_of(build)
        await switch_store(pool, new)
        assert await answer(pool, "ASK { ?s ?p ?o }", "another") == (200, None, TRUE)
        assert old in {worker.process.pid for worker in pool.alive}
        assert (await slow)[0] == 408
        while len(pool.alive) != 3 or {worker.store for worker in pool.alive} != {new}:
            await asyncio.sleep(0.01)

    in_pool(store, Limits(timeout=3, workers=2, queries_per_client=1), work)


def test_worker_has_no_network(store: Path) -> None:
    async def work(pool: Pool) -> None:
        if not pool.sandboxed:
            pytest.skip("this system does not let a process give up the network")
        status, words, _ = await answer(pool, "SELECT * { SERVICE <http://127.0.0.1:8080/> { ?s ?p ?o } }")
        assert (status, words) == (400, "this cannot be answered: Permission denied (os error 13)")

    in_pool(store, LIMITS, work)


def test_store_that_does_not_open_raises_its_reason(tmp_path: Path) -> None:
    async def start() -> None:
        async with open_pool(tmp_path / "none", LIMITS):
            pass

    with pytest.raises(OSError, match="No such file"):
        run(start())


def test_store_that_does_not_open_raises_its_reason_however_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_late(stream: asyncio.StreamReader) -> None:
        read = await stream.read()
        # Meanwhile it is known that the process has ended.
        await asyncio.sleep(0.5)
        raise asyncio.IncompleteReadError(read, 4)

    monkeypatch.setattr("graph.server.workers.process.read_async", read_late)
    with pytest.raises(OSError, match="No such file"):
        run(start_worker(tmp_path / "none", 100))
