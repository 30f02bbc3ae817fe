"""A large graph in the memory of the server: when it may be there, and what happens where it cannot be, or is gone."""

import asyncio
import json
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from loops import run
from test_server_pool import LIMITS, TRUE, answer, copy_of, full_of_workers, has_graph_in_memory, in_pool, killed

from graph.builds.manifest import DATASET, PARTS
from graph.query.stores import ensure_index
from graph.server.limits import Limits
from graph.server.workers import forked, memory, pool
from graph.server.workers.forked import start_fork_server
from graph.server.workers.memory import available_megabytes, graph_megabytes, may_be_in_memory
from graph.server.workers.pool import Pool, open_pool, switch_store
from graph.server.workers.process import is_alive

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system has no handles of processes"),
]
ASK = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def build(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of these tests' own, beside which copies may lie."""
    return shutil.copytree(built, tmp_path_factory.mktemp("memory") / "build", ignore=shutil.ignore_patterns(".*"))


@pytest.fixture(scope="module")
def index(build: Path) -> Path:
    """The index of a copy of the build, as of a large one."""
    return copy_of(build, ensure_index)


def is_in_memory(served: Pool) -> list[bool]:
    return [worker.in_memory for worker in served.alive]


def test_a_graph_is_in_memory_where_there_is_enough_for_all_workers(index: Path) -> None:
    size = graph_megabytes(index.parent)
    assert size == pytest.approx((index.parent / DATASET).stat().st_size * 2 / 1_000_000)
    limits = Limits(workers=3, graph_memory=int(size * 5) + 1)
    assert may_be_in_memory(index, limits)
    assert not may_be_in_memory(index, replace(limits, graph_memory=int(size * 5) - 1))
    assert not may_be_in_memory(index, replace(limits, workers=4))
    assert not may_be_in_memory(index, replace(limits, graph_memory=0))
    # Small graphs are in each worker anyway.
    assert not may_be_in_memory(index.parent / DATASET, limits)


def test_half_of_what_is_free_may_be_taken(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = graph_megabytes(index.parent) * 4
    for there, may_be in ((needed * 2 + 1, True), (needed * 2 - 1, False), (0, False)):
        monkeypatch.setattr(memory, "available_megabytes", lambda there=there: there)
        assert may_be_in_memory(index, Limits(workers=2)) is may_be


def test_parts_of_a_build_count(tmp_path: Path) -> None:
    (tmp_path / DATASET).write_bytes(b"x" * 1_000_000)
    parts = [{"file": "a", "size": 2_000_000}, {"file": "b", "size": 1_000_000}]
    (tmp_path / PARTS).write_text(json.dumps({"parts": parts}), encoding="utf-8")
    assert graph_megabytes(tmp_path) == 8


@pytest.mark.parametrize(
    ("limits", "megabytes"),
    [
        ({}, 4_096),
        ({"a/b": ("1000000000", "400000000")}, 600),
        ({"a": ("500000000", "400000000"), "a/b": ("1000000000", "400000000")}, 100),
        ({"a": ("max", "400000000"), "": ("300000000", "0")}, 300),
        ({"a/b": ("100", "400000000")}, 0),
        ({"a/b": ("many", "1")}, 4_096),
    ],
)
def test_a_group_of_processes_may_have_less_than_the_machine(
    limits: dict[str, tuple[str, str]], megabytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for group, (most, now) in limits.items():
        (tmp_path / group).mkdir(parents=True, exist_ok=True)
        (tmp_path / group / "memory.max").write_text(f"{most}\n", encoding="ascii")
        (tmp_path / group / "memory.current").write_text(f"{now}\n", encoding="ascii")
    read = Path.read_text
    said = {
        "/proc/meminfo": "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n",
        "/proc/self/cgroup": "1:name=systemd:/x\n0::/a/b\n",
    }
    monkeypatch.setattr(Path, "read_text", lambda path, **how: said.get(str(path)) or read(path, **how))
    monkeypatch.setattr(memory, "_GROUPS", tmp_path)
    assert available_megabytes() == megabytes


def test_a_system_that_does_not_say_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(path: Path, **_: object) -> str:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "read_text", nothing)
    assert available_megabytes() == 0


def with_memory(index: Path, work: object, limits: Limits = LIMITS) -> None:
    async def whole() -> None:
        async with open_pool(index, replace(limits, graph_memory=1000)) as served:
            await has_graph_in_memory(served)
            await work(served)  # type: ignore[operator]

    run(asyncio.wait_for(whole(), 60))


def test_queries_are_answered_from_disk_until_the_graph_is_in_memory(index: Path) -> None:
    async def whole() -> None:
        async with open_pool(index, replace(LIMITS, graph_memory=1000)) as served:
            assert is_in_memory(served) == [False]
            assert await answer(served, ASK) == (200, None, TRUE)
            await has_graph_in_memory(served)
            assert await answer(served, ASK) == (200, None, TRUE)

    run(asyncio.wait_for(whole(), 60))


def test_where_the_process_with_the_graph_has_ended_the_index_is_read_again(index: Path) -> None:
    async def work(served: Pool) -> None:
        server = served.fork_server
        assert server
        killed(server.process.pid)
        await server.process.wait()
        # Workers that have it in memory go on.
        assert await answer(served, ASK) == (200, None, TRUE)
        for worker in [*served.alive]:
            killed(worker.process.pid)
        while any(is_in_memory(served)):
            await asyncio.sleep(0.01)
        await full_of_workers(served)
        assert served.fork_server is None
        assert await answer(served, ASK) == (200, None, TRUE)

    with_memory(index, work)


def test_where_the_process_with_the_graph_does_not_answer_the_index_is_read_again(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked, "_SECONDS_TO_FORK", 0.3)

    async def work(served: Pool) -> None:
        server = served.fork_server
        assert server
        os.kill(server.process.pid, signal.SIGSTOP)
        workers = [*served.alive]
        for worker in workers:
            killed(worker.process.pid)
        while not served.alive.keys().isdisjoint(workers):
            await asyncio.sleep(0.01)
        await full_of_workers(served)
        assert served.fork_server is None
        assert not any(is_in_memory(served))
        assert await answer(served, ASK) == (200, None, TRUE)
        assert server.process.returncode is not None

    with_memory(index, work)


def test_a_graph_that_cannot_be_read_stays_on_disk(build: Path) -> None:
    damaged = copy_of(build, ensure_index)
    (damaged.parent / DATASET).unlink()
    (damaged.parent / DATASET).write_bytes(b"no statement\n")

    async def whole() -> None:
        async with open_pool(damaged, replace(LIMITS, graph_memory=1000)) as served:
            assert served.loading
            await served.loading
            assert served.fork_server is None
            await full_of_workers(served)
            assert not any(is_in_memory(served))
            assert await answer(served, ASK) == (200, None, TRUE)

    run(asyncio.wait_for(whole(), 60))
    with pytest.raises(OSError, match=r"Parser|parse|expected"):
        run(start_fork_server(damaged, 100))


def test_a_new_build_is_in_memory_after_the_old_one(index: Path, build: Path) -> None:
    async def work(served: Pool) -> None:
        old = served.fork_server
        new = copy_of(build, ensure_index)
        await switch_store(served, new)
        assert old
        assert old.process.returncode is not None
        assert await answer(served, ASK) == (200, None, TRUE)
        await has_graph_in_memory(served)
        assert served.fork_server
        assert served.fork_server.store == new
        while {worker.store for worker in served.alive} != {new}:
            await asyncio.sleep(0.01)
        assert await answer(served, ASK) == (200, None, TRUE)

    with_memory(index, work)


def test_a_small_build_after_a_large_one_needs_no_such_process(index: Path, build: Path) -> None:
    async def work(served: Pool) -> None:
        new = copy_of(build)
        await switch_store(served, new)
        assert (served.fork_server, served.loading) == (None, None)
        await full_of_workers(served)
        assert not any(is_in_memory(served))
        assert await answer(served, ASK) == (200, None, TRUE)

    with_memory(index, work)


def test_no_process_is_left(index: Path) -> None:
    pids: list[int] = []

    async def work(served: Pool) -> None:
        assert served.fork_server
        pids.extend([served.fork_server.process.pid, *(worker.process.pid for worker in served.alive)])

    with_memory(index, work)
    assert len(pids) == LIMITS.workers + 2
    # The system takes forks away that nobody waits for any more.
    run(asyncio.wait_for(all_gone(pids), 10))


async def all_gone(pids: list[int]) -> None:
    while any(map(runs, pids)):
        await asyncio.sleep(0.01)


def runs(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_pool_that_is_closed_while_the_graph_is_read_leaves_no_process(index: Path) -> None:
    async def whole() -> None:
        async with open_pool(index, replace(LIMITS, graph_memory=1000)) as served:
            assert served.loading
        assert served.loading is None
        assert served.fork_server is None

    run(asyncio.wait_for(whole(), 60))


def test_a_worker_is_not_used_where_the_graph_has_come_into_memory(index: Path) -> None:
    async def work(served: Pool) -> None:
        await full_of_workers(served)
        assert all(map(is_alive, served.alive))
        worker = next(iter(served.alive))
        assert pool._unusable(served, worker) is None
        worker.in_memory = False
        assert pool._unusable(served, worker) == "graph in memory"
        worker.in_memory = True

    with_memory(index, work)


def test_nothing_is_read_into_memory_where_it_may_not_be(index: Path) -> None:
    async def work(served: Pool) -> None:
        await full_of_workers(served)
        assert (served.fork_server, served.loading) == (None, None)

    in_pool(index, LIMITS, work)
