"""Cores: what takes long and is of one client leaves a core to others, seen in what the system says of processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from graph.server import cores as module
from graph.server.workers.cores import Cores, asks, cores_here, is_done, takes_long

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a process be placed on a core")
needs_two = pytest.mark.skipif(len(cores_here()) < 2, reason="there is one core here")


@pytest.fixture
def processes() -> Iterator[list[int]]:
    """Processes that do nothing."""
    with ExitStack() as stack:
        found = []
        for _ in range(4):
            process = stack.enter_context(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
            stack.callback(process.kill)
            found.append(process.pid)
        yield found


def where(process: int) -> frozenset[int]:
    return frozenset(os.sched_getaffinity(process)) if sys.platform == "linux" else frozenset()


def asked_by(clients: str) -> Cores:
    cores = Cores()
    for client in clients:
        asks(cores, client, 0)
    return cores


def long_for(cores: Cores, processes: list[int], clients: str, now: float = 0) -> None:
    for process, client in zip(processes, clients, strict=False):
        takes_long(cores, process, client, now)


@needs_two
def test_a_client_with_several_leaves_a_core_to_one_who_asks(processes: list[int]) -> None:
    cores = asked_by("a")
    long_for(cores, processes, "aa")
    assert [where(each) for each in processes[:2]] == [cores_here()] * 2
    asks(cores, "b", 0.5)
    mine, mine_too = map(where, processes[:2])
    assert mine == mine_too < cores_here()
    assert len(mine) == len(cores_here()) - 1


@needs_two
def test_who_has_asked_long_ago_is_left_nothing(processes: list[int]) -> None:
    cores = Cores()
    asks(cores, "b", 0)
    asks(cores, "a", 0.5)
    long_for(cores, processes, "aa", 0.6)
    assert where(processes[0]) < cores_here()
    # As is looked again from time to time.
    takes_long(cores, processes[0], "a", 1.1)
    assert [where(each) for each in processes[:2]] == [cores_here()] * 2


@needs_two
def test_one_long_query_of_each_client_runs_anywhere(processes: list[int]) -> None:
    cores = asked_by("abcd")
    long_for(cores, processes, "abcd")
    assert [where(each) for each in processes] == [cores_here()] * 4


@needs_two
def test_two_clients_with_several_do_not_leave_the_same_core(processes: list[int]) -> None:
    cores = asked_by("ab")
    long_for(cores, processes, "aabb")
    assert where(processes[0]) == where(processes[1])
    assert where(processes[2]) == where(processes[3])
    assert where(processes[0]) | where(processes[2]) == cores_here()


@needs_two
def test_what_is_done_runs_anywhere_and_so_does_the_last_of_its_client(processes: list[int]) -> None:
    cores = asked_by("ab")
    long_for(cores, processes, "aa")
    assert where(processes[0]) < cores_here()
    is_done(cores, processes[0], 0.1)
    assert [where(each) for each in processes[:2]] == [cores_here()] * 2
    is_done(cores, processes[1], 0.1)
    is_done(cores, processes[1], 0.1)
    assert not cores.long
    assert not cores.placed


@pytest.mark.parametrize("there", [frozenset[int](), frozenset({0})])
def test_nothing_is_done_where_there_is_one_core_or_none_is_told(
    there: frozenset[int], processes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = where(processes[0])
    monkeypatch.setattr(module, "cores_here", lambda: there)
    cores = asked_by("ba")
    long_for(cores, processes, "aa")
    is_done(cores, processes[0], 0)
    assert where(processes[0]) == where(processes[1]) == before


@needs_two
def test_a_process_that_has_ended_is_no_mistake(processes: list[int]) -> None:
    cores = asked_by("ba")
    long_for(cores, [2**22 + 1, 2**22 + 2], "aa")
    is_done(cores, 2**22 + 1, 0)
    is_done(cores, 2**22 + 2, 0)
    assert not cores.placed
