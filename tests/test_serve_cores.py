"""Cores: what takes long and is of one client runs on one of them, seen in what the system says of real processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from graph.serve.cores import Cores, cores_here, keep, let_go

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


def where(process: int) -> set[int]:
    return os.sched_getaffinity(process) if sys.platform == "linux" else set()


@needs_two
def test_processes_of_one_client_share_a_core_and_those_of_another_have_another(processes: list[int]) -> None:
    cores = Cores()
    for process, client in zip(processes, ("a", "a", "b", "b"), strict=True):
        keep(cores, process, client)
    mine, mine_too, theirs, theirs_too = map(where, processes)
    assert len(mine) == len(theirs) == 1
    assert mine == mine_too
    assert theirs == theirs_too
    assert not mine & theirs


@needs_two
def test_a_process_that_is_let_go_runs_anywhere(processes: list[int]) -> None:
    cores = Cores()
    before = where(processes[0])
    keep(cores, processes[0], "a")
    assert where(processes[0]) < before
    let_go(cores, processes[0])
    assert where(processes[0]) == before
    assert not cores.kept
    let_go(cores, processes[0])
    assert where(processes[0]) == before


@needs_two
def test_what_is_of_nobody_goes_where_the_first_client_is(processes: list[int]) -> None:
    cores = Cores()
    keep(cores, processes[0])
    keep(cores, processes[1], "a")
    assert where(processes[0]) == where(processes[1]) == {cores.there[-1]}


def test_the_core_with_the_fewest_is_taken() -> None:
    # Processes that do not exist: that one has ended meanwhile is no mistake.
    cores, ended = Cores((0, 1, 2)), [2**22 + number for number in range(5)]
    for process, client in zip(ended, ("a", "b", "c", "a", "d"), strict=True):
        keep(cores, process, client)
    assert [cores.kept[process][1] for process in ended] == [2, 1, 0, 2, 1]


@pytest.mark.parametrize("there", [(), (0,)])
def test_nothing_is_done_where_there_is_one_core_or_none_is_told(there: tuple[int, ...], processes: list[int]) -> None:
    cores, before = Cores(there), where(processes[0])
    keep(cores, processes[0], "a")
    assert not cores.kept
    let_go(cores, processes[0])
    assert where(processes[0]) == before
